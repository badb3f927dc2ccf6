/* SPDX-License-Identifier: Apache-2.0 */
/* The solver against exact solutions and published ones, and its promises about steps and errors. */
#include "solve/solver.h"

#include "base/alloc.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { N_MAX = 12 };

/* A system for tests: a full pattern, so that jac[j * n + i] = d(dxdt[i])/d(x[j]). */
typedef struct system {
    size_t n;
    void (*rhs)(void *user, double t, const double *x, double *dxdt);
    void (*jac)(void *user, double t, const double *x, double *values);
    double k;     /* a constant that a test may change */
    double t_max; /* latest time at which rhs was asked */
    int64_t column[N_MAX + 1];
    int64_t row[N_MAX * N_MAX];
} test_system;

typedef struct run {
    tac_ctx *ctx;
    tac_solver *solver;
    test_system *system;
} run;

static void make_full_pattern(test_system *s)
{
    for (size_t j = 0; j <= s->n; j++) {
        s->column[j] = (int64_t)(j * s->n);
        for (size_t i = 0; j < s->n && i < s->n; i++) {
            s->row[j * s->n + i] = (int64_t)i;
        }
    }
}

static tac_problem problem_of(test_system *s)
{
    make_full_pattern(s);
    s->t_max = -HUGE_VAL;
    return (tac_problem){.n_state = s->n,
                         .n_jac = s->n * s->n,
                         .jac_column = s->column,
                         .jac_row = s->row,
                         .user = s,
                         .rhs = s->rhs,
                         .jac = s->jac};
}

static run begin(test_system *s, double rel_tol, double abs_tol, const double *x)
{
    double abs_tols[N_MAX];
    run r = {tac_ctx_create(), NULL, s};
    const tac_problem problem = problem_of(s);
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    for (size_t i = 0; i < s->n; i++) {
        abs_tols[i] = abs_tol;
    }
    options.rel_tol = rel_tol;
    options.abs_tol = abs_tols;
    assert_int_equal(tac_solver_create(r.ctx, &problem, &options, &r.solver), TAC_OK);
    assert_int_equal(tac_solver_restart(r.ctx, r.solver, 0.0, x), TAC_OK);
    return r;
}

static void end(run *r)
{
    tac_solver_free(r->solver);
    tac_ctx_free(r->ctx);
}

static tac_status go(run *r, double t_end)
{
    return tac_solver_to(r->ctx, r->solver, t_end, 0, NULL, NULL, NULL, NULL);
}

/* dx/dt = -k x */
static void decay_rhs(void *user, double t, const double *x, double *dxdt)
{
    test_system *s = user;
    s->t_max = fmax(s->t_max, t);
    dxdt[0] = -s->k * x[0];
}

static void decay_jac(void *user, double t, const double *x, double *values)
{
    const test_system *s = user;
    (void)t;
    (void)x;
    values[0] = -s->k;
}

static test_system decay(double k)
{
    return (test_system){.n = 1, .rhs = decay_rhs, .jac = decay_jac, .k = k};
}

/* A chain: what leaves one pool at rate k enters the next; the last one keeps it. */
static void chain_rhs(void *user, double t, const double *x, double *dxdt)
{
    const test_system *s = user;
    (void)t;
    for (size_t i = 0; i < s->n; i++) {
        const double in = i > 0 ? s->k * x[i - 1] : 0.0;
        const double out = i + 1 < s->n ? s->k * x[i] : 0.0;
        dxdt[i] = in - out;
    }
}

static void chain_jac(void *user, double t, const double *x, double *values)
{
    const test_system *s = user;
    (void)t;
    (void)x;
    memset(values, 0, s->n * s->n * sizeof *values);
    for (size_t j = 0; j + 1 < s->n; j++) {
        values[j * s->n + j] = -s->k;
        values[j * s->n + j + 1] = s->k;
    }
}

