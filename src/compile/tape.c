/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts the nodes of a system into the functions that compute them. */
#include "compile/tape.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <string.h>

/* What a node depends on, at most. */
enum { FIXED = 0, SLOW = 1, FAST = 2 };

typedef struct sorter {
    tac_ctx *ctx;
    const tac_system *system;
    tac_tapes *tapes;
    size_t n_node;
    uint8_t *speed;  /* [n_node] FIXED, SLOW (constants, inputs), FAST (states, time) */
    uint8_t *needed; /* [n_node] work */
} sorter;

void tac_tapes_free(tac_tapes *tapes)
{
    for (size_t k = 0; k < TAC_N_PART; k++) {
        tac_free(tapes->parts[k].nodes);
        tac_free(tapes->parts[k].roots);
    }
    tac_free(tapes->prepared);
    *tapes = (tac_tapes){0};
}

static const tac_node *node_at(const sorter *s, size_t e)
{
    return tac_graph_node(s->system->graph, (tac_expr)e);
}

static void find_speeds(const sorter *s)
{
    for (size_t e = 0; e < s->n_node; e++) {
        const tac_node *node = node_at(s, e);
        uint8_t speed = FIXED;
        if (node->op == TAC_OP_TIME) {
            speed = FAST;
        } else if (node->op == TAC_OP_SYMBOL) {
            speed = tac_node_slot(node->symbol) == TAC_SLOT_STATE ? FAST : SLOW;
        }
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            const uint8_t of_arg = s->speed[node->arg[k]];
            speed = of_arg > speed ? of_arg : speed;
        }
        s->speed[e] = speed;
    }
}

/** A computed node that does not change between edges: it is worth a place in c. */
static bool is_prepared_kind(const sorter *s, tac_expr e)
{
    return s->speed[e] == SLOW && tac_op_n_arg(node_at(s, e)->op) > 0;
}

static tac_status set_roots(const sorter *s, tac_part part, size_t n, const tac_expr *roots)
{
    tac_tape *tape = &s->tapes->parts[part];
    void *memory = NULL;
    const tac_status st = tac_alloc(s->ctx, n, sizeof *tape->roots, &memory);
    tape->roots = memory;
    tape->n_root = n;
    if (st == TAC_OK && n > 0) {
        memcpy(tape->roots, roots, n * sizeof *roots);
    }
    return st;
}

/** Mark what the roots need; prepared nodes end the walk, except in prepare itself. */
static void mark(const sorter *s, const tac_tape *tape, bool goes_through)
{
    memset(s->needed, 0, s->n_node);
    for (size_t i = 0; i < tape->n_root; i++) {
        s->needed[tape->roots[i]] = 1;
    }
    for (size_t e = s->n_node; e-- > 0;) {
        if (s->needed[e] == 0 || (!goes_through && is_prepared_kind(s, (tac_expr)e))) {
            continue;
        }
        const tac_node *node = node_at(s, e);
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            s->needed[node->arg[k]] = 1;
        }
    }
}

/** Keep the marked nodes of a tape in ascending order. */
static tac_status keep_marked(const sorter *s, tac_tape *tape)
{
    void *memory = NULL;
    size_t n = 0;
    for (size_t e = 0; e < s->n_node; e++) {
        n += s->needed[e];
    }
    const tac_status st = tac_alloc(s->ctx, n, sizeof *tape->nodes, &memory);
    tape->nodes = memory;
    for (size_t e = 0; st == TAC_OK && e < s->n_node; e++) {
        if (s->needed[e] != 0) {
            tape->nodes[tape->n_node++] = (tac_expr)e;
        }
    }
    return st;
}

/** Fill one function's list and give places in c to the prepared nodes that it reads. */
static tac_status fill(const sorter *s, tac_part part)
{
    tac_tape *tape = &s->tapes->parts[part];
    mark(s, tape, false);
    const tac_status st = keep_marked(s, tape);
    for (size_t i = 0; st == TAC_OK && i < tape->n_node; i++) {
        const tac_expr e = tape->nodes[i];
        if (is_prepared_kind(s, e) && s->tapes->prepared[e] == UINT32_MAX) {
            s->tapes->prepared[e] = 0; /* numbered once all are known */
        }
    }
    return st;
}

/** Number the prepared nodes and make the list of `prepare`. */
static tac_status fill_prepare(const sorter *s)
{
    tac_tape *tape = &s->tapes->parts[TAC_PART_PREPARE];
    tac_status st = TAC_OK;
    void *memory = NULL;
    for (size_t e = 0; e < s->n_node; e++) {
        if (s->tapes->prepared[e] != UINT32_MAX) {
            s->tapes->prepared[e] = (uint32_t)s->tapes->n_prepared++;
        }
    }
    TAC_TRY(tac_alloc(s->ctx, s->tapes->n_prepared, sizeof *tape->roots, &memory));
    tape->roots = memory;
    for (size_t e = 0; e < s->n_node; e++) {
        if (s->tapes->prepared[e] != UINT32_MAX) {
            tape->roots[tape->n_root++] = (tac_expr)e;
        }
    }
    mark(s, tape, true);
    TAC_TRY(keep_marked(s, tape));
out:
    return st;
}

tac_status tac_tapes_build(tac_ctx *ctx, const tac_system *system, tac_tapes *tapes_out)
{
    tac_status st = TAC_OK;
    tac_tapes tapes = {0};
    sorter s = {.ctx = ctx,
                .system = system,
                .tapes = &tapes,
                .n_node = tac_graph_n(system->graph)};
    void *memory = NULL;

    *tapes_out = tapes;
    TAC_TRY(tac_alloc(ctx, s.n_node, 1, &memory));
    s.speed = memory;
    TAC_TRY(tac_alloc(ctx, s.n_node, 1, &memory));
    s.needed = memory;
    TAC_TRY(tac_alloc(ctx, s.n_node, sizeof *tapes.prepared, &memory));
    tapes.prepared = memory;
    for (size_t e = 0; e < s.n_node; e++) {
        tapes.prepared[e] = UINT32_MAX;
    }
    find_speeds(&s);
    TAC_TRY(set_roots(&s, TAC_PART_START, system->n_state, system->starts));
    TAC_TRY(set_roots(&s, TAC_PART_RHS, system->n_state, system->rates));
    TAC_TRY(set_roots(&s, TAC_PART_JAC, system->n_jac, system->jac));
    TAC_TRY(set_roots(&s, TAC_PART_OBSERVE, system->n_output, system->values));
    TAC_TRY(
        set_roots(&s, TAC_PART_CONDITIONS, system->events.n_condition, system->events.conditions));
    TAC_TRY(set_roots(&s, TAC_PART_EVENTS, system->events.n_value, system->events.values));
    for (tac_part part = TAC_PART_START; part < TAC_N_PART; part++) {
        TAC_TRY(fill(&s, part));
    }
    TAC_TRY(fill_prepare(&s));
    *tapes_out = tapes;
    tapes = (tac_tapes){0};
out:
    tac_tapes_free(&tapes);
    tac_free(s.speed);
    tac_free(s.needed);
    return st;
}
