/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of text: one row a line, cells parted by tabs, first line the names, # starts a comment line. */
#ifndef TAC_BASE_TSV_H
#define TAC_BASE_TSV_H

#include "base/source.h"

#include <stdbool.h>

typedef struct tac_tsv tac_tsv;

/**
 * Read a table whose first line must hold the wanted column names (others may stand between).
 *
 * Ownership  *tsv_out is new: tac_tsv_free(); the source's text is copied
 * Errors     TAC_E_SYNTAX  no header, a missing column, a row with another number of cells
 */
TAC_MUST_CHECK tac_status tac_tsv_read(tac_ctx *ctx, const tac_source *source, size_t n_column,
                                       const char *const *columns, tac_tsv **tsv_out);

/** Free the table; NULL is accepted. */
void tac_tsv_free(tac_tsv *tsv);

/** Number of rows below the header. */
size_t tac_tsv_n_row(const tac_tsv *tsv);

/** Cell of the i-th wanted column (order of `columns`), spaces trimmed; "" when empty. Borrowed. */
const char *tac_tsv_cell(const tac_tsv *tsv, size_t row, size_t column);

/** Where the cell stands, for tac_fail_at with the source of tac_tsv_source(). */
tac_span tac_tsv_span(const tac_tsv *tsv, size_t row, size_t column);

/** The table's own copy of its source. Borrowed. */
const tac_source *tac_tsv_source(const tac_tsv *tsv);

/**
 * The cell as a number.
 *
 * Errors  TAC_E_SYNTAX  not a finite number; *is_empty_out tells an empty cell (then no error) when
 *                       it is not NULL
 */
TAC_MUST_CHECK tac_status tac_tsv_number(tac_ctx *ctx, const tac_tsv *tsv, size_t row,
                                         size_t column, bool *is_empty_out, double *value_out);

#endif
