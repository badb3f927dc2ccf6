/* SPDX-License-Identifier: Apache-2.0 */
/* SBML out: what is written is valid, and read back it runs to the same numbers. */
#include "model/sbml_write.h"

#include "base/alloc.h"
#include "close.h"
#include "follow.h"
#include "model/antimony_write.h"
#include "model/endless.h"
#include "model/sbml_check.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/** Write a text as SBML, hold it against libSBML, and compare the two runs at t. */
static void check_round_trip(const char *antimony, size_t n_id, const char *const *ids,
                             const char *const *written, double t)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_buf xml = TAC_BUF_INIT;
    tac_model *model = model_of(ctx, antimony);
    if (tac_model_check(ctx, model) != TAC_OK || tac_sbml_write(ctx, model, &xml) != TAC_OK
        || tac_sbml_check(ctx, "written", &xml, true, NULL) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_followed *first = follow_text(antimony, 4.0);
    tac_followed *second = follow_text(tac_buf_str(&xml), 4.0);
    for (size_t i = 0; i < n_id; i++) {
        assert_close(followed_at(second, written[i], t), followed_at(first, ids[i], t), 1e-13, 0.0);
    }
    followed_free(first);
    followed_free(second);
    tac_buf_free(&xml);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void reactions_events_and_modules_run_to_the_same_numbers(void **state)
{
    (void)state;
    static const char *const IDS[] = {"A", "B", "p.x", "p.y", "c", "n"};
    static const char *const WRITTEN[] = {"A", "B", "p__x", "p__y", "c", "n"};
    check_round_trip(
        "model part(k)\n x = 2; x' = -k*x; y := piecewise(x, time < 1, exp(-x)); end\n"
        "model *whole()\n compartment c; c = 2; c' = 0.25; species A in c, B in c;\n"
        "A = 3; B = 0.5; k = 0.7; p: part(k); J: A -> 2 B; k*A*c\n"
        "at B > 2, priority = 1: B = 0.125, c = 1.5*c; n = 0; at 0.5 after B > 1, persistent = false: n = n + c\nend",
        6, IDS, WRITTEN, 4.0);
}

static void each_operation_is_written(void **state)
{
    (void)state;
    static const char *const IDS[] = {"y"};
    check_round_trip(
        "a = 1.5; b = 0.25; x = 1; x' = 1; y := a + b - a*b/x^2 + exp(a) + ln(a) + log10(a) +"
        "sqrt(a) + abs(-a) + floor(a) + ceil(a) + sin(a) + cos(a) + tan(a) + asin(b) + acos(b) +"
        "atan(b) + sinh(b) + cosh(b) + tanh(b) + min(a, b) + max(a, b) + factorial(3) + rateOf(x) +"
        "piecewise(1, a < b, 2) + piecewise(1, a <= b, 2) + piecewise(1, a > b, 2) +"
        "piecewise(1, a >= b, 2) + piecewise(1, a == b, 2) + piecewise(1, a != b, 2) +"
        "piecewise(1, a < b && b < a, 2) + piecewise(1, a < b || b < a, 2) +"
        "piecewise(1, !(a < b), 2) + time + 1e-30 + 1e30",
        1, IDS, IDS, 2.0);
}

/* Names that meet when dots become _, words with signs, and units. */
static void ids_words_and_units_are_kept(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf xml = TAC_BUF_INIT;
    tac_model *model =
        model_of(ctx, "model part()\n var x has nmol_per_L; // less < more & \"so\"\n"
                      "x = 2 nmol_per_L; end\nunit nmol_per_L = 1e-9 mole/litre\n"
                      "model *whole()\n a: part(); a__x = 3 mL; end");
    assert_int_equal(tac_sbml_write(ctx, model, &xml), TAC_OK);
    if (tac_sbml_check(ctx, "written", &xml, true, NULL) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    assert_non_null(strstr(xml.text, "id=\"a__x_\" name=\"a.x\" value=\"2\" units=\"nmol_per_L\""));
    assert_non_null(strstr(xml.text, "id=\"a__x\" value=\"3\" units=\"mL\""));
    assert_non_null(strstr(xml.text, "less &lt; more &amp; &quot;so&quot;"));
    tac_buf_free(&xml);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* libSBML looks for the value of an exponent, and of a state with a rate and a formula of its start does not find it. */
static void an_exponent_that_libsbml_cannot_find_is_written_as_a_logarithm(void **state)
{
    (void)state;
    static const char TEXT[] = "const q has dimensionless; q = 2.3; const a has kelvin; a = 3;\n"
                               "var T has kelvin; T = 2*a; T' = -0.5 per_h*T;\n"
                               "var y has dimensionless; y := q^(T/a) - max(0, T)/a;\n"
                               "unit per_h = 1/3600 second^-1\n";
    static const char *const IDS[] = {"y", "T"};
    tac_ctx *ctx = tac_ctx_create();
    tac_buf xml = TAC_BUF_INIT;
    tac_buf again = TAC_BUF_INIT;
    tac_model *model = model_of(ctx, TEXT);
    tac_model *read = NULL;
    tac_sbml_findings findings;
    bool is_endless = true;
    assert_int_equal(tac_model_check(ctx, model), TAC_OK);
    assert_int_equal(tac_endless_has(ctx, model, &is_endless), TAC_OK);
    assert_false(is_endless);
    check_round_trip(TEXT, 2, IDS, IDS, 2.0);
    assert_int_equal(tac_sbml_write(ctx, model, &xml), TAC_OK);
    assert_non_null(strstr(xml.text, "<exp/>"));
    assert_int_equal(tac_sbml_check(ctx, "written", &xml, true, &findings), TAC_OK);
    assert_int_equal(findings.n_warning[TAC_SBML_UNITS], 0);
    read = model_of(ctx, xml.text); /* and it is a power again */
    assert_int_equal(tac_antimony_write(ctx, read, &again), TAC_OK);
    assert_non_null(strstr(again.text, "y := q^(T/a) - max(0, T)/a;"));
    tac_buf_free(&xml);
    tac_buf_free(&again);
    tac_model_free(model);
    tac_model_free(read);
    tac_ctx_free(ctx);
}

/* x^y of an x that changes has no logarithm where x is 0. */
static void a_power_of_what_changes_stays_one(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "a = 3; T = 2*a; T' = -T; x = 0; x' = 1; y := x^T");
    tac_buf xml = TAC_BUF_INIT;
    bool is_endless = false;
    assert_int_equal(tac_model_check(ctx, model), TAC_OK);
    assert_int_equal(tac_endless_has(ctx, model, &is_endless), TAC_OK);
    assert_true(is_endless);
    assert_int_equal(tac_sbml_write(ctx, model, &xml), TAC_OK);
    assert_non_null(strstr(xml.text, "<power/>"));
    tac_buf_free(&xml);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* More rules than libSBML can take at once are given to it in pieces: what is wrong with one is found, and found once. */
static void each_of_many_rules_is_checked_once(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf xml = TAC_BUF_INIT;
    tac_sbml_findings findings;
    tac_buf_text(&xml, "<?xml version='1.0' encoding='UTF-8'?>\n"
                       "<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' "
                       "version='2'><model><listOfParameters>\n");
    for (int i = 0; i < 340; i++) {
        tac_buf_print(&xml, "<parameter id='p%d' units='%s' constant='false'/>\n", i,
                      i == 4 || i == 333 ? "mole" : "second");
    }
    tac_buf_text(&xml, "</listOfParameters><listOfRules>\n");
    for (int i = 1; i < 340; i++) {
        tac_buf_print(&xml,
                      "<assignmentRule variable='p%d'><math "
                      "xmlns='http://www.w3.org/1998/Math/MathML'><ci>p0</ci></math>"
                      "</assignmentRule>\n",
                      i);
    }
    tac_buf_text(&xml, "</listOfRules></model></sbml>");
    assert_int_equal(tac_sbml_check(ctx, "mine", &xml, true, &findings), TAC_OK);
    assert_int_equal(findings.n_warning[TAC_SBML_UNITS], 2);
    tac_buf_free(&xml);
    tac_ctx_free(ctx);
}

/* A sum with a thousand steps inside each other is more than readers of XML accept. */
static void what_no_reader_would_accept_is_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    tac_buf xml = TAC_BUF_INIT;
    tac_buf_text(&text, "a = 1; y := a");
    for (int i = 0; i < 500; i++) {
        tac_buf_text(&text, " + a");
    }
    tac_model *model = model_of(ctx, tac_buf_str(&text));
    assert_int_equal(tac_sbml_write(ctx, model, &xml), TAC_E_MODEL);
    assert_non_null(strstr(tac_ctx_message(ctx), "200 inside each other"));
    tac_buf_free(&text);
    tac_buf_free(&xml);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void libsbml_finds_what_is_wrong(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf xml = TAC_BUF_INIT;
    tac_buf_text(&xml,
                 "<?xml version='1.0' encoding='UTF-8'?>\n<sbml "
                 "xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' "
                 "version='2'><model><listOfParameters>\n<parameter id='a' constant='true'/>\n"
                 "<parameter id='a' constant='true'/></listOfParameters></model></sbml>");
    assert_int_equal(tac_sbml_check(ctx, "mine", &xml, true, NULL), TAC_E_SYNTAX);
    assert_non_null(strstr(tac_ctx_message(ctx), "mine:"));
    tac_buf_free(&xml);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reactions_events_and_modules_run_to_the_same_numbers),
        cmocka_unit_test(each_operation_is_written),
        cmocka_unit_test(ids_words_and_units_are_kept),
        cmocka_unit_test(an_exponent_that_libsbml_cannot_find_is_written_as_a_logarithm),
        cmocka_unit_test(a_power_of_what_changes_stays_one),
        cmocka_unit_test(each_of_many_rules_is_checked_once),
        cmocka_unit_test(what_no_reader_would_accept_is_refused),
        cmocka_unit_test(libsbml_finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
