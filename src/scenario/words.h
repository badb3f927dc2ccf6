/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that a person may write, from the tables in models/: events, techniques, pressure words,
 * parts and regions of the body, observables, the person's keys, and the limits of numbers.
 *
 * Constant after reading. A new kind of event, technique or observable is a new row, not new code.
 */
#ifndef TAC_SIM_WORDS_H
#define TAC_SIM_WORDS_H

#include "base/source.h"
#include "scenario/part.h"

#include <stdbool.h>

/* How an observable that each part of the body has becomes one number for a region. */
typedef enum tac_over {
    TAC_OVER_ONE,   /* the body has one; no region can be said */
    TAC_OVER_SUM,   /* the region's share of each part, added */
    TAC_OVER_MEAN,  /* mean over the region, weighed by skin */
    TAC_OVER_EXCESS /* the sum over the region less that over the other side */
} tac_over;

/** A row of models/observables.tsv. */
typedef struct tac_observable {
    const char *id;   /* "cortisol" */
    const char *unit; /* "nmol/L" */
    const char *
        variable; /* "stress.cortisol_total", "lymph.vessel_{r}.flow" where each part has its own; "" when its
                              mechanism is not built yet */
    double factor; /* observable = factor * variable */
    const char *
        statistic; /* "mean24h", "session", "peak" (of each day), "highest", "lowest", "number", "end" (last day), "last" (last hour); of members together, as means: "extreme" (largest), "total" (at the end), "ever" (share above a half) */
    const char *what;  /* "24-h mean" */
    const char *title; /* "cortisol" */
    int decimals;
    const char *room; /* which part of the body brings it when it is not built: "fluids" */
    const char *part; /* place on the picture of the body: "brain", "heart" ... */
    tac_over over;    /* how the variables of several parts make one number */
    const char *site; /* region that is meant where none is said */
} tac_observable;

/* What a rule does: those before TAC_HOW_FOR act on an input, the others on the event itself. */
typedef enum tac_how {
    TAC_HOW_SET,  /* the input becomes the amount */
    TAC_HOW_ADD,  /* the amount is added to the input */
    TAC_HOW_MAX,  /* the larger one of the two */
    TAC_HOW_DOSE, /* the amount is given over the event: amount / duration is added */
    TAC_HOW_DRAW, /* the input becomes a number between 0 and 1, drawn for each person and occurrence; the amount where none is drawn */
    TAC_HOW_RANDOM, /* at random moments, so many in an hour as the amount says, the input is 1 over the length of the moment */
    TAC_HOW_FOR,    /* the amount is how long the event lasts when the scenario does not say */
    TAC_HOW_WHERE,  /* the region in `field` is meant when the scenario does not say one */
    TAC_HOW_EXCLUDES,   /* it cannot be on together with an event of the verb in `field` */
    TAC_HOW_INTERRUPTS, /* events of the verb in `field` are off while it is on */
    TAC_HOW_REPLACES /* as one of its kind it takes the place of a habit of the verb in `field` */
} tac_how;

/**
 * A row of models/events.tsv. A row whose input has a {group} of parts stands for one rule for each of them; the group in
 * its condition and field, if any, is the same part.
 *
 * Of several rows that fit an event and act on the same input, the last one in the table acts.
 */
typedef struct tac_event_rule {
    const char *verb;
    const char *kind;       /* "*" = any */
    const char *when_field; /* "" = always */
    const char *when_word;
    const char *
        input; /* flat input of the body; "" when its mechanism is not built yet and where none is meant */
    tac_how how;
    const char *field; /* "" = the constant `value`; "amount" = what stands behind the verb */
    double value;      /* in `unit`; NaN = only when the field is given */
    const char *unit;
    const char *note;
} tac_event_rule;

/** A row of models/techniques.tsv. */
typedef struct tac_technique {
    const char *id;
    const char *title; /* "Swedish massage" */
    double pressure_kPa;
    double pressure_low_kPa; /* usual range of this technique */
    double pressure_high_kPa;
    double stroke_speed_cm_s;
    double stroke_frequency_Hz;
    double contact_area_cm2;
    double c_tactile;
    double social_touch;
    double self_effort;
    double default_min;
    const char *default_region;
    const char *default_word;
} tac_technique;

/** A row of models/pressure-words.tsv. */
typedef struct tac_pressure_word {
    const char *id;
    double pressure_kPa;
} tac_pressure_word;

