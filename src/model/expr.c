/* SPDX-License-Identifier: Apache-2.0 */
/* The shared graph: a growing array of nodes and a hash table that finds equal ones. */
#include "model/expr.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

struct tac_graph {
    tac_node *nodes; /* [cap] */
    size_t n;
    size_t cap;
    uint32_t *slots; /* [n_slot] node index + 1, 0 = free; n_slot a power of two */
    size_t n_slot;
    bool has_failed;
};

static const struct {
    const char *text;
    uint32_t n_arg;
} OPS[] = {
#define TAC_OP_ROW(name, n_arg, text) {text, n_arg},
    TAC_OP_LIST(TAC_OP_ROW)
#undef TAC_OP_ROW
};

uint32_t tac_op_n_arg(tac_op op)
{
    return OPS[op].n_arg;
}

const char *tac_op_text(tac_op op)
{
    return OPS[op].text;
}

tac_graph *tac_graph_create(void)
{
    tac_graph *graph = tac_calloc(1, sizeof *graph);
    if (graph == NULL) {
        return NULL;
    }
    graph->n_slot = 256;
    graph->slots = tac_calloc(graph->n_slot, sizeof *graph->slots);
    if (graph->slots == NULL) {
        tac_graph_free(graph);
        return NULL;
    }
    return graph;
}

void tac_graph_free(tac_graph *graph)
{
    if (graph != NULL) {
        tac_free(graph->nodes);
        tac_free(graph->slots);
        tac_free(graph);
    }
}

size_t tac_graph_n(const tac_graph *graph)
{
    return graph->n;
}

bool tac_graph_has_failed(const tac_graph *graph)
{
    return graph->has_failed;
}

const tac_node *tac_graph_node(const tac_graph *graph, tac_expr e)
{
    if (e >= graph->n) {
        TAC_BUG("an expression outside its graph");
    }
    return &graph->nodes[e];
}

