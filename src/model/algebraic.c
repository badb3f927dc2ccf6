/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Algebraic rules 0 = f. Each is given a variable that nothing else determines (a matching), and solved for it:
 * f = a v + b makes v = -b/a. Rules that share variables are eliminated one after the other.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

#include <string.h>

/* Rules that give way to each other in a row. */
static const size_t MAX_DEPTH = 200;

typedef struct solution {
    tac_ctx *ctx;
    tac_model *model;
    const tac_network *network;
    uint32_t *rule_of;  /* [n_symbol] rule that a variable is matched with, or UINT32_MAX */
    uint32_t *variable; /* [n_algebraic] */
    bool *is_seen;      /* [n_symbol] work of the matching */
    tac_expr *values;   /* [n_algebraic] the rules, with solved variables put in */
    tac_expr *factor;   /* work of one rule, by node: how much of v is in it */
    tac_expr *rest;     /* ... and what is left without v */
} solution;

static tac_expr apply(const solution *s, tac_op op, tac_expr a, tac_expr b)
{
    return tac_graph_apply(s->model->graph, op, a, b, TAC_EXPR_NONE);
}

static const tac_equation *equation_of(const solution *s, size_t k)
{
    return &s->model->equations[s->network->algebraics[k].equation];
}

/** Fail at a rule. */
static tac_status refuse(const solution *s, size_t k, const char *why, const char *id)
{
    const tac_equation *q = equation_of(s, k);
    return tac_fail_at(s->ctx, TAC_E_MODEL, &s->model->sources[q->source], q->span,
                       "this algebraic rule cannot be solved: %s%s%s%s", why,
                       id == NULL ? "" : " '", id == NULL ? "" : id, id == NULL ? "" : "'");
}

static bool is_free(const tac_symbol *symbol)
{
    return symbol->role == TAC_ROLE_INPUT;
}

/** Mark the nodes of an expression, or only tell whether a symbol is in it. */
static tac_status mark(const solution *s, tac_expr root, uint8_t **needed_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(s->ctx, (size_t)root + 1, 1, &memory);
    uint8_t *needed = memory;
    *needed_out = needed;
    if (st != TAC_OK) {
        return st;
    }
    needed[root] = 1;
    for (size_t e = (size_t)root + 1; e-- > 0;) {
        const tac_node *node = tac_graph_node(s->model->graph, (tac_expr)e);
        for (uint32_t i = 0; needed[e] != 0 && i < tac_op_n_arg(node->op); i++) {
            needed[node->arg[i]] = 1;
        }
    }
    return TAC_OK;
}

static tac_status match(const solution *s, size_t k, size_t depth, bool *is_matched_out);

/** Look for a variable of one kind: boundary species are given from outside, if something else may give way. */
static tac_status match_kind(const solution *s, size_t k, size_t depth, const uint8_t *needed,
                             bool is_boundary, bool *is_matched_out)
{
    const tac_expr root = s->network->algebraics[k].value;
    tac_status st = TAC_OK;
    for (size_t e = 0; st == TAC_OK && e <= root && !*is_matched_out; e++) {
        const tac_node node = *tac_graph_node(s->model->graph, (tac_expr)e);
        if (needed[e] == 0 || node.op != TAC_OP_SYMBOL || s->is_seen[node.symbol]
            || !is_free(&s->model->symbols[node.symbol])
            || s->model->symbols[node.symbol].is_boundary != is_boundary) {
            continue;
        }
        s->is_seen[node.symbol] = true;
        bool is_available = s->rule_of[node.symbol] == UINT32_MAX;
        if (!is_available) {
            st = match(s, s->rule_of[node.symbol], depth + 1, &is_available);
        }
        if (is_available) {
            s->rule_of[node.symbol] = (uint32_t)k;
            s->variable[k] = node.symbol;
            *is_matched_out = true;
        }
    }
    return st;
}

