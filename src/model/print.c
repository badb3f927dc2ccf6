/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions as text, with brackets only where precedence asks for them. */
#include "model/print.h"

#include "base/fail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* An expression nests at most as deeply as what was read, functions written out; deeper parts are cut. */
#define MAX_DEPTH 4000

/* How strongly an operation binds; functions and leaves, not listed, bind most. */
static const int LEVELS[TAC_N_OP] = {
    [TAC_OP_OR] = 1,  [TAC_OP_AND] = 2, [TAC_OP_LT] = 3,  [TAC_OP_LE] = 3,  [TAC_OP_GT] = 3,
    [TAC_OP_GE] = 3,  [TAC_OP_EQ] = 3,  [TAC_OP_NE] = 3,  [TAC_OP_ADD] = 4, [TAC_OP_SUB] = 4,
    [TAC_OP_MUL] = 5, [TAC_OP_DIV] = 5, [TAC_OP_NEG] = 6, [TAC_OP_NOT] = 6, [TAC_OP_POW] = 7};

static int level_of(tac_op op)
{
    return LEVELS[op] == 0 ? 8 : LEVELS[op];
}

static void print_number(tac_buf *buf, double value)
{
    char text[32];
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (!(strtod(text, NULL) < value) && !(strtod(text, NULL) > value)) {
            break;
        }
    }
    tac_buf_text(buf, text);
}

typedef struct printer {
    tac_buf *buf;
    const tac_model *model;
} printer;

static void print(const printer *p, tac_expr e, int lowest, int depth);

static void print_arguments(const printer *p, const tac_node *node, int depth)
{
    tac_buf_print(p->buf, "%s(", tac_op_text(node->op));
    if (node->op == TAC_OP_SELECT) {
        print(p, node->arg[1], 0, depth);
        tac_buf_text(p->buf, ", ");
        print(p, node->arg[0], 0, depth);
        tac_buf_text(p->buf, ", ");
        print(p, node->arg[2], 0, depth);
    } else {
        for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
            tac_buf_text(p->buf, i == 0 ? "" : ", ");
            print(p, node->arg[i], 0, depth);
        }
    }
    tac_buf_text(p->buf, ")");
}

static void print_operator(const printer *p, const tac_node *node, int level, int depth)
{
    const bool is_power = node->op == TAC_OP_POW;
    if (tac_op_n_arg(node->op) == 1) {
        tac_buf_text(p->buf, tac_op_text(node->op));
        /* two signs in a row would be one token */
        print(p, node->arg[0], level + (node->op == TAC_OP_NEG ? 1 : 0), depth);
        return;
    }
    print(p, node->arg[0], is_power ? level + 1 : level, depth);
    tac_buf_print(p->buf, level <= 4 ? " %s " : "%s", tac_op_text(node->op));
    const tac_node *right = tac_graph_node(p->model->graph, node->arg[1]);
    /* a sign right behind an operator would be read as one token with it */
    const bool has_sign = right->op == TAC_OP_NEG || right->op == TAC_OP_NOT;
    print(p, node->arg[1], has_sign ? 8 : is_power ? level : level + 1, depth);
}

static void print(const printer *p, tac_expr e, int lowest, int depth)
{
    const tac_node *node = tac_graph_node(p->model->graph, e);
    const int level = level_of(node->op);
    const bool is_negative =
        node->op == TAC_OP_CONST && (node->value < 0.0 || signbit(node->value));
    const bool needs_bracket = (is_negative ? 6 : level) < lowest;
    if (depth > MAX_DEPTH) {
        tac_buf_text(p->buf, "...");
        return;
    }
    tac_buf_text(p->buf, needs_bracket ? "(" : "");
    if (node->op == TAC_OP_CONST) {
        print_number(p->buf, node->value);
    } else if (node->op == TAC_OP_SYMBOL) {
        tac_buf_text(p->buf, p->model->symbols[node->symbol].id);
    } else if (node->op == TAC_OP_TIME) {
        tac_buf_text(p->buf, "time");
    } else if (level == 8) {
        print_arguments(p, node, depth + 1);
    } else {
        print_operator(p, node, level, depth + 1);
    }
    tac_buf_text(p->buf, needs_bracket ? ")" : "");
}

void tac_expr_print(tac_buf *buf, const tac_model *model, tac_expr e)
{
    const printer p = {buf, model};
    print(&p, e, 0, 0);
}
