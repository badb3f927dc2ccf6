/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The linear systems of CVODES' Newton iteration.
 *
 * The library's own way (fill a sparse matrix, add the identity, copy it for later, hand it to KLU,
 * and begin the analysis anew at each restart) costs more than the arithmetic. Here the Jacobian's
 * values are one array, and gamma and the identity are worked in while the factors are computed.
 */
#include "solve/linear.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "solve/sparse_lu.h"
#include "solve/vector.h"

#include <math.h>
#include <string.h>

#include <cvodes/cvodes.h>
#include <cvodes/cvodes_ls.h>
#include <sundials/sundials_linearsolver.h>
#include <sundials/sundials_matrix.h>

struct tac_linear {
    const tac_problem *problem; /* borrowed */
    tac_sparse_lu *lu;
    double *jac; /* [n_jac] last evaluated */
    double gamma;
    long n_jac;
    long n_factor;
    SUNMatrix matrix;       /* a name for `jac` and `gamma` */
    SUNLinearSolver solver; /* a name for `lu` */
};

/** J and gamma of the next system; CVODES says by `is_good` whether the last J will do. */
static int set_system(double t, N_Vector x, N_Vector dxdt, SUNMatrix a, booleantype is_good,
                      booleantype *is_new_out, double gamma, void *user, N_Vector work1,
                      N_Vector work2, N_Vector work3)
{
    tac_linear *linear = a->content;
    double sum = 0.0;
    (void)dxdt;
    (void)user;
    (void)work1;
    (void)work2;
    (void)work3;
    linear->gamma = gamma;
    *is_new_out = is_good ? SUNFALSE : SUNTRUE;
    if (is_good) {
        return 0;
    }
    linear->problem->jac(linear->problem->user, t, tac_vector_values(x), linear->jac);
    linear->n_jac++;
    for (size_t i = 0; i < linear->problem->n_jac; i++) {
        sum += 0.0 * linear->jac[i]; /* NaN as soon as one value is not finite */
    }
    return isnan(sum) ? 1 : 0; /* 1: try a smaller step */
}

static SUNLinearSolver_Type type_of(SUNLinearSolver s)
{
    (void)s;
    return SUNLINEARSOLVER_DIRECT;
}

static int factor(SUNLinearSolver s, SUNMatrix a)
{
    tac_linear *linear = s->content;
    (void)a;
    linear->n_factor++;
    return tac_sparse_lu_factor(linear->lu, linear->gamma, linear->jac) ? SUNLS_SUCCESS
                                                                        : SUNLS_LUFACT_FAIL;
}

static int solve(SUNLinearSolver s, SUNMatrix a, N_Vector x, N_Vector b, double tolerance)
{
    tac_linear *linear = s->content;
    double *y = tac_vector_values(x);
    (void)a;
    (void)tolerance;
    memcpy(y, tac_vector_values(b), linear->problem->n_state * sizeof *y);
    tac_sparse_lu_solve(linear->lu, y);
    return SUNLS_SUCCESS;
}

void tac_linear_free(tac_linear *linear)
{
    if (linear == NULL) {
        return;
    }
    SUNMatFreeEmpty(linear->matrix);
    SUNLinSolFreeEmpty(linear->solver);
    tac_sparse_lu_free(linear->lu);
    tac_free(linear->jac);
    tac_free(linear);
}

/** Give SUNDIALS its two handles. */
static tac_status attach(tac_ctx *ctx, SUNContext sunctx, void *cvode, tac_linear *linear)
{
    linear->matrix = SUNMatNewEmpty(sunctx);
    linear->solver = SUNLinSolNewEmpty(sunctx);
    if (linear->matrix == NULL || linear->solver == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    linear->matrix->content = linear;
    linear->solver->content = linear;
    linear->solver->ops->gettype = type_of;
    linear->solver->ops->setup = factor;
    linear->solver->ops->solve = solve;
    if (CVodeSetLinearSolver(cvode, linear->solver, linear->matrix) != CVLS_SUCCESS
        || CVodeSetLinSysFn(cvode, set_system) != CVLS_SUCCESS) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    return TAC_OK;
}

tac_status tac_linear_create(tac_ctx *ctx, SUNContext sunctx, void *cvode,
                             const tac_problem *problem, tac_linear **linear_out)
{
    tac_status st = TAC_OK;
    tac_linear *linear = NULL;
    void *memory = NULL;

    *linear_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *linear, &memory));
    linear = memory;
    linear->problem = problem;
    TAC_TRY(tac_sparse_lu_create(ctx, problem->n_state, problem->jac_column, problem->jac_row,
                                 &linear->lu));
    TAC_TRY(tac_alloc_doubles(ctx, problem->n_jac, &linear->jac));
    TAC_TRY(attach(ctx, sunctx, cvode, linear));
    *linear_out = linear;
    linear = NULL;
out:
    tac_linear_free(linear);
    return st;
}

long tac_linear_n_jac(const tac_linear *linear)
{
    return linear->n_jac;
}

long tac_linear_n_factor(const tac_linear *linear)
{
    return linear->n_factor;
}
