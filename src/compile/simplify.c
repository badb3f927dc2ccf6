/* SPDX-License-Identifier: Apache-2.0 */
/* Simplifying constructors, one rule set per operation. */
#include "compile/simplify.h"

#include <math.h>

/* Powers up to this become products. */
static const double MAX_PRODUCT_POWER = 4.0;

static bool is_number(const tac_graph *g, tac_expr e, double *value_out)
{
    const tac_node *node = tac_graph_node(g, e);
    *value_out = node->value;
    return node->op == TAC_OP_CONST;
}

bool tac_is_const(const tac_graph *graph, tac_expr e, double value)
{
    double v = 0.0;
    return is_number(graph, e, &v) && !(v < value) && !(v > value);
}

/** Argument of a negation, or TAC_EXPR_NONE. */
static tac_expr negated(const tac_graph *g, tac_expr e)
{
    const tac_node *node = tac_graph_node(g, e);
    return node->op == TAC_OP_NEG ? node->arg[0] : TAC_EXPR_NONE;
}

static tac_expr plain(tac_graph *g, tac_op op, tac_expr a, tac_expr b)
{
    return tac_graph_apply(g, op, a, b, TAC_EXPR_NONE);
}

static tac_expr make_neg(tac_graph *g, tac_expr a)
{
    const tac_node node = *tac_graph_node(g, a); /* a copy: the graph grows */
    if (node.op == TAC_OP_NEG) {
        return node.arg[0];
    }
    if (node.op == TAC_OP_SUB) {
        return plain(g, TAC_OP_SUB, node.arg[1], node.arg[0]);
    }
    return plain(g, TAC_OP_NEG, a, TAC_EXPR_NONE);
}

static tac_expr make_sub(tac_graph *g, tac_expr a, tac_expr b)
{
    if (tac_is_const(g, b, 0.0)) {
        return a;
    }
    if (tac_is_const(g, a, 0.0)) {
        return make_neg(g, b);
    }
    if (a == b) {
        return tac_graph_const(g, 0.0);
    }
    const tac_expr inner = negated(g, b);
    return inner != TAC_EXPR_NONE ? tac_make2(g, TAC_OP_ADD, a, inner) : plain(g, TAC_OP_SUB, a, b);
}

static tac_expr make_add(tac_graph *g, tac_expr a, tac_expr b)
{
    if (tac_is_const(g, a, 0.0)) {
        return b;
    }
    if (tac_is_const(g, b, 0.0)) {
        return a;
    }
    if (negated(g, b) != TAC_EXPR_NONE) {
        return make_sub(g, a, negated(g, b));
    }
    if (negated(g, a) != TAC_EXPR_NONE) {
        return make_sub(g, b, negated(g, a));
    }
    return a <= b ? plain(g, TAC_OP_ADD, a, b) : plain(g, TAC_OP_ADD, b, a);
}

static tac_expr make_mul(tac_graph *g, tac_expr a, tac_expr b)
{
    if (tac_is_const(g, a, 0.0) || tac_is_const(g, b, 0.0)) {
        return tac_graph_const(g, 0.0);
    }
    if (tac_is_const(g, a, 1.0)) {
        return b;
    }
    if (tac_is_const(g, b, 1.0)) {
        return a;
    }
    if (tac_is_const(g, a, -1.0)) {
        return make_neg(g, b);
    }
    if (tac_is_const(g, b, -1.0)) {
        return make_neg(g, a);
    }
    if (negated(g, a) != TAC_EXPR_NONE) {
        return make_neg(g, make_mul(g, negated(g, a), b));
    }
    if (negated(g, b) != TAC_EXPR_NONE) {
        return make_neg(g, make_mul(g, a, negated(g, b)));
    }
    return a <= b ? plain(g, TAC_OP_MUL, a, b) : plain(g, TAC_OP_MUL, b, a);
}

