/* SPDX-License-Identifier: Apache-2.0 */
/* Models compiled at run time by the system's compiler against the interpreter, digit by digit. */
#include "compile/compiled.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/table.h"
#include "close.h"
#include "programs.h"

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

static char folder[] = "/tmp/tactus-compiled-test-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || setenv("XDG_CACHE_HOME", folder, 1) != 0 ? -1 : 0;
}

static int remove_all(void **state)
{
    char command[80];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

/* Events of all kinds, comparisons inside rates, reactions, a compartment that grows. */
static const char EVENTS[] =
    "compartment c; c = 2; c' = 0.1; species A in c, B in c; A = 3; B = 1; k = 0.4\n"
    "J: 2 A -> B; k*A^1.5/(1 + B)\n"
    "x = 0; x' = piecewise(1, time > 2 && A < 2, -0.5*x); y = 0; z := sin(time)*x + exp(-y)\n"
    "E1: at 0.5 after (x > 0.3), priority = 2, persistent = false: y = y + 1, B = B*0.9\n"
    "E2: at time >= 3: x = max(x, 1.25) - min(k, A)\n"
    "E3: at x > 1 || z < -0.5, fromTrigger = false: A = A + 0.1\n";

static const char *const MODELS[] = {EVERY_OPERATION, EVENTS, "x = 1; x' = -0.1*x",
                                     "y := factorial(3) + time; k = 2"};

static tac_compiled *ready(const tac_program *program)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_compiled *compiled = NULL;
    assert_int_equal(tac_compiled_begin(ctx, program, &compiled), TAC_OK);
    if (tac_compiled_look(compiled, true) != TAC_COMPILED_READY) {
        fail_msg("%s", tac_compiled_note(compiled));
    }
    tac_ctx_free(ctx);
    return compiled;
}

static bool same_arrays(const char *what, size_t n, const double *got, const double *want)
{
    return close_arrays(what, n, got, want, 0.0, 0.0);
}

/** Triggers and values of events at the point of `v`. */
static void compare_events(const tac_values *v, const tac_program *fast, const tac_program *plain)
{
    const tac_system_events *events = tac_program_events(plain);
    const size_t n = events->n_condition + events->n_value + 1;
    double *got = tac_calloc(2 * n, sizeof *got);
    double *want = got + n;
    assert_non_null(got);
    tac_program_conditions(fast, v->t, v->x, v->p, v->u, v->c, got, v->work);
    tac_program_conditions(plain, v->t, v->x, v->p, v->u, v->c, want, v->work);
    tac_program_event_values(fast, v->t, v->x, v->p, v->u, v->c, got + events->n_condition,
                             v->work);
    tac_program_event_values(plain, v->t, v->x, v->p, v->u, v->c, want + events->n_condition,
                             v->work);
    assert_true(same_arrays("events", n, got, want));
    tac_free(got);
}

/** All seven functions of two programs at one random point. */
static void compare_at_point(const tac_program *fast, const tac_program *plain, double spread,
                             uint64_t seed)
{
    tac_values f = values_of(fast);
    tac_values p = values_of(plain);
    assert_true(same_arrays("x at start", p.image->n_state, f.x, p.x));
    values_shake(&f, spread, seed);
    values_shake(&p, spread, seed);
    values_compute(&f);
    values_compute(&p);
    assert_true(same_arrays("c", p.image->n_prepared, f.c, p.c));
    assert_true(same_arrays("dxdt", p.image->n_state, f.dxdt, p.dxdt));
    assert_true(same_arrays("jac", p.image->n_jac, f.jac, p.jac));
    assert_true(same_arrays("y", p.image->n_output, f.y, p.y));
    compare_events(&p, fast, plain);
    values_free(&f);
    values_free(&p);
}

static void compare(tac_program *fast, tac_program *plain)
{
    tac_compiled *compiled = ready(fast);
    tac_program_use_kernel(fast, tac_compiled_kernel(compiled));
    for (uint64_t seed = 1; seed <= 20; seed++) {
        compare_at_point(fast, plain, seed <= 10 ? 0.2 : 3.0, seed);
    }
    tac_program_free(fast);
    tac_program_free(plain);
    tac_compiled_free(compiled);
}

static void compiled_functions_give_the_digits_of_the_interpreter(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof MODELS / sizeof MODELS[0]; i++) {
        compare(program_of(MODELS[i]), program_of(MODELS[i]));
    }
}

static void so_do_those_of_a_compiler_that_is_told_to_be_careless(void **state)
{
    (void)state;
    assert_int_equal(setenv("CC", "cc -O3 -ffast-math -ffp-contract=fast", 1), 0);
    compare(program_of(EVERY_OPERATION), program_of(EVERY_OPERATION));
    assert_int_equal(unsetenv("CC"), 0);
}

static void so_do_those_of_a_chain_of_lymph_vessels(void **state)
{
    (void)state;
    compare(program_of_chain(), program_of_chain());
}

