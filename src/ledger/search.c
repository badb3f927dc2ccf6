/* SPDX-License-Identifier: Apache-2.0 */
/* Levenberg and Marquardt's method; see search.h. */
#include "ledger/search.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

#define N_MAX TAC_SEARCH_MAX

static const double GAIN_SETTLED = 0.01; /* of the objective */
static const double DAMPING_FIRST = 0.1;
static const double DAMPING_LEAST = 1e-4;
static const double DAMPING_MOST = 1e4;
static const int N_TRY = 4; /* steps of one round */

/* The place of a search. */
typedef struct place {
    double z[N_MAX];
    double *r; /* [n_row] */
    double objective;
} place;

double tac_search_objective(const tac_search *s, const double *z, const double *r)
{
    double sum = 0.0;
    for (size_t i = 0; i < s->n_row; i++) {
        sum += r[i] * r[i];
    }
    for (size_t k = 0; k < s->n; k++) {
        sum += z[k] * z[k];
    }
    return sum;
}

/** r at a place where one parameter is moved. */
static tac_status ask_moved(tac_ctx *ctx, const tac_search *s, const place *at, size_t k,
                            double z_k, double *r)
{
    double z[N_MAX];
    memcpy(z, at->z, sizeof z);
    z[k] = z_k;
    return s->residuals(ctx, s->user, z, r);
}

/** jac[k][i] = d r_i / d z_k by differences to one side, away from the bound, or to both; work is [2 n_row]. */
static tac_status differentiate(tac_ctx *ctx, const tac_search *s, const place *at, bool is_central,
                                double *jac, double *work)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < s->n; k++) {
        if (s->moves != NULL && !s->moves[k]) {
            continue; /* its derivatives are zero, as they were allocated */
        }
        const double inwards = at->z[k] > 0.0 ? -s->step : s->step;
        const double from = is_central ? fmax(at->z[k] - s->step, -s->z_max) : at->z[k];
        const double to = is_central ? fmin(at->z[k] + s->step, s->z_max) : at->z[k] + inwards;
        const double *r_from = at->r;
        TAC_TRY(ask_moved(ctx, s, at, k, to, work));
        if (is_central) {
            TAC_TRY(ask_moved(ctx, s, at, k, from, work + s->n_row));
            r_from = work + s->n_row;
        }
        for (size_t i = 0; i < s->n_row; i++) {
            jac[k * s->n_row + i] = (work[i] - r_from[i]) / (to - from);
        }
    }
out:
    return st;
}

/** Half the second derivative, J J' + 1, and half the slope, J r + z. */
static void make_normal(const tac_search *s, const place *at, const double *jac,
                        double a[N_MAX][N_MAX], double *g)
{
    for (size_t k = 0; k < s->n; k++) {
        g[k] = at->z[k];
        for (size_t i = 0; i < s->n_row; i++) {
            g[k] += jac[k * s->n_row + i] * at->r[i];
        }
        for (size_t j = 0; j < s->n; j++) {
            a[k][j] = k == j ? 1.0 : 0.0;
            for (size_t i = 0; i < s->n_row; i++) {
                a[k][j] += jac[k * s->n_row + i] * jac[j * s->n_row + i];
            }
        }
    }
}

/** Inverse of a positive definite matrix by Gauss and Jordan; no pivot can vanish, because the prior adds 1. */
static void invert(size_t n, double a[N_MAX][N_MAX], double inverse[N_MAX][N_MAX])
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            inverse[i][j] = i == j ? 1.0 : 0.0;
        }
    }
    for (size_t k = 0; k < n; k++) {
        const double pivot = a[k][k];
        for (size_t j = 0; j < n; j++) {
            a[k][j] /= pivot;
            inverse[k][j] /= pivot;
        }
        for (size_t i = 0; i < n; i++) {
            const double factor = a[i][k];
            for (size_t j = 0; i != k && j < n; j++) {
                a[i][j] -= factor * a[k][j];
                inverse[i][j] -= factor * inverse[k][j];
            }
        }
    }
}

