/* SPDX-License-Identifier: Apache-2.0 */
/* Steps of the solver up to the next event, places of jumps, and samples that do not change the steps. */
#include "sim/model_run.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

/* A run of more steps than this is given up. */
static const long MAX_STEPS = 5000000;

/* The solver says where a condition changes to within this share of the time; the place is then found exactly. */
static const double ROOT_WINDOW = 1e-11;

/** The solver's states with the held ones behind them. */
static const double *whole_state(tac_model_run *run, const double *x)
{
    memcpy(run->x_work, x, run->n_moving * sizeof *x);
    return run->x_work;
}

static void rhs(void *user, double t, const double *x, double *dxdt)
{
    tac_model_run *run = user;
    if (run->n_moving == 0) {
        dxdt[0] = 0.0;
        return;
    }
    tac_program_rhs(run->program, t, whole_state(run, x), run->p, run->u, run->c, run->dxdt,
                    run->work);
    memcpy(dxdt, run->dxdt, run->n_moving * sizeof *dxdt);
}

static void jac(void *user, double t, const double *x, double *values)
{
    tac_model_run *run = user;
    if (run->n_moving == 0) {
        values[0] = 0.0;
        return;
    }
    tac_program_jac(run->program, t, whole_state(run, x), run->p, run->u, run->c, run->jac,
                    run->work);
    memcpy(values, run->jac, (size_t)run->image->jac_column[run->n_moving] * sizeof *values);
}

/** +1 where a condition is true, -1 where not: bisection finds the place. */
static void roots(void *user, double t, const double *x, double *g)
{
    tac_model_run *run = user;
    tac_program_conditions(run->program, t, whole_state(run, x), run->p, run->u, run->c,
                           run->conditions, run->work);
    for (size_t k = 0; k < run->events->n_condition; k++) {
        g[k] = fabs(run->conditions[k]) > 0.0 ? 1.0 : -1.0;
    }
}

static tac_status alloc_all(tac_ctx *ctx, tac_model_run *run)
{
    const struct {
        double **list;
        size_t n;
    } lists[] = {
        {&run->x, run->image->n_state},       {&run->truth, run->events->n_condition},
        {&run->p, run->image->n_parameter},   {&run->u, run->image->n_input},
        {&run->c, run->image->n_prepared},    {&run->y, run->image->n_output},
        {&run->x_work, run->image->n_state},  {&run->dxdt, run->image->n_state},
        {&run->jac, run->image->n_jac},       {&run->conditions, run->events->n_condition},
        {&run->values, run->events->n_value}, {&run->work, tac_program_n_work(run->program)}};
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < sizeof lists / sizeof lists[0]; k++) {
        st = tac_alloc_doubles(ctx, lists[k].n, lists[k].list);
    }
    return st;
}

static tac_status create_solver(tac_ctx *ctx, tac_model_run *run)
{
    static const int64_t ONE_COLUMN[] = {0, 1};
    static const int64_t ONE_ROW[] = {0};
    const tac_model_run_options *o = &run->options;
    const bool is_still = run->n_moving == 0; /* only time passes: one state that rests */
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    double *abs_tol = NULL;
    tac_status st = TAC_OK;
    const tac_problem problem = {.n_state = is_still ? 1 : run->n_moving,
                                 .n_jac =
                                     is_still ? 1 : (size_t)run->image->jac_column[run->n_moving],
                                 .jac_column = is_still ? ONE_COLUMN : run->image->jac_column,
                                 .jac_row = is_still ? ONE_ROW : run->image->jac_row,
                                 .user = run,
                                 .rhs = rhs,
                                 .jac = jac,
                                 .n_root = run->events->n_condition,
                                 .roots = roots};
    TAC_TRY(tac_alloc_doubles(ctx, problem.n_state, &abs_tol));
    for (size_t i = 0; i < problem.n_state; i++) {
        const double scale = is_still ? 1.0 : run->image->abs_tol_scale[i];
        abs_tol[i] = o->abs_tol > 0.0 ? o->abs_tol : o->rel_tol * scale;
    }
    options.rel_tol = o->rel_tol;
    options.abs_tol = abs_tol;
    options.h_max = o->h_max;
    if (!(o->h_max > 0.0) && run->events->n_condition > 0) {
        options.h_max = (o->t_end - o->t_start) / 100.0;
    }
    TAC_TRY(tac_solver_create(ctx, &problem, &options, &run->solver));
out:
    tac_free(abs_tol);
    return st;
}

