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

static const binding FREE_NAMES = {NULL, NULL};

typedef struct converter {
    tac_ctx *ctx;
    tac_model *model;
    const tac_equation *equation;
    tac_network *network;
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

/* Numbers in more units than this are kept without theirs. */
static const size_t MAX_NUMBER_UNITS = 100;

tac_status tac_model_note_unit(tac_ctx *ctx, tac_model *model, const tac_unit *unit,
                               const char *text, size_t n, uint32_t *number_out)
{
    tac_buf words = TAC_BUF_INIT;
    *number_out = 0;
    for (size_t i = 0; i < model->n_number_unit; i++) {
        if (tac_unit_equal(unit, &model->number_units[i].unit)) {
            *number_out = (uint32_t)i + 1;
            return TAC_OK;
        }
    }
    if (model->n_number_unit == MAX_NUMBER_UNITS) {
        return TAC_OK;
    }
    if (model->number_units == NULL) {
        model->number_units =
            tac_arena_alloc(model->arena, MAX_NUMBER_UNITS * sizeof *model->number_units);
    }
    if (n > 0) {
        tac_unit_print_name(&words, model->units, text, n);
    } else {
        tac_unit_print(&words, model->units, unit);
    }
    const char *kept = tac_arena_text(model->arena, tac_buf_str(&words), words.n);
    const bool is_kept = !words.has_failed && kept != NULL && model->number_units != NULL;
    tac_buf_free(&words);
    if (!is_kept) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    model->number_units[model->n_number_unit++] = (tac_number_unit){*unit, kept};
    *number_out = (uint32_t)model->n_number_unit;
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
    uint32_t number = 0;
    if (s->given_unit != NULL) {
        unit = s->given_unit->unit;
    }
    if (s->unit.n > 0 || s->given_unit != NULL) {
        const bool is_given = s->given_unit != NULL;
        const tac_status st =
            tac_model_note_unit(c->ctx, c->model, &unit, is_given ? s->given_unit->text : name,
                                is_given ? strlen(s->given_unit->text) : s->unit.n, &number);
        if (st != TAC_OK) {
            return st;
        }
    }
    return finish(c, tac_graph_quantity(c->model->graph, s->number, number), e_out);
}

static tac_expr apply(const converter *c, tac_op op, tac_expr a, tac_expr b)
{
    return tac_graph_apply(c->model->graph, op, a, b, TAC_EXPR_NONE);
}

/**
 * What one unit of time, or of what reacts, inside the instance at hand is in units of the main model; TAC_EXPR_NONE
 * where nothing is converted.
 */
static tac_status factor_of(converter *c, bool is_time, tac_expr *e_out)
{
    const tac_equation *here = c->equation;
    tac_status st = TAC_OK;
    *e_out = TAC_EXPR_NONE;
    for (const tac_conversion *k = here->conversion; st == TAC_OK && k != NULL; k = k->outer) {
        const tac_syntax *s = is_time ? k->time : k->extent;
        const tac_equation around = {.prefix = k->prefix, .source = k->source};
        tac_expr e = TAC_EXPR_NONE;
        if (s == NULL) {
            continue;
        }
        c->equation = &around;
        st = convert(c, s, &FREE_NAMES, &e);
        *e_out = *e_out == TAC_EXPR_NONE ? e : apply(c, TAC_OP_MUL, *e_out, e);
        c->equation = here;
    }
    return st;
}

/** Multiply or divide by what factor_of() gives. */
static tac_status scale(converter *c, bool is_time, tac_op op, tac_expr *e)
{
    tac_expr factor = TAC_EXPR_NONE;
    const tac_status st = c->equation->conversion == NULL ? TAC_OK : factor_of(c, is_time, &factor);
    *e = factor == TAC_EXPR_NONE ? *e : apply(c, op, *e, factor);
    return st;
}

/** Multiply what belongs to a name of the instance (a.x * factor is y) so that it belongs to its symbol, or divide. */
static tac_expr scale_name(const converter *c, const char *name, tac_op op, tac_expr e)
{
    uint32_t i = tac_equation_factor(c->model, c->equation->prefix, name);
    for (; i != UINT32_MAX; i = c->model->factors[i].next) {
        e = apply(c, op, e, tac_graph_symbol(c->model->graph, c->model->factors[i].symbol));
    }
    return e;
}

static tac_status convert_time(converter *c, tac_expr *e_out)
{
    *e_out = tac_graph_time(c->model->graph);
    const tac_status st = scale(c, true, TAC_OP_DIV, e_out);
    return st != TAC_OK ? st : finish(c, *e_out, e_out);
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
    if (!s->is_plain && strcmp(s->name, "time") == 0) {
        return convert_time(c, e_out);
    }
    const uint32_t symbol =
        f != NULL ? UINT32_MAX : tac_equation_symbol(c->model, c->equation->prefix, s->name);
    if (symbol == UINT32_MAX) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source_of(c, bound), s->span,
                           f != NULL ? "'%s' is not an argument of the function"
                                     : "there is no '%s'",
                           s->name);
    }
    *e_out = scale_name(c, s->name, TAC_OP_DIV, tac_graph_symbol(c->model->graph, symbol));
    if (c->equation->conversion != NULL && c->model->symbols[symbol].is_reaction) {
        tac_status st = scale(c, true, TAC_OP_MUL, e_out);
        st = st != TAC_OK ? st : scale(c, false, TAC_OP_DIV, e_out);
        if (st != TAC_OK) {
            return st;
        }
    }
    return finish(c, *e_out, e_out);
}

