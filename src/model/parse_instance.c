/* SPDX-License-Identifier: Apache-2.0 */
/* How Antimony puts models into each other: instances, names that are one, parts that are taken out. */
#include "base/fail.h"
#include "model/parser.h"

#include <string.h>

enum { MAX_PORTS = 256 };

/** What stands in the brackets of an instance, until it is kept. */
typedef struct ports {
    const char *names[MAX_PORTS]; /* NULL where a number is */
    tac_syntax *numbers[MAX_PORTS];
    tac_span spans[MAX_PORTS];
    size_t n;
} ports;

/** A name, or a number with a sign. */
static tac_status parse_port(tac_parser *p, ports *list)
{
    const size_t k = list->n++;
    list->names[k] = NULL;
    list->numbers[k] = NULL;
    list->spans[k] = tac_parser_now(p)->span;
    if (tac_parser_now(p)->kind == TAC_TOKEN_NUMBER || tac_parser_is(p, tac_parser_now(p), "-")) {
        return tac_parse_expression(p, &list->numbers[k]);
    }
    return tac_parser_take_name(p, "a name or a number for a port, or ')', is wanted here",
                                &list->names[k], &list->spans[k]);
}

/** (a, b, 3) */
static tac_status parse_ports(tac_parser *p, ports *list)
{
    if (!tac_parser_take(p, "(")) {
        return tac_parser_fail(p, "'(' is wanted after the name of a model");
    }
    while (!tac_parser_is(p, tac_parser_now(p), ")")) {
        if (list->n == MAX_PORTS) {
            return tac_parser_fail(p, "more than 256 ports");
        }
        const tac_status st = parse_port(p, list);
        if (st != TAC_OK) {
            return st;
        }
        if (!tac_parser_take(p, ",")) {
            break;
        }
    }
    return tac_parser_take(p, ")") ? TAC_OK : tac_parser_fail(p, "',' or ')' is wanted here");
}

static tac_status keep_ports(const tac_parser *p, const ports *list, tac_instance_syntax *out)
{
    tac_arena *arena = p->library->arena;
    const size_t n = list->n + 1;
    out->args = tac_arena_alloc(arena, n * sizeof *out->args);
    out->numbers = tac_arena_alloc(arena, n * sizeof *out->numbers);
    out->spans = tac_arena_alloc(arena, n * sizeof *out->spans);
    if (out->args == NULL || out->numbers == NULL || out->spans == NULL) {
        return tac_parser_no_memory(p);
    }
    out->n_arg = list->n;
    memcpy(out->args, list->names, list->n * sizeof list->names[0]);
    memcpy(out->numbers, list->numbers, list->n * sizeof list->numbers[0]);
    memcpy(out->spans, list->spans, list->n * sizeof list->spans[0]);
    return TAC_OK;
}

/** `, timeconv = 60, extentconv = x` */
static tac_status parse_factors(tac_parser *p, tac_instance_syntax *out)
{
    tac_status st = TAC_OK;
    while (st == TAC_OK && tac_parser_take(p, ",")) {
        const bool is_time = tac_parser_take(p, "timeconv");
        if (!is_time && !tac_parser_take(p, "extentconv")) {
            return tac_parser_fail(p, "'timeconv' or 'extentconv' and '=' are wanted here");
        }
        if (!tac_parser_take(p, "=")) {
            return tac_parser_fail(p, "'=' is wanted behind 'timeconv' and 'extentconv'");
        }
        st = tac_parse_expression(p, is_time ? &out->time_factor : &out->extent_factor);
    }
    return st;
}

tac_status tac_parse_instance(tac_parser *p, tac_module *module, const char *name, tac_span span)
{
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    ports list;

    list.n = 0;
    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_INSTANCE, name, span, &s));
    s->instance = tac_arena_alloc(p->library->arena, sizeof *s->instance);
    if (s->instance == NULL) {
        st = tac_parser_no_memory(p);
        goto out;
    }
    TAC_TRY(tac_parser_take_name(p, "the name of a model is wanted after ':'", &s->other,
                                 &s->other_span));
    TAC_TRY(parse_ports(p, &list));
    TAC_TRY(keep_ports(p, &list, s->instance));
    TAC_TRY(parse_factors(p, s->instance));
    TAC_TRY(tac_parser_take_place(p, s));
out:
    return st;
}

tac_status tac_parse_is(tac_parser *p, tac_module *module, const char *name, tac_span span,
                        const char *factor, tac_span factor_span)
{
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    if (factor == NULL && tac_parser_now(p)->kind == TAC_TOKEN_TEXT) {
        return tac_parse_display_name(p, module, name, span);
    }
    TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_IS, name, span, &s));
    s->factor = factor;
    s->factor_span = factor_span;
    TAC_TRY(tac_parser_take_name(p, "a name is wanted after 'is'", &s->other, &s->other_span));
    if (factor == NULL && tac_parser_take(p, "/")) {
        TAC_TRY(tac_parser_take_name(p, "the name of a factor is wanted: a.x is y / factor",
                                     &s->factor, &s->factor_span));
    }
out:
    return st;
}

tac_status tac_parse_delete(tac_parser *p, tac_module *module)
{
    tac_status st = TAC_OK;
    do {
        const char *name = NULL;
        tac_span span = {0, 0};
        tac_statement *s = NULL;
        TAC_TRY(tac_parser_take_name(p, "the name of what is taken out is wanted: delete a.x",
                                     &name, &span));
        TAC_TRY(tac_parser_add(p, module, TAC_STATEMENT_DELETE, name, span, &s));
    } while (tac_parser_take(p, ","));
out:
    return st;
}
