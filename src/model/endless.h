/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Powers at which libSBML's check of units does not come to an end, and how the same is said without.
 *
 * To know the unit of x^y, libSBML 5.19 computes y from the values at the start. Where a name has none it goes into the
 * name's rule; of a state with both a rate and a formula of its start it takes the rate, which leads back to the state:
 * UnitFormulaFormatter::getUnitDefinitionFromPower() calls SBMLTransforms::evaluateASTNode(), and this itself until the
 * stack is full. exp(y ln x) is computed by nobody.
 */
#ifndef TAC_MODEL_ENDLESS_H
#define TAC_MODEL_ENDLESS_H

#include "model/outline.h"

/**
 * Mark the nodes whose value libSBML would look for without end.
 *
 * Ownership  *is_endless_out [tac_graph_n()] is new: tac_free()
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_endless_mark(tac_ctx *ctx, const tac_outline *o,
                                           bool **is_endless_out);

/** Is this power to be written as exp(y ln x)? Where x is a constant above 0 the two are the same. */
bool tac_endless_is_exp(const tac_outline *o, const bool *is_endless, const tac_node *power);

/**
 * Can libSBML check the units of a model once it is written so? Not where such a power has a base that changes.
 *
 * Errors  TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_endless_has(tac_ctx *ctx, const tac_model *model, bool *has_out);

#endif
