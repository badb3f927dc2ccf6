/* SPDX-License-Identifier: Apache-2.0 */
/* Reading scenarios: what a right one becomes, and what is said of each wrong key, unit, number, time and word. */
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

/* ---- wrong scenarios ---- */

typedef struct wrong_case {
    const char *text;
    const char *message; /* part of what is said */
} wrong_case;

static void check_wrong(const tac_words *words, const char *text, size_t n, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    const tac_status st = tac_scenario_from_text(ctx, words, "s.yaml", text, n, &s);
    if (st == TAC_OK || strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s', which was said of:\n%s", part, tac_ctx_message(ctx), text);
    }
    assert_true(st == TAC_E_INPUT || st == TAC_E_SYNTAX);
    assert_null(s);
    tac_ctx_free(ctx);
}

static void check_cases(const char *before, const wrong_case *cases, size_t n, const char *after)
{
    tac_words *words = test_words();
    for (size_t i = 0; i < n; i++) {
        tac_buf text = TAC_BUF_INIT;
        tac_buf_print(&text, "%s%s%s", before, cases[i].text, after);
        check_wrong(words, tac_buf_str(&text), text.n, cases[i].message);
        tac_buf_free(&text);
    }
    tac_words_free(words);
}

#define CHECK(before, cases, after) \
    check_cases(before, cases, sizeof(cases) / sizeof((cases)[0]), after)

static void files_that_are_no_scenario_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"", "s.yaml: the file is empty; a scenario has title, person, duration"},
        {"# nothing\n", "the file is empty"},
        {"- a\n- b\n", "s.yaml:1:1: a scenario is a map of keys: title, person, duration"},
        {"just words\n", "a scenario is a map of keys"},
        {"title: [a\n", "not YAML"},
    };
    CHECK("", CASES, "");
    tac_words *words = test_words();
    check_wrong(words,
                "\x7f"
                "ELF\x02\x01\0\0",
                8, "not a text file in UTF-8");
    tac_words_free(words);
}

static void wrong_keys_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {HEAD "lief: []\n", "s.yaml:4:1: no key 'lief'; did you mean 'life'? allowed: title,"},
        {HEAD "title: again\n", "s.yaml:4:1: the key 'title' stands here a second time"},
        {"person: {sex: male, age: 20}\nduration: 1 d\n", "a title is wanted: title:"},
        {"title: []\nperson: {sex: male, age: 20}\nduration: 1 d\n",
         "title: a line of text is wanted"},
        {"title: \"\"\nperson: {sex: male, age: 20}\nduration: 1 d\n", "a line of text is wanted"},
        {"title: T\nduration: 1 d\n", "a person is wanted: person: {sex: female, age: 42}"},
        {"title: T\nperson: {sex: male, age: 20}\n", "a duration is wanted: duration: 12 weeks"},
    };
    CHECK("", CASES, "");
}

