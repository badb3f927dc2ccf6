/* SPDX-License-Identifier: Apache-2.0 */
/* The Antimony reader: what a text means, the pitfalls of the language, and a message for each mistake. */
#include "base/alloc.h"
#include "close.h"
#include "model/print.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/** The rule of y in `y := <text>` printed back. */
static void check_printed(const char *text, const char *wanted)
{
    char model_text[256];
    tac_ctx *ctx = tac_ctx_create();
    tac_buf buf = TAC_BUF_INIT;
    snprintf(model_text, sizeof model_text, "a = 1; b = 2; c = 3; y := %s", text);
    tac_model *model = model_of(ctx, model_text);
    tac_expr_print(&buf, model, symbol_of(model, "y")->rule);
    assert_string_equal(tac_buf_str(&buf), wanted);
    tac_buf_free(&buf);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void precedence_is_that_of_mathematics(void **state)
{
    (void)state;
    check_printed("a + b*c", "a + b*c");
    check_printed("(a + b)*c", "(a + b)*c");
    check_printed("a - (b - c)", "a - (b - c)");
    check_printed("a - b - c", "a - b - c");
    check_printed("a/(b*c)", "a/(b*c)");
    check_printed("-a^2", "-a^2");
    check_printed("(-a)^2", "(-a)^2");
    check_printed("a^b^c", "a^b^c");
    check_printed("(a^b)^c", "(a^b)^c");
    check_printed("a^-b", "a^(-b)");
    check_printed("!(a < b) && c >= 1", "!(a < b) && c >= 1");
    check_printed("a - (-b)", "a - (-b)");
}

static void functions_mean_what_the_language_says(void **state)
{
    (void)state;
    check_printed("log(a)", "ln(a)"); /* natural, not decadic */
    check_printed("ln(a) + log10(b)", "ln(a) + log10(b)");
    check_printed("piecewise(a, b < 1, c)", "piecewise(a, b < 1, c)");
    check_printed("piecewise(a, b < 1, b, c < 2, c)",
                  "piecewise(a, b < 1, piecewise(b, c < 2, c))");
    check_printed("min(a, b, c)", "min(min(a, b), c)");
    check_printed("pow(a, 2)", "a^2");
    check_printed("2*pi", "2*3.141592653589793");
}

static void types_follow_from_use(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "k = 0.3; x = 2; x' = -k*x; y := 2*x; var u; u = 1; z = 2*k;");
    assert_int_equal(symbol_of(model, "k")->role, TAC_ROLE_CONSTANT);
    assert_int_equal(symbol_of(model, "x")->role, TAC_ROLE_STATE);
    assert_int_equal(symbol_of(model, "y")->role, TAC_ROLE_ASSIGNED);
    assert_int_equal(symbol_of(model, "u")->role, TAC_ROLE_INPUT);
    assert_int_equal(symbol_of(model, "z")->role, TAC_ROLE_ASSIGNED); /* of constants only */
    assert_close(symbol_of(model, "x")->value, 2.0, 0.0, 0.0);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_number_before_a_name_has_a_unit(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "x = 3 mL; y = -2 mmHg");
    assert_string_equal(symbol_of(model, "x")->unit_text, "mL");
    assert_close(symbol_of(model, "y")->value, -2.0, 0.0, 0.0);
    assert_true(symbol_of(model, "y")->has_unit);
    tac_model_free(model);
    tac_ctx_free(ctx);
    model_must_fail("k = 1; y := 2 k;", TAC_E_UNITS,
                    "test:1:15: no unit is called 'k'; a number with a name behind it is a "
                    "quantity with its unit, a product has a sign: 2*k\n");
}

