/* SPDX-License-Identifier: Apache-2.0 */
/* Reactions, what acts on them, and events of Antimony. */
#include "base/fail.h"
#include "model/parser.h"

#include <string.h>

/* Species on one side of a reaction, and what one event sets. */
#define MAX_PARTICIPANTS 256
#define MAX_CHANGES      256

static bool is_arrow(const tac_parser *p, const tac_token *token)
{
    return tac_parser_is(p, token, "->") || tac_parser_is(p, token, "=>");
}

bool tac_parser_is_reaction(const tac_parser *p)
{
    tac_parser ahead = *p;
    while (tac_parser_now(&ahead)->kind != TAC_TOKEN_END
           && (ahead.i == p->i || !tac_parser_now(&ahead)->is_line_start)
           && !tac_parser_is(p, tac_parser_now(&ahead), ";")) {
        if (is_arrow(p, tac_parser_now(&ahead))) {
            return true;
        }
        ahead.i++;
    }
    return false;
}

/** A number, or a name before another name: `2 A`, `n A`. */
static tac_status parse_number_of(tac_parser *p, tac_syntax **amount_out)
{
    const tac_token *now = tac_parser_now(p);
    const bool is_named = now->kind == TAC_TOKEN_NAME && !tac_parser_next(p)->is_line_start
                          && (tac_parser_next(p)->kind == TAC_TOKEN_NAME
                              || tac_parser_is(p, tac_parser_next(p), "$"));
    if (now->kind != TAC_TOKEN_NUMBER && !is_named) {
        return TAC_OK;
    }
    tac_syntax *amount = tac_arena_alloc(p->library->arena, sizeof *amount);
    if (amount == NULL) {
        return tac_parser_no_memory(p);
    }
    *amount = (tac_syntax){.kind = is_named ? TAC_SYNTAX_NAME : TAC_SYNTAX_NUMBER,
                           .span = now->span,
                           .number = now->number,
                           .height = 1};
    amount->name = is_named ? tac_parser_text(p, now->span) : NULL;
    p->i++;
    *amount_out = amount;
    return is_named && amount->name == NULL ? tac_parser_no_memory(p) : TAC_OK;
}

/** One side: nothing, or species joined by '+'. */
static tac_status parse_side(tac_parser *p, bool is_product, tac_participant *list, size_t *n)
{
    const tac_token *now = tac_parser_now(p);
    tac_status st = TAC_OK;
    if (is_arrow(p, now) || tac_parser_is(p, now, ";") || now->kind == TAC_TOKEN_END
        || (is_product && now->is_line_start)) {
        return TAC_OK;
    }
    do {
        tac_participant one = {.is_product = is_product};
        if (*n == 2 * (size_t)MAX_PARTICIPANTS) {
            return tac_parser_fail(p, "more than 512 species in a reaction");
        }
        TAC_TRY(parse_number_of(p, &one.amount));
        one.is_boundary = tac_parser_take(p, "$");
        TAC_TRY(tac_parser_take_name(p, "a species is wanted here: 2 A + B -> C; rate", &one.name,
                                     &one.span));
        list[(*n)++] = one;
    } while (tac_parser_take(p, "+"));
out:
    return st;
}

/** Keep the species of both sides. */
static tac_status keep_sides(const tac_parser *p, const tac_participant *list, size_t n,
                             tac_statement *s)
{
    s->participants = tac_arena_alloc(p->library->arena, (n + 1) * sizeof *s->participants);
    if (s->participants == NULL) {
        return tac_parser_no_memory(p);
    }
    memcpy(s->participants, list, n * sizeof *list);
    s->n_participant = n;
    return TAC_OK;
}

tac_status tac_parse_reaction(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_participant list[2 * MAX_PARTICIPANTS];
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    size_t n = 0;

    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_REACTION, name, span, &s));
    TAC_TRY(parse_side(p, false, list, &n));
    if (!is_arrow(p, tac_parser_now(p))) {
        st = tac_parser_fail(p, "'->' is wanted between the two sides of a reaction");
        goto out;
    }
    s->is_reversible = tac_parser_is(p, tac_parser_now(p), "->");
    p->i++;
    TAC_TRY(parse_side(p, true, list, &n));
    TAC_TRY(keep_sides(p, list, n, s));
    const tac_token *now = tac_parser_now(p);
    if (!tac_parser_take(p, ";") || tac_parser_now(p)->is_line_start
        || tac_parser_now(p)->kind == TAC_TOKEN_END || tac_parser_is(p, tac_parser_now(p), ";")) {
        p->i = (size_t)(now - p->tokens.items); /* no rate */
        goto out;
    }
    TAC_TRY(tac_parse_expression(p, &s->value));
    TAC_TRY(tac_parser_take_place(p, s));
out:
    return st;
}

