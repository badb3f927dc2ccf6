/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of Antimony: declarations, values, rules, units; those with files of their own are called from here. */
#include "base/fail.h"
#include "model/parser.h"
#include "model/unit_names.h"

#include <stdio.h>
#include <string.h>

/* Words that begin what this reader refuses, with what to write instead. */
static const struct {
    const char *word;
    const char *advice;
} REFUSED[] = {
    {"DNA", "'DNA' is a strand of genes; write the equations"},
    {"gene", "'gene' is a part of a strand; write the equations"},
    {"operator", "'operator' is a part of a strand; write the equations"},
    {"constraint", "not supported: constraints, which stop a run"},
    {"maximize", "not supported: flux balance"},
    {"minimize", "not supported: flux balance"},
};

/* Names that have a meaning of their own. */
static const char *const RESERVED[] = {"time", "pi", "exponentiale", "true", "false"};

tac_status tac_parser_add(tac_parser *p, tac_module *module, tac_statement_kind kind,
                          const char *name, tac_span span, tac_statement **out)
{
    tac_statement *s = tac_arena_alloc(p->library->arena, sizeof *s);
    if (s == NULL) {
        return tac_parser_no_memory(p);
    }
    s->kind = kind;
    s->name = name;
    s->span = span;
    s->note = "";
    *module->end = s;
    module->end = &s->next;
    *out = s;
    return TAC_OK;
}

/** Nothing more stands in this statement. */
static bool is_at_end(const tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    return now->kind == TAC_TOKEN_END || now->is_line_start || tac_parser_is(p, now, ";");
}

/** `= value`, `:= value` or `' = value` behind a name, if there is one. */
static tac_status parse_value(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement_kind kind = TAC_STATEMENT_INITIAL;
    tac_statement *s = NULL;
    if (tac_parser_take(p, ":=")) {
        kind = TAC_STATEMENT_RULE;
    } else if (tac_parser_take(p, "'")) {
        kind = TAC_STATEMENT_RATE;
        if (!tac_parser_take(p, "=")) {
            return tac_parser_fail(p, "'=' is wanted after the name's prime: x' = ...");
        }
    } else if (!tac_parser_take(p, "=")) {
        return TAC_OK;
    }
    const tac_status st = tac_parser_add(p, module, kind, name, span, &s);
    if (st != TAC_OK || (strchr(s->name, '.') != NULL && is_at_end(p))) { /* a.x = ; */
        return st;
    }
    return tac_parse_expression(p, &s->value);
}

/** The unit behind `has`: a name, or a product such as mole/litre, up to what cannot be part of it. */
static tac_status take_unit(tac_parser *p, tac_span *unit_out)
{
    const tac_token *first = tac_parser_now(p);
    bool wants_part = true;
    int n_open = 0;
    for (; tac_parser_now(p)->kind != TAC_TOKEN_END && !tac_parser_now(p)->is_line_start; p->i++) {
        const tac_token *now = tac_parser_now(p);
        const bool is_sign_of_power =
            wants_part && p->i > 0 && tac_parser_is(p, now, "-") && tac_parser_is(p, now - 1, "^");
        if (wants_part && tac_parser_is(p, now, "(")) {
            n_open++;
        } else if (wants_part && (now->kind == TAC_TOKEN_NAME || now->kind == TAC_TOKEN_NUMBER)) {
            wants_part = false;
        } else if (!wants_part && n_open > 0 && tac_parser_is(p, now, ")")) {
            n_open--;
        } else if (!wants_part
                   && (tac_parser_is(p, now, "*") || tac_parser_is(p, now, "/")
                       || tac_parser_is(p, now, "^"))) {
            wants_part = true;
        } else if (!is_sign_of_power) {
            break;
        }
    }
    const tac_span last = p->tokens.items[p->i == 0 ? 0 : p->i - 1].span;
    *unit_out = (tac_span){first->span.offset, last.offset + last.n - first->span.offset};
    return !wants_part && n_open == 0
               ? TAC_OK
               : tac_parser_fail(p, "the name of a unit is wanted after 'has' (percent for %)");
}

/** Take the name of something that a model may define. */
static tac_status take_own_name(tac_parser *p, const char *what, const char **name_out,
                                tac_span *span_out)
{
    for (size_t k = 0; k < sizeof RESERVED / sizeof RESERVED[0]; k++) {
        if (tac_parser_is(p, tac_parser_now(p), RESERVED[k])) {
            return tac_parser_fail(p, "this name is built in; take another one");
        }
    }
    return tac_parser_take_name(p, what, name_out, span_out);
}

