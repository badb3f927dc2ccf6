/* SPDX-License-Identifier: Apache-2.0 */
/* Elimination on sets of bits: each row and each column of the matrix is one set. */
#include "solve/sparse_pattern.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <string.h>

typedef uint64_t word;

enum { WORD_BITS = 64 };

typedef struct eliminator {
    size_t n;
    size_t n_word;
    word *rows;         /* [n][n_word] columns that are not yet eliminated and not zero */
    word *columns;      /* [n][n_word] the same by columns */
    uint32_t *row_size; /* [n] */
    uint32_t *column_size;
    uint8_t *is_done; /* [n] */
    word *lower;      /* [n][n_word] rows below the k-th pivot, by number of the matrix */
    word *upper;      /* [n][n_word] columns right of it */
} eliminator;

static word bit(size_t i)
{
    return (word)1 << (i % WORD_BITS);
}

static void set_bit(word *set, size_t i)
{
    set[i / WORD_BITS] |= bit(i);
}

static void clear_bit(word *set, size_t i)
{
    set[i / WORD_BITS] &= ~bit(i);
}

static int has_bit(const word *set, size_t i)
{
    return (set[i / WORD_BITS] & bit(i)) != 0;
}

static uint32_t size_of_set(const word *set, size_t n_word)
{
    uint32_t n = 0;
    for (size_t i = 0; i < n_word; i++) {
        n += (uint32_t)__builtin_popcountll(set[i]);
    }
    return n;
}

void tac_lu_pattern_clear(tac_lu_pattern *pattern)
{
    tac_free(pattern->order);
    tac_free(pattern->place);
    tac_free(pattern->lower.first);
    tac_free(pattern->lower.row);
    tac_free(pattern->upper.first);
    tac_free(pattern->upper.row);
    *pattern = (tac_lu_pattern){0};
}

static void clear(eliminator *e)
{
    tac_free(e->rows);
    tac_free(e->columns);
    tac_free(e->row_size);
    tac_free(e->column_size);
    tac_free(e->is_done);
    tac_free(e->lower);
    tac_free(e->upper);
}

static tac_status alloc_words(tac_ctx *ctx, size_t n, word **words_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, n, sizeof(word), &memory);
    *words_out = memory;
    return st;
}

static tac_status alloc_numbers(tac_ctx *ctx, size_t n, uint32_t **numbers_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, n, sizeof(uint32_t), &memory);
    *numbers_out = memory;
    return st;
}

static tac_status allocate(tac_ctx *ctx, size_t n, eliminator *e)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    e->n = n;
    e->n_word = (n + WORD_BITS - 1) / WORD_BITS;
    TAC_TRY(alloc_words(ctx, n * e->n_word, &e->rows));
    TAC_TRY(alloc_words(ctx, n * e->n_word, &e->columns));
    TAC_TRY(alloc_words(ctx, n * e->n_word, &e->lower));
    TAC_TRY(alloc_words(ctx, n * e->n_word, &e->upper));
    TAC_TRY(alloc_numbers(ctx, n, &e->row_size));
    TAC_TRY(alloc_numbers(ctx, n, &e->column_size));
    TAC_TRY(tac_alloc(ctx, n, sizeof *e->is_done, &memory));
    e->is_done = memory;
out:
    return st;
}

/** The matrix as sets, its diagonal always there. */
static tac_status enter(tac_ctx *ctx, eliminator *e, const int64_t *column, const int64_t *row)
{
    for (size_t j = 0; j < e->n; j++) {
        if (column[j] < 0 || column[j + 1] < column[j]) {
            return tac_fail(ctx, TAC_E_ARG, "column %zu of a sparse pattern ends before it begins",
                            j);
        }
        set_bit(&e->rows[j * e->n_word], j);
        set_bit(&e->columns[j * e->n_word], j);
        for (int64_t k = column[j]; k < column[j + 1]; k++) {
            if (row[k] < 0 || (size_t)row[k] >= e->n) {
                return tac_fail(ctx, TAC_E_ARG, "row %lld of a sparse pattern of %zu rows",
                                (long long)row[k], e->n);
            }
            set_bit(&e->rows[(size_t)row[k] * e->n_word], j);
            set_bit(&e->columns[j * e->n_word], (size_t)row[k]);
        }
    }
    for (size_t i = 0; i < e->n; i++) {
        e->row_size[i] = size_of_set(&e->rows[i * e->n_word], e->n_word);
        e->column_size[i] = size_of_set(&e->columns[i * e->n_word], e->n_word);
    }
    return TAC_OK;
}

