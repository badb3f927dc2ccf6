/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Scenarios: who a person is and what happens to them, read from YAML.
 */
#ifndef TACTUS_SCHEDULE_H
#define TACTUS_SCHEDULE_H

#include <tactus/model.h>

TAC_BEGIN_DECLS

/** A scenario that has been read and checked; constant, one may serve all threads. */
typedef struct tac_scenario tac_scenario;

/**
 * Read a scenario file.
 *
 * Ownership  *scenario_out is new: tac_scenario_free(); the body is borrowed and must outlive it
 * Errors     TAC_E_FILE    the file cannot be read
 *            TAC_E_SYNTAX  it is not YAML
 *            TAC_E_INPUT   a wrong key, unit, value, time ...: all of them with line, column and advice
 */
TAC_API TAC_MUST_CHECK tac_status tac_scenario_read(tac_ctx *ctx, const tac_body *body,
                                                    const char *path, tac_scenario **scenario_out);

/**
 * Read a scenario of many people: sex and age may be left open or be `mixed` and a range, `age: [30, 50]`.
 *
 * Ownership  *scenario_out is new: tac_scenario_free(); the body is borrowed and must outlive it
 * Errors     as tac_scenario_read()
 */
TAC_API TAC_MUST_CHECK tac_status tac_scenario_read_people(tac_ctx *ctx, const tac_body *body,
                                                           const char *path,
                                                           tac_scenario **scenario_out);

/**
 * Read a scenario from a text; `name` stands for the file in messages.
 *
 * Ownership  *scenario_out is new: tac_scenario_free(); the body is borrowed and must outlive it
 * Errors     as tac_scenario_read()
 */
TAC_API TAC_MUST_CHECK tac_status tac_scenario_parse(tac_ctx *ctx, const tac_body *body,
                                                     const char *name, const char *text,
                                                     tac_scenario **scenario_out);

/** Free a scenario; NULL is accepted. */
TAC_API void tac_scenario_free(tac_scenario *scenario);

/** Return the length of the scenario in hours. */
TAC_API double tac_scenario_duration_h(const tac_scenario *scenario);

/** Return the number of arms: the programmes first, then those that they are compared with ("without", "rest (weekly)"). */
TAC_API size_t tac_scenario_n_arm(const tac_scenario *scenario);

/** Return the name of arm i. Borrowed. */
TAC_API const char *tac_scenario_arm(const tac_scenario *scenario, size_t i);

TAC_END_DECLS

#endif
