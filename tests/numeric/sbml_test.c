/* SPDX-License-Identifier: Apache-2.0 */
/* SBML in: what each feature means, shown by exact solutions, and what is refused by name. */
#include "base/alloc.h"
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

#define L3                                                                               \
    "<?xml version='1.0'?>\n<sbml xmlns='http://www.sbml.org/sbml/level3/version2/core'" \
    " level='3' version='2'>\n"
#define L2                                                                                    \
    "<?xml version='1.0'?>\n<sbml xmlns='http://www.sbml.org/sbml/level2/version4' level='2'" \
    " version='4'>\n"
#define END           "</sbml>\n"
#define MATH(x)       "<math xmlns='http://www.w3.org/1998/Math/MathML'>" x "</math>"
#define OP(op, args)  "<apply><" op "/>" args "</apply>"
#define CALL(f, args) "<apply>" CI(f) args "</apply>"
#define CI(x)         "<ci>" x "</ci>"
#define CN(x)         "<cn>" x "</cn>"
#define SYMBOL(x)                                                                        \
    "<csymbol encoding='text' definitionURL='http://www.sbml.org/sbml/symbols/" x "'>" x \
    "</csymbol>"
#define PLACE(id, size, constant) \
    "<compartment id='" id "' spatialDimensions='3' size='" size "' constant='" constant "'/>"
#define SPECIES(id, place, start, only, boundary)                                         \
    "<species id='" id "' compartment='" place "' " start " hasOnlySubstanceUnits='" only \
    "' boundaryCondition='" boundary "' constant='false'/>"
#define PARAMETER(id, value, constant) \
    "<parameter id='" id "' value='" value "' constant='" constant "'/>"
#define REF(id, species, n, constant) \
    "<speciesReference " id " species='" species "' stoichiometry='" n "' constant='" constant "'/>"
#define REACTION(id, in, out, law)                                  \
    "<reaction id='" id "' reversible='false'><listOfReactants>" in \
    "</listOfReactants><listOfProducts>" out                        \
    "</listOfProducts><kineticLaw>" MATH(law) "</kineticLaw></reaction>"
#define LIST(of, items) "<listOf" of ">" items "</listOf" of ">"

/** Value at t of a model whose inner part is given. */
static void check_value(const char *text, const char *id, double t, double wanted)
{
    tac_followed *f = follow_text(text, 4.0);
    assert_close(followed_at(f, id, t), wanted, 1e-7, 1e-12);
    followed_free(f);
}

/* A mass of 3 in a volume of 2: the name means 1.5, or 3 where only substance is meant; A = A0 exp(-k t). */
static void a_name_means_amount_or_concentration(void **state)
{
    (void)state;
    static const char TEXT[] = L3 "<model>" LIST("Compartments", PLACE("c", "2", "true"))
        LIST("Species", SPECIES("A", "c", "initialAmount='3'", "false", "false")
                            SPECIES("B", "c", "initialConcentration='1.5'", "true",
                                    "false")) LIST("Parameters", PARAMETER("k", "0.5", "true"))
            LIST("Reactions", REACTION("J", REF("", "A", "1", "true"), REF("", "B", "1", "true"),
                                       OP("times", CI("k") CI("A") CI("c")))) "</model>" END;
    check_value(TEXT, "A", 0.0, 1.5);
    check_value(TEXT, "B", 0.0, 3.0);
    check_value(TEXT, "A", 2.0, 1.5 * exp(-1.0));
    check_value(TEXT, "B", 2.0, 3.0 + 3.0 * (1.0 - exp(-1.0)));
    check_value(TEXT, "J", 0.0, 1.5);
}

