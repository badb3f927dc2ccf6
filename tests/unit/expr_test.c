/* SPDX-License-Identifier: Apache-2.0 */
/* The shared graph: equal parts are one node, children come first, memory may be short. */
#include "model/expr.h"

#include "base/alloc.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_expr two(tac_graph *g, tac_op op, tac_expr a, tac_expr b)
{
    return tac_graph_apply(g, op, a, b, TAC_EXPR_NONE);
}

static void equal_parts_are_one_node(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = tac_graph_symbol(g, 7);
    const tac_expr y = tac_graph_symbol(g, 8);
    const tac_expr sum = two(g, TAC_OP_ADD, x, y);
    const size_t n = tac_graph_n(g);
    assert_int_equal(tac_graph_symbol(g, 7), x);
    assert_int_equal(two(g, TAC_OP_ADD, x, y), sum);
    assert_int_equal(tac_graph_n(g), n);
    assert_int_not_equal(two(g, TAC_OP_ADD, y, x), sum); /* exactly as written */
    assert_int_not_equal(two(g, TAC_OP_SUB, x, y), sum);
    assert_int_not_equal(tac_graph_time(g), x);
    assert_int_equal(tac_graph_time(g), tac_graph_time(g));
    tac_graph_free(g);
}

static void numbers_are_told_apart_by_their_bits(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    assert_int_equal(tac_graph_const(g, 0.1), tac_graph_const(g, 0.1));
    assert_int_not_equal(tac_graph_const(g, 0.1), tac_graph_const(g, nextafter(0.1, 1.0)));
    assert_int_not_equal(tac_graph_const(g, 0.0), tac_graph_const(g, -0.0));
    assert_int_equal(tac_graph_const(g, (double)NAN), tac_graph_const(g, -(double)NAN));
    assert_int_not_equal(tac_graph_const(g, 7.0), tac_graph_symbol(g, 7));
    tac_graph_free(g);
}

static void children_stand_before_their_parents(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    tac_expr e = tac_graph_symbol(g, 0);
    for (int i = 0; i < 20000; i++) { /* the table of slots grows many times on the way */
        e = two(g, TAC_OP_ADD, two(g, TAC_OP_MUL, e, tac_graph_const(g, i)), tac_graph_time(g));
    }
    assert_false(tac_graph_has_failed(g));
    for (tac_expr k = 0; k < tac_graph_n(g); k++) {
        const tac_node *node = tac_graph_node(g, k);
        for (uint32_t i = 0; i < 3; i++) {
            if (i < tac_op_n_arg(node->op)) {
                assert_true(node->arg[i] < k);
            } else {
                assert_int_equal(node->arg[i], TAC_EXPR_NONE);
            }
        }
    }
    assert_int_equal(tac_graph_const(g, 777.0), tac_graph_const(g, 777.0));
    tac_graph_free(g);
}

static void a_missing_argument_is_remembered(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = tac_graph_symbol(g, 0);
    assert_int_not_equal(tac_graph_apply(g, TAC_OP_NEG, x, TAC_EXPR_NONE, TAC_EXPR_NONE),
                         TAC_EXPR_NONE);
    assert_false(tac_graph_has_failed(g));
    assert_int_equal(two(g, TAC_OP_ADD, x, TAC_EXPR_NONE), TAC_EXPR_NONE);
    assert_true(tac_graph_has_failed(g));
    tac_graph_free(g);
}