static void wrong_persons_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"female", "person: a map is wanted"},
        {"{age: 20}", "a person needs sex (female or male) and age"},
        {"{sex: male}", "a person needs sex (female or male) and age"},
        {"{sex: femal, age: 20}", "no sex 'femal'; did you mean 'female'? allowed: female, male"},
        {"{sex: 1, age: 20}", "no sex '1'; allowed: female, male"},
        {"{sex: male, age: 300}", "s.yaml:2:26: age: 300 years is out of range, 18 to 90 years"},
        {"{sex: male, age: 17}", "age: 17 years is out of range"},
        {"{sex: male, age: old}", "'old' is not a number; age needs years"},
        {"{sex: male, age: 20 kg}", "'20 kg' is a weight; age needs years"},
        {"{sex: male, age: [20]}",
         "one number is wanted; people of a range are drawn by 'tactus cohort'"},
        {"{sex: male, age: 20, height: 168}", "'168' has no unit; write '168 cm'"},
        {"{sex: male, age: 20, height: 5 m}", "height: 5 m is out of range, 1.2 to 2.2 m"},
        {"{sex: male, age: 20, weight: 71}", "'71' has no unit; write '71 kg'"},
        {"{sex: male, age: 20, weight: 7 kg}", "weight: 7 kg is out of range, 30 to 250 kg"},
        {"{sex: male, age: 20, weight: 71 cm}", "'71 cm' is a length; weight needs kg"},
        {"{sex: male, age: 20, bmi: 12}", "bmi: 12 kg/m^2 is out of range, 13 to 70 kg/m^2"},
        {"{sex: male, age: 20, bmi: 25 kg/m^2, weight: 70 kg}", "weight or bmi, not both"},
        {"{sex: male, age: 20, stress: hihg}",
         "no stress 'hihg'; did you mean 'high'? allowed: high, a number"},
        {"{sex: male, age: 20, stress: 41}", "stress: 41 is out of range, 0 to 40 is possible"},
        {"{sex: male, age: 20, sleep: 3 h}", "sleep: 3 h is out of range, 4 to 12 h"},
        {"{sex: male, age: 20, sleep: 7}", "'7' has no unit; write '7 min' or '7 h'"},
        {"{sex: male, age: 20, fitness: high}", "no key of a person 'fitness'; allowed: sex, age"},
    };
    CHECK("title: T\nperson: ", CASES, "\nduration: 1 d\n");
}

static void wrong_calendars_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"duration: 12\n", "'12' has no unit; write '12 min' or '12 h'"},
        {"duration: 12 wekks\n", "no unit 'wekks' (did you mean 'weeks'?); duration needs"},
        {"duration: 5 kg\n", "'5 kg' is a weight; duration needs s, min, h, d or weeks"},
        {"duration: 0 d\n", "duration: longer than nothing is wanted; the end must come after"},
        {"duration: -3 d\n", "the end must come after the start"},
        {"duration: 6 years\n", "duration: 5.26e+04 h is out of range"},
        {"duration: [1 d]\n", "a list or a map stands here; duration needs"},
        {"duration: 1 d\nstart: tomorrow\n", "start: a date of the calendar and a time of day"},
        {"duration: 1 d\nstart: \"2026-02-30 00:00\"\n", "start: a date of the calendar"},
        {"duration: 1 d\nstart: \"2026-02-10 25:00\"\n", "start: a date of the calendar"},
        {"duration: 1 d\nstart: [a]\n", "start: a date of the calendar"},
    };
    CHECK("title: T\nperson: {sex: male, age: 20}\n", CASES, "");
}

static void wrong_events_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"word", "an event such as {massage: swedish, at: \"18:00\", for: 60 min} is wanted"},
        {"{}", "an event such as"},
        {"{masage: swedish}", "no event 'masage'; did you mean 'massage'? allowed: massage, rest"},
        {"{awake: true}", "no event 'awake'"},
        {"{at: \"18:00\", rest: true}", "the event's word comes first: {rest: true, ...}"},
        {"{inoculate: rhinovirus, on: day 2}",
         "'inoculate' is understood, but this body has no mechanism for it yet: it comes with "
         "immunity"},
        {"{work: dekk, at: \"9:00\"}", "no kind of work 'dekk'; did you mean 'desk'?"},
        {"{exercise: [a], at: \"9:00\"}", "no kind of exercise '(a list)'; allowed: cycling"},
        {"{rest: much, at: \"9:00\"}", "rest: 'much' is not understood; write {rest: true, ...}"},
        {"{sleep: long, from: \"23:00\"}", "'long' is not a number; sleep needs s, min, h"},
        {"{sleep: 7, from: \"23:00\"}", "'7' has no unit; write '7 min' or '7 h'"},
        {"{rest: true, at: \"9:00\", lod: 1}", "no field of 'rest' called 'lod'"},
        {"{rest: true, at: \"9:00\", redaing: true}", "did you mean 'reading'?"},
        {"{rest: true, at: \"9:00\", reading: maybe}", "no reading 'maybe'; allowed: true, false"},
        {"{work: desk, at: \"9:00\", load: hihg}",
         "no load 'hihg'; did you mean 'high'? allowed: high, low"},
        {"{work: desk, at: \"9:00\", load: [high]}", "no load '(a list)'; allowed: high, low"},
        {"{exercise: cycling, intensity: 55, at: \"18:00\"}",
         "intensity: 55 is out of range, 0.01 to 1.5 is possible (share of maximal uptake)"},
        {"{exercise: cycling, intensity: 55 cm, at: \"18:00\"}",
         "'55 cm' is a length; intensity needs a plain number or %"},
        {"{breathing: true, rate: 6, at: \"18:00\"}", "'6' has no unit; write '6 1/min'"},
        {"{drug: crh, dose: 70, at: \"18:00\"}", "'70' has no unit; write '70 ug'"},
        {"{drug: crh, dose: -1 ug, at: \"18:00\"}", "dose: -1 ug is out of range"},
        {"{drug: crh, dose: 2 kg, at: \"18:00\"}", "dose: 2e+09 ug is out of range"},
        {"{drug: crh, dose: 1 mL, at: \"18:00\"}", "'1 mL' is a volume; dose needs kg, g, mg"},
        {"{light: 300, at: \"18:00\", for: 1 h}", "'300' has no unit; write '300 lux'"},
    };
    CHECK(HEAD "life:\n  - ", CASES, "\n");
}

