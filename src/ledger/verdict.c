/* SPDX-License-Identifier: Apache-2.0 */
/* The rules by which a prediction agrees with a finding; see verdict.h. */
#include "ledger/verdict.h"

#include <math.h>

/* docs/evidence-format.md, "Verdict of a finding" */
static const double FACTOR_AGREES = 2.0;
static const double FACTOR_MATTERS = 1.5;
static const double FACTOR_WIDEST = 3.0;
static const double SHARE_AGREES = 0.8;
static const double SHARE_SIGNIFICANT = 0.2;

/* Sampling steps grow with how long one has to wait. */
static const double STEP_SHARE = 0.15;
static const double STEP_LEAST_H = 1.0 / 6.0;

double tac_time_step_h(double time_h)
{
    return fmax(STEP_LEAST_H, STEP_SHARE * fabs(time_h));
}

const char *tac_verdict_word(tac_verdict verdict)
{
    static const char *const WORDS[TAC_N_VERDICT] = {"agrees", "close", "disagrees", "cannot tell",
                                                     "not simulated"};
    return WORDS[verdict];
}

double tac_on_scale(tac_scale scale, double value)
{
    switch (scale) {
    case TAC_SCALE_LINEAR: return value;
    case TAC_SCALE_RATIO: return value > 0.0 ? log(value) : (double)NAN;
    case TAC_SCALE_PERCENT: return value > -100.0 ? log1p(value / 100.0) : (double)NAN;
    }
    return (double)NAN;
}

static bool holds(double low, double high, double value)
{
    return low <= value && value <= high; /* false where any is NaN */
}

static bool has_same_sign(double a, double b)
{
    return (a > 0.0 && b > 0.0) || (a < 0.0 && b < 0.0);
}

static bool is_within(double a, double b, double factor)
{
    return has_same_sign(a, b) && a / b <= factor && b / a <= factor;
}

/** So wide that it agrees with opposite effects that both matter. */
static bool is_too_wide(const tac_published *q, double low, double high)
{
    const double matters = q->scale == TAC_SCALE_LINEAR ? q->matters : log(FACTOR_MATTERS);
    return low <= -matters && high >= matters;
}

static tac_verdict effect_verdict(const tac_published *q, const tac_predicted *p)
{
    const double value = tac_on_scale(q->scale, q->value);
    const double low = tac_on_scale(q->scale, q->low);
    const double high = tac_on_scale(q->scale, q->high);
    const double mid = tac_on_scale(q->scale, p->mid);
    const double p_low = tac_on_scale(q->scale, p->low);
    const double p_high = tac_on_scale(q->scale, p->high);
    if (is_too_wide(q, low, high)) {
        return TAC_CANNOT_TELL;
    }
    if ((holds(p_low, p_high, value) && holds(low, high, mid))
        || is_within(value, mid, FACTOR_AGREES)) {
        return TAC_AGREES;
    }
    return has_same_sign(value, mid) || (holds(p_low, p_high, 0.0) && holds(low, high, 0.0))
               ? TAC_CLOSE
               : TAC_DISAGREES;
}

/** No wider than a factor of three; where zero lies inside, than what such a factor makes of the middle. */
static bool is_narrow(const tac_predicted *p)
{
    if (has_same_sign(p->low, p->high)) {
        return is_within(p->low, p->high, FACTOR_WIDEST);
    }
    return p->high - p->low <= fabs(p->mid) * (sqrt(FACTOR_WIDEST) - 1.0 / sqrt(FACTOR_WIDEST));
}

static tac_verdict level_verdict(const tac_published *q, const tac_predicted *p)
{
    const bool is_inside = holds(p->low, p->high, q->value);
    const bool has_interval = q->low <= q->high;
    if (is_inside && (has_interval ? holds(q->low, q->high, p->mid) : is_narrow(p))) {
        return TAC_AGREES;
    }
    const bool is_near = fabs(p->mid - q->value) <= q->slack;
    return is_near || is_within(q->value, p->mid, q->slack_ratio) ? TAC_CLOSE : TAC_DISAGREES;
}

static tac_verdict time_verdict(const tac_published *q, const tac_predicted *p)
{
    const double half = (q->high - q->low) / 2.0;
    if (fabs(p->mid - q->value) <= (half > 0.0 ? half : q->step_h)) {
        return TAC_AGREES;
    }
    return is_within(q->value, p->mid, q->slack_ratio) ? TAC_CLOSE : TAC_DISAGREES;
}

static tac_verdict direction_verdict(const tac_published *q, const tac_predicted *p)
{
    if (q->direction == 0) {
        return p->share_significant <= SHARE_SIGNIFICANT ? TAC_AGREES : TAC_DISAGREES;
    }
    if ((q->direction > 0 ? p->share_up : p->share_down) >= SHARE_AGREES) {
        return TAC_AGREES;
    }
    return has_same_sign(p->mean, (double)q->direction) ? TAC_CLOSE : TAC_DISAGREES;
}

tac_verdict tac_verdict_of(const tac_published *published, const tac_predicted *predicted)
{
    switch (published->statement) {
    case TAC_STATES_EFFECT: return effect_verdict(published, predicted);
    case TAC_STATES_LEVEL: return level_verdict(published, predicted);
    case TAC_STATES_TIME: return time_verdict(published, predicted);
    case TAC_STATES_DIRECTION: return direction_verdict(published, predicted);
    }
    return TAC_NOT_SIMULATED;
}
