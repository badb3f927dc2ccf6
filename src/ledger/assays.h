/* SPDX-License-Identifier: Apache-2.0 */
/* What a measurement adds to what happens in the body: models/assays.tsv. */
#ifndef TAC_LEDGER_ASSAYS_H
#define TAC_LEDGER_ASSAYS_H

#include "base/tsv.h"

typedef struct tac_assay {
    double
        log_sd; /* assay, and what changes within a person from one sampling to the next without any model of it */
    double sd; /* of a scale, in its unit */
    double
        between; /* laboratories and their volunteers: log-SD, or in the unit where `sd` is above 0 */
    double limit; /* of detection */
} tac_assay;

/** Read the shipped table. Ownership: *table_out is new, tac_tsv_free(). */
TAC_MUST_CHECK tac_status tac_assays_read(tac_ctx *ctx, tac_tsv **table_out);

/** The row of an observable; where it has none, no noise. */
TAC_MUST_CHECK tac_status tac_assay_of(tac_ctx *ctx, const tac_tsv *table, const char *observable,
                                       tac_assay *assay_out);

#endif