/** One name of a declaration, with its unit and value. */
static tac_status parse_declared(tac_parser *p, tac_module *module, const tac_statement *like)
{
    const char *name = "";
    tac_span span = {0, 0};
    tac_statement *s = NULL;
    tac_status st = TAC_OK;

    const bool is_boundary = tac_parser_take(p, "$");
    TAC_TRY(take_own_name(p, "a name is wanted in a declaration", &name, &span));
    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_DECLARE, name, span, &s));
    s->constness = like->constness;
    s->is_compartment = like->is_compartment;
    s->is_species = like->is_species || is_boundary;
    s->is_amount = like->is_amount;
    s->is_boundary = is_boundary;
    s->note = tac_parser_note(p, span);
    if (s->note == NULL) {
        st = tac_parser_no_memory(p);
        goto out;
    }
    TAC_TRY(tac_parser_take_place(p, s));
    if (tac_parser_take(p, "has")) {
        TAC_TRY(take_unit(p, &s->unit));
    }
    TAC_TRY(parse_value(p, module, name, span));
    if (tac_parser_take(p, "has")) {
        TAC_TRY(take_unit(p, &s->unit));
    }
out:
    return st;
}

/** var, const, species, compartment, formula: the words before the names. False when it is none. */
static bool take_declaration_words(tac_parser *p, tac_statement *like)
{
    bool is_declaration = false;
    for (;;) {
        if (tac_parser_take(p, "var")) {
            like->constness = TAC_CONSTNESS_VAR;
        } else if (tac_parser_take(p, "const")) {
            like->constness = TAC_CONSTNESS_CONST;
        } else if (tac_parser_take(p, "species")) {
            like->is_species = true;
        } else if (tac_parser_take(p, "compartment")) {
            like->is_compartment = true;
        } else if (tac_parser_take(p, "substanceOnly")) {
            like->is_amount = true;
            like->is_species = true;
        } else if (!tac_parser_take(p, "formula")) {
            return is_declaration;
        }
        is_declaration = true;
    }
}

/** name has unit, outside a declaration. */
static tac_status parse_has(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_DECLARE, name, span, &s);
    if (st != TAC_OK) {
        return st;
    }
    s->note = tac_parser_note(p, span);
    return s->note == NULL ? tac_parser_no_memory(p) : take_unit(p, &s->unit);
}

/** 0 = value: a rule whose variable the reader finds; it may have a name. */
static tac_status parse_algebraic(tac_parser *p, tac_module *module, const char *name)
{
    tac_statement *s = NULL;
    const tac_span span = tac_parser_now(p)->span;
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_ALGEBRAIC, name, span, &s);
    p->i += 2; /* 0 = */
    return st != TAC_OK ? st : tac_parse_expression(p, &s->value);
}

static bool is_algebraic(const tac_parser *p)
{
    return tac_parser_is(p, tac_parser_now(p), "0") && tac_parser_is(p, tac_parser_next(p), "=");
}

static tac_status refuse_strand(const tac_parser *p)
{
    return tac_parser_fail(p, "not supported: strands of genes; write the equations");
}

/** What stands behind `name:`. */
static tac_status parse_behind_colon(tac_parser *p, tac_module *module, const char *name,
                                     tac_span span)
{
    if (tac_parser_is(p, tac_parser_now(p), "at")) {
        return tac_parse_event(p, module, name, span);
    }
    if (is_algebraic(p)) {
        return parse_algebraic(p, module, name);
    }
    if (tac_parser_is(p, tac_parser_now(p), "--") || tac_parser_is(p, tac_parser_next(p), "--")) {
        return refuse_strand(p);
    }
    if (tac_parser_is_interaction(p)) {
        return tac_parse_interaction(p, module, name, span);
    }
    return tac_parser_is_reaction(p) ? tac_parse_reaction(p, module, name, span)
                                     : tac_parse_instance(p, module, name, span);
}

/** name in place, before ':' or '=' or the end; what is defined there stands in it. */
static tac_status parse_placed(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement like = {0};
    tac_statement *s = NULL;
    tac_statement **added = module->end;
    tac_status st = TAC_OK;
    TAC_TRY(tac_parser_take_place(p, &like));
    if (tac_parser_take(p, ":")) {
        st = parse_behind_colon(p, module, name, span);
    } else {
        TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_DECLARE, name, span, &s));
        s->note = tac_parser_note(p, span);
        st = s->note == NULL ? tac_parser_no_memory(p) : parse_value(p, module, name, span);
    }
    if (*added != NULL && (*added)->place == NULL) {
        (*added)->place = like.place;
        (*added)->place_span = like.place_span;
    }
out:
    return st;
}

