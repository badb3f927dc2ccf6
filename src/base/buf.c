/* SPDX-License-Identifier: Apache-2.0 */
/* A growing text; see buf.h. */
#include "base/buf.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void tac_buf_free(tac_buf *buf)
{
    tac_free(buf->text);
    *buf = (tac_buf)TAC_BUF_INIT;
}

void tac_buf_clear(tac_buf *buf)
{
    buf->n = 0;
    if (buf->text != NULL) {
        buf->text[0] = '\0';
    }
}

/** Make room for n more characters and the closing 0. */
static bool reserve(tac_buf *buf, size_t n)
{
    if (buf->has_failed || n > SIZE_MAX / 4) {
        buf->has_failed = true;
        return false;
    }
    const size_t wanted = buf->n + n + 1;
    if (wanted <= buf->cap) {
        return true;
    }
    const size_t cap = wanted > 2 * buf->cap ? wanted + 64 : 2 * buf->cap;
    char *text = tac_realloc(buf->text, cap, 1);
    if (text == NULL) {
        buf->has_failed = true;
        return false;
    }
    buf->text = text;
    buf->cap = cap;
    return true;
}

void tac_buf_add(tac_buf *buf, const char *text, size_t n)
{
    if (n > 0 && reserve(buf, n)) {
        memcpy(buf->text + buf->n, text, n);
        buf->n += n;
        buf->text[buf->n] = '\0';
    }
}

void tac_buf_text(tac_buf *buf, const char *text)
{
    tac_buf_add(buf, text, strlen(text));
}

void tac_buf_print(tac_buf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    const int n = vsnprintf(NULL, 0, format, args);
    if (n < 0) {
        buf->has_failed = true;
    } else if (reserve(buf, (size_t)n)) {
        vsnprintf(buf->text + buf->n, (size_t)n + 1, format, again);
        buf->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

const char *tac_buf_str(const tac_buf *buf)
{
    return buf->text == NULL ? "" : buf->text;
}

tac_status tac_buf_check(tac_ctx *ctx, const tac_buf *buf)
{
    if (buf->has_failed) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory while writing a text");
    }
    return TAC_OK;
}

tac_status tac_buf_take(tac_ctx *ctx, tac_buf *buf, char **text_out)
{
    const tac_status st = tac_buf_check(ctx, buf);
    if (st != TAC_OK) {
        tac_buf_free(buf);
        return st;
    }
    *text_out = buf->text;
    *buf = (tac_buf)TAC_BUF_INIT;
    return TAC_OK;
}
