/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A published study as a file: who was studied, what was done to them, what was found (docs/evidence-format.md).
 *
 * Reading checks every word of the file; whether this body can simulate what it says is asked later, because a study
 * that it cannot is still a study.
 */
#ifndef TAC_SCENARIO_EVIDENCE_H
#define TAC_SCENARIO_EVIDENCE_H

#include "scenario/event_read.h"
#include "scenario/scenario.h"

#define TAC_STUDY_MAX_ARM    20
#define TAC_STUDY_MAX_HEALTH 4

/** Who: of the whole study or of one arm; NaN and "" where it is not said. */
typedef struct tac_group {
    double n;
    const char *sex; /* "female", "male", "mixed" */
    double age_low;  /* years; equal to age_high: a mean */
    double age_high;
    const char *health[TAC_STUDY_MAX_HEALTH]; /* states, "healthy" among them */
    size_t n_health;
    double weight_kg;
    double height_m;
    double bmi;
    double pss;     /* PSS-10 */
    double sleep_h; /* of a night */
    const char *species;
} tac_group;

typedef struct tac_study_arm {
    const char *id;
    tac_group group;             /* the study's, with what the arm says itself */
    double clock_h;              /* time of day of time 0; NaN: not said */
    const tac_yaml_node *events; /* a list */
    bool is_incomplete;          /* a field of an event is left to its default */
    bool
        is_one_sided; /* some finding is about the other limb: a limb without a side is the left one */
} tac_study_arm;

/* What a time counts from. */
typedef enum tac_moment_from {
    TAC_FROM_ZERO,  /* time 0 */
    TAC_FROM_CLOCK, /* the next such time of day */
    TAC_FROM_END    /* end of the last event */
} tac_moment_from;

typedef struct tac_moment {
    tac_moment_from from;
    double hours; /* after it */
} tac_moment;

typedef enum tac_at { TAC_AT_TIME, TAC_AT_WINDOW, TAC_AT_DURING, TAC_AT_WHOLE } tac_at;

/* The statistic of a finding. */
typedef enum tac_as {
    TAC_AS_MEAN,
    TAC_AS_MEDIAN,
    TAC_AS_DIFFERENCE,
    TAC_AS_PERCENT,
    TAC_AS_RATIO,
    TAC_AS_SMD,
    TAC_AS_ODDS_RATIO,
    TAC_AS_RISK_RATIO,
    TAC_AS_PROBABILITY,
    TAC_AS_PEAK,
    TAC_AS_NADIR,
    TAC_AS_PEAK_TIME,
    TAC_AS_NADIR_TIME,
    TAC_AS_HALF_LIFE,
    TAC_AS_SLOPE,
    TAC_AS_DIRECTION
} tac_as;

/* What a finding is held against. */
typedef enum tac_versus {
    TAC_VERSUS_NOTHING,
    TAC_VERSUS_ARM,
    TAC_VERSUS_BASELINE,
    TAC_VERSUS_DAY_BEFORE
} tac_versus;

typedef struct tac_finding {
    const char *what;                 /* observable; "other" */
    const tac_observable *observable; /* NULL for "other" */
    size_t of;                        /* arm */
    const char *site; /* "" or a region, with "other " before it for the untreated side */
    tac_versus versus;
    size_t versus_arm;
    bool change;
    tac_at at;
    tac_moment from; /* of a time or a window */
    tac_moment to;
    tac_as as;
    int direction; /* of a direction: 1, -1, 0 */
    double value;  /* NaN of a direction */
    double se;     /* NaN where not said */
    double sd;
    double low; /* ci95 or range */
    double high;
    double spread_low; /* 95 % of persons */
    double spread_high;
    double above; /* NaN */
    double below;
    double per_h; /* of a slope, hours */
    const char *read;
    const char *note;
    tac_span span;
} tac_finding;

typedef struct tac_study {
    tac_arena *arena;
    tac_yaml *yaml;
    const char *id;
    const char *title;
    const char *citation;
    const char *doi;
    const char *design;
    const char *quality;
    const char *family;
    const char *area;    /* folder that the file lies in */
    const char **claims; /* [n_claim] "C4" */
    size_t n_claim;
    bool is_animal;
    bool is_paired; /* the same persons in all arms */
    bool has_other_site;
    tac_group people;
    double clock_h;
    tac_study_arm arms[TAC_STUDY_MAX_ARM];
    size_t n_arm;
    tac_finding *findings; /* [n_finding] */
    size_t n_finding;
} tac_study;

/**
 * Read a study.
 *
 * Ownership  *study_out is new: tac_study_free(); words are borrowed and must outlive it
 * Errors     TAC_E_FILE, TAC_E_SYNTAX; TAC_E_INPUT a missing or unknown key, word, unit or time: all of them, up to 20,
 *            with file, line, column and the words allowed
 */
TAC_MUST_CHECK tac_status tac_study_from_file(tac_ctx *ctx, const tac_words *words,
                                              const char *path, tac_study **study_out);

/** The same for a text. */
TAC_MUST_CHECK tac_status tac_study_from_text(tac_ctx *ctx, const tac_words *words,
                                              const char *name, const char *text, size_t n,
                                              tac_study **study_out);

/** Free; NULL is accepted. */
void tac_study_free(tac_study *study);

/** "smd", "peak time" ... */
const char *tac_as_word(tac_as as);

/** "baseline", "day before", "nothing", or "" for an arm. */
const char *tac_versus_word(tac_versus versus);

/* ---- shared by the files of the reader ---- */

/** What they have in common. */
typedef struct tac_study_reader {
    tac_event_reader events; /* context, words, source, arena */
    tac_study *study;
    tac_status result; /* the last error; reading goes on */
} tac_study_reader;

void tac_study_note(tac_study_reader *r, tac_status st);

/** Record an error at a node. */
tac_status tac_study_refuse(const tac_study_reader *r, const tac_yaml_node *node, const char *what);

/** Read one finding. All its errors are recorded. */
TAC_MUST_CHECK tac_status tac_finding_read(tac_study_reader *r, const tac_yaml_node *node,
                                           tac_finding *finding_out);

/** Check the words of an arm's events against models/evidence-words.tsv. */
TAC_MUST_CHECK tac_status tac_study_events_check(tac_study_reader *r, tac_study_arm *arm);

/** Read `30 min`, `-28 d`, `2 wk` as hours. */
TAC_MUST_CHECK tac_status tac_study_time_read(const tac_study_reader *r, const tac_yaml_node *node,
                                              const char *what, double *hours_out);

/** Check one of a short list of words; *i_out is its place in the list. */
TAC_MUST_CHECK tac_status tac_study_word_read(const tac_study_reader *r, const tac_yaml_node *node,
                                              const char *what, size_t n, const char *const *words,
                                              size_t *i_out);

/** Read a number without a unit. */
TAC_MUST_CHECK tac_status tac_study_number_read(const tac_study_reader *r,
                                                const tac_yaml_node *node, const char *what,
                                                double *number_out);

#endif
