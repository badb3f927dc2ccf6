/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that are computed once, `const k = 2*x`, from something that changes: the model must remember what x was at
 * its start, so k becomes a state that never moves. Without `const` a rule was meant more often than not.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

typedef struct mover {
    tac_ctx *ctx;
    tac_model *model;
    bool *symbols; /* [n_symbol] it changes */
    bool *nodes;   /* [n_node] */
} mover;

/** One pass upwards through the graph; true when a symbol turned out to change. */
static bool spread(const mover *m)
{
    bool has_grown = false;
    const size_t n = tac_graph_n(m->model->graph);
    for (size_t e = 0; e < n; e++) {
        const tac_node *node = tac_graph_node(m->model->graph, (tac_expr)e);
        m->nodes[e] = node->op == TAC_OP_TIME || node->op == TAC_OP_RATE
                      || (node->op == TAC_OP_SYMBOL && m->symbols[node->symbol]);
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            m->nodes[e] = m->nodes[e] || m->nodes[node->arg[k]];
        }
    }
    for (size_t i = 0; i < m->model->n_symbol; i++) {
        const tac_symbol *s = &m->model->symbols[i];
        if (s->role == TAC_ROLE_ASSIGNED && !s->is_once && !m->symbols[i] && m->nodes[s->rule]) {
            m->symbols[i] = true;
            has_grown = true;
        }
    }
    return has_grown;
}

/** The first thing in a start value that changes. */
static const char *what_changes(const mover *m, tac_expr root)
{
    tac_expr e = root;
    for (;;) {
        const tac_node *node = tac_graph_node(m->model->graph, e);
        if (node->op == TAC_OP_SYMBOL) {
            return m->model->symbols[node->symbol].id;
        }
        if (tac_op_n_arg(node->op) == 0) {
            return "time";
        }
        uint32_t k = 0;
        while (k + 1 < tac_op_n_arg(node->op) && !m->nodes[node->arg[k]]) {
            k++;
        }
        e = node->arg[k];
    }
}

/** In a text `=` is easily written where `:=` is meant: what is meant to be remembered is said to be constant. */
static tac_status refuse_unsaid(const mover *m, const tac_symbol *s)
{
    if (m->model->is_imported || s->is_const || s->kind != TAC_SYMBOL_PARAMETER) {
        return TAC_OK;
    }
    return tac_fail_at(m->ctx, TAC_E_MODEL, &m->model->sources[s->rule_origin.source],
                       s->rule_origin.span,
                       "'%s' is computed once, but '%s' changes; write '%s := ...' if it shall "
                       "follow, 'const %s' if its value at the start is meant",
                       s->id, what_changes(m, s->rule), s->id, s->id);
}

/** Hold those that need what changes; others that need these follow by themselves, as those stay. */
static tac_status hold(const mover *m)
{
    tac_status result = TAC_OK;
    for (size_t i = 0; i < m->model->n_symbol; i++) {
        tac_symbol *s = &m->model->symbols[i];
        if (s->is_once && m->nodes[s->rule]) {
            const tac_status st = refuse_unsaid(m, s);
            result = st != TAC_OK ? st : result;
            s->role = TAC_ROLE_STATE;
            s->is_once = false;
            s->initial = s->rule;
            s->rule = TAC_EXPR_NONE;
            s->rate = tac_graph_const(m->model->graph, 0.0);
        }
    }
    return result;
}

tac_status tac_hold_initial(tac_ctx *ctx, tac_model *model)
{
    tac_status st = TAC_OK;
    mover m = {.ctx = ctx, .model = model};
    void *memory = NULL;

    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *m.symbols, &memory));
    m.symbols = memory;
    TAC_TRY(tac_alloc(ctx, tac_graph_n(model->graph), sizeof *m.nodes, &memory));
    m.nodes = memory;
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol_role role = model->symbols[i].role;
        m.symbols[i] = role == TAC_ROLE_STATE || role == TAC_ROLE_INPUT;
    }
    while (spread(&m)) {
    }
    st = hold(&m);
out:
    tac_free(m.symbols);
    tac_free(m.nodes);
    return st;
}
