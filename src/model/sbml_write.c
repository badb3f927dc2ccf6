/* SPDX-License-Identifier: Apache-2.0 */
/* A flat model as parameters, rules, start values and events of SBML. */
#include "model/sbml_write.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Formulae are trees in SBML: what a graph shares is written out, but not endlessly. */
static const size_t MAX_PARTS = 1000000;
enum { MAX_DEPTH = 200 }; /* of elements inside each other, as readers allow */

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

/* Base units in the order of tac_dimension. */
static const char *const KINDS[TAC_N_DIM] = {"metre", "kilogram", "second",  "kelvin",
                                             "mole",  "ampere",   "candela", "item"};

/* An event that waits computes its values when it is triggered, but a size when it happens: SBML has no word for it. */
static bool is_late_size(const tac_model_event *event, size_t i)
{
    return event->changes[i].size != TAC_EXPR_NONE && event->delay != TAC_EXPR_NONE
           && !event->is_late;
}

typedef struct writer {
    tac_ctx *ctx;
    const tac_model *model;
    tac_buf *xml;
    const char **ids; /* [n_symbol] */
    uint32_t *units;  /* [n_symbol] number of its unit in `distinct`, UINT32_MAX: none */
    tac_unit *distinct;
    size_t n_distinct;
    size_t n_part;
    bool is_too_large;
} writer;

static void put_escaped(tac_buf *xml, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c != '\0'; c++) {
        switch (*c) {
        case '&': tac_buf_text(xml, "&amp;"); break;
        case '<': tac_buf_text(xml, "&lt;"); break;
        case '>': tac_buf_text(xml, "&gt;"); break;
        case '"': tac_buf_text(xml, "&quot;"); break;
        default:
            if (*c >= ' ' || *c == '\t') { /* other control characters are not allowed in XML */
                tac_buf_add(xml, (const char *)c, 1);
            }
        }
    }
}

/** A number as an attribute. */
static void put_value(tac_buf *xml, double value)
{
    if (isfinite(value)) {
        tac_buf_print(xml, "%.17g", value);
    } else {
        tac_buf_text(xml, isnan(value) ? "NaN" : value > 0.0 ? "INF" : "-INF");
    }
}

/** A number in a formula. */
static void put_number(tac_buf *xml, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", value);
    const char *e = strchr(text, 'e');
    if (isnan(value)) {
        tac_buf_text(xml, "<notanumber/>");
    } else if (isinf(value)) {
        tac_buf_text(xml, value > 0.0 ? "<infinity/>" : "<apply><minus/><infinity/></apply>");
    } else if (e != NULL) {
        tac_buf_print(xml, "<cn type=\"e-notation\">%.*s<sep/>%s</cn>", (int)(e - text), text,
                      e + 1 + (e[1] == '+' ? 1 : 0));
    } else {
        tac_buf_print(xml, "<cn>%s</cn>", text);
    }
}

static void write_formula(writer *w, tac_expr e, int depth);

static void write_apply(writer *w, const char *head, const tac_node *node, int depth)
{
    tac_buf_print(w->xml, "<apply>%s", head);
    for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
        write_formula(w, node->arg[i], depth);
    }
    tac_buf_text(w->xml, "</apply>");
}

static void write_select(writer *w, const tac_node *node, int depth)
{
    tac_buf_text(w->xml, "<piecewise><piece>");
    write_formula(w, node->arg[1], depth);
    write_formula(w, node->arg[0], depth);
    tac_buf_text(w->xml, "</piece><otherwise>");
    write_formula(w, node->arg[2], depth);
    tac_buf_text(w->xml, "</otherwise></piecewise>");
}

