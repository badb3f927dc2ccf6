/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that are computed once, `k = 2*a`: they may use only what never changes, because a model has no memory of
 * what a variable was at its start.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

enum { UNKNOWN = 0, STILL, MOVING };

typedef struct mover {
    const tac_model *model;
    uint8_t *symbols; /* [n_symbol] STILL or MOVING, filled in the order of the rules */
    uint8_t *nodes;   /* [n_node] */
    tac_expr *stack;  /* [3 n_node + 1] */
} mover;

static uint8_t leaf_state(const mover *m, const tac_node *node)
{
    if (node->op == TAC_OP_SYMBOL) {
        return m->symbols[node->symbol];
    }
    return node->op == TAC_OP_TIME ? MOVING : STILL;
}

/** The state of an expression, from below; parts that are known are not looked at again. */
static uint8_t state_of(mover *m, tac_expr root)
{
    size_t n = 0;
    m->stack[n++] = root;
    while (n > 0) {
        const tac_expr e = m->stack[n - 1];
        const tac_node *node = tac_graph_node(m->model->graph, e);
        const uint32_t n_arg = tac_op_n_arg(node->op);
        uint8_t state = n_arg == 0 ? leaf_state(m, node) : STILL;
        const size_t before = n;
        for (uint32_t i = 0; i < n_arg; i++) {
            const uint8_t below = m->nodes[node->arg[i]];
            if (below == UNKNOWN) {
                m->stack[n++] = node->arg[i];
            }
            state = below == MOVING ? MOVING : state;
        }
        if (n == before) {
            m->nodes[e] = state;
            n--;
        }
    }
    return m->nodes[root];
}

/** The first symbol of an expression that moves; it is known that there is one, or that it is time. */
static const char *moving_name(const mover *m, tac_expr root)
{
    tac_expr e = root;
    for (;;) {
        const tac_node *node = tac_graph_node(m->model->graph, e);
        if (node->op == TAC_OP_SYMBOL) {
            return m->model->symbols[node->symbol].id;
        }
        if (node->op == TAC_OP_TIME) {
            return "time";
        }
        uint32_t i = 0;
        while (m->nodes[node->arg[i]] != MOVING) {
            i++;
        }
        e = node->arg[i];
    }
}

static tac_status refuse_moving(tac_ctx *ctx, const mover *m)
{
    tac_status result = TAC_OK;
    for (size_t k = 0; k < m->model->n_equation; k++) {
        const tac_equation *q = &m->model->equations[k];
        const tac_symbol *s = &m->model->symbols[q->symbol];
        if (q->kind == TAC_STATEMENT_INITIAL && s->role == TAC_ROLE_ASSIGNED
            && m->symbols[q->symbol] == MOVING) {
            const char *moving = moving_name(m, s->rule);
            result = tac_fail_at(ctx, TAC_E_MODEL, &m->model->sources[q->source], q->span,
                                 "'%s' is computed once, but '%s' changes; write '%s := ...' if it "
                                 "shall follow",
                                 s->id, moving, s->id);
        }
    }
    return result;
}

tac_status tac_check_initial(tac_ctx *ctx, const tac_model *model, const uint32_t *order, size_t n)
{
    tac_status st = TAC_OK;
    mover m = {.model = model};
    const size_t n_node = tac_graph_n(model->graph);
    void *memory = NULL;

    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *m.symbols, &memory));
    m.symbols = memory;
    TAC_TRY(tac_alloc(ctx, n_node, sizeof *m.nodes, &memory));
    m.nodes = memory;
    TAC_TRY(tac_alloc(ctx, 3 * n_node + 1, sizeof *m.stack, &memory));
    m.stack = memory;
    for (size_t i = 0; i < model->n_symbol; i++) {
        m.symbols[i] = model->symbols[i].role == TAC_ROLE_CONSTANT ? STILL : MOVING;
    }
    for (size_t i = 0; i < n; i++) {
        m.symbols[order[i]] = state_of(&m, model->symbols[order[i]].rule);
    }
    st = refuse_moving(ctx, &m);
out:
    tac_free(m.symbols);
    tac_free(m.nodes);
    tac_free(m.stack);
    return st;
}
