/* SPDX-License-Identifier: Apache-2.0 */
/* From events to inputs: edges, what overrides what, repeats, habits, breaks and doses. */
#include "sim/schedule.h"

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

#define WHO "title: T\nperson: {sex: female, age: 42, weight: 60 kg}\n"

/* 2026-09-07 is a Monday. */
#define MONDAY "start: \"2026-09-07 00:00\"\n"

typedef struct bench {
    tac_ctx *ctx;
    tac_words *words;
    tac_program *program;
    tac_scenario *scenario;
    tac_schedule *schedule;
} bench;

static int enter(void **state)
{
    static bench b;
    b = (bench){.ctx = tac_ctx_create(), .words = test_words(), .program = test_program()};
    *state = &b;
    return 0;
}

static int leave(void **state)
{
    bench *b = *state;
    tac_schedule_free(b->schedule);
    tac_scenario_free(b->scenario);
    tac_program_free(b->program);
    tac_words_free(b->words);
    tac_ctx_free(b->ctx);
    return 0;
}

/** Build one calendar of a scenario; arm -1 is life alone. */
static void build(bench *b, const char *yaml, int arm, tac_calendar calendar)
{
    tac_schedule_free(b->schedule);
    tac_scenario_free(b->scenario);
    b->scenario = test_scenario(b->words, yaml);
    if (tac_schedule_build(b->ctx, b->program, b->words, b->scenario,
                           arm < 0 ? NULL : &b->scenario->arms[arm], calendar, &b->schedule)
        != TAC_OK) {
        fail_msg("%s", tac_ctx_message(b->ctx));
    }
    const tac_schedule *s = b->schedule;
    assert_true(s->edge_h[0] == 0.0);
    for (size_t i = 1; i < s->n_edge; i++) {
        assert_true(s->edge_h[i] > s->edge_h[i - 1] && s->edge_h[i] < s->end_h);
    }
}

/** Value of an input at a time. */
static double input_at(const bench *b, const char *id, double t_h)
{
    const tac_schedule *s = b->schedule;
    const tac_image *image = tac_program_image(b->program);
    const tac_image_symbol *symbol = tac_program_find(b->program, id);
    size_t i = 0;
    assert_non_null(symbol);
    assert_int_equal(symbol->slot, TAC_SLOT_INPUT);
    while (i + 1 < s->n_edge && s->edge_h[i + 1] <= t_h) {
        i++;
    }
    return s->inputs[i * image->n_input + symbol->index];
}

/** Integral of an input over the schedule, h. */
static double integral(const bench *b, const char *id)
{
    const tac_schedule *s = b->schedule;
    double sum = 0.0;
    for (size_t i = 0; i < s->n_edge; i++) {
        const double to_h = i + 1 < s->n_edge ? s->edge_h[i + 1] : s->end_h;
        sum += (to_h - s->edge_h[i]) * input_at(b, id, s->edge_h[i]);
    }
    return sum;
}

static void check_edges(const bench *b, size_t n, const double *want)
{
    assert_int_equal(b->schedule->n_edge, n);
    for (size_t i = 0; i < n; i++) {
        assert_close(b->schedule->edge_h[i], want[i], 0.0, 1e-9);
    }
}

static void everyday_life_sleeps_at_night_and_sees_the_day(void **state)
{
    bench *b = *state;
    static const double EDGES[] = {0.0, 7.0, 8.0, 18.0, 23.0, 31.0, 32.0, 42.0, 47.0};
    build(b, WHO MONDAY "duration: 2 d\n", 0, TAC_CALENDAR_WHOLE);
    check_edges(b, 9, EDGES); /* the night before reaches into the first day */
    assert_true(input_at(b, "lifestyle.sleep_forced", 3.0) == 1.0);
    assert_true(input_at(b, "lifestyle.wake_forced", 3.0) == 0.0);
    assert_true(input_at(b, "lifestyle.sleep_forced", 12.0) == 0.0);
    assert_true(input_at(b, "lifestyle.wake_forced", 12.0) == 1.0);
    assert_true(input_at(b, "lifestyle.light", 3.0) == 0.0);
    assert_true(input_at(b, "lifestyle.light", 7.5) == 40.0);
    assert_true(input_at(b, "lifestyle.light", 12.0) == 1000.0);
    assert_true(input_at(b, "lifestyle.light", 20.0) == 40.0);
    assert_close(integral(b, "lifestyle.sleep_forced"), 16.0, 1e-12, 0.0);
    assert_true(b->schedule->end_h == 48.0);
}

