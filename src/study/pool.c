/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that take the next job from a shared counter. */
#include "study/pool.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#define MAX_THREADS 256

typedef struct shared {
    const tac_jobs *jobs;
    pthread_mutex_t lock;
    /* under the lock */
    size_t i_next;
    size_t n_done;
    bool has_ended; /* a job failed or the study was stopped: take no more */
} shared;

typedef struct thread {
    shared *shared;
    pthread_t id;
    tac_ctx *ctx; /* its own messages */
    tac_status status;
    size_t i_failed; /* job whose failure is in ctx */
    bool is_started;
} thread;

/** Take a job; false when there is none left. */
static bool take(shared *s, size_t *i_out)
{
    pthread_mutex_lock(&s->lock);
    const bool is_stopped = s->jobs->stop != NULL && *s->jobs->stop != 0;
    const bool has_job = !s->has_ended && !is_stopped && s->i_next < s->jobs->n;
    if (has_job) {
        *i_out = s->i_next++;
    }
    pthread_mutex_unlock(&s->lock);
    return has_job;
}

static void finish(shared *s, tac_status st)
{
    pthread_mutex_lock(&s->lock);
    if (st == TAC_OK) {
        s->n_done++;
        if (s->jobs->progress != NULL) {
            s->jobs->progress(s->jobs->progress_user, s->n_done, s->jobs->n);
        }
    } else {
        s->has_ended = true;
    }
    pthread_mutex_unlock(&s->lock);
}

static void *run_thread(void *argument)
{
    thread *t = argument;
    const tac_jobs *jobs = t->shared->jobs;
    void *worker = NULL;
    size_t i = 0;

    t->status = jobs->worker_create(t->ctx, jobs->user, &worker);
    t->i_failed = t->status == TAC_OK ? SIZE_MAX : 0;
    while (t->status == TAC_OK && take(t->shared, &i)) {
        t->status = jobs->work(t->ctx, jobs->user, worker, i);
        t->i_failed = i;
        finish(t->shared, t->status);
    }
    if (t->status != TAC_OK) {
        finish(t->shared, t->status);
    }
    jobs->worker_free(worker);
    return NULL;
}

static size_t n_thread_of(const tac_jobs *jobs)
{
    const long n_cpu = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n = jobs->n_thread > 0 ? jobs->n_thread : (size_t)(n_cpu > 0 ? n_cpu : 1);
    n = n > jobs->n ? jobs->n : n;
    return n > MAX_THREADS ? MAX_THREADS : n;
}

/** The failure of the lowest job number, so that the message is the same every time. */
static tac_status collect(tac_ctx *ctx, const thread *threads, size_t n)
{
    const thread *first = NULL;
    for (size_t k = 0; k < n; k++) {
        const thread *t = &threads[k];
        if (t->status != TAC_OK && (first == NULL || t->i_failed < first->i_failed)) {
            first = t;
        }
    }
    if (first == NULL) {
        return TAC_OK;
    }
    const char *message = first->ctx == NULL ? "out of memory\n" : tac_ctx_message(first->ctx);
    size_t n_char = 0;
    while (message[n_char] != '\0' && message[n_char + 1] != '\0') {
        n_char++; /* all but the last line feed: tac_fail adds its own */
    }
    return tac_fail(ctx, first->status, "%.*s", (int)n_char, message);
}

static void start_threads(shared *s, thread *threads, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        thread *t = &threads[k];
        *t = (thread){.shared = s, .status = TAC_E_MEMORY, .ctx = tac_ctx_create()};
        t->is_started = t->ctx != NULL && pthread_create(&t->id, NULL, run_thread, t) == 0;
        if (!t->is_started) {
            finish(s, TAC_E_MEMORY);
        }
    }
}

tac_status tac_jobs_do(tac_ctx *ctx, const tac_jobs *jobs)
{
    tac_status st = TAC_OK;
    thread *threads = NULL;
    void *memory = NULL;
    const size_t n = n_thread_of(jobs);
    shared s = {.jobs = jobs};

    pthread_mutex_init(&s.lock, NULL);
    TAC_TRY(tac_alloc(ctx, n, sizeof *threads, &memory));
    threads = memory;
    start_threads(&s, threads, n);
    for (size_t k = 0; k < n; k++) {
        if (threads[k].is_started) {
            pthread_join(threads[k].id, NULL);
        }
    }
    st = collect(ctx, threads, n);
    if (st == TAC_OK && s.n_done < jobs->n) {
        st = tac_fail(ctx, TAC_E_STOPPED, "stopped after %zu of %zu", s.n_done, jobs->n);
    }
out:
    for (size_t k = 0; threads != NULL && k < n; k++) {
        tac_ctx_free(threads[k].ctx);
    }
    tac_free(threads);
    pthread_mutex_destroy(&s.lock);
    return st;
}
