/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tables that a comparison gives; report/ reads them by these names.
 *
 *   meta          key, text, number          title, person, seed, members, counts of the solver ...
 *   arms          id, title, against         programmes, then what only serves as a comparator (against is empty)
 *   observables   id, title, unit, what, decimals
 *   summary       one row per programme and observable
 *   body          the summary as places on the picture of the body
 *   regions       what parts of the body have, part by part
 *   trajectories  time and, per arm and observable, median and 95 % range
 *   weeks         the same as means of days
 *   session       the day of the first session, by the clock
 *   spans         what happens on that day
 *   together      sum of the factors' changes, all of them together, and the difference; where the scenario has factors
 *   claims, assumed, notes
 *   vessel, vessel_hand, vessel_about, vessel_course   one lymph vessel under the hand, where the scenario asks for it
 */
#ifndef TAC_STUDY_TABLES_H
#define TAC_STUDY_TABLES_H

#include "base/table.h"
#include "study/claims.h"
#include "study/ensemble.h"
#include "study/measured.h"

/** Midnight before the first session (of the first arm that has one), in hours from the scenario's start. */
double tac_session_day_h(const tac_ensemble *ensemble);

/** The numbers of members or people: what an arm's programme does to an observable, and the same hours without it. */
typedef struct tac_outcomes {
    size_t n; /* members at most */
    /* without, with: [n], in the order of the members; *n_out of them are there */
    tac_status (*read)(tac_ctx *ctx, const void *user, size_t arm, size_t observable,
                       double *without, double *with, size_t *n_out);
    const void *user;
} tac_outcomes;

/** Those of trajectories. */
tac_outcomes tac_outcomes_of_ensemble(const tac_ensemble *ensemble);

/** Add "summary" and "body". */
TAC_MUST_CHECK tac_status tac_tables_add_summary(tac_ctx *ctx, const tac_ensemble *ensemble,
                                                 const tac_outcomes *outcomes,
                                                 const tac_claims *claims,
                                                 const tac_measured *measured,
                                                 tac_results *results);

/** Add "together": the scenario has factors. */
TAC_MUST_CHECK tac_status tac_tables_add_together(tac_ctx *ctx, const tac_ensemble *ensemble,
                                                  tac_results *results);

/** Add "trajectories", "weeks", "session" and "spans". */
TAC_MUST_CHECK tac_status tac_tables_add_courses(tac_ctx *ctx, const tac_ensemble *ensemble,
                                                 tac_results *results);

/** Add "meta", "arms", "observables" and "claims". */
TAC_MUST_CHECK tac_status tac_tables_add_head(tac_ctx *ctx, const tac_ensemble *ensemble,
                                              const tac_claims *claims, tac_results *results);

/** Add "assumed" and "notes", which speak of one person. */
TAC_MUST_CHECK tac_status tac_tables_add_notes(tac_ctx *ctx, const tac_ensemble *ensemble,
                                               tac_results *results);

#endif
