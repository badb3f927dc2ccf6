/* SPDX-License-Identifier: Apache-2.0 */
/* Walks a tape upwards; every node's value has its place in `work`. */
#include "compile/interpret.h"

#include "base/fail.h"

static double leaf(const tac_node *node, const tac_arrays *arrays)
{
    if (node->op == TAC_OP_CONST) {
        return node->value;
    }
    if (node->op == TAC_OP_TIME) {
        return arrays->t;
    }
    const uint32_t i = tac_node_index(node->symbol);
    switch (tac_node_slot(node->symbol)) {
    case TAC_SLOT_STATE: return arrays->x[i];
    case TAC_SLOT_PARAMETER: return arrays->p[i];
    case TAC_SLOT_INPUT: return arrays->u[i];
    case TAC_SLOT_OUTPUT: break;
    }
    TAC_BUG("an assigned variable was not substituted");
}

void tac_interpret(const tac_system *system, const tac_tapes *tapes, tac_part part,
                   const tac_arrays *arrays, double *work, double *out)
{
    const tac_tape *tape = &tapes->parts[part];
    for (size_t i = 0; i < tape->n_node; i++) {
        const tac_expr e = tape->nodes[i];
        const tac_node *node = tac_graph_node(system->graph, e);
        const uint32_t n_arg = tac_op_n_arg(node->op);
        if (n_arg == 0) {
            work[e] = leaf(node, arrays);
        } else if (part != TAC_PART_PREPARE && tapes->prepared[e] != UINT32_MAX) {
            work[e] = arrays->c[tapes->prepared[e]];
        } else {
            work[e] =
                tac_op_value(node->op, work[node->arg[0]], n_arg > 1 ? work[node->arg[1]] : 0.0,
                             n_arg > 2 ? work[node->arg[2]] : 0.0);
        }
    }
    for (size_t i = 0; i < tape->n_root; i++) {
        out[i] = work[tape->roots[i]];
    }
}
