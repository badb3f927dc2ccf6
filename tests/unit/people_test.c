/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand virtual people against what is known of real ones: means, ranges, correlations, states of health. */
#include "sim/people.h"

#include "base/alloc.h"
#include "close.h"
#include "sim/body.h"
#include "sim/person.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N      10000
#define N_SAME 4000

static tac_ctx *ctx;
static tac_body *body;
static tac_people *people;

static int open_body(void **state)
{
    (void)state;
    ctx = tac_ctx_create();
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    if (tac_people_create(ctx, body->program, body->words, &people) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    return 0;
}

static int close_body(void **state)
{
    (void)state;
    tac_people_free(people);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return 0;
}

static const tac_known ADULTS[] = {{"person.age", 18.0, 65.0, false}};
static const tac_wanted VOLUNTEERS = {"volunteers", NULL, 0, ADULTS, 1};

static size_t attribute(const char *id)
{
    const tac_population *population = tac_people_population(people);
    for (size_t i = 0; i < population->n_attribute; i++) {
        if (strcmp(population->attributes[i].id, id) == 0) {
            return i;
        }
    }
    fail_msg("no attribute %s", id);
    return 0;
}

/** Attributes of n people, [n][n_attribute]; free(). */
static double *draw(const tac_wanted *wanted, uint64_t seed, size_t n)
{
    const size_t n_attribute = tac_people_population(people)->n_attribute;
    double *p = calloc(tac_program_image(body->program)->n_parameter, sizeof *p);
    double *all = calloc(n * n_attribute, sizeof *all);
    assert_non_null(p);
    assert_non_null(all);
    for (size_t i = 0; i < n; i++) {
        const tac_draw_key key = {.seed = seed, .world = i, .person = i};
        if (tac_people_draw(ctx, people, wanted, &key, p) != TAC_OK) {
            fail_msg("%s", tac_ctx_message(ctx));
        }
        assert_int_equal(tac_people_describe(ctx, people, p, &all[i * n_attribute]), TAC_OK);
    }
    free(p);
    return all;
}

/** One attribute of all; free(). */
static double *column(const double *all, size_t n, const char *id)
{
    const size_t n_attribute = tac_people_population(people)->n_attribute;
    const size_t j = attribute(id);
    double *values = calloc(n, sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < n; i++) {
        values[i] = all[i * n_attribute + j];
    }
    return values;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const double *all, size_t n, const char *id, double share)
{
    double *values = column(all, n, id);
    qsort(values, n, sizeof *values, ascending);
    const double value = values[(size_t)(share * (double)(n - 1))];
    free(values);
    return value;
}

static void moments(const double *all, size_t n, const char *id, double *mean, double *sd)
{
    double *values = column(all, n, id);
    double sum = 0.0;
    double squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
        squares += values[i] * values[i];
    }
    *mean = sum / (double)n;
    *sd = sqrt(squares / (double)n - *mean * *mean);
    free(values);
}

static void assert_within(const char *what, double value, double low, double high)
{
    print_message("%-32s %8.3g  (%g to %g)\n", what, value, low, high);
    if (!(value >= low && value <= high)) {
        fail_msg("%s is %g, %g to %g is wanted", what, value, low, high);
    }
}

static const double *ranked; /* what by_value() compares */

static int by_value(const void *a, const void *b)
{
    return ascending(&ranked[*(const size_t *)a], &ranked[*(const size_t *)b]);
}

/** Ranks of one attribute in all people, 0 the lowest; free(). */
static double *ranks(const double *all, size_t n, const char *id)
{
    double *values = column(all, n, id);
    size_t *order = calloc(n, sizeof *order);
    assert_non_null(order);
    for (size_t i = 0; i < n; i++) {
        order[i] = i;
    }
    ranked = values;
    qsort(order, n, sizeof *order, by_value);
    double *rank = calloc(n, sizeof *rank);
    assert_non_null(rank);
    for (size_t i = 0; i < n; i++) {
        rank[order[i]] = (double)i;
    }
    free(order);
    free(values);
    return rank;
}

/** Spearman's correlation of two attributes without ties. */
static double correlation(const double *all, size_t n, const char *a, const char *b)
{
    double *x = ranks(all, n, a);
    double *y = ranks(all, n, b);
    double squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        squares += (x[i] - y[i]) * (x[i] - y[i]);
    }
    free(x);
    free(y);
    const double m = (double)n;
    return 1.0 - 6.0 * squares / (m * (m * m - 1.0));
}

