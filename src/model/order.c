/* SPDX-License-Identifier: Apache-2.0 */
/* Depth-first ordering of assignment rules, with a stack of its own. */
#include "model/order.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"

enum { NEW = 0, OPEN, DONE };

/* One rule on the way: what it uses, and how many of these have been looked at. */
typedef struct frame {
    uint32_t symbol;
    size_t i_first; /* of its uses in the list */
    size_t i_next;
    size_t i_end;
} frame;

typedef struct sorter {
    tac_ctx *ctx;
    const tac_model *model;
    uint8_t *marks; /* [n_symbol] */
    frame *frames;  /* [n_symbol] stack */
    size_t n_frame;
    uint32_t *uses; /* lists of used assigned symbols, one behind the other */
    size_t n_use;
    size_t cap_use;
    uint32_t *stamps; /* [n_node] rule that saw the node last, + 1 */
    tac_expr *stack;  /* [n_node] */
} sorter;

static tac_status add_use(sorter *s, uint32_t symbol)
{
    if (s->n_use == s->cap_use) {
        const size_t cap = s->cap_use == 0 ? 256 : 2 * s->cap_use;
        uint32_t *uses = tac_realloc(s->uses, cap, sizeof *uses);
        if (uses == NULL) {
            return tac_fail(s->ctx, TAC_E_MEMORY, "out of memory");
        }
        s->uses = uses;
        s->cap_use = cap;
    }
    s->uses[s->n_use++] = symbol;
    return TAC_OK;
}

/** Put the assigned symbols that a rule uses behind the list of uses. */
static tac_status list_uses(sorter *s, uint32_t symbol)
{
    size_t n_stack = 0;
    tac_status st = TAC_OK;
    s->stack[n_stack++] = s->model->symbols[symbol].rule;
    s->stamps[s->stack[0]] = symbol + 1;
    while (n_stack > 0 && st == TAC_OK) {
        const tac_node *node = tac_graph_node(s->model->graph, s->stack[--n_stack]);
        if (node->op == TAC_OP_SYMBOL
            && s->model->symbols[node->symbol].role == TAC_ROLE_ASSIGNED) {
            st = add_use(s, node->symbol);
        }
        for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
            if (s->stamps[node->arg[i]] != symbol + 1) {
                s->stamps[node->arg[i]] = symbol + 1;
                s->stack[n_stack++] = node->arg[i];
            }
        }
    }
    return st;
}

static tac_status open_rule(sorter *s, uint32_t symbol)
{
    const size_t i_first = s->n_use;
    s->marks[symbol] = OPEN;
    const tac_status st = list_uses(s, symbol);
    s->frames[s->n_frame++] = (frame){symbol, i_first, i_first, s->n_use};
    return st;
}

/** The rules on the stack from `symbol` on need each other. */
static tac_status refuse_circle(const sorter *s, uint32_t symbol)
{
    tac_buf path = TAC_BUF_INIT;
    size_t k = 0;
    while (s->frames[k].symbol != symbol) {
        k++;
    }
    for (; k < s->n_frame; k++) {
        tac_buf_print(&path, "%s -> ", s->model->symbols[s->frames[k].symbol].id);
    }
    tac_buf_text(&path, s->model->symbols[symbol].id);
    const tac_origin at = s->model->symbols[symbol].rule_origin;
    const tac_status st = tac_fail_at(s->ctx, TAC_E_MODEL, &s->model->sources[at.source], at.span,
                                      "assignment rules need each other: %s", tac_buf_str(&path));
    tac_buf_free(&path);
    return st;
}

static tac_status visit(sorter *s, uint32_t first, uint32_t *order, size_t *n_out)
{
    tac_status st = open_rule(s, first);
    while (st == TAC_OK && s->n_frame > 0) {
        frame *top = &s->frames[s->n_frame - 1];
        if (top->i_next == top->i_end) {
            s->n_use = top->i_first;
            s->marks[top->symbol] = DONE;
            order[(*n_out)++] = top->symbol;
            s->n_frame--;
            continue;
        }
        const uint32_t used = s->uses[top->i_next++];
        if (s->marks[used] == OPEN) {
            st = refuse_circle(s, used);
        } else if (s->marks[used] == NEW) {
            st = open_rule(s, used);
        }
    }
    return st;
}

tac_status tac_model_order_rules(tac_ctx *ctx, const tac_model *model, uint32_t *order,
                                 size_t *n_out)
{
    tac_status st = TAC_OK;
    sorter s = {.ctx = ctx, .model = model};
    const size_t n_node = tac_graph_n(model->graph);
    void *memory = NULL;

    *n_out = 0;
    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *s.marks, &memory));
    s.marks = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *s.frames, &memory));
    s.frames = memory;
    TAC_TRY(tac_alloc(ctx, n_node, sizeof *s.stamps, &memory));
    s.stamps = memory;
    TAC_TRY(tac_alloc(ctx, n_node, sizeof *s.stack, &memory));
    s.stack = memory;
    for (uint32_t i = 0; i < model->n_symbol; i++) {
        if (model->symbols[i].role == TAC_ROLE_ASSIGNED && s.marks[i] == NEW) {
            TAC_TRY(visit(&s, i, order, n_out));
        }
    }
out:
    tac_free(s.marks);
    tac_free(s.frames);
    tac_free(s.uses);
    tac_free(s.stamps);
    tac_free(s.stack);
    return st;
}
