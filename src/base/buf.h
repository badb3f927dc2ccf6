/* SPDX-License-Identifier: Apache-2.0 */
/* A text that grows and owns its characters; failure is kept and asked for once, at the end. */
#ifndef TAC_BASE_BUF_H
#define TAC_BASE_BUF_H

#include <tactus/base.h>

#include <stdbool.h>

typedef struct tac_buf {
    char *text; /* n characters and a 0, or NULL while empty */
    size_t n;
    size_t cap;
    bool has_failed; /* memory was short once; what was added since then is lost */
} tac_buf;

#define TAC_BUF_INIT      \
    {                     \
        NULL, 0, 0, false \
    }

/** Free the characters and make the buffer empty again. */
void tac_buf_free(tac_buf *buf);

/** Empty the buffer but keep its memory. */
void tac_buf_clear(tac_buf *buf);

/** Append n characters. */
void tac_buf_add(tac_buf *buf, const char *text, size_t n);

/** Append a text up to its 0. */
void tac_buf_text(tac_buf *buf, const char *text);

/** Append as printf does (C locale numbers: nobody here changes the locale). */
void tac_buf_print(tac_buf *buf, const char *format, ...) TAC_PRINTF(2, 3);

/** The text so far, "" when empty. Borrowed until the next change. */
const char *tac_buf_str(const tac_buf *buf);

/** TAC_OK, or TAC_E_MEMORY with a message when anything was lost. */
TAC_MUST_CHECK tac_status tac_buf_check(tac_ctx *ctx, const tac_buf *buf);

/**
 * Give the text away, or free it where anything was lost.
 *
 * Ownership  *text_out is new, tac_free(); left alone on an error
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_buf_take(tac_ctx *ctx, tac_buf *buf, char **text_out);

#endif
