/* SPDX-License-Identifier: Apache-2.0 */
/* Events of a program: what a runner must know, and the expressions behind it. */
#ifndef TAC_COMPILE_EVENTS_H
#define TAC_COMPILE_EVENTS_H

#include "base/arena.h"
#include "model/model.h"

/**
 * One event. Its trigger is the condition of the same number; its delay, its priority and what it sets are values,
 * beginning at i_value: the delay if it has one, the priority if it has one, one for each state that it sets, and
 * behind these the sizes that some of them are multiplied with when the event happens.
 */
typedef struct tac_program_event {
    const char *id;
    size_t i_value;
    bool has_delay;
    bool has_priority;
    bool is_persistent;     /* happens even when its trigger is false again after the delay */
    bool was_true;          /* the trigger counts as true before the start */
    bool is_late;           /* values are computed after the delay, not at the trigger */
    const uint32_t *states; /* [n_change] indices into x */
    const size_t *sizes;    /* [n_change] indices into the values, SIZE_MAX: none */
    size_t n_change;
} tac_program_event;

/** All events of a system, and the conditions at which its rates jump. */
typedef struct tac_system_events {
    const tac_program_event *events; /* [n_event] */
    size_t n_event;
    tac_expr *conditions; /* [n_condition] triggers of the events, then comparisons inside rates */
    size_t n_condition;
    tac_expr *values; /* [n_value] */
    size_t n_value;
} tac_system_events;

#endif
