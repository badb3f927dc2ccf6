/* SPDX-License-Identifier: Apache-2.0 */
/* The whole chain from text to trajectory on models whose solutions are known. */
#include "simulate.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* dx/dt = -k x: 2 exp(-3). */
static void decay_follows_the_exact_solution(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text("model decay() x = 2; k = 0.3; x' = -k*x; end");
    sim_to(sim, 10.0);
    /* a score of local errors of 1e-8 times the size 2 */
    assert_close(sim_value(sim, "x"), 2.0 * exp(-3.0), 0.0, 4e-7);
    sim_free(sim);
}

/* A harmonic oscillation seen through assigned variables: extremes, their times and the mean. */
static void extremes_means_and_their_times_are_those_of_a_cosine(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text("model turn() x = 1; v = 0; x' = v; v' = -x;"
                                      " y := 3 + 2*x; r := x^2 + v^2; end");
    const double pi = acos(-1.0);
    sim_to(sim, 2.0 * pi);
    assert_close(sim_max(sim, "y"), 5.0, 1e-6, 0.0);
    assert_close(sim_min(sim, "y"), 1.0, 1e-4, 0.0);
    assert_close(sim_mean(sim, "y"), 3.0, 1e-6, 0.0);
    assert_close(sim_time_of_min(sim, "y"), pi, 0.01, 0.0);
    assert_close(sim_time_of_max(sim, "v"), 1.5 * pi, 0.01, 0.0);
    assert_close(sim_min(sim, "r"), 1.0, 1e-6, 0.0);
    assert_close(sim_max(sim, "r"), 1.0, 1e-6, 0.0);
    sim_free(sim);
}

/* Inputs, constants and states may be set between stretches. */
static void what_is_set_acts_from_then_on(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text("model fill() var u; u = 0; k = 1; x = 5;"
                                      " x' = u - k*x; twice := 2*x; end");
    sim_to(sim, 1.0);
    assert_close(sim_value(sim, "x"), 5.0 * exp(-1.0), 1e-6, 0.0);
    sim_set(sim, "u", 3.0);
    sim_to(sim, 50.0);
    assert_close(sim_value(sim, "x"), 3.0, 1e-6, 0.0);
    sim_set(sim, "k", 2.0);
    sim_to(sim, 100.0);
    assert_close(sim_value(sim, "twice"), 3.0, 1e-6, 0.0);
    sim_set(sim, "x", 10.0);
    assert_close(sim_value(sim, "twice"), 20.0, 1e-12, 0.0);
    sim_to(sim, 101.0);
    assert_close(sim_max(sim, "x"), 10.0, 1e-12, 0.0);
    assert_close(sim_value(sim, "x"), 1.5 + 8.5 * exp(-2.0), 1e-6, 0.0);
    sim_free(sim);
}

/* Start values may follow from constants, from other start values and from assigned variables. */
static void start_values_follow_from_others(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text("model begin() k = 4; double_k = 2*k; x = double_k + 1;"
                                      " y = x*z; z := k + time; x' = 0*x; y' = double_k; end");
    assert_close(sim_value(sim, "x"), 9.0, 0.0, 1e-12);
    assert_close(sim_value(sim, "y"), 36.0, 0.0, 1e-12);
    assert_close(sim_value(sim, "double_k"), 8.0, 0.0, 1e-12);
    sim_to(sim, 2.0);
    assert_close(sim_value(sim, "y"), 52.0, 1e-7, 0.0);
    assert_close(sim_value(sim, "z"), 6.0, 1e-12, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decay_follows_the_exact_solution),
        cmocka_unit_test(extremes_means_and_their_times_are_those_of_a_cosine),
        cmocka_unit_test(what_is_set_acts_from_then_on),
        cmocka_unit_test(start_values_follow_from_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
