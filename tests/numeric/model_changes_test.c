/* SPDX-License-Identifier: Apache-2.0 */
/* Timed changes of a general model from a file: exact solutions, and what is wrong with a file, with its place. */
#include "base/file.h"
#include "base/table.h"
#include "close.h"

#include <tactus/tactus.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/tactus-changes-test-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    char command[80];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static tac_status go(tac_ctx *ctx, const char *model, const char *events, const char *report,
                     tac_results **results_out)
{
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    char model_path[80];
    char events_path[80];
    snprintf(model_path, sizeof model_path, "%s/model.ant", folder);
    snprintf(events_path, sizeof events_path, "%s/events.yaml", folder);
    assert_int_equal(tac_file_write(ctx, model_path, model, strlen(model)), TAC_OK);
    assert_int_equal(tac_file_write(ctx, events_path, events, strlen(events)), TAC_OK);
    options.duration = "10 h";
    options.n_sample = 100;
    options.rel_tol = 1e-9;
    options.events = events_path;
    options.report = report;
    return tac_general_run(ctx, model_path, &options, results_out);
}

static tac_results *run(const char *model, const char *events)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    if (go(ctx, model, events, NULL, &results) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return results;
}

/** At one of the samples, each 0.1 h. */
static double at(const tac_results *results, const char *column, double t)
{
    return tac_table_number_of(tac_results_table(results, "trajectories"), (size_t)lround(10.0 * t),
                               column);
}

/* x' = -k x with 100 more at 2 h: 5 e^(-k t), then + 100 e^(-k (t - 2)). */
static void a_dose_is_added_at_its_time(void **state)
{
    (void)state;
    tac_results *r = run("x = 5; k = 0.3; x' = -k*x", "- {at: 2 h, add: {x: 100}}\n");
    assert_close(at(r, "x", 1.9), 5.0 * exp(-0.3 * 1.9), 1e-7, 0.0);
    assert_close(at(r, "x", 2.0), 5.0 * exp(-0.6) + 100.0, 1e-7, 0.0);
    assert_close(at(r, "x", 10.0), 5.0 * exp(-3.0) + 100.0 * exp(-2.4), 1e-7, 0.0);
    tac_results_free(r);
}

/* A constant that others are prepared from: the rate doubles at 3 h; it has a column then. */
static void a_constant_is_set_at_its_time(void **state)
{
    (void)state;
    tac_results *r =
        run("x = 1; k = 0.1; q := k^2/0.1; x' = -q*x", "- at: 180 min\n  set:\n    k: 0.2\n");
    assert_close(at(r, "x", 3.0), exp(-0.3), 1e-7, 0.0);
    assert_close(at(r, "x", 10.0), exp(-0.3 - 0.4 * 7.0), 1e-7, 0.0);
    assert_close(at(r, "k", 2.9), 0.1, 0.0, 0.0);
    assert_close(at(r, "k", 3.0), 0.2, 0.0, 0.0);
    assert_close(at(r, "q", 3.0), 0.4, 1e-15, 0.0);
    tac_results_free(r);
}

static void a_change_is_repeated_so_often_or_so_long(void **state)
{
    (void)state;
    static const char MODEL[] =
        "a = 0; b = 0; c = 0; d = 0; x = 0; x' = 0*time; a' = 0; b' = 0; c' = 0; d' = 0";
    tac_results *r = run(MODEL, "- {at: 1, every: 2, times: 3, add: {a: 1}}\n"
                                "- {at: 1, every: 2, until: 4, add: {b: 1}}\n"
                                "- {at: 0, every: 0.5 h, add: {c: 1, d: 2}}\n");
    assert_close(at(r, "a", 10.0), 3.0, 0.0, 0.0);
    assert_close(at(r, "a", 4.9), 2.0, 0.0, 0.0);
    assert_close(at(r, "b", 10.0), 2.0, 0.0, 0.0);
    assert_close(at(r, "c", 0.0), 1.0, 0.0, 0.0);
    assert_close(at(r, "c", 10.0), 21.0, 0.0, 0.0);
    assert_close(at(r, "d", 10.0), 42.0, 0.0, 0.0);
    tac_results_free(r);
}

static void changes_of_one_time_keep_the_order_of_the_file(void **state)
{
    (void)state;
    tac_results *r = run("a = 1; b = 1; a' = 0; b' = 0", "- {at: 5, set: {a: 7}}\n"
                                                         "- {at: 5, add: {a: 1, b: 1}}\n"
                                                         "- {at: 5, set: {b: 7}}\n");
    assert_close(at(r, "a", 10.0), 8.0, 0.0, 0.0);
    assert_close(at(r, "b", 10.0), 7.0, 0.0, 0.0);
    tac_results_free(r);
}

static void a_change_can_trigger_an_event_of_the_model(void **state)
{
    (void)state;
    tac_results *r = run("x = 0; n = 0; x' = 0; at x > 5: n = n + 1, x = 0",
                         "- {at: 1, every: 2, times: 2, set: {x: 6}}\n");
    assert_close(at(r, "n", 0.9), 0.0, 0.0, 0.0);
    assert_close(at(r, "n", 1.0), 1.0, 0.0, 0.0);
    assert_close(at(r, "n", 10.0), 2.0, 0.0, 0.0);
    assert_close(at(r, "x", 3.0), 0.0, 0.0, 0.0);
    tac_results_free(r);
}

