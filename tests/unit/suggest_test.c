/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest word: small slips are understood, far words are not, and lists stay readable. */
#include "base/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const WORDS[] = {"swedish", "sports", "self", "deep tissue", "h"};

#define N_WORD (sizeof WORDS / sizeof WORDS[0])

static void slips_are_understood(void **state)
{
    (void)state;
    static const char *const SLIPS[][2] = {{"swedsh", "swedish"},
                                           {"Swedish", "swedish"},
                                           {"sweedisch", "swedish"},
                                           {"sport", "sports"},
                                           {"deeptissue", "deep tissue"},
                                           {"seedish", "swedish"},
                                           {"slef", "self"},
                                           {"hr", "h"}};
    for (size_t i = 0; i < sizeof SLIPS / sizeof SLIPS[0]; i++) {
        const char *near = tac_suggest(SLIPS[i][0], N_WORD, WORDS);
        assert_non_null(near);
        assert_string_equal(near, SLIPS[i][1]);
    }
}

static void other_words_are_not(void **state)
{
    (void)state;
    assert_null(tac_suggest("acupuncture", N_WORD, WORDS));
    assert_null(tac_suggest("zzz", N_WORD, WORDS));
    assert_null(tac_suggest("spring", N_WORD, WORDS)); /* three of six letters from sports */
    assert_null(tac_suggest("x", 0, WORDS));
}

static void words_longer_than_any_are_far_from_all(void **state)
{
    (void)state;
    char text[300];
    memset(text, 's', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_null(tac_suggest(text, N_WORD, WORDS));
}

static void the_nearest_of_several_wins(void **state)
{
    (void)state;
    static const char *const NEAR[] = {"mean", "means", "meal"};
    assert_string_equal(tac_suggest("means", 3, NEAR), "means");
    assert_string_equal(tac_suggest("meal", 3, NEAR), "meal");
}

static void advice_names_the_nearest_and_all(void **state)
{
    (void)state;
    tac_buf buf = TAC_BUF_INIT;
    tac_suggest_print(&buf, "sprts", 3, WORDS);
    assert_string_equal(tac_buf_str(&buf), "did you mean 'sports'? allowed: swedish, sports, self");
    tac_buf_clear(&buf);
    tac_suggest_print(&buf, "acupuncture", 2, WORDS);
    assert_string_equal(tac_buf_str(&buf), "allowed: swedish, sports");
    tac_buf_free(&buf);
}

static void long_lists_are_cut(void **state)
{
    (void)state;
    static const char *const MANY[30] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j",
                                         "k", "l", "m", "n", "o", "p", "q", "r", "s", "t",
                                         "u", "v", "w", "x", "y", "z", "1", "2", "3", "4"};
    tac_buf buf = TAC_BUF_INIT;
    tac_suggest_print(&buf, "????", 30, MANY);
    assert_non_null(strstr(tac_buf_str(&buf), "w, x ... (30 in all)"));
    assert_null(strstr(tac_buf_str(&buf), ", y"));
    tac_buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_understood),
        cmocka_unit_test(other_words_are_not),
        cmocka_unit_test(words_longer_than_any_are_far_from_all),
        cmocka_unit_test(the_nearest_of_several_wins),
        cmocka_unit_test(advice_names_the_nearest_and_all),
        cmocka_unit_test(long_lists_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