/* x' = v, v' = -x: no diagonal at all. */
static void circle_rhs(void *user, double t, const double *x, double *dxdt)
{
    (void)user;
    (void)t;
    dxdt[0] = x[1];
    dxdt[1] = -x[0];
}

static void circle_jac(void *user, double t, const double *x, double *values)
{
    (void)user;
    (void)t;
    (void)x;
    values[0] = 0.0;
    values[1] = -1.0;
    values[2] = 1.0;
    values[3] = 0.0;
}

static void robertson_rhs(void *user, double t, const double *x, double *dxdt)
{
    (void)user;
    (void)t;
    const double slow = 0.04 * x[0];
    const double back = 1e4 * x[1] * x[2];
    const double fast = 3e7 * x[1] * x[1];
    dxdt[0] = back - slow;
    dxdt[1] = slow - back - fast;
    dxdt[2] = fast;
}

static void robertson_jac(void *user, double t, const double *x, double *values)
{
    (void)user;
    (void)t;
    const double d[9] = {-0.04,       0.04,
                         0.0, /* by x0 */
                         1e4 * x[2],  -1e4 * x[2] - 6e7 * x[1],
                         6e7 * x[1],  1e4 * x[1],
                         -1e4 * x[1], 0.0};
    memcpy(values, d, sizeof d);
}

/* x' = v, v' = ((1 - x^2) v - x) / k */
static void van_der_pol_rhs(void *user, double t, const double *x, double *dxdt)
{
    test_system *s = user;
    s->t_max = fmax(s->t_max, t);
    dxdt[0] = x[1];
    dxdt[1] = ((1.0 - x[0] * x[0]) * x[1] - x[0]) / s->k;
}

static void van_der_pol_jac(void *user, double t, const double *x, double *values)
{
    const test_system *s = user;
    (void)t;
    values[0] = 0.0;
    values[1] = (-2.0 * x[0] * x[1] - 1.0) / s->k;
    values[2] = 1.0;
    values[3] = (1.0 - x[0] * x[0]) / s->k;
}

/* dx/dt = x^2 from 1 is 1 / (1 - t): nobody gets to t = 1. */
static void explosion_rhs(void *user, double t, const double *x, double *dxdt)
{
    (void)user;
    (void)t;
    dxdt[0] = -x[0];
    dxdt[1] = x[1] * x[1];
}

static void explosion_jac(void *user, double t, const double *x, double *values)
{
    (void)user;
    (void)t;
    values[0] = -1.0;
    values[1] = 0.0;
    values[2] = 0.0;
    values[3] = 2.0 * x[1];
}

/* The second rate is no number after t = 0.5. */
static void torn_rhs(void *user, double t, const double *x, double *dxdt)
{
    (void)user;
    dxdt[0] = -x[0];
    dxdt[1] = t > 0.5 ? (double)NAN : -x[1];
}

static void torn_jac(void *user, double t, const double *x, double *values)
{
    explosion_jac(user, t, x, values);
    values[3] = -1.0;
}

/* dx/dt = -k x has the solution x0 exp(-k t): the error must follow the tolerance asked for. */
static void decay_follows_the_exact_solution(void **state)
{
    (void)state;
    static const double REL_TOL[] = {1e-4, 1e-6, 1e-8, 1e-10};
    double last_error = 1.0;
    for (size_t i = 0; i < sizeof REL_TOL / sizeof REL_TOL[0]; i++) {
        test_system s = decay(0.3);
        const double x0 = 2.0;
        const double exact = 2.0 * exp(-3.0);
        run r = begin(&s, REL_TOL[i], 1e-14, &x0);
        assert_int_equal(go(&r, 10.0), TAC_OK);
        assert_close(tac_solver_x(r.solver)[0], exact, 100.0 * REL_TOL[i], 0.0);
        const double error = fabs(tac_solver_x(r.solver)[0] - exact) / exact;
        assert_true(error < 0.2 * last_error);
        last_error = error;
        end(&r);
    }
}

