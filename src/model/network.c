/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From reactions to rates. A reaction changes amounts: d(amount)/dt is the sum of what each reaction adds, times its
 * rate. A species whose name means a concentration is amount / size of its compartment: where the size stays, that is
 * a division; where it changes, the amount becomes a state of its own and the concentration is assigned.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "model/equations.h"

#include <math.h>
#include <string.h>

typedef struct lowering {
    tac_ctx *ctx;
    tac_model *model;
    tac_network *network;
    tac_expr *flux;    /* [n_symbol] what reactions add per time, or TAC_EXPR_NONE */
    bool *is_changed;  /* [n_symbol] an event sets it */
    size_t n_symbol;   /* before amounts are added */
    tac_status result; /* the last error that did not stop the work */
} lowering;

static tac_expr apply(const lowering *w, tac_op op, tac_expr a, tac_expr b)
{
    return tac_graph_apply(w->model->graph, op, a, b, TAC_EXPR_NONE);
}

static tac_expr leaf(const lowering *w, uint32_t symbol)
{
    return tac_graph_symbol(w->model->graph, symbol);
}

static void refuse(lowering *w, tac_origin at, const char *format, const char *id)
{
    const tac_source *source = &w->model->sources[at.source];
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "'%s' %s", id, format);
    w->result = tac_fail_at(w->ctx, TAC_E_MODEL, source, at.span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
}

static bool has_rule(const tac_symbol *s)
{
    return s->role == TAC_ROLE_ASSIGNED || s->role == TAC_ROLE_STATE;
}

/** A reaction without a declared unit is in that of its species, per time. */
static void derive_unit(const lowering *w, const tac_flux *f)
{
    tac_symbol *reaction = &w->model->symbols[f->reaction];
    const tac_symbol *s = &w->model->symbols[f->species];
    const bool is_concentration = !s->is_amount && s->place != UINT32_MAX;
    if (reaction->has_unit || !s->has_unit
        || (w->model->is_imported && !isfinite(tac_model_hours(w->model)))
        || (is_concentration && !w->model->symbols[s->place].has_unit)) {
        return;
    }
    const tac_unit amount =
        is_concentration ? tac_unit_mul(s->unit, w->model->symbols[s->place].unit) : s->unit;
    reaction->unit = tac_unit_div(amount, tac_model_time_unit(w->model));
    reaction->has_unit = true;
}

/** Sum up what reactions do to each species. */
static void sum_fluxes(lowering *w)
{
    for (size_t k = 0; k < w->model->n_flux; k++) {
        const tac_flux *f = &w->model->fluxes[k];
        if (f->is_boundary) {
            w->model->symbols[f->species].is_boundary = true;
        }
        derive_unit(w, f);
    }
    for (size_t k = 0; k < w->model->n_flux; k++) {
        const tac_flux *f = &w->model->fluxes[k];
        const tac_symbol *s = &w->model->symbols[f->species];
        const tac_equation *q = &w->model->equations[f->equation];
        if (s->is_boundary || s->is_const) {
            continue;
        }
        if (has_rule(s)) {
            refuse(w, (tac_origin){q->source, q->span},
                   "has a rule, so that reactions cannot change it too; write it as a boundary "
                   "species: $ before its name",
                   s->id);
            continue;
        }
        const tac_expr amount =
            f->is_product ? f->amount : apply(w, TAC_OP_NEG, f->amount, TAC_EXPR_NONE);
        const tac_expr part = apply(w, TAC_OP_MUL, amount, leaf(w, f->reaction));
        w->flux[f->species] = w->flux[f->species] == TAC_EXPR_NONE
                                  ? part
                                  : apply(w, TAC_OP_ADD, w->flux[f->species], part);
    }
}

/** What events set must be able to change. */
static void mark_changed(lowering *w)
{
    for (size_t k = 0; k < w->model->n_event; k++) {
        const tac_model_event *event = &w->model->events[k];
        for (size_t i = 0; i < event->n_change; i++) {
            const tac_symbol *s = &w->model->symbols[event->changes[i].symbol];
            w->is_changed[event->changes[i].symbol] = true;
            if (s->is_const) {
                refuse(w, event->origin, "is declared constant, and an event changes it", s->id);
            } else if (s->role == TAC_ROLE_ASSIGNED) {
                refuse(w, event->origin,
                       "has an assignment rule, so that an event cannot change it", s->id);
            }
        }
    }
}

