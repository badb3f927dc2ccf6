/* SPDX-License-Identifier: Apache-2.0 */
/* The number that stands for a trajectory; see outcome.h. */
#include "study/outcome.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

static const double DAY_H = 24.0;

tac_status tac_sessions_of(tac_ctx *ctx, const tac_schedule *schedule, tac_window **windows_out,
                           size_t *n_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, schedule->n_occurrence, sizeof **windows_out, &memory);
    *windows_out = memory;
    *n_out = 0;
    for (size_t i = 0; st == TAC_OK && i < schedule->n_occurrence; i++) {
        const tac_occurrence *o = &schedule->occurrences[i];
        if (o->is_programme && o->to_h > o->from_h) {
            (*windows_out)[(*n_out)++] = (tac_window){o->from_h, o->to_h};
        }
    }
    return st;
}

/** Mean over the days of each day's largest value. */
static double mean_daily_peak(const tac_ensemble *e, const float *values)
{
    double sum = 0.0;
    size_t n = 0;
    for (double from_h = 0.0; from_h + DAY_H <= e->scenario->duration_h + 1e-9; from_h += DAY_H) {
        const double peak =
            tac_max_in(e->n_time, e->t_h, values, (tac_window){from_h, from_h + DAY_H});
        sum += isnan(peak) ? 0.0 : peak;
        n += isnan(peak) ? 0 : 1;
    }
    if (n == 0) {
        return tac_max_in(e->n_time, e->t_h, values, (tac_window){0.0, e->scenario->duration_h});
    }
    return sum / (double)n;
}

/** The last value; NaN of none. */
static double last_value(const tac_ensemble *e, const float *values)
{
    return e->n_time == 0 ? (double)NAN : (double)values[e->n_time - 1];
}

bool tac_statistic_is_of_all(const tac_observable *observable)
{
    static const char *const OF_ALL[] = {"extreme", "total", "ever"};
    for (size_t i = 0; i < sizeof OF_ALL / sizeof OF_ALL[0]; i++) {
        if (strcmp(observable->statistic, OF_ALL[i]) == 0) {
            return true;
        }
    }
    return false;
}

double tac_statistic_of(const tac_ensemble *e, const tac_observable *observable,
                        const float *values, size_t n_window, const tac_window *windows)
{
    const double end_h = e->scenario->duration_h;
    const tac_window whole = {0.0, end_h};
    if (strcmp(observable->statistic, "session") == 0 && n_window > 0) {
        return tac_mean_in(e->n_time, e->t_h, values, n_window, windows);
    }
    if (strcmp(observable->statistic, "peak") == 0) {
        return mean_daily_peak(e, values);
    }
    if (strcmp(observable->statistic, "total") == 0) {
        return last_value(e, values);
    }
    if (strcmp(observable->statistic, "ever") == 0) {
        return tac_max_in(e->n_time, e->t_h, values, whole) > 0.5 ? 1.0 : 0.0;
    }
    if (strcmp(observable->statistic, "highest") == 0
        || strcmp(observable->statistic, "extreme") == 0) {
        return tac_max_in(e->n_time, e->t_h, values, whole);
    }
    if (strcmp(observable->statistic, "lowest") == 0) {
        return tac_min_in(e->n_time, e->t_h, values, whole);
    }
    if (strcmp(observable->statistic, "end") == 0) {
        const tac_window last = {fmax(0.0, end_h - DAY_H), end_h};
        return tac_mean_in(e->n_time, e->t_h, values, 1, &last);
    }
    if (strcmp(observable->statistic, "last") == 0) {
        const tac_window hour = {fmax(0.0, end_h - 1.0), end_h};
        return tac_mean_in(e->n_time, e->t_h, values, 1, &hour);
    }
    return tac_mean_in(e->n_time, e->t_h, values, 1, &whole);
}
