/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a model text from reading to samples, the whole chain that a shipped model goes through. */
#include "simulate.h"

#include "base/alloc.h"
#include "compile/program.h"
#include "solve/solver.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Samples of one stretch: so many at least, one each 1/60 of a time unit, never more than the last. */
static const double N_SAMPLE_MIN = 1000.0;
static const double SAMPLES_PER_TIME = 60.0;
static const double N_SAMPLE_MAX = 400000.0;

struct tac_test_sim {
    tac_ctx *ctx;
    tac_program *program;
    const tac_image *image;
    tac_solver *solver;
    double t;
    double *x;
    double *p;
    double *u;
    double *c;
    double *y;
    double *work;
    bool must_restart; /* something was set since the last stretch */
    /* the last stretch; sample 0 is its beginning */
    size_t n_sample;
    double *t_sample; /* [n_sample] */
    double *values;   /* [n_sample][n_state + n_output] */
};

static void must(tac_test_sim *sim, tac_status st)
{
    if (st != TAC_OK) {
        print_error("%s", tac_ctx_message(sim->ctx));
        fail_msg("%s", tac_status_text(st));
    }
}

static double *doubles(tac_test_sim *sim, size_t n)
{
    double *memory = NULL;
    must(sim, tac_alloc_doubles(sim->ctx, n, &memory));
    return memory;
}

static void rhs(void *user, double t, const double *x, double *dxdt)
{
    const tac_test_sim *s = user;
    tac_program_rhs(s->program, t, x, s->p, s->u, s->c, dxdt, s->work);
}

static void jac(void *user, double t, const double *x, double *values)
{
    const tac_test_sim *s = user;
    tac_program_jac(s->program, t, x, s->p, s->u, s->c, values, s->work);
}

static void prepare(tac_test_sim *sim)
{
    tac_program_prepare(sim->program, sim->p, sim->u, sim->c, sim->work);
}

static void observe(tac_test_sim *sim)
{
    tac_program_observe(sim->program, sim->t, sim->x, sim->p, sim->u, sim->c, sim->y, sim->work);
}

static void build(tac_test_sim *sim, const char *antimony)
{
    tac_model *model = NULL;
    must(sim, tac_model_read_text(sim->ctx, "test", antimony, strlen(antimony), &model));
    must(sim, tac_model_check(sim->ctx, model));
    must(sim, tac_program_build(sim->ctx, model, &sim->program));
    tac_model_free(model);
    sim->image = tac_program_image(sim->program);
}

static void create_solver(tac_test_sim *sim, double rel_tol, double h_max)
{
    const tac_image *image = sim->image;
    double *abs_tol = doubles(sim, image->n_state);
    const tac_problem problem = {.n_state = image->n_state,
                                 .n_jac = image->n_jac,
                                 .jac_column = image->jac_column,
                                 .jac_row = image->jac_row,
                                 .user = sim,
                                 .rhs = rhs,
                                 .jac = jac};
    tac_solver_options options = TAC_SOLVER_OPTIONS_INIT;
    for (size_t i = 0; i < image->n_state; i++) {
        abs_tol[i] = rel_tol * image->abs_tol_scale[i];
    }
    options.rel_tol = rel_tol;
    options.abs_tol = abs_tol;
    options.h_max = h_max;
    options.n_step_max = 10000000;
    must(sim, tac_solver_create(sim->ctx, &problem, &options, &sim->solver));
    tac_free(abs_tol);
}

static tac_test_sim *create(void)
{
    tac_test_sim *sim = tac_calloc(1, sizeof *sim);
    assert_non_null(sim);
    sim->ctx = tac_ctx_create();
    assert_non_null(sim->ctx);
    return sim;
}

/** Nominal values at time 0 for the program. */
static void start(tac_test_sim *sim, double rel_tol, double h_max)
{
    const tac_image *image = sim->image;
    sim->x = doubles(sim, image->n_state);
    sim->p = doubles(sim, image->n_parameter);
    sim->u = doubles(sim, image->n_input);
    sim->c = doubles(sim, image->n_prepared);
    sim->y = doubles(sim, image->n_output);
    sim->work = doubles(sim, tac_program_n_work(sim->program));
    memcpy(sim->p, image->parameters, image->n_parameter * sizeof *sim->p);
    memcpy(sim->u, image->inputs, image->n_input * sizeof *sim->u);
    prepare(sim);
    tac_program_start(sim->program, sim->p, sim->u, sim->c, sim->x, sim->work);
    observe(sim);
    create_solver(sim, rel_tol, h_max);
    sim->must_restart = true;
}

tac_test_sim *sim_from_text_tol(const char *antimony, double rel_tol)
{
    tac_test_sim *sim = create();
    build(sim, antimony);
    start(sim, rel_tol, 0.0);
    return sim;
}

tac_test_sim *sim_from_image(const tac_image *image, double rel_tol, double h_max)
{
    tac_test_sim *sim = create();
    must(sim, tac_program_from_image(sim->ctx, image, &sim->program));
    sim->image = tac_program_image(sim->program);
    start(sim, rel_tol, h_max);
    return sim;
}

tac_test_sim *sim_from_text(const char *antimony)
{
    return sim_from_text_tol(antimony, 1e-8);
}

static const tac_image_symbol *symbol_of(const tac_test_sim *sim, const char *id)
{
    const tac_image_symbol *symbol = tac_program_find(sim->program, id);
    if (symbol == NULL) {
        fail_msg("the model has no '%s'", id);
    }
    return symbol;
}

