/* SPDX-License-Identifier: Apache-2.0 */
/* Simplifying: fewer operations, the same values. */
#include "compile/simplify.h"

#include "base/alloc.h"
#include "base/rng.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { X = 0, Y = 1, N_SYMBOL = 3 };

static tac_expr num(tac_graph *g, double value)
{
    return tac_graph_const(g, value);
}

static tac_expr sym(tac_graph *g, uint32_t i)
{
    return tac_graph_symbol(g, i);
}

static tac_expr two(tac_graph *g, tac_op op, tac_expr a, tac_expr b)
{
    return tac_make2(g, op, a, b);
}

static tac_expr one(tac_graph *g, tac_op op, tac_expr a)
{
    return tac_make1(g, op, a);
}

static void neutral_elements_vanish(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = sym(g, X);
    const tac_expr zero = num(g, 0.0);
    const tac_expr unity = num(g, 1.0);
    assert_int_equal(two(g, TAC_OP_ADD, x, zero), x);
    assert_int_equal(two(g, TAC_OP_ADD, zero, x), x);
    assert_int_equal(two(g, TAC_OP_SUB, x, zero), x);
    assert_int_equal(two(g, TAC_OP_SUB, zero, x), one(g, TAC_OP_NEG, x));
    assert_int_equal(two(g, TAC_OP_SUB, x, x), zero);
    assert_int_equal(two(g, TAC_OP_MUL, x, unity), x);
    assert_int_equal(two(g, TAC_OP_MUL, unity, x), x);
    assert_int_equal(two(g, TAC_OP_MUL, x, zero), zero);
    assert_int_equal(two(g, TAC_OP_MUL, num(g, -1.0), x), one(g, TAC_OP_NEG, x));
    assert_int_equal(two(g, TAC_OP_DIV, x, unity), x);
    assert_int_equal(two(g, TAC_OP_DIV, zero, x), zero);
    assert_int_equal(two(g, TAC_OP_POW, x, unity), x);
    assert_int_equal(two(g, TAC_OP_POW, x, zero), unity);
    tac_graph_free(g);
}

static void signs_meet_and_vanish(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = sym(g, X);
    const tac_expr y = sym(g, Y);
    const tac_expr minus_x = one(g, TAC_OP_NEG, x);
    const tac_expr minus_y = one(g, TAC_OP_NEG, y);
    const tac_expr difference = two(g, TAC_OP_SUB, x, y);
    assert_int_equal(one(g, TAC_OP_NEG, minus_x), x);
    assert_int_equal(one(g, TAC_OP_NEG, difference), two(g, TAC_OP_SUB, y, x));
    assert_int_equal(two(g, TAC_OP_ADD, x, minus_y), difference);
    assert_int_equal(two(g, TAC_OP_ADD, minus_y, x), difference);
    assert_int_equal(two(g, TAC_OP_SUB, x, minus_y), two(g, TAC_OP_ADD, x, y));
    assert_int_equal(two(g, TAC_OP_MUL, minus_x, minus_y), two(g, TAC_OP_MUL, x, y));
    assert_int_equal(two(g, TAC_OP_DIV, minus_x, y), one(g, TAC_OP_NEG, two(g, TAC_OP_DIV, x, y)));
    tac_graph_free(g);
}

static void what_commutes_is_shared(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = sym(g, X);
    const tac_expr y = sym(g, Y);
    assert_int_equal(two(g, TAC_OP_ADD, x, y), two(g, TAC_OP_ADD, y, x));
    assert_int_equal(two(g, TAC_OP_MUL, x, y), two(g, TAC_OP_MUL, y, x));
    assert_int_not_equal(two(g, TAC_OP_SUB, x, y), two(g, TAC_OP_SUB, y, x));
    assert_int_not_equal(two(g, TAC_OP_POW, x, y), two(g, TAC_OP_POW, y, x));
    tac_graph_free(g);
}

static double const_value(const tac_graph *g, tac_expr e)
{
    assert_int_equal(tac_graph_node(g, e)->op, TAC_OP_CONST);
    return tac_graph_node(g, e)->value;
}