static void words_behind_a_declaration_are_kept(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "var x has dimensionless; // firing of a nerve\n"
                                     "// a line of its own\n"
                                     "var y; /* not this */ x = 1; y = 2;\n");
    assert_string_equal(symbol_of(model, "x")->note, "firing of a nerve");
    assert_string_equal(symbol_of(model, "y")->note, "not this");
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void lines_of_comment_above_a_declaration_are_its_note(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "// The file.\n\n"
                                     "// Cortisol in serum,\n"
                                     "// free and bound.   \n"
                                     "var x has mL;\n"
                                     "/* of another line */\n"
                                     "var y has mL\n"
                                     "z = 1;   // not about w\n"
                                     "var w; var v // both\n"
                                     "x = 1; y = 1; w = 1; v = 1;");
    assert_string_equal(symbol_of(model, "x")->note, "Cortisol in serum, free and bound.");
    assert_string_equal(symbol_of(model, "y")->note, "of another line");
    assert_string_equal(symbol_of(model, "w")->note, "both");
    assert_string_equal(symbol_of(model, "v")->note, "both");
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* Notes are looked for near each declaration, the first of a line that long here: it must not take minutes. */
static void a_very_long_line_is_not_searched_for_notes(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, "// above\n");
    for (int i = 0; i < 200000; i++) {
        tac_buf_text(&text, "const a; ");
    }
    tac_buf_text(&text, "const b; a = 1; b = 2; // behind");
    tac_model *model = model_of(ctx, tac_buf_str(&text));
    assert_string_equal(symbol_of(model, "a")->note, "above");
    assert_string_equal(symbol_of(model, "b")->note, "");
    tac_buf_clear(&text);
    tac_buf_text(&text, "a = 1; const a // ");
    for (int i = 0; i < 1001; i++) {
        tac_buf_text(&text, "x");
    }
    tac_model_free(model);
    model = model_of(ctx, tac_buf_str(&text));
    assert_string_equal(symbol_of(model, "a")->note, "");
    tac_buf_free(&text);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void species_and_compartments_are_quantities(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "compartment blood = 5; species $S in blood = 2, T in blood;"
                                     "T = 3; T' = -T; formula F; F := S; S is \"a substance\"");
    assert_int_equal(symbol_of(model, "blood")->kind, TAC_SYMBOL_COMPARTMENT);
    assert_int_equal(symbol_of(model, "S")->kind, TAC_SYMBOL_SPECIES);
    assert_close(symbol_of(model, "S")->value, 2.0, 0.0, 0.0);
    assert_int_equal(symbol_of(model, "T")->role, TAC_ROLE_STATE);
    assert_int_equal(symbol_of(model, "F")->kind, TAC_SYMBOL_PARAMETER);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void keywords_are_case_sensitive(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "Var = 1; MODEL = 2; Exp = 3; End = 4; y := Var + MODEL");
    assert_close(symbol_of(model, "MODEL")->value, 2.0, 0.0, 0.0);
    tac_model_free(model);
    tac_ctx_free(ctx);
    model_must_fail("a = 1; y := Exp(a)", TAC_E_MODEL, "there is no function 'Exp'");
}

/* After a mistake the next statement is read, not skipped with it. */
static void a_mistake_does_not_take_its_neighbour_along(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    static const char TEXT[] = "var x has\ny = = 1\nz = 2 2\nw = 1; v = ;\nmodel a() b ; end\n";
    assert_int_equal(tac_model_read_text(ctx, "test", TEXT, sizeof TEXT - 1, &model), TAC_E_SYNTAX);
    static const char *const PLACES[] = {"test:2:1:", "test:2:5:", "test:3:7:", "test:4:12:",
                                         "test:5:13:"};
    for (size_t i = 0; i < sizeof PLACES / sizeof PLACES[0]; i++) {
        if (strstr(tac_ctx_message(ctx), PLACES[i]) == NULL) {
            fail_msg("'%s' is wanted in:\n%s", PLACES[i], tac_ctx_message(ctx));
        }
    }
    assert_int_equal(tac_ctx_n_error(ctx), 5);
    tac_ctx_free(ctx);
}

