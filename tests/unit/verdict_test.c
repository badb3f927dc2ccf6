/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of docs/evidence-format.md, case by case, made by hand. */
#include "ledger/verdict.h"

#include "close.h"
#include "ledger/interval_score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double NONE = (double)NAN;

static tac_predicted band(double low, double mid, double high)
{
    return (tac_predicted){.mid = mid, .low = low, .high = high, .mean = mid};
}

static tac_verdict effect(tac_scale scale, double value, double low, double high, double matters,
                          tac_predicted p)
{
    const tac_published q = {.statement = TAC_STATES_EFFECT,
                             .scale = scale,
                             .value = value,
                             .low = low,
                             .high = high,
                             .matters = matters,
                             .slack_ratio = 1.5};
    return tac_verdict_of(&q, &p);
}

static tac_verdict level(double value, double low, double high, tac_predicted p)
{
    const tac_published q = {.statement = TAC_STATES_LEVEL,
                             .value = value,
                             .low = low,
                             .high = high,
                             .slack = NONE,
                             .slack_ratio = 1.5};
    return tac_verdict_of(&q, &p);
}

static tac_verdict direction(int published, double share_up, double share_down, double significant,
                             double mean)
{
    const tac_published q = {.statement = TAC_STATES_DIRECTION, .direction = published};
    const tac_predicted p = {.mid = mean,
                             .mean = mean,
                             .share_up = share_up,
                             .share_down = share_down,
                             .share_significant = significant};
    return tac_verdict_of(&q, &p);
}

static void effects_agree_when_each_holds_the_other_or_within_a_factor_of_two(void **state)
{
    (void)state;
    const tac_scale SMD = TAC_SCALE_LINEAR;
    assert_int_equal(effect(SMD, -0.4, -0.7, -0.1, 0.5, band(-0.9, -0.5, -0.1)), TAC_AGREES);
    /* no overlap of intervals, but half the size */
    assert_int_equal(effect(SMD, -0.4, -0.45, -0.35, 0.5, band(-0.25, -0.21, -0.18)), TAC_AGREES);
    assert_int_equal(effect(SMD, -0.4, -0.45, -0.35, 0.5, band(-0.25, -0.19, -0.18)), TAC_CLOSE);
    assert_int_equal(effect(SMD, -0.4, -0.45, -0.35, 0.5, band(0.1, 0.2, 0.3)), TAC_DISAGREES);
    /* no interval published: sign and size decide */
    assert_int_equal(effect(SMD, -0.4, NONE, NONE, 0.5, band(-1.0, -0.3, 0.5)), TAC_AGREES);
    assert_int_equal(effect(SMD, -0.4, NONE, NONE, 0.5, band(-1.0, -0.1, 0.5)), TAC_CLOSE);
}

static void ratios_and_percentages_are_judged_on_the_logarithm(void **state)
{
    (void)state;
    /* log 1.2 against log 1.44: exactly twice; 1.5 is more */
    assert_int_equal(effect(TAC_SCALE_RATIO, 1.2, 1.15, 1.25, NONE, band(1.39, 1.43, 1.5)),
                     TAC_AGREES);
    assert_int_equal(effect(TAC_SCALE_RATIO, 1.2, 1.15, 1.25, NONE, band(1.39, 1.5, 1.6)),
                     TAC_CLOSE);
    assert_int_equal(effect(TAC_SCALE_PERCENT, 20.0, 15.0, 25.0, NONE, band(-12.0, -10.0, -8.0)),
                     TAC_DISAGREES);
}

static void both_holding_no_effect_is_close(void **state)
{
    (void)state;
    assert_int_equal(effect(TAC_SCALE_LINEAR, 0.1, -0.2, 0.4, 0.5, band(-0.5, -0.3, 0.05)),
                     TAC_CLOSE);
    assert_int_equal(effect(TAC_SCALE_RATIO, 1.05, 0.9, 1.2, NONE, band(0.7, 0.8, 1.02)),
                     TAC_CLOSE);
}

