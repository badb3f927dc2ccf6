/* SPDX-License-Identifier: Apache-2.0 */
/* Messages with line, column and caret. */
#include "base/source.h"

#include "base/buf.h"
#include "base/fail.h"

#include <stdarg.h>
#include <stdio.h>

/* A longer line is shown in part, around the place. */
static const size_t MAX_SHOWN = 100;

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xC0U) == 0x80U;
}

void tac_source_place(const tac_source *source, size_t offset, size_t *line_out, size_t *column_out)
{
    size_t line = 1;
    size_t column = 1;
    const size_t end = offset < source->n ? offset : source->n;
    for (size_t i = 0; i < end; i++) {
        if (source->text[i] == '\n') {
            line++;
            column = 1;
        } else if (!is_continuation(source->text[i])) {
            column++;
        }
    }
    *line_out = line;
    *column_out = column;
}

/** Append the line of the span and a second one with a caret under it. */
static void show_line(tac_buf *buf, const tac_source *source, tac_span span)
{
    const size_t offset = span.offset < source->n ? span.offset : source->n;
    size_t begin = offset;
    while (begin > 0 && source->text[begin - 1] != '\n') {
        begin--;
    }
    size_t end = offset;
    while (end < source->n && source->text[end] != '\n' && source->text[end] != '\r') {
        end++;
    }
    if (offset - begin > MAX_SHOWN) {
        begin = offset - MAX_SHOWN / 2;
        while (begin < offset && is_continuation(source->text[begin])) {
            begin++;
        }
    }
    if (end - begin > 2 * MAX_SHOWN) {
        end = begin + 2 * MAX_SHOWN;
        while (end > begin && end < source->n && is_continuation(source->text[end])) {
            end--;
        }
    }
    tac_buf_text(buf, "\n  ");
    for (size_t i = begin; i < end; i++) {
        const unsigned char c = (unsigned char)source->text[i];
        const char shown = (char)(c == '\t' ? ' ' : (c < 32 || c == 127) ? '?' : c);
        tac_buf_add(buf, &shown, 1);
    }
    tac_buf_text(buf, "\n  ");
    for (size_t i = begin; i < offset; i++) {
        if (!is_continuation(source->text[i])) {
            tac_buf_text(buf, " ");
        }
    }
    tac_buf_text(buf, "^");
    for (size_t i = offset + 1; i < end && i < (size_t)span.offset + span.n; i++) {
        if (!is_continuation(source->text[i])) {
            tac_buf_text(buf, "~");
        }
    }
}

#undef tac_fail_at
tac_status tac_fail_at(tac_ctx *ctx, tac_status status, const tac_source *source, tac_span span,
                       const char *format, ...)
{
    size_t line = 0;
    size_t column = 0;
    char what[1024];
    tac_buf buf = TAC_BUF_INIT;
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    tac_source_place(source, span.offset, &line, &column);
    tac_buf_print(&buf, "%s:%zu:%zu: %s", source->name, line, column, what);
    show_line(&buf, source, span);
    if (buf.has_failed) {
        status = TAC_E_MEMORY;
    }
    tac_fail(ctx, status, "%s", tac_buf_str(&buf));
    tac_buf_free(&buf);
    return status;
}
