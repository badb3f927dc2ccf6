/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios of many people: what may be left open, ranges, states of health. */
#include "close.h"
#include "scenario/scenario.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** A scenario of people; NULL, with the message in ctx, when it is refused. */
static tac_scenario *people_of(tac_ctx *ctx, const tac_words *words, const char *person)
{
    char text[300];
    tac_scenario *s = NULL;
    const int n = snprintf(text, sizeof text, "title: T\n%s\nduration: 1 d\n", person);
    const tac_status st =
        tac_scenario_of_people_from_text(ctx, words, "s.yaml", text, (size_t)n, &s);
    assert_true((st == TAC_OK) == (s != NULL));
    return s;
}

static void people_may_be_left_open_or_fill_a_range(void **state)
{
    (void)state;
    static const char *const ANYBODY[] = {"", "person: {}", "person: {sex: mixed}"};
    tac_ctx *ctx = tac_ctx_create();
    tac_words *words = test_words();
    for (size_t i = 0; i < 3; i++) {
        tac_scenario *s = people_of(ctx, words, ANYBODY[i]);
        assert_non_null(s);
        assert_int_equal(s->n_person, 0);
        assert_string_equal(s->person_text, "people");
        tac_scenario_free(s);
    }
    tac_scenario *s = people_of(
        ctx, words,
        "person: {sex: female, age: [30, 50], bmi: 31 kg/m^2, health: [stressed, heavy]}");
    assert_non_null(s);
    assert_string_equal(s->person_text, "women, 30-50 y, stressed, heavy");
    assert_int_equal(s->n_person, 3); /* no height and no weight: women differ in them */
    assert_string_equal(s->person[1].parameter, "person.age");
    assert_close(s->person[1].value, 30.0, 0.0, 0.0);
    assert_close(s->person[1].high, 50.0, 0.0, 0.0);
    assert_string_equal(s->person[2].parameter, "bmi");
    assert_int_equal(s->n_health, 2);
    tac_scenario_free(s);
    s = people_of(ctx, words, "person: {bmi: [25, 35]}"); /* nobody writes its unit */
    assert_non_null(s);
    assert_close(s->person[0].value, 25.0, 0.0, 0.0);
    assert_close(s->person[0].high, 35.0, 0.0, 0.0);
    tac_scenario_free(s);
    tac_words_free(words);
    tac_ctx_free(ctx);
}

static void wrong_people_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message; /* part of what is said */
    } CASES[] = {
        {"person: {age: [50, 30]}", "s.yaml:2:15: a range begins with the smaller number"},
        {"person: {age: [30, 40, 50]}", "a range has two numbers"},
        {"person: {age: [30, old]}", "'old' is not a number; age needs years"},
        {"person: {age: [30, 99]}", "age: 99 years is out of range"},
        {"person: {health: stresed}", "no state of health 'stresed'; did you mean 'stressed'?"},
        {"person: {health: {a: b}}", "no state of health '(a list)'; allowed: stressed, heavy"},
        {"person: women", "person: a map is wanted"},
    };
    tac_ctx *ctx = tac_ctx_create();
    tac_words *words = test_words();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_ctx_clear(ctx);
        assert_null(people_of(ctx, words, CASES[i].text));
        if (strstr(tac_ctx_message(ctx), CASES[i].message) == NULL) {
            fail_msg("'%s' is not in '%s'", CASES[i].message, tac_ctx_message(ctx));
        }
    }
    tac_words_free(words);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_may_be_left_open_or_fill_a_range),
        cmocka_unit_test(wrong_people_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