static void numbers_are_folded_unless_the_result_is_not_finite(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    assert_close(const_value(g, two(g, TAC_OP_ADD, num(g, 2.0), num(g, 3.0))), 5.0, 0.0, 0.0);
    assert_close(const_value(g, one(g, TAC_OP_EXP, num(g, 1.0))), exp(1.0), 0.0, 0.0);
    assert_close(const_value(g, two(g, TAC_OP_LT, num(g, 1.0), num(g, 2.0))), 1.0, 0.0, 0.0);
    assert_close(const_value(g, two(g, TAC_OP_MAX, num(g, 1.0), num(g, 2.0))), 2.0, 0.0, 0.0);
    const tac_expr by_zero = two(g, TAC_OP_DIV, num(g, 1.0), num(g, 0.0));
    assert_int_equal(tac_graph_node(g, by_zero)->op, TAC_OP_DIV);
    const tac_expr of_negative = one(g, TAC_OP_LOG, num(g, -1.0));
    assert_int_equal(tac_graph_node(g, of_negative)->op, TAC_OP_LOG);
    tac_graph_free(g);
}

/* x/x is 1 except where x is 0: there the model's own division by zero must stay visible. */
static void what_may_fail_is_kept(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = sym(g, X);
    assert_int_equal(tac_graph_node(g, two(g, TAC_OP_DIV, x, x))->op, TAC_OP_DIV);
    assert_int_equal(tac_graph_node(g, one(g, TAC_OP_SQRT, two(g, TAC_OP_MUL, x, x)))->op,
                     TAC_OP_SQRT);
    tac_graph_free(g);
}

static void a_choice_with_a_known_answer_is_made(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    const tac_expr x = sym(g, X);
    const tac_expr y = sym(g, Y);
    const tac_expr condition = two(g, TAC_OP_LT, x, y);
    assert_int_equal(tac_make(g, TAC_OP_SELECT, num(g, 1.0), x, y), x);
    assert_int_equal(tac_make(g, TAC_OP_SELECT, num(g, 0.0), x, y), y);
    assert_int_equal(tac_make(g, TAC_OP_SELECT, condition, x, x), x);
    assert_int_equal(tac_graph_node(g, tac_make(g, TAC_OP_SELECT, condition, x, y))->op,
                     TAC_OP_SELECT);
    tac_graph_free(g);
}

/** Value of an expression by plain walking upwards. */
static double value_at(const tac_graph *g, tac_expr e, const double *symbols)
{
    static double values[100000];
    assert_true(e < 100000);
    for (tac_expr i = 0; i <= e; i++) {
        const tac_node *node = tac_graph_node(g, i);
        const uint32_t n = tac_op_n_arg(node->op);
        if (node->op == TAC_OP_CONST) {
            values[i] = node->value;
        } else if (node->op == TAC_OP_SYMBOL) {
            values[i] = symbols[node->symbol];
        } else {
            values[i] =
                tac_op_value(node->op, values[node->arg[0]], n > 1 ? values[node->arg[1]] : 0.0,
                             n > 2 ? values[node->arg[2]] : 0.0);
        }
    }
    return values[e];
}

/* pow() of the C library is exact to about one unit in the last place, products of four to three. */
static void small_powers_become_products(void **state)
{
    (void)state;
    static const double POWERS[] = {2.0, 3.0, 4.0, -1.0, -2.0, -3.0, -4.0, 0.5};
    static const double AT[] = {-2.5, -0.3, 0.7, 1.0, 11.0};
    tac_graph *g = tac_graph_create();
    for (size_t i = 0; i < sizeof POWERS / sizeof POWERS[0]; i++) {
        const tac_expr e = two(g, TAC_OP_POW, sym(g, X), num(g, POWERS[i]));
        for (tac_expr k = 0; k <= e; k++) {
            assert_int_not_equal(tac_graph_node(g, k)->op, TAC_OP_POW);
        }
        for (size_t k = 0; k < sizeof AT / sizeof AT[0]; k++) {
            const double want = pow(AT[k], POWERS[i]);
            if (isnan(want)) {
                assert_true(isnan(value_at(g, e, &AT[k])));
            } else {
                assert_close(value_at(g, e, &AT[k]), want, 1e-15, 0.0);
            }
        }
    }
    const tac_expr high = two(g, TAC_OP_POW, sym(g, X), num(g, 5.0));
    assert_int_equal(tac_graph_node(g, high)->op, TAC_OP_POW);
    tac_graph_free(g);
}

