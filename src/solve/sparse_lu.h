/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Solves (I - gamma J) y = b for a sparse J whose pattern never changes.
 *
 * The order of the pivots and the places that fill up are found once, when the pattern is known; a
 * factorisation then only computes. Pivots stay on the diagonal. Where one is too small against its
 * column the whole matrix is factorised densely with row exchanges instead, so the result is as
 * reliable as that of a pivoting sparse solver.
 */
#ifndef TAC_SOLVE_SPARSE_LU_H
#define TAC_SOLVE_SPARSE_LU_H

#include <tactus/base.h>

#include <stdbool.h>

typedef struct tac_sparse_lu tac_sparse_lu;

/**
 * Analyse a pattern.
 *
 * Shapes     column[n + 1], row[column[n]]: compressed columns; the diagonal need not be there
 * Method     the next pivot is the diagonal place with the least (row count - 1)(column count - 1),
 *            Markowitz 1957
 * Ownership  *lu_out is new: tac_sparse_lu_free(); the pattern is not kept
 * Errors     TAC_E_ARG     a row outside 0 .. n - 1, columns that do not ascend
 *            TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_sparse_lu_create(tac_ctx *ctx, size_t n, const int64_t *column,
                                               const int64_t *row, tac_sparse_lu **lu_out);

/** Free; NULL is accepted. */
void tac_sparse_lu_free(tac_sparse_lu *lu);

/**
 * Factorise I - gamma J, values[] in the order of the pattern. False when the matrix is singular or
 * not finite, or too large for the dense way and too hard for the sparse one; then a smaller gamma
 * helps. Allocates nothing.
 */
bool tac_sparse_lu_factor(tac_sparse_lu *lu, double gamma, const double *values);

/** Replace b by the solution. Allocates nothing. */
void tac_sparse_lu_solve(tac_sparse_lu *lu, double *b);

/** Number of values in both factors, the diagonal once. */
size_t tac_sparse_lu_n_value(const tac_sparse_lu *lu);

/** True when the last factorisation needed row exchanges. */
bool tac_sparse_lu_is_dense(const tac_sparse_lu *lu);

#endif
