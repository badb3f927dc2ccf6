/* SPDX-License-Identifier: Apache-2.0 */
/* Comparisons: arms that are the same differ by nothing, and what is not shown must not look certain. */
#include "base/table.h"
#include "close.h"
#include "study.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What two factors move apart is added member by member; a factor that moves nothing leaves nothing to be more. */
static void factors_that_do_not_meet_add_up(void **state)
{
    (void)state;
    study s =
        study_compare("title: Two factors\nperson: {sex: female, age: 42}\nduration: 2 d\n"
                      "factors:\n"
                      "  walk:\n    - {exercise: walking, at: \"09:00\", for: 30 min, every: day}\n"
                      "  light:\n    - {tracer: true, region: foot, at: \"19:00\", for: 2 h}\n"
                      "report: [heart_rate, lymph_flow]\n",
                      4, 2);
    const tac_table *t = tac_results_table(s.results, "together");
    assert_int_equal(tac_table_n_row(t), 2);
    for (size_t i = 0; i < 2; i++) {
        const double parts = tac_table_number_of(t, i, "parts");
        assert_true(fabs(parts) > 1e-3);
        assert_close(tac_table_number_of(t, i, "whole"), parts, 1e-4, 0.0);
        assert_close(tac_table_number_of(t, i, "more"), 0.0, 0.0, 1e-4 * fabs(parts));
    }
    /* The arm of both is the third of the summary, with the same change. */
    assert_close(study_cell(&s, 4, "change"), tac_table_number_of(t, 0, "whole"), 1e-9, 0.0);
    study_free(&s);
}

static void arms_that_are_the_same_differ_by_nothing(void **state)
{
    (void)state;
    study s = study_compare("title: The same twice\nperson: {sex: female, age: 42}\nduration: 2 d\n"
                            "programmes:\n"
                            "  first:\n    - {massage: swedish, at: \"18:00\", every: day}\n"
                            "  second:\n    - {massage: swedish, at: \"18:00\", every: day}\n"
                            "against: second\nreport: [cortisol, heart_rate, oxytocin]\n",
                            6, 2);
    for (size_t row = 0; row < 3; row++) {
        assert_true(fabs(study_cell(&s, row, "change")) <= 0.0);
        assert_true(fabs(study_cell(&s, row, "low")) <= 0.0);
        assert_true(fabs(study_cell(&s, row, "high")) <= 0.0);
    }
    study_free(&s);
}

/* Eight minutes lie between two regular samples. Dogs of study DOWECE had x 2.13 (se .34) of their duct flow in the mean over eight minutes of abdominal
 * pumping, of which the end of the session shows nothing. */
static void what_is_over_in_minutes_is_seen(void **state)
{
    (void)state;
    study s = study_compare(
        "title: Eight minutes\nperson: {sex: male, age: 30}\nstart: \"2026-09-07 00:00\"\nduration: 1 d\n"
        "life:\n  - {sleep: 8 h, from: \"23:00\", every: day}\n"
        "  - {posture: supine, from: \"07:00\", for: 6 h}\n"
        "programme:\n  - {massage: abdominal pump, region: abdomen, frequency: 1.5 Hz, from: \"09:03\", for: 8 min}\n"
        "report: [thoracic_duct_flow]\n",
        2, 1);
    assert_close(study_cell(&s, 0, "with") / study_cell(&s, 0, "without"), 2.13, 0.0, 0.34);
    study_free(&s);
}

/* Rapaport 2010: d = -0.2 +- 0.28 against light touch, so the predicted interval has to hold zero. */
static void cortisol_against_light_touch_is_not_certain(void **state)
{
    (void)state;
    study s = study_compare(
        "title: Swedish against light touch\nperson: {sex: female, age: 30}\n"
        "duration: 1 d\n"
        "programme:\n  - {massage: swedish, pressure: firm, at: \"14:00\", for: 45 min}\n"
        "against: light touch\nreport: [cortisol, acth, serotonin_urine, dopamine_urine]\n",
        24, 2);
    for (size_t row = 0; row < 4; row++) {
        assert_true(study_cell(&s, row, "low") < 0.0);
        assert_true(study_cell(&s, row, "high") > 0.0);
    }
    study_free(&s);
}

