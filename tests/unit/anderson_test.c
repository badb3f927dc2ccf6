/* SPDX-License-Identifier: Apache-2.0 */
/* Acceleration of z -> g(z): it lands on fixed points that are known, in fewer steps than repetition. */
#include "solve/anderson.h"

#include "base/alloc.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define N 6

static const double SIZE[N] = {1.0, 1.0, 1.0, 1.0, 1.0, 1.0};

/** z -> c + A z, A with eigenvalues .95, .8, .5, .1, 0, -.6 and a coupling; the fixed point is 1, 2, ..., 6. */
static void linear_map(const double *z, double *g)
{
    static const double RATE[N] = {0.95, 0.8, 0.5, 0.1, 0.0, -0.6};
    for (size_t i = 0; i < N; i++) {
        const double want = (double)(i + 1);
        const double next = i + 1 < N ? 0.2 * (z[i + 1] - (double)(i + 2)) : 0.0;
        g[i] = want + RATE[i] * (z[i] - want) + next;
    }
}

/** Steps until the map changes z by less than 1e-10. */
static size_t steps_to_rest(void (*map)(const double *, double *), size_t n, size_t depth,
                            const double *size, double *z)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_anderson *a = NULL;
    double g[N];
    double largest = 1.0;
    size_t k = 0;
    assert_int_equal(tac_anderson_create(ctx, n, depth, &a), TAC_OK);
    for (; largest > 1e-10 && k < 2000; k++) {
        largest = 0.0;
        map(z, g);
        for (size_t i = 0; i < n; i++) {
            largest = fmax(largest, fabs(g[i] - z[i]));
        }
        tac_anderson_step(a, z, g, size, z);
    }
    tac_anderson_free(a);
    tac_ctx_free(ctx);
    return k;
}

static void a_linear_map_is_solved_in_as_many_steps_as_it_has_modes(void **state)
{
    (void)state;
    double z[N] = {0.0};
    assert_true(steps_to_rest(linear_map, N, N, SIZE, z) <= N + 3);
    for (size_t i = 0; i < N; i++) {
        assert_close(z[i], (double)(i + 1), 1e-8, 0.0);
    }
}

static void with_a_short_memory_it_is_still_faster_than_repetition(void **state)
{
    (void)state;
    double z[N] = {0.0};
    const size_t n_step = steps_to_rest(linear_map, N, 3, SIZE, z);
    assert_true(n_step < 60); /* repetition: ln(1e-10)/ln(.95), some 450 */
    assert_close(z[0], 1.0, 1e-7, 0.0);
}

static void cosine_map(const double *z, double *g)
{
    g[0] = cos(z[0]);
}

static void a_curved_map_finds_its_fixed_point(void **state)
{
    (void)state;
    double z[1] = {0.2};
    assert_true(steps_to_rest(cosine_map, 1, 2, SIZE, z) < 12); /* repetition: 57 */
    assert_close(z[0], 0.7390851332151607, 1e-9, 0.0);          /* the solution of cos z = z */
}

static void the_first_step_is_plain_and_so_is_one_after_a_reset(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_anderson *a = NULL;
    double z[N] = {5.0, 4.0, 3.0, 2.0, 1.0, 0.0};
    double g[N];
    assert_int_equal(tac_anderson_create(ctx, N, 2, &a), TAC_OK);
    for (int round = 0; round < 2; round++) {
        linear_map(z, g);
        tac_anderson_step(a, z, g, SIZE, z);
        assert_memory_equal(z, g, sizeof g);
        linear_map(z, g);
        tac_anderson_step(a, z, g, SIZE, z);
        assert_memory_not_equal(z, g, sizeof g);
        tac_anderson_reset(a);
    }
    tac_anderson_free(a);
    tac_ctx_free(ctx);
}

static void at_rest_nothing_moves(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_anderson *a = NULL;
    double z[N] = {1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
    double g[N];
    assert_int_equal(tac_anderson_create(ctx, N, 3, &a), TAC_OK);
    for (int k = 0; k < 5; k++) {
        linear_map(z, g);
        tac_anderson_step(a, z, g, SIZE, z);
    }
    for (size_t i = 0; i < N; i++) {
        assert_close(z[i], (double)(i + 1), 1e-15, 0.0);
    }
    tac_anderson_free(a);
    tac_ctx_free(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    for (size_t n = 0;; n++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_anderson *a = NULL;
        assert_non_null(ctx);
        tac_alloc_fail_after(n);
        const tac_status st = tac_anderson_create(ctx, N, 2, &a);
        tac_alloc_fail_after(SIZE_MAX);
        tac_anderson_free(a);
        tac_ctx_free(ctx);
        if (st == TAC_OK) {
            assert_true(n > 5);
            return;
        }
        assert_int_equal(st, TAC_E_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_map_is_solved_in_as_many_steps_as_it_has_modes),
        cmocka_unit_test(with_a_short_memory_it_is_still_faster_than_repetition),
        cmocka_unit_test(a_curved_map_finds_its_fixed_point),
        cmocka_unit_test(the_first_step_is_plain_and_so_is_one_after_a_reset),
        cmocka_unit_test(at_rest_nothing_moves),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