/** Augmenting path: find a variable for rule k, moving other rules to others where needed. */
static tac_status match(const solution *s, size_t k, size_t depth, bool *is_matched_out)
{
    uint8_t *needed = NULL;
    tac_status st = TAC_OK;
    *is_matched_out = false;
    if (depth > MAX_DEPTH) {
        return TAC_OK;
    }
    TAC_TRY(mark(s, s->network->algebraics[k].value, &needed));
    TAC_TRY(match_kind(s, k, depth, needed, false, is_matched_out));
    TAC_TRY(match_kind(s, k, depth, needed, true, is_matched_out));
out:
    tac_free(needed);
    return st;
}

static tac_status match_all(const solution *s)
{
    tac_status result = TAC_OK;
    for (size_t k = 0; k < s->network->n_algebraic; k++) {
        bool is_matched = false;
        memset(s->is_seen, 0, s->model->n_symbol * sizeof *s->is_seen);
        const tac_status st = match(s, k, 0, &is_matched);
        if (st != TAC_OK) {
            return st;
        }
        if (!is_matched) {
            result = refuse(s, k, "every variable in it is determined by something else", NULL);
        }
    }
    return result;
}

/** a v + b of one operation from those of its arguments; false when it is not linear in v. */
static bool split_node(const solution *s, const tac_node *node, tac_expr e)
{
    const tac_expr none = TAC_EXPR_NONE;
    tac_expr fa = tac_op_n_arg(node->op) > 0 ? s->factor[node->arg[0]] : none;
    tac_expr fb = tac_op_n_arg(node->op) > 1 ? s->factor[node->arg[1]] : none;
    const tac_expr fc = tac_op_n_arg(node->op) > 2 ? s->factor[node->arg[2]] : none;
    s->factor[e] = none;
    s->rest[e] = e;
    if (fa == none && fb == none && fc == none) {
        return true;
    }
    const tac_expr ra = s->rest[node->arg[0]];
    const tac_expr rb = tac_op_n_arg(node->op) > 1 ? s->rest[node->arg[1]] : none;
    if (node->op == TAC_OP_NEG) {
        s->factor[e] = apply(s, TAC_OP_NEG, fa, none);
        s->rest[e] = apply(s, TAC_OP_NEG, ra, none);
        return true;
    }
    if (node->op == TAC_OP_ADD || node->op == TAC_OP_SUB) {
        const tac_expr zero = tac_graph_const(s->model->graph, 0.0);
        s->factor[e] = apply(s, node->op, fa == none ? zero : fa, fb == none ? zero : fb);
        s->rest[e] = apply(s, node->op, ra, rb);
        return true;
    }
    if (node->op == TAC_OP_MUL && (fa == none || fb == none)) {
        const tac_expr other = fa == none ? ra : rb;
        s->factor[e] = apply(s, TAC_OP_MUL, fa == none ? fb : fa, other);
        s->rest[e] = apply(s, TAC_OP_MUL, ra, rb);
        return true;
    }
    if (node->op == TAC_OP_DIV && fb == none) {
        s->factor[e] = apply(s, TAC_OP_DIV, fa, rb);
        s->rest[e] = apply(s, TAC_OP_DIV, ra, rb);
        return true;
    }
    return false;
}

/** Room for the work on expressions up to `root`. */
static tac_status make_room(solution *s, tac_expr root)
{
    tac_expr *factor = tac_realloc(s->factor, (size_t)root + 1, sizeof *factor);
    s->factor = factor == NULL ? s->factor : factor;
    tac_expr *rest = tac_realloc(s->rest, (size_t)root + 1, sizeof *rest);
    s->rest = rest == NULL ? s->rest : rest;
    return factor == NULL || rest == NULL ? tac_fail(s->ctx, TAC_E_MEMORY, "out of memory")
                                          : TAC_OK;
}

