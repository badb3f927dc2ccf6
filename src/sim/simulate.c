/* SPDX-License-Identifier: Apache-2.0 */
/* Follows a schedule edge by edge; see simulate.h. */
#include "sim/simulate.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

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

static tac_status create_solver(tac_ctx *ctx, tac_sim *sim, const tac_sim_options *given)
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
        abs_tol[i] = given->rel_tol * image->abs_tol_scale[i];
    }
    options.rel_tol = given->rel_tol;
    options.abs_tol = abs_tol;
    options.h_max = given->h_max;
    options.n_step_max = given->n_step_max;
    TAC_TRY(tac_solver_create(ctx, &problem, &options, &sim->solver));
out:
    tac_free(abs_tol);
    return st;
}

tac_status tac_sim_create(tac_ctx *ctx, const tac_program *program, double rel_tol,
                          tac_sim **sim_out)
{
    tac_sim_options options = TAC_SIM_OPTIONS_INIT;
    options.rel_tol = rel_tol;
    return tac_sim_create_with(ctx, program, &options, sim_out);
}

tac_status tac_sim_create_with(tac_ctx *ctx, const tac_program *program,
                               const tac_sim_options *options, tac_sim **sim_out)
{
    tac_status st = TAC_OK;
    tac_sim *sim = NULL;
    void *memory = NULL;

    *sim_out = NULL;
    if (!(options->rel_tol >= 1e-10 && options->rel_tol <= 1e-2)) {
        return tac_fail(ctx, TAC_E_ARG, "a relative tolerance of %g: 1e-10 to 1e-2 is allowed",
                        options->rel_tol);
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *sim, &memory));
    sim = memory;
    sim->program = program;
    sim->image = tac_program_image(program);
    sim->rel_tol = options->rel_tol;
    sim->u = sim->image->inputs;
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_parameter, &sim->p));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_state, &sim->x));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_prepared, &sim->c));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_output, &sim->y));
    TAC_TRY(tac_alloc_doubles(ctx, tac_program_n_work(program), &sim->work));
    memcpy(sim->p, sim->image->parameters, sim->image->n_parameter * sizeof *sim->p);
    TAC_TRY(create_solver(ctx, sim, options));
    tac_sim_start(sim, sim->image->inputs);
    *sim_out = sim;
    sim = NULL;
out:
    tac_sim_free(sim);
    return st;
}

void tac_sim_free(tac_sim *sim)
{
    if (sim != NULL) {
        tac_solver_free(sim->solver);
        tac_free(sim->p);
        tac_free(sim->x);
        tac_free(sim->c);
        tac_free(sim->y);
        tac_free(sim->work);
        tac_free(sim);
    }
}

void tac_sim_set_inputs(tac_sim *sim, const double *u)
{
    sim->u = u;
    tac_program_prepare(sim->program, sim->p, u, sim->c, sim->work);
}

void tac_sim_start(tac_sim *sim, const double *u)
{
    tac_sim_set_inputs(sim, u);
    tac_program_start(sim->program, sim->p, u, sim->c, sim->x, sim->work);
}

void tac_sim_observe(tac_sim *sim, double t_h, const double *x)
{
    tac_program_observe(sim->program, t_h, x, sim->p, sim->u, sim->c, sim->y, sim->work);
}

double tac_sim_value(const tac_sim *sim, const tac_image_symbol *symbol, const double *x)
{
    switch (symbol->slot) {
    case TAC_SLOT_STATE: return x[symbol->index];
    case TAC_SLOT_PARAMETER: return sim->p[symbol->index];
    case TAC_SLOT_INPUT: return sim->u[symbol->index];
    case TAC_SLOT_OUTPUT: return sim->y[symbol->index];
    }
    TAC_BUG("a symbol in no slot");
}

/* What the solver's sample callback needs to call ours. */
typedef struct relay {
    tac_sim *sim;
    tac_sampler sampler;
    void *user;
    size_t i_first; /* of the wanted times, the first one of this segment */
} relay;

static void pass_sample(void *user, size_t i, double t, const double *x)
{
    const relay *r = user;
    r->sampler(r->user, r->sim, r->i_first + i, t, x);
}

/** Say which state could not be followed, by which equation, on which day and at what time. */
static tac_status name_failure(tac_ctx *ctx, const tac_sim *sim, double t_h, size_t i_state)
{
    const double day = floor(t_h / 24.0);
    const char *id = i_state < sim->image->n_state ? sim->image->state_ids[i_state] : "?";
    const char *equation = i_state < sim->image->n_state ? sim->image->equations[i_state] : "";
    return tac_fail(
        ctx, TAC_E_SOLVER,
        "the solver could not go on after day %.0f, %.2f h of the schedule; the largest "
        "error is in '%s': %s",
        day + 1.0, t_h - 24.0 * day, id, equation);
}

/** One segment of constant inputs. */
static tac_status follow_segment(tac_ctx *ctx, tac_sim *sim, double from_h, double to_h,
                                 size_t n_sample, const double *t_sample, relay *r)
{
    size_t i_failed = SIZE_MAX;
    tac_status st = tac_solver_restart(ctx, sim->solver, from_h, sim->x);
    if (st == TAC_OK) {
        st = tac_solver_to(ctx, sim->solver, to_h, n_sample, t_sample, pass_sample, r, &i_failed);
    }
    memcpy(sim->x, tac_solver_x(sim->solver), sim->image->n_state * sizeof *sim->x);
    return st == TAC_E_SOLVER ? name_failure(ctx, sim, from_h, i_failed) : st;
}

tac_status tac_sim_follow(tac_ctx *ctx, tac_sim *sim, const tac_schedule *schedule, double from_h,
                          double to_h, size_t n_sample, const double *t_sample, tac_sampler sampler,
                          void *user)
{
    tac_status st = TAC_OK;
    relay r = {sim, sampler, user, 0};
    size_t i_edge = 0;

    while (i_edge + 1 < schedule->n_edge && schedule->edge_h[i_edge + 1] <= from_h) {
        i_edge++;
    }
    for (double t_h = from_h; st == TAC_OK && t_h < to_h; i_edge++) {
        const bool is_last = i_edge + 1 >= schedule->n_edge || schedule->edge_h[i_edge + 1] >= to_h;
        const double end_h = is_last ? to_h : schedule->edge_h[i_edge + 1];
        size_t n = 0;
        tac_sim_set_inputs(sim, &schedule->inputs[i_edge * sim->image->n_input]);
        for (; r.i_first < n_sample && t_sample[r.i_first] <= t_h; r.i_first++) {
            sampler(user, sim, r.i_first, t_h, sim->x);
        }
        while (r.i_first + n < n_sample && t_sample[r.i_first + n] <= end_h) {
            n++;
        }
        st = follow_segment(ctx, sim, t_h, end_h, n, n == 0 ? NULL : &t_sample[r.i_first], &r);
        r.i_first += n;
        t_h = end_h;
    }
    return st;
}