void sim_set(tac_test_sim *sim, const char *id, double value)
{
    const tac_image_symbol *symbol = symbol_of(sim, id);
    switch (symbol->slot) {
    case TAC_SLOT_STATE: sim->x[symbol->index] = value; break;
    case TAC_SLOT_PARAMETER: sim->p[symbol->index] = value; break;
    case TAC_SLOT_INPUT: sim->u[symbol->index] = value; break;
    case TAC_SLOT_OUTPUT: fail_msg("'%s' is computed and cannot be set", id);
    }
    sim->must_restart = true;
    prepare(sim);
    observe(sim);
}

double sim_value(const tac_test_sim *sim, const char *id)
{
    const tac_image_symbol *symbol = symbol_of(sim, id);
    switch (symbol->slot) {
    case TAC_SLOT_STATE: return sim->x[symbol->index];
    case TAC_SLOT_PARAMETER: return sim->p[symbol->index];
    case TAC_SLOT_INPUT: return sim->u[symbol->index];
    case TAC_SLOT_OUTPUT: return sim->y[symbol->index];
    }
    return 0.0;
}

static size_t n_value(const tac_test_sim *sim)
{
    return sim->image->n_state + sim->image->n_output;
}

/** Keep states and assigned variables of sample i + 1; sample 0 was kept before. */
static void keep(void *user, size_t i, double t, const double *x)
{
    tac_test_sim *s = user;
    double *row = &s->values[(i + 1) * n_value(s)];
    memcpy(row, x, s->image->n_state * sizeof *row);
    tac_program_observe(s->program, t, x, s->p, s->u, s->c, row + s->image->n_state, s->work);
}

static void make_samples(tac_test_sim *sim, double t_end)
{
    const double span = t_end - sim->t;
    const double wanted = fmin(fmax(N_SAMPLE_MIN, ceil(SAMPLES_PER_TIME * span)), N_SAMPLE_MAX);
    tac_free(sim->t_sample);
    tac_free(sim->values);
    sim->n_sample = (size_t)wanted + 1;
    sim->t_sample = doubles(sim, sim->n_sample);
    sim->values = doubles(sim, sim->n_sample * n_value(sim));
    for (size_t i = 0; i < sim->n_sample; i++) {
        sim->t_sample[i] = sim->t + span * ((double)i / wanted);
    }
    sim->t_sample[sim->n_sample - 1] = t_end;
    memcpy(sim->values, sim->x, sim->image->n_state * sizeof *sim->x);
    memcpy(sim->values + sim->image->n_state, sim->y, sim->image->n_output * sizeof *sim->y);
}

void sim_to(tac_test_sim *sim, double t_end)
{
    size_t failed = SIZE_MAX;
    assert_true(t_end > sim->t);
    make_samples(sim, t_end);
    if (sim->must_restart) {
        must(sim, tac_solver_restart(sim->ctx, sim->solver, sim->t, sim->x));
    }
    sim->must_restart = false;
    const tac_status st = tac_solver_to(sim->ctx, sim->solver, t_end, sim->n_sample - 1,
                                        &sim->t_sample[1], keep, sim, &failed);
    if (st == TAC_E_SOLVER && failed < sim->image->n_state) {
        print_error("%s\n", sim->image->equations[failed]);
    }
    must(sim, st);
    sim->t = t_end;
    memcpy(sim->x, tac_solver_x(sim->solver), sim->image->n_state * sizeof *sim->x);
    observe(sim);
}

/* Mean and extremes over the last stretch. */
typedef struct course {
    double mean;
    double min;
    double max;
    double t_min;
    double t_max;
} course;

/** The mean is that of the line through the samples. */
static course course_of(const tac_test_sim *sim, const char *id)
{
    const tac_image_symbol *symbol = symbol_of(sim, id);
    if (sim->n_sample == 0 || (symbol->slot != TAC_SLOT_STATE && symbol->slot != TAC_SLOT_OUTPUT)) {
        fail_msg("'%s' has no course: it is constant, or nothing has been simulated yet", id);
    }
    const size_t column =
        symbol->slot == TAC_SLOT_STATE ? symbol->index : sim->image->n_state + symbol->index;
    course c = {0.0, HUGE_VAL, -HUGE_VAL, sim->t, sim->t};
    for (size_t i = 0; i < sim->n_sample; i++) {
        const double v = sim->values[i * n_value(sim) + column];
        const bool is_edge = i == 0 || i + 1 == sim->n_sample;
        c.mean += is_edge ? 0.5 * v : v;
        if (v < c.min) {
            c.min = v;
            c.t_min = sim->t_sample[i];
        }
        if (v > c.max) {
            c.max = v;
            c.t_max = sim->t_sample[i];
        }
    }
    c.mean /= (double)(sim->n_sample - 1);
    return c;
}

double sim_max(const tac_test_sim *sim, const char *id)
{
    return course_of(sim, id).max;
}

double sim_min(const tac_test_sim *sim, const char *id)
{
    return course_of(sim, id).min;
}

double sim_mean(const tac_test_sim *sim, const char *id)
{
    return course_of(sim, id).mean;
}

double sim_time_of_max(const tac_test_sim *sim, const char *id)
{
    return course_of(sim, id).t_max;
}

double sim_time_of_min(const tac_test_sim *sim, const char *id)
{
    return course_of(sim, id).t_min;
}

void sim_free(tac_test_sim *sim)
{
    if (sim == NULL) {
        return;
    }
    tac_solver_free(sim->solver);
    tac_program_free(sim->program);
    tac_ctx_free(sim->ctx);
    tac_free(sim->x);
    tac_free(sim->p);
    tac_free(sim->u);
    tac_free(sim->c);
    tac_free(sim->y);
    tac_free(sim->work);
    tac_free(sim->t_sample);
    tac_free(sim->values);
    tac_free(sim);
}