static void user_functions_are_written_out(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf buf = TAC_BUF_INIT;
    tac_model *model = model_of(ctx, "function hill(x, k)\n  x/(k + x);\nend\n"
                                     "function twice(x)\n  2*hill(x, x);\nend\n"
                                     "a = 1\nb = 2\ny := hill(a, b) + twice(b)\n");
    tac_expr_print(&buf, model, symbol_of(model, "y")->rule);
    assert_string_equal(tac_buf_str(&buf), "a/(b + a) + 2*(b/(b + b))");
    tac_buf_free(&buf);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void each_mistake_has_its_message(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tac_status status;
        const char *part;
    } CASES[] = {
        {"x = 1 +", TAC_E_SYNTAX, "the text ends; a number, a name or '(' is wanted here"},
        {"x = (1 + 2", TAC_E_SYNTAX, "')' is wanted here"},
        {"x = 1.2.3", TAC_E_SYNTAX, "test:1:5: '1.2.3' is not a number"},
        {"x = a--b; a = 1; b = 1", TAC_E_SYNTAX,
         "test:1:6: '--': two signs in a row are one token"},
        {"x = 1 y = 2", TAC_E_SYNTAX, "';' or a new line is wanted here"},
        {"A + B -> C; k", TAC_E_MODEL, "test:1:1: 'A' has no start value"},
        {"J: A + -> B; k*A", TAC_E_SYNTAX, "test:1:8: '->': a species is wanted here"},
        {"J: 2 A 3 => B; k*A", TAC_E_SYNTAX, "'->' is wanted between the two sides"},
        {"A = 1; A' = 2; B = 0; J: A -> B; 1", TAC_E_MODEL,
         "'A' has a rule, so that reactions cannot change it too"},
        {"i: A -| J", TAC_E_MODEL, "test:1:9: 'J' is no reaction, so that nothing can act on it"},
        {"J: -> A; 1; A = 1; i: S -o J", TAC_E_MODEL, "test:1:23: there is no species 'S'"},
        {"J: -> A; 1; A = 1; A -o 3", TAC_E_SYNTAX, "the name of the reaction that is acted on"},
        {"x = 1; E1: at (x > 1) x = 0", TAC_E_SYNTAX, "':' and what the event sets are wanted"},
        {"x = 1; at x > 1: 3 = 0", TAC_E_SYNTAX, "the name of what the event sets is wanted"},
        {"x = 1; at x > 1: x := 0", TAC_E_SYNTAX, "'=' is wanted behind the name"},
        {"x = 1; at x > 1, often = true: x = 0", TAC_E_SYNTAX, "no such option of an event"},
        {"x = 1; at x > 1, t0 = 3: x = 0", TAC_E_SYNTAX, "'true' or 'false' is wanted here"},
        {"x = 1; at x > 1, t0 = true, // t", TAC_E_SYNTAX, "the text ends; an option of an event"},
        {"const x = 1; at x > 1: x = 0", TAC_E_MODEL,
         "'x' is declared constant, and an event changes it"},
        {"x := time; at x > 1: x = 0", TAC_E_MODEL,
         "'x' has an assignment rule, so that an event cannot change it"},
        {"var y; 0 = y*y - 4", TAC_E_MODEL,
         "this algebraic rule cannot be solved: it is not linear in 'y'"},
        {"y = 2; 0 = 3 - y", TAC_E_MODEL, "every variable in it is determined by something else"},
        {"delete a.x", TAC_E_MODEL, "test:1:8: there is no 'a.x' to take out"},
        {"x = 1; delete x", TAC_E_MODEL, "'x' is no part of an instance: delete a.x"},
        {"delete 3", TAC_E_SYNTAX, "is wanted after a name"},
        {"model a() x = 1; end; model b() a: a(); y = 2; a.x is y; delete a.x; end", TAC_E_MODEL,
         "'a.x' is 'y' by 'is' or a port, so that it cannot be taken out"},
        {"a.x = 3", TAC_E_MODEL, "test:1:1: there is no instance 'a' of a model"},
        {"x = 1; x.mean = 3", TAC_E_MODEL, "test:1:8: not supported: how uncertain a quantity is"},
        {"x = 1; x looksLike \"y\"", TAC_E_SYNTAX,
         "test:1:10: 'looksLike' is no word for an annotation; there are: identity hasPart"},
        {"x identity \"y\"", TAC_E_MODEL, "there is no 'x' of which something could be said"},
        {"x = 1; x identity \"y\", 3", TAC_E_SYNTAX, "a text in quotes is wanted here"},
        {"x = 1; x.sboTerm = many", TAC_E_SYNTAX, "the number of an SBO term is wanted"},
        {"x = 1; x notes ```open", TAC_E_SYNTAX, "'```' is missing"},
        {"dna: --P1--G1", TAC_E_SYNTAX, "test:1:6: '--': not supported: strands of genes"},
        {"P1--G1", TAC_E_SYNTAX, "test:1:3: '--': not supported: strands of genes"},
        {"--P1", TAC_E_SYNTAX, "test:1:1: '--': not supported: strands of genes"},
        {"maximize J", TAC_E_SYNTAX, "'maximize': not supported: flux balance"},
        {"y := delay(time, 3)", TAC_E_MODEL, "test:1:6: not supported: delay(), a value of"},
        {"y := normal(0, 1)", TAC_E_MODEL, "not supported: normal(), a random number"},
        {"model a() x = 1; end; model b() a: a(), timecon = 3; end", TAC_E_SYNTAX,
         "'timecon': 'timeconv' or 'extentconv' and '=' are wanted here"},
        {"model a() x = 1; end; model b() a: a(), timeconv 3; end", TAC_E_SYNTAX,
         "'=' is wanted behind 'timeconv' and 'extentconv'"},
        {"a.x * 3 is y", TAC_E_SYNTAX, "the name of a factor is wanted: a.x * factor is y"},
        {"a.x * f = y", TAC_E_SYNTAX, "'is' is wanted behind a name and a factor"},
        {"a.x is y / 3", TAC_E_SYNTAX, "the name of a factor is wanted: a.x is y / factor"},
        {"DNA strand", TAC_E_SYNTAX, "'DNA' is a strand of genes"},
        {"gene g", TAC_E_SYNTAX, "'gene' is a part of a strand"},
        {"operator o", TAC_E_SYNTAX, "'operator' is a part of a strand"},
        {"constraint x > 1", TAC_E_SYNTAX, "'constraint': not supported: constraints"},
        {"var time", TAC_E_SYNTAX, "test:1:5: 'time': this name is built in; take another one"},
        {"pi = 3", TAC_E_SYNTAX, "'pi': this name is built in"},
        {"end", TAC_E_SYNTAX, "there is no model to end here"},
        {"model a()\n x = 1\nmodel b()\nend", TAC_E_SYNTAX,
         "test:3:1: 'model': this stands at the level of a file; is the 'end' of the model above "
         "missing?"},
        {"var x has\nvar y", TAC_E_SYNTAX, "test:2:1: 'var': the name of a unit is wanted"},
        {"unit u = 3 second; unit u = 4 second; x = 1", TAC_E_UNITS,
         "test:1:25: the unit 'u' is defined already, as something else"},
        {"unit = 3", TAC_E_SYNTAX, "the name of a unit is wanted after 'unit'"},
        {"unit u 3", TAC_E_SYNTAX, "'=' is wanted after the name of a unit"},
        {"unit u = ;", TAC_E_SYNTAX, "a unit expression is wanted"},
        {"x is 3", TAC_E_SYNTAX, "a name is wanted after 'is'"},
        {"m: 3", TAC_E_SYNTAX, "the name of a model is wanted after ':'"},
        {"m: A x", TAC_E_SYNTAX, "'(' is wanted after the name of a model"},
        {"m: A(\"b\")", TAC_E_SYNTAX, "a name or a number for a port, or ')', is wanted here"},
        {"m: A(x y)", TAC_E_SYNTAX, "',' or ')' is wanted here"},
        {"model 3", TAC_E_SYNTAX, "the name of a model is wanted"},
        {"model a(1)\nend", TAC_E_SYNTAX, "a name or ')' is wanted here"},
        {"function f(a) a; end; function f(a) a; end", TAC_E_MODEL,
         "a function 'f' stands already above"},
        {"function 3", TAC_E_SYNTAX, "the name of a function is wanted"},
        {"function f(a) a; b", TAC_E_SYNTAX, "'end' of the function is missing"},
        {"import units", TAC_E_SYNTAX, "import \"file.ant\" is wanted"},
        {"var 3", TAC_E_SYNTAX, "a name is wanted in a declaration"},
        {"species S in 3", TAC_E_SYNTAX, "the name of a compartment is wanted after 'in'"},
        {"3 = x", TAC_E_SYNTAX, "a statement is wanted here"},
        {"x ! 3", TAC_E_SYNTAX, "is wanted after a name"},
        {"x = f(1 2)", TAC_E_SYNTAX, "')' or ',' is wanted here"},
        {"x = --a; a = 1", TAC_E_SYNTAX, "test:1:5: '--': two signs in a row are one token"},
        {"x = a++b; a = 1; b = 1", TAC_E_SYNTAX, "'++': two signs in a row are one token"},
        {"x = µ + 1", TAC_E_SYNTAX, "test:1:5: this character has no meaning here"},
        {"y := a; a := b; b := a", TAC_E_MODEL, "assignment rules need each other: a -> b -> a"},
        {"x = 1e400", TAC_E_SYNTAX, "'1e400' is not a number"},
        {"x = \"three\"", TAC_E_SYNTAX, "a number, a name or '(' is wanted here"},
        {"model a()\n x = 1\n", TAC_E_SYNTAX, "'end' of the model is missing"},
        {"model a()\nend\nmodel a()\nend", TAC_E_MODEL,
         "test:3:7: a model 'a' stands already in test"},
        {"import \"nowhere.ant\"", TAC_E_FILE, "cannot read 'nowhere.ant'"},
        {"unit u = 3 furlong; x = 1", TAC_E_UNITS, "test:1:12: no unit is called 'furlong'"},
        {"var x has ;", TAC_E_SYNTAX, "the name of a unit is wanted after 'has'"},
        {"x' 3", TAC_E_SYNTAX, "'=' is wanted after the name's prime"},
        {"x ~ 3", TAC_E_SYNTAX, "this character has no meaning here"},
        {"/* open", TAC_E_SYNTAX, "'*/' is missing"},
        {"import \"open", TAC_E_SYNTAX, "'\"' is missing"},
        {"y := f(1)", TAC_E_MODEL, "test:1:6: there is no function 'f'"},
        {"function f(a) a; end; y := f(1, 2)", TAC_E_MODEL, "'f' takes 1 argument, here are 2"},
        {"function f(a) f(a); end; y := f(1)", TAC_E_MODEL, "does 'f' call itself?"},
        {"function f(a) b; end; b = 1; y := f(1)", TAC_E_MODEL,
         "'b' is not an argument of the function"},
        {"y := exp(1, 2)", TAC_E_SYNTAX, "'exp' takes 1 argument, here are 2"},
        {"y := piecewise(1, 2)", TAC_E_SYNTAX, "piecewise takes (value, condition, otherwise)"},
        {"x := 1; x := 2", TAC_E_MODEL,
         "test:1:9: 'x' has a rule already, at test:1:1; keep one of them"},
        {"x = 1; x = 2", TAC_E_MODEL, "test:1:8: 'x' has an initial value already, at test:1:1"},
        {"x := 1; x = 2", TAC_E_MODEL, "which gives its initial value too"},
        {"var x; k = 1; x = 2*k", TAC_E_MODEL, "its value without any event must be a number"},
        {"y := k", TAC_E_MODEL, "'k' has no value"},
        {"x' = 1", TAC_E_MODEL, "'x' has no start value"},
        {"a := b; b := c; c := a", TAC_E_MODEL,
         "assignment rules need each other: a -> b -> c -> a"},
        {"", TAC_E_MODEL, "the file holds no model"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        model_must_fail(CASES[i].text, CASES[i].status, CASES[i].part);
    }
}

/** `head` + n names parted by commas + `tail`. */
static void list_must_fail(const char *head, int n, const char *tail, const char *part)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, head);
    for (int i = 0; i < n; i++) {
        tac_buf_text(&text, i == 0 ? "a" : ", a");
    }
    tac_buf_text(&text, tail);
    model_must_fail(tac_buf_str(&text), TAC_E_SYNTAX, part);
    tac_buf_free(&text);
}

