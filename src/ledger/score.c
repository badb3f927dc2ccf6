/* SPDX-License-Identifier: Apache-2.0 */
/* Holds what was seen in virtual people against what was published; see score.h. */
#include "ledger/score.h"

#include "base/fail.h"
#include "ledger/interval_score.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double Z_975 = 1.959963984540054;

/* Persons where the study does not say how many. */
static const double N_UNKNOWN = 10.0;

/* Half a standard deviation matters. */
static const double SD_MATTERS = 0.5;

static const double FACTOR_CLOSE = 1.5;

/* Less than this share of a level is no effect of anything. */
static const double SHARE_LINKED = 1e-4;

/* Levels that are close by other measures than a factor of 1.5. */
static const struct {
    const char *observable;
    double slack;
    double ratio;
} CLOSE[] = {{"temperature", 0.5, 1.0}, {"skin_temperature", 0.5, 1.0},
             {"sbp", 10.0, 1.0},        {"dbp", 10.0, 1.0},
             {"map", 10.0, 1.0},        {"heart_rate", 0.0, 1.15}};

const char *tac_model_word(size_t model)
{
    static const char *const WORDS[TAC_N_MODEL] = {"model", "massage does nothing",
                                                   "nothing changes"};
    return WORDS[model];
}

static tac_statement statement_of(const tac_finding *f)
{
    switch (f->as) {
    case TAC_AS_DIRECTION: return TAC_STATES_DIRECTION;
    case TAC_AS_PEAK_TIME:
    case TAC_AS_NADIR_TIME: return TAC_STATES_TIME;
    case TAC_AS_DIFFERENCE:
    case TAC_AS_PERCENT:
    case TAC_AS_RATIO:
    case TAC_AS_SMD:
    case TAC_AS_ODDS_RATIO:
    case TAC_AS_RISK_RATIO: return TAC_STATES_EFFECT;
    case TAC_AS_MEAN:
    case TAC_AS_MEDIAN:
    case TAC_AS_PROBABILITY:
    case TAC_AS_PEAK:
    case TAC_AS_NADIR:
    case TAC_AS_HALF_LIFE:
    case TAC_AS_SLOPE: return TAC_STATES_LEVEL;
    }
    return TAC_STATES_LEVEL;
}

static tac_scale scale_of(const tac_finding *f)
{
    if (f->as == TAC_AS_PERCENT) {
        return TAC_SCALE_PERCENT;
    }
    return f->as == TAC_AS_RATIO || f->as == TAC_AS_ODDS_RATIO || f->as == TAC_AS_RISK_RATIO
               ? TAC_SCALE_RATIO
               : TAC_SCALE_LINEAR;
}

/** The 95 % interval of the published number. */
static void set_interval(const tac_finding *f, double n, tac_published *q)
{
    double se = f->se;
    q->low = f->low;
    q->high = f->high;
    if (isnan(se) && !isnan(f->sd)) {
        se = f->sd / sqrt(n);
    }
    if (isnan(se) && f->spread_low < f->spread_high) {
        se = (f->spread_high - f->spread_low) / (2.0 * Z_975) / sqrt(n);
    }
    if (isnan(q->low) && q->scale == TAC_SCALE_RATIO && q->value > 0.0) {
        q->low = q->value * exp(-Z_975 * se / q->value);
        q->high = q->value * exp(Z_975 * se / q->value);
    } else if (isnan(q->low)) {
        q->low = q->value - Z_975 * se;
        q->high = q->value + Z_975 * se;
    }
}

tac_published tac_published_of(const tac_finding *finding, double n)
{
    tac_published q = {.statement = statement_of(finding),
                       .scale = scale_of(finding),
                       .value = finding->value,
                       .direction = finding->direction,
                       .matters = finding->as == TAC_AS_SMD ? SD_MATTERS : (double)NAN,
                       .slack = (double)NAN,
                       .slack_ratio = FACTOR_CLOSE,
                       .step_h = tac_time_step_h(finding->value)};
    for (size_t i = 0; q.statement == TAC_STATES_LEVEL && finding->as != TAC_AS_HALF_LIFE
                       && i < sizeof CLOSE / sizeof CLOSE[0];
         i++) {
        if (strcmp(finding->what, CLOSE[i].observable) == 0) {
            q.slack = CLOSE[i].slack;
            q.slack_ratio = CLOSE[i].ratio;
        }
    }
    set_interval(finding, n, &q);
    return q;
}

/** How many persons an arm has. */
static double n_of(const tac_plan *plan, size_t arm, tac_scored *scored)
{
    const double n = plan->study->arms[arm].group.n;
    scored->has_no_n = scored->has_no_n || isnan(n);
    return isnan(n) ? N_UNKNOWN : n;
}

