/* SPDX-License-Identifier: Apache-2.0 */
/* Findings as targets of a fit; see target.h. */
#include "ledger/target.h"

#include "base/fail.h"

#include <math.h>
#include <stdio.h>

static const double Z_975 = 1.959963984540054;

/* Persons of the repetition that shows what does not average out. */
static const size_t N_LARGE = 400;

/* Sampling is never less than this share of all variance that a study of this size has. */
static const double SAMPLING_LEAST = 0.05;

/* A prediction that does not exist is as far away as this. */
static const double RESIDUAL_OF_NOTHING = 5.0;

static double on_scale(const tac_target *t, double value)
{
    return t->is_log       ? (value > 0.0 ? log(value) : (double)NAN)
           : t->is_percent ? (value > -100.0 ? log1p(value / 100.0) : (double)NAN)
                           : value;
}

/** Variance on the scale from a 95 % interval; where an end is not on the scale, from the other. */
static double variance_of(const tac_target *t, double low, double mid, double high)
{
    double width = on_scale(t, high) - on_scale(t, low);
    width = isnan(width) ? 2.0 * (on_scale(t, high) - on_scale(t, mid)) : width;
    const double sd = width / (2.0 * Z_975);
    return sd * sd;
}

/** Levels are compared on the logarithm unless their observable is a scale. */
static void choose_scale(tac_target *t, const tac_finding *f, const tac_published *q,
                         const tac_repeat_design *d)
{
    t->is_percent = q->scale == TAC_SCALE_PERCENT;
    t->is_log = q->scale == TAC_SCALE_RATIO
                || (q->statement == TAC_STATES_LEVEL && q->value > 0.0 && !(d->assay.sd > 0.0)
                    && f->as != TAC_AS_SLOPE && f->as != TAC_AS_PROBABILITY);
}

/** How persons differ, on the scale of the target. */
static double unit_of(const tac_target *t, const tac_finding *f, const tac_seen *seen, double sd)
{
    double level = 0.0;
    double(*features)[TAC_N_FEATURE] = tac_seen_of(seen, t->finding, false);
    if (f->as == TAC_AS_SMD) {
        return 1.0;
    }
    if (f->as == TAC_AS_PEAK_TIME || f->as == TAC_AS_NADIR_TIME || f->as == TAC_AS_HALF_LIFE) {
        const double step_h = tac_time_step_h(f->value);
        return t->is_log ? step_h / f->value : step_h;
    }
    for (size_t i = 0; i < seen->n_member; i++) {
        level += fabs(features[i][TAC_OF_AT]) / (double)seen->n_member;
    }
    const double unit = t->is_log || t->is_percent ? sd / level : sd;
    return isfinite(unit) ? unit : 0.0;
}

/* What a repetition of the study needs. */
typedef struct asking {
    char key[160];
    tac_scored scored;
    tac_repeat_design design;
    tac_pool pool;
} asking;

static tac_status begin_asking(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                               const tac_seen *seen, const tac_target *t, asking *a)
{
    *a = (asking){
        .pool = {seen->n_member / 2, plan->n_stratum, tac_seen_of(seen, t->finding, false)}};
    snprintf(a->key, sizeof a->key, "%.100s %zu", plan->study->id, t->finding);
    return tac_score_design(ctx, scoring, plan, t->finding, a->key, &a->scored, &a->design);
}

tac_status tac_target_predict(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                              const tac_seen *seen, tac_target *t)
{
    tac_status st = TAC_OK;
    asking a;
    tac_predicted p;
    double sd = 0.0;
    TAC_TRY(begin_asking(ctx, scoring, plan, seen, t, &a));
    TAC_TRY(tac_repeat(ctx, &a.pool, &a.design, &p, &sd));
    t->mid = on_scale(t, t->is_number ? p.mid : p.mean);
out:
    return st;
}

tac_status tac_target_prepare(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                              const tac_seen *seen, tac_target *t)
{
    tac_status st = TAC_OK;
    asking a;
    tac_predicted own;
    tac_predicted large;
    double sd = 0.0;
    double sd_large = 0.0;
    const tac_finding *f = &plan->study->findings[t->finding];

    TAC_TRY(begin_asking(ctx, scoring, plan, seen, t, &a));
    const tac_published q = tac_published_of(f, (double)a.design.n_of);
    t->is_number = q.statement != TAC_STATES_DIRECTION;
    t->direction = q.direction;
    choose_scale(t, f, &q, &a.design);
    TAC_TRY(tac_repeat(ctx, &a.pool, &a.design, &own, &sd));
    a.design.n_of = a.design.n_of > N_LARGE ? a.design.n_of : N_LARGE;
    a.design.n_versus = a.design.n_versus > N_LARGE ? a.design.n_versus : N_LARGE;
    TAC_TRY(tac_repeat(ctx, &a.pool, &a.design, &large, &sd_large));
    const double all2 = variance_of(t, own.low, own.mid, own.high);
    t->model2 = variance_of(t, large.low, large.mid, large.high);
    t->sampling2 = fmax(all2 - t->model2, SAMPLING_LEAST * all2);
    if (t->is_number && q.low < q.high) {
        const double published2 = variance_of(t, q.low, q.value, q.high);
        t->sampling2 = isnan(published2) ? t->sampling2 : published2;
    }
    t->value = on_scale(t, q.value);
    t->unit = unit_of(t, f, seen, sd);
    t->mid = on_scale(t, t->is_number ? own.mid : own.mean);
    t->mid_before = t->mid;
    const bool is_possible =
        isfinite(t->mid) && (isfinite(t->value) || !t->is_number) && t->sampling2 + t->model2 > 0.0;
    t->reason = is_possible ? NULL : "the model has no such number";
out:
    return st;
}

/** Standard normal distribution function. */
static double normal_below(double x)
{
    return 0.5 * erfc(-x * 0.70710678118654752);
}

static double variance_with(const tac_target *t, double tau)
{
    return t->sampling2 + t->model2 + tau * tau * t->unit * t->unit;
}

/** Probability of the direction that was seen. A study that finds nothing speaks of its own error alone, not of tau. */
static double chance_of(const tac_target *t, double tau)
{
    const double own_sd = sqrt(variance_with(t, 0.0));
    const double bound = Z_975 * sqrt(t->sampling2);
    return t->direction != 0
               ? normal_below((double)t->direction * t->mid / sqrt(variance_with(t, tau)))
               : normal_below((bound - t->mid) / own_sd) - normal_below((-bound - t->mid) / own_sd);
}

double tac_target_residual(const tac_target *t, double tau)
{
    if (isnan(t->mid)) {
        return RESIDUAL_OF_NOTHING * sqrt(t->weight);
    }
    return t->is_number ? sqrt(t->weight / variance_with(t, tau)) * (t->value - t->mid)
                        : sqrt(-2.0 * t->weight * log(fmax(chance_of(t, tau), 1e-12)));
}

double tac_target_log_variance(const tac_target *t, double tau)
{
    return t->is_number ? t->weight * log(variance_with(t, tau)) : 0.0;
}
