/* SPDX-License-Identifier: Apache-2.0 */
/* Integrates dx/dt = f(t, x) on plain arrays; the only door to SUNDIALS, and it knows no model. */
#ifndef TAC_SOLVE_SOLVER_H
#define TAC_SOLVE_SOLVER_H

#include <tactus/base.h>

#include <stdbool.h>

/** What is to be solved: functions of the caller on plain arrays. */
typedef struct tac_problem {
    size_t n_state;
    size_t n_jac;
    const int64_t *jac_column; /* [n_state + 1] compressed columns of the pattern */
    const int64_t *jac_row;    /* [n_jac] */
    void *user;                /* given back to the functions */
    void (*rhs)(void *user, double t, const double *x, double *dxdt);
    void (*jac)(void *user, double t, const double *x, double *values);
    /* functions g[n_root] whose changes of sign end a step of tac_solver_step(); 0: none */
    size_t n_root;
    void (*roots)(void *user, double t, const double *x, double *g);
} tac_problem;

typedef struct tac_solver_options {
    double rel_tol;
    const double *abs_tol; /* [n_state], borrowed while the solver is created, then copied */
    double h_max;          /* 0 = no limit */
    double h_start;        /* first step after a restart; 0 = the solver's own choice */
    long n_step_max;       /* per call of tac_solver_to */
} tac_solver_options;

#define TAC_SOLVER_OPTIONS_INIT      \
    {                                \
        1e-6, NULL, 0.0, 0.0, 100000 \
    }

typedef struct tac_solver_counts {
    long n_restart;
    long n_step;
    long n_rhs;
    long n_jac;
    long n_setup; /* factorisations */
    long n_newton;
    long n_err_fail;
    long n_newton_fail;
} tac_solver_counts;

typedef struct tac_solver tac_solver;

/**
 * Create a solver: CVODES, BDF of order 1-5, modified Newton, sparse LU on a fixed pattern.
 *
 * Ownership  *solver_out is new: tac_solver_free(); problem->user and the pattern are borrowed
 * Errors     TAC_E_ARG     no states, a tolerance that is not above 0, a pattern out of range
 *            TAC_E_MEMORY
 * Threads    safe when each thread has its own solver; stepping allocates nothing
 */
TAC_MUST_CHECK tac_status tac_solver_create(tac_ctx *ctx, const tac_problem *problem,
                                            const tac_solver_options *options,
                                            tac_solver **solver_out);

/** Free a solver; NULL is accepted. */
void tac_solver_free(tac_solver *solver);

/**
 * Start anew at t from x[n_state], as at time 0 and after every jump of an input; x may be
 * tac_solver_x().
 *
 * Errors  TAC_E_SOLVER  a state that is not finite
 */
TAC_MUST_CHECK tac_status tac_solver_restart(tac_ctx *ctx, tac_solver *solver, double t,
                                             const double *x);

/**
 * Integrate to exactly t_end (never stepping beyond) and give the states at the wanted times, which
 * lie in (now, t_end], ascend, and do not change the steps.
 *
 * sample(sample_user, i, t, x) is called for i = 0 .. n_sample - 1 with interpolated states; x is
 * borrowed for the call. Afterwards tac_solver_x() is the state at t_end.
 *
 * Errors  TAC_E_ARG     no restart since creation or since a failure; t_end lies behind
 *         TAC_E_SOLVER  too many steps, a step too small, a value that is not finite;
 *                       failed_state_out (if not NULL) is the index of the state with the largest
 *                       weighted error, or of the one whose rate is not finite, and the message
 *                       says what happened and when in the solver's time. The caller adds names.
 */
TAC_MUST_CHECK tac_status tac_solver_to(tac_ctx *ctx, tac_solver *solver, double t_end,
                                        size_t n_sample, const double *t_sample,
                                        void (*sample)(void *user, size_t i, double t,
                                                       const double *x),
                                        void *sample_user, size_t *failed_state_out);

/**
 * Take one step of the solver's own choice towards t_end, never beyond it, at most to the first change of sign of
 * the problem's roots; *is_root_out says that it ended there. The signs are those behind the change.
 *
 * Errors  as tac_solver_to()
 */
TAC_MUST_CHECK tac_status tac_solver_step(tac_ctx *ctx, tac_solver *solver, double t_end,
                                          bool *is_root_out, size_t *failed_state_out);

/** The time now. */
double tac_solver_t(const tac_solver *solver);

/** The states at a time within the last step, interpolated; borrowed until the next call. */
const double *tac_solver_at(tac_solver *solver, double t);

/** The states now. Borrowed. */
const double *tac_solver_x(const tac_solver *solver);

/** The counts since creation. */
tac_solver_counts tac_solver_counts_get(const tac_solver *solver);

#endif
