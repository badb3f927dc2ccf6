/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of lymphangions as the build compiled it: what a passive tube, shut valves and a pump must do, and the shape of what a hand adds. */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

extern const tac_image tac_image_lymphangion_chain;

static const double PI = 3.14159265358979323846;
static const int N_SEGMENT = 12;

/* No step may jump over a contraction of 7 s. */
static tac_test_sim *chain(void)
{
    return sim_from_image(&tac_image_lymphangion_chain, 1e-6, 0.5);
}

static double segment_value(const tac_test_sim *sim, int i, const char *what)
{
    char id[64];
    snprintf(id, sizeof id, "segment_%d.%s", i, what);
    return sim_value(sim, id);
}

static double valve_flow(const tac_test_sim *sim, int i)
{
    char id[64];
    snprintf(id, sizeof id, "valve_%d.flow", i);
    return sim_value(sim, id);
}

/** Mean outflow in mm3/min over ten minutes under strokes, after two periods of the vessel alone under them. */
static double flow_under(double peak_mmHg, double stroke_period_s)
{
    tac_test_sim *sim = chain();
    sim_set(sim, "hand_peak", peak_mmHg);
    sim_set(sim, "hand_speed", 60.0);
    sim_set(sim, "stroke_period", stroke_period_s);
    sim_to(sim, 132.0);
    const double before = sim_value(sim, "pumped");
    sim_to(sim, 732.0);
    const double flow = (sim_value(sim, "pumped") - before) / 10.0;
    sim_free(sim);
    return flow;
}

/* Between the middles of the first and the last segment lie ten whole segments, two halves and eleven open valves. */
static void at_rest_it_is_a_tube_after_poiseuille(void **state)
{
    (void)state;
    tac_test_sim *sim = chain();
    sim_set(sim, "contracting", 0.0);
    sim_set(sim, "outlet_pressure", -1.0);
    sim_to(sim, 3000.0);
    double resistance = 0.0;
    for (int i = 1; i <= N_SEGMENT; i++) {
        const double share = i == 1 || i == N_SEGMENT ? 0.5 : 1.0;
        const double volume = segment_value(sim, i, "volume");
        const double diameter = sqrt(4.0 * volume / (PI * sim_value(sim, "length")));
        resistance += share * 128.0 * sim_value(sim, "viscosity") * sim_value(sim, "length")
                      / (PI * pow(diameter, 4.0));
    }
    resistance += (N_SEGMENT - 1) * sim_value(sim, "open_resistance");
    const double drop =
        segment_value(sim, 1, "pressure") - segment_value(sim, N_SEGMENT, "pressure");
    assert_true(valve_flow(sim, 7) > 0.0);

    assert_close(valve_flow(sim, 7), drop / resistance, 1e-2, 0.0);
    assert_close(valve_flow(sim, 7), valve_flow(sim, 13), 1e-3, 0.0);
    sim_free(sim);
}

/* 40 mmHg from behind: through each shut valve no more runs than drop / closed resistance. */
static void against_shut_valves_nothing_but_leak_runs_back(void **state)
{
    (void)state;
    tac_test_sim *sim = chain();
    sim_set(sim, "contracting", 0.0);
    sim_set(sim, "outlet_pressure", 40.0);
    sim_to(sim, 600.0);
    assert_true(valve_flow(sim, 13) <= 0.0);
    assert_true(valve_flow(sim, 13) >= -1.01 * 40.0 / sim_value(sim, "closed_resistance"));
    sim_free(sim);
}

static void lymph_is_neither_made_nor_lost(void **state)
{
    (void)state;
    tac_test_sim *sim = chain();
    const double before = sim_value(sim, "balance");
    sim_set(sim, "hand_peak", 60.0);
    sim_to(sim, 600.0);
    assert_true(sim_value(sim, "pumped") > 10.0);
    assert_close(sim_value(sim, "balance"), before, 1e-9, 0.0);
    sim_free(sim);
}

/* Cuffs: arms 39 (Modi 2007), legs 56 mmHg (Groenlund 2017). */
static void against_a_closed_end_it_pumps_to_the_pressure_of_arms_and_legs(void **state)
{
    (void)state;
    tac_test_sim *sim = chain();
    sim_set(sim, "outlet_resistance", 1e12);
    sim_to(sim, 2000.0);
    sim_to(sim, 2400.0);
    const double peak = sim_max(sim, "segment_12.pressure");
    assert_close(peak, 47.5, 0.0, 8.5);
    sim_free(sim);
}

/*
 * Sheep's vessels refill within about 8 s (McGeown 1988: gaps of .5 and 8 s differ threefold): the time constant must be below that. It is not an
 * exponential: the emptied vessel downstream goes on drawing, so the last fifth takes longer.
 */
static void initial_lymphatics_refill_with_a_time_constant_below_eight_seconds(void **state)
{
    (void)state;
    tac_test_sim *sim = chain();
    sim_set(sim, "contracting", 0.0);
    sim_set(sim, "hand_peak", 30.0);
    sim_set(sim, "stroke_period", 100.0);
    sim_to(sim, 95.0);
    const double full = sim_value(sim, "initial_volume");
    sim_to(sim, 106.0); /* it landed at 100 s, and lifts at 106 s */
    const double lost = full - sim_min(sim, "initial_volume");
    assert_true(lost > 0.5);
    sim_to(sim, sim_time_of_min(sim, "initial_volume") + 8.0);
    const double lost_late = full - sim_value(sim, "initial_volume");
    assert_true(lost_late < exp(-1.0) * lost);
    sim_free(sim);
}

static void a_harder_hand_adds_more_but_ever_less_for_each_mmhg(void **state)
{
    (void)state;
    static const double PEAKS_MMHG[] = {0.0, 10.0, 30.0, 90.0};
    double flow[4];
    for (size_t i = 0; i < 4; i++) {
        flow[i] = flow_under(PEAKS_MMHG[i], 8.0);
    }
    double slope = (double)INFINITY;
    for (size_t i = 1; i < 4; i++) {
        const double next = (flow[i] - flow[i - 1]) / (PEAKS_MMHG[i] - PEAKS_MMHG[i - 1]);
        assert_true(next > 0.0 && next < slope);
        slope = next;
    }
}

static void more_strokes_add_more_but_each_less(void **state)
{
    (void)state;
    static const double PERIODS_S[] = {32.0, 16.0, 8.0, 4.0};
    const double alone = flow_under(0.0, 8.0);
    double before = 0.0;
    double before_each = (double)INFINITY;
    for (size_t i = 0; i < 4; i++) {
        const double extra = flow_under(30.0, PERIODS_S[i]) - alone;
        const double each = extra * PERIODS_S[i];
        assert_true(extra > before && each < before_each);
        before = extra;
        before_each = each;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_rest_it_is_a_tube_after_poiseuille),
        cmocka_unit_test(against_shut_valves_nothing_but_leak_runs_back),
        cmocka_unit_test(lymph_is_neither_made_nor_lost),
        cmocka_unit_test(against_a_closed_end_it_pumps_to_the_pressure_of_arms_and_legs),
        cmocka_unit_test(initial_lymphatics_refill_with_a_time_constant_below_eight_seconds),
        cmocka_unit_test(a_harder_hand_adds_more_but_ever_less_for_each_mmhg),
        cmocka_unit_test(more_strokes_add_more_but_each_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
