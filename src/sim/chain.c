/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the chain of lymphangions; see chain.h. */
#include "sim/chain.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "sim/simulate.h"

#include <string.h>

/* Emitted at build time from models/lymphangion-chain.ant and its parameters. */
extern const tac_image tac_image_lymphangion_chain;

static const double REL_TOL = 1e-6;
/* No step may jump over a contraction of some seconds. */
static const double H_MAX_S = 0.5;
/* Quick strokes make valves flutter: some 100,000 steps in ten minutes. */
static const long N_STEP_MAX = 2000000;
static const double BEFORE_S = 120.0;
static const double SESSION_S = 600.0;

static void rhs(void *user, double t, const double *x, double *dxdt)
{
    const tac_sim *sim = user;
    tac_program_rhs(sim->program, t, x, sim->p, sim->u, sim->c, dxdt, sim->work);
}

static void jac(void *user, double t, const double *x, double *values)
{
    const tac_sim *sim = user;
    tac_program_jac(sim->program, t, x, sim->p, sim->u, sim->c, values, sim->work);
}

static tac_status create_solver(tac_ctx *ctx, tac_sim *sim, tac_solver **solver_out)
{
    tac_status st = TAC_OK;
    const tac_image *image = sim->image;
    double *abs_tol = NULL;
    const tac_problem problem = {.n_state = image->n_state,
                                 .n_jac = image->n_jac,
                                 .jac_column = image->jac_column,
                                 .jac_row = image->jac_row,
                                 .user = sim,
                                 .rhs = rhs,
                                 .jac = jac};
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;

    TAC_TRY(tac_alloc_doubles(ctx, image->n_state, &abs_tol));
    for (size_t i = 0; i < image->n_state; i++) {
        abs_tol[i] = REL_TOL * image->abs_tol_scale[i];
    }
    options.rel_tol = REL_TOL;
    options.abs_tol = abs_tol;
    options.h_max = H_MAX_S;
    options.n_step_max = N_STEP_MAX;
    TAC_TRY(tac_solver_create(ctx, &problem, &options, solver_out));
out:
    tac_free(abs_tol);
    return st;
}

static uint32_t index_of(const tac_sim *sim, const char *id, tac_slot slot)
{
    const tac_image_symbol *symbol = tac_program_find(sim->program, id);
    if (symbol != NULL && symbol->slot == slot) {
        return symbol->index;
    }
    TAC_BUG("the chain of lymphangions lacks a name");
}

/** Fill u with the inputs of the model, the hand's among them. */
static void set_hand(const tac_sim *sim, const tac_chain_hand *hand, double *u)
{
    memcpy(u, sim->image->inputs, sim->image->n_input * sizeof *u);
    u[index_of(sim, "hand_peak", TAC_SLOT_INPUT)] = hand->peak_mmHg;
    u[index_of(sim, "hand_speed", TAC_SLOT_INPUT)] = hand->speed_mm_s;
    u[index_of(sim, "stroke_period", TAC_SLOT_INPUT)] = hand->stroke_period_s;
    u[index_of(sim, "hand_width", TAC_SLOT_INPUT)] = hand->width_mm;
}

tac_status tac_chain_flow(tac_ctx *ctx, const tac_chain_hand *hand, double *flow_mm3_min_out)
{
    tac_status st = TAC_OK;
    tac_program *program = NULL;
    tac_sim *sim = NULL;
    tac_solver *solver = NULL;
    double *u = NULL;
    size_t i_failed = 0;

    if (!(hand->peak_mmHg >= 0.0 && hand->speed_mm_s > 0.0 && hand->stroke_period_s > 0.0
          && hand->width_mm > 0.0)) {
        return tac_fail(
            ctx, TAC_E_ARG,
            "a hand with %g mmHg, %g mm/s, %g s, %g mm: speed, period and width must be "
            "above 0, pressure not below",
            hand->peak_mmHg, hand->speed_mm_s, hand->stroke_period_s, hand->width_mm);
    }
    TAC_TRY(tac_program_from_image(ctx, &tac_image_lymphangion_chain, &program));
    TAC_TRY(tac_sim_create(ctx, program, REL_TOL, &sim));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_input, &u));
    set_hand(sim, hand, u);
    tac_sim_start(sim, u);
    TAC_TRY(create_solver(ctx, sim, &solver));
    TAC_TRY(tac_solver_restart(ctx, solver, 0.0, sim->x));
    TAC_TRY(tac_solver_to(ctx, solver, BEFORE_S, 0, NULL, NULL, NULL, &i_failed));
    const uint32_t pumped = index_of(sim, "pumped", TAC_SLOT_STATE);
    const double before = tac_solver_x(solver)[pumped];
    TAC_TRY(tac_solver_to(ctx, solver, BEFORE_S + SESSION_S, 0, NULL, NULL, NULL, &i_failed));
    *flow_mm3_min_out = (tac_solver_x(solver)[pumped] - before) * 60.0 / SESSION_S;
out:
    tac_solver_free(solver);
    tac_free(u);
    tac_sim_free(sim);
    tac_program_free(program);
    return st;
}

const char *tac_chain_hash(void)
{
    return tac_image_lymphangion_chain.hash;
}