/* The amount 6 in a volume of 2 + t; an event at 2 makes the volume 1: the amount stays. */
static void amounts_outlive_their_place(void **state)
{
    (void)state;
    static const char TEXT[] = L3 "<model>" LIST("Compartments", PLACE("c", "2", "false"))
        LIST("Species", SPECIES("A", "c", "initialAmount='6'", "false",
                                "true")) LIST("Rules",
                                              "<rateRule variable='c'>" MATH(CN("1")) "</rateRule>")
            LIST("Events",
                 "<event useValuesFromTriggerTime='true'><trigger initialValue='true'"
                 " persistent='true'>" MATH(OP("geq", SYMBOL("time") CN("2"))) "</trigger>" LIST(
                     "EventAssignments", "<eventAssignment variable='c'>" MATH(CN(
                                             "1")) "</eventAssignment>") "</event>") "</model>" END;
    check_value(TEXT, "A", 1.0, 2.0);
    check_value(TEXT, "A", 2.0, 6.0);
    check_value(TEXT, "A", 3.0, 3.0);
}

/* Every part that gives a number: function, initial assignment, local parameter over a global one, rules. */
static void numbers_come_from_where_the_model_says(void **state)
{
    (void)state;
    static const char TEXT[] = L3 "<model>" LIST(
        "FunctionDefinitions",
        "<functionDefinition id='f'>" MATH("<lambda><bvar>" CI("x") "</bvar><bvar>" CI(
            "y") "</bvar>" OP("minus", CI("x") CI("y")) "</lambda>") "</functionDefinition>")
        LIST("Compartments", PLACE("c", "1", "true")) LIST(
            "Species", SPECIES("A", "c", "initialAmount='0'", "true",
                               "false")) LIST("Parameters",
                                              PARAMETER("k", "100", "true")
                                                  PARAMETER("start", "1", "true")
                                                      PARAMETER("twice", "0", "false")
                                                          PARAMETER("grown", "1", "false"))
            LIST("InitialAssignments",
                 "<initialAssignment symbol='A'>" MATH(
                     CALL("f", CN("7") CN(
                                   "2"))) "</initialAssignment>"
                                          "<initialAssignment symbol='start'>" MATH(
                                              CI("A")) "</initialAssignment>")
                LIST(
                    "Rules",
                    "<assignmentRule variable='twice'>" MATH(OP(
                        "times",
                        CN("2")
                            CI("A"))) "</assignmentRule><rateRule variable='grown'>" MATH(CI("grown")) "</rateRule>")
                    LIST(
                        "Reactions",
                        "<reaction id='J' reversible='false'><listOfReactants>" REF(
                            "", "A", "1",
                            "true") "</listOfReactants><kineticLaw>" MATH(OP("times",
                                                                             CI("k") CI("A")))
                            LIST(
                                "LocalParameters",
                                "<localParameter id='k' value='0.25'/>") "</kineticLaw></reaction>") "</model>" END;
    check_value(TEXT, "A", 4.0, 5.0 * exp(-1.0));
    check_value(TEXT, "start", 4.0, 5.0);
    check_value(TEXT, "twice", 4.0, 10.0 * exp(-1.0));
    check_value(TEXT, "grown", 1.0, exp(1.0));
    check_value(TEXT, "J.k", 1.0, 0.25);
}

/* -n A -> with n = 2 + t, and each unit counting 3 for A: A = 60 - 3 (2 t + t^2/2) at a rate of 1. */
static void stoichiometries_may_vary_and_be_converted(void **state)
{
    (void)state;
    static const char TEXT[] = L3 "<model conversionFactor='three'>" LIST("Compartments",
                                                                          PLACE("c", "1", "true"))
        LIST("Species", SPECIES("A", "c", "initialAmount='60'", "true", "false")) LIST(
            "Parameters",
            PARAMETER("three", "3",
                      "true")) LIST("Rules",
                                    "<assignmentRule variable='n'>" MATH(
                                        OP("plus", CN("2") SYMBOL("time"))) "</assignmentRule>")
            LIST(
                "Reactions",
                "<reaction id='J' reversible='false'><listOfReactants>" REF(
                    "id='n'", "A", "1",
                    "false") "</listOfReactants><kineticLaw>" MATH(CN("1")) "</kineticLaw></reaction>") "</model>" END;
    check_value(TEXT, "A", 4.0, 60.0 - 3.0 * (8.0 + 8.0));
    check_value(TEXT, "n", 1.0, 3.0);
}