/** -o, -| and -( are not tokens: a-o is a difference elsewhere. */
static bool influence_at(const tac_parser *p, size_t i, tac_influence *influence_out)
{
    static const struct {
        const char *sign;
        tac_influence influence;
    } SIGNS[] = {{"o", TAC_INFLUENCE_ACTIVATES},
                 {"|", TAC_INFLUENCE_INHIBITS},
                 {"(", TAC_INFLUENCE_UNKNOWN}};
    for (size_t k = 0; k < sizeof SIGNS / sizeof SIGNS[0]; k++) {
        if (i + 1 < p->tokens.n && tac_parser_is(p, &p->tokens.items[i], "-")
            && tac_parser_is(p, &p->tokens.items[i + 1], SIGNS[k].sign)) {
            *influence_out = SIGNS[k].influence;
            return true;
        }
    }
    return false;
}

bool tac_parser_is_interaction(const tac_parser *p)
{
    tac_influence influence = TAC_INFLUENCE_UNKNOWN;
    size_t i = p->i;
    while (i < p->tokens.n && (i == p->i || !p->tokens.items[i].is_line_start)
           && (p->tokens.items[i].kind == TAC_TOKEN_NAME
               || p->tokens.items[i].kind == TAC_TOKEN_NUMBER
               || tac_parser_is(p, &p->tokens.items[i], "+")
               || tac_parser_is(p, &p->tokens.items[i], "$"))) {
        i++;
    }
    return i > p->i && influence_at(p, i, &influence);
}

tac_status tac_parse_interaction(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_participant list[2 * MAX_PARTICIPANTS];
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    size_t n = 0;
    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_INTERACTION, name, span, &s));
    TAC_TRY(parse_side(p, false, list, &n));
    TAC_TRY(keep_sides(p, list, n, s));
    (void)influence_at(p, p->i, &s->influence);
    p->i += 2;
    st = tac_parser_take_name(p, "the name of the reaction that is acted on is wanted here",
                              &s->other, &s->other_span);
out:
    return st;
}

static tac_status parse_bool(tac_parser *p, bool *value_out)
{
    *value_out = tac_parser_take(p, "true");
    return *value_out || tac_parser_take(p, "false")
               ? TAC_OK
               : tac_parser_fail(p, "'true' or 'false' is wanted here");
}

/** `, priority = 2, t0 = false, persistent = true, fromTrigger = false` */
static tac_status parse_options(tac_parser *p, tac_event_syntax *event)
{
    tac_status st = TAC_OK;
    while (st == TAC_OK && tac_parser_take(p, ",")) {
        const tac_token *word = tac_parser_now(p);
        bool is_true = false;
        p->i += word->kind == TAC_TOKEN_NAME ? 1 : 0; /* the text may end here */
        if (!tac_parser_take(p, "=")) {
            return tac_parser_fail(p, "an option of an event is wanted: priority, t0, persistent "
                                      "or fromTrigger, and '='");
        }
        if (tac_parser_is(p, word, "priority")) {
            st = tac_parse_expression(p, &event->priority);
        } else if (tac_parser_is(p, word, "t0")) {
            st = parse_bool(p, &event->was_true);
        } else if (tac_parser_is(p, word, "persistent")) {
            st = parse_bool(p, &event->is_persistent);
        } else if (tac_parser_is(p, word, "fromTrigger")) {
            st = parse_bool(p, &is_true);
            event->is_late = !is_true;
        } else {
            return tac_fail_at(p->ctx, TAC_E_SYNTAX, p->source, word->span,
                               "no such option of an event; there are priority, t0, persistent and "
                               "fromTrigger");
        }
    }
    return st;
}

/** `a = 1, b = 2` */
static tac_status parse_changes(tac_parser *p, tac_event_syntax *event)
{
    tac_event_change list[MAX_CHANGES];
    tac_status st = TAC_OK;
    size_t n = 0;
    do {
        if (n == MAX_CHANGES) {
            return tac_parser_fail(p, "more than 256 values in an event");
        }
        TAC_TRY(tac_parser_take_name(p, "the name of what the event sets is wanted here",
                                     &list[n].name, &list[n].span));
        if (!tac_parser_take(p, "=")) {
            return tac_parser_fail(p, "'=' is wanted behind the name of what the event sets");
        }
        TAC_TRY(tac_parse_expression(p, &list[n++].value));
    } while (tac_parser_take(p, ","));
    event->changes = tac_arena_alloc(p->library->arena, n * sizeof *list);
    if (event->changes == NULL) {
        return tac_parser_no_memory(p);
    }
    memcpy(event->changes, list, n * sizeof *list);
    event->n_change = n;
out:
    return st;
}

tac_status tac_parse_event(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    tac_status st = TAC_OK;

    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_EVENT, name, span, &s));
    s->event = tac_arena_alloc(p->library->arena, sizeof *s->event);
    if (s->event == NULL) {
        st = tac_parser_no_memory(p);
        goto out;
    }
    s->event->is_persistent = true;
    s->event->was_true = true;
    p->i++; /* at */
    TAC_TRY(tac_parse_expression(p, &s->event->trigger));
    if (tac_parser_take(p, "after")) {
        s->event->delay = s->event->trigger;
        TAC_TRY(tac_parse_expression(p, &s->event->trigger));
    }
    TAC_TRY(parse_options(p, s->event));
    if (!tac_parser_take(p, ":")) {
        st = tac_parser_fail(p, "':' and what the event sets are wanted here");
        goto out;
    }
    TAC_TRY(parse_changes(p, s->event));
out:
    return st;
}