static tac_expr make_div(tac_graph *g, tac_expr a, tac_expr b)
{
    if (tac_is_const(g, a, 0.0)) {
        return a;
    }
    if (tac_is_const(g, b, 1.0)) {
        return a;
    }
    if (negated(g, a) != TAC_EXPR_NONE) {
        return make_neg(g, make_div(g, negated(g, a), b));
    }
    return plain(g, TAC_OP_DIV, a, b);
}

/** x^2, x^3, x^4 as products: exact, and far cheaper than pow(). */
static tac_expr make_product(tac_graph *g, tac_expr x, double n)
{
    const tac_expr square = make_mul(g, x, x);
    return n < 2.5 ? square : n < 3.5 ? make_mul(g, square, x) : make_mul(g, square, square);
}

static tac_expr make_pow(tac_graph *g, tac_expr a, tac_expr b)
{
    double n = 0.0;
    if (!is_number(g, b, &n)) {
        return plain(g, TAC_OP_POW, a, b);
    }
    if (tac_is_const(g, b, 0.0)) {
        return tac_graph_const(g, 1.0);
    }
    if (tac_is_const(g, b, 1.0)) {
        return a;
    }
    if (tac_is_const(g, b, 0.5)) {
        return tac_make1(g, TAC_OP_SQRT, a);
    }
    const bool is_whole = !(floor(n) < n);
    if (is_whole && n >= 2.0 && n <= MAX_PRODUCT_POWER) {
        return make_product(g, a, n);
    }
    if (is_whole && n < 0.0 && n >= -MAX_PRODUCT_POWER) {
        return make_div(g, tac_graph_const(g, 1.0), make_pow(g, a, tac_graph_const(g, -n)));
    }
    return plain(g, TAC_OP_POW, a, b);
}

static tac_expr make_select(tac_graph *g, tac_expr condition, tac_expr a, tac_expr b)
{
    double truth = 0.0;
    if (is_number(g, condition, &truth)) {
        return fabs(truth) > 0.0 ? a : b;
    }
    return a == b ? a : tac_graph_apply(g, TAC_OP_SELECT, condition, a, b);
}

/** The value when all arguments are numbers and the result is finite. */
static bool fold(const tac_graph *g, tac_op op, const tac_expr *args, double *value_out)
{
    double values[3] = {0.0, 0.0, 0.0};
    const uint32_t n = tac_op_n_arg(op);
    for (uint32_t i = 0; i < 3 && i < n; i++) {
        if (!is_number(g, args[i], &values[i])) {
            return false;
        }
    }
    *value_out = n == 0 ? 0.0 : tac_op_value(op, values[0], values[1], values[2]);
    return n > 0 && isfinite(*value_out);
}

tac_expr tac_make(tac_graph *graph, tac_op op, tac_expr a, tac_expr b, tac_expr c)
{
    const tac_expr args[3] = {a, b, c};
    double value = 0.0;
    for (uint32_t i = 0; i < tac_op_n_arg(op); i++) {
        if (args[i] == TAC_EXPR_NONE) {
            return TAC_EXPR_NONE;
        }
    }
    if (fold(graph, op, args, &value)) {
        return tac_graph_const(graph, value);
    }
    if (op == TAC_OP_ADD) {
        return make_add(graph, a, b);
    }
    if (op == TAC_OP_SUB) {
        return make_sub(graph, a, b);
    }
    if (op == TAC_OP_MUL) {
        return make_mul(graph, a, b);
    }
    if (op == TAC_OP_DIV) {
        return make_div(graph, a, b);
    }
    if (op == TAC_OP_POW) {
        return make_pow(graph, a, b);
    }
    if (op == TAC_OP_NEG) {
        return make_neg(graph, a);
    }
    return op == TAC_OP_SELECT ? make_select(graph, a, b, c) : tac_graph_apply(graph, op, a, b, c);
}

tac_expr tac_make2(tac_graph *graph, tac_op op, tac_expr a, tac_expr b)
{
    return tac_make(graph, op, a, b, TAC_EXPR_NONE);
}

tac_expr tac_make1(tac_graph *graph, tac_op op, tac_expr a)
{
    return tac_make(graph, op, a, TAC_EXPR_NONE, TAC_EXPR_NONE);
}