/*
 * Norms: RMSSD Nunan 2010 (10.1111/j.1540-8159.2010.02841.x), CRP Pepys 2003 (10.1172/JCI18921), PSS-10 Cohen 2012
 * (10.1111/j.1559-1816.2012.00900.x), neutrophils of healthy adults, pressure and heart rate of textbooks;
 * colds Matthews 2002, 1.2 (SD 1.3): theirs hold the chance of a year, which is added here; people here differ in what is not known too.
 */
static void ten_thousand_volunteers_hold_the_norms(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        const char *what; /* and its unit */
        double mean[2];
        double sd[2]; /* both 0: nobody says */
    } NORMS[] = {{"rmssd_rest", "RMSSD, ms", {38.0, 46.0}, {15.0, 25.0}},
                 {"heart_rate_rest", "heart rate, 1/min", {60.0, 75.0}, {7.0, 12.0}},
                 {"sbp_rest", "systolic pressure, mmHg", {117.0, 122.0}, {9.0, 15.0}},
                 {"dbp_rest", "diastolic pressure, mmHg", {73.0, 78.0}, {0.0, 0.0}},
                 {"pss", "PSS-10", {15.3, 16.5}, {6.7, 7.8}},
                 {"sleep", "sleep, h", {7.2, 7.4}, {0.6, 0.8}},
                 {"vo2max_start", "maximal uptake, mL/kg/min", {35.0, 43.0}, {6.0, 11.0}},
                 {"blood_volume", "blood volume, L", {4.2, 5.0}, {0.0, 0.0}},
                 {"colds_usual", "colds to be expected, 1/year", {1.0, 1.5}, {0.5, 1.2}}};
    double *all = draw(&VOLUNTEERS, 1, N);
    for (size_t i = 0; i < sizeof NORMS / sizeof NORMS[0]; i++) {
        double mean = 0.0;
        double sd = 0.0;
        moments(all, N, NORMS[i].id, &mean, &sd);
        assert_within(NORMS[i].what, mean, NORMS[i].mean[0], NORMS[i].mean[1]);
        if (NORMS[i].sd[1] > 0.0) {
            assert_within("  its SD", sd, NORMS[i].sd[0], NORMS[i].sd[1]);
        }
    }
    assert_within("CRP, median, mg/L", quantile(all, N, "crp_rest", 0.5), 0.65, 0.9);
    assert_within("CRP, 90th percentile, mg/L", quantile(all, N, "crp_rest", 0.9), 2.4, 3.6);
    assert_within("CRP, 99th percentile, mg/L", quantile(all, N, "crp_rest", 0.99), 7.0, 13.0);
    assert_within("neutrophils, median, 1e9/L", quantile(all, N, "neutrophils_rest", 0.5), 3.4,
                  3.9);
    assert_within("neutrophils, 2.5 %, 1e9/L", quantile(all, N, "neutrophils_rest", 0.025), 1.6,
                  2.0);
    assert_within("neutrophils, 97.5 %, 1e9/L", quantile(all, N, "neutrophils_rest", 0.975), 6.6,
                  8.0);
    double expected = 0.0;
    double differ = 0.0;
    moments(all, N, "colds_usual", &expected, &differ);
    assert_within("colds of a year, SD", sqrt(expected + differ * differ), 1.1, 1.6);
    free(all);
}