/** Solve one rule for its variable; *value_out is what the variable is. */
static tac_status solve_one(solution *s, size_t k, tac_expr *value_out)
{
    const tac_expr root = s->values[k];
    const uint32_t v = s->variable[k];
    uint8_t *needed = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(make_room(s, root));
    TAC_TRY(mark(s, root, &needed));
    for (tac_expr e = 0; e <= root; e++) {
        const tac_node node = *tac_graph_node(s->model->graph, e);
        if (needed[e] == 0) {
            continue;
        }
        if (node.op == TAC_OP_SYMBOL && node.symbol == v) {
            s->factor[e] = tac_graph_const(s->model->graph, 1.0);
            s->rest[e] = tac_graph_const(s->model->graph, 0.0);
        } else if (!split_node(s, &node, e)) {
            st = refuse(s, k, "it is not linear in", s->model->symbols[v].id);
            goto out;
        }
    }
    if (s->factor[root] == TAC_EXPR_NONE) {
        st = refuse(s, k, "it leaves nothing to determine", s->model->symbols[v].id);
        goto out;
    }
    *value_out =
        apply(s, TAC_OP_DIV, apply(s, TAC_OP_NEG, s->rest[root], TAC_EXPR_NONE), s->factor[root]);
out:
    tac_free(needed);
    return st;
}

/** Put what a variable is into a later rule. */
static tac_status put_in(solution *s, size_t k, uint32_t v, tac_expr value)
{
    const tac_expr root = s->values[k];
    uint8_t *needed = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(make_room(s, root));
    TAC_TRY(mark(s, root, &needed));
    for (tac_expr e = 0; e <= root; e++) {
        const tac_node node = *tac_graph_node(s->model->graph, e);
        const uint32_t n_arg = tac_op_n_arg(node.op);
        if (needed[e] == 0) {
            continue;
        }
        s->rest[e] = node.op == TAC_OP_SYMBOL && node.symbol == v ? value : e;
        if (n_arg > 0) {
            s->rest[e] = tac_graph_apply(s->model->graph, node.op, s->rest[node.arg[0]],
                                         n_arg > 1 ? s->rest[node.arg[1]] : TAC_EXPR_NONE,
                                         n_arg > 2 ? s->rest[node.arg[2]] : TAC_EXPR_NONE);
        }
    }
    s->values[k] = s->rest[root];
out:
    tac_free(needed);
    return st;
}

static tac_status solve_all(solution *s)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < s->network->n_algebraic; k++) {
        tac_symbol *symbol = &s->model->symbols[s->variable[k]];
        tac_expr value = TAC_EXPR_NONE;
        TAC_TRY(solve_one(s, k, &value));
        symbol->role = TAC_ROLE_ASSIGNED;
        symbol->rule = value;
        symbol->rule_origin = (tac_origin){equation_of(s, k)->source, equation_of(s, k)->span};
        symbol->initial = TAC_EXPR_NONE; /* its start value follows too */
        symbol->has_value = false;
        for (size_t j = k + 1; j < s->network->n_algebraic; j++) {
            TAC_TRY(put_in(s, j, s->variable[k], value));
        }
    }
out:
    return st;
}

tac_status tac_solve_algebraic(tac_ctx *ctx, tac_model *model, const tac_network *network)
{
    tac_status st = TAC_OK;
    solution s = {.ctx = ctx, .model = model, .network = network};
    void *memory = NULL;
    if (network->n_algebraic == 0) {
        return TAC_OK;
    }
    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *s.rule_of, &memory));
    s.rule_of = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol, sizeof *s.is_seen, &memory));
    s.is_seen = memory;
    TAC_TRY(tac_alloc(ctx, network->n_algebraic, sizeof *s.variable, &memory));
    s.variable = memory;
    TAC_TRY(tac_alloc(ctx, network->n_algebraic, sizeof *s.values, &memory));
    s.values = memory;
    for (size_t i = 0; i < model->n_symbol; i++) {
        s.rule_of[i] = UINT32_MAX;
    }
    for (size_t k = 0; k < network->n_algebraic; k++) {
        s.values[k] = network->algebraics[k].value;
    }
    TAC_TRY(match_all(&s));
    TAC_TRY(solve_all(&s));
out:
    tac_free(s.rule_of);
    tac_free(s.is_seen);
    tac_free(s.variable);
    tac_free(s.values);
    tac_free(s.factor);
    tac_free(s.rest);
    return st;
}
