/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The vector operations that CVODES needs, without the special cases of the library's own vectors:
 * for a few hundred states a plain loop that the compiler vectorises is faster than choosing a loop.
 *
 * Results may be written onto arguments (z = x, z = y), as SUNDIALS allows, so nothing is restrict.
 */
#include "solve/vector.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Two kernels, chosen when the program is loaded by what the processor can; both round every operation alike, so results
 * do not depend on the processor. Sanitizers do not see through the choice. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_ADDRESS__) \
    && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#    define KERNEL __attribute__((target_clones("avx2", "default")))
#else
#    define KERNEL
#endif

/* CVODES takes 13 for the integrator, 2 for the linear solver, 2 for Newton's iteration and 1 for the
 * tolerances; the solver itself takes 4. */
enum { N_VECTOR = 32 };

typedef struct place {
    struct _generic_N_Vector vector; /* content leads back here */
    tac_vectors *stock;
    double *values;
    bool is_taken;
} place;

struct tac_vectors {
    size_t n;
    double *values; /* [N_VECTOR][n] */
    struct _generic_N_Vector_Ops ops;
    place places[N_VECTOR];
};

double *tac_vector_values(N_Vector v)
{
    return ((place *)v->content)->values;
}

static size_t n_of(N_Vector v)
{
    return ((const place *)v->content)->stock->n;
}

static sunindextype length(N_Vector v)
{
    return (sunindextype)n_of(v);
}

static void *no_communicator(N_Vector v)
{
    (void)v;
    return NULL;
}

static N_Vector_ID id_of(N_Vector v)
{
    (void)v;
    return SUNDIALS_NVEC_CUSTOM;
}

static N_Vector clone(N_Vector v)
{
    return tac_vector_take(((place *)v->content)->stock);
}

static void give_back(N_Vector v)
{
    if (v != NULL) {
        ((place *)v->content)->is_taken = false;
    }
}

/** z = a x + b y. */
KERNEL static void linear_sum(double a, N_Vector x, double b, N_Vector y, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    const double *ys = tac_vector_values(y);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = a * xs[i] + b * ys[i];
    }
}

KERNEL static void set_const(double c, N_Vector z)
{
    const size_t n = n_of(z);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = c;
    }
}

static void product(N_Vector x, N_Vector y, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    const double *ys = tac_vector_values(y);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = xs[i] * ys[i];
    }
}

static void quotient(N_Vector x, N_Vector y, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    const double *ys = tac_vector_values(y);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = xs[i] / ys[i];
    }
}

KERNEL static void scale(double c, N_Vector x, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = c * xs[i];
    }
}

KERNEL static void absolute(N_Vector x, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = fabs(xs[i]);
    }
}

KERNEL static void inverse(N_Vector x, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = 1.0 / xs[i];
    }
}

KERNEL static void add_const(N_Vector x, double b, N_Vector z)
{
    const size_t n = n_of(z);
    const double *xs = tac_vector_values(x);
    double *zs = tac_vector_values(z);
    for (size_t i = 0; i < n; i++) {
        zs[i] = xs[i] + b;
    }
}

static double dot_product(N_Vector x, N_Vector y)
{
    const size_t n = n_of(x);
    const double *xs = tac_vector_values(x);
    const double *ys = tac_vector_values(y);
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += xs[i] * ys[i];
    }
    return sum;
}

static double max_norm(N_Vector x)
{
    const size_t n = n_of(x);
    const double *xs = tac_vector_values(x);
    double max = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double size = fabs(xs[i]);
        max = size > max ? size : max;
    }
    return max;
}

static double smallest(N_Vector x)
{
    const size_t n = n_of(x);
    const double *xs = tac_vector_values(x);
    double min = xs[0];
    for (size_t i = 1; i < n; i++) {
        min = xs[i] < min ? xs[i] : min;
    }
    return min;
}

