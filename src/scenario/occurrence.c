/* SPDX-License-Identifier: Apache-2.0 */
/* Expands repeats and weekdays into times, and finds what cannot be at once. */
#include "scenario/occurrence.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "scenario/quantity.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_H = 24.0;
static const double WEEK_H = 168.0;
static const size_t MAX_OCCURRENCES = 200000;

/* Shorter than this is no overlap: one event ends when the next begins. */
static const double SAME_TIME_H = 1e-6;

void tac_occurrences_free(tac_occurrences *list)
{
    tac_free(list->items);
    *list = (tac_occurrences){0};
}

const tac_event *tac_occurrence_event(const tac_scenario *scenario, const tac_arm *arm,
                                      const tac_occurrence *occurrence)
{
    return occurrence->is_programme ? &arm->events[occurrence->event]
                                    : &scenario->life[occurrence->event];
}

double tac_calendar_end_h(const tac_scenario *scenario, tac_calendar calendar)
{
    switch (calendar) {
    case TAC_CALENDAR_WHOLE: return scenario->duration_h;
    case TAC_CALENDAR_HABIT_DAY: return DAY_H;
    case TAC_CALENDAR_HABIT_WEEK: return WEEK_H;
    }
    TAC_BUG("a calendar of no kind");
}

/** A day divides evenly into its repeats. */
static bool is_daily(const tac_recurrence *when)
{
    const double per_day = when->every_day > 0.0 ? 1.0 / when->every_day : 0.0;
    return when->days == 0 && per_day > 0.5 && fabs(per_day - round(per_day)) < 1e-9;
}

static bool is_weekly(const tac_recurrence *when)
{
    return (when->days != 0 && when->every_day < 7.5)
           || (when->days == 0 && fabs(when->every_day - 7.0) < 1e-9);
}

bool tac_event_is_habit(const tac_event *event, tac_calendar calendar)
{
    const tac_recurrence *when = &event->when;
    if (calendar == TAC_CALENDAR_WHOLE || when->is_whole_time) {
        return true;
    }
    if (when->n_time > 0 || when->on_day > 0 || !when->has_clock) {
        return false;
    }
    return is_daily(when) || (calendar == TAC_CALENDAR_HABIT_WEEK && is_weekly(when));
}

bool tac_life_has_week(const tac_scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_life; i++) {
        const tac_event *event = &scenario->life[i];
        if (tac_event_is_habit(event, TAC_CALENDAR_HABIT_WEEK)
            && !tac_event_is_habit(event, TAC_CALENDAR_HABIT_DAY)) {
            return true;
        }
    }
    return false;
}

/** Append [from, to] cut to [0, end]. */
static tac_status append(tac_ctx *ctx, tac_occurrences *list, tac_occurrence o, double end_h)
{
    o.from_h = fmax(o.from_h, 0.0);
    o.to_h = fmin(o.to_h, end_h);
    if (o.to_h - o.from_h < SAME_TIME_H) {
        return TAC_OK;
    }
    if (list->n >= MAX_OCCURRENCES) {
        return tac_fail(
            ctx, TAC_E_INPUT,
            "events happen more than %zu times in this scenario; repeat them less often",
            MAX_OCCURRENCES);
    }
    if (list->n == list->cap) {
        const size_t cap = list->cap == 0 ? 64 : 2 * list->cap;
        tac_occurrence *items = tac_realloc(list->items, cap, sizeof *items);
        if (items == NULL) {
            return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        }
        list->items = items;
        list->cap = cap;
    }
    list->items[list->n++] = o;
    return TAC_OK;
}

/** Hours to the Monday of the week in which the scenario starts. */
static double monday_h(const tac_scenario *scenario)
{
    return -DAY_H * (double)tac_weekday_of(scenario->start_day) - scenario->start_clock_h;
}

