/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the members on all threads; each writes only what is its own. */
#include "study/ensemble.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "sim/draw.h"
#include "sim/person.h"
#include "study/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SAMPLE_EVERY_H = 1.0 / 6.0;

/* A session shorter than this is seen so many times: what hands do can be over before the next regular sample. */
static const double SHORT_SESSION_H = 0.5;
enum { SAMPLES_OF_A_SHORT_SESSION = 10 };

/* Times nearer than this are one. */
static const double SAME_TIME_H = 1e-9;

const float *tac_ensemble_values(const tac_ensemble *ensemble, size_t arm, size_t observable,
                                 size_t member)
{
    const size_t row = (arm * ensemble->n_observable + observable) * ensemble->n_member + member;
    return &ensemble->values[row * ensemble->n_time];
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/** True of what the arm itself does, when it is over before the regular samples could tell its course. */
static bool is_short_session(const tac_occurrence *o)
{
    return o->is_programme && o->to_h > o->from_h && o->to_h - o->from_h < SHORT_SESSION_H;
}

/** Write the times inside the short sessions of a schedule; NULL only counts them. */
static size_t short_session_times(const tac_schedule *schedule, double *t_h)
{
    size_t n = 0;
    for (size_t i = 0; i < schedule->n_occurrence; i++) {
        const tac_occurrence *o = &schedule->occurrences[i];
        for (int k = 1; is_short_session(o) && k < SAMPLES_OF_A_SHORT_SESSION; k++) {
            if (t_h != NULL) {
                t_h[n] = o->from_h + (o->to_h - o->from_h) * k / SAMPLES_OF_A_SHORT_SESSION;
            }
            n++;
        }
    }
    return n;
}

/** The regular grid together with the edges of all schedules and their short sessions, sorted, each time once. */
static tac_status choose_times(tac_ctx *ctx, tac_ensemble *e)
{
    const double end_h = e->scenario->duration_h;
    const size_t n_grid = (size_t)floor(end_h / SAMPLE_EVERY_H + 1e-9) + 1;
    size_t n = n_grid + 1;
    for (size_t a = 0; a < e->n_arm; a++) {
        n += e->schedules[a]->n_edge + short_session_times(e->schedules[a], NULL);
    }
    const tac_status st = tac_alloc_doubles(ctx, n, &e->t_h);
    if (st != TAC_OK) {
        return st;
    }
    n = 0;
    for (size_t i = 0; i < n_grid; i++) {
        e->t_h[n++] = (double)i / 6.0; /* not i * (1/6): whole hours must be whole */
    }
    e->t_h[n++] = end_h;
    for (size_t a = 0; a < e->n_arm; a++) {
        for (size_t i = 0; i < e->schedules[a]->n_edge; i++) {
            e->t_h[n++] = e->schedules[a]->edge_h[i];
        }
        n += short_session_times(e->schedules[a], &e->t_h[n]);
    }
    qsort(e->t_h, n, sizeof *e->t_h, ascending);
    for (size_t i = 0; i < n; i++) {
        if (e->t_h[i] <= end_h
            && (e->n_time == 0 || e->t_h[i] > e->t_h[e->n_time - 1] + SAME_TIME_H)) {
            e->t_h[e->n_time++] = e->t_h[i];
        }
    }
    return TAC_OK;
}

/** Find the variables behind the observables of the report. */
static tac_status find_symbols(tac_ctx *ctx, tac_ensemble *e)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_arena *arena = tac_arena_create();
    if (arena == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    TAC_TRY(tac_alloc(ctx, e->n_observable, sizeof *e->observed, &memory));
    e->observed = memory;
    for (size_t i = 0; i < e->n_observable; i++) {
        TAC_TRY(tac_observed_find(ctx, e->body->program, &e->scenario->report[i], arena,
                                  &e->observed[i]));
    }
out:
    tac_arena_free(arena);
    return st;
}

static tac_status build_schedules(tac_ctx *ctx, tac_ensemble *e)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(ctx, e->n_arm, sizeof(tac_schedule *), &memory));
    e->schedules = memory;
    for (size_t a = 0; a < e->n_arm; a++) {
        TAC_TRY(tac_schedule_build(ctx, e->body->program, e->body->words, e->scenario,
                                   &e->scenario->arms[a], TAC_CALENDAR_WHOLE, &e->schedules[a]));
    }
    TAC_TRY(tac_habit_build(ctx, e->body, e->scenario, &e->habit));
out:
    return st;
}

