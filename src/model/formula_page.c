/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions of the graph as presentation MathML; see formula_page.h. */
#include "model/formula_page.h"

#include "model/print.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 100, MAX_PARTS = 4000 };

typedef struct setter {
    tac_buf *html;
    const tac_model *model;
    const char *const *ids;
    size_t n_part;
} setter;

/* How strongly an operation binds on a page, where fractions and roots hold their parts together by themselves. */
static int level_of(tac_op op)
{
    switch ((int)op) {
    case TAC_OP_OR: return 1;
    case TAC_OP_AND: return 2;
    case TAC_OP_LT:
    case TAC_OP_LE:
    case TAC_OP_GT:
    case TAC_OP_GE:
    case TAC_OP_EQ:
    case TAC_OP_NE: return 3;
    case TAC_OP_ADD:
    case TAC_OP_SUB: return 4;
    case TAC_OP_MUL: return 5;
    case TAC_OP_NEG:
    case TAC_OP_NOT: return 6;
    case TAC_OP_POW: return 7;
    case TAC_OP_DIV: return 8; /* brackets only below a power */
    case TAC_OP_SELECT: return 0;
    default: return 9;
    }
}

static const char *sign_of(tac_op op)
{
    switch ((int)op) {
    case TAC_OP_LT: return "&lt;";
    case TAC_OP_LE: return "&#8804;";
    case TAC_OP_GT: return "&gt;";
    case TAC_OP_GE: return "&#8805;";
    case TAC_OP_EQ: return "=";
    case TAC_OP_NE: return "&#8800;";
    case TAC_OP_AND: return "and";
    case TAC_OP_OR: return "or";
    case TAC_OP_NOT: return "not";
    case TAC_OP_SUB:
    case TAC_OP_NEG: return "&#8722;";
    case TAC_OP_MUL: return "&#183;";
    default: return tac_op_text(op);
    }
}

static void put_escaped(tac_buf *html, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        switch (text[i]) {
        case '&': tac_buf_text(html, "&amp;"); break;
        case '<': tac_buf_text(html, "&lt;"); break;
        case '>': tac_buf_text(html, "&gt;"); break;
        case '"': tac_buf_text(html, "&quot;"); break;
        default: tac_buf_add(html, text[i] == '_' ? "\xc2\xa0" : &text[i], text[i] == '_' ? 2 : 1);
        }
    }
}

void tac_formula_name(tac_buf *html, const char *name)
{
    const char *bar = strchr(name + (name[0] != '\0' ? 1 : 0), '_');
    const size_t n = bar == NULL ? strlen(name) : (size_t)(bar - name);
    const bool is_split = bar != NULL && bar[1] != '\0';
    tac_buf_text(html,
                 is_split ? "<msub><mi mathvariant=\"normal\">" : "<mi mathvariant=\"normal\">");
    put_escaped(html, name, is_split ? n : strlen(name));
    tac_buf_text(html, "</mi>");
    if (is_split) {
        tac_buf_text(html, "<mi mathvariant=\"normal\">");
        put_escaped(html, bar + 1, strlen(bar + 1));
        tac_buf_text(html, "</mi></msub>");
    }
}

static void set(setter *s, tac_expr e, int lowest, int depth);

/** 6.02e23 as 6.02 * 10^23. */
static void set_number(const setter *s, const tac_node *node)
{
    tac_buf text = TAC_BUF_INIT;
    tac_number_print(&text, node->value);
    const char *all = tac_buf_str(&text);
    const char *e = isfinite(node->value) ? strchr(all, 'e') : NULL;
    if (!isfinite(node->value)) {
        tac_buf_text(s->html, isnan(node->value) ? "<mi>NaN</mi>"
                              : node->value > 0.0
                                  ? "<mi>&#8734;</mi>"
                                  : "<mrow><mo>&#8722;</mo><mi>&#8734;</mi></mrow>");
    } else if (e != NULL) {
        tac_buf_print(
            s->html,
            "<mrow><mn>%.*s</mn><mo>&#183;</mo><msup><mn>10</mn><mn>%ld</mn></msup></mrow>",
            (int)(e - all), all, strtol(e + 1, NULL, 10));
    } else {
        tac_buf_print(s->html, "<mn>%s</mn>", all);
    }
    if (node->symbol > 0) {
        tac_buf_text(s->html, "<mspace width=\"0.2em\"/><mtext>");
        put_escaped(s->html, s->model->number_units[node->symbol - 1].text,
                    strlen(s->model->number_units[node->symbol - 1].text));
        tac_buf_text(s->html, "</mtext>");
    }
    tac_buf_free(&text);
}

