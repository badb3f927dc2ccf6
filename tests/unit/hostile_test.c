/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts made to hurt a reader: nested without end, huge, circular, growing a billionfold, cut off, or no text at all. Each
 * is an error that names what is wrong, soon and in little memory; a reader that hangs is ended by an alarm.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "compile/program.h"
#include "model/model.h"
#include "scenario/evidence.h"
#include "scenario/scenario.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEEP = 10000, LONG = 200000, LONGEST_S = 60, MOST_MB = 1500 };

static void repeat(tac_buf *text, const char *part, int n)
{
    for (int i = 0; i < n; i++) {
        tac_buf_text(text, part);
    }
}

/** before, `open` n times, middle, `close` n times, after. */
static tac_buf nested(const char *before, const char *open, const char *middle, const char *close,
                      const char *after, int n)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, before);
    repeat(&text, open, n);
    tac_buf_text(&text, middle);
    repeat(&text, close, n);
    tac_buf_text(&text, after);
    return text;
}

static void expect(const tac_ctx *ctx, tac_status st, const char *part)
{
    struct rusage used;
    assert_int_not_equal(st, TAC_OK);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%.500s'", part, tac_ctx_message(ctx));
    }
    assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
    assert_true(used.ru_maxrss < MOST_MB * 1024L);
}

/** Read, check and build; somewhere on the way it must fail with this. The text is freed. */
static void refuse_model(tac_buf text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    tac_program *program = NULL;
    (void)alarm(LONGEST_S);
    tac_status st = tac_model_read_text(ctx, "hostile", tac_buf_str(&text), text.n, &model);
    st = st == TAC_OK ? tac_model_check(ctx, model) : st;
    st = st == TAC_OK ? tac_program_build(ctx, model, &program) : st;
    expect(ctx, st, part);
    tac_program_free(program);
    tac_model_free(model);
    tac_ctx_free(ctx);
    tac_buf_free(&text);
}

/** As a scenario and as a study. */
static void refuse_yaml(tac_buf text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_ctx *again = tac_ctx_create();
    tac_words *words = NULL;
    tac_scenario *scenario = NULL;
    tac_study *study = NULL;
    (void)alarm(LONGEST_S);
    assert_int_equal(tac_words_create(ctx, &words), TAC_OK);
    expect(ctx,
           tac_scenario_from_text(ctx, words, "hostile", tac_buf_str(&text), text.n, &scenario),
           part);
    expect(again, tac_study_from_text(again, words, "hostile", tac_buf_str(&text), text.n, &study),
           part);
    tac_words_free(words);
    tac_ctx_free(ctx);
    tac_ctx_free(again);
    tac_buf_free(&text);
}

static tac_buf text_of(const char *text)
{
    tac_buf buf = TAC_BUF_INIT;
    tac_buf_text(&buf, text);
    return buf;
}

static void ten_thousand_levels_of_an_expression_are_refused(void **state)
{
    (void)state;
    static const char DEEPER[] = "nested deeper than 200 levels";
    refuse_model(nested("x = 1; y := ", "(", "x", ")", "", DEEP), DEEPER);
    refuse_model(nested("x = 1; y := ", "exp(", "x", ")", "", DEEP), DEEPER);
    refuse_model(nested("x = 1; y := ", "piecewise(1, x > 1, ", "x", ")", "", DEEP), DEEPER);
    refuse_model(nested("x = 1; y := ", "x^", "x", "", "", DEEP), DEEPER);
    refuse_model(nested("x = 1; y := ", "!", "x", "", "", DEEP), DEEPER);
    refuse_model(nested("x = 1; x' = 1; at ", "(", "x > 1", ")", ": x = 0", DEEP), DEEPER);
    refuse_model(nested("x = 1; y := ", "x>1 && ", "x", "", "", DEEP), "more than 1000 operations");
    refuse_model(nested("x = 1; y := ", "x + ", "x", "", "", LONG), "more than 1000 operations");
    refuse_model(nested("unit a = ", "(second*", "second", ")", "; x = 1", DEEP), "a unit such as");
}

