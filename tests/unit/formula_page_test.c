/* SPDX-License-Identifier: Apache-2.0 */
/* Formulae as MathML for the eye: fractions, powers, cases, and brackets only where they are needed. */
#include "model/formula_page.h"

#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *formula, const char *part)
{
    char text[200];
    tac_ctx *ctx = tac_ctx_create();
    tac_buf html = TAC_BUF_INIT;
    snprintf(text, sizeof text, "x = 1; k_on = 2; y := %s", formula);
    tac_model *model = model_of(ctx, text);
    tac_formula_page(&html, model, NULL, symbol_of(model, "y")->rule);
    if (strstr(tac_buf_str(&html), part) == NULL) {
        fail_msg("'%s' is wanted in %s", part, tac_buf_str(&html));
    }
    tac_buf_free(&html);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void formulae_look_like_those_of_a_book(void **state)
{
    (void)state;
    check("x/k_on",
          "<mfrac><mrow><mrow><mi mathvariant=\"normal\">x</mi></mrow></mrow><mrow><mrow><msub>"
          "<mi mathvariant=\"normal\">k</mi><mi mathvariant=\"normal\">on</mi></msub>");
    check("(x/2)^2", "<msup><mrow><mrow><mo>(</mo><mfrac>");
    check("(x + 1)*2", "<mo>(</mo><mrow><mi");
    check("x*x + 1", "<mrow><mrow><mrow><mi");
    check("piecewise(1, x < 2, 3)", "<mtext>if&#160;</mtext>");
    check("1 + piecewise(1, x < 2, 3)", "<mo>(</mo><mrow><mo>{</mo>");
    check("6.02e23*x", "<mn>6.02</mn><mo>&#183;</mo><msup><mn>10</mn><mn>23</mn></msup>");
    check("sqrt(x) + abs(x) + exp(x)", "<msqrt>");
    check("3 mL + x", "<mn>3</mn><mspace width=\"0.2em\"/><mtext>mL</mtext>");
}

/* A graph shares parts that a page repeats: 2^60 of them are cut. */
static void pages_have_an_end(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf html = TAC_BUF_INIT;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, "function f(a) a*a + a; end\nx = 1; y := ");
    for (int i = 0; i < 12; i++) {
        tac_buf_text(&text, "f(");
    }
    tac_buf_text(&text, "x))))))))))))");
    tac_model *model = model_of(ctx, tac_buf_str(&text));
    tac_formula_page(&html, model, NULL, symbol_of(model, "y")->rule);
    assert_true(html.n < 1000000);
    assert_non_null(strstr(tac_buf_str(&html), "&#8230;"));
    tac_buf_free(&html);
    tac_buf_free(&text);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulae_look_like_those_of_a_book),
        cmocka_unit_test(pages_have_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
