/* SPDX-License-Identifier: Apache-2.0 */
/* See shipped.h. */
#include "shipped.h"

tac_body *shipped_body;
tac_words *shipped_words;

int open_shipped_body(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    const tac_status st = tac_body_open(ctx, &shipped_body);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : -1;
}

int close_shipped_body(void **state)
{
    (void)state;
    tac_body_free(shipped_body);
    return 0;
}

int open_shipped_words(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    const tac_status st = tac_words_create(ctx, &shipped_words);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : -1;
}

int close_shipped_words(void **state)
{
    (void)state;
    tac_words_free(shipped_words);
    return 0;
}
