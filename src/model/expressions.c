/* SPDX-License-Identifier: Apache-2.0 */
/* From syntax to the shared graph: names become symbols, functions are written out. */
#include "base/fail.h"
#include "model/equations.h"

#include <math.h>
#include <string.h>

/* A function may call others, but not endlessly, and the whole must stay of a size that can be held. */
static const int MAX_CALLS = 50;
static const int MAX_DEPTH = 3000;
static const size_t MAX_CONVERSIONS = 2000000;
static const size_t MAX_NODES = 1000000;

/* Arguments of the function that is being written out. */
typedef struct binding {
    const tac_function *function; /* NULL at the level of an equation */
    const tac_expr *values;       /* [n_arg] */
} binding;

typedef struct converter {
    tac_ctx *ctx;
    tac_model *model;
    const tac_equation *equation;
    size_t n_conversion;
    int n_call;
    int depth; /* of the tree that is being walked, functions written out */
    bool is_too_large;
} converter;

static tac_status convert(converter *c, const tac_syntax *s, const binding *bound, tac_expr *e_out);

static const tac_source *source_of(const converter *c, const binding *bound)
{
    const uint32_t i = bound->function != NULL ? bound->function->source : c->equation->source;
    return &c->model->sources[i];
}

static tac_status finish(converter *c, tac_expr e, tac_expr *e_out)
{
    *e_out = e;
    if (tac_graph_has_failed(c->model->graph)) {
        return tac_fail(c->ctx, TAC_E_MEMORY, "out of memory");
    }
    return TAC_OK;
}

/** A number; a name behind it is its unit, which is easily meant otherwise. */
static tac_status convert_number(converter *c, const tac_syntax *s, const binding *bound,
                                 tac_expr *e_out)
{
    tac_unit unit = TAC_UNIT_ONE;
    const tac_source *source = source_of(c, bound);
    const char *name = source->text + s->unit.offset;
    if (s->unit.n > 0 && !tac_unit_find(c->model->units, name, s->unit.n, &unit)) {
        return tac_fail_at(c->ctx, TAC_E_UNITS, source, s->unit,
                           "no unit is called '%.*s'; a number with a name behind it is a quantity "
                           "with its unit, a product has a sign: %.10g*%.*s",
                           (int)s->unit.n, name, s->number, (int)s->unit.n, name);
    }
    return finish(c, tac_graph_const(c->model->graph, s->number), e_out);
}

static tac_status convert_name(converter *c, const tac_syntax *s, const binding *bound,
                               tac_expr *e_out)
{
    const tac_function *f = bound->function;
    for (size_t i = 0; f != NULL && i < f->n_arg; i++) {
        if (strcmp(f->args[i], s->name) == 0) {
            *e_out = bound->values[i];
            return TAC_OK;
        }
    }
    if (strcmp(s->name, "time") == 0) {
        return finish(c, tac_graph_time(c->model->graph), e_out);
    }
    const uint32_t symbol =
        f != NULL ? UINT32_MAX : tac_equation_symbol(c->model, c->equation->prefix, s->name);
    if (symbol == UINT32_MAX) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source_of(c, bound), s->span,
                           f != NULL ? "'%s' is not an argument of the function"
                                     : "there is no '%s'",
                           s->name);
    }
    return finish(c, tac_graph_symbol(c->model->graph, symbol), e_out);
}

