/* SPDX-License-Identifier: Apache-2.0 */
/* CVODES behind plain arrays: restarts, steps to an exact end, samples, counts and messages. */
#include "solve/solver.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "solve/linear.h"
#include "solve/vector.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <cvodes/cvodes.h>

/* So many steps in a row that hardly move the time mean that something stands in the way. */
static const long N_TINY_STEP_MAX = 50;

/* How often steps hardly moved the time, in a row. */
typedef struct step_watch {
    long n_step;
    long n_tiny;
} step_watch;

struct tac_solver {
    /* given */
    tac_problem problem;
    long n_step_max;
    /* the library's side */
    SUNContext sunctx;
    void *cvode;
    tac_linear *linear;
    tac_vectors *vectors;
    N_Vector x;
    N_Vector abs_tol;
    N_Vector sample;
    N_Vector work;
    /* state */
    double t;
    bool is_started;        /* false after a failure, until the next restart */
    step_watch watch;       /* of tac_solver_step() */
    size_t i_not_finite;    /* state whose rate was not finite in the last step, or SIZE_MAX */
    tac_solver_counts past; /* before the last restart */
    long n_rhs;
};

/** Nothing: what went wrong is said by tac_solver_to() in words of the caller's world. */
static void stay_silent(int code, const char *module, const char *function, char *message,
                        void *user)
{
    (void)code;
    (void)module;
    (void)function;
    (void)message;
    (void)user;
}

static int rhs(double t, N_Vector x, N_Vector dxdt, void *user)
{
    tac_solver *s = user;
    double *rates = tac_vector_values(dxdt);
    double sum = 0.0;
    s->problem.rhs(s->problem.user, t, tac_vector_values(x), rates);
    s->n_rhs++;
    for (size_t i = 0; i < s->problem.n_state; i++) {
        sum += 0.0 * rates[i]; /* NaN as soon as one rate is not finite */
    }
    if (!isnan(sum)) {
        return 0;
    }
    s->i_not_finite = 0;
    while (isfinite(rates[s->i_not_finite])) {
        s->i_not_finite++;
    }
    return 1; /* try a smaller step */
}

static int roots(double t, N_Vector x, double *g, void *user)
{
    const tac_solver *s = user;
    s->problem.roots(s->problem.user, t, tac_vector_values(x), g);
    return 0;
}

void tac_solver_free(tac_solver *solver)
{
    if (solver == NULL) {
        return;
    }
    if (solver->cvode != NULL) {
        CVodeFree(&solver->cvode);
    }
    tac_linear_free(solver->linear);
    tac_vectors_free(solver->vectors);
    if (solver->sunctx != NULL) {
        SUNContext_Free(&solver->sunctx);
    }
    tac_free(solver);
}

static tac_status no_memory(tac_ctx *ctx)
{
    return tac_fail(ctx, TAC_E_MEMORY, "out of memory for a solver");
}

static tac_status take_vectors(tac_ctx *ctx, tac_solver *s)
{
    const tac_status st = tac_vectors_create(ctx, s->sunctx, s->problem.n_state, &s->vectors);
    if (st == TAC_OK) {
        s->x = tac_vector_take(s->vectors);
        s->abs_tol = tac_vector_take(s->vectors);
        s->sample = tac_vector_take(s->vectors);
        s->work = tac_vector_take(s->vectors);
    }
    return st;
}

static tac_status check_options(tac_ctx *ctx, const tac_problem *problem,
                                const tac_solver_options *options)
{
    if (problem->n_state == 0) {
        return tac_fail(ctx, TAC_E_ARG, "a system without states has nothing to solve");
    }
    if (!(options->rel_tol > 0.0 && options->rel_tol < 1.0) || options->abs_tol == NULL) {
        return tac_fail(ctx, TAC_E_ARG,
                        "a solver needs a relative tolerance between 0 and 1 "
                        "and an absolute one for each state");
    }
    for (size_t i = 0; i < problem->n_state; i++) {
        if (!(options->abs_tol[i] > 0.0 && isfinite(options->abs_tol[i]))) {
            return tac_fail(ctx, TAC_E_ARG,
                            "the absolute tolerance of state %zu is %g: it must "
                            "be above 0",
                            i, options->abs_tol[i]);
        }
    }
    if (!(options->h_max >= 0.0 && options->h_start >= 0.0) || options->n_step_max <= 0) {
        return tac_fail(ctx, TAC_E_ARG,
                        "limits of steps are not negative, and their number is "
                        "above 0");
    }
    return TAC_OK;
}

