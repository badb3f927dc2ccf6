/* SPDX-License-Identifier: Apache-2.0 */
/* Puts start values into start values until only constants and inputs are left. */
#include "compile/start.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/simplify.h"

#include <string.h>

typedef struct resolver {
    tac_ctx *ctx;
    const tac_model *model;
    tac_system *system;
    size_t n_node;    /* of the graph before anything is rewritten */
    bool *is_settled; /* [n_state] its start value names no state */
    uint8_t *needed;  /* [n_node] work: part of the expression at hand */
    tac_expr *at_0;   /* [n_node] work: what a node becomes at time 0 */
} resolver;

static const tac_node *node_at(const resolver *r, size_t e)
{
    return tac_graph_node(r->system->graph, (tac_expr)e);
}

/** Mark the parts of an expression; false when it needs a start value that is not settled yet. */
static bool mark_parts(const resolver *r, tac_expr root)
{
    bool is_ready = true;
    memset(r->needed, 0, r->n_node);
    r->needed[root] = 1;
    for (size_t e = (size_t)root + 1; e-- > 0;) {
        const tac_node *node = node_at(r, e);
        if (r->needed[e] == 0) {
            continue;
        }
        if (node->op == TAC_OP_SYMBOL && tac_node_slot(node->symbol) == TAC_SLOT_STATE) {
            is_ready = is_ready && r->is_settled[tac_node_index(node->symbol)];
        }
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            r->needed[node->arg[k]] = 1;
        }
    }
    return is_ready;
}

/** What a node becomes at time 0, its arguments being there already. */
static tac_expr node_at_0(const resolver *r, tac_expr e)
{
    const tac_node node = *node_at(r, e); /* a copy: the graph grows */
    tac_expr args[3] = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE};
    if (node.op == TAC_OP_TIME) {
        return tac_graph_const(r->system->graph, 0.0);
    }
    if (node.op == TAC_OP_SYMBOL && tac_node_slot(node.symbol) == TAC_SLOT_STATE) {
        return r->system->starts[tac_node_index(node.symbol)];
    }
    if (tac_op_n_arg(node.op) == 0) {
        return e;
    }
    for (uint32_t k = 0; k < tac_op_n_arg(node.op); k++) {
        args[k] = r->at_0[node.arg[k]];
    }
    return tac_make(r->system->graph, node.op, args[0], args[1], args[2]);
}

/** Rewrite one start value whose parts are marked. */
static tac_status settle(const resolver *r, size_t i)
{
    const tac_expr root = r->system->starts[i];
    for (size_t e = 0; e <= root; e++) {
        if (r->needed[e] != 0) {
            r->at_0[e] = node_at_0(r, (tac_expr)e);
            if (r->at_0[e] == TAC_EXPR_NONE) {
                return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
            }
        }
    }
    r->system->starts[i] = r->at_0[root];
    r->is_settled[i] = true;
    return TAC_OK;
}

/** Settle all that are ready, again and again until none is left or none is ready. */
static tac_status settle_all(const resolver *r, size_t *n_left_out)
{
    tac_status st = TAC_OK;
    size_t n_left = r->system->n_state;
    bool is_moving = true;
    while (st == TAC_OK && is_moving && n_left > 0) {
        is_moving = false;
        for (size_t i = 0; st == TAC_OK && i < r->system->n_state; i++) {
            if (!r->is_settled[i] && mark_parts(r, r->system->starts[i])) {
                st = settle(r, i);
                n_left--;
                is_moving = true;
            }
        }
    }
    *n_left_out = n_left;
    return st;
}

static tac_status refuse_circle(const resolver *r)
{
    tac_status st = TAC_OK;
    for (size_t i = 0; i < r->system->n_state; i++) {
        const tac_symbol *symbol = &r->model->symbols[r->system->states[i]];
        if (!r->is_settled[i]) {
            st = tac_fail_at(r->ctx, TAC_E_MODEL, &r->model->sources[symbol->initial_origin.source],
                             symbol->initial_origin.span,
                             "the start value of '%s' needs itself, through others; give one of "
                             "them by constants",
                             symbol->id);
        }
    }
    return st;
}

tac_status tac_start_resolve(tac_ctx *ctx, const tac_model *model, tac_system *system)
{
    tac_status st = TAC_OK;
    resolver r = {.ctx = ctx,
                  .model = model,
                  .system = system,
                  .n_node = tac_graph_n(system->graph)};
    size_t n_left = 0;
    void *memory = NULL;

    TAC_TRY(tac_alloc(ctx, system->n_state, sizeof *r.is_settled, &memory));
    r.is_settled = memory;
    TAC_TRY(tac_alloc(ctx, r.n_node, sizeof *r.needed, &memory));
    r.needed = memory;
    TAC_TRY(tac_alloc(ctx, r.n_node, sizeof *r.at_0, &memory));
    r.at_0 = memory;
    TAC_TRY(settle_all(&r, &n_left));
    if (n_left > 0) {
        st = refuse_circle(&r);
    }
out:
    tac_free(r.is_settled);
    tac_free(r.needed);
    tac_free(r.at_0);
    return st;
}
