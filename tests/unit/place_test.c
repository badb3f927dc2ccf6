/* SPDX-License-Identifier: Apache-2.0 */
/* Where things happen: regions as shares of parts, and what events and reports make of them; with the shipped tables. */
#include "scenario/place.h"

#include "close.h"
#include "scenario/reported.h"
#include "shipped.h"
#include "sim/body.h"
#include "sim/schedule.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "title: t\nperson: {sex: male, age: 30}\nduration: 1 d\n"

/** An input of the body at 10:30 in a life where the event is on from 10:00 to 11:00. */
static double input_during(const char *event, const char *id)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_schedule *s = NULL;
    char yaml[600];
    double value = 0.0;
    snprintf(yaml, sizeof yaml, HEAD "life: [{%s, from: \"10:00\", to: \"11:00\"}]\n", event);
    tac_scenario *scenario = test_scenario(shipped_body->words, yaml);
    if (tac_schedule_build(ctx, shipped_body->program, shipped_body->words, scenario, NULL,
                           TAC_CALENDAR_WHOLE, &s)
        != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    const tac_image_symbol *input = tac_program_find(shipped_body->program, id);
    assert_non_null(input);
    for (size_t i = 0; i < s->n_edge && s->edge_h[i] < 10.5; i++) {
        value = s->inputs[i * tac_program_image(shipped_body->program)->n_input + input->index];
    }
    tac_schedule_free(s);
    tac_scenario_free(scenario);
    tac_ctx_free(ctx);
    return value;
}

static void check_refused(const char *line, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    char yaml[600];
    snprintf(yaml, sizeof yaml, HEAD "%s\n", line);
    assert_int_equal(tac_scenario_from_text(ctx, shipped_body->words, "s.yaml", yaml, strlen(yaml),
                                            &s),
                     TAC_E_INPUT);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void check_event_refused(const char *event, const char *part)
{
    char line[400];
    snprintf(line, sizeof line, "life: [{%s}]", event);
    check_refused(line, part);
}

static void groups_of_letters_stand_for_parts(void **state)
{
    (void)state;
    assert_int_equal(tac_part_group("r", 1), 0xFF);
    assert_int_equal(tac_part_group("body", 4), 0xFF);
    assert_int_equal(tac_part_group("head", 4), 0x01);
    assert_int_equal(tac_part_group("arm", 3), 0x0C);
    assert_int_equal(tac_part_group("arm_l", 5), 0x04);
    assert_int_equal(tac_part_group("leg", 3), 0xF0);
    assert_int_equal(tac_part_group("ar", 2), 0);
    assert_int_equal(tac_part_group("", 0), 0);
    assert_int_equal(tac_part_on_side(0xFF, 'l'), 0x57);
    for (size_t k = 0; k < TAC_N_PART; k++) {
        assert_int_equal(tac_part_mirror(tac_part_mirror(k)), k);
    }
    assert_string_equal(tac_part_name(tac_part_mirror(6)), "calf_r");
}

static void templates_are_filled_with_the_part(void **state)
{
    (void)state;
    tac_arena *arena = tac_arena_create();
    assert_string_equal(tac_template_fill(arena, "lymph.vessel_{r}.flow", 7),
                        "lymph.vessel_calf_r.flow");
    assert_string_equal(tac_template_fill(arena, "map", 7), "map");
    assert_false(tac_template_is("map"));
    assert_int_equal(tac_template_parts("x_{thigh}"), 0x30);
    assert_int_equal(tac_template_parts("x_{thigh"), 0);
    tac_arena_free(arena);
}

static void the_skin_of_parts_is_that_of_the_model(void **state)
{
    (void)state;
    static const char *const LIMBS[] = {"head",  "trunk", "arm",  "arm",
                                        "thigh", "thigh", "calf", "calf"};
    for (size_t k = 0; k < TAC_N_PART; k++) {
        char id[60];
        snprintf(id, sizeof id, "person.skin_share_%s", LIMBS[k]);
        const tac_image_symbol *share = tac_program_find(shipped_body->program, id);
        assert_non_null(share);
        assert_close(tac_words_part_skin(shipped_body->words, k),
                     tac_program_image(shipped_body->program)->parameters[share->index], 1e-12,
                     0.0);
    }
}

static void a_massage_is_where_its_region_is(void **state)
{
    (void)state;
    static const char LEG[] = "massage: swedish, region: left leg";
    assert_close(input_during(LEG, "touch.cover_calf_l"), 1.0, 1e-12, 0.0);
    assert_close(input_during(LEG, "touch.presence_calf_l"), 10.5 / 20.0, 1e-12, 0.0);
    assert_close(input_during(LEG, "touch.presence_thigh_l"), 9.5 / 20.0, 1e-12, 0.0);
    assert_close(input_during(LEG, "touch.presence_calf_r"), 0.0, 0.0, 0.0);
    static const char FOOT[] = "massage: foot";
    assert_close(input_during(FOOT, "touch.cover_calf_r"), 3.5 / 10.5, 1e-12, 0.0);
    assert_close(input_during(FOOT, "touch.presence_calf_r"), 0.5, 1e-12, 0.0);
    assert_close(input_during("massage: swedish", "touch.presence_trunk"), 0.32, 1e-12, 0.0);
    assert_close(input_during("massage: swedish", "touch.stroke_frequency"), 0.4, 1e-12, 0.0);
    assert_close(input_during("massage: swedish, region: [back, abdomen]", "touch.cover_trunk"),
                 19.0 / 32.0, 1e-12, 0.0);
    assert_close(input_during("massage: swedish, region: [foot, lower leg]", "touch.cover_calf_l"),
                 1.0, 1e-12, 0.0);
}

static void the_time_is_shared_out_among_parts(void **state)
{
    (void)state;
    double sum = 0.0;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        char id[60];
        snprintf(id, sizeof id, "touch.presence_%s", tac_part_name(k));
        sum += input_during("massage: swedish, region: [face, left hand, back]", id);
    }
    assert_close(sum, 1.0, 1e-12, 0.0);
}