/* From one unit in the first of 8 pools, pool n holds (kt)^n exp(-kt) / n!; nothing is lost. */
static void a_chain_follows_its_exact_solution_and_loses_nothing(void **state)
{
    (void)state;
    test_system s = {.n = 8, .rhs = chain_rhs, .jac = chain_jac, .k = 2.0};
    const double x0[8] = {1.0};
    run r = begin(&s, 1e-8, 1e-12, x0);
    assert_int_equal(go(&r, 3.0), TAC_OK);
    double sum = 0.0;
    double term = exp(-6.0);
    for (size_t i = 0; i < 8; i++) {
        if (i < 7) {
            assert_close(tac_solver_x(r.solver)[i], term, 1e-6, 1e-9);
        }
        sum += tac_solver_x(r.solver)[i];
        term *= 6.0 / (double)(i + 1);
    }
    assert_close(sum, 1.0, 1e-12, 0.0);
    end(&r);
}

/* A hundred turns of a circle keep their radius and phase to what the tolerance allows. */
static void a_circle_without_diagonal_is_followed(void **state)
{
    (void)state;
    test_system s = {.n = 2, .rhs = circle_rhs, .jac = circle_jac};
    const double x0[2] = {1.0, 0.0};
    run r = begin(&s, 1e-10, 1e-12, x0);
    assert_int_equal(go(&r, 628.3), TAC_OK);
    assert_close(tac_solver_x(r.solver)[0], cos(628.3), 0.0, 1e-5);
    assert_close(tac_solver_x(r.solver)[1], -sin(628.3), 0.0, 1e-5);
    end(&r);
}

/* Reference solutions: Test Set for IVP Solvers, release 2.4 (Mazzia and Magherini 2008), problem
 * Robertson at t = 1e11 and at t = 40 the example of the LSODE report (Hindmarsh 1983). */
static void robertson_reaches_the_published_values(void **state)
{
    (void)state;
    test_system s = {.n = 3, .rhs = robertson_rhs, .jac = robertson_jac};
    const double x0[3] = {1.0, 0.0, 0.0};
    run r = begin(&s, 1e-10, 1e-16, x0);
    assert_int_equal(go(&r, 40.0), TAC_OK);
    assert_close(tac_solver_x(r.solver)[0], 7.158e-1, 0.0, 0.5e-4);
    assert_close(tac_solver_x(r.solver)[1], 9.185e-6, 0.0, 1e-9);
    assert_close(tac_solver_x(r.solver)[2], 2.842e-1, 0.0, 0.5e-4);
    assert_int_equal(go(&r, 1e11), TAC_OK);
    assert_close(tac_solver_x(r.solver)[0], 0.2083340149701255e-07, 1e-6, 0.0);
    assert_close(tac_solver_x(r.solver)[1], 0.8333360770334713e-13, 1e-3, 0.0);
    assert_close(tac_solver_x(r.solver)[2], 0.9999999791665050, 1e-9, 0.0);
    end(&r);
}

/* Same test set, problem van der Pol: k = 1e-6, from (2, 0), at t = 2. */
static void van_der_pol_reaches_the_published_values(void **state)
{
    (void)state;
    static const double REL_TOL[] = {1e-5, 1e-7, 1e-9};
    double last_error = 1.0;
    for (size_t i = 0; i < sizeof REL_TOL / sizeof REL_TOL[0]; i++) {
        test_system s = {.n = 2, .rhs = van_der_pol_rhs, .jac = van_der_pol_jac, .k = 1e-6};
        const double x0[2] = {2.0, 0.0};
        run r = begin(&s, REL_TOL[i], REL_TOL[i], x0);
        assert_int_equal(go(&r, 2.0), TAC_OK);
        assert_close(tac_solver_x(r.solver)[0], 0.1706167732170469e+01, 200.0 * REL_TOL[i], 0.0);
        assert_close(tac_solver_x(r.solver)[1], -0.8928097010248125e+00, 500.0 * REL_TOL[i], 0.0);
        const double error = fabs(tac_solver_x(r.solver)[0] - 0.1706167732170469e+01);
        assert_true(error < 0.5 * last_error);
        last_error = error;
        end(&r);
    }
}

