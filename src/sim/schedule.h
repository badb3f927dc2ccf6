/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The inputs of the body over time: constant between edges, made from the events of a life and a programme.
 */
#ifndef TAC_SIM_SCHEDULE_H
#define TAC_SIM_SCHEDULE_H

#include "compile/program.h"
#include "scenario/occurrence.h"
#include "sim/body.h"
#include "sim/luck.h"

typedef struct tac_schedule {
    size_t n_edge; /* >= 1; edge 0 is the start */
    double *
        edge_h; /* [n_edge] ascending, hours from the scenario's start; inputs i hold from edge i to i + 1 */
    double *inputs; /* [n_edge][n_input] */
    double end_h;
    tac_occurrence *occurrences; /* [n_occurrence] ascending by from_h, cut to the schedule */
    size_t n_occurrence;
    bool has_chance; /* some of it differs from member to member: tac_schedule_of_member() */
} tac_schedule;

/**
 * Expand events into inputs.
 *
 * Later events override earlier ones, the programme overrides life (`how` of models/events.tsv); an event that
 * `interrupts` another switches it off meanwhile. A life with any sleep sleeps then and only then (the rules of
 * TAC_VERB_AWAKE hold between).
 *
 * arm        the programme, or NULL for life alone
 * Ownership  *schedule_out is new: tac_schedule_free()
 * Errors     TAC_E_MODEL  models/events.tsv names an input that the body does not have, or a unit that does not fit
 *            TAC_E_INPUT  more than 200,000 occurrences
 *            What cannot be at once was refused when the scenario was read.
 */
TAC_MUST_CHECK tac_status tac_schedule_build(tac_ctx *ctx, const tac_program *program,
                                             const tac_words *words, const tac_scenario *scenario,
                                             const tac_arm *arm, tac_calendar calendar,
                                             tac_schedule **schedule_out);

/**
 * The same for one member, with what chance brings to them: the numbers of the rules that `draw`, and the moments of those
 * that are `random`, whose rate is that of the event times person.contacts. Without it nothing is drawn (the amount in
 * the table holds) and chance brings nothing.
 */
TAC_MUST_CHECK tac_status tac_schedule_of_member(tac_ctx *ctx, const tac_body *body,
                                                 const tac_scenario *scenario, const tac_arm *arm,
                                                 const tac_luck *luck, tac_schedule **schedule_out);

/** Free a schedule; NULL is accepted. */
void tac_schedule_free(tac_schedule *schedule);

#endif