/** name * factor is other */
static tac_status parse_scaled(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    const char *factor = NULL;
    tac_span factor_span = {0, 0};
    tac_status st = TAC_OK;
    TAC_TRY(tac_parser_take_name(p, "the name of a factor is wanted: a.x * factor is y", &factor,
                                 &factor_span));
    st = tac_parser_take(p, "is")
             ? tac_parse_is(p, module, name, span, factor, factor_span)
             : tac_parser_fail(p, "'is' is wanted behind a name and a factor: a.x * factor is y");
out:
    return st;
}

/** What stands behind a name at the begin of a statement. */
static tac_status parse_behind_name(tac_parser *p, tac_module *module, const char *name,
                                    tac_span span)
{
    const tac_token *now = tac_parser_now(p);
    if (tac_parser_take(p, ":")) {
        return parse_behind_colon(p, module, name, span);
    }
    if (tac_parser_is(p, now, "in") && !now->is_line_start) {
        return parse_placed(p, module, name, span);
    }
    if (tac_parser_take(p, "is")) {
        return tac_parse_is(p, module, name, span, NULL, span);
    }
    if (tac_parser_take(p, "*")) {
        return parse_scaled(p, module, name, span);
    }
    if (tac_parser_take(p, "has")) {
        return parse_has(p, module, name, span);
    }
    if (tac_parser_is(p, now, "--")) {
        return refuse_strand(p);
    }
    if (!tac_parser_is(p, now, "=") && !tac_parser_is(p, now, ":=")
        && !tac_parser_is(p, now, "'")) {
        return tac_parser_fail(p, "'=', ':=', ''', ':', 'is' or 'has' is wanted after a name");
    }
    return parse_value(p, module, name, span);
}

/** A statement that begins with a name. */
static tac_status parse_named(tac_parser *p, tac_module *module)
{
    const char *name = "";
    tac_span span = {0, 0};
    if (is_algebraic(p)) {
        return parse_algebraic(p, module, "0");
    }
    const tac_status st =
        take_own_name(p, "a statement is wanted here: var x has unit; x := ...; x' = ...", &name,
                      &span);
    return st != TAC_OK ? st : parse_behind_name(p, module, name, span);
}

/** unit name = expression, up to the end of the statement. */
tac_status tac_parse_unit(tac_parser *p)
{
    const char *name = "";
    tac_span span = {0, 0};
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit before = TAC_UNIT_ONE;
    tac_status st = TAC_OK;

    TAC_TRY(tac_parser_take_name(p, "the name of a unit is wanted after 'unit'", &name, &span));
    if (!tac_parser_take(p, "=")) {
        st = tac_parser_fail(p, "'=' is wanted after the name of a unit");
        goto out;
    }
    const size_t first = p->i;
    while (tac_parser_now(p)->kind != TAC_TOKEN_END && !tac_parser_is(p, tac_parser_now(p), ";")
           && (p->i == first || !tac_parser_now(p)->is_line_start)) {
        p->i++;
    }
    if (p->i == first) {
        st = tac_parser_fail(p, "a unit expression is wanted, such as 1e-9 mole / litre");
        goto out;
    }
    const tac_span begin = p->tokens.items[first].span;
    const tac_span last = p->tokens.items[p->i - 1].span;
    const tac_span whole = {begin.offset, last.offset + last.n - begin.offset};
    TAC_TRY(tac_unit_read(p->ctx, p->library->units, p->source, whole, &unit));
    if (tac_unit_table_n(p->library->units) >= TAC_MAX_DEFINITIONS) {
        st = tac_parser_too_many(p, "units");
        goto out;
    }
    if (tac_unit_find_own(p->library->units, name, span.n, &before)
        && !tac_unit_equal(&before, &unit)) {
        st = tac_fail_at(p->ctx, TAC_E_UNITS, p->source, span,
                         "the unit '%s' is defined already, as something else", name);
        goto out;
    }
    if (!tac_unit_define(p->library->units, name, span.n, &unit)) {
        st = tac_parser_no_memory(p);
    }
out:
    return st;
}

/** Fail when this statement is something that the reader does not take. */
static tac_status refuse_statement(const tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    const tac_token *next = tac_parser_next(p);
    if (tac_parser_is_about(p)) {
        return TAC_OK;
    }
    for (size_t k = 0; k < sizeof REFUSED / sizeof REFUSED[0]; k++) {
        if (tac_parser_is(p, now, REFUSED[k].word)
            && (next->kind != TAC_TOKEN_SIGN || tac_parser_is(p, next, "("))) {
            return tac_parser_fail(p, REFUSED[k].advice);
        }
    }
    if (tac_parser_is(p, now, "--")) {
        return refuse_strand(p);
    }
    if ((tac_parser_is(p, now, "model") || tac_parser_is(p, now, "function")
         || tac_parser_is(p, now, "import"))
        && next->kind != TAC_TOKEN_SIGN) {
        return tac_parser_fail(p, "this stands at the level of a file; is the 'end' of the model "
                                  "above missing?");
    }
    return TAC_OK;
}