/** On days of the week: one step is a week, or several, and holds one time for each day. */
static tac_status add_by_days(tac_ctx *ctx, const tac_scenario *scenario,
                              const tac_recurrence *when, tac_occurrence like, double end_h,
                              tac_occurrences *list)
{
    const double step_h = fmax(WEEK_H, DAY_H * when->every_day);
    const bool reaches_back = !like.is_programme && when->n_time == 0;
    long n_time = 0;
    for (double week_h = monday_h(scenario) - (reaches_back ? step_h : 0.0); week_h < end_h;
         week_h += step_h) {
        for (int d = 0; d < 7; d++) {
            like.from_h = week_h + DAY_H * d + when->clock_h;
            like.to_h = like.from_h + when->duration_h;
            if ((when->days >> d & 1U) == 0 || (like.from_h < -SAME_TIME_H && !reaches_back)) {
                continue;
            }
            const tac_status st = append(ctx, list, like, end_h);
            if (st != TAC_OK || (when->n_time > 0 && ++n_time >= when->n_time)) {
                return st;
            }
        }
    }
    return TAC_OK;
}

/** When the event happens for the first time in the scenario. */
static double first_h(const tac_scenario *scenario, const tac_recurrence *when)
{
    const double clock_h = when->clock_h - scenario->start_clock_h;
    if (!when->has_clock) {
        return when->offset_h;
    }
    if (when->on_day > 0) {
        return DAY_H * (double)(when->on_day - 1) + clock_h;
    }
    return clock_h < -SAME_TIME_H ? clock_h + DAY_H : clock_h;
}

