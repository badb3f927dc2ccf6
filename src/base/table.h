/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of results: named columns with units, numbers or texts, on their way from a study to a page.
 *
 * Whoever computes fills them, whoever writes reads them; neither has to know the other.
 */
#ifndef TAC_BASE_TABLE_H
#define TAC_BASE_TABLE_H

#include "base/journal.h"

#include <tactus/base.h>

#include <stdbool.h>

typedef struct tac_table tac_table;

/** What a column is; texts are borrowed from whoever makes the column and are copied. */
typedef struct tac_column {
    const char *name;
    const char *unit; /* "" for texts and pure numbers */
    bool is_text;
} tac_column;

/** Several tables under their names: everything that one study gives. */
typedef struct tac_results tac_results;

/** Create an empty bundle. Ownership: new, tac_results_free(). */
TAC_MUST_CHECK tac_status tac_results_create(tac_ctx *ctx, tac_results **results_out);

/**
 * Add an empty table with its columns.
 *
 * Ownership  *table_out is borrowed from the bundle
 */
TAC_MUST_CHECK tac_status tac_results_add(tac_ctx *ctx, tac_results *results, const char *name,
                                          size_t n_column, const tac_column *columns,
                                          tac_table **table_out);

/** Find a table; stops with TAC_BUG when it is not there: tables are part of a study's contract. */
const tac_table *tac_results_table(const tac_results *results, const char *name);

/** True when there is such a table: some stand only in studies that were asked for them. */
bool tac_results_has(const tac_results *results, const char *name);

/** Append n rows of NaN and ""; *row_out (may be NULL) is the first of them. */
TAC_MUST_CHECK tac_status tac_table_add_rows(tac_ctx *ctx, tac_table *table, size_t n,
                                             size_t *row_out);

/** Number of rows and of columns. */
size_t tac_table_n_row(const tac_table *table);
size_t tac_table_n_column(const tac_table *table);

/** A column's name, unit and kind. Borrowed. */
const tac_column *tac_table_column(const tac_table *table, size_t column);

/** Index of a column by name; stops with TAC_BUG when it is not there. */
size_t tac_table_find(const tac_table *table, const char *column);

/** True when there is such a column. */
bool tac_table_has(const tac_table *table, const char *column);

/** The numbers of a column, [n_row]; valid until rows are added. */
double *tac_table_numbers(tac_table *table, size_t column);

/** Read a number or a text ("" when empty). */
double tac_table_number(const tac_table *table, size_t row, size_t column);
const char *tac_table_text(const tac_table *table, size_t row, size_t column);

/** The same by the column's name. */
double tac_table_number_of(const tac_table *table, size_t row, const char *column);
const char *tac_table_text_of(const tac_table *table, size_t row, const char *column);

/** Set a number, or a copy of a text, by the column's name. */
void tac_table_set(tac_table *table, size_t row, const char *column, double value);
TAC_MUST_CHECK tac_status tac_table_set_text(tac_ctx *ctx, tac_table *table, size_t row,
                                             const char *column, const char *text);

/** Rows of numbers that are too many for a table, on disk; taken by the bundle. */
void tac_results_keep_journal(tac_results *results, tac_journal *journal);

/** Those rows; stops with TAC_BUG when there are none. Borrowed. */
const tac_journal *tac_results_journal(const tac_results *results);

/** The number or the text beside a key; stops with TAC_BUG when there is no such key. */
double tac_table_key_number(const tac_table *table, const char *key);
const char *tac_table_key_text(const tac_table *table, const char *key);

/* A row of a table of keys: a text, a number, or both. */
typedef struct tac_key {
    const char *key;
    const char *text;
    double number;
} tac_key;

/** Add a table of keys: columns "key", "text" and "number", and these rows. */
TAC_MUST_CHECK tac_status tac_results_add_keys(tac_ctx *ctx, tac_results *results, const char *name,
                                               size_t n, const tac_key *rows);

/** Append a row to a table of keys: a text in its column "key" and another in "text". */
TAC_MUST_CHECK tac_status tac_table_add_text(tac_ctx *ctx, tac_table *table, const char *key,
                                             const char *text);

/** Append a row to a table of keys: a text in its column "key" and a number in "number". */
TAC_MUST_CHECK tac_status tac_table_add_number(tac_ctx *ctx, tac_table *table, const char *key,
                                               double number);

#endif