static void what_goes_together_in_people_goes_together_here(void **state)
{
    (void)state;
    static const tac_known MEN[] = {{"person.age", 40.0, 40.0, false},
                                    {"person.sex", 1.0, 1.0, false}};
    static const tac_wanted SAME = {"volunteers", NULL, 0, MEN, 2};
    double *all = draw(&SAME, 2, N_SAME);
    assert_within("weight and height", correlation(all, N_SAME, "weight", "height"), 0.4, 0.6);
    assert_within("BMI and uptake", correlation(all, N_SAME, "bmi", "vo2max_start"), -0.45, -0.25);
    assert_within("BMI and CRP", correlation(all, N_SAME, "bmi", "crp_rest"), 0.15, 0.4);
    assert_within("uptake and heart rate",
                  correlation(all, N_SAME, "vo2max_start", "heart_rate_rest"), -0.45, -0.2);
    assert_within("uptake and RMSSD", correlation(all, N_SAME, "vo2max_start", "rmssd_rest"), 0.15,
                  0.35);
    assert_within("heart rate and RMSSD", correlation(all, N_SAME, "heart_rate_rest", "rmssd_rest"),
                  -0.58, -0.42);
    assert_within("systolic and diastolic", correlation(all, N_SAME, "sbp_rest", "dbp_rest"), 0.57,
                  0.75);
    assert_within("neutrophils and CRP", correlation(all, N_SAME, "neutrophils_rest", "crp_rest"),
                  0.22, 0.38);
    assert_within("PSS-10 and sleep", correlation(all, N_SAME, "pss", "sleep"), -0.25, -0.15);
    assert_within("PSS-10 and CRP", correlation(all, N_SAME, "pss", "crp_rest"), 0.0, 0.1);
    assert_within("height and heart rate", correlation(all, N_SAME, "height", "heart_rate_rest"),
                  -0.05, 0.05);
    free(all);
}

/* What is given stays given; a range holds everyone and is filled. */
static void what_is_known_of_people_is_kept(void **state)
{
    (void)state;
    static const tac_known KNOWN[] = {{"person.sex", 0.0, 0.0, false},
                                      {"person.age", 30.0, 50.0, false},
                                      {"person.weight", 71.0, 71.0, false},
                                      {"person.pss", 23.0, 23.0, false}};
    static const char *const STRESSED[] = {"stressed"};
    static const tac_wanted WOMEN = {"general", STRESSED, 1, KNOWN, 4};
    double *all = draw(&WOMEN, 3, 400);
    double mean = 0.0;
    double sd = 0.0;
    moments(all, 400, "age", &mean, &sd);
    assert_close(mean, 40.0, 0.03, 0.0);
    assert_close(sd, 20.0 / sqrt(12.0), 0.1, 0.0);
    assert_true(quantile(all, 400, "age", 0.0) >= 30.0 && quantile(all, 400, "age", 1.0) <= 50.0);
    assert_close(quantile(all, 400, "sex", 1.0), 0.0, 0.0, 0.0);
    assert_close(quantile(all, 400, "weight", 0.0), 71.0, 0.0, 1e-12);
    assert_close(quantile(all, 400, "pss", 0.0), 23.0, 0.0, 1e-12); /* the state would say 24 */
    free(all);
}

static void states_of_health_change_people_and_keep_others_out(void **state)
{
    (void)state;
    static const char *const OLD[] = {"elderly", "hypertensive"};
    static const char *const HEALTHY[] = {"healthy"};
    static const char *const TRAINED[] = {"trained"};
    static const tac_wanted OLD_PEOPLE = {"general", OLD, 2, NULL, 0};
    static const tac_wanted WELL = {"general", HEALTHY, 1, NULL, 0};
    static const tac_wanted FIT = {"volunteers", TRAINED, 1, NULL, 0};
    double *all = draw(&OLD_PEOPLE, 4, 1000);
    assert_within("elderly: age", quantile(all, 1000, "age", 0.5), 70.0, 74.0);
    assert_within("hypertensive: systolic, lowest", quantile(all, 1000, "sbp_rest", 0.0), 130.0,
                  140.0);
    free(all);
    all = draw(&WELL, 5, 1000);
    assert_within("healthy: systolic, highest", quantile(all, 1000, "sbp_rest", 1.0), 125.0, 130.0);
    assert_within("healthy: BMI, highest", quantile(all, 1000, "bmi", 1.0), 31.0, 32.0);
    free(all);
    all = draw(&FIT, 6, 1000);
    assert_within("trained: heart rate", quantile(all, 1000, "heart_rate_rest", 0.5), 50.0, 60.0);
    free(all);
}