/** Cases, one below the other; those inside the last one follow it. */
static void set_cases(setter *s, const tac_node *node, int depth)
{
    tac_buf_text(s->html, "<mrow><mo>{</mo><mtable columnalign=\"left\">");
    tac_expr rest = TAC_EXPR_NONE;
    for (const tac_node *one = node; one->op == TAC_OP_SELECT && s->n_part < MAX_PARTS;
         one = tac_graph_node(s->model->graph, rest)) {
        tac_buf_text(s->html, "<mtr><mtd>");
        set(s, one->arg[1], 0, depth + 1);
        tac_buf_text(s->html, "</mtd><mtd><mtext>if&#160;</mtext>");
        set(s, one->arg[0], 0, depth + 1);
        tac_buf_text(s->html, "</mtd></mtr>");
        rest = one->arg[2];
    }
    tac_buf_text(s->html, "<mtr><mtd>");
    set(s, rest, 0, depth + 1);
    tac_buf_text(s->html, "</mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow>");
}

/** Two parts between marks: a fraction, a power. */
static void set_pair(setter *s, const char *mark, const tac_node *node, int lowest, int depth)
{
    tac_buf_print(s->html, "<%s><mrow>", mark);
    set(s, node->arg[0], lowest, depth + 1);
    tac_buf_text(s->html, "</mrow><mrow>");
    set(s, node->arg[1], 0, depth + 1);
    tac_buf_print(s->html, "</mrow></%s>", mark);
}

static void set_function(setter *s, const tac_node *node, int depth)
{
    tac_buf_print(s->html, "<mi mathvariant=\"normal\">%s</mi><mo>(</mo>", tac_op_text(node->op));
    for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
        tac_buf_text(s->html, i == 0 ? "" : "<mo>,</mo>");
        set(s, node->arg[i], 0, depth + 1);
    }
    tac_buf_text(s->html, "<mo>)</mo>");
}

static void set_operator(setter *s, const tac_node *node, int level, int depth)
{
    if (tac_op_n_arg(node->op) == 2) {
        set(s, node->arg[0], level, depth + 1);
    }
    tac_buf_print(s->html, "<mo>%s</mo>", sign_of(node->op));
    set(s, node->arg[tac_op_n_arg(node->op) - 1], level + (level == 5 ? 0 : 1), depth + 1);
}

static void set_inner(setter *s, const tac_node *node, int level, int depth)
{
    switch ((int)node->op) {
    case TAC_OP_CONST: set_number(s, node); return;
    case TAC_OP_SYMBOL:
        tac_formula_name(s->html, s->ids != NULL ? s->ids[node->symbol]
                                                 : s->model->symbols[node->symbol].id);
        return;
    case TAC_OP_TIME: tac_buf_text(s->html, "<mi>t</mi>"); return;
    case TAC_OP_DIV: set_pair(s, "mfrac", node, 0, depth); return;
    case TAC_OP_POW: set_pair(s, "msup", node, 9, depth); return;
    case TAC_OP_SELECT: set_cases(s, node, depth); return;
    case TAC_OP_SQRT:
        tac_buf_text(s->html, "<msqrt>");
        set(s, node->arg[0], 0, depth + 1);
        tac_buf_text(s->html, "</msqrt>");
        return;
    case TAC_OP_ABS:
        tac_buf_text(s->html, "<mo>|</mo>");
        set(s, node->arg[0], 0, depth + 1);
        tac_buf_text(s->html, "<mo>|</mo>");
        return;
    default: break;
    }
    if (level == 9) {
        set_function(s, node, depth);
    } else {
        set_operator(s, node, level, depth);
    }
}

static void set(setter *s, tac_expr e, int lowest, int depth)
{
    const tac_node *node = tac_graph_node(s->model->graph, e);
    const int level = node->op == TAC_OP_CONST && node->value < 0.0 ? 6 : level_of(node->op);
    const bool has_bracket = level < lowest;
    if (++s->n_part > MAX_PARTS || depth > MAX_DEPTH) {
        tac_buf_text(s->html, "<mo>&#8230;</mo>");
        return;
    }
    tac_buf_text(s->html, has_bracket ? "<mrow><mo>(</mo>" : "<mrow>");
    set_inner(s, node, level, depth);
    tac_buf_text(s->html, has_bracket ? "<mo>)</mo></mrow>" : "</mrow>");
}

void tac_formula_page(tac_buf *html, const tac_model *model, const char *const *ids, tac_expr e)
{
    setter s = {html, model, ids, 0};
    set(&s, e, 0, 0);
}
