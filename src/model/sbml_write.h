/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a model as SBML Level 3 Version 2. Modules are joined; compartments, species, reactions, rules, start values,
 * events, units, words and annotations are kept.
 */
#ifndef TAC_MODEL_SBML_WRITE_H
#define TAC_MODEL_SBML_WRITE_H

#include "base/buf.h"
#include "model/model.h"

/**
 * Append a checked model to xml. "stress.crh" becomes the id stress__crh; its name stays.
 *
 * Errors  TAC_E_MODEL  a formula of more than a million parts, or 200 inside each other
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_sbml_write(tac_ctx *ctx, const tac_model *model, tac_buf *xml);

#endif