static void the_start_shifts_the_clock(void **state)
{
    bench *b = *state;
    static const double EDGES[] = {0.0, 0.5, 5.5, 13.5, 14.5};
    build(b, WHO "start: \"2026-09-07 17:30\"\nduration: 20 h\n", 0, TAC_CALENDAR_WHOLE);
    check_edges(b, 5, EDGES); /* light until 18:00, sleep 23:00-07:00, light from 08:00 */
}

static void the_programme_overrides_life_and_only_while_it_is_on(void **state)
{
    bench *b = *state;
    static const char TEXT[] = WHO MONDAY
        "duration: 1 week\n"
        "life: [{posture: standing}]\n"
        "programme: [{massage: swedish, pressure: 8 kPa, at: \"18:00\", for: 90 min, days: [wed]}]\n";
    build(b, TEXT, 0, TAC_CALENDAR_WHOLE);
    assert_true(input_at(b, "lifestyle.upright", 66.0 + 0.5) == 0.0);
    assert_true(input_at(b, "lifestyle.upright", 65.5) == 1.0);
    assert_close(input_at(b, "touch.hand_pressure", 66.5), 8.0, 1e-12, 0.0);
    assert_close(input_at(b, "touch.stroke_speed", 66.5), 8.0, 1e-12, 0.0);
    assert_close(integral(b, "touch.hand_pressure"), 8.0 * 1.5, 1e-12, 0.0);
    build(b, TEXT, 1, TAC_CALENDAR_WHOLE);
    assert_true(integral(b, "touch.hand_pressure") == 0.0);
    build(b, TEXT, -1, TAC_CALENDAR_WHOLE);
    assert_true(integral(b, "touch.hand_pressure") == 0.0);
}

static void occurrences_say_what_is_on(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 36 h\n"
                     "programme: [{massage: chair, at: \"12:00\", every: day}]\n",
          0, TAC_CALENDAR_WHOLE);
    size_t n_session = 0;
    double before_h = 0.0;
    for (size_t i = 0; i < b->schedule->n_occurrence; i++) {
        const tac_occurrence *o = &b->schedule->occurrences[i];
        assert_true(o->from_h >= before_h && o->to_h > o->from_h && o->to_h <= 36.0);
        before_h = o->from_h;
        if (o->is_programme) {
            assert_close(o->from_h, 12.0 + 24.0 * (double)n_session, 1e-12, 0.0);
            assert_int_equal(o->event, 0);
            n_session++;
        }
    }
    assert_int_equal(n_session, 1); /* the second one would begin at the end */
}

/** Beginnings of the programme's sessions. */
static size_t sessions(bench *b, const char *head, const char *event, size_t cap, double *from_h)
{
    size_t n = 0;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, WHO "%sprogramme: [{massage: chair, %s}]\n", head, event);
    build(b, tac_buf_str(&text), 0, TAC_CALENDAR_WHOLE);
    for (size_t i = 0; i < b->schedule->n_occurrence; i++) {
        if (b->schedule->occurrences[i].is_programme && n < cap) {
            from_h[n++] = b->schedule->occurrences[i].from_h;
        }
    }
    tac_buf_free(&text);
    return n;
}