/** Everything that CVODES must know before its first step. */
static tac_status set_up(tac_ctx *ctx, tac_solver *s, const tac_solver_options *options)
{
    s->cvode = CVodeCreate(CV_BDF, s->sunctx);
    if (s->cvode == NULL) {
        return no_memory(ctx);
    }
    const tac_problem *problem = &s->problem;
    const int flags[] = {
        CVodeSetErrHandlerFn(s->cvode, stay_silent, NULL),
        CVodeInit(s->cvode, rhs, 0.0, s->x),
        CVodeSetUserData(s->cvode, s),
        CVodeSVtolerances(s->cvode, options->rel_tol, s->abs_tol),
        CVodeSetMaxHnilWarns(s->cvode, -1),
        problem->n_root > 0 ? CVodeRootInit(s->cvode, (int)problem->n_root, roots) : CV_SUCCESS,
        problem->n_root > 0 ? CVodeSetNoInactiveRootWarn(s->cvode) : CV_SUCCESS,
        options->h_max > 0.0 ? CVodeSetMaxStep(s->cvode, options->h_max) : CV_SUCCESS,
        options->h_start > 0.0 ? CVodeSetInitStep(s->cvode, options->h_start) : CV_SUCCESS};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (flags[i] != CV_SUCCESS) {
            return no_memory(ctx); /* the arguments were checked before */
        }
    }
    return tac_linear_create(ctx, s->sunctx, s->cvode, &s->problem, &s->linear);
}

tac_status tac_solver_create(tac_ctx *ctx, const tac_problem *problem,
                             const tac_solver_options *options, tac_solver **solver_out)
{
    tac_status st = TAC_OK;
    tac_solver *s = NULL;
    void *memory = NULL;

    *solver_out = NULL;
    TAC_TRY(check_options(ctx, problem, options));
    TAC_TRY(tac_alloc(ctx, 1, sizeof *s, &memory));
    s = memory;
    s->problem = *problem;
    s->n_step_max = options->n_step_max;
    s->i_not_finite = SIZE_MAX;
    if (SUNContext_Create(NULL, &s->sunctx) != 0) {
        st = no_memory(ctx);
        goto out;
    }
    TAC_TRY(take_vectors(ctx, s));
    memcpy(tac_vector_values(s->abs_tol), options->abs_tol,
           problem->n_state * sizeof *options->abs_tol);
    TAC_TRY(set_up(ctx, s, options));
    *solver_out = s;
    s = NULL;
out:
    tac_solver_free(s);
    return st;
}

/** Counts of the library since the last restart, added to those before. */
static tac_solver_counts all_counts(const tac_solver *s)
{
    tac_solver_counts n = s->past;
    long value = 0;
    if (CVodeGetNumSteps(s->cvode, &value) == CV_SUCCESS) {
        n.n_step += value;
    }
    if (CVodeGetNumNonlinSolvIters(s->cvode, &value) == CV_SUCCESS) {
        n.n_newton += value;
    }
    if (CVodeGetNumNonlinSolvConvFails(s->cvode, &value) == CV_SUCCESS) {
        n.n_newton_fail += value;
    }
    if (CVodeGetNumErrTestFails(s->cvode, &value) == CV_SUCCESS) {
        n.n_err_fail += value;
    }
    n.n_rhs = s->n_rhs;
    n.n_jac = tac_linear_n_jac(s->linear);
    n.n_setup = tac_linear_n_factor(s->linear);
    return n;
}

tac_solver_counts tac_solver_counts_get(const tac_solver *solver)
{
    return all_counts(solver);
}

const double *tac_solver_x(const tac_solver *solver)
{
    return tac_vector_values(solver->x);
}

/** Forget the past of the solution at solver->x, keep the counts. */
static tac_status begin_at(tac_ctx *ctx, tac_solver *s, double t)
{
    s->past = all_counts(s);
    s->t = t;
    s->i_not_finite = SIZE_MAX;
    s->is_started = CVodeReInit(s->cvode, t, s->x) == CV_SUCCESS;
    return s->is_started ? TAC_OK
                         : tac_fail(ctx, TAC_E_SOLVER, "the solver cannot start at t = %.10g", t);
}

