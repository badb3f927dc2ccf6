/* SPDX-License-Identifier: Apache-2.0 */
/* An arm of a study as a scenario's text: whoever can read a scenario can read what was done to these people. */
#ifndef TAC_SCENARIO_EVIDENCE_LIFE_H
#define TAC_SCENARIO_EVIDENCE_LIFE_H

#include "scenario/evidence.h"

/** What is asked of the text. */
typedef struct tac_life_request {
    size_t arm;
    double clock_h;     /* time of day of time 0 */
    double lead_h;      /* at least so long before time 0 */
    double until_h;     /* at least so long after time 0 */
    double after_end_h; /* and so long after the last event */
    bool without_touch; /* quiet rest in the same posture in place of each massage */
} tac_life_request;

/** The text, and its times in hours from the scenario's start. */
typedef struct tac_life {
    tac_buf text;
    double zero_h;      /* time 0 */
    double first_h;     /* the first event begins */
    double last_from_h; /* the last event begins, and ends */
    double last_to_h;
    double bout_from_h; /* a bout of strain whose length is not said is a moment to the study: */
    double bout_to_h;   /* what it measures or does in it comes after it */
    double end_h;       /* of the scenario */
} tac_life;

/**
 * Write the scenario of an arm; it starts at 06:00, so that everyday life before it is the same for all studies.
 *
 * What has lasted (chronic stress, habitual sleep) becomes life, everything else the programme. A night that the
 * study changes is the next one after the event before it.
 *
 * Errors  TAC_E_INPUT  something that this body has no mechanism for; the message is the reason
 */
TAC_MUST_CHECK tac_status tac_life_write(tac_ctx *ctx, const tac_words *words,
                                         const tac_study *study, const tac_life_request *request,
                                         tac_life *life_out);

/** Free the text; NULL members are accepted. */
void tac_life_free(tac_life *life);

/** A moment in hours from the scenario's start. */
double tac_life_moment_h(const tac_life *life, const tac_moment *moment);

#endif
