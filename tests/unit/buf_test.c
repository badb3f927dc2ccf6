/* SPDX-License-Identifier: Apache-2.0 */
/* The growing text: what is added stays, and a failure is remembered until it is asked for. */
#include "base/buf.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_buffer_is_an_empty_text(void **state)
{
    (void)state;
    tac_buf buf = TAC_BUF_INIT;
    assert_string_equal(tac_buf_str(&buf), "");
    tac_buf_add(&buf, "", 0);
    tac_buf_clear(&buf);
    assert_string_equal(tac_buf_str(&buf), "");
    tac_buf_free(&buf);
}

static void pieces_are_joined_in_order(void **state)
{
    (void)state;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf_text(&buf, "a");
    tac_buf_add(&buf, "bcd", 2);
    tac_buf_print(&buf, "-%d-%.3f", 7, 0.25);
    assert_string_equal(tac_buf_str(&buf), "abc-7-0.250");
    assert_int_equal(buf.n, 11);
    tac_buf_clear(&buf);
    assert_string_equal(tac_buf_str(&buf), "");
    tac_buf_text(&buf, "again");
    assert_string_equal(tac_buf_str(&buf), "again");
    tac_buf_free(&buf);
    assert_null(buf.text);
}

static void it_grows_as_far_as_needed(void **state)
{
    (void)state;
    tac_buf buf = TAC_BUF_INIT;
    for (int i = 0; i < 10000; i++) {
        tac_buf_print(&buf, "%04d", i);
    }
    assert_int_equal(buf.n, 40000);
    assert_memory_equal(buf.text + 4 * 1234, "1234", 4);
    assert_int_equal(strlen(buf.text), 40000);
    tac_buf_free(&buf);
}

static void a_lost_piece_is_remembered(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf buf = TAC_BUF_INIT;
    tac_buf_text(&buf, "kept");
    assert_int_equal(tac_buf_check(ctx, &buf), TAC_OK);
    char large[500];
    memset(large, 'x', sizeof large);
    tac_alloc_fail_after(0);
    tac_buf_add(&buf, large, sizeof large);
    tac_alloc_fail_after(SIZE_MAX);
    tac_buf_text(&buf, "later");
    assert_true(buf.has_failed);
    assert_string_equal(tac_buf_str(&buf), "kept");
    assert_int_equal(tac_buf_check(ctx, &buf), TAC_E_MEMORY);
    assert_string_equal(tac_ctx_message(ctx), "out of memory\n");
    tac_buf_free(&buf);
    assert_false(buf.has_failed);
    tac_ctx_free(ctx);
}

static void a_size_that_cannot_be_fails_at_once(void **state)
{
    (void)state;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf_add(&buf, "x", SIZE_MAX / 2);
    assert_true(buf.has_failed);
    tac_buf_free(&buf);
}

static void a_taken_text_is_the_taker_s_and_leaves_an_empty_buffer(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf buf = TAC_BUF_INIT;
    char *text = NULL;
    tac_buf_text(&buf, "skin");
    assert_int_equal(tac_buf_take(ctx, &buf, &text), TAC_OK);
    assert_string_equal(text, "skin");
    assert_string_equal(tac_buf_str(&buf), "");
    tac_free(text);
    text = NULL;
    buf.has_failed = true;
    assert_int_equal(tac_buf_take(ctx, &buf, &text), TAC_E_MEMORY);
    assert_null(text);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_an_empty_text),
        cmocka_unit_test(pieces_are_joined_in_order),
        cmocka_unit_test(it_grows_as_far_as_needed),
        cmocka_unit_test(a_lost_piece_is_remembered),
        cmocka_unit_test(a_size_that_cannot_be_fails_at_once),
        cmocka_unit_test(a_taken_text_is_the_taker_s_and_leaves_an_empty_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
