/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios that are refused: what each mistake is told, where, and that all come in one go. */
#include "base/buf.h"
#include "scenario/scenario.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD "title: T\nperson: {sex: female, age: 42}\nduration: 4 weeks\n"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
