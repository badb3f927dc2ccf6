/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Repair of mouse muscle after injury, Al-Ghazawi 2025 (days, cells per mm3) alone, in the middle of its published first ranges. It is the order of
 * events that our muscle follows; its cells and rates belong to a mouse whose whole muscle was destroyed.
 */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The public equations, 10 states. Written smoothly where they switch: c7 is 1 where the text has 1e-16, which is singular as debris vanishes,
 * and the two "only above" terms are rounded over 10 cells. */
static const char *const REPAIR =
    "model repair()\n"
    "  var N; var Nd; var M; var M1; var M2; var Q; var A; var Mc; var Mn; var Md;\n"
    "  var turn; var crowded; var full;\n"
    "  turn := c17/(c7 + Nd + Md)*M1;\n"
    "  crowded := (Q - 2700)*(1 + tanh((Q - 2700)/10))/2;\n"
    "  full := (Mn - 30000)*(1 + tanh((Mn - 30000)/10))/2;\n"
    "  N' = c1*Md - c2*N - c15*N*Md;\n"
    "  Nd' = c15*N*Md - c3*M1*Nd;\n"
    "  M' = c4*N - c5*M*(Nd + Md) - c16*M;\n"
    "  M1' = c5*M*(Nd + Md) - c6*M1 - turn;\n"
    "  M2' = turn - c8*M2;\n"
    "  Q' = -c9*Q*N - c18*Q*Md + c10*M2*A - c19*Q*crowded;\n"
    "  A' = c9*Q*N + c18*Q*Md - c10*A*M2 + c11*M1*A - c12*M2*A - c22*A;\n"
    "  Mc' = c12*A*M2 - (c13 + c20)*Mc;\n"
    "  Mn' = c13*Mc - c21*Mn*full;\n"
    "  Md' = -c14*Md*M1 - c15*N*Md;\n"
    "  N = 0; Nd = 0; M = 0; M1 = 0; M2 = 0; Q = 2700; A = 0; Mc = 0; Mn = 0; Md = 30000;\n"
    "  c1 = 0.9; c2 = 2.5; c3 = 1.9e-4; c4 = 17.5; c5 = 4.5e-5; c6 = 0.075; c7 = 1; c8 = 0.15;\n"
    "  c9 = 4.5e-6; c10 = 2.55e-4; c11 = 2.45e-4; c12 = 6.5e-4; c13 = 3; c14 = 2.5e-4; c15 = 1.5e-5;\n"
    "  c16 = 7.5; c17 = 550; c18 = 2e-4; c19 = 0.02; c20 = 3.5e-5; c21 = 5e-5; c22 = 1.5e-4;\n"
    "end\n";

/* Numbers of base-models, row G1, read with two digits: half of the last is allowed, and the rounding of the switches. */
static void injury_is_answered_in_the_published_order(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(REPAIR);
    sim_to(sim, 0.5);
    assert_close(sim_value(sim, "N"), 6.6e3, 0.05, 0.0);
    sim_to(sim, 1.0);
    assert_close(sim_value(sim, "M1"), 8.9e3, 0.05, 0.0);
    sim_to(sim, 2.0);
    assert_close(sim_value(sim, "Md"), 0.9e3, 0.1, 0.0);
    sim_to(sim, 3.5);
    assert_close(sim_value(sim, "M2"), 7.6e3, 0.05, 0.0);
    assert_close(sim_value(sim, "Mn"), 4e4, 0.15, 0.0);
    sim_free(sim);
}

/** Time of a variable's top within ten days. */
static double top_d(const char *id)
{
    tac_test_sim *sim = sim_from_text(REPAIR);
    sim_to(sim, 10.0);
    const double t_d = sim_time_of_max(sim, id);
    sim_free(sim);
    return t_d;
}

/* McKellar's mouse cells: neutrophils are gone after day 2, M1 stand until day 3.5, M2 follow them. */
static void neutrophils_come_first_and_repairing_macrophages_last(void **state)
{
    (void)state;
    assert_true(top_d("N") < top_d("M1"));
    assert_true(top_d("M1") < top_d("M2"));
    assert_true(top_d("N") < 1.0);
    assert_true(top_d("M2") > 2.0 && top_d("M2") < 7.0);
}

/* Why only its order is used and not its satellite cells: the measured 123 per mm3 on day 2 come out hundredfold. */
static void the_published_ranges_make_far_too_many_activated_satellite_cells(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(REPAIR);
    sim_to(sim, 2.0);
    assert_true(sim_value(sim, "A") > 100.0 * 123.0);
    sim_free(sim);
}

/* Damaged domains are only ever cleared, and nothing goes below zero. */
static void debris_only_falls_and_no_count_goes_below_zero(void **state)
{
    (void)state;
    static const char *const IDS[] = {"N", "Nd", "M", "M1", "M2", "Q", "A", "Mc", "Mn", "Md"};
    tac_test_sim *sim = sim_from_text(REPAIR);
    sim_to(sim, 30.0);
    for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        assert_true(sim_min(sim, IDS[i]) > -1e-3);
    }
    assert_close(sim_time_of_max(sim, "Md"), 0.0, 0.0, 0.0);
    assert_true(sim_value(sim, "Md") < 0.01 * 30000.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(injury_is_answered_in_the_published_order),
        cmocka_unit_test(neutrophils_come_first_and_repairing_macrophages_last),
        cmocka_unit_test(the_published_ranges_make_far_too_many_activated_satellite_cells),
        cmocka_unit_test(debris_only_falls_and_no_count_goes_below_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
