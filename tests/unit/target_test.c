/* SPDX-License-Identifier: Apache-2.0 */
/* How far a prediction lies from a finding: numbers, directions, and what between studies excuses. */
#include "ledger/target.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const tac_target NUMBER = {
    .weight = 1.0, .is_number = true, .value = 3.0, .sampling2 = 0.16, .model2 = 0.09, .unit = 2.0};
static const tac_target DIRECTION = {
    .weight = 1.0, .direction = 1, .sampling2 = 0.64, .model2 = 0.36, .unit = 1.0};

static double residual_at(tac_target t, double mid, double tau)
{
    t.mid = mid;
    return tac_target_residual(&t, tau);
}

static void a_number_is_off_in_units_of_all_that_could_explain_it(void **state)
{
    (void)state;
    assert_close(residual_at(NUMBER, 2.0, 0.0), 2.0, 1e-12, 0.0); /* sd .5 */
    /* studies differ by a quarter of a unit of 2: variance .25 + .25 */
    assert_close(residual_at(NUMBER, 2.0, 0.25), 1.0 / sqrt(0.5), 1e-12, 0.0);
    assert_close(tac_target_log_variance(&NUMBER, 0.25), log(0.5), 1e-12, 0.0);
}

static void a_weight_is_a_share_of_a_finding(void **state)
{
    (void)state;
    tac_target quarter = NUMBER;
    quarter.weight = 0.25;
    assert_close(residual_at(quarter, 2.0, 0.0), 1.0, 1e-12, 0.0);
}

/* The chance of the sign that was seen: one half where nothing happens, Phi(1) one deviation off. */
static void a_direction_has_the_chance_of_its_sign(void **state)
{
    (void)state;
    const double nothing = residual_at(DIRECTION, 0.0, 0.0);
    const double right = residual_at(DIRECTION, 1.0, 0.0);
    const double wrong = residual_at(DIRECTION, -1.0, 0.0);
    assert_close(nothing * nothing, -2.0 * log(0.5), 1e-12, 0.0);
    assert_close(right * right, -2.0 * log(0.8413447), 1e-6, 0.0);
    assert_close(wrong * wrong, -2.0 * log(0.1586553), 1e-6, 0.0);
    assert_close(tac_target_log_variance(&DIRECTION, 0.3), 0.0, 0.0, 0.0);
}

/* "none" wants that a study of this size would not have called it significant, from either side. */
static void no_effect_is_wrong_on_both_sides_alike(void **state)
{
    (void)state;
    tac_target none = DIRECTION;
    none.direction = 0;
    const double middle = residual_at(none, 0.0, 0.0);
    assert_close(residual_at(none, 3.0, 0.0), residual_at(none, -3.0, 0.0), 1e-12, 0.0);
    assert_true(residual_at(none, 3.0, 0.0) > middle + 1.0);
    assert_close(residual_at(none, 3.0, 0.5), residual_at(none, 3.0, 0.0), 1e-12, 0.0);
}

static void what_does_not_exist_is_far_off(void **state)
{
    (void)state;
    assert_close(residual_at(NUMBER, (double)NAN, 0.0), 5.0, 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(
                                           a_number_is_off_in_units_of_all_that_could_explain_it),
                                       cmocka_unit_test(a_weight_is_a_share_of_a_finding),
                                       cmocka_unit_test(a_direction_has_the_chance_of_its_sign),
                                       cmocka_unit_test(no_effect_is_wrong_on_both_sides_alike),
                                       cmocka_unit_test(what_does_not_exist_is_far_off)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