/** `reaction` or `event` before a name and ':'. */
static bool take_kind_word(tac_parser *p, const char *word)
{
    const bool is_kind = tac_parser_is(p, tac_parser_now(p), word)
                         && tac_parser_next(p)->kind == TAC_TOKEN_NAME
                         && !tac_parser_next(p)->is_line_start;
    p->i += is_kind ? 1 : 0;
    return is_kind;
}

/** What has no name gets one: _J0, _E1, _sub2, numbered by its place in the text. */
static tac_status parse_nameless(tac_parser *p, tac_module *module,
                                 tac_status (*parse)(tac_parser *p, tac_module *module,
                                                     const char *name, tac_span span),
                                 const char *prefix)
{
    char name[32];
    const tac_span here = {tac_parser_now(p)->span.offset, 1};
    snprintf(name, sizeof name, "%s%zu", prefix, module->n_nameless++);
    const char *kept = tac_arena_text(p->library->arena, name, strlen(name));
    return kept == NULL ? tac_parser_no_memory(p) : parse(p, module, kept, here);
}

/** What begins with no name of its own; *is_none_out when it is nothing of it. */
static tac_status parse_unnamed(tac_parser *p, tac_module *module, bool *is_none_out)
{
    const tac_token *now = tac_parser_now(p);
    const tac_token *next = tac_parser_next(p);
    const bool is_named = tac_parser_is(p, next, ":") || tac_parser_is(p, next, "in");
    *is_none_out = false;
    if (tac_parser_is(p, now, "at")
        && (next->kind != TAC_TOKEN_SIGN || tac_parser_is(p, next, "(")
            || tac_parser_is(p, next, "!") || tac_parser_is(p, next, "-"))) {
        return parse_nameless(p, module, tac_parse_event, "_E");
    }
    if (!is_named && tac_parser_is_interaction(p)) {
        return parse_nameless(p, module, tac_parse_interaction, "_I");
    }
    if (!is_named && tac_parser_is_reaction(p)) {
        return parse_nameless(p, module, tac_parse_reaction, "_J");
    }
    if (now->kind == TAC_TOKEN_NAME && tac_parser_is(p, next, "(") && !next->is_line_start) {
        return parse_nameless(p, module, tac_parse_instance, "_sub");
    }
    *is_none_out = true;
    return TAC_OK;
}

/** `reaction J: ...`, `event E: ...`, or `reaction J, K`, which only says what they are. */
static tac_status parse_kind(tac_parser *p, tac_module *module)
{
    const char *name = "";
    tac_span span = {0, 0};
    tac_status st = TAC_OK;
    if (tac_parser_is(p, tac_parser_next(p), ":") || tac_parser_is(p, tac_parser_next(p), "in")) {
        return parse_named(p, module);
    }
    do {
        st = tac_parser_take_name(p, "the name of a reaction is wanted here", &name, &span);
    } while (st == TAC_OK && tac_parser_take(p, ","));
    return st;
}

/** One statement without its end. */
static tac_status parse_inner(tac_parser *p, tac_module *module)
{
    tac_statement like = {0};
    bool is_none = false;
    if (tac_parser_take(p, "unit")) {
        return tac_parse_unit(p);
    }
    if (tac_parser_is(p, tac_parser_now(p), "delete")
        && tac_parser_next(p)->kind == TAC_TOKEN_NAME) {
        p->i++;
        return tac_parse_delete(p, module);
    }
    if (tac_parser_is_about(p)) {
        return tac_parse_about(p, module);
    }
    if (take_kind_word(p, "reaction") || take_kind_word(p, "event")) {
        return parse_kind(p, module);
    }
    if (!take_declaration_words(p, &like)) {
        const tac_status st = parse_unnamed(p, module, &is_none);
        return is_none ? parse_named(p, module) : st;
    }
    do {
        const tac_status st = parse_declared(p, module, &like);
        if (st != TAC_OK) {
            return st;
        }
    } while (tac_parser_take(p, ","));
    return TAC_OK;
}

tac_status tac_parse_statement(tac_parser *p, tac_module *module)
{
    const tac_span first = tac_parser_now(p)->span;
    tac_statement **added = module->end;
    if (tac_parser_take(p, ";")) {
        return TAC_OK;
    }
    tac_status st = refuse_statement(p);
    if (st == TAC_OK) {
        st = parse_inner(p, module);
    }
    if (st != TAC_OK) {
        return st;
    }
    const tac_span last = p->tokens.items[p->i - 1].span;
    for (tac_statement *s = *added; s != NULL; s = s->next) {
        s->whole = (tac_span){first.offset, last.offset + last.n - first.offset};
    }
    return tac_parser_end(p);
}