/* Level 2 has a formula for it: A loses 2 k at a rate of 1. */
static void a_stoichiometry_of_level_2_may_be_a_formula(void **state)
{
    (void)state;
    check_value(
        L2 "<model>" LIST("Compartments", "<compartment id='c'/>") LIST(
            "Species", "<species id='A' compartment='c' initialAmount='9'"
                       " hasOnlySubstanceUnits='true'/>")
            LIST("Parameters", "<parameter id='k' value='0.75'/>") LIST(
                "Reactions",
                "<reaction id='J'><listOfReactants><speciesReference species='A'>"
                "<stoichiometryMath>" MATH(OP("times", CN("2") CI("k"))) "</stoichiometryMath></speciesReference></listOfReactants><kineticLaw>" MATH(
                    CN("1")) "</kineticLaw></reaction>") "</model>" END,
        "A", 4.0, 9.0 - 6.0);
}

/* 0 = total - x - y, where x decays: y follows. */
static void an_algebraic_rule_is_solved_for_what_is_free(void **state)
{
    (void)state;
    check_value(
        L3 "<model>" LIST("Parameters", PARAMETER("total", "4", "true") PARAMETER("x", "3", "false")
                                            PARAMETER("y", "0", "false"))
            LIST(
                "Rules",
                "<rateRule variable='x'>" MATH(OP("minus", CI("x"))) "</rateRule><algebraicRule>" MATH(
                    OP("minus",
                       CI("total") OP("plus", CI("x") CI("y")))) "</algebraicRule>") "</model>" END,
        "y", 1.0, 4.0 - 3.0 * exp(-1.0));
}

#define EVENT(options, trigger, rest, variable, value)                              \
    "<event useValuesFromTriggerTime='true'><trigger " options                      \
    ">" MATH(trigger) "</trigger>" rest LIST("EventAssignments",                    \
                                             "<eventAssignment variable='" variable \
                                             "'>" MATH(value) "</eventAssignment>") "</event>"
#define AFTER(t)    OP("geq", SYMBOL("time") CN(t))
#define DELAY(t)    "<delay>" MATH(CN(t)) "</delay>"
#define PRIORITY(n) "<priority>" MATH(CN(n)) "</priority>"
#define PLAIN       "initialValue='true' persistent='true'"

static void events_have_delay_priority_persistence_and_a_start(void **state)
{
    (void)state;
    static const char TEXT[] = L3
        "<model>" LIST("Parameters", PARAMETER("a", "0", "false") PARAMETER("b", "0", "false")
                                         PARAMETER("c", "0", "false") PARAMETER("d", "0", "false"))
            LIST("Events",
                 EVENT(PLAIN, AFTER("1"), DELAY("0.5"), "a", SYMBOL("time"))
                     EVENT(PLAIN, AFTER("2"), PRIORITY("1"), "b", CN("1"))
                         EVENT(PLAIN, AFTER("2"), PRIORITY("2"), "b", CN("2"))
                             EVENT("initialValue='false' persistent='true'", AFTER("-1"), "", "c",
                                   CN("5"))
                                 EVENT("initialValue='true' persistent='false'",
                                       OP("and", AFTER("1") OP("lt", SYMBOL("time") CN("1.2"))),
                                       DELAY("0.5"), "d", CN("1"))) "</model>" END;
    check_value(TEXT, "a", 1.4, 0.0);
    check_value(TEXT, "a", 1.6, 1.0);
    check_value(TEXT, "b", 2.0, 1.0);
    check_value(TEXT, "c", 0.0, 5.0);
    check_value(TEXT, "d", 4.0, 0.0);
}

