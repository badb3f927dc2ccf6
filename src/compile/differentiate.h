/* SPDX-License-Identifier: Apache-2.0 */
/* Exact derivatives of expressions. */
#ifndef TAC_COMPILE_DIFFERENTIATE_H
#define TAC_COMPILE_DIFFERENTIATE_H

#include "model/expr.h"

/**
 * d(node)/d(symbol) of every node below `n_node`, by one pass upwards.
 *
 * piecewise, min, max and abs are differentiated along the branch that is taken; floor, ceil,
 * comparisons and logic have the derivative 0.
 *
 * Shapes  d_out[n_node]; the nodes that it names are added to the graph, at or above n_node
 * Errors  false when memory was short
 */
bool tac_differentiate(tac_graph *graph, size_t n_node, uint32_t symbol, tac_expr *d_out);

/**
 * d(node)/dt along the solution, of every node below `n_node`: states change by `rates`, time by 1, constants and
 * inputs not at all. The graph is that of a system.
 */
bool tac_differentiate_along(tac_graph *graph, size_t n_node, const tac_expr *rates,
                             tac_expr *d_out);

#endif
