/* SPDX-License-Identifier: Apache-2.0 */
/* Units: reading, combining, naming, and what is refused. */
#include "model/units.h"

#include "close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_unit unit(const char *text)
{
    tac_unit u = TAC_UNIT_ONE;
    if (!tac_unit_parse(text, &u)) {
        fail_msg("'%s' cannot be read", text);
    }
    return u;
}

static void the_same_unit_may_be_written_in_many_ways(void **state)
{
    (void)state;
    static const char *const PAIRS[][2] = {{"mL/min", "1e-3 L/min"},
                                           {"nmol/L/h", "nmol/(L*h)"},
                                           {"1/h", "h^-1"},
                                           {"cm^2", "1e-4 m^2"},
                                           {"mmHg", "133.322387415 Pa"},
                                           {"kPa", "1e3 N/m^2"},
                                           {"60 second", "min"},
                                           {"55 %", "0.55"},
                                           {"pg/mL", "ng/L"},
                                           {"m^0.5 m^0.5", "m"}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        const tac_unit a = unit(PAIRS[i][0]);
        const tac_unit b = unit(PAIRS[i][1]);
        if (!tac_unit_equal(&a, &b)) {
            fail_msg("%s is not %s", PAIRS[i][0], PAIRS[i][1]);
        }
    }
}

static void a_factor_is_not_a_dimension(void **state)
{
    (void)state;
    const tac_unit hour = unit("1/h");
    const tac_unit minute = unit("1/min");
    const tac_unit mass = unit("kg/h");
    assert_true(tac_unit_same_dimension(&hour, &minute));
    assert_false(tac_unit_equal(&hour, &minute));
    assert_false(tac_unit_same_dimension(&hour, &mass));
    assert_close(minute.factor / hour.factor, 60.0, 1e-12, 0.0);
    const tac_unit percent = unit("%");
    assert_true(tac_unit_is_pure(&percent));
    assert_false(tac_unit_equal(&percent, &TAC_UNIT_ONE));
}

static void products_quotients_and_powers_follow_the_exponents(void **state)
{
    (void)state;
    const tac_unit speed = tac_unit_div(unit("m"), unit("s"));
    const tac_unit energy = tac_unit_mul(unit("kg"), tac_unit_pow(speed, 2.0));
    const tac_unit joule = unit("J");
    assert_true(tac_unit_equal(&energy, &joule));
}

static void units_are_printed_as_people_write_them(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"nmol/L", "1/h",   "h", "mmHg",
                                        "mL/min", "pg/mL", "1", "lux"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        const tac_unit u = unit(TEXTS[i]);
        tac_unit again = TAC_UNIT_ONE;
        tac_unit_print(&buf, NULL, &u);
        assert_true(tac_unit_parse(tac_buf_str(&buf), &again));
        assert_true(tac_unit_equal(&u, &again));
        assert_true(buf.n <= strlen(TEXTS[i]) + 2);
        tac_buf_free(&buf);
    }
}

static void check_message(const char *text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    const tac_source source = {"test", text, strlen(text)};
    tac_unit u = TAC_UNIT_ONE;
    assert_int_equal(tac_unit_read(ctx, NULL, &source, (tac_span){0, (uint32_t)source.n}, &u),
                     TAC_E_UNITS);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void a_wrong_unit_is_named_with_its_place_and_a_near_one(void **state)
{
    (void)state;
    check_message("nmol/Litr", "test:1:6: no unit is called 'Litr'");
    check_message("mmhg", "did you mean 'mmHg'?");
    check_message("nmol/", "a unit such as");
    check_message("nmol//L", "a unit such as");
    check_message("(nmol", "a unit such as");
    check_message("m^", "a unit such as");
    check_message("m^999", "a unit such as");
    check_message("", "a unit such as");
    check_message("-3 m", "a unit such as");
    check_message("((((((((((((((((((((((m))))))))))))))))))))))", "a unit such as");
}

static void names_of_a_file_come_before_the_built_in_ones(void **state)
{
    (void)state;
    tac_unit_table *table = tac_unit_table_create();
    const tac_unit micro = unit("1e-6 mol/L");
    tac_unit found = TAC_UNIT_ONE;
    assert_true(tac_unit_define(table, "uM", 2, &micro));
    assert_true(tac_unit_find(table, "uM", 2, &found));
    assert_true(tac_unit_equal(&found, &micro));
    assert_false(tac_unit_find(NULL, "uM", 2, &found));
    tac_unit_table_free(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_unit_may_be_written_in_many_ways),
        cmocka_unit_test(a_factor_is_not_a_dimension),
        cmocka_unit_test(products_quotients_and_powers_follow_the_exponents),
        cmocka_unit_test(units_are_printed_as_people_write_them),
        cmocka_unit_test(a_wrong_unit_is_named_with_its_place_and_a_near_one),
        cmocka_unit_test(names_of_a_file_come_before_the_built_in_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