/** The value of a formula of MathML. */
static void check_formula(const char *math, double wanted)
{
    char text[4000];
    snprintf(text, sizeof text,
             L3 "<model>" LIST("Parameters",
                               PARAMETER("time", "2", "true") PARAMETER("x", "1", "false")
                                   PARAMETER("y", "0", "false"))
                 LIST("Rules", "<rateRule variable='x'>" MATH(
                                   CN("3")) "</rateRule>"
                                            "<assignmentRule variable='y'>" MATH(
                                                "%s") "</assignmentRule>") "</model>" END,
             math);
    check_value(text, "y", 1.0, wanted);
}

static void formulae_mean_what_mathml_says(void **state)
{
    (void)state;
    check_formula(OP("plus", ""), 0.0);
    check_formula(OP("times", CN("2") CN("3") CN("4")), 24.0);
    check_formula(OP("and", ""), 1.0);
    check_formula(OP("xor", "<true/><true/><true/>"), 1.0);
    check_formula(OP("lt", CN("1") CN("2") CN("3")), 1.0);
    check_formula(OP("lt", CN("1") CN("3") CN("2")), 0.0);
    check_formula(OP("implies", "<true/><false/>"), 0.0);
    check_formula(OP("quotient", CN("-7") CN("2")), -3.0);
    check_formula(OP("rem", CN("-7") CN("2")), -1.0);
    check_formula(OP("max", CN("1") CN("5") CN("3")), 5.0);
    check_formula(OP("log", "<logbase>" CN("2") "</logbase>" CN("8")), 3.0);
    check_formula(OP("log", CN("100")), 2.0);
    check_formula(OP("root", "<degree>" CN("3") "</degree>" CN("27")), 3.0);
    check_formula(OP("root", CN("16")), 4.0);
    check_formula(OP("factorial", CN("4")), 24.0);
    check_formula(OP("sec", CN("1")), 1.0 / cos(1.0));
    check_formula(OP("arccot", CN("-2")), atan(-0.5));
    check_formula(OP("arcsinh", CN("-1e6")), asinh(-1e6));
    check_formula(OP("arccosh", CN("3")), acosh(3.0));
    check_formula(OP("arctanh", CN("0.5")), atanh(0.5));
    check_formula(OP("arccoth", CN("2")), atanh(0.5));
    check_formula(OP("arcsech", CN("0.5")), acosh(2.0));
    check_formula(OP("arccsch", CN("2")), asinh(0.5));
    check_formula(OP("minus", CN("2")), -2.0);
    check_formula("<exponentiale/>", exp(1.0));
    check_formula("<cn type='rational'>3<sep/>4</cn>", 0.75);
    check_formula("<cn type='e-notation'>2<sep/>3</cn>", 2000.0);
    check_formula("<piecewise><piece>" CN("1") OP("gt", CI("x") CN("5")) "</piece><otherwise>" CN(
                      "2") "</otherwise></piecewise>",
                  2.0);
    check_formula(SYMBOL("avogadro"), 6.02214179e23);
    check_formula("<apply>" SYMBOL("rateOf") CI("x") "</apply>", 3.0);
    check_formula(SYMBOL("time"), 1.0); /* beside something of the model that is called so: */
    check_formula(CI("time"), 2.0);
}

/* Names that C knows, and a sum of many terms. */
static void odd_models_are_read(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    check_value(L3 "<model id='double'>" LIST("Parameters", PARAMETER("int", "2", "true")
                                                                PARAMETER("exp", "3", "true")
                                                                    PARAMETER("y", "0", "false"))
                    LIST("Rules",
                         "<assignmentRule variable='y'>" MATH(
                             OP("plus", CI("int") CI("exp"))) "</assignmentRule>") "</model>" END,
                "y", 1.0, 5.0);
    tac_buf_text(&text, L3 "<model><listOfParameters><parameter id='y' constant='false'/>"
                           "</listOfParameters><listOfRules><assignmentRule variable='y'>"
                           "<math xmlns='http://www.w3.org/1998/Math/MathML'><apply><plus/>");
    for (int i = 0; i < 20000; i++) {
        tac_buf_text(&text, CN("1"));
    }
    tac_buf_text(&text, "</apply></math></assignmentRule></listOfRules></model>" END);
    check_value(tac_buf_str(&text), "y", 1.0, 20000.0);
    tac_buf_free(&text);
}

