/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of numbers on disk, by number: what a long study has done survives its process.
 *
 * A row is whole (its checksum holds) or not there; a hole, a cut end or a row half written counts as not there. The file
 * says what it belongs to, and goes on only with the same. One process at a time may write to it.
 *
 *   bytes 0 ... 4095   text: a first line, then what it belongs to, one `name: value` a line, then zeros
 *   then row i         n doubles of the machine's own order and a checksum, at 4096 + i (n + 1) 8
 */
#ifndef TAC_BASE_JOURNAL_H
#define TAC_BASE_JOURNAL_H

#include <tactus/base.h>

#include <stdbool.h>

typedef struct tac_journal tac_journal;

/**
 * Begin a journal, or with is_resumed go on with the one at the path (or begin, where there is none).
 *
 * belongs_to  lines `name: value`; must be the same when a journal is resumed
 * Ownership   *journal_out is new: tac_journal_free()
 * Errors      TAC_E_INPUT  a journal is there and is_resumed is false; it is of something else (the first line that
 *                          differs is named); it is no journal
 *             TAC_E_FILE   cannot be read or written; another process writes to it
 */
TAC_MUST_CHECK tac_status tac_journal_open(tac_ctx *ctx, const char *path, const char *belongs_to,
                                           size_t n_number, bool is_resumed,
                                           tac_journal **journal_out);

/** Close; the file stays. NULL is accepted. */
void tac_journal_free(tac_journal *journal);

/** Numbers in a row. */
size_t tac_journal_n_number(const tac_journal *journal);

/** Write row i; several threads may at once. Errors: TAC_E_FILE such as a full disk. */
TAC_MUST_CHECK tac_status tac_journal_put(tac_ctx *ctx, const tac_journal *journal, size_t i,
                                          const double *row);

/** Read rows i_first ... i_first + n - 1 into rows [n][n_number]; is_there [n] tells which are. */
TAC_MUST_CHECK tac_status tac_journal_get(tac_ctx *ctx, const tac_journal *journal, size_t i_first,
                                          size_t n, double *rows, bool *is_there);

/** Delete the file: what it held is now elsewhere. */
TAC_MUST_CHECK tac_status tac_journal_remove(tac_ctx *ctx, const tac_journal *journal);

#endif
