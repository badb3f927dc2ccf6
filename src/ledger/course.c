/* SPDX-License-Identifier: Apache-2.0 */
/* Lives the arms of a study and reads windows, extremes and half-lives from the courses; see course.h. */
#include "ledger/course.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

static const double LN2 = 0.693147180559945309;

/* One observable over time in one arm. */
typedef struct course {
    const tac_planned_arm *arm;
    size_t n_time;
    const double *t_h;
    const double *values;
} course;

/* Where the samples of one life go. */
typedef struct record {
    const tac_plan *plan;
    size_t n_time;
    double *values; /* [n_observed][n_time] */
} record;

tac_status tac_seen_create(tac_ctx *ctx, const tac_plan *plan, size_t n_member, tac_seen *seen_out)
{
    const size_t n = plan->study->n_finding * n_member * TAC_N_FEATURE;
    *seen_out = (tac_seen){.n_member = n_member};
    for (size_t k = 0; k < 2; k++) {
        const tac_status st = tac_alloc_doubles(ctx, n + 1, &seen_out->features[k]);
        if (st != TAC_OK) {
            return st;
        }
    }
    tac_seen_clear(seen_out, plan);
    return TAC_OK;
}

void tac_seen_clear(tac_seen *seen, const tac_plan *plan)
{
    const size_t n = plan->study->n_finding * seen->n_member * TAC_N_FEATURE;
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < n; i++) {
            seen->features[k][i] = (double)NAN;
        }
    }
}

void tac_seen_free(tac_seen *seen)
{
    tac_free(seen->features[0]);
    tac_free(seen->features[1]);
    *seen = (tac_seen){0};
}

double (*tac_seen_of(const tac_seen *seen, size_t finding, bool without_touch))[TAC_N_FEATURE]
{
    double(*all)[TAC_N_FEATURE] =
        (double(*)[TAC_N_FEATURE])(void *)seen->features[without_touch ? 1 : 0];
    return &all[finding * seen->n_member];
}

static void keep_sample(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x)
{
    const record *r = user;
    tac_sim_observe(sim, t_h, x);
    for (size_t o = 0; o < r->plan->n_observed; o++) {
        r->values[o * r->n_time + i_sample] = tac_observed_value(&r->plan->observed[o], sim, x);
    }
}

/* ---- reading a course ---- */

/** Value at t, linear between samples. */
static double at(const course *c, double t_h)
{
    size_t low = 0;
    size_t high = c->n_time - 1;
    if (t_h <= c->t_h[0]) {
        return c->values[0];
    }
    if (t_h >= c->t_h[high]) {
        return c->values[high];
    }
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        low = c->t_h[middle] <= t_h ? middle : low;
        high = c->t_h[middle] <= t_h ? high : middle;
    }
    const double share = (t_h - c->t_h[low]) / (c->t_h[high] - c->t_h[low]);
    return c->values[low] + share * (c->values[high] - c->values[low]);
}

/** Mean over a stretch by the trapezoidal rule; the value at a moment. */
static double mean_in(const course *c, tac_stretch s)
{
    double sum = 0.0;
    double t_h = s.from_h;
    double value = at(c, t_h);
    if (!(s.to_h > s.from_h)) {
        return value;
    }
    for (size_t i = 0; i < c->n_time; i++) {
        if (c->t_h[i] > s.from_h && c->t_h[i] < s.to_h) {
            sum += (c->t_h[i] - t_h) * (value + c->values[i]) / 2.0;
            t_h = c->t_h[i];
            value = c->values[i];
        }
    }
    sum += (s.to_h - t_h) * (value + at(c, s.to_h)) / 2.0;
    return sum / (s.to_h - s.from_h);
}

/* What an extreme is taken of: a course less what it is held against. */
typedef struct comparison {
    const tac_finding *finding;
    const course *of;
    const course *versus;
    double offset; /* difference of the two before, where changes are compared */
} comparison;

static double compared_at(const comparison *c, double t_h)
{
    double value = at(c->of, t_h) - c->offset;
    if (c->finding->versus == TAC_VERSUS_ARM) {
        value -= at(c->versus, t_h - c->of->arm->life.zero_h + c->versus->arm->life.zero_h);
    } else if (c->finding->versus == TAC_VERSUS_DAY_BEFORE) {
        value -= at(c->of, t_h - 24.0);
    }
    return value;
}

/** Largest (sign 1) or smallest (sign -1) value in a stretch and its time. */
static double extreme_in(const comparison *c, tac_stretch s, double sign, double *t_h_out)
{
    double best = compared_at(c, s.from_h);
    *t_h_out = s.from_h;
    for (size_t i = 0; i < c->of->n_time; i++) {
        const double t_h = c->of->t_h[i];
        if (t_h >= s.from_h - 1e-9 && t_h <= s.to_h + 1e-9) {
            const double value = compared_at(c, t_h);
            if (sign * value > sign * best) {
                best = value;
                *t_h_out = t_h;
            }
        }
    }
    return best;
}

/** From the highest point of the stretch to its end, over the level of before; NaN where nothing falls. */
static double half_life_in(const comparison *c, tac_stretch s, double before)
{
    double from_h = 0.0;
    const double high = extreme_in(c, s, 1.0, &from_h) - before;
    const double low = compared_at(c, s.to_h) - before;
    return low > 0.0 && high > low ? LN2 * (s.to_h - from_h) / log(high / low) : (double)NAN;
}

