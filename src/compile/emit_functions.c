/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of a system: one line per named variable and per common part, then one line per
 * result;
 * everything else stands inside the line that uses it.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "compile/emit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How a function looks from outside. */
static const struct {
    const char *name;
    const char *arguments;
    const char *unused; /* arguments that may not be needed */
    const char *result;
} FRAMES[TAC_N_PART] = {
    [TAC_PART_PREPARE] = {"prepare", "const double *p, const double *u, double *c", "pu", "c"},
    [TAC_PART_START] = {"start", "const double *p, const double *u, const double *c, double *x",
                        "puc", "x"},
    [TAC_PART_RHS] = {"rhs",
                      "double t, const double *x, const double *p, const double *u, "
                      "const double *c, double *dxdt",
                      "txpuc", "dxdt"},
    [TAC_PART_JAC] = {"jac",
                      "double t, const double *x, const double *p, const double *u, "
                      "const double *c, double *values",
                      "txpuc", "values"},
    [TAC_PART_OBSERVE] = {"observe",
                          "double t, const double *x, const double *p, const double *u, "
                          "const double *c, double *y",
                          "txpuc", "y"}};

/* Expressions inside one line do not nest deeper than this. */
static const uint8_t MAX_HEIGHT = 8;

static const tac_node *node_at(const tac_emitter *m, tac_expr e)
{
    return tac_graph_node(m->system->graph, e);
}

/** The name that the model has for a node, or NULL. */
static const tac_image_symbol *symbol_of(const tac_emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    if (node->op == TAC_OP_SYMBOL) {
        const uint32_t i = tac_node_index(node->symbol);
        return &m->image->symbols[m->symbols[tac_node_slot(node->symbol)][i]];
    }
    if (m->variables[e] == UINT32_MAX) {
        return NULL;
    }
    return &m->image->symbols[m->symbols[TAC_SLOT_OUTPUT][m->variables[e]]];
}

/** Count how often the text of each node would be written in this function. */
static void count_uses(const tac_emitter *m, const tac_tape *tape)
{
    for (size_t i = 0; i < tape->n_node; i++) {
        m->n_use[tape->nodes[i]] = 0;
        m->locals[tape->nodes[i]] = NULL;
    }
    for (size_t i = 0; i < tape->n_node; i++) {
        const tac_expr e = tape->nodes[i];
        const tac_node *node = node_at(m, e);
        for (uint32_t k = 0; k < tac_op_n_arg(node->op) && !tac_emit_is_prepared(m, e); k++) {
            m->n_use[node->arg[k]] += tac_emit_n_text(node->op);
        }
    }
    for (size_t i = 0; i < tape->n_root; i++) {
        m->n_use[tape->roots[i]]++;
    }
}

/** Nesting of a node's own text, its arguments being measured. */
static void measure_height(const tac_emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    uint8_t height = 0;
    for (uint32_t k = 0; k < tac_op_n_arg(node->op) && !tac_emit_is_prepared(m, e); k++) {
        const tac_expr arg = node->arg[k];
        const uint8_t of_arg = m->locals[arg] != NULL ? 0 : m->heights[arg];
        height = of_arg > height ? of_arg : height;
    }
    m->heights[e] = (uint8_t)(height + 1);
}

/** A line of its own for what is used again, has a name in the model, or would nest too deeply. */
static bool needs_line(const tac_emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    if (node->op == TAC_OP_CONST || node->op == TAC_OP_TIME) {
        return false;
    }
    return symbol_of(m, e) != NULL || m->heights[e] >= MAX_HEIGHT
           || (m->n_use[e] > 1 && !tac_emit_is_prepared(m, e));
}

/** "stress.crh, pg/mL" */
static void emit_origin(const tac_emitter *m, const tac_image_symbol *symbol)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, symbol->id);
    tac_buf_text(&text, symbol->unit[0] == '\0' ? "" : ", ");
    tac_buf_text(&text, symbol->unit);
    tac_emit_comment(m->c, tac_buf_str(&text));
    m->c->has_failed = m->c->has_failed || text.has_failed;
    tac_buf_free(&text);
}

