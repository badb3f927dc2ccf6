/* SPDX-License-Identifier: Apache-2.0 */
/* tac_validate(): reads all studies, lives their arms on all threads, scores and tabulates. */
#include "base/alloc.h"
#include "base/fail.h"
#include "ledger/lives.h"
#include "ledger/score.h"
#include "ledger/tables.h"
#include "study/pool.h"

#include <tactus/study.h>

#include <string.h>

typedef struct ledger {
    tac_lives lives;
    const tac_validate_options *options;
    tac_tsv *assays;
    tac_scored **scored; /* [n_study][n_finding] */
} ledger;

static void free_all(ledger *l)
{
    for (size_t i = 0; l->scored != NULL && i < l->lives.n_study; i++) {
        tac_free(l->scored[i]);
    }
    tac_free(l->scored);
    tac_tsv_free(l->assays);
    tac_lives_free(&l->lives);
}

static tac_status allocate_scores(tac_ctx *ctx, ledger *l)
{
    void *memory = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_alloc(ctx, l->lives.n_study + 1, sizeof *l->scored, &memory));
    l->scored = memory;
    for (size_t i = 0; i < l->lives.n_study; i++) {
        TAC_TRY(tac_alloc(ctx, l->lives.studies[i]->n_finding + 1, sizeof **l->scored, &memory));
        l->scored[i] = memory;
    }
out:
    return st;
}

static tac_status score_job(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    ledger *l = user;
    const tac_lives *lives = &l->lives;
    const tac_scoring scoring = {l->assays, &lives->companies, l->options->n_repeat,
                                 l->options->seed};
    (void)worker;
    for (size_t k = 0; k < lives->studies[i]->n_finding; k++) {
        const tac_status st =
            tac_score(ctx, &scoring, lives->plans[i], &lives->seen[i], k, &l->scored[i][k]);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status score_all(tac_ctx *ctx, ledger *l)
{
    const tac_jobs jobs = {.n = l->lives.n_study,
                           .n_thread = l->options->n_job,
                           .user = l,
                           .worker_create = tac_lives_no_worker,
                           .worker_free = tac_lives_no_worker_free,
                           .work = score_job,
                           .stop = l->options->stop};
    const tac_status st = tac_lives_collect_failures(ctx, &l->lives);
    return st == TAC_OK ? tac_jobs_do(ctx, &jobs) : st;
}

tac_status tac_validate(tac_ctx *ctx, const tac_body *body, const char *directory,
                        const tac_validate_options *options, tac_results **results_out)
{
    tac_status st = TAC_OK;
    ledger l = {.lives = {.body = body,
                          .options = {.n_people = options->n_people,
                                      .seed = options->seed,
                                      .n_job = options->n_job,
                                      .rel_tol = options->rel_tol,
                                      .without_touch = true,
                                      .progress = options->progress,
                                      .progress_user = options->progress_user,
                                      .stop = options->stop}},
                .options = options};
    tac_results *results = NULL;

    *results_out = NULL;
    TAC_TRY(tac_lives_check(ctx, &l.lives.options));
    TAC_TRY(tac_repeats_check(ctx, options->n_repeat));
    TAC_TRY(tac_lives_read(ctx, &l.lives, directory, options->only));
    TAC_TRY(tac_assays_read(ctx, &l.assays));
    TAC_TRY(tac_lives_plan(ctx, &l.lives));
    TAC_TRY(allocate_scores(ctx, &l));
    TAC_TRY(tac_lives_simulate(ctx, &l.lives));
    TAC_TRY(score_all(ctx, &l));
    TAC_TRY(tac_results_create(ctx, &results));
    const tac_ledger_rows rows = {l.lives.n_study, l.lives.studies,
                                  l.scored,        (const tac_plan *const *)l.lives.plans,
                                  options,         body};
    TAC_TRY(tac_ledger_tables(ctx, &rows, results));
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    free_all(&l);
    return st;
}