static void functions_and_modules_that_double_are_refused(void **state)
{
    (void)state;
    tac_buf sum = text_of("function f0(x)\n  x + 1\nend\n");
    tac_buf call = text_of("function f0(x)\n  x + 1\nend\n");
    tac_buf module = text_of("model m0()\n  x = 1\nend\n");
    for (int i = 1; i < 40; i++) {
        tac_buf_print(&sum, "function f%d(x)\n  f%d(x) + f%d(x + 1)\nend\n", i, i - 1, i - 1);
        tac_buf_print(&call, "function f%d(x)\n  f%d(f%d(x))\nend\n", i, i - 1, i - 1);
        tac_buf_print(&module, "model m%d()\n  a: m%d(); b: m%d()\nend\n", i, i - 1, i - 1);
    }
    tac_buf_text(&sum, "y = 1; y' = f39(y)\n");
    tac_buf_text(&call, "y = 1; y' = f39(y)\n");
    refuse_model(sum, "the model becomes too large when its functions are written out");
    refuse_model(call, "the model becomes too large when its functions are written out");
    refuse_model(module, "a model of more than 100000 names");
}

static void circles_are_named(void **state)
{
    (void)state;
    refuse_model(text_of("function f(x)\n g(x)\nend\nfunction g(x)\n f(x)\nend\ny := f(time)\n"),
                 "does 'f' call itself?");
    refuse_model(text_of("model a()\n b: c()\nend\nmodel c()\n d: a()\nend\n"),
                 "does a model hold itself?");
    refuse_model(text_of("a := b + 1; b := c; c := a\n"), "a -> b -> c -> a");
    refuse_model(text_of("unit a = b; unit b = a; x = 1 a\n"), "no unit is called 'b'");
}

static void numbers_without_measure_are_refused(void **state)
{
    (void)state;
    refuse_model(text_of("x = 1e99999999999999999999"), "is not a number");
    refuse_model(text_of("x = 1e309"), "is not a number");
    refuse_model(nested("x = 1", "0", "", "", "; x' = 1", LONG),
                 "a number of more than 63 characters");
    refuse_model(nested("", "a", " = 1", "", "", LONG), "a name of more than 400 characters");
}

static void what_ends_too_early_or_is_no_text_is_refused(void **state)
{
    (void)state;
    tac_buf bytes = TAC_BUF_INIT;
    for (int i = 0; i < LONG; i++) {
        const char byte = (char)(i * 7 % 256);
        tac_buf_add(&bytes, &byte, 1);
    }
    refuse_model(bytes, "this character has no meaning here");
    refuse_model(nested("/*", "x", "", "", "", LONG), "this comment does not end");
    refuse_model(nested("x = 1; x is \"", "x", "", "", "", LONG), "this text does not end");
    refuse_model(text_of("x = 1; x' = -x*("), "hostile:1:");
    refuse_model(text_of("model m() x = 1"), "hostile:1:");
}

static const char SBML[] =
    "<sbml xmlns=\"http://www.sbml.org/sbml/level3/version2/core\" level=\"3\" version=\"2\"><model "
    "id=\"m\"><listOfParameters><parameter id=\"x\" value=\"1\" constant=\"false\"/>"
    "<parameter id=\"y\" constant=\"false\"/></listOfParameters><listOfRules>"
    "<assignmentRule variable=\"y\"><math xmlns=\"http://www.w3.org/1998/Math/MathML\">";
static const char SBML_END[] = "</math></assignmentRule></listOfRules></model></sbml>";

/** An SBML document with a prologue and a formula. */
static tac_buf sbml(const char *prologue, const char *formula)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, prologue);
    tac_buf_text(&text, SBML);
    tac_buf_text(&text, formula);
    tac_buf_text(&text, SBML_END);
    return text;
}

