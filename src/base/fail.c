/* SPDX-License-Identifier: Apache-2.0 */
/* The context that collects messages; it decides nothing and prints nothing. */
#include "base/fail.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

struct tac_ctx {
    tac_buf messages;
    size_t n_error;
    bool is_out_of_memory;
};

tac_ctx *tac_ctx_create(void)
{
    return tac_calloc(1, sizeof(tac_ctx));
}

void tac_ctx_free(tac_ctx *ctx)
{
    if (ctx != NULL) {
        tac_buf_free(&ctx->messages);
        tac_free(ctx);
    }
}

const char *tac_ctx_message(const tac_ctx *ctx)
{
    if (ctx->is_out_of_memory || ctx->messages.has_failed) {
        return "out of memory\n"; /* constant, so that saying it needs none */
    }
    return tac_buf_str(&ctx->messages);
}

size_t tac_ctx_n_error(const tac_ctx *ctx)
{
    return ctx->n_error;
}

void tac_ctx_clear(tac_ctx *ctx)
{
    tac_buf_free(&ctx->messages);
    ctx->n_error = 0;
    ctx->is_out_of_memory = false;
}

int tac_ctx_is_full(const tac_ctx *ctx)
{
    return ctx->n_error >= TAC_MAX_ERRORS;
}

const char *tac_status_text(tac_status status)
{
    switch (status) {
#define TAC_STATUS_CASE(name, value, text) \
    case name: return text;
        TAC_STATUS_LIST(TAC_STATUS_CASE)
#undef TAC_STATUS_CASE
    }
    return "an unknown status";
}

TAC_PRINTF(2, 0)
static void add_message(tac_ctx *ctx, const char *format, va_list args)
{
    char small[512];
    va_list again;
    va_copy(again, args);
    const int n = vsnprintf(small, sizeof small, format, args);
    if (n < 0) {
        tac_buf_text(&ctx->messages, format);
    } else if ((size_t)n < sizeof small) {
        tac_buf_add(&ctx->messages, small, (size_t)n);
    } else {
        char *large = tac_calloc((size_t)n + 1, 1);
        if (large != NULL) {
            vsnprintf(large, (size_t)n + 1, format, again);
            tac_buf_add(&ctx->messages, large, (size_t)n);
        } else {
            ctx->is_out_of_memory = true;
        }
        tac_free(large);
    }
    va_end(again);
    tac_buf_text(&ctx->messages, "\n");
}

tac_status tac_fail_v(tac_ctx *ctx, tac_status status, const char *format, va_list args)
{
    if (status == TAC_OK) {
        TAC_BUG("a failure needs a status");
    }
    if (status == TAC_E_MEMORY) {
        ctx->is_out_of_memory = true;
    }
    if (ctx->n_error < TAC_MAX_ERRORS) {
        add_message(ctx, format, args);
    } else if (ctx->n_error == TAC_MAX_ERRORS) {
        tac_buf_text(&ctx->messages, "more errors are not shown\n");
    }
    ctx->n_error++;
    return status;
}

#undef tac_fail
tac_status tac_fail(tac_ctx *ctx, tac_status status, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    status = tac_fail_v(ctx, status, format, args);
    va_end(args);
    return status;
}

void tac_warn(tac_ctx *ctx, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    tac_buf_text(&ctx->messages, "warning: ");
    add_message(ctx, format, args);
    va_end(args);
}

void tac_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "tactus: a bug at %s:%d: %s\n", file, line, what);
    abort();
}