/* What a sampler sees. */
typedef struct samples {
    size_t n;
    double t[2000];
    double x[2000];
} samples;

static void keep(void *user, size_t i, double t, const double *x)
{
    samples *s = user;
    assert_int_equal(i, s->n);
    s->t[s->n] = t;
    s->x[s->n++] = x[0];
}

/* Three runs with no, few and many samples end in the same bits after the same work. */
static void sampling_does_not_change_the_steps(void **state)
{
    (void)state;
    static const size_t N_SAMPLE[] = {0, 3, 2000};
    static samples seen;
    static double wanted[2000];
    double x[3][2];
    tac_solver_counts counts[3];
    for (size_t i = 0; i < 3; i++) {
        test_system s = {.n = 2, .rhs = van_der_pol_rhs, .jac = van_der_pol_jac, .k = 0.1};
        const double x0[2] = {2.0, 0.0};
        run r = begin(&s, 1e-6, 1e-8, x0);
        for (size_t k = 0; k < N_SAMPLE[i]; k++) {
            wanted[k] = 20.0 * (double)(k + 1) / (double)N_SAMPLE[i];
        }
        seen.n = 0;
        assert_int_equal(tac_solver_to(r.ctx, r.solver, 20.0, N_SAMPLE[i], wanted, keep, &seen,
                                       NULL),
                         TAC_OK);
        assert_int_equal(seen.n, N_SAMPLE[i]);
        memcpy(x[i], tac_solver_x(r.solver), sizeof x[i]);
        counts[i] = tac_solver_counts_get(r.solver);
        end(&r);
    }
    assert_memory_equal(x[0], x[1], sizeof x[0]);
    assert_memory_equal(x[0], x[2], sizeof x[0]);
    assert_memory_equal(&counts[0], &counts[1], sizeof counts[0]);
    assert_memory_equal(&counts[0], &counts[2], sizeof counts[0]);
}

static void samples_lie_on_the_exact_solution(void **state)
{
    (void)state;
    static samples seen;
    static double wanted[1000];
    test_system s = decay(1.0);
    const double x0 = 1.0;
    run r = begin(&s, 1e-8, 1e-14, &x0);
    for (size_t k = 0; k < 1000; k++) {
        wanted[k] = 5.0 * (double)(k + 1) / 1000.0;
    }
    assert_int_equal(tac_solver_to(r.ctx, r.solver, 5.0, 1000, wanted, keep, &seen, NULL), TAC_OK);
    assert_int_equal(seen.n, 1000);
    for (size_t k = 0; k < 1000; k++) {
        assert_close(seen.t[k], wanted[k], 0.0, 0.0);
        assert_close(seen.x[k], exp(-wanted[k]), 1e-6, 0.0);
    }
    assert_close(seen.x[999], tac_solver_x(r.solver)[0], 0.0, 0.0);
    end(&r);
}

/* An input that jumps at t_end must not be felt before: the rates are never asked for beyond. */
static void no_step_goes_beyond_the_end(void **state)
{
    (void)state;
    test_system s = {.n = 2, .rhs = van_der_pol_rhs, .jac = van_der_pol_jac, .k = 0.1};
    const double x0[2] = {2.0, 0.0};
    run r = begin(&s, 1e-6, 1e-8, x0);
    for (int i = 1; i <= 40; i++) {
        assert_int_equal(go(&r, 0.37 * i), TAC_OK);
        assert_true(s.t_max <= 0.37 * i);
    }
    end(&r);
}

