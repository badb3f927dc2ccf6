/* SPDX-License-Identifier: Apache-2.0 */
/* Left-looking LU on a fixed pattern, and the dense LU with row exchanges behind it. */
#include "solve/sparse_lu.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "solve/sparse_pattern.h"

#include <math.h>
#include <string.h>

/* A pivot this much smaller than the largest value below it would amplify rounding errors too far;
 * the same preference for the diagonal as KLU has by default. */
static const double PIVOT_MIN = 1e-3;

/* Largest matrix that is solved densely when it must be: 8 MB of scratch. */
static const size_t N_DENSE_MAX = 1000;

struct tac_sparse_lu {
    /* derived */
    tac_lu_pattern pattern;
    uint32_t *entry_first;  /* [n + 1] of the matrix's values in the order of the pivots' columns */
    uint32_t *entry_source; /* [n_entry] index into the given values */
    uint32_t *entry_row;    /* [n_entry] position of the row */
    /* state: the factors */
    double *lower;   /* [n_lower] */
    double *upper;   /* [n_upper] */
    double *inverse; /* [n] 1 / pivot */
    bool is_dense;
    /* work */
    double *column;      /* [n], zero between calls */
    double *dense;       /* [n][n] by columns, NULL when n is too large */
    uint32_t *dense_row; /* [n] row exchanged with row k in step k */
};

void tac_sparse_lu_free(tac_sparse_lu *lu)
{
    if (lu == NULL) {
        return;
    }
    tac_lu_pattern_clear(&lu->pattern);
    tac_free(lu->entry_first);
    tac_free(lu->entry_source);
    tac_free(lu->entry_row);
    tac_free(lu->lower);
    tac_free(lu->upper);
    tac_free(lu->inverse);
    tac_free(lu->column);
    tac_free(lu->dense);
    tac_free(lu->dense_row);
    tac_free(lu);
}

static tac_status alloc_numbers(tac_ctx *ctx, size_t n, uint32_t **numbers_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, n, sizeof(uint32_t), &memory);
    *numbers_out = memory;
    return st;
}

static tac_status allocate(tac_ctx *ctx, tac_sparse_lu *lu, size_t n_entry)
{
    tac_status st = TAC_OK;
    const tac_lu_pattern *p = &lu->pattern;
    TAC_TRY(alloc_numbers(ctx, p->n + 1, &lu->entry_first));
    TAC_TRY(alloc_numbers(ctx, n_entry, &lu->entry_source));
    TAC_TRY(alloc_numbers(ctx, n_entry, &lu->entry_row));
    TAC_TRY(tac_alloc_doubles(ctx, p->lower.first[p->n], &lu->lower));
    TAC_TRY(tac_alloc_doubles(ctx, p->upper.first[p->n], &lu->upper));
    TAC_TRY(tac_alloc_doubles(ctx, p->n, &lu->inverse));
    TAC_TRY(tac_alloc_doubles(ctx, p->n, &lu->column));
    if (p->n <= N_DENSE_MAX) {
        TAC_TRY(tac_alloc_doubles(ctx, p->n * p->n, &lu->dense));
        TAC_TRY(alloc_numbers(ctx, p->n, &lu->dense_row));
    }
out:
    return st;
}

tac_status tac_sparse_lu_create(tac_ctx *ctx, size_t n, const int64_t *column, const int64_t *row,
                                tac_sparse_lu **lu_out)
{
    tac_status st = TAC_OK;
    tac_sparse_lu *lu = NULL;
    void *memory = NULL;
    uint32_t n_entry = 0;

    *lu_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *lu, &memory));
    lu = memory;
    TAC_TRY(tac_lu_pattern_find(ctx, n, column, row, &lu->pattern));
    TAC_TRY(allocate(ctx, lu, n == 0 ? 0 : (size_t)(column[n] - column[0])));
    for (size_t k = 0; k < n; k++) {
        const size_t j = lu->pattern.order[k];
        for (int64_t i = column[j]; i < column[j + 1]; i++) {
            lu->entry_source[n_entry] = (uint32_t)i;
            lu->entry_row[n_entry] = lu->pattern.place[row[i]];
            n_entry++;
        }
        lu->entry_first[k + 1] = n_entry;
    }
    *lu_out = lu;
    lu = NULL;
out:
    tac_sparse_lu_free(lu);
    return st;
}

/** Column k of I - gamma J into an empty column, rows by position. */
static void load_column(const tac_sparse_lu *lu, double gamma, const double *values, size_t k,
                        double *column)
{
    column[k] = 1.0;
    for (uint32_t i = lu->entry_first[k]; i < lu->entry_first[k + 1]; i++) {
        column[lu->entry_row[i]] -= gamma * values[lu->entry_source[i]];
    }
}

