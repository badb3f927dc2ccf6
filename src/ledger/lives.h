/* SPDX-License-Identifier: Apache-2.0 */
/* The studies of a folder and the lives of their people: read, planned, lived on all threads, seen. */
#ifndef TAC_LEDGER_LIVES_H
#define TAC_LEDGER_LIVES_H

#include "ledger/course.h"
#include "ledger/people.h"

typedef struct tac_lives_options {
    size_t n_people; /* virtual people of each study, a multiple of 16 */
    uint64_t seed;
    size_t n_job; /* threads; 0 = as many as the machine has processors */
    double rel_tol;
    bool without_touch; /* each arm also with rest in place of massage */
    /* called from one thread at a time after each life; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    const volatile int *stop; /* may be NULL */
} tac_lives_options;

typedef struct tac_lives {
    /* given */
    const tac_body *body;
    tac_lives_options options;
    /* derived */
    tac_study **studies; /* [n_study] */
    size_t n_study;
    tac_plan **plans; /* [n_study] */
    tac_companies companies;
    tac_people *people;
    size_t *company_jobs; /* [n_company_job] companies that someone is in */
    size_t n_company_job;
    size_t *study_jobs; /* [n_study_job] studies with something to simulate */
    size_t n_study_job;
    /* state */
    tac_seen *seen;  /* [n_study] */
    char **failures; /* [companies, then studies][n_people], NULL where all is well */
    size_t n_failure;
} tac_lives;

/** A number of people that has four hours of the day in mirrored worlds with twins. */
TAC_MUST_CHECK tac_status tac_lives_check(tac_ctx *ctx, const tac_lives_options *options);

/**
 * Read every study below a directory; `only` has the ids of some, with commas between, NULL means all.
 *
 * Ownership  free with tac_lives_free(), also after an error
 * Errors     TAC_E_FILE, TAC_E_INPUT all errors of all files, up to 20; TAC_E_ARG no such study
 */
TAC_MUST_CHECK tac_status tac_lives_read(tac_ctx *ctx, tac_lives *lives, const char *directory,
                                         const char *only);

/** Forget the studies that are not kept, [n_study]; before planning. */
void tac_lives_keep(tac_lives *lives, const bool *is_kept);

/** Plan what was read. */
TAC_MUST_CHECK tac_status tac_lives_plan(tac_ctx *ctx, tac_lives *lives);

/** Everyday life of every company, and then every study; what was seen before is forgotten. */
TAC_MUST_CHECK tac_status tac_lives_simulate(tac_ctx *ctx, tac_lives *lives);

/** The studies alone, from the everyday lives that are there. */
TAC_MUST_CHECK tac_status tac_lives_follow(tac_ctx *ctx, tac_lives *lives);

/** The first failure of a study's lives becomes its plan's. */
TAC_MUST_CHECK tac_status tac_lives_collect_failures(tac_ctx *ctx, tac_lives *lives);

void tac_lives_free(tac_lives *lives);

/** Jobs without anything to make for a thread. */
TAC_MUST_CHECK tac_status tac_lives_no_worker(tac_ctx *ctx, void *user, void **worker_out);
void tac_lives_no_worker_free(void *worker);

#endif