/* Random expressions built plainly and simplified have the same value to the last bit. */
static void simplified_expressions_keep_their_values(void **state)
{
    (void)state;
    static const tac_op OPS[] = {TAC_OP_ADD, TAC_OP_SUB, TAC_OP_MUL, TAC_OP_DIV,   TAC_OP_NEG,
                                 TAC_OP_EXP, TAC_OP_SIN, TAC_OP_MIN, TAC_OP_MAX,   TAC_OP_ABS,
                                 TAC_OP_LT,  TAC_OP_AND, TAC_OP_NOT, TAC_OP_SELECT};
    static const double LEAVES[] = {0.0, 1.0, -1.0, 2.0, 0.5};
    enum { N_LEAF = 5, N = 200 };
    tac_rng rng = tac_rng_for(1, 0, "simplify");
    size_t n_compared = 0;
    for (int trial = 0; trial < 50; trial++) {
        tac_graph *plain = tac_graph_create();
        tac_graph *simple = tac_graph_create();
        tac_expr p[N + N_LEAF + N_SYMBOL];
        tac_expr s[N + N_LEAF + N_SYMBOL];
        double x[N_SYMBOL];
        size_t n = 0;
        for (uint32_t i = 0; i < N_SYMBOL; i++, n++) {
            x[i] = 3.0 * tac_rng_normal(&rng);
            p[n] = sym(plain, i);
            s[n] = sym(simple, i);
        }
        for (size_t i = 0; i < N_LEAF; i++, n++) {
            p[n] = num(plain, LEAVES[i]);
            s[n] = num(simple, LEAVES[i]);
        }
        for (int i = 0; i < N; i++, n++) {
            const tac_op op = OPS[(size_t)(14.0 * tac_rng_uniform(&rng))];
            size_t k[3];
            for (int a = 0; a < 3; a++) {
                k[a] = (size_t)((double)n * tac_rng_uniform(&rng));
            }
            const uint32_t n_arg = tac_op_n_arg(op);
            p[n] = tac_graph_apply(plain, op, p[k[0]], n_arg > 1 ? p[k[1]] : TAC_EXPR_NONE,
                                   n_arg > 2 ? p[k[2]] : TAC_EXPR_NONE);
            s[n] = tac_make(simple, op, s[k[0]], n_arg > 1 ? s[k[1]] : TAC_EXPR_NONE,
                            n_arg > 2 ? s[k[2]] : TAC_EXPR_NONE);
            const double want = value_at(plain, p[n], x);
            if (isfinite(want)) {
                assert_close(value_at(simple, s[n], x), want, 0.0, 0.0);
                n_compared++;
            } else { /* 0 * inf is 0 here; go on from a number */
                p[n] = p[0];
                s[n] = s[0];
            }
        }
        assert_true(tac_graph_n(simple) < tac_graph_n(plain));
        tac_graph_free(plain);
        tac_graph_free(simple);
    }
    assert_true(n_compared > 9000);
}

static void short_memory_gives_no_node(void **state)
{
    (void)state;
    tac_graph *g = tac_graph_create();
    tac_expr sum = sym(g, X);
    tac_alloc_fail_after(0);
    for (uint32_t i = 1; i < 10000 && sum != TAC_EXPR_NONE; i++) {
        sum = two(g, TAC_OP_ADD, sum, sym(g, i));
    }
    tac_alloc_fail_after(SIZE_MAX);
    assert_int_equal(sum, TAC_EXPR_NONE);
    assert_true(tac_graph_has_failed(g));
    assert_int_equal(two(g, TAC_OP_MUL, sum, sum), TAC_EXPR_NONE);
    tac_graph_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neutral_elements_vanish),
        cmocka_unit_test(signs_meet_and_vanish),
        cmocka_unit_test(what_commutes_is_shared),
        cmocka_unit_test(numbers_are_folded_unless_the_result_is_not_finite),
        cmocka_unit_test(what_may_fail_is_kept),
        cmocka_unit_test(a_choice_with_a_known_answer_is_made),
        cmocka_unit_test(small_powers_become_products),
        cmocka_unit_test(simplified_expressions_keep_their_values),
        cmocka_unit_test(short_memory_gives_no_node),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
