/* SPDX-License-Identifier: Apache-2.0 */
/* What lies outside what was measured is marked with its reason. */
#include "study/measured.h"

#include "sim/body.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "observables\tquantity\tunit\tlow\thigh\thours\twhy\n"

/** The reason for an observable in a life that is massaged with 5 kPa on the second day. */
static const char *why(const char *table, const char *observable, tac_status want)
{
    static char kept[80];
    tac_ctx *ctx = tac_ctx_create();
    tac_words *words = test_words();
    tac_program *program = test_program();
    tac_scenario *s = test_scenario(words, "title: t\nperson: {sex: male, age: 30}\nduration: 3 d\n"
                                           "programme: [{massage: swedish, on: day 2, at: "
                                           "\"18:00\"}]\nreport: [cortisol]\n");
    tac_schedule *schedule = NULL;
    tac_measured measured;
    const tac_source source = {"t.tsv", table, strlen(table)};
    const char *reason = NULL;
    assert_int_equal(tac_schedule_build(ctx, program, words, s, &s->arms[0], TAC_CALENDAR_WHOLE,
                                        &schedule),
                     TAC_OK);
    assert_int_equal(tac_measured_read(ctx, &source, &measured), TAC_OK);
    assert_int_equal(tac_measured_why(ctx, &measured, program, schedule,
                                      tac_program_image(program)->parameters, observable, &reason),
                     want);
    kept[0] = '\0';
    strncat(kept, reason == NULL ? "" : reason, sizeof kept - 1);
    tac_measured_free(&measured);
    tac_schedule_free(schedule);
    tac_scenario_free(s);
    tac_program_free(program);
    tac_words_free(words);
    tac_ctx_free(ctx);
    return kept;
}

static void inputs_beyond_the_range_mark_the_observables_of_the_row(void **state)
{
    (void)state;
    static const char TABLE[] = HEAD "lymph_* skin\ttouch.hand_pressure\tkPa\t0\t4\t0\ttoo hard\n";
    assert_string_equal(why(TABLE, "lymph_flow", TAC_OK), "too hard");
    assert_string_equal(why(TABLE, "skin", TAC_OK), "too hard");
    assert_string_equal(why(TABLE, "skin_flow", TAC_OK), "");
    assert_string_equal(why(TABLE, "cortisol", TAC_OK), "");
}

static void units_are_converted(void **state)
{
    (void)state;
    assert_string_equal(why(HEAD "*\ttouch.hand_pressure\tmmHg\t0\t37\t0\thard\n", "x", TAC_OK),
                        "hard"); /* 5 kPa are 37.5 mmHg */
    assert_string_equal(why(HEAD "*\ttouch.hand_pressure\tmmHg\t0\t38\t0\thard\n", "x", TAC_OK),
                        "");
}

/* The session takes an hour. */
static void what_is_borne_for_some_hours_is_marked_beyond_them(void **state)
{
    (void)state;
    assert_string_equal(why(HEAD "*\ttouch.hand_pressure\tkPa\t0\t4\t.9\tlong\n", "x", TAC_OK),
                        "long");
    assert_string_equal(why(HEAD "*\ttouch.hand_pressure\tkPa\t0\t4\t1.1\tlong\n", "x", TAC_OK),
                        "");
    assert_string_equal(why(HEAD "*\tperson.weight\tkg\t80\t90\t71\tlight\n", "x", TAC_OK),
                        "light");
}

static void the_first_reason_counts_and_people_count_too(void **state)
{
    (void)state;
    static const char TABLE[] = HEAD "*\tperson.weight\tkg\t80\t90\t0\tlight\n"
                                     "*\ttouch.hand_pressure\tkPa\t0\t4\t0\thard\n";
    assert_string_equal(why(TABLE, "x", TAC_OK), "light");
}

static void wrong_rows_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        const char *part;
    } CASES[] = {
        {"x\tq\tfurlong\t0\t1\t0\twhy\n", "t.tsv:2:5: not a unit"},
        {"x\tq\tkPa\t2\t1\t0\twhy\n", "t.tsv:2:9: low is above high"},
        {"x\tq\tkPa\t0\t1\t0\t\n", "'why' may not be empty"},
        {"x\tq\tkPa\t0\t1\t-2\twhy\n", "t.tsv:2:13: negative"},
        {"x\tq\tkPa\tone\t1\t0\twhy\n", "'one' is not a number"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_measured measured;
        char text[200] = HEAD;
        strcat(text, CASES[i].row);
        const tac_source source = {"t.tsv", text, strlen(text)};
        assert_int_not_equal(tac_measured_read(ctx, &source, &measured), TAC_OK);
        if (strstr(tac_ctx_message(ctx), CASES[i].part) == NULL) {
            fail_msg("'%s' is not in '%s'", CASES[i].part, tac_ctx_message(ctx));
        }
        tac_measured_free(&measured);
        tac_ctx_free(ctx);
    }
    assert_string_equal(why(HEAD "*\tno.such\tkPa\t0\t1\t0\tw\n", "x", TAC_E_MODEL), "");
    assert_string_equal(why(HEAD "*\ttouch.hand_pressure\tkg\t0\t1\t0\tw\n", "x", TAC_E_MODEL), "");
}

