/* SPDX-License-Identifier: Apache-2.0 */
/* The arena: zeroed, aligned pieces that stay where they are, small and large ones. */
#include "base/arena.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    tac_arena *arena = tac_arena_create();
    unsigned char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        const size_t n = 1 + 37 * i;
        pieces[i] = tac_arena_alloc(arena, n);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(pieces[i][k], 0);
        }
        memset(pieces[i], (int)i, n);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t k = 0; k < 1 + 37 * i; k++) {
            assert_int_equal(pieces[i][k], i);
        }
    }
    tac_arena_free(arena);
}

static void a_piece_larger_than_a_block_fits(void **state)
{
    (void)state;
    tac_arena *arena = tac_arena_create();
    char *large = tac_arena_alloc(arena, 1000000);
    assert_non_null(large);
    memset(large, 1, 1000000);
    assert_non_null(tac_arena_alloc(arena, 0));
    tac_arena_free(arena);
    tac_arena_free(NULL);
}

static void texts_end_with_zero(void **state)
{
    (void)state;
    tac_arena *arena = tac_arena_create();
    assert_string_equal(tac_arena_text(arena, "massage", 4), "mass");
    assert_string_equal(tac_arena_text(arena, NULL, 0), "");
    tac_arena_free(arena);
}

static void no_memory_gives_null(void **state)
{
    (void)state;
    tac_alloc_fail_after(0);
    assert_null(tac_arena_create());
    tac_arena *arena = tac_arena_create();
    tac_alloc_fail_after(0);
    assert_null(tac_arena_alloc(arena, 8));
    tac_alloc_fail_after(0);
    assert_null(tac_arena_text(arena, "x", 1));
    assert_null(tac_arena_alloc(arena, SIZE_MAX - 100));
    tac_alloc_fail_after(SIZE_MAX);
    assert_non_null(tac_arena_alloc(arena, 8));
    tac_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(a_piece_larger_than_a_block_fits),
        cmocka_unit_test(texts_end_with_zero),
        cmocka_unit_test(no_memory_gives_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
