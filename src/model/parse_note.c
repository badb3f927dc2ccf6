/* SPDX-License-Identifier: Apache-2.0 */
/* The words at a declaration: the comment behind it, or those right above. */
#include "model/parser.h"

#include <string.h>

/** Index of the first comment behind an offset. */
static size_t comment_behind(const tac_parser *p, size_t offset)
{
    size_t low = 0;
    size_t high = p->tokens.n_comment;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (p->tokens.comments[middle].span.offset > offset) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* A note is a line or a few: longer comments, and those of lines that no person wrote, are left where they are. */
static const size_t MAX_NOTE = 1000;
static const size_t MAX_LINE = 2000;

/** Where the line of an offset begins; false when that is too far away. */
static bool line_begin(const tac_parser *p, size_t offset, size_t *begin_out)
{
    size_t i = offset;
    while (i > 0 && offset - i <= MAX_LINE && p->source->text[i - 1] != '\n') {
        i--;
    }
    *begin_out = i;
    return offset - i <= MAX_LINE;
}

/** True when a comment has its line alone and only the end of that line is between it and `begin`. */
static bool is_right_above(const tac_parser *p, const tac_comment *c, size_t begin)
{
    size_t n_line = 0;
    size_t i = c->span.offset + c->span.n;
    if (begin - i > MAX_LINE) {
        return false;
    }
    for (; i < begin; i++) {
        n_line += p->source->text[i] == '\n' ? 1 : 0;
    }
    return c->is_alone && n_line == 1;
}

/** The texts of comments i to end - 1, joined by spaces; n characters in all. */
static const char *join_comments(const tac_parser *p, size_t i, size_t end, size_t n)
{
    char *text = tac_arena_alloc(p->library->arena, n + 1);
    for (char *to = text; text != NULL && i < end; i++) {
        const tac_span span = p->tokens.comments[i].span;
        memcpy(to, p->source->text + span.offset, span.n);
        to += span.n;
        *to++ = i + 1 < end ? ' ' : '\0';
    }
    return text;
}

const char *tac_parser_note(const tac_parser *p, tac_span name)
{
    const tac_comment *comments = p->tokens.comments;
    const size_t end = comment_behind(p, name.offset);
    size_t begin = 0;
    if (end < p->tokens.n_comment && line_begin(p, comments[end].span.offset, &begin)
        && begin <= name.offset) {
        return comments[end].span.n > MAX_NOTE ? "" : tac_parser_text(p, comments[end].span);
    }
    size_t first = end;
    size_t n = 0;
    bool is_known = line_begin(p, name.offset, &begin);
    while (is_known && first > 0 && is_right_above(p, &comments[first - 1], begin)) {
        first--;
        n += comments[first].span.n + 1U;
        is_known = n <= MAX_NOTE && line_begin(p, comments[first].span.offset, &begin);
    }
    return first == end || n > MAX_NOTE ? "" : join_comments(p, first, end, n);
}
