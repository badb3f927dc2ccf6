/* SPDX-License-Identifier: Apache-2.0 */
/* A fit between its stages: what is free, which studies, what they say, what was found. */
#ifndef TAC_LEDGER_FIT_H
#define TAC_LEDGER_FIT_H

#include "base/table.h"
#include "ledger/family.h"
#include "ledger/lives.h"
#include "ledger/search.h"
#include "ledger/target.h"
#include "ledger/varied.h"

#include <tactus/study.h>

/* Standard scores at which each parameter is looked at again, in units of what it is known to afterwards. */
#define TAC_FIT_N_PROFILE 4

typedef struct tac_fitting {
    /* given */
    const tac_fit_options *options;
    const char *directory;
    /* derived */
    tac_varied varied;
    bool has_effect[TAC_VARIED_MAX]; /* some finding depends on it */
    bool moves_orbits;               /* everyday life depends on something that is free */
    tac_tsv *families;
    tac_tsv *assays;
    tac_lives lives;     /* of the studies that are used */
    tac_target *targets; /* [n_target] every finding of these studies */
    size_t n_target;
    /* state */
    double tau; /* between studies, in units of how persons differ */
    size_t n_evaluation;
    tac_search_found found;
    double objective_before; /* at the values of the table, tau at its best there */
    double rise[TAC_VARIED_MAX][TAC_FIT_N_PROFILE];
    double profile_z[TAC_VARIED_MAX][TAC_FIT_N_PROFILE];
} tac_fitting;

/**
 * Find the studies that depend on what is free, whole families, and keep only those in fitting->lives (not planned).
 * Parameters on which nothing depends are noted.
 *
 * Method  one person of each study lives at both ends of the ranges; what moves by less than a thousandth does not depend
 */
TAC_MUST_CHECK tac_status tac_fit_screen(tac_ctx *ctx, tac_fitting *fitting);

/** Plan the studies that are kept, live them at the values of the table and make targets of their findings. */
TAC_MUST_CHECK tac_status tac_fit_prepare(tac_ctx *ctx, tac_fitting *fitting);

/** Live the studies at z [n_free] and predict every target anew. */
TAC_MUST_CHECK tac_status tac_fit_evaluate(tac_ctx *ctx, tac_fitting *fitting, const double *z);

/** Set tau to its best for the predictions as they are; the objective with it. */
double tac_fit_weigh(tac_fitting *fitting, const double *z);

/** Find the best place for the targets as they are. */
TAC_MUST_CHECK tac_status tac_fit_search(tac_ctx *ctx, tac_fitting *fitting);

/** Fill the tables of a fit. */
TAC_MUST_CHECK tac_status tac_fit_tables(tac_ctx *ctx, const tac_fitting *fitting,
                                         tac_results *results);

#endif
