/* SPDX-License-Identifier: Apache-2.0 */
/* Reads models/assays.tsv. */
#include "ledger/assays.h"

#include "base/fail.h"
#include "embedded.h"

#include <math.h>
#include <string.h>

enum { OBSERVABLE, CV, WITHIN, SD, BETWEEN, LIMIT, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"observable", "cv",      "within",
                                              "sd",         "between", "limit"};

tac_status tac_assays_read(tac_ctx *ctx, tac_tsv **table_out)
{
    const tac_source source = {"models/assays.tsv", (const char *)tac_embedded_assays_tsv,
                               tac_embedded_assays_tsv_n};
    return tac_tsv_read(ctx, &source, N_COLUMN, COLUMNS, table_out);
}

tac_status tac_assay_of(tac_ctx *ctx, const tac_tsv *table, const char *observable,
                        tac_assay *assay_out)
{
    tac_status st = TAC_OK;
    double cv = 0.0;
    double within = 0.0;
    *assay_out = (tac_assay){0};
    for (size_t i = 0; i < tac_tsv_n_row(table); i++) {
        if (strcmp(tac_tsv_cell(table, i, OBSERVABLE), observable) == 0) {
            TAC_TRY(tac_tsv_number(ctx, table, i, CV, NULL, &cv));
            TAC_TRY(tac_tsv_number(ctx, table, i, WITHIN, NULL, &within));
            TAC_TRY(tac_tsv_number(ctx, table, i, SD, NULL, &assay_out->sd));
            TAC_TRY(tac_tsv_number(ctx, table, i, BETWEEN, NULL, &assay_out->between));
            TAC_TRY(tac_tsv_number(ctx, table, i, LIMIT, NULL, &assay_out->limit));
            assay_out->log_sd = hypot(cv, within);
        }
    }
out:
    return st;
}
