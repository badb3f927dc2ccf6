/* SPDX-License-Identifier: Apache-2.0 */
/* The sparse LU: its solutions satisfy their equations, whatever the pattern and the pivots. */
#include "solve/sparse_lu.h"

#include "base/alloc.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N_MAX = 80 };

/* A sparse matrix J. */
typedef struct matrix {
    size_t n;
    int64_t column[N_MAX + 1];
    int64_t row[N_MAX * N_MAX];
    double value[N_MAX * N_MAX];
} matrix;

static double next_uniform(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U; /* a linear congruence is random enough here */
    return (double)(*state >> 8) / (double)(1U << 24);
}

/** Each place is filled with the given chance, values in -1 .. 1 times `size`. */
static void fill(matrix *m, size_t n, double chance, double size, uint32_t seed)
{
    uint32_t state = seed;
    int64_t k = 0;
    m->n = n;
    for (size_t j = 0; j < n; j++) {
        m->column[j] = k;
        for (size_t i = 0; i < n; i++) {
            if (next_uniform(&state) < chance) {
                m->row[k] = (int64_t)i;
                m->value[k++] = size * (2.0 * next_uniform(&state) - 1.0);
            }
        }
    }
    m->column[n] = k;
}

/** Largest |(I - gamma J) y - b| against the size of the terms. */
static double residual(const matrix *m, double gamma, const double *y, const double *b)
{
    double r[N_MAX];
    double size[N_MAX];
    double worst = 0.0;
    for (size_t i = 0; i < m->n; i++) {
        r[i] = y[i] - b[i];
        size[i] = fabs(y[i]) + fabs(b[i]);
    }
    for (size_t j = 0; j < m->n; j++) {
        for (int64_t k = m->column[j]; k < m->column[j + 1]; k++) {
            r[m->row[k]] -= gamma * m->value[k] * y[j];
            size[m->row[k]] += fabs(gamma * m->value[k] * y[j]);
        }
    }
    for (size_t i = 0; i < m->n; i++) {
        worst = fmax(worst, fabs(r[i]) / size[i]);
    }
    return worst;
}

/** Factorise, solve for a known b and give the residual; stops the test when singular. */
static double solve_and_check(tac_sparse_lu *lu, const matrix *m, double gamma)
{
    double b[N_MAX];
    double y[N_MAX];
    for (size_t i = 0; i < m->n; i++) {
        b[i] = cos((double)i);
        y[i] = b[i];
    }
    assert_true(tac_sparse_lu_factor(lu, gamma, m->value));
    tac_sparse_lu_solve(lu, y);
    return residual(m, gamma, y, b);
}

static tac_sparse_lu *lu_of(const matrix *m)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_sparse_lu *lu = NULL;
    assert_int_equal(tac_sparse_lu_create(ctx, m->n, m->column, m->row, &lu), TAC_OK);
    tac_ctx_free(ctx);
    return lu;
}

/* Small gamma J keeps the diagonal strong: no row exchange, and backward-stable solutions. */
static void a_strong_diagonal_is_solved_in_the_sparse_way(void **state)
{
    (void)state;
    static matrix m;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        fill(&m, 10 + 3 * seed, 0.1, 1.0, seed);
        tac_sparse_lu *lu = lu_of(&m);
        assert_true(solve_and_check(lu, &m, 0.05) < 1e-13);
        assert_false(tac_sparse_lu_is_dense(lu));
        tac_sparse_lu_free(lu);
    }
}

/* With gamma = 1e6 the identity hardly counts and diagonals may be missing: rows are exchanged. */
static void weak_pivots_are_solved_all_the_same(void **state)
{
    (void)state;
    static matrix m;
    size_t n_dense = 0;
    for (uint32_t seed = 1; seed <= 20; seed++) {
        fill(&m, 40, 0.3, 1.0, seed);
        tac_sparse_lu *lu = lu_of(&m);
        assert_true(solve_and_check(lu, &m, 1e6) < 1e-9);
        n_dense += tac_sparse_lu_is_dense(lu) ? 1 : 0;
        tac_sparse_lu_free(lu);
    }
    assert_true(n_dense > 0);
}

/* The same factors' places serve any values: dense, sparse and dense again. */
static void a_hard_matrix_leaves_no_trace_in_the_next_one(void **state)
{
    (void)state;
    /* the first pivot of `hard` is 1 - 1 = 0 */
    static const int64_t column[] = {0, 2, 4};
    static const int64_t row[] = {0, 1, 0, 1};
    matrix m = {.n = 2};
    memcpy(m.column, column, sizeof column);
    memcpy(m.row, row, sizeof row);
    static const double hard[] = {1.0, 3.0, 2.0, 0.5};
    static const double easy[] = {-1.0, 0.25, 0.5, -2.0};
    tac_sparse_lu *lu = lu_of(&m);
    for (int i = 0; i < 3; i++) {
        memcpy(m.value, hard, sizeof hard);
        assert_true(solve_and_check(lu, &m, 1.0) < 1e-15);
        assert_true(tac_sparse_lu_is_dense(lu));
        memcpy(m.value, easy, sizeof easy);
        assert_true(solve_and_check(lu, &m, 1.0) < 1e-15);
        assert_false(tac_sparse_lu_is_dense(lu));
    }
    tac_sparse_lu_free(lu);
}

