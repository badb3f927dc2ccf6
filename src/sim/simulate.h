/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A program on its way along a schedule: the one place where inputs, parameters and the solver meet.
 *
 * Between two edges the inputs are constant; at each edge the solver starts anew.
 */
#ifndef TAC_SIM_SIMULATE_H
#define TAC_SIM_SIMULATE_H

#include "compile/program.h"
#include "sim/schedule.h"
#include "solve/solver.h"

typedef struct tac_sim {
    /* given */
    const tac_program *program; /* borrowed */
    const tac_image *image;     /* of the program */
    double rel_tol;
    /* state */
    double *p;       /* [n_parameter] */
    double *x;       /* [n_state] now, outside tac_sim_follow */
    const double *u; /* [n_input] of the current segment; borrowed */
    /* derived */
    double *c; /* [n_prepared] from p and u */
    double *y; /* [n_output] filled by tac_sim_observe */
    /* work */
    double *work;
    tac_solver *solver;
} tac_sim;

/** Called at each wanted time with the states there; tac_sim_observe() gives the other variables. */
typedef void (*tac_sampler)(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x);

/** How the solver steps; times are in the model's own unit. */
typedef struct tac_sim_options {
    double rel_tol;  /* 1e-10 .. 1e-2 */
    double h_max;    /* no step is longer; 0 = no limit */
    long n_step_max; /* of one segment */
} tac_sim_options;

/* Steps of one segment: a week of rest takes a few hundred. */
#define TAC_SIM_OPTIONS_INIT \
    {                        \
        1e-6, 0.0, 50000     \
    }

/**
 * Create with nominal parameters and start values.
 *
 * Ownership  *sim_out is new: tac_sim_free(); the program is borrowed
 * Errors     TAC_E_ARG  rel_tol outside 1e-10 .. 1e-2
 */
TAC_MUST_CHECK tac_status tac_sim_create(tac_ctx *ctx, const tac_program *program, double rel_tol,
                                         tac_sim **sim_out);

/** The same with all options of the solver. */
TAC_MUST_CHECK tac_status tac_sim_create_with(tac_ctx *ctx, const tac_program *program,
                                              const tac_sim_options *options, tac_sim **sim_out);

/** Free; NULL is accepted. */
void tac_sim_free(tac_sim *sim);

/** Make u the inputs from now on; borrowed. */
void tac_sim_set_inputs(tac_sim *sim, const double *u);

/** The same, and set x to the start values that follow from p and u. */
void tac_sim_start(tac_sim *sim, const double *u);

/**
 * Integrate from `from_h` to `to_h` of the schedule, starting at x and leaving the end in x.
 *
 * Samples are taken at t_sample[0 .. n_sample), ascending, within [from_h, to_h]; a sample at an edge
 * sees the inputs before it, one at from_h those of its own segment.
 *
 * Errors  TAC_E_SOLVER  the message names the state, its equation and the time
 */
TAC_MUST_CHECK tac_status tac_sim_follow(tac_ctx *ctx, tac_sim *sim, const tac_schedule *schedule,
                                         double from_h, double to_h, size_t n_sample,
                                         const double *t_sample, tac_sampler sampler, void *user);

/** Fill sim->y with every assigned variable at the states x. */
void tac_sim_observe(tac_sim *sim, double t_h, const double *x);

/** Value of any symbol at the states x; call tac_sim_observe() before for an assigned one. */
double tac_sim_value(const tac_sim *sim, const tac_image_symbol *symbol, const double *x);

#endif
