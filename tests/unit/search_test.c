/* SPDX-License-Identifier: Apache-2.0 */
/* The search in z: where it ends and how sure it is, on functions whose answer is known. */
#include "ledger/search.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Residuals of the form (slope z_k - y) / sd, one for each of n parameters. */
typedef struct line {
    double slope[3];
    double y[3];
    double sd;
    size_t n_call;
} line;

static tac_status off_line(tac_ctx *ctx, void *user, const double *z, double *r)
{
    line *l = user;
    (void)ctx;
    for (size_t k = 0; k < 3; k++) {
        r[k] = (l->slope[k] * z[k] - l->y[k]) / l->sd;
    }
    l->n_call++;
    return TAC_OK;
}

/** (z_0^3 + z_0 - 1) / .1: its root is .6823278. */
static tac_status off_cubic(tac_ctx *ctx, void *user, const double *z, double *r)
{
    (void)ctx;
    (void)user;
    r[0] = (z[0] * z[0] * z[0] + z[0] - 1.0) / 0.1;
    return TAC_OK;
}

static tac_status failing(tac_ctx *ctx, void *user, const double *z, double *r)
{
    (void)user;
    (void)z;
    (void)r;
    (void)ctx;
    return TAC_E_SOLVER;
}

static tac_search_found find(const tac_search *s)
{
    tac_search_found found;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_search_do(ctx, s, &found), TAC_OK);
    tac_ctx_free(ctx);
    return found;
}

/* A line has the posterior of a normal prior and a normal datum: variance 1/(1 + (slope/sd)^2). */
static void a_line_gives_the_exact_posterior(void **state)
{
    (void)state;
    line l = {{2.0, 0.5, 0.0}, {2.0, 0.5, 1.0}, 0.5, 0};
    const tac_search s = {.n = 3,
                          .n_row = 3,
                          .z_max = 4.0,
                          .step = 0.25,
                          .n_round = 8,
                          .user = &l,
                          .residuals = off_line};
    const tac_search_found found = find(&s);
    for (size_t k = 0; k < 3; k++) {
        const double information = 1.0 + l.slope[k] * l.slope[k] / (l.sd * l.sd);
        assert_close(found.z[k], l.slope[k] * l.y[k] / (l.sd * l.sd) / information, 0.0, 0.02);
        assert_close(found.covariance[k][k], 1.0 / information, 1e-6, 0.0);
    }
    assert_true(found.has_settled);
}

/* Nobody asks for the derivatives of what does not move, and it stays as uncertain as its prior. */
static void what_nothing_depends_on_costs_nothing(void **state)
{
    (void)state;
    line all = {{2.0, 0.5, 0.0}, {2.0, 0.5, 1.0}, 0.5, 0};
    line some = all;
    static const bool MOVES[] = {true, true, false};
    tac_search s = {.n = 3,
                    .n_row = 3,
                    .z_max = 4.0,
                    .step = 0.25,
                    .n_round = 8,
                    .user = &all,
                    .residuals = off_line};
    const tac_search_found with = find(&s);
    s.user = &some;
    s.moves = MOVES;
    const tac_search_found without = find(&s);
    assert_true(some.n_call < all.n_call);
    assert_close(without.z[0], with.z[0], 1e-9, 0.0);
    assert_close(without.covariance[2][2], 1.0, 1e-12, 0.0);
}

static void a_curve_is_followed_to_its_root(void **state)
{
    (void)state;
    const tac_search s = {
        .n = 1, .n_row = 1, .z_max = 4.0, .step = 0.01, .n_round = 20, .residuals = off_cubic};
    /* the prior pulls by z sd^2 / slope^2, .6823 * .01 / 2.397^2 */
    assert_close(find(&s).z[0], 0.6823278 - 0.0012, 0.0, 1e-4);
}

static void no_parameter_leaves_its_bounds(void **state)
{
    (void)state;
    line l = {{2.0, 0.5, 0.0}, {200.0, -200.0, 1.0}, 0.1, 0};
    const tac_search s = {.n = 3,
                          .n_row = 3,
                          .z_max = 3.0,
                          .step = 0.25,
                          .n_round = 8,
                          .user = &l,
                          .residuals = off_line};
    const tac_search_found found = find(&s);
    assert_close(found.z[0], 3.0, 0.0, 0.0);
    assert_close(found.z[1], -3.0, 0.0, 0.0);
}

static void a_failure_ends_the_search(void **state)
{
    (void)state;
    tac_search_found found;
    tac_ctx *ctx = tac_ctx_create();
    const tac_search s = {
        .n = 1, .n_row = 1, .z_max = 3.0, .step = 0.25, .n_round = 8, .residuals = failing};
    assert_int_equal(tac_search_do(ctx, &s, &found), TAC_E_SOLVER);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_line_gives_the_exact_posterior),
                                       cmocka_unit_test(what_nothing_depends_on_costs_nothing),
                                       cmocka_unit_test(a_curve_is_followed_to_its_root),
                                       cmocka_unit_test(no_parameter_leaves_its_bounds),
                                       cmocka_unit_test(a_failure_ends_the_search)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