static void repeats_come_when_they_should(void **state)
{
    static const struct {
        const char *head;
        const char *event;
        size_t n;
        double from_h[5];
    } CASES[] = {
        {MONDAY "duration: 3 weeks\n", "at: \"12:00\"", 1, {12}},
        {MONDAY "duration: 3 weeks\n", "at: \"12:00\", on: day 8", 1, {180}},
        {MONDAY "duration: 3 weeks\n", "at: \"12:00\", every: week", 3, {12, 180, 348}},
        {MONDAY "duration: 3 weeks\n", "at: \"12:00\", days: [tue]", 3, {36, 204, 372}},
        {MONDAY "duration: 1 week\n", "at: \"12:00\", days: [fri, mon]", 2, {12, 108}},
        {MONDAY "duration: 5 weeks\n",
         "at: \"12:00\", days: [mon], every: 2 weeks",
         3,
         {12, 348, 684}},
        {MONDAY "duration: 1 week\n", "at: \"12:00\", every: 2 d", 4, {12, 60, 108, 156}},
        {MONDAY "duration: 2 weeks\n", "at: \"12:00\", every: day, times: 3", 3, {12, 36, 60}},
        {MONDAY "duration: 2 weeks\n",
         "at: \"12:00\", days: [tue, thu], times: 3",
         3,
         {36, 84, 204}},
        {MONDAY "duration: 2 weeks\n",
         "at: \"12:00\", on: day 3, every: 2 d, times: 2",
         2,
         {60, 108}},
        {MONDAY "duration: 12 h\n", "at: \"08:00\", every: 90 min", 3, {8, 9.5, 11}},
        {MONDAY "duration: 1 d\n", "from: 9 h", 1, {9}},
        {MONDAY "duration: 1 d\n", "from: 9 h, every: 5 h, for: 30 min", 3, {9, 14, 19}},
        /* A Sunday, 14:00: what is at noon comes tomorrow; weeks begin on Mondays. */
        {"start: \"2026-09-06 14:00\"\nduration: 2 d\n", "at: \"12:00\", every: day", 2, {22, 46}},
        {"start: \"2026-09-06 14:00\"\nduration: 1 week\n",
         "at: \"15:00\", days: [sun, mon]",
         2,
         {1, 25}},
        {"start: \"2026-09-06 14:00\"\nduration: 1 week\n", "at: \"12:00\", on: day 2", 1, {22}},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        double from_h[8] = {0.0};
        const size_t n = sessions(b, CASES[i].head, CASES[i].event, 8, from_h);
        if (n != CASES[i].n) {
            fail_msg("%s: %zu sessions, %zu wanted", CASES[i].event, n, CASES[i].n);
        }
        for (size_t k = 0; k < n; k++) {
            assert_close(from_h[k], CASES[i].from_h[k], 0.0, 1e-9);
        }
    }
}

static void of_rows_that_fit_the_last_one_acts(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 1 d\nlife:\n"
                     "  - {rest: true, at: \"10:00\"}\n"
                     "  - {rest: true, reading: true, posture: supine, at: \"12:00\"}\n"
                     "  - {massage: swedish, giver: self, at: \"14:00\"}\n"
                     "  - {massage: self, at: \"16:00\"}\n"
                     "  - {massage: swedish, at: \"18:00\"}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_true(input_at(b, "lifestyle.rest_drive", 10.1) == 1.0);
    assert_true(input_at(b, "lifestyle.upright", 10.1) == 0.5);
    assert_true(input_at(b, "lifestyle.rest_drive", 12.1) == 0.7);
    assert_true(input_at(b, "lifestyle.upright", 12.1) == 0.0);
    assert_true(input_at(b, "touch.self_effort", 14.1)
                == 0.25); /* by the row for one's own hands */
    assert_close(input_at(b, "touch.self_effort", 16.1), 0.3, 1e-12, 0.0); /* the technique's own */
    assert_true(input_at(b, "touch.self_effort", 18.1) == 0.0);
}

static void max_takes_the_larger_and_add_adds(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 1 d\nlife:\n"
                     "  - {stressor: exam, at: \"10:00\", for: 2 h}\n"
                     "  - {work: desk, load: high, at: \"09:00\", for: 4 h}\n"
                     "  - {coffee: true, cups: 2, at: \"11:00\", for: 3 h}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_close(input_at(b, "lifestyle.stressor_drive", 9.5), 0.1, 1e-12, 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 10.5), 0.5, 1e-12, 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 11.5), 2.5, 1e-12, 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 12.5), 2.1, 1e-12, 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 13.5), 2.0, 1e-12, 0.0);
}

