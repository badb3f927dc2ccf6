/* SPDX-License-Identifier: Apache-2.0 */
/* Derivatives against the formulas of the textbook, rule by rule, and on both sides of each branch. */
#include "close.h"
#include "programs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** d(expression)/dx at x, with the constant k: the Jacobian of x' = expression. */
static double derivative(const char *expression, double x, double k)
{
    char text[256];
    snprintf(text, sizeof text, "model d() k = 2; x = 1; x' = %s; end", expression);
    tac_program *program = program_of(text);
    tac_values v = values_of(program);
    assert_int_equal(v.image->n_jac, 1);
    v.x[0] = x;
    v.p[0] = k;
    values_prepare(&v);
    values_compute(&v);
    const double result = v.jac[0];
    values_free(&v);
    tac_program_free(program);
    return result;
}

static void every_rule_is_that_of_the_textbook(void **state)
{
    (void)state;
    const double x = 0.37;
    const double k = 1.8;
    const struct {
        const char *expression;
        double want;
    } rules[] = {
        {"k", 0.0},
        {"x", 1.0},
        {"x + k*x", 1.0 + k},
        {"k - x", -1.0},
        {"-x", -1.0},
        {"x*x", 2.0 * x},
        {"k*x*exp(x)", k * (1.0 + x) * exp(x)},
        {"x/k", 1.0 / k},
        {"k/x", -k / (x * x)},
        {"x/(k + x)", k / ((k + x) * (k + x))},
        {"x^2", 2.0 * x},
        {"x^3", 3.0 * x * x},
        {"x^4", 4.0 * x * x * x},
        {"x^7", 7.0 * pow(x, 6.0)},
        {"x^(-2)", -2.0 / (x * x * x)},
        {"x^k", k * pow(x, k - 1.0)},
        {"k^x", pow(k, x) * log(k)},
        {"x^x", pow(x, x) * (log(x) + 1.0)},
        {"exp(k*x)", k * exp(k * x)},
        {"ln(k*x)", 1.0 / x},
        {"log10(x)", 1.0 / (x * log(10.0))},
        {"sqrt(k*x)", 0.5 * sqrt(k / x)},
        {"abs(x - 1)", -1.0},
        {"abs(x + 1)", 1.0},
        {"floor(3*x)", 0.0},
        {"ceil(3*x)", 0.0},
        {"sin(k*x)", k * cos(k * x)},
        {"cos(k*x)", -k * sin(k * x)},
        {"tan(x)", 1.0 / (cos(x) * cos(x))},
        {"asin(x)", 1.0 / sqrt(1.0 - x * x)},
        {"acos(x)", -1.0 / sqrt(1.0 - x * x)},
        {"atan(k*x)", k / (1.0 + k * k * x * x)},
        {"sinh(x)", cosh(x)},
        {"cosh(x)", sinh(x)},
        {"tanh(k*x)", k / (cosh(k * x) * cosh(k * x))},
        {"x^k/(1 + x^k)", k * pow(x, k - 1.0) / ((1.0 + pow(x, k)) * (1.0 + pow(x, k)))},
    };
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const double got = derivative(rules[i].expression, x, k);
        if (!close_enough(__FILE__, __LINE__, rules[i].expression, got, rules[i].want, 1e-13,
                          1e-15)) {
            fail_msg("wrong rule for %s", rules[i].expression);
        }
    }
}

static void branches_are_differentiated_where_they_are_taken(void **state)
{
    (void)state;
    assert_close(derivative("min(k, 3*x)", 0.1, 1.0), 3.0, 0.0, 0.0);
    assert_close(derivative("min(k, 3*x)", 0.9, 1.0), 0.0, 0.0, 0.0);
    assert_close(derivative("max(k, 3*x)", 0.1, 1.0), 0.0, 0.0, 0.0);
    assert_close(derivative("max(k, 3*x)", 0.9, 1.0), 3.0, 0.0, 0.0);
    assert_close(derivative("piecewise(5*x, x < k, 7*x)", 0.5, 1.0), 5.0, 0.0, 0.0);
    assert_close(derivative("piecewise(5*x, x < k, 7*x)", 1.5, 1.0), 7.0, 0.0, 0.0);
    assert_close(derivative("x*piecewise(1, x > 0 && x < k, 0)", 0.5, 1.0), 1.0, 0.0, 0.0);
}

/* A branch that is not taken may divide by zero or take the root of a negative number. */
static void a_branch_not_taken_does_no_harm(void **state)
{
    (void)state;
    assert_close(derivative("piecewise(sqrt(x), x > 0, 0)", -1.0, 1.0), 0.0, 0.0, 0.0);
    assert_close(derivative("piecewise(k/x, x > 0, 2*x)", 0.0, 1.0), 2.0, 0.0, 0.0);
    assert_close(derivative("max(0, x)^k", -2.0, 1.5), 0.0, 0.0, 0.0);
}

/* 0^y is 0 whatever y > 0 is, though ln(0) stands in the general rule. */
static void a_moving_exponent_of_zero_is_no_trouble(void **state)
{
    (void)state;
    assert_close(derivative("(k - 1)^x", 2.0, 1.0), 0.0, 0.0, 0.0);
    assert_close(derivative("(k - 1)^x", 2.0, 4.0), 9.0 * log(3.0), 1e-14, 0.0);
}

/* dx_i/dt depends on its neighbours alone: three diagonals and nothing else are stored. */
static void only_what_can_differ_from_zero_is_stored(void **state)
{
    (void)state;
    tac_program *program = program_of("model chain() k = 1; a = 1; b = 0; c = 0; d = 0;"
                                      " a' = -k*a + b; b' = a*k - b + c; c' = b - c*c + d;"
                                      " d' = c - 0*a; end");
    const tac_image *image = tac_program_image(program);
    static const int64_t COLUMN[] = {0, 2, 5, 8, 10};
    static const int64_t ROW[] = {0, 1, 0, 1, 2, 1, 2, 3, 2, 3};
    assert_int_equal(image->n_jac, 10);
    assert_memory_equal(image->jac_column, COLUMN, sizeof COLUMN);
    assert_memory_equal(image->jac_row, ROW, sizeof ROW);
    tac_program_free(program);
}

/* A state that nothing moves still has its diagonal, with the value 0. */
static void the_diagonal_is_always_there(void **state)
{
    (void)state;
    tac_program *program = program_of("model still() a = 1; b = 2; a' = b; b' = 0*b; end");
    tac_values v = values_of(program);
    values_compute(&v);
    static const double WANT[] = {0.0, 1.0, 0.0};
    assert_int_equal(v.image->n_jac, 3);
    assert_true(close_arrays("jac", 3, v.jac, WANT, 0.0, 0.0));
    values_free(&v);
    tac_program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_is_that_of_the_textbook),
        cmocka_unit_test(branches_are_differentiated_where_they_are_taken),
        cmocka_unit_test(a_branch_not_taken_does_no_harm),
        cmocka_unit_test(a_moving_exponent_of_zero_is_no_trouble),
        cmocka_unit_test(only_what_can_differ_from_zero_is_stored),
        cmocka_unit_test(the_diagonal_is_always_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
