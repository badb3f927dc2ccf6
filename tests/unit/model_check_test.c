/* SPDX-License-Identifier: Apache-2.0 */
/* The check of a model finds what has no value, what does not fit, and says by which factor. */
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Units of the examples below. */
#define UNITS                                                                \
    "unit h = 3600 second; unit per_h = 1/h; unit per_min = 1/(60 second); " \
    "unit pg_per_mL = pg/mL; "

static void check_good(const char *text)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, text);
    if (tac_model_check(ctx, model) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void equations_with_agreeing_units_pass(void **state)
{
    (void)state;
    check_good(UNITS "var x has pg_per_mL; x = 1; k = 2 per_h; x' = -k*x");
    check_good(UNITS
               "var x has pg_per_mL; x = 1; k = 2 per_h; half = 3 pg_per_mL; n = 2 dimensionless;"
               " x' = -k*x*(x/half)^n/(1 + (x/half)^n)");
    check_good(UNITS "var y has pg_per_mL; a = 1 pg_per_mL; y := max(0, a)");
    check_good(UNITS "var y has dimensionless; y := cos(2*pi*time/p); p = 24 h");
    check_good(
        UNITS "function half(a, b) (a + b)/2; end; var y has h; a = 1 h; b = 2 h; y := half(a, b)");
    check_good("x = 1; k = 3; x' = -k*x + 7 + sin(x)"); /* no units at all: nothing to check */
}

static void a_missing_conversion_is_named_with_its_factor(void **state)
{
    (void)state;
    model_must_fail(
        UNITS "var x has pg_per_mL; x = 1; k = 2 per_min; x' = -k*x", TAC_E_UNITS,
        "'x'' is in pg/mL/h, the right side in pg/mL/min: multiply the right side by 60 "
        "(60 min/h)\n");
    model_must_fail(UNITS "var y has h; a = 1 h; b = 2 second; y := a + b", TAC_E_UNITS,
                    "the first part is in h, the second in s: multiply the second by "
                    "0.0002777777778 (divide by 3600 s/h)\n");
}

static void a_clash_of_dimensions_points_at_the_place(void **state)
{
    (void)state;
    model_must_fail("var y has second;\ny := a + b;\na = 1 second; b = 1 metre", TAC_E_UNITS,
                    "test:2:6: the first part is in s, the second in m: the dimensions differ\n"
                    "  y := a + b;\n       ^~~~~");
    model_must_fail("var y has dimensionless; a = 1 second; y := exp(a)", TAC_E_UNITS,
                    "exp takes a pure number, this is in s");
    model_must_fail("var y has dimensionless; a = 1 second; n = 2 dimensionless; y := a^n",
                    TAC_E_UNITS, "a base with a power that is a name");
    model_must_fail("var y has second; a = 1 second; y := piecewise(a, a < 1, 2)", TAC_E_UNITS,
                    "the first part is in s, the second in 1");
    model_must_fail("var y has second; a = 1 second; y := a; b = 3; z := b", TAC_E_UNITS,
                    "'b' has no unit; declare it");
    model_must_fail("function f(a) a + 1; end\nvar y has second; t0 = 1 second; y := f(t0)",
                    TAC_E_UNITS, "in this call of 'f'");
}

static void powers_written_in_numbers_scale_the_unit(void **state)
{
    (void)state;
    check_good("var a has m; a = 1; var y has m; y := (a^2)^(1/2); var z has m; z := (a^-2)^-0.5;");
    check_good("unit L_per_m3 = L/m^3; var a has m; a = 1; var v has m; v := sqrt(a*a);"
               "var w has L; w := k*a^(4 - 1); k = 1000 L_per_m3");
    model_must_fail("var a has m; a = 1; var y has m; y := a^2", TAC_E_UNITS,
                    "'y' is in m, the right side in m^2: the dimensions differ\n");
}

static void percent_is_a_pure_number_with_a_factor(void **state)
{
    (void)state;
    model_must_fail("var p has %; p = 50", TAC_E_SYNTAX, "the name of a unit is wanted");
    model_must_fail("unit pct = %; var p has pct; p = 50; var y has dimensionless; y := exp(p)",
                    TAC_E_UNITS, "exp takes a pure number, this is in %: multiply by 0.01");
    model_must_fail("unit pct = %; var p has pct; p = 50; var y has dimensionless; y := p",
                    TAC_E_UNITS,
                    "'y' is in 1, the right side in %: multiply the right side by "
                    "0.01");
}

static void conditions_and_comparisons_are_measured(void **state)
{
    (void)state;
    check_good("var a has m; a = 1; var y has m; y := piecewise(0, a > 0, a)");
    model_must_fail("var a has m; a = 1; var y has m; y := piecewise(a, a, 0)", TAC_E_UNITS,
                    "a condition takes a pure number, this is in m");
    model_must_fail("var a has m; a = 1; var y has dimensionless; y := a > 1", TAC_E_UNITS,
                    "the first part is in m, the second in 1: the dimensions differ");
    model_must_fail("var a has m; a = 1; var b has s; b = 1; var y has m; y := min(a, b)",
                    TAC_E_UNITS, "the first part is in m, the second in s");
}

static void a_number_alone_is_in_the_unit_of_what_it_starts(void **state)
{
    (void)state;
    check_good("var a has m; a = -3; const b has s; b = 2");
    check_good("var b has cm; b = 2 cm; c = 3 s");
    model_must_fail("var a has m; a = 3 cm", TAC_E_UNITS,
                    "'a' is in m, the right side in cm: multiply the right side by 0.01");
    model_must_fail("var a has m; var b has m; b := a + 3; a = 1", TAC_E_UNITS,
                    "the first part is in m, the second in 1");
}

static void a_unit_on_one_number_makes_a_model_with_units(void **state)
{
    (void)state;
    model_must_fail("a = 1; y := 2 mL*a", TAC_E_UNITS, "'a' has no unit; declare it");
}

static void time_may_be_in_another_unit_than_hours(void **state)
{
    (void)state;
    check_good("unit time_unit = second; var x has m; x = 1; k = 2; k has Hz; x' = -k*x");
    model_must_fail("var x has m; x = 1; k = 2; k has Hz; x' = -k*x", TAC_E_UNITS,
                    "'x'' is in m/h, the right side in m/s: multiply the right side by 3600 "
                    "(3600 s/h)");
}

static void a_misspelt_name_gets_a_proposal(void **state)
{
    (void)state;
    model_must_fail("cortisol = 1; y := 2*cortisl", TAC_E_MODEL,
                    "test:1:22: 'cortisl' has no value: neither a rule, nor a number in the text, "
                    "nor a row in the parameter table; did you mean 'cortisol'?\n");
}

static void what_is_computed_once_may_not_follow_what_changes(void **state)
{
    (void)state;
    check_good("k = 2; twice = 2*k; four = 2*twice; x = 1; x' = -four*x; y := twice*x");
    model_must_fail("x = 1; x' = -x; z = 2*x", TAC_E_MODEL,
                    "test:1:17: 'z' is computed once, but 'x' changes; write 'z := ...' if it "
                    "shall follow, 'const z' if its value at the start is meant");
    check_good("x = 1; x' = -x; const z = 2*x; y := z + x");
    model_must_fail("z = 2*time", TAC_E_MODEL, "'z' is computed once, but 'time' changes");
    model_must_fail("var u; u = 1; y := 2*u; z = exp(1 + y)", TAC_E_MODEL,
                    "'z' is computed once, but 'y' changes");
}

static void unitless_symbols_do_not_hide_other_errors(void **state)
{
    (void)state;
    model_must_fail("var a has m; b = 1; c := b; y := d", TAC_E_MODEL, "'d' has no value");
    model_must_fail("var a has m; b = 1; c := b; y := d", TAC_E_MODEL, "'b' has no unit");
    model_must_fail("var a has m; b = 1; c := b; y := d", TAC_E_MODEL, "'a' has no value");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equations_with_agreeing_units_pass),
        cmocka_unit_test(a_missing_conversion_is_named_with_its_factor),
        cmocka_unit_test(a_clash_of_dimensions_points_at_the_place),
        cmocka_unit_test(powers_written_in_numbers_scale_the_unit),
        cmocka_unit_test(percent_is_a_pure_number_with_a_factor),
        cmocka_unit_test(conditions_and_comparisons_are_measured),
        cmocka_unit_test(a_number_alone_is_in_the_unit_of_what_it_starts),
        cmocka_unit_test(a_unit_on_one_number_makes_a_model_with_units),
        cmocka_unit_test(time_may_be_in_another_unit_than_hours),
        cmocka_unit_test(a_misspelt_name_gets_a_proposal),
        cmocka_unit_test(what_is_computed_once_may_not_follow_what_changes),
        cmocka_unit_test(unitless_symbols_do_not_hide_other_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