tac_status tac_solver_restart(tac_ctx *ctx, tac_solver *solver, double t, const double *x)
{
    double *now = tac_vector_values(solver->x);
    solver->is_started = false;
    for (size_t i = 0; i < solver->problem.n_state; i++) {
        if (!isfinite(x[i])) {
            return tac_fail(ctx, TAC_E_SOLVER, "state %zu starts from %g at t = %.10g", i, x[i], t);
        }
    }
    if (x != now) {
        memcpy(now, x, solver->problem.n_state * sizeof *now);
    }
    solver->past.n_restart++;
    return begin_at(ctx, solver, t);
}

/** State with the largest weighted local error, or the one whose derivative was not finite. */
static size_t worst_state(const tac_solver *s)
{
    const double *error = tac_vector_values(s->sample);
    const double *weight = tac_vector_values(s->work);
    size_t worst = 0;
    double largest = -1.0;
    if (s->i_not_finite != SIZE_MAX) {
        return s->i_not_finite;
    }
    if (CVodeGetEstLocalErrors(s->cvode, s->sample) != CV_SUCCESS
        || CVodeGetErrWeights(s->cvode, s->work) != CV_SUCCESS) {
        return 0;
    }
    for (size_t i = 0; i < s->problem.n_state; i++) {
        const double size = fabs(error[i]) * weight[i];
        if (size > largest || isnan(size)) {
            worst = i;
            largest = isnan(size) ? HUGE_VAL : size;
        }
    }
    return worst;
}

static const char *words_of(int flag)
{
    switch (flag) {
    case CV_ERR_FAILURE: return "the error stays too large however small the step is";
    case CV_CONV_FAILURE: return "the Newton iteration does not converge";
    case CV_LSETUP_FAIL:
    case CV_LSOLVE_FAIL: return "the linear system cannot be solved";
    case CV_RHSFUNC_FAIL:
    case CV_FIRST_RHSFUNC_ERR:
    case CV_REPTD_RHSFUNC_ERR:
    case CV_UNREC_RHSFUNC_ERR: return "a rate of change is not finite";
    case CV_TOO_MUCH_ACC: return "the tolerance is below what doubles can resolve";
    default: return "the solver gave up";
    }
}

/** Leave with a message; the solver needs a restart before it can go on. */
static tac_status fail_at(tac_ctx *ctx, tac_solver *s, const char *why, size_t *failed_state_out)
{
    double h = 0.0;
    const size_t worst = worst_state(s);
    if (failed_state_out != NULL) {
        *failed_state_out = worst;
    }
    (void)CVodeGetCurrentStep(s->cvode, &h);
    s->is_started = false;
    return tac_fail(ctx, TAC_E_SOLVER, "at t = %.10g, with a step of %.3g: %s (state %zu)", s->t, h,
                    why, worst);
}

/* What is wanted between the steps. */
typedef struct sampling {
    size_t n;
    size_t i_next;
    const double *t;
    void (*sample)(void *user, size_t i, double t, const double *x);
    void *user;
} sampling;

/** Give the wanted times up to `t`, where the states are s->x. */
static void give_samples(const tac_solver *s, sampling *w, double t)
{
    for (; w->i_next < w->n && w->t[w->i_next] <= t; w->i_next++) {
        const double wanted = w->t[w->i_next];
        const bool is_between =
            wanted < t && CVodeGetDky(s->cvode, wanted, 0, s->sample) == CV_SUCCESS;
        w->sample(w->user, w->i_next, wanted, tac_vector_values(is_between ? s->sample : s->x));
    }
}

/** Two times between which nothing can happen. */
static bool is_same_time(double a, double b)
{
    return fabs(b - a) <= 100.0 * DBL_EPSILON * fmax(fabs(a), fabs(b));
}

static bool is_finite_state(const tac_solver *s)
{
    const double *x = tac_vector_values(s->x);
    double sum = 0.0;
    for (size_t i = 0; i < s->problem.n_state; i++) {
        sum += 0.0 * x[i];
    }
    return !isnan(sum);
}

