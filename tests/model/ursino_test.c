/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Baroreflex of Ursino 1998 alone (seconds, mmHg, spikes per second), on mean pressure and without delays as the body uses it: the firing of nerves
 * at rest, the effectors open loop, and the heart period that follows.
 */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Time is in seconds; P is set from outside, so the loop is open. */
static const char *const REFLEX =
    "model reflex()\n"
    "  var P; var e; var fcs; var fes; var fev; var drive; var T;\n"
    "  var dE; var dR; var dRs; var dV; var dTs; var dTv;\n"
    "  e := exp((P - 92)/11.758);\n"
    "  fcs := (2.52 + 47.78*e)/(1 + e);\n"
    "  fes := 2.10 + (16.11 - 2.10)*exp(-0.0675*fcs);\n"
    "  fev := (3.2 + 6.3*exp((fcs - 25)/7.06))/(1 + exp((fcs - 25)/7.06));\n"
    "  drive := ln(max(fes - 2.66, 0) + 1);\n"
    "  dE' = (0.475*drive - dE)/8;\n"
    "  dR' = (0.53*drive - dR)/6;\n"
    "  dRs' = (0.695*drive - dRs)/6;\n"
    "  dV' = (-265.4*drive - dV)/20;\n"
    "  dTs' = (-0.13*drive - dTs)/2;\n"
    "  dTv' = (0.09*fev - dTv)/1.5;\n"
    "  T := 0.58 + dTs + dTv;\n"
    "  P = 93; dE = 0.5; dR = 0.55; dRs = 0.7; dV = -270; dTs = -0.13; dTv = 0.43;\n"
    "end\n";

/** The reflex after two minutes at a pressure. */
static tac_test_sim *settled(double pressure_mmHg)
{
    tac_test_sim *sim = sim_from_text(REFLEX);
    sim_set(sim, "P", pressure_mmHg);
    sim_to(sim, 200.0);
    return sim;
}

/* At Pn the sinus nerve fires half way between its bounds. */
static void firing_at_the_set_point_lies_in_the_middle(void **state)
{
    (void)state;
    tac_test_sim *sim = settled(92.0);
    assert_close(sim_value(sim, "fcs"), (2.52 + 47.78) / 2.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "fes"), 2.10 + 14.01 * exp(-0.0675 * 25.15), 1e-9, 0.0);
    sim_free(sim);
}

/* The numbers of rest that the body is normalised by. */
static void at_93_mmHg_nerves_and_heart_are_at_rest(void **state)
{
    (void)state;
    tac_test_sim *sim = settled(93.0);
    assert_close(sim_value(sim, "fes"), 4.5, 0.0, 0.05);
    assert_close(sim_value(sim, "fev"), 4.9, 0.0, 0.05);
    assert_close(sim_value(sim, "dTs"), -0.136, 0.0, 1e-3);
    assert_close(sim_value(sim, "dTv"), 0.438, 0.0, 1e-3);
    assert_close(60.0 / sim_value(sim, "T"), 68.0, 0.0, 0.2);
    sim_free(sim);
}

static void the_curves_are_bounded_and_go_the_right_way(void **state)
{
    (void)state;
    static const double P_mmHg[] = {30.0, 70.0, 92.0, 110.0, 180.0};
    double fes = 16.11;
    double fev = 3.2;
    for (size_t i = 0; i < sizeof P_mmHg / sizeof P_mmHg[0]; i++) {
        tac_test_sim *sim = settled(P_mmHg[i]);
        assert_true(sim_value(sim, "fcs") > 2.52 && sim_value(sim, "fcs") < 47.78);
        assert_true(sim_value(sim, "fes") < fes && sim_value(sim, "fes") > 2.10);
        assert_true(sim_value(sim, "fev") > fev && sim_value(sim, "fev") < 6.3);
        fes = sim_value(sim, "fes");
        fev = sim_value(sim, "fev");
        sim_free(sim);
    }
}

/* Loss of 10 mmHg: vessels tighten, veins empty, the heart beats harder and faster; each effector has 63 % of its way behind it after
 * its own time constant. */
static void effectors_answer_a_fall_of_pressure_each_at_its_own_pace(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double gain;
        double tau_s;
    } EFFECTORS[] = {{"dE", 0.475, 8.0},
                     {"dR", 0.53, 6.0},
                     {"dRs", 0.695, 6.0},
                     {"dV", -265.4, 20.0},
                     {"dTs", -0.13, 2.0}};
    const double drive_93 = log(2.10 + 14.01 * exp(-0.0675 * 26.1125) - 2.66 + 1.0);
    for (size_t i = 0; i < sizeof EFFECTORS / sizeof EFFECTORS[0]; i++) {
        tac_test_sim *sim = settled(93.0);
        const double before = sim_value(sim, EFFECTORS[i].id);
        assert_close(before, EFFECTORS[i].gain * drive_93, 1e-3, 0.0);
        sim_set(sim, "P", 83.0);
        sim_to(sim, 200.0 + EFFECTORS[i].tau_s);
        const double on_the_way = sim_value(sim, EFFECTORS[i].id);
        sim_to(sim, 400.0);
        const double after = sim_value(sim, EFFECTORS[i].id);
        assert_true((after - before) * EFFECTORS[i].gain > 0.0);
        assert_close((on_the_way - before) / (after - before), 1.0 - exp(-1.0), 1e-3, 0.0);
        sim_free(sim);
    }
}

/* The open-loop gain of the heart: a fall of 10 mmHg shortens the period by about a tenth, mostly through the vagus. */
static void a_fall_of_pressure_speeds_the_heart_mostly_through_the_vagus(void **state)
{
    (void)state;
    tac_test_sim *sim = settled(93.0);
    const double period_s = sim_value(sim, "T");
    const double vagal_s = sim_value(sim, "dTv");
    sim_set(sim, "P", 83.0);
    sim_to(sim, 400.0);
    assert_true(sim_value(sim, "T") < 0.95 * period_s);
    assert_true(vagal_s - sim_value(sim, "dTv") > 0.5 * (period_s - sim_value(sim, "T")));
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(firing_at_the_set_point_lies_in_the_middle),
        cmocka_unit_test(at_93_mmHg_nerves_and_heart_are_at_rest),
        cmocka_unit_test(the_curves_are_bounded_and_go_the_right_way),
        cmocka_unit_test(effectors_answer_a_fall_of_pressure_each_at_its_own_pace),
        cmocka_unit_test(a_fall_of_pressure_speeds_the_heart_mostly_through_the_vagus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
