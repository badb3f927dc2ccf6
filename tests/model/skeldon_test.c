/* SPDX-License-Identifier: Apache-2.0 */
/* Sleep and clock of Skeldon 2023 alone (hours, lux), with the smooth switch of sleep that the body uses. */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The published thresholds are +/- .5 around 13 + 1.72 C with a jump. A switch of width .02 with five minutes of its own turns
 * there when its half band is .6016, where its two branches end at exactly +/- .5. */
static const char *const SLEEP =
    "model sleep()\n"
    "  var light; var al; var B; var C; var x; var xc; var n; var H; var S;\n"
    "  al := 0.16*(light/9500)^0.6*(1 - S);\n"
    "  B := 19.9*(1 - n)*al*(1 - 0.4*x)*(1 - 0.4*xc);\n"
    "  x' = (xc + B)*2*pi/24;\n"
    "  xc' = (0.23*(xc - 4/3*xc^3) - x*((24/(0.99669*24.2))^2 + 0.55*B))*2*pi/24;\n"
    "  n' = 60*(al*(1 - n) - 0.013*n);\n"
    "  H' = (-H + (1 - S)*17.78)/45;\n"
    "  C := 0.7896 - 0.3912*xc + 0.7583*x - 0.4442*xc^2 + 0.0250*xc*x - 0.9647*x^2;\n"
    "  S' = (1/(1 + exp(-(H - 13 - 1.72*C + 2*half_band*(S - 1/2))/0.02)) - S)*12;\n"
    "  half_band = 0.6016; light = 40; S = 1;\n"
    "  x = 0.23996; xc = -1.15472; n = 0.50529; H = 12.838;\n"
    "end\n";

typedef struct night {
    double onset_h; /* clock; after midnight counts as 24 and more */
    double wake_h;
    double t_h; /* where the simulation stands */
} night;

/** Live from 06:00 to 06:00: 40 lx, and by day `day_lux` from 08 to 18; note when sleep comes and goes. */
static night live_a_day(tac_test_sim *sim, double t_h, double day_lux)
{
    night result = {.t_h = t_h};
    double before = sim_value(sim, "S");
    for (int i = 1; i <= 24 * 60; i++) {
        const double clock_h = 6.0 + (i - 1) / 60.0;
        sim_set(sim, "light", clock_h >= 8.0 - 1e-9 && clock_h < 18.0 - 1e-9 ? day_lux : 40.0);
        result.t_h = t_h + i / 60.0;
        sim_to(sim, result.t_h);
        const double now = sim_value(sim, "S");
        if (before < 0.5 && now >= 0.5) {
            result.onset_h = 6.0 + i / 60.0;
        }
        if (before >= 0.5 && now < 0.5) {
            result.wake_h = fmod(6.0 + i / 60.0, 24.0);
        }
        before = now;
    }
    return result;
}

/** The same without looking: one day in three stretches. */
static double pass_a_day(tac_test_sim *sim, double t_h, double day_lux)
{
    sim_set(sim, "light", 40.0);
    sim_to(sim, t_h + 2.0);
    sim_set(sim, "light", day_lux);
    sim_to(sim, t_h + 12.0);
    sim_set(sim, "light", 40.0);
    sim_to(sim, t_h + 24.0);
    return t_h + 24.0;
}

static night habitual_night(double day_lux, int n_day)
{
    tac_test_sim *sim = sim_from_text_tol(SLEEP, 1e-6);
    double t_h = 6.0;
    sim_to(sim, t_h);
    for (int i = 0; i < n_day; i++) {
        t_h = pass_a_day(sim, t_h, day_lux);
    }
    const night result = live_a_day(sim, t_h, day_lux);
    sim_free(sim);
    return result;
}

/* Base-models, row I: 23:40 to 07:00. */
static void bright_days_give_sleep_from_2340_to_0700(void **state)
{
    (void)state;
    const night got = habitual_night(1000.0, 60);
    assert_close(got.onset_h, 23.0 + 40.0 / 60.0, 0.0, 0.1);
    assert_close(got.wake_h, 7.0, 0.0, 0.1);
}

/* Base-models, row I: 00:10 to 07:30 under weaker day light; the light is not given there, 600 lx does it. */
static void weaker_day_light_delays_sleep_to_0010_and_0730(void **state)
{
    (void)state;
    const night got = habitual_night(600.0, 120);
    assert_close(got.onset_h, 24.0 + 10.0 / 60.0, 0.0, 0.1);
    assert_close(got.wake_h, 7.5, 0.0, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bright_days_give_sleep_from_2340_to_0700),
        cmocka_unit_test(weaker_day_light_delays_sleep_to_0010_and_0730),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
