/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arithmetic of the published bases of fluid and lymph, each alone and typed here: Guyton's capillary dynamics, Quick's pump, the store of Downey's dogs,
 * refill of initial lymph vessels. It cannot tell what models/ does: tests/physiology/strokes_test.c, lymph_test.c and fluid_test.c do.
 */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Guyton 1972: colloid pressure .28 c + .0019 c^2; filtration is CFC = .01167 L/min/mmHg (from memory) times the sum of pressures; lymph .02 L/min per
 * mmHg above a threshold (4.2 mmHg of suction, from memory). One compartment of 12 L against plasma of 3 L and 210 g; minutes. */
static const char *const GUYTON =
    "model guyton()\n"
    "  var VP; var VT; var PRP; var TSP; var PC; var PPC; var PTC; var PIF; var VTC; var VTL; var DPC; var DPL;\n"
    "  PPC := 0.28*PRP/VP + 0.0019*(PRP/VP)^2;\n"
    "  PTC := 0.28*TSP/VT + 0.0019*(TSP/VT)^2;\n"
    "  PIF := -5.3 + 2*(VT - 12);\n"
    "  VTC := 0.01167*(PC - PPC - PIF + PTC);\n"
    "  VTL := 0.02*max(0, PIF + 5.5);\n"
    "  DPC := 0.00104*(PRP/VP - TSP/VT);\n"
    "  DPL := VTL*TSP/VT;\n"
    "  VT' = VTC - VTL; VP' = VTL - VTC; TSP' = DPC - DPL; PRP' = DPL - DPC;\n"
    "  PC = 17; VP = 3; VT = 12; PRP = 210; TSP = 168;\n"
    "end\n";

/* 70 g/L in plasma gives 28.9 mmHg; water and protein of the two spaces stay the same, and a lymph flow of mL/min balances filtration. */
static void guyton_exchange_settles_and_keeps_water_and_protein(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(GUYTON);
    assert_close(sim_value(sim, "PPC"), 28.9, 0.0, 0.02);
    sim_to(sim, 60.0 * 24.0 * 40.0);
    assert_close(sim_value(sim, "VP") + sim_value(sim, "VT"), 15.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "PRP") + sim_value(sim, "TSP"), 378.0, 1e-9, 0.0);
    assert_close(sim_value(sim, "VTC"), sim_value(sim, "VTL"), 1e-4, 0.0);
    assert_true(sim_value(sim, "VTL") > 0.5e-3 && sim_value(sim, "VTL") < 10e-3);
    sim_free(sim);
}

/* Quick 2008: a lymphangion between elastances E_min and E_max at rate f gives Q = f (P_in/E_min - P_out/E_max) and stops at P_in E_max/E_min. Here the
 * cycle itself is followed: it fills to P_in/E_min and empties to P_out/E_max. */
static void quick_pump_gives_stroke_times_rate_and_stops_at_its_pressure(void **state)
{
    (void)state;
    static const double P_OUT_mmHg[] = {0.0, 10.0, 30.0};
    const double f_min = 0.55;
    for (size_t i = 0; i < 3; i++) {
        tac_test_sim *sim = sim_from_text("model pump()\n"
                                          "  var E; var Q; var P_out; var moved;\n"
                                          "  E := 3.1 + (40 - 3.1)*(1 - cos(2*pi*0.55*time))/2;\n"
                                          "  Q := 0.55*(3/3.1 - P_out/40);\n"
                                          "  moved' = Q; moved = 0; P_out = 0;\n"
                                          "end\n");
        sim_set(sim, "P_out", P_OUT_mmHg[i]);
        sim_to(sim, 10.0 / f_min);
        const double filled_uL = 3.0 / sim_min(sim, "E");
        const double emptied_uL = P_OUT_mmHg[i] / sim_max(sim, "E");
        assert_close(sim_value(sim, "moved"), 10.0 * (filled_uL - emptied_uL), 1e-3, 0.0);
        sim_set(sim, "P_out", 3.0 * 40.0 / 3.1);
        assert_close(sim_value(sim, "Q"), 0.0, 0.0, 1e-12);
        sim_free(sim);
    }
}

/* Study DOWECE, dogs: 1.7 mL/min, a store that refills in 15 min, emptied by .157 a minute: 4.98 mL/min after a minute, 15.3 mL in all in 8 min. */
static void the_store_of_the_dog_gives_fifteen_millilitres(void **state)
{
    (void)state;
    tac_test_sim *sim =
        sim_from_text("model store()\n"
                      "  var V; var J; var extra; var k;\n"
                      "  J := 1.7*V/26 + k*V;\n"
                      "  V' = 1.7 - J; extra' = J - 1.7; V = 26; extra = 0; k = 0;\n"
                      "end\n");
    sim_set(sim, "k", 0.157);
    sim_to(sim, 1.0);
    assert_close(sim_value(sim, "J"), 4.98, 0.02, 0.0);
    sim_to(sim, 8.0);
    assert_close(sim_value(sim, "extra"), 15.3, 0.02, 0.0);
    sim_free(sim);
}

/* McGeown 1988: three times the volume of a compression with a gap of 8 s as of .5 s follows from one time of refill, 1.24 s. */
static void arithmetic_of_a_refill_of_a_second_gives_three_times_as_much_after_eight(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text("model refill()\n  var v; v' = (1 - v)/1.24; v = 0;\nend\n");
    sim_to(sim, 0.5);
    const double soon = sim_value(sim, "v");
    sim_to(sim, 8.0);
    assert_close(sim_value(sim, "v") / soon, 3.0, 0.02, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guyton_exchange_settles_and_keeps_water_and_protein),
        cmocka_unit_test(quick_pump_gives_stroke_times_rate_and_stops_at_its_pressure),
        cmocka_unit_test(the_store_of_the_dog_gives_fifteen_millilitres),
        cmocka_unit_test(arithmetic_of_a_refill_of_a_second_gives_three_times_as_much_after_eight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
