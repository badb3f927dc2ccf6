/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a scenario on the shipped body and keeps every variable once a minute. The daily orbit of a person and a habit is
 * found once in a program: most tests of a file share it, and finding it takes longer than the day that they look at. */
#include "body.h"

#include "base/alloc.h"
#include "sim/orbit.h"
#include "sim/person.h"

#include <tactus/schedule.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct tac_test_body {
    tac_ctx *ctx;
    tac_body *body;
    tac_scenario *scenario;
    tac_schedule *schedule;
    tac_sim *sim;
    size_t n_time;
    size_t n_value;
    double *t_h;
    float *values; /* [n_time][n_state + n_output + n_input] */
};

static const double MINUTE_H = 1.0 / 60.0;

/* An orbit that was found before: what it was found for, and where it stands. */
typedef struct known_orbit {
    uint64_t key;
    double *p; /* [n_parameter] with the reference values */
    double *x; /* [n_state] */
} known_orbit;

static known_orbit known[32];
static size_t n_known;

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ ((const unsigned char *)bytes)[i]) * 1099511628211ULL; /* FNV-1a */
    }
    return hash;
}

static uint64_t hash_doubles(uint64_t hash, const double *values, size_t n)
{
    return hash_bytes(hash, values, n * sizeof *values);
}

static uint64_t hash_schedule(uint64_t hash, const tac_schedule *schedule, size_t n_input)
{
    if (schedule == NULL) {
        return hash_doubles(hash, &(double){-1.0}, 1);
    }
    hash = hash_doubles(hash, schedule->edge_h, schedule->n_edge);
    return hash_doubles(hash, schedule->inputs, schedule->n_edge * n_input);
}

static double *copy_of(const double *values, size_t n)
{
    double *copy = calloc(n, sizeof *copy);
    assert_non_null(copy);
    memcpy(copy, values, n * sizeof *copy);
    return copy;
}

static void must(tac_test_body *b, tac_status st)
{
    if (st != TAC_OK) {
        print_error("%s", tac_ctx_message(b->ctx));
        fail_msg("%s", tac_status_text(st));
    }
}

/** Bring the person to the orbit of the habit, as found now or before. */
static void find_orbit(tac_test_body *b, const tac_habit *habit)
{
    const tac_image *image = b->sim->image;
    uint64_t key = hash_doubles(14695981039346656037ULL, b->sim->p, image->n_parameter);
    key = hash_doubles(key, &habit->start_clock_h, 1);
    key = hash_schedule(key, habit->day, image->n_input);
    key = hash_schedule(key, habit->week, image->n_input);
    for (size_t i = 0; i < n_known; i++) {
        if (known[i].key == key) {
            memcpy(b->sim->p, known[i].p, image->n_parameter * sizeof *b->sim->p);
            memcpy(b->sim->x, known[i].x, image->n_state * sizeof *b->sim->x);
            return;
        }
    }
    must(b, tac_orbit_find(b->ctx, b->body, b->sim, habit));
    if (n_known < sizeof known / sizeof known[0]) {
        known[n_known++] = (known_orbit){key, copy_of(b->sim->p, image->n_parameter),
                                         copy_of(b->sim->x, image->n_state)};
    }
}

static void keep(void *user, tac_sim *sim, size_t i, double t_h, const double *x)
{
    tac_test_body *b = user;
    float *row = &b->values[i * b->n_value];
    const tac_image *image = sim->image;
    tac_sim_observe(sim, t_h, x);
    for (size_t k = 0; k < image->n_state; k++) {
        row[k] = (float)x[k];
    }
    for (size_t k = 0; k < image->n_output; k++) {
        row[image->n_state + k] = (float)sim->y[k];
    }
    for (size_t k = 0; k < image->n_input; k++) {
        row[image->n_state + image->n_output + k] = (float)sim->u[k];
    }
}

/** Give one parameter another value; NULL: none. */
static void set_parameter(tac_test_body *b, const char *id, double value)
{
    if (id != NULL) {
        const tac_image_symbol *symbol = tac_program_find(b->body->program, id);
        assert_true(symbol != NULL && symbol->slot == TAC_SLOT_PARAMETER);
        b->sim->p[symbol->index] = value;
    }
}

tac_test_body *body_run(const char *scenario_yaml)
{
    return body_run_with(scenario_yaml, NULL, 0.0);
}

