/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CRP made by the liver on IL-6 seen late, lost with one half-life whatever its level (Pepys and Hirschfield 2003: 19 h; hours, pg/mL, mg/L): the form alone.
 * Size of the synthesis is not published in this form; these tests do not depend on it.
 */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const CRP =
    "model crp()\n"
    "  var IL6; var X; var CRP;\n"
    "  X' = (IL6 - X)/9;\n"
    "  CRP' = loss*(base + most*X/(half + X) - CRP);\n"
    "  IL6 = 1; X = 1; loss = ln(2)/19; base = 0.5; most = 100; half = 300; CRP = 0.83;\n"
    "end\n";

/** A morning of IL-6 at 140 pg/mL for 3 h (Steensberg 2003), then rest. */
static tac_test_sim *after_il6(double peak)
{
    tac_test_sim *sim = sim_from_text(CRP);
    sim_to(sim, 500.0);
    sim_set(sim, "IL6", peak);
    sim_to(sim, 503.0);
    sim_set(sim, "IL6", 1.0);
    return sim;
}

static void with_il6_back_at_rest_half_is_left_after_19_hours(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(CRP);
    sim_to(sim, 500.0);
    const double rest = sim_value(sim, "CRP");
    sim_set(sim, "CRP", rest + 100.0);
    sim_to(sim, 519.0);
    assert_close(sim_value(sim, "CRP") - rest, 50.0, 1e-5, 0.0);
    sim_to(sim, 538.0);
    assert_close(sim_value(sim, "CRP") - rest, 25.0, 1e-5, 0.0);
    sim_free(sim);
}

/* Steensberg 2003: CRP is above rest 3 h after the start of rhIL-6 and higher at 16 h, when IL-6 has long gone. */
static void crp_comes_after_il6_has_gone(void **state)
{
    (void)state;
    tac_test_sim *sim = after_il6(140.0);
    const double at_3h = sim_value(sim, "CRP");
    sim_to(sim, 516.0);
    assert_true(at_3h > 0.83);
    assert_true(sim_value(sim, "CRP") > at_3h);
    sim_free(sim);
}

/* No step up without cause: in steady state CRP is base + most X/(half + X). */
static void at_rest_crp_does_not_move(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(CRP);
    sim_to(sim, 8760.0);
    assert_close(sim_value(sim, "CRP"), 0.5 + 100.0 / 301.0, 1e-7, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(with_il6_back_at_rest_half_is_left_after_19_hours),
        cmocka_unit_test(crp_comes_after_il6_has_gone),
        cmocka_unit_test(at_rest_crp_does_not_move),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