/** One step towards t_end, and whether something stands in its way. */
static tac_status take_step(tac_ctx *ctx, tac_solver *s, double t_end, step_watch *watch,
                            bool *is_root_out, size_t *failed_state_out)
{
    double t = s->t;
    if (watch->n_step++ == s->n_step_max) {
        return fail_at(ctx, s, "too many steps", failed_state_out);
    }
    const int flag = CVode(s->cvode, t_end, s->x, &t, CV_ONE_STEP);
    if (flag < 0) {
        return fail_at(ctx, s, words_of(flag), failed_state_out);
    }
    if (!is_finite_state(s)) {
        return fail_at(ctx, s, "a state is not finite", failed_state_out);
    }
    *is_root_out = flag == CV_ROOT_RETURN;
    watch->n_tiny = is_same_time(s->t, t) && !*is_root_out ? watch->n_tiny + 1 : 0;
    if (watch->n_tiny == N_TINY_STEP_MAX) {
        return fail_at(ctx, s,
                       s->i_not_finite == SIZE_MAX ? "the steps become too small"
                                                   : "a rate of change is not finite",
                       failed_state_out);
    }
    s->i_not_finite = watch->n_tiny > 0 ? s->i_not_finite : SIZE_MAX;
    s->t = t;
    return TAC_OK;
}

static tac_status step_to(tac_ctx *ctx, tac_solver *s, double t_end, sampling *w,
                          size_t *failed_state_out)
{
    step_watch watch = {0, 0};
    bool is_root = false;
    if (CVodeSetStopTime(s->cvode, t_end) != CV_SUCCESS) {
        return fail_at(ctx, s, "the end lies behind the last step", failed_state_out);
    }
    while (s->t < t_end) {
        const tac_status st = take_step(ctx, s, t_end, &watch, &is_root, failed_state_out);
        if (st != TAC_OK) {
            return st;
        }
        give_samples(s, w, s->t);
    }
    return TAC_OK;
}

tac_status tac_solver_to(tac_ctx *ctx, tac_solver *solver, double t_end, size_t n_sample,
                         const double *t_sample,
                         void (*sample)(void *user, size_t i, double t, const double *x),
                         void *sample_user, size_t *failed_state_out)
{
    sampling w = {n_sample, 0, t_sample, sample, sample_user};
    if (!solver->is_started) {
        return tac_fail(ctx, TAC_E_ARG, "a solver must be restarted before it goes on");
    }
    if (!(t_end >= solver->t) || !isfinite(t_end)) {
        return tac_fail(ctx, TAC_E_ARG, "the solver is at t = %.10g and cannot go to %.10g",
                        solver->t, t_end);
    }
    if (is_same_time(solver->t, t_end)) {
        for (size_t i = 0; i < n_sample; i++) {
            sample(sample_user, i, t_sample[i], tac_solver_x(solver));
        }
        return solver->t < t_end ? begin_at(ctx, solver, t_end) : TAC_OK;
    }
    return step_to(ctx, solver, t_end, &w, failed_state_out);
}

tac_status tac_solver_step(tac_ctx *ctx, tac_solver *solver, double t_end, bool *is_root_out,
                           size_t *failed_state_out)
{
    *is_root_out = false;
    if (!solver->is_started) {
        return tac_fail(ctx, TAC_E_ARG, "a solver must be restarted before it goes on");
    }
    if (!(t_end > solver->t) || !isfinite(t_end)) {
        return tac_fail(ctx, TAC_E_ARG, "the solver is at t = %.10g and cannot step to %.10g",
                        solver->t, t_end);
    }
    if (is_same_time(solver->t, t_end)) {
        return begin_at(ctx, solver, t_end);
    }
    if (CVodeSetStopTime(solver->cvode, t_end) != CV_SUCCESS) {
        return fail_at(ctx, solver, "the end lies behind the last step", failed_state_out);
    }
    const double t_before = solver->t;
    const tac_status st =
        take_step(ctx, solver, t_end, &solver->watch, is_root_out, failed_state_out);
    if (st == TAC_OK && !is_same_time(t_before, solver->t)) {
        solver->watch = (step_watch){0, 0};
    }
    return st;
}

double tac_solver_t(const tac_solver *solver)
{
    return solver->t;
}

const double *tac_solver_at(tac_solver *solver, double t)
{
    const bool is_between =
        t < solver->t && CVodeGetDky(solver->cvode, t, 0, solver->sample) == CV_SUCCESS;
    return tac_vector_values(is_between ? solver->sample : solver->x);
}
