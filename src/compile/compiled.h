/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model's functions as machine code: emitted, taken from the cache or compiled beside the run, loaded.
 *
 * Nothing here fails but for memory: without compiler, cache or loader the interpreter goes on, and a note says why. The
 * numbers are those of the interpreter to the last digit, so a run may change over in the middle.
 */
#ifndef TAC_COMPILE_COMPILED_H
#define TAC_COMPILE_COMPILED_H

#include "compile/program.h"

typedef struct tac_compiled tac_compiled;

typedef enum tac_compiled_state {
    TAC_COMPILED_WORKING, /* the compiler runs */
    TAC_COMPILED_READY,
    TAC_COMPILED_IMPOSSIBLE /* tac_compiled_note() says why */
} tac_compiled_state;

/**
 * Emit a program, look it up and, where it is not there, start the compiler.
 *
 * Ownership  *compiled_out is new: tac_compiled_free(), after the program has been freed or told to use no kernel
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_compiled_begin(tac_ctx *ctx, const tac_program *program,
                                             tac_compiled **compiled_out);

/** How far it is; where wanted, waits until it is READY or IMPOSSIBLE. */
tac_compiled_state tac_compiled_look(tac_compiled *compiled, bool waits);

/** The functions once READY, else NULL. Borrowed. */
const tac_kernel *tac_compiled_kernel(const tac_compiled *compiled);

/** Why it is impossible, one line; "" otherwise. */
const char *tac_compiled_note(const tac_compiled *compiled);

/** Was it in the cache? */
bool tac_compiled_was_cached(const tac_compiled *compiled);

/** End the compiler if it runs, unload, free; NULL is accepted. */
void tac_compiled_free(tac_compiled *compiled);

#endif
