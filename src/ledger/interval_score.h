/* SPDX-License-Identifier: Apache-2.0 */
/* What an interval is worth: it pays for its width, and more for each number that lies outside. */
#ifndef TAC_LEDGER_INTERVAL_SCORE_H
#define TAC_LEDGER_INTERVAL_SCORE_H

#include "ledger/verdict.h"

/**
 * The interval score of a predicted 95 % interval (Gneiting and Raftery 2007, J Am Stat Assoc 102:359): its width,
 * and 40 times the distance by which the published number misses it; less is better. An effect is scored on the
 * scale on which no effect is 0.
 *
 * Units   those of that scale; only quotients of scores of one finding mean anything
 * Returns NaN for a direction, or where a number is missing
 */
double tac_interval_score(const tac_published *published, const tac_predicted *predicted);

/** The same prediction with intervals `times` as wide on that scale, about the same middle. */
tac_predicted tac_predicted_wider(const tac_published *published, const tac_predicted *predicted,
                                  double times);

#endif
