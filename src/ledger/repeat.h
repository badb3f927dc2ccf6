/* SPDX-License-Identifier: Apache-2.0 */
/* A study repeated many times at its own size: from a pool of virtual people to a predicted statistic with its interval. */
#ifndef TAC_LEDGER_REPEAT_H
#define TAC_LEDGER_REPEAT_H

#include "ledger/assays.h"
#include "ledger/verdict.h"
#include "scenario/evidence.h"

/* What is taken from each of the virtual people for a finding. */
enum { TAC_OF_AT, TAC_OF_BEFORE, TAC_VERSUS_AT, TAC_VERSUS_BEFORE, TAC_N_FEATURE };

/** The pool: worlds in mirrored pairs, two mirrored persons in each; each pair of worlds is of one hour of the day. */
typedef struct tac_pool {
    size_t n_world;                    /* even */
    size_t n_stratum;                  /* hours of the day: world w has hour (w / 2) % n_stratum */
    double (*features)[TAC_N_FEATURE]; /* [2 n_world]; NaN where the finding does not use it */
} tac_pool;

/* Which model is asked. */
typedef enum tac_asked {
    TAC_ASKED_MODEL,
    TAC_ASKED_NOTHING_CHANGES /* everybody stays as before */
} tac_asked;

/** How the study makes its statistic. */
typedef struct tac_repeat_design {
    const tac_finding *finding;
    size_t n_of; /* persons */
    size_t n_versus;
    bool is_paired; /* the same persons in both arms */
    bool is_chance; /* the observable is the chance of an event, so each person has it or not */
    tac_assay assay;
    size_t n_repeat;
    uint64_t seed;
    const char *key; /* names the stream of random numbers */
    tac_asked asked;
} tac_repeat_design;

/**
 * Repeat the study.
 *
 * Method     A person's features are the pool's mean, plus what a world shifts for all of a repetition, plus what the
 *            hour and the person add; both are normal with the covariance of the pool, on the logarithm where all
 *            features are above 0. Each measurement adds the noise of its assay.       docs/ledger.md
 *
 * predicted_out  mid is NaN when the statistic does not exist
 * sd_out         standard deviation between persons of the raw values of the arm, mean over the repetitions
 */
TAC_MUST_CHECK tac_status tac_repeat(tac_ctx *ctx, const tac_pool *pool,
                                     const tac_repeat_design *design, tac_predicted *predicted_out,
                                     double *sd_out);

/** 20 to 100,000 repetitions are possible. */
TAC_MUST_CHECK tac_status tac_repeats_check(tac_ctx *ctx, size_t n_repeat);

#endif
