/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of a system as C: one line per named variable and per common part, everything else inside the line
 * that uses it.
 *
 * The operations and their order are those of the interpreter; brackets keep them.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/map.h"
#include "compile/emit.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const NAMES[TAC_N_PART] = {"prepare", "start", "rhs", "jac", "observe"};

static const char *const SIGNATURES[TAC_N_PART] = {
    "(const double *p, const double *u, double *out)",
    "(const double *p, const double *u, const double *c, double *out)",
    "(double t, const double *x, const double *p, const double *u, const double *c, double *out)",
    "(double t, const double *x, const double *p, const double *u, const double *c, double *out)",
    "(double t, const double *x, const double *p, const double *u, const double *c, double *out)"};

/* Arguments of the signature, so that unused ones can be named. */
static const char *const ARGUMENTS[TAC_N_PART] = {"pu", "puc", "txpuc", "txpuc", "txpuc"};

/* Expressions inside one line do not nest deeper than this. */
#define MAX_HEIGHT 8

/* As in C: higher binds more. Functions and leaves are at the top. */
static const int LEVELS[TAC_N_OP] = {
    [TAC_OP_SELECT] = 1, [TAC_OP_MIN] = 1, [TAC_OP_MAX] = 1, [TAC_OP_OR] = 2,  [TAC_OP_AND] = 3,
    [TAC_OP_EQ] = 4,     [TAC_OP_NE] = 4,  [TAC_OP_LT] = 5,  [TAC_OP_LE] = 5,  [TAC_OP_GT] = 5,
    [TAC_OP_GE] = 5,     [TAC_OP_ADD] = 6, [TAC_OP_SUB] = 6, [TAC_OP_MUL] = 7, [TAC_OP_DIV] = 7,
    [TAC_OP_NEG] = 8,    [TAC_OP_NOT] = 8};

static int level_of(tac_op op)
{
    return LEVELS[op] == 0 ? 9 : LEVELS[op];
}

static bool is_logical(tac_op op)
{
    return LEVELS[op] >= 2 && LEVELS[op] <= 5;
}

typedef struct emitter {
    tac_ctx *ctx;
    const tac_system *system;
    const tac_tapes *tapes;
    const tac_image *image;
    tac_buf *c;
    tac_part part;
    const char **names;  /* [n_node] the local that holds a node in this function, or NULL */
    uint32_t *n_use;     /* [n_node] in this function */
    uint8_t *heights;    /* [n_node] of the expression inside one line */
    uint32_t *variables; /* [n_node] output that this node is, or UINT32_MAX */
    tac_arena *arena;
    tac_map *taken; /* names of locals in use */
} emitter;

static const tac_node *node_at(const emitter *m, tac_expr e)
{
    return tac_graph_node(m->system->graph, e);
}

/** True when the node is read from c in this function. */
static bool is_from_c(const emitter *m, tac_expr e)
{
    return m->part != TAC_PART_PREPARE && m->tapes->prepared[e] != UINT32_MAX;
}

/** A C name for an id of the model: dots become two underscores, a name without dot ends in one. */
static const char *mangle(const emitter *m, const char *id)
{
    tac_buf name = TAC_BUF_INIT;
    uint32_t n = 0;
    for (const char *c = id; *c != '\0'; c++) {
        const char ch = isalnum((unsigned char)*c) ? *c : '_';
        tac_buf_text(&name, *c == '.' ? "_" : "");
        tac_buf_add(&name, &ch, 1);
    }
    tac_buf_text(&name, strchr(id, '.') == NULL ? "_" : "");
    if (tac_map_get(m->taken, tac_buf_str(&name), name.n, &n)) {
        tac_buf_print(&name, "_%zu", tac_map_n(m->taken));
    }
    const char *copy = NULL;
    if (!name.has_failed && tac_map_set(m->taken, name.text, name.n, 1)) {
        copy = tac_arena_text(m->arena, name.text, name.n);
    }
    tac_buf_free(&name);
    return copy;
}