/* What one thread needs: a simulator, the start of its present member, and eyes for the parts of the body. */
typedef struct worker {
    tac_sim *sim;
    double *x_start;
    tac_parts_watch *watch;
    tac_vessel_watch *vessel; /* NULL unless the scenario asks for one */
} worker;

static void worker_free(void *memory)
{
    worker *w = memory;
    if (w != NULL) {
        tac_sim_free(w->sim);
        tac_free(w->x_start);
        tac_parts_watch_free(w->watch);
        tac_vessel_watch_free(w->vessel);
        tac_free(w);
    }
}

static tac_status worker_create(tac_ctx *ctx, void *user, void **worker_out)
{
    const tac_ensemble *e = user;
    tac_status st = TAC_OK;
    worker *w = NULL;
    void *memory = NULL;

    *worker_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *w, &memory));
    w = memory;
    TAC_TRY(tac_sim_create(ctx, e->body->program, e->options.rel_tol, &w->sim));
    TAC_TRY(tac_alloc_doubles(ctx, w->sim->image->n_state, &w->x_start));
    TAC_TRY(tac_parts_watch_create(ctx, e->parts, &w->watch));
    if (e->vessel != NULL) {
        TAC_TRY(tac_vessel_watch_create(ctx, e->vessel, &w->vessel));
    }
    *worker_out = w;
    w = NULL;
out:
    worker_free(w);
    return st;
}

/* Where the samples of one member in one arm go. */
typedef struct place {
    tac_ensemble *ensemble;
    size_t arm;
    size_t member;
    tac_parts_watch *watch;   /* NULL in arms whose parts are not shown */
    tac_vessel_watch *vessel; /* NULL in arms without its massage */
} place;

static void keep_sample(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x)
{
    const place *at = user;
    tac_ensemble *e = at->ensemble;
    tac_sim_observe(sim, t_h, x);
    for (size_t o = 0; o < e->n_observable; o++) {
        const double value = tac_observed_value(&e->observed[o], sim, x);
        const size_t row = (at->arm * e->n_observable + o) * e->n_member + at->member;
        e->values[row * e->n_time + i_sample] = (float)value;
    }
    if (at->watch != NULL) {
        tac_parts_see(at->watch, sim, t_h, x);
    }
    if (at->vessel != NULL) {
        tac_vessel_see(at->vessel, sim, t_h, x);
    }
}

static tac_solver_counts less(tac_solver_counts a, tac_solver_counts b)
{
    return (tac_solver_counts){.n_restart = a.n_restart - b.n_restart,
                               .n_step = a.n_step - b.n_step,
                               .n_rhs = a.n_rhs - b.n_rhs,
                               .n_jac = a.n_jac - b.n_jac,
                               .n_setup = a.n_setup - b.n_setup,
                               .n_newton = a.n_newton - b.n_newton,
                               .n_err_fail = a.n_err_fail - b.n_err_fail,
                               .n_newton_fail = a.n_newton_fail - b.n_newton_fail};
}

tac_status tac_ensemble_follow(tac_ctx *ctx, const tac_ensemble *e, size_t arm,
                               const tac_luck *luck, tac_sim *sim, const tac_audience *to)
{
    tac_status st = TAC_OK;
    const tac_schedule *schedule = e->schedules[arm];
    tac_schedule *own = NULL;
    if (schedule->has_chance) {
        TAC_TRY(
            tac_schedule_of_member(ctx, e->body, e->scenario, &e->scenario->arms[arm], luck, &own));
        schedule = own;
    }
    st = tac_sim_follow(ctx, sim, schedule, 0.0, e->scenario->duration_h, e->n_time, e->t_h,
                        to->sampler, to->user);
out:
    tac_schedule_free(own);
    return st;
}

