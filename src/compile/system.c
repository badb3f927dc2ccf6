/* SPDX-License-Identifier: Apache-2.0 */
/* Gives every symbol a slot, substitutes assigned variables, and differentiates. */
#include "compile/system.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/differentiate.h"
#include "compile/rate_of.h"
#include "compile/simplify.h"
#include "compile/start.h"
#include "model/order.h"

#define SLOT_SHIFT 28
#define INDEX_MASK ((1U << SLOT_SHIFT) - 1U)

uint32_t tac_slot_node(tac_slot slot, uint32_t index)
{
    return ((uint32_t)slot << SLOT_SHIFT) | index;
}

tac_slot tac_node_slot(uint32_t number)
{
    return (tac_slot)(number >> SLOT_SHIFT);
}

uint32_t tac_node_index(uint32_t number)
{
    return number & INDEX_MASK;
}

void tac_system_free(tac_system *system)
{
    if (system == NULL) {
        return;
    }
    tac_graph_free(system->graph);
    tac_arena_free(system->arena);
    tac_free(system->states);
    tac_free(system->parameters);
    tac_free(system->inputs);
    tac_free(system->outputs);
    tac_free(system->slots);
    tac_free(system->indices);
    tac_free(system->rates);
    tac_free(system->starts);
    tac_free(system->values);
    tac_free(system->jac_column);
    tac_free(system->jac_row);
    tac_free(system->jac);
    tac_free(system);
}

typedef struct builder {
    tac_ctx *ctx;
    const tac_model *model;
    tac_system *system;
    tac_expr *map;   /* [n_node of the model] in the system's graph, or TAC_EXPR_NONE */
    tac_expr *stack; /* [n_node of the model] */
} builder;

static tac_status no_memory(const builder *b)
{
    return tac_fail(b->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status alloc_list(const builder *b, size_t n, uint32_t **list_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(b->ctx, n, sizeof(uint32_t), &memory);
    *list_out = memory;
    return st;
}

static tac_status allocate(builder *b)
{
    tac_system *s = b->system;
    const size_t n = b->model->n_symbol;
    const size_t n_node = tac_graph_n(b->model->graph);
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(alloc_list(b, n, &s->states));
    TAC_TRY(alloc_list(b, n, &s->parameters));
    TAC_TRY(alloc_list(b, n, &s->inputs));
    TAC_TRY(alloc_list(b, n, &s->outputs));
    TAC_TRY(alloc_list(b, n, &s->indices));
    TAC_TRY(alloc_list(b, n, &s->rates));
    TAC_TRY(alloc_list(b, n, &s->starts));
    TAC_TRY(alloc_list(b, n, &s->values));
    TAC_TRY(alloc_list(b, n_node, &b->map));
    TAC_TRY(alloc_list(b, n_node, &b->stack));
    TAC_TRY(tac_alloc(b->ctx, n, sizeof *s->slots, &memory));
    s->slots = memory;
    for (size_t i = 0; i < n_node; i++) {
        b->map[i] = TAC_EXPR_NONE;
    }
out:
    return st;
}

static void give_slot(tac_system *s, uint32_t symbol, tac_slot slot, uint32_t *list, size_t *n)
{
    s->slots[symbol] = slot;
    s->indices[symbol] = (uint32_t)*n;
    list[(*n)++] = symbol;
}

/** A state whose rate is the number 0. */
static bool is_held(const builder *b, const tac_symbol *symbol)
{
    return tac_is_const(b->model->graph, symbol->rate, 0.0);
}

/** States that move, then those that are held. */
static void give_state_slots(const builder *b)
{
    tac_system *s = b->system;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < b->model->n_symbol; i++) {
            const tac_symbol *symbol = &b->model->symbols[i];
            if (symbol->role == TAC_ROLE_STATE && is_held(b, symbol) == (pass == 1)) {
                give_slot(s, i, TAC_SLOT_STATE, s->states, &s->n_state);
            }
        }
        s->n_moving = pass == 0 ? s->n_state : s->n_moving;
    }
}