static const char *name_of_leaf(const emitter *m, const tac_node *node)
{
    const uint32_t i = tac_node_index(node->symbol);
    const tac_slot slot = tac_node_slot(node->symbol);
    for (size_t k = 0; k < m->image->n_symbol; k++) {
        if (m->image->symbols[k].slot == slot && m->image->symbols[k].index == i) {
            return m->image->symbols[k].id;
        }
    }
    TAC_BUG("a slot without a name");
}

static void emit_expression(const emitter *m, tac_expr e, int lowest);

/** The node by its local name, or written out. */
static void emit_use(const emitter *m, tac_expr e, int lowest)
{
    if (m->names[e] != NULL) {
        tac_buf_text(m->c, m->names[e]);
    } else {
        emit_expression(m, e, lowest);
    }
}

/** A truth value: comparisons as they are, numbers against 0. */
static void emit_condition(const emitter *m, tac_expr e, int lowest)
{
    const tac_node *node = node_at(m, e);
    if (m->names[e] == NULL && (is_logical(node->op) || node->op == TAC_OP_NOT)
        && !is_from_c(m, e)) {
        const int level = level_of(node->op);
        tac_buf_text(m->c, level < lowest || level <= 3 ? "(" : "");
        if (node->op == TAC_OP_NOT) {
            tac_buf_text(m->c, "!");
            emit_condition(m, node->arg[0], 9);
        } else if (node->op == TAC_OP_AND || node->op == TAC_OP_OR) {
            emit_condition(m, node->arg[0], 6);
            tac_buf_print(m->c, " %s ", tac_op_text(node->op));
            emit_condition(m, node->arg[1], 6);
        } else if (node->op == TAC_OP_EQ || node->op == TAC_OP_NE) {
            /* the same as the interpreter's, without comparing for equality */
            tac_buf_text(m->c, node->op == TAC_OP_EQ ? "!(" : "(");
            emit_use(m, node->arg[0], 6);
            tac_buf_text(m->c, " < ");
            emit_use(m, node->arg[1], 6);
            tac_buf_text(m->c, node->op == TAC_OP_EQ ? ") && !(" : ") || (");
            emit_use(m, node->arg[0], 6);
            tac_buf_text(m->c, " > ");
            emit_use(m, node->arg[1], 6);
            tac_buf_text(m->c, ")");
        } else {
            emit_use(m, node->arg[0], 6);
            tac_buf_print(m->c, " %s ", tac_op_text(node->op));
            emit_use(m, node->arg[1], 6);
        }
        tac_buf_text(m->c, level < lowest || level <= 3 ? ")" : "");
        return;
    }
    tac_buf_text(m->c, lowest > 5 ? "(" : "");
    tac_buf_text(m->c, "fabs(");
    emit_use(m, e, 0);
    tac_buf_text(m->c, ") > 0.0");
    tac_buf_text(m->c, lowest > 5 ? ")" : "");
}

/** condition ? a : b, for piecewise, min, max and truth values. */
static void emit_choice(const emitter *m, tac_expr e, const tac_node *node)
{
    if (node->op == TAC_OP_SELECT) {
        emit_condition(m, node->arg[0], 2);
        tac_buf_text(m->c, " ? ");
        emit_use(m, node->arg[1], 2);
        tac_buf_text(m->c, " : ");
        emit_use(m, node->arg[2], 2);
        return;
    }
    if (node->op == TAC_OP_MIN || node->op == TAC_OP_MAX) {
        emit_use(m, node->arg[0], 6);
        tac_buf_text(m->c, node->op == TAC_OP_MIN ? " < " : " > ");
        emit_use(m, node->arg[1], 6);
        tac_buf_text(m->c, " ? ");
        emit_use(m, node->arg[0], 2);
        tac_buf_text(m->c, " : ");
        emit_use(m, node->arg[1], 2);
        return;
    }
    emit_condition(m, e, 2);
    tac_buf_text(m->c, " ? 1.0 : 0.0");
}

static const char *c_function(tac_op op)
{
    return op == TAC_OP_LOG   ? "log"
           : op == TAC_OP_ABS ? "fabs"
           : op == TAC_OP_POW ? "pow"
                              : tac_op_text(op);
}

static void emit_call(const emitter *m, const tac_node *node)
{
    tac_buf_print(m->c, "%s(", c_function(node->op));
    for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
        tac_buf_text(m->c, i == 0 ? "" : ", ");
        emit_use(m, node->arg[i], 0);
    }
    tac_buf_text(m->c, ")");
}