/** The damped step from a place, within the bounds. */
static void step_from(const tac_search *s, const place *at, double a[N_MAX][N_MAX], const double *g,
                      double damping, double *z)
{
    double damped[N_MAX][N_MAX];
    double inverse[N_MAX][N_MAX];
    memcpy(damped, a, sizeof damped);
    for (size_t k = 0; k < s->n; k++) {
        damped[k][k] += damping * a[k][k];
    }
    invert(s->n, damped, inverse);
    for (size_t k = 0; k < s->n; k++) {
        z[k] = at->z[k];
        for (size_t j = 0; j < s->n; j++) {
            z[k] -= inverse[k][j] * g[j];
        }
        z[k] = fmin(fmax(z[k], -s->z_max), s->z_max);
    }
}

/** Try steps, more and more damped, until one is better. *gain_out is 0 when none is. */
static tac_status advance(tac_ctx *ctx, const tac_search *s, place *at, double a[N_MAX][N_MAX],
                          const double *g, double *damping, double *r, double *gain_out)
{
    double z[N_MAX] = {0.0};
    *gain_out = 0.0;
    for (int i = 0; i < N_TRY; i++) {
        step_from(s, at, a, g, *damping, z);
        const tac_status st = s->residuals(ctx, s->user, z, r);
        if (st != TAC_OK) {
            return st;
        }
        const double objective = tac_search_objective(s, z, r);
        if (objective < at->objective) {
            *gain_out = at->objective - objective;
            memcpy(at->z, z, sizeof z);
            memcpy(at->r, r, s->n_row * sizeof *r);
            at->objective = objective;
            *damping = fmax(*damping / 5.0, DAMPING_LEAST);
            return TAC_OK;
        }
        *damping = fmin(*damping * 5.0, DAMPING_MOST);
    }
    return TAC_OK;
}

/** Let the caller look at an accepted place; residuals may be weighed anew. */
static tac_status accept(tac_ctx *ctx, const tac_search *s, place *at)
{
    const tac_status st = s->accepted == NULL ? TAC_OK : s->accepted(ctx, s->user, at->z, at->r);
    at->objective = tac_search_objective(s, at->z, at->r);
    return st;
}

static tac_status run(tac_ctx *ctx, const tac_search *s, double *memory, tac_search_found *found)
{
    tac_status st = TAC_OK;
    place at = {.r = memory};
    double *work = memory + s->n_row;
    double *jac = memory + 3 * s->n_row;
    double a[N_MAX][N_MAX];
    double g[N_MAX];
    double damping = DAMPING_FIRST;

    TAC_TRY(s->residuals(ctx, s->user, at.z, at.r));
    TAC_TRY(accept(ctx, s, &at));
    while (!found->has_settled && found->n_round < s->n_round) {
        double gain = 0.0;
        TAC_TRY(differentiate(ctx, s, &at, false, jac, work));
        make_normal(s, &at, jac, a, g);
        TAC_TRY(advance(ctx, s, &at, a, g, &damping, work, &gain));
        found->n_round++;
        found->has_settled = gain < GAIN_SETTLED;
        if (gain > 0.0) {
            TAC_TRY(accept(ctx, s, &at));
        }
    }
    TAC_TRY(differentiate(ctx, s, &at, true, jac, work));
    make_normal(s, &at, jac, a, g);
    invert(s->n, a, found->covariance);
    memcpy(found->z, at.z, sizeof at.z);
    found->objective = at.objective;
out:
    return st;
}

tac_status tac_search_do(tac_ctx *ctx, const tac_search *search, tac_search_found *found_out)
{
    double *memory = NULL;
    *found_out = (tac_search_found){0};
    tac_status st = tac_alloc_doubles(ctx, (3 + search->n) * search->n_row + 1, &memory);
    st = st == TAC_OK ? run(ctx, search, memory, found_out) : st;
    tac_free(memory);
    return st;
}
