/* SPDX-License-Identifier: Apache-2.0 */
/* A model written as Antimony, as SBML, and as Antimony again is the same model: each value at each time, and its words. */
#include "base/alloc.h"
#include "close.h"
#include "follow.h"
#include "model/antimony_write.h"
#include "model/sbml_check.h"
#include "model/sbml_write.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef tac_status (*write_model)(tac_ctx *ctx, const tac_model *model, tac_buf *text);

/** A text as `write` writes it. */
static void pass(const char *from, write_model write, tac_buf *to)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, from);
    if (tac_model_check(ctx, model) != TAC_OK || write(ctx, model, to) != TAC_OK) {
        fail_msg("%s\n%s", tac_ctx_message(ctx), from);
    }
    if (write == tac_sbml_write && tac_sbml_check(ctx, "written", to, true, NULL) != TAC_OK) {
        fail_msg("%s\n%s", tac_ctx_message(ctx), tac_buf_str(to));
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/** Everything that has the same name in both is the same at these times. */
static size_t compare_runs(const char *a, const char *b)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *one = model_of(ctx, a);
    tac_model *other = model_of(ctx, b);
    tac_followed *first = follow_text(a, 4.0);
    tac_followed *second = follow_text(b, 4.0);
    size_t n = 0;
    for (size_t i = 0; i < one->n_symbol; i++) {
        const char *id = one->symbols[i].id;
        if (tac_model_find(other, id) == UINT32_MAX) {
            continue;
        }
        for (double t = 0.0; t <= 4.0; t += 0.5) {
            assert_close(followed_at(second, id, t), followed_at(first, id, t), 1e-12, 1e-14);
        }
        n++;
    }
    followed_free(first);
    followed_free(second);
    tac_model_free(one);
    tac_model_free(other);
    tac_ctx_free(ctx);
    return n;
}

/** text -> SBML -> text: the same runs; and once more around, the same characters. */
static void check_circle(const char *text, size_t n_wanted)
{
    tac_buf xml = TAC_BUF_INIT;
    tac_buf again = TAC_BUF_INIT;
    tac_buf xml_again = TAC_BUF_INIT;
    tac_buf last = TAC_BUF_INIT;
    pass(text, tac_sbml_write, &xml);
    pass(tac_buf_str(&xml), tac_antimony_write, &again);
    if (compare_runs(text, tac_buf_str(&again)) < n_wanted) {
        fail_msg("names were lost:\n%s", tac_buf_str(&again));
    }
    pass(tac_buf_str(&again), tac_sbml_write, &xml_again);
    pass(tac_buf_str(&xml_again), tac_antimony_write, &last);
    assert_string_equal(tac_buf_str(&last), tac_buf_str(&again));
    tac_buf_free(&xml);
    tac_buf_free(&again);
    tac_buf_free(&xml_again);
    tac_buf_free(&last);
}

static void species_in_places_that_change_come_back(void **state)
{
    (void)state;
    check_circle(
        "compartment c, d = 2; c = 2; c' = 0.25; species A in c, B in c, $D in d, E in d;\n"
        "A = 3; B = 0.5; D = 1.5; E = 2*D; k = 0.7; J: A -> 2 B; k*A*c; K: D => E; 0.1*D\n"
        "at B > 2: B = 0.125, c = 1.5*c\n"
        "at 0.5 after A < 1, fromTrigger = false: A = A + 1\n"
        "R in c; species R in c; R = 1; R' = -R",
        10);
}

static void events_come_back_with_all_they_say(void **state)
{
    (void)state;
    check_circle(
        "x = 0; x' = 1; n = 0; m = 0; k = 2; p = 0;\n"
        "E1: at 0.25*k after (x > 1 && x < 3), priority = k + 1, persistent = false: n = x\n"
        "E2: at x > 2, priority = 1, t0 = false, fromTrigger = false: m = x, p = -m\n"
        "E3: at time >= 3 || x < -1: x = 0, k = k^2",
        5);
}

static void amounts_and_stoichiometries_come_back(void **state)
{
    (void)state;
    check_circle("compartment c = 3; substanceOnly species A in c; species B; A = 4; B = 1;\n"
                 "n = 2; m := 1 + 0.1*time; J: n A -> m B; 0.1*A; K: B -> ; n*B/10; L: -> A; 0.2\n"
                 "q = 1.5; M: q A -> B; 0.05*J\nat time > 2: q = 1",
                 8);
}