/* Noto 2010: -3.6 (se 1.5) before to after; net of rest perhaps -2 to -3. */
static void heart_rate_falls_a_little_more_than_with_rest(void **state)
{
    (void)state;
    study s = study_compare(
        "title: Back massage against rest\nperson: {sex: female, age: 25, stress: high}\n"
        "duration: 1 d\n"
        "programme:\n  - {massage: swedish, region: back, at: \"14:00\", for: 20 min}\n"
        "against: rest\nreport: [heart_rate]\n",
        24, 2);
    assert_true(study_cell(&s, 0, "change") < -0.3 && study_cell(&s, 0, "change") > -5.1);
    assert_true(study_cell(&s, 0, "high") - study_cell(&s, 0, "low") > 0.5);
    study_free(&s);
}

/* Sitting and lying differ by some 5 per min: against rest the posture must not look like an effect. */
static void rest_keeps_the_posture_of_the_massage(void **state)
{
    (void)state;
    study chair = study_compare("title: Chair\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                                "programme:\n  - {massage: chair, at: \"14:00\", for: 15 min}\n"
                                "against: rest\nreport: [heart_rate]\n",
                                4, 2);
    study table = study_compare("title: Table\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                                "programme:\n  - {massage: swedish, at: \"14:00\", for: 15 min}\n"
                                "against: rest\nreport: [heart_rate]\n",
                                4, 2);
    assert_true(study_cell(&chair, 0, "without") > study_cell(&table, 0, "without") + 2.0);
    study_free(&table);
    study_free(&chair);
}

/* The heart beats some 10 per min slower at rest in the evening than at noon's work: no effect of the hands. */
static void each_programme_is_held_against_rest_at_its_own_hours(void **state)
{
    (void)state;
    study s =
        study_compare("title: Noon and evening\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                      "life:\n  - {work: desk, from: \"09:00\", for: 10 h}\n"
                      "programmes:\n"
                      "  noon:\n    - {massage: swedish, at: \"12:00\", for: 30 min}\n"
                      "  evening:\n    - {massage: swedish, at: \"19:00\", for: 30 min}\n"
                      "against: rest\nreport: [heart_rate]\n",
                      4, 2);
    for (size_t row = 0; row < 2; row++) {
        assert_true(fabs(study_cell(&s, row, "change")) < 4.0);
    }
    assert_true(study_cell(&s, 1, "change") < 0.0);
    study_free(&s);
}

/* Claims 2, 4, 5, 6, 11, 13: no trial shows these, so against rest the typical weekly massage must not move them for sure. */
static void what_no_trial_shows_is_not_certain_against_rest(void **state)
{
    (void)state;
    study s = study_compare(
        "title: Weekly Swedish massage\nperson: {sex: female, age: 42, stress: average, sleep: 6.5 h}\n"
        "duration: 4 d\n"
        "life:\n  - {work: desk, from: \"09:00\", for: 8 h, days: weekdays, load: average}\n"
        "programme:\n  - {massage: swedish, region: whole body, pressure: moderate, at: \"20:00\", "
        "for: 60 min, days: [wed]}\n"
        "against: rest\nreport: [nk, cortisol, serotonin_urine, tnf, il6]\n",
        16, 2);
    for (size_t row = 0; row < 5; row++) {
        assert_true(study_cell(&s, row, "low") <= 0.0);
        assert_true(study_cell(&s, row, "high") >= 0.0);
    }
    study_free(&s);
}

/* What is said of massage is no verdict on a walk, nor on what two arms have in common. */
static void only_rows_with_a_massage_more_carry_a_claim(void **state)
{
    (void)state;
    study s =
        study_compare("title: Hands and walks\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                      "programmes:\n"
                      "  walk:\n    - {exercise: walking, at: \"18:00\", for: 30 min}\n"
                      "  both:\n    - {exercise: walking, at: \"18:00\", for: 30 min}\n"
                      "    - {massage: swedish, at: \"19:00\", for: 20 min}\n"
                      "  hands:\n    - {massage: swedish, at: \"19:00\", for: 20 min}\n"
                      "  self:\n    - {massage: self, region: neck, at: \"19:00\", for: 20 min}\n"
                      "against: {walk: nothing, both: walk, self: nothing}\nreport: [cortisol]\n",
                      2, 2);
    static const char *const CLAIMS[] = {"", "C4", "C4", "C4"};
    const tac_table *t = tac_results_table(s.results, "summary");
    assert_int_equal(tac_table_n_row(t), 4);
    for (size_t row = 0; row < 4; row++) {
        assert_string_equal(tac_table_text_of(t, row, "claim"), CLAIMS[row]);
    }
    study_free(&s);
    study hands_in_both =
        study_compare("title: Walks\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                      "programmes:\n"
                      "  a:\n    - {massage: swedish, at: \"19:00\", for: 20 min}\n"
                      "    - {exercise: walking, at: \"18:00\", for: 30 min}\n"
                      "  b:\n    - {massage: swedish, at: \"19:00\", for: 20 min}\n"
                      "against: b\nreport: [cortisol]\n",
                      2, 2);
    assert_string_equal(tac_table_text_of(tac_results_table(hands_in_both.results, "summary"), 0,
                                          "claim"),
                        "");
    assert_int_equal(tac_table_n_row(tac_results_table(hands_in_both.results, "claims")), 0);
    study_free(&hands_in_both);
}

/* Counts have no half below nothing, however few members there are; a change of them may go both ways. */
static void a_count_is_never_below_nothing(void **state)
{
    (void)state;
    study s = study_compare("title: A winter\nperson: {sex: female, age: 30}\nduration: 5 weeks\n"
                            "life: [{exposure: rhinovirus, rate: 15 per year}]\nreport: [colds]\n",
                            3, 2);
    assert_true(study_cell(&s, 0, "without")
                > 0.0); /* one of three; minus an error that is larger */
    assert_true(fabs(study_cell(&s, 0, "without_low")) <= 0.0);
    assert_true(study_cell(&s, 0, "without_high") > 2.0 * study_cell(&s, 0, "without"));
    study_free(&s);
}

/* All that had to be assumed is shown: what varies, and what has one value; not what an input is while nothing happens. */
static void whatever_was_assumed_is_shown_with_or_without_a_range(void **state)
{
    (void)state;
    study s = study_compare("title: A day\nperson: {sex: female, age: 30}\nduration: 1 d\n"
                            "report: [cortisol]\n",
                            2, 2);
    const tac_table *t = tac_results_table(s.results, "assumed");
    size_t n_ranged = 0;
    size_t n_fixed = 0;
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        const bool is_ranged = isfinite(tac_table_number_of(t, i, "low"));
        n_ranged += is_ranged ? 1 : 0;
        n_fixed += is_ranged ? 0 : 1;
        assert_string_not_equal(tac_table_text_of(t, i, "id"), "touch.hand_pressure");
    }
    assert_true(n_ranged > 300);
    assert_true(n_fixed > 50);
    study_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_that_do_not_meet_add_up),
        cmocka_unit_test(arms_that_are_the_same_differ_by_nothing),
        cmocka_unit_test(what_is_over_in_minutes_is_seen),
        cmocka_unit_test(cortisol_against_light_touch_is_not_certain),
        cmocka_unit_test(heart_rate_falls_a_little_more_than_with_rest),
        cmocka_unit_test(rest_keeps_the_posture_of_the_massage),
        cmocka_unit_test(each_programme_is_held_against_rest_at_its_own_hours),
        cmocka_unit_test(what_no_trial_shows_is_not_certain_against_rest),
        cmocka_unit_test(a_count_is_never_below_nothing),
        cmocka_unit_test(whatever_was_assumed_is_shown_with_or_without_a_range),
        cmocka_unit_test(only_rows_with_a_massage_more_carry_a_claim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