/* A person is the same whoever else is drawn; the general population is older, heavier and sleeps less. */
static void a_person_depends_on_seed_and_number_only(void **state)
{
    (void)state;
    static const tac_wanted GENERAL = {"general", NULL, 0, NULL, 0};
    const size_t n_attribute = tac_people_population(people)->n_attribute;
    double *few = draw(&GENERAL, 7, 5);
    double *many = draw(&GENERAL, 7, 2000);
    double *other = draw(&GENERAL, 8, 5);
    assert_memory_equal(few, many, 5 * n_attribute * sizeof *few);
    assert_memory_not_equal(few, other, 5 * n_attribute * sizeof *few);
    assert_within("general: age", quantile(many, 2000, "age", 0.5), 43.0, 52.0);
    assert_within("general: BMI", quantile(many, 2000, "bmi", 0.5), 28.0, 30.0);
    free(few);
    free(many);
    free(other);
}

static void drawing_must_fail(const tac_wanted *wanted, tac_status status, const char *part)
{
    const tac_draw_key key = {.seed = 1};
    double *p = calloc(tac_program_image(body->program)->n_parameter, sizeof *p);
    assert_non_null(p);
    tac_ctx_clear(ctx);
    assert_int_equal(tac_people_draw(ctx, people, wanted, &key, p), status);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is wanted in: %s", part, tac_ctx_message(ctx));
    }
    tac_ctx_clear(ctx);
    free(p);
}

static void people_who_cannot_be_are_refused(void **state)
{
    (void)state;
    static const char *const BOTH[] = {"healthy", "hypertensive"};
    static const tac_wanted NOBODY = {"volunteers", BOTH, 2, NULL, 0};
    static const tac_wanted MARTIANS = {"martians", NULL, 0, NULL, 0};
    static const tac_known WRONG[] = {{"person.wings", 2.0, 2.0, false}};
    static const tac_wanted WINGED = {"volunteers", NULL, 0, WRONG, 1};
    drawing_must_fail(&NOBODY, TAC_E_INPUT, "nobody is");
    drawing_must_fail(&MARTIANS, TAC_E_INPUT, "no population 'martians'");
    drawing_must_fail(&WINGED, TAC_E_MODEL, "no parameter 'person.wings'");
}

static void table_must_fail(const char *rows, tac_status status, const char *part)
{
    char text[1000];
    tac_population population;
    snprintf(text, sizeof text,
             "kind\tpopulation\tsex\tage\tid\twith\tvalue\tunit\tsd\tshape\tlow\thigh\tnote\n%s",
             rows);
    const tac_source source = {"p.tsv", text, strlen(text)};
    tac_ctx_clear(ctx);
    assert_int_equal(tac_population_read(ctx, &source, body->program, &population), status);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is wanted in: %s", part, tac_ctx_message(ctx));
    }
    tac_population_free(&population);
    tac_ctx_clear(ctx);
}

/* `tactus run` knows the states too: of one person, without the spread of people; what is said outright wins. */
static void a_state_moves_one_person_as_it_moves_the_middle_of_many(void **state)
{
    (void)state;
    static const char TEXT[] =
        "title: T\nperson: {sex: male, age: 50, stress: low, health: [hypertensive, stressed, elderly]}\n"
        "duration: 1 d\n";
    static const struct {
        const char *id;
        double times;
        double add;
    } MOVED[] = {{"person.sbp_men", 1.0, 30.0},         {"circulation.velocity_young", 1.0, 1.9},
                 {"autonomic.reflex_width", 1.25, 0.0}, {"fluid.skin_slope", 0.77, 0.0},
                 {"lymph.strength_leg", 0.89, 0.0},     {"lymph.rhythm_leg", 0.89, 0.0}};
    const tac_image *image = tac_program_image(body->program);
    const uint32_t pss = tac_program_find(body->program, "person.pss")->index;
    double *p = calloc(image->n_parameter, sizeof *p);
    tac_scenario *scenario = NULL;
    assert_non_null(p);
    memcpy(p, image->parameters, image->n_parameter * sizeof *p);
    assert_int_equal(tac_scenario_parse(ctx, body, "t", TEXT, &scenario), TAC_OK);
    assert_int_equal(tac_person_set(ctx, body->program, scenario, p), TAC_OK);
    for (size_t i = 0; i < sizeof MOVED / sizeof MOVED[0]; i++) {
        const uint32_t k = tac_program_find(body->program, MOVED[i].id)->index;
        assert_close(p[k], image->parameters[k] * MOVED[i].times + MOVED[i].add, 0.0, 1e-12);
    }
    assert_close(p[pss], 8.0, 0.0, 1e-12);
    tac_scenario_free(scenario);
    free(p);
}

