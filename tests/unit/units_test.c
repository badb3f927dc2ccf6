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
                                           {"m^0.5 m^0.5", "m"},
                                           {"s^(-2)", "Hz^2"},
                                           {"10^9/L", "1e9/L"}};
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

/* Whatever is printed is read back as the same unit: all powers from -2 to 2 of four dimensions, three factors. */
static void what_is_printed_is_read_back(void **state)
{
    (void)state;
    static const double FACTORS[] = {1.0, 1.0 / 3600.0, 1e-6};
    static const char *const BASES[] = {"m", "kg", "s", "mol"};
    for (int code = 0; code < 3 * 625; code++) {
        tac_buf buf = TAC_BUF_INIT;
        tac_unit u = TAC_UNIT_ONE;
        u.factor = FACTORS[code % 3];
        for (int i = 0, rest = code / 3; i < 4; i++, rest /= 5) {
            u = tac_unit_mul(u, tac_unit_pow(unit(BASES[i]), rest % 5 - 2));
        }
        tac_unit_print(&buf, NULL, &u);
        const tac_unit again = unit(tac_buf_str(&buf));
        if (!tac_unit_equal(&again, &u)) {
            fail_msg("'%s' is read back as something else", tac_buf_str(&buf));
        }
        tac_buf_free(&buf);
    }
    tac_buf buf = TAC_BUF_INIT;
    const tac_unit resistance = unit("mmHg min/L");
    tac_unit_print(&buf, NULL, &resistance);
    assert_string_equal(tac_buf_str(&buf), "mmHg/(L/min)");
    tac_buf_free(&buf);
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
    check_message("m^(2", "test:1:5: a unit such as");
    check_message("0 m", "a unit such as");
    check_message("1e999 m", "a unit such as");
    check_message("", "a unit such as");
    check_message("-3 m", "a unit such as");
    check_message("((((((((((((((((((((((m))))))))))))))))))))))", "a unit such as");
}

/* The base units of SBML L3V2 (table 2 of its specification) by their full names. */
static void the_base_units_of_sbml_are_known(void **state)
{
    (void)state;
    static const char *const NAMES[] = {
        "ampere",    "avogadro", "becquerel", "candela", "coulomb", "dimensionless", "farad",
        "gram",      "gray",     "henry",     "hertz",   "item",    "joule",         "katal",
        "kelvin",    "kilogram", "litre",     "lumen",   "lux",     "metre",         "mole",
        "newton",    "ohm",      "pascal",    "radian",  "second",  "siemens",       "sievert",
        "steradian", "tesla",    "volt",      "watt",    "weber"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        (void)unit(NAMES[i]);
    }
    const tac_unit ohm = tac_unit_div(unit("volt"), unit("ampere"));
    const tac_unit joule = tac_unit_mul(unit("coulomb"), unit("volt"));
    const tac_unit tesla = tac_unit_div(unit("weber"), unit("m^2"));
    const tac_unit farad = tac_unit_div(unit("coulomb"), unit("volt"));
    const tac_unit henry = tac_unit_mul(ohm, unit("s"));
    const tac_unit siemens = tac_unit_pow(ohm, -1.0);
    const struct {
        const char *name;
        const tac_unit *made;
    } PAIRS[] = {{"ohm", &ohm},     {"joule", &joule}, {"tesla", &tesla},
                 {"farad", &farad}, {"henry", &henry}, {"siemens", &siemens}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        const tac_unit named = unit(PAIRS[i].name);
        assert_true(tac_unit_equal(&named, PAIRS[i].made));
    }
}

static void define(tac_unit_table *table, const char *name, const char *text)
{
    const tac_unit meaning = unit(text);
    assert_true(tac_unit_define(table, name, strlen(name), &meaning));
}

