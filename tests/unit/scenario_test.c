/* SPDX-License-Identifier: Apache-2.0 */
/* Reading scenarios: what a right one becomes, how files are read, and what survives lack of memory and rubbish. */
#include "scenario/scenario.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "close.h"
#include "tables.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "title: T\nperson: {sex: female, age: 42}\nduration: 4 weeks\n"

static const tac_field *field_of(const tac_event *event, const char *name)
{
    for (size_t i = 0; i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, name) == 0) {
            return &event->fields[i];
        }
    }
    fail_msg("no field '%s'", name);
    return NULL;
}

static double value_of(const tac_scenario *s, const char *parameter)
{
    for (size_t i = 0; i < s->n_person; i++) {
        if (strcmp(s->person[i].parameter, parameter) == 0) {
            return s->person[i].value;
        }
    }
    fail_msg("no value of '%s'", parameter);
    return 0.0;
}

/* ---- right scenarios ---- */

static void a_whole_scenario_is_understood(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s = test_scenario(
        words, "title: Weekly massage\n"
               "person: {sex: female, age: 42, height: 168 cm, weight: 71 kg, stress: high,"
               " sleep: 6.5 h}\n"
               "start: \"2026-09-07 06:30\"\n"
               "duration: 12 weeks\n"
               "life:\n"
               "  - {sleep: 6.5 h, from: \"23:45\", every: day}\n"
               "  - {light: day, from: \"08:00\", to: \"18:00\", every: day}\n"
               "programme:\n"
               "  - {massage: swedish, region: back, pressure: firm, at: \"18:00\", for: 60 min,"
               " days: [wed]}\n"
               "against: rest\n"
               "report: [heart_rate, cortisol]\n");
    assert_string_equal(s->title, "Weekly massage");
    assert_string_equal(s->person_text, "woman, 42 y");
    assert_int_equal(s->start_day % 7, 4); /* Monday: 1970-01-01 was a Thursday */
    assert_true(s->start_clock_h == 6.5);
    assert_true(s->duration_h == 2016.0);
    assert_close(value_of(s, "person.height"), 1.68, 1e-12, 0.0);
    assert_true(value_of(s, "person.sex") == 0.0);
    assert_true(value_of(s, "person.pss") == 23.0);
    assert_int_equal(s->n_life, 2);
    assert_true(s->life[0].when.has_clock && s->life[0].when.clock_h == 23.75);
    assert_true(s->life[0].when.duration_h == 6.5 && s->life[0].when.every_day == 1.0);
    assert_int_equal(s->n_arm, 2);
    assert_string_equal(s->arms[0].id, "programme");
    assert_string_equal(s->arms[0].title, "Swedish massage 60 min every Wednesday");
    assert_int_equal(s->arms[0].events[0].when.days, 4);
    assert_string_equal(s->arms[1].id, "without");
    assert_string_equal(s->arms[1].title, "quiet rest at the same hours");
    assert_int_equal(s->n_report, 2);
    assert_string_equal(s->report[0].id, "heart_rate");
    tac_scenario_free(s);
    tac_words_free(words);
}

static void little_needs_to_be_said(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s = test_scenario(words, HEAD);
    assert_int_equal(s->n_arm, 1);
    assert_string_equal(s->arms[0].id, "without");
    assert_int_equal(s->arms[0].n_event, 0);
    assert_true(s->start_clock_h == 0.0);
    assert_int_equal(s->n_report, 2); /* of the usual ones, those that the tables have */
    /* Everyday life: sleep and daylight. */
    assert_int_equal(s->n_life, 2);
    assert_string_equal(s->life[0].verb, "sleep");
    assert_true(s->life[0].is_everyday);
    /* Height by sex, weight by BMI 25 (the test tables). */
    assert_true(value_of(s, "person.height") == 1.6);
    assert_close(value_of(s, "person.weight"), 25.0 * 1.6 * 1.6, 1e-12, 0.0);
    tac_scenario_free(s);
    tac_words_free(words);
}

static void weight_follows_from_height_and_bmi_only_where_it_is_not_said(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s =
        test_scenario(words,
                      "title: T\nperson: {bmi: 30 kg/m^2, height: 2 m, sex: male, age: 50 years}\n"
                      "duration: 1 d\n");
    assert_close(value_of(s, "person.weight"), 120.0, 1e-12, 0.0);
    assert_string_equal(s->person_text, "man, 50 y");
    tac_scenario_free(s);
    s = test_scenario(words,
                      "title: T\nperson: {sex: male, age: 50, weight: 60 kg}\nduration: 1 d\n");
    assert_true(value_of(s, "person.weight") == 60.0);
    assert_true(value_of(s, "person.height") == 1.8);
    tac_scenario_free(s);
    tac_words_free(words);
}

