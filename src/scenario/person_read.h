/* SPDX-License-Identifier: Apache-2.0 */
/* The person, or the people, of a scenario: words and numbers of `person` as parameters of the body. */
#ifndef TAC_SIM_PERSON_READ_H
#define TAC_SIM_PERSON_READ_H

#include "scenario/event_read.h"

/**
 * Read the map `person` into scenario->person and person_text.
 *
 * Errors  TAC_E_INPUT  a key, word or number that models/person.tsv does not allow; no sex or no age; a range
 */
TAC_MUST_CHECK tac_status tac_person_read(const tac_event_reader *r, const tac_yaml_node *node,
                                          tac_scenario *scenario);

/**
 * The same for many people: what is not said is left open, a number may be a range. node may be NULL: anybody.
 *
 * Errors  as tac_person_read(), but for what is left open
 */
TAC_MUST_CHECK tac_status tac_people_read(const tac_event_reader *r, const tac_yaml_node *node,
                                          tac_scenario *scenario);

#endif
