/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of calculus, one function per shape of rule. */
#include "compile/differentiate.h"

#include "compile/simplify.h"
#include "compile/system.h"

/* What a rule may use: the arguments a, b, c, the node itself, and their derivatives. */
typedef struct parts {
    tac_graph *g;
    tac_expr e; /* the node */
    tac_expr a;
    tac_expr b;
    tac_expr c;
    tac_expr da;
    tac_expr db;
    tac_expr dc;
} parts;

static tac_expr mul(const parts *q, tac_expr x, tac_expr y)
{
    return tac_make2(q->g, TAC_OP_MUL, x, y);
}

static tac_expr div(const parts *q, tac_expr x, tac_expr y)
{
    return tac_make2(q->g, TAC_OP_DIV, x, y);
}

static tac_expr add(const parts *q, tac_expr x, tac_expr y)
{
    return tac_make2(q->g, TAC_OP_ADD, x, y);
}

static tac_expr sub(const parts *q, tac_expr x, tac_expr y)
{
    return tac_make2(q->g, TAC_OP_SUB, x, y);
}

static tac_expr number(const parts *q, double value)
{
    return tac_graph_const(q->g, value);
}

static tac_expr apply(const parts *q, tac_op op, tac_expr x)
{
    return tac_make1(q->g, op, x);
}

/** 1 + s x^2 with s = 1 or -1. */
static tac_expr one_and_square(const parts *q, double s, tac_expr x)
{
    return add(q, number(q, 1.0), mul(q, number(q, s), mul(q, x, x)));
}

/** d(a/b) = (a' - e b')/b. */
static tac_expr d_quotient(const parts *q)
{
    return div(q, sub(q, q->da, mul(q, q->e, q->db)), q->b);
}

/** d(a^b) = b a^(b-1) a' + a^b ln(a) b'; the second part only where b moves, and 0 where a is 0. */
static tac_expr d_power(const parts *q)
{
    const tac_expr lower = tac_make2(q->g, TAC_OP_POW, q->a, sub(q, q->b, number(q, 1.0)));
    const tac_expr by_base = mul(q, mul(q, q->b, lower), q->da);
    if (tac_is_const(q->g, q->db, 0.0)) {
        return by_base;
    }
    const tac_expr by_exponent = mul(q, mul(q, q->e, apply(q, TAC_OP_LOG, q->a)), q->db);
    const tac_expr zero = number(q, 0.0);
    const tac_expr is_zero = tac_make2(q->g, TAC_OP_EQ, q->a, zero);
    return add(q, by_base, tac_make(q->g, TAC_OP_SELECT, is_zero, zero, by_exponent));
}

static tac_expr select_by(const parts *q, tac_op comparison, tac_expr x, tac_expr y, tac_expr yes,
                          tac_expr no)
{
    return tac_make(q->g, TAC_OP_SELECT, tac_make2(q->g, comparison, x, y), yes, no);
}

/** Functions of one argument: outer derivative times inner. */
static tac_expr d_function(const parts *q, tac_op op)
{
    const tac_expr a = q->a;
    switch ((int)op) { /* the other operations have no rule of this shape */
    case TAC_OP_EXP: return mul(q, q->e, q->da);
    case TAC_OP_LOG: return div(q, q->da, a);
    case TAC_OP_LOG10: return div(q, q->da, mul(q, a, number(q, 2.302585092994045684)));
    case TAC_OP_SQRT: return div(q, q->da, mul(q, number(q, 2.0), q->e));
    case TAC_OP_ABS:
        return select_by(q, TAC_OP_LT, a, number(q, 0.0), apply(q, TAC_OP_NEG, q->da), q->da);
    case TAC_OP_SIN: return mul(q, apply(q, TAC_OP_COS, a), q->da);
    case TAC_OP_COS: return apply(q, TAC_OP_NEG, mul(q, apply(q, TAC_OP_SIN, a), q->da));
    case TAC_OP_TAN: return mul(q, one_and_square(q, 1.0, q->e), q->da);
    case TAC_OP_ASIN: return div(q, q->da, apply(q, TAC_OP_SQRT, one_and_square(q, -1.0, a)));
    case TAC_OP_ACOS:
        return apply(q, TAC_OP_NEG,
                     div(q, q->da, apply(q, TAC_OP_SQRT, one_and_square(q, -1.0, a))));
    case TAC_OP_ATAN: return div(q, q->da, one_and_square(q, 1.0, a));
    case TAC_OP_SINH: return mul(q, apply(q, TAC_OP_COSH, a), q->da);
    case TAC_OP_COSH: return mul(q, apply(q, TAC_OP_SINH, a), q->da);
    case TAC_OP_TANH: return mul(q, one_and_square(q, -1.0, q->e), q->da);
    default: return number(q, 0.0); /* floor, ceil, not: flat almost everywhere */
    }
}