/**
 * True when nothing in the model leads from what differs to what is measured: in nobody do the two sides of a
 * comparison lie further apart than the errors of the solver.
 */
static bool is_without_link(const tac_finding *f, const tac_seen *seen, size_t i)
{
    double(*features)[TAC_N_FEATURE] = tac_seen_of(seen, i, false);
    const bool is_arm = f->versus == TAC_VERSUS_ARM;
    const size_t other = is_arm ? TAC_VERSUS_AT : TAC_OF_BEFORE;
    if (f->versus == TAC_VERSUS_NOTHING) {
        return false;
    }
    for (size_t k = 0; k < seen->n_member; k++) {
        const double *v = features[k];
        const double size = fmax(fabs(v[TAC_OF_AT]), fabs(v[other]));
        if (!(fabs(v[TAC_OF_AT] - v[other]) <= SHARE_LINKED * size)) {
            return false;
        }
    }
    return true;
}

/** True when two arms are lived by the same persons. */
static bool is_paired(const tac_plan *plan, const tac_finding *f)
{
    return plan->study->is_paired
           && tac_plan_arm(plan, f->of, 0, false)->company
                  == tac_plan_arm(plan, f->versus_arm, 0, false)->company;
}

tac_status tac_score_design(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                            size_t i, const char *key, tac_scored *scored,
                            tac_repeat_design *design)
{
    const tac_finding *f = &plan->study->findings[i];
    const bool is_event =
        f->as == TAC_AS_PROBABILITY || f->as == TAC_AS_ODDS_RATIO || f->as == TAC_AS_RISK_RATIO;
    const bool has_arm = f->versus == TAC_VERSUS_ARM;
    *design =
        (tac_repeat_design){.finding = f,
                            .n_of = (size_t)n_of(plan, f->of, scored),
                            .n_versus = has_arm ? (size_t)n_of(plan, f->versus_arm, scored) : 0,
                            .is_paired = has_arm && is_paired(plan, f),
                            .is_chance = is_event && isnan(f->above) && isnan(f->below),
                            .n_repeat = scoring->n_repeat,
                            .seed = scoring->seed,
                            .key = key,
                            .asked = TAC_ASKED_MODEL};
    return tac_assay_of(ctx, scoring->assays, f->what, &design->assay);
}

tac_status tac_score(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                     const tac_seen *seen, size_t i, tac_scored *scored_out)
{
    tac_status st = TAC_OK;
    char key[160];
    double sd = 0.0;
    tac_repeat_design design;
    const tac_finding *f = &plan->study->findings[i];
    const tac_planned_finding *planned = &plan->findings[i];
    const char *reason = planned->reason != NULL ? planned->reason : plan->failure;
    tac_scored s = {.reason = reason == NULL ? "" : reason,
                    .predicted = {.mid = (double)NAN,
                                  .low = (double)NAN,
                                  .high = (double)NAN,
                                  .low50 = (double)NAN,
                                  .high50 = (double)NAN}};

    s.n = n_of(plan, f->of, &s);
    s.published = tac_published_of(f, s.n);
    for (size_t m = 0; m < TAC_N_MODEL; m++) {
        s.verdicts[m] = TAC_NOT_SIMULATED;
        s.interval_scores[m] = (double)NAN;
    }
    snprintf(key, sizeof key, "%.100s %zu", plan->study->id, i);
    TAC_TRY(tac_score_design(ctx, scoring, plan, i, key, &s, &design));
    for (size_t m = 0; reason == NULL && m < TAC_N_MODEL; m++) {
        const tac_pool pool = {seen->n_member / 2, plan->n_stratum,
                               tac_seen_of(seen, i, m == TAC_NO_TOUCH)};
        tac_predicted predicted;
        design.asked = m == TAC_NO_CHANGE ? TAC_ASKED_NOTHING_CHANGES : TAC_ASKED_MODEL;
        TAC_TRY(tac_repeat(ctx, &pool, &design, &predicted, &sd));
        if (m == TAC_THE_MODEL) {
            s.predicted = predicted;
            s.has_no_number = isnan(predicted.mid);
            s.has_no_link = is_without_link(f, seen, i);
            s.published.matters =
                f->as == TAC_AS_DIFFERENCE ? SD_MATTERS * sd : s.published.matters;
        }
        s.verdicts[m] = tac_verdict_of(&s.published, &predicted);
        s.interval_scores[m] = tac_interval_score(&s.published, &predicted);
    }
    *scored_out = s;
out:
    return st;
}
