/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A general model on its way through time: the solver between events, events where their triggers become true.
 *
 * Unlike simulate.h it knows no schedule and no person; the model brings its own events.
 */
#ifndef TAC_SIM_MODEL_RUN_H
#define TAC_SIM_MODEL_RUN_H

#include "base/rng.h"
#include "compile/program.h"
#include "solve/solver.h"

/** Another value of a constant or an input, another start of a state. */
typedef struct tac_model_set {
    const tac_image_symbol *symbol;
    double value;
} tac_model_set;

/** A change from outside at a time: a constant, an input or a state gets a value, or more of what it has. */
typedef struct tac_model_change {
    double t;
    const tac_image_symbol *symbol;
    double value;
    bool is_added;
} tac_model_change;

typedef struct tac_model_run_options {
    double t_start;
    double t_end;
    double rel_tol;
    double abs_tol; /* of every state; 0: rel_tol times the size of its start value (1 for 0) */
    double h_max;   /* 0: no limit where the model has no conditions, else a 100th of the time */
    uint64_t seed;  /* of the order of events at one time that no priority tells apart */
    const tac_model_set
        *sets; /* [n_set] of constants, inputs and states; borrowed while the run is created */
    size_t n_set;
    const tac_model_change
        *changes; /* [n_change] by time, not before the start; borrowed by the run */
    size_t n_change;
    tac_status (*between)(void *user, tac_ctx *ctx); /* called after each step, or NULL */
    void *between_user;
} tac_model_run_options;

#define TAC_MODEL_RUN_OPTIONS_INIT                                \
    {                                                             \
        0.0, 1.0, 1e-6, 0.0, 0.0, 1, NULL, 0, NULL, 0, NULL, NULL \
    }

/** An event that was triggered and has not happened yet. */
typedef struct tac_pending {
    uint32_t event;
    double t; /* when it happens */
} tac_pending;

typedef struct tac_model_run {
    /* given */
    const tac_program *program; /* borrowed */
    const tac_image *image;
    const tac_system_events *events;
    tac_model_run_options options;
    /* state */
    double t;
    double *x;            /* [n_state] */
    double *truth;        /* [n_condition] */
    tac_pending *pending; /* [n_pending] in the order of triggering */
    double
        *pending_values; /* [n_pending][n_change_max] what they will set, computed at the trigger */
    size_t n_pending;
    size_t cap_pending;
    size_t i_change; /* the next one from outside */
    tac_rng rng;
    /* derived */
    double *p;
    double *u;
    double *c;
    double *y;
    size_t n_moving;
    size_t n_change_max;
    /* work */
    double *x_work;     /* [n_state] states of the solver with the held ones behind */
    double *dxdt;       /* [n_state] */
    double *jac;        /* [n_jac] */
    double *conditions; /* [n_condition] */
    double *values;     /* [n_value] */
    double *work;
    tac_solver *solver;
} tac_model_run;

/** Called at each wanted time, when all that happens there has happened. */
typedef tac_status (*tac_model_sampler)(void *user, tac_ctx *ctx, tac_model_run *run, size_t i,
                                        double t);

/**
 * Create a run that stands at its start.
 *
 * Ownership  *run_out is new: tac_model_run_free(); the program is borrowed
 * Errors     TAC_E_ARG     an end before the start, a tolerance outside 1e-12 .. 1e-2
 *            TAC_E_SOLVER  a start value that is not finite
 */
TAC_MUST_CHECK tac_status tac_model_run_create(tac_ctx *ctx, const tac_program *program,
                                               const tac_model_run_options *options,
                                               tac_model_run **run_out);

/** Free; NULL is accepted. */
void tac_model_run_free(tac_model_run *run);

/**
 * Go to the end and sample at t_sample[n_sample], ascending, from the start to the end.
 *
 * Errors  TAC_E_SOLVER  a failed step, named by state and equation; events that trigger each other without end;
 *                       a delay that is negative or not a number
 */
TAC_MUST_CHECK tac_status tac_model_run_follow(tac_ctx *ctx, tac_model_run *run, size_t n_sample,
                                               const double *t_sample, tac_model_sampler sampler,
                                               void *user);

/** Value of a symbol at the sample at hand. */
double tac_model_run_value(const tac_model_run *run, const tac_image_symbol *symbol);

/* ---- model_changes.c ---- */

/** When the next change from outside is due; infinity when there is none. */
double tac_model_changes_next(const tac_model_run *run);

/** Make those that are due at run->t, in their order; true when there were any. Before the model's own events. */
bool tac_model_changes_make(tac_model_run *run);

/* ---- model_events.c ---- */

/** Triggers at the start: those that are true there and count as false before. */
TAC_MUST_CHECK tac_status tac_model_events_start(tac_ctx *ctx, tac_model_run *run);

/** Let everything happen that is due at run->t; *has_changed_out says whether a state or a condition did. */
TAC_MUST_CHECK tac_status tac_model_events_happen(tac_ctx *ctx, tac_model_run *run,
                                                  bool *has_changed_out);

/** When the next event that waits is due; infinity when there is none. */
double tac_model_events_next(const tac_model_run *run);

#endif
