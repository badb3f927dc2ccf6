/* SPDX-License-Identifier: Apache-2.0 */
/* Simulates the studies of a fit at one place of what is free, and says how far they lie off; see fit.h. */
#include "base/alloc.h"
#include "base/fail.h"
#include "ledger/fit.h"
#include "study/pool.h"

#include <math.h>
#include <string.h>

/* Between-study spread, in units of how persons differ: half-normal with this size, as pooled trials have it (assumed). */
static const double TAU_PRIOR = 0.3;
static const double TAU_MOST = 1.5;

static double objective_with(const tac_fitting *f, const double *z, double tau)
{
    double sum = (tau / TAU_PRIOR) * (tau / TAU_PRIOR);
    for (size_t k = 0; k < f->varied.n_free; k++) {
        sum += z[k] * z[k];
    }
    for (size_t i = 0; i < f->n_target; i++) {
        const tac_target *t = &f->targets[i];
        if (t->reason == NULL) {
            const double r = tac_target_residual(t, tau);
            sum += r * r + tac_target_log_variance(t, tau);
        }
    }
    return sum;
}

double tac_fit_weigh(tac_fitting *f, const double *z)
{
    static const double GOLDEN = 0.6180339887498949;
    static const int N_STEP = 40;
    double low = 0.0;
    double high = TAU_MOST;
    for (int i = 0; i < N_STEP; i++) {
        const double a = high - GOLDEN * (high - low);
        const double b = low + GOLDEN * (high - low);
        if (objective_with(f, z, a) <= objective_with(f, z, b)) {
            high = b;
        } else {
            low = a;
        }
    }
    f->tau = (low + high) / 2.0;
    f->tau = objective_with(f, z, 0.0) <= objective_with(f, z, f->tau) ? 0.0 : f->tau;
    return objective_with(f, z, f->tau);
}

/** People get the free parameters of now; the rest of them, and their everyday lives, stay. */
static tac_status set_people(tac_ctx *ctx, tac_fitting *f)
{
    tac_status st = TAC_OK;
    double *p = NULL;
    tac_lives *l = &f->lives;
    const size_t n_parameter = f->varied.image.n_parameter;
    TAC_TRY(tac_alloc_doubles(ctx, n_parameter, &p));
    for (size_t c = 0; c < l->n_company_job; c++) {
        tac_company *company = &l->companies.items[l->company_jobs[c]];
        for (size_t i = 0; i < l->options.n_people; i++) {
            TAC_TRY(tac_people_set(ctx, l->people, company->group,
                                   tac_member_of(l->options.seed, i), p));
            for (size_t k = 0; k < f->varied.n_free; k++) {
                const size_t index = f->varied.free[k].index;
                company->p[i * n_parameter + index] = p[index];
            }
        }
    }
out:
    tac_free(p);
    return st;
}

static tac_scoring scoring_of(const tac_fitting *f)
{
    return (tac_scoring){f->assays, &f->lives.companies, f->options->n_repeat, f->options->seed};
}

static tac_status predict_job(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    tac_fitting *f = user;
    tac_target *t = &f->targets[i];
    const tac_scoring scoring = scoring_of(f);
    (void)worker;
    return t->reason != NULL ? TAC_OK
                             : tac_target_predict(ctx, &scoring, f->lives.plans[t->study],
                                                  &f->lives.seen[t->study], t);
}

static tac_status prepare_job(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    tac_fitting *f = user;
    tac_target *t = &f->targets[i];
    const tac_plan *plan = f->lives.plans[t->study];
    const tac_scoring scoring = scoring_of(f);
    (void)worker;
    t->reason = plan->findings[t->finding].reason;
    t->reason = t->reason == NULL ? plan->failure : t->reason;
    return t->reason != NULL ? TAC_OK
                             : tac_target_prepare(ctx, &scoring, plan, &f->lives.seen[t->study], t);
}

static tac_status for_each_target(tac_ctx *ctx, tac_fitting *f,
                                  tac_status (*work)(tac_ctx *, void *, void *, size_t))
{
    const tac_jobs jobs = {.n = f->n_target,
                           .n_thread = f->options->n_job,
                           .user = f,
                           .worker_create = tac_lives_no_worker,
                           .worker_free = tac_lives_no_worker_free,
                           .work = work,
                           .stop = f->options->stop};
    return tac_jobs_do(ctx, &jobs);
}

tac_status tac_fit_evaluate(tac_ctx *ctx, tac_fitting *f, const double *z)
{
    tac_status st = TAC_OK;
    tac_varied_set(&f->varied, z);
    if (f->moves_orbits) {
        TAC_TRY(tac_lives_simulate(ctx, &f->lives));
    } else {
        TAC_TRY(set_people(ctx, f));
        TAC_TRY(tac_lives_follow(ctx, &f->lives));
    }
    TAC_TRY(for_each_target(ctx, f, predict_job));
    f->n_evaluation++;
out:
    return st;
}

/** Numbers of the same observable in the same study are not independent: together they weigh as one. */
static void weigh_targets(tac_fitting *f)
{
    for (size_t i = 0; i < f->n_target; i++) {
        double n = 0.0;
        const tac_study *study = f->lives.studies[f->targets[i].study];
        const char *what = study->findings[f->targets[i].finding].what;
        for (size_t k = 0; k < f->n_target; k++) {
            const tac_target *other = &f->targets[k];
            const bool is_same = other->study == f->targets[i].study && other->reason == NULL
                                 && strcmp(study->findings[other->finding].what, what) == 0;
            n += is_same ? 1.0 : 0.0;
        }
        f->targets[i].weight = n > 0.0 ? 1.0 / n : 0.0;
    }
}

tac_status tac_fit_prepare(tac_ctx *ctx, tac_fitting *f)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    static const double MIDDLE[TAC_VARIED_MAX] = {0.0};
    size_t n = 0;
    for (size_t i = 0; i < f->lives.n_study; i++) {
        n += f->lives.studies[i]->n_finding;
    }
    TAC_TRY(tac_alloc(ctx, n + 1, sizeof *f->targets, &memory));
    f->targets = memory;
    for (size_t i = 0; i < f->lives.n_study; i++) {
        for (size_t k = 0; k < f->lives.studies[i]->n_finding; k++) {
            f->targets[f->n_target++] = (tac_target){.study = i, .finding = k};
        }
    }
    tac_varied_set(&f->varied, MIDDLE);
    TAC_TRY(tac_lives_plan(ctx, &f->lives));
    TAC_TRY(tac_lives_simulate(ctx, &f->lives));
    TAC_TRY(tac_lives_collect_failures(ctx, &f->lives));
    TAC_TRY(for_each_target(ctx, f, prepare_job));
    weigh_targets(f);
out:
    return st;
}
