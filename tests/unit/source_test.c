/* SPDX-License-Identifier: Apache-2.0 */
/* Places in a text: lines and columns in characters, a caret under the right one, long and odd lines. */
#include "base/source.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_source source_of(const char *text)
{
    return (tac_source){"file.yaml", text, strlen(text)};
}

static void check_place(const char *text, size_t offset, size_t line, size_t column)
{
    const tac_source source = source_of(text);
    size_t got_line = 0;
    size_t got_column = 0;
    tac_source_place(&source, offset, &got_line, &got_column);
    assert_int_equal(got_line, line);
    assert_int_equal(got_column, column);
}

static void lines_and_columns_count_from_one(void **state)
{
    (void)state;
    check_place("abc", 0, 1, 1);
    check_place("abc", 2, 1, 3);
    check_place("a\nbc", 2, 2, 1);
    check_place("a\nbc", 3, 2, 2);
    check_place("", 0, 1, 1);
    check_place("a\n", 99, 2, 1); /* beyond the end is the end */
}

static void a_column_is_a_character_not_a_byte(void **state)
{
    (void)state;
    check_place("é°x", 4, 1, 3);
}

static void check_message(const char *text, size_t offset, size_t n, const char *want)
{
    tac_ctx *ctx = tac_ctx_create();
    const tac_source source = source_of(text);
    const tac_span span = {(uint32_t)offset, (uint32_t)n};
    assert_int_equal(tac_fail_at(ctx, TAC_E_INPUT, &source, span, "%s", "wrong"), TAC_E_INPUT);
    assert_string_equal(tac_ctx_message(ctx), want);
    tac_ctx_free(ctx);
}

static void the_caret_stands_below_the_word(void **state)
{
    (void)state;
    check_message("one\ntwo three\nfour", 8, 5, "file.yaml:2:5: wrong\n  two three\n      ^~~~~\n");
    check_message("é x", 3, 1, "file.yaml:1:3: wrong\n  é x\n    ^\n");
    check_message("", 0, 1, "file.yaml:1:1: wrong\n  \n  ^\n");
    check_message("ab", 2, 1, "file.yaml:1:3: wrong\n  ab\n    ^\n");
}

static void a_span_over_lines_is_marked_to_the_end_of_the_first(void **state)
{
    (void)state;
    check_message("ab\ncd", 0, 5, "file.yaml:1:1: wrong\n  ab\n  ^~\n");
}

static void tabs_and_control_characters_keep_the_caret_in_place(void **state)
{
    (void)state;
    check_message("\ta\x01z", 3, 1, "file.yaml:1:4: wrong\n   a?z\n     ^\n");
    check_message("ab\r\n", 1, 1, "file.yaml:1:2: wrong\n  ab\n   ^\n");
}

static void of_a_long_line_the_part_around_the_place_is_shown(void **state)
{
    (void)state;
    char text[5001];
    tac_ctx *ctx = tac_ctx_create();
    memset(text, 'x', 5000);
    text[5000] = '\0';
    text[3000] = '!';
    const tac_source source = source_of(text);
    (void)tac_fail_at(ctx, TAC_E_INPUT, &source, (tac_span){3000, 1}, "here");
    const char *message = tac_ctx_message(ctx);
    assert_non_null(strstr(message, "file.yaml:1:3001: here\n"));
    assert_non_null(strchr(message, '!'));
    assert_true(strlen(message) < 500);
    /* The caret is as far from its line's beginning as the place is. */
    const char *shown = strstr(message, "\n  ") + 3;
    const char *caret = strstr(shown, "\n  ") + 3;
    assert_int_equal(strchr(shown, '!') - shown, strchr(caret, '^') - caret);
    tac_ctx_free(ctx);
}

static void a_cut_never_splits_a_character(void **state)
{
    (void)state;
    char text[2001];
    tac_ctx *ctx = tac_ctx_create();
    for (size_t i = 0; i < 2000; i += 2) {
        memcpy(text + i, "é", 2);
    }
    text[2000] = '\0';
    const tac_source source = source_of(text);
    for (uint32_t at = 900; at < 904; at += 2) {
        tac_ctx_clear(ctx);
        (void)tac_fail_at(ctx, TAC_E_INPUT, &source, (tac_span){at, 2}, "here");
        const char *shown = strstr(tac_ctx_message(ctx), "\n  ") + 3;
        const char *end = strchr(shown, '\n');
        assert_int_equal((end - shown) % 2, 0);
        assert_memory_equal(shown, "é", 2);
    }
    tac_ctx_free(ctx);
}

static void without_memory_the_status_says_so(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    const tac_source source = source_of("abc");
    tac_alloc_fail_after(0);
    assert_int_equal(tac_fail_at(ctx, TAC_E_INPUT, &source, (tac_span){0, 1}, "x"), TAC_E_MEMORY);
    tac_alloc_fail_after(SIZE_MAX);
    assert_string_equal(tac_ctx_message(ctx), "out of memory\n");
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_columns_count_from_one),
        cmocka_unit_test(a_column_is_a_character_not_a_byte),
        cmocka_unit_test(the_caret_stands_below_the_word),
        cmocka_unit_test(a_span_over_lines_is_marked_to_the_end_of_the_first),
        cmocka_unit_test(tabs_and_control_characters_keep_the_caret_in_place),
        cmocka_unit_test(of_a_long_line_the_part_around_the_place_is_shown),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(without_memory_the_status_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