static void emit_leaf(const emitter *m, const tac_node *node)
{
    static const char ARRAYS[] = "xpuy";
    if (node->op == TAC_OP_CONST) {
        tac_emit_number(m->c, node->value);
    } else if (node->op == TAC_OP_TIME) {
        tac_buf_text(m->c, "t");
    } else {
        tac_buf_print(m->c, "%c[%" PRIu32 "]", ARRAYS[tac_node_slot(node->symbol)],
                      tac_node_index(node->symbol));
    }
}

static void emit_expression(const emitter *m, tac_expr e, int lowest)
{
    const tac_node *node = node_at(m, e);
    const int level = level_of(node->op);
    if (is_from_c(m, e)) {
        tac_buf_print(m->c, "c[%" PRIu32 "]", m->tapes->prepared[e]);
        return;
    }
    if (tac_op_n_arg(node->op) == 0) {
        const bool is_negative = node->op == TAC_OP_CONST && signbit(node->value);
        tac_buf_text(m->c, is_negative && lowest > 6 ? "(" : "");
        emit_leaf(m, node);
        tac_buf_text(m->c, is_negative && lowest > 6 ? ")" : "");
        return;
    }
    const bool is_choice = level <= 5 || node->op == TAC_OP_NOT;
    const bool needs_bracket = (is_choice ? 1 : level) < lowest;
    tac_buf_text(m->c, needs_bracket ? "(" : "");
    if (is_choice) {
        emit_choice(m, e, node);
    } else if (node->op == TAC_OP_NEG) {
        tac_buf_text(m->c, "-");
        emit_use(m, node->arg[0], 9);
    } else if (level == 9) {
        emit_call(m, node);
    } else {
        emit_use(m, node->arg[0], level);
        tac_buf_print(m->c, " %s ", tac_op_text(node->op));
        emit_use(m, node->arg[1], level + 1);
    }
    tac_buf_text(m->c, needs_bracket ? ")" : "");
}

/** How often each node is used in this function, roots included. */
static void count_uses(const emitter *m, const tac_tape *tape)
{
    for (size_t i = 0; i < tape->n_node; i++) {
        m->n_use[tape->nodes[i]] = 0;
        m->names[tape->nodes[i]] = NULL;
    }
    for (size_t i = 0; i < tape->n_node; i++) {
        const tac_node *node = node_at(m, tape->nodes[i]);
        const bool is_choice = node->op == TAC_OP_MIN || node->op == TAC_OP_MAX
                               || node->op == TAC_OP_EQ || node->op == TAC_OP_NE;
        for (uint32_t k = 0; k < tac_op_n_arg(node->op) && !is_from_c(m, tape->nodes[i]); k++) {
            m->n_use[node->arg[k]] += is_choice ? 2 : 1; /* written twice */
        }
    }
    for (size_t i = 0; i < tape->n_root; i++) {
        m->n_use[tape->roots[i]]++;
    }
}

/** A node gets a line of its own when it is used again, has a name in the model, or would nest too deeply. */
static bool needs_line(const emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    if (node->op == TAC_OP_CONST || node->op == TAC_OP_TIME) {
        return false;
    }
    if (node->op == TAC_OP_SYMBOL) {
        return true;
    }
    return m->n_use[e] > 1 || m->variables[e] != UINT32_MAX || m->heights[e] >= MAX_HEIGHT;
}

static void measure_height(const emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    uint8_t height = 0;
    for (uint32_t k = 0; k < tac_op_n_arg(node->op) && !is_from_c(m, e); k++) {
        const tac_expr arg = node->arg[k];
        const uint8_t of_arg = m->names[arg] != NULL ? 0 : m->heights[arg];
        height = of_arg > height ? of_arg : height;
    }
    m->heights[e] = (uint8_t)(height + 1);
}

