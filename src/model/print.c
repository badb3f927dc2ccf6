/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions as text, with brackets only where precedence asks for them. */
#include "model/print.h"

#include "base/fail.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Deeper parts, and what comes behind so many characters, are cut: a graph may share parts that a text repeats. */
#define MAX_DEPTH 4000
#define MAX_TEXT  (1U << 20)

/* How strongly an operation binds; functions and leaves, not listed, bind most. */
static const int LEVELS[TAC_N_OP] = {
    [TAC_OP_OR] = 1,  [TAC_OP_AND] = 2, [TAC_OP_LT] = 3,  [TAC_OP_LE] = 3,  [TAC_OP_GT] = 3,
    [TAC_OP_GE] = 3,  [TAC_OP_EQ] = 3,  [TAC_OP_NE] = 3,  [TAC_OP_ADD] = 4, [TAC_OP_SUB] = 4,
    [TAC_OP_MUL] = 5, [TAC_OP_DIV] = 5, [TAC_OP_NEG] = 6, [TAC_OP_NOT] = 6, [TAC_OP_POW] = 7};

static int level_of(tac_op op)
{
    return LEVELS[op] == 0 ? 8 : LEVELS[op];
}

void tac_number_print(tac_buf *buf, double value)
{
    if (!isfinite(value)) {
        tac_buf_text(buf, isnan(value) ? "notanumber" : value > 0.0 ? "infinity" : "-infinity");
        return;
    }
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
    const tac_print_names *names;
    size_t n_before; /* characters in buf when printing began */
    bool is_cut;
} printer;

static void print(printer *p, tac_expr e, int lowest, int depth);

static void print_number(const printer *p, const tac_node *node)
{
    tac_number_print(p->buf, node->value);
    const bool has_unit =
        node->symbol > 0 && p->names->units != NULL && p->names->units[node->symbol - 1] != NULL;
    if (has_unit && fabs(node->value) > 0.0) { /* 0 fits everywhere */
        tac_buf_print(p->buf, " %s", p->names->units[node->symbol - 1]);
    }
}

static void print_arguments(printer *p, const tac_node *node, int depth)
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

static bool is_negative(const tac_node *node)
{
    return node->op == TAC_OP_CONST && (node->value < 0.0 || signbit(node->value));
}

static void print_operator(printer *p, const tac_node *node, int level, int depth)
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
    const bool has_sign = right->op == TAC_OP_NEG || right->op == TAC_OP_NOT || is_negative(right);
    print(p, node->arg[1], has_sign ? 8 : is_power ? level : level + 1, depth);
}

static void print(printer *p, tac_expr e, int lowest, int depth)
{
    const tac_node *node = tac_graph_node(p->model->graph, e);
    const int level = level_of(node->op);
    const bool needs_bracket = (is_negative(node) ? 6 : level) < lowest;
    if (depth > MAX_DEPTH || p->buf->n - p->n_before > MAX_TEXT) {
        tac_buf_text(p->buf, p->is_cut ? "" : "...");
        p->is_cut = true;
        return;
    }
    tac_buf_text(p->buf, needs_bracket ? "(" : "");
    if (node->op == TAC_OP_CONST) {
        print_number(p, node);
    } else if (node->op == TAC_OP_SYMBOL) {
        tac_buf_text(p->buf, p->names->ids != NULL ? p->names->ids[node->symbol]
                                                   : p->model->symbols[node->symbol].id);
    } else if (node->op == TAC_OP_TIME) {
        tac_buf_text(p->buf, "time");
    } else if (level == 8) {
        print_arguments(p, node, depth + 1);
    } else {
        print_operator(p, node, level, depth + 1);
    }
    tac_buf_text(p->buf, needs_bracket ? ")" : "");
}

bool tac_expr_print_as(tac_buf *buf, const tac_model *model, const tac_print_names *names,
                       tac_expr e)
{
    printer p = {buf, model, names, buf->n, false};
    print(&p, e, 0, 0);
    return !p.is_cut;
}

void tac_expr_print(tac_buf *buf, const tac_model *model, tac_expr e)
{
    static const tac_print_names OWN = {NULL, NULL};
    (void)tac_expr_print_as(buf, model, &OWN, e);
}
