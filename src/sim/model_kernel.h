/* SPDX-License-Identifier: Apache-2.0 */
/* When a general model's functions are compiled: at once, never, or in the middle of a run that takes long. */
#ifndef TAC_SIM_MODEL_KERNEL_H
#define TAC_SIM_MODEL_KERNEL_H

#include "compile/compiled.h"

#include <tactus/general.h>

typedef struct tac_model_kernel {
    tac_program *program; /* borrowed; while this lives nobody else uses it */
    tac_general_functions functions;
    tac_compiled *compiled;
    double begin_s; /* of the monotonic clock */
    bool is_settled;
    bool has_changed_over; /* some of the run was interpreted, some not */
} tac_model_kernel;

/** Begin; where the functions are to be compiled at once, waits for it. */
TAC_MUST_CHECK tac_status tac_model_kernel_begin(tac_ctx *ctx, tac_program *program,
                                                 tac_general_functions functions,
                                                 tac_model_kernel *kernel_out);

/** Between two steps of the run: `user` is the tac_model_kernel. */
TAC_MUST_CHECK tac_status tac_model_kernel_between(void *user, tac_ctx *ctx);

/** "interpreted", "compiled" or "interpreted, then compiled"; and why not, "" where nothing went wrong. */
const char *tac_model_kernel_said(const tac_model_kernel *kernel);
const char *tac_model_kernel_note(const tac_model_kernel *kernel);

/** Back to the interpreter, and free. */
void tac_model_kernel_end(tac_model_kernel *kernel);

#endif
