/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions of the graph as content MathML; see mathml.h. */
#include "model/mathml.h"

#include "model/endless.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How MathML calls operations; the others have their own lines in write_formula(). */
static const char *const NAMES[TAC_N_OP] = {
    [TAC_OP_ADD] = "plus",    [TAC_OP_SUB] = "minus",
    [TAC_OP_MUL] = "times",   [TAC_OP_DIV] = "divide",
    [TAC_OP_POW] = "power",   [TAC_OP_NEG] = "minus",
    [TAC_OP_LT] = "lt",       [TAC_OP_LE] = "leq",
    [TAC_OP_GT] = "gt",       [TAC_OP_GE] = "geq",
    [TAC_OP_EQ] = "eq",       [TAC_OP_NE] = "neq",
    [TAC_OP_AND] = "and",     [TAC_OP_OR] = "or",
    [TAC_OP_NOT] = "not",     [TAC_OP_EXP] = "exp",
    [TAC_OP_LOG] = "ln",      [TAC_OP_ABS] = "abs",
    [TAC_OP_FLOOR] = "floor", [TAC_OP_CEIL] = "ceiling",
    [TAC_OP_SIN] = "sin",     [TAC_OP_COS] = "cos",
    [TAC_OP_TAN] = "tan",     [TAC_OP_ASIN] = "arcsin",
    [TAC_OP_ACOS] = "arccos", [TAC_OP_ATAN] = "arctan",
    [TAC_OP_SINH] = "sinh",   [TAC_OP_COSH] = "cosh",
    [TAC_OP_TANH] = "tanh",   [TAC_OP_MIN] = "min",
    [TAC_OP_MAX] = "max",     [TAC_OP_FACTORIAL] = "factorial"};

/** A number in a formula; `fits` is the unit that fits where it has none of its own, or NULL. */
static void put_number(const tac_mathml *w, const tac_node *node, const char *fits)
{
    tac_buf *xml = w->xml;
    const double value = node->value;
    char unit[200] = "";
    char text[40];
    if (node->symbol > 0) {
        fits = w->o->units[w->o->number_unit[node->symbol - 1]].id;
    }
    if (fits != NULL) {
        snprintf(unit, sizeof unit, " sbml:units=\"%.150s\"", fits);
    }
    for (int digits = 6; digits <= 17; digits++) { /* as few as give this very number */
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (!(strtod(text, NULL) < value) && !(strtod(text, NULL) > value)) {
            break;
        }
    }
    const char *e = strchr(text, 'e');
    if (isnan(value)) {
        tac_buf_text(xml, "<notanumber/>");
    } else if (isinf(value)) {
        tac_buf_text(xml, value > 0.0 ? "<infinity/>" : "<apply><minus/><infinity/></apply>");
    } else if (e != NULL) {
        tac_buf_print(xml, "<cn type=\"e-notation\"%s>%.*s<sep/>%s</cn>", unit, (int)(e - text),
                      text, e + 1 + (e[1] == '+' ? 1 : 0));
    } else {
        tac_buf_print(xml, "<cn%s>%s</cn>", unit, text);
    }
}

static void write_formula(tac_mathml *w, tac_expr e, const char *fits, int depth);

/** The unit of a number without one among the arguments of an operation: none, but of 0 that of the others. */
static const char *fitting(const tac_mathml *w, const tac_node *node, tac_expr arg,
                           const char *fits)
{
    const tac_node *number = tac_graph_node(w->o->model->graph, arg);
    const bool is_select = node->op == TAC_OP_SELECT;
    if (w->units == NULL) {
        return NULL;
    }
    if (number->op == TAC_OP_CONST && fabs(number->value) > 0.0) {
        return "dimensionless";
    }
    for (uint32_t k = is_select ? 1 : 0; k < tac_op_n_arg(node->op); k++) {
        const tac_known_unit *one = &w->units[node->arg[k]];
        if ((is_select || tac_op_wants_one_unit(node->op)) && one->is_known) {
            return tac_outline_unit_id(w->o, &one->unit);
        }
    }
    const bool is_passed_on = is_select || node->op == TAC_OP_NEG || node->op == TAC_OP_MIN
                              || node->op == TAC_OP_MAX || node->op == TAC_OP_ADD
                              || node->op == TAC_OP_SUB;
    return is_passed_on ? fits : "dimensionless";
}

