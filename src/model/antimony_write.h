/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a model as Antimony: one flat model with species, reactions, rules, events, units, words and annotations. Read
 * back it is the same model, to the last digit.
 */
#ifndef TAC_MODEL_ANTIMONY_WRITE_H
#define TAC_MODEL_ANTIMONY_WRITE_H

#include "base/buf.h"
#include "model/model.h"

/**
 * Append a checked model to text. "stress.crh" becomes stress__crh; its display name stays.
 *
 * Units are left out, and a comment says so, where a model from SBML does not give one for everything or where they do
 * not agree: a text with units must be whole.
 *
 * Errors  TAC_E_MODEL  a formula of more than a million characters
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_antimony_write(tac_ctx *ctx, const tac_model *model, tac_buf *text);

#endif