/** All numbers of a run. */
static tac_results *run(const char *text, tac_general_functions functions, const char *duration)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    tac_results *results = NULL;
    char path[80];
    snprintf(path, sizeof path, "%s/model.ant", folder);
    assert_int_equal(tac_file_write(ctx, path, text, strlen(text)), TAC_OK);
    options.duration = duration;
    options.functions = functions;
    if (tac_general_run(ctx, path, &options, &results) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    assert_string_equal(tac_ctx_message(ctx), "");
    tac_ctx_free(ctx);
    return results;
}

static void assert_same_runs(const tac_results *a, const tac_results *b)
{
    const tac_table *x = tac_results_table(a, "trajectories");
    const tac_table *y = tac_results_table(b, "trajectories");
    assert_int_equal(tac_table_n_row(x), tac_table_n_row(y));
    for (size_t j = 0; j < tac_table_n_column(x); j++) {
        for (size_t i = 0; i < tac_table_n_row(x); i++) {
            const double want = tac_table_number(y, i, j);
            const double got = tac_table_number(x, i, j);
            assert_true(same_arrays(tac_table_column(x, j)->name, 1, &got, &want));
        }
    }
}

static const char *said(const tac_results *results)
{
    const tac_table *meta = tac_results_table(results, "meta");
    for (size_t i = 0; i < tac_table_n_row(meta); i++) {
        if (strcmp(tac_table_text(meta, i, 0), "functions") == 0) {
            return tac_table_text(meta, i, 1);
        }
    }
    return "";
}

static void a_whole_run_with_events_gives_the_same_digits(void **state)
{
    (void)state;
    tac_results *plain = run(EVENTS, TAC_FUNCTIONS_INTERPRETED, "10");
    tac_results *fast = run(EVENTS, TAC_FUNCTIONS_COMPILED, "10");
    assert_string_equal(said(plain), "interpreted");
    assert_string_equal(said(fast), "compiled");
    assert_same_runs(fast, plain);
    tac_results_free(plain);
    tac_results_free(fast);
}

/* An oscillator that takes about a second: it changes over when the compiler beside it has ended. */
static void a_long_run_changes_over_without_a_trace(void **state)
{
    (void)state;
    static const char LONG[] = "x = 1; y = 0; x' = y; y' = (1 - x^2)*y*5 - x + 0.1*sin(3*time)";
    tac_results *plain = run(LONG, TAC_FUNCTIONS_INTERPRETED, "12000");
    tac_results *mixed = run(LONG, TAC_FUNCTIONS_AS_NEEDED, "12000");
    assert_same_runs(mixed, plain);
    if (strcmp(said(mixed), "interpreted, then compiled") != 0) { /* a slow compiler, a fast run */
        tac_results_free(mixed);
        mixed = run(LONG, TAC_FUNCTIONS_COMPILED, "12000");
        assert_same_runs(mixed, plain);
    }
    tac_results_free(plain);
    tac_results_free(mixed);
}

static void a_short_run_starts_no_compiler(void **state)
{
    (void)state;
    tac_results *results = run("x = 1; x' = -x", TAC_FUNCTIONS_AS_NEEDED, "1");
    assert_string_equal(said(results), "interpreted");
    tac_results_free(results);
}

/* Words of C, of its library and of this program as names; texts that would end a comment, a string or a line. */
static void names_and_texts_of_a_model_do_not_reach_the_compiler_raw(void **state)
{
    (void)state;
    static const char HOSTILE[] =
        "model main()\n"
        "int = 1 // */ int evil = 1; /*\n"
        "double = 2; return = 3; exit = 4; x = 5; t = 6; p = 7; c = 8; part1 = 9; INFINITY = 10\n"
        "NAN = 11; __LINE__ = 12; main_ = 13; system = 14; kernel = 15; tactus_kernel_ = 16\n"
        "int' = -int*double + return - exit + x*t - p + c*part1 + INFINITY - NAN + __LINE__ + main_\n"
        "rhs := system + kernel*tactus_kernel_ + int // \\\n"
        "pow := rhs^1.5 // \"?\?/ \xc3\xa4\xce\xb1\xe2\x82\xac ?\?/\n"
        "struct: at pow > 1e6: int = 0\n"
        "end\n";
    compare(program_of(HOSTILE), program_of(HOSTILE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiled_functions_give_the_digits_of_the_interpreter),
        cmocka_unit_test(so_do_those_of_a_compiler_that_is_told_to_be_careless),
        cmocka_unit_test(so_do_those_of_a_chain_of_lymph_vessels),
        cmocka_unit_test(a_whole_run_with_events_gives_the_same_digits),
        cmocka_unit_test(a_long_run_changes_over_without_a_trace),
        cmocka_unit_test(a_short_run_starts_no_compiler),
        cmocka_unit_test(names_and_texts_of_a_model_do_not_reach_the_compiler_raw),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_all);
}
