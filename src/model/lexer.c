/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts Antimony into tokens and keeps the comments. */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/syntax.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct lexer {
    tac_ctx *ctx;
    const tac_source *source;
    size_t i;
    tac_tokens tokens;
    size_t cap_token;
    size_t cap_comment;
    bool is_line_start;
} lexer;

/* Longer signs first, so that ":=" is not ":" and "=". */
static const char *const SIGNS[] = {"->", "=>", "--", "++", ":=", "==", "!=", "<=", ">=",
                                    "&&", "||", "+",  "-",  "*",  "/",  "^",  "(",  ")",
                                    "[",  "]",  "{",  "}",  ",",  ";",  ":",  "=",  "'",
                                    "<",  ">",  "!",  "$",  "@",  "&",  "|",  "%"};

static char at(const lexer *x, size_t i)
{
    return i < x->source->n ? x->source->text[i] : '\0';
}

static tac_status no_memory(const lexer *x)
{
    return tac_fail(x->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status add_token(lexer *x, tac_token_kind kind, size_t begin, double number)
{
    if (x->tokens.n == x->cap_token) {
        const size_t cap = x->cap_token == 0 ? 256 : 2 * x->cap_token;
        tac_token *items = tac_realloc(x->tokens.items, cap, sizeof *items);
        if (items == NULL) {
            return no_memory(x);
        }
        x->tokens.items = items;
        x->cap_token = cap;
    }
    const tac_span span = {(uint32_t)begin, (uint32_t)(x->i - begin)};
    x->tokens.items[x->tokens.n++] = (tac_token){kind, span, x->is_line_start, number};
    x->is_line_start = false;
    return TAC_OK;
}

/** Keep a comment from `begin` to `end`, spaces trimmed. */
static tac_status add_comment(lexer *x, size_t begin, size_t end)
{
    if (x->tokens.n_comment == x->cap_comment) {
        const size_t cap = x->cap_comment == 0 ? 64 : 2 * x->cap_comment;
        tac_comment *comments = tac_realloc(x->tokens.comments, cap, sizeof *comments);
        if (comments == NULL) {
            return no_memory(x);
        }
        x->tokens.comments = comments;
        x->cap_comment = cap;
    }
    while (begin < end && isspace((unsigned char)at(x, begin))) {
        begin++;
    }
    while (end > begin && isspace((unsigned char)at(x, end - 1))) {
        end--;
    }
    const tac_span span = {(uint32_t)begin, (uint32_t)(end - begin)};
    x->tokens.comments[x->tokens.n_comment++] = (tac_comment){span, x->is_line_start};
    return TAC_OK;
}

static tac_status read_comment(lexer *x)
{
    const size_t begin = x->i;
    if (at(x, begin) == '#' || at(x, begin + 1) == '/') {
        while (x->i < x->source->n && at(x, x->i) != '\n') {
            x->i++;
        }
        return add_comment(x, begin + (at(x, begin) == '#' ? 1 : 2), x->i);
    }
    for (x->i += 2; x->i < x->source->n; x->i++) {
        if (at(x, x->i) == '*' && at(x, x->i + 1) == '/') {
            x->i += 2;
            return add_comment(x, begin + 2, x->i - 2);
        }
    }
    return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source, (tac_span){(uint32_t)begin, 2},
                       "this comment does not end; '*/' is missing");
}

static tac_status read_number(lexer *x)
{
    char text[64] = "";
    size_t n = 0;
    const size_t begin = x->i;
    bool has_exponent = false;
    while (n < sizeof text - 1) {
        const char c = at(x, x->i);
        const char next = at(x, x->i + 1);
        const bool is_exponent =
            (c == 'e' || c == 'E') && !has_exponent
            && (isdigit((unsigned char)next)
                || ((next == '+' || next == '-') && isdigit((unsigned char)at(x, x->i + 2))));
        const bool is_exponent_sign =
            (c == '+' || c == '-') && n > 0 && (text[n - 1] == 'e' || text[n - 1] == 'E');
        if (!isdigit((unsigned char)c) && c != '.' && !is_exponent && !is_exponent_sign) {
            break;
        }
        has_exponent = has_exponent || is_exponent;
        text[n++] = c;
        x->i++;
    }
    text[n] = '\0';
    char *end = NULL;
    const double number = strtod(text, &end);
    if (n == sizeof text - 1 && isdigit((unsigned char)at(x, x->i))) {
        return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source,
                           (tac_span){(uint32_t)begin, (uint32_t)(x->i - begin)},
                           "a number of more than %zu characters; 17 digits are all that count", n);
    }
    if (end == text || *end != '\0' || !isfinite(number)) {
        return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source,
                           (tac_span){(uint32_t)begin, (uint32_t)(x->i - begin)},
                           "'%s' is not a number; write it as 0.5 or 5e-1", text);
    }
    return add_token(x, TAC_TOKEN_NUMBER, begin, number);
}

