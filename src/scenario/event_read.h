/* SPDX-License-Identifier: Apache-2.0 */
/* One event of a calendar, from a YAML map to fields and times. */
#ifndef TAC_SIM_EVENT_READ_H
#define TAC_SIM_EVENT_READ_H

#include "base/buf.h"
#include "base/yaml.h"
#include "scenario/scenario.h"

/* Words gathered for a message or a choice, each once. */
#define TAC_WORD_LIST_MAX 256

typedef struct tac_word_list {
    const char *items[TAC_WORD_LIST_MAX];
    size_t n;
} tac_word_list;

bool tac_word_list_has(const tac_word_list *list, const char *word);

/** Add a word that is neither empty nor there already. */
void tac_word_list_add(tac_word_list *list, const char *word);

/** What the readers of a scenario share. */
typedef struct tac_event_reader {
    tac_ctx *ctx;
    const tac_words *words;
    const tac_source *source;
    tac_arena *arena;
    double start_clock_h; /* time of day at the scenario's start */
} tac_event_reader;

/** Read `{verb: kind, field: value ...}`. All its errors are recorded. */
TAC_MUST_CHECK tac_status tac_event_read(const tac_event_reader *r, const tac_yaml_node *node,
                                         tac_event *event_out);

/** True when the key says when an event happens: at, from, to, for, every, times, nights, days, on, since. */
bool tac_event_is_time_key(const char *key);

/** Add the keys of times to a list. */
void tac_event_list_time_keys(tac_word_list *list);

/** How long an event lasts by the tables. */
typedef struct tac_usual_length {
    double hours; /* 0 = the tables do not say */
    bool is_said; /* the scenario says it as the event's main amount: `sleep: 6.5 h` */
} tac_usual_length;

/** Read the times of an event into event->when. */
TAC_MUST_CHECK tac_status tac_recurrence_read(const tac_event_reader *r, const tac_yaml_node *map,
                                              tac_usual_length usual, tac_event *event);

/** A field by name, or NULL. */
const tac_field *tac_event_field(const tac_event *event, const char *name);

/** Set or replace a field of an event; the unit is borrowed. */
TAC_MUST_CHECK tac_status tac_event_set_number(const tac_event_reader *r, tac_event *event,
                                               const char *name, double number, const char *unit);
TAC_MUST_CHECK tac_status tac_event_set_word(const tac_event_reader *r, tac_event *event,
                                             const char *name, const char *word);

/** True when models/events.tsv has rules for this verb and kind that the rule is one of. */
bool tac_event_rule_fits(const tac_event_rule *rule, const tac_event *event);

/** Refuse a number outside models/limits.tsv; `field` is "for", "pressure" ... */
TAC_MUST_CHECK tac_status tac_limit_check(const tac_event_reader *r, tac_span span,
                                          const char *verb, const char *field, double number,
                                          const char *unit);

/** The fields of a massage that follow from technique, pressure, region and giver. */
TAC_MUST_CHECK tac_status tac_massage_complete(const tac_event_reader *r, const tac_yaml_node *map,
                                               tac_event *event);

/** The same session with another technique at its usual pressure, as a comparator wants it. */
TAC_MUST_CHECK tac_status tac_massage_with(const tac_event_reader *r, const tac_event *like,
                                           const char *technique, tac_event *event_out);

/** "Swedish massage", "Cycling", "Sleep". */
void tac_event_say_what(tac_buf *buf, const tac_words *words, const tac_event *event);

/** "Swedish massage 60 min every Wednesday". */
void tac_event_say(tac_buf *buf, const tac_words *words, const tac_event *event);

/** Record that a word is not one of the list: "no technique 'swedsh'; did you mean ...". */
tac_status tac_refuse_word(const tac_event_reader *r, tac_span span, const char *what,
                           const char *found, const tac_word_list *words);

#endif