static void formulae_come_back_to_the_last_digit(void **state)
{
    (void)state;
    check_circle(
        "a = 0.1; b = 1.2345678901234567e-19; c = 6.02e23; d := a/3 + b*c - -a^2^a;\n"
        "e := piecewise(1, a < b || a > 2 && !(b > a), -2.5e-7) - (a - (b - c/1e24));\n"
        "f := min(a, max(b, 1e-300)) + a/(b/c)*1e-40 + (-a)^2 + rateOf(x); x = 1; x' = -x/3;\n"
        "const h = 2*x; g = 3*a; w := infinity > a; y = 1.1e100; z := y/1e100",
        11);
}

static void units_and_words_come_back(void **state)
{
    (void)state;
    static const char TEXT[] =
        "model part()\n  var x has nmol_per_L; // less < more & \"so\"\n  x = 2; x' = -k*(x - 3 nmol_per_L);\n"
        "  const k has per_h; k = 0.5; // per hour\nend\n"
        "unit nmol_per_L = 1e-9 mole/litre; unit per_h = 1/h; unit mL_per_h = mL/h; unit nmol = 1e-9 mole\n"
        "model *whole()\n  a: part(); compartment c has L; c = 2; species S in c has nmol_per_L; S = 1;\n"
        "  const v has nmol_per_h; v = 0.25; J: S -> ; v; unit nmol_per_h = nmol/h\n"
        "  a.x is \"concentration of x\"; S identity \"urn:miriam:chebi:CHEBI%3A17234\", \"urn:two\";\n"
        "  J.sboTerm = 176; model description \"urn:paper\"; const i has nmol_per_L; i = 1; i2 := i/i;\n"
        "  var i2 has dimensionless; S -( J; E: at a.x > 2.5 nmol_per_L: S = 3 nmol_per_L; E is \"an event\"\nend\n"
        "whole is \"The whole\"";
    tac_buf xml = TAC_BUF_INIT;
    tac_buf again = TAC_BUF_INIT;
    pass(TEXT, tac_sbml_write, &xml);
    pass(tac_buf_str(&xml), tac_antimony_write, &again);
    static const char *const PARTS[] = {
        "var a__x has nmol_per_L; a__x = 2; // less < more & \"so\"",
        "a__x' = -a__k*(a__x - 3 nmol_per_L);",
        "const a__k has per_h; a__k = 0.5; // per hour",
        "species S in c has nmol_per_L; S = 1;",
        "const compartment c has L; c = 2;",
        "J: S ->; v;",
        "J.sboTerm = SBO:0000176;",
        "S identity \"urn:miriam:chebi:CHEBI%3A17234\";\n  S identity \"urn:two\";",
        "model isDescribedBy \"urn:paper\";",
        "a__x is \"concentration of x\";",
        "a__k is \"a.k\";",
        "E: at (a__x > 2.5 nmol_per_L): S = 3 nmol_per_L;",
        "E is \"an event\";",
        "S -( J;",
        "whole is \"The whole\"",
        "unit time_unit = 3600 * second"};
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        if (strstr(tac_buf_str(&again), PARTS[i]) == NULL) {
            fail_msg("'%s' is wanted in:\n%s\n%s", PARTS[i], tac_buf_str(&again),
                     tac_buf_str(&xml));
        }
    }
    tac_buf_free(&xml);
    tac_buf_free(&again);
    check_circle(TEXT, 3);
}

static void who_made_a_model_and_when_comes_back(void **state)
{
    (void)state;
    static const char TEXT[] =
        "model *m()\n  x = 1; x' = -k*x; k = 2; species S, I; S = 1; I = 2; J: S -> ; k*S\n"
        "  i1: I -| J; i1 is \"the brake\"; i1 isDescribedBy \"urn:paper\"; x -( J;\n"
        "  model creator.givenName \"Ada\"; model creator.familyName \"L & < M\";\n"
        "  model creator.email \"ada@example.org\"; model creator.organization \"Engines\";\n"
        "  model creator.givenName \"Bo\"; model creator.familyName \"Ek\"; model creator \"A group\";\n"
        "  model created \"2026-02-03T04:05:06Z\"; model modified \"2026-03-01\";\n"
        "  model modified \"2026-04-01T10:00:00+02:00\"\nend";
    static const char *const PARTS[] = {
        "i1: I -| J;", "i1 is \"the brake\";", "i1 isDescribedBy \"urn:paper\";",
        "model creator.givenName \"Ada\";\n  model creator.familyName \"L & < M\";\n"
        "  model creator.organization \"Engines\";\n  model creator.email \"ada@example.org\";\n"
        "  model creator.givenName \"Bo\";\n  model creator.familyName \"Ek\";\n"
        "  model creator \"A group\";\n  model created \"2026-02-03T04:05:06Z\";\n"
        "  model modified \"2026-03-01T00:00:00Z\";\n"
        "  model modified \"2026-04-01T10:00:00+02:00\";"};
    tac_buf xml = TAC_BUF_INIT;
    tac_buf again = TAC_BUF_INIT;
    pass(TEXT, tac_sbml_write, &xml);
    pass(tac_buf_str(&xml), tac_antimony_write, &again);
    for (size_t i = 0; i < sizeof PARTS / sizeof PARTS[0]; i++) {
        if (strstr(tac_buf_str(&again), PARTS[i]) == NULL) {
            fail_msg("'%s' is wanted in:\n%s\n%s", PARTS[i], tac_buf_str(&again),
                     tac_buf_str(&xml));
        }
    }
    tac_buf_free(&xml);
    tac_buf_free(&again);
    check_circle(TEXT, 4);
}