static void a_study_too_wide_to_tell_is_said_to_be_so(void **state)
{
    (void)state;
    assert_int_equal(effect(TAC_SCALE_LINEAR, 0.1, -0.6, 0.8, 0.5, band(0.05, 0.1, 0.2)),
                     TAC_CANNOT_TELL);
    assert_int_equal(effect(TAC_SCALE_RATIO, 1.1, 0.6, 1.6, NONE, band(1.05, 1.1, 1.2)),
                     TAC_CANNOT_TELL);
    assert_int_equal(effect(TAC_SCALE_RATIO, 1.1, 0.7, 1.6, NONE, band(1.05, 1.1, 1.2)),
                     TAC_AGREES);
}

static void levels_need_intervals_that_hold_each_other(void **state)
{
    (void)state;
    assert_int_equal(level(100.0, 90.0, 110.0, band(80.0, 95.0, 120.0)), TAC_AGREES);
    assert_int_equal(level(100.0, 99.0, 101.0, band(80.0, 95.0, 120.0)), TAC_CLOSE);
    assert_int_equal(level(100.0, 99.0, 101.0, band(40.0, 60.0, 90.0)), TAC_DISAGREES);
    /* no spread: inside is enough, if the prediction says something */
    assert_int_equal(level(100.0, NONE, NONE, band(80.0, 95.0, 120.0)), TAC_AGREES);
    assert_int_equal(level(100.0, NONE, NONE, band(30.0, 95.0, 120.0)), TAC_CLOSE);
}

static void temperatures_pressures_and_heart_rates_have_their_own_nearness(void **state)
{
    (void)state;
    tac_published q = {.statement = TAC_STATES_LEVEL,
                       .value = 37.0,
                       .low = 36.9,
                       .high = 37.1,
                       .slack = 0.5,
                       .slack_ratio = 1.0};
    tac_predicted p = band(37.3, 37.4, 37.5);
    assert_int_equal(tac_verdict_of(&q, &p), TAC_CLOSE);
    p = band(37.5, 37.6, 37.7);
    assert_int_equal(tac_verdict_of(&q, &p), TAC_DISAGREES);
}

static void times_agree_within_their_sampling_step(void **state)
{
    (void)state;
    tac_published q = {.statement = TAC_STATES_TIME,
                       .value = 2.0,
                       .low = 1.5,
                       .high = 2.5,
                       .slack_ratio = 1.5,
                       .step_h = 0.1};
    tac_predicted p = band(1.0, 1.6, 3.0);
    assert_int_equal(tac_verdict_of(&q, &p), TAC_AGREES);
    q.low = q.high = NONE;
    assert_int_equal(tac_verdict_of(&q, &p), TAC_CLOSE);
    p = band(0.5, 1.0, 1.5);
    assert_int_equal(tac_verdict_of(&q, &p), TAC_DISAGREES);
}

static void a_direction_needs_four_repetitions_of_five(void **state)
{
    (void)state;
    assert_int_equal(direction(-1, 0.2, 0.8, 0.5, -1.0), TAC_AGREES);
    assert_int_equal(direction(-1, 0.3, 0.7, 0.5, -1.0), TAC_CLOSE);
    assert_int_equal(direction(-1, 0.7, 0.3, 0.5, 1.0), TAC_DISAGREES);
    assert_int_equal(direction(0, 0.9, 0.1, 0.2, 1.0), TAC_AGREES);
    assert_int_equal(direction(0, 0.9, 0.1, 0.21, 1.0), TAC_DISAGREES);
}

/* A model that is always unsure does not win: where the study saw an effect, a band around nothing is not agreement. */
static void a_prediction_as_wide_as_the_world_scores_badly(void **state)
{
    (void)state;
    const tac_predicted unsure = band(-1e6, 0.0, 1e6);
    assert_int_equal(effect(TAC_SCALE_LINEAR, -0.6, -0.9, -0.3, 0.5, unsure), TAC_DISAGREES);
    assert_int_equal(level(100.0, NONE, NONE, band(1.0, 100.0, 1e6)), TAC_CLOSE);
    assert_int_equal(level(100.0, 90.0, 110.0, band(1.0, 300.0, 1e6)), TAC_DISAGREES);
    assert_int_equal(direction(1, 0.5, 0.5, 0.05, 0.0), TAC_DISAGREES);
}

static tac_published number_at(tac_statement statement, tac_scale scale, double value)
{
    return (tac_published){.statement = statement, .scale = scale, .value = value};
}