static void lists_have_a_length_that_people_write(void **state)
{
    (void)state;
    list_must_fail("a = 1; y := max(", 65, ")", "more than 64 arguments");
    list_must_fail("model m(", 257, ")\nend", "more than 256 names");
    list_must_fail("m: M(", 257, ")", "more than 256 ports");
}

static void a_unit_may_be_defined_inside_a_model(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "model m()\n unit mM = mmol/L; unit mM = 1e-3 mol/L\n"
                                     " var x has mM; x = +3; y := 2*x\nend");
    assert_string_equal(symbol_of(model, "x")->unit_text, "mmol/L");
    assert_close(symbol_of(model, "x")->value, 3.0, 0.0, 0.0);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void all_errors_of_a_file_are_reported_up_to_twenty(void **state)
{
    (void)state;
    char text[4096] = "";
    size_t n = 0;
    for (int i = 0; i < 30; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "x%d = ;\n", i);
    }
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    assert_int_equal(tac_model_read_text(ctx, "test", text, n, &model), TAC_E_SYNTAX);
    assert_non_null(strstr(tac_ctx_message(ctx), "test:1:6:"));
    assert_non_null(strstr(tac_ctx_message(ctx), "test:20:7:"));
    assert_null(strstr(tac_ctx_message(ctx), "test:21:7:"));
    tac_ctx_free(ctx);
}