static void a_dose_is_given_whole_whatever_its_time(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 1 d\nlife:\n"
                     "  - {drug: crh, at: \"09:00\"}\n"
                     "  - {drug: crh, dose: 0.1 mg, over: 30 min, at: \"12:00\"}\n"
                     "  - {drug: crh, dose: 1 ug/kg, for: 2 h, at: \"15:00\"}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_close(input_at(b, "lifestyle.dose_crh", 9.0 + 0.5 / 60.0), 70.0 * 60.0, 1e-9, 0.0);
    assert_close(input_at(b, "lifestyle.dose_crh", 12.1), 200.0, 1e-9, 0.0);
    assert_close(input_at(b, "lifestyle.dose_crh", 16.0), 30.0, 1e-9, 0.0); /* 60 kg */
    assert_close(integral(b, "lifestyle.dose_crh"), 70.0 + 100.0 + 60.0, 1e-9, 0.0);
}

static void two_doses_at_once_add_up(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 1 d\nlife:\n"
                     "  - {drug: crh, dose: 10 ug, for: 1 h, at: \"12:00\"}\n"
                     "  - {drug: crh, dose: 20 ug, for: 2 h, at: \"12:30\"}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_close(input_at(b, "lifestyle.dose_crh", 12.75), 20.0, 1e-9, 0.0);
    assert_close(integral(b, "lifestyle.dose_crh"), 30.0, 1e-9, 0.0);
}

static void units_of_the_scenario_do_not_matter(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 1 d\nlife:\n"
                     "  - {breathing: true, rate: 0.1 Hz, at: \"12:00\"}\n"
                     "  - {massage: swedish, pressure: 60 mmHg, stroke_speed: 0.03 m/s, at: "
                     "\"14:00\"}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_close(input_at(b, "lifestyle.breath_rate", 12.1), 6.0, 1e-9, 0.0);
    assert_close(input_at(b, "lifestyle.breath_rate", 13.0), 15.0, 1e-9, 0.0);
    assert_close(input_at(b, "touch.hand_pressure", 14.1), 7.99934324490, 1e-9, 0.0);
    assert_close(input_at(b, "touch.stroke_speed", 14.1), 3.0, 1e-9, 0.0);
}

static void a_massage_interrupts_work(void **state)
{
    bench *b = *state;
    static const char TEXT[] =
        WHO MONDAY "duration: 1 d\n"
                   "life: [{work: desk, load: high, from: \"09:00\", to: \"17:00\"}]\n"
                   "programme:\n"
                   "  - {massage: chair, at: \"12:00\", for: 30 min}\n"
                   "  - {massage: chair, at: \"16:45\", for: 30 min}\n";
    build(b, TEXT, 0, TAC_CALENDAR_WHOLE);
    assert_close(input_at(b, "lifestyle.stressor_drive", 11.9), 0.1, 1e-12, 0.0);
    assert_true(input_at(b, "lifestyle.stressor_drive", 12.2) == 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 12.6), 0.1, 1e-12, 0.0);
    assert_close(integral(b, "lifestyle.stressor_drive"), 0.1 * 7.25, 1e-12, 0.0);
    build(b, TEXT, 1, TAC_CALENDAR_WHOLE);
    assert_close(integral(b, "lifestyle.stressor_drive"), 0.1 * 8.0, 1e-12, 0.0);
}

static void a_night_of_its_own_takes_the_place_of_the_usual_one(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 3 d\nlife:\n"
                     "  - {sleep: 8 h, from: \"23:00\", every: day}\n"
                     "  - {sleep: 4 h, from: \"03:00\", on: day 2}\n",
          -1, TAC_CALENDAR_WHOLE);
    /* Nights: until 07:00 of day 1, 03:00-07:00 of day 2, 23:00 of day 2, 23:00 of day 3. */
    assert_close(integral(b, "lifestyle.sleep_forced"), 7.0 + 4.0 + 8.0 + 1.0, 1e-12, 0.0);
    assert_true(input_at(b, "lifestyle.wake_forced", 24.0) == 1.0);
    assert_true(input_at(b, "lifestyle.sleep_forced", 28.0) == 1.0);
}