static void a_cycle_holds_and_pauses(void **state)
{
    (void)state;
    static const char CYCLE[] =
        "massage: compression cycle, region: foot, hold: 1 s, gap: 3 s, pressure: 100 mmHg";
    assert_close(input_during(CYCLE, "touch.stroke_frequency"), 0.25, 1e-12, 0.0);
    assert_close(input_during(CYCLE, "touch.hold_time"), 1.0, 1e-12, 0.0);
    check_event_refused("massage: swedish, hold: 1 s, at: \"10:00\"",
                        "no field of 'massage' called 'hold'");
}

static void compression_presses_where_it_is_worn(void **state)
{
    (void)state;
    assert_close(input_during("compression: 30 mmHg, region: right arm", "touch.steady_arm_r"),
                 30.0, 1e-12, 0.0);
    assert_close(input_during("compression: 30 mmHg, region: right arm", "touch.steady_arm_l"), 0.0,
                 0.0, 0.0);
    assert_close(input_during("compression: 4 kPa, region: foot", "touch.steady_calf_l"), 30.00247,
                 1e-6, 0.0);
    assert_close(input_during("compression: bandage, region: lower leg", "touch.steady_calf_l"),
                 40.0, 1e-12, 0.0);
    assert_close(input_during("compression: bandage, region: lower leg",
                              "touch.steady_cover_calf_l"),
                 7.0 / 10.5, 1e-12, 0.0);
    assert_close(input_during("compression: bandage, region: lower leg", "touch.bandage"), 1.0, 0.0,
                 0.0);
    check_event_refused("compression: 30 mmHg, from: \"10:00\", for: 1 h", "compression: where?");
    check_event_refused("compression: 3000 mmHg, region: arm, from: \"10:00\", for: 1 h",
                        "compression: 3000 mmHg is out of range, 1 to 300 mmHg is possible");
    static const char TWICE_WRONG[] =
        "compression: 3000 mmHg, region: tail, from: \"10:00\", for: 1 h";
    check_event_refused(TWICE_WRONG, "3000 mmHg is out of range");
    check_event_refused(TWICE_WRONG, "no region 'tail'");
    check_event_refused("compression: 30 kg, region: arm, from: \"10:00\", for: 1 h", "30 kg");
    check_event_refused("compression: tight, region: arm, from: \"10:00\", for: 1 h", "bandage");
}