/* k = 1 for one hour, then 3 for two: exp(-1 - 6). Counts go on over the restart. */
static void a_restart_follows_a_jump_and_keeps_the_counts(void **state)
{
    (void)state;
    test_system s = decay(1.0);
    const double x0 = 1.0;
    run r = begin(&s, 1e-9, 1e-14, &x0);
    assert_int_equal(go(&r, 1.0), TAC_OK);
    const tac_solver_counts first = tac_solver_counts_get(r.solver);
    s.k = 3.0;
    assert_int_equal(tac_solver_restart(r.ctx, r.solver, 1.0, tac_solver_x(r.solver)), TAC_OK);
    assert_int_equal(go(&r, 3.0), TAC_OK);
    const tac_solver_counts both = tac_solver_counts_get(r.solver);
    assert_close(tac_solver_x(r.solver)[0], exp(-7.0), 1e-7, 0.0);
    assert_int_equal(first.n_restart, 1);
    assert_int_equal(both.n_restart, 2);
    assert_true(first.n_step > 10 && both.n_step > first.n_step + 10);
    assert_true(both.n_rhs > first.n_rhs && both.n_newton > first.n_newton);
    assert_true(both.n_jac > first.n_jac && both.n_setup > first.n_setup);
    assert_true(both.n_rhs >= both.n_newton && both.n_setup >= both.n_jac);
    end(&r);
}

/* Edges of a schedule may fall together up to rounding. */
static void an_end_that_is_now_takes_no_step(void **state)
{
    (void)state;
    static samples seen;
    test_system s = decay(1.0);
    const double x0 = 1.0;
    const double almost = 2.0 * (1.0 + 2e-16);
    run r = begin(&s, 1e-8, 1e-12, &x0);
    assert_int_equal(go(&r, 2.0), TAC_OK);
    const double x = tac_solver_x(r.solver)[0];
    const long n_step = tac_solver_counts_get(r.solver).n_step;
    assert_int_equal(go(&r, 2.0), TAC_OK);
    seen.n = 0;
    assert_int_equal(tac_solver_to(r.ctx, r.solver, almost, 1, &almost, keep, &seen, NULL), TAC_OK);
    assert_int_equal(seen.n, 1);
    assert_close(seen.x[0], x, 0.0, 0.0);
    assert_int_equal(tac_solver_counts_get(r.solver).n_step, n_step);
    assert_int_equal(go(&r, 3.0), TAC_OK);
    assert_close(tac_solver_x(r.solver)[0], exp(-3.0), 1e-6, 0.0);
    end(&r);
}

/* The message names the state that explodes, and a time just before 1. */
static void a_failure_names_the_state_and_the_time(void **state)
{
    (void)state;
    test_system s = {.n = 2, .rhs = explosion_rhs, .jac = explosion_jac};
    const double x0[2] = {1.0, 1.0};
    size_t failed = SIZE_MAX;
    double t = 0.0;
    run r = begin(&s, 1e-6, 1e-8, x0);
    assert_int_equal(tac_solver_to(r.ctx, r.solver, 2.0, 0, NULL, NULL, NULL, &failed),
                     TAC_E_SOLVER);
    assert_int_equal(failed, 1);
    assert_non_null(strstr(tac_ctx_message(r.ctx), "(state 1)"));
    assert_int_equal(sscanf(strstr(tac_ctx_message(r.ctx), "at t = "), "at t = %lf", &t), 1);
    assert_close(t, 1.0, 0.0, 1e-3);
    assert_int_equal(go(&r, 2.0), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(r.ctx), "must be restarted"));
    const double small[2] = {1.0, 0.1};
    assert_int_equal(tac_solver_restart(r.ctx, r.solver, 0.0, small), TAC_OK);
    assert_int_equal(go(&r, 2.0), TAC_OK);
    assert_close(tac_solver_x(r.solver)[1], 1.0 / 8.0, 1e-4, 0.0); /* 1 / (10 - t) */
    end(&r);
}