static void only_what_is_asked_for_is_reported_in_that_order(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *r = NULL;
    static const char MODEL[] = "b1 = 1; b2 = 2; a = 3; k = 4; b1' = 0; b2' = 0; a' = 0";
    assert_int_equal(go(ctx, MODEL, "[]", "k, b*, a, b1", &r), TAC_OK);
    const tac_table *table = tac_results_table(r, "trajectories");
    static const char *const WANT[] = {"time", "k", "b1", "b2", "a"};
    assert_int_equal(tac_table_n_column(table), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(tac_table_column(table, i)->name, WANT[i]);
    }
    tac_results_free(r);
    assert_int_equal(go(ctx, MODEL, "[]", "a, b3", &r), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "the model has no 'b3'; did you mean 'b"));
    assert_int_equal(go(ctx, MODEL, "[]", " , ", &r), TAC_E_ARG);
    tac_ctx_free(ctx);
}

static void more_numbers_than_can_be_held_are_refused_before_the_run(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    tac_results *results = NULL;
    tac_buf model = TAC_BUF_INIT;
    char path[80];
    for (int i = 0; i < 60; i++) {
        tac_buf_print(&model, "x%d = 1; x%d' = -x%d\n", i, i, i);
    }
    snprintf(path, sizeof path, "%s/wide.ant", folder);
    assert_int_equal(tac_file_write(ctx, path, tac_buf_str(&model), model.n), TAC_OK);
    options.duration = "1";
    options.n_sample = 1000000;
    assert_int_equal(tac_general_run(ctx, path, &options, &results), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "1000000 samples of 60 variables"));
    tac_buf_free(&model);
    tac_ctx_free(ctx);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *events;
        const char *said;
    } CASES[] = {
        {"- {at: 2 h, sett: {k: 3}}",
         "events.yaml:1:13: 'sett' is no part of a change; did you mean 'set'?"},
        {"- {set: {k: 3}}", "events.yaml:1:3: a change needs a time: at: 2 h"},
        {"- {at: 2 h}", "events.yaml:1:3: a change needs set: {k: 3} or add: {drug: 100}"},
        {"- {at: 2 kg, set: {k: 3}}",
         "events.yaml:1:8: 'kg' is no unit of time; s, min, h and d are"},
        {"- {at: soon, set: {k: 3}}", "events.yaml:1:8: 'soon' is no time"},
        {"- {at: [1], set: {k: 3}}", "events.yaml:1:8: a time is wanted here"},
        {"- {at: -1 h, set: {k: 3}}", "events.yaml:1:8: a time before the start"},
        {"- {at: 11 h, set: {k: 3}}", "events.yaml:1:8: this is after the end of the run"},
        {"- {at: 1e999, set: {k: 3}}", "events.yaml:1:8: '1e999' is no time"},
        {"- {at: 2 h,\n   set: {kk: 3}}",
         "events.yaml:2:10: the model has no 'kk'; did you mean 'k'?"},
        {"- {at: 2 h, set: {y: 3}}", "events.yaml:1:19: 'y' follows from others and cannot be set"},
        {"- {at: 2 h, set: {k: 3 per_h}}",
         "events.yaml:1:22: a number is wanted here, without a unit: it is in"},
        {"- {at: 2 h, set: {k: nan}}", "events.yaml:1:22: a number is wanted here"},
        {"- {at: 2 h, set: {k: [3]}}", "events.yaml:1:22: a number is wanted here"},
        {"- {at: 2 h, set: k}", "events.yaml:1:18: names and numbers are wanted here"},
        {"- {at: 2 h, set: {}}", "events.yaml:1:18: names and numbers are wanted here"},
        {"- {at: 2 h, every: 0, set: {k: 3}}", "events.yaml:1:20: a time above 0 is wanted"},
        {"- {at: 2 h, times: 3, set: {k: 3}}",
         "events.yaml:1:20: how long a change goes on has a meaning only"},
        {"- {at: 2 h, every: 1 h, times: 2.5, set: {k: 3}}",
         "events.yaml:1:32: a whole number from 1 to 100000"},
        {"- {at: 0, every: 1e-9, set: {k: 3}}", "more than 100000 changes in all"},
        {"- soon", "events.yaml:1:3: a change is wanted here"},
        {"at: 2 h", "events.yaml:1:1: a list of changes is wanted"},
        {"", "events.yaml:1:1: a list of changes is wanted"},
        {"- {at: 2 h, set: {k: 3}", "events.yaml:"},
    };
    static const char MODEL[] =
        "unit per_h = 1/(3600 second); model m() var k has per_h; var y has dimensionless; k = 1 per_h; x = 1 dimensionless; x' = -k*x; y := x*2; end";
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_results *results = NULL;
        assert_int_not_equal(go(ctx, MODEL, CASES[i].events, NULL, &results), TAC_OK);
        assert_null(results);
        if (strstr(tac_ctx_message(ctx), CASES[i].said) == NULL) {
            fail_msg("'%s' is not in '%s'", CASES[i].said, tac_ctx_message(ctx));
        }
        tac_ctx_free(ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dose_is_added_at_its_time),
        cmocka_unit_test(a_constant_is_set_at_its_time),
        cmocka_unit_test(a_change_is_repeated_so_often_or_so_long),
        cmocka_unit_test(changes_of_one_time_keep_the_order_of_the_file),
        cmocka_unit_test(a_change_can_trigger_an_event_of_the_model),
        cmocka_unit_test(only_what_is_asked_for_is_reported_in_that_order),
        cmocka_unit_test(more_numbers_than_can_be_held_are_refused_before_the_run),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
