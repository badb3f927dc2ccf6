/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, units, clocks, dates and weekdays as people write them, right and wrong. */
#include "scenario/quantity.h"

#include "close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_status read_text(tac_ctx *ctx, const char *text, const char *wanted, double *value_out)
{
    const tac_source source = {"s.yaml", text, strlen(text)};
    const tac_yaml_node node = {.kind = TAC_YAML_SCALAR,
                                .span = {0, (uint32_t)strlen(text)},
                                .text = text};
    return tac_quantity_read(ctx, &source, &node, "it", wanted, NULL, value_out);
}

static void numbers_are_converted_to_the_wanted_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *wanted;
        double value;
    } CASES[] = {{"60 min", "h", 1.0},       {"5.5h", "h", 5.5},
                 {"12 weeks", "h", 2016.0},  {"1 week", "d", 7.0},
                 {"10 d", "h", 240.0},       {"90 s", "min", 1.5},
                 {"1.5 hrs", "min", 90.0},   {"-30 min", "h", -0.5},
                 {"1e2 min", "s", 6000.0},   {".5 h", "min", 30.0},
                 {"55 %", "1", 0.55},        {"0.55", "1", 0.55},
                 {"8 kPa", "kPa", 8.0},      {"60 mmHg", "kPa", 7.99934},
                 {"9 MPa", "kPa", 9000.0},   {"168 cm", "m", 1.68},
                 {"71 kg", "kg", 71.0},      {"150 lb", "kg", 68.0389},
                 {"42 years", "year", 42.0}, {"30 TCID50", "TCID50", 30.0},
                 {"2 ng/kg", "ng/kg", 2.0},  {"6 per min", "1/min", 6.0},
                 {"6 1/min", "1/min", 6.0},  {"0.1 Hz", "1/min", 6.0},
                 {"300 lux", "lux", 300.0},  {"10 µg", "ug", 10.0},
                 {"3 cm/s", "cm/s", 3.0}};
    tac_ctx *ctx = tac_ctx_create();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        double value = 0.0;
        if (read_text(ctx, CASES[i].text, CASES[i].wanted, &value) != TAC_OK) {
            fail_msg("%s", tac_ctx_message(ctx));
        }
        assert_close(value, CASES[i].value, 1e-5, 0.0);
    }
    tac_ctx_free(ctx);
}

static void what_is_wrong_is_said_with_what_would_be_right(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *wanted;
        const char *message;
    } CASES[] = {
        {"60", "h", "'60' has no unit; write '60 min' or '60 h'"},
        {"168", "m", "'168' has no unit; write '168 cm'"},
        {"1.68", "m", "'1.68' has no unit; write '1.68 m'"},
        {"71", "kg", "'71' has no unit; write '71 kg'"},
        {"2", "ng/kg", "'2' has no unit; write '2 ng/kg'"},
        {"8 cm", "kPa", "'8 cm' is a length; it needs kPa or mmHg"},
        {"55 h", "1", "'55 h' is a time; it needs a plain number or %"},
        {"5 kg", "h", "'5 kg' is a weight; it needs s, min, h, d or weeks"},
        {"5 %", "ng/kg", "'5 %' is a pure number; it needs ng/kg"},
        {"5 ng/kg", "1", "'5 ng/kg' is a pure number; it needs a plain number or %"},
        {"5 N", "kPa", "'5 N' is a force"},
        {"5 mol/s", "h", "'5 mol/s' is something else; it needs s, min, h, d or weeks"},
        {"60 mni", "h", "no unit 'mni' (did you mean 'min'?); it needs s, min, h, d or weeks"},
        {"60 florins", "h", "no unit 'florins'; it needs"},
        {"abc", "h", "'abc' is not a number; it needs"},
        {"", "h", "'' is not a number; it needs"},
        {"nan h", "h", "'nan h' is not a number"},
        {"inf h", "h", "'inf h' is not a number"},
        {"1e999 h", "h", "'1e999 h' is not a number"},
        {"0x10 h", "h", "no unit 'x10 h'"},
        {"- 5 h", "h", "'- 5 h' is not a number"},
        {"5,5 h", "h", "'5,5 h' has a comma, write a point; it needs"},
        {"12 y", "kPa", "'12 y' is a time"},
    };
    tac_ctx *ctx = tac_ctx_create();
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        double value = 7.0;
        tac_ctx_clear(ctx);
        assert_int_equal(read_text(ctx, CASES[i].text, CASES[i].wanted, &value), TAC_E_INPUT);
        if (strstr(tac_ctx_message(ctx), CASES[i].message) == NULL) {
            fail_msg("'%s' is not in '%s'", CASES[i].message, tac_ctx_message(ctx));
        }
        assert_true(value == 7.0); /* untouched */
    }
    tac_ctx_free(ctx);
}