static void wrong_times_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"rest: true", "when? at: \"18:00\" (a time of day) or from: 30 min"},
        {"rest: true, at: \"25:00\"", "not a time of day; \"00:00\" to \"23:59\" is wanted"},
        {"rest: true, at: 6pm", "no unit 'pm'"},
        {"rest: true, at: noon", "'noon' is not a number; the beginning needs a time of day such"},
        {"rest: true, at: 18", "'18' has no unit; write '18 min' or '18 h'"},
        {"rest: true, at: [a]", "a list or a map stands here; the beginning needs"},
        {"rest: true, at: \"18:00\", from: 1 h", "'at' and 'from' both say when it begins"},
        {"rest: true, from: -1 h", "this is before the start of the scenario"},
        {"rest: true, at: \"18:00\", for: 30", "'30' has no unit; write '30 min' or '30 h'"},
        {"rest: true, at: \"18:00\", for: 0 min", "an event must last longer than nothing"},
        {"rest: true, at: \"18:00\", for: -5 min", "an event must last longer than nothing"},
        {"rest: true, at: \"18:00\", for: 5 cm", "'5 cm' is a length; for needs s, min, h"},
        {"rest: true, from: 60 min, to: 30 min", "s.yaml:5:36: the end is not after the beginning"},
        {"rest: true, from: \"18:00\", to: \"18:00\"", "the end is not after the beginning"},
        {"rest: true, from: \"18:00\", to: \"18:99\"", "\"00:00\" to \"24:00\" is wanted"},
        {"rest: true, from: \"18:00\", to: 2 h",
         "the beginning and the end are of different kinds"},
        {"rest: true, from: 1 h, to: \"18:00\"",
         "the beginning and the end are of different kinds"},
        {"rest: true, from: 1 h, to: 2 h, for: 1 h", "'for' and 'to' both say when it ends"},
        {"rest: true, to: 10 min", "this would begin before the start of the scenario"},
        {"posture: standing, to: \"18:00\"", "the end needs a beginning (from) or a length (for)"},
        {"posture: standing, from: \"18:00\"", "how long? for: 60 min, or to: \"19:00\""},
        {"sleep: 6 h, from: \"23:00\", to: \"07:00\"", "sleep says 6 h, these times make 8 h"},
        {"sleep: 6 h, from: \"23:00\", for: 7 h", "sleep says 6 h, these times make 7 h"},
        {"rest: true, at: \"18:00\", every: fortnight", "'fortnight' is not a number; every needs"},
        {"rest: true, at: \"18:00\", every: 2", "'2' has no unit; write '2 min' or '2 h'"},
        {"rest: true, at: \"18:00\", every: 5 min", "every: at least one hour is wanted"},
        {"rest: true, at: \"18:00\", every: -1 d", "every: at least one hour is wanted"},
        {"rest: true, at: \"18:00\", days: [tus]",
         "no day 'tus'; did you mean 'tue'? allowed: mon"},
        {"rest: true, at: \"18:00\", days: [[mon]]", "no day '(a list)'"},
        {"rest: true, at: \"18:00\", days: []", "days: a list such as [mon, thu] is wanted"},
        {"rest: true, at: \"18:00\", days: {a: b}", "days: a list such as [mon, thu] is wanted"},
        {"rest: true, days: [mon]", "when? at: \"18:00\""},
        {"rest: true, from: 1 h, days: [mon]", "days need a time of day: at: \"18:00\""},
        {"rest: true, at: \"18:00\", days: [mon], every: day", "days say already when"},
        {"rest: true, at: \"18:00\", days: [mon], on: day 2", "cannot be joined"},
        {"rest: true, at: \"18:00\", on: 5", "on: 'day 36' (1 is the first) or a day of the week"},
        {"rest: true, at: \"18:00\", on: day 0", "on: 'day 36' (1 is the first)"},
        {"rest: true, at: \"18:00\", on: day x", "on: 'day 36' (1 is the first)"},
        {"rest: true, from: 1 h, on: day 2", "on: day needs a time of day"},
        {"rest: true, at: \"18:00\", on: day 99", "this never happens: the scenario is over after"},
        {"rest: true, from: 5 weeks", "this never happens: the scenario is over after 28 days"},
        {"rest: true, at: \"18:00\", times: 3", "times needs every or days"},
        {"rest: true, at: \"18:00\", every: day, times: 0", "times: a whole number from 1 on"},
        {"rest: true, at: \"18:00\", every: day, times: 2.5", "times: a whole number from 1 on"},
        {"rest: true, at: \"18:00\", every: day, times: [1]", "times: a whole number from 1 on"},
        {"sleep: 4 h, from: \"03:00\", nights: few", "nights: a whole number from 1 on"},
        {"rest: true, at: \"18:00\", every: 2 h, for: 3 h",
         "this lasts 3 h but comes again after 2 h"},
        {"rest: true, at: \"18:00\", days: [mon, tue], for: 30 h",
         "this lasts 30 h but comes again after 24 h"},
        {"rest: true, at: \"18:00\", days: [sun, mon], for: 30 h",
         "this lasts 30 h but comes again after 24 h"},
        {"stressor: chronic, since: Monday", "'Monday' is not a number; since needs 'day 15'"},
        {"stressor: chronic, since: day soon", "since: 'day 15' (1 is the first) is wanted"},
        {"stressor: chronic, since: -2 d", "since: a time that has passed is wanted"},
        {"stressor: chronic, since: day 2, at: \"18:00\"", "since stands for the beginning"},
        {"massage: swedish, at: \"18:00\", for: 60 h",
         "for: 60 h is out of range, 0.005 to 6 h is possible (no session is longer)"},
    };
    CHECK(HEAD "life:\n  - {", CASES, "}\n");
}

