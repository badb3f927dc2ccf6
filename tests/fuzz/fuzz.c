/* SPDX-License-Identifier: Apache-2.0 */
/* What is done with each input, in the order of a run. */
#include "fuzz.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/program.h"

#include <stdio.h>
#include <stdlib.h>

void fuzz_expect(const tac_ctx *ctx, tac_status st, bool has_result)
{
    if ((st == TAC_OK) != has_result || (st != TAC_OK && tac_ctx_n_error(ctx) == 0)) {
        fprintf(stderr, "status %d, result %d, message '%s'\n", (int)st, has_result,
                tac_ctx_message(ctx));
        abort();
    }
}

const tac_words *fuzz_words(void)
{
    static tac_words *words = NULL;
    if (words == NULL) {
        tac_ctx *ctx = tac_ctx_create();
        if (ctx == NULL || tac_words_create(ctx, &words) != TAC_OK) {
            abort();
        }
        tac_ctx_free(ctx);
    }
    return words;
}

/** Each function of a program once; any number may come out. */
static tac_status compute(tac_ctx *ctx, const tac_program *program)
{
    const tac_image *image = tac_program_image(program);
    const size_t n[] = {image->n_prepared, image->n_state,  image->n_state,
                        image->n_jac,      image->n_output, tac_program_n_work(program)};
    double *lists[6] = {NULL};
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < 6; k++) {
        st = tac_alloc_doubles(ctx, n[k], &lists[k]);
    }
    if (st == TAC_OK) {
        const double *p = image->parameters;
        const double *u = image->inputs;
        tac_program_prepare(program, p, u, lists[0], lists[5]);
        tac_program_start(program, p, u, lists[0], lists[1], lists[5]);
        tac_program_rhs(program, 0.0, lists[1], p, u, lists[0], lists[2], lists[5]);
        tac_program_jac(program, 0.0, lists[1], p, u, lists[0], lists[3], lists[5]);
        tac_program_observe(program, 0.0, lists[1], p, u, lists[0], lists[4], lists[5]);
    }
    for (size_t k = 0; k < 6; k++) {
        tac_free(lists[k]);
    }
    return st;
}

static tac_status build(tac_ctx *ctx, const tac_model *model)
{
    tac_status st = TAC_OK;
    tac_program *program = NULL;
    tac_buf c = TAC_BUF_INIT;
    TAC_TRY(tac_model_check(ctx, model));
    TAC_TRY(tac_program_build(ctx, model, &program));
    TAC_TRY(compute(ctx, program));
    TAC_TRY(tac_program_emit(ctx, program, "fuzz", &c));
out:
    tac_buf_free(&c);
    tac_program_free(program);
    return st;
}

int fuzz_model(const char *name, const uint8_t *data, size_t n)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    if (ctx == NULL) {
        return 0;
    }
    tac_status st = tac_model_read_text(ctx, name, (const char *)data, n, &model);
    fuzz_expect(ctx, st, model != NULL);
    if (st == TAC_OK) {
        st = build(ctx, model);
        fuzz_expect(ctx, st, st == TAC_OK);
    }
    tac_model_free(model);
    tac_ctx_free(ctx);
    return 0;
}
