/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Studies: many runs and what they say together.
 */
#ifndef TACTUS_STUDY_H
#define TACTUS_STUDY_H

#include <tactus/schedule.h>

TAC_BEGIN_DECLS

/** Tables of results; filled by a study, written by report.h. */
typedef struct tac_results tac_results;

/** Free results; NULL is accepted. */
TAC_API void tac_results_free(tac_results *results);

typedef struct tac_compare_options {
    size_t n_member; /* draws of what is not known, 2 or more; 64 by default */
    uint64_t seed;
    size_t n_job;   /* threads; 0 = as many as the machine has processors */
    double rel_tol; /* of the solver */
    /* called from one thread at a time after each finished person-arm; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    /* polled between person-arms: a value other than 0 ends the study with TAC_E_STOPPED; may be NULL */
    const volatile int *stop;
} tac_compare_options;

#define TAC_COMPARE_OPTIONS_INIT         \
    {                                    \
        64, 1, 0, 1e-6, NULL, NULL, NULL \
    }

/**
 * Run every arm of a scenario for the same draws of what is not known and compare them pair by pair.
 *
 * Method     member k has the same parameters in every arm; a change is the difference within the
 *            member; intervals are quantiles over the members                docs/mathematics.md
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_ARG      fewer than 2 members
 *            TAC_E_INPUT    events that cannot be at once
 *            TAC_E_SOLVER   a member could not be solved: state, equation, time
 *            TAC_E_STOPPED  *options->stop was set
 * Threads    the numbers do not depend on n_job
 */
TAC_API TAC_MUST_CHECK tac_status tac_compare(tac_ctx *ctx, const tac_body *body,
                                              const tac_scenario *scenario,
                                              const tac_compare_options *options,
                                              tac_results **results_out);

typedef struct tac_rest_options {
    long n_day; /* of everyday life without events, 2 to 3660 */
    double rel_tol;
    /* called after each finished day; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
} tac_rest_options;

#define TAC_REST_OPTIONS_INIT \
    {                         \
        365, 1e-6, NULL, NULL \
    }

/**
 * Let the reference man live everyday life without events and see what adds up and what drifts.
 *
 * Tables     "model"     what the body is made of: key, number
 *            "balances"  each row of the body's balances.tsv with the largest departure from its start, and whether it holds
 *            "drift"     each state whose daily mean moves by more than 1e-4 of its size between the first and the last day
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_ARG     n_day out of range
 *            TAC_E_MODEL   balances.tsv names a variable that the body does not have
 *            TAC_E_SOLVER  the life could not be solved
 */
TAC_API TAC_MUST_CHECK tac_status tac_check_rest(tac_ctx *ctx, const tac_body *body,
                                                 const tac_rest_options *options,
                                                 tac_results **results_out);

TAC_END_DECLS

#endif
