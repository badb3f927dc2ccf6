/* SPDX-License-Identifier: Apache-2.0 */
/* The public run: one person, one arm, any times. */
#include "sim/run.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/suggest.h"
#include "sim/draw.h"
#include "sim/orbit.h"
#include "sim/person.h"

#include <string.h>

struct tac_run {
    /* given */
    const tac_body *body;
    /* derived */
    tac_schedule *schedule;
    /* state */
    double t_h;
    tac_sim *sim;
};

/** The member's own schedule, where chance has a part in it; the nominal member has no luck. */
static tac_status draw_luck(tac_ctx *ctx, const tac_scenario *scenario, size_t arm,
                            const tac_run_options *options, tac_run *run)
{
    tac_schedule *own = NULL;
    const tac_luck luck = {options->seed, options->member, run->sim->p};
    if (options->member == 0 || !run->schedule->has_chance) {
        return TAC_OK;
    }
    const tac_status st =
        tac_schedule_of_member(ctx, run->body, scenario, &scenario->arms[arm], &luck, &own);
    if (st == TAC_OK) {
        tac_schedule_free(run->schedule);
        run->schedule = own;
    }
    return st;
}

tac_status tac_run_create(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                          size_t arm, const tac_run_options *options, tac_run **run_out)
{
    tac_status st = TAC_OK;
    tac_run *run = NULL;
    tac_habit habit = {0};
    void *memory = NULL;

    *run_out = NULL;
    if (arm >= scenario->n_arm) {
        return tac_fail(ctx, TAC_E_ARG, "arm %zu: the scenario has %zu", arm, scenario->n_arm);
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *run, &memory));
    run = memory;
    run->body = body;
    TAC_TRY(tac_schedule_build(ctx, body->program, body->words, scenario, &scenario->arms[arm],
                               TAC_CALENDAR_WHOLE, &run->schedule));
    TAC_TRY(tac_habit_build(ctx, body, scenario, &habit));
    TAC_TRY(tac_sim_create(ctx, body->program, options->rel_tol, &run->sim));
    tac_draw_member(run->sim->image, options->seed, options->member, run->sim->p);
    TAC_TRY(tac_person_set(ctx, body->program, scenario, run->sim->p));
    TAC_TRY(draw_luck(ctx, scenario, arm, options, run));
    TAC_TRY(tac_orbit_find(ctx, body, run->sim, &habit));
    tac_sim_set_inputs(run->sim, run->schedule->inputs); /* those of the run-in go with the habit */
    *run_out = run;
    run = NULL;
out:
    tac_habit_free(&habit);
    tac_run_free(run);
    return st;
}

void tac_run_free(tac_run *run)
{
    if (run != NULL) {
        tac_schedule_free(run->schedule);
        tac_sim_free(run->sim);
        tac_free(run);
    }
}

const tac_sim *tac_run_sim(const tac_run *run)
{
    return run->sim;
}

const tac_schedule *tac_run_schedule(const tac_run *run)
{
    return run->schedule;
}

tac_status tac_run_to(tac_ctx *ctx, tac_run *run, double t_h)
{
    if (!(t_h >= run->t_h && t_h <= run->schedule->end_h)) {
        return tac_fail(ctx, TAC_E_ARG, "%g h: a time from %g h (now) to %g h (the end) is wanted",
                        t_h, run->t_h, run->schedule->end_h);
    }
    const tac_status st =
        tac_sim_follow(ctx, run->sim, run->schedule, run->t_h, t_h, 0, NULL, NULL, NULL);
    if (st == TAC_OK) {
        run->t_h = t_h;
    }
    return st;
}

double tac_run_time_h(const tac_run *run)
{
    return run->t_h;
}

tac_status tac_run_value(tac_ctx *ctx, const tac_run *run, const char *id, double *value_out)
{
    const tac_image_symbol *symbol = tac_program_find(run->body->program, id);
    if (symbol == NULL) {
        const tac_image *image = run->sim->image;
        const char *near = tac_suggest(id, image->n_output, image->output_ids);
        return tac_fail(ctx, TAC_E_ARG, "the body has no '%s'%s%s%s", id,
                        near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                        near == NULL ? "" : "'?");
    }
    tac_sim_observe(run->sim, run->t_h, run->sim->x);
    *value_out = tac_sim_value(run->sim, symbol, run->sim->x);
    return TAC_OK;
}

tac_run_counts tac_run_counts_get(const tac_run *run)
{
    const tac_solver_counts n = tac_solver_counts_get(run->sim->solver);
    return (tac_run_counts){.n_restart = n.n_restart,
                            .n_step = n.n_step,
                            .n_rhs = n.n_rhs,
                            .n_jac = n.n_jac,
                            .n_factorisation = n.n_setup,
                            .n_newton = n.n_newton,
                            .n_err_fail = n.n_err_fail};
}