static void heat_warms_the_room_or_a_limb(void **state)
{
    (void)state;
    assert_close(input_during("heat: 40 degC, region: left leg", "lifestyle.env_temp_calf_l"), 40.0,
                 1e-12, 0.0);
    assert_close(input_during("heat: 40 degC, region: left leg", "lifestyle.env_temp_calf_r"), 24.0,
                 1e-12, 0.0);
    assert_close(input_during("heat: 35 degC", "lifestyle.env_temp_head"), 35.0, 1e-12, 0.0);
    check_event_refused("heat: 400 degC, at: \"10:00\"", "400 degC is out of range");
}

static void drinks_and_infusions_give_their_volume(void **state)
{
    (void)state;
    assert_close(input_during("fluid: 500 mL", "lifestyle.fluid_intake"), 0.09 + 0.5, 1e-9, 0.0);
    assert_close(input_during("fluid: saline, volume: 1 L", "lifestyle.dose_saline"), 1.0, 1e-9,
                 0.0);
    assert_close(input_during("fluid: saline, volume: 1 L", "lifestyle.fluid_intake"), 0.09, 1e-9,
                 0.0);
    check_event_refused("fluid: 50 L, at: \"10:00\"", "out of range");
}

static void legs_work_in_exercise_and_move_in_postures(void **state)
{
    (void)state;
    assert_true(input_during("exercise: cycling", "lifestyle.work_thigh_l") > 50.0);
    assert_true(input_during("exercise: hand grip", "lifestyle.work_arm_r") > 0.0);
    assert_close(input_during("exercise: hand grip", "lifestyle.work_calf_r"), 0.0, 0.0, 0.0);
    assert_close(input_during("posture: seated, legs: still", "lifestyle.leg_pump"), 0.0, 0.0, 0.0);
    assert_close(input_during("posture: supine, legs: moved", "lifestyle.passive_legs"), 1.0, 0.0,
                 0.0);
    check_event_refused("posture: seated, legs: dancing, at: \"10:00\", for: 1 h",
                        "no legs 'dancing'; allowed: still, moving, moved, raised");
}

static void regions_that_are_none_are_refused(void **state)
{
    (void)state;
    check_event_refused("massage: swedish, region: tail, at: \"10:00\"", "no region 'tail'");
    check_event_refused("massage: swedish, region: left back, at: \"10:00\"",
                        "region: 'back' has no left and right; say 'back', or a limb");
    check_event_refused("massage: swedish, region: [arms, left arm], at: \"10:00\"",
                        "region: 'left arm' overlaps 'arms', which stands in the list already");
    check_event_refused("massage: swedish, region: [back, right foot, legs], at: \"10:00\"",
                        "region: 'legs' overlaps 'right foot', which stands in the list already");
    check_event_refused("massage: swedish, region: [back, upper back], at: \"10:00\"",
                        "region: 'upper back' overlaps 'back', which stands in the list already");
    check_event_refused("massage: swedish, region: [face, head], at: \"10:00\"",
                        "region: 'head' overlaps 'face', which stands in the list already");
    check_event_refused("massage: swedish, region: [arm, back, arm], at: \"10:00\"",
                        "'arm' stands in the list a second time");
    check_event_refused("massage: swedish, region: [[back], left arm], at: \"10:00\"",
                        "no region '(a list)'");
    check_event_refused("compression: 30 mmHg, region: [], from: \"10:00\", for: 1 h",
                        "a word, or a list of words, is wanted");
}

/** Read a report with the small tables of the tests. */
static tac_scenario *scenario_with_report(const tac_words *words, const char *report)
{
    char yaml[300];
    snprintf(yaml, sizeof yaml,
             "title: t\nperson: {sex: male, age: 30}\nduration: 1 d\nreport: %s\n", report);
    return test_scenario(words, yaml);
}

