/* SPDX-License-Identifier: Apache-2.0 */
/* What stands behind a public run, for who writes it down instead of following it. */
#ifndef TAC_SIM_RUN_H
#define TAC_SIM_RUN_H

#include "sim/simulate.h"

#include <tactus/run.h>

/** The person where the run stands: parameters, states. Borrowed. */
const tac_sim *tac_run_sim(const tac_run *run);

/** The inputs of the whole scenario. Borrowed. */
const tac_schedule *tac_run_schedule(const tac_run *run);

#endif
