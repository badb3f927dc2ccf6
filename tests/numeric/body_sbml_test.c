/* SPDX-License-Identifier: Apache-2.0 */
/* The body as SBML, held against all that libSBML can say of a model. */
#include <tactus/tactus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void libsbml_has_nothing_to_say_of_the_body_units_included(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_export_options options = TAC_EXPORT_OPTIONS_INIT;
    tac_export_findings findings;
    char *text = NULL;
    bool has_units = false;
    options.with_units = 1;
    if (tac_general_export(ctx, "models/body.ant", &options, &text, &findings) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    assert_true(findings.n_kind >= 7);
    for (size_t k = 0; k < findings.n_kind; k++) {
        print_message("%s: %zu, %zu\n", findings.kinds[k].kind, findings.kinds[k].n_error,
                      findings.kinds[k].n_warning);
        assert_int_equal(findings.kinds[k].n_error, 0);
        assert_int_equal(findings.kinds[k].n_warning, 0);
        has_units = has_units || strcmp(findings.kinds[k].kind, "units") == 0;
    }
    assert_true(has_units);
    tac_text_free(text);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(libsbml_has_nothing_to_say_of_the_body_units_included),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
