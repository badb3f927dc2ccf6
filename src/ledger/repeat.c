/* SPDX-License-Identifier: Apache-2.0 */
/* Draws repetitions of a study from a pool of virtual people; see repeat.h. */
#include "ledger/repeat.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/rng.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N_F TAC_N_FEATURE

enum { MAX_STRATUM = 16 };

/* More persons than this make an interval no narrower that matters. */
static const size_t MAX_PERSON = 400;

/* Samples that a mean over a window stands for, so that its noise is smaller. */
static const double SAMPLES_IN_WINDOW = 3.0;

/* The pool as numbers to draw from. */
typedef struct sampler {
    bool is_log;
    bool uses[N_F];
    double mean[N_F];
    double strata[MAX_STRATUM][N_F]; /* what an hour of the day adds */
    size_t n_stratum;
    double world[N_F][N_F];  /* lower triangle: root of the covariance of worlds */
    double person[N_F][N_F]; /* of persons */
    size_t n_pair;           /* pairs of worlds that the covariance is estimated from */
} sampler;

/* A repetition while it is drawn: what all its measurements share. */
typedef struct drawing {
    tac_rng *rng;
    const sampler *s;
    const tac_repeat_design *d;
    double shift[N_F]; /* by what is not known, on the sampler's scale */
    double factor;     /* by the laboratory and its volunteers */
    double offset;
    double time_error; /* share of the step between samples, -1 to 1 */
} drawing;

/* One repetition. */
typedef struct repetition {
    double *of[2];     /* [n_of] at, before */
    double *versus[2]; /* [n_versus] */
    double *x;         /* [n_of] what is compared */
    double *y;         /* [n_versus] */
} repetition;

/* ---- the pool ---- */

static bool is_single(const tac_finding *f)
{
    switch (f->as) {
    case TAC_AS_PEAK:
    case TAC_AS_NADIR:
    case TAC_AS_PEAK_TIME:
    case TAC_AS_NADIR_TIME:
    case TAC_AS_HALF_LIFE:
    case TAC_AS_SLOPE: return true;
    case TAC_AS_MEAN:
    case TAC_AS_MEDIAN:
    case TAC_AS_DIFFERENCE:
    case TAC_AS_PERCENT:
    case TAC_AS_RATIO:
    case TAC_AS_SMD:
    case TAC_AS_ODDS_RATIO:
    case TAC_AS_RISK_RATIO:
    case TAC_AS_PROBABILITY:
    case TAC_AS_DIRECTION: return false;
    }
    return false;
}

static bool is_of_time(const tac_finding *f)
{
    return f->as == TAC_AS_PEAK_TIME || f->as == TAC_AS_NADIR_TIME || f->as == TAC_AS_HALF_LIFE
           || f->as == TAC_AS_SLOPE;
}

/** Statistics of events have no before. */
static bool is_of_events(const tac_repeat_design *d)
{
    return d->finding->as == TAC_AS_ODDS_RATIO || d->finding->as == TAC_AS_RISK_RATIO
           || d->finding->as == TAC_AS_PROBABILITY;
}

static void find_uses(const tac_repeat_design *d, sampler *s)
{
    const tac_finding *f = d->finding;
    const bool is_direction = f->as == TAC_AS_DIRECTION;
    const bool is_level = f->as == TAC_AS_MEAN || f->as == TAC_AS_MEDIAN;
    const bool is_of_arm = f->versus == TAC_VERSUS_ARM && !is_single(f) && !is_level;
    const bool is_of_before =
        f->versus == TAC_VERSUS_BASELINE || f->versus == TAC_VERSUS_DAY_BEFORE;
    s->uses[TAC_OF_AT] = true;
    s->uses[TAC_OF_BEFORE] = !is_single(f) && !is_level && !is_of_events(d)
                             && (is_of_before || (is_of_arm && f->change)
                                 || (is_direction && f->versus == TAC_VERSUS_NOTHING));
    s->uses[TAC_VERSUS_AT] = is_of_arm;
    s->uses[TAC_VERSUS_BEFORE] = is_of_arm && f->change && !is_of_events(d);
    if (d->asked == TAC_ASKED_NOTHING_CHANGES) {
        s->uses[TAC_OF_BEFORE] = true;
        s->uses[TAC_VERSUS_BEFORE] = is_of_arm;
    }
}

