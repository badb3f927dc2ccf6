/* SPDX-License-Identifier: Apache-2.0 */
/* The door to the heap: zeroed memory, sizes that cannot be, and allocations that fail on request. */
#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void memory_comes_zeroed_and_never_empty(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    double *numbers = NULL;
    void *nothing = NULL;
    assert_int_equal(tac_alloc_doubles(ctx, 100, &numbers), TAC_OK);
    for (size_t i = 0; i < 100; i++) {
        assert_true(numbers[i] == 0.0);
    }
    assert_int_equal(tac_alloc(ctx, 0, 8, &nothing), TAC_OK);
    assert_non_null(nothing);
    tac_free(nothing);
    tac_free(numbers);
    tac_free(NULL);
    tac_ctx_free(ctx);
}

static void sizes_beyond_the_address_space_are_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    void *memory = ctx;
    char *block = tac_calloc(4, 1);
    assert_int_equal(tac_alloc(ctx, SIZE_MAX / 2, 4, &memory), TAC_E_MEMORY);
    assert_null(memory);
    assert_string_equal(tac_ctx_message(ctx), "out of memory\n");
    memcpy(block, "abc", 4);
    assert_null(tac_realloc(block, SIZE_MAX / 2, 4));
    assert_string_equal(block, "abc"); /* the old block stays */
    tac_free(block);
    tac_ctx_free(ctx);
}

static void growing_keeps_what_was_there(void **state)
{
    (void)state;
    char *text = tac_text_copy("hello", 4);
    assert_string_equal(text, "hell");
    text = tac_realloc(text, 1000, 1);
    assert_string_equal(text, "hell");
    text = tac_realloc(text, 0, 1);
    assert_non_null(text);
    tac_free(text);
    char *empty = tac_text_copy(NULL, 0);
    assert_string_equal(empty, "");
    tac_free(empty);
}

static void the_chosen_allocation_fails_once(void **state)
{
    (void)state;
    void *blocks[4];
    tac_alloc_fail_after(2);
    const size_t before = tac_alloc_count();
    for (size_t i = 0; i < 4; i++) {
        blocks[i] = tac_calloc(1, 1);
        assert_true((blocks[i] == NULL) == (i == 2));
    }
    assert_int_equal(tac_alloc_count() - before, 4);
    for (size_t i = 0; i < 4; i++) {
        tac_free(blocks[i]);
    }
    tac_alloc_fail_after(0);
    assert_null(tac_text_copy("x", 1));
    tac_alloc_fail_after(0);
    assert_null(tac_realloc(NULL, 1, 1));
    tac_alloc_fail_after(SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed_and_never_empty),
        cmocka_unit_test(sizes_beyond_the_address_space_are_refused),
        cmocka_unit_test(growing_keeps_what_was_there),
        cmocka_unit_test(the_chosen_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