static void intervals_pay_for_width_and_for_what_lies_outside(void **state)
{
    (void)state;
    const tac_published q = number_at(TAC_STATES_LEVEL, TAC_SCALE_LINEAR, 10.0);
    const tac_predicted inside = band(8.0, 10.0, 12.0);
    const tac_predicted low = band(4.0, 6.0, 8.0);
    const tac_predicted high = band(11.0, 12.0, 13.0);
    const tac_published ratio = number_at(TAC_STATES_EFFECT, TAC_SCALE_RATIO, 2.0);
    const tac_predicted twofold = band(1.0, 2.0, 4.0);
    assert_close(tac_interval_score(&q, &inside), 4.0, 1e-12, 0.0);
    assert_close(tac_interval_score(&q, &low), 4.0 + 40.0 * 2.0, 1e-12, 0.0);
    assert_close(tac_interval_score(&q, &high), 2.0 + 40.0 * 1.0, 1e-12, 0.0);
    assert_close(tac_interval_score(&ratio, &twofold), log(4.0), 1e-12, 0.0);
}

/* Right in the middle, and ten times as wide: the verdict lets it agree, the score does not let it win. */
static void intervals_ten_times_as_wide_lose_though_their_middle_is_right(void **state)
{
    (void)state;
    const tac_published q = number_at(TAC_STATES_EFFECT, TAC_SCALE_PERCENT, -20.0);
    const tac_predicted known = band(-30.0, -19.0, -10.0);
    const tac_predicted unsure = tac_predicted_wider(&q, &known, 10.0);
    assert_int_equal(effect(TAC_SCALE_PERCENT, -20.0, -30.0, -9.0, NONE, unsure), TAC_AGREES);
    assert_close(tac_interval_score(&q, &unsure) / tac_interval_score(&q, &known), 10.0, 1e-9, 0.0);
}

static void a_sharp_interval_in_the_wrong_place_loses_to_a_wide_one(void **state)
{
    (void)state;
    const tac_published q = number_at(TAC_STATES_LEVEL, TAC_SCALE_LINEAR, 100.0);
    const tac_predicted sure = band(49.0, 50.0, 51.0);
    const tac_predicted unsure = band(20.0, 80.0, 140.0);
    assert_true(tac_interval_score(&q, &unsure) < tac_interval_score(&q, &sure));
}

static void directions_and_missing_numbers_have_no_interval_score(void **state)
{
    (void)state;
    const tac_published up = number_at(TAC_STATES_DIRECTION, TAC_SCALE_LINEAR, 1.0);
    const tac_published q = number_at(TAC_STATES_LEVEL, TAC_SCALE_LINEAR, 1.0);
    const tac_predicted known = band(0.0, 1.0, 2.0);
    const tac_predicted nothing = band(NONE, NONE, NONE);
    assert_true(isnan(tac_interval_score(&up, &known)));
    assert_true(isnan(tac_interval_score(&q, &nothing)));
}

static void a_model_that_says_nothing_disagrees(void **state)
{
    (void)state;
    const tac_predicted nothing = band(NONE, NONE, NONE);
    assert_int_equal(effect(TAC_SCALE_LINEAR, -0.6, -0.9, -0.3, 0.5, nothing), TAC_DISAGREES);
    assert_int_equal(level(100.0, 90.0, 110.0, nothing), TAC_DISAGREES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_agree_when_each_holds_the_other_or_within_a_factor_of_two),
        cmocka_unit_test(ratios_and_percentages_are_judged_on_the_logarithm),
        cmocka_unit_test(both_holding_no_effect_is_close),
        cmocka_unit_test(a_study_too_wide_to_tell_is_said_to_be_so),
        cmocka_unit_test(levels_need_intervals_that_hold_each_other),
        cmocka_unit_test(temperatures_pressures_and_heart_rates_have_their_own_nearness),
        cmocka_unit_test(times_agree_within_their_sampling_step),
        cmocka_unit_test(a_direction_needs_four_repetitions_of_five),
        cmocka_unit_test(a_prediction_as_wide_as_the_world_scores_badly),
        cmocka_unit_test(intervals_pay_for_width_and_for_what_lies_outside),
        cmocka_unit_test(intervals_ten_times_as_wide_lose_though_their_middle_is_right),
        cmocka_unit_test(a_sharp_interval_in_the_wrong_place_loses_to_a_wide_one),
        cmocka_unit_test(directions_and_missing_numbers_have_no_interval_score),
        cmocka_unit_test(a_model_that_says_nothing_disagrees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
