/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a report shows of each part of the body: for every observable that parts have, the mean in each part, with the first programme and
 * without. Summed up while people live, because the courses of eight parts would need eight times the memory.
 */
#ifndef TAC_STUDY_PARTS_H
#define TAC_STUDY_PARTS_H

#include "base/table.h"
#include "scenario/scenario.h"
#include "sim/body.h"
#include "sim/simulate.h"
#include "study/statistics.h"

typedef struct tac_parts tac_parts;
typedef struct tac_parts_watch tac_parts_watch;

/**
 * Prepare the means for a scenario; the sessions are those of `programme` (NULL for a life alone: the whole time).
 *
 * Ownership  *parts_out is new: tac_parts_free(); scenario and body are borrowed
 * Errors     TAC_E_MODEL  models/observables.tsv names a variable that the body does not have
 */
TAC_MUST_CHECK tac_status tac_parts_create(tac_ctx *ctx, const tac_body *body,
                                           const tac_scenario *scenario,
                                           const tac_schedule *programme, size_t n_member,
                                           tac_parts **parts_out);

/** Free; NULL is accepted. */
void tac_parts_free(tac_parts *parts);

/** One for each thread. Ownership: new, tac_parts_watch_free(); the parts are borrowed. */
TAC_MUST_CHECK tac_status tac_parts_watch_create(tac_ctx *ctx, tac_parts *parts,
                                                 tac_parts_watch **watch_out);
void tac_parts_watch_free(tac_parts_watch *watch);

/** A life begins; then its samples in order of time, observed; then it ends and its means are kept. */
void tac_parts_begin(tac_parts_watch *watch);
void tac_parts_see(tac_parts_watch *watch, tac_sim *sim, double t_h, const double *x);
void tac_parts_end(tac_parts_watch *watch, bool is_with, size_t member);

/** Add "regions": observable, title, unit, decimals, part, without, with, change, low, high; medians over the members. */
TAC_MUST_CHECK tac_status tac_parts_add_table(tac_ctx *ctx, const tac_parts *parts,
                                              bool has_programme, tac_results *results);

#endif
