/* SPDX-License-Identifier: Apache-2.0 */
/* The one number that stands for an observable's trajectory: its mean, its peak, its mean in the sessions. */
#ifndef TAC_STUDY_OUTCOME_H
#define TAC_STUDY_OUTCOME_H

#include "study/ensemble.h"
#include "study/statistics.h"

#include <stdbool.h>

/** The sessions of an arm, where its own events are on; *windows_out is new: tac_free(). */
TAC_MUST_CHECK tac_status tac_sessions_of(tac_ctx *ctx, const tac_schedule *schedule,
                                          tac_window **windows_out, size_t *n_out);

/**
 * The observable's own statistic of one trajectory (values at the ensemble's output times).
 *
 * Where the statistic is the mean in the sessions and there is none, the mean over the whole time. NaN when nothing lies
 * in the window.
 */
double tac_statistic_of(const tac_ensemble *e, const tac_observable *observable,
                        const float *values, size_t n_window, const tac_window *windows);

/**
 * True when members are counted together: their mean and its own 95 % interval say more than a median of whoever was
 * lucky and whoever was not.
 */
bool tac_statistic_is_of_all(const tac_observable *observable);

#endif