/** Start anew from the states of the run. */
static tac_status restart(tac_ctx *ctx, tac_model_run *run)
{
    static const double NOTHING[] = {0.0};
    for (size_t i = 0; i < run->n_moving; i++) {
        if (!isfinite(run->x[i])) {
            return tac_fail(ctx, TAC_E_SOLVER, "'%s' is %g at t = %.10g", run->image->state_ids[i],
                            run->x[i], run->t);
        }
    }
    memcpy(run->x_work, run->x, run->image->n_state * sizeof *run->x);
    return tac_solver_restart(ctx, run->solver, run->t, run->n_moving == 0 ? NOTHING : run->x);
}

static tac_status check_options(tac_ctx *ctx, const tac_model_run_options *o)
{
    if (!(o->t_end >= o->t_start) || !isfinite(o->t_end) || !isfinite(o->t_start)) {
        return tac_fail(ctx, TAC_E_ARG, "a run from %g to %g is not possible", o->t_start,
                        o->t_end);
    }
    if (!(o->rel_tol >= 1e-12 && o->rel_tol <= 1e-2)) {
        return tac_fail(ctx, TAC_E_ARG, "a relative tolerance of %g: 1e-12 to 1e-2 is possible",
                        o->rel_tol);
    }
    return TAC_OK;
}

/** What the caller sets in one of the arrays. */
static void set_all(const tac_model_run *run, tac_slot slot, double *list)
{
    for (size_t i = 0; i < run->options.n_set; i++) {
        const tac_model_set *set = &run->options.sets[i];
        if (set->symbol->slot == slot) {
            list[set->symbol->index] = set->value;
        }
    }
}

static tac_status start(tac_ctx *ctx, tac_model_run *run)
{
    memcpy(run->p, run->image->parameters, run->image->n_parameter * sizeof *run->p);
    memcpy(run->u, run->image->inputs, run->image->n_input * sizeof *run->u);
    set_all(run, TAC_SLOT_PARAMETER, run->p);
    set_all(run, TAC_SLOT_INPUT, run->u);
    tac_program_prepare(run->program, run->p, run->u, run->c, run->work);
    tac_program_start(run->program, run->p, run->u, run->c, run->x, run->work);
    set_all(run, TAC_SLOT_STATE, run->x);
    run->t = run->options.t_start;
    const tac_status st = tac_model_events_start(ctx, run);
    return st == TAC_OK ? restart(ctx, run) : st;
}

tac_status tac_model_run_create(tac_ctx *ctx, const tac_program *program,
                                const tac_model_run_options *options, tac_model_run **run_out)
{
    tac_status st = TAC_OK;
    tac_model_run *run = NULL;
    void *memory = NULL;

    *run_out = NULL;
    TAC_TRY(check_options(ctx, options));
    TAC_TRY(tac_alloc(ctx, 1, sizeof *run, &memory));
    run = memory;
    run->program = program;
    run->image = tac_program_image(program);
    run->events = tac_program_events(program);
    run->options = *options;
    run->n_moving = tac_program_n_moving(program);
    run->rng = tac_rng_for(options->seed, 0, "order of events");
    for (size_t k = 0; k < run->events->n_event; k++) {
        const size_t n = run->events->events[k].n_change;
        run->n_change_max = n > run->n_change_max ? n : run->n_change_max;
    }
    TAC_TRY(alloc_all(ctx, run));
    TAC_TRY(create_solver(ctx, run));
    TAC_TRY(start(ctx, run));
    *run_out = run;
    run = NULL;
out:
    tac_model_run_free(run);
    return st;
}

void tac_model_run_free(tac_model_run *run)
{
    if (run == NULL) {
        return;
    }
    double *const lists[] = {run->x,      run->truth,          run->p,         run->u,   run->c,
                             run->y,      run->dxdt,           run->x_work,    run->jac, run->work,
                             run->values, run->pending_values, run->conditions};
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        tac_free(lists[k]);
    }
    tac_free(run->pending);
    tac_solver_free(run->solver);
    tac_free(run);
}

/* What is wanted on the way. */
typedef struct wanted {
    size_t n;
    size_t i;
    const double *t;
    tac_model_sampler sampler;
    void *user;
} wanted;

static tac_status give(tac_ctx *ctx, tac_model_run *run, wanted *w, double t)
{
    tac_program_observe(run->program, t, run->x, run->p, run->u, run->c, run->y, run->work);
    const size_t i = w->i++;
    return w->sampler(w->user, ctx, run, i, t);
}

/** Samples inside the last step, before run->t; held states are those of before. */
static tac_status give_before(tac_ctx *ctx, tac_model_run *run, wanted *w)
{
    tac_status st = TAC_OK;
    while (st == TAC_OK && w->i < w->n && w->t[w->i] < run->t) {
        const double t = w->t[w->i];
        if (run->n_moving > 0) {
            memcpy(run->x, tac_solver_at(run->solver, t), run->n_moving * sizeof *run->x);
        }
        st = give(ctx, run, w, t);
    }
    return st;
}

