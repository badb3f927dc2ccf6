/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the programmes of a scenario with the same life without them. */
#include "base/fail.h"
#include "study/tables.h"

#include <tactus/study.h>

tac_status tac_compare(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                       const tac_compare_options *options, tac_results **results_out)
{
    tac_status st = TAC_OK;
    tac_ensemble *ensemble = NULL;
    tac_results *results = NULL;
    tac_claims claims = {0};
    tac_measured measured = {0};

    *results_out = NULL;
    if (options->n_member < 2) {
        return tac_fail(ctx, TAC_E_ARG, "%zu members: an interval needs at least 2",
                        options->n_member);
    }
    TAC_TRY(tac_claims_read(ctx, &claims));
    TAC_TRY(tac_measured_read(ctx, NULL, &measured));
    TAC_TRY(tac_ensemble_run(ctx, body, scenario, options, &ensemble));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(tac_tables_add_head(ctx, ensemble, &claims, results));
    TAC_TRY(tac_tables_add_notes(ctx, ensemble, results));
    const tac_outcomes outcomes = tac_outcomes_of_ensemble(ensemble);
    TAC_TRY(tac_tables_add_summary(ctx, ensemble, &outcomes, &claims, &measured, results));
    TAC_TRY(tac_parts_add_table(ctx, ensemble->parts, scenario->n_programme > 0, results));
    TAC_TRY(tac_tables_add_courses(ctx, ensemble, results));
    if (scenario->n_factor > 0) {
        TAC_TRY(tac_tables_add_together(ctx, ensemble, results));
    }
    if (ensemble->vessel != NULL) {
        TAC_TRY(tac_vessel_add_tables(ctx, ensemble->vessel, results));
    }
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_ensemble_free(ensemble);
    tac_claims_free(&claims);
    tac_measured_free(&measured);
    return st;
}