/** const double name = ...; with the model's own name and unit behind it. */
static tac_status emit_line(emitter *m, tac_expr e)
{
    const tac_node *node = node_at(m, e);
    char common[24];
    const char *id = NULL;
    if (node->op == TAC_OP_SYMBOL) {
        id = name_of_leaf(m, node);
    } else if (m->variables[e] != UINT32_MAX) {
        id = m->image->output_ids[m->variables[e]];
    } else {
        snprintf(common, sizeof common, "part%" PRIu32, e);
        id = common;
    }
    const char *name = mangle(m, id);
    if (name == NULL) {
        return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_buf_print(m->c, "    const double %s = ", name);
    emit_expression(m, e, 0);
    tac_buf_text(m->c, ";\n");
    m->names[e] = name;
    return TAC_OK;
}

/** Where a result goes, as a comment. */
static void emit_target(const emitter *m, size_t i)
{
    const tac_image *image = m->image;
    if (m->part == TAC_PART_RHS) {
        tac_buf_print(m->c, " /* %s' */", image->state_ids[i]);
    } else if (m->part == TAC_PART_START) {
        tac_buf_print(m->c, " /* %s */", image->state_ids[i]);
    } else if (m->part == TAC_PART_OBSERVE) {
        tac_buf_print(m->c, " /* %s */", image->output_ids[i]);
    } else if (m->part == TAC_PART_JAC) {
        size_t j = 0;
        while (image->jac_column[j + 1] <= (int64_t)i) {
            j++;
        }
        tac_buf_print(m->c, " /* d %s' / d %s */", image->state_ids[image->jac_row[i]],
                      image->state_ids[j]);
    }
}

static tac_status emit_function(emitter *m, tac_part part)
{
    const tac_tape *tape = &m->tapes->parts[part];
    m->part = part;
    m->taken = tac_map_create();
    if (m->taken == NULL) {
        return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_status st = TAC_OK;
    count_uses(m, tape);
    tac_buf_print(m->c, "static void %s%s\n{\n", NAMES[part], SIGNATURES[part]);
    for (const char *a = ARGUMENTS[part]; *a != '\0'; a++) {
        tac_buf_print(m->c, "    (void)%c;\n", *a);
    }
    for (size_t i = 0; st == TAC_OK && i < tape->n_node; i++) {
        measure_height(m, tape->nodes[i]);
        if (needs_line(m, tape->nodes[i])) {
            st = emit_line(m, tape->nodes[i]);
        }
    }
    tac_buf_text(m->c, tape->n_root == 0 ? "    (void)out;\n" : "");
    for (size_t i = 0; i < tape->n_root; i++) {
        tac_buf_print(m->c, "    out[%zu] = ", i);
        emit_use(m, tape->roots[i], 0);
        tac_buf_text(m->c, ";");
        emit_target(m, i);
        tac_buf_text(m->c, "\n");
    }
    tac_buf_text(m->c, "}\n\n");
    tac_map_free(m->taken);
    return st;
}

static tac_status allocate(emitter *m)
{
    const size_t n = tac_graph_n(m->system->graph);
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->names, &memory));
    m->names = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->n_use, &memory));
    m->n_use = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->heights, &memory));
    m->heights = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *m->variables, &memory));
    m->variables = memory;
    m->arena = tac_arena_create();
    if (m->arena == NULL) {
        st = tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    for (size_t e = 0; e < n; e++) {
        m->variables[e] = UINT32_MAX;
    }
    for (size_t k = 0; k < m->system->n_output; k++) {
        const tac_expr e = m->system->values[k];
        if (tac_op_n_arg(node_at(m, e)->op) > 0 && m->variables[e] == UINT32_MAX) {
            m->variables[e] = (uint32_t)k;
        }
    }
out:
    return st;
}

tac_status tac_emit_functions(tac_ctx *ctx, const tac_system *system, const tac_tapes *tapes,
                              const tac_image *image, tac_buf *c_out)
{
    emitter m = {.ctx = ctx, .system = system, .tapes = tapes, .image = image, .c = c_out};
    tac_status st = allocate(&m);
    for (tac_part part = TAC_PART_PREPARE; st == TAC_OK && part < TAC_N_PART; part++) {
        st = emit_function(&m, part);
    }
    tac_free(m.names);
    tac_free(m.n_use);
    tac_free(m.heights);
    tac_free(m.variables);
    tac_arena_free(m.arena);
    return st;
}