/** A feature as this model has it. */
static double feature(const tac_pool *pool, const tac_repeat_design *d, size_t member, size_t k)
{
    const double *features = pool->features[member];
    if (d->asked == TAC_ASKED_NOTHING_CHANGES && (k == TAC_OF_AT || k == TAC_VERSUS_AT)) {
        const bool is_difference =
            is_single(d->finding) && d->finding->versus != TAC_VERSUS_NOTHING;
        return is_of_time(d->finding) ? (double)NAN : is_difference ? 0.0 : features[k + 1];
    }
    return features[k];
}

/** False when a number is missing. */
static bool choose_scale(const tac_pool *pool, const tac_repeat_design *d, sampler *s)
{
    s->is_log = !d->is_chance && !is_of_time(d->finding) && !(d->assay.sd > 0.0);
    for (size_t i = 0; i < 2 * pool->n_world; i++) {
        for (size_t k = 0; k < N_F; k++) {
            const double value = s->uses[k] ? feature(pool, d, i, k) : 1.0;
            if (!isfinite(value)) {
                return false;
            }
            s->is_log = s->is_log && value > 0.0;
        }
    }
    return true;
}

static double on_scale(const sampler *s, double value)
{
    return s->is_log ? log(value) : value;
}

/** Lower triangle L with L L' = a; what cannot vary gets zeros. */
static void root_of(double a[N_F][N_F], double l[N_F][N_F])
{
    memset(l, 0, N_F * sizeof *l);
    for (size_t j = 0; j < N_F; j++) {
        double pivot = a[j][j];
        for (size_t k = 0; k < j; k++) {
            pivot -= l[j][k] * l[j][k];
        }
        if (!(pivot > 1e-12 * (a[j][j] + 1e-30))) {
            continue;
        }
        l[j][j] = sqrt(pivot);
        for (size_t i = j + 1; i < N_F; i++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++) {
                sum -= l[i][k] * l[j][k];
            }
            l[i][j] = sum / l[j][j];
        }
    }
}

static void add_square(const double *v, double weight, double a[N_F][N_F])
{
    for (size_t i = 0; i < N_F; i++) {
        for (size_t j = 0; j < N_F; j++) {
            a[i][j] += weight * v[i] * v[j];
        }
    }
}

/** The value of a feature on the sampler's scale, 0 where it is not used. */
static double scaled(const sampler *s, const tac_pool *pool, const tac_repeat_design *d,
                     size_t member, size_t k)
{
    return s->uses[k] ? on_scale(s, feature(pool, d, member, k)) : 0.0;
}

/** Add what pairs of mirrored worlds share to the covariance of worlds: the part that their mirror does not turn. */
static void add_even_part(const tac_pool *pool, const sampler *s, double (*pair_means)[N_F],
                          double worlds[N_F][N_F])
{
    const double freedom = (double)s->n_pair - (double)s->n_stratum;
    for (size_t j = 0; freedom > 0.5 && j < s->n_pair; j++) {
        double residual[N_F];
        for (size_t k = 0; k < N_F; k++) {
            residual[k] = pair_means[j][k] - s->mean[k] - s->strata[j % pool->n_stratum][k];
        }
        add_square(residual, 1.0 / freedom, worlds);
    }
}

