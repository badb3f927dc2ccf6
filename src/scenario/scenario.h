/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scenario as it was written: who, from when to when, what happens in every life and in each programme.
 *
 * Reading checks words, units and times against the tables of the body (words.h); it knows nothing of
 * equations. Texts live in the scenario's arena, spans point into its source.
 */
#ifndef TAC_SIM_SCENARIO_H
#define TAC_SIM_SCENARIO_H

#include "base/arena.h"
#include "base/source.h"
#include "base/yaml.h"
#include "scenario/words.h"

#include <tactus/schedule.h>

#include <stdbool.h>

/* What schedule.c puts between two sleeps; nobody writes it. */
#define TAC_VERB_AWAKE "awake"

/** A field of an event: a number or a word. */
typedef struct tac_field {
    const char *name; /* "pressure", "intensity", "load", "amount" for the event's main value */
    bool is_number;
    double number;
    const char *unit; /* of the number: that of the table, whatever was written; "" when none */
    bool is_per_kg;   /* a dose for each kg of the person */
    const char *word; /* as written; "true"/"false" for a truth value */
    tac_span span;
} tac_field;

/**
 * When an event happens, in hours of the scenario's calendar.
 *
 * It repeats on `days` (each `every_day` / 7 weeks where that is given), or else every `every_day` days, or not. What
 * repeats never runs into itself.
 */
typedef struct tac_recurrence {
    bool has_clock;
    double clock_h;    /* time of day, 0 <= clock_h < 24 */
    double offset_h;   /* without clock: hours after the scenario's start */
    double duration_h; /* infinite: from its beginning to the end of the scenario */
    unsigned days; /* bit 0 Monday ... bit 6 Sunday; 0 = not restricted to days; never all seven */
    double
        every_day; /* repeat after so many days (1 = daily, 1/24 at least); 0 = no repeat beyond `days` */
    long n_time; /* at most so many occurrences; 0 = no limit */
    long
        on_day; /* only on this day, 1 = the first; the first day of it where every_day is given; 0 = not given */
    bool is_whole_time; /* all the time, and before the start (chronic stress, say) */
} tac_recurrence;

typedef struct tac_event {
    const char *verb; /* "massage" */
    const char *kind; /* "swedish"; "" when the event has a main amount or none */
    tac_field *fields;
    size_t n_field;
    tac_recurrence when;
    tac_span span;
    bool is_everyday; /* not of the scenario: from models/everyday.yaml */
} tac_event;

/** A programme, or what it is compared with; the life of the scenario is kept apart. */
typedef struct tac_arm {
    const char *id;    /* key of the programme; "without", "rest (weekly)" for a comparator */
    const char *title; /* "Swedish massage 60 min every Wednesday" */
    tac_event *events;
    size_t n_event;
    size_t against; /* of a programme: the arm with which it is compared */
} tac_arm;

/** One value of the person, or of people: a parameter of the body and its number in the table's unit. */
typedef struct tac_person_value {
    const char *parameter; /* "person.age"; of people "bmi" too */
    double value;
    double high; /* value, or the end of a range that people fill */
} tac_person_value;

/** What the report shows: an observable, of the body or of a region of it. */
typedef struct tac_reported {
    const tac_observable *observable; /* borrowed from the words */
    const char *id;             /* "lymph_flow", "lymph_flow_left_arm" where a region is said */
    const char *title;          /* "lymph flow", "lymph flow, left arm" */
    const char *site;           /* "left arm"; "" when the observable has no region */
    double weights[TAC_N_PART]; /* of each part's variable; all 0 when the body has one variable */
} tac_reported;

/** A model beside the body that a scenario asks for: one lymph vessel under the hands of a massage. */
typedef struct tac_detail {
    bool is_asked;
    size_t arm;   /* the programme */
    size_t event; /* its massage */
    size_t part;  /* where the vessel lies */
    const char *site;
} tac_detail;

struct tac_scenario {
    tac_arena *arena;
    tac_yaml *yaml;     /* the document; texts are borrowed from it */
    tac_yaml *everyday; /* models/everyday.yaml, for its texts */
    tac_source source;
    const tac_words *words; /* borrowed */
    const char *title;
    const char *person_text; /* "woman, 42 y" */
    tac_person_value *person;
    size_t n_person;
    const char **health; /* [n_health] states of models/health.tsv */
    size_t n_health;
    long start_day;       /* days since 1970-01-01 of the day in which the scenario starts */
    double start_clock_h; /* time of day at the start */
    double duration_h;
    tac_event *life;
    size_t n_life;
    tac_arm *arms; /* [n_arm]: the programmes, then what only serves as a comparator */
    size_t n_arm;
    size_t n_programme; /* 0: the life alone is the one arm */
    size_t
        n_factor; /* of the scenario's factors: arms 0 ... n_factor - 1, then the arm of all together; or 0 */
    tac_reported *report; /* [n_report] */
    size_t n_report;
    tac_detail detail;
};

/**
 * Read a scenario.
 *
 * Ownership  *scenario_out is new: tac_scenario_free(); words are borrowed and must outlive it
 * Errors     TAC_E_FILE    the file cannot be read
 *            TAC_E_SYNTAX  not YAML
 *            TAC_E_INPUT   a wrong key, unit, value, time, technique, region, observable ...: all of them, up to
 *                          20, with line, column, caret and what would be right
 */
TAC_MUST_CHECK tac_status tac_scenario_from_file(tac_ctx *ctx, const tac_words *words,
                                                 const char *path, tac_scenario **scenario_out);

/**
 * Read a scenario of many people: sex and age may be left open, sex may be mixed, and a number may be a range,
 * `age: [30, 50]`. Else as tac_scenario_from_file().
 */
TAC_MUST_CHECK tac_status tac_scenario_of_people(tac_ctx *ctx, const tac_words *words,
                                                 const char *path, tac_scenario **scenario_out);

/** The same for a text. */
TAC_MUST_CHECK tac_status tac_scenario_of_people_from_text(tac_ctx *ctx, const tac_words *words,
                                                           const char *name, const char *text,
                                                           size_t n, tac_scenario **scenario_out);

/** The same as tac_scenario_from_file() for a text. */
TAC_MUST_CHECK tac_status tac_scenario_from_text(tac_ctx *ctx, const tac_words *words,
                                                 const char *name, const char *text, size_t n,
                                                 tac_scenario **scenario_out);

/* tac_scenario_free() stands in <tactus/schedule.h>. */

#endif