/** Factorise column k; leaves the work column zero. False when its pivot is too small. */
static bool factor_column(tac_sparse_lu *lu, size_t k)
{
    const tac_columns *lower = &lu->pattern.lower;
    const tac_columns *upper = &lu->pattern.upper;
    double *restrict column = lu->column;
    double largest = 0.0;

    for (uint32_t i = upper->first[k]; i < upper->first[k + 1]; i++) {
        const uint32_t j = upper->row[i];
        const double u = column[j];
        lu->upper[i] = u;
        column[j] = 0.0;
        for (uint32_t q = lower->first[j]; q < lower->first[j + 1]; q++) {
            column[lower->row[q]] -= lu->lower[q] * u;
        }
    }
    const double pivot = column[k];
    const double inverse = 1.0 / pivot;
    column[k] = 0.0;
    for (uint32_t q = lower->first[k]; q < lower->first[k + 1]; q++) {
        const double below = column[lower->row[q]];
        column[lower->row[q]] = 0.0;
        lu->lower[q] = below * inverse;
        largest = fabs(below) > largest ? fabs(below) : largest;
    }
    lu->inverse[k] = inverse;
    return isfinite(inverse) && fabs(pivot) >= PIVOT_MIN * largest;
}

/** Dense LU with the largest pivot of each column; false when singular. */
static bool factor_dense(tac_sparse_lu *lu, double gamma, const double *values)
{
    const size_t n = lu->pattern.n;
    memset(lu->dense, 0, n * n * sizeof *lu->dense);
    for (size_t k = 0; k < n; k++) {
        load_column(lu, gamma, values, k, &lu->dense[k * n]);
    }
    for (size_t k = 0; k < n; k++) {
        double *restrict column = &lu->dense[k * n];
        size_t best = k;
        for (size_t i = k + 1; i < n; i++) {
            best = fabs(column[i]) > fabs(column[best]) ? i : best;
        }
        const double inverse = 1.0 / column[best];
        if (!isfinite(inverse)) {
            return false;
        }
        lu->dense_row[k] = (uint32_t)best;
        lu->inverse[k] = inverse;
        for (size_t j = 0; best != k && j < n; j++) {
            const double kept = lu->dense[j * n + k];
            lu->dense[j * n + k] = lu->dense[j * n + best];
            lu->dense[j * n + best] = kept;
        }
        for (size_t i = k + 1; i < n; i++) {
            column[i] *= inverse;
        }
        for (size_t j = k + 1; j < n; j++) {
            double *restrict right = &lu->dense[j * n];
            const double factor = right[k];
            for (size_t i = k + 1; i < n; i++) {
                right[i] -= column[i] * factor;
            }
        }
    }
    return true;
}

bool tac_sparse_lu_factor(tac_sparse_lu *lu, double gamma, const double *values)
{
    bool is_good = true;
    for (size_t k = 0; is_good && k < lu->pattern.n; k++) {
        load_column(lu, gamma, values, k, lu->column);
        is_good = factor_column(lu, k);
    }
    lu->is_dense = !is_good && lu->dense != NULL;
    return lu->is_dense ? factor_dense(lu, gamma, values) : is_good;
}

static void solve_sparse(const tac_sparse_lu *lu, double *restrict y)
{
    const tac_columns *lower = &lu->pattern.lower;
    const tac_columns *upper = &lu->pattern.upper;
    for (size_t k = 0; k < lu->pattern.n; k++) {
        const double yk = y[k];
        for (uint32_t q = lower->first[k]; q < lower->first[k + 1]; q++) {
            y[lower->row[q]] -= lu->lower[q] * yk;
        }
    }
    for (size_t k = lu->pattern.n; k-- > 0;) {
        const double yk = y[k] * lu->inverse[k];
        y[k] = yk;
        for (uint32_t i = upper->first[k]; i < upper->first[k + 1]; i++) {
            y[upper->row[i]] -= lu->upper[i] * yk;
        }
    }
}

static void solve_dense(const tac_sparse_lu *lu, double *restrict y)
{
    const size_t n = lu->pattern.n;
    for (size_t k = 0; k < n; k++) {
        const double kept = y[k];
        y[k] = y[lu->dense_row[k]];
        y[lu->dense_row[k]] = kept;
    }
    for (size_t k = 0; k < n; k++) {
        const double *column = &lu->dense[k * n];
        const double yk = y[k];
        for (size_t i = k + 1; i < n; i++) {
            y[i] -= column[i] * yk;
        }
    }
    for (size_t k = n; k-- > 0;) {
        const double *column = &lu->dense[k * n];
        const double yk = y[k] * lu->inverse[k];
        y[k] = yk;
        for (size_t i = 0; i < k; i++) {
            y[i] -= column[i] * yk;
        }
    }
}

void tac_sparse_lu_solve(tac_sparse_lu *lu, double *b)
{
    const size_t n = lu->pattern.n;
    double *y = lu->column;
    for (size_t k = 0; k < n; k++) {
        y[k] = b[lu->pattern.order[k]];
    }
    if (lu->is_dense) {
        solve_dense(lu, y);
    } else {
        solve_sparse(lu, y);
    }
    for (size_t k = 0; k < n; k++) {
        b[lu->pattern.order[k]] = y[k];
        y[k] = 0.0;
    }
}

size_t tac_sparse_lu_n_value(const tac_sparse_lu *lu)
{
    const tac_lu_pattern *p = &lu->pattern;
    return p->lower.first[p->n] + p->upper.first[p->n] + p->n;
}

bool tac_sparse_lu_is_dense(const tac_sparse_lu *lu)
{
    return lu->is_dense;
}