tac_test_body *body_run_with(const char *scenario_yaml, const char *parameter,
                             double parameter_value)
{
    tac_test_body *b = calloc(1, sizeof *b);
    tac_habit habit = {0};
    assert_non_null(b);
    b->ctx = tac_ctx_create();
    assert_non_null(b->ctx);
    must(b, tac_body_open(b->ctx, &b->body));
    must(b, tac_scenario_parse(b->ctx, b->body, "test", scenario_yaml, &b->scenario));
    must(b, tac_schedule_build(b->ctx, b->body->program, b->body->words, b->scenario,
                               &b->scenario->arms[0], TAC_CALENDAR_WHOLE, &b->schedule));
    must(b, tac_habit_build(b->ctx, b->body, b->scenario, &habit));
    must(b, tac_sim_create(b->ctx, b->body->program, 1e-6, &b->sim));
    must(b, tac_person_set(b->ctx, b->body->program, b->scenario, b->sim->p));
    set_parameter(b, parameter, parameter_value);
    find_orbit(b, &habit);
    tac_habit_free(&habit);

    const tac_image *image = b->sim->image;
    const double end_h = b->scenario->duration_h;
    /* A year is kept once an hour, a day once a minute. */
    const double every_h = end_h > 24.0 * 60.0 ? 1.0 : MINUTE_H;
    b->n_time = (size_t)floor(end_h / every_h + 1e-9) + 1;
    b->n_value = image->n_state + image->n_output + image->n_input;
    b->t_h = calloc(b->n_time, sizeof *b->t_h);
    b->values = calloc(b->n_time * b->n_value, sizeof *b->values);
    assert_non_null(b->t_h);
    assert_non_null(b->values);
    for (size_t i = 0; i < b->n_time; i++) {
        b->t_h[i] = fmin(end_h, (double)i * every_h);
    }
    must(b, tac_sim_follow(b->ctx, b->sim, b->schedule, 0.0, end_h, b->n_time, b->t_h, keep, b));
    return b;
}

tac_test_body *body_life(const char *person, const char *duration, const char *events,
                         const char *more)
{
    char text[2048];
    const int n = snprintf(text, sizeof text,
                           "title: test\nperson: %s\nstart: \"2026-09-07 00:00\"\nduration: %s\n"
                           "life:\n  - {sleep: 8 h, from: \"23:00\", every: day}\n%s%s",
                           person, duration, events, more);
    assert_true(n > 0 && (size_t)n < sizeof text);
    return body_run(text);
}

/** Column of a variable in `values`. */
static size_t column_of(const tac_test_body *b, const char *id)
{
    const tac_image *image = b->sim->image;
    const tac_image_symbol *symbol = tac_program_find(b->body->program, id);
    if (symbol == NULL || symbol->slot == TAC_SLOT_PARAMETER) {
        fail_msg("the body has no variable '%s'", id);
        return 0;
    }
    const size_t before = symbol->slot == TAC_SLOT_STATE    ? 0
                          : symbol->slot == TAC_SLOT_OUTPUT ? image->n_state
                                                            : image->n_state + image->n_output;
    return before + symbol->index;
}

static double value(const tac_test_body *b, size_t i, size_t column)
{
    return (double)b->values[i * b->n_value + column];
}

double body_at(const tac_test_body *body, const char *id, double t_h)
{
    const size_t column = column_of(body, id);
    size_t i = 0;
    while (i + 1 < body->n_time && body->t_h[i + 1] < t_h - 1e-9) {
        i++;
    }
    if (i + 1 == body->n_time) {
        return value(body, i, column);
    }
    const double share = (t_h - body->t_h[i]) / (body->t_h[i + 1] - body->t_h[i]);
    return value(body, i, column) + share * (value(body, i + 1, column) - value(body, i, column));
}

/* Mean and extremes over a stretch. */
typedef struct course {
    double mean;
    double min;
    double max;
    double t_min_h;
    double t_max_h;
} course;

static course course_of(const tac_test_body *b, const char *id, double t0_h, double t1_h)
{
    const size_t column = column_of(b, id);
    course c = {0.0, HUGE_VAL, -HUGE_VAL, t0_h, t0_h};
    size_t n = 0;
    for (size_t i = 0; i < b->n_time; i++) {
        if (b->t_h[i] < t0_h - 1e-9 || b->t_h[i] > t1_h + 1e-9) {
            continue;
        }
        const double v = value(b, i, column);
        c.mean += v;
        n++;
        if (v < c.min) {
            c.min = v;
            c.t_min_h = b->t_h[i];
        }
        if (v > c.max) {
            c.max = v;
            c.t_max_h = b->t_h[i];
        }
    }
    assert_true(n > 0);
    c.mean /= (double)n;
    return c;
}

double body_mean(const tac_test_body *body, const char *id, double t0_h, double t1_h)
{
    return course_of(body, id, t0_h, t1_h).mean;
}

double body_max(const tac_test_body *body, const char *id, double t0_h, double t1_h)
{
    return course_of(body, id, t0_h, t1_h).max;
}

double body_min(const tac_test_body *body, const char *id, double t0_h, double t1_h)
{
    return course_of(body, id, t0_h, t1_h).min;
}

double body_time_of_max(const tac_test_body *body, const char *id, double t0_h, double t1_h)
{
    return course_of(body, id, t0_h, t1_h).t_max_h;
}

double body_time_of_min(const tac_test_body *body, const char *id, double t0_h, double t1_h)
{
    return course_of(body, id, t0_h, t1_h).t_min_h;
}

void body_free(tac_test_body *body)
{
    if (body != NULL) {
        tac_sim_free(body->sim);
        tac_schedule_free(body->schedule);
        tac_scenario_free(body->scenario);
        tac_body_free(body->body);
        tac_ctx_free(body->ctx);
        free(body->t_h);
        free(body->values);
        free(body);
    }
}
