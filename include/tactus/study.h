/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Studies: many runs and what they say together.
 */
#ifndef TACTUS_STUDY_H
#define TACTUS_STUDY_H

#include <tactus/schedule.h>

TAC_BEGIN_DECLS

/** Tables of results; filled by a study, written by report.h. */
typedef struct tac_results tac_results;

/** Free results; NULL is accepted. */
TAC_API void tac_results_free(tac_results *results);

typedef struct tac_compare_options {
    size_t n_member; /* draws of what is not known, 2 or more; 64 by default */
    uint64_t seed;
    size_t n_job;   /* threads; 0 = as many as the machine has processors */
    double rel_tol; /* of the solver */
    /* called from one thread at a time after each finished person-arm; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    /* polled between person-arms: a value other than 0 ends the study with TAC_E_STOPPED; may be NULL */
    const volatile int *stop;
} tac_compare_options;

#define TAC_COMPARE_OPTIONS_INIT         \
    {                                    \
        64, 1, 0, 1e-6, NULL, NULL, NULL \
    }

/**
 * Run every arm of a scenario for the same draws of what is not known and compare them pair by pair.
 *
 * Method     member k has the same parameters in every arm; a change is the difference within the
 *            member; intervals are quantiles over the members                docs/mathematics.md
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_ARG      fewer than 2 members
 *            TAC_E_INPUT    events that cannot be at once
 *            TAC_E_SOLVER   a member could not be solved: state, equation, time
 *            TAC_E_STOPPED  *options->stop was set
 * Threads    the numbers do not depend on n_job
 */
TAC_API TAC_MUST_CHECK tac_status tac_compare(tac_ctx *ctx, const tac_body *body,
                                              const tac_scenario *scenario,
                                              const tac_compare_options *options,
                                              tac_results **results_out);

typedef struct tac_cohort_options {
    size_t n_people; /* 2 or more */
    uint64_t seed;
    size_t n_job;           /* threads; 0 = as many as the machine has processors */
    const char *population; /* of models/population.tsv: "volunteers", "general" */
    const char *journal;    /* a file that keeps each person as soon as they have lived */
    int is_resumed;         /* go on with the journal if it is there */
    double rel_tol;         /* of the solver */
    /* called from one thread at a time after each person; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    /* polled between people: a value other than 0 ends the study with TAC_E_STOPPED; may be NULL */
    const volatile int *stop;
} tac_cohort_options;

#define TAC_COHORT_OPTIONS_INIT                                  \
    {                                                            \
        200, 1, 0, "volunteers", NULL, 0, 1e-5, NULL, NULL, NULL \
    }

/**
 * Draw many people and let each live every arm of a scenario (tac_scenario_read_people()).
 *
 * Method     docs/cohorts.md: person k has the same numbers whoever else is drawn, and the same in every arm
 * Ownership  *results_out is new: tac_results_free(); the journal stays until tac_cohort_write() removes it
 * Errors     TAC_E_ARG      fewer than 2 people
 *            TAC_E_INPUT    no such population; nobody is of the states of health; events that cannot be at once; a
 *                           journal that is there without is_resumed, or of another cohort
 *            TAC_E_FILE     the journal cannot be written, or another process writes to it
 *            TAC_E_SOLVER   no two people could be solved (single ones are left out and counted)
 *            TAC_E_STOPPED  *options->stop was set; the journal keeps what is done
 * Threads    the numbers do not depend on n_job, nor on how often the study was stopped and resumed
 */
TAC_API TAC_MUST_CHECK tac_status tac_cohort_study(tac_ctx *ctx, const tac_body *body,
                                                   const tac_scenario *scenario,
                                                   const tac_cohort_options *options,
                                                   tac_results **results_out);

