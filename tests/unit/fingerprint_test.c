/* SPDX-License-Identifier: Apache-2.0 */
/* Formulae that mean the same have one fingerprint, those that do not have two. */
#include "model/fingerprint.h"

#include "base/alloc.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/** Are a and b the same, for names x, y, z and time? */
static bool is_same(const char *a, const char *b)
{
    char text[600];
    tac_ctx *ctx = tac_ctx_create();
    tac_prints *prints = NULL;
    snprintf(text, sizeof text, "x = 1; y = 2; z = 3; w' = 0; w = 1; a := %s; b := %s", a, b);
    tac_model *model = model_of(ctx, text);
    const char **names = tac_calloc(model->n_symbol, sizeof *names);
    for (size_t i = 0; i < model->n_symbol; i++) {
        names[i] = model->symbols[i].id;
    }
    assert_int_equal(tac_prints_make(ctx, model, names, &prints), TAC_OK);
    const tac_fingerprint one = tac_print_of(prints, symbol_of(model, "a")->rule);
    const tac_fingerprint other = tac_print_of(prints, symbol_of(model, "b")->rule);
    const bool is = tac_fingerprint_same(&one, &other);
    tac_prints_free(prints);
    tac_free(names);
    tac_model_free(model);
    tac_ctx_free(ctx);
    return is;
}

static void order_and_spelling_do_not_count(void **state)
{
    (void)state;
    static const char *const PAIRS[][2] = {{"x*y + z", "z + y*x"},
                                           {"x*(y + z)", "x*y + x*z"},
                                           {"x/y/z", "x/(y*z)"},
                                           {"x - y", "-(y - x)"},
                                           {"x^2", "x*x"},
                                           {"sqrt(x)", "x^0.5"},
                                           {"exp(x + y)", "exp(x)*exp(y)"},
                                           {"ln(x*y)", "ln(x) + ln(y)"},
                                           {"min(x, min(y, z))", "min(min(z, y), x)"},
                                           {"piecewise(x, y < z, w)", "piecewise(w, y >= z, x)"},
                                           {"piecewise(x, y < z, w)", "piecewise(x, z > y, w)"},
                                           {"piecewise(x, y < z && x > w, w)",
                                            "piecewise(w, !(x > w && y < z), x)"},
                                           {"piecewise(x, y < 1 || z < 1, w)",
                                            "piecewise(x, !(y >= 1 && z >= 1), w)"},
                                           {"abs(x - y)", "abs(y - x)"},
                                           {"x*time + 0", "time*x"},
                                           {"rateOf(w)*2", "rateOf(w) + rateOf(w)"}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        if (!is_same(PAIRS[i][0], PAIRS[i][1])) {
            fail_msg("%s and %s are told apart", PAIRS[i][0], PAIRS[i][1]);
        }
    }
}

/* Branches that no usual value reaches count too. */
static void what_differs_is_told_apart(void **state)
{
    (void)state;
    static const char *const PAIRS[][2] = {{"x", "y"},
                                           {"x", "1.000001*x"},
                                           {"x + y", "x - y"},
                                           {"piecewise(x, y < 1e6, z)",
                                            "piecewise(x, y < 1e6, 2*z)"},
                                           {"piecewise(x, y < 1000, z)",
                                            "piecewise(x, y < 1001, z)"},
                                           {"piecewise(x, y < z, w)", "piecewise(x, y <= z, w)"},
                                           {"piecewise(x, y < z, w)", "piecewise(x, z < y, w)"},
                                           {"min(x, y)", "max(x, y)"},
                                           {"min(x, 100)", "min(x, 101)"},
                                           {"floor(x)", "ceil(x)"},
                                           {"ln(x - 5)", "ln(5 - x)"},
                                           {"(x - 5)^0.5", "(5 - x)^0.5"},
                                           {"x", "time"}};
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        if (is_same(PAIRS[i][0], PAIRS[i][1])) {
            fail_msg("%s and %s are not told apart", PAIRS[i][0], PAIRS[i][1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_and_spelling_do_not_count),
        cmocka_unit_test(what_differs_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
