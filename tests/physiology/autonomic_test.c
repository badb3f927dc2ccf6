/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nerves, heart and pressure of the body against what is measured in people: posture, alarm, pain, slow breathing, rest, sleep, effort,
 * infusions. Bands are those of the studies or textbooks named beside them, not the model's own numbers.
 */
#include "body.h"
#include "close.h"
#include "scenario/scenario.h"
#include "sim/draw.h"
#include "sim/person.h"
#include "sim/simulate.h"

#include <tactus/schedule.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const HEART_RATE = "autonomic.heart_rate";
static const char *const RMSSD = "autonomic.rmssd";
static const char *const SDNN = "autonomic.sdnn";
static const char *const HF = "autonomic.hf";
static const char *const MAP = "circulation.map";
static const char *const SBP = "circulation.sbp";
static const char *const DBP = "circulation.dbp";
static const char *const OUTPUT = "circulation.cardiac_output";

/* Spread between healthy people: heart rate 11 per min, systolic pressure 11 mmHg (Noto 2010, and from memory). */
static const double SD_HEART_RATE = 11.0;
static const double SD_SBP = 11.0;

/* Days of a man of 30 who sleeps from 23:00 to 07:00 and sits when awake, with events laid on top. */
static tac_test_body *live(const char *duration, const char *events)
{
    return body_life(BODY_MAN, duration, events, "");
}

/** Mean over the minutes from..to after `t0_h`. */
static double mean_min(const tac_test_body *b, const char *id, double t0_h, double from_min,
                       double to_min)
{
    return body_mean(b, id, t0_h + from_min / 60.0, t0_h + to_min / 60.0);
}

static void lying_awake_is_the_persons_own_rest(void **state)
{
    (void)state;
    tac_test_body *b = live("1 d", "  - {posture: supine, at: \"10:00\", for: 30 min}\n");
    const double t_h = 10.45;
    assert_close(body_at(b, HEART_RATE, t_h), body_at(b, "person.hr0", t_h), 0.0, 0.5);
    assert_close(body_at(b, MAP, t_h), body_at(b, "person.map0", t_h), 0.0, 0.5);
    assert_close(body_at(b, OUTPUT, t_h) / 60.0, 5.2, 0.0, 0.1); /* L/min */
    assert_close(body_at(b, RMSSD, t_h), body_at(b, "person.rmssd0", t_h), 0.01, 0.0);
    /* At the set point the reflex asks for nothing: rest is the same with and without it. */
    assert_close(body_at(b, "autonomic.sympathetic_tone", t_h), 1.0, 0.0, 0.005);
    assert_close(body_at(b, "autonomic.vagal_tone", t_h), 1.0, 0.0, 0.005);
    /* 20-50 and 150-300 pg/mL lying. */
    const double epinephrine = body_at(b, "autonomic.epinephrine", t_h);
    const double norepinephrine = body_at(b, "autonomic.norepinephrine", t_h);
    assert_true(epinephrine > 20.0 && epinephrine < 50.0);
    assert_true(norepinephrine > 150.0 && norepinephrine < 300.0);
    body_free(b);
}

/* Textbook: standing + 10-20 per min with the mean pressure within 5 mmHg, output down, RMSSD down; seated in between. */
static void standing_up_speeds_the_heart_and_keeps_the_pressure(void **state)
{
    (void)state;
    tac_test_body *b = live("1 d", "  - {posture: supine, at: \"10:00\", for: 30 min}\n"
                                   "  - {posture: standing, at: \"10:30\", for: 30 min}\n");
    const double lying = body_at(b, HEART_RATE, 10.45);
    const double standing = body_at(b, HEART_RATE, 10.95);
    const double seated = body_at(b, HEART_RATE, 12.0);
    assert_true(standing - lying > 10.0 && standing - lying < 20.0);
    assert_true(seated - lying > 2.0 && seated - lying < 8.0);
    assert_close(body_at(b, MAP, 10.95), body_at(b, MAP, 10.45), 0.0, 5.0);
    assert_true(body_at(b, OUTPUT, 10.95) < 0.9 * body_at(b, OUTPUT, 10.45));
    assert_true(body_at(b, RMSSD, 10.95) < 0.7 * body_at(b, RMSSD, 10.45));
    body_free(b);
}