static void write_formula(writer *w, tac_expr e, int depth)
{
    const tac_node *node = tac_graph_node(w->model->graph, e);
    char head[40];
    if (++w->n_part > MAX_PARTS || depth > MAX_DEPTH) {
        w->is_too_large = true;
        return;
    }
    switch ((int)node->op) {
    case TAC_OP_CONST: put_number(w->xml, node->value); return;
    case TAC_OP_SYMBOL: tac_buf_print(w->xml, "<ci>%s</ci>", w->ids[node->symbol]); return;
    case TAC_OP_TIME:
        tac_buf_text(w->xml, "<csymbol encoding=\"text\" definitionURL=\""
                             "http://www.sbml.org/sbml/symbols/time\">time</csymbol>");
        return;
    case TAC_OP_RATE:
        write_apply(w,
                    "<csymbol encoding=\"text\" definitionURL=\""
                    "http://www.sbml.org/sbml/symbols/rateOf\">rateOf</csymbol>",
                    node, depth + 1);
        return;
    case TAC_OP_SELECT: write_select(w, node, depth + 2); return;
    case TAC_OP_SQRT: write_apply(w, "<root/>", node, depth + 1); return;
    case TAC_OP_LOG10:
        write_apply(w, "<log/><logbase><cn>10</cn></logbase>", node, depth + 1);
        return;
    default:
        snprintf(head, sizeof head, "<%s/>", NAMES[node->op]);
        write_apply(w, head, node, depth + 1);
    }
}

static void write_math(writer *w, tac_expr e)
{
    tac_buf_text(w->xml, "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">");
    write_formula(w, e, 0);
    tac_buf_text(w->xml, "</math>");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/** Letters, digits and _, not beginning with a digit; a dot becomes two _. */
static void put_id(tac_buf *id, const char *name)
{
    tac_buf_text(id, is_letter(name[0]) ? "" : "_");
    for (const char *c = name; *c != '\0'; c++) {
        if (is_letter(*c) || (*c >= '0' && *c <= '9')) {
            tac_buf_add(id, c, 1);
        } else {
            tac_buf_text(id, *c == '.' ? "__" : "_");
        }
    }
}

/** An id that no other symbol has. */
static tac_status make_ids(writer *w)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_map *taken = tac_map_create();
    tac_buf id = TAC_BUF_INIT;
    TAC_TRY(tac_alloc(w->ctx, w->model->n_symbol, sizeof *w->ids, &memory));
    w->ids = memory;
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        uint32_t other = 0;
        tac_buf_clear(&id);
        put_id(&id, w->model->symbols[i].id);
        while (taken != NULL && tac_map_get(taken, tac_buf_str(&id), id.n, &other)) {
            tac_buf_text(&id, "_");
        }
        TAC_TRY(tac_buf_check(w->ctx, &id));
        w->ids[i] = tac_arena_text(w->model->arena, tac_buf_str(&id), id.n);
        if (taken == NULL || w->ids[i] == NULL || !tac_map_set(taken, tac_buf_str(&id), id.n, i)) {
            st = tac_fail(w->ctx, TAC_E_MEMORY, "out of memory");
            goto out;
        }
    }
out:
    tac_map_free(taken);
    tac_buf_free(&id);
    return st;
}

static tac_status find_units(writer *w)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(w->ctx, w->model->n_symbol, sizeof *w->units, &memory));
    w->units = memory;
    TAC_TRY(tac_alloc(w->ctx, w->model->n_symbol, sizeof *w->distinct, &memory));
    w->distinct = memory;
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        const tac_symbol *s = &w->model->symbols[i];
        uint32_t k = 0;
        while (s->has_unit && k < w->n_distinct && !tac_unit_equal(&w->distinct[k], &s->unit)) {
            k++;
        }
        if (s->has_unit && k == w->n_distinct) {
            w->distinct[w->n_distinct++] = s->unit;
        }
        w->units[i] = s->has_unit ? k : UINT32_MAX;
    }
out:
    return st;
}