/** Means of the hours, and half the difference of twins and of mirrored worlds as what persons and worlds add. */
static void measure_pool(const tac_pool *pool, const tac_repeat_design *d,
                         double (*pair_means)[N_F], sampler *s)
{
    double persons[N_F][N_F] = {{0.0}};
    double worlds[N_F][N_F] = {{0.0}};
    double n_in[MAX_STRATUM] = {0.0};
    const double n_world = (double)pool->n_world;
    s->n_stratum = pool->n_stratum;
    s->n_pair = pool->n_world / 2;
    for (size_t j = 0; j < pool->n_world / 2; j++) {
        double half_world[N_F];
        const size_t stratum = j % pool->n_stratum;
        double half_person[2][N_F];
        for (size_t k = 0; k < N_F; k++) {
            const double v[4] = {scaled(s, pool, d, 4 * j, k), scaled(s, pool, d, 4 * j + 1, k),
                                 scaled(s, pool, d, 4 * j + 2, k),
                                 scaled(s, pool, d, 4 * j + 3, k)};
            half_person[0][k] = (v[0] - v[1]) / 2.0;
            half_person[1][k] = (v[2] - v[3]) / 2.0;
            half_world[k] = (v[0] + v[1] - v[2] - v[3]) / 4.0;
            pair_means[j][k] = (v[0] + v[1] + v[2] + v[3]) / 4.0;
            s->strata[stratum][k] += pair_means[j][k];
        }
        n_in[stratum] += 1.0;
        add_square(half_person[0], 1.0 / n_world, persons);
        add_square(half_person[1], 1.0 / n_world, persons);
        add_square(half_world, 2.0 / n_world, worlds);
    }
    for (size_t k = 0; k < N_F; k++) {
        for (size_t i = 0; i < s->n_stratum; i++) {
            s->strata[i][k] /= n_in[i];
            s->mean[k] += s->strata[i][k] / (double)s->n_stratum;
        }
        for (size_t i = 0; i < s->n_stratum; i++) {
            s->strata[i][k] -= s->mean[k];
        }
    }
    add_even_part(pool, s, pair_means, worlds);
    root_of(persons, s->person);
    root_of(worlds, s->world);
}

/* ---- persons ---- */

static void add_normal(tac_rng *rng, const double root[N_F][N_F], double factor, double *v)
{
    double z[N_F];
    for (size_t k = 0; k < N_F; k++) {
        z[k] = factor * tac_rng_normal(rng);
        for (size_t i = 0; i <= k; i++) {
            v[k] += root[k][i] * z[i];
        }
    }
}

/** What is not known, with tails as wide as an estimate from few pairs of worlds makes them (Student's t). */
static drawing begin_drawing(tac_rng *rng, const sampler *s, const tac_repeat_design *d)
{
    drawing x = {.rng = rng, .s = s, .d = d, .factor = 1.0};
    const bool is_difference = is_single(d->finding) && d->finding->versus != TAC_VERSUS_NOTHING;
    double chi2 = 0.0;
    for (size_t k = 0; k < s->n_pair; k++) {
        const double z = tac_rng_normal(rng);
        chi2 += z * z;
    }
    add_normal(rng, s->world, sqrt((double)s->n_pair / chi2), x.shift);
    const double z = tac_rng_normal(rng);
    if (d->assay.sd > 0.0) {
        x.offset = is_difference ? 0.0 : z * d->assay.between;
    } else {
        x.factor = exp(z * d->assay.between);
    }
    x.time_error = 2.0 * tac_rng_uniform(rng) - 1.0;
    return x;
}

/** What is measured where the body has `value`. */
static double measure(const drawing *x, double value, bool is_at)
{
    const tac_repeat_design *d = x->d;
    const bool is_mean = is_at && !is_single(d->finding) && d->finding->at != TAC_AT_TIME;
    const double less = is_mean ? 1.0 / sqrt(SAMPLES_IN_WINDOW) : 1.0;
    if (d->is_chance) {
        return tac_rng_uniform(x->rng) < value ? 1.0 : 0.0;
    }
    if (d->finding->as == TAC_AS_SLOPE) {
        return x->factor * value;
    }
    if (is_of_time(d->finding)) {
        return value + x->time_error * tac_time_step_h(value);
    }
    const double noise = less * tac_rng_normal(x->rng);
    value = x->factor * value + x->offset;
    value = value * exp(noise * d->assay.log_sd) + noise * d->assay.sd;
    return d->assay.limit > 0.0 ? fmax(value, d->assay.limit) : value;
}

/** One person: features of an arm at and before, as measured; `first` is that at. */
static void measure_arm(const drawing *x, const double *v, size_t first, double *const arm[2],
                        size_t i)
{
    for (size_t k = 0; k < 2; k++) {
        const double value = x->s->is_log ? exp(v[first + k]) : v[first + k];
        arm[k][i] = x->s->uses[first + k] ? measure(x, value, k == 0) : 0.0;
    }
}

