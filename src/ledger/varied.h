/* SPDX-License-Identifier: Apache-2.0 */
/* A body with some of its parameters set free: each has one value for everybody, moved along its range. */
#ifndef TAC_LEDGER_VARIED_H
#define TAC_LEDGER_VARIED_H

#include "ledger/search.h"
#include "sim/body.h"

#define TAC_VARIED_MAX TAC_SEARCH_MAX

/** The body as it is, but for the rows of the free parameters. Not to be moved in memory. */
typedef struct tac_varied {
    tac_body body; /* shares all but the program with the one it was made from */
    tac_image image;
    tac_image_parameter *rows;                /* [image.n_row] own copy */
    double *parameters;                       /* [image.n_parameter] own copy */
    tac_image_parameter free[TAC_VARIED_MAX]; /* [n_free] as they were: value, low, high */
    size_t place[TAC_VARIED_MAX];             /* [n_free] of the row */
    size_t n_free;
} tac_varied;

/**
 * Set parameters free by patterns of their names (*, ?, [...]). Only those that have a range can be.
 *
 * Ownership  free with tac_varied_free(), also after an error; the body is borrowed
 * Errors     TAC_E_ARG  a pattern that names no parameter, or only such without a range; more than TAC_VARIED_MAX
 */
TAC_MUST_CHECK tac_status tac_varied_create(tac_ctx *ctx, const tac_body *body, size_t n_pattern,
                                            const char *const *patterns, tac_varied *varied);

void tac_varied_free(tac_varied *varied);

/** Move the free parameters to standard scores [n_free] of their ranges: 0 is the value of the table. */
void tac_varied_set(tac_varied *varied, const double *z);

#endif
