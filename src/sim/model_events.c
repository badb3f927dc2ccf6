/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of a general model, with SBML's meaning: a trigger that becomes true computes the delay and (unless the event
 * is late) the new values; of several events that are due the one with the highest priority happens first, at random
 * among equals; after each one all triggers are looked at again.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "sim/model_run.h"

#include <math.h>
#include <string.h>

/* So many events at one time mean that they trigger each other without end. */
static const long MAX_AT_ONCE = 100000;

static void compute_values(const tac_model_run *run, double *values)
{
    tac_program_event_values(run->program, run->t, run->x, run->p, run->u, run->c, values,
                             run->work);
}

double tac_model_events_next(const tac_model_run *run)
{
    double t = (double)INFINITY;
    for (size_t i = 0; i < run->n_pending; i++) {
        t = run->pending[i].t < t ? run->pending[i].t : t;
    }
    return t;
}

static const double *changes_of(const tac_program_event *event, const double *values)
{
    return &values[event->i_value + (event->has_delay ? 1U : 0U) + (event->has_priority ? 1U : 0U)];
}

static tac_status make_room(tac_ctx *ctx, tac_model_run *run)
{
    if (run->n_pending < run->cap_pending) {
        return TAC_OK;
    }
    const size_t cap = run->cap_pending == 0 ? 16 : 2 * run->cap_pending;
    tac_pending *pending = tac_realloc(run->pending, cap, sizeof *pending);
    run->pending = pending == NULL ? run->pending : pending;
    double *values =
        tac_realloc(run->pending_values, cap * (run->n_change_max + 1), sizeof *values);
    run->pending_values = values == NULL ? run->pending_values : values;
    if (pending == NULL || values == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    run->cap_pending = cap;
    return TAC_OK;
}

/** A trigger has become true. */
static tac_status trigger(tac_ctx *ctx, tac_model_run *run, uint32_t k)
{
    const tac_program_event *event = &run->events->events[k];
    const tac_status st = make_room(ctx, run);
    if (st != TAC_OK) {
        return st;
    }
    compute_values(run, run->values);
    const double delay = event->has_delay ? run->values[event->i_value] : 0.0;
    if (!(delay >= 0.0)) {
        return tac_fail(ctx, TAC_E_SOLVER,
                        "the delay of event '%s' is %g at t = %.10g: it must "
                        "not be negative",
                        event->id, delay, run->t);
    }
    if (event->n_change > 0) {
        memcpy(&run->pending_values[run->n_pending * run->n_change_max],
               changes_of(event, run->values), event->n_change * sizeof(double));
    }
    run->pending[run->n_pending++] = (tac_pending){k, run->t + delay};
    return TAC_OK;
}

/** Take one event out of the queue; the order of the others stays. */
static void take_out(tac_model_run *run, size_t i)
{
    const size_t n = --run->n_pending - i;
    memmove(&run->pending[i], &run->pending[i + 1], n * sizeof *run->pending);
    memmove(&run->pending_values[i * run->n_change_max],
            &run->pending_values[(i + 1) * run->n_change_max],
            n * run->n_change_max * sizeof(double));
}

static void cancel(tac_model_run *run, uint32_t k)
{
    for (size_t i = run->n_pending; i-- > 0;) {
        if (run->pending[i].event == k) {
            take_out(run, i);
        }
    }
}

static bool is_true(double truth)
{
    return fabs(truth) > 0.0;
}

/** Compare all conditions with what they were. */
static tac_status look_at_triggers(tac_ctx *ctx, tac_model_run *run, bool *has_changed_out)
{
    tac_status st = TAC_OK;
    tac_program_conditions(run->program, run->t, run->x, run->p, run->u, run->c, run->conditions,
                           run->work);
    for (size_t k = 0; st == TAC_OK && k < run->events->n_condition; k++) {
        const bool before = is_true(run->truth[k]);
        const bool now = is_true(run->conditions[k]);
        run->truth[k] = run->conditions[k];
        *has_changed_out = *has_changed_out || before != now;
        if (k >= run->events->n_event || before == now) {
            continue;
        }
        if (now) {
            st = trigger(ctx, run, (uint32_t)k);
        } else if (!run->events->events[k].is_persistent) {
            cancel(run, (uint32_t)k);
        }
    }
    return st;
}

/** The event that is due and comes first; SIZE_MAX when none is due. */
static size_t next_due(tac_model_run *run)
{
    size_t best = SIZE_MAX;
    double highest = 0.0;
    uint32_t n_equal = 0;
    compute_values(run, run->values);
    for (size_t i = 0; i < run->n_pending; i++) {
        const tac_program_event *event = &run->events->events[run->pending[i].event];
        if (run->pending[i].t > run->t) {
            continue;
        }
        double priority = -(double)INFINITY;
        if (event->has_priority) {
            priority = run->values[event->i_value + (event->has_delay ? 1U : 0U)];
        }
        if (best == SIZE_MAX || priority > highest) {
            best = i;
            highest = priority;
            n_equal = 1;
        } else if (!(priority < highest)) {
            n_equal++;
            if (tac_rng_uniform(&run->rng) * n_equal < 1.0) {
                best = i;
            }
        }
    }
    return best;
}

static void happen(tac_model_run *run, size_t i)
{
    const tac_program_event *event = &run->events->events[run->pending[i].event];
    const double *from = &run->pending_values[i * run->n_change_max];
    if (event->is_late) { /* run->values are those of this moment */
        from = changes_of(event, run->values);
    }
    for (size_t k = 0; k < event->n_change; k++) {
        const double size = event->sizes[k] == SIZE_MAX ? 1.0 : run->values[event->sizes[k]];
        run->x[event->states[k]] = from[k] * size;
    }
    take_out(run, i);
}

tac_status tac_model_events_happen(tac_ctx *ctx, tac_model_run *run, bool *has_changed_out)
{
    *has_changed_out = false;
    for (long n = 0;; n++) {
        const tac_status st = look_at_triggers(ctx, run, has_changed_out);
        const size_t i = st == TAC_OK ? next_due(run) : SIZE_MAX;
        if (i == SIZE_MAX) {
            return st;
        }
        if (n == MAX_AT_ONCE) {
            return tac_fail(ctx, TAC_E_SOLVER,
                            "at t = %.10g events trigger each other without end, '%s' among them",
                            run->t, run->events->events[run->pending[i].event].id);
        }
        happen(run, i);
        *has_changed_out = true;
    }
}

tac_status tac_model_events_start(tac_ctx *ctx, tac_model_run *run)
{
    bool has_changed = false;
    tac_program_conditions(run->program, run->t, run->x, run->p, run->u, run->c, run->truth,
                           run->work);
    for (size_t k = 0; k < run->events->n_event; k++) {
        run->truth[k] = run->events->events[k].was_true ? 1.0 : 0.0;
    }
    return tac_model_events_happen(ctx, run, &has_changed);
}
