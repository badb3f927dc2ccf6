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
                          "txpuc", "y"},
    [TAC_PART_CONDITIONS] = {"conditions",
                             "double t, const double *x, const double *p, const double *u, "
                             "const double *c, double *truth",
                             "txpuc", "truth"},
    [TAC_PART_EVENTS] = {"events",
                         "double t, const double *x, const double *p, const double *u, "
                         "const double *c, double *values",
                         "txpuc", "values"}};

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
static void emit_line(const tac_emitter *m, tac_expr e)
{
    const tac_image_symbol *symbol = symbol_of(m, e);
    const char *name = m->locals[e];
    tac_buf_print(m->c, "    const double %s = ", name);
    m->locals[e] = NULL; /* its own name does not stand for it yet */
    tac_emit_expression(m, e, 0);
    m->locals[e] = name;
    tac_buf_text(m->c, ";");
    if (symbol != NULL) {
        tac_buf_text(m->c, " ");
        emit_origin(m, symbol);
    }
    tac_buf_text(m->c, "\n");
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
        if (i < m->system->events.n_event) {
            tac_buf_print(text, "trigger of %s", m->system->events.events[i].id);
        }
        break;
    case TAC_PART_EVENTS:
    case TAC_N_PART: break;
    }
}

/** The column of the Jacobian in which value i stands. */
static size_t column_of(const tac_emitter *m, size_t i)
{
    size_t low = 0;
    size_t high = m->image->n_state;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        *(m->image->jac_column[middle] <= (int64_t)i ? &low : &high) = middle;
    }
    return low;
}

/** dxdt[3] = ...; with what it is behind it. */
static void emit_result(const tac_emitter *m, const tac_tape *tape, size_t i)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(m->c, "    %s[%zu] = ", FRAMES[m->part].result, i);
    tac_emit_use(m, tape->roots[i], 0);
    tac_buf_text(m->c, ";");
    name_result(m, i, m->part == TAC_PART_JAC ? column_of(m, i) : 0, &text);
    if (text.n > 0) {
        tac_buf_text(m->c, " ");
        tac_emit_comment(m->c, tac_buf_str(&text));
    }
    tac_buf_text(m->c, "\n");
    m->c->has_failed = m->c->has_failed || text.has_failed;
    tac_buf_free(&text);
}

/** Give names to all nodes that get a line. */
static tac_status name_lines(const tac_emitter *m, const tac_tape *tape)
{
    for (size_t i = 0; i < tape->n_node; i++) {
        const tac_expr e = tape->nodes[i];
        m->is_written[e] = false;
        measure_height(m, e);
        if (needs_line(m, e)) {
            const tac_image_symbol *symbol = symbol_of(m, e);
            char common[24];
            snprintf(common, sizeof common, "part%" PRIu32, e);
            m->locals[e] = tac_emit_name(m, symbol == NULL ? common : symbol->id);
            if (m->locals[e] == NULL) {
                return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
            }
        }
    }
    return TAC_OK;
}

/** The first argument whose lines are still to be written; NONE when all are there. */
static tac_expr missing_part(const tac_emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    for (uint32_t k = 0; k < tac_op_n_arg(node->op) && !tac_emit_is_prepared(m, e); k++) {
        if (!m->is_written[node->arg[k]]) {
            return node->arg[k];
        }
    }
    return TAC_EXPR_NONE;
}

/** Write the lines that a result needs and that are not there yet, arguments first. */
static void emit_needed(const tac_emitter *m, tac_expr root, tac_expr *stack)
{
    size_t n = 0;
    stack[n++] = root;
    while (n > 0) {
        const tac_expr e = stack[n - 1];
        const tac_expr missing = m->is_written[e] ? TAC_EXPR_NONE : missing_part(m, e);
        if (missing != TAC_EXPR_NONE) {
            stack[n++] = missing;
            continue;
        }
        n--;
        if (!m->is_written[e] && m->locals[e] != NULL) {
            emit_line(m, e);
        }
        m->is_written[e] = true;
    }
}

/**
 * Each result with the lines that it is the first to need right above it: what belongs together stands together, and
 * few numbers are alive at a time, which compilers like.
 */
static tac_status emit_results(const tac_emitter *m, const tac_tape *tape)
{
    void *stack = NULL;
    const tac_status st = tac_alloc(m->ctx, tape->n_node + 1, sizeof(tac_expr), &stack);
    for (size_t i = 0; st == TAC_OK && i < tape->n_root; i++) {
        emit_needed(m, tape->roots[i], stack);
        emit_result(m, tape, i);
    }
    if (tape->n_root == 0) {
        tac_buf_print(m->c, "    (void)%s;\n", FRAMES[m->part].result);
    }
    tac_free(stack);
    return st;
}

static tac_status emit_function(tac_emitter *m, tac_part part)
{
    const tac_tape *tape = &m->tapes->parts[part];
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
    tac_status st = name_lines(m, tape);
    st = st == TAC_OK ? emit_results(m, tape) : st;
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
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->is_written, &memory));
    m->is_written = memory;
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
                              const tac_image *image, tac_part last, tac_buf *c_out)
{
    tac_emitter m = {.ctx = ctx, .system = system, .tapes = tapes, .image = image, .c = c_out};
    tac_status st = allocate(&m);
    if (st == TAC_OK) {
        name_variables(&m);
    }
    for (tac_part part = TAC_PART_PREPARE; st == TAC_OK && part <= last; part++) {
        st = emit_function(&m, part);
    }
    for (size_t slot = 0; slot <= TAC_SLOT_OUTPUT; slot++) {
        tac_free(m.symbols[slot]);
    }
    tac_free(m.locals);
    tac_free(m.n_use);
    tac_free(m.heights);
    tac_free(m.variables);
    tac_free(m.is_written);
    tac_arena_free(m.arena);
    return st;
}

void tac_emit_kernel_struct(tac_buf *c_out)
{
    tac_buf_text(c_out, "struct kernel {\n");
    for (tac_part part = TAC_PART_PREPARE; part < TAC_N_PART; part++) {
        tac_buf_print(c_out, "    void (*%s)(%s);\n", FRAMES[part].name, FRAMES[part].arguments);
    }
    tac_buf_text(c_out, "};\n\n");
}
