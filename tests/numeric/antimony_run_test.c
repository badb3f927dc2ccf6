/* SPDX-License-Identifier: Apache-2.0 */
/* What people write in Antimony, each against its exact solution: how models are put together and what is said of them. */
#include "close.h"
#include "follow.h"
#include "model_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** The value of `id` at the end of the run. */
static void check_end(const char *text, const char *id, double t, double want)
{
    tac_followed *f = follow_text(text, t);
    assert_close(followed_at(f, id, t), want, 1e-7, 1e-12);
    followed_free(f);
}

/* A' = -k A with A0 = 3: inside, k = 1 and A0 = 1; the model around says otherwise. */
static void the_model_around_has_the_last_word(void **state)
{
    (void)state;
    static const char MODEL[] = "model decay()\n A = 1; k = 1; A' = -k*A; B := 2*A; J: A0 -> C; k\n"
                                " A0 = 5; C = 0\nend\n";
    char text[600];
    snprintf(text, sizeof text, "%smodel *m()\n d: decay(); d.A = 3; d.k = 0.5\nend", MODEL);
    check_end(text, "d.A", 2.0, 3.0 * exp(-1.0));
    snprintf(text, sizeof text, "%smodel *m()\n d: decay(); d.B := 3*d.A\nend", MODEL);
    check_end(text, "d.B", 2.0, 3.0 * exp(-2.0));
    snprintf(text, sizeof text, "%smodel *m()\n d: decay(); d.J = 2*d.k\nend", MODEL);
    check_end(text, "d.C", 2.0, 4.0);
    snprintf(text, sizeof text, "%smodel *m()\n d: decay(); d.A' = ; d.B := \n d.B = 7\nend",
             MODEL);
    check_end(text, "d.A", 2.0, 1.0);
    check_end(text, "d.B", 2.0, 7.0);
    snprintf(text, sizeof text, "%smodel *m()\n d: decay(); e: decay(); d.A is e.A; e.A' = ;\nend",
             MODEL);
    check_end(text, "e.A", 2.0, exp(-2.0));
}

static void a_port_may_be_a_number(void **state)
{
    (void)state;
    check_end("model decay(A, k)\n A' = -k*A\nend\nmodel *m()\n d: decay(2, -1)\nend", "d.A", 1.0,
              2.0 * exp(1.0));
    check_end("model decay(k)\n A = 1; A' = -k*A; B := A\nend\nmodel *m()\n k = 2\n decay(k)\nend",
              "_sub0.B", 1.0, exp(-2.0));
}

/* A reaction may get its rate later, or none; names behind it on the next line are no part of it. */
static void a_rate_may_stand_apart(void **state)
{
    (void)state;
    check_end("A = 3; B = 0\nJ: A -> B\nJ = 0.5*A\nK: A -> B\n", "B", 2.0, 3.0 * (1.0 - exp(-1.0)));
}

/* S, its reaction and what uses it are gone; the other reaction goes on. */
static void what_is_deleted_is_gone(void **state)
{
    (void)state;
    static const char MODEL[] =
        "model part()\n S = 1; T = 0; U = 0; J: S -> T; 1; K: -> U; 2; L: -> U; S\n"
        "y := 2*S; z := 3*U; w := 4*J; n = 0; E: at time > 1: n = 1; at U > 1: T = S, n = 5\nend\n";
    char text[700];
    snprintf(text, sizeof text, "%smodel *m()\n a: part(); delete a.S, a.E\n a.y = 1; a.w = 1\nend",
             MODEL);
    tac_followed *f = follow_text(text, 2.0);
    assert_close(followed_at(f, "a.T", 2.0), 0.0, 0.0, 0.0);
    assert_close(followed_at(f, "a.U", 2.0), 4.0, 1e-7, 0.0);
    assert_close(followed_at(f, "a.z", 2.0), 12.0, 1e-7, 0.0);
    assert_close(followed_at(f, "a.n", 2.0), 5.0, 0.0, 0.0);
    followed_free(f);
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, text);
    static const char *const GONE[] = {"a.S", "a.J", "a.y"};
    for (size_t i = 0; i < sizeof GONE / sizeof GONE[0]; i++) {
        const uint32_t k = tac_model_find(model, GONE[i]);
        assert_true(k == UINT32_MAX || model->symbols[k].rule == TAC_EXPR_NONE);
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
    snprintf(text, sizeof text,
             "%smodel *m()\n a: part(); y := a.S; delete a.S\n a.y = 1; a.w = 1\nend", MODEL);
    model_must_fail(text, TAC_E_MODEL, "there is no 'a.S'");
}

