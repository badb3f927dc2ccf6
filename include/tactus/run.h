/* SPDX-License-Identifier: Apache-2.0 */
/**
 * One person through one arm of a scenario, in steps that the caller chooses.
 */
#ifndef TACTUS_RUN_H
#define TACTUS_RUN_H

#include <tactus/schedule.h>

TAC_BEGIN_DECLS

/** A person on the way through a scenario; used by one thread at a time. */
typedef struct tac_run tac_run;

typedef struct tac_run_options {
    double rel_tol;  /* relative tolerance of the solver; 1e-6 by default */
    uint64_t seed;   /* of the draw of what is not known */
    uint64_t member; /* 0 = nominal values; k >= 1 = the k-th draw of what is not known */
} tac_run_options;

#define TAC_RUN_OPTIONS_INIT \
    {                        \
        1e-6, 1, 0           \
    }

/** What the solver has done. */
typedef struct tac_run_counts {
    long n_restart;
    long n_step;
    long n_rhs;
    long n_jac;
    long n_factorisation;
    long n_newton;
    long n_err_fail;
} tac_run_counts;

/**
 * Bring a person of the scenario to the daily orbit of their life and stand at the scenario's start.
 *
 * Method     inputs of everyday life are repeated until a day ends as it began; reference values (means
 *            over that orbit) are frozen there                               docs/mathematics.md
 * Ownership  *run_out is new: tac_run_free(); body and scenario are borrowed and must outlive it
 * Errors     TAC_E_ARG     no such arm, a tolerance outside 1e-10..1e-2
 *            TAC_E_INPUT   events that cannot be at once
 *            TAC_E_SOLVER  no orbit or a failed step; the message names state, equation and time
 * Threads    safe when each thread has its own run
 */
TAC_API TAC_MUST_CHECK tac_status tac_run_create(tac_ctx *ctx, const tac_body *body,
                                                 const tac_scenario *scenario, size_t arm,
                                                 const tac_run_options *options, tac_run **run_out);

/** Free a run; NULL is accepted. */
TAC_API void tac_run_free(tac_run *run);

/**
 * Integrate from the current time to `t_h` hours after the scenario's start.
 *
 * Errors     TAC_E_ARG     t_h is before the current time or after the scenario's end
 *            TAC_E_SOLVER  the message names state, equation and time; the run cannot go on
 */
TAC_API TAC_MUST_CHECK tac_status tac_run_to(tac_ctx *ctx, tac_run *run, double t_h);

/** Return the current time in hours after the scenario's start. */
TAC_API double tac_run_time_h(const tac_run *run);

/**
 * Read any variable, input or parameter of the body now, in its own unit.
 *
 * Errors  TAC_E_ARG  no such name; near ones are named
 */
TAC_API TAC_MUST_CHECK tac_status tac_run_value(tac_ctx *ctx, const tac_run *run, const char *id,
                                                double *value_out);

/** Return the solver's counts, the run-in included. */
TAC_API tac_run_counts tac_run_counts_get(const tac_run *run);

TAC_END_DECLS

#endif
