/* SPDX-License-Identifier: Apache-2.0 */
#include "follow.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { N_SAMPLE = 1001 };

struct tac_followed {
    tac_ctx *ctx;
    tac_program *program;
    tac_model_run *run;
    double t_end;
    double t[N_SAMPLE];
    double *values; /* [N_SAMPLE][n_symbol] */
};

static tac_status keep(void *user, tac_ctx *ctx, tac_model_run *run, size_t i, double t)
{
    tac_followed *f = user;
    (void)ctx;
    (void)t;
    for (size_t k = 0; k < run->image->n_symbol; k++) {
        f->values[i * run->image->n_symbol + k] = tac_model_run_value(run, &run->image->symbols[k]);
    }
    return TAC_OK;
}

static tac_status go(tac_followed *f, const char *antimony)
{
    tac_model_run_options options = TAC_MODEL_RUN_OPTIONS_INIT;
    tac_model *model = model_of(f->ctx, antimony);
    tac_status st = TAC_OK;
    options.t_end = f->t_end;
    options.rel_tol = 1e-9;
    for (size_t i = 0; i < N_SAMPLE; i++) {
        f->t[i] = f->t_end * (double)i / (N_SAMPLE - 1);
    }
    TAC_TRY(tac_model_check(f->ctx, model));
    TAC_TRY(tac_program_build(f->ctx, model, &f->program));
    TAC_TRY(
        tac_alloc_doubles(f->ctx, N_SAMPLE * tac_program_image(f->program)->n_symbol, &f->values));
    TAC_TRY(tac_model_run_create(f->ctx, f->program, &options, &f->run));
    TAC_TRY(tac_model_run_follow(f->ctx, f->run, N_SAMPLE, f->t, keep, f));
out:
    tac_model_free(model);
    return st;
}

static tac_followed *create(double t_end)
{
    tac_followed *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->ctx = tac_ctx_create();
    f->t_end = t_end;
    return f;
}

tac_followed *follow_text(const char *antimony, double t_end)
{
    tac_followed *f = create(t_end);
    if (go(f, antimony) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(f->ctx));
    }
    return f;
}

double followed_at(const tac_followed *f, const char *id, double t)
{
    const tac_image *image = tac_program_image(f->program);
    const tac_image_symbol *symbol = tac_program_find(f->program, id);
    if (symbol == NULL) {
        fail_msg("no '%s' in the model", id);
    }
    const size_t i = (size_t)lround(t / f->t_end * (N_SAMPLE - 1));
    return f->values[i * image->n_symbol + (size_t)(symbol - image->symbols)];
}

void follow_must_fail(const char *antimony, double t_end, tac_status status, const char *part)
{
    tac_followed *f = create(t_end);
    const tac_status st = go(f, antimony);
    if (st != status || strstr(tac_ctx_message(f->ctx), part) == NULL) {
        fail_msg("status %d (%d is wanted), '%s' is wanted in:\n%s", st, status, part,
                 tac_ctx_message(f->ctx));
    }
    followed_free(f);
}

void followed_free(tac_followed *f)
{
    tac_model_run_free(f->run);
    tac_program_free(f->program);
    tac_free(f->values);
    tac_ctx_free(f->ctx);
    free(f);
}