static void a_declared_name_is_spelled_as_people_write_it(void **state)
{
    (void)state;
    static const char *const CASES[][3] = {{"U_per_L", "U/L", "U/L"},
                                           {"per_h", "1/h", "1/h"},
                                           {"nmol2_per_L2", "(nmol/L)^2", "nmol^2/L^2"},
                                           {"TCID50_per_mL", "TCID50/mL", "TCID50/mL"},
                                           {"mmHg_min_per_L", "mmHg*min/L", "mmHg min/L"},
                                           {"slope", "mmHg/mL", "mmHg/mL"},
                                           {"cm2", "1e-4 m^2", "cm^2"}};
    tac_unit_table *table = tac_unit_table_create();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        define(table, CASES[i][0], CASES[i][1]);
    }
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        tac_unit_print_name(&buf, table, CASES[i][0], strlen(CASES[i][0]));
        const tac_unit again = unit(tac_buf_str(&buf));
        const tac_unit meant = unit(CASES[i][1]);
        assert_true(tac_unit_equal(&again, &meant));
        if (strcmp(CASES[i][0], "slope") != 0) {
            assert_string_equal(tac_buf_str(&buf), CASES[i][2]);
        }
        tac_buf_free(&buf);
    }
    tac_unit_table_free(table);
}

/* degC and K are one unit, U and item too: what was written is kept. */
static void built_in_names_stay_as_written(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"degC", "degC"}, {"kelvin", "kelvin"}, {"U", "U"}, {"dimensionless", "1"}, {"%", "%"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        tac_unit_print_name(&buf, NULL, CASES[i][0], strlen(CASES[i][0]));
        assert_string_equal(tac_buf_str(&buf), CASES[i][1]);
        tac_buf_free(&buf);
    }
}

static void a_name_that_lies_about_itself_is_not_believed(void **state)
{
    (void)state;
    tac_unit_table *table = tac_unit_table_create();
    tac_buf buf = TAC_BUF_INIT;
    define(table, "mg_per_L", "ug/L");
    tac_unit_print_name(&buf, table, "mg_per_L", strlen("mg_per_L"));
    assert_string_equal(tac_buf_str(&buf), "ug/L");
    tac_buf_free(&buf);
    tac_unit_table_free(table);
}

static void a_conversion_of_time_is_named(void **state)
{
    (void)state;
    static const char *const CASES[][3] = {{"1/min", "1/h", "60 (60 min/h)"},
                                           {"1/h", "1/min", "0.01666666667 (divide by 60 min/h)"},
                                           {"pg/mL/s", "pg/mL/h", "3600 (3600 s/h)"},
                                           {"d", "h", "24 (24 h/d)"},
                                           {"1", "%", "100 (100 %)"},
                                           {"umol/L", "nmol/L", "1000"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf buf = TAC_BUF_INIT;
        const tac_unit from = unit(CASES[i][0]);
        const tac_unit to = unit(CASES[i][1]);
        tac_unit_print_factor(&buf, &from, &to);
        assert_string_equal(tac_buf_str(&buf), CASES[i][2]);
        tac_buf_free(&buf);
    }
}

static void powers_beyond_numbers_are_never_alike(void **state)
{
    (void)state;
    const tac_unit huge = tac_unit_pow(tac_unit_pow(unit("m"), 1e200), 1e200);
    const tac_unit metre = unit("m");
    assert_false(tac_unit_same_dimension(&huge, &metre));
    assert_false(tac_unit_same_dimension(&huge, &huge));
    assert_false(tac_unit_is_pure(&huge));
}

static void the_nearest_name_may_be_one_of_the_file(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_unit_table *table = tac_unit_table_create();
    const tac_source source = {"test", "furlongs", 8};
    tac_unit found = TAC_UNIT_ONE;
    define(table, "furlong", "201.168 m");
    assert_int_equal(tac_unit_read(ctx, table, &source, (tac_span){0, 8}, &found), TAC_E_UNITS);
    assert_non_null(strstr(tac_ctx_message(ctx), "did you mean 'furlong'?"));
    tac_unit_table_free(table);
    tac_ctx_free(ctx);
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
        cmocka_unit_test(what_is_printed_is_read_back),
        cmocka_unit_test(a_wrong_unit_is_named_with_its_place_and_a_near_one),
        cmocka_unit_test(the_base_units_of_sbml_are_known),
        cmocka_unit_test(a_declared_name_is_spelled_as_people_write_it),
        cmocka_unit_test(built_in_names_stay_as_written),
        cmocka_unit_test(a_name_that_lies_about_itself_is_not_believed),
        cmocka_unit_test(a_conversion_of_time_is_named),
        cmocka_unit_test(powers_beyond_numbers_are_never_alike),
        cmocka_unit_test(the_nearest_name_may_be_one_of_the_file),
        cmocka_unit_test(names_of_a_file_come_before_the_built_in_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
