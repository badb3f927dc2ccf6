/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs on threads: each once, errors by number, stop on request. */
/* labels: threads */
#include "study/pool.h"

#include "base/fail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define N_JOB 500

typedef struct tally {
    int n_done[N_JOB];
    size_t i_bad; /* this job and all after it fail; N_JOB: none */
    volatile int stop;
    size_t stop_after;
} tally;

static tac_status make(tac_ctx *ctx, void *user, void **worker_out)
{
    (void)ctx;
    *worker_out = user;
    return TAC_OK;
}

static void let_go(void *worker)
{
    (void)worker;
}

static tac_status count(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    tally *t = user;
    (void)worker;
    if (i >= t->i_bad) {
        return tac_fail(ctx, TAC_E_SOLVER, "job %zu is bad", i);
    }
    t->n_done[i]++;
    return TAC_OK;
}

static void look(void *user, size_t n_done, size_t n_total)
{
    tally *t = user;
    assert_true(n_done <= n_total);
    if (n_done >= t->stop_after) {
        t->stop = 1;
    }
}

static tac_status run(tac_ctx *ctx, tally *t, size_t n_thread)
{
    const tac_jobs jobs = {.n = N_JOB,
                           .n_thread = n_thread,
                           .user = t,
                           .worker_create = make,
                           .worker_free = let_go,
                           .work = count,
                           .progress = look,
                           .progress_user = t,
                           .stop = &t->stop};
    return tac_jobs_do(ctx, &jobs);
}

static void each_job_is_done_once_on_any_number_of_threads(void **state)
{
    (void)state;
    for (size_t n_thread = 1; n_thread <= 9; n_thread += 4) {
        tac_ctx *ctx = tac_ctx_create();
        tally t = {.i_bad = N_JOB, .stop_after = SIZE_MAX};
        assert_int_equal(run(ctx, &t, n_thread), TAC_OK);
        for (size_t i = 0; i < N_JOB; i++) {
            assert_int_equal(t.n_done[i], 1);
        }
        tac_ctx_free(ctx);
    }
}

static void the_failure_of_the_first_bad_job_is_reported(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tally t = {.i_bad = 100, .stop_after = SIZE_MAX};
    assert_int_equal(run(ctx, &t, 1), TAC_E_SOLVER);
    assert_string_equal(tac_ctx_message(ctx), "job 100 is bad\n");
    tac_ctx_free(ctx);
}

static void a_stop_ends_the_work_early(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tally t = {.i_bad = N_JOB, .stop_after = 10};
    assert_int_equal(run(ctx, &t, 2), TAC_E_STOPPED);
    int n = 0;
    for (size_t i = 0; i < N_JOB; i++) {
        n += t.n_done[i];
    }
    assert_in_range(n, 10, 12);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_job_is_done_once_on_any_number_of_threads),
        cmocka_unit_test(the_failure_of_the_first_bad_job_is_reported),
        cmocka_unit_test(a_stop_ends_the_work_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