/** May the size of a compartment change after time 0? */
static bool is_varying(const lowering *w, uint32_t place)
{
    const tac_symbol *c = &w->model->symbols[place];
    return has_rule(c) || w->is_changed[place]
           || (c->role == TAC_ROLE_INPUT && w->network->n_algebraic > 0);
}

static void make_state(tac_symbol *s, tac_expr rate)
{
    s->role = TAC_ROLE_STATE;
    s->rate = rate;
}

/** The amount of a species as a state of its own, with its rate; the species becomes amount / size. */
static tac_status add_amount(lowering *w, uint32_t species, tac_expr rate)
{
    tac_model *model = w->model;
    tac_buf id = TAC_BUF_INIT;
    tac_symbol *s = &model->symbols[species];
    const tac_expr start =
        s->initial != TAC_EXPR_NONE ? s->initial : tac_graph_const(model->graph, s->value);
    const bool has_start = s->has_value || s->initial != TAC_EXPR_NONE;
    const uint32_t i = (uint32_t)model->n_symbol++;
    tac_symbol *amount = &model->symbols[i]; /* room was made for one more of each species */

    tac_buf_print(&id, "amount(%s)", s->id);
    *amount = *s;
    amount->id = tac_arena_text(model->arena, tac_buf_str(&id), id.n);
    tac_buf_free(&id);
    amount->note = "";
    amount->has_unit = s->has_unit && model->symbols[s->place].has_unit;
    amount->unit = tac_unit_mul(s->unit, model->symbols[s->place].unit);
    amount->unit_text = "";
    amount->is_amount = true;
    amount->amount_of = species;
    if (has_start) {
        amount->initial = apply(w, TAC_OP_MUL, start, leaf(w, s->place));
    }
    amount->has_value = false;
    make_state(amount, rate != TAC_EXPR_NONE ? rate : tac_graph_const(model->graph, 0.0));
    s->given_start = has_start ? start : TAC_EXPR_NONE;
    s->given_rate = s->rate;
    s->rate = TAC_EXPR_NONE;
    s->amount = i;
    s->role = TAC_ROLE_ASSIGNED;
    s->rule = apply(w, TAC_OP_DIV, leaf(w, i), leaf(w, s->place));
    s->initial = TAC_EXPR_NONE;
    s->has_value = false;
    if (amount->id == NULL || !tac_map_set(model->by_id, amount->id, strlen(amount->id), i)) {
        return tac_fail(w->ctx, TAC_E_MEMORY, "out of memory");
    }
    return TAC_OK;
}

/**
 * A concentration with a rate rule, in a place whose size jumps: the amount stays over the jump, so it is the state,
 * and changes by size * rule + concentration * d(size)/dt.
 */
static tac_status lower_ruled(lowering *w, uint32_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    const bool is_concentration = !s->is_amount && s->place != UINT32_MAX;
    if (!is_concentration || s->role != TAC_ROLE_STATE
        || (!w->is_changed[s->place] && w->model->symbols[s->place].role != TAC_ROLE_ASSIGNED)) {
        return TAC_OK;
    }
    const tac_expr size = leaf(w, s->place);
    const tac_expr growth = apply(w, TAC_OP_RATE, size, TAC_EXPR_NONE);
    return add_amount(w, i,
                      apply(w, TAC_OP_ADD, apply(w, TAC_OP_MUL, size, s->rate),
                            apply(w, TAC_OP_MUL, leaf(w, i), growth)));
}

/** Species: what reactions and events do to them. */
static tac_status lower_species(lowering *w, uint32_t i)
{
    tac_symbol *s = &w->model->symbols[i];
    const bool is_concentration = !s->is_amount && s->place != UINT32_MAX;
    tac_expr rate = w->flux[i];
    if (s->kind != TAC_SYMBOL_SPECIES) {
        return TAC_OK;
    }
    if (has_rule(s)) {
        return lower_ruled(w, i);
    }
    if (is_concentration && is_varying(w, s->place)) {
        /* a variable that an algebraic rule may determine has no amount of its own */
        const bool is_free = s->role == TAC_ROLE_INPUT && rate == TAC_EXPR_NONE && !w->is_changed[i]
                             && w->network->n_algebraic > 0;
        return is_free ? TAC_OK : add_amount(w, i, rate);
    }
    if (rate != TAC_EXPR_NONE) {
        make_state(s, is_concentration ? apply(w, TAC_OP_DIV, rate, leaf(w, s->place)) : rate);
    }
    return TAC_OK;
}

