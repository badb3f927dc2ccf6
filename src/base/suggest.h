/* SPDX-License-Identifier: Apache-2.0 */
/* Which known word did the person mean? */
#ifndef TAC_BASE_SUGGEST_H
#define TAC_BASE_SUGGEST_H

#include "base/buf.h"

/** The word of the list that is nearest to `found` (one slip, or a third of its letters), or NULL. */
const char *tac_suggest(const char *found, size_t n_word, const char *const *words);

/**
 * Append "did you mean 'swedish'? allowed: a, b, c" to buf; the first half only when a word is
 * near, long lists are cut after twenty-four words.
 */
void tac_suggest_print(tac_buf *buf, const char *found, size_t n_word, const char *const *words);

#endif
