/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Values that are computed once, `const k = 2*x`, from something that changes: the model must remember what x was at
 * its start, so k becomes a state that never moves. Without `const` a rule was meant more often than not.
 */
#include "base/arena.h"
#include "base/fail.h"
#include "model/equations.h"

typedef struct mover {
    tac_ctx *ctx;
    tac_model *model;
    size_t n_node;
    bool *symbols;     /* [n_symbol] it changes */
    bool *nodes;       /* [n_node] */
    uint32_t *first;   /* [n_node + 1] where the users of a node begin in `users` */
    tac_expr *users;   /* nodes that have it as an argument */
    uint32_t *by_rule; /* [n_node] a symbol that follows the rule with this root, or UINT32_MAX */
    uint32_t *next;    /* [n_symbol] another one with the same rule */
    tac_expr *leaves;  /* [n_symbol] the node that stands for a symbol, or TAC_EXPR_NONE */
    tac_expr *stack;   /* [n_node] */
    size_t n_stack;
} mover;

static const tac_node *node_at(const mover *m, size_t e)
{
    return tac_graph_node(m->model->graph, (tac_expr)e);
}

static tac_status allocate(mover *m, tac_arena *arena)
{
    const size_t n_symbol = m->model->n_symbol + 1;
    const size_t n_node = m->n_node + 2;
    m->symbols = tac_arena_alloc(arena, n_symbol * sizeof *m->symbols);
    m->nodes = tac_arena_alloc(arena, n_node * sizeof *m->nodes);
    m->first = tac_arena_alloc(arena, n_node * sizeof *m->first);
    m->users = tac_arena_alloc(arena, 3 * n_node * sizeof *m->users);
    m->by_rule = tac_arena_alloc(arena, n_node * sizeof *m->by_rule);
    m->next = tac_arena_alloc(arena, n_symbol * sizeof *m->next);
    m->leaves = tac_arena_alloc(arena, n_symbol * sizeof *m->leaves);
    m->stack = tac_arena_alloc(arena, n_node * sizeof *m->stack);
    const bool has_all = m->symbols != NULL && m->nodes != NULL && m->first != NULL
                         && m->users != NULL && m->by_rule != NULL && m->next != NULL
                         && m->leaves != NULL && m->stack != NULL;
    return has_all ? TAC_OK : tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
}

/** Who uses which node: counted, then filled in. */
static void list_users(const mover *m)
{
    for (size_t e = 0; e < m->n_node; e++) {
        for (uint32_t k = 0; k < tac_op_n_arg(node_at(m, e)->op); k++) {
            m->first[node_at(m, e)->arg[k] + 2]++;
        }
    }
    for (size_t e = 0; e < m->n_node; e++) {
        m->first[e + 2] += m->first[e + 1];
    }
    for (size_t e = 0; e < m->n_node; e++) {
        for (uint32_t k = 0; k < tac_op_n_arg(node_at(m, e)->op); k++) {
            m->users[m->first[node_at(m, e)->arg[k] + 1]++] = (tac_expr)e;
        }
    }
}

/** Which node stands for a symbol, and which symbols follow a node. */
static void list_symbols(const mover *m)
{
    for (size_t i = 0; i < m->model->n_symbol; i++) {
        m->leaves[i] = TAC_EXPR_NONE;
    }
    for (size_t e = 0; e < m->n_node; e++) {
        m->by_rule[e] = UINT32_MAX;
        if (node_at(m, e)->op == TAC_OP_SYMBOL) {
            m->leaves[node_at(m, e)->symbol] = (tac_expr)e;
        }
    }
    for (size_t i = 0; i < m->model->n_symbol; i++) {
        const tac_symbol *s = &m->model->symbols[i];
        if (s->role == TAC_ROLE_ASSIGNED && !s->is_once) {
            m->next[i] = m->by_rule[s->rule];
            m->by_rule[s->rule] = (uint32_t)i;
        }
    }
}

/** A node that turned out to change, once. */
static void mark(mover *m, tac_expr e)
{
    if (e != TAC_EXPR_NONE && !m->nodes[e]) {
        m->nodes[e] = true;
        m->stack[m->n_stack++] = e;
    }
}

/** From what changes by itself to all that follows it. */
static void spread(mover *m)
{
    for (size_t e = 0; e < m->n_node; e++) {
        const tac_node *node = node_at(m, e);
        if (node->op == TAC_OP_TIME || node->op == TAC_OP_RATE
            || (node->op == TAC_OP_SYMBOL && m->symbols[node->symbol])) {
            mark(m, (tac_expr)e);
        }
    }
    while (m->n_stack > 0) {
        const tac_expr e = m->stack[--m->n_stack];
        for (uint32_t k = m->first[e]; k < m->first[e + 1]; k++) {
            mark(m, m->users[k]);
        }
        for (uint32_t i = m->by_rule[e]; i != UINT32_MAX; i = m->next[i]) {
            m->symbols[i] = true;
            mark(m, m->leaves[i]);
        }
    }
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
    mover m = {.ctx = ctx, .model = model, .n_node = tac_graph_n(model->graph)};
    tac_arena *arena = tac_arena_create();
    tac_status st =
        arena == NULL ? tac_fail(ctx, TAC_E_MEMORY, "out of memory") : allocate(&m, arena);
    if (st == TAC_OK) {
        for (size_t i = 0; i < model->n_symbol; i++) {
            const tac_symbol_role role = model->symbols[i].role;
            m.symbols[i] = role == TAC_ROLE_STATE || role == TAC_ROLE_INPUT;
        }
        list_users(&m);
        list_symbols(&m);
        spread(&m);
        st = hold(&m);
    }
    tac_arena_free(arena);
    return st;
}
