/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Expressions as one shared graph: equal parts are one node, and a node is named by its index.
 *
 * Children always have smaller indices than their parents, so walking the indices upwards visits
 * every part before it is used; nothing here needs recursion.
 */
#ifndef TAC_MODEL_EXPR_H
#define TAC_MODEL_EXPR_H

#include <tactus/base.h>

#include <stdbool.h>

/** Index of a node. */
typedef uint32_t tac_expr;

#define TAC_EXPR_NONE UINT32_MAX

/* name, number of arguments, text: for functions their name, for operators their sign */
#define TAC_OP_LIST(X)                                                         \
    X(CONST, 0, "number")                                                      \
    X(SYMBOL, 0, "symbol")                                                     \
    X(TIME, 0, "time")                                                         \
    X(ADD, 2, "+")                                                             \
    X(SUB, 2, "-")                                                             \
    X(MUL, 2, "*")                                                             \
    X(DIV, 2, "/")                                                             \
    X(POW, 2, "^")                                                             \
    X(NEG, 1, "-")                                                             \
    X(LT, 2, "<")                                                              \
    X(LE, 2, "<=")                                                             \
    X(GT, 2, ">")                                                              \
    X(GE, 2, ">=")                                                             \
    X(EQ, 2, "==")                                                             \
    X(NE, 2, "!=")                                                             \
    X(AND, 2, "&&")                                                            \
    X(OR, 2, "||")                                                             \
    X(NOT, 1, "!")                                                             \
    X(SELECT, 3, "piecewise") /* (condition, value if true, value if false) */ \
    X(EXP, 1, "exp")                                                           \
    X(LOG, 1, "ln")                                                            \
    X(LOG10, 1, "log10")                                                       \
    X(SQRT, 1, "sqrt")                                                         \
    X(ABS, 1, "abs")                                                           \
    X(FLOOR, 1, "floor")                                                       \
    X(CEIL, 1, "ceil")                                                         \
    X(SIN, 1, "sin")                                                           \
    X(COS, 1, "cos")                                                           \
    X(TAN, 1, "tan")                                                           \
    X(ASIN, 1, "asin")                                                         \
    X(ACOS, 1, "acos")                                                         \
    X(ATAN, 1, "atan")                                                         \
    X(SINH, 1, "sinh")                                                         \
    X(COSH, 1, "cosh")                                                         \
    X(TANH, 1, "tanh")                                                         \
    X(MIN, 2, "min")                                                           \
    X(MAX, 2, "max")                                                           \
    X(FACTORIAL, 1, "factorial")                                               \
    X(RATE, 1, "rateOf") /* change in time; replaced before anything is computed */

typedef enum tac_op {
#define TAC_OP_ENUMERATOR(name, n_arg, text) TAC_OP_##name,
    TAC_OP_LIST(TAC_OP_ENUMERATOR)
#undef TAC_OP_ENUMERATOR
        TAC_N_OP
} tac_op;

typedef struct tac_node {
    tac_op op;
    tac_expr arg[3]; /* the first tac_op_n_arg(op) are used, the others TAC_EXPR_NONE */
    uint32_t
        symbol;   /* SYMBOL: the caller's number of it; CONST: of its unit, 0 without one; else 0 */
    double value; /* CONST */
} tac_node;

typedef struct tac_graph tac_graph;

/** Create an empty graph; NULL when memory is short. */
tac_graph *tac_graph_create(void);

/** Free the graph; NULL is accepted. */
void tac_graph_free(tac_graph *graph);

/** Number of nodes. */
size_t tac_graph_n(const tac_graph *graph);

/** Borrow a node; valid until the next node is made. */
const tac_node *tac_graph_node(const tac_graph *graph, tac_expr e);

/** The node of a number (-0.0 and 0.0 are two, NaN is one). */
tac_expr tac_graph_const(tac_graph *graph, double value);

/** The node of a number in a unit, whose number is the caller's; 0: none, as tac_graph_const(). */
tac_expr tac_graph_quantity(tac_graph *graph, double value, uint32_t unit);

/** The node of symbol i. */
tac_expr tac_graph_symbol(tac_graph *graph, uint32_t symbol);

/** The node of time. */
tac_expr tac_graph_time(tac_graph *graph);

/**
 * The node of an operation, exactly as written (nothing is simplified); missing arguments are
 * TAC_EXPR_NONE. When memory is short, or an argument is TAC_EXPR_NONE where one is needed, the
 * result is TAC_EXPR_NONE and tac_graph_has_failed() says so from then on.
 */
tac_expr tac_graph_apply(tac_graph *graph, tac_op op, tac_expr a, tac_expr b, tac_expr c);

/** True once memory was short. */
bool tac_graph_has_failed(const tac_graph *graph);

/** Number of arguments of an operation. */
uint32_t tac_op_n_arg(tac_op op);

/** Its text, from TAC_OP_LIST. */
const char *tac_op_text(tac_op op);

/** The value of an operation on numbers, by the rules of C's double arithmetic; true is 1. */
double tac_op_value(tac_op op, double a, double b, double c);

#endif
