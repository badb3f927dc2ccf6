/* SPDX-License-Identifier: Apache-2.0 */
/* One lymph vessel under the hand, as text and as JSON; nothing where the scenario did not ask for it. */
#ifndef TAC_REPORT_VESSEL_H
#define TAC_REPORT_VESSEL_H

#include "report/json.h"

/** True when the results hold one. */
bool tac_vessel_is_there(const tac_results *results);

/** Append the section for a terminal of 80 columns. */
void tac_vessel_text(tac_buf *buf, const tac_results *results);

/**
 * {"site", "massage", "arm", "minutes", "rows", "hand", "imbalance", "model_hash"}, or null.
 *
 * with_course  also "minute" (one minute of the session, from the middle of it) and "session" (what was pumped in all)
 */
json_t *tac_vessel_json(const tac_results *results, bool with_course);

#endif
