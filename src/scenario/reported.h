/* SPDX-License-Identifier: Apache-2.0 */
/* What a scenario asks to see: an observable, or one of a region as in {lymph_flow: left arm}. */
#ifndef TAC_SIM_REPORTED_H
#define TAC_SIM_REPORTED_H

#include "scenario/place.h"
#include "scenario/scenario.h"

/**
 * Read one item of `report`.
 *
 * Where the observable is one of parts and no region is said, its usual one is taken (models/observables.tsv).
 *
 * Errors  TAC_E_INPUT  an unknown observable or region, one whose mechanism is not built, a region for what has none
 */
TAC_MUST_CHECK tac_status tac_reported_read(const tac_event_reader *r, const tac_yaml_node *node,
                                            tac_reported *reported_out);

/**
 * The weights of the parts of a region.
 *
 * Shapes  weights [TAC_N_PART]: variable of the region = sum of weights times variables of parts
 */
void tac_reported_weigh(const tac_words *words, const tac_place *place, tac_over over,
                        double *weights);

#endif
