/* SPDX-License-Identifier: Apache-2.0 */
/* Makes nodes as simple as their arguments allow; derivatives would drown in zeros without it. */
#ifndef TAC_COMPILE_SIMPLIFY_H
#define TAC_COMPILE_SIMPLIFY_H

#include "model/expr.h"

/**
 * The node of an operation after simplification: constants are folded, neutral elements vanish,
 * small whole powers become products, commuting arguments are put in one order.
 *
 * Values stay the same to the last bit for finite arguments (0 * x is 0), those of powers to a few
 * units in the last place.
 *
 * Errors  TAC_EXPR_NONE when memory was short or an argument is it
 */
tac_expr tac_make(tac_graph *graph, tac_op op, tac_expr a, tac_expr b, tac_expr c);

/** Two-argument and one-argument forms. */
tac_expr tac_make2(tac_graph *graph, tac_op op, tac_expr a, tac_expr b);
tac_expr tac_make1(tac_graph *graph, tac_op op, tac_expr a);

/** True for the number `value`. */
bool tac_is_const(const tac_graph *graph, tac_expr e, double value);

#endif