static void a_night_can_be_spent_awake(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 3 d\nlife:\n"
                     "  - {sleep: 8 h, deprived: true, from: \"23:00\", on: day 1}\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_true(input_at(b, "lifestyle.sleep_forced", 27.0) == 0.0);
    assert_true(input_at(b, "lifestyle.wake_forced", 27.0) == 1.0);
    assert_close(integral(b, "lifestyle.sleep_forced"), 7.0 + 8.0 + 1.0, 1e-12, 0.0);
}

static void a_programme_may_change_the_nights(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 2 d\n"
                     "programme: [{sleep: 9 h, from: \"22:00\", every: day}]\n",
          0, TAC_CALENDAR_WHOLE);
    /* The night before the start is life's; then 22:00-07:00, and two hours of the next. */
    assert_close(integral(b, "lifestyle.sleep_forced"), 7.0 + 9.0 + 2.0, 1e-12, 0.0);
}

static void what_has_lasted_is_on_from_the_start_and_what_begins_later_is_not(void **state)
{
    bench *b = *state;
    static const double TEN_DAYS = 240.0;
    build(b, WHO MONDAY "duration: 10 d\nlife: [{stressor: chronic, level: high}]\n", -1,
          TAC_CALENDAR_WHOLE);
    assert_close(integral(b, "lifestyle.chronic_stressor"), TEN_DAYS, 1e-12, 0.0);
    build(b,
          WHO MONDAY "duration: 10 d\n"
                     "life: [{stressor: chronic, level: high, since: day 4}]\n",
          -1, TAC_CALENDAR_WHOLE);
    assert_close(integral(b, "lifestyle.chronic_stressor"), TEN_DAYS - 72.0, 1e-12, 0.0);
    assert_true(input_at(b, "lifestyle.chronic_stressor", 71.9) == 0.0);
}

/* ---- habits ---- */

static const char HABITS[] = WHO "start: \"2026-09-09 18:00\"\nduration: 2 weeks\nlife:\n"
                                 "  - {sleep: 8 h, from: \"23:00\", every: day}\n"
                                 "  - {work: desk, load: high, at: \"09:00\", days: weekdays}\n"
                                 "  - {exercise: cycling, at: \"19:00\", for: 1 h, every: 2 d}\n"
                                 "  - {stressor: exam, at: \"10:00\", on: day 3}\n"
                                 "programme: [{massage: chair, at: \"21:00\", every: day}]\n";

static void the_habitual_day_holds_what_every_day_holds(void **state)
{
    bench *b = *state;
    static const double EDGES[] = {0.0, 5.0, 13.0, 14.0};
    build(b, HABITS, -1, TAC_CALENDAR_HABIT_DAY);
    check_edges(b, 4, EDGES); /* from 18:00: sleep at 23:00, light at 08:00 until the day closes */
    assert_true(b->schedule->end_h == 24.0);
    assert_true(integral(b, "lifestyle.stressor_drive") == 0.0);
    assert_true(integral(b, "lifestyle.exercise_intensity") == 0.0);
    assert_true(integral(b, "touch.hand_pressure") == 0.0);
    assert_close(integral(b, "lifestyle.sleep_forced"), 8.0, 1e-12, 0.0);
}

static void the_habitual_week_ends_as_the_scenario_starts(void **state)
{
    bench *b = *state;
    build(b, HABITS, -1, TAC_CALENDAR_HABIT_WEEK);
    assert_true(tac_life_has_week(b->scenario));
    assert_true(b->schedule->end_h == 168.0);
    /* The start is a Wednesday, 18:00; so is the beginning of this week. Thursday 09:00 is 15 h on. */
    assert_true(input_at(b, "lifestyle.stressor_drive", 14.9) == 0.0);
    assert_close(input_at(b, "lifestyle.stressor_drive", 15.1), 0.1, 1e-12, 0.0);
    assert_true(input_at(b, "lifestyle.stressor_drive", 63.1) == 0.0); /* Saturday */
    assert_close(integral(b, "lifestyle.stressor_drive"), 0.1 * 8.0 * 5.0, 1e-9, 0.0);
    assert_close(integral(b, "lifestyle.sleep_forced"), 56.0, 1e-12, 0.0);
    assert_true(integral(b, "lifestyle.exercise_intensity") == 0.0);
}

