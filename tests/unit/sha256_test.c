/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the examples of the standard. */
#include "base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(const char *text, size_t n_repeat, const char *want)
{
    tac_sha256 s;
    char hex[65];
    tac_sha256_begin(&s);
    for (size_t i = 0; i < n_repeat; i++) {
        tac_sha256_add(&s, text, strlen(text));
    }
    tac_sha256_end(&s, hex);
    assert_string_equal(hex, want);
}

/* NIST, Secure Hash Standard, examples with intermediate values: SHA-256. */
static void the_examples_of_the_standard_come_out(void **state)
{
    (void)state;
    expect("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    expect("aaaaaaaaaa", 100000,
           "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void two_texts_are_not_the_same_as_one(void **state)
{
    (void)state;
    tac_sha256 s;
    char one[65];
    char two[65];
    tac_sha256_begin(&s);
    tac_sha256_text(&s, "ab");
    tac_sha256_text(&s, "c");
    tac_sha256_end(&s, one);
    tac_sha256_begin(&s);
    tac_sha256_text(&s, "a");
    tac_sha256_text(&s, "bc");
    tac_sha256_end(&s, two);
    assert_string_not_equal(one, two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_standard_come_out),
        cmocka_unit_test(two_texts_are_not_the_same_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