static void wrong_massages_are_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"swedsh", "s.yaml:4:23: no technique 'swedsh'; did you mean 'swedish'? allowed: swedish,"},
        {"true", "no technique 'true'; allowed: swedish, chair"},
        {"[swedish]", "no technique '(a list)'"},
        {"swedish, region: hole body", "no region 'hole body'; did you mean 'whole body'?"},
        {"swedish, region: left back",
         "region: 'back' has no left and right; say 'back', or a limb such as 'left arm'"},
        {"swedish, region: [back, amr]", "s.yaml:4:47: no region 'amr'; did you mean 'arm'?"},
        {"swedish, region: []", "region: a word, or a list of words, is wanted"},
        {"swedish, region: [[back]]", "no region '(a list)'"},
        {"swedish, pressure: hard", "no pressure 'hard'; allowed: light, moderate, firm, a number"},
        {"swedish, pressure: 8 cm",
         "'8 cm' is a length; pressure needs kPa, mmHg or N, or one of light, moderate, firm"},
        {"swedish, pressure: 8", "'8' has no unit; write '8 kPa' or '8 mmHg'"},
        {"swedish, pressure: 9 MPa",
         "pressure: 9000 kPa is out of range, 0.01 to 1000 kPa is possible (skin is crushed)"},
        {"swedish, pressure: 100 kPa",
         "pressure: 100 kPa is no Swedish massage any more, which has 2 to 15 kPa (0.4 to 75 "},
        {"swedish, pressure: 0 kPa", "pressure: 0 kPa is out of range"},
        {"swedish, pressure: 9000 N", "pressure: 900 kPa is no Swedish massage any more"},
        {"swedish, pressure: [firm]", "pressure: one word or number is wanted, not a list"},
        {"swedish, stroke_speed: 5 cm", "'5 cm' is a length; stroke_speed needs cm/s or m/s"},
        {"swedish, stroke_speed: 5 m/s", "stroke_speed: 500 cm/s is out of range, 0 to 200 cm/s"},
        {"swedish, frequency: 2", "'2' has no unit; write '2 Hz'"},
        {"swedish, giver: robot", "no giver 'robot'; allowed: therapist, partner, self, machine"},
        {"swedish, giver: [self]", "no giver '(a list)'"},
        {"swedish, speed: 5 cm/s", "no field of 'massage' called 'speed'"},
    };
    CHECK(HEAD "programme: [{massage: ", CASES, ", at: \"18:00\"}]\n");
}

