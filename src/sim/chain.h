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

/** Where the vessel lies. */
typedef struct tac_chain_place {
    double period_s;    /* from one contraction of its own to the next */
    double outlet_mmHg; /* against which it pumps */
    double tissue_mmHg; /* of the fluid around it, without a hand */
} tac_chain_place;

/** The vessel at one time of a session. */
typedef struct tac_chain_moment {
    double t_s;           /* since the hand came */
    double hand_mmHg;     /* that the hand adds outside the middle of the chain */
    double pressure_mmHg; /* inside it there */
    double outflow_mm3_min;
    double pumped_mm3; /* out of it since the hand came */
} tac_chain_moment;

/** What a session comes to. */
typedef struct tac_chain_outcome {
    double outflow_mm3_min;    /* mean */
    double peak_pressure_mmHg; /* highest inside the middle of the chain */
    double
        imbalance; /* largest part of the fluid that was ever lost or made; what is left of rounding */
} tac_chain_outcome;

/** A chain with its solver; for one thread. */
typedef struct tac_chain tac_chain;

/* Time between two moments of a session. */
#define TAC_CHAIN_EVERY_S 0.25

/** Create with nominal parameters. Ownership: new, tac_chain_free(). */
TAC_MUST_CHECK tac_status tac_chain_create(tac_ctx *ctx, tac_chain **chain_out);

/** Free; NULL is accepted. */
void tac_chain_free(tac_chain *chain);

/** Take the parameters of a member as draw.h does, 0 for the nominal ones; the vessel lies in its usual place again. */
void tac_chain_draw(tac_chain *chain, uint64_t seed, uint64_t member);

/** Put the vessel into a place of the body. */
void tac_chain_set_place(tac_chain *chain, const tac_chain_place *place);

/** Number of moments of a session of so many seconds. */
size_t tac_chain_n_moment(double session_s);

/**
 * Let the vessel work alone for some minutes, then put the hand on it for a session.
 *
 * moments  [tac_chain_n_moment(session_s)] one each TAC_CHAIN_EVERY_S from 0 on; NULL when only the outcome is wanted
 * Errors   TAC_E_ARG     a speed, period, width or length that is not above 0, or a pressure below 0
 *          TAC_E_SOLVER  the solver could not go on; the message names the state and its equation
 */
TAC_MUST_CHECK tac_status tac_chain_session(tac_ctx *ctx, tac_chain *chain,
                                            const tac_chain_hand *hand, double session_s,
                                            tac_chain_moment *moments,
                                            tac_chain_outcome *outcome_out);

/** Mean flow out of the chain in mm3/min over ten minutes of strokes with nominal parameters; errors as above. */
TAC_MUST_CHECK tac_status tac_chain_flow(tac_ctx *ctx, const tac_chain_hand *hand,
                                         double *flow_mm3_min_out);

/** Hash of the model and its parameters. */
const char *tac_chain_hash(void);

#endif
