/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Beat-resolved probe of heart-rate variability (Kotani 2005, equations of the published code), integrated here with fixed steps because of its
 * delays. The body does not carry it: from its integrations come the slopes of the map from tone to RMSSD in models/autonomic.ant.
 */
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define STEPS_PER_S 1000

/* The longest delay, that of the vessels' sympathetic drive, is 4.2 s. */
#define N_PAST (5 * STEPS_PER_S)

static const double TURN = 6.283185307179586;

/* What is varied. */
typedef struct tones {
    double sympathetic_base;
    double vagal_gain;
    double breath_s; /* a breath without brake by the baroreflex */
} tones;

static const tones REST = {0.95, 5.8, 3.5};

/* What five minutes show. */
typedef struct record {
    double heart_rate_1_min;
    double sdnn_ms;
    double rmssd_ms;
    double systolic_mmHg;
    double diastolic_mmHg;
} record;

typedef struct heart {
    double pressure_mmHg;
    double breath; /* phase 0-1, expiration first */
    double cardiac_ne;
    double vessel_ne;
    double phase; /* of the pacemaker; a beat at 1 */
    double t_beat_s;
    double interval_s;
    double contractility_mmHg;
    double sympathetic[N_PAST];
    double vagal[N_PAST];
} heart;

/* Sums over the beats of a record. */
typedef struct sums {
    size_t n;
    double interval;
    double square;
    double step_square;
    double systolic;
    double diastolic;
    double highest;
    double lowest;
} sums;

/** x for small x, s for large. */
static double saturated(double x, double s, double exponent)
{
    if (x <= 0.0) {
        return 0.0;
    }
    const double power = pow(x, exponent);
    return x + (s - x) * power / (pow(s, exponent) + power);
}

static double pressure_slope(const heart *h, double t_s)
{
    const double systole_s = 0.125;
    const double y = (t_s - h->t_beat_s) / systole_s;
    return y < 1.0
               ? saturated(h->contractility_mmHg, 70.0, 2.5) / systole_s * (1.0 - y) * exp(1.0 - y)
               : -h->pressure_mmHg / (2.8 - 1.2 * saturated(h->vessel_ne, 1.0, 1.5));
}

/** One step; true when the heart beats in it. */
static bool step(heart *h, const tones *tone, size_t i)
{
    const double dt_s = 1.0 / STEPS_PER_S;
    const double t_s = (double)i * dt_s;
    const double slope = pressure_slope(h, t_s);
    const double afferent = (h->pressure_mmHg - 50.0) * 0.02 + 0.00125 * slope;
    const double breath = 1.0 - cos(TURN * h->breath);
    h->sympathetic[i % N_PAST] = fmax(0.0, tone->sympathetic_base - 0.8 * afferent + 3e-4 * breath);
    h->vagal[i % N_PAST] = fmax(0.0, 1.1 * (0.036 * afferent + 4.5e-3 * breath));

    const double to_heart = h->sympathetic[(i + N_PAST - 1650) % N_PAST];
    const double to_vessels = h->sympathetic[(i + N_PAST - 4200) % N_PAST];
    const double to_node = saturated(h->vagal[(i + N_PAST - 500) % N_PAST], 2.5, 2.0);
    const double rate =
        (1.0 + 1.6 * saturated(h->cardiac_ne, 2.0, 2.0)) * (1.0 - tone->vagal_gain * to_node) / 0.6;
    const double brake = h->breath < 0.5 ? fmax(0.0, 0.2 * (afferent - 1.3)) : 0.0;

    h->breath = fmod(h->breath + dt_s * fmax(0.0, 1.0 / tone->breath_s - brake), 1.0);
    h->cardiac_ne += dt_s * (0.7 * to_heart - h->cardiac_ne / 2.0);
    h->vessel_ne += dt_s * (0.5 * (to_vessels + 0.2) - h->vessel_ne / 2.0);
    h->pressure_mmHg += dt_s * slope;
    h->phase += dt_s * rate;
    if (h->phase < 1.0) {
        return false;
    }
    h->phase -= 1.0;
    const double now_s = t_s + dt_s - h->phase / rate;
    h->interval_s = now_s - h->t_beat_s;
    h->t_beat_s = now_s;
    h->contractility_mmHg =
        -13.8 + 10.0 * h->cardiac_ne + 45.0 * h->interval_s + 20.0 * h->vessel_ne;
    return true;
}

static void add_beat(sums *s, const heart *h, double interval_before_s)
{
    const double change_s = h->interval_s - interval_before_s;
    s->n++;
    s->interval += h->interval_s;
    s->square += h->interval_s * h->interval_s;
    s->step_square += change_s * change_s;
    s->systolic += s->highest;
    s->diastolic += s->lowest;
}