static void sleep_over_the_ends_of_the_habitual_day_is_split(void **state)
{
    bench *b = *state;
    static const double EDGES[] = {0.0, 5.0, 6.0, 16.0, 21.0};
    build(b, WHO "start: \"2026-09-09 02:00\"\nduration: 2 d\n", -1, TAC_CALENDAR_HABIT_DAY);
    check_edges(b, 5, EDGES);
    assert_true(input_at(b, "lifestyle.sleep_forced", 1.0) == 1.0);
    assert_true(input_at(b, "lifestyle.sleep_forced", 22.0) == 1.0);
    assert_close(integral(b, "lifestyle.sleep_forced"), 8.0, 1e-12, 0.0);
}

static void slow_states_hold_still_in_the_habits(void **state)
{
    bench *b = *state;
    static const struct {
        tac_calendar calendar;
        double released;
    } CASES[] = {{TAC_CALENDAR_WHOLE, 1.0},
                 {TAC_CALENDAR_HABIT_DAY, 0.0},
                 {TAC_CALENDAR_HABIT_WEEK, 0.0}};
    for (size_t i = 0; i < 3; i++) {
        build(b, HABITS, -1, CASES[i].calendar);
        for (size_t k = 0; k < b->schedule->n_edge; k++) {
            assert_true(input_at(b, "lifestyle.released", b->schedule->edge_h[k])
                        == CASES[i].released);
        }
    }
}

static void a_life_without_weekdays_has_no_week(void **state)
{
    bench *b = *state;
    static const struct {
        const char *event;
        bool has_week;
    } CASES[] = {{"{rest: true, at: \"18:00\", every: day}", false},
                 {"{rest: true, at: \"18:00\", every: 6 h}", false},
                 {"{rest: true, at: \"18:00\", days: [weekdays, weekend]}", false},
                 {"{rest: true, at: \"18:00\"}", false},
                 {"{rest: true, at: \"18:00\", every: 2 d}", false},
                 {"{rest: true, at: \"18:00\", days: [mon], times: 2}", false},
                 {"{rest: true, at: \"18:00\", days: [mon], every: 2 weeks}", false},
                 {"{posture: standing}", false},
                 {"{rest: true, at: \"18:00\", days: [mon]}", true},
                 {"{rest: true, at: \"18:00\", every: week}", true}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf text = TAC_BUF_INIT;
        tac_buf_print(&text, WHO "duration: 4 weeks\nlife: [%s]\n", CASES[i].event);
        tac_scenario *s = test_scenario(b->words, tac_buf_str(&text));
        if (tac_life_has_week(s) != CASES[i].has_week) {
            fail_msg("%s", CASES[i].event);
        }
        tac_scenario_free(s);
        tac_buf_free(&text);
    }
}

/* ---- what can go wrong ---- */

static void edges_at_which_nothing_changes_are_left_out(void **state)
{
    bench *b = *state;
    static const double EDGES[] = {0.0, 7.0, 8.0, 18.0, 23.0};
    build(b,
          WHO MONDAY
          "duration: 1 d\nlife:\n"
          "  - {work: desk, load: low, from: \"09:00\", to: \"12:00\"}\n" /* seated anyway */
          "  - {work: desk, load: low, from: \"12:00\", to: \"17:00\"}\n",
          -1, TAC_CALENDAR_WHOLE);
    check_edges(b, 5, EDGES);
    assert_int_equal(b->schedule->n_occurrence, 5);
}

static void five_years_of_every_day_are_no_burden(void **state)
{
    bench *b = *state;
    build(b,
          WHO MONDAY "duration: 5 years\n"
                     "programme: [{massage: chair, at: \"12:00\", every: day}]\n",
          0, TAC_CALENDAR_WHOLE);
    assert_true(b->schedule->n_edge > 5 * 365 * 6);
    assert_close(integral(b, "touch.hand_pressure"), 8.0 * 0.25 * 1826.0, 1e-9, 0.0);
}