/** Functions of the language that nothing here can compute. */
static bool is_refused(const char *name)
{
    static const char *const NAMES[] = {"delay",    "normal",         "uniform",   "bernoulli",
                                        "binomial", "cauchy",         "chisquare", "exponential",
                                        "gamma",    "laplace",        "lognormal", "poisson",
                                        "rayleigh", "truncatedNormal"};
    bool is = false;
    for (size_t k = 0; k < sizeof NAMES / sizeof NAMES[0]; k++) {
        is = is || strcmp(name, NAMES[k]) == 0;
    }
    return is;
}

static tac_status convert_call(converter *c, const tac_syntax *s, const binding *bound,
                               tac_expr *e_out)
{
    tac_expr values[TAC_MAX_ARGS];
    const tac_function *f = NULL;
    const tac_status found = tac_library_find_function(c->ctx, c->model->library, s->name, &f);
    c->model->sources =
        c->model->library->sources; /* the built-in functions may have joined them */
    c->model->n_source = c->model->library->n_source;
    const tac_source *source = source_of(c, bound);
    if (found != TAC_OK) {
        return found;
    }
    if (f == NULL && is_refused(s->name)) {
        return tac_fail_at(c->ctx, TAC_E_MODEL, source, s->span, "not supported: %s()%s", s->name,
                           strcmp(s->name, "delay") == 0 ? ", a value of earlier times"
                                                         : ", a random number");
    }
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
    if (s->op == TAC_OP_TIME) {
        return convert_time(c, e_out);
    }
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = convert(c, s->args[i], bound, &args[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    if (s->op == TAC_OP_RATE) {
        *e_out = apply(c, TAC_OP_RATE, args[0], TAC_EXPR_NONE);
        const tac_status st = scale(c, true, TAC_OP_MUL, e_out);
        return st != TAC_OK ? st : finish(c, *e_out, e_out);
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

/** A rate of change, an assignment, or the rate of a reaction: there is one of them. */
static tac_status take_rule(tac_ctx *ctx, tac_model *model, const tac_equation *q, tac_expr e)
{
    tac_symbol *symbol = &model->symbols[q->symbol];
    if (symbol->rule != TAC_EXPR_NONE || symbol->rate != TAC_EXPR_NONE) {
        return refuse_second(ctx, model, q, "a rule", symbol, symbol->rule_origin);
    }
    symbol->rule_origin = (tac_origin){q->source, q->span};
    if (q->kind == TAC_STATEMENT_RATE) {
        symbol->rate = e;
        symbol->role = TAC_ROLE_STATE;
    } else {
        symbol->rule = e;
        symbol->role = TAC_ROLE_ASSIGNED;
    }
    return TAC_OK;
}

static tac_status take_equation(tac_ctx *ctx, tac_model *model, const tac_equation *q, tac_expr e,
                                bool is_scaled)
{
    tac_symbol *symbol = &model->symbols[q->symbol];
    const tac_origin origin = {q->source, q->span};
    double value = 0.0;
    const tac_syntax *number = NULL;
    switch (q->kind) {
    case TAC_STATEMENT_INITIAL:
        if (q->is_rate) {
            return take_rule(ctx, model, q, e);
        }
        if (symbol->has_value || symbol->initial != TAC_EXPR_NONE) {
            return refuse_second(ctx, model, q, "an initial value", symbol, symbol->initial_origin);
        }
        symbol->initial_origin = origin;
        if (is_number(q->value, &value, &number) && !is_scaled) {
            return take_number(ctx, model, q, number, value);
        }
        symbol->initial = e;
        return TAC_OK;
    case TAC_STATEMENT_RULE:
    case TAC_STATEMENT_RATE:
    case TAC_STATEMENT_REACTION: return take_rule(ctx, model, q, e);
    case TAC_STATEMENT_ALGEBRAIC: /* their numbers stand in the network */
    case TAC_STATEMENT_EVENT:
    case TAC_STATEMENT_DECLARE:
    case TAC_STATEMENT_INSTANCE:
    case TAC_STATEMENT_IS:
    case TAC_STATEMENT_INTERACTION:
    case TAC_STATEMENT_DELETE:
    case TAC_STATEMENT_ABOUT: break;
    }
    TAC_BUG("an equation of another kind");
}

/** Room for what the equations hold besides rules. */
static tac_status allocate_network(converter *c)
{
    size_t n_flux = 0;
    size_t n_event = 0;
    size_t n_algebraic = 0;
    tac_arena *arena = c->model->arena;
    for (size_t k = 0; k < c->model->n_equation; k++) {
        const tac_equation *q = &c->model->equations[k];
        n_flux += q->statement->n_participant;
        n_event += q->kind == TAC_STATEMENT_EVENT ? 1 : 0;
        n_algebraic += q->kind == TAC_STATEMENT_ALGEBRAIC ? 1 : 0;
    }
    c->model->fluxes = tac_arena_alloc(arena, (n_flux + 1) * sizeof *c->model->fluxes);
    c->network->algebraics =
        tac_arena_alloc(arena, (n_algebraic + 1) * sizeof *c->network->algebraics);
    c->model->events = tac_arena_alloc(arena, (n_event + 1) * sizeof *c->model->events);
    return c->model->fluxes != NULL && c->network->algebraics != NULL && c->model->events != NULL
               ? TAC_OK
               : tac_fail(c->ctx, TAC_E_MEMORY, "out of memory");
}

/** The symbol of a name in the equation's instance; flattening has made one. */
static uint32_t symbol_of(const converter *c, const char *name)
{
    const uint32_t i = tac_equation_symbol(c->model, c->equation->prefix, name);
    if (i == UINT32_MAX) {
        TAC_BUG("a name of a statement has no symbol");
    }
    return i;
}

/** The rate of a reaction: what reacts per time. */
static tac_status convert_rate(converter *c, const tac_syntax *s, tac_expr *e_out)
{
    tac_status st = convert(c, s, &FREE_NAMES, e_out);
    st = st != TAC_OK ? st : scale(c, false, TAC_OP_MUL, e_out);
    return st != TAC_OK ? st : scale(c, true, TAC_OP_DIV, e_out);
}

/** J: A + 2 B -> C; v: the rule J := v, and what J does to each of them. */
static tac_status convert_reaction(converter *c)
{
    const tac_equation *q = c->equation;
    tac_graph *graph = c->model->graph;
    tac_expr rate = tac_graph_const(graph, 0.0);
    tac_status st = TAC_OK;
    if (!q->has_rate_apart) {
        if (q->value != NULL) {
            TAC_TRY(convert_rate(c, q->value, &rate));
        }
        TAC_TRY(take_rule(c->ctx, c->model, q, rate));
    }
    for (size_t k = 0; k < q->statement->n_participant; k++) {
        const tac_participant *one = &q->statement->participants[k];
        tac_expr amount = tac_graph_const(graph, 1.0);
        if (one->amount != NULL) {
            TAC_TRY(convert(c, one->amount, &FREE_NAMES, &amount));
        }
        c->model->fluxes[c->model->n_flux++] =
            (tac_flux){.reaction = q->symbol,
                       .species = symbol_of(c, one->name),
                       .amount = scale_name(c, one->name, TAC_OP_MUL, amount),
                       .is_product = one->is_product,
                       .is_boundary = one->is_boundary,
                       .equation = (uint32_t)(q - c->model->equations)};
    }
out:
    return st;
}

static tac_status convert_optional(converter *c, const tac_syntax *s, tac_expr *e_out)
{
    *e_out = TAC_EXPR_NONE;
    return s == NULL ? TAC_OK : convert(c, s, &FREE_NAMES, e_out);
}

static tac_status convert_event(converter *c)
{
    const tac_equation *q = c->equation;
    const tac_event_syntax *s = q->statement->event;
    tac_arena *arena = c->model->arena;
    tac_status st = TAC_OK;
    tac_model_event event = {.origin = {q->source, q->span},
                             .is_persistent = s->is_persistent,
                             .was_true = s->was_true,
                             .is_late = s->is_late,
                             .n_change = s->n_change};
    tac_buf id = TAC_BUF_INIT;
    tac_buf_print(&id, "%s%s", q->prefix, q->statement->name);
    event.id = tac_arena_text(arena, tac_buf_str(&id), id.n);
    tac_buf_free(&id);
    event.changes = tac_arena_alloc(arena, (s->n_change + 1) * sizeof *event.changes);
    if (event.id == NULL || event.changes == NULL) {
        return tac_fail(c->ctx, TAC_E_MEMORY, "out of memory");
    }
    TAC_TRY(convert(c, s->trigger, &FREE_NAMES, &event.trigger));
    TAC_TRY(convert_optional(c, s->delay, &event.delay));
    if (event.delay != TAC_EXPR_NONE) {
        TAC_TRY(scale(c, true, TAC_OP_MUL, &event.delay));
    }
    TAC_TRY(convert_optional(c, s->priority, &event.priority));
    for (size_t k = 0; k < s->n_change; k++) {
        event.changes[k].symbol = symbol_of(c, s->changes[k].name);
        event.changes[k].size = TAC_EXPR_NONE;
        TAC_TRY(convert(c, s->changes[k].value, &FREE_NAMES, &event.changes[k].value));
        event.changes[k].value =
            scale_name(c, s->changes[k].name, TAC_OP_MUL, event.changes[k].value);
    }
    c->model->events[c->model->n_event++] = event;
out:
    return st;
}

static tac_status convert_equation(converter *c)
{
    tac_expr e = TAC_EXPR_NONE;
    if (c->equation->kind == TAC_STATEMENT_REACTION) {
        return convert_reaction(c);
    }
    if (c->equation->kind == TAC_STATEMENT_EVENT) {
        return convert_event(c);
    }
    tac_status st = TAC_OK;
    if (c->equation->is_rate) {
        TAC_TRY(convert_rate(c, c->equation->value, &e));
    } else {
        TAC_TRY(convert(c, c->equation->value, &FREE_NAMES, &e));
    }
    if (c->equation->kind != TAC_STATEMENT_ALGEBRAIC) {
        const tac_expr scaled = scale_name(c, c->equation->statement->name, TAC_OP_MUL, e);
        const bool is_scaled = scaled != e;
        e = scaled;
        if (c->equation->kind == TAC_STATEMENT_RATE) {
            TAC_TRY(scale(c, true, TAC_OP_DIV, &e));
        }
        st = take_equation(c->ctx, c->model, c->equation, e, is_scaled);
        goto out;
    }
    c->network->algebraics[c->network->n_algebraic++] =
        (tac_algebraic){e, (uint32_t)(c->equation - c->model->equations)};
out:
    return st;
}

tac_status tac_build_expressions(tac_ctx *ctx, tac_model *model)
{
    tac_status result = TAC_OK;
    tac_network network = {0};
    converter c = {.ctx = ctx, .model = model, .network = &network};
    tac_status st = allocate_network(&c);
    if (st != TAC_OK) {
        return st;
    }
    for (size_t k = 0; k < model->n_equation && !tac_ctx_is_full(ctx); k++) {
        c.equation = &model->equations[k];
        st = convert_equation(&c);
        if (st == TAC_E_MEMORY || c.is_too_large) {
            return st;
        }
        result = st != TAC_OK ? st : result;
    }
    if (result == TAC_OK) {
        result = tac_network_lower(ctx, model, &network);
    }
    return result;
}
