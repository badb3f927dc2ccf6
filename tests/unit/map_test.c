/* SPDX-License-Identifier: Apache-2.0 */
/* The map: thousands of keys, keys with zero bytes, replacing, and growth without memory. */
#include "base/map.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void all_keys_are_found_again(void **state)
{
    (void)state;
    tac_map *map = tac_map_create();
    char key[32];
    uint32_t value = 0;
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "key%u", (unsigned)i);
        assert_true(tac_map_set(map, key, strlen(key), i));
    }
    assert_int_equal(tac_map_n(map), 5000);
    for (uint32_t i = 0; i < 5000; i++) {
        snprintf(key, sizeof key, "key%u", (unsigned)i);
        assert_true(tac_map_get(map, key, strlen(key), &value));
        assert_int_equal(value, i);
    }
    assert_false(tac_map_get(map, "key5000", 7, &value));
    assert_int_equal(value, 4999); /* untouched */
    tac_map_free(map);
    tac_map_free(NULL);
}

static void a_key_is_its_bytes_and_its_length(void **state)
{
    (void)state;
    tac_map *map = tac_map_create();
    uint32_t value = 0;
    assert_true(tac_map_set(map, "ab", 2, 1));
    assert_true(tac_map_set(map, "abc", 3, 2));
    assert_true(tac_map_set(map, "a\0b", 3, 3));
    assert_true(tac_map_set(map, "", 0, 4));
    assert_true(tac_map_get(map, "abx", 2, &value) && value == 1);
    assert_true(tac_map_get(map, "abc", 3, &value) && value == 2);
    assert_true(tac_map_get(map, "a\0b", 3, &value) && value == 3);
    assert_true(tac_map_get(map, "", 0, &value) && value == 4);
    assert_false(tac_map_get(map, "a", 1, &value));
    tac_map_free(map);
}

static void setting_again_replaces(void **state)
{
    (void)state;
    tac_map *map = tac_map_create();
    uint32_t value = 0;
    assert_true(tac_map_set(map, "x", 1, 1));
    assert_true(tac_map_set(map, "x", 1, 2));
    assert_int_equal(tac_map_n(map), 1);
    assert_true(tac_map_get(map, "x", 1, &value) && value == 2);
    tac_map_free(map);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        tac_alloc_fail_after(i);
        assert_null(tac_map_create());
    }
    tac_map *map = tac_map_create();
    char key[16];
    uint32_t n_kept = 0;
    for (uint32_t i = 0; i < 200; i++) {
        snprintf(key, sizeof key, "%u", (unsigned)i);
        tac_alloc_fail_after(i % 2 == 0 ? 0 : SIZE_MAX); /* most sets need no memory */
        n_kept += tac_map_set(map, key, strlen(key), i) ? 1 : 0;
    }
    tac_alloc_fail_after(SIZE_MAX);
    assert_int_equal(tac_map_n(map), n_kept);
    assert_true(n_kept < 200 && n_kept > 100);
    tac_map_free(map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_keys_are_found_again),
        cmocka_unit_test(a_key_is_its_bytes_and_its_length),
        cmocka_unit_test(setting_again_replaces),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