static tac_status convert_call(converter *c, const tac_syntax *s, const binding *bound,
                               tac_expr *e_out)
{
    tac_expr values[TAC_MAX_ARGS];
    const tac_function *f = tac_library_function(c->model->library, s->name);
    const tac_source *source = source_of(c, bound);
    if (f == NULL) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source, s->span,
                           "there is no function '%s'; built in are exp ln log10 sqrt abs min max "
                           "pow floor ceil piecewise and the circular and hyperbolic ones",
                           s->name);
    }
    if (f->n_arg != s->n_arg || f->n_arg > TAC_MAX_ARGS) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source, s->span,
                           "'%s' takes %zu argument%s, here are %zu", s->name, f->n_arg,
                           f->n_arg == 1 ? "" : "s", s->n_arg);
    }
    if (c->n_call >= MAX_CALLS) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source, s->span,
                           "functions call each other more than %d levels deep; does '%s' call "
                           "itself?",
                           MAX_CALLS, s->name);
    }
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = convert(c, s->args[i], bound, &values[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    const binding inner = {f, values};
    c->n_call++;
    const tac_status st = convert(c, f->body, &inner, e_out);
    c->n_call--;
    return st;
}

static tac_status convert_operation(converter *c, const tac_syntax *s, const binding *bound,
                                    tac_expr *e_out)
{
    tac_expr args[3] = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE};
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = convert(c, s->args[i], bound, &args[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    return finish(c, tac_graph_apply(c->model->graph, s->op, args[0], args[1], args[2]), e_out);
}

static tac_status convert(converter *c, const tac_syntax *s, const binding *bound, tac_expr *e_out)
{
    tac_status st = TAC_OK;
    if (++c->n_conversion > MAX_CONVERSIONS || c->depth >= MAX_DEPTH
        || tac_graph_n(c->model->graph) > MAX_NODES) {
        c->is_too_large = true;
        return tac_fail_at(c->ctx, TAC_E_MODEL, source_of(c, bound), s->span,
                           "the model becomes too large when its functions are written out");
    }
    c->depth++;
    switch (s->kind) {
    case TAC_SYNTAX_NUMBER: st = convert_number(c, s, bound, e_out); break;
    case TAC_SYNTAX_NAME: st = convert_name(c, s, bound, e_out); break;
    case TAC_SYNTAX_CALL: st = convert_call(c, s, bound, e_out); break;
    case TAC_SYNTAX_OPERATION: st = convert_operation(c, s, bound, e_out); break;
    }
    c->depth--;
    return st;
}

/** A number, perhaps with a sign and a unit: the value itself, not an expression. */
static bool is_number(const tac_syntax *s, double *value_out, const tac_syntax **number_out)
{
    double sign = 1.0;
    while (s->kind == TAC_SYNTAX_OPERATION && s->op == TAC_OP_NEG) {
        sign = -sign;
        s = s->args[0];
    }
    *value_out = sign * s->number;
    *number_out = s;
    return s->kind == TAC_SYNTAX_NUMBER;
}

static tac_status refuse_second(tac_ctx *ctx, const tac_model *model, const tac_equation *q,
                                const char *what, const tac_symbol *symbol, tac_origin first)
{
    size_t line = 0;
    size_t column = 0;
    const tac_source *source = &model->sources[first.source];
    tac_source_place(source, first.span.offset, &line, &column);
    return tac_fail_at(ctx, TAC_E_MODEL, &model->sources[q->source], q->span,
                       "'%s' has %s already, at %s:%zu:%zu; keep one of them", symbol->id, what,
                       source->name, line, column);
}

/** x = number: the value, whose unit becomes that of x. */
static tac_status take_number(tac_ctx *ctx, tac_model *model, const tac_equation *q,
                              const tac_syntax *number, double value)
{
    tac_symbol *symbol = &model->symbols[q->symbol];
    tac_unit unit = TAC_UNIT_ONE;
    symbol->has_value = true;
    symbol->value = value;
    if (number->unit.n == 0 || symbol->has_unit) {
        return TAC_OK; /* a unit beside a declared one is compared by the check */
    }
    const tac_status st =
        tac_unit_read(ctx, model->units, &model->sources[q->source], number->unit, &unit);
    symbol->has_unit = st == TAC_OK;
    symbol->unit = unit;
    if (st == TAC_OK) {
        symbol->unit_text =
            tac_arena_text(model->arena, model->sources[q->source].text + number->unit.offset,
                           number->unit.n);
        return symbol->unit_text != NULL ? TAC_OK : tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    return st;
}

static tac_status take_equation(tac_ctx *ctx, tac_model *model, const tac_equation *q, tac_expr e)
{
    tac_symbol *symbol = &model->symbols[q->symbol];
    const tac_origin origin = {q->source, q->span};
    double value = 0.0;
    const tac_syntax *number = NULL;
    switch (q->kind) {
    case TAC_STATEMENT_INITIAL:
        if (symbol->has_value || symbol->initial != TAC_EXPR_NONE) {
            return refuse_second(ctx, model, q, "an initial value", symbol, symbol->initial_origin);
        }
        symbol->initial_origin = origin;
        if (is_number(q->value, &value, &number)) {
            return take_number(ctx, model, q, number, value);
        }
        symbol->initial = e;
        return TAC_OK;
    case TAC_STATEMENT_RULE:
    case TAC_STATEMENT_RATE:
        if (symbol->rule != TAC_EXPR_NONE || symbol->rate != TAC_EXPR_NONE) {
            return refuse_second(ctx, model, q, "a rule", symbol, symbol->rule_origin);
        }
        symbol->rule_origin = origin;
        if (q->kind == TAC_STATEMENT_RULE) {
            symbol->rule = e;
            symbol->role = TAC_ROLE_ASSIGNED;
        } else {
            symbol->rate = e;
            symbol->role = TAC_ROLE_STATE;
        }
        return TAC_OK;
    case TAC_STATEMENT_DECLARE:
    case TAC_STATEMENT_INSTANCE:
    case TAC_STATEMENT_IS: break;
    }
    TAC_BUG("an equation of another kind");
}

/** A constant that is computed from others is an assigned variable that happens never to change. */
static tac_status settle_roles(tac_ctx *ctx, tac_model *model)
{
    tac_status result = TAC_OK;
    for (size_t i = 0; i < model->n_symbol; i++) {
        tac_symbol *s = &model->symbols[i];
        const tac_source *source = &model->sources[s->initial_origin.source];
        if (s->role == TAC_ROLE_CONSTANT && s->initial != TAC_EXPR_NONE) {
            s->rule = s->initial;
            s->rule_origin = s->initial_origin;
            s->initial = TAC_EXPR_NONE;
            s->role = TAC_ROLE_ASSIGNED;
        } else if (s->role == TAC_ROLE_ASSIGNED && (s->initial != TAC_EXPR_NONE || s->has_value)) {
            result = tac_fail_at(ctx, TAC_E_MODEL, source, s->initial_origin.span,
                                 "'%s' has an assignment rule, which gives its initial value too",
                                 s->id);
        } else if (s->role == TAC_ROLE_INPUT && s->initial != TAC_EXPR_NONE) {
            result = tac_fail_at(ctx, TAC_E_MODEL, source, s->initial_origin.span,
                                 "'%s' is an input (var without a rule); its value without any "
                                 "event must be a number",
                                 s->id);
        }
    }
    return result;
}

tac_status tac_build_expressions(tac_ctx *ctx, tac_model *model)
{
    tac_status result = TAC_OK;
    converter c = {.ctx = ctx, .model = model};
    const binding free_names = {NULL, NULL};
    for (size_t k = 0; k < model->n_equation && !tac_ctx_is_full(ctx); k++) {
        tac_expr e = TAC_EXPR_NONE;
        c.equation = &model->equations[k];
        tac_status st = convert(&c, c.equation->value, &free_names, &e);
        if (st == TAC_OK) {
            st = take_equation(ctx, model, c.equation, e);
        }
        if (st == TAC_E_MEMORY || c.is_too_large) {
            return st;
        }
        result = st != TAC_OK ? st : result;
    }
    const tac_status st = settle_roles(ctx, model);
    return st != TAC_OK ? st : result;
}
