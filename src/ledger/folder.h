/* SPDX-License-Identifier: Apache-2.0 */
/* The files below a folder, in the order of their names. */
#ifndef TAC_LEDGER_FOLDER_H
#define TAC_LEDGER_FOLDER_H

#include "base/arena.h"

typedef struct tac_paths {
    const char **items;
    size_t n;
    size_t cap;
} tac_paths;

/**
 * Add the .yaml files below `path` (or the one that it is), sorted. Texts live in the arena.
 *
 * Errors  TAC_E_FILE  no such folder or file; folders inside each other deeper than 8
 */
TAC_MUST_CHECK tac_status tac_paths_below(tac_ctx *ctx, const char *path, tac_arena *arena,
                                          tac_paths *paths);

void tac_paths_free(tac_paths *paths);

#endif