static void draw_person(const drawing *x, double *v)
{
    const sampler *s = x->s;
    size_t stratum = (size_t)(tac_rng_uniform(x->rng) * (double)s->n_stratum);
    stratum = stratum < s->n_stratum ? stratum : s->n_stratum - 1;
    for (size_t k = 0; k < N_F; k++) {
        v[k] = s->mean[k] + x->shift[k] + s->strata[stratum][k];
    }
    add_normal(x->rng, s->person, 1.0, v);
}

static void draw_repetition(tac_rng *rng, const sampler *s, const tac_repeat_design *d,
                            const repetition *r, size_t n_of, size_t n_versus)
{
    double v[N_F];
    const drawing x = begin_drawing(rng, s, d);
    for (size_t i = 0; i < n_of; i++) {
        draw_person(&x, v);
        measure_arm(&x, v, TAC_OF_AT, r->of, i);
        if (d->is_paired && i < n_versus) {
            measure_arm(&x, v, TAC_VERSUS_AT, r->versus, i);
        }
    }
    for (size_t i = 0; !d->is_paired && i < n_versus; i++) {
        draw_person(&x, v);
        measure_arm(&x, v, TAC_VERSUS_AT, r->versus, i);
    }
}

/* ---- statistics ---- */

static double mean_of(size_t n, const double *v)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += v[i];
    }
    return sum / (double)n;
}

static double variance_of(size_t n, const double *v)
{
    const double mean = mean_of(n, v);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += (v[i] - mean) * (v[i] - mean);
    }
    return n > 1 ? sum / (double)(n - 1) : 0.0;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Quantile of ascending values (type 7 of Hyndman and Fan 1996). */