static void wrong_programmes_are_refused(void **state)
{
    (void)state;
#define SESSION "[{massage: swedish, at: \"18:00\"}]\n"
    static const wrong_case CASES[] = {
        {"programme: swedish\n", "a list of events is wanted: - {massage: swedish"},
        {"programme:\n", "a list of events is wanted"},
        {"programme: []\n", "a programme without events"},
        {"life: {rest: true}\n", "a list of events is wanted"},
        {"programmes: []\n", "programmes: {weekly: [events], daily: [events]} is wanted"},
        {"programmes: {}\n", "programmes: {weekly: [events], daily: [events]} is wanted"},
        {"programmes:\n  without: " SESSION, "is not 'without'"},
        {"programmes:\n  \"a/b\": " SESSION, "the name of a programme has letters, digits"},
        {"programme: " SESSION "programmes:\n  a: " SESSION,
         "one of programme, programmes and factors, not two of them"},
        {"programme: " SESSION "against: nothin\n",
         "no comparator 'nothin'; did you mean 'nothing'? allowed: nothing, rest, light touch"},
        {"programme: " SESSION "against: [rest]\n", "no comparator '(a list)'"},
        {"against: rest\n", "against needs a programme to compare with"},
        {"programmes: {a: [{massage: swedish, at: \"18:00\"}], b: [{massage: swedish, at: \"18:00\"}]}\nagainst: {c: rest}\n",
         "no programme 'c'"},
        {"programmes: {a: [{massage: swedish, at: \"18:00\"}], b: [{massage: swedish, at: \"18:00\"}]}\nagainst: {a: a}\n",
         "a programme cannot be compared with itself"},
        {"programmes: {a: [{massage: swedish, at: \"18:00\"}], b: [{massage: swedish, at: \"18:00\"}]}\nagainst: {a: rset}\n",
         "no comparator 'rset'; did you mean 'rest'?"},
        {"programme: [{exercise: cycling, at: \"18:00\"}]\nagainst: light touch\n",
         "light touch can stand in for a massage only, not for 'exercise'"},
        {"report: cortisol\n", "report: a list such as [cortisol, heart_rate] is wanted"},
        {"report: []\n", "report: a list such as [cortisol, heart_rate] is wanted"},
        {"report: [corisol]\n", "no observable 'corisol'; did you mean 'cortisol'? allowed:"},
        {"report: [[cortisol]]\n", "no observable '(a list)'"},
        {"report: [cortisol, cortisol]\n", "s.yaml:4:20: this observable stands in the list a"},
        {"report: [il6]\n",
         "'il6' is known, but this body has no mechanism for it yet: it comes with immunity"},
    };
    CHECK(HEAD, CASES, "");
#undef SESSION
}

