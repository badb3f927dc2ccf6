/* SPDX-License-Identifier: Apache-2.0 */
/* Computes a function of a program node by node: slow, plain, and the check of the emitted code. */
#ifndef TAC_COMPILE_INTERPRET_H
#define TAC_COMPILE_INTERPRET_H

#include "compile/tape.h"

/** The arrays of compile/image.h that a function may read. */
typedef struct tac_arrays {
    double t;
    const double *x;
    const double *p;
    const double *u;
    const double *c;
} tac_arrays;

/** Compute one part into `out`; work has room for every node of the graph. */
void tac_interpret(const tac_system *system, const tac_tapes *tapes, tac_part part,
                   const tac_arrays *arrays, double *work, double *out);

#endif
