/* SPDX-License-Identifier: Apache-2.0 */
/* Muscle in the whole body: twelve maximal eccentric contractions of one arm, and nothing without strain. */
#include "body.h"
#include "close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const ARM =
    "title: test\nperson: {sex: male, age: 24, height: 175 cm, weight: 70 kg}\n"
    "start: \"2026-09-07 00:00\"\nduration: 7 d\nlife:\n"
    "  - {eccentric: true, muscle: elbow flexors, repetitions: 12, at: \"09:00\", on: day 1}\n";

/* Nosaka 2002: .581 (se .034) at once, .731 after 96 h. */
static void force_falls_at_once_and_comes_back_over_days(void **state)
{
    (void)state;
    tac_test_body *b = body_run(ARM);
    assert_close(body_at(b, "muscle.strength", 9.2), 0.581, 0.0, 0.034);
    assert_close(body_at(b, "muscle.strength", 105.2), 0.731, 0.0, 0.034);
    assert_close(body_at(b, "muscle.at_arm_l.lost", 105.2), 0.0, 0.0, 0.0);
    body_free(b);
}

/* Soreness is worst after one to three days, creatine kinase after four to five (Lavender 2006). */
static void soreness_and_creatine_kinase_come_later_than_weakness(void **state)
{
    (void)state;
    tac_test_body *b = body_run(ARM);
    assert_close(body_time_of_max(b, "muscle.soreness", 0.0, 168.0), 9.0 + 48.0, 0.0, 24.0);
    assert_close(body_max(b, "muscle.soreness", 0.0, 168.0), 5.0, 0.1, 0.0);
    assert_close(body_time_of_max(b, "muscle.ck", 0.0, 168.0), 9.0 + 108.0, 0.0, 12.0);
    body_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(force_falls_at_once_and_comes_back_over_days),
        cmocka_unit_test(soreness_and_creatine_kinase_come_later_than_weakness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