/** Five minutes after two minutes of settling. */
static record listen(tones tone)
{
    static heart h;
    sums s = {.lowest = 1000.0};
    memset(&h, 0, sizeof h);
    h.pressure_mmHg = 90.0;
    h.cardiac_ne = 0.5;
    h.vessel_ne = 0.5;
    h.interval_s = 0.8;
    h.t_beat_s = -1.0;
    h.contractility_mmHg = 50.0;
    for (size_t i = 0; i < N_PAST; i++) {
        h.sympathetic[i] = 0.3;
        h.vagal[i] = 0.05;
    }
    for (size_t i = N_PAST; i < N_PAST + 420 * STEPS_PER_S; i++) {
        const double before_s = h.interval_s;
        s.highest = fmax(s.highest, h.pressure_mmHg);
        s.lowest = fmin(s.lowest, h.pressure_mmHg);
        if (step(&h, &tone, i)) {
            if (i > N_PAST + 120 * STEPS_PER_S) {
                add_beat(&s, &h, before_s);
            }
            s.highest = 0.0;
            s.lowest = 1000.0;
        }
    }
    const double n = (double)s.n;
    const double mean_s = s.interval / n;
    return (record){.heart_rate_1_min = 60.0 / mean_s,
                    .sdnn_ms = 1000.0 * sqrt(s.square / n - mean_s * mean_s),
                    .rmssd_ms = 1000.0 * sqrt(s.step_square / n),
                    .systolic_mmHg = s.systolic / n,
                    .diastolic_mmHg = s.diastolic / n};
}

static void the_probe_at_rest_is_the_published_one(void **state)
{
    (void)state;
    const record rest = listen(REST);
    assert_close(rest.heart_rate_1_min, 75.9, 0.03, 0.0);
    assert_close(rest.sdnn_ms, 22.0, 0.05, 0.0);
    assert_close(rest.rmssd_ms, 28.0, 0.05, 0.0);
    assert_close(rest.systolic_mmHg, 128.0, 0.03, 0.0);
    assert_close(rest.diastolic_mmHg, 97.0, 0.03, 0.0);
}

static void more_sympathetic_drive_and_less_vagal_gain_speed_the_heart_and_still_it(void **state)
{
    (void)state;
    const record less = listen((tones){0.85, 5.8, 3.5});
    assert_close(less.heart_rate_1_min, 70.5, 0.03, 0.0);
    assert_close(less.rmssd_ms, 31.0, 0.05, 0.0);
    const record more = listen((tones){1.05, 5.8, 3.5});
    assert_close(more.heart_rate_1_min, 81.0, 0.03, 0.0);
    assert_close(more.rmssd_ms, 26.0, 0.05, 0.0);
    const record weak_vagus = listen((tones){0.95, 4.0, 3.5});
    assert_close(weak_vagus.heart_rate_1_min, 91.0, 0.03, 0.0);
    assert_close(weak_vagus.rmssd_ms, 13.0, 0.05, 0.0);
}

/* No resonance at six breaths a minute: the body's map has to add it (hrv_breath, sdnn_breath). */
static void variability_by_breathing_period_is_the_published_one(void **state)
{
    (void)state;
    static const double PERIOD_S[] = {3.5, 5.0, 6.0, 10.0, 12.0};
    static const double SDNN_MS[] = {22.0, 25.3, 25.0, 18.9, 17.6};
    for (size_t i = 0; i < sizeof PERIOD_S / sizeof PERIOD_S[0]; i++) {
        assert_close(listen((tones){0.95, 5.8, PERIOD_S[i]}).sdnn_ms, SDNN_MS[i], 0.05, 0.0);
    }
}

/* Logarithmic slopes; the values are those of autonomic.hrv_vagal and autonomic.hrv_sympathetic. */
static void the_slopes_of_the_map_follow_from_four_integrations(void **state)
{
    (void)state;
    const record rest = listen(REST);
    const record weak_vagus = listen((tones){0.95, 4.0, 3.5});
    const record less = listen((tones){0.85, 5.8, 3.5});
    const record more = listen((tones){1.05, 5.8, 3.5});
    assert_close(log(rest.rmssd_ms / weak_vagus.rmssd_ms) / log(5.8 / 4.0), 2.06, 0.05, 0.0);
    assert_close(log(more.rmssd_ms / less.rmssd_ms) / log(1.05 / 0.85), -0.83, 0.05, 0.0);
    /* Heart rate: -.49 for the vagus, as Ursino's, and .66 for the sympathetic nerve, where Ursino (.23) is kept. */
    assert_close(log(rest.heart_rate_1_min / weak_vagus.heart_rate_1_min) / log(5.8 / 4.0), -0.49,
                 0.1, 0.0);
    assert_close(log(more.heart_rate_1_min / less.heart_rate_1_min) / log(1.05 / 0.85), 0.66, 0.05,
                 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_probe_at_rest_is_the_published_one),
        cmocka_unit_test(more_sympathetic_drive_and_less_vagal_gain_speed_the_heart_and_still_it),
        cmocka_unit_test(variability_by_breathing_period_is_the_published_one),
        cmocka_unit_test(the_slopes_of_the_map_follow_from_four_integrations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
