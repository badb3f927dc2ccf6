/* SPDX-License-Identifier: Apache-2.0 */
/* Where the factors of a sparse matrix have values, found before there are any. */
#ifndef TAC_SOLVE_SPARSE_PATTERN_H
#define TAC_SOLVE_SPARSE_PATTERN_H

#include <tactus/base.h>

/** Lists of row positions, one list a column. */
typedef struct tac_columns {
    uint32_t *first; /* [n + 1] */
    uint32_t *row;   /* [first[n]] */
} tac_columns;

/** Patterns of L (below the diagonal) and U (above it) in the order of the pivots. */
typedef struct tac_lu_pattern {
    size_t n;
    uint32_t *order; /* [n] column of the matrix that is the k-th pivot */
    uint32_t *place; /* [n] the other way round */
    tac_columns lower;
    tac_columns upper; /* rows ascend within a column */
} tac_lu_pattern;

/**
 * Order the pivots of a pattern and find the places that fill up.
 *
 * Ownership  *pattern_out is filled and later cleared by tac_lu_pattern_clear(); empty on error
 * Errors     TAC_E_ARG, TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_lu_pattern_find(tac_ctx *ctx, size_t n, const int64_t *column,
                                              const int64_t *row, tac_lu_pattern *pattern_out);

/** Free what it holds. */
void tac_lu_pattern_clear(tac_lu_pattern *pattern);

#endif
