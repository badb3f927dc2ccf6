/* SPDX-License-Identifier: Apache-2.0 */
/* Which names lead to a state with a rate and a formula of its start; see endless.h. */
#include "model/endless.h"

#include "base/alloc.h"
#include "base/fail.h"

/** Marks of nodes from those of names. */
static void mark_nodes(const tac_model *model, const bool *is_name_endless, bool *is_endless)
{
    for (size_t e = 0; e < tac_graph_n(model->graph); e++) {
        const tac_node *node = tac_graph_node(model->graph, (tac_expr)e);
        is_endless[e] = node->op == TAC_OP_SYMBOL && is_name_endless[node->symbol];
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            is_endless[e] = is_endless[e] || is_endless[node->arg[k]];
        }
    }
}

static bool has_mark(const bool *is_endless, tac_expr e)
{
    return e != TAC_EXPR_NONE && is_endless[e];
}

/** One more round from formulae to names; false when nothing was new. */
static bool mark_names(const tac_outline *o, const bool *is_endless, bool *is_name_endless)
{
    bool is_new = false;
    for (uint32_t i = 0; i < o->model->n_symbol; i++) {
        const tac_outline_value v = tac_outline_value_of(o, i);
        const bool is_rate = v.rate != TAC_EXPR_NONE;
        const tac_expr rule = o->model->symbols[i].is_reaction ? o->model->symbols[i].rule : v.rule;
        const bool is = (is_rate && v.start != TAC_EXPR_NONE) || has_mark(is_endless, rule)
                        || (!is_rate && has_mark(is_endless, v.start));
        is_new = is_new || (is && !is_name_endless[i]);
        is_name_endless[i] = is_name_endless[i] || is;
    }
    return is_new;
}

tac_status tac_endless_mark(tac_ctx *ctx, const tac_outline *o, bool **is_endless_out)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    bool *names = NULL;
    *is_endless_out = NULL;
    TAC_TRY(tac_alloc(ctx, o->model->n_symbol + 1, sizeof *names, &memory));
    names = memory;
    TAC_TRY(tac_alloc(ctx, tac_graph_n(o->model->graph) + 1, sizeof(bool), &memory));
    *is_endless_out = memory;
    do {
        mark_nodes(o->model, names, *is_endless_out);
    } while (mark_names(o, *is_endless_out, names));
out:
    tac_free(names);
    return st;
}

bool tac_endless_is_exp(const tac_outline *o, const bool *is_endless, const tac_node *power)
{
    if (power->op != TAC_OP_POW || !is_endless[power->arg[1]]) {
        return false;
    }
    const tac_node *base = tac_graph_node(o->model->graph, power->arg[0]);
    if (base->op == TAC_OP_SYMBOL) {
        const tac_outline_value v = tac_outline_value_of(o, base->symbol);
        return v.is_constant && !v.is_open && v.has_number && v.number > 0.0;
    }
    return base->op == TAC_OP_CONST && base->value > 0.0;
}

tac_status tac_endless_has(tac_ctx *ctx, const tac_model *model, bool *has_out)
{
    tac_status st = TAC_OK;
    tac_outline o = {0};
    bool *is_endless = NULL;
    *has_out = false;
    TAC_TRY(tac_outline_make(ctx, model, NULL, NULL, &o));
    TAC_TRY(tac_endless_mark(ctx, &o, &is_endless));
    for (size_t e = 0; e < tac_graph_n(model->graph); e++) {
        const tac_node *node = tac_graph_node(model->graph, (tac_expr)e);
        *has_out = *has_out
                   || (node->op == TAC_OP_POW && is_endless[node->arg[1]]
                       && !tac_endless_is_exp(&o, is_endless, node));
    }
out:
    tac_free(is_endless);
    tac_outline_free(&o);
    return st;
}
