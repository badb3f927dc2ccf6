/* SPDX-License-Identifier: Apache-2.0 */
/* What is watched of a body: the variables behind an observable, or behind one of its regions. */
#ifndef TAC_STUDY_OBSERVED_H
#define TAC_STUDY_OBSERVED_H

#include "base/arena.h"
#include "scenario/scenario.h"
#include "sim/simulate.h"

/** What an observable is made of: the factor is in the weights. */
typedef struct tac_observed {
    size_t n;
    const tac_image_symbol *symbols[TAC_N_PART];
    double weights[TAC_N_PART];
} tac_observed;

/**
 * Find the variables behind one item of a report; `observed` is empty before. Names are made in the arena.
 *
 * Errors  TAC_E_MODEL  models/observables.tsv names a variable that the body does not have
 */
TAC_MUST_CHECK tac_status tac_observed_find(tac_ctx *ctx, const tac_program *program,
                                            const tac_reported *item, tac_arena *arena,
                                            tac_observed *observed);

/** Its value after tac_sim_observe(), in the observable's unit. */
double tac_observed_value(const tac_observed *observed, const tac_sim *sim, const double *x);

#endif
