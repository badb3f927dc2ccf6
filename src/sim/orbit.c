/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the daily orbit of everyday life and freezes the reference values on it. */
#include "sim/orbit.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "solve/anderson.h"

#include <math.h>
#include <string.h>

static const double PANEL_H = 1.0 / 6.0;
static const int N_DAY_MAX = 60;
static const int N_PLAIN = 3;  /* days before the first leap: what is fast has settled */
static const size_t DEPTH = 5; /* days that are remembered */

tac_status tac_habit_build(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                           tac_habit *habit_out)
{
    tac_status st = TAC_OK;
    tac_habit habit = {.start_clock_h = scenario->start_clock_h};

    TAC_TRY(tac_schedule_build(ctx, body->program, body->words, scenario, NULL,
                               TAC_CALENDAR_HABIT_DAY, &habit.day));
    if (tac_life_has_week(scenario)) {
        TAC_TRY(tac_schedule_build(ctx, body->program, body->words, scenario, NULL,
                                   TAC_CALENDAR_HABIT_WEEK, &habit.week));
    }
    *habit_out = habit;
    habit = (tac_habit){0};
out:
    tac_habit_free(&habit);
    return st;
}

void tac_habit_free(tac_habit *habit)
{
    tac_schedule_free(habit->day);
    tac_schedule_free(habit->week);
    *habit = (tac_habit){0};
}

/* Where and how much each sample counts in a mean over a stretch. */
typedef struct quadrature {
    double *t_h;    /* [n] ascending */
    double *weight; /* [n] hours */
    size_t n;
} quadrature;

/* Nodes of Gauss and Legendre on [-1, 1], three of them: exact for polynomials of degree 5. */
static const double NODES[] = {-0.7745966692414834, 0.0, 0.7745966692414834};
static const double WEIGHTS[] = {5.0 / 9.0, 8.0 / 9.0, 5.0 / 9.0};

static void quadrature_free(quadrature *q)
{
    tac_free(q->t_h);
    tac_free(q->weight);
}

/**
 * Panels of at most ten minutes that never reach over an edge: variables jump or bend there, and glands that grow on the
 * difference from a mean would drift on its error.
 */
static tac_status quadrature_make(tac_ctx *ctx, const tac_schedule *schedule, double end_h,
                                  quadrature *q)
{
    tac_status st = TAC_OK;
    const size_t n_max = 3 * (schedule->n_edge + (size_t)ceil(end_h / PANEL_H) + 1);
    *q = (quadrature){0};
    TAC_TRY(tac_alloc_doubles(ctx, n_max, &q->t_h));
    TAC_TRY(tac_alloc_doubles(ctx, n_max, &q->weight));
    for (size_t i = 0; i < schedule->n_edge; i++) {
        const double from_h = schedule->edge_h[i];
        const double to_h = i + 1 < schedule->n_edge ? fmin(schedule->edge_h[i + 1], end_h) : end_h;
        const size_t n_panel = to_h > from_h ? (size_t)ceil((to_h - from_h) / PANEL_H) : 0;
        for (size_t k = 0; k < n_panel; k++) {
            const double half_h = (to_h - from_h) / (double)n_panel / 2.0;
            const double middle_h = from_h + (double)(2 * k + 1) * half_h;
            for (size_t j = 0; j < 3; j++) {
                q->t_h[q->n] = middle_h + NODES[j] * half_h;
                q->weight[q->n++] = WEIGHTS[j] * half_h;
            }
        }
    }
out:
    return st;
}

/* Sums of the reference variables over the samples of a stretch. */
typedef struct means {
    const tac_body *body;
    const quadrature *quadrature;
    double *sums; /* [n_reference_value] */
} means;

static void add_sample(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x)
{
    const means *m = user;
    tac_sim_observe(sim, t_h, x);
    for (size_t i = 0; i < m->body->n_reference_value; i++) {
        m->sums[i] += m->quadrature->weight[i_sample]
                      * tac_sim_value(sim, m->body->reference_values[i].variable, x);
    }
}