static void a_report_may_ask_for_a_region(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s = scenario_with_report(
        words, "[lymph_flow, {lymph_flow: left hand}, {warmth: arm}, excess, cortisol]");
    assert_int_equal(s->n_report, 5);
    assert_string_equal(s->report[0].id, "lymph_flow");
    assert_string_equal(s->report[0].site, "whole body");
    assert_string_equal(s->report[1].id, "lymph_flow_left_hand");
    assert_string_equal(s->report[1].title, "lymph flow, left hand");
    assert_string_equal(s->report[3].site, "left arm");
    assert_string_equal(s->report[4].site, "");
    tac_scenario_free(s);
    tac_words_free(words);
}

static void parts_add_up_or_are_averaged_as_the_table_says(void **state)
{
    (void)state;
    enum { HEAD_PART, TRUNK, ARM_L, ARM_R, THIGH_L };
    tac_words *words = test_words();
    tac_scenario *s =
        scenario_with_report(words,
                             "[lymph_flow, {lymph_flow: left hand}, {warmth: whole body}, excess]");
    assert_close(s->report[0].weights[TRUNK], 1.0, 1e-12, 0.0);
    assert_close(s->report[1].weights[ARM_L], 0.25, 1e-12, 0.0); /* 2.5 of 10 % */
    assert_close(s->report[1].weights[ARM_R], 0.0, 0.0, 0.0);
    assert_close(s->report[2].weights[TRUNK], 0.3, 1e-12, 0.0);
    assert_close(s->report[2].weights[THIGH_L], 0.1, 1e-12, 0.0);
    assert_close(s->report[3].weights[ARM_L], 1.0, 1e-12, 0.0);
    assert_close(s->report[3].weights[ARM_R], -1.0, 1e-12, 0.0);
    assert_close(s->report[3].weights[HEAD_PART], 0.0, 0.0, 0.0);
    tac_scenario_free(s);
    tac_words_free(words);
}

/* Only arms have a grip. */
static void a_part_that_has_none_of_it_is_refused(void **state)
{
    (void)state;
    static const char YAML[] =
        "title: t\nperson: {sex: male, age: 30}\nduration: 1 d\nreport: [{grip: back}]\n";
    tac_words *words = test_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = scenario_with_report(words, "[grip, {grip: left arm}]");
    assert_int_equal(s->n_report, 2);
    tac_scenario_free(s);
    s = NULL;
    assert_int_equal(tac_scenario_from_text(ctx, words, "s.yaml", YAML, sizeof YAML - 1, &s),
                     TAC_E_INPUT);
    assert_non_null(strstr(tac_ctx_message(ctx),
                           "s.yaml:4:17: 'grip' has no part in 'back': only arm_l, arm_r have it; "
                           "'hand' is its usual place"));
    tac_ctx_free(ctx);
    tac_words_free(words);
}

static void reports_without_sense_are_refused(void **state)
{
    (void)state;
    check_refused("report: [{cortisol: arm}]", "'cortisol' is one for the whole body");
    check_refused("report: [{cortisone: arm}]", "no observable 'cortisone'");
    check_refused("report: [cortisol, cortisol]", "stands in the list a second time");
    check_refused("report: [[cortisol]]", "no observable '(a list)'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_of_letters_stand_for_parts),
        cmocka_unit_test(templates_are_filled_with_the_part),
        cmocka_unit_test(the_skin_of_parts_is_that_of_the_model),
        cmocka_unit_test(a_massage_is_where_its_region_is),
        cmocka_unit_test(the_time_is_shared_out_among_parts),
        cmocka_unit_test(a_cycle_holds_and_pauses),
        cmocka_unit_test(compression_presses_where_it_is_worn),
        cmocka_unit_test(heat_warms_the_room_or_a_limb),
        cmocka_unit_test(drinks_and_infusions_give_their_volume),
        cmocka_unit_test(legs_work_in_exercise_and_move_in_postures),
        cmocka_unit_test(regions_that_are_none_are_refused),
        cmocka_unit_test(a_report_may_ask_for_a_region),
        cmocka_unit_test(parts_add_up_or_are_averaged_as_the_table_says),
        cmocka_unit_test(a_part_that_has_none_of_it_is_refused),
        cmocka_unit_test(reports_without_sense_are_refused),
    };
    return cmocka_run_group_tests(tests, open_shipped_body, close_shipped_body);
}
