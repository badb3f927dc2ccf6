/* SPDX-License-Identifier: Apache-2.0 */
/* Start values that need other start values. */
#ifndef TAC_COMPILE_START_H
#define TAC_COMPILE_START_H

#include "compile/system.h"

/**
 * Rewrite the start values of a system so that they follow from constants and inputs alone: a state
 * in them stands for its own start value, time for 0.
 *
 * Errors  TAC_E_MODEL   start values that need each other
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_start_resolve(tac_ctx *ctx, const tac_model *model,
                                            tac_system *system);

#endif
