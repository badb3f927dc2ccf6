/* SPDX-License-Identifier: Apache-2.0 */
/* The nineteen claims with the grade of their evidence, from models/claims.yaml. */
#ifndef TAC_STUDY_CLAIMS_H
#define TAC_STUDY_CLAIMS_H

#include "base/yaml.h"

typedef struct tac_claim {
    const char *id;           /* "C4" */
    const char *claim;        /* what is claimed */
    const char *grade;        /* A-D, of the evidence for the claim as worded */
    const char *points;       /* which way the evidence points */
    const char *programme;    /* of models/typical.yaml that shows its size; NULL: none does */
    const char *sentence;     /* what may be printed without lying */
    const char **observables; /* that bear on it */
    size_t n_observable;
    const char **rows; /* observables whose row in a summary carries this claim */
    size_t n_row;
} tac_claim;

typedef struct tac_claims {
    tac_claim *items; /* texts borrowed from the document */
    size_t n;
    tac_yaml *document;
} tac_claims;

/**
 * Read the table that is built into the library.
 *
 * Ownership  free with tac_claims_free()
 * Errors     TAC_E_SYNTAX  a missing or misplaced key, with file, line and column
 */
TAC_MUST_CHECK tac_status tac_claims_read(tac_ctx *ctx, tac_claims *claims_out);

/** Free what tac_claims_read() made and clear. */
void tac_claims_free(tac_claims *claims);

/** The claim that a summary row of this observable carries, or NULL. */
const tac_claim *tac_claims_of_row(const tac_claims *claims, const char *observable);

#endif