/* Kirschbaum 1993 + 15-25 per min; 171 studies d 1.38, so at least 11; pressure + 8-25 mmHg, epinephrine x 1.4-3 (from memory). */
static void the_trier_test_drives_heart_and_pressure(void **state)
{
    (void)state;
    tac_test_body *b = live("1 d", "  - {stressor: tsst, at: \"15:00\"}\n");
    const double before = mean_min(b, HEART_RATE, 15.0, -5.0, 0.0);
    const double rise = mean_min(b, HEART_RATE, 15.0, 5.0, 20.0) - before;
    assert_true(rise > 11.0 && rise < 25.0);
    const double pressure = mean_min(b, MAP, 15.0, 5.0, 20.0) - mean_min(b, MAP, 15.0, -5.0, 0.0);
    assert_true(pressure > 8.0 && pressure < 25.0);
    assert_true(mean_min(b, SBP, 15.0, 5.0, 20.0) - mean_min(b, SBP, 15.0, -5.0, 0.0) > pressure);
    const double epinephrine = body_max(b, "autonomic.epinephrine", 15.0, 15.34)
                               / body_at(b, "autonomic.epinephrine", 15.0);
    assert_true(epinephrine > 1.4 && epinephrine < 3.0);
    assert_true(mean_min(b, RMSSD, 15.0, 5.0, 20.0) < 0.8 * mean_min(b, RMSSD, 15.0, -5.0, 0.0));
    /* Back within minutes: the hormones of the axis stay longer than the nerves. */
    assert_close(body_at(b, HEART_RATE, 16.0), before, 0.0, 1.0);
    body_free(b);
}

/* Het 2009: a free speech without evaluation is no stressor. */
static void the_placebo_speech_does_nothing(void **state)
{
    (void)state;
    tac_test_body *b = live("1 d", "  - {stressor: placebo tsst, at: \"15:00\"}\n");
    assert_close(body_at(b, HEART_RATE, 15.3), body_at(b, HEART_RATE, 14.9), 0.0, 0.1);
    body_free(b);
}

/* Mean pressure + 10-20 mmHg, heart rate + 5-15 (textbook, from memory). */
static void ice_water_raises_pressure_and_heart_rate(void **state)
{
    (void)state;
    tac_test_body *b = live("1 d", "  - {stressor: cold pressor, at: \"15:00\", for: 3 min}\n");
    const double pressure = body_at(b, MAP, 15.045) - body_at(b, MAP, 14.98);
    const double rate = body_at(b, HEART_RATE, 15.045) - body_at(b, HEART_RATE, 14.98);
    assert_true(pressure > 8.0 && pressure < 22.0);
    assert_true(rate > 3.0 && rate < 15.0);
    body_free(b);
}

/* Shao 2024, 31 studies, against the usual breath: RMSSD d .37 (.16 to .58), SDNN .77 (.26 to 1.28), heart rate -.10 (-.19 to -.01),
 * systolic pressure -.45 (-.86 to -.04). An SD of RMSSD is .46 of its logarithm, of SDNN 16 of 50 ms. */