static void a_list_is_no_number(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    double value = 0.0;
    const tac_source source = {"s.yaml", "[1]", 3};
    const tac_yaml_node node = {.kind = TAC_YAML_LIST, .span = {0, 1}};
    assert_int_equal(tac_quantity_read(ctx, &source, &node, "for", "h", "minutes or hours", &value),
                     TAC_E_INPUT);
    assert_non_null(
        strstr(tac_ctx_message(ctx), "a list or a map stands here; for needs minutes or hours"));
    tac_ctx_free(ctx);
}

static void clocks_have_24_hours_of_60_minutes(void **state)
{
    (void)state;
    static const char *const BAD[] = {"24:00", "18:60", "1800",  "18.00", "6pm",   "18:0",
                                      ":30",   "-1:00", "18:3x", "",      "018:00"};
    double h = -1.0;
    assert_true(tac_clock_parse("00:00", &h) && h == 0.0);
    assert_true(tac_clock_parse("18:30", &h) && h == 18.5);
    assert_true(tac_clock_parse("7:15", &h) && h == 7.25);
    assert_true(tac_clock_parse("23:59", &h));
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(tac_clock_parse(BAD[i], &h));
    }
}

static void dates_are_days_of_the_calendar(void **state)
{
    (void)state;
    static const char *const BAD[] = {
        "2026-02-29",  "2026-13-01",       "2026-00-10", "2026-01-00",
        "2026-04-31",  "26-09-07",         "2026/09/07", "2026-09-07 25:00",
        "2026-09-07x", "7 September 2026", "",           "2026-09-07 "};
    long day = 0;
    double h = 0.0;
    assert_true(tac_date_parse("1970-01-01", &day, &h) && day == 0 && h == 0.0);
    assert_true(tac_date_parse("2000-03-01 06:30", &day, &h) && day == 11017 && h == 6.5);
    assert_true(tac_date_parse("2024-02-29", &day, &h));
    assert_true(tac_date_parse("2026-09-07T12:00", &day, &h) && h == 12.0);
    assert_true(tac_date_parse("1969-12-31", &day, &h) && day == -1);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(tac_date_parse(BAD[i], &day, &h));
    }
}

static void days_of_the_week_follow_from_the_date(void **state)
{
    (void)state;
    long day = 0;
    double h = 0.0;
    assert_int_equal(tac_weekday_of(0), 3); /* 1970-01-01 was a Thursday */
    assert_int_equal(tac_weekday_of(-1), 2);
    assert_int_equal(tac_weekday_of(-4), 6);
    assert_true(tac_date_parse("2026-09-07", &day, &h));
    assert_int_equal(tac_weekday_of(day), 0); /* a Monday */
}

static void weekdays_have_short_and_long_names(void **state)
{
    (void)state;
    static const char *const BAD[] = {"tues", "we", "", "mond", "mo", "days"};
    unsigned day = 9;
    assert_true(tac_weekday_parse("mon", &day) && day == 0);
    assert_true(tac_weekday_parse("Wednesday", &day) && day == 2);
    assert_true(tac_weekday_parse("SUN", &day) && day == 6);
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        assert_false(tac_weekday_parse(BAD[i], &day));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_converted_to_the_wanted_unit),
        cmocka_unit_test(what_is_wrong_is_said_with_what_would_be_right),
        cmocka_unit_test(a_list_is_no_number),
        cmocka_unit_test(clocks_have_24_hours_of_60_minutes),
        cmocka_unit_test(dates_are_days_of_the_calendar),
        cmocka_unit_test(days_of_the_week_follow_from_the_date),
        cmocka_unit_test(weekdays_have_short_and_long_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
