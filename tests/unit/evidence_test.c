/* SPDX-License-Identifier: Apache-2.0 */
/* Studies as files: what is read, and what a wrong word gets to hear. */
#include "scenario/evidence.h"

#include "close.h"
#include "shipped.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                  \
    "id: T1\ntitle: Made up\ncitation: Nobody 2000\ndoi: none\ndesign: randomised parallel\n" \
    "quality: C\nfamily: T1\nclaims: [C4]\npeople: {n: 20, sex: mixed, age: [20, 40], health: healthy}\n"
#define ARMS                                                                                       \
    "arms:\n  a:\n    n: 12\n    events:\n      - {massage: swedish, region: back, for: 30 min}\n" \
    "  b:\n    events:\n      - {rest: true, posture: supine, from: 0 min, for: 30 min}\n"
#define FINDING \
    "findings:\n  - {what: cortisol, of: a, versus: b, at: end + 10 min, as: smd, value: -0.2, se: 0.3, read: table"

static tac_study *read_study(const char *text)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_study *study = NULL;
    if (tac_study_from_text(ctx, shipped_words, "T1.yaml", text, strlen(text), &study) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return study;
}

/** The text is refused, and the message holds the part. */
static void check_refused(const char *text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_study *study = NULL;
    assert_int_not_equal(tac_study_from_text(ctx, shipped_words, "T1.yaml", text, strlen(text),
                                             &study),
                         TAC_OK);
    assert_null(study);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void check_event_refused(const char *event, const char *part)
{
    char text[1200];
    snprintf(text, sizeof text,
             HEAD "arms:\n  a:\n    events:\n      - {%s}\nfindings:\n  - {what: cortisol, of: a, "
                  "as: direction, value: up, read: word}\n",
             event);
    check_refused(text, part);
}

static void check_finding_refused(const char *finding, const char *part)
{
    char text[1200];
    snprintf(text, sizeof text, HEAD ARMS "findings:\n  - {%s}\n", finding);
    check_refused(text, part);
}

static void a_study_is_read_whole(void **state)
{
    (void)state;
    tac_study *s = read_study(HEAD ARMS FINDING "}\n");
    assert_string_equal(s->id, "T1");
    assert_string_equal(s->claims[0], "C4");
    assert_false(s->is_paired);
    assert_false(s->is_animal);
    assert_int_equal(s->n_arm, 2);
    assert_close(s->arms[0].group.n, 12.0, 0.0, 0.0);
    assert_close(s->arms[1].group.n, 10.0, 0.0, 0.0); /* not said: half of the twenty */
    assert_close(s->arms[0].group.age_high, 40.0, 0.0, 0.0);
    assert_true(isnan(s->arms[0].clock_h));
    assert_true(s->arms[0].is_incomplete); /* its pressure is not known */
    assert_false(s->arms[1].is_incomplete);
    const tac_finding *f = &s->findings[0];
    assert_int_equal(f->as, TAC_AS_SMD);
    assert_int_equal(f->versus, TAC_VERSUS_ARM);
    assert_int_equal(f->versus_arm, 1);
    assert_true(f->change); /* against another arm changes are compared */
    assert_int_equal(f->at, TAC_AT_TIME);
    assert_int_equal(f->from.from, TAC_FROM_END);
    assert_close(f->from.hours, 1.0 / 6.0, 1e-12, 0.0);
    assert_close(f->se, 0.3, 0.0, 0.0);
    tac_study_free(s);
}

static void arms_may_have_people_and_clock_of_their_own(void **state)
{
    (void)state;
    tac_study *s =
        read_study(HEAD "clock: \"08:30\"\narms:\n"
                        "  a: {events: []}\n"
                        "  b: {people: {sex: female, stress: high}, clock: \"14:00\", events: []}\n"
                        "findings:\n  - {what: cortisol, of: b, versus: a, at: [0 min, 1 h], "
                        "as: direction, value: none, read: word}\n");
    assert_close(s->arms[0].clock_h, 8.5, 0.0, 1e-12);
    assert_close(s->arms[1].clock_h, 14.0, 0.0, 1e-12);
    assert_string_equal(s->arms[0].group.sex, "mixed");
    assert_string_equal(s->arms[1].group.sex, "female");
    assert_true(s->arms[1].group.pss > 20.0); /* high: 23 in models/person.tsv */
    assert_int_equal(s->findings[0].at, TAC_AT_WINDOW);
    assert_int_equal(s->findings[0].direction, 0);
    tac_study_free(s);
}

static void what_has_no_words_keeps_its_note_and_any_keys(void **state)
{
    (void)state;
    tac_study *s = read_study(HEAD ARMS "findings:\n  - {what: other, of: a, as: ratio, value: 3, "
                                        "odd_key: 1, note: hair grew}\n");
    assert_null(s->findings[0].observable);
    assert_string_equal(s->findings[0].note, "hair grew");
    tac_study_free(s);
}

static void words_of_events_that_are_unknown_are_refused_with_those_allowed(void **state)
{
    (void)state;
    check_event_refused("massage: swedsh",
                        "T1.yaml:13:19: no technique 'swedsh'; did you mean 'swedish'");
    check_event_refused("masage: swedish", "no event 'masage'; did you mean 'massage'");
    check_event_refused("massage: swedish, region: bak", "did you mean 'back'");
    check_event_refused("massage: swedish, pressure: hard", "light, moderate, firm, deep");
    check_event_refused("massage: swedish, speed: 3", "no field of 'massage' called 'speed'");
    check_event_refused("rest: true, posture: lying", "supine, seated, standing");
    check_event_refused("drug: cortisone", "no kind of drug 'cortisone'");
    check_event_refused("drug: crh, dose: 1 mmHg", "no dose '1 mmHg'");
    check_event_refused("eccentric: true, muscle: biceps", "elbow flexors");
    check_event_refused("massage: swedish, from: 10", "min");
    check_event_refused("massage: swedish, times: 0", "a whole number");
    check_event_refused("massage: swedish, on: 3", "day 36");
}

static void every_form_of_the_format_is_understood(void **state)
{
    (void)state;
    static const char *const EVENTS[] = {
        "massage: compression cycle, region: lower leg, force: 10 N, frequency: 0.5, giver: machine",
        "massage: deep tissue, pressure: 20 N, region: [left arm, head]",
        "sleep: true, hours: \"<7\", nights: 14",
        "sleep: true, hours: 5-6, nights: 14",
        "sleep: 6.5 h, from: \"23:00\", to: \"05:30\", every: day",
        "endotoxin: 2 ng/kg, over: 4 h",
        "drug: hydrocortisone, dose: 3 ug/kg/min, from: 18 h, over: 6 h",
        "exercise: cycling, intensity: wingate",
        "compression: venous stasis, region: arm, from: 0 min, for: 5 min",
        "inoculate: rhinovirus, dose: 30 TCID50, on: day 3",
        "eccentric: true, muscle: left elbow flexors, sets: 6, repetitions: 5, intensity: 40",
        "stressor: chronic, level: high, since: 90 d",
        "heat: 40, region: lower leg",
        "massage: foot, every: 1 d, times: 5, from: \"10:00\", for: 20 min",
        "massage: swedish, days: [mon, thu], at: \"18:00\"",
        "meditation: true, programme: 8",
        "fluid: 500 mL, over: 10 min",
        "posture: standing, legs: still, tilt: 70"};
    for (size_t i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) {
        char text[1200];
        snprintf(text, sizeof text,
                 HEAD "arms:\n  a:\n    events:\n      - {%s}\nfindings:\n  - {what: cortisol, of: "
                      "a, at: during, as: mean, value: 300, spread: [100, 500], read: figure}\n",
                 EVENTS[i]);
        tac_study_free(read_study(text));
    }
}

static void wrong_findings_are_refused_with_their_place(void **state)
{
    (void)state;
    check_finding_refused("what: cortisole, of: a, as: mean, value: 1, read: table",
                          "did you mean 'cortisol'");
    check_finding_refused("what: cortisol, of: c, as: mean, value: 1, read: table", "no arm 'c'");
    check_finding_refused(
        "what: cortisol, of: a, versus: before, as: percent, value: 1, read: table",
        "a, b, baseline, day before, nothing");
    check_finding_refused("what: cortisol, of: a, as: smd, value: 1, read: table", "needs versus");
    check_finding_refused("what: cortisol, of: a, as: avg, value: 1, read: table",
                          "no statistic 'avg'");
    check_finding_refused("what: cortisol, of: a, as: mean, value: high, read: table",
                          "a number without a unit");
    check_finding_refused("what: cortisol, of: a, as: direction, value: more, read: word",
                          "up, down, none");
    check_finding_refused("what: cortisol, of: a, as: mean, value: 1, read: book", "table, figure");
    check_finding_refused("what: cortisol, of: a, as: mean, value: 1",
                          "what, of, as, value and read");
    check_finding_refused("what: cortisol, of: a, at: noon, as: mean, value: 1, read: table", "at");
    check_finding_refused("what: cortisol, of: a, at: [2 h, 1 h], as: mean, value: 1, read: table",
                          "ends before it begins");
    check_finding_refused("what: cortisol, of: a, as: mean, value: 1, se: -1, read: table",
                          "above 0");
    check_finding_refused("what: cortisol, of: a, as: mean, value: 1, ci95: [2, 1], read: table",
                          "lower number comes first");
    check_finding_refused("what: lymph_flow, of: a, site: wing, as: mean, value: 1, read: table",
                          "no region 'wing'");
}

static void wrong_heads_are_refused(void **state)
{
    (void)state;
    check_refused("id: T1\n", "a line of text is wanted");
    check_refused("[1, 2]\n", "a study is a map");
    check_refused(HEAD ARMS FINDING "}\nextra: 1\n", "no key 'extra'");
    check_refused(
        "id: T1\ntitle: t\ncitation: c\ndesign: trial\nquality: C\nfamily: F\nclaims: []\n"
        "people: {n: 1}\n" ARMS FINDING "}\n",
        "no design 'trial'");
    check_refused(
        "id: T1\ntitle: t\ncitation: c\ndesign: animal\nquality: C\nfamily: F\nclaims: []\n"
        "people: {n: 1}\n" ARMS FINDING "}\n",
        "names the species");
    check_refused(
        "id: T1\ntitle: t\ncitation: c\ndesign: animal\nquality: C\nfamily: F\nclaims: [C20]\n"
        "people: {n: 1, species: dog}\n" ARMS FINDING "}\n",
        "C1 to C19");
    check_refused(HEAD "arms: {}\n" FINDING "}\n", "one to twenty arms");
    check_refused(HEAD ARMS "findings: []\n", "at least one");
}

static size_t read_folder(const char *path, size_t *n_finding)
{
    size_t n = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char file[512];
        const char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".yaml") != 0) {
            continue;
        }
        tac_ctx *ctx = tac_ctx_create();
        tac_study *study = NULL;
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (tac_study_from_file(ctx, shipped_words, file, &study) != TAC_OK) {
            fail_msg("%s", tac_ctx_message(ctx));
        }
        *n_finding += study->n_finding;
        n++;
        tac_study_free(study);
        tac_ctx_free(ctx);
    }
    closedir(folder);
    return n;
}

static void every_file_of_evidence_is_read(void **state)
{
    (void)state;
    static const char *const AREAS[] = {"stress", "fluids", "immune", "muscle", "infection"};
    size_t n = 0;
    size_t n_finding = 0;
    for (size_t i = 0; i < sizeof AREAS / sizeof AREAS[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "evidence/%s", AREAS[i]);
        n += read_folder(path, &n_finding);
    }
    assert_true(n >= 128);
    assert_true(n_finding >= 532);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_is_read_whole),
        cmocka_unit_test(arms_may_have_people_and_clock_of_their_own),
        cmocka_unit_test(what_has_no_words_keeps_its_note_and_any_keys),
        cmocka_unit_test(words_of_events_that_are_unknown_are_refused_with_those_allowed),
        cmocka_unit_test(every_form_of_the_format_is_understood),
        cmocka_unit_test(wrong_findings_are_refused_with_their_place),
        cmocka_unit_test(wrong_heads_are_refused),
        cmocka_unit_test(every_file_of_evidence_is_read)};
    return cmocka_run_group_tests(tests, open_shipped_words, close_shipped_words);
}
