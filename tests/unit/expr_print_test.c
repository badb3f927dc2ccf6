/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions as text: what is printed is read back as the same expression. */
#include "base/rng.h"
#include "close.h"
#include "model/print.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char NAMES[] = "a = 1; b = 2; c = 3; ";

/** Whole number from 0 to n - 1. */
static int pick(tac_rng *rng, int n)
{
    return (int)(tac_rng_uniform(rng) * n);
}

/** A random expression of the names a, b, c, time and some numbers, at most `depth` operations deep. */
static tac_expr random_expr(tac_model *model, tac_rng *rng, int depth)
{
    static const double NUMBERS[] = {0.0, 1.0, 2.0, 0.1, 1e-9, 6.02214076e23, 1.0 / 3.0};
    if (depth == 0 || pick(rng, 6) == 0) {
        const int kind = pick(rng, 6);
        if (kind < 3) {
            return tac_graph_symbol(model->graph, (uint32_t)kind);
        }
        return kind == 3 ? tac_graph_time(model->graph)
                         : tac_graph_const(model->graph, NUMBERS[pick(rng, 7)]);
    }
    const tac_op op = (tac_op)(TAC_OP_ADD + pick(rng, TAC_N_OP - TAC_OP_ADD));
    tac_expr args[3] = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE};
    for (uint32_t i = 0; i < tac_op_n_arg(op); i++) {
        args[i] = random_expr(model, rng, depth - 1);
    }
    return tac_graph_apply(model->graph, op, args[0], args[1], args[2]);
}

/** The same tree, in two graphs whose symbols have the same numbers. */
static bool is_same(const tac_graph *left, tac_expr a, const tac_graph *right, tac_expr b)
{
    const tac_node *x = tac_graph_node(left, a);
    const tac_node *y = tac_graph_node(right, b);
    bool same = x->op == y->op && x->symbol == y->symbol && !(x->value < y->value)
                && !(x->value > y->value);
    for (uint32_t i = 0; same && i < tac_op_n_arg(x->op); i++) {
        same = is_same(left, x->arg[i], right, y->arg[i]);
    }
    return same;
}

static void what_is_printed_is_read_as_the_same(void **state)
{
    (void)state;
    tac_rng rng = tac_rng_for(1, 2, "expressions");
    for (int i = 0; i < 3000; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_buf text = TAC_BUF_INIT;
        tac_model *model = model_of(ctx, NAMES);
        const tac_expr e = random_expr(model, &rng, 1 + i % 6);
        tac_buf_print(&text, "%s y := ", NAMES);
        tac_expr_print(&text, model, e);
        tac_model *again = model_of(ctx, tac_buf_str(&text));
        if (!is_same(model->graph, e, again->graph, symbol_of(again, "y")->rule)) {
            fail_msg("read as something else: %s", tac_buf_str(&text));
        }
        tac_model_free(model);
        tac_model_free(again);
        tac_buf_free(&text);
        tac_ctx_free(ctx);
    }
}

static void check_printed(tac_model *model, tac_expr e, const char *wanted)
{
    tac_buf buf = TAC_BUF_INIT;
    tac_expr_print(&buf, model, e);
    assert_string_equal(tac_buf_str(&buf), wanted);
    tac_buf_free(&buf);
}

static void numbers_have_as_many_digits_as_they_need(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, NAMES);
    tac_graph *g = model->graph;
    check_printed(model, tac_graph_const(g, 0.1), "0.1");
    check_printed(model, tac_graph_const(g, 1.0 / 3.0), "0.3333333333333333");
    check_printed(model, tac_graph_const(g, 133.322387415), "133.322387415");
    check_printed(model, tac_graph_const(g, 1e-15), "1e-15");
    check_printed(model, tac_graph_const(g, 42.0), "42");
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* Text has no negative numbers, only a sign before one; a graph may have them. */
static void negative_numbers_stand_in_brackets_where_a_sign_must(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, NAMES);
    tac_graph *g = model->graph;
    const tac_expr a = tac_graph_symbol(g, 0);
    const tac_expr minus_two = tac_graph_const(g, -2.0);
    check_printed(model, minus_two, "-2");
    check_printed(model, tac_graph_apply(g, TAC_OP_POW, minus_two, a, TAC_EXPR_NONE), "(-2)^a");
    check_printed(model, tac_graph_apply(g, TAC_OP_POW, a, minus_two, TAC_EXPR_NONE), "a^(-2)");
    check_printed(model, tac_graph_apply(g, TAC_OP_SUB, a, minus_two, TAC_EXPR_NONE), "a - (-2)");
    check_printed(model, tac_graph_apply(g, TAC_OP_MUL, minus_two, a, TAC_EXPR_NONE), "-2*a");
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* x*x of x*x ...: sixty nodes, 2^60 factors as a text. */
static void a_text_without_end_is_cut(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf buf = TAC_BUF_INIT;
    tac_model *model = model_of(ctx, NAMES);
    tac_expr e = tac_graph_symbol(model->graph, 0);
    for (int i = 0; i < 60; i++) {
        e = tac_graph_apply(model->graph, TAC_OP_MUL, e, e, TAC_EXPR_NONE);
    }
    tac_expr_print(&buf, model, e);
    assert_true(buf.n > 1000000 && buf.n < 1100000);
    assert_non_null(strstr(tac_buf_str(&buf), "..."));
    tac_buf_clear(&buf);
    for (int i = 0; i < 100000; i++) {
        e = tac_graph_apply(model->graph, TAC_OP_EXP, e, TAC_EXPR_NONE, TAC_EXPR_NONE);
    }
    tac_expr_print(&buf, model, e);
    assert_non_null(strstr(tac_buf_str(&buf), "exp(...)"));
    tac_buf_free(&buf);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_printed_is_read_as_the_same),
        cmocka_unit_test(numbers_have_as_many_digits_as_they_need),
        cmocka_unit_test(negative_numbers_stand_in_brackets_where_a_sign_must),
        cmocka_unit_test(a_text_without_end_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