/** One member: the run-in once, then each arm from the same start. */
static tac_status run_member(tac_ctx *ctx, void *user, void *worker_memory, size_t i)
{
    tac_ensemble *e = user;
    worker *w = worker_memory;
    tac_sim *sim = w->sim;
    tac_status st = TAC_OK;
    const size_t n_byte = sim->image->n_state * sizeof(double);
    const tac_solver_counts before = tac_solver_counts_get(sim->solver);
    const tac_luck luck = {e->options.seed, i + 1, sim->p};

    tac_draw_member(sim->image, e->options.seed, i + 1, sim->p);
    TAC_TRY(tac_person_set(ctx, e->body->program, e->scenario, sim->p));
    TAC_TRY(tac_orbit_find(ctx, e->body, sim, &e->habit));
    memcpy(w->x_start, sim->x, n_byte);
    for (size_t a = 0; a < e->n_arm; a++) {
        const bool is_shown = a == 0 || a == e->scenario->arms[0].against;
        const bool is_massaged = w->vessel != NULL && a == e->scenario->detail.arm;
        place at = {e, a, i, is_shown ? w->watch : NULL, is_massaged ? w->vessel : NULL};
        memcpy(sim->x, w->x_start, n_byte);
        tac_parts_begin(w->watch);
        if (is_massaged) {
            tac_vessel_begin(w->vessel);
        }
        TAC_TRY(tac_ensemble_follow(ctx, e, a, &luck, sim, &(tac_audience){keep_sample, &at}));
        if (is_shown) {
            tac_parts_end(w->watch, e->scenario->n_programme > 0 && a == 0, i);
        }
        if (is_massaged) {
            TAC_TRY(tac_vessel_follow(ctx, w->vessel, e->options.seed, i));
        }
    }
    e->counts[i] = less(tac_solver_counts_get(sim->solver), before);
out:
    if (st == TAC_E_SOLVER) {
        st = tac_fail(ctx, st, "this was member %zu of the ensemble (seed %llu)", i + 1,
                      (unsigned long long)e->options.seed);
    }
    return st;
}

static tac_status allocate(tac_ctx *ctx, tac_ensemble *e)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const size_t n_row = e->n_arm * e->n_observable * e->n_member;

    if (n_row > SIZE_MAX / sizeof(float) / (e->n_time + 1)) {
        return tac_fail(ctx, TAC_E_MEMORY, "too many members, observables and times to hold");
    }
    TAC_TRY(tac_alloc(ctx, n_row * e->n_time, sizeof(float), &memory));
    e->values = memory;
    TAC_TRY(tac_alloc(ctx, e->n_member, sizeof *e->counts, &memory));
    e->counts = memory;
out:
    return st;
}

tac_status tac_ensemble_plan(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                             const tac_compare_options *options, tac_ensemble **ensemble_out)
{
    tac_status st = TAC_OK;
    tac_ensemble *e = NULL;
    void *memory = NULL;

    *ensemble_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *e, &memory));
    e = memory;
    e->body = body;
    e->scenario = scenario;
    e->options = *options;
    e->n_member = options->n_member;
    e->n_arm = scenario->n_arm;
    e->n_observable = scenario->n_report;
    TAC_TRY(find_symbols(ctx, e));
    TAC_TRY(build_schedules(ctx, e));
    TAC_TRY(choose_times(ctx, e));
    *ensemble_out = e;
    e = NULL;
out:
    tac_ensemble_free(e);
    return st;
}

tac_status tac_ensemble_run(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                            const tac_compare_options *options, tac_ensemble **ensemble_out)
{
    tac_status st = TAC_OK;
    tac_ensemble *e = NULL;

    *ensemble_out = NULL;
    TAC_TRY(tac_ensemble_plan(ctx, body, scenario, options, &e));
    TAC_TRY(allocate(ctx, e));
    TAC_TRY(tac_parts_create(ctx, body, scenario,
                             scenario->n_programme > 0 ? e->schedules[0] : NULL, e->n_member,
                             &e->parts));
    TAC_TRY(tac_vessel_create(ctx, body, scenario, e->schedules[scenario->detail.arm], e->n_member,
                              &e->vessel));
    const tac_jobs jobs = {.n = e->n_member,
                           .n_thread = options->n_job,
                           .user = e,
                           .worker_create = worker_create,
                           .worker_free = worker_free,
                           .work = run_member,
                           .progress = options->progress,
                           .progress_user = options->progress_user,
                           .stop = options->stop};
    TAC_TRY(tac_jobs_do(ctx, &jobs));
    *ensemble_out = e;
    e = NULL;
out:
    tac_ensemble_free(e);
    return st;
}

void tac_ensemble_free(tac_ensemble *ensemble)
{
    if (ensemble == NULL) {
        return;
    }
    for (size_t a = 0; ensemble->schedules != NULL && a < ensemble->n_arm; a++) {
        tac_schedule_free(ensemble->schedules[a]);
    }
    tac_free(ensemble->schedules);
    tac_habit_free(&ensemble->habit);
    tac_free(ensemble->observed);
    tac_parts_free(ensemble->parts);
    tac_vessel_free(ensemble->vessel);
    tac_free(ensemble->t_h);
    tac_free(ensemble->values);
    tac_free(ensemble->counts);
    tac_free(ensemble);
}