static void slow_breathing_raises_variability_and_hardly_moves_the_rate(void **state)
{
    (void)state;
    tac_test_body *slow =
        live("1 d", "  - {breathing: true, rate: 6 1/min, at: \"15:00\", for: 10 min}\n");
    tac_test_body *usual =
        live("1 d", "  - {rest: true, posture: seated, at: \"15:00\", for: 10 min}\n");
    const double rmssd =
        log(mean_min(slow, RMSSD, 15.0, 0.0, 10.0) / mean_min(usual, RMSSD, 15.0, 0.0, 10.0))
        / 0.46;
    assert_true(rmssd > 0.16 && rmssd < 0.58);
    const double sdnn =
        (mean_min(slow, SDNN, 15.0, 0.0, 10.0) / mean_min(usual, SDNN, 15.0, 0.0, 10.0) - 1.0)
        * 50.0 / 16.0;
    assert_true(sdnn > 0.26 && sdnn < 1.28);
    const double rate =
        (mean_min(slow, HEART_RATE, 15.0, 0.0, 10.0) - mean_min(usual, HEART_RATE, 15.0, 0.0, 10.0))
        / SD_HEART_RATE;
    assert_true(rate > -0.19 && rate < -0.01);
    const double sbp = (body_at(slow, SBP, 15.16) - body_at(usual, SBP, 15.16)) / SD_SBP;
    assert_true(sbp > -0.86 && sbp < -0.04);
    /* Six breaths a minute lie below the high band: HF falls and LF/HF rises without any change of tone to speak of. */
    assert_true(body_at(slow, HF, 15.1) < 0.5 * body_at(usual, HF, 15.1));
    assert_true(body_at(slow, "autonomic.lf_hf", 15.1)
                > 3.0 * body_at(usual, "autonomic.lf_hf", 15.1));
    body_free(usual);
    body_free(slow);
}

static void variability_is_largest_near_seven_breaths_a_minute(void **state)
{
    (void)state;
    static const char *const RATES[] = {"3 1/min", "6.5 1/min", "10 1/min", "20 1/min"};
    double resonance[4];
    for (size_t i = 0; i < 4; i++) {
        char event[128];
        snprintf(event, sizeof event,
                 "  - {breathing: true, rate: %s, at: \"15:00\", for: 10 min}\n", RATES[i]);
        tac_test_body *b = live("1 d", event);
        resonance[i] = body_at(b, "autonomic.breath_resonance", 15.1);
        body_free(b);
    }
    assert_true(resonance[1] > resonance[0] && resonance[1] > resonance[2]);
    assert_true(resonance[2] > 0.0 && resonance[3] < 0.0);
}

/* Meier 2020: rest alone raised HF and relaxation. */
static void quiet_rest_by_itself_slows_the_heart(void **state)
{
    (void)state;
    tac_test_body *b =
        live("1 d", "  - {rest: true, posture: seated, at: \"15:00\", for: 20 min}\n");
    const double change =
        mean_min(b, HEART_RATE, 15.0, 10.0, 20.0) - mean_min(b, HEART_RATE, 15.0, -5.0, 0.0);
    assert_true(change > -6.0 && change < -0.5);
    assert_true(mean_min(b, HF, 15.0, 0.0, 10.0) > mean_min(b, HF, 15.0, -5.0, 0.0));
    body_free(b);
}

/* Textbook: about a tenth slower than lying awake, pressure 5-15 % lower than by day. */
static void sleep_slows_the_heart_and_lowers_the_pressure(void **state)
{
    (void)state;
    tac_test_body *b = live("2 d", "  - {posture: supine, at: \"15:00\", for: 30 min}\n");
    const double rate = body_mean(b, HEART_RATE, 26.0, 29.0) / body_at(b, HEART_RATE, 15.4);
    assert_true(rate > 0.85 && rate < 0.95);
    const double pressure = body_mean(b, MAP, 26.0, 29.0) / body_mean(b, MAP, 16.0, 22.0);
    assert_true(pressure > 0.83 && pressure < 0.95);
    assert_true(body_mean(b, RMSSD, 26.0, 29.0) > body_at(b, RMSSD, 15.4));
    body_free(b);
}

