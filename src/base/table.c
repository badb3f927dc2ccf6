/* SPDX-License-Identifier: Apache-2.0 */
/* Column-wise tables; see table.h. */
#include "base/table.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"

#include <tactus/study.h>

#include <math.h>
#include <string.h>

typedef struct stored {
    tac_column is;
    double *numbers;    /* [cap_row], or NULL for a text column */
    const char **texts; /* [cap_row], or NULL */
} stored;

struct tac_table {
    tac_arena *arena; /* of the bundle */
    const char *name;
    stored *columns;
    size_t n_column;
    size_t n_row;
    size_t cap_row;
    tac_table *next;
};

struct tac_results {
    tac_arena *arena;
    tac_journal *journal; /* NULL in most studies */
    tac_table *first;
};

tac_status tac_results_create(tac_ctx *ctx, tac_results **results_out)
{
    void *memory = NULL;
    *results_out = NULL;
    tac_status st = tac_alloc(ctx, 1, sizeof(tac_results), &memory);
    if (st != TAC_OK) {
        return st;
    }
    tac_results *results = memory;
    results->arena = tac_arena_create();
    if (results->arena == NULL) {
        tac_free(results);
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    *results_out = results;
    return TAC_OK;
}

void tac_results_free(tac_results *results)
{
    if (results == NULL) {
        return;
    }
    for (tac_table *t = results->first; t != NULL; t = t->next) {
        for (size_t j = 0; j < t->n_column; j++) {
            tac_free(t->columns[j].numbers);
            tac_free(t->columns[j].texts);
        }
    }
    tac_arena_free(results->arena);
    tac_journal_free(results->journal);
    tac_free(results);
}

void tac_results_keep_journal(tac_results *results, tac_journal *journal)
{
    results->journal = journal;
}

const tac_journal *tac_results_journal(const tac_results *results)
{
    if (results->journal == NULL) {
        TAC_BUG("the results have no journal");
    }
    return results->journal;
}

tac_status tac_results_add(tac_ctx *ctx, tac_results *results, const char *name, size_t n_column,
                           const tac_column *columns, tac_table **table_out)
{
    tac_arena *arena = results->arena;
    tac_table *table = tac_arena_alloc(arena, sizeof *table);
    *table_out = NULL;
    if (table == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    table->arena = arena;
    table->name = tac_arena_text(arena, name, strlen(name));
    table->columns = tac_arena_alloc(arena, n_column * sizeof *table->columns);
    bool is_whole = table->name != NULL && table->columns != NULL;
    for (size_t j = 0; is_whole && j < n_column; j++) {
        tac_column *is = &table->columns[j].is;
        is->name = tac_arena_text(arena, columns[j].name, strlen(columns[j].name));
        is->unit = tac_arena_text(arena, columns[j].unit, strlen(columns[j].unit));
        is->is_text = columns[j].is_text;
        is_whole = is->name != NULL && is->unit != NULL;
    }
    if (!is_whole) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    table->n_column = n_column;
    table->next = results->first;
    results->first = table;
    *table_out = table;
    return TAC_OK;
}

static const tac_table *find_table(const tac_results *results, const char *name)
{
    for (const tac_table *t = results->first; t != NULL; t = t->next) {
        if (strcmp(t->name, name) == 0) {
            return t;
        }
    }
    return NULL;
}

const tac_table *tac_results_table(const tac_results *results, const char *name)
{
    const tac_table *table = find_table(results, name);
    if (table == NULL) {
        TAC_BUG("the results have no such table");
    }
    return table;
}

bool tac_results_has(const tac_results *results, const char *name)
{
    return find_table(results, name) != NULL;
}

static bool grow(stored *c, size_t cap)
{
    if (c->is.is_text) {
        const char **texts = tac_realloc(c->texts, cap, sizeof *texts);
        c->texts = texts == NULL ? c->texts : texts;
        return texts != NULL;
    }
    double *numbers = tac_realloc(c->numbers, cap, sizeof *numbers);
    c->numbers = numbers == NULL ? c->numbers : numbers;
    return numbers != NULL;
}

tac_status tac_table_add_rows(tac_ctx *ctx, tac_table *table, size_t n, size_t *row_out)
{
    const size_t n_row = table->n_row + n;
    if (n_row > table->cap_row) {
        const size_t cap = n_row > 2 * table->cap_row ? n_row : 2 * table->cap_row;
        for (size_t j = 0; j < table->n_column; j++) {
            if (!grow(&table->columns[j], cap)) {
                return tac_fail(ctx, TAC_E_MEMORY, "out of memory (%zu rows)", cap);
            }
        }
        table->cap_row = cap;
    }
    for (size_t j = 0; j < table->n_column; j++) {
        for (size_t i = table->n_row; i < n_row; i++) {
            if (table->columns[j].is.is_text) {
                table->columns[j].texts[i] = "";
            } else {
                table->columns[j].numbers[i] = (double)NAN;
            }
        }
    }
    if (row_out != NULL) {
        *row_out = table->n_row;
    }
    table->n_row = n_row;
    return TAC_OK;
}

size_t tac_table_n_row(const tac_table *table)
{
    return table->n_row;
}

size_t tac_table_n_column(const tac_table *table)
{
    return table->n_column;
}

const tac_column *tac_table_column(const tac_table *table, size_t column)
{
    return &table->columns[column].is;
}

static size_t find(const tac_table *table, const char *name)
{
    size_t j = 0;
    while (j < table->n_column && strcmp(table->columns[j].is.name, name) != 0) {
        j++;
    }
    return j;
}

bool tac_table_has(const tac_table *table, const char *column)
{
    return find(table, column) < table->n_column;
}

size_t tac_table_find(const tac_table *table, const char *column)
{
    const size_t j = find(table, column);
    if (j == table->n_column) {
        TAC_BUG("a table has no such column");
    }
    return j;
}

double *tac_table_numbers(tac_table *table, size_t column)
{
    return table->columns[column].numbers;
}

double tac_table_number(const tac_table *table, size_t row, size_t column)
{
    return table->columns[column].numbers[row];
}

const char *tac_table_text(const tac_table *table, size_t row, size_t column)
{
    return table->columns[column].texts[row];
}

double tac_table_number_of(const tac_table *table, size_t row, const char *column)
{
    return tac_table_number(table, row, tac_table_find(table, column));
}

const char *tac_table_text_of(const tac_table *table, size_t row, const char *column)
{
    return tac_table_text(table, row, tac_table_find(table, column));
}

void tac_table_set(tac_table *table, size_t row, const char *column, double value)
{
    table->columns[tac_table_find(table, column)].numbers[row] = value;
}

tac_status tac_table_set_text(tac_ctx *ctx, tac_table *table, size_t row, const char *column,
                              const char *text)
{
    const char *copy = tac_arena_text(table->arena, text, strlen(text));
    if (copy == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    table->columns[tac_table_find(table, column)].texts[row] = copy;
    return TAC_OK;
}

tac_status tac_table_add_number(tac_ctx *ctx, tac_table *table, const char *key, double number)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "key", key));
    tac_table_set(table, row, "number", number);
out:
    return st;
}