static void what_cannot_be_at_once_is_refused(void **state)
{
    (void)state;
    static const wrong_case CASES[] = {
        {"life:\n"
         "  - {sleep: 8 h, from: \"22:00\", every: day}\n"
         "programme:\n"
         "  - {massage: swedish, at: \"21:30\", days: [wed]}\n",
         "s.yaml:7:6: 'massage swedish' cannot be at the same time as 'sleep' of line 5: day 3, "
         "22:00; move one of them"},
        {"programme: [{massage: swedish, at: \"06:30\", days: [wed]}]\n",
         "as 'sleep' of everyday life (write a 'sleep' event to change it): day 3, 06:30"},
        {"programme:\n"
         "  - {massage: swedish, at: \"18:00\", every: day}\n"
         "  - {massage: chair, at: \"18:45\", days: [sun]}\n",
         "s.yaml:6:6: 'massage chair' cannot be at the same time as 'massage swedish' of line 5: "
         "day 7, 18:45"},
        {"life:\n"
         "  - {exercise: cycling, at: \"23:30\", days: [fri]}\n",
         "s.yaml:5:6: 'exercise cycling' cannot be at the same time as 'sleep' of everyday life"},
        {"life:\n"
         "  - {sleep: 4 h, from: \"23:00\", on: day 2}\n"
         "  - {sleep: 4 h, from: \"02:00\", on: day 3}\n",
         "'sleep' cannot be at the same time as 'sleep' of line 5: day 3, 02:00"},
    };
    CHECK(HEAD, CASES, "");
}

static void each_clash_is_named_once_and_all_in_one_go(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    static const char TEXT[] = HEAD "life:\n"
                                    "  - {sleep: 8 h, from: \"22:00\", every: day}\n"
                                    "  - {exercise: cycling, at: \"23:00\", every: day}\n"
                                    "programme:\n"
                                    "  - {massage: swedish, at: \"22:30\", every: day}\n"
                                    "against: rest\n";
    assert_int_equal(tac_scenario_from_text(ctx, words, "s.yaml", TEXT, sizeof TEXT - 1, &s),
                     TAC_E_INPUT);
    assert_int_equal(tac_ctx_n_error(ctx), 2);
    tac_ctx_free(ctx);
    tac_words_free(words);
}

static void neighbours_and_backgrounds_do_not_clash(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s = test_scenario(
        words, HEAD "life:\n"
                    "  - {sleep: 8 h, from: \"22:00\", every: day}\n"
                    "  - {stressor: chronic, level: high, since: day 2}\n"
                    "  - {exercise: cycling, at: \"06:00\", every: day}\n" /* as sleep ends */
                    "  - {work: desk, from: \"09:00\", to: \"17:00\", every: day}\n"
                    "programme:\n"
                    "  - {massage: swedish, at: \"21:00\", every: day}\n" /* ends as sleep begins */
                    "  - {massage: chair, at: \"12:00\", every: day}\n"); /* a break */
    assert_int_equal(s->n_arm, 2);
    tac_scenario_free(s);
    tac_words_free(words);
}

