/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Operations as C on doubles. The operations and their order are those of the interpreter; brackets
 * keep them.
 */
#include "compile/emit.h"

#include <inttypes.h>
#include <math.h>

/* How strongly C's operators bind; functions and leaves, not listed, bind most. */
enum { CHOICE = 1, OR, AND, EQUAL, ORDER, SUM, PRODUCT, SIGN, MOST };

static const int LEVELS[TAC_N_OP] = {
    [TAC_OP_SELECT] = CHOICE, [TAC_OP_MIN] = CHOICE,  [TAC_OP_MAX] = CHOICE,  [TAC_OP_OR] = OR,
    [TAC_OP_AND] = AND,       [TAC_OP_EQ] = EQUAL,    [TAC_OP_NE] = EQUAL,    [TAC_OP_LT] = ORDER,
    [TAC_OP_LE] = ORDER,      [TAC_OP_GT] = ORDER,    [TAC_OP_GE] = ORDER,    [TAC_OP_ADD] = SUM,
    [TAC_OP_SUB] = SUM,       [TAC_OP_MUL] = PRODUCT, [TAC_OP_DIV] = PRODUCT, [TAC_OP_NEG] = SIGN,
    [TAC_OP_NOT] = SIGN};

static int level_of(tac_op op)
{
    return LEVELS[op] == 0 ? MOST : LEVELS[op];
}

/** Comparisons and logic: truth values, that is. */
static bool is_logical(tac_op op)
{
    return (LEVELS[op] >= OR && LEVELS[op] <= ORDER) || op == TAC_OP_NOT;
}

static const tac_node *node_at(const tac_emitter *m, tac_expr e)
{
    return tac_graph_node(m->system->graph, e);
}

bool tac_emit_is_prepared(const tac_emitter *m, tac_expr e)
{
    return m->part != TAC_PART_PREPARE && m->tapes->prepared[e] != UINT32_MAX;
}

uint32_t tac_emit_n_text(tac_op op)
{
    return op == TAC_OP_MIN || op == TAC_OP_MAX || op == TAC_OP_EQ || op == TAC_OP_NE ? 2 : 1;
}

void tac_emit_use(const tac_emitter *m, tac_expr e, int lowest)
{
    if (m->locals[e] != NULL) {
        tac_buf_text(m->c, m->locals[e]);
    } else {
        tac_emit_expression(m, e, lowest);
    }
}

static void emit_pair(const tac_emitter *m, const tac_node *node, const char *sign)
{
    tac_emit_use(m, node->arg[0], SUM);
    tac_buf_print(m->c, " %s ", sign);
    tac_emit_use(m, node->arg[1], SUM);
}

static void emit_condition(const tac_emitter *m, tac_expr e);

/** A comparison or a logical operation, without brackets around it. */
static void emit_logical(const tac_emitter *m, const tac_node *node)
{
    if (node->op == TAC_OP_NOT) {
        tac_buf_text(m->c, "!");
        emit_condition(m, node->arg[0]);
    } else if (node->op == TAC_OP_AND || node->op == TAC_OP_OR) {
        emit_condition(m, node->arg[0]);
        tac_buf_print(m->c, " %s ", tac_op_text(node->op));
        emit_condition(m, node->arg[1]);
    } else if (node->op == TAC_OP_EQ) { /* as the interpreter does, not by comparing bits */
        tac_buf_text(m->c, "!(");
        emit_pair(m, node, "<");
        tac_buf_text(m->c, ") && !(");
        emit_pair(m, node, ">");
        tac_buf_text(m->c, ")");
    } else if (node->op == TAC_OP_NE) {
        emit_pair(m, node, "<");
        tac_buf_text(m->c, " || ");
        emit_pair(m, node, ">");
    } else {
        emit_pair(m, node, tac_op_text(node->op));
    }
}

/** A truth value in brackets: logic as it is, any other number against 0. */
static void emit_condition(const tac_emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    const bool is_written_out = m->locals[e] == NULL && !tac_emit_is_prepared(m, e);
    tac_buf_text(m->c, "(");
    if (is_written_out && is_logical(node->op)) {
        emit_logical(m, node);
    } else {
        tac_buf_text(m->c, "fabs(");
        tac_emit_use(m, e, 0);
        tac_buf_text(m->c, ") > 0.0");
    }
    tac_buf_text(m->c, ")");
}

