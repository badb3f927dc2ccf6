/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Least squares in a few dimensions for functions that are dear to ask: Levenberg and Marquardt's method with
 * differences in place of derivatives.
 *
 * What is minimised is sum_i r_i(z)^2 + sum_k z_k^2, the second from a standard normal prior of each parameter.
 */
#ifndef TAC_LEDGER_SEARCH_H
#define TAC_LEDGER_SEARCH_H

#include <tactus/base.h>

#include <stdbool.h>

#define TAC_SEARCH_MAX 24

typedef struct tac_search {
    /* given */
    size_t n;          /* parameters, at most TAC_SEARCH_MAX */
    size_t n_row;      /* residuals */
    const bool *moves; /* [n] false where nothing depends on it; NULL: all do */
    double z_max;      /* bound of each |z| */
    double step;       /* of the differences */
    size_t n_round;
    void *user;
    /* fill r[n_row] at z[n] */
    tac_status (*residuals)(tac_ctx *ctx, void *user, const double *z, double *r);
    /* called when a better point was accepted, before the next derivatives: r may change meaning; may be NULL */
    tac_status (*accepted)(tac_ctx *ctx, void *user, const double *z, double *r);
} tac_search;

typedef struct tac_search_found {
    double z[TAC_SEARCH_MAX];
    double objective;
    double covariance[TAC_SEARCH_MAX]
                     [TAC_SEARCH_MAX]; /* of z, from central differences at the end */
    size_t n_round;
    bool has_settled; /* the last round gained less than 0.01 */
} tac_search_found;

/**
 * Search from z = 0.
 *
 * Errors  TAC_E_MEMORY; whatever residuals() fails with
 */
TAC_MUST_CHECK tac_status tac_search_do(tac_ctx *ctx, const tac_search *search,
                                        tac_search_found *found_out);

/** sum r^2 + sum z^2. */
double tac_search_objective(const tac_search *search, const double *z, const double *r);

#endif
