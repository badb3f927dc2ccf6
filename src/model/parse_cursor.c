/* SPDX-License-Identifier: Apache-2.0 */
/* A cursor over tokens: what stands there, taking it, and messages at its place. */
#include "base/fail.h"
#include "model/parser.h"

#include <string.h>

const tac_token *tac_parser_now(const tac_parser *p)
{
    return &p->tokens.items[p->i];
}

const tac_token *tac_parser_next(const tac_parser *p)
{
    const size_t i = p->i + 1 < p->tokens.n ? p->i + 1 : p->i;
    return &p->tokens.items[i];
}

bool tac_parser_is(const tac_parser *p, const tac_token *token, const char *text)
{
    return token->kind != TAC_TOKEN_END && token->kind != TAC_TOKEN_TEXT
           && strlen(text) == token->span.n
           && memcmp(text, p->source->text + token->span.offset, token->span.n) == 0;
}

bool tac_parser_take(tac_parser *p, const char *text)
{
    if (!tac_parser_is(p, tac_parser_now(p), text)) {
        return false;
    }
    p->i++;
    return true;
}

tac_status tac_parser_fail(const tac_parser *p, const char *what)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind == TAC_TOKEN_END) {
        return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, now->span, "the text ends; %s", what);
    }
    const int n = now->span.n > 40 ? 40 : (int)now->span.n;
    return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, now->span, "'%.*s': %s", n,
                       p->source->text + now->span.offset, what);
}

const char *tac_parser_text(const tac_parser *p, tac_span span)
{
    return tac_arena_text(p->library->arena, p->source->text + span.offset, span.n);
}

tac_status tac_parser_too_many(const tac_parser *p, const char *what)
{
    p->library->is_too_large = true;
    return tac_fail_at(p->ctx, TAC_E_MODEL, p->source, tac_parser_now(p)->span, "more than %d %s",
                       TAC_MAX_DEFINITIONS, what);
}

tac_status tac_parser_no_memory(const tac_parser *p)
{
    return tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
}

/** Take a name and keep its text. */
tac_status tac_parser_take_name(tac_parser *p, const char *what, const char **name_out,
                                tac_span *span_out)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind != TAC_TOKEN_NAME) {
        return tac_parser_fail(p, what);
    }
    *span_out = now->span;
    *name_out = tac_parser_text(p, now->span);
    p->i++;
    return *name_out == NULL ? tac_parser_no_memory(p) : TAC_OK;
}

/** A statement ends at ';', at the end of its line, or before 'end'. */
tac_status tac_parser_end(tac_parser *p)
{
    if (tac_parser_take(p, ";") || tac_parser_now(p)->is_line_start
        || tac_parser_is(p, tac_parser_now(p), "end")) {
        return TAC_OK;
    }
    return tac_parser_fail(p, "';' or a new line is wanted here");
}

void tac_parser_skip(tac_parser *p, size_t first)
{
    while (tac_parser_now(p)->kind != TAC_TOKEN_END) {
        if (p->i > first && tac_parser_now(p)->is_line_start) {
            return;
        }
        if (tac_parser_take(p, ";")) {
            return;
        }
        p->i++;
    }
}

const char *tac_parser_quoted(const tac_parser *p, const tac_token *token)
{
    const uint32_t mark = p->source->text[token->span.offset] == '"' ? 1 : 3; /* or ``` */
    return tac_parser_text(p, (tac_span){token->span.offset + mark, token->span.n - 2 * mark});
}

tac_status tac_parser_take_place(tac_parser *p, tac_statement *s)
{
    return !tac_parser_take(p, "in")
               ? TAC_OK
               : tac_parser_take_name(p, "the name of a compartment is wanted after 'in'",
                                      &s->place, &s->place_span);
}
