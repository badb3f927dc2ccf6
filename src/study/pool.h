/* SPDX-License-Identifier: Apache-2.0 */
/* Independent jobs on several threads; the order in which they end never shows. */
#ifndef TAC_STUDY_POOL_H
#define TAC_STUDY_POOL_H

#include <tactus/base.h>

/** One kind of job, done for i = 0 .. n - 1, each exactly once. */
typedef struct tac_jobs {
    size_t n;
    size_t n_thread; /* 0 = as many as the machine has processors */
    void *user;
    /* make and free what one thread needs for all its jobs */
    tac_status (*worker_create)(tac_ctx *ctx, void *user, void **worker_out);
    void (*worker_free)(void *worker);
    /* do job i; nothing shared may be written but what belongs to i */
    tac_status (*work)(tac_ctx *ctx, void *user, void *worker, size_t i);
    /* after each job, from one thread at a time; may be NULL */
    void (*progress)(void *user, size_t n_done, size_t n_total);
    void *progress_user;
    const volatile int *stop; /* polled before each job; may be NULL */
} tac_jobs;

/**
 * Do all jobs.
 *
 * Errors  the first failing job's (by number, among those that ran), with its message; TAC_E_STOPPED when
 *         *stop was set
 */
TAC_MUST_CHECK tac_status tac_jobs_do(tac_ctx *ctx, const tac_jobs *jobs);

#endif