/*
 * Inside, time is in minutes: x' = 1/min, time, a delay of 30 min; around it, in hours. timeconv is what one minute is
 * in hours, 1/60.
 */
static void an_instance_may_have_its_own_unit_of_time(void **state)
{
    (void)state;
    tac_followed *f = follow_text(
        "model minutes()\n x = 0; x' = 1; t := time; n = 0; at 30 after x >= 60: n = 1\n"
        "A = 0; J: -> A; 2; v := rateOf(x); w := 3*J\nend\n"
        "model *hours()\n tc = 1/60; m: minutes(), timeconv = tc; y := m.J\nend",
        4.0);
    assert_close(followed_at(f, "m.x", 2.0), 120.0, 1e-7, 0.0);
    assert_close(followed_at(f, "m.t", 2.0), 120.0, 1e-12, 0.0);
    assert_close(followed_at(f, "m.n", 1.4), 0.0, 0.0, 0.0);
    assert_close(followed_at(f, "m.n", 1.6), 1.0, 0.0, 0.0);
    assert_close(followed_at(f, "m.A", 2.0), 240.0, 1e-7, 0.0);
    assert_close(followed_at(f, "m.v", 2.0), 1.0, 1e-12, 0.0);
    assert_close(followed_at(f, "m.w", 2.0), 6.0, 1e-12, 0.0);
    assert_close(followed_at(f, "y", 2.0), 120.0, 1e-12, 0.0);
    followed_free(f);
}

/* The inner reaction runs at 2 of its units, 1000 of ours each; instances inside instances multiply. */
static void an_instance_may_have_its_own_unit_of_what_reacts(void **state)
{
    (void)state;
    static const char INNER[] = "model inner(A)\n J: -> A; 2\nend\n";
    char text[400];
    snprintf(text, sizeof text,
             "%smodel *m()\n species A; A = 0; i: inner(A), extentconv = 1000\nend", INNER);
    check_end(text, "A", 1.5, 3000.0);
    snprintf(text, sizeof text,
             "%smodel middle(A)\n i: inner(A), extentconv = 10, timeconv = 4\nend\n"
             "model *m()\n species A; A = 0; k: middle(A), timeconv = 0.5\nend",
             INNER);
    check_end(text, "A", 1.0, 10.0);
}

/* x inside is in grams, outside in milligrams: x * 1000 is mass. */
static void a_name_may_be_another_one_times_a_factor(void **state)
{
    (void)state;
    static const char INNER[] = "model grams()\n x = 2; x' = -x + u; u = 0; y := 3*x\n"
                                "at time >= 1: x = x + 5\nend\n";
    static const char *const JOINTS[] = {"g.x * f is mass", "g.x is mass / f"};
    for (size_t i = 0; i < 2; i++) {
        char text[400];
        snprintf(text, sizeof text, "%smodel *m()\n f = 1000; g: grams(); %s\nend", INNER,
                 JOINTS[i]);
        tac_followed *f = follow_text(text, 2.0);
        assert_close(followed_at(f, "mass", 0.5), 2000.0 * exp(-0.5), 1e-7, 0.0);
        assert_close(followed_at(f, "g.y", 0.5), 6.0 * exp(-0.5), 1e-7, 0.0);
        assert_close(followed_at(f, "mass", 2.0), (2000.0 * exp(-1.0) + 5000.0) * exp(-1.0), 1e-7,
                     0.0);
        followed_free(f);
    }
}