/** States, constants and inputs in the order of the text, assigned ones in that of computing. */
static tac_status give_slots(builder *b)
{
    tac_system *s = b->system;
    uint32_t *order = NULL;
    size_t n_order = 0;
    tac_status st = alloc_list(b, b->model->n_symbol, &order);
    if (st == TAC_OK) {
        st = tac_model_order_rules(b->ctx, b->model, order, &n_order);
    }
    give_state_slots(b);
    for (uint32_t i = 0; st == TAC_OK && i < b->model->n_symbol; i++) {
        switch (b->model->symbols[i].role) {
        case TAC_ROLE_CONSTANT:
            give_slot(s, i, TAC_SLOT_PARAMETER, s->parameters, &s->n_parameter);
            break;
        case TAC_ROLE_INPUT: give_slot(s, i, TAC_SLOT_INPUT, s->inputs, &s->n_input); break;
        case TAC_ROLE_STATE:
        case TAC_ROLE_ASSIGNED: break;
        }
    }
    for (size_t k = 0; st == TAC_OK && k < n_order; k++) {
        give_slot(s, order[k], TAC_SLOT_OUTPUT, s->outputs, &s->n_output);
    }
    tac_free(order);
    return st;
}

/** The leaf of a symbol: its slot, or what an assigned variable stands for. */
static tac_expr leaf_of(const builder *b, uint32_t symbol)
{
    const tac_system *s = b->system;
    if (s->slots[symbol] == TAC_SLOT_OUTPUT) {
        return s->values[s->indices[symbol]];
    }
    return tac_graph_symbol(s->graph, tac_slot_node(s->slots[symbol], s->indices[symbol]));
}

static tac_expr copy_node(const builder *b, const tac_node *node)
{
    tac_graph *g = b->system->graph;
    if (node->op == TAC_OP_CONST) {
        return tac_graph_const(g, node->value);
    }
    if (node->op == TAC_OP_SYMBOL) {
        return leaf_of(b, node->symbol);
    }
    if (node->op == TAC_OP_TIME) {
        return tac_graph_time(g);
    }
    tac_expr args[3] = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE};
    for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
        args[i] = b->map[node->arg[i]];
    }
    return tac_make(g, node->op, args[0], args[1], args[2]);
}

/** Copy an expression into the system's graph: arguments first, with a stack of its own. */
static tac_status translate(builder *b, tac_expr e, tac_expr *e_out)
{
    size_t n = 0;
    b->stack[n++] = e;
    while (n > 0) {
        const tac_expr top = b->stack[n - 1];
        const tac_node *node = tac_graph_node(b->model->graph, top);
        bool is_ready = true;
        for (uint32_t i = 0; b->map[top] == TAC_EXPR_NONE && i < tac_op_n_arg(node->op); i++) {
            if (b->map[node->arg[i]] == TAC_EXPR_NONE) {
                b->stack[n++] = node->arg[i];
                is_ready = false;
                break;
            }
        }
        if (is_ready) {
            n--;
            if (b->map[top] == TAC_EXPR_NONE) {
                b->map[top] = copy_node(b, node);
            }
            if (b->map[top] == TAC_EXPR_NONE) {
                return no_memory(b);
            }
        }
    }
    *e_out = b->map[e];
    return TAC_OK;
}

/** Triggers, delays, priorities and values, in the order of events.h. */
static tac_status translate_events(builder *b)
{
    tac_system *s = b->system;
    tac_status st = TAC_OK;
    size_t n = 0;
    for (size_t k = 0; k < b->model->n_event; k++) {
        const tac_model_event *event = &b->model->events[k];
        TAC_TRY(translate(b, event->trigger, &s->events.conditions[k]));
        if (event->delay != TAC_EXPR_NONE) {
            TAC_TRY(translate(b, event->delay, &s->events.values[n++]));
        }
        if (event->priority != TAC_EXPR_NONE) {
            TAC_TRY(translate(b, event->priority, &s->events.values[n++]));
        }
        for (size_t i = 0; i < event->n_change; i++) {
            TAC_TRY(translate(b, event->changes[i].value, &s->events.values[n++]));
        }
        for (size_t i = 0; i < event->n_change; i++) {
            if (event->changes[i].size != TAC_EXPR_NONE) {
                TAC_TRY(translate(b, event->changes[i].size, &s->events.values[n++]));
            }
        }
    }
out:
    return st;
}

