/* SPDX-License-Identifier: Apache-2.0 */
/* Columns and wrapped lines; see layout.h. */
#include "report/layout.h"

#include <string.h>

#define PAGE_WIDTH 80

/** Width on the screen: characters, not bytes. */
static size_t width_of(const char *text)
{
    size_t n = 0;
    for (const char *c = text; *c != '\0'; c++) {
        n += ((unsigned char)*c & 0xC0U) != 0x80U ? 1 : 0;
    }
    return n;
}

void tac_line_put(tac_line *line, size_t column, const char *text)
{
    if (line->width > 0 && line->width >= column) {
        tac_buf_text(line->buf, " ");
        line->width++;
    }
    for (; line->width < column; line->width++) {
        tac_buf_text(line->buf, " ");
    }
    tac_buf_text(line->buf, text);
    line->width += width_of(text);
}

void tac_line_put_ending_at(tac_line *line, size_t column, const char *text)
{
    const size_t width = width_of(text);
    tac_line_put(line, column > width ? column - width : 0, text);
}

void tac_interval_tighten(tac_buf *interval, size_t width)
{
    static const char DOTS[] = "…";
    char *at = width_of(tac_buf_str(interval)) > width ? strstr(interval->text, DOTS) : NULL;
    if (at != NULL && at > interval->text && at[-1] == ' ') {
        memmove(at - 1, at, strlen(DOTS));
        memmove(at - 1 + strlen(DOTS), at + strlen(DOTS) + 1, strlen(at + strlen(DOTS) + 1) + 1);
        interval->n -= 2;
    }
}

void tac_line_end(tac_line *line)
{
    tac_buf_text(line->buf, "\n");
    line->width = 0;
}

void tac_hanging_put(tac_buf *buf, const char *first, const char *text, const char *indent)
{
    size_t width = width_of(first);
    tac_buf_text(buf, first);
    for (const char *word = text; *word != '\0';) {
        const size_t n = strcspn(word, " ");
        char small[256];
        const size_t n_kept = n < sizeof small - 1 ? n : sizeof small - 1;
        memcpy(small, word, n_kept);
        small[n_kept] = '\0';
        const size_t wide = width_of(small);
        if (word > text && width + 1 + wide > PAGE_WIDTH) {
            tac_buf_print(buf, "\n%s", indent);
            width = width_of(indent);
        } else if (word > text) {
            tac_buf_text(buf, " ");
            width++;
        }
        tac_buf_add(buf, word, n);
        width += wide;
        word += n + strspn(word + n, " ");
    }
    tac_buf_text(buf, "\n");
}

void tac_wrapped_put(tac_buf *buf, const char *text, const char *indent)
{
    tac_hanging_put(buf, "", text, indent);
}
