/* SPDX-License-Identifier: Apache-2.0 */
/* Setting parameters free: which, how many, and where they stand afterwards. */
#include "ledger/varied.h"

#include "close.h"
#include "shipped.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check_refused(const char *pattern, const char *part)
{
    tac_varied v;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_varied_create(ctx, shipped_body, 1, &pattern, &v), TAC_E_ARG);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in: %s", part, tac_ctx_message(ctx));
    }
    tac_varied_free(&v);
    tac_ctx_free(ctx);
}

static void what_cannot_be_free_is_refused_with_the_reason(void **state)
{
    (void)state;
    check_refused("stress.relax_cd", "did you mean 'stress.relax_ct'");
    check_refused("touch.area_ref", "has no range");
    check_refused("stress.*", "24 at most");
    check_refused("stress.*", "stress.relax_ct");
}

static void a_free_parameter_is_moved_along_its_range_and_nothing_else_is(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = {"stress.relax_ct", "touch.p50_c*"};
    static const double UP[] = {1.959963984540054, 0.0};
    tac_varied v;
    tac_ctx *ctx = tac_ctx_create();
    const tac_image *image = tac_program_image(shipped_body->program);
    assert_int_equal(tac_varied_create(ctx, shipped_body, 2, PATTERNS, &v), TAC_OK);
    assert_int_equal(v.n_free, 2);
    tac_varied_set(&v, UP);
    const tac_image_parameter *relax = tac_program_row(v.body.program, "stress.relax_ct");
    const tac_image_parameter *half = tac_program_row(v.body.program, "touch.p50_calm");
    assert_close(relax->value, tac_program_row(shipped_body->program, "stress.relax_ct")->high,
                 1e-12, 0.0);
    assert_close(half->value, tac_program_row(shipped_body->program, "touch.p50_calm")->value,
                 1e-12, 0.0);
    assert_true(isnan(relax->low) && isnan(half->high)); /* nobody draws another */
    for (size_t i = 0; i < image->n_parameter; i++) {
        const bool is_free = i == relax->index || i == half->index;
        assert_true(is_free || v.parameters[i] == image->parameters[i]);
    }
    tac_varied_free(&v);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_free_is_refused_with_the_reason),
        cmocka_unit_test(a_free_parameter_is_moved_along_its_range_and_nothing_else_is)};
    return cmocka_run_group_tests(tests, open_shipped_body, close_shipped_body);
}
