/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many people through every arm of a scenario, each row kept on disk as soon as it is whole.
 *
 * Tables of the results, beside those of a comparison (tables.h: meta, arms, observables, claims, summary):
 *   attributes   id, title, unit, decimals, median, low, high   over the people who lived
 *   shares       a row for each of summary: how many people change by more than is small, and the median's interval
 *   cohort       key, text, number   people, lived, first_unsolved, population, health, scenario_text ...
 * and the rows themselves, in tac_results_journal() as base/person_row.h says.
 */
#ifndef TAC_STUDY_COHORT_H
#define TAC_STUDY_COHORT_H

#include "base/buf.h"
#include "base/journal.h"
#include "base/person_row.h"
#include "sim/people.h"
#include "study/ensemble.h"
#include "study/statistics.h"

typedef struct tac_cohort {
    /* given */
    tac_cohort_options options;
    const tac_scenario *scenario;
    /* derived */
    tac_ensemble *plan; /* schedules, times, observables; no members */
    tac_people *people;
    tac_known *known; /* [wanted.n_known] */
    tac_wanted wanted;
    tac_person_row row;
    tac_window **windows; /* [n_programme] the hours of its sessions */
    size_t *n_window;
    size_t i_first; /* all people before this one are in the journal */
    /* state */
    tac_journal *journal;
} tac_cohort;

/** Add the tables "attributes", "shares" and "cohort"; the rows are all there. */
TAC_MUST_CHECK tac_status tac_cohort_add_tables(tac_ctx *ctx, const tac_cohort *cohort,
                                                tac_results *results);

/** Called with each row in the order of the people; false ends the walk. */
typedef bool (*tac_person_visitor)(void *user, size_t i_person, const double *row, bool is_there);

/** Show every row of the journal. */
TAC_MUST_CHECK tac_status tac_cohort_walk(tac_ctx *ctx, const tac_cohort *cohort,
                                          tac_person_visitor visit, void *user);

/** Let person i live again to learn why their life cannot be solved; the message is appended to *why. */
TAC_MUST_CHECK tac_status tac_cohort_why(tac_ctx *ctx, const tac_cohort *cohort, size_t i,
                                         tac_buf *why);

/**
 * Read two numbers of every person who lived, in the order of the people: a, b [n_people].
 *
 * People with a number missing are left out; *n_out says how many there are.
 */
TAC_MUST_CHECK tac_status tac_cohort_columns(tac_ctx *ctx, const tac_cohort *cohort, size_t i_a,
                                             size_t i_b, double *a, double *b, size_t *n_out);

#endif