static void a_rule_for_an_input_that_no_body_has_is_a_fault_of_the_tables(void **state)
{
    bench *b = *state;
    tac_word_tables tables = test_tables();
    tac_words *words = NULL;
#define HEAD_AND_SLEEP                                          \
    "event\tkind\twhen\tinput\thow\tfield\tvalue\tunit\tnote\n" \
    "sleep\t*\t-\tfor\tfor\tamount\t8\th\t\n"
    static const char *const EVENTS[] = {HEAD_AND_SLEEP
                                         "light\tday\t-\tlifestyle.dreams\tset\t-\t1\t1\t\n",
                                         HEAD_AND_SLEEP
                                         "light\tday\t-\tlifestyle.light\tset\t-\t1\tkg\t\n",
                                         HEAD_AND_SLEEP
                                         "light\tday\t-\tlifestyle.light\tdose\t-\t1\tlux\t\n"};
    static const char *const MESSAGES[] = {
        "models/events.tsv: light day, input 'lifestyle.dreams': the body has no such input",
        "models/events.tsv: light day, input 'lifestyle.light': its unit does not fit the input's",
        "its unit does not fit the input's"};
    for (size_t i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) {
        tac_schedule *s = NULL;
        tables.events = (tac_source){"e.tsv", EVENTS[i], strlen(EVENTS[i])};
        assert_int_equal(tac_words_read(b->ctx, &tables, &words), TAC_OK);
        tac_scenario *scenario = test_scenario(words, WHO "duration: 1 d\n");
        assert_int_equal(tac_schedule_build(b->ctx, b->program, words, scenario, NULL,
                                            TAC_CALENDAR_WHOLE, &s),
                         TAC_E_MODEL);
        assert_null(s);
        if (strstr(tac_ctx_message(b->ctx), MESSAGES[i]) == NULL) {
            fail_msg("%s", tac_ctx_message(b->ctx));
        }
        tac_ctx_clear(b->ctx);
        tac_scenario_free(scenario);
        tac_words_free(words);
    }
#undef HEAD_AND_SLEEP
}

static void every_allocation_may_fail(void **state)
{
    bench *b = *state;
    tac_scenario *scenario = test_scenario(b->words, HABITS);
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    for (size_t i = 0; st != TAC_OK && i < 1000; i++) {
        tac_schedule *s = NULL;
        tac_ctx_clear(b->ctx);
        tac_alloc_fail_after(i);
        st = tac_schedule_build(b->ctx, b->program, b->words, scenario, &scenario->arms[0],
                                TAC_CALENDAR_WHOLE, &s);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true((st == TAC_OK && s != NULL) || (st == TAC_E_MEMORY && s == NULL));
        n_failed += st == TAC_OK ? 0 : 1;
        tac_schedule_free(s);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed >= 8);
    tac_scenario_free(scenario);
    tac_schedule_free(NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everyday_life_sleeps_at_night_and_sees_the_day),
        TEST(the_start_shifts_the_clock),
        TEST(the_programme_overrides_life_and_only_while_it_is_on),
        TEST(occurrences_say_what_is_on),
        TEST(repeats_come_when_they_should),
        TEST(of_rows_that_fit_the_last_one_acts),
        TEST(max_takes_the_larger_and_add_adds),
        TEST(a_dose_is_given_whole_whatever_its_time),
        TEST(two_doses_at_once_add_up),
        TEST(units_of_the_scenario_do_not_matter),
        TEST(a_massage_interrupts_work),
        TEST(a_night_of_its_own_takes_the_place_of_the_usual_one),
        TEST(a_night_can_be_spent_awake),
        TEST(a_programme_may_change_the_nights),
        TEST(what_has_lasted_is_on_from_the_start_and_what_begins_later_is_not),
        TEST(the_habitual_day_holds_what_every_day_holds),
        TEST(the_habitual_week_ends_as_the_scenario_starts),
        TEST(sleep_over_the_ends_of_the_habitual_day_is_split),
        TEST(slow_states_hold_still_in_the_habits),
        TEST(a_life_without_weekdays_has_no_week),
        TEST(edges_at_which_nothing_changes_are_left_out),
        TEST(five_years_of_every_day_are_no_burden),
        TEST(a_rule_for_an_input_that_no_body_has_is_a_fault_of_the_tables),
        TEST(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