static void write_unit(const writer *w, const char *id, const tac_unit *unit)
{
    tac_buf name = TAC_BUF_INIT;
    tac_unit_print(&name, w->model->units, unit);
    tac_buf_print(w->xml, "      <unitDefinition id=\"%s\" name=\"", id);
    put_escaped(w->xml, tac_buf_str(&name));
    tac_buf_print(w->xml,
                  "\"><listOfUnits><unit kind=\"dimensionless\" exponent=\"1\" scale=\"0\" "
                  "multiplier=\"%.17g\"/>",
                  unit->factor);
    for (size_t k = 0; k < TAC_N_DIM; k++) {
        if (fabs(unit->power[k]) > 0.0) {
            tac_buf_print(w->xml,
                          "<unit kind=\"%s\" exponent=\"%.17g\" scale=\"0\" multiplier=\"1\"/>",
                          KINDS[k], unit->power[k]);
        }
    }
    tac_buf_text(w->xml, "</listOfUnits></unitDefinition>\n");
    tac_buf_free(&name);
}

static void write_units(const writer *w)
{
    const tac_unit time = tac_model_time_unit(w->model);
    tac_buf_text(w->xml, "    <listOfUnitDefinitions>\n");
    write_unit(w, "unit_of_time", &time);
    for (size_t k = 0; k < w->n_distinct; k++) {
        char id[32];
        snprintf(id, sizeof id, "unit_%zu", k + 1);
        write_unit(w, id, &w->distinct[k]);
    }
    tac_buf_text(w->xml, "    </listOfUnitDefinitions>\n");
}

static bool has_start_formula(const tac_symbol *s)
{
    return s->role == TAC_ROLE_STATE && s->initial != TAC_EXPR_NONE;
}

static void write_parameter(const writer *w, size_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    tac_buf_print(w->xml, "      <parameter id=\"%s\" name=\"", w->ids[i]);
    put_escaped(w->xml, s->id);
    tac_buf_text(w->xml, "\"");
    if (s->role != TAC_ROLE_ASSIGNED && !has_start_formula(s)) {
        tac_buf_text(w->xml, " value=\"");
        put_value(w->xml, s->value);
        tac_buf_text(w->xml, "\"");
    }
    if (w->units[i] != UINT32_MAX) {
        tac_buf_print(w->xml, " units=\"unit_%u\"", w->units[i] + 1);
    }
    tac_buf_print(w->xml, " constant=\"%s\"", s->role == TAC_ROLE_CONSTANT ? "true" : "false");
    if (s->note[0] == '\0') {
        tac_buf_text(w->xml, "/>\n");
        return;
    }
    tac_buf_text(w->xml, "><notes><p xmlns=\"http://www.w3.org/1999/xhtml\">");
    put_escaped(w->xml, s->note);
    tac_buf_text(w->xml, "</p></notes></parameter>\n");
}

static void write_starts(writer *w)
{
    tac_buf_text(w->xml, "    <listOfInitialAssignments>\n");
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        if (has_start_formula(&w->model->symbols[i])) {
            tac_buf_print(w->xml, "      <initialAssignment symbol=\"%s\">", w->ids[i]);
            write_math(w, w->model->symbols[i].initial);
            tac_buf_text(w->xml, "</initialAssignment>\n");
        }
    }
    tac_buf_text(w->xml, "    </listOfInitialAssignments>\n");
}

static void write_rules(writer *w)
{
    tac_buf_text(w->xml, "    <listOfRules>\n");
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        const tac_symbol *s = &w->model->symbols[i];
        const bool is_rate = s->role == TAC_ROLE_STATE;
        if (is_rate || s->role == TAC_ROLE_ASSIGNED) {
            const tac_node *node = tac_graph_node(w->model->graph, is_rate ? s->rate : s->rule);
            if (is_rate && node->op == TAC_OP_CONST && !(fabs(node->value) > 0.0)) {
                continue; /* only events change it */
            }
            const char *kind = is_rate ? "rateRule" : "assignmentRule";
            tac_buf_print(w->xml, "      <%s variable=\"%s\">", kind, w->ids[i]);
            write_math(w, is_rate ? s->rate : s->rule);
            tac_buf_print(w->xml, "</%s>\n", kind);
        }
    }
    tac_buf_text(w->xml, "    </listOfRules>\n");
}

static const char *word_of(bool is)
{
    return is ? "true" : "false";
}

