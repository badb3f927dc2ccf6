/* SPDX-License-Identifier: Apache-2.0 */
/* Puts what is known of a person into the parameters. */
#ifndef TAC_SIM_PERSON_H
#define TAC_SIM_PERSON_H

#include "compile/program.h"
#include "scenario/scenario.h"

/**
 * Set the parameters of p that the scenario's person gives (the middle of a range): states of health, then what is said
 * outright; the others keep their drawn values.
 *
 * Errors  TAC_E_MODEL  models/person.tsv names a parameter that the body does not have
 */
TAC_MUST_CHECK tac_status tac_person_set(tac_ctx *ctx, const tac_program *program,
                                         const tac_scenario *scenario, double *p);

#endif
