/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of Antimony: declarations, values, rules, instances, units; and the cursor over tokens. */
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
    {"delete", "'delete' removes part of an imported model; write the model without it"},
    {"DNA", "'DNA' is a strand of genes; write the equations"},
    {"gene", "'gene' is a part of a strand; write the equations"},
    {"operator", "'operator' is a part of a strand; write the equations"},
    {"constraint", "'constraint' is not read; the tests check limits"},
};

static const char INTERACTION[] =
    "an interaction between a species and a reaction; write it into the rate of the reaction";

/* Names that have a meaning of their own. */
static const char *const RESERVED[] = {"time", "pi", "exponentiale", "true", "false"};

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

/** The comment behind a name on its line, else the lines of comment right above it; NULL when memory is short. */
static const char *note_of(const tac_parser *p, tac_span name)
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
    return st != TAC_OK ? st : tac_parse_expression(p, &s->value);
}

/** The unit behind `has`. */
static tac_status take_unit(tac_parser *p, tac_span *unit_out)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind != TAC_TOKEN_NAME || now->is_line_start) {
        return tac_parser_fail(p, "the name of a unit is wanted after 'has' (percent for %)");
    }
    *unit_out = now->span;
    p->i++;
    return TAC_OK;
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
    const char *name = NULL;
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
    s->note = note_of(p, span);
    if (s->note == NULL) {
        st = tac_parser_no_memory(p);
        goto out;
    }
    if (tac_parser_take(p, "in")) {
        TAC_TRY(tac_parser_take_name(p, "the name of a compartment is wanted after 'in'", &s->place,
                                     &s->place_span));
    }
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
        } else if (!tac_parser_take(p, "formula")) {
            return is_declaration;
        }
        is_declaration = true;
    }
}

/** name: Model(a, b) */
static tac_status parse_instance(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    const char *args[256];
    tac_span spans[256];

    if (tac_parser_is(p, tac_parser_now(p), "at")) {
        return tac_parse_event(p, module, name, span);
    }
    if (tac_parser_is_reaction(p)) {
        return tac_parse_reaction(p, module, name, span);
    }
    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_INSTANCE, name, span, &s));
    TAC_TRY(tac_parser_take_name(p, "the name of a model is wanted after ':'", &s->other,
                                 &s->other_span));
    if (!tac_parser_take(p, "(")) {
        st = tac_parser_fail(p, tac_parser_is(p, tac_parser_now(p), "-")
                                    ? INTERACTION
                                    : "'(' is wanted after the name of a model");
        goto out;
    }
    while (!tac_parser_is(p, tac_parser_now(p), ")")) {
        if (s->n_arg == 256) {
            st = tac_parser_fail(p, "more than 256 ports");
            goto out;
        }
        TAC_TRY(tac_parser_take_name(p, "a name for a port, or ')', is wanted here",
                                     &args[s->n_arg], &spans[s->n_arg]));
        s->n_arg++;
        if (!tac_parser_take(p, ",")) {
            break;
        }
    }
    if (!tac_parser_take(p, ")")) {
        st = tac_parser_fail(p, "',' or ')' is wanted here");
        goto out;
    }
    s->args = tac_arena_alloc(p->library->arena, (s->n_arg + 1) * sizeof *s->args);
    s->arg_spans = tac_arena_alloc(p->library->arena, (s->n_arg + 1) * sizeof *s->arg_spans);
    if (s->args == NULL || s->arg_spans == NULL) {
        st = tac_parser_no_memory(p);
        goto out;
    }
    if (s->n_arg > 0) {
        memcpy(s->args, args, s->n_arg * sizeof args[0]);
        memcpy(s->arg_spans, spans, s->n_arg * sizeof spans[0]);
    }
out:
    return st;
}

/** x is y; x is "words" gives a name for people, which is not needed here. */
static tac_status parse_is(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    if (tac_parser_now(p)->kind == TAC_TOKEN_TEXT) {
        p->i++;
        return TAC_OK;
    }
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_IS, name, span, &s);
    return st != TAC_OK
               ? st
               : tac_parser_take_name(p, "a name is wanted after 'is'", &s->other, &s->other_span);
}

/** name has unit, outside a declaration. */
static tac_status parse_has(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_DECLARE, name, span, &s);
    if (st != TAC_OK) {
        return st;
    }
    s->note = note_of(p, span);
    return s->note == NULL ? tac_parser_no_memory(p) : take_unit(p, &s->unit);
}

/** 0 = value: a rule whose variable the reader finds. */
static tac_status parse_algebraic(tac_parser *p, tac_module *module)
{
    tac_statement *s = NULL;
    const tac_span span = tac_parser_now(p)->span;
    const tac_status st = tac_parser_add(p, module, TAC_STATEMENT_ALGEBRAIC, "0", span, &s);
    p->i += 2; /* 0 = */
    return st != TAC_OK ? st : tac_parse_expression(p, &s->value);
}

/** A statement that begins with a name. */
static tac_status parse_named(tac_parser *p, tac_module *module)
{
    const char *name = NULL;
    tac_span span = {0, 0};
    if (tac_parser_is(p, tac_parser_now(p), "0") && tac_parser_is(p, tac_parser_next(p), "=")) {
        return parse_algebraic(p, module);
    }
    const tac_status st =
        take_own_name(p, "a statement is wanted here: var x has unit; x := ...; x' = ...", &name,
                      &span);
    if (st != TAC_OK) {
        return st;
    }
    if (tac_parser_take(p, ":")) {
        return parse_instance(p, module, name, span);
    }
    if (tac_parser_take(p, "is")) {
        return parse_is(p, module, name, span);
    }
    if (tac_parser_take(p, "has")) {
        return parse_has(p, module, name, span);
    }
    if (!tac_parser_is(p, tac_parser_now(p), "=") && !tac_parser_is(p, tac_parser_now(p), ":=")
        && !tac_parser_is(p, tac_parser_now(p), "'")) {
        return tac_parser_fail(p, "'=', ':=', ''', ':', 'is' or 'has' is wanted after a name");
    }
    return parse_value(p, module, name, span);
}

/** unit name = expression, up to the end of the statement. */
tac_status tac_parse_unit(tac_parser *p)
{
    const char *name = NULL;
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
    for (size_t k = 0; k < sizeof REFUSED / sizeof REFUSED[0]; k++) {
        if (tac_parser_is(p, now, REFUSED[k].word)
            && (next->kind != TAC_TOKEN_SIGN || tac_parser_is(p, next, "("))) {
            return tac_parser_fail(p, REFUSED[k].advice);
        }
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

/** A reaction or an event without a name gets one: _J0, _E1, numbered by its place in the text. */
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

/** One statement without its end. */
static tac_status parse_inner(tac_parser *p, tac_module *module)
{
    tac_statement like = {0};
    if (tac_parser_take(p, "unit")) {
        return tac_parse_unit(p);
    }
    if (take_kind_word(p, "reaction") || take_kind_word(p, "event")) {
        return parse_named(p, module);
    }
    if (tac_parser_is(p, tac_parser_now(p), "at")
        && (tac_parser_next(p)->kind != TAC_TOKEN_SIGN
            || tac_parser_is(p, tac_parser_next(p), "("))) {
        return parse_nameless(p, module, tac_parse_event, "_E");
    }
    if (!take_declaration_words(p, &like)) {
        const bool is_named = tac_parser_is(p, tac_parser_next(p), ":");
        return !is_named && tac_parser_is_reaction(p)
                   ? parse_nameless(p, module, tac_parse_reaction, "_J")
                   : parse_named(p, module);
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
