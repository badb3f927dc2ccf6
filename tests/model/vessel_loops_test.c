/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bases of the circulation alone: the loop of four volumes of Dobreva 2021 (mL, mmHg, s; numbers of its public code), and one limb vein under a
 * hand (% of limb volume, kPa, s) with the constants that were measured at calves. Arithmetic of what was published: what the body's veins do under
 * strokes is in tests/physiology/strokes_test.c.
 */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Large arteries, small arteries, small veins, large veins. */
static const char *const LOOP =
    "model loop()\n"
    "  var la; var sa; var sv; var lv; var HR;\n"
    "  var p_la; var p_sa; var p_sv; var p_lv; var qa; var qs; var qv; var Q; var total;\n"
    "  p_la := la/1.39817; p_sa := sa/0.25972; p_sv := sv/47.45039; p_lv := lv/8.97171;\n"
    "  qa := (p_la - p_sa)/0.065657; qs := (p_sa - p_sv)/1.30116; qv := (p_sv - p_lv)/0.0028661;\n"
    "  Q := (p_lv/0.026515 - p_la/3.09564)*HR/60;\n"
    "  la' = Q - qa; sa' = qa - qs; sv' = qs - qv; lv' = qv - Q;\n"
    "  total := la + sa + sv + lv;\n"
    "  la = 169.632; sa = 30.041; sv = 168.441; lv = 29.632; HR = 60;\n"
    "end\n";

/* Pressures 121.3, 115.7, 3.55, 3.30 mmHg and flows of 85.4-86.2 mL/s follow from its printed start. */
static void the_published_start_is_nearly_at_rest(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(LOOP);
    static const char *const FLOWS[] = {"qa", "qs", "qv", "Q"};
    assert_close(sim_value(sim, "p_la"), 121.3, 1e-3, 0.0);
    assert_close(sim_value(sim, "p_sa"), 115.7, 1e-3, 0.0);
    assert_close(sim_value(sim, "p_sv"), 3.55, 1e-3, 0.0);
    assert_close(sim_value(sim, "p_lv"), 3.30, 2e-3, 0.0);
    for (size_t i = 0; i < 4; i++) {
        assert_close(sim_value(sim, FLOWS[i]), 85.8, 0.0, 0.5);
    }
    sim_to(sim, 60.0);
    assert_close(sim_value(sim, "p_la"), 121.3, 0.01, 0.0);
    sim_free(sim);
}

static void blood_is_neither_made_nor_lost(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(LOOP);
    const double before = sim_value(sim, "total");
    sim_set(sim, "HR", 110.0);
    sim_to(sim, 120.0);
    assert_close(sim_value(sim, "total"), before, 1e-9, 0.0);
    assert_close(sim_value(sim, "Q"), sim_value(sim, "qa"), 1e-6, 0.0);
    sim_free(sim);
}

/* Set to rest the loop obeys  Q = (p_la - p_lv)/(Ra + Rs + Rv), which is what the body's algebra takes from it. */
static void at_rest_the_loop_is_one_resistance(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(LOOP);
    sim_set(sim, "HR", 80.0);
    sim_to(sim, 200.0);
    const double drop = sim_value(sim, "p_la") - sim_value(sim, "p_lv");
    assert_close(sim_value(sim, "Q"), drop / (0.065657 + 1.30116 + 0.0028661), 1e-6, 0.0);
    sim_free(sim);
}

/* Calf, 1977: compliance 1.1 %/kPa, outflow resistance 3.8 s kPa/%, inflow .054 %/s; filled to 2.5 % above its rest. */
static const char *const VEIN = "model vein()\n"
                                "  var V; var p; var q_in;\n"
                                "  V' = q_in - (V/1.1 + p)/3.8;\n"
                                "  V = 2.5; p = 0; q_in = 0.054;\n"
                                "end\n";

/* V -> q R C with time constant R C = 4.18 s; nothing of the stroke is left after it. */
static void arithmetic_of_a_vein_that_empties_with_resistance_times_compliance(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(VEIN);
    const double tau_s = 3.8 * 1.1;
    const double rest = 0.054 * tau_s;
    sim_to(sim, 5.0);
    assert_close(sim_value(sim, "V"), rest + (2.5 - rest) * exp(-5.0 / tau_s), 1e-6, 0.0);
    sim_to(sim, 60.0);
    assert_close(sim_value(sim, "V"), rest, 1e-5, 0.0);
    sim_free(sim);
}

/* Dammed, it fills by its inflow alone: 2.5 % in 46 s, within the 40-60 s of refilling. */
static void arithmetic_of_a_dammed_vein_fills_in_less_than_a_minute(void **state)
{
    (void)state;
    tac_test_sim *sim =
        sim_from_text("model dam()\n  var V; var q_in; V' = q_in; V = 0; q_in = 0.054;\nend\n");
    sim_to(sim, 46.3);
    assert_close(sim_value(sim, "V"), 2.5, 1e-3, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_start_is_nearly_at_rest),
        cmocka_unit_test(blood_is_neither_made_nor_lost),
        cmocka_unit_test(at_rest_the_loop_is_one_resistance),
        cmocka_unit_test(arithmetic_of_a_vein_that_empties_with_resistance_times_compliance),
        cmocka_unit_test(arithmetic_of_a_dammed_vein_fills_in_less_than_a_minute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
