/* SPDX-License-Identifier: Apache-2.0 */
/* What Antimony says about its names for people and databases: display names, SBO terms, annotations, notes. */
#include "base/fail.h"
#include "model/about.h"
#include "model/parser.h"

#include <stdio.h>
#include <string.h>

static tac_status add_about(tac_parser *p, tac_module *module, const char *name, tac_span span,
                            const char *what, const char *text)
{
    tac_statement *s = NULL;
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_ABOUT, name, span, &s);
    if (st == TAC_OK) {
        s->other = what;
        s->text = text;
    }
    return st != TAC_OK || text != NULL ? st : tac_parser_no_memory(p);
}

tac_status tac_parse_display_name(tac_parser *p, tac_module *module, const char *name,
                                  tac_span span)
{
    const char *text = tac_parser_quoted(p, tac_parser_now(p));
    p->i++;
    return add_about(p, module, name, span, "name", text);
}

/** Where the last dot of a name token is followed by this word: the length before the dot, else 0. */
static size_t ends_with(const tac_parser *p, const tac_token *token, const char *word)
{
    const size_t n = strlen(word);
    const char *text = p->source->text + token->span.offset;
    return token->kind == TAC_TOKEN_NAME && token->span.n > n + 1
                   && text[token->span.n - n - 1] == '.'
                   && memcmp(text + token->span.n - n, word, n) == 0
               ? token->span.n - n - 1
               : 0;
}

bool tac_parser_is_about(const tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    const tac_token *next = tac_parser_next(p);
    const size_t i = p->i + 2 < p->tokens.n ? p->i + 2 : p->tokens.n - 1;
    if (now->kind != TAC_TOKEN_NAME || next->is_line_start) {
        return false;
    }
    return (next->kind == TAC_TOKEN_NAME && p->tokens.items[i].kind == TAC_TOKEN_TEXT
            && !tac_parser_is(p, next, "is"))
           || (ends_with(p, now, "sboTerm") > 0 && tac_parser_is(p, next, "="));
}

/** x.sboTerm = 236 or SBO:0000236 */
static tac_status parse_sbo(tac_parser *p, tac_module *module, size_t n_name)
{
    const tac_span span = {tac_parser_now(p)->span.offset, (uint32_t)n_name};
    char text[32];
    p->i += 2;
    if (tac_parser_take(p, "SBO")) {
        (void)tac_parser_take(p, ":");
    }
    const tac_token *number = tac_parser_now(p);
    const bool is_term =
        number->kind == TAC_TOKEN_NUMBER && number->number >= 0.0 && number->number <= 9999999.0;
    if (!is_term) {
        return tac_parser_fail(p,
                               "the number of an SBO term is wanted, such as 236 or SBO:0000236");
    }
    p->i++;
    snprintf(text, sizeof text, "SBO:%07.0f", number->number);
    const char *name = tac_parser_text(p, span);
    return name == NULL ? tac_parser_no_memory(p)
                        : add_about(p, module, name, span, "sboTerm",
                                    tac_arena_text(p->library->arena, text, strlen(text)));
}

/** x identity "http://...", "http://..." */
static tac_status parse_words(tac_parser *p, tac_module *module)
{
    const tac_token *subject = tac_parser_now(p);
    const tac_token *word = tac_parser_next(p);
    const char *name = tac_parser_is(p, subject, "model") ? "" : tac_parser_text(p, subject->span);
    const char *said = tac_parser_text(p, word->span);
    if (name == NULL || said == NULL) {
        return tac_parser_no_memory(p);
    }
    const char *what = tac_about_kind(said);
    if (what == NULL) {
        return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, word->span,
                           "'%.40s' is no word for an annotation; there are: %s", said,
                           tac_about_kinds());
    }
    p->i += 2;
    do {
        const tac_token *text = tac_parser_now(p);
        if (text->kind != TAC_TOKEN_TEXT) {
            return tac_parser_fail(p, "a text in quotes is wanted here");
        }
        p->i++;
        const tac_status st =
            add_about(p, module, name, subject->span, what, tac_parser_quoted(p, text));
        if (st != TAC_OK) {
            return st;
        }
    } while (tac_parser_take(p, ","));
    return TAC_OK;
}

tac_status tac_parse_about(tac_parser *p, tac_module *module)
{
    const size_t n_name = ends_with(p, tac_parser_now(p), "sboTerm");
    return n_name > 0 && tac_parser_is(p, tac_parser_next(p), "=") ? parse_sbo(p, module, n_name)
                                                                   : parse_words(p, module);
}
