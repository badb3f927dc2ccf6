/* SPDX-License-Identifier: Apache-2.0 */
/* Is the model whole, and do the units of every equation agree? */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/suggest.h"
#include "model/equations.h"
#include "model/order.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The unit of an expression; a plain 0 fits any, and so does what SBML gives no unit. */
typedef struct measure {
    bool is_any;
    bool is_bare; /* a number of SBML without a unit: fits any, and counts as pure in a product */
    tac_unit unit;
} measure;

static const measure PURE = {false, false, {{0}, 1.0}};

/* What the names of a function's arguments stand for. */
typedef struct bindings {
    const tac_function *function; /* NULL at the level of an equation */
    const measure *values;
} bindings;

typedef struct checker {
    tac_ctx *ctx;
    const tac_model *model;
    const tac_equation *equation;
    tac_unit time_unit;
    bool is_lenient; /* as SBML has it: units may be missing, and numbers need none */
} checker;

static tac_status measure_of(checker *c, const tac_syntax *s, const bindings *bound, measure *out);

static const tac_source *source_of(const checker *c, const bindings *bound)
{
    const uint32_t i = bound->function != NULL ? bound->function->source : c->equation->source;
    return &c->model->sources[i];
}

/** Report that two units differ, and by which factor when that is all. */
static tac_status refuse(const checker *c, const tac_source *source, tac_span span,
                         const char *left_is, const char *right_is, const tac_unit *left,
                         const tac_unit *right)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s is in ", left_is);
    tac_unit_print(&text, c->model->units, left);
    tac_buf_print(&text, ", %s in ", right_is);
    tac_unit_print(&text, c->model->units, right);
    if (tac_unit_same_dimension(left, right)) {
        tac_buf_print(&text, ": multiply %s by ", right_is);
        tac_unit_print_factor(&text, right, left);
    } else {
        tac_buf_text(&text, ": the dimensions differ");
    }
    const tac_status st = tac_fail_at(c->ctx, TAC_E_UNITS, source, span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

static bool agree(const measure *a, const measure *b)
{
    return a->is_any || b->is_any || a->is_bare || b->is_bare || tac_unit_equal(&a->unit, &b->unit);
}

static tac_status measure_number(checker *c, const tac_syntax *s, const bindings *bound,
                                 measure *out)
{
    *out = PURE;
    if (s->given_unit != NULL) {
        out->unit = s->given_unit->unit;
        return TAC_OK;
    }
    if (s->unit.n == 0) {
        out->is_any = !(fabs(s->number) > 0.0);
        out->is_bare = c->is_lenient;
        return TAC_OK;
    }
    return tac_unit_read(c->ctx, c->model->units, source_of(c, bound), s->unit, &out->unit);
}

/** Time, whose unit SBML may leave open. */
static void measure_time(const checker *c, measure *out)
{
    *out = PURE;
    out->unit = c->time_unit;
    out->is_any = c->is_lenient && !isfinite(tac_model_hours(c->model));
}

static tac_status measure_name(const checker *c, const tac_syntax *s, const bindings *bound,
                               measure *out)
{
    const tac_function *f = bound->function;
    for (size_t i = 0; f != NULL && i < f->n_arg; i++) {
        if (strcmp(f->args[i], s->name) == 0) {
            *out = bound->values[i];
            return TAC_OK;
        }
    }
    *out = PURE;
    if (!s->is_plain && strcmp(s->name, "time") == 0) {
        measure_time(c, out);
        return TAC_OK;
    }
    const uint32_t i = tac_equation_symbol(c->model, c->equation->prefix, s->name);
    if (i == UINT32_MAX) {
        TAC_BUG("a name that was found before is gone");
    }
    out->unit = c->model->symbols[i].unit;
    out->is_any = !c->model->symbols[i].has_unit;
    for (uint32_t k = tac_equation_factor(c->model, c->equation->prefix, s->name); k != UINT32_MAX;
         k = c->model->factors[k].next) {
        out->unit = tac_unit_div(out->unit, c->model->symbols[c->model->factors[k].symbol].unit);
    }
    return TAC_OK;
}

static tac_status measure_call(checker *c, const tac_syntax *s, const bindings *bound, measure *out)
{
    measure values[TAC_MAX_ARGS];
    const tac_function *f = tac_library_function(c->model->library, s->name);
    if (f == NULL || s->n_arg > TAC_MAX_ARGS) {
        TAC_BUG("a function that was found before is gone");
    }
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = measure_of(c, s->args[i], bound, &values[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    const bindings inner = {f, values};
    const tac_status st = measure_of(c, f->body, &inner, out);
    if (st == TAC_E_UNITS && bound->function == NULL) {
        (void)tac_fail_at(c->ctx, st, source_of(c, bound), s->span, "in this call of '%s'",
                          s->name);
    }
    return st;
}

/** Both sides of a sum, a comparison, min, max or piecewise. */
static tac_status must_agree(const checker *c, const tac_syntax *a, const tac_syntax *b,
                             const bindings *bound, const measure *left, const measure *right)
{
    const uint32_t begin = a->span.offset < b->span.offset ? a->span.offset : b->span.offset;
    const uint32_t a_end = a->span.offset + a->span.n;
    const uint32_t b_end = b->span.offset + b->span.n;
    const tac_span both = {begin, (a_end > b_end ? a_end : b_end) - begin};
    if (agree(left, right)) {
        return TAC_OK;
    }
    return refuse(c, source_of(c, bound), both, "the first part", "the second", &left->unit,
                  &right->unit);
}

static tac_status must_be_pure(const checker *c, const tac_syntax *s, const bindings *bound,
                               const char *what, const measure *m)
{
    if (m->is_any || m->is_bare || tac_unit_equal(&m->unit, &TAC_UNIT_ONE)) {
        return TAC_OK;
    }
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s takes a pure number, this is in ", what);
    tac_unit_print(&text, c->model->units, &m->unit);
    if (tac_unit_is_pure(&m->unit)) {
        tac_buf_text(&text, ": multiply by ");
        tac_unit_print_factor(&text, &m->unit, &TAC_UNIT_ONE);
    } else {
        tac_buf_text(&text, "; divide by a reference in the same unit");
    }
    const tac_status st =
        tac_fail_at(c->ctx, TAC_E_UNITS, source_of(c, bound), s->span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

/** The value of a power that is written in numbers, such as 2, -1 or (2/3); false when names are in it. */
static bool literal_value(const tac_syntax *s, double *value_out)
{
    double a = 0.0;
    double b = 0.0;
    if (s->kind == TAC_SYNTAX_NUMBER) {
        *value_out = s->number;
        return s->unit.n == 0;
    }
    if (s->kind != TAC_SYNTAX_OPERATION || s->n_arg > 2 || !literal_value(s->args[0], &a)
        || (s->n_arg == 2 && !literal_value(s->args[1], &b))) {
        return false;
    }
    *value_out = tac_op_value(s->op, a, b, 0.0);
    return isfinite(*value_out);
}

/** A power written in numbers scales the unit; any other power needs a pure base. */
static tac_status measure_power(checker *c, const tac_syntax *s, const bindings *bound,
                                const measure *args, measure *out)
{
    double power = 0.0;
    *out = args[0];
    if (literal_value(s->args[1], &power)) {
        out->unit = tac_unit_pow(args[0].unit, power);
        out->is_any = c->is_lenient && args[0].is_any;
        return TAC_OK;
    }
    const tac_status st = must_be_pure(c, s->args[1], bound, "a power", &args[1]);
    return st != TAC_OK
               ? st
               : must_be_pure(c, s->args[0], bound, "a base with a power that is a name", &args[0]);
}

static tac_status measure_operation(checker *c, const tac_syntax *s, const bindings *bound,
                                    measure *out)
{
    measure args[3] = {PURE, PURE, PURE};
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = measure_of(c, s->args[i], bound, &args[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    *out = args[0];
    if (s->op == TAC_OP_TIME) {
        measure_time(c, out);
        return TAC_OK;
    }
    if (s->op == TAC_OP_ADD || s->op == TAC_OP_SUB || s->op == TAC_OP_MIN || s->op == TAC_OP_MAX) {
        *out = args[0].is_any || args[0].is_bare ? args[1] : args[0];
        return must_agree(c, s->args[0], s->args[1], bound, &args[0], &args[1]);
    }
    if (s->op == TAC_OP_LT || s->op == TAC_OP_LE || s->op == TAC_OP_GT || s->op == TAC_OP_GE
        || s->op == TAC_OP_EQ || s->op == TAC_OP_NE) {
        *out = PURE;
        return must_agree(c, s->args[0], s->args[1], bound, &args[0], &args[1]);
    }
    if (s->op == TAC_OP_MUL || s->op == TAC_OP_DIV) {
        out->is_any = args[0].is_any || ((s->op == TAC_OP_MUL || c->is_lenient) && args[1].is_any);
        out->is_bare = args[0].is_bare && args[1].is_bare;
        out->unit = s->op == TAC_OP_MUL ? tac_unit_mul(args[0].unit, args[1].unit)
                                        : tac_unit_div(args[0].unit, args[1].unit);
        return TAC_OK;
    }
    if (s->op == TAC_OP_POW) {
        return measure_power(c, s, bound, args, out);
    }
    if (s->op == TAC_OP_SELECT) {
        *out = args[1].is_any || args[1].is_bare ? args[2] : args[1];
        const tac_status st = must_be_pure(c, s->args[0], bound, "a condition", &args[0]);
        if (st != TAC_OK) {
            return st;
        }
        return must_agree(c, s->args[1], s->args[2], bound, &args[1], &args[2]);
    }
    if (s->op == TAC_OP_RATE) {
        measure time = PURE;
        measure_time(c, &time);
        out->unit = tac_unit_div(args[0].unit, c->time_unit);
        out->is_any = out->is_any || time.is_any;
        return TAC_OK;
    }
    if (s->op == TAC_OP_NEG || s->op == TAC_OP_ABS) {
        return TAC_OK;
    }
    if (s->op == TAC_OP_SQRT) {
        out->unit = tac_unit_pow(args[0].unit, 0.5);
        return TAC_OK;
    }
    *out = PURE;
    for (size_t i = 0; i < s->n_arg; i++) {
        const tac_status st = must_be_pure(c, s->args[i], bound, tac_op_text(s->op), &args[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status measure_of(checker *c, const tac_syntax *s, const bindings *bound, measure *out)
{
    switch (s->kind) {
    case TAC_SYNTAX_NUMBER: return measure_number(c, s, bound, out);
    case TAC_SYNTAX_NAME: return measure_name(c, s, bound, out);
    case TAC_SYNTAX_CALL: return measure_call(c, s, bound, out);
    case TAC_SYNTAX_OPERATION: return measure_operation(c, s, bound, out);
    }
    TAC_BUG("a syntax of no kind");
}

/** A number by itself, perhaps with a sign. */
static bool is_bare_number(const tac_syntax *s)
{
    while (s->kind == TAC_SYNTAX_OPERATION && s->op == TAC_OP_NEG) {
        s = s->args[0];
    }
    return s->kind == TAC_SYNTAX_NUMBER && s->unit.n == 0;
}

static const bindings FREE_NAMES = {NULL, NULL};

/** Each species changes by what the reaction says: rate * number is amount / time. */
static tac_status check_participants(checker *c, const tac_equation *q)
{
    tac_status result = TAC_OK;
    for (size_t k = 0; k < q->statement->n_participant; k++) {
        const tac_participant *one = &q->statement->participants[k];
        const uint32_t i = tac_equation_symbol(c->model, q->prefix, one->name);
        const tac_symbol *s = &c->model->symbols[i];
        measure number = PURE;
        if (!c->model->symbols[q->symbol].has_unit || !s->has_unit
            || (s->place != UINT32_MAX && !c->model->symbols[s->place].has_unit)) {
            continue; /* SBML may leave them open */
        }
        tac_unit have = c->model->symbols[q->symbol].unit;
        tac_unit want = tac_unit_div(s->unit, c->time_unit);
        if (one->amount != NULL) {
            const tac_status st = measure_of(c, one->amount, &FREE_NAMES, &number);
            if (st != TAC_OK) {
                return st;
            }
            have = tac_unit_mul(have, number.unit);
        }
        if (!s->is_amount && s->place != UINT32_MAX) {
            want = tac_unit_mul(want, c->model->symbols[s->place].unit);
        }
        if (!number.is_any && !number.is_bare && !tac_unit_equal(&want, &have)) {
            result = refuse(c, &c->model->sources[q->source], one->span,
                            "the amount of this species over time", "the reaction", &want, &have);
        }
    }
    return result;
}

/** A part of an event against the unit that it must have. */
static tac_status check_part(checker *c, const tac_syntax *s, const char *what,
                             const tac_unit *want)
{
    measure have = PURE;
    const measure left = {false, false, *want};
    const tac_status st = s == NULL ? TAC_OK : measure_of(c, s, &FREE_NAMES, &have);
    if (s == NULL || st != TAC_OK || is_bare_number(s) || agree(&left, &have)) {
        return st;
    }
    return refuse(c, &c->model->sources[c->equation->source], s->span, what, "the right side", want,
                  &have.unit);
}

static tac_status check_event(checker *c, const tac_equation *q)
{
    const tac_event_syntax *event = q->statement->event;
    tac_status st = TAC_OK;
    measure time = PURE;
    TAC_TRY(check_part(c, event->trigger, "a condition", &TAC_UNIT_ONE));
    measure_time(c, &time);
    TAC_TRY(time.is_any ? TAC_OK : check_part(c, event->delay, "a delay", &c->time_unit));
    TAC_TRY(check_part(c, event->priority, "a priority", &TAC_UNIT_ONE));
    for (size_t k = 0; k < event->n_change; k++) {
        const uint32_t i = tac_equation_symbol(c->model, q->prefix, event->changes[k].name);
        TAC_TRY(c->model->symbols[i].has_unit
                    ? check_part(c, event->changes[k].value, event->changes[k].name,
                                 &c->model->symbols[i].unit)
                    : TAC_OK);
    }
out:
    return st;
}

/** The right side against the symbol, or its rate. */
static tac_status check_equation(checker *c, const tac_equation *q)
{
    const tac_symbol *symbol = &c->model->symbols[q->symbol];
    measure right = PURE;
    char left_is[128];
    if (q->kind == TAC_STATEMENT_INITIAL && is_bare_number(q->value)) {
        return TAC_OK; /* the value of a symbol is in its own unit */
    }
    /* an instance with its own unit of time or of what reacts, or a name with a factor, is not followed */
    if (q->conversion != NULL
        || tac_equation_factor(c->model, q->prefix, q->statement->name) != UINT32_MAX) {
        return TAC_OK;
    }
    c->equation = q;
    if (q->kind == TAC_STATEMENT_EVENT) {
        return check_event(c, q);
    }
    if (q->kind == TAC_STATEMENT_REACTION && q->value == NULL) {
        return check_participants(c, q);
    }
    const tac_status st = measure_of(c, q->value, &FREE_NAMES, &right);
    if (st != TAC_OK || q->kind == TAC_STATEMENT_ALGEBRAIC) {
        return st;
    }
    measure left = {!symbol->has_unit, false, symbol->unit};
    if (q->kind == TAC_STATEMENT_RATE) {
        measure time = PURE;
        measure_time(c, &time);
        left.unit = tac_unit_div(left.unit, c->time_unit);
        left.is_any = left.is_any || time.is_any;
    }
    if (agree(&left, &right)) {
        return q->kind == TAC_STATEMENT_REACTION ? check_participants(c, q) : TAC_OK;
    }
    snprintf(left_is, sizeof left_is, "'%.80s%s'", symbol->id,
             q->kind == TAC_STATEMENT_RATE ? "'" : "");
    return refuse(c, &c->model->sources[q->source], q->value->span, left_is, "the right side",
                  &left.unit, &right.unit);
}

/** The nearest id of another symbol, for a name that was perhaps misspelt; NULL when none is near. */
static const char *near_id(const tac_model *model, uint32_t symbol)
{
    const char **ids = tac_calloc(model->n_symbol, sizeof *ids);
    const char *near = NULL;
    if (ids != NULL) {
        size_t n = 0;
        for (uint32_t i = 0; i < model->n_symbol; i++) {
            if (i != symbol) {
                ids[n++] = model->symbols[i].id;
            }
        }
        near = tac_suggest(model->symbols[symbol].id, n, ids);
    }
    tac_free(ids);
    return near;
}

static tac_status refuse_valueless(const checker *c, uint32_t i)
{
    const tac_symbol *s = &c->model->symbols[i];
    const char *near = near_id(c->model, i);
    return tac_fail_at(c->ctx, TAC_E_MODEL, &c->model->sources[s->origin.source], s->origin.span,
                       "'%s' has no %s: neither a rule, nor a number in the text, nor a row in the "
                       "parameter table%s%s%s",
                       s->id, s->role == TAC_ROLE_STATE ? "start value" : "value",
                       near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                       near == NULL ? "" : "'?");
}

/** A value for everything that needs one, and a unit for everything in a model with units. */
static tac_status check_symbols(const checker *c, bool has_units, bool *can_measure_out)
{
    tac_status result = TAC_OK;
    for (uint32_t i = 0; i < c->model->n_symbol && !tac_ctx_is_full(c->ctx); i++) {
        const tac_symbol *s = &c->model->symbols[i];
        const bool is_computed = s->role == TAC_ROLE_ASSIGNED || s->initial != TAC_EXPR_NONE;
        if (!is_computed && !s->has_value) {
            result = refuse_valueless(c, i);
        } else if (has_units && !s->has_unit) {
            result = tac_fail_at(c->ctx, TAC_E_UNITS, &c->model->sources[s->origin.source],
                                 s->origin.span,
                                 "'%s' has no unit; declare it: var %s has ...; (dimensionless for "
                                 "a pure number)",
                                 s->id, s->id);
        }
        *can_measure_out = *can_measure_out && s->has_unit;
    }
    return result;
}

static bool has_unit(const tac_syntax *s)
{
    bool found = s->unit.n > 0;
    for (size_t i = 0; !found && i < s->n_arg; i++) {
        found = has_unit(s->args[i]);
    }
    return found;
}

/** True when any symbol or number has a unit: then everything must have one. */
static bool model_has_units(const tac_model *model)
{
    for (size_t i = 0; i < model->n_symbol; i++) {
        if (model->symbols[i].has_unit) {
            return true;
        }
    }
    for (size_t k = 0; k < model->n_equation; k++) {
        if (model->equations[k].value != NULL && has_unit(model->equations[k].value)) {
            return true;
        }
    }
    return false;
}

static tac_status check_order(tac_ctx *ctx, const tac_model *model)
{
    void *order = NULL;
    size_t n = 0;
    tac_status st = tac_alloc(ctx, model->n_symbol, sizeof(uint32_t), &order);
    if (st == TAC_OK) {
        st = tac_model_order_rules(ctx, model, order, &n);
    }
    tac_free(order);
    return st;
}

tac_unit tac_model_time_unit(const tac_model *model)
{
    tac_unit unit = TAC_UNIT_ONE;
    if (model->is_imported) {
        unit.power[TAC_DIM_TIME] = model->library->sbml_time_s > 0.0 ? 1.0 : 0.0;
        unit.factor = model->library->sbml_time_s > 0.0 ? model->library->sbml_time_s : 1.0;
        return unit;
    }
    if (!tac_unit_find(model->units, "time_unit", strlen("time_unit"), &unit)) {
        (void)tac_unit_find(NULL, "h", 1, &unit);
    }
    return unit;
}

double tac_model_hours(const tac_model *model)
{
    const tac_unit unit = tac_model_time_unit(model);
    tac_unit hour = TAC_UNIT_ONE;
    (void)tac_unit_find(NULL, "h", 1, &hour);
    return tac_unit_same_dimension(&unit, &hour) ? unit.factor / hour.factor : (double)NAN;
}

tac_status tac_model_check(tac_ctx *ctx, const tac_model *model)
{
    checker c = {.ctx = ctx, .model = model, .time_unit = tac_model_time_unit(model)};
    const bool has_units = !model->is_imported && model_has_units(model);
    /* Without a unit for every name the equations would only repeat what is missing. */
    bool can_measure = has_units;
    tac_status result = check_symbols(&c, has_units, &can_measure);
    tac_status st = check_order(ctx, model);
    result = result == TAC_OK ? st : result;
    for (size_t k = 0; can_measure && k < model->n_equation && !tac_ctx_is_full(ctx); k++) {
        st = check_equation(&c, &model->equations[k]);
        if (st == TAC_E_MEMORY) {
            return st;
        }
        result = result == TAC_OK ? st : result;
    }
    return result;
}

tac_status tac_model_check_units(tac_ctx *ctx, const tac_model *model)
{
    checker c = {.ctx = ctx,
                 .model = model,
                 .time_unit = tac_model_time_unit(model),
                 .is_lenient = model->is_imported};
    tac_status result = TAC_OK;
    if (!model_has_units(model)) {
        return TAC_OK;
    }
    for (size_t k = 0; k < model->n_equation && !tac_ctx_is_full(ctx); k++) {
        const tac_status st = check_equation(&c, &model->equations[k]);
        if (st == TAC_E_MEMORY) {
            return st;
        }
        result = result == TAC_OK ? st : result;
    }
    return result;
}
