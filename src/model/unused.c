/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the names that stand in a model for nothing. */
#include "base/alloc.h"
#include "model/model.h"

/** Mark the symbols in expressions that are needed; children have smaller indices than their parents. */
static void mark_symbols(const tac_model *model, bool *is_needed, bool *is_used)
{
    for (size_t e = tac_graph_n(model->graph); e-- > 0;) {
        const tac_node *node = tac_graph_node(model->graph, (tac_expr)e);
        if (!is_needed[e]) {
            continue;
        }
        if (node->op == TAC_OP_SYMBOL) {
            is_used[node->symbol] = true;
        }
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            is_needed[node->arg[k]] = true;
        }
    }
}

static void need(bool *is_needed, tac_expr e)
{
    if (e != TAC_EXPR_NONE) {
        is_needed[e] = true;
    }
}

static void need_event(bool *is_needed, const tac_model_event *event)
{
    need(is_needed, event->trigger);
    need(is_needed, event->delay);
    need(is_needed, event->priority);
    for (size_t i = 0; i < event->n_change; i++) {
        need(is_needed, event->changes[i].value);
    }
}

tac_status tac_model_mark_used(tac_ctx *ctx, const tac_model *model, bool **is_used_out)
{
    void *needed = NULL;
    void *used = NULL;
    *is_used_out = NULL;
    tac_status st = tac_alloc(ctx, tac_graph_n(model->graph), sizeof(bool), &needed);
    if (st == TAC_OK) {
        st = tac_alloc(ctx, model->n_symbol, sizeof(bool), &used);
    }
    if (st == TAC_OK) {
        for (size_t i = 0; i < model->n_symbol; i++) {
            need(needed, model->symbols[i].initial);
            need(needed, model->symbols[i].rule);
            need(needed, model->symbols[i].rate);
        }
        for (size_t i = 0; i < model->n_event; i++) {
            need_event(needed, &model->events[i]);
        }
        mark_symbols(model, needed, used);
        *is_used_out = used;
    }
    tac_free(needed);
    return st;
}
