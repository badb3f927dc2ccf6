/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files, read with a limit and written so that nobody ever sees half of one. */
#ifndef TAC_BASE_FILE_H
#define TAC_BASE_FILE_H

#include "base/buf.h"

/**
 * Append the whole file to *text.
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

/** Create a folder and those above it; TAC_OK when it is there already. */
TAC_MUST_CHECK tac_status tac_dir_create(tac_ctx *ctx, const char *path);

#endif