/** The reason for an observable of the shipped body in a day with an event. */
static const char *shipped_reason(const char *event, const char *observable)
{
    static char kept[160];
    char text[400];
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    tac_measured measured;
    tac_schedule *schedule = NULL;
    const char *reason = NULL;
    const int n = snprintf(text, sizeof text,
                           "title: t\nperson: {sex: male, age: 30}\nduration: 1 d\n"
                           "life: [%s]\nreport: [cortisol]\n",
                           event);
    assert_true(n > 0 && (size_t)n < sizeof text);
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    assert_int_equal(tac_measured_read(ctx, NULL, &measured), TAC_OK);
    tac_scenario *s = test_scenario(body->words, text);
    assert_int_equal(tac_schedule_build(ctx, body->program, body->words, s, NULL,
                                        TAC_CALENDAR_WHOLE, &schedule),
                     TAC_OK);
    assert_int_equal(tac_measured_why(ctx, &measured, body->program, schedule,
                                      tac_program_image(body->program)->parameters, observable,
                                      &reason),
                     TAC_OK);
    kept[0] = '\0';
    strncat(kept, reason == NULL ? "" : reason, sizeof kept - 1);
    tac_schedule_free(schedule);
    tac_scenario_free(s);
    tac_measured_free(&measured);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return kept;
}

static const char *shipped_why(const char *event)
{
    return shipped_reason(event, "cortisol");
}

/* No study of the ledger follows molecules under hands, or the heart of somebody who works on himself. */
static void what_hands_clear_and_what_rolling_costs_the_heart_is_marked(void **state)
{
    (void)state;
    static const char DRAINAGE[] =
        "{massage: lymph drainage, region: legs, at: \"18:00\", for: 30 min}";
    static const char ROLLING[] =
        "{massage: foam rolling, region: thigh, giver: self, at: \"18:00\", for: 10 min}";
    static const char WALK[] = "{exercise: walking, at: \"18:00\", for: 30 min}";
    static const char *const CLEARED[] = {"tissue_protein_cleared", "washout_small", "tracer_large",
                                          "tracer_small"};
    for (size_t i = 0; i < 4; i++) {
        assert_non_null(strstr(shipped_reason(DRAINAGE, CLEARED[i]), "molecules"));
        assert_string_equal(shipped_reason(WALK, CLEARED[i]), "");
    }
    assert_non_null(strstr(shipped_reason(ROLLING, "heart_rate"), "effort"));
    assert_non_null(strstr(shipped_reason(ROLLING, "sbp"), "effort"));
    assert_string_equal(shipped_reason(DRAINAGE, "heart_rate"), "");
    assert_string_equal(shipped_reason(WALK, "heart_rate"), "");
}

/* Kam 2001: two hours of a tourniquet; Moritz and Henriques 1947: burns from 44 degC of the skin upwards. */
static void a_tourniquet_for_hours_and_scalding_heat_are_marked_as_harm(void **state)
{
    (void)state;
    assert_non_null(
        strstr(shipped_why("{compression: 250 mmHg, region: left arm, from: \"10:00\", for: 6 h}"),
               "Kam 2001"));
    assert_string_equal(
        shipped_why("{compression: 250 mmHg, region: left arm, from: \"10:00\", for: 90 min}"), "");
    assert_string_equal(shipped_why(
                            "{compression: 60 mmHg, region: left arm, from: \"10:00\", for: 12 h}"),
                        "");
    assert_non_null(
        strstr(shipped_why("{heat: 48 degC, region: leg, from: \"10:00\", for: 30 min}"),
               "Moritz and Henriques 1947"));
    assert_string_equal(shipped_why("{heat: 42 degC, region: leg, from: \"10:00\", for: 30 min}"),
                        "");
}

static void the_shipped_table_fits_the_body(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    tac_measured measured;
    tac_schedule *schedule = NULL;
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    assert_int_equal(tac_measured_read(ctx, NULL, &measured), TAC_OK);
    tac_scenario *s = test_scenario(body->words, "title: t\nperson: {sex: male, age: 30}\n"
                                                 "duration: 1 d\nreport: [cortisol]\n");
    assert_int_equal(tac_schedule_build(ctx, body->program, body->words, s, NULL,
                                        TAC_CALENDAR_WHOLE, &schedule),
                     TAC_OK);
    for (size_t i = 0; i < measured.n; i++) {
        const tac_measured one = {&measured.items[i], 1, NULL};
        const char *reason = NULL;
        char observable[64] = "";
        strncat(observable, measured.items[i].observables,
                strcspn(measured.items[i].observables, "* "));
        assert_int_equal(tac_measured_why(ctx, &one, body->program, schedule,
                                          tac_program_image(body->program)->parameters, observable,
                                          &reason),
                         TAC_OK);
        assert_null(reason); /* an ordinary day is within what was measured */
    }
    tac_schedule_free(schedule);
    tac_scenario_free(s);
    tac_measured_free(&measured);
    tac_body_free(body);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_beyond_the_range_mark_the_observables_of_the_row),
        cmocka_unit_test(units_are_converted),
        cmocka_unit_test(the_first_reason_counts_and_people_count_too),
        cmocka_unit_test(what_is_borne_for_some_hours_is_marked_beyond_them),
        cmocka_unit_test(wrong_rows_are_refused),
        cmocka_unit_test(a_tourniquet_for_hours_and_scalding_heat_are_marked_as_harm),
        cmocka_unit_test(what_hands_clear_and_what_rolling_costs_the_heart_is_marked),
        cmocka_unit_test(the_shipped_table_fits_the_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
