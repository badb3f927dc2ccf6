/* SPDX-License-Identifier: Apache-2.0 */
/* Studies repeated from a pool that is made by hand: what the statistic and its interval must be. */
#include "ledger/repeat.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { N_WORLD = 8 };

typedef double features[TAC_N_FEATURE];

static const features *fill(features *pool, double at, double before, double other,
                            double other_before, double person_sd, double world_sd)
{
    for (size_t i = 0; i < 2 * N_WORLD; i++) {
        const double person = (i % 2 == 0 ? 1.0 : -1.0) * person_sd;
        const double world = ((i / 2) % 2 == 0 ? 1.0 : -1.0) * world_sd;
        pool[i][TAC_OF_AT] = at + person + world;
        pool[i][TAC_OF_BEFORE] = before + person;
        pool[i][TAC_VERSUS_AT] = other + person;
        pool[i][TAC_VERSUS_BEFORE] = other_before + person;
    }
    return (const features *)pool;
}

static tac_finding finding_as(tac_as as, tac_versus versus)
{
    return (tac_finding){.what = "cortisol",
                         .as = as,
                         .versus = versus,
                         .change = versus == TAC_VERSUS_ARM,
                         .at = TAC_AT_TIME,
                         .above = (double)NAN,
                         .below = (double)NAN};
}

static tac_predicted repeat(features *pool, const tac_finding *f, size_t n, tac_assay assay,
                            tac_asked asked, double *sd)
{
    const tac_pool p = {N_WORLD, 1, pool};
    const tac_repeat_design d = {.finding = f,
                                 .n_of = n,
                                 .n_versus = n,
                                 .assay = assay,
                                 .n_repeat = 1000,
                                 .seed = 3,
                                 .key = "t",
                                 .asked = asked};
    tac_predicted out;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_repeat(ctx, &p, &d, &out, sd), TAC_OK);
    tac_ctx_free(ctx);
    return out;
}

/* Persons differ by 10: the mean of 25 has a standard error of 2, so 95 % within 3.92. */
static void persons_average_out_with_their_number(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_MEAN, TAC_VERSUS_NOTHING);
    fill(pool, -100.0, -100.0, 0.0, 0.0, 10.0, 0.0); /* below 0, so that no logarithm is taken */
    const tac_predicted p = repeat(pool, &f, 25, (tac_assay){0}, TAC_ASKED_MODEL, &sd);
    assert_close(p.mid, -100.0, 0.0, 0.3);
    assert_close(p.high - p.low, 2.0 * 3.92, 0.1, 0.0);
    assert_close(sd, 10.0, 0.03, 0.0);
}

/* What is not known is the same for everybody in a repetition: no number of persons makes it smaller. */
static void what_is_not_known_does_not_average_out(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_MEAN, TAC_VERSUS_NOTHING);
    fill(pool, -100.0, -100.0, 0.0, 0.0, 0.0, 10.0);
    const tac_predicted p = repeat(pool, &f, 400, (tac_assay){0}, TAC_ASKED_MODEL, &sd);
    /* Student's t of four pairs of worlds: 2.776 standard deviations */
    assert_close(p.high - p.low, 2.0 * 27.76, 0.12, 0.0);
}

/* Mirrored worlds that move the same way differ from other pairs: their mirror hides nothing. */
static void what_mirrors_do_not_turn_counts_too(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_MEAN, TAC_VERSUS_NOTHING);
    fill(pool, -100.0, -100.0, 0.0, 0.0, 0.0, 0.0);
    for (size_t i = 0; i < 2 * N_WORLD; i++) {
        pool[i][TAC_OF_AT] += (i / 4) % 2 == 0 ? 10.0 : -10.0;
    }
    const tac_predicted p = repeat(pool, &f, 400, (tac_assay){0}, TAC_ASKED_MODEL, &sd);
    assert_close(p.high - p.low, 2.0 * 27.76 * sqrt(4.0 / 3.0), 0.15, 0.0);
}

/* One laboratory measures all persons of a study: a level shifts with it, a quotient does not. */
static void laboratories_differ_and_a_comparison_within_one_does_not(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding level = finding_as(TAC_AS_MEAN, TAC_VERSUS_NOTHING);
    const tac_finding ratio = finding_as(TAC_AS_RATIO, TAC_VERSUS_BASELINE);
    const tac_finding warmer = finding_as(TAC_AS_DIFFERENCE, TAC_VERSUS_BASELINE);
    fill(pool, 120.0, 100.0, 0.0, 0.0, 0.01, 0.0);
    tac_predicted p = repeat(pool, &level, 50, (tac_assay){.between = 0.2}, TAC_ASKED_MODEL, &sd);
    assert_close(log(p.high / p.low), 2.0 * 1.96 * 0.2, 0.1, 0.0);
    p = repeat(pool, &ratio, 50, (tac_assay){.between = 0.2}, TAC_ASKED_MODEL, &sd);
    assert_close(log(p.high / p.low), 0.0, 0.0, 1e-3);
    const tac_assay scale = {.sd = 1e-6, .between = 3.0};
    p = repeat(pool, &level, 50, scale, TAC_ASKED_MODEL, &sd);
    assert_close(p.high - p.low, 2.0 * 1.96 * 3.0, 0.1, 0.0);
    p = repeat(pool, &warmer, 50, scale, TAC_ASKED_MODEL, &sd);
    assert_close(p.high - p.low, 0.0, 0.0, 1e-3);
}