static void write_event(writer *w, size_t k)
{
    const tac_model_event *event = &w->model->events[k];
    tac_buf_print(w->xml, "      <event name=\"");
    put_escaped(w->xml, event->id);
    tac_buf_print(w->xml,
                  "\" useValuesFromTriggerTime=\"%s\"><trigger initialValue=\"%s\" "
                  "persistent=\"%s\">",
                  word_of(!event->is_late), word_of(event->was_true),
                  word_of(event->is_persistent));
    write_math(w, event->trigger);
    tac_buf_text(w->xml, "</trigger>");
    if (event->priority != TAC_EXPR_NONE) {
        tac_buf_text(w->xml, "<priority>");
        write_math(w, event->priority);
        tac_buf_text(w->xml, "</priority>");
    }
    if (event->delay != TAC_EXPR_NONE) {
        tac_buf_text(w->xml, "<delay>");
        write_math(w, event->delay);
        tac_buf_text(w->xml, "</delay>");
    }
    tac_buf_text(w->xml, "<listOfEventAssignments>");
    for (size_t i = 0; i < event->n_change; i++) {
        const tac_change *change = &event->changes[i];
        tac_buf_print(w->xml, "<eventAssignment variable=\"%s\">", w->ids[change->symbol]);
        const tac_expr value = change->size == TAC_EXPR_NONE
                                   ? change->value
                                   : tac_graph_apply(w->model->graph, TAC_OP_MUL, change->value,
                                                     change->size, TAC_EXPR_NONE);
        write_math(w, value);
        tac_buf_text(w->xml, "</eventAssignment>");
    }
    tac_buf_text(w->xml, "</listOfEventAssignments></event>\n");
}

static void write_model(writer *w)
{
    tac_buf name = TAC_BUF_INIT;
    put_id(&name, w->model->name);
    tac_buf_print(w->xml,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<sbml xmlns=\"http://www.sbml.org/sbml/level3/version2/core\" level=\"3\" "
                  "version=\"2\">\n  <model id=\"%s\" timeUnits=\"unit_of_time\">\n",
                  tac_buf_str(&name));
    tac_buf_free(&name);
    write_units(w);
    tac_buf_text(w->xml, "    <listOfParameters>\n");
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        write_parameter(w, i);
    }
    tac_buf_text(w->xml, "    </listOfParameters>\n");
    write_starts(w);
    write_rules(w);
    tac_buf_text(w->xml, "    <listOfEvents>\n");
    for (size_t k = 0; k < w->model->n_event; k++) {
        write_event(w, k);
    }
    tac_buf_text(w->xml, "    </listOfEvents>\n  </model>\n</sbml>\n");
}

static tac_status refuse_late_sizes(tac_ctx *ctx, const tac_model *model)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < model->n_event; k++) {
        const tac_model_event *event = &model->events[k];
        for (size_t i = 0; i < event->n_change; i++) {
            if (is_late_size(event, i)) {
                st = tac_fail_at(ctx, TAC_E_MODEL, &model->sources[event->origin.source],
                                 event->origin.span,
                                 "not supported: writing an event with a delay that sets the "
                                 "concentration in a place that changes size");
            }
        }
    }
    return st;
}

tac_status tac_sbml_write(tac_ctx *ctx, const tac_model *model, tac_buf *xml)
{
    tac_status st = TAC_OK;
    writer w = {.ctx = ctx, .model = model, .xml = xml};
    TAC_TRY(refuse_late_sizes(ctx, model));
    TAC_TRY(make_ids(&w));
    TAC_TRY(find_units(&w));
    write_model(&w);
    if (w.is_too_large) {
        st = tac_fail(ctx, TAC_E_MODEL,
                      "the formulae have more than %zu parts, or %d inside each other", MAX_PARTS,
                      MAX_DEPTH);
        goto out;
    }
    st = tac_buf_check(ctx, xml);
out:
    tac_free(w.ids);
    tac_free(w.units);
    tac_free(w.distinct);
    return st;
}
