/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One lymph vessel under the hand: each member's body says where the vessel lies and what the hand is, in the first session of the massage that the
 * scenario's detail names; then the chain of lymphangions runs that session, with the hand and alone.
 */
#ifndef TAC_STUDY_VESSEL_H
#define TAC_STUDY_VESSEL_H

#include "base/table.h"
#include "scenario/scenario.h"
#include "sim/body.h"
#include "sim/chain.h"
#include "sim/simulate.h"

typedef struct tac_vessel tac_vessel;
typedef struct tac_vessel_watch tac_vessel_watch;

/**
 * Prepare for a scenario; *vessel_out is NULL where no detail is asked for.
 *
 * programme  the schedule of the programme that the detail names
 * Ownership  *vessel_out is new: tac_vessel_free(); scenario and body are borrowed
 * Errors     TAC_E_MODEL  the body has no such variable
 */
TAC_MUST_CHECK tac_status tac_vessel_create(tac_ctx *ctx, const tac_body *body,
                                            const tac_scenario *scenario,
                                            const tac_schedule *programme, size_t n_member,
                                            tac_vessel **vessel_out);

/** Free; NULL is accepted. */
void tac_vessel_free(tac_vessel *vessel);

/** One for each thread. Ownership: new, tac_vessel_watch_free(); the vessel is borrowed. */
TAC_MUST_CHECK tac_status tac_vessel_watch_create(tac_ctx *ctx, tac_vessel *vessel,
                                                  tac_vessel_watch **watch_out);
void tac_vessel_watch_free(tac_vessel_watch *watch);

/** A life begins; then its samples in order of time, observed. */
void tac_vessel_begin(tac_vessel_watch *watch);
void tac_vessel_see(tac_vessel_watch *watch, tac_sim *sim, double t_h, const double *x);

/**
 * The life is over: run the chain for this member of the ensemble and keep what it comes to.
 *
 * Errors  TAC_E_SOLVER  the chain could not be solved
 */
TAC_MUST_CHECK tac_status tac_vessel_follow(tac_ctx *ctx, tac_vessel_watch *watch, uint64_t seed,
                                            size_t member);

/**
 * Add "vessel" (rows: alone, with, change), "vessel_hand" (what the hand and the place are), "vessel_about" (one row)
 * and "vessel_course" (nominal vessel, medians of hand and place, in seconds).
 *
 * Errors  TAC_E_SOLVER, TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_vessel_add_tables(tac_ctx *ctx, const tac_vessel *vessel,
                                                tac_results *results);

#endif
