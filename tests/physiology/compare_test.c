/* SPDX-License-Identifier: Apache-2.0 */
/* Comparisons: arms that are the same differ by nothing, threads do not show, and what is not shown must not look certain. */
/* labels: threads */
#include "base/table.h"
#include "close.h"

#include <tactus/report.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A body, a scenario and its results, with everything that has to be freed. */
typedef struct study {
    tac_ctx *ctx;
    tac_body *body;
    tac_scenario *scenario;
    tac_results *results;
} study;

static study compare(const char *text, size_t n_member, size_t n_job)
{
    study s = {.ctx = tac_ctx_create()};
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;
    options.n_member = n_member;
    options.n_job = n_job;
    tac_status st = tac_body_open(s.ctx, &s.body);
    st = st != TAC_OK ? st : tac_scenario_parse(s.ctx, s.body, "test", text, &s.scenario);
    st = st != TAC_OK ? st : tac_compare(s.ctx, s.body, s.scenario, &options, &s.results);
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(s.ctx));
    }
    return s;
}

static void study_free(study *s)
{
    tac_results_free(s->results);
    tac_scenario_free(s->scenario);
    tac_body_free(s->body);
    tac_ctx_free(s->ctx);
}

static double cell(const study *s, size_t row, const char *column)
{
    return tac_table_number_of(tac_results_table(s->results, "summary"), row, column);
}

/* What two factors move apart is added member by member; a factor that moves nothing leaves nothing to be more. */
static void factors_that_do_not_meet_add_up(void **state)
{
    (void)state;
    study s = compare("title: Two factors\nperson: {sex: female, age: 42}\nduration: 2 d\n"
                      "factors:\n"
                      "  walk:\n    - {exercise: walking, at: \"09:00\", for: 30 min, every: day}\n"
                      "  light:\n    - {tracer: true, region: foot, at: \"19:00\", for: 2 h}\n"
                      "report: [heart_rate, lymph_flow]\n",
                      4, 2);
    const tac_table *t = tac_results_table(s.results, "together");
    assert_int_equal(tac_table_n_row(t), 2);
    for (size_t i = 0; i < 2; i++) {
        const double parts = tac_table_number_of(t, i, "parts");
        assert_true(fabs(parts) > 1e-3);
        assert_close(tac_table_number_of(t, i, "whole"), parts, 1e-4, 0.0);
        assert_close(tac_table_number_of(t, i, "more"), 0.0, 0.0, 1e-4 * fabs(parts));
    }
    /* The arm of both is the third of the summary, with the same change. */
    assert_close(cell(&s, 4, "change"), tac_table_number_of(t, 0, "whole"), 1e-9, 0.0);
    study_free(&s);
}

static void arms_that_are_the_same_differ_by_nothing(void **state)
{
    (void)state;
    study s = compare("title: The same twice\nperson: {sex: female, age: 42}\nduration: 2 d\n"
                      "programmes:\n"
                      "  first:\n    - {massage: swedish, at: \"18:00\", every: day}\n"
                      "  second:\n    - {massage: swedish, at: \"18:00\", every: day}\n"
                      "against: second\nreport: [cortisol, heart_rate, oxytocin]\n",
                      6, 2);
    for (size_t row = 0; row < 3; row++) {
        assert_true(fabs(cell(&s, row, "change")) <= 0.0);
        assert_true(fabs(cell(&s, row, "low")) <= 0.0);
        assert_true(fabs(cell(&s, row, "high")) <= 0.0);
    }
    study_free(&s);
}

static void the_numbers_do_not_depend_on_the_number_of_threads(void **state)
{
    (void)state;
    static const char TEXT[] = "title: Threads\nperson: {sex: male, age: 35}\nduration: 1 d\n"
                               "programme:\n  - {massage: chair, at: \"12:00\"}\n"
                               "report: [cortisol, rmssd]\n";
    study one = compare(TEXT, 8, 1);
    study four = compare(TEXT, 8, 4);
    const tac_table *a = tac_results_table(one.results, "trajectories");
    const tac_table *b = tac_results_table(four.results, "trajectories");
    assert_int_equal(tac_table_n_row(a), tac_table_n_row(b));
    for (size_t j = 0; j < tac_table_n_column(a); j++) {
        for (size_t i = 0; i < tac_table_n_row(a); i++) {
            assert_true(fabs(tac_table_number(a, i, j) - tac_table_number(b, i, j)) <= 0.0);
        }
    }
    study_free(&one);
    study_free(&four);
}

/* Rapaport 2010: d = -0.2 +- 0.28 against light touch, so the predicted interval has to hold zero. */
static void cortisol_against_light_touch_is_not_certain(void **state)
{
    (void)state;
    study s =
        compare("title: Swedish against light touch\nperson: {sex: female, age: 30}\n"
                "duration: 1 d\n"
                "programme:\n  - {massage: swedish, pressure: firm, at: \"14:00\", for: 45 min}\n"
                "against: light touch\nreport: [cortisol, acth, serotonin_urine, dopamine_urine]\n",
                48, 2);
    for (size_t row = 0; row < 4; row++) {
        assert_true(cell(&s, row, "low") < 0.0);
        assert_true(cell(&s, row, "high") > 0.0);
    }
    study_free(&s);
}

/* Noto 2010: -3.6 (se 1.5) before to after; net of rest perhaps -2 to -3. */
static void heart_rate_falls_a_little_more_than_with_rest(void **state)
{
    (void)state;
    study s =
        compare("title: Back massage against rest\nperson: {sex: female, age: 25, stress: high}\n"
                "duration: 1 d\n"
                "programme:\n  - {massage: swedish, region: back, at: \"14:00\", for: 20 min}\n"
                "against: rest\nreport: [heart_rate]\n",
                48, 2);
    assert_true(cell(&s, 0, "change") < -0.3 && cell(&s, 0, "change") > -5.1);
    assert_true(cell(&s, 0, "high") - cell(&s, 0, "low") > 0.5);
    study_free(&s);
}

/* Sitting and lying differ by some 5 per min: against rest the posture must not look like an effect. */
static void rest_keeps_the_posture_of_the_massage(void **state)
{
    (void)state;
    study chair = compare("title: Chair\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                          "programme:\n  - {massage: chair, at: \"14:00\", for: 15 min}\n"
                          "against: rest\nreport: [heart_rate]\n",
                          4, 2);
    study table = compare("title: Table\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                          "programme:\n  - {massage: swedish, at: \"14:00\", for: 15 min}\n"
                          "against: rest\nreport: [heart_rate]\n",
                          4, 2);
    assert_true(cell(&chair, 0, "without") > cell(&table, 0, "without") + 2.0);
    study_free(&table);
    study_free(&chair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_that_do_not_meet_add_up),
        cmocka_unit_test(arms_that_are_the_same_differ_by_nothing),
        cmocka_unit_test(the_numbers_do_not_depend_on_the_number_of_threads),
        cmocka_unit_test(cortisol_against_light_touch_is_not_certain),
        cmocka_unit_test(heart_rate_falls_a_little_more_than_with_rest),
        cmocka_unit_test(rest_keeps_the_posture_of_the_massage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