/** The pivot that can fill the fewest places; the first of equal ones. */
static size_t cheapest(const eliminator *e)
{
    size_t best = 0;
    uint64_t best_cost = UINT64_MAX;
    for (size_t i = 0; i < e->n; i++) {
        const uint64_t cost = (uint64_t)(e->row_size[i] - 1) * (uint64_t)(e->column_size[i] - 1);
        if (e->is_done[i] == 0 && cost < best_cost) {
            best = i;
            best_cost = cost;
        }
    }
    return best;
}

/** Join what one set has to every set that is listed in `touched`, and take the pivot out of it. */
static void join(word *sets, uint32_t *sizes, const word *touched, const word *from, size_t pivot,
                 const eliminator *e)
{
    for (size_t i = 0; i < e->n; i++) {
        if (i == pivot || !has_bit(touched, i)) {
            continue;
        }
        word *set = &sets[i * e->n_word];
        for (size_t w = 0; w < e->n_word; w++) {
            set[w] |= from[w];
        }
        clear_bit(set, pivot);
        sizes[i] = size_of_set(set, e->n_word);
    }
}

/** Eliminate one pivot and keep what stands below and right of it. */
static void eliminate(eliminator *e, size_t k, size_t pivot)
{
    word *row = &e->rows[pivot * e->n_word];
    word *column = &e->columns[pivot * e->n_word];
    join(e->rows, e->row_size, column, row, pivot, e);
    join(e->columns, e->column_size, row, column, pivot, e);
    clear_bit(row, pivot);
    clear_bit(column, pivot);
    memcpy(&e->upper[k * e->n_word], row, e->n_word * sizeof *row);
    memcpy(&e->lower[k * e->n_word], column, e->n_word * sizeof *column);
    e->is_done[pivot] = 1;
}

/** The lower factor by columns, rows ascending in the order of the pivots. */
static tac_status list_lower(tac_ctx *ctx, const eliminator *e, tac_lu_pattern *p)
{
    tac_status st = TAC_OK;
    size_t n = 0;
    for (size_t k = 0; k < e->n; k++) {
        n += size_of_set(&e->lower[k * e->n_word], e->n_word);
    }
    TAC_TRY(alloc_numbers(ctx, e->n + 1, &p->lower.first));
    TAC_TRY(alloc_numbers(ctx, n, &p->lower.row));
    n = 0;
    for (size_t k = 0; k < e->n; k++) {
        for (size_t i = k + 1; i < e->n; i++) {
            if (has_bit(&e->lower[k * e->n_word], p->order[i])) {
                p->lower.row[n++] = (uint32_t)i;
            }
        }
        p->lower.first[k + 1] = (uint32_t)n;
    }
out:
    return st;
}

/** The upper factor by columns. */
static tac_status list_upper(tac_ctx *ctx, const eliminator *e, tac_lu_pattern *p)
{
    tac_status st = TAC_OK;
    size_t n = 0;
    for (size_t k = 0; k < e->n; k++) {
        n += size_of_set(&e->upper[k * e->n_word], e->n_word);
    }
    TAC_TRY(alloc_numbers(ctx, e->n + 1, &p->upper.first));
    TAC_TRY(alloc_numbers(ctx, n, &p->upper.row));
    n = 0;
    for (size_t j = 0; j < e->n; j++) {
        for (size_t k = 0; k < j; k++) {
            if (has_bit(&e->upper[k * e->n_word], p->order[j])) {
                p->upper.row[n++] = (uint32_t)k;
            }
        }
        p->upper.first[j + 1] = (uint32_t)n;
    }
out:
    return st;
}

tac_status tac_lu_pattern_find(tac_ctx *ctx, size_t n, const int64_t *column, const int64_t *row,
                               tac_lu_pattern *pattern_out)
{
    tac_status st = TAC_OK;
    eliminator e = {0};
    tac_lu_pattern p = {.n = n};

    *pattern_out = (tac_lu_pattern){0};
    TAC_TRY(allocate(ctx, n, &e));
    TAC_TRY(enter(ctx, &e, column, row));
    TAC_TRY(alloc_numbers(ctx, n, &p.order));
    TAC_TRY(alloc_numbers(ctx, n, &p.place));
    for (size_t k = 0; k < n; k++) {
        const size_t pivot = cheapest(&e);
        p.order[k] = (uint32_t)pivot;
        p.place[pivot] = (uint32_t)k;
        eliminate(&e, k, pivot);
    }
    TAC_TRY(list_lower(ctx, &e, &p));
    TAC_TRY(list_upper(ctx, &e, &p));
    *pattern_out = p;
    p = (tac_lu_pattern){0};
out:
    tac_lu_pattern_clear(&p);
    clear(&e);
    return st;
}
