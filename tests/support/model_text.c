/* SPDX-License-Identifier: Apache-2.0 */
/* Models from text for tests; see model_text.h. */
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

tac_model *model_of(tac_ctx *ctx, const char *antimony)
{
    tac_model *model = NULL;
    const tac_status st = tac_model_read_text(ctx, "test", antimony, strlen(antimony), &model);
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    return model;
}

void model_must_fail(const char *antimony, tac_status status, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    tac_status st = tac_model_read_text(ctx, "test", antimony, strlen(antimony), &model);
    if (st == TAC_OK) {
        st = tac_model_check(ctx, model);
    } else {
        assert_null(model);
    }
    if (st != status || strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("status %d (%d is wanted), '%s' is wanted in:\n%s", (int)st, (int)status, part,
                 tac_ctx_message(ctx));
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
}

const tac_symbol *symbol_of(const tac_model *model, const char *id)
{
    const uint32_t i = tac_model_find(model, id);
    if (i == UINT32_MAX) {
        fail_msg("the model has no '%s'", id);
    }
    return &model->symbols[i];
}
