/* SPDX-License-Identifier: Apache-2.0 */
/* One lymph vessel as text and JSON: from tables made by hand, so that every number is known. */
#include "base/table.h"
#include "report/vessel.h"

#include <tactus/study.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N_MOMENT = 841 }; /* 210 s, one each quarter of a second */

static void must(tac_status st)
{
    assert_int_equal(st, TAC_OK);
}

static void add_rows(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},           {"title", "", true},
                                         {"unit", "", true},         {"decimals", "", false},
                                         {"alone", "", false},       {"with", "", false},
                                         {"change", "", false},      {"low", "", false},
                                         {"high", "", false},        {"percent", "", false},
                                         {"percent_low", "", false}, {"percent_high", "", false}};
    static const double NUMBERS[] = {1.0, 9.04, 40.0, 30.96, 8.0, 90.0, 342.4, 40.0, 3470.0};
    tac_table *table = NULL;
    must(tac_results_add(ctx, results, "vessel", 12, COLUMNS, &table));
    must(tac_table_add_rows(ctx, table, 1, NULL));
    must(tac_table_set_text(ctx, table, 0, "id", "outflow"));
    must(tac_table_set_text(ctx, table, 0, "title", "flow out of the vessel"));
    must(tac_table_set_text(ctx, table, 0, "unit", "uL/min"));
    for (size_t j = 0; j < 9; j++) {
        tac_table_numbers(table, 3 + j)[0] = NUMBERS[j];
    }
}

static void add_hand(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},     {"title", "", true},
                                         {"unit", "", true},   {"decimals", "", false},
                                         {"value", "", false}, {"low", "", false},
                                         {"high", "", false}};
    static const struct {
        const char *id;
        const char *unit;
        double value;
    } HAND[] = {{"hand_pressure", "mmHg", 24.0},
                {"stroke_speed", "cm/s", 3.0},
                {"stroke_period", "s", 8.0},
                {"own_period", "s", 61.0},
                {"outlet_pressure", "mmHg", 10.0}};
    tac_table *table = NULL;
    must(tac_results_add(ctx, results, "vessel_hand", 7, COLUMNS, &table));
    must(tac_table_add_rows(ctx, table, 5, NULL));
    for (size_t i = 0; i < 5; i++) {
        must(tac_table_set_text(ctx, table, i, "id", HAND[i].id));
        must(tac_table_set_text(ctx, table, i, "title", HAND[i].id));
        must(tac_table_set_text(ctx, table, i, "unit", HAND[i].unit));
        tac_table_set(table, i, "decimals", 0.0);
        tac_table_set(table, i, "value", HAND[i].value);
    }
}

static void add_about(tac_ctx *ctx, tac_results *results, double imbalance)
{
    static const tac_column COLUMNS[] = {{"site", "", true},     {"massage", "", true},
                                         {"arm", "", true},      {"model_hash", "", true},
                                         {"minutes", "", false}, {"imbalance", "", false}};
    tac_table *table = NULL;
    must(tac_results_add(ctx, results, "vessel_about", 6, COLUMNS, &table));
    must(tac_table_add_rows(ctx, table, 1, NULL));
    must(tac_table_set_text(ctx, table, 0, "site", "left foot"));
    must(tac_table_set_text(ctx, table, 0, "massage", "lymph drainage"));
    must(tac_table_set_text(ctx, table, 0, "arm", "programme"));
    must(tac_table_set_text(ctx, table, 0, "model_hash", "abc"));
    tac_table_set(table, 0, "minutes", 3.5);
    tac_table_set(table, 0, "imbalance", imbalance);
}

/** Every column counts moments, so that a place in a list tells which moment it was. */
static void add_course(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {
        {"time", "s", false},         {"hand", "", false},        {"with.pressure", "", false},
        {"with.outflow", "", false},  {"with.pumped", "", false}, {"alone.pressure", "", false},
        {"alone.outflow", "", false}, {"alone.pumped", "", false}};
    tac_table *table = NULL;
    must(tac_results_add(ctx, results, "vessel_course", 8, COLUMNS, &table));
    must(tac_table_add_rows(ctx, table, N_MOMENT, NULL));
    for (size_t i = 0; i < N_MOMENT; i++) {
        for (size_t j = 0; j < 8; j++) {
            tac_table_numbers(table, j)[i] = j == 0 ? 0.25 * (double)i : (double)i;
        }
    }
}

static tac_results *by_hand(tac_ctx *ctx, double imbalance)
{
    tac_results *results = NULL;
    must(tac_results_create(ctx, &results));
    add_rows(ctx, results);
    add_hand(ctx, results);
    add_about(ctx, results, imbalance);
    add_course(ctx, results);
    return results;
}

static void check_text(double imbalance, const char *wanted)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = by_hand(ctx, imbalance);
    tac_buf buf = TAC_BUF_INIT;
    tac_vessel_text(&buf, results);
    if (strstr(tac_buf_str(&buf), wanted) == NULL) {
        fail_msg("'%s' is not in:\n%s", wanted, tac_buf_str(&buf));
    }
    tac_buf_free(&buf);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void the_section_has_every_number_in_its_column(void **state)
{
    (void)state;
    check_text(4e-14,
               "\n"
               "one lymph vessel under the hand: left foot, 3.5 min of lymph drainage\n"
               "                                      alone   with  change  95 % interval\n"
               "flow out of the vessel       uL/min     9.0   40.0  +342 % (+40 … +3470)\n"
               "the hand: 24 mmHg in the tissue, at 3 cm/s, over one place every 8 s; the vessel\n"
               "  beats every 61 s against 10 mmHg\n");
    check_text(4e-14, "volume kept to 4e-14 of itself; second\n  by second in chain.csv\n");
}

static void a_volume_that_is_not_kept_is_said_aloud(void **state)
{
    (void)state;
    check_text(2e-9, "volume NOT kept: 2e-09 of it");
}

static void the_page_gets_one_minute_from_the_middle_and_the_whole_in_few_points(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = by_hand(ctx, 1e-14);
    json_t *vessel = tac_vessel_json(results, true);
    const json_t *minute = json_object_get(vessel, "minute");
    const json_t *t_s = json_object_get(minute, "t_s");
    assert_int_equal(json_array_size(t_s), 241);
    assert_true(json_number_value(json_array_get(t_s, 0)) == 75.0);
    assert_true(json_number_value(json_array_get(t_s, 240)) == 135.0);
    const json_t *pressure = json_object_get(json_object_get(minute, "alone"), "pressure");
    assert_true(json_number_value(json_array_get(pressure, 0)) == 300.0);
    const json_t *whole = json_object_get(json_object_get(vessel, "session"), "with");
    assert_in_range(json_array_size(whole), 100, 150);
    json_decref(vessel);
    vessel = tac_vessel_json(results, false);
    assert_null(json_object_get(vessel, "minute"));
    json_decref(vessel);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void results_without_a_vessel_say_nothing_of_one(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_buf buf = TAC_BUF_INIT;
    must(tac_results_create(ctx, &results));
    tac_vessel_text(&buf, results);
    assert_int_equal(buf.n, 0);
    json_t *vessel = tac_vessel_json(results, true);
    assert_true(json_is_null(vessel));
    json_decref(vessel);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_section_has_every_number_in_its_column),
        cmocka_unit_test(a_volume_that_is_not_kept_is_said_aloud),
        cmocka_unit_test(the_page_gets_one_minute_from_the_middle_and_the_whole_in_few_points),
        cmocka_unit_test(results_without_a_vessel_say_nothing_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
