/* SPDX-License-Identifier: Apache-2.0 */
/* What is a state, a constant, an input, an assigned variable; in which order; and what is refused. */
#include "close.h"
#include "compile/system.h"
#include "programs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char MIXED[] = "model mixed()\n"
                            "  var u;\n"
                            "  last := middle + x;\n"
                            "  middle := 2*first + y;\n"
                            "  first := k*u + time;\n"
                            "  y = 3; x = 1; k = 5; u = 7; twice = 2*k;\n"
                            "  y' = -last; x' = twice*first;\n"
                            "end\n";

static void every_symbol_has_its_slot(void **state)
{
    (void)state;
    tac_program *program = program_of(MIXED);
    const tac_image *image = tac_program_image(program);
    assert_int_equal(image->n_state, 2);
    assert_int_equal(image->n_parameter, 1);
    assert_int_equal(image->n_input, 1);
    assert_int_equal(image->n_output, 4);
    assert_int_equal(tac_program_find(program, "x")->slot, TAC_SLOT_STATE);
    assert_int_equal(tac_program_find(program, "k")->slot, TAC_SLOT_PARAMETER);
    assert_int_equal(tac_program_find(program, "u")->slot, TAC_SLOT_INPUT);
    assert_int_equal(tac_program_find(program, "last")->slot, TAC_SLOT_OUTPUT);
    assert_int_equal(tac_program_find(program, "twice")->slot, TAC_SLOT_OUTPUT);
    tac_program_free(program);
}

static size_t place_of(const tac_program *program, const char *id)
{
    return tac_program_find(program, id)->index;
}

static void assigned_variables_stand_behind_what_they_use(void **state)
{
    (void)state;
    tac_program *program = program_of(MIXED);
    assert_true(place_of(program, "first") < place_of(program, "middle"));
    assert_true(place_of(program, "middle") < place_of(program, "last"));
    tac_program_free(program);
}

/* first = 5*7 + t, middle = 2*first + y, last = middle + x; written in the wrong order in the text. */
static void the_order_of_the_text_does_not_matter(void **state)
{
    (void)state;
    tac_program *program = program_of(MIXED);
    tac_values v = values_of(program);
    v.t = 0.5;
    values_compute(&v);
    assert_close(v.y[place_of(program, "first")], 35.5, 0.0, 0.0);
    assert_close(v.y[place_of(program, "middle")], 74.0, 0.0, 0.0);
    assert_close(v.y[place_of(program, "last")], 75.0, 0.0, 0.0);
    assert_close(v.y[place_of(program, "twice")], 10.0, 0.0, 0.0);
    assert_close(v.dxdt[place_of(program, "y")], -75.0, 0.0, 0.0);
    assert_close(v.dxdt[place_of(program, "x")], 355.0, 0.0, 0.0);
    values_free(&v);
    tac_program_free(program);
}

/* A chain of 2,000 rules, each written before what it needs: no recursion, so no depth is too much. */
static void a_long_chain_of_rules_is_ordered(void **state)
{
    (void)state;
    enum { N = 2000 };
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, "model chain()\n");
    for (int i = N; i > 0; i--) {
        tac_buf_print(&text, "a%d := a%d + 1;\n", i, i - 1);
    }
    tac_buf_text(&text, "a0 := x; x = 1; x' = 0*x; end\n");
    tac_program *program = program_of(tac_buf_str(&text));
    tac_values v = values_of(program);
    values_compute(&v);
    assert_close(v.y[place_of(program, "a2000")], 2001.0, 0.0, 0.0);
    values_free(&v);
    tac_program_free(program);
    tac_buf_free(&text);
}

static tac_status build(tac_ctx *ctx, const char *text)
{
    tac_model *model = NULL;
    tac_program *program = NULL;
    tac_status st = tac_model_read_text(ctx, "test", text, strlen(text), &model);
    assert_int_equal(st, TAC_OK);
    st = tac_program_build(ctx, model, &program);
    assert_true((st == TAC_OK) == (program != NULL));
    tac_program_free(program);
    tac_model_free(model);
    return st;
}

static void rules_that_need_each_other_are_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(build(ctx, "model round()\n a := b; b := c; c := a + x; x = 1; x' = a;\nend"),
                     TAC_E_MODEL);
    assert_non_null(strstr(tac_ctx_message(ctx), "assignment rules need each other"));
    assert_non_null(strstr(tac_ctx_message(ctx), "a -> b -> c -> a"));
    tac_ctx_free(ctx);
}

static void start_values_that_need_each_other_are_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(build(ctx, "model egg()\n x = 2*y;\n y = z;\n z := x + 1;\n"
                                " x' = 0*x; y' = 0*x;\nend"),
                     TAC_E_MODEL);
    assert_non_null(strstr(tac_ctx_message(ctx), "the start value of 'x' needs itself"));
    assert_non_null(strstr(tac_ctx_message(ctx), "test:2:"));
    assert_non_null(strstr(tac_ctx_message(ctx), "the start value of 'y' needs itself"));
    tac_ctx_free(ctx);
}

/* A start value may need an input, another start value, an assigned variable, and time, which is 0. */
static void start_values_follow_from_constants_and_inputs(void **state)
{
    (void)state;
    tac_program *program = program_of("model egg() var u; u = 3; k = 2; c = b*k; b = a + time + 1;"
                                      " a = k*u; seen := b + time; d = seen^2;"
                                      " a' = 0*a; b' = 0*a; c' = 0*a; d' = 0*a; end");
    tac_values v = values_of(program);
    assert_close(v.x[place_of(program, "a")], 6.0, 0.0, 0.0);
    assert_close(v.x[place_of(program, "b")], 7.0, 0.0, 0.0);
    assert_close(v.x[place_of(program, "c")], 14.0, 0.0, 0.0);
    assert_close(v.x[place_of(program, "d")], 49.0, 0.0, 0.0);
    values_free(&v);
    tac_program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_symbol_has_its_slot),
        cmocka_unit_test(assigned_variables_stand_behind_what_they_use),
        cmocka_unit_test(the_order_of_the_text_does_not_matter),
        cmocka_unit_test(a_long_chain_of_rules_is_ordered),
        cmocka_unit_test(rules_that_need_each_other_are_refused),
        cmocka_unit_test(start_values_that_need_each_other_are_refused),
        cmocka_unit_test(start_values_follow_from_constants_and_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
