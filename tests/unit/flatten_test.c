/* SPDX-License-Identifier: Apache-2.0 */
/* Modules, instances, ports and `is`: many names become one, and the right one survives. */
#include "close.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void an_instance_gives_its_names_a_prefix(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "model Decay()\n  x' = -k*x; x = 1; k = 2;\nend\n"
                                     "model *two()\n  a: Decay(); b: Decay();\nend\n");
    assert_int_equal(symbol_of(model, "a.x")->role, TAC_ROLE_STATE);
    assert_close(symbol_of(model, "b.k")->value, 2.0, 0.0, 0.0);
    assert_int_equal(model->n_symbol, 4);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_port_is_the_outer_name(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "model Decay(x, k)\n  x' = -k*x; x = 1;\nend\n"
                                     "model *top()\n  k0 = 3; a: Decay(drug, k0);\nend\n");
    assert_string_equal(symbol_of(model, "a.x")->id, "drug");
    assert_string_equal(symbol_of(model, "a.k")->id, "k0");
    assert_int_equal(symbol_of(model, "drug")->role, TAC_ROLE_STATE);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void the_right_hand_name_of_is_survives(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model =
        model_of(ctx,
                 "model Clock()\n  var drive has dimensionless; // owner\n  drive := 2;\nend\n"
                 "model Axis()\n  var c has dimensionless; // reader\n  var y has dimensionless;\n"
                 "  y := 2*c;\nend\n"
                 "model *top()\n  clock: Clock(); axis: Axis(); axis.c is clock.drive;\nend\n");
    assert_string_equal(symbol_of(model, "axis.c")->id, "clock.drive");
    assert_string_equal(symbol_of(model, "clock.drive")->note, "owner");
    assert_int_equal(tac_model_check(ctx, model), TAC_OK);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_reader_that_says_var_does_not_make_a_constant_move(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model =
        model_of(ctx, "model Person()\n  age = 42; y := age;\nend\n"
                      "model Clock()\n  var years; z := years;\nend\n"
                      "model *top()\n  p: Person(); c: Clock(); c.years is p.age;\nend\n");
    assert_int_equal(symbol_of(model, "c.years")->role, TAC_ROLE_CONSTANT);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void chains_of_is_end_in_one_name(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "a is b; b is c; c is d; d = 4; y := a + b + c + d;");
    assert_string_equal(symbol_of(model, "a")->id, "d");
    assert_int_equal(model->n_symbol, 2);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void mistakes_of_joining_are_named(void **state)
{
    (void)state;
    model_must_fail("model *a()\n  x: B();\nend", TAC_E_MODEL, "test:2:6: there is no model 'B'");
    model_must_fail("model *a()\n  x: a();\nend", TAC_E_MODEL, "does a model hold itself?");
    model_must_fail("model B(x)\nend\nmodel *a()\n  y: B(p, q);\nend", TAC_E_MODEL,
                    "model 'B' has 1 ports, here are 2 names");
    model_must_fail("var a has second; var b has metre; a is b; a = 1", TAC_E_UNITS,
                    "two names in different units cannot be one: s against m");
    model_must_fail("unit h = 3600 second; var a has second; var b has h; a is b; a = 1",
                    TAC_E_UNITS, "(a factor of 3600)");
    model_must_fail("var a has second; a has metre; a = 1", TAC_E_UNITS,
                    "a second unit for one name");
    model_must_fail("a is b; a := 1; b := 2", TAC_E_MODEL, "'b' has a rule already");
}

static void a_unit_is_printed_as_its_name_says(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "unit U_per_L = U/L; var ck has U_per_L; var t has degC;\n"
                                     "var also has U_per_L; ck = 1; t = 37; also = 2;");
    assert_string_equal(symbol_of(model, "ck")->unit_text, "U/L");
    assert_string_equal(symbol_of(model, "also")->unit_text, "U/L");
    assert_string_equal(symbol_of(model, "t")->unit_text, "degC");
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_constant_takes_no_rule(void **state)
{
    (void)state;
    model_must_fail("const k; k := 2", TAC_E_MODEL,
                    "test:1:10: 'k' is declared 'const' and has a rule; write 'var'");
    model_must_fail("const k; k = 1; k' = 2", TAC_E_MODEL, "'k' is declared 'const'");
    model_must_fail("const a; a is b; b := 2", TAC_E_MODEL, "'b' is declared 'const'");
    model_must_fail("model A()\n const k; k = 1\nend\nmodel *top()\n a: A(); a.k' = 2\nend",
                    TAC_E_MODEL, "'a.k' is declared 'const'");
}

/** m40 holds two m39, which hold two m38 each ...: 2^40 instances of m0, whose text is `inner`. */
static void doubling_must_fail(const char *inner, const char *part)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "model m0()\n%s\nend\n", inner);
    for (int i = 1; i <= 40; i++) {
        tac_buf_print(&text, "model m%d()\n a: m%d(); b: m%d()\nend\n", i, i - 1, i - 1);
    }
    assert_false(text.has_failed);
    model_must_fail(tac_buf_str(&text), TAC_E_MODEL, part);
    tac_buf_free(&text);
}

static void instances_without_end_are_refused_in_bounded_time(void **state)
{
    (void)state;
    doubling_must_fail("x = 1", "a model of more than 100000 names");
    doubling_must_fail("", "a model of more than 400000 statements");
}

static void a_name_has_a_length_that_can_be_printed(void **state)
{
    (void)state;
    char text[600];
    memset(text, 'a', 401);
    memcpy(text + 401, " = 1", 5);
    model_must_fail(text, TAC_E_MODEL, "test:1:1: a name of more than 400 characters");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instance_gives_its_names_a_prefix),
        cmocka_unit_test(a_port_is_the_outer_name),
        cmocka_unit_test(the_right_hand_name_of_is_survives),
        cmocka_unit_test(a_reader_that_says_var_does_not_make_a_constant_move),
        cmocka_unit_test(chains_of_is_end_in_one_name),
        cmocka_unit_test(mistakes_of_joining_are_named),
        cmocka_unit_test(a_unit_is_printed_as_its_name_says),
        cmocka_unit_test(a_constant_takes_no_rule),
        cmocka_unit_test(instances_without_end_are_refused_in_bounded_time),
        cmocka_unit_test(a_name_has_a_length_that_can_be_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
