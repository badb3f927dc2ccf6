/* SPDX-License-Identifier: Apache-2.0 */
/* The gland masses of Karin 2020 alone (days, relative): weeks of doubled drive and the months after. */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const GLANDS =
    "model glands()\n"
    "  var x1; var x2; var x3; var P; var A; var u; var GR;\n"
    "  GR := 1/(1 + (x3/K)^3);\n"
    "  x1' = g1*(u/x3*GR - x1);\n"
    "  x2' = g2*(x1*P*GR - x2);\n"
    "  x3' = g3*(x2*A - x3);\n"
    "  P' = gP*P*(x1*(1 - P/KP) - 1);\n"
    "  A' = gA*A*(x2*(1 - A/KA) - 1);\n"
    "  x1 = 1; x2 = 1; x3 = 0.985; P = 1.015; A = 0.985; u = 1;\n"
    "  K = 4; KP = 1e6; KA = 1e6;\n"
    "  g1 = ln(2)*1440/4; g2 = ln(2)*1440/20; g3 = ln(2)*1440/80; gP = ln(2)/20; gA = ln(2)/30;\n"
    "end\n";

static tac_test_sim *rested(double *t0_d)
{
    tac_test_sim *sim = sim_from_text(GLANDS);
    *t0_d = 400.0;
    sim_to(sim, *t0_d);
    return sim;
}

static void rest_stays_at_rest(void **state)
{
    (void)state;
    double t0_d = 0.0;
    tac_test_sim *sim = rested(&t0_d);
    assert_close(sim_value(sim, "x3"), 0.985, 0.001, 0.0);
    assert_close(sim_value(sim, "P"), 1.015, 0.001, 0.0);
    assert_close(sim_value(sim, "A"), 0.985, 0.001, 0.0);
    sim_free(sim);
}

/* Numbers of base-models, row A2: cortisol (x3), gland masses, then ACTH (x2). */
static void sixty_days_of_doubled_drive_grow_the_glands_and_leave_months_of_low_acth(void **state)
{
    (void)state;
    double t0_d = 0.0;
    tac_test_sim *sim = rested(&t0_d);
    sim_set(sim, "u", 2.0);
    sim_to(sim, t0_d + 0.1);
    assert_close(sim_value(sim, "x3"), 1.36, 0.05, 0.0);
    sim_to(sim, t0_d + 1.0);
    assert_close(sim_value(sim, "x3"), 1.38, 0.05, 0.0);
    sim_to(sim, t0_d + 20.0);
    assert_close(sim_value(sim, "x3"), 1.60, 0.05, 0.0);
    sim_to(sim, t0_d + 60.0);
    assert_close(sim_value(sim, "x3"), 1.85, 0.05, 0.0);
    assert_close(sim_value(sim, "P"), 1.34, 0.05, 0.0);
    assert_close(sim_value(sim, "A"), 1.53, 0.05, 0.0);

    sim_set(sim, "u", 1.0);
    sim_to(sim, t0_d + 60.5);
    assert_close(sim_value(sim, "x3"), 1.37, 0.05, 0.0);
    sim_to(sim, t0_d + 100.0);
    assert_close(sim_value(sim, "x3"), 1.13, 0.05, 0.0);
    assert_close(sim_value(sim, "x2"), 0.84, 0.05, 0.0);
    sim_to(sim, t0_d + 180.0);
    assert_close(sim_value(sim, "x3"), 0.96, 0.05, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rest_stays_at_rest),
        cmocka_unit_test(sixty_days_of_doubled_drive_grow_the_glands_and_leave_months_of_low_acth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