static tac_status translate_all(builder *b)
{
    tac_system *s = b->system;
    tac_status st = TAC_OK;
    for (size_t k = 0; k < s->n_output; k++) {
        TAC_TRY(translate(b, b->model->symbols[s->outputs[k]].rule, &s->values[k]));
    }
    for (size_t i = 0; i < s->n_state; i++) {
        const tac_symbol *symbol = &b->model->symbols[s->states[i]];
        TAC_TRY(translate(b, symbol->rate, &s->rates[i]));
        if (symbol->initial != TAC_EXPR_NONE) {
            TAC_TRY(translate(b, symbol->initial, &s->starts[i]));
        } else {
            s->starts[i] = tac_graph_const(s->graph, symbol->value);
        }
    }
out:
    return st == TAC_OK && tac_graph_has_failed(s->graph) ? no_memory(b) : st;
}

/** Append what is not zero of one column. */
static tac_status add_column(builder *b, size_t j, const tac_expr *d, size_t *cap)
{
    tac_system *s = b->system;
    const tac_expr zero = tac_graph_const(s->graph, 0.0);
    for (size_t i = 0; i < s->n_state; i++) {
        const tac_expr entry = d[s->rates[i]];
        if (entry == zero && i != j) { /* the diagonal is always there: the solver adds to it */
            continue;
        }
        if (s->n_jac == *cap) {
            *cap = *cap == 0 ? 256 : 2 * *cap;
            int64_t *rows = tac_realloc(s->jac_row, *cap, sizeof *rows);
            s->jac_row = rows == NULL ? s->jac_row : rows;
            tac_expr *values = tac_realloc(s->jac, *cap, sizeof *values);
            s->jac = values == NULL ? s->jac : values;
            if (rows == NULL || values == NULL) {
                return no_memory(b);
            }
        }
        s->jac_row[s->n_jac] = (int64_t)i;
        s->jac[s->n_jac++] = entry;
    }
    s->jac_column[j + 1] = (int64_t)s->n_jac;
    return TAC_OK;
}

static tac_status build_jacobian(builder *b)
{
    tac_system *s = b->system;
    tac_status st = TAC_OK;
    size_t cap = 0;
    void *memory = NULL;
    tac_expr *d = NULL;
    (void)tac_graph_const(s->graph, 0.0);
    const size_t n_node = tac_graph_n(s->graph);

    TAC_TRY(tac_alloc(b->ctx, s->n_state + 1, sizeof *s->jac_column, &memory));
    s->jac_column = memory;
    TAC_TRY(alloc_list(b, n_node, &d));
    for (size_t j = 0; j < s->n_state; j++) {
        if (!tac_differentiate(s->graph, n_node, tac_slot_node(TAC_SLOT_STATE, (uint32_t)j), d)) {
            st = no_memory(b);
            goto out;
        }
        TAC_TRY(add_column(b, j, d, &cap));
    }
out:
    tac_free(d);
    return st;
}

tac_status tac_system_build(tac_ctx *ctx, const tac_model *model, tac_system **system_out)
{
    tac_status st = TAC_OK;
    builder b = {.ctx = ctx, .model = model};
    void *memory = NULL;

    *system_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *b.system, &memory));
    b.system = memory;
    b.system->graph = tac_graph_create();
    b.system->arena = tac_arena_create();
    if (b.system->graph == NULL || b.system->arena == NULL) {
        st = no_memory(&b);
        goto out;
    }
    TAC_TRY(allocate(&b));
    TAC_TRY(give_slots(&b));
    TAC_TRY(tac_system_add_events(ctx, model, b.system));
    TAC_TRY(translate_all(&b));
    TAC_TRY(translate_events(&b));
    TAC_TRY(tac_rate_of_resolve(ctx, b.system));
    TAC_TRY(tac_system_add_jumps(ctx, b.system));
    TAC_TRY(tac_start_resolve(ctx, model, b.system));
    TAC_TRY(build_jacobian(&b));
    *system_out = b.system;
    b.system = NULL;
out:
    tac_free(b.map);
    tac_free(b.stack);
    tac_system_free(b.system);
    return st;
}
