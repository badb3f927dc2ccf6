/* SPDX-License-Identifier: Apache-2.0 */
/* Tables become text, CSV, JSON and page data: from a comparison made by hand, so that every number is known. */
#include "base/table.h"
#include "report/csv.h"
#include "report/page_data.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void check_number(double value, int decimals, const char *wanted, bool is_signed)
{
    tac_buf buf = TAC_BUF_INIT;
    if (is_signed) {
        tac_say_signed(&buf, value, decimals);
    } else {
        tac_say_number(&buf, value, decimals);
    }
    assert_string_equal(tac_buf_str(&buf), wanted);
    tac_buf_free(&buf);
}

static void numbers_never_show_a_negative_zero(void **state)
{
    (void)state;
    check_number(-0.004, 2, "0.00", false);
    check_number(-0.004, 2, "0.00", true);
    check_number(0.006, 2, "+0.01", true);
    check_number(-3.66, 1, "-3.7", true);
    check_number(174.4, 0, "174", false);
    check_number((double)NAN, 1, "-", false);
    check_number((double)INFINITY, 1, "-", true);
}

static void durations_are_said_in_their_largest_whole_unit(void **state)
{
    (void)state;
    static const struct {
        double hours;
        const char *words;
    } CASES[] = {
        {2016.0, "12 weeks"}, {168.0, "1 week"}, {72.0, "3 days"}, {24.0, "1 day"}, {36.0, "36 h"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        tac_say_duration(&buf, CASES[i].hours);
        assert_string_equal(tac_buf_str(&buf), CASES[i].words);
        tac_buf_free(&buf);
    }
}

static void dates_follow_the_calendar(void **state)
{
    (void)state;
    static const struct {
        long day;
        const char *words;
    } CASES[] = {{0, "Thursday 1 January 1970"},
                 {20703, "Monday 7 September 2026"},
                 {19782, "Thursday 29 February 2024"},
                 {-1, "Wednesday 31 December 1969"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        tac_say_date(&buf, CASES[i].day);
        assert_string_equal(tac_buf_str(&buf), CASES[i].words);
        tac_buf_free(&buf);
    }
}

static void csv_quotes_what_needs_it_and_leaves_gaps_empty(void **state)
{
    (void)state;
    static const tac_column COLUMNS[] = {{"time", "h", false}, {"a, \"b\"", "1/min", false}};
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_table *table = NULL;
    tac_buf csv = TAC_BUF_INIT;
    assert_int_equal(tac_results_create(ctx, &results), TAC_OK);
    assert_int_equal(tac_results_add(ctx, results, "t", 2, COLUMNS, &table), TAC_OK);
    assert_int_equal(tac_table_add_rows(ctx, table, 2, NULL), TAC_OK);
    tac_table_numbers(table, 0)[0] = 0.0;
    tac_table_numbers(table, 0)[1] = 1.0 / 6.0;
    tac_table_numbers(table, 1)[1] = 71.25;
    tac_csv_write(&csv, table);
    assert_string_equal(tac_buf_str(&csv),
                        "time,\"a, \"\"b\"\"\"\nh,1/min\n0,\n0.1666666667,71.25\n");
    tac_buf_free(&csv);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

/* ---- a comparison made by hand ---- */

static void must(tac_ctx *ctx, tac_status st)
{
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
}

static void add_texts(tac_ctx *ctx, tac_table *table, size_t n, const char *const *cells)
{
    size_t row = 0;
    must(ctx, tac_table_add_rows(ctx, table, 1, &row));
    for (size_t j = 0; j < n; j++) {
        must(ctx, tac_table_set_text(ctx, table, row, tac_table_column(table, j)->name, cells[j]));
    }
}

static void add_meta(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"key", "", true},
                                         {"text", "", true},
                                         {"number", "", false}};
    static const char *const TEXTS[][2] = {{"title", "A week"},
                                           {"person", "woman, 42 y"},
                                           {"scenario", "week.yaml"},
                                           {"version", "0.1.0"},
                                           {"model_hash", "abc"}};
    static const struct {
        const char *key;
        double number;
    } NUMBERS[] = {{"duration_h", 168.0},  {"start_day", 20703.0}, {"session_day", 20705.0},
                   {"start_clock_h", 0.0}, {"seed", 1.0},          {"members", 4.0},
                   {"rel_tol", 1e-5}};
    tac_table *table = NULL;
    must(ctx, tac_results_add(ctx, results, "meta", 3, COLUMNS, &table));
    for (size_t i = 0; i < 5; i++) {
        add_texts(ctx, table, 2, TEXTS[i]);
    }
    for (size_t i = 0; i < 7; i++) {
        size_t row = 0;
        must(ctx, tac_table_add_rows(ctx, table, 1, &row));
        must(ctx, tac_table_set_text(ctx, table, row, "key", NUMBERS[i].key));
        tac_table_set(table, row, "number", NUMBERS[i].number);
    }
}

static void add_summary(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"arm", "", true},           {"against", "", true},
                                         {"observable", "", true},    {"title", "", true},
                                         {"unit", "", true},          {"what", "", true},
                                         {"show", "", true},          {"claim", "", true},
                                         {"grade", "", true},         {"points", "", true},
                                         {"extrapolated", "", true},  {"decimals", "1", false},
                                         {"without", "", false},      {"without_low", "", false},
                                         {"without_high", "", false}, {"with", "", false},
                                         {"change", "", false},       {"low", "", false},
                                         {"high", "", false},         {"percent", "%", false},
                                         {"percent_low", "%", false}, {"percent_high", "%", false}};
    static const char *const TEXTS[][11] = {{"programme", "without", "cortisol", "cortisol",
                                             "nmol/L", "24-h mean", "percent", "C4", "C",
                                             "small, uncertain", ""},
                                            {"programme", "without", "heart_rate", "heart rate",
                                             "1/min", "in the session", "absolute", "", "", "",
                                             "nobody presses so hard"}};
    static const double NUMBERS[][11] = {{0.0, 176.0, 150.0, 200.0, 174.0, -2.0, -7.0, 3.0, -1.14,
                                          -4.0, 1.7},
                                         {1.0, 72.1, 65.0, 79.0, 68.4, -3.7, -5.9, -1.6, -5.1, -8.2,
                                          -2.2}};
    tac_table *table = NULL;
    must(ctx, tac_results_add(ctx, results, "summary", 22, COLUMNS, &table));
    for (size_t i = 0; i < 2; i++) {
        add_texts(ctx, table, 11, TEXTS[i]);
        for (size_t j = 0; j < 11; j++) {
            tac_table_numbers(table, 11 + j)[i] = NUMBERS[i][j];
        }
    }
}