tac_status tac_table_add_text(tac_ctx *ctx, tac_table *table, const char *key, const char *text)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "key", key));
    TAC_TRY(tac_table_set_text(ctx, table, row, "text", text));
out:
    return st;
}

static size_t row_of_key(const tac_table *table, const char *key)
{
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        if (strcmp(tac_table_text_of(table, i, "key"), key) == 0) {
            return i;
        }
    }
    TAC_BUG("the table has no such key");
}

double tac_table_key_number(const tac_table *table, const char *key)
{
    return tac_table_number_of(table, row_of_key(table, key), "number");
}

const char *tac_table_key_text(const tac_table *table, const char *key)
{
    return tac_table_text_of(table, row_of_key(table, key), "text");
}

tac_status tac_results_add_keys(tac_ctx *ctx, tac_results *results, const char *name, size_t n,
                                const tac_key *rows)
{
    static const tac_column COLUMNS[] = {{"key", "", true},
                                         {"text", "", true},
                                         {"number", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(
        tac_results_add(ctx, results, name, sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, n, NULL));
    for (size_t i = 0; i < n; i++) {
        TAC_TRY(tac_table_set_text(ctx, table, i, "key", rows[i].key));
        TAC_TRY(tac_table_set_text(ctx, table, i, "text", rows[i].text));
        tac_table_set(table, i, "number", rows[i].number);
    }
out:
    return st;
}