typedef struct tac_rest_options {
    long n_day; /* of everyday life without events, 2 to 3660 */
    double rel_tol;
    /* called after each finished day; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
} tac_rest_options;

#define TAC_REST_OPTIONS_INIT \
    {                         \
        365, 1e-6, NULL, NULL \
    }

/**
 * Let the reference man live everyday life without events and see what adds up and what drifts.
 *
 * Tables     "model"     what the body is made of: key, number
 *            "balances"  each row of the body's balances.tsv with the largest departure from its start, and whether it holds
 *            "drift"     each state whose daily mean moves by more than 1e-4 of its size between the first and the last day
 *            "unused"    constants and inputs that no equation uses; of a body that was read from its files only
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_ARG     n_day out of range
 *            TAC_E_MODEL   balances.tsv names a variable that the body does not have
 *            TAC_E_UNITS   it gives one another unit than its own
 *            TAC_E_SOLVER  the life could not be solved
 */
TAC_API TAC_MUST_CHECK tac_status tac_check_rest(tac_ctx *ctx, const tac_body *body,
                                                 const tac_rest_options *options,
                                                 tac_results **results_out);

typedef struct tac_validate_options {
    size_t n_people; /* virtual people of each study, a multiple of 16; 32 by default */
    size_t n_repeat; /* simulated repetitions of each study, 20 or more; 400 by default */
    uint64_t seed;
    size_t n_job;     /* threads; 0 = as many as the machine has processors */
    const char *only; /* ids of studies, with commas between; NULL: all of them */
    double rel_tol;
    /* called from one thread at a time after each life; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    const volatile int
        *stop; /* a value other than 0 ends the ledger with TAC_E_STOPPED; may be NULL */
} tac_validate_options;

#define TAC_VALIDATE_OPTIONS_INIT                   \
    {                                               \
        32, 400, 1, 0, NULL, 1e-4, NULL, NULL, NULL \
    }

/**
 * Simulate every published study below a directory as it was run, and hold its findings against the predictions.
 *
 * Method     docs/ledger.md; verdicts as in docs/evidence-format.md
 * Tables     "findings" one row each; "counts" by model (the model, and two null models); "systems", "claims",
 *            "calibration", "meta"
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_FILE   no such directory, or no study below it
 *            TAC_E_INPUT  a study that does not keep to the format: all errors of all files, up to 20
 *            TAC_E_ARG    an option out of its range, or no study with an id of options->only
 * Threads    the numbers do not depend on n_job
 */
TAC_API TAC_MUST_CHECK tac_status tac_validate(tac_ctx *ctx, const tac_body *body,
                                               const char *directory,
                                               const tac_validate_options *options,
                                               tac_results **results_out);

typedef struct tac_fit_options {
    const char *const *free; /* [n_free] patterns of the names of parameters: "stress.relax_*" */
    size_t n_free;
    const char *const
        *families; /* [n_family] studies to use; none: all that depend on what is free */
    size_t n_family;
    const char *const *left_out; /* [n_left_out] families that are not used */
    size_t n_left_out;
    size_t n_people; /* virtual people of each study, a multiple of 16; 16 by default */
    size_t n_repeat; /* simulated repetitions of each study, 20 or more; 200 by default */
    uint64_t seed;
    size_t n_job; /* threads; 0 = as many as the machine has processors */
    double rel_tol;
    /* called from one thread at a time after each life, of the current evaluation; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    const volatile int
        *stop; /* a value other than 0 ends the fit with TAC_E_STOPPED; may be NULL */
} tac_fit_options;

#define TAC_FIT_OPTIONS_INIT                                             \
    {                                                                    \
        NULL, 0, NULL, 0, NULL, 0, 16, 200, 1, 0, 1e-5, NULL, NULL, NULL \
    }

/**
 * Fit a few parameters to published studies: families of studies whole or not at all.
 *
 * Method     docs/calibration.md: maximum of the posterior; the prior of each parameter is its range; each evaluation
 *            simulates the same virtual people with the same noise
 * Tables     "parameters" before and after, and how far each was identified; "profile"; "findings"; "studies"; "meta"
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_ARG    a pattern that names nothing that can be free; more than 24 free; a family that is not there, or
 *                         the name of a part of one; an option out of its range
 *            TAC_E_INPUT  a wrong study; a folder with only a part of a family
 *            TAC_E_FILE, TAC_E_SOLVER, TAC_E_STOPPED
 * Threads    the numbers do not depend on n_job
 */
TAC_API TAC_MUST_CHECK tac_status tac_fit(tac_ctx *ctx, const tac_body *body, const char *directory,
                                          const tac_fit_options *options,
                                          tac_results **results_out);

/**
 * Run typical programmes (models/typical.yaml) and join what they do to the claims about massage.
 *
 * Tables     "sizes"  one row for each claim of models/claims.yaml: its texts, and the change of the observable that it
 *            is shown by, NaN where nothing of it is in the body
 * Ownership  *results_out is new: tac_results_free()
 * Errors     as tac_compare()
 */
TAC_API TAC_MUST_CHECK tac_status tac_claim_sizes(tac_ctx *ctx, const tac_body *body,
                                                  const tac_compare_options *options,
                                                  tac_results **results_out);

TAC_END_DECLS

#endif
