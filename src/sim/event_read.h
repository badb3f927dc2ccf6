/* SPDX-License-Identifier: Apache-2.0 */
/* One event of a calendar, from a YAML map to fields and times. */
#ifndef TAC_SIM_EVENT_READ_H
#define TAC_SIM_EVENT_READ_H

#include "base/buf.h"
#include "base/yaml.h"
#include "sim/scenario.h"

/** What the readers of a scenario share. */
typedef struct tac_event_reader {
    tac_ctx *ctx;
    const tac_words *words;
    const tac_source *source;
    tac_arena *arena;
} tac_event_reader;

/** Read `{verb: kind, field: value ...}`. All its errors are recorded. */
TAC_MUST_CHECK tac_status tac_event_read(const tac_event_reader *r, const tac_yaml_node *node,
                                         tac_event *event_out);

/** Read the times of an event: at, from, to, for, every, times, days, on. True when the key is one of them. */
bool tac_event_is_time_key(const char *key);
TAC_MUST_CHECK tac_status tac_recurrence_read(const tac_event_reader *r, const tac_yaml_node *map,
                                              double default_h, tac_recurrence *when_out);

/** Set or replace a number among the fields of an event. */
TAC_MUST_CHECK tac_status tac_event_set_number(const tac_event_reader *r, tac_event *event,
                                               const char *name, double number);

/** The fields of a massage that follow from technique, pressure, region and giver. */
TAC_MUST_CHECK tac_status tac_massage_complete(const tac_event_reader *r, const tac_yaml_node *map,
                                               tac_event *event);

/** The same event with another technique and its default pressure, as a comparator wants it. */
TAC_MUST_CHECK tac_status tac_massage_with(const tac_event_reader *r, const tac_event *like,
                                           const char *technique, tac_event *event_out);

/** A field by name, or NULL. */
const tac_field *tac_event_field(const tac_event *event, const char *name);

/** "Swedish massage 60 min every Wednesday". */
void tac_event_say(tac_buf *buf, const tac_event *event);

/** Record that a word is not one of the list. */
tac_status tac_refuse_word(const tac_event_reader *r, tac_span span, const char *what,
                           const char *found, size_t n_word, const char *const *words);

#endif