/** The first event of a life that has this line. */
static tac_recurrence recurrence_of(const tac_words *words, const char *event)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, HEAD "start: \"2026-09-07 10:00\"\nlife:\n  - %s\n", event);
    tac_scenario *s = test_scenario(words, tac_buf_str(&text));
    tac_recurrence when = {0};
    for (size_t i = s->n_life; i-- > 0;) {
        if (!s->life[i].is_everyday) {
            when = s->life[i].when;
        }
    }
    tac_scenario_free(s);
    tac_buf_free(&text);
    return when;
}

static void times_can_be_said_in_many_ways(void **state)
{
    (void)state;
    static const struct {
        const char *event;
        tac_recurrence when;
    } CASES[] = {
        {"{rest: true, at: \"18:00\"}", {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5}},
        {"{rest: true, from: 90 min, for: 1 h}", {.offset_h = 1.5, .duration_h = 1.0}},
        {"{rest: true, from: 1 h, to: 90 min}", {.offset_h = 1.0, .duration_h = 0.5}},
        {"{rest: true, from: \"22:00\", to: \"01:00\"}",
         {.has_clock = true, .clock_h = 22.0, .duration_h = 3.0}},
        {"{rest: true, from: \"22:00\", to: \"24:00\"}",
         {.has_clock = true, .clock_h = 22.0, .duration_h = 2.0}},
        {"{rest: true, to: \"12:15\"}", {.has_clock = true, .clock_h = 11.75, .duration_h = 0.5}},
        {"{sleep: 7 h, to: \"06:30\"}", {.has_clock = true, .clock_h = 23.5, .duration_h = 7.0}},
        {"{rest: true, to: 2 h, for: 90 min}", {.offset_h = 0.5, .duration_h = 1.5}},
        {"{rest: true, at: \"18:00\", every: 2 d}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .every_day = 2.0}},
        {"{rest: true, at: \"18:00\", every: week}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .every_day = 7.0}},
        {"{rest: true, at: \"18:00\", every: Friday}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .days = 16}},
        {"{rest: true, at: \"18:00\", days: [mon, Thursday]}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .days = 9}},
        {"{rest: true, at: \"18:00\", days: weekdays, times: 3}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .days = 31, .n_time = 3}},
        {"{rest: true, at: \"18:00\", days: [weekdays, weekend]}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .every_day = 1.0}},
        {"{rest: true, at: \"18:00\", days: [mon], every: 2 weeks}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .days = 1, .every_day = 14.0}},
        {"{rest: true, at: \"18:00\", on: sun}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .days = 64}},
        {"{rest: true, at: \"18:00\", on: day 3}",
         {.has_clock = true, .clock_h = 18.0, .duration_h = 0.5, .on_day = 3}},
        {"{rest: true, on: day 3}", {.offset_h = 38.0, .duration_h = 0.5, .on_day = 3}},
        {"{rest: true, at: \"18:00\", on: day 3, every: day, times: 5}",
         {.has_clock = true,
          .clock_h = 18.0,
          .duration_h = 0.5,
          .on_day = 3,
          .every_day = 1.0,
          .n_time = 5}},
        {"{sleep: 4 h, from: \"03:00\", nights: 3}",
         {.has_clock = true, .clock_h = 3.0, .duration_h = 4.0, .every_day = 1.0, .n_time = 3}},
        {"{posture: standing}", {.is_whole_time = true}},
        {"{stressor: chronic, level: high}", {.is_whole_time = true}},
        {"{stressor: chronic, level: high, since: day 3, for: 5 d}",
         {.offset_h = 38.0, .duration_h = 120.0}},
    };
    tac_words *words = test_words();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const tac_recurrence got = recurrence_of(words, CASES[i].event);
        const tac_recurrence *want = &CASES[i].when;
        if (got.has_clock != want->has_clock || got.days != want->days || got.n_time != want->n_time
            || got.on_day != want->on_day || got.is_whole_time != want->is_whole_time
            || fabs(got.clock_h - want->clock_h) > 1e-9
            || fabs(got.offset_h - want->offset_h) > 1e-9
            || fabs(got.every_day - want->every_day) > 1e-9
            || (!want->is_whole_time && fabs(got.duration_h - want->duration_h) > 1e-9)) {
            fail_msg("%s: clock %g, offset %g, duration %g, days %u, every %g, times %ld, day %ld",
                     CASES[i].event, got.clock_h, got.offset_h, got.duration_h, got.days,
                     got.every_day, got.n_time, got.on_day);
        }
    }
    const tac_recurrence since = recurrence_of(words, "{stressor: chronic, since: day 3}");
    assert_true(since.offset_h == 38.0 && isinf(since.duration_h));
    assert_true(recurrence_of(words, "{stressor: chronic, since: 4 weeks}").is_whole_time);
    tac_words_free(words);
}

/** The massage of a programme. */
static tac_scenario *massage_of(const tac_words *words, const char *fields)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, HEAD "programme: [{massage: %s, at: \"18:00\"}]\n", fields);
    tac_scenario *s = test_scenario(words, tac_buf_str(&text));
    tac_buf_free(&text);
    return s;
}

static void check_number(const tac_words *words, const char *massage, const char *field,
                         double want)
{
    tac_scenario *s = massage_of(words, massage);
    assert_close(field_of(&s->arms[0].events[0], field)->number, want, 1e-9, 1e-12);
    tac_scenario_free(s);
}

static void hands_become_numbers(void **state)
{
    (void)state;
    tac_words *words = test_words();
    check_number(words, "swedish", "pressure", 5.0);
    check_number(words, "swedish", "pressure_is_word", 1.0);
    check_number(words, "swedish, pressure: firm", "pressure", 10.0);
    check_number(words, "chair, pressure: light", "pressure", 8.0 * 2.0 / 5.0);
    check_number(words, "swedish, pressure: 8 kPa", "pressure", 8.0);
    check_number(words, "swedish, pressure: 8 kPa", "pressure_is_word", 0.0);
    check_number(words, "swedish, pressure: 60 mmHg", "pressure", 60.0 * 0.133322387415);
    check_number(words, "swedish, pressure: 50 N", "pressure", 5.0); /* over 100 cm2 */
    check_number(words, "swedish", "stroke_speed", 8.0);
    check_number(words, "swedish, stroke_speed: 0.05 m/s", "stroke_speed", 5.0);
    check_number(words, "swedish, frequency: 30 1/min", "frequency", 0.5);
    check_number(words, "swedish", "region_share", 1.0);
    check_number(words, "swedish, region: back", "region_share", 0.13);
    check_number(words, "swedish, region: arm", "region_share", 0.2); /* both */
    check_number(words, "swedish, region: left arm", "region_share", 0.1);
    check_number(words, "swedish, region: [back, right hand]", "region_ct",
                 (0.13 * 1.0 + 0.025 * 0.5) / 0.155);
    tac_words_free(words);
}

static void givers_follow_from_the_technique(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {{"swedish", "therapist"},
                                           {"self", "self"},
                                           {"swedish, giver: partner", "partner"}};
    tac_words *words = test_words();
    for (size_t i = 0; i < 3; i++) {
        tac_scenario *s = massage_of(words, CASES[i][0]);
        assert_string_equal(field_of(&s->arms[0].events[0], "giver")->word, CASES[i][1]);
        tac_scenario_free(s);
    }
    tac_words_free(words);
}

static void fields_keep_number_unit_and_word(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s =
        test_scenario(words, HEAD "life:\n"
                                  "  - {drug: crh, dose: 1 ug/kg, over: 30 s, at: \"09:00\"}\n"
                                  "  - {work: desk, load: high, at: \"09:00\"}\n"
                                  "  - {exercise: cycling, intensity: 55 %, at: \"18:00\"}\n"
                                  "  - {rest: true, reading: false, at: \"20:00\"}\n");
    const tac_event *life = &s->life[s->n_life - 4];
    const tac_field *dose = field_of(&life[0], "dose");
    assert_true(dose->is_per_kg && dose->number == 1.0);
    assert_string_equal(dose->unit, "ug");
    assert_close(life[0].when.duration_h, 30.0 / 3600.0, 1e-12, 0.0);
    assert_string_equal(field_of(&life[1], "load")->word, "high");
    assert_close(field_of(&life[2], "intensity")->number, 0.55, 1e-12, 0.0);
    assert_string_equal(field_of(&life[3], "reading")->word, "false");
    tac_scenario_free(s);
    tac_words_free(words);
}

/** Titles of all arms, one below the other. */
static void check_titles(const tac_words *words, const char *yaml, const char *want)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf titles = TAC_BUF_INIT;
    tac_buf_print(&text, HEAD "%s", yaml);
    tac_scenario *s = test_scenario(words, tac_buf_str(&text));
    for (size_t i = 0; i < s->n_arm; i++) {
        tac_buf_print(&titles, "%s: %s\n", s->arms[i].id, s->arms[i].title);
    }
    assert_string_equal(tac_buf_str(&titles), want);
    tac_scenario_free(s);
    tac_buf_free(&titles);
    tac_buf_free(&text);
}

static void arms_are_named_by_what_happens(void **state)
{
    (void)state;
    tac_words *words = test_words();
    check_titles(words, "programme: [{massage: swedish, at: \"18:00\", days: [mon, thu]}]\n",
                 "programme: Swedish massage 60 min Mon and Thu\n"
                 "without: the same life without it\n");
    check_titles(words,
                 "programmes:\n"
                 "  weekly: [{massage: chair, at: \"18:00\", every: week}]\n"
                 "  daily: [{massage: chair, at: \"18:00\", every: day, times: 3}]\n"
                 "  fortnightly: [{massage: chair, at: \"18:00\", days: [sun], every: 2 weeks}]\n"
                 "  workdays: [{massage: chair, at: \"12:00\", days: weekdays}]\n"
                 "  once: [{massage: self, at: \"12:00\", on: day 2}]\n"
                 "  sport: [{exercise: cycling, at: \"12:00\", for: 4 h, every: 3 d}]\n"
                 "against: nothing\n",
                 "weekly: Chair massage 15 min every week\n"
                 "daily: Chair massage 15 min every day, 3 times\n"
                 "fortnightly: Chair massage 15 min every Sunday every 2 weeks\n"
                 "workdays: Chair massage 15 min on weekdays\n"
                 "once: Self-massage 10 min on day 2\n"
                 "sport: Cycling 4 h every 3 days\n"
                 "without: the same life without it\n");
    check_titles(words, "", "without: this life\n");
    tac_words_free(words);
}

static void a_programme_can_be_the_comparator(void **state)
{
    (void)state;
    tac_words *words = test_words();
    check_titles(words,
                 "programmes:\n"
                 "  a: [{massage: chair, at: \"18:00\", every: week}]\n"
                 "  b: [{massage: swedish, at: \"18:00\", every: week}]\n"
                 "against: a\n",
                 "b: Swedish massage 60 min every week\n"
                 "a: Chair massage 15 min every week\n");
    tac_words_free(words);
}

static void each_programme_rests_at_its_own_hours_and_the_same_sessions_share_one_rest(void **state)
{
    (void)state;
    tac_words *words = test_words();
    static const char ARMS[] =
        "programmes:\n"
        "  noon: [{massage: swedish, at: \"12:00\", every: day}]\n"
        "  evening: [{massage: swedish, at: \"19:00\", every: day}]\n"
        "  noon firm: [{massage: swedish, pressure: firm, at: \"12:00\", for: 60 min, every: day}]\n"
        "  short: [{massage: swedish, at: \"12:00\", for: 30 min, every: day}]\n"
        "against: rest\n";
    check_titles(words, ARMS,
                 "noon: Swedish massage 60 min every day\n"
                 "evening: Swedish massage 60 min every day\n"
                 "noon firm: Swedish massage 60 min every day\n"
                 "short: Swedish massage 30 min every day\n"
                 "rest (noon): quiet rest at the hours of noon, noon firm\n"
                 "rest (evening): quiet rest at the hours of evening\n"
                 "rest (short): quiet rest at the hours of short\n");
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s%s", HEAD, ARMS);
    tac_scenario *s = test_scenario(words, tac_buf_str(&text));
    static const size_t AGAINST[] = {4, 5, 4, 6};
    assert_int_equal(s->n_programme, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(s->arms[i].against, AGAINST[i]);
        assert_true(s->arms[s->arms[i].against].events[0].when.clock_h
                    == s->arms[i].events[0].when.clock_h);
    }
    tac_scenario_free(s);
    tac_buf_free(&text);
    /* All of them at the same hours: one arm, with the name that one arm has. */
    check_titles(
        words,
        "programmes:\n"
        "  a: [{massage: swedish, at: \"12:00\", for: 60 min, every: day}]\n"
        "  b: [{massage: swedish, pressure: firm, at: \"12:00\", for: 60 min, every: day}]\n"
        "against: rest\n",
        "a: Swedish massage 60 min every day\n"
        "b: Swedish massage 60 min every day\n"
        "without: quiet rest at the same hours\n");
    tac_words_free(words);
}

static void each_programme_may_have_a_comparator_of_its_own(void **state)
{
    (void)state;
    tac_words *words = test_words();
    check_titles(words,
                 "programmes:\n"
                 "  rides: [{exercise: cycling, at: \"09:00\", for: 60 min, every: day}]\n"
                 "  hands: [{massage: swedish, at: \"18:00\", every: day}]\n"
                 "  both: [{massage: swedish, at: \"18:00\", every: day},"
                 " {exercise: cycling, at: \"09:00\", for: 60 min, every: day}]\n"
                 "  weekly: [{massage: swedish, at: \"18:00\", every: week}]\n"
                 "  strain: [{stressor: chronic, level: high}]\n"
                 "against: {hands: rest, both: rides, weekly: hands}\n",
                 "hands: Swedish massage 60 min every day\n"
                 "both: Swedish massage 60 min every day, Cycling 60 min every day\n"
                 "weekly: Swedish massage 60 min every week\n"
                 "strain: Chronic stressor all the time\n"
                 "rides: Cycling 60 min every day\n"
                 "rest (hands): quiet rest at the hours of hands\n"
                 "without: the same life without it\n");
    tac_words_free(words);
}

/* Rest is 'without' only where all are compared with it. */
static void a_programme_may_be_compared_with_one_that_is_compared_itself(void **state)
{
    (void)state;
    tac_words *words = test_words();
    check_titles(words,
                 "programmes:\n"
                 "  weekly: [{massage: swedish, at: \"18:00\", every: week}]\n"
                 "  daily: [{massage: swedish, at: \"18:00\", every: day}]\n"
                 "against: {weekly: rest, daily: weekly}\n",
                 "weekly: Swedish massage 60 min every week\n"
                 "daily: Swedish massage 60 min every day\n"
                 "rest (weekly): quiet rest at the hours of weekly\n");
    tac_words_free(words);
}

static void comparators_keep_the_hours_and_the_skin(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s =
        test_scenario(words, HEAD
                      "programme: [{massage: swedish, region: back, at: \"18:00\", for: 40 min,"
                      " days: [wed]}]\nagainst: light touch\n");
    const tac_event *touch = &s->arms[1].events[0];
    assert_string_equal(touch->kind, "light touch");
    assert_close(field_of(touch, "pressure")->number, 0.6, 1e-12, 0.0);
    assert_close(field_of(touch, "region_share")->number, 0.13, 1e-12, 0.0);
    assert_close(touch->when.duration_h, 40.0 / 60.0, 1e-12, 0.0);
    assert_int_equal(touch->when.days, 4);
    tac_scenario_free(s);
    s = test_scenario(words,
                      HEAD "programme: [{massage: swedish, at: \"18:00\"}]\nagainst: rest\n");
    assert_string_equal(s->arms[1].events[0].verb, "rest");
    assert_string_equal(field_of(&s->arms[1].events[0], "posture")->word, "supine");
    assert_true(s->arms[1].events[0].when.duration_h == 1.0);
    tac_scenario_free(s);
    tac_words_free(words);
}

static void sleep_of_ones_own_takes_the_place_of_everyday_sleep(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s =
        test_scenario(words, HEAD "life: [{sleep: 6 h, from: \"01:00\", every: day}]\n");
    assert_int_equal(s->n_life, 2); /* everyday light, and this sleep */
    assert_string_equal(s->life[1].verb, "sleep");
    assert_string_equal(s->life[0].verb, "light");
    tac_scenario_free(s);
    /* One night does not: the others stay as they are. */
    s = test_scenario(words, HEAD "life: [{sleep: 6 h, from: \"01:00\", on: day 3}]\n");
    assert_int_equal(s->n_life, 3);
    tac_scenario_free(s);
    tac_words_free(words);
}

/* ---- files, memory and rubbish ---- */

static void files_are_read_from_disk(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    assert_int_equal(tac_scenario_from_file(ctx, words, "/nowhere/s.yaml", &s), TAC_E_FILE);
    assert_non_null(strstr(tac_ctx_message(ctx), "cannot read '/nowhere/s.yaml': No such file"));
    assert_null(s);
    tac_ctx_clear(ctx);
    assert_int_equal(tac_scenario_from_file(ctx, words, "/tmp", &s), TAC_E_FILE);
    assert_non_null(strstr(tac_ctx_message(ctx), "'/tmp' is a directory, a file is needed"));
    tac_scenario_free(NULL);
    tac_ctx_free(ctx);
    tac_words_free(words);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char TEXT[] = HEAD "life:\n"
                                    "  - {sleep: 6 h, from: \"23:00\", every: day}\n"
                                    "  - {drug: crh, dose: 1 ug/kg, at: \"09:00\"}\n"
                                    "programmes:\n"
                                    "  a: [{massage: swedish, region: [back, arm], pressure: 8 kPa,"
                                    " at: \"18:00\", days: [wed]}]\n"
                                    "  b: [{massage: chair, at: \"18:00\", every: day}]\n"
                                    "against: light touch\n"
                                    "report: [cortisol]\n";
    tac_words *words = test_words();
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    for (size_t i = 0; st != TAC_OK && i < 2000; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_scenario *s = NULL;
        tac_alloc_fail_after(i);
        st = tac_scenario_from_text(ctx, words, "s.yaml", TEXT, sizeof TEXT - 1, &s);
        tac_alloc_fail_after(SIZE_MAX);
        if (st != TAC_OK && st != TAC_E_MEMORY) {
            fail_msg("allocation %zu: %s", i, tac_ctx_message(ctx));
        }
        assert_true((st == TAC_OK) == (s != NULL));
        n_failed += st == TAC_OK ? 0 : 1;
        tac_scenario_free(s);
        tac_ctx_free(ctx);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed > 10);
    tac_words_free(words);
}

/* Cut a good file at every byte, and put rubbish at every byte: nothing may crash or hang. */
static void no_rubbish_crashes_the_reader(void **state)
{
    (void)state;
    static const char TEXT[] = HEAD "life:\n"
                                    "  - {sleep: 6 h, from: \"23:00\", to: \"05:00\", every: day}\n"
                                    "  - {work: desk, load: high, at: \"9:00\", days: [mon]}\n"
                                    "programme: [{massage: swedish, region: [left arm], pressure: "
                                    "8 kPa, at: \"18:00\", on: day 2}]\n"
                                    "against: rest\nreport: [cortisol]\n";
    static const char RUBBISH[] = "[{\"'&*:-#\n\t9%\xff";
    tac_words *words = test_words();
    char copy[sizeof TEXT];
    size_t n_right = 0;
    for (size_t i = 0; i + 1 < sizeof TEXT; i++) {
        for (size_t k = 0; k < sizeof RUBBISH; k++) {
            tac_ctx *ctx = tac_ctx_create();
            tac_scenario *s = NULL;
            memcpy(copy, TEXT, sizeof TEXT);
            copy[i] = RUBBISH[k];
            const size_t n = k == 0 ? i : sizeof TEXT - 1;
            const tac_status st = tac_scenario_from_text(ctx, words, "s.yaml", copy, n, &s);
            assert_true((st == TAC_OK) == (s != NULL));
            assert_true((st == TAC_OK) == (tac_ctx_n_error(ctx) == 0));
            n_right += st == TAC_OK ? 1 : 0;
            tac_scenario_free(s);
            tac_ctx_free(ctx);
        }
    }
    assert_true(n_right > 10 && n_right < sizeof TEXT * sizeof RUBBISH / 2);
    tac_words_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_scenario_is_understood),
        cmocka_unit_test(little_needs_to_be_said),
        cmocka_unit_test(weight_follows_from_height_and_bmi_only_where_it_is_not_said),
        cmocka_unit_test(times_can_be_said_in_many_ways),
        cmocka_unit_test(hands_become_numbers),
        cmocka_unit_test(givers_follow_from_the_technique),
        cmocka_unit_test(fields_keep_number_unit_and_word),
        cmocka_unit_test(arms_are_named_by_what_happens),
        cmocka_unit_test(a_programme_can_be_the_comparator),
        cmocka_unit_test(
            each_programme_rests_at_its_own_hours_and_the_same_sessions_share_one_rest),
        cmocka_unit_test(each_programme_may_have_a_comparator_of_its_own),
        cmocka_unit_test(a_programme_may_be_compared_with_one_that_is_compared_itself),
        cmocka_unit_test(comparators_keep_the_hours_and_the_skin),
        cmocka_unit_test(sleep_of_ones_own_takes_the_place_of_everyday_sleep),
        cmocka_unit_test(files_are_read_from_disk),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(no_rubbish_crashes_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
