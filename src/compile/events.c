/* SPDX-License-Identifier: Apache-2.0 */
/* Gathers what a runner needs of the events: their parts in one list, and the places where rates jump. */
#include "base/alloc.h"
#include "base/fail.h"
#include "compile/system.h"

#include <string.h>

/** Number of values of an event: delay, priority, what it sets, and sizes. */
static size_t n_value_of(const tac_model_event *event)
{
    size_t n_size = 0;
    for (size_t i = 0; i < event->n_change; i++) {
        n_size += event->changes[i].size != TAC_EXPR_NONE ? 1 : 0;
    }
    return n_size + (event->delay != TAC_EXPR_NONE ? 1U : 0U)
           + (event->priority != TAC_EXPR_NONE ? 1U : 0U) + event->n_change;
}

static tac_status fill_event(tac_ctx *ctx, const tac_model *model, tac_system *system, size_t k,
                             tac_program_event *event)
{
    const tac_model_event *from = &model->events[k];
    uint32_t *states = tac_arena_alloc(system->arena, (from->n_change + 1) * sizeof *states);
    const char *id = tac_arena_text(system->arena, from->id, strlen(from->id));
    size_t *sizes = tac_arena_alloc(system->arena, (from->n_change + 1) * sizeof *sizes);
    if (states == NULL || id == NULL || sizes == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    size_t i_size = system->events.n_value + (from->delay != TAC_EXPR_NONE ? 1U : 0U)
                    + (from->priority != TAC_EXPR_NONE ? 1U : 0U) + from->n_change;
    for (size_t i = 0; i < from->n_change; i++) {
        sizes[i] = from->changes[i].size != TAC_EXPR_NONE ? i_size++ : SIZE_MAX;
        states[i] = system->indices[from->changes[i].symbol];
    }
    *event = (tac_program_event){.id = id,
                                 .i_value = system->events.n_value,
                                 .has_delay = from->delay != TAC_EXPR_NONE,
                                 .has_priority = from->priority != TAC_EXPR_NONE,
                                 .is_persistent = from->is_persistent,
                                 .was_true = from->was_true,
                                 .is_late = from->is_late,
                                 .states = states,
                                 .sizes = sizes,
                                 .n_change = from->n_change};
    system->events.n_value += n_value_of(from);
    return TAC_OK;
}

tac_status tac_system_add_events(tac_ctx *ctx, const tac_model *model, tac_system *system)
{
    tac_status st = TAC_OK;
    size_t n_value = 0;
    tac_program_event *events =
        tac_arena_alloc(system->arena, (model->n_event + 1) * sizeof *events);
    for (size_t k = 0; k < model->n_event; k++) {
        n_value += n_value_of(&model->events[k]);
    }
    system->events.values = tac_arena_alloc(system->arena, (n_value + 1) * sizeof(tac_expr));
    system->events.conditions =
        tac_arena_alloc(system->arena, (model->n_event + 1) * sizeof(tac_expr));
    if (events == NULL || system->events.values == NULL || system->events.conditions == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    for (size_t k = 0; st == TAC_OK && k < model->n_event; k++) {
        st = fill_event(ctx, model, system, k, &events[k]);
    }
    system->events.events = events;
    system->events.n_event = model->n_event;
    system->events.n_condition = model->n_event;
    return st;
}

/** A comparison: where it changes, what depends on it may jump. */
static bool is_comparison(tac_op op)
{
    return op == TAC_OP_LT || op == TAC_OP_LE || op == TAC_OP_GT || op == TAC_OP_GE
           || op == TAC_OP_EQ || op == TAC_OP_NE;
}

/* What a node is for the search of jumps. */
enum { IN_RATES = 1, MOVES = 2 };

/** Mark what the rates use and what changes between events; the number of comparisons that are both. */
static size_t mark_jumps(const tac_system *system, size_t n_node, uint8_t *marks)
{
    size_t n = 0;
    for (size_t i = 0; i < system->n_state; i++) {
        marks[system->rates[i]] = IN_RATES;
    }
    for (size_t e = n_node; e-- > 0;) {
        const tac_node *node = tac_graph_node(system->graph, (tac_expr)e);
        for (uint32_t k = 0; marks[e] != 0 && k < tac_op_n_arg(node->op); k++) {
            marks[node->arg[k]] = IN_RATES;
        }
    }
    for (size_t e = 0; e < n_node; e++) {
        const tac_node *node = tac_graph_node(system->graph, (tac_expr)e);
        bool moves =
            node->op == TAC_OP_TIME
            || (node->op == TAC_OP_SYMBOL && tac_node_slot(node->symbol) == TAC_SLOT_STATE);
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            moves = moves || (marks[node->arg[k]] & MOVES) != 0;
        }
        marks[e] = (uint8_t)(marks[e] | (moves ? MOVES : 0));
        n += marks[e] == (IN_RATES | MOVES) && is_comparison(node->op) ? 1 : 0;
    }
    return n;
}

tac_status tac_system_add_jumps(tac_ctx *ctx, tac_system *system)
{
    tac_status st = TAC_OK;
    const size_t n_node = tac_graph_n(system->graph);
    size_t n = system->events.n_condition;
    void *memory = NULL;
    TAC_TRY(tac_alloc(ctx, n_node, 1, &memory));
    uint8_t *marks = memory;
    const size_t n_jump = mark_jumps(system, n_node, marks);
    tac_expr *conditions = tac_arena_alloc(system->arena, (n + n_jump + 1) * sizeof *conditions);
    if (conditions == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    if (n > 0) {
        memcpy(conditions, system->events.conditions, n * sizeof *conditions);
    }
    for (size_t e = 0; e < n_node; e++) {
        if (marks[e] == (IN_RATES | MOVES)
            && is_comparison(tac_graph_node(system->graph, (tac_expr)e)->op)) {
            conditions[n++] = (tac_expr)e;
        }
    }
    system->events.conditions = conditions;
    system->events.n_condition = n;
out:
    tac_free(memory);
    return st;
}
