/* SPDX-License-Identifier: Apache-2.0 */
/* Quantiles and means against values that can be worked out by hand. */
#include "study/statistics.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void quantiles_interpolate_between_order_statistics(void **state)
{
    (void)state;
    /* 0, 1 ... 40 in another order: the p-quantile of type 7 is 40 p */
    double values[41];
    for (size_t i = 0; i < 41; i++) {
        values[i] = (double)((i * 7) % 41);
    }
    const tac_band band = tac_band_of(41, values);
    assert_close(band.mid, 20.0, 0.0, 1e-12);
    assert_close(band.low, 1.0, 0.0, 1e-12);
    assert_close(band.high, 39.0, 0.0, 1e-12);
}

static void one_value_is_its_own_band(void **state)
{
    (void)state;
    double value = 3.5;
    const tac_band band = tac_band_of(1, &value);
    assert_close(band.mid, 3.5, 0.0, 0.0);
    assert_close(band.low, 3.5, 0.0, 0.0);
    assert_close(band.high, 3.5, 0.0, 0.0);
}

static void a_mean_weighs_samples_by_the_time_since_the_one_before(void **state)
{
    (void)state;
    const double t_h[] = {0.0, 1.0, 1.5, 3.0};
    const float values[] = {9.0F, 2.0F, 4.0F, 1.0F};
    const tac_window whole = {0.0, 3.0};
    /* (2 * 1 + 4 * 0.5 + 1 * 1.5) / 3 */
    assert_close(tac_mean_in(4, t_h, values, 1, &whole), 5.5 / 3.0, 1e-12, 0.0);
    const tac_window parts[] = {{0.0, 1.0}, {1.5, 3.0}};
    assert_close(tac_mean_in(4, t_h, values, 2, parts), 3.5 / 2.5, 1e-12, 0.0);
}

static void a_sample_at_the_start_of_a_window_belongs_to_what_was_before(void **state)
{
    (void)state;
    const double t_h[] = {0.0, 1.0, 2.0};
    const float heart_rate[] = {70.0F, 70.0F, 60.0F}; /* a session from 1 h to 2 h */
    const tac_window session = {1.0, 2.0};
    assert_close(tac_mean_in(3, t_h, heart_rate, 1, &session), 60.0, 1e-12, 0.0);
    assert_close(tac_max_in(3, t_h, heart_rate, session), 60.0, 1e-12, 0.0);
    const tac_window both = {0.0, 2.0};
    assert_close(tac_max_in(3, t_h, heart_rate, both), 70.0, 1e-12, 0.0);
    assert_close(tac_min_in(3, t_h, heart_rate, both), 60.0, 1e-12, 0.0);
}

static void an_empty_window_gives_no_number(void **state)
{
    (void)state;
    const double t_h[] = {0.0, 1.0};
    const float values[] = {1.0F, 1.0F};
    const tac_window outside = {5.0, 6.0};
    assert_true(isnan(tac_mean_in(2, t_h, values, 1, &outside)));
    assert_true(isnan(tac_max_in(2, t_h, values, outside)));
    assert_true(isnan(tac_min_in(2, t_h, values, outside)));
}

/* Two of eight had a cold: the standard error of a share of .25 is sqrt(.25 x .75 / 7). */
static void a_mean_has_an_interval_of_its_own(void **state)
{
    (void)state;
    const double had[] = {0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0};
    const tac_band band = tac_mean_band_of(8, had);
    assert_close(band.mid, 0.25, 1e-12, 0.0);
    assert_close(band.high - band.mid, 1.959964 * sqrt(0.25 * 0.75 / 7.0), 1e-9, 0.0);
    assert_close(band.mid - band.low, band.high - band.mid, 1e-12, 0.0);
    const tac_band one = tac_mean_band_of(1, &had[1]);
    assert_close(one.low, 1.0, 1e-12, 0.0);
    assert_close(one.high, 1.0, 1e-12, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_interpolate_between_order_statistics),
        cmocka_unit_test(one_value_is_its_own_band),
        cmocka_unit_test(a_mean_weighs_samples_by_the_time_since_the_one_before),
        cmocka_unit_test(a_sample_at_the_start_of_a_window_belongs_to_what_was_before),
        cmocka_unit_test(an_empty_window_gives_no_number),
        cmocka_unit_test(a_mean_has_an_interval_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