/** Is any condition at t, with the states as they are, another than it was? */
static bool is_behind(tac_model_run *run, double t)
{
    tac_program_conditions(run->program, t, run->x, run->p, run->u, run->c, run->conditions,
                           run->work);
    for (size_t k = 0; k < run->events->n_condition; k++) {
        if ((fabs(run->conditions[k]) > 0.0) != (fabs(run->truth[k]) > 0.0)) {
            return true;
        }
    }
    return false;
}

/** The first double at which a condition of time is met: `time >= 5` happens at 5, not a little later. */
static double exact_place(tac_model_run *run, double t_before, double t)
{
    double low = t - ROOT_WINDOW * fmax(1.0, fabs(t));
    low = low > t_before ? low : t_before;
    if (!is_behind(run, t) || is_behind(run, low)) {
        return t; /* the states decide, and they are those at t */
    }
    for (;;) {
        const double middle = low + 0.5 * (t - low);
        if (!(middle > low && middle < t)) {
            return t;
        }
        if (is_behind(run, middle)) {
            t = middle;
        } else {
            low = middle;
        }
    }
}

static tac_status name_failure(tac_ctx *ctx, const tac_model_run *run, tac_status st, size_t state)
{
    if (st == TAC_E_SOLVER && state < run->n_moving) {
        return tac_fail(ctx, st, "'%s' is in the way: %s", run->image->state_ids[state],
                        run->image->equations[state]);
    }
    return st;
}

/** One step of the solver; run->t and run->x are then at its end. */
static tac_status step(tac_ctx *ctx, tac_model_run *run, double t_stop, bool *is_root_out)
{
    size_t failed = SIZE_MAX;
    const double t_before = run->t;
    const tac_status st = tac_solver_step(ctx, run->solver, t_stop, is_root_out, &failed);
    if (st != TAC_OK) {
        return name_failure(ctx, run, st, failed);
    }
    run->t = tac_solver_t(run->solver);
    if (run->n_moving > 0) {
        memcpy(run->x, tac_solver_x(run->solver), run->n_moving * sizeof *run->x);
    }
    if (*is_root_out) {
        run->t = exact_place(run, t_before, run->t);
    }
    return TAC_OK;
}

/** Step, samples, what happens at the end of the step. */
static tac_status advance(tac_ctx *ctx, tac_model_run *run, double t_end, wanted *w)
{
    const double next = fmin(tac_model_events_next(run), tac_model_changes_next(run));
    const double t_stop = next < t_end ? next : t_end;
    bool is_root = false;
    bool has_changed = false;
    tac_status st = TAC_OK;
    if (t_stop > run->t) {
        TAC_TRY(step(ctx, run, t_stop, &is_root));
        TAC_TRY(give_before(ctx, run, w));
        if (run->n_moving > 0) {
            memcpy(run->x, tac_solver_x(run->solver), run->n_moving * sizeof *run->x);
        }
    }
    const bool has_been_changed = tac_model_changes_make(run);
    TAC_TRY(tac_model_events_happen(ctx, run, &has_changed));
    if (has_changed || has_been_changed || is_root) {
        TAC_TRY(restart(ctx, run));
    }
    while (w->i < w->n && !(w->t[w->i] > run->t)) {
        TAC_TRY(give(ctx, run, w, run->t));
    }
out:
    return st;
}

tac_status tac_model_run_follow(tac_ctx *ctx, tac_model_run *run, size_t n_sample,
                                const double *t_sample, tac_model_sampler sampler, void *user)
{
    wanted w = {n_sample, 0, t_sample, sampler, user};
    tac_status st = TAC_OK;
    if (!(tac_model_changes_next(run) > run->t)) {
        TAC_TRY(advance(ctx, run, run->t, &w));
    }
    while (w.i < w.n && !(w.t[w.i] > run->t)) {
        TAC_TRY(give(ctx, run, &w, run->t));
    }
    for (long n = 0; run->t < run->options.t_end; n++) {
        if (n == MAX_STEPS) {
            st = tac_fail(ctx, TAC_E_SOLVER, "more than %ld steps up to t = %.10g", MAX_STEPS,
                          run->t);
            goto out;
        }
        TAC_TRY(advance(ctx, run, run->options.t_end, &w));
        if (run->options.between != NULL) {
            TAC_TRY(run->options.between(run->options.between_user, ctx));
        }
    }
out:
    return st;
}

double tac_model_run_value(const tac_model_run *run, const tac_image_symbol *symbol)
{
    switch (symbol->slot) {
    case TAC_SLOT_STATE: return run->x[symbol->index];
    case TAC_SLOT_PARAMETER: return run->p[symbol->index];
    case TAC_SLOT_INPUT: return run->u[symbol->index];
    case TAC_SLOT_OUTPUT: return run->y[symbol->index];
    }
    TAC_BUG("a symbol without a place");
}
