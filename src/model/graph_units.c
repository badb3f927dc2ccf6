/* SPDX-License-Identifier: Apache-2.0 */
/* One walk up the graph: parts come before what is made of them. */
#include "model/graph_units.h"

#include "base/alloc.h"

#include <math.h>

static const tac_known_unit UNKNOWN = {.is_known = false};

static tac_known_unit known(tac_unit unit)
{
    return (tac_known_unit){unit, true};
}

bool tac_op_wants_one_unit(tac_op op)
{
    return op == TAC_OP_ADD || op == TAC_OP_SUB || op == TAC_OP_MIN || op == TAC_OP_MAX
           || (op >= TAC_OP_LT && op <= TAC_OP_NE);
}

static tac_known_unit of_number(const tac_model *model, const tac_node *node)
{
    if (node->symbol > 0) {
        return known(model->number_units[node->symbol - 1].unit);
    }
    return fabs(node->value) > 0.0 ? known(TAC_UNIT_ONE) : UNKNOWN;
}

static tac_known_unit of_power(const tac_model *model, const tac_node *node, tac_known_unit base)
{
    const tac_node *exponent = tac_graph_node(model->graph, node->arg[1]);
    if (!base.is_known || tac_unit_equal(&base.unit, &TAC_UNIT_ONE)) {
        return base;
    }
    return exponent->op == TAC_OP_CONST ? known(tac_unit_pow(base.unit, exponent->value)) : UNKNOWN;
}

static tac_known_unit first_known(tac_known_unit a, tac_known_unit b)
{
    return a.is_known ? a : b;
}

/** The unit of a node whose arguments have theirs. */
static tac_known_unit unit_of(const tac_model *model, const tac_node *node,
                              const tac_known_unit *units)
{
    const uint32_t n = tac_op_n_arg(node->op);
    const tac_known_unit a = n > 0 ? units[node->arg[0]] : UNKNOWN;
    const tac_known_unit b = n > 1 ? units[node->arg[1]] : UNKNOWN;
    switch ((int)node->op) {
    case TAC_OP_CONST: return of_number(model, node);
    case TAC_OP_SYMBOL: {
        const tac_symbol *s = &model->symbols[node->symbol];
        return s->has_unit ? known(s->unit) : UNKNOWN;
    }
    case TAC_OP_TIME: return known(tac_model_time_unit(model));
    case TAC_OP_ADD:
    case TAC_OP_SUB:
    case TAC_OP_MIN:
    case TAC_OP_MAX: return first_known(a, b);
    case TAC_OP_NEG:
    case TAC_OP_ABS:
    case TAC_OP_FLOOR:
    case TAC_OP_CEIL: return a;
    case TAC_OP_SELECT: return first_known(b, units[node->arg[2]]);
    case TAC_OP_MUL:
        return a.is_known && b.is_known ? known(tac_unit_mul(a.unit, b.unit)) : UNKNOWN;
    case TAC_OP_DIV:
        return a.is_known && b.is_known ? known(tac_unit_div(a.unit, b.unit)) : UNKNOWN;
    case TAC_OP_SQRT: return a.is_known ? known(tac_unit_pow(a.unit, 0.5)) : UNKNOWN;
    case TAC_OP_RATE:
        return a.is_known ? known(tac_unit_div(a.unit, tac_model_time_unit(model))) : UNKNOWN;
    case TAC_OP_POW: return of_power(model, node, a);
    default: return known(TAC_UNIT_ONE);
    }
}

tac_status tac_graph_units(tac_ctx *ctx, const tac_model *model, tac_known_unit **units_out)
{
    void *memory = NULL;
    const tac_status st =
        tac_alloc(ctx, tac_graph_n(model->graph) + 1, sizeof **units_out, &memory);
    tac_known_unit *units = memory;
    for (size_t e = 0; st == TAC_OK && e < tac_graph_n(model->graph); e++) {
        units[e] = unit_of(model, tac_graph_node(model->graph, (tac_expr)e), units);
    }
    *units_out = units;
    return st;
}
