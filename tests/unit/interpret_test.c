/* SPDX-License-Identifier: Apache-2.0 */
/* The interpreter against the same formulas in C, and what is computed when. */
#include "compile/interpret.h"

#include "base/alloc.h"
#include "close.h"
#include "compile/tape.h"
#include "programs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static double of(const tac_values *v, const char *id)
{
    const tac_image_symbol *symbol = tac_program_find(v->program, id);
    return symbol->slot == TAC_SLOT_OUTPUT ? v->y[symbol->index] : v->dxdt[symbol->index];
}

/* EVERY_OPERATION written again in C; t, u, v and the states at their first values. */
static void every_operation_has_the_value_that_c_gives_it(void **state)
{
    (void)state;
    const double t = 0.0, u = 0.3, v = 2.0, k = 0.7, n = 2.3, q = 1.5;
    const double a = 0.4, b = 1.2, c = 0.6, d = 2.5, e = 0.2;
    const double warm = k * u + q * q - v / 3.0;
    const double half = sqrt(q) * warm + log(q + 1.0);
    const double both = a + b * c;
    const double wave = sin(both) + cos(d - a) * tan(e) + asin(e) * acos(e / 2.0) + atan(both);
    const double hyper = sinh(e) - cosh(c) + tanh(b * d);
    const double level =
        exp(-b) + log(d + 2.0) + log10(c + 3.0) + sqrt(a * a + 1.0) + fabs(e - 5.0);
    const double power = a * a + b * b * b - c * c * c * c + 1.0 / (d * d) + sqrt(d)
                         + pow(1.0 + e * e, n) + pow(q, c) + pow(d, n) / (pow(k, n) + pow(d, n));
    tac_program *program = program_of(EVERY_OPERATION);
    tac_values w = values_of(program);
    values_compute(&w);
    assert_close(of(&w, "warm"), warm, 1e-15, 0.0);
    assert_close(of(&w, "half"), half, 1e-15, 0.0);
    assert_close(of(&w, "both"), both, 1e-15, 0.0);
    assert_close(of(&w, "wave"), wave, 1e-15, 0.0);
    assert_close(of(&w, "hyper"), hyper, 1e-15, 0.0);
    assert_close(of(&w, "level"), level, 1e-15, 0.0);
    assert_close(of(&w, "power"), power, 1e-15, 0.0);
    assert_close(of(&w, "a"), -(a - b) + warm * t - wave, 1e-14, 0.0);
    assert_close(of(&w, "e"), k - e * (u + 1.0), 1e-14, 0.0);
    /* by hand: e <= a holds -> e*b; min, max: 0.4 + 2.5 + 0.3; floor, ceil: 7 + 1, a != c -> 2, c < d is 1 */
    assert_close(of(&w, "pick"), e * b, 1e-15, 0.0);
    assert_close(of(&w, "edge"), 3.2, 1e-15, 0.0);
    assert_close(of(&w, "steps"), 12.0, 1e-15, 0.0);
    values_free(&w);
    tac_program_free(program);
}

static void conditions_switch_where_they_say(void **state)
{
    (void)state;
    tac_program *program =
        program_of("model m() x = 0; x' = 1;"
                   " band := piecewise(1, x > 1 && x <= 2, 2, x == 3 || x >= 5, 3, !(x < 4), 4);"
                   " end");
    static const struct {
        double x;
        double want;
    } CASES[] = {{0.0, 4.0}, {1.0, 4.0}, {1.5, 1.0}, {2.0, 1.0}, {2.5, 4.0},
                 {3.0, 2.0}, {4.0, 3.0}, {5.0, 2.0}, {9.0, 2.0}};
    tac_values v = values_of(program);
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        v.x[0] = CASES[i].x;
        values_compute(&v);
        assert_close(v.y[0], CASES[i].want, 0.0, 0.0);
    }
    values_free(&v);
    tac_program_free(program);
}

static tac_tapes tapes_of(tac_ctx *ctx, const char *text, tac_system **system_out)
{
    tac_model *model = NULL;
    tac_tapes tapes = {0};
    assert_int_equal(tac_model_read_text(ctx, "test", text, strlen(text), &model), TAC_OK);
    assert_int_equal(tac_system_build(ctx, model, system_out), TAC_OK);
    assert_int_equal(tac_tapes_build(ctx, *system_out, &tapes), TAC_OK);
    tac_model_free(model);
    return tapes;
}

static size_t n_operation(const tac_system *system, const tac_tapes *tapes, tac_part part)
{
    size_t n = 0;
    for (size_t i = 0; i < tapes->parts[part].n_node; i++) {
        const tac_expr e = tapes->parts[part].nodes[i];
        const bool is_read = part != TAC_PART_PREPARE && tapes->prepared[e] != UINT32_MAX;
        n += tac_op_n_arg(tac_graph_node(system->graph, e)->op) > 0 && !is_read ? 1 : 0;
    }
    return n;
}

/* exp(k) + u^2 needs no state: three operations once for each edge, one for each evaluation. */
static void what_needs_no_state_is_computed_once_for_each_edge(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_system *system = NULL;
    tac_tapes tapes =
        tapes_of(ctx, "model m() var u; u = 2; k = 1; x = 1; x' = (exp(k) + u^2)*x; end", &system);
    assert_int_equal(tapes.n_prepared, 1);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_PREPARE), 3);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_RHS), 1);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_JAC), 0);
    tac_tapes_free(&tapes);
    tac_system_free(system);
    tac_ctx_free(ctx);
}

/* x/(1 + x) stands in three places and is computed once: 1 + x, the quotient, and one for each rate. */
static void common_parts_are_computed_once(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_system *system = NULL;
    tac_tapes tapes = tapes_of(ctx,
                               "model m() x = 1; y = 1; z = 1; k = 2; x' = k*(x/(1 + x));"
                               " y' = y - x/(x + 1); z' = z + x/(1 + x); end",
                               &system);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_RHS), 5);
    tac_tapes_free(&tapes);
    tac_system_free(system);
    tac_ctx_free(ctx);
}

/* Nothing is computed that no result needs. */
static void unused_rules_cost_nothing_in_the_rates(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_system *system = NULL;
    tac_tapes tapes =
        tapes_of(ctx, "model m() x = 1; k = 2; dear := exp(sin(x^3)); x' = -k*x; end", &system);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_RHS), 2);
    assert_int_equal(n_operation(system, &tapes, TAC_PART_OBSERVE), 4);
    tac_tapes_free(&tapes);
    tac_system_free(system);
    tac_ctx_free(ctx);
}

static void evaluating_allocates_nothing(void **state)
{
    (void)state;
    tac_program *program = program_of(EVERY_OPERATION);
    tac_values v = values_of(program);
    const size_t n_before = tac_alloc_count();
    values_prepare(&v);
    values_compute(&v);
    assert_int_equal(tac_alloc_count(), n_before);
    values_free(&v);
    tac_program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_has_the_value_that_c_gives_it),
        cmocka_unit_test(conditions_switch_where_they_say),
        cmocka_unit_test(what_needs_no_state_is_computed_once_for_each_edge),
        cmocka_unit_test(common_parts_are_computed_once),
        cmocka_unit_test(unused_rules_cost_nothing_in_the_rates),
        cmocka_unit_test(evaluating_allocates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
