/* SPDX-License-Identifier: Apache-2.0 */
/* What a scenario wants to see beside the body: detail: lymphangion-chain, or {lymphangion-chain: left lower leg}. */
#ifndef TAC_SIM_DETAIL_H
#define TAC_SIM_DETAIL_H

#include "scenario/place.h"
#include "scenario/scenario.h"

/**
 * Read `detail` into scenario->detail.
 *
 * The vessel lies where it is said, else in the part on which the massage spends most of its time. Its massage is the
 * first one of the first programme that touches this part and strokes.
 *
 * has_arms  false where the programmes could not be read: then only the words are checked
 * Errors    TAC_E_INPUT  an unknown word or region, a region of several parts, no massage there, one that holds still
 */
TAC_MUST_CHECK tac_status tac_detail_read(const tac_event_reader *r, const tac_yaml_node *node,
                                          bool has_arms, tac_scenario *scenario);

#endif
