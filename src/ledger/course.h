/* SPDX-License-Identifier: Apache-2.0 */
/* What is seen in one of the virtual people for every finding of a study: its arms are lived, then read. */
#ifndef TAC_LEDGER_COURSE_H
#define TAC_LEDGER_COURSE_H

#include "ledger/plan.h"
#include "ledger/repeat.h"
#include "sim/simulate.h"

/** Features of all findings, [n_finding][n_member][TAC_N_FEATURE]; NaN where a finding is not simulated. */
typedef struct tac_seen {
    size_t n_member;
    double *features[2]; /* as it was, and with rest in place of massage */
} tac_seen;

/** Room for a plan's features, all NaN. Free with tac_seen_free(). */
TAC_MUST_CHECK tac_status tac_seen_create(tac_ctx *ctx, const tac_plan *plan, size_t n_member,
                                          tac_seen *seen_out);

/** Forget everything: all NaN. */
void tac_seen_clear(tac_seen *seen, const tac_plan *plan);

void tac_seen_free(tac_seen *seen);

/** Features of a finding, [n_member]. */
double (*tac_seen_of(const tac_seen *seen, size_t finding, bool without_touch))[TAC_N_FEATURE];

/**
 * Let one of the people live every arm that is looked at, and keep what each finding asks for.
 *
 * Errors  TAC_E_SOLVER  the life could not be followed
 */
TAC_MUST_CHECK tac_status tac_course_live(tac_ctx *ctx, const tac_plan *plan,
                                          const tac_companies *companies, tac_sim *sim,
                                          size_t i_member, tac_seen *seen);

#endif
