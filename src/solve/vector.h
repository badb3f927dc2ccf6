/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Vectors for SUNDIALS with plain loops, all from one block of memory; only solve/ knows them.
 *
 * SUNDIALS 6.4.1 does not survive a vector that cannot be cloned, so every vector that it will ever
 * ask for is allocated beforehand, where a failure can be reported.
 */
#ifndef TAC_SOLVE_VECTOR_H
#define TAC_SOLVE_VECTOR_H

#include <tactus/base.h>

#include <sundials/sundials_nvector.h>

typedef struct tac_vectors tac_vectors;

/**
 * Allocate a stock of vectors of n values.
 *
 * Ownership  *vectors_out is new: tac_vectors_free(), after everything that uses one of them
 */
TAC_MUST_CHECK tac_status tac_vectors_create(tac_ctx *ctx, SUNContext sunctx, size_t n,
                                             tac_vectors **vectors_out);

/** Free the stock and all its vectors; NULL is accepted. */
void tac_vectors_free(tac_vectors *vectors);

/** Take a vector out of the stock; its values are zero. Give it back with N_VDestroy(). */
N_Vector tac_vector_take(tac_vectors *vectors);

/** Its values. Borrowed. */
double *tac_vector_values(N_Vector v);

#endif
