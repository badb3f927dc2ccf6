/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one evaluation, one step and one week of the body cost on one core.
 *
 *   bench_micro [REPEATS]     default 5: of so many repeats the fastest counts
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "compile/program.h"
#include "solve/sparse_lu.h"

#include <tactus/tactus.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

extern const tac_image tac_image_body;

/* An ordinary week of work, sport and two sessions: some 70 edges. */
static const char SCENARIO[] =
    "title: A week on the bench\n"
    "person: {sex: female, age: 42, stress: high}\n"
    "duration: 8 weeks\n"
    "life:\n"
    "  - {sleep: 7 h, from: \"23:30\", every: day}\n"
    "  - {work: desk, from: \"09:00\", for: 8 h, days: weekdays, load: high}\n"
    "  - {exercise: cycling, intensity: 55 %, at: \"18:00\", for: 40 min, days: [tue, sat]}\n"
    "programme:\n"
    "  - {massage: swedish, region: whole body, pressure: moderate, at: \"20:00\", for: 60 min, "
    "days: [mon, thu]}\n"
    "report: [cortisol]\n";

enum { N_WEEK = 8, N_CALL = 20000 };

static double now_ns(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* Arrays of the body at its nominal start. */
typedef struct place {
    tac_program *program;
    double *x;
    double *p;
    double *c;
    double *dxdt;
    double *jac;
    double *y;
    tac_sparse_lu *lu;
} place;

static void run_prepare(place *b)
{
    tac_program_prepare(b->program, b->p, tac_image_body.inputs, b->c, NULL);
}

static void run_rhs(place *b)
{
    tac_program_rhs(b->program, 7.0, b->x, b->p, tac_image_body.inputs, b->c, b->dxdt, NULL);
}

static void run_jac(place *b)
{
    tac_program_jac(b->program, 7.0, b->x, b->p, tac_image_body.inputs, b->c, b->jac, NULL);
}

static void run_observe(place *b)
{
    tac_program_observe(b->program, 7.0, b->x, b->p, tac_image_body.inputs, b->c, b->y, NULL);
}

static void run_factor(place *b)
{
    if (!tac_sparse_lu_factor(b->lu, 0.02, b->jac)) {
        abort(); /* the body's matrix is regular at this gamma */
    }
}

static void run_solve(place *b)
{
    memcpy(b->dxdt, b->x, tac_image_body.n_state * sizeof *b->dxdt);
    tac_sparse_lu_solve(b->lu, b->dxdt);
}

/** Fastest of the repeats, in ns for one call. */
static double time_call(place *b, void (*call)(place *), int n_repeat)
{
    double best = HUGE_VAL;
    for (int i = 0; i < n_repeat; i++) {
        const double start = now_ns();
        for (int k = 0; k < N_CALL; k++) {
            call(b);
        }
        const double each = (now_ns() - start) / N_CALL;
        best = each < best ? each : best;
    }
    return best;
}

static tac_status open_place(tac_ctx *ctx, place *b)
{
    const tac_image *image = &tac_image_body;
    tac_status st = TAC_OK;
    TAC_TRY(tac_program_from_image(ctx, image, &b->program));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_state, &b->x));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_parameter, &b->p));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_prepared, &b->c));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_state, &b->dxdt));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_jac, &b->jac));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_output, &b->y));
    TAC_TRY(tac_sparse_lu_create(ctx, image->n_state, image->jac_column, image->jac_row, &b->lu));
    memcpy(b->p, image->parameters, image->n_parameter * sizeof *b->p);
    run_prepare(b);
    tac_program_start(b->program, b->p, image->inputs, b->c, b->x, NULL);
out:
    return st;
}

static void close_place(place *b)
{
    tac_sparse_lu_free(b->lu);
    tac_program_free(b->program);
    tac_free(b->x);
    tac_free(b->p);
    tac_free(b->c);
    tac_free(b->dxdt);
    tac_free(b->jac);
    tac_free(b->y);
}

static tac_status time_kernel(tac_ctx *ctx, int n_repeat)
{
    static const struct {
        const char *name;
        void (*call)(place *);
    } CALLS[] = {{"prepare", run_prepare}, {"rhs", run_rhs},       {"jac", run_jac},
                 {"observe", run_observe}, {"factor", run_factor}, {"solve", run_solve}};
    place b = {0};
    const tac_status st = open_place(ctx, &b);
    if (st == TAC_OK) {
        printf("body: %zu states, %zu entries in the Jacobian, %zu in its factors\n",
               tac_image_body.n_state, tac_image_body.n_jac, tac_sparse_lu_n_value(b.lu));
        run_jac(&b);
        for (size_t i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
            printf("%-8s %8.0f ns\n", CALLS[i].name, time_call(&b, CALLS[i].call, n_repeat));
        }
    }
    close_place(&b);
    return st;
}

/* One run of the scenario: time and counts of its weeks, the run-in left out. */
typedef struct weeks {
    double ns;
    tac_run_counts counts;
} weeks;

static tac_status run_weeks(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                            weeks *out)
{
    tac_status st = TAC_OK;
    tac_run *run = NULL;
    const tac_run_options options = TAC_RUN_OPTIONS_INIT;
    TAC_TRY(tac_run_create(ctx, body, scenario, 0, &options, &run));
    const tac_run_counts before = tac_run_counts_get(run);
    const double start = now_ns();
    TAC_TRY(tac_run_to(ctx, run, 168.0 * N_WEEK));
    out->ns = now_ns() - start;
    out->counts = tac_run_counts_get(run);
    out->counts.n_restart -= before.n_restart;
    out->counts.n_step -= before.n_step;
    out->counts.n_rhs -= before.n_rhs;
    out->counts.n_jac -= before.n_jac;
    out->counts.n_factorisation -= before.n_factorisation;
out:
    tac_run_free(run);
    return st;
}

static tac_status time_weeks(tac_ctx *ctx, int n_repeat)
{
    tac_status st = TAC_OK;
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    weeks best = {.ns = HUGE_VAL};
    TAC_TRY(tac_body_open(ctx, &body));
    TAC_TRY(tac_scenario_parse(ctx, body, "bench", SCENARIO, &scenario));
    for (int i = 0; i < n_repeat; i++) {
        weeks w = {0};
        TAC_TRY(run_weeks(ctx, body, scenario, &w));
        best = w.ns < best.ns ? w : best;
    }
    printf("step     %8.0f ns\n", best.ns / (double)best.counts.n_step);
    printf("week     %8.2f ms  (%ld restarts, %ld steps, %ld rhs, %ld jac, %ld factorisations)\n",
           best.ns / (1e6 * N_WEEK), best.counts.n_restart / N_WEEK, best.counts.n_step / N_WEEK,
           best.counts.n_rhs / N_WEEK, best.counts.n_jac / N_WEEK,
           best.counts.n_factorisation / N_WEEK);
out:
    tac_scenario_free(scenario);
    tac_body_free(body);
    return st;
}

int main(int argc, char **argv)
{
    const long n_repeat = argc > 1 ? strtol(argv[1], NULL, 10) : 5;
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL || n_repeat < 1 || n_repeat > 1000) {
        fputs("usage: bench_micro [REPEATS, 1 to 1000]\n", stderr);
        tac_ctx_free(ctx);
        return 2;
    }
    tac_status st = time_kernel(ctx, (int)n_repeat);
    st = st == TAC_OK ? time_weeks(ctx, (int)n_repeat) : st;
    fputs(tac_ctx_message(ctx), stderr);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