#define ASSIGN(math)                                                                          \
    L3 "<model>" LIST("Parameters", PARAMETER("x", "1", "true") PARAMETER("y", "0", "false")) \
        LIST("Rules",                                                                         \
             "\n<assignmentRule variable='y'>" MATH(math) "</assignmentRule>") "</model>" END

static void what_is_not_supported_is_named(void **state)
{
    (void)state;
    model_must_fail(ASSIGN("<apply>" SYMBOL("delay") CI("x") CN("1") "</apply>"), TAC_E_MODEL,
                    "test:4:1: not supported: delay()");
    model_must_fail(
        "<?xml version='1.0'?><sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' level='3'"
        " version='1'><model><listOfReactions><reaction id='J' reversible='false' fast='true'/>"
        "</listOfReactions></model></sbml>",
        TAC_E_MODEL, "not supported: fast reactions ('J' is one)");
    model_must_fail(
        "<?xml version='1.0'?><sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' level='3'"
        " version='1' xmlns:fbc='http://www.sbml.org/sbml/level3/version1/fbc/version2'"
        " fbc:required='false'><model fbc:strict='true'/></sbml>",
        TAC_E_MODEL, "not supported: flux balance constraints (package fbc)");
    model_must_fail(
        "<?xml version='1.0'?><sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' level='3'"
        " version='1' xmlns:spatial='http://www.sbml.org/sbml/level3/version1/spatial/version1'"
        " spatial:required='true'><model/></sbml>",
        TAC_E_MODEL, "not supported: spatial processes (package spatial)");
}

/* libSBML, asked to join this, looks for the value of T until its stack is full. */
static void submodels_that_would_not_come_to_an_end_are_refused(void **state)
{
    (void)state;
#define PURE(id, more) "<parameter id='" id "' units='dimensionless' " more "/>"
    model_must_fail(
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        "<sbml xmlns='http://www.sbml.org/sbml/level3/version1/core' "
        "xmlns:comp='http://www.sbml.org/sbml/level3/version1/comp/version1' level='3' "
        "version='1' comp:required='true'><model id='outer'>"
        "<comp:listOfSubmodels><comp:submodel comp:id='s' comp:modelRef='inner'/>"
        "</comp:listOfSubmodels></model><comp:listOfModelDefinitions>"
        "<comp:modelDefinition id='inner'><listOfParameters>" PURE("a", "value='3' constant='true'")
            PURE("T", "constant='false'") PURE(
                "y",
                "constant='false'") "</listOfParameters><listOfInitialAssignments>"
                                    "<initialAssignment symbol='T'>" MATH(OP(
                                        "times",
                                        CN("2") CI(
                                            "a"))) "</initialAssignment>"
                                                   "</listOfInitialAssignments><listOfRules><rateRule variable='T'>" MATH(OP("minus", CI("T"))) "</rateRule><assignmentRule variable='y'>" MATH(
                                                       OP("power",
                                                          CI("a") CI(
                                                              "T"))) "</assignmentRule></listOfRules>"
                                                                     "</comp:modelDefinition></comp:listOfModelDefinitions>" END,
        TAC_E_MODEL, "submodels cannot be joined: 'T' has a rate and a formula of its start");
#undef PURE
}