static void a_rate_that_is_no_number_is_named(void **state)
{
    (void)state;
    test_system s = {.n = 2, .rhs = torn_rhs, .jac = torn_jac};
    const double x0[2] = {1.0, 1.0};
    size_t failed = SIZE_MAX;
    run r = begin(&s, 1e-6, 1e-8, x0);
    assert_int_equal(tac_solver_to(r.ctx, r.solver, 2.0, 0, NULL, NULL, NULL, &failed),
                     TAC_E_SOLVER);
    assert_int_equal(failed, 1);
    assert_non_null(strstr(tac_ctx_message(r.ctx), "a rate of change is not finite (state 1)"));
    assert_non_null(strstr(tac_ctx_message(r.ctx), "at t = 0.5,"));
    assert_true(tac_solver_counts_get(r.solver).n_step < 500);
    end(&r);
}

static void too_many_steps_are_an_error(void **state)
{
    (void)state;
    test_system s = {.n = 2, .rhs = van_der_pol_rhs, .jac = van_der_pol_jac, .k = 1e-6};
    const double x0[2] = {2.0, 0.0};
    const double abs_tol[2] = {1e-8, 1e-8};
    const tac_problem problem = problem_of(&s);
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    run r = {tac_ctx_create(), NULL, &s};
    options.abs_tol = abs_tol;
    options.n_step_max = 20;
    assert_int_equal(tac_solver_create(r.ctx, &problem, &options, &r.solver), TAC_OK);
    assert_int_equal(tac_solver_restart(r.ctx, r.solver, 0.0, x0), TAC_OK);
    assert_int_equal(go(&r, 2.0), TAC_E_SOLVER);
    assert_non_null(strstr(tac_ctx_message(r.ctx), "too many steps"));
    assert_int_equal(tac_solver_counts_get(r.solver).n_step, 20);
    end(&r);
}

/* No step is longer than asked for: at least 100 steps for a smooth decay. */
static void the_longest_and_the_first_step_can_be_limited(void **state)
{
    (void)state;
    test_system s = decay(0.01);
    const double x0 = 1.0;
    const double abs_tol = 1e-3;
    const tac_problem problem = problem_of(&s);
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    run r = {tac_ctx_create(), NULL, &s};
    options.rel_tol = 1e-3;
    options.abs_tol = &abs_tol;
    options.h_max = 0.1;
    options.h_start = 0.05;
    assert_int_equal(tac_solver_create(r.ctx, &problem, &options, &r.solver), TAC_OK);
    assert_int_equal(tac_solver_restart(r.ctx, r.solver, 0.0, &x0), TAC_OK);
    assert_int_equal(go(&r, 10.0), TAC_OK);
    assert_true(tac_solver_counts_get(r.solver).n_step >= 100);
    end(&r);
}

static void wrong_arguments_are_refused(void **state)
{
    (void)state;
    test_system s = decay(1.0);
    const double x0 = 1.0;
    const double no_number = (double)NAN;
    const double nothing = 0.0;
    const tac_problem problem = problem_of(&s);
    tac_problem no_states = problem;
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    tac_ctx *ctx = tac_ctx_create();
    tac_solver *solver = NULL;

    assert_int_equal(tac_solver_create(ctx, &problem, &options, &solver), TAC_E_ARG);
    options.abs_tol = &nothing;
    assert_int_equal(tac_solver_create(ctx, &problem, &options, &solver), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "the absolute tolerance of state 0 is 0"));
    options.abs_tol = &x0;
    options.rel_tol = -1.0;
    assert_int_equal(tac_solver_create(ctx, &problem, &options, &solver), TAC_E_ARG);
    options.rel_tol = 1e-6;
    options.h_max = -1.0;
    assert_int_equal(tac_solver_create(ctx, &problem, &options, &solver), TAC_E_ARG);
    options.h_max = 0.0;
    no_states.n_state = 0;
    assert_int_equal(tac_solver_create(ctx, &no_states, &options, &solver), TAC_E_ARG);
    assert_null(solver);

    assert_int_equal(tac_solver_create(ctx, &problem, &options, &solver), TAC_OK);
    assert_int_equal(tac_solver_to(ctx, solver, 1.0, 0, NULL, NULL, NULL, NULL), TAC_E_ARG);
    assert_int_equal(tac_solver_restart(ctx, solver, 0.0, &no_number), TAC_E_SOLVER);
    assert_non_null(strstr(tac_ctx_message(ctx), "state 0 starts from nan"));
    assert_int_equal(tac_solver_restart(ctx, solver, 5.0, &x0), TAC_OK);
    assert_int_equal(tac_solver_to(ctx, solver, 4.0, 0, NULL, NULL, NULL, NULL), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "at t = 5 and cannot go to 4"));
    tac_solver_free(solver);
    tac_solver_free(NULL);
    tac_ctx_free(ctx);
}

