/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What "detoxify" could mean: marked molecules, protein between the cells, lactate, with and without hands. Bands are wide because little is measured;
 * what is asked for is order of size and direction.
 */
#include "body.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char *const LARGE = "clearance.large";
static const char *const SMALL = "clearance.small";

/** A man who lies from 08:00 to 14:00 with a mark in his left foot from 09:00 to 13:00, with events laid on top. */
static tac_test_body *marked(const char *events)
{
    char text[1024];
    const int n =
        snprintf(text, sizeof text,
                 "title: test\nperson: {sex: male, age: 30, height: 175 cm, weight: 70 kg}\n"
                 "start: \"2026-09-07 00:00\"\nduration: 1 d\nlife:\n"
                 "  - {sleep: 8 h, from: \"23:00\", every: day}\n"
                 "  - {posture: supine, from: \"08:00\", for: 6 h}\n"
                 "  - {tracer: true, region: left foot, from: \"09:00\", for: 4 h}\n%s",
                 events);
    assert_true(n > 0 && (size_t)n < sizeof text);
    return body_run(text);
}

/* A protein leaves the skin with lymph alone, some per cent an hour; a salt leaves with blood, half of it within an hour (from memory: minutes to
 * tens of minutes). Before and after it is followed the mark stands at 1. */
static void blood_takes_small_molecules_long_before_lymph_takes_large_ones(void **state)
{
    (void)state;
    tac_test_body *b = marked("");
    assert_close(body_at(b, LARGE, 8.9), 1.0, 0.0, 1e-9);
    assert_close(body_at(b, SMALL, 8.9), 1.0, 0.0, 1e-9);
    const double an_hour = 1.0 - body_at(b, LARGE, 10.0);
    assert_true(an_hour > 0.003 && an_hour < 0.1);
    assert_true(body_at(b, SMALL, 10.0) < 0.5);
    /* What leaves is what lymph carries of the tissue's own protein. */
    const double rate = body_mean(b, "clearance.at_calf_l.large_rate", 9.0, 13.0);
    assert_close(-log(body_at(b, LARGE, 12.99)), rate * 3.99, 0.01, 0.0);
    assert_close(body_at(b, "clearance.at_calf_l.large_rate", 11.0),
                 body_at(b, "lymph.vessel_calf_l.protein_skin", 11.0)
                     / body_at(b, "fluid.skin_calf_l.protein", 11.0),
                 1e-6, 0.0);
    body_free(b);
}

/* Strokes over the place move a little more of the large molecules, never less; strokes elsewhere move none. */
static void hands_move_large_molecules_a_little_and_only_where_they_are(void **state)
{
    (void)state;
    tac_test_body *none =
        marked("  - {rest: true, posture: supine, from: \"09:00\", for: 45 min}\n");
    tac_test_body *here =
        marked("  - {massage: lymph drainage, region: left foot, from: \"09:00\", for: 45 min}\n");
    tac_test_body *away =
        marked("  - {massage: lymph drainage, region: right arm, from: \"09:00\", for: 45 min}\n");
    const double gain = body_at(none, LARGE, 9.75) - body_at(here, LARGE, 9.75);
    assert_true(gain > 0.0 && gain < 0.2);
    assert_close(body_at(away, LARGE, 9.75), body_at(none, LARGE, 9.75), 0.0, 0.002);
    body_free(away);
    body_free(here);
    body_free(none);
}

/* Lactate falls with a half-life of 15-20 min after hard work, massage or not; easy work is faster (all from memory). */
static void massage_clears_no_lactate_and_easy_work_does(void **state)
{
    (void)state;
    static const char HARD[] =
        "  - {exercise: cycling, intensity: 85 %, from: \"15:00\", for: 20 min}\n";
    static const char *const AFTER[] = {
        "  - {rest: true, posture: supine, from: \"15:22\", for: 30 min}\n",
        "  - {massage: sports, region: legs, from: \"15:22\", for: 30 min}\n",
        "  - {exercise: cycling, intensity: 30 %, from: \"15:22\", for: 30 min}\n"};
    double left[3];
    for (size_t i = 0; i < 3; i++) {
        char events[300];
        snprintf(events, sizeof events, "%s%s", HARD, AFTER[i]);
        tac_test_body *b = marked(events);
        const double rest = body_at(b, "muscle.lactate", 12.0);
        assert_true(body_at(b, "muscle.lactate", 15.33) > 4.0);
        left[i] = (body_at(b, "muscle.lactate", 15.87) - rest)
                  / (body_at(b, "muscle.lactate", 15.37) - rest);
        body_free(b);
    }
    assert_true(left[0] > 0.2 && left[0] < 0.36); /* 2^(-30/13) to 2^(-30/20) */
    assert_close(left[1], left[0], 0.0, 1e-6);
    assert_true(left[2] < 0.8 * left[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blood_takes_small_molecules_long_before_lymph_takes_large_ones),
        cmocka_unit_test(hands_move_large_molecules_a_little_and_only_where_they_are),
        cmocka_unit_test(massage_clears_no_lactate_and_easy_work_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