static void all_errors_of_a_file_come_in_one_go(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    static const char TEXT[] = "title: T\n"
                               "person: {sex: femal, age: 300}\n"
                               "duration: 12\n"
                               "life:\n"
                               "  - {work: dekk, at: \"9:00\"}\n"
                               "  - {rest: true, at: \"99:00\", for: 5, lod: 1}\n"
                               "report: [x]\n";
    assert_int_equal(tac_scenario_from_text(ctx, words, "s.yaml", TEXT, sizeof TEXT - 1, &s),
                     TAC_E_INPUT);
    assert_int_equal(tac_ctx_n_error(ctx), 8);
    static const char *const PLACES[] = {"s.yaml:2:15:", "s.yaml:2:27:", "s.yaml:3:11:",
                                         "s.yaml:5:12:", "s.yaml:6:22:", "s.yaml:6:36:",
                                         "s.yaml:6:39:", "s.yaml:7:10:"};
    for (size_t i = 0; i < 8; i++) {
        if (strstr(tac_ctx_message(ctx), PLACES[i]) == NULL) {
            fail_msg("%s is not in\n%s", PLACES[i], tac_ctx_message(ctx));
        }
    }
    tac_ctx_free(ctx);
    tac_words_free(words);
}

static void after_twenty_errors_reading_stops(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = NULL;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, HEAD "life:\n");
    for (int i = 0; i < 150; i++) {
        tac_buf_text(&text, "  - {rest: true, at: \"99:00\"}\n");
    }
    assert_int_equal(tac_scenario_from_text(ctx, words, "s.yaml", tac_buf_str(&text), text.n, &s),
                     TAC_E_INPUT);
    assert_true(tac_ctx_n_error(ctx) >= 20 && tac_ctx_n_error(ctx) < 25);
    tac_buf_free(&text);
    tac_ctx_free(ctx);
    tac_words_free(words);
}

static void too_many_of_anything_is_refused(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, HEAD "life:\n");
    for (int i = 0; i < 201; i++) {
        tac_buf_text(&text, "  - {rest: true, at: \"12:00\"}\n");
    }
    check_wrong(words, tac_buf_str(&text), text.n, "more than 200 events stand here");
    tac_buf_clear(&text);
    tac_buf_text(&text, HEAD "programmes:\n");
    for (int i = 0; i < 21; i++) {
        tac_buf_print(&text, "  p%d: [{rest: true, at: \"12:00\"}]\n", i);
    }
    check_wrong(words, tac_buf_str(&text), text.n, "at most 20 programmes can be compared");
    tac_buf_clear(&text);
    tac_buf_text(&text, "title: ");
    for (int i = 0; i < 30; i++) {
        tac_buf_text(&text, "long word ");
    }
    check_wrong(words, tac_buf_str(&text), text.n, "title: at most 200 characters are wanted");
    tac_buf_clear(&text);
    tac_buf_text(&text, "title: T\nperson: {sex: male, age: 20}\nduration: 5 years\nlife:\n");
    for (int i = 0; i < 10; i++) {
        tac_buf_text(&text, "  - {rest: true, at: \"12:00\", every: 1 h, for: 1 min}\n");
    }
    check_wrong(words, tac_buf_str(&text), text.n, "events happen more than 200000 times");
    tac_buf_free(&text);
    tac_words_free(words);
}

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
        cmocka_unit_test(files_that_are_no_scenario_are_refused),
        cmocka_unit_test(wrong_keys_are_refused),
        cmocka_unit_test(wrong_persons_are_refused),
        cmocka_unit_test(wrong_calendars_are_refused),
        cmocka_unit_test(wrong_events_are_refused),
        cmocka_unit_test(wrong_times_are_refused),
        cmocka_unit_test(wrong_massages_are_refused),
        cmocka_unit_test(wrong_programmes_are_refused),
        cmocka_unit_test(what_cannot_be_at_once_is_refused),
        cmocka_unit_test(each_clash_is_named_once_and_all_in_one_go),
        cmocka_unit_test(neighbours_and_backgrounds_do_not_clash),
        cmocka_unit_test(all_errors_of_a_file_come_in_one_go),
        cmocka_unit_test(after_twenty_errors_reading_stops),
        cmocka_unit_test(too_many_of_anything_is_refused),
        cmocka_unit_test(files_are_read_from_disk),
        cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(no_rubbish_crashes_the_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