/** One part of the body, as a comparison gives it. */
static void add_regions(tac_ctx *ctx, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"observable", "", true}, {"title", "", true},
                                         {"what", "", true},       {"unit", "", true},
                                         {"part", "", true},       {"name", "", true},
                                         {"decimals", "1", false}, {"without", "", false},
                                         {"with", "", false},      {"change", "", false},
                                         {"low", "", false},       {"high", "", false}};
    static const char *const TEXTS[] = {"lymph_flow", "lymph flow", "in the session",
                                        "mL/min",     "arm_l",      "left arm"};
    static const double NUMBERS[] = {2.0, 0.4, 0.6, 0.2, 0.1, 0.3};
    tac_table *table = NULL;
    must(ctx, tac_results_add(ctx, results, "regions", 12, COLUMNS, &table));
    add_texts(ctx, table, 6, TEXTS);
    for (size_t j = 0; j < 6; j++) {
        tac_table_numbers(table, 6 + j)[0] = NUMBERS[j];
    }
}

static tac_results *by_hand(tac_ctx *ctx)
{
    static const tac_column ARMS[] = {{"id", "", true}, {"title", "", true}, {"against", "", true}};
    static const char *const PROGRAMME[] = {"programme", "Swedish massage 60 min every Wednesday",
                                            "without"};
    static const char *const WITHOUT[] = {"without", "the same life without it", ""};
    tac_results *results = NULL;
    tac_table *arms = NULL;
    must(ctx, tac_results_create(ctx, &results));
    add_meta(ctx, results);
    add_summary(ctx, results);
    add_regions(ctx, results);
    must(ctx, tac_results_add(ctx, results, "arms", 3, ARMS, &arms));
    add_texts(ctx, arms, 3, PROGRAMME);
    add_texts(ctx, arms, 3, WITHOUT);
    return results;
}

