/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anderson's acceleration of z -> g(z) towards its fixed point: from the last few pairs (z, g) the combination whose
 * residual g - z is least (Walker and Ni 2011, 10.1137/10078356X, unconstrained form).
 *
 * It finds slow linear modes: where plain repetition loses a fifth of its error with each step, this loses most of it.
 */
#ifndef TAC_SOLVE_ANDERSON_H
#define TAC_SOLVE_ANDERSON_H

#include <tactus/base.h>

#include <stddef.h>

typedef struct tac_anderson tac_anderson;

/**
 * Create the memory of an iteration.
 *
 * n      numbers of z
 * depth  pairs that are kept besides the newest, >= 1
 * Ownership  *anderson_out is new: tac_anderson_free()
 */
TAC_MUST_CHECK tac_status tac_anderson_create(tac_ctx *ctx, size_t n, size_t depth,
                                              tac_anderson **anderson_out);

/** Free the memory; NULL is accepted. */
void tac_anderson_free(tac_anderson *anderson);

/** Forget all pairs: the next step is plain. */
void tac_anderson_reset(tac_anderson *anderson);

/**
 * The next z.
 *
 * Shapes  z, g = g(z), size, z_next_out: [n]; size > 0 weighs the numbers against each other; z_next_out may be z or g
 * The first step, and one whose pairs say nothing new, is plain: z_next = g.
 */
void tac_anderson_step(tac_anderson *anderson, const double *z, const double *g, const double *size,
                       double *z_next_out);

#endif