static void singular_and_not_finite_matrices_are_refused(void **state)
{
    (void)state;
    static const int64_t column[] = {0, 2, 4};
    static const int64_t row[] = {0, 1, 0, 1};
    static const double same_rows[] = {0.0, -1.0, -1.0, 0.0}; /* I - J = [1 1; 1 1] */
    static const double not_a_number[] = {0.0, (double)NAN, 0.0, 0.0};
    tac_ctx *ctx = tac_ctx_create();
    tac_sparse_lu *lu = NULL;
    assert_int_equal(tac_sparse_lu_create(ctx, 2, column, row, &lu), TAC_OK);
    assert_false(tac_sparse_lu_factor(lu, 1.0, same_rows));
    assert_false(tac_sparse_lu_factor(lu, 1.0, not_a_number));
    tac_sparse_lu_free(lu);
    tac_ctx_free(ctx);
}

/* An arrow whose point comes first fills up completely in the given order, not at all in a good one:
 * n on the diagonal, n - 1 in the row and n - 1 in the column. */
static void the_order_of_pivots_keeps_an_arrow_sparse(void **state)
{
    (void)state;
    enum { N = 50 };
    static int64_t column[N + 1];
    static int64_t row[3 * N];
    int64_t k = 0;
    for (int64_t j = 0; j < N; j++) {
        column[j] = k;
        if (j == 0) {
            for (int64_t i = 0; i < N; i++) {
                row[k++] = i;
            }
        } else {
            row[k++] = 0;
            row[k++] = j;
        }
    }
    column[N] = k;
    tac_ctx *ctx = tac_ctx_create();
    tac_sparse_lu *lu = NULL;
    assert_int_equal(tac_sparse_lu_create(ctx, N, column, row, &lu), TAC_OK);
    assert_int_equal(tac_sparse_lu_n_value(lu), 3 * N - 2);
    tac_sparse_lu_free(lu);
    tac_ctx_free(ctx);
}

/* Above 1,000 states nothing is solved densely: a weak pivot is a failure that a smaller gamma mends. */
static void a_weak_pivot_of_a_large_matrix_asks_for_a_smaller_step(void **state)
{
    (void)state;
    enum { N = 1001 };
    static int64_t column[N + 1];
    static int64_t row[N + 2];
    static double value[N + 2];
    static double y[N];
    int64_t k = 0;
    for (int64_t j = 0; j < N; j++) { /* the first two states drive each other */
        column[j] = k;
        for (int64_t i = j < 2 ? 0 : j; i < (j < 2 ? 2 : j + 1); i++) {
            row[k] = i;
            value[k++] = i == j ? (j < 2 ? 1.0 : -1.0) : 3.0;
        }
    }
    column[N] = k;
    tac_ctx *ctx = tac_ctx_create();
    tac_sparse_lu *lu = NULL;
    assert_int_equal(tac_sparse_lu_create(ctx, N, column, row, &lu), TAC_OK);
    assert_false(tac_sparse_lu_factor(lu, 1.0, value)); /* the pivot is 1 - 1 */
    assert_true(tac_sparse_lu_factor(lu, 0.1, value));
    y[0] = 0.9; /* first column of I - 0.1 J, and one of the lonely states */
    y[1] = -0.3;
    y[N - 1] = 1.1;
    tac_sparse_lu_solve(lu, y);
    assert_close(y[0], 1.0, 1e-15, 0.0);
    assert_close(y[1], 0.0, 0.0, 1e-15);
    assert_close(y[N - 1], 1.0, 1e-15, 0.0);
    tac_sparse_lu_free(lu);
    tac_ctx_free(ctx);
}

static void wrong_patterns_are_refused(void **state)
{
    (void)state;
    static const int64_t column[] = {0, 1, 2};
    static const int64_t row_outside[] = {0, 2};
    static const int64_t falling[] = {0, 2, 1};
    static const int64_t row[] = {0, 1};
    tac_ctx *ctx = tac_ctx_create();
    tac_sparse_lu *lu = NULL;
    assert_int_equal(tac_sparse_lu_create(ctx, 2, column, row_outside, &lu), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "row 2 of a sparse pattern of 2 rows"));
    tac_ctx_clear(ctx);
    assert_int_equal(tac_sparse_lu_create(ctx, 2, falling, row, &lu), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "column 1"));
    assert_null(lu);
    tac_ctx_free(ctx);
}

static void short_memory_is_an_error_without_a_leak(void **state)
{
    (void)state;
    static matrix m;
    tac_ctx *ctx = tac_ctx_create();
    fill(&m, 12, 0.3, 1.0, 7);
    tac_status st = TAC_E_MEMORY;
    for (size_t n = 0; st != TAC_OK; n++) {
        tac_sparse_lu *lu = NULL;
        tac_alloc_fail_after(n);
        st = tac_sparse_lu_create(ctx, m.n, m.column, m.row, &lu);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        assert_true((st == TAC_OK) == (lu != NULL));
        assert_true(n < 100);
        tac_sparse_lu_free(lu);
        tac_ctx_clear(ctx);
    }
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_strong_diagonal_is_solved_in_the_sparse_way),
        cmocka_unit_test(weak_pivots_are_solved_all_the_same),
        cmocka_unit_test(a_hard_matrix_leaves_no_trace_in_the_next_one),
        cmocka_unit_test(singular_and_not_finite_matrices_are_refused),
        cmocka_unit_test(the_order_of_pivots_keeps_an_arrow_sparse),
        cmocka_unit_test(a_weak_pivot_of_a_large_matrix_asks_for_a_smaller_step),
        cmocka_unit_test(wrong_patterns_are_refused),
        cmocka_unit_test(short_memory_is_an_error_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