static void hostile_nesting_ends_in_a_message(void **state)
{
    (void)state;
    static char text[100100];
    memset(text, '(', 10000);
    memcpy(text, "y := ", 5);
    text[10000] = '\0';
    model_must_fail(text, TAC_E_SYNTAX, "nested deeper than 200 levels");
    size_t n = (size_t)snprintf(text, sizeof text, "y := 1");
    while (n < 100000) {
        memcpy(text + n, "+1", 3);
        n += 2;
    }
    model_must_fail(text, TAC_E_SYNTAX, "give parts of it names");
}

static void exponential_functions_end_in_a_message(void **state)
{
    (void)state;
    char text[8192];
    size_t n = (size_t)snprintf(text, sizeof text, "function f0(x) x + x; end\n");
    for (int i = 1; i < 40; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "function f%d(x) f%d(x) + f%d(x*x); end\n",
                              i, i - 1, i - 1);
    }
    snprintf(text + n, sizeof text - n, "a = 1; y := f39(a)\n");
    model_must_fail(text, TAC_E_MODEL, "becomes too large when its functions are written out");
}

/* f(x) = x + 1 + ... + 1 of 800 parts, in itself 40 times: 32,000 operations inside each other. */
static void deep_functions_end_in_a_message(void **state)
{
    (void)state;
    static char text[60000];
    size_t n = (size_t)snprintf(text, sizeof text, "function f0(x) x; end\n");
    for (int i = 1; i <= 40; i++) {
        n += (size_t)snprintf(text + n, sizeof text - n, "function f%d(x) f%d(x)", i, i - 1);
        for (int k = 0; k < 400; k++) {
            n += (size_t)snprintf(text + n, sizeof text - n, "+1");
        }
        n += (size_t)snprintf(text + n, sizeof text - n, "; end\n");
    }
    snprintf(text + n, sizeof text - n, "a = 1; y := f40(a)\n");
    model_must_fail(text, TAC_E_MODEL, "becomes too large when its functions are written out");
}