static void see_extreme(const comparison *c, tac_stretch s, double before, double *features)
{
    double t_h = 0.0;
    const tac_as as = c->finding->as;
    const double sign = as == TAC_AS_NADIR || as == TAC_AS_NADIR_TIME ? -1.0 : 1.0;
    const double value = extreme_in(c, s, sign, &t_h);
    const bool is_time = as == TAC_AS_PEAK_TIME || as == TAC_AS_NADIR_TIME;
    features[TAC_OF_AT] = is_time                  ? t_h - c->of->arm->life.zero_h
                          : as == TAC_AS_HALF_LIFE ? half_life_in(c, s, before)
                          : as == TAC_AS_SLOPE
                              ? (compared_at(c, s.to_h) - compared_at(c, s.from_h))
                                    / fmax(s.to_h - s.from_h, 1e-9) * c->finding->per_h
                              : value;
}

static bool is_read_from_course(const tac_finding *f)
{
    return f->as == TAC_AS_PEAK || f->as == TAC_AS_NADIR || f->as == TAC_AS_PEAK_TIME
           || f->as == TAC_AS_NADIR_TIME || f->as == TAC_AS_HALF_LIFE || f->as == TAC_AS_SLOPE;
}

static void see_finding(const tac_finding *f, const course *of, const course *versus,
                        double *features)
{
    const tac_stretch s = tac_plan_at(f, of->arm);
    features[TAC_OF_AT] = mean_in(of, s);
    features[TAC_OF_BEFORE] = mean_in(of, tac_plan_before(f, of->arm));
    features[TAC_VERSUS_AT] = (double)NAN;
    features[TAC_VERSUS_BEFORE] = (double)NAN;
    if (f->versus == TAC_VERSUS_ARM) {
        features[TAC_VERSUS_AT] = mean_in(versus, tac_plan_at(f, versus->arm));
        features[TAC_VERSUS_BEFORE] = mean_in(versus, tac_plan_before(f, versus->arm));
    }
    if (is_read_from_course(f)) {
        comparison c = {f, of, versus, 0.0};
        const double before = features[TAC_OF_BEFORE];
        if (f->versus == TAC_VERSUS_ARM && f->change) {
            c.offset = before - features[TAC_VERSUS_BEFORE];
        } else if (f->versus == TAC_VERSUS_BASELINE && f->as != TAC_AS_HALF_LIFE) {
            c.offset = before;
        }
        see_extreme(&c, s, before, features);
    }
}

/* ---- living ---- */

/** The memory of one person's lives: a course of each observable in each arm. */
static tac_status live_arm(tac_ctx *ctx, const tac_plan *plan, const tac_companies *companies,
                           tac_sim *sim, size_t i_member, const tac_planned_arm *arm,
                           double **values_out)
{
    const tac_image *image = sim->image;
    const tac_company *company = &companies->items[arm->company];
    record r = {plan, arm->n_time, NULL};
    tac_status st = tac_alloc_doubles(ctx, arm->n_time * plan->n_observed + 1, values_out);
    if (st != TAC_OK) {
        return st;
    }
    r.values = *values_out;
    memcpy(sim->p, &company->p[i_member * image->n_parameter], image->n_parameter * sizeof *sim->p);
    memcpy(sim->x, &company->x[i_member * image->n_state], image->n_state * sizeof *sim->x);
    return tac_sim_follow(ctx, sim, arm->schedule, 0.0, arm->life.end_h, arm->n_time, arm->t_h,
                          keep_sample, &r);
}

static course course_of(const tac_plan *plan, const tac_planned_arm *arm, double *const *values,
                        size_t observed)
{
    return (course){arm, arm->n_time, arm->t_h, values[arm - plan->arms] + observed * arm->n_time};
}

/** Read all findings from the courses of one person. */
static void see_all(const tac_plan *plan, size_t stratum, double *const *values, size_t i_member,
                    tac_seen *seen)
{
    for (size_t i = 0; i < plan->study->n_finding; i++) {
        const tac_finding *f = &plan->study->findings[i];
        const size_t n_way = plan->findings[i].reason != NULL ? 0 : plan->without_touch ? 2 : 1;
        for (size_t k = 0; k < n_way; k++) {
            const size_t other = f->versus == TAC_VERSUS_ARM ? f->versus_arm : f->of;
            const tac_planned_arm *of =
                tac_plan_arm(plan, f->of, stratum, k == 1 && plan->has_touch[f->of]);
            const tac_planned_arm *versus =
                tac_plan_arm(plan, other, stratum, k == 1 && plan->has_touch[other]);
            const course a = course_of(plan, of, values, plan->findings[i].observed);
            const course b = course_of(plan, versus, values, plan->findings[i].observed);
            see_finding(f, &a, &b, tac_seen_of(seen, i, k == 1)[i_member]);
        }
    }
}

tac_status tac_course_live(tac_ctx *ctx, const tac_plan *plan, const tac_companies *companies,
                           tac_sim *sim, size_t i_member, tac_seen *seen)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    double **values = NULL;
    const size_t n_arm = plan->study->n_arm;
    const size_t stratum = (i_member / 4) % plan->n_stratum;

    TAC_TRY(tac_alloc(ctx, n_arm * plan->n_stratum * 2, sizeof *values, &memory));
    values = memory;
    for (size_t a = 0; a < n_arm; a++) {
        const size_t n_way = plan->has_touch[a] && plan->without_touch ? 2 : 1;
        for (size_t k = 0; plan->is_used[a] && k < n_way; k++) {
            const tac_planned_arm *arm = tac_plan_arm(plan, a, stratum, k == 1);
            if (arm->schedule != NULL) {
                TAC_TRY(
                    live_arm(ctx, plan, companies, sim, i_member, arm, &values[arm - plan->arms]));
            }
        }
    }
    see_all(plan, stratum, values, i_member, seen);
out:
    for (size_t i = 0; values != NULL && i < n_arm * plan->n_stratum * 2; i++) {
        tac_free(values[i]);
    }
    tac_free(values);
    return st;
}