static void write_apply(tac_mathml *w, const char *head, const tac_node *node, const char *fits,
                        int depth)
{
    tac_buf_print(w->xml, "<apply>%s", head);
    for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
        write_formula(w, node->arg[i], fitting(w, node, node->arg[i], fits), depth);
    }
    tac_buf_text(w->xml, "</apply>");
}

static void write_select(tac_mathml *w, const tac_node *node, const char *fits, int depth)
{
    tac_buf_text(w->xml, "<piecewise><piece>");
    write_formula(w, node->arg[1], fitting(w, node, node->arg[1], fits), depth);
    write_formula(w, node->arg[0], NULL, depth);
    tac_buf_text(w->xml, "</piece><otherwise>");
    write_formula(w, node->arg[2], fitting(w, node, node->arg[2], fits), depth);
    tac_buf_text(w->xml, "</otherwise></piecewise>");
}

/** x^y as exp(y ln x). */
static void write_exp(tac_mathml *w, const tac_node *node, int depth)
{
    const char *plain = w->units == NULL ? NULL : "dimensionless";
    tac_buf_text(w->xml, "<apply><exp/><apply><times/>");
    write_formula(w, node->arg[1], plain, depth + 2);
    tac_buf_text(w->xml, "<apply><ln/>");
    write_formula(w, node->arg[0], plain, depth + 3);
    tac_buf_text(w->xml, "</apply></apply></apply>");
}

static void write_formula(tac_mathml *w, tac_expr e, const char *fits, int depth)
{
    const tac_node *node = tac_graph_node(w->o->model->graph, e);
    char head[80];
    if (++w->n_part > TAC_MATHML_MAX_PARTS || depth > TAC_MATHML_MAX_DEPTH) {
        w->is_too_large = true;
        return;
    }
    switch ((int)node->op) {
    case TAC_OP_CONST: put_number(w, node, fits); return;
    case TAC_OP_SYMBOL: tac_buf_print(w->xml, "<ci>%s</ci>", w->o->ids[node->symbol]); return;
    case TAC_OP_TIME:
        tac_buf_text(w->xml, "<csymbol encoding=\"text\" definitionURL=\""
                             "http://www.sbml.org/sbml/symbols/time\">time</csymbol>");
        return;
    case TAC_OP_RATE:
        write_apply(w,
                    "<csymbol encoding=\"text\" definitionURL=\""
                    "http://www.sbml.org/sbml/symbols/rateOf\">rateOf</csymbol>",
                    node, fits, depth + 1);
        return;
    case TAC_OP_SELECT: write_select(w, node, fits, depth + 2); return;
    case TAC_OP_SQRT: write_apply(w, "<root/>", node, fits, depth + 1); return;
    case TAC_OP_LOG10:
        snprintf(head, sizeof head, "<log/><logbase><cn%s>10</cn></logbase>",
                 w->units == NULL ? "" : " sbml:units=\"dimensionless\"");
        write_apply(w, head, node, fits, depth + 1);
        return;
    default:
        if (tac_endless_is_exp(w->o, w->is_endless, node)) {
            write_exp(w, node, depth);
            return;
        }
        snprintf(head, sizeof head, "<%s/>", NAMES[node->op]);
        write_apply(w, head, node, fits, depth + 1);
    }
}

void tac_mathml_write(tac_mathml *w, tac_expr e, const char *unit)
{
    tac_buf_print(w->xml, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"%s>",
                  w->o->model->n_number_unit == 0 && w->units == NULL
                      ? ""
                      : " xmlns:sbml=\"http://www.sbml.org/sbml/level3/version2/core\"");
    write_formula(w, e, w->units == NULL ? NULL : unit, 0);
    tac_buf_text(w->xml, "</math>");
}
