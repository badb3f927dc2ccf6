/* SPDX-License-Identifier: Apache-2.0 */
/* What libSBML should not be given. */
#ifndef TAC_MODEL_SBML_FRAME_H
#define TAC_MODEL_SBML_FRAME_H

#include "base/fail.h"
#include "base/source.h"

/**
 * Refuse elements that would be too deep or too many for libSBML, and entities. What is not well-formed passes: libSBML
 * says what is wrong with it.
 *
 * Errors  TAC_E_SYNTAX  with the place
 */
TAC_MUST_CHECK tac_status tac_sbml_check_frame(tac_ctx *ctx, const tac_source *source);

#endif