static void too_many_definitions_are_refused(void **state)
{
    (void)state;
    static const char *const FORMS[][2] = {{"unit u%d = 2 m\n", "more than 5000 units"},
                                           {"function f%d() 1; end\n", "more than 5000 functions"},
                                           {"model m%d() end\n", "more than 5000 models"}};
    for (size_t k = 0; k < sizeof FORMS / sizeof FORMS[0]; k++) {
        tac_buf text = TAC_BUF_INIT;
        for (int i = 0; i <= 5000; i++) {
            char number[16];
            const char *place = strstr(FORMS[k][0], "%d");
            snprintf(number, sizeof number, "%d", i);
            tac_buf_add(&text, FORMS[k][0], (size_t)(place - FORMS[k][0]));
            tac_buf_text(&text, number);
            tac_buf_text(&text, place + 2);
        }
        model_must_fail(tac_buf_str(&text), TAC_E_MODEL, FORMS[k][1]);
        tac_buf_free(&text);
    }
}

static void every_allocation_may_fail_without_a_leak(void **state)
{
    (void)state;
    static const char TEXT[] =
        "unit u = 1e-3 mole/litre; unit per_h = 1/h\nfunction f(a) 2*a; end\n"
        "model M(x)\n  // a note\n  // of two lines\n  var y has u; k = 1 per_h; k2 = 2*k\n"
        "  var x has u; k2 has per_h; x' = -k2*x; x = 1; y := f(x)\nend\n"
        "model N()\n  var A has dimensionless, B has dimensionless, C has dimensionless; A = 1; B = 0; J: A -> B; 2*A; at time > 1: B = A, A = 1; C := sec(A)\nend\n"
        "model *top()\n  m: M(z); z is m.x; var w has u; w = 2\n  n: N(), timeconv = 2;"
        " var v has u; n.B * w is v; delete n.C; i: w -o n.J; w is \"words\"; model notes \"more\"\nend\n";
    size_t n_failed = 0;
    bool is_whole = false;
    for (size_t i = 0; !is_whole; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_model *model = NULL;
        const size_t before = tac_alloc_count();
        tac_alloc_fail_after(i);
        tac_status st = tac_model_read_text(ctx, "test", TEXT, strlen(TEXT), &model);
        if (st == TAC_OK) {
            st = tac_model_check(ctx, model);
        }
        tac_alloc_fail_after(SIZE_MAX);
        if (st != TAC_OK && st != TAC_E_MEMORY) {
            fail_msg("allocation %zu: %s", i, tac_ctx_message(ctx));
        }
        n_failed += st == TAC_OK ? 0 : 1;
        is_whole = tac_alloc_count() - before <= i; /* no allocation was left to fail */
        tac_model_free(model);
        tac_ctx_free(ctx);
    }
    assert_true(n_failed > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(precedence_is_that_of_mathematics),
        cmocka_unit_test(functions_mean_what_the_language_says),
        cmocka_unit_test(types_follow_from_use),
        cmocka_unit_test(a_number_before_a_name_has_a_unit),
        cmocka_unit_test(words_behind_a_declaration_are_kept),
        cmocka_unit_test(lines_of_comment_above_a_declaration_are_its_note),
        cmocka_unit_test(a_very_long_line_is_not_searched_for_notes),
        cmocka_unit_test(species_and_compartments_are_quantities),
        cmocka_unit_test(keywords_are_case_sensitive),
        cmocka_unit_test(a_mistake_does_not_take_its_neighbour_along),
        cmocka_unit_test(deep_functions_end_in_a_message),
        cmocka_unit_test(too_many_definitions_are_refused),
        cmocka_unit_test(user_functions_are_written_out),
        cmocka_unit_test(each_mistake_has_its_message),
        cmocka_unit_test(lists_have_a_length_that_people_write),
        cmocka_unit_test(a_unit_may_be_defined_inside_a_model),
        cmocka_unit_test(all_errors_of_a_file_are_reported_up_to_twenty),
        cmocka_unit_test(hostile_nesting_ends_in_a_message),
        cmocka_unit_test(exponential_functions_end_in_a_message),
        cmocka_unit_test(every_allocation_may_fail_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