/* A time is read from samples that lie apart, the same ones for all persons. */
static void a_time_is_no_finer_than_its_samples(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_PEAK_TIME, TAC_VERSUS_NOTHING);
    fill(pool, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    const tac_predicted p = repeat(pool, &f, 50, (tac_assay){0}, TAC_ASKED_MODEL, &sd);
    assert_close(p.high - p.low, 0.95 * 2.0 * 0.15 * 2.0, 0.05, 0.0);
}

static void statistics_are_those_of_the_study(void **state)
{
    (void)state;
    static const struct {
        tac_as as;
        tac_versus versus;
        double want;
    } CASES[] = {{TAC_AS_DIFFERENCE, TAC_VERSUS_BASELINE, 20.0},
                 {TAC_AS_PERCENT, TAC_VERSUS_BASELINE, 20.0},
                 {TAC_AS_RATIO, TAC_VERSUS_BASELINE, 1.2},
                 {TAC_AS_DIFFERENCE, TAC_VERSUS_ARM, 10.0}, /* (120 - 100) - (110 - 100) */
                 {TAC_AS_RATIO, TAC_VERSUS_ARM, 1.2 / 1.1},
                 {TAC_AS_SMD, TAC_VERSUS_ARM, 10.0 / 1.0}, /* persons differ by 1 */
                 {TAC_AS_MEDIAN, TAC_VERSUS_NOTHING, 120.0}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        features pool[2 * N_WORLD];
        double sd = 0.0;
        const tac_finding f = finding_as(CASES[i].as, CASES[i].versus);
        fill(pool, 120.0, 100.0, 110.0, 100.0, 1.0, 0.0);
        const tac_predicted p = repeat(pool, &f, 50, (tac_assay){0}, TAC_ASKED_MODEL, &sd);
        assert_close(p.mid, CASES[i].want, 0.03, 0.0);
    }
}

static void a_direction_counts_signs_and_significance(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_DIRECTION, TAC_VERSUS_BASELINE);
    fill(pool, 110.0, 100.0, 0.0, 0.0, 5.0, 0.0);
    tac_predicted p = repeat(pool, &f, 20, (tac_assay){.log_sd = 0.05}, TAC_ASKED_MODEL, &sd);
    assert_true(p.share_up > 0.99);
    assert_true(p.share_significant > 0.95);
    /* nothing changes: a test at 5 % calls it significant one time in twenty */
    p = repeat(pool, &f, 20, (tac_assay){.log_sd = 0.05}, TAC_ASKED_NOTHING_CHANGES, &sd);
    assert_close(p.share_up, 0.5, 0.0, 0.06);
    assert_close(p.share_significant, 0.05, 0.0, 0.025);
}

/* The null model that nothing changes must lose against a true effect. */
static void nothing_changes_is_wrong_where_something_did(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_PERCENT, TAC_VERSUS_BASELINE);
    const tac_published q = {.statement = TAC_STATES_EFFECT,
                             .scale = TAC_SCALE_PERCENT,
                             .value = 30.0,
                             .low = 20.0,
                             .high = 40.0};
    fill(pool, 130.0, 100.0, 0.0, 0.0, 8.0, 2.0);
    const tac_predicted model =
        repeat(pool, &f, 30, (tac_assay){.log_sd = 0.1}, TAC_ASKED_MODEL, &sd);
    const tac_predicted null =
        repeat(pool, &f, 30, (tac_assay){.log_sd = 0.1}, TAC_ASKED_NOTHING_CHANGES, &sd);
    assert_int_equal(tac_verdict_of(&q, &model), TAC_AGREES);
    assert_int_not_equal(tac_verdict_of(&q, &null), TAC_AGREES);
    assert_close(null.mid, 0.0, 0.0, 1.0);
}

static void events_are_drawn_one_by_one(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    tac_predicted out;
    const tac_finding f = finding_as(TAC_AS_RISK_RATIO, TAC_VERSUS_ARM);
    const tac_pool p = {N_WORLD, 1, pool};
    const tac_repeat_design d = {.finding = &f,
                                 .n_of = 200,
                                 .n_versus = 200,
                                 .is_chance = true,
                                 .n_repeat = 1000,
                                 .seed = 3,
                                 .key = "t"};
    fill(pool, 0.6, 0.0, 0.3, 0.0, 0.0, 0.0);
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_repeat(ctx, &p, &d, &out, &sd), TAC_OK);
    tac_ctx_free(ctx);
    assert_close(out.mid, 2.0, 0.05, 0.0);
    /* standard error of the log risk ratio: sqrt(.4/(.6 n) + .7/(.3 n)) = .122 */
    assert_close(log(out.high / out.low), 2.0 * 1.96 * 0.122, 0.1, 0.0);
}

static void a_missing_number_says_nothing(void **state)
{
    (void)state;
    features pool[2 * N_WORLD];
    double sd = 0.0;
    const tac_finding f = finding_as(TAC_AS_HALF_LIFE, TAC_VERSUS_NOTHING);
    fill(pool, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0);
    pool[3][TAC_OF_AT] = (double)NAN;
    assert_true(isnan(repeat(pool, &f, 10, (tac_assay){0}, TAC_ASKED_MODEL, &sd).mid));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_average_out_with_their_number),
        cmocka_unit_test(what_is_not_known_does_not_average_out),
        cmocka_unit_test(what_mirrors_do_not_turn_counts_too),
        cmocka_unit_test(laboratories_differ_and_a_comparison_within_one_does_not),
        cmocka_unit_test(a_time_is_no_finer_than_its_samples),
        cmocka_unit_test(statistics_are_those_of_the_study),
        cmocka_unit_test(a_direction_counts_signs_and_significance),
        cmocka_unit_test(nothing_changes_is_wrong_where_something_did),
        cmocka_unit_test(events_are_drawn_one_by_one),
        cmocka_unit_test(a_missing_number_says_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