/* Files have both as columns. */
static void no_attribute_has_the_name_of_an_observable(void **state)
{
    (void)state;
    const tac_population *population = tac_people_population(people);
    for (size_t i = 0; i < population->n_attribute; i++) {
        assert_null(tac_words_observable(body->words, population->attributes[i].id));
    }
}

static void a_wrong_table_says_where(void **state)
{
    (void)state;
    table_must_fail("dram\t*\t\t\tperson.age\t\t30\tyear\t8\tnormal\t\t\t\n", TAC_E_SYNTAX,
                    "p.tsv:2:1: draw, score, rank or show is wanted");
    table_must_fail("draw\t\t\t\tperson.age\t\t30\tyear\t8\tnormal\t\t\t\n", TAC_E_SYNTAX,
                    "a population, or * for all");
    table_must_fail("draw\t*\tboys\t\tperson.age\t\t30\tyear\t8\tnormal\t\t\t\n", TAC_E_SYNTAX,
                    "men, women or nothing");
    table_must_fail("draw\t*\t\told\tperson.age\t\t30\tyear\t8\tnormal\t\t\t\n", TAC_E_SYNTAX,
                    "ages such as 25-34");
    table_must_fail("draw\t*\t\t\tperson.age\t\t30\tyear\t8\tround\t\t\t\n", TAC_E_SYNTAX,
                    "normal, lognormal or chance");
    table_must_fail("draw\t*\t\t\tperson.age\t\t30\tyear\t-8\tnormal\t\t\t\n", TAC_E_SYNTAX,
                    "an sd above 0");
    table_must_fail("draw\t*\t\t\tperson.age\t\t30\th\t8\tnormal\t\t\t\n", TAC_E_UNITS,
                    "not the unit of parameters.tsv");
    table_must_fail("draw\t*\t\t\tperson.wings\t\t2\t1\t1\tnormal\t\t\t\n", TAC_E_MODEL,
                    "the body has no such name");
    table_must_fail("rank\t\t\t\ta\tb\t1.5\t1\t\t\t\t\t\n", TAC_E_SYNTAX, "above -1 and below 1");
    table_must_fail("rank\t\t\t\ta\tb\t.9\t1\t\t\t\t\t\nrank\t\t\t\tb\tc\t.9\t1\t\t\t\t\t\n"
                    "rank\t\t\t\ta\tc\t-.9\t1\t\t\t\t\t\n",
                    TAC_E_MODEL, "cannot all be at once");
}

/** Join the tables, draw a person and describe them. */
static tac_status draw_one(tac_ctx *own, double *p, double *values)
{
    const tac_draw_key key = {.seed = 1};
    tac_people *few = NULL;
    tac_status st = tac_people_create(own, body->program, body->words, &few);
    st = st != TAC_OK ? st : tac_people_draw(own, few, &VOLUNTEERS, &key, p);
    st = st != TAC_OK ? st : tac_people_describe(own, few, p, values);
    tac_people_free(few);
    return st;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    double *p = calloc(tac_program_image(body->program)->n_parameter, sizeof *p);
    double *values = calloc(tac_people_population(people)->n_attribute, sizeof *values);
    tac_status st = TAC_E_MEMORY;
    assert_non_null(p);
    assert_non_null(values);
    for (size_t i = 0; st != TAC_OK; i++) {
        tac_ctx *own = tac_ctx_create();
        assert_true(i < 10000);
        tac_alloc_fail_after(i);
        st = draw_one(own, p, values);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        tac_ctx_free(own);
    }
    free(values);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_volunteers_hold_the_norms),
        cmocka_unit_test(what_goes_together_in_people_goes_together_here),
        cmocka_unit_test(what_is_known_of_people_is_kept),
        cmocka_unit_test(states_of_health_change_people_and_keep_others_out),
        cmocka_unit_test(a_person_depends_on_seed_and_number_only),
        cmocka_unit_test(people_who_cannot_be_are_refused),
        cmocka_unit_test(a_state_moves_one_person_as_it_moves_the_middle_of_many),
        cmocka_unit_test(no_attribute_has_the_name_of_an_observable),
        cmocka_unit_test(a_wrong_table_says_where),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, open_body, close_body);
}
