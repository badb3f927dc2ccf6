/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files, read with a limit and written so that nobody ever sees half of one. */
#ifndef TAC_BASE_FILE_H
#define TAC_BASE_FILE_H

#include "base/buf.h"

/**
 * Append the whole file to *text, but for a byte order mark at its beginning.
 *
 * Errors  TAC_E_FILE  not there, a directory, no permission, larger than max_bytes; the message says which
 */
TAC_MUST_CHECK tac_status tac_file_read(tac_ctx *ctx, const char *path, size_t max_bytes,
                                        tac_buf *text);

/**
 * Write beside the path, flush to disk and rename: afterwards the file is whole or as it was before.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a directory in the way; nothing is left behind
 */
TAC_MUST_CHECK tac_status tac_file_write(tac_ctx *ctx, const char *path, const char *text,
                                         size_t n);

/** A file that grows piece by piece beside its place. */
typedef struct tac_growing tac_growing;

/**
 * Begin a file beside the path.
 *
 * Ownership  *file_out is new: tac_growing_free(), which leaves nothing behind unless tac_growing_end() was well
 * Errors     TAC_E_FILE  no permission
 */
TAC_MUST_CHECK tac_status tac_growing_begin(tac_ctx *ctx, const char *path, tac_growing **file_out);

/** Where it grows, for a library that writes files itself. Borrowed. */
const char *tac_growing_beside(const tac_growing *file);

/** Append n bytes. Errors: TAC_E_FILE such as a full disk. */
TAC_MUST_CHECK tac_status tac_growing_add(tac_ctx *ctx, tac_growing *file, const char *text,
                                          size_t n);

/** Flush to disk and rename to the path. Errors: TAC_E_FILE. */
TAC_MUST_CHECK tac_status tac_growing_end(tac_ctx *ctx, tac_growing *file);

void tac_growing_free(tac_growing *file);

/** Create a folder and those above it; TAC_OK when it is there already. */
TAC_MUST_CHECK tac_status tac_dir_create(tac_ctx *ctx, const char *path);

#endif
