/* SPDX-License-Identifier: Apache-2.0 */
/* Every member through every arm: the trajectories of the reported observables. */
#ifndef TAC_STUDY_ENSEMBLE_H
#define TAC_STUDY_ENSEMBLE_H

#include "scenario/scenario.h"
#include "sim/body.h"
#include "sim/orbit.h"
#include "study/observed.h"
#include "study/parts.h"
#include "study/vessel.h"

#include <tactus/study.h>

typedef struct tac_ensemble {
    /* given */
    const tac_body *body;
    const tac_scenario *scenario;
    tac_compare_options options;
    size_t n_member;
    size_t n_arm;
    size_t n_observable;
    tac_observed *observed; /* [n_observable] the variables behind each */
    /* derived */
    tac_habit habit;
    tac_schedule **schedules; /* [n_arm] */
    size_t n_time;
    double *
        t_h; /* [n_time] every 10 min, at each edge of any arm and ten times in a short session, from 0 to the end */
    /* state */
    float *values;      /* [n_arm][n_observable][n_member][n_time], in the observable's unit */
    tac_parts *parts;   /* what the report shows of each part of the body */
    tac_vessel *vessel; /* NULL unless the scenario asks for one */
    tac_solver_counts *counts; /* [n_member] run-in and all arms */
} tac_ensemble;

/**
 * Find observables, build schedules and choose the output times: what everybody shares, without any member.
 *
 * Ownership  *ensemble_out is new: tac_ensemble_free(); body and scenario are borrowed
 * Errors     as tac_compare()
 */
TAC_MUST_CHECK tac_status tac_ensemble_plan(tac_ctx *ctx, const tac_body *body,
                                            const tac_scenario *scenario,
                                            const tac_compare_options *options,
                                            tac_ensemble **ensemble_out);

/**
 * Run the ensemble.
 *
 * Ownership  *ensemble_out is new: tac_ensemble_free(); body and scenario are borrowed
 * Errors     as tac_compare()
 */
TAC_MUST_CHECK tac_status tac_ensemble_run(tac_ctx *ctx, const tac_body *body,
                                           const tac_scenario *scenario,
                                           const tac_compare_options *options,
                                           tac_ensemble **ensemble_out);

/** Who gets the samples of a life. */
typedef struct tac_audience {
    tac_sampler sampler;
    void *user;
} tac_audience;

/**
 * Follow one arm from the simulator's present state, at all times of the ensemble: by the schedule of all, or, where
 * chance has a part in it, by the member's own. Errors as tac_sim_follow().
 */
TAC_MUST_CHECK tac_status tac_ensemble_follow(tac_ctx *ctx, const tac_ensemble *e, size_t arm,
                                              const tac_luck *luck, tac_sim *sim,
                                              const tac_audience *to);

/** Free; NULL is accepted. */
void tac_ensemble_free(tac_ensemble *ensemble);

/** The trajectory of one member, [n_time]. Borrowed. */
const float *tac_ensemble_values(const tac_ensemble *ensemble, size_t arm, size_t observable,
                                 size_t member);

#endif
