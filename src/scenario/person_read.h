/* SPDX-License-Identifier: Apache-2.0 */
/* The person of a scenario: words and numbers of `person` as parameters of the body. */
#ifndef TAC_SIM_PERSON_READ_H
#define TAC_SIM_PERSON_READ_H

#include "scenario/event_read.h"

/**
 * Read the map `person` into scenario->person and person_text.
 *
 * Errors  TAC_E_INPUT  a key, word or number that models/person.tsv does not allow; no sex or no age
 */
TAC_MUST_CHECK tac_status tac_person_read(const tac_event_reader *r, const tac_yaml_node *node,
                                          tac_scenario *scenario);

#endif
