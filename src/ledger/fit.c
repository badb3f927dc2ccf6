/* SPDX-License-Identifier: Apache-2.0 */
/* tac_fit(): screens, searches, looks at each parameter again, tabulates; see fit.h and docs/calibration.md. */
#include "ledger/fit.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

/* Farther out than this no prior is believed. */
static const double Z_SEARCH = 3.5;

/* Differences: large against the solver's errors, small against a range. */
static const double Z_STEP = 0.25;

static const size_t N_ROUND = 6;

/* Where the profile looks, in standard deviations of what is known afterwards. */
static const double PROFILE[TAC_FIT_N_PROFILE] = {-2.0, -1.0, 1.0, 2.0};

/** Residuals of what is used; parameters without effect are not among the n of the search. */
static void fill_residuals(const tac_fitting *f, double *r)
{
    for (size_t i = 0; i < f->n_target; i++) {
        r[i] = f->targets[i].reason == NULL ? tac_target_residual(&f->targets[i], f->tau) : 0.0;
    }
}

static tac_status residuals(tac_ctx *ctx, void *user, const double *z, double *r)
{
    tac_fitting *f = user;
    const tac_status st = tac_fit_evaluate(ctx, f, z);
    fill_residuals(f, r);
    return st;
}

/** The targets hold the predictions of the accepted place: every step evaluates it last. */
static tac_status accepted(tac_ctx *ctx, void *user, const double *z, double *r)
{
    tac_fitting *f = user;
    (void)ctx;
    (void)tac_fit_weigh(f, z);
    fill_residuals(f, r);
    return TAC_OK;
}

tac_status tac_fit_search(tac_ctx *ctx, tac_fitting *f)
{
    const tac_search s = {.n = f->varied.n_free,
                          .n_row = f->n_target,
                          .moves = f->has_effect,
                          .z_max = Z_SEARCH,
                          .step = Z_STEP,
                          .n_round = N_ROUND,
                          .user = f,
                          .residuals = residuals,
                          .accepted = accepted};
    static const double MIDDLE[TAC_VARIED_MAX] = {0.0};
    f->objective_before = tac_fit_weigh(f, MIDDLE);
    return tac_search_do(ctx, &s, &f->found);
}

/** Move one parameter by so many standard deviations, the others to where the linear model has them best. */
static void place_of_profile(const tac_fitting *f, size_t k, double sd, double *z)
{
    const double own = f->found.covariance[k][k];
    const double wanted = f->found.z[k] + sd * sqrt(own);
    const double bounded = fmin(fmax(wanted, -Z_SEARCH), Z_SEARCH);
    for (size_t j = 0; j < f->varied.n_free; j++) {
        const double moved =
            f->found.z[j] + f->found.covariance[j][k] / own * (bounded - f->found.z[k]);
        z[j] = j == k ? bounded : fmin(fmax(moved, -Z_SEARCH), Z_SEARCH);
    }
}

/** How much the objective rises when a parameter is moved and the others follow. */
static tac_status profile(tac_ctx *ctx, tac_fitting *f)
{
    double z[TAC_VARIED_MAX] = {0.0};
    tac_status st = tac_fit_evaluate(ctx, f, f->found.z);
    f->found.objective = tac_fit_weigh(f, f->found.z);
    for (size_t k = 0; k < f->varied.n_free; k++) {
        for (size_t i = 0; st == TAC_OK && f->has_effect[k] && i < TAC_FIT_N_PROFILE; i++) {
            place_of_profile(f, k, PROFILE[i], z);
            st = tac_fit_evaluate(ctx, f, z);
            f->profile_z[k][i] = z[k];
            f->rise[k][i] = tac_fit_weigh(f, z) - f->found.objective;
        }
    }
    st = st == TAC_OK ? tac_fit_evaluate(ctx, f, f->found.z) : st;
    (void)tac_fit_weigh(f, f->found.z);
    return st;
}

static bool has_any_effect(const tac_fitting *f)
{
    for (size_t k = 0; k < f->varied.n_free; k++) {
        if (f->has_effect[k]) {
            return true;
        }
    }
    return false;
}

static tac_status check_options(tac_ctx *ctx, const tac_fit_options *o)
{
    const tac_lives_options lives = {.n_people = o->n_people};
    const tac_status st = tac_lives_check(ctx, &lives);
    if (st != TAC_OK) {
        return st;
    }
    return o->n_free > 0 ? tac_repeats_check(ctx, o->n_repeat)
                         : tac_fail(ctx, TAC_E_ARG, "nothing is free: name a parameter");
}

static void free_fitting(tac_fitting *f)
{
    tac_lives_free(&f->lives);
    tac_varied_free(&f->varied);
    tac_tsv_free(f->families);
    tac_tsv_free(f->assays);
    tac_free(f->targets);
}

tac_status tac_fit(tac_ctx *ctx, const tac_body *body, const char *directory,
                   const tac_fit_options *options, tac_results **results_out)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_results *results = NULL;
    tac_fitting *f = NULL;

    *results_out = NULL;
    TAC_TRY(check_options(ctx, options));
    TAC_TRY(tac_alloc(ctx, 1, sizeof *f, &memory));
    f = memory;
    f->options = options;
    f->directory = directory;
    TAC_TRY(tac_varied_create(ctx, body, options->n_free, options->free, &f->varied));
    TAC_TRY(tac_families_read(ctx, &f->families));
    TAC_TRY(tac_assays_read(ctx, &f->assays));
    TAC_TRY(tac_fit_screen(ctx, f));
    if (has_any_effect(f)) {
        TAC_TRY(tac_fit_prepare(ctx, f));
        TAC_TRY(tac_fit_search(ctx, f));
        TAC_TRY(profile(ctx, f));
    }
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(tac_fit_tables(ctx, f, results));
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    if (f != NULL) {
        free_fitting(f);
    }
    tac_free(f);
    return st;
}