/* Textbook: heart rate rises in proportion to effort, output to 18-24 L/min, systolic pressure to 160-210, diastolic hardly moves. */
static void effort_drives_the_heart_to_its_maximum(void **state)
{
    (void)state;
    static const char *const EFFORT[] = {"25 %", "55 %", "80 %", "100 %"};
    static const double SHARE[] = {0.25, 0.55, 0.80, 1.0};
    for (size_t i = 0; i < 4; i++) {
        char event[128];
        snprintf(event, sizeof event,
                 "  - {exercise: cycling, intensity: %s, at: \"15:00\", for: 10 min}\n", EFFORT[i]);
        tac_test_body *b = live("1 d", event);
        const double seated = body_at(b, HEART_RATE, 14.9);
        const double most = body_at(b, "person.hr_max", 15.0);
        assert_close((body_at(b, HEART_RATE, 15.15) - seated) / (most - seated), SHARE[i], 0.0,
                     0.06);
        assert_close(body_at(b, DBP, 15.15), body_at(b, DBP, 14.9), 0.0, 10.0);
        if (i == 3) {
            const double output = body_at(b, OUTPUT, 15.15) / 60.0;
            const double systolic = body_at(b, SBP, 15.15);
            assert_true(output > 18.0 && output < 24.0);
            assert_true(systolic > 160.0 && systolic < 210.0);
            assert_true(body_at(b, RMSSD, 15.15) < 8.0);
        }
        assert_close(body_at(b, HEART_RATE, 15.35), seated, 0.0, 2.0);
        body_free(b);
    }
}

/* Half-life 1-3 min; 30 ng/kg/min raise epinephrine by some 350 pg/mL (from memory). */
static void infused_epinephrine_comes_and_goes_within_minutes(void **state)
{
    (void)state;
    static const char *const E = "autonomic.epinephrine";
    tac_test_body *b =
        live("1 d", "  - {drug: epinephrine, dose: 63 ug, over: 30 min, at: 15 h}\n");
    const double before = body_at(b, E, 14.95);
    const double rise = body_at(b, E, 15.49) - before;
    assert_true(rise > 200.0 && rise < 600.0);
    const double half = (body_at(b, E, 15.5 + 2.0 / 60.0) - before) / rise;
    assert_true(half > 0.25 && half < 0.63);
    assert_close(body_at(b, E, 16.0), before, 0.02, 0.0);
    body_free(b);
}

/* A resting rate of 80 must not carry a person past the maximal heart rate at half effort. */
static void a_fast_heart_stays_below_its_maximum_in_effort(void **state)
{
    (void)state;
    tac_test_body *b =
        body_run("title: test\nperson: {sex: female, age: 60, fitness: low}\nduration: 1 d\n"
                 "life:\n  - {exercise: cycling, intensity: 55 %, at: \"15:00\", for: 10 min}\n");
    assert_true(body_max(b, HEART_RATE, 15.0, 15.2) < body_at(b, "person.hr_max", 15.0));
    assert_true(body_min(b, HEART_RATE, 0.0, 24.0) > 40.0);
    body_free(b);
}

/* What a member of the ensemble shows in four bouts of ten minutes, of 55, 75, 95 and 100 %. */
enum { N_BOUT = 4 };
typedef struct bouts {
    const tac_image_symbol *rate;
    const tac_image_symbol *most;
    double highest[N_BOUT]; /* heart rate over the member's own maximum */
} bouts;

static void see_bout(void *user, tac_sim *sim, size_t i, double t_h, const double *x)
{
    bouts *seen = user;
    tac_sim_observe(sim, t_h, x);
    const double share = tac_sim_value(sim, seen->rate, x) / tac_sim_value(sim, seen->most, x);
    seen->highest[i / 10] = fmax(seen->highest[i / 10], share);
}

/* Gellish 2007: 207 - .7 age, and nobody's heart beats faster than its maximum: women of 30 to 75 years, each with the numbers of ten members. At full
 * effort it comes near it (within a tenth), and more effort is never slower. */
