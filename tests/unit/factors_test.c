/* SPDX-License-Identifier: Apache-2.0 */
/* Factors of a scenario: each alone, then all together, against the same life without any. */
#include "base/alloc.h"
#include "base/fail.h"
#include "scenario/scenario.h"
#include "tables.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define HEAD  "title: T\nperson: {sex: female, age: 42}\nduration: 4 weeks\n"
#define HANDS "{massage: swedish, at: \"18:00\", for: 60 min, days: [wed]}"
#define REST  "{rest: true, at: \"12:00\", for: 20 min, every: day}"

static void each_factor_is_an_arm_and_all_of_them_another(void **state)
{
    (void)state;
    tac_words *words = test_words();
    tac_scenario *s = test_scenario(words, HEAD "factors:\n  hands: [" HANDS "]\n  quiet: [" REST
                                                ", {rest: true, "
                                                "at: \"15:00\", for: 20 min, every: day}]\n");
    static const char *const ARMS[] = {"hands", "quiet", "together", "without"};
    static const size_t N_EVENT[] = {1, 2, 3, 0};
    assert_int_equal(s->n_factor, 2);
    assert_int_equal(s->n_arm, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(s->arms[i].id, ARMS[i]);
        assert_int_equal(s->arms[i].n_event, N_EVENT[i]);
    }
    assert_string_equal(s->arms[2].events[0].verb, "massage");
    assert_string_equal(s->arms[2].events[2].verb, "rest");
    tac_scenario_free(s);
    s = test_scenario(words, HEAD "programme: [" HANDS "]\n");
    assert_int_equal(s->n_factor, 0);
    tac_scenario_free(s);
    tac_words_free(words);
}

static void what_is_no_list_of_factors_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *rest;
        const char *message;
    } CASES[] = {
        {"factors: {hands: [" HANDS "]}\n", "s.yaml:4:10: factors: two or more are wanted"},
        {"factors: [" HANDS "]\n", "s.yaml:4:10: factors: two or more are wanted"},
        {"factors: {hands: [" HANDS "], together: [" REST "]}\n",
         "'together' is the arm of all factors; another name is wanted"},
        {"factors: {hands: [" HANDS "], quiet: [" REST "]}\nprogramme: [" HANDS "]\n",
         "one of programme, programmes and factors, not two of them"},
        {"factors: {hands: [" HANDS "], quiet: [" REST "]}\nagainst: rest\n",
         "s.yaml:5:10: factors are compared with nothing"},
        {"factors: {hands: [" HANDS "], more: [" HANDS "]}\n", "18:00"}, /* two massages at once */
    };
    tac_words *words = test_words();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[1024] = HEAD;
        tac_ctx *ctx = tac_ctx_create();
        tac_scenario *s = NULL;
        strncat(text, CASES[i].rest, sizeof text - strlen(text) - 1);
        assert_int_equal(tac_scenario_from_text(ctx, words, "s.yaml", text, strlen(text), &s),
                         TAC_E_INPUT);
        assert_null(s);
        if (strstr(tac_ctx_message(ctx), CASES[i].message) == NULL) {
            fail_msg("'%s' is not in '%s'", CASES[i].message, tac_ctx_message(ctx));
        }
        tac_ctx_free(ctx);
    }
    tac_words_free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_factor_is_an_arm_and_all_of_them_another),
        cmocka_unit_test(what_is_no_list_of_factors_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