/** Follow a schedule from its start to `end_h` and set the reference values to their means. */
static tac_status follow_and_refer(tac_ctx *ctx, const tac_body *body, tac_sim *sim,
                                   const tac_schedule *schedule, double end_h)
{
    tac_status st = TAC_OK;
    quadrature q = {0};
    means m = {.body = body, .quadrature = &q};

    TAC_TRY(quadrature_make(ctx, schedule, end_h, &q));
    TAC_TRY(tac_alloc_doubles(ctx, body->n_reference_value, &m.sums));
    TAC_TRY(tac_sim_follow(ctx, sim, schedule, 0.0, end_h, q.n, q.t_h, add_sample, &m));
    for (size_t i = 0; i < body->n_reference_value; i++) {
        const tac_image_symbol *target = body->reference_values[i].target;
        double *slot = target->slot == TAC_SLOT_PARAMETER ? sim->p : sim->x;
        slot[target->index] = m.sums[i] / end_h;
    }
out:
    tac_free(m.sums);
    quadrature_free(&q);
    return st;
}

/* The repeated day as a map of numbers: the states at its beginning, and the reference values that are parameters. */
typedef struct day_map {
    size_t n_state;
    size_t n;       /* states and reference values */
    double *before; /* [n] */
    double *after;  /* [n] a day later */
    double *next;   /* [n] where the next day begins */
    double *size;   /* [n] */
    tac_anderson *anderson;
    double *good_after; /* [n] after the best day so far */
    double good_change; /* of that day */
    bool has_leapt;     /* this day began where Anderson pointed to */
    int n_plain;        /* days before the next leap */
} day_map;

static void day_map_free(day_map *m)
{
    tac_free(m->before);
    tac_free(m->after);
    tac_free(m->next);
    tac_free(m->size);
    tac_free(m->good_after);
    tac_anderson_free(m->anderson);
}

static tac_status day_map_create(tac_ctx *ctx, const tac_body *body, const tac_sim *sim, day_map *m)
{
    tac_status st = TAC_OK;
    *m = (day_map){.n_state = sim->image->n_state,
                   .n = sim->image->n_state + body->n_reference_value,
                   .n_plain = N_PLAIN};
    TAC_TRY(tac_alloc_doubles(ctx, m->n, &m->before));
    TAC_TRY(tac_alloc_doubles(ctx, m->n, &m->after));
    TAC_TRY(tac_alloc_doubles(ctx, m->n, &m->next));
    TAC_TRY(tac_alloc_doubles(ctx, m->n, &m->size));
    TAC_TRY(tac_alloc_doubles(ctx, m->n, &m->good_after));
    TAC_TRY(tac_anderson_create(ctx, m->n, DEPTH, &m->anderson));
out:
    return st;
}

/** Read the numbers of the map from the simulator. */
static void day_map_get(const tac_body *body, const tac_sim *sim, double *z)
{
    const size_t n_state = sim->image->n_state;
    memcpy(z, sim->x, n_state * sizeof *z);
    for (size_t i = 0; i < body->n_reference_value; i++) {
        const tac_image_symbol *target = body->reference_values[i].target;
        z[n_state + i] =
            target->slot == TAC_SLOT_PARAMETER ? sim->p[target->index] : sim->x[target->index];
    }
}

static void day_map_set(const tac_body *body, tac_sim *sim, const double *z)
{
    const size_t n_state = sim->image->n_state;
    memcpy(sim->x, z, n_state * sizeof *z);
    for (size_t i = 0; i < body->n_reference_value; i++) {
        const tac_image_symbol *target = body->reference_values[i].target;
        if (target->slot == TAC_SLOT_PARAMETER) {
            sim->p[target->index] = z[n_state + i];
        }
    }
}

