/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the parser share: a cursor over tokens, and the way from files to statements to expressions. */
#ifndef TAC_MODEL_PARSER_H
#define TAC_MODEL_PARSER_H

#include "model/syntax.h"

/* Brackets and calls nested deeper than this are refused, so that a hostile text cannot exhaust the stack. */
#define TAC_MAX_NESTING 200

/* Models, functions and units of one kind: they are looked up one by one. */
#define TAC_MAX_DEFINITIONS 5000

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

/** Record that memory is short. */
tac_status tac_parser_no_memory(const tac_parser *p);

/** Record that TAC_MAX_DEFINITIONS are exceeded; reading stops. */
tac_status tac_parser_too_many(const tac_parser *p, const char *what);

/** Take a name and keep its text; `what` is said when there is none. */
TAC_MUST_CHECK tac_status tac_parser_take_name(tac_parser *p, const char *what,
                                               const char **name_out, tac_span *span_out);

/** A statement ends at ';', at the end of its line, or before 'end'. */
TAC_MUST_CHECK tac_status tac_parser_end(tac_parser *p);

/** After an error in the statement that began at token `first`: go to the next one. */
void tac_parser_skip(tac_parser *p, size_t first);

/** Parse `name = expression` of a unit, up to the end of the statement. */
TAC_MUST_CHECK tac_status tac_parse_unit(tac_parser *p);

/** Add a statement to a module. */
TAC_MUST_CHECK tac_status tac_parser_add(tac_parser *p, tac_module *module, tac_statement_kind kind,
                                         const char *name, tac_span span, tac_statement **out);

/** The comment behind a name on its line, else the lines of comment right above it; NULL when memory is short. */
const char *tac_parser_note(const tac_parser *p, tac_span name);

/** What stands between the marks of a text token; NULL when memory is short. */
const char *tac_parser_quoted(const tac_parser *p, const tac_token *token);

/** Take `in compartment` where it stands. */
TAC_MUST_CHECK tac_status tac_parser_take_place(tac_parser *p, tac_statement *s);

/** Parse `Model(a, b), timeconv = 60 in c` behind `name:`. */
TAC_MUST_CHECK tac_status tac_parse_instance(tac_parser *p, tac_module *module, const char *name,
                                             tac_span span);

/** Parse what stands behind `x is`, or `x * f is` where a factor is given. */
TAC_MUST_CHECK tac_status tac_parse_is(tac_parser *p, tac_module *module, const char *name,
                                       tac_span span, const char *factor, tac_span factor_span);

/** Parse `delete a.x, a.y`; the cursor stands behind `delete`. */
TAC_MUST_CHECK tac_status tac_parse_delete(tac_parser *p, tac_module *module);

/** True when the statement says something about a name: x identity "...", x.sboTerm = 3. */
bool tac_parser_is_about(const tac_parser *p);

/** Parse that statement; `module` is what `model identity "..."` speaks of. */
TAC_MUST_CHECK tac_status tac_parse_about(tac_parser *p, tac_module *module);

/** Parse x is "words"; the cursor stands on the text. */
TAC_MUST_CHECK tac_status tac_parse_display_name(tac_parser *p, tac_module *module,
                                                 const char *name, tac_span span);

/** True when `A -| J`, `A -o J` or `A -( J` stands before the end of this statement. */
bool tac_parser_is_interaction(const tac_parser *p);

/** Parse it. */
TAC_MUST_CHECK tac_status tac_parse_interaction(tac_parser *p, tac_module *module, const char *name,
                                                tac_span span);

/** True when an arrow stands before the end of this statement and before its rate. */
bool tac_parser_is_reaction(const tac_parser *p);

/** Parse `A + 2 B -> C; rate` up to the end of the rate. */
TAC_MUST_CHECK tac_status tac_parse_reaction(tac_parser *p, tac_module *module, const char *name,
                                             tac_span span);

/** Parse `at 5 after (x > 1), priority = 2, t0 = false: a = 1, b = 2`; the cursor stands on `at`. */
TAC_MUST_CHECK tac_status tac_parse_event(tac_parser *p, tac_module *module, const char *name,
                                          tac_span span);

/** Parse one statement into the module. */
TAC_MUST_CHECK tac_status tac_parse_statement(tac_parser *p, tac_module *module);

/** Parse an expression; ends before what cannot continue it. */
TAC_MUST_CHECK tac_status tac_parse_expression(tac_parser *p, tac_syntax **syntax_out);

#endif