static void stepping_and_restarting_allocate_nothing(void **state)
{
    (void)state;
    static samples seen;
    test_system s = {.n = 2, .rhs = van_der_pol_rhs, .jac = van_der_pol_jac, .k = 1e-3};
    const double x0[2] = {2.0, 0.0};
    const double wanted[2] = {1.0, 2.0};
    run r = begin(&s, 1e-6, 1e-8, x0);
    const size_t n_before = tac_alloc_count();
    for (int i = 0; i < 5; i++) {
        seen.n = 0;
        assert_int_equal(tac_solver_restart(r.ctx, r.solver, 0.0, x0), TAC_OK);
        assert_int_equal(tac_solver_to(r.ctx, r.solver, 2.0, 2, wanted, keep, &seen, NULL), TAC_OK);
    }
    assert_int_equal(tac_alloc_count(), n_before);
    end(&r);
}

static void short_memory_is_an_error_without_a_leak(void **state)
{
    (void)state;
    test_system s = decay(1.0);
    const double abs_tol = 1e-8;
    const tac_problem problem = problem_of(&s);
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    tac_status st = TAC_E_MEMORY;
    options.abs_tol = &abs_tol;
    tac_ctx *ctx = tac_ctx_create();
    size_t n = 0;
    for (; st != TAC_OK; n++) {
        tac_solver *solver = NULL;
        tac_alloc_fail_after(n);
        st = tac_solver_create(ctx, &problem, &options, &solver);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        assert_true((st == TAC_OK) == (solver != NULL));
        assert_true(n < 1000);
        tac_solver_free(solver);
        tac_ctx_clear(ctx);
    }
    assert_true(n > 10); /* one for each thing that a solver owns */
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decay_follows_the_exact_solution),
        cmocka_unit_test(a_chain_follows_its_exact_solution_and_loses_nothing),
        cmocka_unit_test(a_circle_without_diagonal_is_followed),
        cmocka_unit_test(robertson_reaches_the_published_values),
        cmocka_unit_test(van_der_pol_reaches_the_published_values),
        cmocka_unit_test(sampling_does_not_change_the_steps),
        cmocka_unit_test(samples_lie_on_the_exact_solution),
        cmocka_unit_test(no_step_goes_beyond_the_end),
        cmocka_unit_test(a_restart_follows_a_jump_and_keeps_the_counts),
        cmocka_unit_test(an_end_that_is_now_takes_no_step),
        cmocka_unit_test(a_failure_names_the_state_and_the_time),
        cmocka_unit_test(a_rate_that_is_no_number_is_named),
        cmocka_unit_test(too_many_steps_are_an_error),
        cmocka_unit_test(the_longest_and_the_first_step_can_be_limited),
        cmocka_unit_test(wrong_arguments_are_refused),
        cmocka_unit_test(stepping_and_restarting_allocate_nothing),
        cmocka_unit_test(short_memory_is_an_error_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
