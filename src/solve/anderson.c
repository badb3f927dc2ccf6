/* SPDX-License-Identifier: Apache-2.0 */
/* Anderson's acceleration, by modified Gram-Schmidt on the differences of residuals. */
#include "solve/anderson.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

/* A difference that lies this far within the span of the newer ones says nothing new. */
static const double DEPENDENT = 1e-8;

struct tac_anderson {
    /* given */
    size_t n;
    size_t depth;
    /* state */
    size_t n_pair; /* differences that are kept, the newest first */
    int has_last;
    double *last_g; /* [n] of the step before */
    double *last_f; /* [n] its residual, weighed */
    double *dg;     /* [depth][n] differences of g */
    double *df;     /* [depth][n] differences of weighed residuals */
    /* work */
    double *q;     /* [depth][n] orthonormal, from df */
    double *r;     /* [depth][depth] */
    double *f;     /* [n] weighed residual */
    double *gamma; /* [depth] */
};

tac_status tac_anderson_create(tac_ctx *ctx, size_t n, size_t depth, tac_anderson **anderson_out)
{
    tac_status st = TAC_OK;
    tac_anderson *a = NULL;
    void *memory = NULL;

    *anderson_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *a, &memory));
    a = memory;
    a->n = n;
    a->depth = depth;
    TAC_TRY(tac_alloc_doubles(ctx, n, &a->last_g));
    TAC_TRY(tac_alloc_doubles(ctx, n, &a->last_f));
    TAC_TRY(tac_alloc_doubles(ctx, n, &a->f));
    TAC_TRY(tac_alloc_doubles(ctx, depth * n, &a->dg));
    TAC_TRY(tac_alloc_doubles(ctx, depth * n, &a->df));
    TAC_TRY(tac_alloc_doubles(ctx, depth * n, &a->q));
    TAC_TRY(tac_alloc_doubles(ctx, depth * depth, &a->r));
    TAC_TRY(tac_alloc_doubles(ctx, depth, &a->gamma));
    *anderson_out = a;
    a = NULL;
out:
    tac_anderson_free(a);
    return st;
}

void tac_anderson_free(tac_anderson *anderson)
{
    if (anderson != NULL) {
        tac_free(anderson->last_g);
        tac_free(anderson->last_f);
        tac_free(anderson->f);
        tac_free(anderson->dg);
        tac_free(anderson->df);
        tac_free(anderson->q);
        tac_free(anderson->r);
        tac_free(anderson->gamma);
        tac_free(anderson);
    }
}

void tac_anderson_reset(tac_anderson *anderson)
{
    anderson->n_pair = 0;
    anderson->has_last = 0;
}

static double dot(size_t n, const double *restrict a, const double *restrict b)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/** Put the differences to the step before in front of the others; the oldest goes. */
static void keep_difference(tac_anderson *a, const double *g)
{
    const size_t n = a->n;
    const size_t n_kept = a->n_pair < a->depth ? a->n_pair : a->depth - 1;
    memmove(a->dg + n, a->dg, n_kept * n * sizeof *a->dg);
    memmove(a->df + n, a->df, n_kept * n * sizeof *a->df);
    for (size_t i = 0; i < n; i++) {
        a->dg[i] = g[i] - a->last_g[i];
        a->df[i] = a->f[i] - a->last_f[i];
    }
    a->n_pair = n_kept + 1;
}

/** df = q r, the newest first; returns how many columns are independent. */
static size_t factorise(tac_anderson *a)
{
    const size_t n = a->n;
    for (size_t j = 0; j < a->n_pair; j++) {
        double *q = a->q + j * n;
        memcpy(q, a->df + j * n, n * sizeof *q);
        const double before = sqrt(dot(n, q, q));
        for (size_t i = 0; i < j; i++) {
            const double *earlier = a->q + i * n;
            const double part = dot(n, earlier, q);
            a->r[i * a->depth + j] = part;
            for (size_t k = 0; k < n; k++) {
                q[k] -= part * earlier[k];
            }
        }
        const double left = sqrt(dot(n, q, q));
        if (!(left > DEPENDENT * before)) {
            return j;
        }
        a->r[j * a->depth + j] = left;
        for (size_t k = 0; k < n; k++) {
            q[k] /= left;
        }
    }
    return a->n_pair;
}

/** gamma that makes |f - df gamma| least. */
static void solve_least(tac_anderson *a, size_t n_column)
{
    for (size_t j = n_column; j-- > 0;) {
        double right = dot(a->n, a->q + j * a->n, a->f);
        for (size_t k = j + 1; k < n_column; k++) {
            right -= a->r[j * a->depth + k] * a->gamma[k];
        }
        a->gamma[j] = right / a->r[j * a->depth + j];
    }
}

void tac_anderson_step(tac_anderson *anderson, const double *z, const double *g, const double *size,
                       double *z_next_out)
{
    tac_anderson *a = anderson;
    size_t n_column = 0;
    for (size_t i = 0; i < a->n; i++) {
        a->f[i] = (g[i] - z[i]) / size[i];
    }
    if (a->has_last) {
        keep_difference(a, g);
        n_column = factorise(a);
        solve_least(a, n_column);
    }
    a->has_last = 1;
    memcpy(a->last_g, g, a->n * sizeof *g);
    memcpy(a->last_f, a->f, a->n * sizeof *a->f);
    memmove(z_next_out, a->last_g, a->n * sizeof *g);
    for (size_t j = 0; j < n_column; j++) {
        for (size_t i = 0; i < a->n; i++) {
            z_next_out[i] -= a->gamma[j] * a->dg[j * a->n + i];
        }
    }
}
