/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words that a person may write, from the tables in models/: events, techniques, pressure words,
 * regions, observables and the person's keys.
 *
 * Constant after reading. A new kind of event, technique or observable is a new row, not new code.
 */
#ifndef TAC_SIM_WORDS_H
#define TAC_SIM_WORDS_H

#include <tactus/base.h>

#include <stdbool.h>

/** A row of models/observables.tsv. */
typedef struct tac_observable {
    const char *id;        /* "cortisol" */
    const char *unit;      /* "nmol/L" */
    const char *variable;  /* "stress.cortisol_total"; "" when its mechanism is not built yet */
    double factor;         /* observable = factor * variable */
    const char *statistic; /* "mean24h", "session", "peak", "end" */
    const char *what;      /* "24-h mean" */
    const char *title;     /* "cortisol" */
    int decimals;
    const char *room; /* which part of the body brings it when it is not built: "fluids" */
    const char *part; /* place on the picture of the body: "brain", "heart" ... */
} tac_observable;

/* What a rule does with its amount. */
typedef enum tac_how {
    TAC_HOW_SET,     /* the input becomes the amount */
    TAC_HOW_ADD,     /* the amount is added to the input */
    TAC_HOW_MAX,     /* the larger one of the two */
    TAC_HOW_DOSE,    /* the amount is given over the event: the input is amount / duration */
    TAC_HOW_FOR,     /* the amount is how long the event lasts */
    TAC_HOW_EXCLUDES /* events of the verb in `field` cannot be on at the same time */
} tac_how;

/** A row of models/events.tsv. */
typedef struct tac_event_rule {
    const char *verb;
    const char *kind;       /* "*" = any */
    const char *when_field; /* "" = always */
    const char *when_word;
    const char *input; /* flat input of the body; "" when the mechanism is not built yet */
    tac_how how;
    const char *field; /* "" = the constant `value` */
    double value;      /* in `unit` */
    const char *unit;
    const char *note;
} tac_event_rule;

/** A row of models/techniques.tsv. */
typedef struct tac_technique {
    const char *id;
    double pressure_kPa;
    double stroke_speed_cm_s;
    double stroke_frequency_Hz;
    double contact_area_cm2;
    const char *direction;
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
    const char *part;  /* region of the model, "head", "trunk", "arm" ... */
    double skin_share; /* of the whole skin, 0-1 */
    double ct_weight;  /* C-tactile weight of its skin, hairy 1 */
} tac_region;

/** A row of models/person.tsv: a word or a range of numbers for a key of `person`. */
typedef struct tac_person_rule {
    const char *key;       /* "stress" */
    const char *word;      /* "high"; "" = a number */
    const char *parameter; /* "person.pss" */
    double value;          /* of the word */
    const char *unit;      /* of value, low, high and of the parameter */
    double low;            /* numbers outside are refused */
    double high;
} tac_person_rule;

/** A row of models/limits.tsv: what a field may be at all. */
typedef struct tac_limit {
    const char *field;
    const char *unit;
    double low;
    double high;
    const char *why;
} tac_limit;

typedef struct tac_words tac_words;

/**
 * Read the tables that are built into the library.
 *
 * Ownership  *words_out is new: tac_words_free()
 * Errors     TAC_E_SYNTAX, TAC_E_UNITS  a table is wrong (file, line, column): a fault of the build, tested there
 */
TAC_MUST_CHECK tac_status tac_words_create(tac_ctx *ctx, tac_words **words_out);

/** Free the words; NULL is accepted. */
void tac_words_free(tac_words *words);

const tac_observable *tac_words_observables(const tac_words *words, size_t *n_out);
const tac_event_rule *tac_words_event_rules(const tac_words *words, size_t *n_out);
const tac_technique *tac_words_techniques(const tac_words *words, size_t *n_out);
const tac_pressure_word *tac_words_pressures(const tac_words *words, size_t *n_out);
const tac_region *tac_words_regions(const tac_words *words, size_t *n_out);
const tac_person_rule *tac_words_person_rules(const tac_words *words, size_t *n_out);

/** The limits of a field, or NULL when it has none. */
const tac_limit *tac_words_limit(const tac_words *words, const char *field);

#endif