/** const double name = ...; with the model's own name and unit behind it. */
static tac_status emit_line(const tac_emitter *m, tac_expr e)
{
    const tac_image_symbol *symbol = symbol_of(m, e);
    char common[24];
    snprintf(common, sizeof common, "part%" PRIu32, e);
    const char *name = tac_emit_name(m, symbol == NULL ? common : symbol->id);
    if (name == NULL) {
        return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_buf_print(m->c, "    const double %s = ", name);
    tac_emit_expression(m, e, 0);
    tac_buf_text(m->c, ";");
    if (symbol != NULL) {
        tac_buf_text(m->c, " ");
        emit_origin(m, symbol);
    }
    tac_buf_text(m->c, "\n");
    m->locals[e] = name;
    return TAC_OK;
}

/** What result i is, in the model's words. */
static void name_result(const tac_emitter *m, size_t i, size_t i_column, tac_buf *text)
{
    const tac_image *image = m->image;
    switch (m->part) {
    case TAC_PART_PREPARE: break; /* a named line stands above, or the part has no name */
    case TAC_PART_START: tac_buf_print(text, "%s at time 0", image->state_ids[i]); break;
    case TAC_PART_RHS: tac_buf_print(text, "%s'", image->state_ids[i]); break;
    case TAC_PART_JAC:
        tac_buf_print(text, "d %s' / d %s", image->state_ids[image->jac_row[i]],
                      image->state_ids[i_column]);
        break;
    case TAC_PART_OBSERVE: tac_buf_text(text, image->output_ids[i]); break;
    case TAC_PART_CONDITIONS:
    case TAC_PART_EVENTS:
    case TAC_N_PART: break;
    }
}

static void emit_results(const tac_emitter *m, const tac_tape *tape)
{
    tac_buf text = TAC_BUF_INIT;
    size_t i_column = 0;
    for (size_t i = 0; i < tape->n_root; i++) {
        while (m->part == TAC_PART_JAC && m->image->jac_column[i_column + 1] <= (int64_t)i) {
            i_column++;
        }
        tac_buf_print(m->c, "    %s[%zu] = ", FRAMES[m->part].result, i);
        tac_emit_use(m, tape->roots[i], 0);
        tac_buf_text(m->c, ";");
        tac_buf_clear(&text);
        name_result(m, i, i_column, &text);
        if (text.n > 0) {
            tac_buf_text(m->c, " ");
            tac_emit_comment(m->c, tac_buf_str(&text));
        }
        tac_buf_text(m->c, "\n");
    }
    if (tape->n_root == 0) {
        tac_buf_print(m->c, "    (void)%s;\n", FRAMES[m->part].result);
    }
    m->c->has_failed = m->c->has_failed || text.has_failed;
    tac_buf_free(&text);
}

static tac_status emit_function(tac_emitter *m, tac_part part)
{
    const tac_tape *tape = &m->tapes->parts[part];
    tac_status st = TAC_OK;
    m->part = part;
    m->taken = tac_map_create();
    if (m->taken == NULL) {
        return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
    }
    count_uses(m, tape);
    tac_buf_print(m->c, "static void %s(%s)\n{\n", FRAMES[part].name, FRAMES[part].arguments);
    for (const char *a = FRAMES[part].unused; *a != '\0'; a++) {
        tac_buf_print(m->c, "    (void)%c;\n", *a);
    }
    for (size_t i = 0; st == TAC_OK && i < tape->n_node; i++) {
        measure_height(m, tape->nodes[i]);
        if (needs_line(m, tape->nodes[i])) {
            st = emit_line(m, tape->nodes[i]);
        }
    }
    emit_results(m, tape);
    tac_buf_text(m->c, "}\n\n");
    tac_map_free(m->taken);
    return st;
}

/** Lists that lead from slots to names. */
static tac_status list_symbols(tac_emitter *m)
{
    const size_t n_slot[] = {m->image->n_state, m->image->n_parameter, m->image->n_input,
                             m->image->n_output};
    tac_status st = TAC_OK;
    void *memory = NULL;
    for (size_t slot = 0; slot <= TAC_SLOT_OUTPUT; slot++) {
        TAC_TRY(tac_alloc(m->ctx, n_slot[slot], sizeof *m->symbols[slot], &memory));
        m->symbols[slot] = memory;
    }
    for (size_t i = 0; i < m->image->n_symbol; i++) {
        const tac_image_symbol *symbol = &m->image->symbols[i];
        m->symbols[symbol->slot][symbol->index] = (uint32_t)i;
    }
out:
    return st;
}

static tac_status allocate(tac_emitter *m)
{
    const size_t n = tac_graph_n(m->system->graph);
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(list_symbols(m));
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->locals, &memory));
    m->locals = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->n_use, &memory));
    m->n_use = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->heights, &memory));
    m->heights = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->variables, &memory));
    m->variables = memory;
    m->arena = tac_arena_create();
    if (m->arena == NULL) {
        st = tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
    }
out:
    return st;
}

/** Of several variables that are the same expression the first gives its name to the line. */
static void name_variables(const tac_emitter *m)
{
    const size_t n = tac_graph_n(m->system->graph);
    for (size_t e = 0; e < n; e++) {
        m->variables[e] = UINT32_MAX;
    }
    for (size_t k = m->system->n_output; k-- > 0;) {
        const tac_expr e = m->system->values[k];
        if (tac_op_n_arg(node_at(m, e)->op) > 0) {
            m->variables[e] = (uint32_t)k;
        }
    }
}

tac_status tac_emit_functions(tac_ctx *ctx, const tac_system *system, const tac_tapes *tapes,
                              const tac_image *image, tac_buf *c_out)
{
    tac_emitter m = {.ctx = ctx, .system = system, .tapes = tapes, .image = image, .c = c_out};
    tac_status st = allocate(&m);
    if (st == TAC_OK) {
        name_variables(&m);
    }
    for (tac_part part = TAC_PART_PREPARE; st == TAC_OK && part <= TAC_PART_OBSERVE; part++) {
        st = emit_function(&m, part);
    }
    for (size_t slot = 0; slot <= TAC_SLOT_OUTPUT; slot++) {
        tac_free(m.symbols[slot]);
    }
    tac_free(m.locals);
    tac_free(m.n_use);
    tac_free(m.heights);
    tac_free(m.variables);
    tac_arena_free(m.arena);
    return st;
}
