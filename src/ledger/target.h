/* SPDX-License-Identifier: Apache-2.0 */
/* A finding as something to fit to: how far a prediction lies from it, in units of all that could explain that. */
#ifndef TAC_LEDGER_TARGET_H
#define TAC_LEDGER_TARGET_H

#include "ledger/score.h"

typedef struct tac_target {
    /* given */
    size_t study; /* of the lives */
    size_t finding;
    double weight; /* findings of one observable in one study are no more than one together */
    /* derived, on the scale on which no effect is 0 (levels above 0: the logarithm) */
    const char *reason; /* why it is not used; NULL: it is */
    bool is_number;     /* or a direction */
    int direction;
    bool is_log;
    bool is_percent;
    double value; /* published */
    double
        sampling2; /* variance of a study of this size: published where a spread is, else predicted */
    double model2;     /* of the prediction: what else is not known, laboratories */
    double unit;       /* how persons differ; tau is a share of it */
    double mid_before; /* predicted at the values of the table */
    /* state */
    double mid; /* predicted; NaN: the statistic does not exist */
} tac_target;

/**
 * Make a target of a finding from what was seen at the values of the table.
 *
 * Method  the study is repeated at its own size and at a large one, which tells sampling from what is not known
 */
TAC_MUST_CHECK tac_status tac_target_prepare(tac_ctx *ctx, const tac_scoring *scoring,
                                             const tac_plan *plan, const tac_seen *seen,
                                             tac_target *target);

/** Predict anew from what is seen now; the same random numbers each time. */
TAC_MUST_CHECK tac_status tac_target_predict(tac_ctx *ctx, const tac_scoring *scoring,
                                             const tac_plan *plan, const tac_seen *seen,
                                             tac_target *target);

/**
 * A number whose square is -2 log likelihood, but for what does not depend on the prediction.
 *
 * A number is normal with variance sampling2 + model2 + (tau unit)^2; a direction up or down has the probability that the
 * study sees that sign, none that it calls the effect not significant.
 */
double tac_target_residual(const tac_target *target, double tau);

/** The part of -2 log likelihood that depends on tau alone. */
double tac_target_log_variance(const tac_target *target, double tau);

#endif
