/* SPDX-License-Identifier: Apache-2.0 */
/* When events happen within a calendar: each occurrence, and which of them cannot be at once. */
#ifndef TAC_SIM_OCCURRENCE_H
#define TAC_SIM_OCCURRENCE_H

#include "scenario/scenario.h"

/** One occurrence of an event, in hours from the scenario's start. */
typedef struct tac_occurrence {
    double from_h;
    double to_h;
    uint32_t event;    /* index in the list that it came from */
    bool is_programme; /* from the arm's own events, not from life */
} tac_occurrence;

/** Which part of the calendar is wanted. */
typedef enum tac_calendar {
    TAC_CALENDAR_WHOLE, /* life and the arm's programme, from the start to the end */
    TAC_CALENDAR_HABIT_DAY, /* what is the same every day of life, for one day from the start's clock time */
    TAC_CALENDAR_HABIT_WEEK /* what repeats in life, for the seven days before the start */
} tac_calendar;

/** A growing list of occurrences. */
typedef struct tac_occurrences {
    tac_occurrence *items;
    size_t n;
    size_t cap;
} tac_occurrences;

void tac_occurrences_free(tac_occurrences *list);

/** True when the event belongs to a calendar of habits: it repeats, each day or each week. */
bool tac_event_is_habit(const tac_event *event, tac_calendar calendar);

/**
 * Append the occurrences of an event that overlap [0, end_h] of the calendar, cut to it.
 *
 * A life's event that began before the start reaches into it (sleep over midnight); a programme begins with the
 * scenario.
 *
 * Errors  TAC_E_INPUT  more than 200,000 occurrences
 */
TAC_MUST_CHECK tac_status tac_occurrences_add(tac_ctx *ctx, const tac_scenario *scenario,
                                              const tac_event *event, uint32_t i_event,
                                              bool is_programme, double end_h,
                                              tac_occurrences *list);

/**
 * Everything that happens in a calendar of a life and (arm not NULL) a programme, ascending by beginning, then life
 * before programme, then by the order of the file.
 *
 * A single event of a verb that `replaces` itself, or one of the programme, takes the place of the habits of life that
 * it overlaps (a night awake, an earlier bedtime).
 */
TAC_MUST_CHECK tac_status tac_occurrences_collect(tac_ctx *ctx, const tac_words *words,
                                                  const tac_scenario *scenario, const tac_arm *arm,
                                                  tac_calendar calendar, tac_occurrences *list);

/**
 * Refuse events that models/events.tsv says cannot be at once; each pair of events is named once. What lasts all the
 * time is no obstacle. With a programme, pairs within life are left to the check of life alone (arm NULL).
 */
TAC_MUST_CHECK tac_status tac_occurrences_check(tac_ctx *ctx, const tac_words *words,
                                                const tac_scenario *scenario, const tac_arm *arm,
                                                const tac_occurrences *list);

/** The event behind an occurrence. */
const tac_event *tac_occurrence_event(const tac_scenario *scenario, const tac_arm *arm,
                                      const tac_occurrence *occurrence);

/** Hours that a calendar covers. */
double tac_calendar_end_h(const tac_scenario *scenario, tac_calendar calendar);

/** True when something in life repeats on some days of the week only (or not daily). */
bool tac_life_has_week(const tac_scenario *scenario);

#endif
