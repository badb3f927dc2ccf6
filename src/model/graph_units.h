/* SPDX-License-Identifier: Apache-2.0 */
/* The units of all parts of all formulae, as far as those of names and numbers give them. */
#ifndef TAC_MODEL_GRAPH_UNITS_H
#define TAC_MODEL_GRAPH_UNITS_H

#include "model/model.h"

typedef struct tac_known_unit {
    tac_unit unit;
    bool is_known;
} tac_known_unit;

/**
 * The unit of each node of the model's graph; nothing is checked. A number without unit has none (dimensionless), but 0
 * may be in any, and is not known.
 *
 * Ownership  *units_out [tac_graph_n()] is new: tac_free()
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_graph_units(tac_ctx *ctx, const tac_model *model,
                                          tac_known_unit **units_out);

/** True where all arguments of an operation are in one unit: sums, the larger of two, comparisons, branches. */
bool tac_op_wants_one_unit(tac_op op);

#endif