static void nobody_passes_their_own_maximal_heart_rate(void **state)
{
    (void)state;
    static const int AGES[] = {30, 45, 60, 70, 75};
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    double t_h[10 * N_BOUT]; /* each minute of each bout */
    for (size_t i = 0; i < 10 * N_BOUT; i++) {
        t_h[i] = 1.0 + (double)(i / 10) + (double)(i % 10 + 1) / 60.0;
    }
    for (size_t a = 0; a < sizeof AGES / sizeof AGES[0]; a++) {
        char text[600];
        tac_scenario *s = NULL;
        tac_schedule *schedule = NULL;
        snprintf(text, sizeof text,
                 "title: t\nperson: {sex: female, age: %d, fitness: low}\n"
                 "start: \"2026-09-07 14:00\"\nduration: 1 d\nlife:\n"
                 "  - {exercise: cycling, intensity: 55 %%, at: \"15:00\", for: 10 min}\n"
                 "  - {exercise: cycling, intensity: 75 %%, at: \"16:00\", for: 10 min}\n"
                 "  - {exercise: cycling, intensity: 95 %%, at: \"17:00\", for: 10 min}\n"
                 "  - {exercise: cycling, intensity: 100 %%, at: \"18:00\", for: 10 min}\n"
                 "report: [heart_rate]\n",
                 AGES[a]);
        assert_int_equal(tac_scenario_parse(ctx, body, "test", text, &s), TAC_OK);
        assert_int_equal(tac_schedule_build(ctx, body->program, body->words, s, NULL,
                                            TAC_CALENDAR_WHOLE, &schedule),
                         TAC_OK);
        for (uint64_t member = 0; member < 10; member++) {
            tac_sim *sim = NULL;
            bouts seen = {tac_program_find(body->program, HEART_RATE),
                          tac_program_find(body->program, "person.hr_max"),
                          {0.0}};
            assert_int_equal(tac_sim_create(ctx, body->program, 1e-6, &sim), TAC_OK);
            tac_draw_member(sim->image, 1, member, sim->p);
            assert_int_equal(tac_person_set(ctx, body->program, s, sim->p), TAC_OK);
            tac_sim_start(sim, schedule->inputs);
            assert_int_equal(tac_sim_follow(ctx, sim, schedule, 0.0, 4.5, 10 * N_BOUT, t_h,
                                            see_bout, &seen),
                             TAC_OK);
            for (size_t i = 0; i < N_BOUT; i++) {
                assert_true(seen.highest[i] <= 1.0 + 1e-9);
                assert_true(i == 0 || seen.highest[i] >= seen.highest[i - 1]);
            }
            assert_true(seen.highest[N_BOUT - 1] > 0.9);
            tac_sim_free(sim);
        }
        tac_schedule_free(schedule);
        tac_scenario_free(s);
    }
    tac_body_free(body);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lying_awake_is_the_persons_own_rest),
        cmocka_unit_test(standing_up_speeds_the_heart_and_keeps_the_pressure),
        cmocka_unit_test(the_trier_test_drives_heart_and_pressure),
        cmocka_unit_test(the_placebo_speech_does_nothing),
        cmocka_unit_test(ice_water_raises_pressure_and_heart_rate),
        cmocka_unit_test(slow_breathing_raises_variability_and_hardly_moves_the_rate),
        cmocka_unit_test(variability_is_largest_near_seven_breaths_a_minute),
        cmocka_unit_test(quiet_rest_by_itself_slows_the_heart),
        cmocka_unit_test(sleep_slows_the_heart_and_lowers_the_pressure),
        cmocka_unit_test(effort_drives_the_heart_to_its_maximum),
        cmocka_unit_test(infused_epinephrine_comes_and_goes_within_minutes),
        cmocka_unit_test(a_fast_heart_stays_below_its_maximum_in_effort),
        cmocka_unit_test(nobody_passes_their_own_maximal_heart_rate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
