/* SPDX-License-Identifier: Apache-2.0 */
/* Reads tab-separated tables; see tsv.h. */
#include "base/tsv.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct cell {
    const char *text; /* trimmed copy */
    tac_span span;
} cell;

struct tac_tsv {
    tac_arena *arena;
    tac_source source;
    size_t n_column; /* wanted ones */
    size_t n_row;
    cell *cells; /* [n_row][n_column] */
};

/* Wider tables than this are not tables. */
#define MAX_COLUMNS 128

void tac_tsv_free(tac_tsv *tsv)
{
    if (tsv != NULL) {
        tac_free(tsv->cells);
        tac_arena_free(tsv->arena);
        tac_free(tsv);
    }
}

size_t tac_tsv_n_row(const tac_tsv *tsv)
{
    return tsv->n_row;
}

const tac_source *tac_tsv_source(const tac_tsv *tsv)
{
    return &tsv->source;
}

static const cell *cell_at(const tac_tsv *tsv, size_t row, size_t column)
{
    if (row >= tsv->n_row || column >= tsv->n_column) {
        TAC_BUG("a table has no such cell");
    }
    return &tsv->cells[row * tsv->n_column + column];
}

const char *tac_tsv_cell(const tac_tsv *tsv, size_t row, size_t column)
{
    return cell_at(tsv, row, column)->text;
}

tac_span tac_tsv_span(const tac_tsv *tsv, size_t row, size_t column)
{
    return cell_at(tsv, row, column)->span;
}

tac_status tac_tsv_number(tac_ctx *ctx, const tac_tsv *tsv, size_t row, size_t column,
                          bool *is_empty_out, double *value_out)
{
    const cell *c = cell_at(tsv, row, column);
    if (is_empty_out != NULL) {
        *is_empty_out = c->text[0] == '\0';
        if (*is_empty_out) {
            *value_out = (double)NAN;
            return TAC_OK;
        }
    }
    char *end = NULL;
    const bool is_plain = c->text[strspn(c->text, "+-.0123456789eE")] == '\0'; /* not 0x10, inf */
    const double value = strtod(c->text, &end);
    if (!is_plain || end == c->text || *end != '\0' || !isfinite(value)) {
        return tac_fail_at(ctx, TAC_E_SYNTAX, &tsv->source, c->span,
                           "'%s' is not a number; write it as 0.5 or 5e-1", c->text);
    }
    *value_out = value;
    return TAC_OK;
}

/** Split one line at its tabs; returns the number of cells, at most MAX_COLUMNS. */
static size_t split(const tac_source *source, size_t begin, size_t end, tac_span *spans)
{
    size_t n = 0;
    size_t from = begin;
    for (size_t i = begin; i <= end && n < MAX_COLUMNS; i++) {
        if (i == end || source->text[i] == '\t') {
            size_t a = from;
            size_t b = i;
            while (a < b && source->text[a] == ' ') {
                a++;
            }
            while (b > a && (source->text[b - 1] == ' ' || source->text[b - 1] == '\r')) {
                b--;
            }
            spans[n++] = (tac_span){(uint32_t)a, (uint32_t)(b - a)};
            from = i + 1;
        }
    }
    return n;
}

static size_t line_end(const tac_source *source, size_t begin)
{
    const char *feed = memchr(source->text + begin, '\n', source->n - begin);
    return feed == NULL ? source->n : (size_t)(feed - source->text);
}

/** Lines that hold nothing, or a comment, are not rows. */
static bool is_row(const tac_source *source, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++) {
        const char c = source->text[i];
        if (c == '#') {
            return false;
        }
        if (c != ' ' && c != '\t' && c != '\r') {
            return true;
        }
    }
    return false;
}

static size_t count_rows(const tac_source *source)
{
    size_t n = 0;
    for (size_t begin = 0; begin < source->n; begin = line_end(source, begin) + 1) {
        n += is_row(source, begin, line_end(source, begin)) ? 1 : 0;
    }
    return n;
}

