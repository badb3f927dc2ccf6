/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of lymphangions (models/lymphangion-chain.ant) under a hand; a model beside the body, in seconds. */
#ifndef TAC_SIM_CHAIN_H
#define TAC_SIM_CHAIN_H

#include <tactus/base.h>

/** What the hand does; it lands before the first valve and travels past the last. */
typedef struct tac_chain_hand {
    double peak_mmHg; /* in the tissue under its middle; 0 no hand */
    double speed_mm_s;
    double stroke_period_s; /* from landing to landing */
    double width_mm;        /* standard deviation of its pressure along the vessel */
} tac_chain_hand;

/**
 * Mean flow out of the chain in mm3/min over ten minutes of strokes, after two minutes of them, with nominal parameters.
 *
 * Errors  TAC_E_ARG     a speed, period or width that is not above 0, or a pressure below 0
 *         TAC_E_SOLVER  the solver could not go on
 */
TAC_MUST_CHECK tac_status tac_chain_flow(tac_ctx *ctx, const tac_chain_hand *hand,
                                         double *flow_mm3_min_out);

/** Hash of the model and its parameters. */
const char *tac_chain_hash(void);

#endif