static double quantile(size_t n, const double *sorted, double share)
{
    const double at = share * (double)(n - 1);
    const size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/** Indicator of an observable past a bound, in place. */
static void cut(size_t n, double *v, const tac_finding *f)
{
    for (size_t i = 0; i < n; i++) {
        v[i] = !isnan(f->above)   ? (v[i] > f->above ? 1.0 : 0.0)
               : !isnan(f->below) ? (v[i] < f->below ? 1.0 : 0.0)
                                  : v[i];
    }
}

/** Odds, or risk, with half an event added where there is none or all have it. */
static double event_ratio(const tac_finding *f, size_t n_of, const double *of, size_t n_versus,
                          const double *versus)
{
    const double a = mean_of(n_of, of) * (double)n_of;
    const double b = mean_of(n_versus, versus) * (double)n_versus;
    const bool is_edge = a < 0.5 || b < 0.5 || a > (double)n_of - 0.5 || b > (double)n_versus - 0.5;
    const double more = is_edge ? 0.5 : 0.0;
    const double p = (a + more) / ((double)n_of + 2.0 * more);
    const double q = (b + more) / ((double)n_versus + 2.0 * more);
    return f->as == TAC_AS_RISK_RATIO ? p / q : p / (1.0 - p) / (q / (1.0 - q));
}

/** What the study compares in each person: changes, or levels. */
static void compare(const sampler *s, const repetition *r, size_t n_of, size_t n_versus)
{
    for (size_t i = 0; i < n_of; i++) {
        r->x[i] = r->of[0][i] - (s->uses[TAC_OF_BEFORE] ? r->of[1][i] : 0.0);
    }
    for (size_t i = 0; i < n_versus; i++) {
        r->y[i] = r->versus[0][i] - (s->uses[TAC_VERSUS_BEFORE] ? r->versus[1][i] : 0.0);
    }
}

/** Student's t of what is compared. */
static double t_of(const sampler *s, const tac_repeat_design *d, const repetition *r, size_t n_of,
                   size_t n_versus)
{
    if (!s->uses[TAC_VERSUS_AT]) {
        return mean_of(n_of, r->x) / sqrt(variance_of(n_of, r->x) / (double)n_of);
    }
    if (d->is_paired && n_of == n_versus) {
        for (size_t i = 0; i < n_of; i++) {
            r->x[i] -= r->y[i];
            r->y[i] = 0.0;
        }
        return mean_of(n_of, r->x) / sqrt(variance_of(n_of, r->x) / (double)n_of);
    }
    return (mean_of(n_of, r->x) - mean_of(n_versus, r->y))
           / sqrt(variance_of(n_of, r->x) / (double)n_of
                  + variance_of(n_versus, r->y) / (double)n_versus);
}

/** Bound of |t| at 5 %, near enough from 4 degrees of freedom on (2.78 at 4, 2.26 at 9, 1.96 at infinity). */
static double t_bound(double freedom)
{
    const double n = fmax(freedom, 1.0);
    return 1.959964 + 2.372 / n + 2.82 / (n * n) + 2.6 / (n * n * n);
}

static double pooled_sd(const sampler *s, const repetition *r, size_t n_of, size_t n_versus)
{
    if (!s->uses[TAC_VERSUS_AT]) {
        const double other =
            s->uses[TAC_OF_BEFORE] ? variance_of(n_of, r->of[1]) : variance_of(n_of, r->of[0]);
        return sqrt((variance_of(n_of, r->of[0]) + other) / 2.0);
    }
    const double n = (double)(n_of + n_versus);
    const double sum = (double)(n_of - 1) * variance_of(n_of, r->of[0])
                       + (double)(n_versus - 1) * variance_of(n_versus, r->versus[0]);
    return sqrt(sum / fmax(n - 2.0, 1.0));
}

/** Quotient of means, by its own before where changes are compared. */
static double ratio_of(const sampler *s, const repetition *r, size_t n_of, size_t n_versus)
{
    double ratio = mean_of(n_of, r->of[0]);
    ratio /= s->uses[TAC_OF_BEFORE] ? mean_of(n_of, r->of[1]) : 1.0;
    if (s->uses[TAC_VERSUS_AT]) {
        ratio /= mean_of(n_versus, r->versus[0]);
        ratio *= s->uses[TAC_VERSUS_BEFORE] ? mean_of(n_versus, r->versus[1]) : 1.0;
    }
    return ratio;
}

/** The study's statistic in one repetition. */
static double statistic(const sampler *s, const tac_repeat_design *d, const repetition *r,
                        size_t n_of, size_t n_versus)
{
    const tac_finding *f = d->finding;
    const double shift =
        mean_of(n_of, r->x) - (s->uses[TAC_VERSUS_AT] ? mean_of(n_versus, r->y) : 0.0);
    switch (f->as) {
    case TAC_AS_MEDIAN:
        memcpy(r->x, r->of[0], n_of * sizeof *r->x);
        qsort(r->x, n_of, sizeof *r->x, ascending);
        return quantile(n_of, r->x, 0.5);
    case TAC_AS_DIFFERENCE:
    case TAC_AS_DIRECTION: return shift;
    case TAC_AS_PERCENT: return 100.0 * (ratio_of(s, r, n_of, n_versus) - 1.0);
    case TAC_AS_RATIO: return ratio_of(s, r, n_of, n_versus);
    case TAC_AS_SMD: return shift / pooled_sd(s, r, n_of, n_versus);
    case TAC_AS_ODDS_RATIO:
    case TAC_AS_RISK_RATIO: return event_ratio(f, n_of, r->of[0], n_versus, r->versus[0]);
    case TAC_AS_MEAN:
    case TAC_AS_PROBABILITY:
    case TAC_AS_PEAK:
    case TAC_AS_NADIR:
    case TAC_AS_PEAK_TIME:
    case TAC_AS_NADIR_TIME:
    case TAC_AS_HALF_LIFE:
    case TAC_AS_SLOPE: return mean_of(n_of, r->of[0]);
    }
    return (double)NAN;
}

/** Sum up the repetitions; sorts them. */
static void sum_up(size_t n, double *values, double n_significant, tac_predicted *out)
{
    double n_up = 0.0;
    double n_down = 0.0;
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        n_up += values[i] > 0.0 ? 1.0 : 0.0;
        n_down += values[i] < 0.0 ? 1.0 : 0.0;
        sum += values[i];
    }
    qsort(values, n, sizeof *values, ascending);
    *out = (tac_predicted){.mid = quantile(n, values, 0.5),
                           .low = quantile(n, values, 0.025),
                           .high = quantile(n, values, 0.975),
                           .low50 = quantile(n, values, 0.25),
                           .high50 = quantile(n, values, 0.75),
                           .mean = sum / (double)n,
                           .share_up = n_up / (double)n,
                           .share_down = n_down / (double)n,
                           .share_significant = n_significant / (double)n};
}

