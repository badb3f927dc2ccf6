/* SPDX-License-Identifier: Apache-2.0 */
/* Arms of studies as scenarios: what was done to people is what a scenario would say. */
#include "scenario/evidence_life.h"

#include "close.h"
#include "shipped.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static tac_study *study_with(const char *people, const char *events)
{
    char text[2000];
    tac_ctx *ctx = tac_ctx_create();
    tac_study *study = NULL;
    snprintf(
        text, sizeof text,
        "id: T1\ntitle: t\ncitation: c\ndesign: within person\nquality: C\nfamily: T1\nclaims: []\n"
        "people: {%s}\narms:\n  a:\n    events: [%s]\nfindings:\n"
        "  - {what: cortisol, of: a, at: end + 10 min, as: direction, value: up, read: word}\n",
        people, events);
    if (tac_study_from_text(ctx, shipped_words, "T1.yaml", text, strlen(text), &study) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return study;
}

/** The life of the arm at 10:00; it must be a scenario that reads. */
static tac_life life_of(const char *people, const char *events, bool without_touch)
{
    tac_study *study = study_with(people, events);
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *scenario = NULL;
    tac_life life;
    const tac_life_request request = {.clock_h = 10.0,
                                      .lead_h = 1.0,
                                      .until_h = 1.0,
                                      .after_end_h = 0.5,
                                      .without_touch = without_touch};
    if (tac_life_write(ctx, shipped_words, study, &request, &life) != TAC_OK
        || tac_scenario_from_text(ctx, shipped_words, "life", life.text.text, life.text.n,
                                  &scenario)
               != TAC_OK) {
        fail_msg("%s%s", tac_ctx_message(ctx), life.text.text == NULL ? "" : life.text.text);
    }
    tac_scenario_free(scenario);
    tac_ctx_free(ctx);
    tac_study_free(study);
    return life;
}

static void check_has(const char *people, const char *events, const char *line)
{
    tac_life life = life_of(people, events, false);
    if (strstr(life.text.text, line) == NULL) {
        fail_msg("'%s' is not in\n%s", line, life.text.text);
    }
    tac_life_free(&life);
}

static void events_follow_each_other_where_no_beginning_is_said(void **state)
{
    (void)state;
    tac_life life = life_of(
        "n: 5",
        "{rest: true, posture: supine, for: 20 min}, {massage: swedish, region: back, for: 30 min}",
        false);
    /* 10:00 is 4 h after the start at 06:00 */
    assert_close(life.zero_h, 4.0, 0.0, 1e-9);
    assert_close(life.first_h, 4.0, 0.0, 1e-9);
    assert_close(life.last_from_h, 4.0 + 20.0 / 60.0, 0.0, 1e-9);
    assert_close(life.last_to_h, 4.0 + 50.0 / 60.0, 0.0, 1e-9);
    assert_true(life.end_h >= life.last_to_h + 0.5);
    tac_life_free(&life);
}

static void bare_numbers_get_the_units_of_the_format(void **state)
{
    (void)state;
    check_has("n: 5", "{massage: stroking, region: forearm, stroke_speed: 3, for: 10 min}",
              "stroke_speed: 3 cm/s");
    check_has("n: 5", "{exercise: cycling, intensity: 60, for: 30 min}", "intensity: 60 %");
    check_has("n: 5", "{heat: 40, region: lower leg, for: 20 min}", "{heat: 40 degC");
    check_has("n: 5", "{breathing: true, rate: 6, for: 10 min}", "rate: 6 1/min");
}

static void a_dose_at_a_rate_is_the_dose_of_the_infusion(void **state)
{
    (void)state;
    check_has("n: 5", "{drug: hydrocortisone, dose: 3 ug/kg/min, over: 6 h}",
              "dose: 1080 ug/kg, over: 6 h");
}

static void what_has_lasted_is_life(void **state)
{
    (void)state;
    check_has("n: 5", "{stressor: chronic, level: high}",
              "life:\n  - {stressor: chronic, level: high, since: 90 d}");
    check_has("n: 5, sleep: 6", "", "- {sleep: 6 h, from: \"00:00\", every: day}");
    check_has("n: 5", "{sleep: true, hours: \"<7\", nights: 14}",
              "- {sleep: 6.25 h, from: \"23:53\", every: day}");
}

static void a_night_awake_is_the_next_one(void **state)
{
    (void)state;
    /* 23:00 is 17 h after the start at 06:00 */
    check_has("n: 5", "{sleep: true, hours: 0, deprived: true, nights: 1}",
              "{sleep: true, deprived: true, from: 17 h, for: 8 h}");
    check_has("n: 5", "{sleep: true, hours: 4, deprived: true, nights: 1}",
              "{sleep: true, from: 21 h, for: 4 h}");
}

static void without_touch_people_rest_in_the_same_hours(void **state)
{
    (void)state;
    tac_life with = life_of("n: 5", "{massage: swedish, region: back, for: 30 min}", false);
    tac_life without = life_of("n: 5", "{massage: swedish, region: back, for: 30 min}", true);
    assert_non_null(strstr(without.text.text, "{rest: true, posture: supine"));
    assert_null(strstr(without.text.text, "massage"));
    assert_close(without.last_to_h, with.last_to_h, 0.0, 1e-9);
    tac_life_free(&with);
    tac_life_free(&without);
}

static void sore_people_were_strained_before(void **state)
{
    (void)state;
    tac_life life =
        life_of("n: 5, health: sore", "{massage: swedish, region: back, for: 30 min}", false);
    assert_true(life.zero_h >= 27.0);
    assert_non_null(strstr(life.text.text, "{eccentric: true, muscle: back"));
    assert_close(life.first_h, life.zero_h, 0.0, 1e-9); /* the study begins with the massage */
    tac_life_free(&life);
}

static void infected_people_met_the_virus_two_days_before(void **state)
{
    (void)state;
    tac_life life =
        life_of("n: 5, health: infected", "{massage: swedish, region: back, for: 30 min}", false);
    assert_true(life.zero_h >= 48.0);
    assert_non_null(strstr(life.text.text, "{inoculate: rhinovirus, from: "));
    assert_close(life.first_h, life.zero_h, 0.0, 1e-9);
    tac_life_free(&life);
}

/* The strength right after a bout is that at its end, not at its beginning. */
static void a_bout_of_unknown_length_is_a_moment(void **state)
{
    (void)state;
    tac_life life = life_of("n: 5", "{eccentric: true, muscle: elbow flexors, from: 0 min}", false);
    const tac_moment zero = {TAC_FROM_ZERO, 0.0};
    const tac_moment later = {TAC_FROM_ZERO, 5.0};
    assert_close(tac_life_moment_h(&life, &zero), life.last_to_h, 0.0, 1e-9);
    assert_close(tac_life_moment_h(&life, &later), life.zero_h + 5.0, 0.0, 1e-9);
    tac_life_free(&life);
}

/* The hands come after the effort, although both are said to begin at once. */
static void what_is_done_at_the_beginning_of_such_a_bout_comes_after_it(void **state)
{
    (void)state;
    tac_life life =
        life_of("n: 5", "{eccentric: true, from: 0 min}, {massage: sports, from: 0 h, for: 20 min}",
                false);
    assert_close(life.first_h, life.zero_h, 0.0, 1e-9);
    assert_close(life.last_from_h, life.zero_h + 10.0 / 60.0, 0.0, 1e-9);
    assert_close(life.last_to_h, life.zero_h + 0.5, 0.0, 1e-9);
    tac_life_free(&life);
}

/* Pooled trials do not say what was strained and what was massaged: the same muscle. */
static void the_muscle_that_is_strained_is_the_one_under_the_hands(void **state)
{
    (void)state;
    check_has("n: 5", "{eccentric: true, from: 0 min}, {massage: sports, from: 2 h, for: 20 min}",
              "{eccentric: true, muscle: thigh");
    check_has("n: 5", "{eccentric: true, from: 0 min}, {massage: effleurage, region: [back, legs]}",
              "{eccentric: true, muscle: back");
    check_has("n: 5", "{eccentric: true, muscle: elbow flexors}, {massage: sports, from: 2 h}",
              "{eccentric: true, muscle: elbow flexors");
    check_has("n: 5", "{eccentric: true, from: 0 min}", "{eccentric: true, from");
}

static void what_the_body_cannot_do_is_the_reason(void **state)
{
    (void)state;
    tac_study *study = study_with("n: 5", "{injury: toxin, muscle: tibialis anterior}");
    tac_ctx *ctx = tac_ctx_create();
    tac_life life;
    const tac_life_request request = {.clock_h = 10.0, .until_h = 1.0};
    assert_int_equal(tac_life_write(ctx, shipped_words, study, &request, &life), TAC_E_INPUT);
    assert_non_null(strstr(tac_ctx_message(ctx), "no mechanism"));
    tac_ctx_free(ctx);
    tac_study_free(study);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_follow_each_other_where_no_beginning_is_said),
        cmocka_unit_test(bare_numbers_get_the_units_of_the_format),
        cmocka_unit_test(a_dose_at_a_rate_is_the_dose_of_the_infusion),
        cmocka_unit_test(what_has_lasted_is_life),
        cmocka_unit_test(a_night_awake_is_the_next_one),
        cmocka_unit_test(without_touch_people_rest_in_the_same_hours),
        cmocka_unit_test(sore_people_were_strained_before),
        cmocka_unit_test(infected_people_met_the_virus_two_days_before),
        cmocka_unit_test(a_bout_of_unknown_length_is_a_moment),
        cmocka_unit_test(what_is_done_at_the_beginning_of_such_a_bout_comes_after_it),
        cmocka_unit_test(the_muscle_that_is_strained_is_the_one_under_the_hands),
        cmocka_unit_test(what_the_body_cannot_do_is_the_reason)};
    return cmocka_run_group_tests(tests, open_shipped_words, close_shipped_words);
}