/** An event that sets a concentration sets the amount, in the size that the place has just before. */
static void lower_changes(const lowering *w)
{
    for (size_t k = 0; k < w->model->n_event; k++) {
        const tac_model_event *event = &w->model->events[k];
        for (size_t i = 0; i < event->n_change; i++) {
            tac_change *change = &event->changes[i];
            const tac_symbol *s = &w->model->symbols[change->symbol];
            if (s->amount != UINT32_MAX) {
                change->size = leaf(w, s->place);
                change->symbol = s->amount;
            }
        }
    }
}

/** Everything else that an event sets stays where it is between events. */
static void lower_changed(const lowering *w)
{
    for (uint32_t i = 0; i < w->n_symbol; i++) {
        tac_symbol *s = &w->model->symbols[i];
        if (w->is_changed[i] && !has_rule(s)) {
            make_state(s, tac_graph_const(w->model->graph, 0.0));
        }
    }
}

/** A constant that is computed from others is an assigned variable that happens never to change. */
static void settle_role(lowering *w, tac_symbol *s)
{
    const bool has_start = s->initial != TAC_EXPR_NONE || s->has_value;
    const bool is_still =
        s->role == TAC_ROLE_CONSTANT || (s->role == TAC_ROLE_INPUT && w->model->is_imported);
    if (is_still && s->initial != TAC_EXPR_NONE) {
        s->rule = s->initial;
        s->rule_origin = s->initial_origin;
        s->initial = TAC_EXPR_NONE;
        s->role = TAC_ROLE_ASSIGNED;
        s->is_once = true;
    } else if (is_still) {
        s->role = TAC_ROLE_CONSTANT;
    } else if (s->role == TAC_ROLE_ASSIGNED && has_start) {
        refuse(w, s->initial_origin, "has an assignment rule, which gives its initial value too",
               s->id);
    } else if (s->role == TAC_ROLE_INPUT && s->initial != TAC_EXPR_NONE) {
        refuse(w, s->initial_origin,
               "is an input (var without a rule); its value without any event must be a number",
               s->id);
    }
}

static tac_status allocate(lowering *w)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    size_t n_species = 0;
    for (size_t i = 0; i < w->n_symbol; i++) {
        n_species += w->model->symbols[i].kind == TAC_SYMBOL_SPECIES ? 1 : 0;
    }
    tac_symbol *symbols =
        tac_realloc(w->model->symbols, w->n_symbol + n_species + 1, sizeof *symbols);
    if (symbols == NULL) {
        return tac_fail(w->ctx, TAC_E_MEMORY, "out of memory");
    }
    w->model->symbols = symbols;
    TAC_TRY(tac_alloc(w->ctx, w->n_symbol, sizeof *w->is_changed, &memory));
    w->is_changed = memory;
    TAC_TRY(tac_alloc(w->ctx, w->n_symbol, sizeof *w->flux, &memory));
    w->flux = memory;
    for (size_t i = 0; i < w->n_symbol; i++) {
        w->flux[i] = TAC_EXPR_NONE;
    }
out:
    return st;
}

tac_status tac_network_lower(tac_ctx *ctx, tac_model *model, tac_network *network)
{
    tac_status st = TAC_OK;
    lowering w = {.ctx = ctx, .model = model, .network = network, .n_symbol = model->n_symbol};

    TAC_TRY(allocate(&w));
    sum_fluxes(&w);
    mark_changed(&w);
    for (uint32_t i = 0; i < w.n_symbol; i++) {
        TAC_TRY(lower_species(&w, i));
    }
    lower_changes(&w);
    lower_changed(&w);
    TAC_TRY(tac_solve_algebraic(ctx, model, network));
    for (size_t i = 0; i < model->n_symbol; i++) {
        settle_role(&w, &model->symbols[i]);
    }
    if (tac_graph_has_failed(model->graph)) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(tac_hold_initial(ctx, model));
    st = w.result;
out:
    tac_free(w.flux);
    tac_free(w.is_changed);
    return st;
}
