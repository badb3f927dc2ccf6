/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the ledger, from scored findings. */
#ifndef TAC_LEDGER_TABLES_H
#define TAC_LEDGER_TABLES_H

#include "base/table.h"
#include "ledger/score.h"

#include <tactus/study.h>

/** Everything that the tables are made of. */
typedef struct tac_ledger_rows {
    size_t n_study;
    tac_study *const *studies;    /* [n_study] */
    tac_scored *const *scored;    /* [n_study][n_finding] */
    const tac_plan *const *plans; /* [n_study] */
    const tac_validate_options *options;
    const tac_body *body;
} tac_ledger_rows;

/** Fill the tables "findings", "counts", "dependent", "systems", "claims", "calibration", "interval scores" and
 * "meta". */
TAC_MUST_CHECK tac_status tac_ledger_tables(tac_ctx *ctx, const tac_ledger_rows *rows,
                                            tac_results *results);

#endif
