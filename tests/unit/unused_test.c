/* SPDX-License-Identifier: Apache-2.0 */
/* Which names of a model some equation, start value or event uses. */
#include "base/alloc.h"
#include "model/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/** Whether the model uses each of the names, as 'u' or '-', in their order. */
static void check_used(const char *text, size_t n, const char *const *ids, const char *wanted)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    bool *is_used = NULL;
    assert_int_equal(tac_model_read_text(ctx, "test", text, strlen(text), &model), TAC_OK);
    assert_int_equal(tac_model_mark_used(ctx, model, &is_used), TAC_OK);
    for (size_t i = 0; i < n; i++) {
        const uint32_t symbol = tac_model_find(model, ids[i]);
        assert_true(symbol != UINT32_MAX);
        if (is_used[symbol] != (wanted[i] == 'u')) {
            fail_msg("'%s' is %s", ids[i], is_used[symbol] ? "used" : "not used");
        }
    }
    tac_free(is_used);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_name_is_used_by_a_rate_a_rule_and_a_start(void **state)
{
    (void)state;
    static const char *const IDS[] = {"k", "a", "s", "idle", "y"};
    check_used("k = 2; a = 3; s = 4; idle = 5; x = s; x' = -k*x; y := a*x;", 5, IDS, "uuu--");
}

static void a_name_is_used_by_an_event(void **state)
{
    (void)state;
    static const char *const IDS[] = {"level", "dose", "wait", "idle"};
    check_used(
        "level = 1; dose = 2; wait = 3; idle = 4; x = 5; x' = -x; at wait after x < level: x = dose;",
        4, IDS, "uuu-");
}

/* A module's own name and that of its port are one. */
static void a_port_is_used_where_the_module_uses_it(void **state)
{
    (void)state;
    static const char *const IDS[] = {"k", "part.idle"};
    check_used("model M(rate)\n  idle = 1; x = 1; x' = -rate*x;\nend\n"
               "model *main()\n  k = 2;\n  part: M(k);\nend\n",
               2, IDS, "u-");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_used_by_a_rate_a_rule_and_a_start),
        cmocka_unit_test(a_name_is_used_by_an_event),
        cmocka_unit_test(a_port_is_used_where_the_module_uses_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