/* Names that a format keeps for itself, and those that meet when signs go. */
static void names_give_way_where_they_must(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    pass(
        "<?xml version='1.0' encoding='UTF-8'?><sbml "
        "xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='in'>"
        "<listOfParameters><parameter id='time' value='2' constant='true' name='the time'/>"
        "<parameter id='at' value='3' constant='true'/><parameter id='x' constant='false'/>"
        "</listOfParameters><listOfRules><assignmentRule variable='x'><math "
        "xmlns='http://www.w3.org/1998/Math/MathML'><apply><plus/><ci>time</ci><ci>at</ci></apply></math>"
        "</assignmentRule></listOfRules></model></sbml>",
        tac_antimony_write, &text);
    assert_non_null(strstr(tac_buf_str(&text), "x := time_ + at_;"));
    assert_non_null(strstr(tac_buf_str(&text), "at_ is \"at\";"));
    assert_non_null(strstr(tac_buf_str(&text), "time_ is \"the time\";"));
    assert_non_null(strstr(tac_buf_str(&text), "unit time_unit = 1 dimensionless"));
    tac_buf_free(&text);
    check_circle("model p()\n x = 1\nend\nmodel *m()\n a: p(); a__x = 2; y := a.x + a__x\nend", 1);
}

/* SBML may leave units away or contradict itself; a text may not. */
static void units_that_are_not_whole_are_left_out(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    pass(
        "<?xml version='1.0' encoding='UTF-8'?><sbml "
        "xmlns='http://www.sbml.org/sbml/level3/version2/core' level='3' version='2'><model id='m'>"
        "<listOfParameters><parameter id='a' value='2' units='second' constant='true'/>"
        "<parameter id='b' value='3' constant='true'/></listOfParameters></model></sbml>",
        tac_antimony_write, &text);
    assert_non_null(strstr(tac_buf_str(&text), "// units are left out"));
    assert_null(strstr(tac_buf_str(&text), " has "));
    tac_buf_free(&text);
}

static void every_allocation_of_writing_may_fail(void **state)
{
    (void)state;
    static const char TEXT[] =
        "compartment c = 2; species A in c; A = 3; J: A -> ; 0.1*A; at A < 1: A = 3\n"
        "A is \"words\"; I = 1; I -| J; x = 3 mL; x' = -x";
    static const write_model WRITERS[] = {tac_antimony_write, tac_sbml_write};
    for (size_t w = 0; w < 2; w++) {
        size_t n_failed = 0;
        for (size_t i = 0;; i++) {
            tac_ctx *ctx = tac_ctx_create();
            tac_buf text = TAC_BUF_INIT;
            tac_model *model = model_of(ctx, TEXT);
            const size_t before = tac_alloc_count();
            tac_alloc_fail_after(i);
            const tac_status st = WRITERS[w](ctx, model, &text);
            tac_alloc_fail_after(SIZE_MAX);
            const bool is_whole = tac_alloc_count() - before <= i;
            if (st != TAC_OK && st != TAC_E_MEMORY) {
                fail_msg("allocation %zu: %s", i, tac_ctx_message(ctx));
            }
            n_failed += st == TAC_OK ? 0 : 1;
            tac_buf_free(&text);
            tac_model_free(model);
            tac_ctx_free(ctx);
            if (is_whole) {
                break;
            }
        }
        assert_true(n_failed > 10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(species_in_places_that_change_come_back),
        cmocka_unit_test(events_come_back_with_all_they_say),
        cmocka_unit_test(amounts_and_stoichiometries_come_back),
        cmocka_unit_test(formulae_come_back_to_the_last_digit),
        cmocka_unit_test(units_and_words_come_back),
        cmocka_unit_test(who_made_a_model_and_when_comes_back),
        cmocka_unit_test(names_give_way_where_they_must),
        cmocka_unit_test(units_that_are_not_whole_are_left_out),
        cmocka_unit_test(every_allocation_of_writing_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
