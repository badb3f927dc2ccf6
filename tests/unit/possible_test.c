/* SPDX-License-Identifier: Apache-2.0 */
/* What a parameter cannot be is refused where it stands in its table. */
#include "base/alloc.h"
#include "base/file.h"
#include "model_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char MODEL[] =
    "model vessel()\n"
    "  var v; const compliance; const share_a; const share_b; const tau_v;\n"
    "  v' = (share_a*compliance + share_b - v)/tau_v;\n  v = 1;\nend\n"
    "model *top()\n  one: vessel();\nend\n";

static const char TABLE[] = "id\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n"
                            "one.compliance\t2\t1\t1\t4\t\tassumed\t\tn\n"
                            "one.share_a\t0.3\t1\t0.1\t0.6\t\tassumed\t\tn\n"
                            "one.share_b\t0.7\t1\t\t\t\tassumed\t\tn\n"
                            "one.tau_v\t3\t1\t1\t9\t\tassumed\t\tn\n";

#define HEAD "parameters\tlow\thigh\twhy\n"

static void write_file(char *path, const char *text)
{
    tac_ctx *ctx = tac_ctx_create();
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    assert_int_equal(tac_file_write(ctx, path, text, strlen(text)), TAC_OK);
    tac_ctx_free(ctx);
}

/** The model with the table, held against the rows; the message is checked when one is wanted. */
static tac_model *bound(tac_ctx *ctx, const char *rows, tac_status want, const char *part)
{
    char table[] = "/tmp/tactus-test-XXXXXX";
    char possible[] = "/tmp/tactus-test-XXXXXX";
    tac_model *model = model_of(ctx, MODEL);
    write_file(table, TABLE);
    write_file(possible, rows);
    assert_int_equal(tac_model_set_parameters(ctx, model, table), TAC_OK);
    assert_int_equal(tac_model_bound_parameters(ctx, model, possible), want);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    remove(table);
    remove(possible);
    return model;
}

static void check(const char *rows, tac_status want, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model_free(bound(ctx, rows, want, part));
    tac_ctx_free(ctx);
}

static void what_is_possible_passes_and_is_kept(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model =
        bound(ctx, HEAD "*.share_*\t0\t1\ta share\none.tau_v *compliance\t>0\t\tnone\n", TAC_OK,
              "");
    assert_true(model->parameters[1].least == 0.0 && model->parameters[1].most == 1.0);
    assert_true(model->parameters[3].least > 0.0 && model->parameters[3].least < 1e-300);
    assert_true(isinf(model->parameters[3].most));
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void several_rows_count_together(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = bound(ctx, HEAD "one.*\t0\t\ta\n*.share_a\t\t0.8\tb\n", TAC_OK, "");
    assert_true(model->parameters[1].least == 0.0 && model->parameters[1].most == 0.8);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void each_number_outside_is_named_with_place_and_reason(void **state)
{
    (void)state;
    check(
        HEAD "*.share_a\t0\t0.5\tmust not be all\n", TAC_E_MODEL,
        ":3:23: the upper end of 'one.share_a' cannot be 0.6: at least 0 and at most 0.5 is possible "
        "(must not be all)");
    check(
        HEAD "one.share_b\t0\t<0.7\tw\n", TAC_E_MODEL,
        ":4:13: the value of 'one.share_b' cannot be 0.7: at least 0 and below 0.7 is possible (w)");
    check(HEAD "*compliance\t>1\t\tw\n", TAC_E_MODEL,
          ":2:20: the lower end of 'one.compliance' cannot be 1: above 1 is possible (w)");
}

static void wrong_rows_are_refused(void **state)
{
    (void)state;
    check(HEAD "*.share\t0\t1\tw\n", TAC_E_MODEL, ":2:1: no parameter is called so");
    check(HEAD "*.tau_v\t1\t0\tw\n", TAC_E_SYNTAX, "low must lie below high");
    check(HEAD "*.tau_v\t0\t1\t\n", TAC_E_SYNTAX, "parameters and the reason are wanted");
    check(HEAD "*.tau_v\t<0\t1\tw\n", TAC_E_SYNTAX, "a number is wanted, with > in front");
    check(HEAD "*.tau_v\t0\tmuch\tw\n", TAC_E_SYNTAX, "a number is wanted, with < in front");
    check("parameters\tlow\n", TAC_E_SYNTAX, "the header has no column 'high'");
}

static void stars_stand_for_any_letters(void **state)
{
    (void)state;
    check(HEAD "*\t0\t100\tw\n", TAC_OK, "");
    check(HEAD "one.share_*\t0\t1\tw\n", TAC_OK, "");
    check(HEAD "o*e.*_b\t0\t1\tw\n", TAC_OK, "");
    check(HEAD "one.tau_v*\t0\t10\tw\n", TAC_OK, "");
    check(HEAD "ne.tau_v\t0\t10\tw\n", TAC_E_MODEL, "no parameter is called so");
    check(HEAD "one.tau\t0\t10\tw\n", TAC_E_MODEL, "no parameter is called so");
    check(HEAD "*_b_*\t0\t10\tw\n", TAC_E_MODEL, "no parameter is called so");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_possible_passes_and_is_kept),
        cmocka_unit_test(several_rows_count_together),
        cmocka_unit_test(each_number_outside_is_named_with_place_and_reason),
        cmocka_unit_test(wrong_rows_are_refused),
        cmocka_unit_test(stars_stand_for_any_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