/* What reacts in a place of 2 L changes concentrations by half as much. */
static void a_place_may_be_that_of_a_reaction_or_an_instance(void **state)
{
    (void)state;
    check_end("compartment c = 2; A = 4; J in c: A -> ; 1", "A", 2.0, 3.0);
    check_end("compartment c = 2; A = 4; A -> ; 1 in c", "A", 2.0, 3.0);
    check_end("compartment c = 2; A in c; A = 4; A -> ; 1", "A", 2.0, 3.0);
    check_end("compartment c = 2; A in c = 4; A -> ; 1", "A", 2.0, 3.0);
    check_end("model p()\n A = 4; J: A -> ; 1\nend\n"
              "model *m()\n compartment c = 2; a: p() in c\nend",
              "a.A", 2.0, 3.0);
    check_end("compartment c = 2; substanceOnly A in c; A = 4; A -> ; 1", "A", 2.0, 2.0);
}

/* A boundary species is not used up, but may have a rule. */
static void a_boundary_species_may_have_a_rule(void **state)
{
    (void)state;
    check_end("const species A; A := 3 + time; B = 0; J: A -> B; 1", "A", 2.0, 5.0);
    check_end("species $A; A = 1; A' = 2; B = 0; J: A -> B; 1", "A", 2.0, 5.0);
    check_end("const A; A = 3; B = 0; J: A -> B; 1", "A", 2.0, 3.0);
    check_end("species A; A = 3; B = 0; J: $A -> B; 1", "A", 2.0, 3.0);
}

static void functions_of_the_language_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } CASES[] = {{"root(3, 8)", 2.0},
                 {"root(9)", 3.0},
                 {"log(2, 8)", 3.0},
                 {"log(exponentiale)", 1.0},
                 {"power(2, 3)", 8.0},
                 {"plus(1, 2, 3) + times(2, 3) + minus(7, 2) + minus(1) + divide(3, 2)", 17.5},
                 {"ceiling(1.2)", 2.0},
                 {"sec(0) + csch(1)*sinh(1) + cot(1)*tan(1)", 3.0},
                 {"arcsinh(-0.5) + arcsinh(0.5)", 0.0},
                 {"cosh(arccosh(2))", 2.0},
                 {"tanh(arctanh(0.25))", 0.25},
                 {"cos(arcsec(2))", 0.5},
                 {"rem(-7, 2) + quotient(7, 2)", 2.0},
                 {"piecewise(1, and(lt(1, 2), geq(2, 2), neq(1, 2)), 0)", 1.0},
                 {"piecewise(1, xor(gt(1, 2), leq(1, 2)), 0)", 1.0},
                 {"piecewise(1, or(eq(1, 2), 1 == 2), 0)", 0.0},
                 {"piecewise(1, not(1 > 2) and implies(1 > 2, 2 > 3), 0)", 1.0},
                 {"piecewise(1, 1 > 2 or not true, 0)", 0.0},
                 {"1/infinity", 0.0},
                 {"avogadro/1e23", 6.02214179}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "y := %s + 0*time", CASES[i].text);
        check_end(text, "y", 1.0, CASES[i].value);
    }
}

/* Words that a file may define itself go before those of the language. */
static void own_functions_go_before_built_in_ones(void **state)
{
    (void)state;
    check_end("function sec(x) 2*x; end; y := sec(3) + csc(asin(0.5))", "y", 1.0, 8.0);
}

static const char *about(const tac_model *model, const char *id, const char *kind)
{
    for (size_t i = 0; i < model->n_about; i++) {
        if (strcmp(model->abouts[i].id, id) == 0 && strcmp(model->abouts[i].kind, kind) == 0) {
            return model->abouts[i].text;
        }
    }
    fail_msg("nothing is said of '%s' as '%s'", id, kind);
    return NULL;
}