static bool is_name_start(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

static tac_status read_name(lexer *x)
{
    const size_t begin = x->i;
    while (isalnum((unsigned char)at(x, x->i)) || at(x, x->i) == '_'
           || (at(x, x->i) == '.' && is_name_start(at(x, x->i + 1)))) {
        x->i++;
    }
    return add_token(x, TAC_TOKEN_NAME, begin, 0.0);
}

static tac_status read_text(lexer *x)
{
    const size_t begin = x->i;
    for (x->i++; x->i < x->source->n && at(x, x->i) != '\n'; x->i++) {
        if (at(x, x->i) == '"') {
            x->i++;
            return add_token(x, TAC_TOKEN_TEXT, begin, 0.0);
        }
    }
    return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source, (tac_span){(uint32_t)begin, 1},
                       "this text does not end on its line; '\"' is missing");
}

/** ```words over several lines``` */
static tac_status read_long_text(lexer *x)
{
    const size_t begin = x->i;
    for (x->i += 3; x->i + 3 <= x->source->n; x->i++) {
        if (memcmp(x->source->text + x->i, "```", 3) == 0) {
            x->i += 3;
            return add_token(x, TAC_TOKEN_TEXT, begin, 0.0);
        }
    }
    x->i = x->source->n;
    return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source, (tac_span){(uint32_t)begin, 3},
                       "this text does not end; '```' is missing");
}

static tac_status read_sign(lexer *x)
{
    const size_t begin = x->i;
    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        const size_t n = strlen(SIGNS[k]);
        if (x->i + n <= x->source->n && memcmp(x->source->text + x->i, SIGNS[k], n) == 0) {
            x->i += n;
            return add_token(x, TAC_TOKEN_SIGN, begin, 0.0);
        }
    }
    x->i++;
    while (((unsigned char)at(x, x->i) & 0xC0U) == 0x80U) {
        x->i++; /* the rest of a character of several bytes */
    }
    return tac_fail_at(x->ctx, TAC_E_SYNTAX, x->source,
                       (tac_span){(uint32_t)begin, (uint32_t)(x->i - begin)},
                       "this character has no meaning here");
}

static tac_status read_one(lexer *x)
{
    const char c = at(x, x->i);
    if (c == '#' || (c == '/' && (at(x, x->i + 1) == '/' || at(x, x->i + 1) == '*'))) {
        return read_comment(x);
    }
    if (c == '`' && at(x, x->i + 1) == '`' && at(x, x->i + 2) == '`') {
        return read_long_text(x);
    }
    if (isdigit((unsigned char)c) || (c == '.' && isdigit((unsigned char)at(x, x->i + 1)))) {
        return read_number(x);
    }
    if (is_name_start(c)) {
        return read_name(x);
    }
    return c == '"' ? read_text(x) : read_sign(x);
}

/** A backslash at the end of a line: the statement goes on in the next. */
static bool skip_line_end(lexer *x)
{
    size_t i = x->i + 1;
    while (at(x, i) == ' ' || at(x, i) == '\t' || at(x, i) == '\r') {
        i++;
    }
    if (at(x, i) != '\n') {
        return false;
    }
    x->i = i + 1;
    return true;
}

tac_status tac_tokens_read(tac_ctx *ctx, const tac_source *source, tac_tokens *tokens_out)
{
    lexer x = {.ctx = ctx, .source = source, .is_line_start = true};
    tac_status result = TAC_OK;
    while (x.i < source->n && result != TAC_E_MEMORY && !tac_ctx_is_full(ctx)) {
        const char c = source->text[x.i];
        if (c == '\\' && skip_line_end(&x)) {
            continue;
        }
        if (c == '\n') {
            x.is_line_start = true;
        }
        if (isspace((unsigned char)c)) {
            x.i++;
            continue;
        }
        const tac_status st = read_one(&x);
        result = st != TAC_OK ? st : result;
    }
    if (result != TAC_E_MEMORY) {
        x.is_line_start = true;
        const tac_status st = add_token(&x, TAC_TOKEN_END, x.i, 0.0);
        result = st != TAC_OK ? st : result;
    }
    *tokens_out = x.tokens;
    if (result != TAC_OK) {
        tac_tokens_free(tokens_out);
    }
    return result;
}

void tac_tokens_free(tac_tokens *tokens)
{
    tac_free(tokens->items);
    tac_free(tokens->comments);
    *tokens = (tac_tokens){0};
}