static tac_expr d_operation(const parts *q, tac_op op)
{
    switch ((int)op) { /* the other operations have no rule of this shape */
    case TAC_OP_ADD: return add(q, q->da, q->db);
    case TAC_OP_SUB: return sub(q, q->da, q->db);
    case TAC_OP_MUL: return add(q, mul(q, q->da, q->b), mul(q, q->a, q->db));
    case TAC_OP_DIV: return d_quotient(q);
    case TAC_OP_POW: return d_power(q);
    case TAC_OP_NEG: return apply(q, TAC_OP_NEG, q->da);
    case TAC_OP_SELECT: return tac_make(q->g, TAC_OP_SELECT, q->a, q->db, q->dc);
    case TAC_OP_MIN: return select_by(q, TAC_OP_LT, q->a, q->b, q->da, q->db);
    case TAC_OP_MAX: return select_by(q, TAC_OP_GT, q->a, q->b, q->da, q->db);
    default: return d_function(q, op);
    }
}

/* By what: a symbol, or time along the solution. */
typedef struct direction {
    uint32_t symbol;
    const tac_expr *rates; /* NULL: by the symbol */
} direction;

static tac_expr d_leaf(const tac_node *node, const direction *by, tac_expr zero, tac_expr one)
{
    if (by->rates == NULL) {
        return node->op == TAC_OP_SYMBOL && node->symbol == by->symbol ? one : zero;
    }
    if (node->op == TAC_OP_SYMBOL && tac_node_slot(node->symbol) == TAC_SLOT_STATE) {
        return by->rates[tac_node_index(node->symbol)];
    }
    return node->op == TAC_OP_TIME ? one : zero;
}

static bool differentiate(tac_graph *graph, size_t n_node, const direction *by, tac_expr *d_out)
{
    const tac_expr zero = tac_graph_const(graph, 0.0);
    const tac_expr one = tac_graph_const(graph, 1.0);
    for (size_t i = 0; i < n_node; i++) {
        const tac_node node = *tac_graph_node(graph, (tac_expr)i); /* a copy: the graph grows */
        const uint32_t n_arg = tac_op_n_arg(node.op);
        bool moves = false;
        d_out[i] = d_leaf(&node, by, zero, one);
        if (node.op == TAC_OP_RATE) { /* a second derivative, once the first is known */
            d_out[i] = tac_make1(graph, TAC_OP_RATE, (tac_expr)i);
            continue;
        }
        for (uint32_t k = 0; k < n_arg; k++) {
            moves = moves || d_out[node.arg[k]] != zero;
        }
        if (!moves) {
            continue;
        }
        const parts q = {.g = graph,
                         .e = (tac_expr)i,
                         .a = node.arg[0],
                         .b = node.arg[1],
                         .c = node.arg[2],
                         .da = d_out[node.arg[0]],
                         .db = n_arg > 1 ? d_out[node.arg[1]] : zero,
                         .dc = n_arg > 2 ? d_out[node.arg[2]] : zero};
        d_out[i] = d_operation(&q, node.op);
        if (d_out[i] == TAC_EXPR_NONE) {
            return false;
        }
    }
    return !tac_graph_has_failed(graph);
}

bool tac_differentiate(tac_graph *graph, size_t n_node, uint32_t symbol, tac_expr *d_out)
{
    const direction by = {symbol, NULL};
    return differentiate(graph, n_node, &by, d_out);
}

bool tac_differentiate_along(tac_graph *graph, size_t n_node, const tac_expr *rates,
                             tac_expr *d_out)
{
    const direction by = {0, rates};
    return differentiate(graph, n_node, &by, d_out);
}
