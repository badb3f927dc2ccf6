/* SPDX-License-Identifier: Apache-2.0 */
/* What the two halves of the parser share: a cursor over tokens. */
#ifndef TAC_MODEL_PARSER_H
#define TAC_MODEL_PARSER_H

#include "model/syntax.h"

/* Brackets and calls nested deeper than this are refused, so that a hostile text cannot exhaust the stack. */
#define TAC_MAX_NESTING 200

/* Operations inside each other, as in a sum of so many terms. */
#define TAC_MAX_HEIGHT 1000

typedef struct tac_parser {
    tac_ctx *ctx;
    tac_library *library;
    uint32_t i_source;
    const tac_source *source;
    tac_tokens tokens;
    size_t i; /* token now */
    int nesting;
} tac_parser;

const tac_token *tac_parser_now(const tac_parser *p);

/** The token after the present one. */
const tac_token *tac_parser_next(const tac_parser *p);

/** True when the token reads so. */
bool tac_parser_is(const tac_parser *p, const tac_token *token, const char *text);

/** Take the present token when it reads so. */
bool tac_parser_take(tac_parser *p, const char *text);

/** Record an error at the present token. */
tac_status tac_parser_fail(const tac_parser *p, const char *what);

/** Copy of a token's characters in the arena; NULL when memory is short. */
const char *tac_parser_text(const tac_parser *p, tac_span span);

/** Parse an expression; ends before what cannot continue it. */
TAC_MUST_CHECK tac_status tac_parse_expression(tac_parser *p, tac_syntax **syntax_out);

#endif
