/* SPDX-License-Identifier: Apache-2.0 */
/* Our sparse LU in the clothes of a SUNDIALS matrix and linear solver. */
#ifndef TAC_SOLVE_LINEAR_H
#define TAC_SOLVE_LINEAR_H

#include "solve/solver.h"

#include <sundials/sundials_context.h>

typedef struct tac_linear tac_linear;

/**
 * Create the linear solver of I - gamma J and attach it to a CVODES memory block.
 *
 * Ownership  *linear_out is new: tac_linear_free() after CVodeFree(); problem and context are
 *            borrowed and must outlive it
 */
TAC_MUST_CHECK tac_status tac_linear_create(tac_ctx *ctx, SUNContext sunctx, void *cvode,
                                            const tac_problem *problem, tac_linear **linear_out);

/** Free; NULL is accepted. */
void tac_linear_free(tac_linear *linear);

/** Evaluations of the Jacobian and factorisations since creation. */
long tac_linear_n_jac(const tac_linear *linear);
long tac_linear_n_factor(const tac_linear *linear);

#endif