/** condition ? a : b, for piecewise, min, max and truth values as numbers. */
static void emit_choice(const tac_emitter *m, tac_expr e, const tac_node *node)
{
    if (node->op == TAC_OP_MIN || node->op == TAC_OP_MAX) {
        emit_pair(m, node, node->op == TAC_OP_MIN ? "<" : ">");
        tac_buf_text(m->c, " ? ");
        tac_emit_use(m, node->arg[0], OR);
        tac_buf_text(m->c, " : ");
        tac_emit_use(m, node->arg[1], OR);
        return;
    }
    const bool is_select = node->op == TAC_OP_SELECT;
    emit_condition(m, is_select ? node->arg[0] : e);
    tac_buf_text(m->c, " ? ");
    if (!is_select) {
        tac_buf_text(m->c, "1.0 : 0.0");
        return;
    }
    tac_emit_use(m, node->arg[1], OR);
    tac_buf_text(m->c, " : ");
    tac_emit_use(m, node->arg[2], OR);
}

static void emit_call(const tac_emitter *m, const tac_node *node)
{
    const char *name = node->op == TAC_OP_LOG   ? "log"
                       : node->op == TAC_OP_ABS ? "fabs"
                       : node->op == TAC_OP_POW ? "pow"
                                                : tac_op_text(node->op);
    if (node->op == TAC_OP_FACTORIAL) {
        tac_buf_text(m->c, "tgamma(1.0 + ");
        tac_emit_use(m, node->arg[0], SUM);
        tac_buf_text(m->c, ")");
        return;
    }
    tac_buf_print(m->c, "%s(", name);
    for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
        tac_buf_text(m->c, k == 0 ? "" : ", ");
        tac_emit_use(m, node->arg[k], 0);
    }
    tac_buf_text(m->c, ")");
}

/** A number, time, or a place of an array; negative numbers bind like a sign. */
static void emit_leaf(const tac_emitter *m, const tac_node *node, int lowest)
{
    static const char ARRAYS[] = {
        [TAC_SLOT_STATE] = 'x', [TAC_SLOT_PARAMETER] = 'p', [TAC_SLOT_INPUT] = 'u'};
    if (node->op == TAC_OP_CONST) {
        const bool needs_bracket = signbit(node->value) && lowest >= SIGN;
        tac_buf_text(m->c, needs_bracket ? "(" : "");
        tac_emit_number(m->c, node->value);
        tac_buf_text(m->c, needs_bracket ? ")" : "");
    } else if (node->op == TAC_OP_TIME) {
        tac_buf_text(m->c, "t");
    } else {
        tac_buf_print(m->c, "%c[%" PRIu32 "]", ARRAYS[tac_node_slot(node->symbol)],
                      tac_node_index(node->symbol));
    }
}

void tac_emit_expression(const tac_emitter *m, tac_expr e, int lowest)
{
    const tac_node *node = node_at(m, e);
    const bool is_choice = level_of(node->op) <= ORDER || node->op == TAC_OP_NOT;
    const int level = is_choice ? CHOICE : level_of(node->op);
    if (tac_emit_is_prepared(m, e)) {
        tac_buf_print(m->c, "c[%" PRIu32 "]", m->tapes->prepared[e]);
        return;
    }
    if (tac_op_n_arg(node->op) == 0) {
        emit_leaf(m, node, lowest);
        return;
    }
    tac_buf_text(m->c, level < lowest ? "(" : "");
    if (is_choice) {
        emit_choice(m, e, node);
    } else if (node->op == TAC_OP_NEG) {
        tac_buf_text(m->c, "-");
        tac_emit_use(m, node->arg[0], MOST);
    } else if (level == MOST) {
        emit_call(m, node);
    } else {
        tac_emit_use(m, node->arg[0], level);
        tac_buf_print(m->c, " %s ", tac_op_text(node->op));
        tac_emit_use(m, node->arg[1], level + 1);
    }
    tac_buf_text(m->c, level < lowest ? ")" : "");
}