static void what_is_said_of_names_is_kept(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(
        ctx,
        "model part()\n x = 1; x is \"inner\"; x.sboTerm = SBO:0000002; model notes \"lost\"\nend\n"
        "model *whole()\n a: part(); a.x is \"outer name\"; E: at time > 1: n = 1; n = 0\n"
        "a identity \"an instance\"\n"
        "a.x part \"urn:one\",\n  \"urn:two\"; E is \"an event\"; n.sboTerm = 236\n"
        "model notes ```two\nlines```\n model description \"urn:three\"\n"
        "S = 1; T = 0; J: S -> T; k*S/(1 + I)*U; k = 1; I = 2; U = 1; i1: I -| J; U -o J;"
        " V = 1; i3: V -( J; i3 is \"unknown\"\nend\n"
        "whole is \"The whole\"\nwhole.sboTerm = 62\nwhole taxon \"urn:four\"");
    assert_string_equal(about(model, "a.x", "name"), "outer name");
    assert_string_equal(about(model, "a.x", "sboTerm"), "SBO:0000002");
    assert_string_equal(about(model, "a.x", "hasPart"), "urn:one");
    assert_string_equal(about(model, "E", "name"), "an event");
    assert_string_equal(about(model, "n", "sboTerm"), "SBO:0000236");
    assert_string_equal(about(model, "", "notes"), "two\nlines");
    assert_string_equal(about(model, "", "isDescribedBy"), "urn:three");
    assert_string_equal(about(model, "", "name"), "The whole");
    assert_string_equal(about(model, "", "sboTerm"), "SBO:0000062");
    assert_string_equal(about(model, "", "hasTaxon"), "urn:four");
    assert_string_equal(about(model, "i3", "name"), "unknown");
    assert_int_equal(model->n_interaction, 3);
    static const tac_influence INFLUENCES[] = {TAC_INFLUENCE_INHIBITS, TAC_INFLUENCE_ACTIVATES,
                                               TAC_INFLUENCE_UNKNOWN};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(model->interactions[i].influence, INFLUENCES[i]);
        assert_string_equal(model->symbols[model->interactions[i].reaction].id, "J");
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* A species in a rate without being declared is one when something says that it acts. */
static void layout_is_that_of_the_language(void **state)
{
    (void)state;
    check_end("# a comment\nx = 1; /* another */ y := x \\\n + 2 # the end", "y", 1.0, 3.0);
    check_end("unit u = 2 second; x has mole/litre^2; x = 1; y has mL/(min*mmHg)\n"
              "y = 2; k has 1/hour; k = 3",
              "x", 1.0, 1.0);
    check_end("species A; reaction J, K; var formula y; event E: at time > 1:\n x = 2,\n z = 3\n"
              "x = 0; z = 0; A = 1; reaction J: A -> ; 1*A\n y := x + z; K: A -> ; 0",
              "y", 2.0, 5.0);
    check_end("k = 2; alg: 0 = y - k; var y", "y", 1.0, 2.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_model_around_has_the_last_word),
        cmocka_unit_test(a_port_may_be_a_number),
        cmocka_unit_test(a_rate_may_stand_apart),
        cmocka_unit_test(what_is_deleted_is_gone),
        cmocka_unit_test(an_instance_may_have_its_own_unit_of_time),
        cmocka_unit_test(an_instance_may_have_its_own_unit_of_what_reacts),
        cmocka_unit_test(a_name_may_be_another_one_times_a_factor),
        cmocka_unit_test(a_place_may_be_that_of_a_reaction_or_an_instance),
        cmocka_unit_test(a_boundary_species_may_have_a_rule),
        cmocka_unit_test(functions_of_the_language_are_there),
        cmocka_unit_test(own_functions_go_before_built_in_ones),
        cmocka_unit_test(what_is_said_of_names_is_kept),
        cmocka_unit_test(layout_is_that_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
