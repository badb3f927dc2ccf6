/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rule: the interpreter begins. A run that is not done after 0.2 s takes its functions from the cache, or starts the
 * compiler beside itself and changes over when that has ended. Both give the same digits, so the moment does not matter.
 */
#include "sim/model_kernel.h"

#include "base/fail.h"

#include <time.h>

static const double PATIENCE_S = 0.2;

static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/** Take the functions when they are ready. */
static void look(tac_model_kernel *k, bool waits)
{
    const tac_compiled_state state = tac_compiled_look(k->compiled, waits);
    k->is_settled = state != TAC_COMPILED_WORKING;
    if (state == TAC_COMPILED_READY) {
        tac_program_use_kernel(k->program, tac_compiled_kernel(k->compiled));
    }
}

tac_status tac_model_kernel_begin(tac_ctx *ctx, tac_program *program,
                                  tac_general_functions functions, tac_model_kernel *kernel_out)
{
    tac_status st = TAC_OK;
    *kernel_out = (tac_model_kernel){.program = program,
                                     .functions = functions,
                                     .begin_s = now_s(),
                                     .is_settled = functions == TAC_FUNCTIONS_INTERPRETED};
    if (functions == TAC_FUNCTIONS_COMPILED) {
        TAC_TRY(tac_compiled_begin(ctx, program, &kernel_out->compiled));
        look(kernel_out, true);
    }
out:
    return st;
}

tac_status tac_model_kernel_between(void *user, tac_ctx *ctx)
{
    tac_model_kernel *k = user;
    tac_status st = TAC_OK;
    if (k->is_settled || (k->compiled == NULL && now_s() - k->begin_s < PATIENCE_S)) {
        return TAC_OK;
    }
    if (k->compiled == NULL) {
        TAC_TRY(tac_compiled_begin(ctx, k->program, &k->compiled));
    }
    look(k, false);
    k->has_changed_over = tac_compiled_kernel(k->compiled) != NULL;
out:
    return st;
}

const char *tac_model_kernel_said(const tac_model_kernel *k)
{
    if (k->compiled == NULL || tac_compiled_kernel(k->compiled) == NULL) {
        return "interpreted";
    }
    return k->has_changed_over ? "interpreted, then compiled" : "compiled";
}

const char *tac_model_kernel_note(const tac_model_kernel *k)
{
    return k->compiled == NULL ? "" : tac_compiled_note(k->compiled);
}

void tac_model_kernel_end(tac_model_kernel *k)
{
    if (k->program != NULL) {
        tac_program_use_kernel(k->program, NULL);
    }
    tac_compiled_free(k->compiled);
    k->compiled = NULL;
}
