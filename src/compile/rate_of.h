/* SPDX-License-Identifier: Apache-2.0 */
/* rateOf(x): the change of something in time, as an expression of its own. */
#ifndef TAC_COMPILE_RATE_OF_H
#define TAC_COMPILE_RATE_OF_H

#include "compile/system.h"

/**
 * Replace rateOf in every expression of a system: that of a state is its rate, that of anything else its
 * derivative along the solution.
 *
 * Errors  TAC_E_MODEL   rates that need each other
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_rate_of_resolve(tac_ctx *ctx, tac_system *system);

#endif
