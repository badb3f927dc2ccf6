/* SPDX-License-Identifier: Apache-2.0 */
/* The run-in: everyday life repeated until a day ends as it began. */
#ifndef TAC_SIM_ORBIT_H
#define TAC_SIM_ORBIT_H

#include "sim/body.h"
#include "sim/simulate.h"

/** The schedules of everyday life; the same for every member. */
typedef struct tac_habit {
    tac_schedule *day;
    tac_schedule *week;   /* NULL when every day of life is the same */
    double start_clock_h; /* of the scenario */
} tac_habit;

/** Build the schedules. Free with tac_habit_free(). */
TAC_MUST_CHECK tac_status tac_habit_build(tac_ctx *ctx, const tac_body *body,
                                          const tac_scenario *scenario, tac_habit *habit_out);

/** Free the schedules and clear. */
void tac_habit_free(tac_habit *habit);

/**
 * Bring sim to the orbit: afterwards sim->x is the state at the scenario's start and the reference values in sim->p
 * are the means over the orbit (the last day; the last week where life has weekdays).
 *
 * sim->p must hold the member's parameters. Slow states hold still because `lifestyle.released` is 0 in these
 * schedules.
 *
 * Errors  TAC_E_SOLVER  a failed step, or no orbit within 60 days (the state that still moves is named)
 */
TAC_MUST_CHECK tac_status tac_orbit_find(tac_ctx *ctx, const tac_body *body, tac_sim *sim,
                                         const tac_habit *habit);

#endif
