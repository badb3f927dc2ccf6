/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a model as SBML Level 3 Version 2. Modules are joined and reactions have become rates of change, so everything
 * is a parameter with a rule; units, words, start values and events are kept.
 */
#ifndef TAC_MODEL_SBML_WRITE_H
#define TAC_MODEL_SBML_WRITE_H

#include "base/buf.h"
#include "model/model.h"

/**
 * Append a checked model to xml. "stress.crh" becomes the id stress__crh; its name stays.
 *
 * Errors  TAC_E_MODEL  a formula of more than a million parts, or 200 inside each other; an event with a delay that
 *                      sets a concentration in a place that changes size
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_sbml_write(tac_ctx *ctx, const tac_model *model, tac_buf *xml);

/**
 * Hold a text against libSBML's consistency check; what it calls an error is one here.
 *
 * Errors  TAC_E_SYNTAX  with the line of each finding
 */
TAC_MUST_CHECK tac_status tac_sbml_check(tac_ctx *ctx, const char *name, const tac_buf *xml);

#endif