/** sqrt(mean((x w)^2)); four sums side by side, always joined in the same order. */
KERNEL static double weighted_rms(N_Vector x, N_Vector w)
{
    const size_t n = n_of(x);
    const double *xs = tac_vector_values(x);
    const double *ws = tac_vector_values(w);
    double sums[4] = {0.0, 0.0, 0.0, 0.0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        for (size_t k = 0; k < 4; k++) {
            const double e = xs[i + k] * ws[i + k];
            sums[k] += e * e;
        }
    }
    for (; i < n; i++) {
        const double e = xs[i] * ws[i];
        sums[0] += e * e;
    }
    return sqrt((sums[0] + sums[1] + sums[2] + sums[3]) / (double)n);
}

/** z = sum of c_k x_k; only the first x may be z. */
KERNEL static int linear_combination(int n_vector, double *c, N_Vector *x, N_Vector z)
{
    const size_t n = n_of(z);
    double *zs = tac_vector_values(z);
    scale(c[0], x[0], z);
    for (int k = 1; k < n_vector; k++) {
        const double *xs = tac_vector_values(x[k]);
        const double ck = c[k];
        for (size_t i = 0; i < n; i++) {
            zs[i] += ck * xs[i];
        }
    }
    return 0;
}

/** z_k = a_k x + y_k. */
static int scale_add_multi(int n_vector, double *a, N_Vector x, N_Vector *y, N_Vector *z)
{
    for (int k = 0; k < n_vector; k++) {
        linear_sum(a[k], x, 1.0, y[k], z[k]);
    }
    return 0;
}

static void set_operations(N_Vector_Ops ops)
{
    ops->nvgetvectorid = id_of;
    ops->nvclone = clone;
    ops->nvdestroy = give_back;
    ops->nvgetarraypointer = tac_vector_values;
    ops->nvgetcommunicator = no_communicator;
    ops->nvgetlength = length;
    ops->nvlinearsum = linear_sum;
    ops->nvconst = set_const;
    ops->nvprod = product;
    ops->nvdiv = quotient;
    ops->nvscale = scale;
    ops->nvabs = absolute;
    ops->nvinv = inverse;
    ops->nvaddconst = add_const;
    ops->nvdotprod = dot_product;
    ops->nvmaxnorm = max_norm;
    ops->nvmin = smallest;
    ops->nvwrmsnorm = weighted_rms;
    ops->nvlinearcombination = linear_combination;
    ops->nvscaleaddmulti = scale_add_multi;
}

tac_status tac_vectors_create(tac_ctx *ctx, SUNContext sunctx, size_t n, tac_vectors **vectors_out)
{
    tac_status st = TAC_OK;
    tac_vectors *vectors = NULL;
    void *memory = NULL;

    *vectors_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *vectors, &memory));
    vectors = memory;
    TAC_TRY(tac_alloc_doubles(ctx, N_VECTOR * n, &vectors->values));
    vectors->n = n;
    set_operations(&vectors->ops);
    for (size_t i = 0; i < N_VECTOR; i++) {
        place *p = &vectors->places[i];
        *p = (place){.vector = {p, &vectors->ops, sunctx},
                     .stock = vectors,
                     .values = &vectors->values[i * n]};
    }
    *vectors_out = vectors;
    vectors = NULL;
out:
    tac_vectors_free(vectors);
    return st;
}

void tac_vectors_free(tac_vectors *vectors)
{
    if (vectors != NULL) {
        tac_free(vectors->values);
        tac_free(vectors);
    }
}

N_Vector tac_vector_take(tac_vectors *vectors)
{
    for (size_t i = 0; i < N_VECTOR; i++) {
        place *p = &vectors->places[i];
        if (!p->is_taken) {
            p->is_taken = true;
            memset(p->values, 0, vectors->n * sizeof *p->values);
            return &p->vector;
        }
    }
    TAC_BUG("the stock of vectors is too small");
}