static void mistakes_are_named_with_their_line(void **state)
{
    (void)state;
    model_must_fail(ASSIGN(CI("nowhere")), TAC_E_MODEL, "test:4:1: 'nowhere' has no value");
    model_must_fail(ASSIGN(OP("divide", CN("1"))), TAC_E_MODEL,
                    "test:4:1: an operation of a formula has 1 argument, too few");
    model_must_fail(ASSIGN(CALL("g", CN("1"))), TAC_E_MODEL, "there is no function 'g'");
    model_must_fail(L3 "<model><listOfParameters>", TAC_E_SYNTAX, "test:");
    model_must_fail("<html><body/></html>", TAC_E_SYNTAX, "test:1");
    model_must_fail("<", TAC_E_SYNTAX, "test:1");
    model_must_fail(L3 END, TAC_E_MODEL, "the document holds no model");
}

static void text_of_depth(tac_buf *text, int n)
{
    tac_buf_text(text, L3 "<model><listOfParameters><parameter id='y' constant='false'/>"
                          "</listOfParameters><listOfRules><assignmentRule variable='y'>"
                          "<math xmlns='http://www.w3.org/1998/Math/MathML'>");
    for (int i = 0; i < n; i++) {
        tac_buf_text(text, "<apply><minus/>");
    }
    tac_buf_text(text, CN("1"));
    for (int i = 0; i < n; i++) {
        tac_buf_text(text, "</apply>");
    }
    tac_buf_text(text, "</math></assignmentRule></listOfRules></model>" END);
}

static void hostile_depth_ends_in_a_message(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    text_of_depth(&text, 10000);
    model_must_fail(tac_buf_str(&text), TAC_E_SYNTAX, "more than 250 elements inside each other");
    tac_buf_clear(&text);
    text_of_depth(&text, 200);
    check_value(tac_buf_str(&text), "y", 1.0, 1.0);
    tac_buf_clear(&text);
    tac_buf_text(&text, L3 "<model><listOfRules><algebraicRule><math><apply><plus/>");
    for (int i = 0; i < 300000; i++) {
        tac_buf_text(&text, CN("1"));
    }
    model_must_fail(tac_buf_str(&text), TAC_E_SYNTAX, "or 50000 in one");
    tac_buf_free(&text);
}

static void every_allocation_of_the_reader_may_fail(void **state)
{
    (void)state;
    static const char TEXT[] = L3 "<model>" LIST("Compartments", PLACE("c", "2", "true"))
        LIST("Species", SPECIES("A", "c", "initialAmount='3'", "false", "false"))
            LIST("Reactions", REACTION("J", REF("", "A", "1", "true"), "",
                                       OP("times", CN("2") CI("A") CI("c")))) "</model>" END;
    bool is_whole = false;
    for (size_t i = 0; !is_whole; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_model *model = NULL;
        const size_t before = tac_alloc_count();
        tac_alloc_fail_after(i);
        const tac_status st = tac_model_read_text(ctx, "test", TEXT, strlen(TEXT), &model);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        is_whole = tac_alloc_count() - before <= i;
        tac_model_free(model);
        tac_ctx_free(ctx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_means_amount_or_concentration),
        cmocka_unit_test(amounts_outlive_their_place),
        cmocka_unit_test(numbers_come_from_where_the_model_says),
        cmocka_unit_test(stoichiometries_may_vary_and_be_converted),
        cmocka_unit_test(a_stoichiometry_of_level_2_may_be_a_formula),
        cmocka_unit_test(an_algebraic_rule_is_solved_for_what_is_free),
        cmocka_unit_test(events_have_delay_priority_persistence_and_a_start),
        cmocka_unit_test(formulae_mean_what_mathml_says),
        cmocka_unit_test(odd_models_are_read),
        cmocka_unit_test(what_is_not_supported_is_named),
        cmocka_unit_test(submodels_that_would_not_come_to_an_end_are_refused),
        cmocka_unit_test(mistakes_are_named_with_their_line),
        cmocka_unit_test(hostile_depth_ends_in_a_message),
        cmocka_unit_test(every_allocation_of_the_reader_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
