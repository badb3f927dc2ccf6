/* SPDX-License-Identifier: Apache-2.0 */
/* What each programme of a scenario is compared with: nothing, rest, light touch, or another programme. */
#ifndef TAC_SIM_COMPARATOR_H
#define TAC_SIM_COMPARATOR_H

#include "scenario/event_read.h"
#include "scenario/scenario.h"

/**
 * Read `against` (a word for all programmes, or a map from programmes to words) and add the arms that it asks for.
 *
 * Rest and light touch keep the hours, the lengths and the posture of each programme's own sessions; programmes whose
 * sessions are the same share one arm. Programmes that only serve as a comparator move behind the others, and
 * scenario->n_programme counts these. The scenario has its programmes, and room for as many arms again and one.
 *
 * Errors  TAC_E_INPUT  an unknown word or programme, a programme against itself, light touch in place of something that
 *                      is no massage, factors against anything but nothing
 */
TAC_MUST_CHECK tac_status tac_comparators_read(const tac_event_reader *r, const tac_yaml_node *root,
                                               tac_scenario *scenario);

/** True when a programme has a massage (of whatever giver) that the other arm lacks. */
bool tac_arm_adds_massage(const tac_arm *programme, const tac_arm *against);

#endif
