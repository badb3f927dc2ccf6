/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A body with a person in it and a calendar before it, as a model that any simulator can run: numbers for constants and
 * starts, an event for each edge of the schedule.
 */
#ifndef TAC_SIM_SCRIPT_H
#define TAC_SIM_SCRIPT_H

#include "model/model.h"
#include "sim/body.h"

#include <tactus/run.h>

/**
 * Make `model` what the nominal person of a scenario lives through in one arm, counted in hours from its start.
 *
 * Constants are those of the person after the run-in; states start where the run-in ends, inputs where the schedule
 * begins. At each edge of the schedule one event sets the inputs that change there; each happens once. What is drawn for
 * a member (the luck of a dose) has its nominal number, as in a run of the nominal person.
 *
 * model    the one that the body was read from; on error it is neither one nor the other and only to be freed
 * Errors   TAC_E_INPUT  what happens at random moments, with its place: events of a model know when they are
 *          TAC_E_MODEL  a species in a compartment that changes its size
 *          those of tac_run_create()
 */
TAC_MUST_CHECK tac_status tac_script_write(tac_ctx *ctx, const tac_body *body,
                                           const tac_scenario *scenario, size_t arm,
                                           const tac_run_options *options, tac_model *model);

#endif