/** A row of models/regions.tsv. */
typedef struct tac_region {
    const char *id;
    const char *part;  /* of the body, "head", "trunk", "arm" ..., or "leg", "body" for several */
    double skin_share; /* of the whole skin, 0-1 */
    double ct_weight;  /* C-tactile weight of its skin, hairy 1 */
    double
        sides; /* 2 for a limb: the row is one side, the bare word means both, left or right may be said */
    const char *
        within; /* the region that holds this one and leaves room in its part, "" when there is none */
} tac_region;

/**
 * A row of models/person.tsv: a word or a range of numbers for a key of `person`.
 *
 * A word may stand in several rows and then gives several parameters (sex gives the height that is taken when none is
 * said); what the scenario says outright wins.
 */
typedef struct tac_person_rule {
    const char *key;       /* "stress" */
    const char *word;      /* "high"; "" = a number */
    const char *parameter; /* "person.pss"; "" for bmi, which makes the weight with the height */
    double value;          /* of the word, or what is taken when the key is missing */
    const char *unit;      /* of value, low, high and of the parameter */
    double low;            /* numbers outside are refused; NaN for words */
    double high;
} tac_person_rule;

/* What a row of models/health.tsv does with its value. */
typedef enum tac_health_how {
    TAC_HEALTH_SET,
    TAC_HEALTH_ADD,
    TAC_HEALTH_TIMES,
    TAC_HEALTH_LEAST, /* of a variable: people below are not of this state */
    TAC_HEALTH_MOST,
    TAC_HEALTH_WIDEN /* of all standard scores */
} tac_health_how;

/** A row of models/health.tsv: what a state of health changes in a person. */
typedef struct tac_health_change {
    const char *state;     /* "stressed" */
    const char *parameter; /* "person.pss", a variable for least and most, "bmi", "*" */
    tac_health_how how;
    double value;
    const char *unit; /* of value */
    double spread; /* coefficient of variation between people of a value that is set; NaN: none */
} tac_health_change;

/** A row of models/limits.tsv: what a number may be at all. */
typedef struct tac_limit {
    const char *field; /* "pressure", or "massage.for" for the field of one verb only */
    const char *unit;
    double low;
    double high;
    const char *why;
} tac_limit;

typedef struct tac_words tac_words;

/** The texts of the tables. */
typedef struct tac_word_tables {
    tac_source events;
    tac_source observables;
    tac_source techniques;
    tac_source pressure_words;
    tac_source parts;
    tac_source regions;
    tac_source person;
    tac_source health;
    tac_source limits;
} tac_word_tables;

/** The tables that are built into the library. */
tac_word_tables tac_word_tables_shipped(void);

/**
 * Read tables of words.
 *
 * Ownership  *words_out is new: tac_words_free(); texts are copied
 * Errors     TAC_E_SYNTAX, TAC_E_UNITS  a table is wrong: file, line, column
 */
TAC_MUST_CHECK tac_status tac_words_read(tac_ctx *ctx, const tac_word_tables *tables,
                                         tac_words **words_out);

/** The same for the shipped tables; an error there is a fault of the build, tested there. */
TAC_MUST_CHECK tac_status tac_words_create(tac_ctx *ctx, tac_words **words_out);

/** Free the words; NULL is accepted. */
void tac_words_free(tac_words *words);

const tac_observable *tac_words_observables(const tac_words *words, size_t *n_out);
const tac_event_rule *tac_words_event_rules(const tac_words *words, size_t *n_out);
const tac_technique *tac_words_techniques(const tac_words *words, size_t *n_out);
const tac_pressure_word *tac_words_pressures(const tac_words *words, size_t *n_out);
const tac_region *tac_words_regions(const tac_words *words, size_t *n_out);
const tac_person_rule *tac_words_person_rules(const tac_words *words, size_t *n_out);
const tac_health_change *tac_words_health(const tac_words *words, size_t *n_out);

/** One row by its word; NULL when there is none. */
const tac_observable *tac_words_observable(const tac_words *words, const char *id);
const tac_technique *tac_words_technique(const tac_words *words, const char *id);
const tac_pressure_word *tac_words_pressure(const tac_words *words, const char *id);
const tac_region *tac_words_region(const tac_words *words, const char *id);

/** The limit of a verb's field, or of the field of any verb (verb may be ""); NULL when it has none. */
const tac_limit *tac_words_limit(const tac_words *words, const char *verb, const char *field);

/** Share of the whole skin, 0-1, that lies on a part (models/parts.tsv). */
double tac_words_part_skin(const tac_words *words, size_t part);

/** True when the table has a row of this verb and kind that excludes, interrupts or replaces the other verb. */
bool tac_words_relate(const tac_words *words, const char *verb, const char *kind, tac_how how,
                      const char *other);

#endif
