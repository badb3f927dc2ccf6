/* SPDX-License-Identifier: Apache-2.0 */
/* Scores of intervals; see interval_score.h. */
#include "ledger/interval_score.h"

#include <math.h>

/* Two over the share that a 95 % interval leaves out. */
static const double MISS_WEIGHT = 2.0 / 0.05;

static tac_scale scale_of(const tac_published *q)
{
    return q->statement == TAC_STATES_EFFECT ? q->scale : TAC_SCALE_LINEAR;
}

double tac_interval_score(const tac_published *published, const tac_predicted *predicted)
{
    const tac_scale scale = scale_of(published);
    const double value = tac_on_scale(scale, published->value);
    const double low = tac_on_scale(scale, predicted->low);
    const double high = tac_on_scale(scale, predicted->high);
    if (published->statement == TAC_STATES_DIRECTION || isnan(value) || isnan(low) || isnan(high)) {
        return (double)NAN;
    }
    return high - low + MISS_WEIGHT * (fmax(0.0, low - value) + fmax(0.0, value - high));
}

/** Back from the scale. */
static double off_scale(tac_scale scale, double value)
{
    switch (scale) {
    case TAC_SCALE_LINEAR: return value;
    case TAC_SCALE_RATIO: return exp(value);
    case TAC_SCALE_PERCENT: return 100.0 * expm1(value);
    }
    return (double)NAN;
}

static double moved(tac_scale scale, double mid, double value, double times)
{
    const double middle = tac_on_scale(scale, mid);
    return off_scale(scale, middle + times * (tac_on_scale(scale, value) - middle));
}

tac_predicted tac_predicted_wider(const tac_published *published, const tac_predicted *predicted,
                                  double times)
{
    const tac_scale scale = scale_of(published);
    tac_predicted wider = *predicted;
    wider.low = moved(scale, predicted->mid, predicted->low, times);
    wider.high = moved(scale, predicted->mid, predicted->high, times);
    wider.low50 = moved(scale, predicted->mid, predicted->low50, times);
    wider.high50 = moved(scale, predicted->mid, predicted->high50, times);
    return wider;
}