static void xml_that_nests_grows_or_asks_for_files_is_refused(void **state)
{
    (void)state;
    static const char DEEPER[] = "more than 250 elements inside each other";
    refuse_model(nested(SBML, "<apply><exp/>", "<ci>x</ci>", "</apply>", SBML_END, DEEP), DEEPER);
    refuse_model(nested("", "<a>", "", "", "", LONG), DEEPER);
    refuse_model(nested(SBML, "", "<apply><plus/>", "<ci>x</ci>", SBML_END, 50001), DEEPER);
    tac_buf prologue = text_of("<!DOCTYPE sbml [<!ENTITY l0 \"lol\">");
    for (int i = 1; i < 10; i++) {
        tac_buf_print(&prologue, "<!ENTITY l%d \"", i);
        for (int k = 0; k < 10; k++) {
            tac_buf_print(&prologue, "&l%d;", i - 1);
        }
        tac_buf_text(&prologue, "\">");
    }
    tac_buf_text(&prologue, "]>");
    refuse_model(sbml(tac_buf_str(&prologue), "<ci>&l9;</ci>"), "a document type (DOCTYPE)");
    tac_buf_free(&prologue);
    refuse_model(sbml("<!DOCTYPE sbml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
                      "<ci>&x;</ci>"),
                 "a document type (DOCTYPE)");
    tac_buf half = sbml("", "<ci>x</ci>");
    half.n /= 2;
    half.text[half.n] = '\0';
    refuse_model(half, "XML content is not well-formed");
    refuse_model(text_of("<html><body/></html>"), "hostile:1");
    refuse_model(text_of("\xef\xbb\xbf\xff\xfe<sbml"), "this character has no meaning here");
}

static void yaml_that_nests_grows_or_repeats_is_refused(void **state)
{
    (void)state;
    static const char DEEPER[] = "nested deeper than 50 levels";
    refuse_yaml(nested("", "[", "", "", "", DEEP), DEEPER);
    refuse_yaml(nested("", "{a: ", "", "", "", DEEP), DEEPER);
    refuse_yaml(nested("", "- ", "", "", "", DEEP), DEEPER);
    refuse_yaml(text_of("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"),
                "aliases (*name) are not read here");
    refuse_yaml(nested("", "? ", "", "", "", DEEP), "a key must be a plain word");
    refuse_yaml(nested("", "---\n", "", "", "", DEEP), "a second document starts here");
    refuse_yaml(nested("title: \"", "\\x41", "", "", "", DEEP), "not YAML");
    refuse_yaml(nested("", "\t", "", "", "", LONG), "not YAML");
    refuse_yaml(nested("", "\x01", "", "", "", DEEP), "control characters");
    tac_buf keys = text_of("{");
    for (int i = 0; i < LONG / 2; i++) {
        tac_buf_print(&keys, "? a%d,", i);
    }
    refuse_yaml(keys, "more than 5000 keys in one map");
}

/* A chain of rules in the worst order takes time in proportion to its length: 20,000 are no trouble. */
static void a_long_chain_of_rules_is_read_soon(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    for (int i = 20000; i > 0; i--) {
        tac_buf_print(&text, "a%d := a%d*1.0001 + a%d\n", i, i - 1, i - 1);
    }
    tac_buf_text(&text, "a0 = 1; a0' = -a0\n");
    (void)alarm(LONGEST_S / 3);
    assert_int_equal(tac_model_read_text(ctx, "chain", text.text, text.n, &model), TAC_OK);
    assert_int_equal(tac_model_check(ctx, model), TAC_OK);
    tac_model_free(model);
    tac_ctx_free(ctx);
    tac_buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_thousand_levels_of_an_expression_are_refused),
        cmocka_unit_test(functions_and_modules_that_double_are_refused),
        cmocka_unit_test(circles_are_named),
        cmocka_unit_test(numbers_without_measure_are_refused),
        cmocka_unit_test(what_ends_too_early_or_is_no_text_is_refused),
        cmocka_unit_test(xml_that_nests_grows_or_asks_for_files_is_refused),
        cmocka_unit_test(yaml_that_nests_grows_or_repeats_is_refused),
        cmocka_unit_test(a_long_chain_of_rules_is_read_soon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