/** Find each wanted column in the header. */
static tac_status map_columns(tac_ctx *ctx, const tac_tsv *tsv, const char *const *columns,
                              size_t n_cell, const tac_span *spans, size_t *where_out)
{
    tac_status st = TAC_OK;
    for (size_t j = 0; j < tsv->n_column; j++) {
        where_out[j] = n_cell;
        for (size_t k = 0; k < n_cell; k++) {
            if (strlen(columns[j]) == spans[k].n
                && memcmp(columns[j], tsv->source.text + spans[k].offset, spans[k].n) == 0) {
                where_out[j] = k;
            }
        }
        if (where_out[j] == n_cell) {
            st = tac_fail_at(ctx, TAC_E_SYNTAX, &tsv->source, spans[0],
                             "the header has no column '%s'", columns[j]);
        }
    }
    return st;
}

static tac_status add_row(tac_ctx *ctx, tac_tsv *tsv, size_t n_header, size_t n_cell,
                          const tac_span *spans, const size_t *where)
{
    if (n_cell != n_header) {
        return tac_fail_at(ctx, TAC_E_SYNTAX, &tsv->source, spans[0],
                           "this row has %zu cells, the header has %zu", n_cell, n_header);
    }
    for (size_t j = 0; j < tsv->n_column; j++) {
        const tac_span span = spans[where[j]];
        const char *text = tac_arena_text(tsv->arena, tsv->source.text + span.offset, span.n);
        if (text == NULL) {
            return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        }
        tsv->cells[tsv->n_row * tsv->n_column + j] = (cell){text, span};
    }
    tsv->n_row++;
    return TAC_OK;
}

/** Read the header and all rows; goes on after a bad row. */
static tac_status read_rows(tac_ctx *ctx, tac_tsv *tsv, const char *const *columns)
{
    tac_status result = TAC_OK;
    tac_span spans[MAX_COLUMNS];
    size_t where[MAX_COLUMNS];
    size_t n_header = 0;

    for (size_t begin = 0; begin < tsv->source.n && !tac_ctx_is_full(ctx);) {
        const size_t end = line_end(&tsv->source, begin);
        if (is_row(&tsv->source, begin, end)) {
            const size_t n_cell = split(&tsv->source, begin, end, spans);
            tac_status st = TAC_OK;
            if (n_header == 0) {
                n_header = n_cell;
                st = map_columns(ctx, tsv, columns, n_cell, spans, where);
                if (st != TAC_OK) {
                    return st;
                }
            } else {
                st = add_row(ctx, tsv, n_header, n_cell, spans, where);
            }
            result = st != TAC_OK ? st : result;
        }
        begin = end + 1;
    }
    if (n_header == 0) {
        return tac_fail(ctx, TAC_E_SYNTAX,
                        "%s: the table is empty, its first line must name the columns",
                        tsv->source.name);
    }
    return result;
}

tac_status tac_tsv_read(tac_ctx *ctx, const tac_source *source, size_t n_column,
                        const char *const *columns, tac_tsv **tsv_out)
{
    tac_status st = TAC_OK;
    tac_tsv *tsv = NULL;
    void *memory = NULL;

    *tsv_out = NULL;
    if (n_column == 0 || n_column > MAX_COLUMNS) {
        TAC_BUG("a table wants between 1 and 128 columns");
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *tsv, &memory));
    tsv = memory;
    tsv->arena = tac_arena_create();
    if (tsv->arena != NULL) {
        tsv->source.name = tac_arena_text(tsv->arena, source->name, strlen(source->name));
        tsv->source.text = tac_arena_text(tsv->arena, source->text, source->n);
        tsv->source.n = source->n;
    }
    if (tsv->arena == NULL || tsv->source.name == NULL || tsv->source.text == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    tsv->n_column = n_column;
    TAC_TRY(tac_alloc(ctx, count_rows(&tsv->source) * n_column, sizeof(cell), &memory));
    tsv->cells = memory;
    TAC_TRY(read_rows(ctx, tsv, columns));
    *tsv_out = tsv;
    tsv = NULL;
out:
    tac_tsv_free(tsv);
    return st;
}