static void the_value_of_each_operation_is_that_of_c(void **state)
{
    (void)state;
    static const struct {
        tac_op op;
        double a, b, c, value;
    } CASES[] = {{TAC_OP_ADD, 1.5, 2.0, 0.0, 3.5},
                 {TAC_OP_SUB, 1.5, 2.0, 0.0, -0.5},
                 {TAC_OP_MUL, 1.5, 2.0, 0.0, 3.0},
                 {TAC_OP_DIV, 1.5, 2.0, 0.0, 0.75},
                 {TAC_OP_POW, 2.0, 10.0, 0.0, 1024.0},
                 {TAC_OP_NEG, 1.5, 0.0, 0.0, -1.5},
                 {TAC_OP_LT, 1.0, 2.0, 0.0, 1.0},
                 {TAC_OP_LT, 2.0, 2.0, 0.0, 0.0},
                 {TAC_OP_LE, 2.0, 2.0, 0.0, 1.0},
                 {TAC_OP_GT, 2.0, 2.0, 0.0, 0.0},
                 {TAC_OP_GE, 2.0, 2.0, 0.0, 1.0},
                 {TAC_OP_EQ, 2.0, 2.0, 0.0, 1.0},
                 {TAC_OP_NE, 2.0, 2.0, 0.0, 0.0},
                 {TAC_OP_NE, 2.0, 3.0, 0.0, 1.0},
                 {TAC_OP_AND, 1.0, 0.0, 0.0, 0.0},
                 {TAC_OP_AND, 1.0, -3.0, 0.0, 1.0},
                 {TAC_OP_OR, 0.0, 2.0, 0.0, 1.0},
                 {TAC_OP_OR, 0.0, 0.0, 0.0, 0.0},
                 {TAC_OP_NOT, 0.0, 0.0, 0.0, 1.0},
                 {TAC_OP_NOT, 5.0, 0.0, 0.0, 0.0},
                 {TAC_OP_SELECT, 1.0, 5.0, 6.0, 5.0},
                 {TAC_OP_SELECT, 0.0, 5.0, 6.0, 6.0},
                 {TAC_OP_EXP, 0.0, 0.0, 0.0, 1.0},
                 {TAC_OP_LOG, 2.718281828459045, 0.0, 0.0, 1.0},
                 {TAC_OP_LOG10, 1000.0, 0.0, 0.0, 3.0},
                 {TAC_OP_SQRT, 2.25, 0.0, 0.0, 1.5},
                 {TAC_OP_ABS, -2.0, 0.0, 0.0, 2.0},
                 {TAC_OP_FLOOR, -1.5, 0.0, 0.0, -2.0},
                 {TAC_OP_CEIL, -1.5, 0.0, 0.0, -1.0},
                 {TAC_OP_SIN, 0.5235987755982988, 0.0, 0.0, 0.5},
                 {TAC_OP_COS, 1.0471975511965976, 0.0, 0.0, 0.5},
                 {TAC_OP_TAN, 0.7853981633974483, 0.0, 0.0, 1.0},
                 {TAC_OP_ASIN, 0.5, 0.0, 0.0, 0.5235987755982988},
                 {TAC_OP_ACOS, 0.5, 0.0, 0.0, 1.0471975511965976},
                 {TAC_OP_ATAN, 1.0, 0.0, 0.0, 0.7853981633974483},
                 {TAC_OP_SINH, 0.0, 0.0, 0.0, 0.0},
                 {TAC_OP_COSH, 0.0, 0.0, 0.0, 1.0},
                 {TAC_OP_TANH, 0.5493061443340549, 0.0, 0.0, 0.5},
                 {TAC_OP_MIN, 2.0, -3.0, 0.0, -3.0},
                 {TAC_OP_MAX, 2.0, -3.0, 0.0, 2.0},
                 {TAC_OP_FACTORIAL, 5.0, 0.0, 0.0, 120.0}};
    bool is_seen[TAC_N_OP] = {false};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        is_seen[CASES[i].op] = true;
        assert_close(tac_op_value(CASES[i].op, CASES[i].a, CASES[i].b, CASES[i].c), CASES[i].value,
                     1e-14, 0.0);
    }
    for (int op = TAC_OP_ADD; op < TAC_N_OP; op++) {
        assert_true(is_seen[op] || op == TAC_OP_RATE); /* rateOf is replaced before values exist */
    }
}

static void every_allocation_of_a_graph_may_fail(void **state)
{
    (void)state;
    size_t n_whole = 0;
    for (size_t i = 0; i < 40; i++) {
        tac_alloc_fail_after(i);
        tac_graph *g = tac_graph_create();
        tac_expr e = TAC_EXPR_NONE;
        if (g != NULL) {
            e = tac_graph_symbol(g, 0);
            for (int k = 0; k < 2000; k++) {
                e = two(g, TAC_OP_ADD, e, tac_graph_const(g, k));
            }
            assert_true(tac_graph_has_failed(g) == (e == TAC_EXPR_NONE));
        }
        tac_alloc_fail_after(SIZE_MAX);
        n_whole += e != TAC_EXPR_NONE ? 1 : 0;
        tac_graph_free(g);
    }
    assert_true(n_whole > 0);
    assert_true(n_whole < 40 - 8); /* creation takes two, growing to 4,001 nodes at least six */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_parts_are_one_node),
        cmocka_unit_test(numbers_are_told_apart_by_their_bits),
        cmocka_unit_test(children_stand_before_their_parents),
        cmocka_unit_test(a_missing_argument_is_remembered),
        cmocka_unit_test(the_value_of_each_operation_is_that_of_c),
        cmocka_unit_test(every_allocation_of_a_graph_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