static void the_table_has_every_number_in_its_column(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = by_hand(ctx);
    char *text = NULL;
    must(ctx, tac_report_text(ctx, results, &text));
    static const char WANTED[] =
        "A week\n"
        "woman, 42 y · 1 week · Swedish massage 60 min every Wednesday, against the same\n"
        "life without it\n"
        "\n"
        "                                    without   with  change  95 % interval  claim\n"
        "cortisol, 24-h mean          nmol/L     176    174    -1 % (-4 … +2)       C4 C\n"
        "heart rate, in the session * 1/min     72.1   68.4    -3.7 (-5.9 … -1.6)   -\n"
        "\n"
        "C4 evidence C: small, uncertain\n"
        "* extrapolated: nobody presses so hard\n"
        "4 members are few: an interval is hardly wider than what they span, and in truth\n"
        "    wider (64 is usual)\n";
    assert_string_equal(text, WANTED);
    tac_text_free(text);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void each_programme_says_what_it_is_against_where_they_differ(void **state)
{
    (void)state;
    static const tac_column COLUMNS[] = {{"id", "", true},
                                         {"title", "", true},
                                         {"against", "", true}};
    static const char *const ARMS[][3] = {{"weekly", "Hands every week", "rest (weekly)"},
                                          {"daily", "Hands every day", "weekly"},
                                          {"rest (weekly)", "quiet rest", ""}};
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_table *arms = NULL;
    tac_buf text = TAC_BUF_INIT;
    must(ctx, tac_results_create(ctx, &results));
    add_meta(ctx, results);
    must(ctx, tac_results_add(ctx, results, "arms", 3, COLUMNS, &arms));
    for (size_t i = 0; i < 3; i++) {
        add_texts(ctx, arms, 3, ARMS[i]);
    }
    assert_int_equal(tac_arms_n_programme(arms), 2);
    assert_true(tac_arms_differ_in_against(arms));
    tac_say_subtitle(&text, results);
    assert_string_equal(tac_buf_str(&text),
                        "woman, 42 y · 1 week · Hands every week, against quiet "
                        "rest; Hands every day, against Hands every week");
    tac_buf_free(&text);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void a_change_is_clear_only_where_its_printed_interval_leaves_zero_out(void **state)
{
    (void)state;
    static const tac_column COLUMNS[] = {{"show", "", true},
                                         {"decimals", "", false},
                                         {"low", "", false},
                                         {"high", "", false}};
    static const char *const SHOW[] = {"absolute"};
    static const struct {
        double low;
        double high;
        bool is_clear;
    } CASES[] = {{-5.9, -1.6, true}, {-5.9, 1.6, false}, {-5.9, -0.04, false}, /* printed as 0.0 */
                 {0.04, 5.9, false}, {0.06, 5.9, true},  {(double)NAN, (double)NAN, false}};
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_table *table = NULL;
    must(ctx, tac_results_create(ctx, &results));
    must(ctx, tac_results_add(ctx, results, "summary", 4, COLUMNS, &table));
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        add_texts(ctx, table, 1, SHOW);
        tac_table_set(table, i, "decimals", 1.0);
        tac_table_set(table, i, "low", CASES[i].low);
        tac_table_set(table, i, "high", CASES[i].high);
        assert_int_equal(tac_change_is_clear(table, i), CASES[i].is_clear);
    }
    tac_results_free(results);
    tac_ctx_free(ctx);
}

/* Numbers as wide as a heart rate of effort has them. */
static void factors_apart_and_together_fit_into_80_columns(void **state)
{
    (void)state;
    static const tac_column COLUMNS[] = {{"title", "", true},     {"what", "", true},
                                         {"unit", "", true},      {"decimals", "1", false},
                                         {"parts", "", false},    {"whole", "", false},
                                         {"more", "", false},     {"more_low", "", false},
                                         {"more_high", "", false}};
    static const char *const TEXTS[] = {"oxygen", "at the end", "mL/kg/min"};
    static const double NUMBERS[] = {1.0, -114.81, 114.84, -10.03, -119.11, 110.06};
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = by_hand(ctx);
    tac_table *table = NULL;
    char *text = NULL;
    must(ctx, tac_results_add(ctx, results, "together", 9, COLUMNS, &table));
    add_texts(ctx, table, 3, TEXTS);
    for (size_t j = 0; j < 6; j++) {
        tac_table_numbers(table, 3 + j)[0] = NUMBERS[j];
    }
    must(ctx, tac_report_text(ctx, results, &text));
    const char *row = strstr(text, "oxygen");
    assert_non_null(row);
    assert_string_equal(row, "oxygen, at the end           mL/kg/min -114.81  +114.84  -10.03 "
                             "(-119.11…+110.06)\n");
    tac_text_free(text);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void json_has_the_keys_and_intervals_of_the_documentation(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = by_hand(ctx);
    char *text = NULL;
    must(ctx, tac_report_json(ctx, results, 1.5, &text));
    json_t *root = json_loads(text, 0, NULL);
    assert_non_null(root);
    const json_t *row = json_array_get(json_object_get(root, "rows"), 1);
    assert_true(json_number_value(json_object_get(row, "change")) < -3.69);
    assert_true(json_real_value(json_array_get(json_object_get(row, "ci95"), 0)) < -5.89);
    assert_true(json_is_null(json_object_get(row, "claim")));
    assert_string_equal(json_string_value(json_object_get(row, "against")), "without");
    assert_true(json_is_true(json_object_get(row, "extrapolated")));
    assert_string_equal(json_string_value(json_object_get(row, "extrapolated_because")),
                        "nobody presses so hard");
    const json_t *region = json_array_get(json_object_get(root, "regions"), 0);
    assert_string_equal(json_string_value(json_object_get(region, "part")), "arm_l");
    assert_true(json_real_value(json_array_get(json_object_get(region, "ci95"), 1)) > 0.29);
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "arms"), 1)),
                        "without");
    assert_true(json_number_value(json_object_get(root, "seconds")) > 1.4);
    json_decref(root);
    tac_text_free(text);
    tac_results_free(results);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_never_show_a_negative_zero),
        cmocka_unit_test(durations_are_said_in_their_largest_whole_unit),
        cmocka_unit_test(dates_follow_the_calendar),
        cmocka_unit_test(csv_quotes_what_needs_it_and_leaves_gaps_empty),
        cmocka_unit_test(the_table_has_every_number_in_its_column),
        cmocka_unit_test(each_programme_says_what_it_is_against_where_they_differ),
        cmocka_unit_test(a_change_is_clear_only_where_its_printed_interval_leaves_zero_out),
        cmocka_unit_test(factors_apart_and_together_fit_into_80_columns),
        cmocka_unit_test(json_has_the_keys_and_intervals_of_the_documentation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