/** Largest relative change over the day, and the state that it is of. */
static double largest_change(const day_map *m, const double *scale, size_t *i_out)
{
    double largest = 0.0;
    for (size_t i = 0; i < m->n; i++) {
        m->size[i] = fabs(m->after[i]) + (i < m->n_state ? scale[i] : 1e-3);
        const double change = fabs(m->after[i] - m->before[i]) / m->size[i];
        if (i < m->n_state && change >= largest) {
            largest = change;
            *i_out = i;
        }
    }
    return largest;
}

/** Numbers that a leap would make impossible (not finite, or of the other sign) go on as the day left them. */
static void keep_possible(day_map *m)
{
    for (size_t i = 0; i < m->n; i++) {
        const bool is_positive = m->after[i] > 0.0 && m->before[i] > 0.0;
        if (!isfinite(m->next[i]) || (is_positive && !(m->next[i] > 0.0))) {
            m->next[i] = m->after[i];
        }
    }
}

/**
 * Where the next day begins. A leap that left the orbit farther away than before is taken back: the day of before goes
 * on plainly for a while, so the way is never much longer than that of repetition.
 */
static void choose_next(day_map *m, double change)
{
    const bool is_worse = m->has_leapt && change > m->good_change;
    if (is_worse) {
        memcpy(m->next, m->good_after, m->n * sizeof *m->next);
        tac_anderson_reset(m->anderson);
        m->n_plain = N_PLAIN;
        m->has_leapt = false;
        return;
    }
    m->good_change = change;
    memcpy(m->good_after, m->after, m->n * sizeof *m->after);
    tac_anderson_step(m->anderson, m->before, m->after, m->size, m->next);
    m->has_leapt = m->n_plain == 0;
    if (m->n_plain > 0) {
        m->n_plain--;
        memcpy(m->next, m->after, m->n * sizeof *m->next);
    }
    keep_possible(m);
}

/** Repeat the habitual day until it closes; each day begins where the ones before point to (mathematics.md section 4). */
static tac_status repeat_day(tac_ctx *ctx, const tac_body *body, tac_sim *sim,
                             const tac_schedule *day)
{
    tac_status st = TAC_OK;
    const double closed = fmax(1e-6, 2.0 * sim->rel_tol);
    double change = 1.0;
    size_t i_state = 0;
    day_map m = {0};

    TAC_TRY(day_map_create(ctx, body, sim, &m));
    for (int k = 0; k < N_DAY_MAX; k++) {
        day_map_get(body, sim, m.before);
        TAC_TRY(follow_and_refer(ctx, body, sim, day, 24.0));
        day_map_get(body, sim, m.after);
        change = largest_change(&m, sim->image->abs_tol_scale, &i_state);
        if (change <= closed) {
            break;
        }
        choose_next(&m, change);
        day_map_set(body, sim, m.next);
    }
    if (change > 100.0 * closed) {
        st = tac_fail(ctx, TAC_E_SOLVER,
                      "everyday life does not settle on a daily orbit within %d days: '%s' still "
                      "changes by %.2g of its size from day to day",
                      N_DAY_MAX, sim->image->state_ids[i_state], change);
    }
out:
    day_map_free(&m);
    return st;
}

tac_status tac_orbit_find(tac_ctx *ctx, const tac_body *body, tac_sim *sim, const tac_habit *habit)
{
    tac_status st = TAC_OK;
    /* Start values belong to midnight; the day's schedule begins at the scenario's time of day. */
    const double midnight_h = fmod(24.0 - habit->start_clock_h, 24.0);

    tac_sim_start(sim, habit->day->inputs);
    if (midnight_h > 0.0) {
        TAC_TRY(tac_sim_follow(ctx, sim, habit->day, midnight_h, 24.0, 0, NULL, NULL, NULL));
    }
    TAC_TRY(repeat_day(ctx, body, sim, habit->day));
    if (habit->week != NULL) {
        TAC_TRY(follow_and_refer(ctx, body, sim, habit->week, 168.0));
    }
out:
    return st;
}
