/* SPDX-License-Identifier: Apache-2.0 */
/* Expands repeats and weekdays into times, and finds what cannot be at once. */
#include "sim/occurrence.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "sim/quantity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_H = 24.0;
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

static bool is_daily(const tac_recurrence *when)
{
    return when->days == 0x7FU || (when->days == 0 && fabs(when->every_day - 1.0) < 1e-9);
}

static bool is_weekly(const tac_recurrence *when)
{
    return when->days != 0 || (when->days == 0 && fabs(when->every_day - 7.0) < 1e-9);
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
        const size_t cap = list->cap == 0 ? 256 : 2 * list->cap;
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

/** True when the event happens on day d, counted from the day in which the scenario starts. */
static bool is_on_day(const tac_scenario *scenario, const tac_recurrence *when, long d,
                      long first_day)
{
    const unsigned weekday = tac_weekday_of(scenario->start_day + d);
    if (when->on_day > 0) {
        return d == when->on_day - 1;
    }
    if (when->days != 0) {
        return (when->days >> weekday & 1U) != 0;
    }
    if (when->every_day > 0.0) {
        const double n = (double)(d - first_day) / when->every_day;
        return fabs(n - round(n)) < 1e-9;
    }
    return d == first_day;
}

/** Events with a time of day. */
static tac_status add_by_clock(tac_ctx *ctx, const tac_scenario *scenario,
                               const tac_recurrence *when, tac_occurrence like, double end_h,
                               tac_occurrences *list)
{
    const double first_h = when->clock_h - scenario->start_clock_h;
    const long first_day = first_h >= -SAME_TIME_H ? 0 : 1;
    const long last_day = (long)floor((end_h + scenario->start_clock_h) / DAY_H);
    long n_time = 0;
    /* What began on the days before may still be on. */
    const long n_back = like.is_programme ? 0 : (long)ceil(when->duration_h / DAY_H);
    for (long d = -n_back; d <= last_day; d++) {
        like.from_h = first_h + DAY_H * (double)d;
        like.to_h = like.from_h + when->duration_h;
        const bool is_before = like.from_h < -SAME_TIME_H;
        if (!is_on_day(scenario, when, d, first_day)
            || (is_before && (like.is_programme || when->n_time > 0))) {
            continue;
        }
        if (when->n_time > 0 && ++n_time > when->n_time) {
            break;
        }
        const tac_status st = append(ctx, list, like, end_h);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

/** Events that count from the start. */
static tac_status add_by_offset(tac_ctx *ctx, const tac_recurrence *when, tac_occurrence like,
                                double end_h, tac_occurrences *list)
{
    const double step_h = DAY_H * when->every_day;
    long n_time = 0;
    for (double from_h = when->offset_h; from_h < end_h; from_h += step_h) {
        like.from_h = from_h;
        like.to_h = from_h + when->duration_h;
        const tac_status st = append(ctx, list, like, end_h);
        if (st != TAC_OK || !(step_h > 0.0) || (when->n_time > 0 && ++n_time >= when->n_time)) {
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
    return event->when.has_clock ? add_by_clock(ctx, scenario, &event->when, like, end_h, list)
                                 : add_by_offset(ctx, &event->when, like, end_h, list);
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

void tac_occurrences_sort(tac_occurrences *list)
{
    if (list->n > 0) {
        qsort(list->items, list->n, sizeof *list->items, compare);
    }
}

/** True when the rules of `a` exclude the verb of `b`. */
static bool excludes(const tac_words *words, const tac_event *a, const tac_event *b)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how == TAC_HOW_EXCLUDES && strcmp(rules[i].verb, a->verb) == 0
            && strcmp(rules[i].field, b->verb) == 0) {
            return true;
        }
    }
    return false;
}

static void say_clock(char *text, size_t size, const tac_scenario *scenario, double t_h)
{
    const double hours = t_h + scenario->start_clock_h;
    const long day = (long)floor(hours / DAY_H + 1e-9);
    const long minutes = lround(60.0 * (hours - DAY_H * (double)day));
    snprintf(text, size, "day %ld, %02ld:%02ld", day + 1, minutes / 60, minutes % 60);
}

static tac_status refuse_pair(tac_ctx *ctx, const tac_scenario *scenario, const tac_event *a,
                              const tac_event *b, double t_h)
{
    size_t line = 0;
    size_t column = 0;
    char when[64];
    tac_source_place(&scenario->source, a->span.offset, &line, &column);
    say_clock(when, sizeof when, scenario, t_h);
    return tac_fail_at(ctx, TAC_E_INPUT, &scenario->source, b->span,
                       "'%s%s%s' cannot be at the same time as '%s%s%s' of line %zu (%s); move one "
                       "of them",
                       b->verb, b->kind[0] == '\0' ? "" : " ", b->kind, a->verb,
                       a->kind[0] == '\0' ? "" : " ", a->kind, line, when);
}

/* Pairs of events that have been reported. */
typedef struct reported {
    const tac_event *a;
    const tac_event *b;
} reported;

tac_status tac_occurrences_check(tac_ctx *ctx, const tac_words *words, const tac_scenario *scenario,
                                 const tac_arm *arm, const tac_occurrences *list)
{
    tac_status result = TAC_OK;
    reported pairs[TAC_MAX_ERRORS];
    size_t n_pair = 0;
    double longest_h = 0.0;
    for (size_t i = 0; i < list->n && n_pair < TAC_MAX_ERRORS; i++) {
        const tac_occurrence *b = &list->items[i];
        const tac_event *event_b = tac_occurrence_event(scenario, arm, b);
        /* Earlier ones that may still be on: no event is longer than the longest so far. */
        for (size_t k = i; k-- > 0 && b->from_h - list->items[k].from_h < longest_h;) {
            const tac_occurrence *a = &list->items[k];
            const tac_event *event_a = tac_occurrence_event(scenario, arm, a);
            if (a->to_h - b->from_h < SAME_TIME_H
                || !(excludes(words, event_a, event_b) || excludes(words, event_b, event_a))) {
                continue;
            }
            bool is_known = false;
            for (size_t q = 0; q < n_pair; q++) {
                is_known = is_known || (pairs[q].a == event_a && pairs[q].b == event_b)
                           || (pairs[q].a == event_b && pairs[q].b == event_a);
            }
            if (!is_known && n_pair < TAC_MAX_ERRORS) {
                pairs[n_pair++] = (reported){event_a, event_b};
                result = refuse_pair(ctx, scenario, event_a, event_b, b->from_h);
            }
        }
        longest_h = fmax(longest_h, b->to_h - b->from_h);
    }
    return result;
}