static size_t size_of(size_t n)
{
    return n < 2 ? 2 : n > MAX_PERSON ? MAX_PERSON : n;
}

/** Draw all repetitions into values[n_repeat]. */
static void repeat_all(const sampler *s, const tac_repeat_design *d, const repetition *r,
                       double *values, double *n_significant, double *sd_out)
{
    const size_t n_of = size_of(d->n_of);
    const size_t n_versus = d->is_paired ? n_of : size_of(d->n_versus);
    tac_rng rng = tac_rng_for(d->seed, 0, d->key);
    double sum_sd = 0.0;
    for (size_t i = 0; i < d->n_repeat; i++) {
        draw_repetition(&rng, s, d, r, n_of, n_versus);
        sum_sd += pooled_sd(s, r, n_of, n_versus);
        cut(n_of, r->of[0], d->finding);
        cut(n_versus, r->versus[0], d->finding);
        compare(s, r, n_of, n_versus);
        values[i] = statistic(s, d, r, n_of, n_versus);
        const double freedom =
            (double)n_of - 1.0
            + (s->uses[TAC_VERSUS_AT] && !d->is_paired ? (double)n_versus - 1.0 : 0.0);
        *n_significant += fabs(t_of(s, d, r, n_of, n_versus)) > t_bound(freedom) ? 1.0 : 0.0;
    }
    *sd_out = sum_sd / (double)d->n_repeat;
}

static bool are_numbers(size_t n, const double *values)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
    }
    return true;
}

tac_status tac_repeats_check(tac_ctx *ctx, size_t n_repeat)
{
    return n_repeat >= 20 && n_repeat <= 100000
               ? TAC_OK
               : tac_fail(ctx, TAC_E_ARG, "%zu repetitions: 20 to 100000 are possible", n_repeat);
}

tac_status tac_repeat(tac_ctx *ctx, const tac_pool *pool, const tac_repeat_design *design,
                      tac_predicted *predicted_out, double *sd_out)
{
    tac_status st = TAC_OK;
    sampler s = {0};
    double *memory = NULL;
    double *values = NULL;
    void *pair_means = NULL; /* [n_pair][N_F] */
    double n_significant = 0.0;
    const double nan = (double)NAN;
    const tac_predicted nothing = {
        .mid = nan, .low = nan, .high = nan, .low50 = nan, .high50 = nan, .mean = nan};

    *predicted_out = nothing;
    *sd_out = nan;
    find_uses(design, &s);
    if (!choose_scale(pool, design, &s)) {
        return TAC_OK;
    }
    TAC_TRY(tac_alloc(ctx, pool->n_world / 2 + 1, N_F * sizeof(double), &pair_means));
    measure_pool(pool, design, pair_means, &s);
    TAC_TRY(tac_alloc_doubles(ctx, 6 * MAX_PERSON, &memory));
    TAC_TRY(tac_alloc_doubles(ctx, design->n_repeat, &values));
    const repetition r = {{memory, memory + MAX_PERSON},
                          {memory + 2 * MAX_PERSON, memory + 3 * MAX_PERSON},
                          memory + 4 * MAX_PERSON,
                          memory + 5 * MAX_PERSON};
    repeat_all(&s, design, &r, values, &n_significant, sd_out);
    if (are_numbers(design->n_repeat, values)) {
        sum_up(design->n_repeat, values, n_significant, predicted_out);
    }
out:
    tac_free(pair_means);
    tac_free(memory);
    tac_free(values);
    return st;
}