/** Once, or again after equal times. */
static tac_status add_by_steps(tac_ctx *ctx, const tac_scenario *scenario,
                               const tac_recurrence *when, tac_occurrence like, double end_h,
                               tac_occurrences *list)
{
    const double step_h = DAY_H * when->every_day;
    const bool reaches_back =
        !like.is_programme && when->n_time == 0 && when->on_day == 0 && step_h > 0.0;
    const double base_h = first_h(scenario, when) - (reaches_back ? step_h : 0.0);
    const long n_time = when->n_time > 0 ? when->n_time : step_h > 0.0 ? LONG_MAX : 1;
    for (long k = 0; k < n_time && base_h + step_h * (double)k < end_h; k++) {
        like.from_h = base_h + step_h * (double)k;
        like.to_h = like.from_h + when->duration_h;
        const tac_status st = append(ctx, list, like, end_h);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

tac_status tac_occurrences_add(tac_ctx *ctx, const tac_scenario *scenario, const tac_event *event,
                               uint32_t i_event, bool is_programme, double end_h,
                               tac_occurrences *list)
{
    const tac_occurrence like = {.from_h = 0.0,
                                 .to_h = end_h,
                                 .event = i_event,
                                 .is_programme = is_programme};
    if (event->when.is_whole_time) {
        return append(ctx, list, like, end_h);
    }
    return event->when.days != 0 ? add_by_days(ctx, scenario, &event->when, like, end_h, list)
                                 : add_by_steps(ctx, scenario, &event->when, like, end_h, list);
}

static int compare(const void *a, const void *b)
{
    const tac_occurrence *x = a;
    const tac_occurrence *y = b;
    if (x->from_h < y->from_h || x->from_h > y->from_h) {
        return x->from_h < y->from_h ? -1 : 1;
    }
    if (x->is_programme != y->is_programme) {
        return x->is_programme ? 1 : -1;
    }
    return (x->event > y->event) - (x->event < y->event);
}

/* ---- what takes the place of habits ---- */

/* The list that is being thinned out. */
typedef struct thinning {
    const tac_words *words;
    const tac_scenario *scenario;
    const tac_arm *arm;
    tac_occurrences *list;
} thinning;

static bool is_habit_of_life(const thinning *t, const tac_occurrence *o)
{
    const tac_event *event = tac_occurrence_event(t->scenario, t->arm, o);
    return !o->is_programme && tac_event_is_habit(event, TAC_CALENDAR_HABIT_WEEK);
}

/** Mark (to_h = from_h) the habits of a verb that overlap something else of the same verb. */
static void thin_verb(const thinning *t, const char *verb)
{
    const size_t n = t->list->n;
    double until_h = -1.0; /* end of what has taken a place so far */
    for (size_t i = 0; i < n; i++) {
        tac_occurrence *o = &t->list->items[i];
        if (strcmp(tac_occurrence_event(t->scenario, t->arm, o)->verb, verb) != 0) {
            continue;
        }
        if (!is_habit_of_life(t, o)) {
            until_h = fmax(until_h, o->to_h);
        } else if (o->from_h < until_h - SAME_TIME_H) {
            o->to_h = o->from_h;
        }
    }
    double next_h = (double)INFINITY; /* beginning of what takes a place later */
    for (size_t i = n; i-- > 0;) {
        tac_occurrence *o = &t->list->items[i];
        if (strcmp(tac_occurrence_event(t->scenario, t->arm, o)->verb, verb) != 0) {
            continue;
        }
        if (!is_habit_of_life(t, o)) {
            next_h = o->from_h;
        } else if (o->to_h > next_h + SAME_TIME_H) {
            o->to_h = o->from_h;
        }
    }
}

static void drop_replaced(const thinning *t)
{
    size_t n_rule = 0;
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(t->words, &n_rule);
    for (size_t i = 0; i < n_rule; i++) {
        if (rules[i].how == TAC_HOW_REPLACES && strcmp(rules[i].verb, rules[i].field) == 0) {
            thin_verb(t, rules[i].verb);
        }
    }
    for (size_t i = 0; i < t->list->n; i++) {
        const tac_occurrence o = t->list->items[i];
        if (o.to_h > o.from_h) {
            t->list->items[n++] = o;
        }
    }
    t->list->n = n;
}

tac_status tac_occurrences_collect(tac_ctx *ctx, const tac_words *words,
                                   const tac_scenario *scenario, const tac_arm *arm,
                                   tac_calendar calendar, tac_occurrences *list)
{
    tac_status st = TAC_OK;
    const double end_h = tac_calendar_end_h(scenario, calendar);
    const thinning t = {words, scenario, arm, list};
    for (size_t i = 0; i < scenario->n_life; i++) {
        if (tac_event_is_habit(&scenario->life[i], calendar)) {
            TAC_TRY(tac_occurrences_add(ctx, scenario, &scenario->life[i], (uint32_t)i, false,
                                        end_h, list));
        }
    }
    for (size_t i = 0; arm != NULL && i < arm->n_event; i++) {
        TAC_TRY(
            tac_occurrences_add(ctx, scenario, &arm->events[i], (uint32_t)i, true, end_h, list));
    }
    if (list->n > 0) {
        qsort(list->items, list->n, sizeof *list->items, compare);
    }
    drop_replaced(&t);
out:
    return st;
}

/* ---- what cannot be at once ---- */

static void say_time(char *text, size_t size, const tac_scenario *scenario, double t_h)
{
    const double minutes = round(60.0 * (t_h + scenario->start_clock_h));
    const double day = floor(minutes / 1440.0);
    const int minute = (int)(minutes - 1440.0 * day);
    snprintf(text, size, "day %.0f, %02d:%02d", day + 1.0, minute / 60, minute % 60);
}

/* Pairs of events that have been reported, and those that are on at the moment. */
typedef struct overlaps {
    tac_ctx *ctx;
    const tac_words *words;
    const tac_scenario *scenario;
    const tac_arm *arm;
    const tac_event *pairs[TAC_MAX_ERRORS][2];
    size_t n_pair;
} overlaps;

static bool is_reported(const overlaps *v, const tac_event *a, const tac_event *b)
{
    for (size_t i = 0; i < v->n_pair; i++) {
        if ((v->pairs[i][0] == a && v->pairs[i][1] == b)
            || (v->pairs[i][0] == b && v->pairs[i][1] == a)) {
            return true;
        }
    }
    return false;
}

/** Event b begins at t_h, while a is on. */
static tac_status refuse_pair(overlaps *v, const tac_event *a, const tac_event *b, bool points_at_a,
                              double t_h)
{
    size_t line = 0;
    size_t column = 0;
    char when[64];
    char where[96];
    const tac_event *shown = points_at_a ? a : b;
    const tac_event *other = points_at_a ? b : a;
    v->pairs[v->n_pair][0] = a;
    v->pairs[v->n_pair++][1] = b;
    tac_source_place(&v->scenario->source, other->span.offset, &line, &column);
    say_time(when, sizeof when, v->scenario, t_h);
    if (other->is_everyday) {
        snprintf(where, sizeof where, "of everyday life (write a '%.20s' event to change it)",
                 other->verb);
    } else {
        snprintf(where, sizeof where, "of line %zu", line);
    }
    return tac_fail_at(v->ctx, TAC_E_INPUT, &v->scenario->source, shown->span,
                       "'%s%s%s' cannot be at the same time as '%s%s%s' %s: %s; move one of them",
                       shown->verb, shown->kind[0] == '\0' ? "" : " ", shown->kind, other->verb,
                       other->kind[0] == '\0' ? "" : " ", other->kind, where, when);
}

static bool cannot_join(const overlaps *v, const tac_event *a, const tac_event *b)
{
    return tac_words_relate(v->words, a->verb, a->kind, TAC_HOW_EXCLUDES, b->verb)
           || tac_words_relate(v->words, b->verb, b->kind, TAC_HOW_EXCLUDES, a->verb);
}

static bool is_background(const tac_event *event)
{
    return event->when.is_whole_time || !isfinite(event->when.duration_h);
}

/** Compare an occurrence with those that are still on. */
static tac_status check_one(overlaps *v, const tac_occurrence *b, size_t n_on,
                            const tac_occurrence *const *on)
{
    tac_status result = TAC_OK;
    const tac_event *event_b = tac_occurrence_event(v->scenario, v->arm, b);
    for (size_t i = 0; i < n_on && v->n_pair < TAC_MAX_ERRORS; i++) {
        const tac_event *event_a = tac_occurrence_event(v->scenario, v->arm, on[i]);
        if (v->arm != NULL && !b->is_programme && !on[i]->is_programme) {
            continue;
        }
        if (cannot_join(v, event_a, event_b) && !is_reported(v, event_a, event_b)) {
            /* Of everyday life and an event, of life and a programme: show what was asked for. */
            const bool points_at_a =
                event_b->is_everyday || (on[i]->is_programme && !b->is_programme);
            result = refuse_pair(v, event_a, event_b, points_at_a, b->from_h);
        }
    }
    return result;
}

tac_status tac_occurrences_check(tac_ctx *ctx, const tac_words *words, const tac_scenario *scenario,
                                 const tac_arm *arm, const tac_occurrences *list)
{
    tac_status st = TAC_OK;
    tac_status result = TAC_OK;
    overlaps v = {.ctx = ctx, .words = words, .scenario = scenario, .arm = arm};
    const tac_occurrence **on = NULL;
    size_t n_on = 0;
    void *memory = NULL;

    TAC_TRY(tac_alloc(ctx, list->n, sizeof *on, &memory));
    on = memory;
    for (size_t i = 0; i < list->n && v.n_pair < TAC_MAX_ERRORS; i++) {
        const tac_occurrence *b = &list->items[i];
        size_t n_still = 0;
        if (is_background(tac_occurrence_event(scenario, arm, b))) {
            continue;
        }
        for (size_t k = 0; k < n_on; k++) {
            if (on[k]->to_h > b->from_h + SAME_TIME_H) {
                on[n_still++] = on[k];
            }
        }
        n_on = n_still;
        st = check_one(&v, b, n_on, on);
        result = st != TAC_OK ? st : result;
        on[n_on++] = b;
    }
    st = result;
out:
    tac_free(on);
    return st;
}
