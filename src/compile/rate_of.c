/* SPDX-License-Identifier: Apache-2.0 */
/* Puts derivatives along the solution where rateOf stands, again and again while rates name rates. */
#include "compile/rate_of.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/differentiate.h"
#include "compile/simplify.h"

#include <string.h>

/* Rates of rates of rates: more than this is a circle. */
static const int MAX_PASSES = 20;

typedef struct resolver {
    tac_ctx *ctx;
    tac_system *system;
    size_t n_node;
    uint8_t *needed; /* [n_node] */
    tac_expr *rate;  /* [n_node] derivative along the solution */
    tac_expr *map;   /* [n_node] what a node becomes */
} resolver;

/** Call `visit` for each expression of the system. */
static void each_root(tac_system *s, void (*visit)(resolver *r, tac_expr *root), resolver *r)
{
    struct {
        tac_expr *list;
        size_t n;
    } lists[] = {{s->rates, s->n_state},
                 {s->starts, s->n_state},
                 {s->values, s->n_output},
                 {s->events.conditions, s->events.n_condition},
                 {s->events.values, s->events.n_value}};
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        for (size_t i = 0; i < lists[k].n; i++) {
            visit(r, &lists[k].list[i]);
        }
    }
}

static void need(resolver *r, tac_expr *root)
{
    r->needed[*root] = 1;
}

static void replace(resolver *r, tac_expr *root)
{
    *root = r->map[*root];
}

/** Mark what the expressions use; true when rateOf is among it. */
static bool mark(resolver *r)
{
    bool has_rate = false;
    each_root(r->system, need, r);
    for (size_t e = r->n_node; e-- > 0;) {
        const tac_node *node = tac_graph_node(r->system->graph, (tac_expr)e);
        for (uint32_t k = 0; r->needed[e] != 0 && k < tac_op_n_arg(node->op); k++) {
            r->needed[node->arg[k]] = 1;
        }
        has_rate = has_rate || (r->needed[e] != 0 && node->op == TAC_OP_RATE);
    }
    return has_rate;
}

static tac_status rewrite(resolver *r)
{
    for (size_t e = 0; e < r->n_node; e++) {
        const tac_node node = *tac_graph_node(r->system->graph, (tac_expr)e);
        tac_expr args[3] = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE};
        if (r->needed[e] == 0) {
            continue;
        }
        for (uint32_t k = 0; k < tac_op_n_arg(node.op); k++) {
            args[k] = r->map[node.arg[k]];
        }
        r->map[e] = node.op == TAC_OP_RATE ? r->rate[node.arg[0]]
                    : tac_op_n_arg(node.op) == 0
                        ? (tac_expr)e
                        : tac_make(r->system->graph, node.op, args[0], args[1], args[2]);
        if (r->map[e] == TAC_EXPR_NONE) {
            return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
        }
    }
    each_root(r->system, replace, r);
    return TAC_OK;
}

/** One pass; *is_done_out when nothing was left to do. */
static tac_status pass(tac_ctx *ctx, tac_system *system, bool *is_done_out)
{
    resolver r = {.ctx = ctx, .system = system, .n_node = tac_graph_n(system->graph)};
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(ctx, r.n_node, 1, &memory));
    r.needed = memory;
    *is_done_out = !mark(&r);
    if (*is_done_out) {
        goto out;
    }
    TAC_TRY(tac_alloc(ctx, r.n_node, sizeof *r.rate, &memory));
    r.rate = memory;
    TAC_TRY(tac_alloc(ctx, r.n_node, sizeof *r.map, &memory));
    r.map = memory;
    if (!tac_differentiate_along(system->graph, r.n_node, system->rates, r.rate)) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(rewrite(&r));
out:
    tac_free(r.needed);
    tac_free(r.rate);
    tac_free(r.map);
    return st;
}

tac_status tac_rate_of_resolve(tac_ctx *ctx, tac_system *system)
{
    bool is_done = false;
    tac_status st = TAC_OK;
    for (int k = 0; st == TAC_OK && !is_done; k++) {
        if (k == MAX_PASSES) {
            return tac_fail(ctx, TAC_E_MODEL, "rates of change need each other through rateOf");
        }
        st = pass(ctx, system, &is_done);
    }
    return st;
}