/** The bits of a double, one pattern for all NaN. */
static uint64_t bits_of(double value)
{
    uint64_t bits = 0;
    if (isnan(value)) {
        return UINT64_MAX;
    }
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t mix(uint64_t h, uint64_t word)
{
    h = (h ^ word) * 0x9E3779B97F4A7C15ULL;
    return h ^ (h >> 29);
}

static uint64_t hash_of(const tac_node *node)
{
    uint64_t h = mix(1, (uint64_t)node->op);
    for (int i = 0; i < 3; i++) {
        h = mix(h, node->arg[i]);
    }
    return mix(mix(h, node->symbol), bits_of(node->value));
}

static bool is_same(const tac_node *a, const tac_node *b)
{
    return a->op == b->op && a->arg[0] == b->arg[0] && a->arg[1] == b->arg[1]
           && a->arg[2] == b->arg[2] && a->symbol == b->symbol
           && bits_of(a->value) == bits_of(b->value);
}

static void put_slot(uint32_t *slots, size_t n_slot, uint64_t hash, uint32_t e)
{
    size_t i = (size_t)hash & (n_slot - 1);
    while (slots[i] != 0) {
        i = (i + 1) & (n_slot - 1);
    }
    slots[i] = e + 1;
}

/** Make room for one node more. */
static bool grow(tac_graph *graph)
{
    if (graph->n == graph->cap) {
        const size_t cap = graph->cap == 0 ? 128 : 2 * graph->cap;
        tac_node *nodes = cap < UINT32_MAX ? tac_realloc(graph->nodes, cap, sizeof *nodes) : NULL;
        if (nodes == NULL) {
            return false;
        }
        graph->nodes = nodes;
        graph->cap = cap;
    }
    if (2 * (graph->n + 1) > graph->n_slot) {
        const size_t n_slot = 2 * graph->n_slot;
        uint32_t *slots = tac_calloc(n_slot, sizeof *slots);
        if (slots == NULL) {
            return false;
        }
        for (size_t e = 0; e < graph->n; e++) {
            put_slot(slots, n_slot, hash_of(&graph->nodes[e]), (uint32_t)e);
        }
        tac_free(graph->slots);
        graph->slots = slots;
        graph->n_slot = n_slot;
    }
    return true;
}

/** Find the node or add it. */
static tac_expr intern(tac_graph *graph, const tac_node *node)
{
    const uint64_t hash = hash_of(node);
    size_t i = (size_t)hash & (graph->n_slot - 1);
    while (graph->slots[i] != 0) {
        const uint32_t e = graph->slots[i] - 1;
        if (is_same(&graph->nodes[e], node)) {
            return e;
        }
        i = (i + 1) & (graph->n_slot - 1);
    }
    if (!grow(graph)) {
        graph->has_failed = true;
        return TAC_EXPR_NONE;
    }
    const uint32_t e = (uint32_t)graph->n++;
    graph->nodes[e] = *node;
    put_slot(graph->slots, graph->n_slot, hash, e);
    return e;
}

static tac_node leaf(tac_op op)
{
    return (tac_node){.op = op, .arg = {TAC_EXPR_NONE, TAC_EXPR_NONE, TAC_EXPR_NONE}};
}

tac_expr tac_graph_quantity(tac_graph *graph, double value, uint32_t unit)
{
    tac_node node = leaf(TAC_OP_CONST);
    node.value = value;
    node.symbol = unit;
    return intern(graph, &node);
}

tac_expr tac_graph_const(tac_graph *graph, double value)
{
    return tac_graph_quantity(graph, value, 0);
}

tac_expr tac_graph_symbol(tac_graph *graph, uint32_t symbol)
{
    tac_node node = leaf(TAC_OP_SYMBOL);
    node.symbol = symbol;
    return intern(graph, &node);
}

tac_expr tac_graph_time(tac_graph *graph)
{
    const tac_node node = leaf(TAC_OP_TIME);
    return intern(graph, &node);
}

tac_expr tac_graph_apply(tac_graph *graph, tac_op op, tac_expr a, tac_expr b, tac_expr c)
{
    const tac_expr args[3] = {a, b, c};
    tac_node node = leaf(op);
    for (uint32_t i = 0; i < tac_op_n_arg(op); i++) {
        if (args[i] == TAC_EXPR_NONE) {
            graph->has_failed = true;
            return TAC_EXPR_NONE;
        }
        node.arg[i] = args[i];
    }
    return intern(graph, &node);
}

static double truth(bool is_true)
{
    return is_true ? 1.0 : 0.0;
}

double tac_op_value(tac_op op, double a, double b, double c)
{
    switch (op) {
    case TAC_OP_ADD: return a + b;
    case TAC_OP_SUB: return a - b;
    case TAC_OP_MUL: return a * b;
    case TAC_OP_DIV: return a / b;
    case TAC_OP_POW: return pow(a, b);
    case TAC_OP_NEG: return -a;
    case TAC_OP_LT: return truth(a < b);
    case TAC_OP_LE: return truth(a <= b);
    case TAC_OP_GT: return truth(a > b);
    case TAC_OP_GE: return truth(a >= b);
    case TAC_OP_EQ: return truth(!(a < b) && !(a > b));
    case TAC_OP_NE: return truth(a < b || a > b);
    case TAC_OP_AND: return truth(fabs(a) > 0.0 && fabs(b) > 0.0);
    case TAC_OP_OR: return truth(fabs(a) > 0.0 || fabs(b) > 0.0);
    case TAC_OP_NOT: return truth(!(fabs(a) > 0.0));
    case TAC_OP_SELECT: return fabs(a) > 0.0 ? b : c;
    case TAC_OP_EXP: return exp(a);
    case TAC_OP_LOG: return log(a);
    case TAC_OP_LOG10: return log10(a);
    case TAC_OP_SQRT: return sqrt(a);
    case TAC_OP_ABS: return fabs(a);
    case TAC_OP_FLOOR: return floor(a);
    case TAC_OP_CEIL: return ceil(a);
    case TAC_OP_SIN: return sin(a);
    case TAC_OP_COS: return cos(a);
    case TAC_OP_TAN: return tan(a);
    case TAC_OP_ASIN: return asin(a);
    case TAC_OP_ACOS: return acos(a);
    case TAC_OP_ATAN: return atan(a);
    case TAC_OP_SINH: return sinh(a);
    case TAC_OP_COSH: return cosh(a);
    case TAC_OP_TANH: return tanh(a);
    case TAC_OP_MIN: return a < b ? a : b;
    case TAC_OP_MAX: return a > b ? a : b;
    case TAC_OP_FACTORIAL: return tgamma(a + 1.0);
    case TAC_OP_RATE: return 0.0; /* of a number */
    case TAC_OP_CONST:
    case TAC_OP_SYMBOL:
    case TAC_OP_TIME:
    case TAC_N_OP: break;
    }
    TAC_BUG("an operation without arguments has no value of its own");
}
