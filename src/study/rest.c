/* SPDX-License-Identifier: Apache-2.0 */
/* Everyday life without events: what must add up adds up, and nothing drifts. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/table.h"
#include "base/tsv.h"
#include "model/units.h"
#include "sim/body.h"
#include "sim/orbit.h"
#include "sim/person.h"

#include <tactus/study.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double DAY_H = 24.0;
static const double STILL = 1e-4; /* change of a daily mean, over the state's size */

enum { SAMPLES_A_DAY = 96 };
enum { BALANCE, VARIABLE, UNIT, TOLERANCE, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"balance", "variable", "unit", "tolerance"};

/* A row of models/balances.tsv and how far it has moved from its start. */
typedef struct balance {
    const tac_image_symbol *symbol;
    double tolerance;
    double start;
    double departure;
} balance;

typedef struct rest {
    /* given */
    const tac_body *body;
    /* derived */
    tac_tsv *table;
    balance *balances; /* [n_balance] */
    size_t n_balance;
    /* state */
    double *sums;  /* [n_state] of this day */
    double *first; /* [n_state] means of the first day */
    bool has_started;
} rest;

static void rest_free(rest *r)
{
    tac_tsv_free(r->table);
    tac_free(r->balances);
    tac_free(r->sums);
    tac_free(r->first);
}

/** A unit that says the same as the variable's own, whatever way it is written. */
static tac_status check_unit(tac_ctx *ctx, const rest *r, size_t row,
                             const tac_image_symbol *symbol)
{
    const char *text = tac_tsv_cell(r->table, row, UNIT);
    tac_unit said = TAC_UNIT_ONE;
    tac_unit own = TAC_UNIT_ONE;
    if (strcmp(text, symbol->unit) == 0
        || (tac_unit_parse(text, &said) && tac_unit_parse(symbol->unit, &own)
            && tac_unit_same_dimension(&said, &own)
            && fabs(said.factor / own.factor - 1.0) < 1e-12)) {
        return TAC_OK;
    }
    return tac_fail_at(ctx, TAC_E_UNITS, tac_tsv_source(r->table),
                       tac_tsv_span(r->table, row, UNIT), "'%s' is in %s, not in %s", symbol->id,
                       symbol->unit[0] == '\0' ? "no unit" : symbol->unit, text);
}

static tac_status read_balances(tac_ctx *ctx, rest *r)
{
    tac_status st = TAC_OK;
    void *memory = NULL;

    TAC_TRY(tac_tsv_read(ctx, &r->body->balances, N_COLUMN, COLUMNS, &r->table));
    TAC_TRY(tac_alloc(ctx, tac_tsv_n_row(r->table), sizeof *r->balances, &memory));
    r->balances = memory;
    for (size_t i = 0; i < tac_tsv_n_row(r->table); i++) {
        balance *b = &r->balances[r->n_balance++];
        const char *id = tac_tsv_cell(r->table, i, VARIABLE);
        b->symbol = tac_program_find(r->body->program, id);
        if (b->symbol == NULL || b->symbol->slot == TAC_SLOT_PARAMETER) {
            st = tac_fail_at(ctx, TAC_E_MODEL, tac_tsv_source(r->table),
                             tac_tsv_span(r->table, i, VARIABLE), "the body has no variable '%s'",
                             id);
            goto out;
        }
        TAC_TRY(check_unit(ctx, r, i, b->symbol));
        TAC_TRY(tac_tsv_number(ctx, r->table, i, TOLERANCE, NULL, &b->tolerance));
    }
out:
    return st;
}

static void watch(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x)
{
    rest *r = user;
    (void)i_sample;
    tac_sim_observe(sim, t_h, x);
    for (size_t i = 0; i < r->n_balance; i++) {
        balance *b = &r->balances[i];
        const double value = tac_sim_value(sim, b->symbol, x);
        b->start = r->has_started ? b->start : value;
        b->departure = fmax(b->departure, fabs(value - b->start));
    }
    r->has_started = true;
    for (size_t i = 0; i < sim->image->n_state; i++) {
        r->sums[i] += x[i] / SAMPLES_A_DAY;
    }
}

/** Live one day after the other on the habitual schedule, with what the run-in holds still released. */
static tac_status live(tac_ctx *ctx, rest *r, tac_sim *sim, tac_schedule *schedule,
                       const tac_rest_options *options)
{
    tac_status st = TAC_OK;
    const size_t n_state = sim->image->n_state;
    for (long day = 0; day < options->n_day; day++) {
        double t_h[SAMPLES_A_DAY];
        const double from_h = DAY_H * (double)day;
        for (size_t i = 0; i < SAMPLES_A_DAY; i++) {
            t_h[i] = from_h + DAY_H * (double)(i + 1) / SAMPLES_A_DAY;
        }
        memset(r->sums, 0, n_state * sizeof *r->sums);
        TAC_TRY(tac_sim_follow(ctx, sim, schedule, from_h, from_h + DAY_H, SAMPLES_A_DAY, t_h,
                               watch, r));
        if (day == 0) {
            memcpy(r->first, r->sums, n_state * sizeof *r->first);
        }
        if (options->progress != NULL) {
            options->progress(options->progress_user, (size_t)day + 1, (size_t)options->n_day);
        }
    }
out:
    return st;
}

/** What the body is made of. */
static tac_status add_model(tac_ctx *ctx, const rest *r, long n_day, tac_results *results)
{
    static const tac_column MODEL[] = {{"key", "", true}, {"number", "", false}};
    static const char *const BASES[] = {"measured", "fitted", "derived", "assumed"};
    const tac_image *image = tac_program_image(r->body->program);
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "model", 2, MODEL, &table));
    TAC_TRY(tac_table_add_number(ctx, table, "states", (double)image->n_state));
    TAC_TRY(tac_table_add_number(ctx, table, "variables", (double)image->n_output));
    TAC_TRY(tac_table_add_number(ctx, table, "inputs", (double)image->n_input));
    TAC_TRY(tac_table_add_number(ctx, table, "parameters", (double)image->n_row));
    for (size_t k = 0; k < sizeof BASES / sizeof BASES[0]; k++) {
        double n = 0.0;
        for (size_t i = 0; i < image->n_row; i++) {
            n += strcmp(image->rows[i].basis, BASES[k]) == 0 ? 1.0 : 0.0;
        }
        TAC_TRY(tac_table_add_number(ctx, table, BASES[k], n));
    }
    double n_range = 0.0;
    double n_source = 0.0;
    for (size_t i = 0; i < image->n_row; i++) {
        n_range += isfinite(image->rows[i].low) ? 1.0 : 0.0;
        n_source += image->rows[i].source[0] != '\0' ? 1.0 : 0.0;
    }
    TAC_TRY(tac_table_add_number(ctx, table, "with a range", n_range));
    TAC_TRY(tac_table_add_number(ctx, table, "with a source", n_source));
    TAC_TRY(tac_table_add_number(ctx, table, "entries in the Jacobian", (double)image->n_jac));
    TAC_TRY(tac_table_add_number(ctx, table, "days", (double)n_day));
out:
    return st;
}

static tac_status add_balances(tac_ctx *ctx, const rest *r, tac_results *results)
{
    static const tac_column BALANCES[] = {{"balance", "", true},    {"variable", "", true},
                                          {"unit", "", true},       {"departure", "", false},
                                          {"tolerance", "", false}, {"holds", "1", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "balances", 6, BALANCES, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, r->n_balance, NULL));
    for (size_t i = 0; i < r->n_balance; i++) {
        const balance *b = &r->balances[i];
        TAC_TRY(tac_table_set_text(ctx, table, i, "balance", tac_tsv_cell(r->table, i, BALANCE)));
        TAC_TRY(tac_table_set_text(ctx, table, i, "variable", tac_tsv_cell(r->table, i, VARIABLE)));
        TAC_TRY(tac_table_set_text(ctx, table, i, "unit", tac_tsv_cell(r->table, i, UNIT)));
        tac_table_set(table, i, "departure", b->departure);
        tac_table_set(table, i, "tolerance", b->tolerance);
        tac_table_set(table, i, "holds", b->departure <= b->tolerance ? 1.0 : 0.0);
    }
out:
    return st;
}

/** Names that no equation uses. */
static tac_status add_unused(tac_ctx *ctx, const rest *r, tac_results *results)
{
    static const tac_column UNUSED[] = {{"name", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_buf name = TAC_BUF_INIT;
    TAC_TRY(tac_results_add(ctx, results, "unused", 1, UNUSED, &table));
    for (const char *line = tac_buf_str(&r->body->unused); *line != '\0';) {
        const size_t n = strcspn(line, "\n");
        size_t row = 0;
        tac_buf_clear(&name);
        tac_buf_add(&name, line, n);
        TAC_TRY(tac_buf_check(ctx, &name));
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "name", tac_buf_str(&name)));
        line += n + 1;
    }
out:
    tac_buf_free(&name);
    return st;
}

/** States whose daily mean has moved. */
static tac_status add_drift(tac_ctx *ctx, const rest *r, tac_results *results)
{
    static const tac_column DRIFT[] = {{"state", "", true},
                                       {"first", "", false},
                                       {"last", "", false},
                                       {"change", "1", false}};
    const tac_image *image = tac_program_image(r->body->program);
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "drift", 4, DRIFT, &table));
    for (size_t i = 0; i < image->n_state; i++) {
        const double size = fabs(r->first[i]) + image->abs_tol_scale[i];
        const double change = (r->sums[i] - r->first[i]) / size;
        size_t row = 0;
        if (fabs(change) <= STILL) {
            continue;
        }
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "state", image->state_ids[i]));
        tac_table_set(table, row, "first", r->first[i]);
        tac_table_set(table, row, "last", r->sums[i]);
        tac_table_set(table, row, "change", change);
    }
out:
    return st;
}

/** The reference man from midnight, so many days. */
static tac_status rest_scenario(tac_ctx *ctx, const tac_body *body, long n_day,
                                tac_scenario **scenario_out)
{
    char text[200];
    snprintf(text, sizeof text,
             "title: rest\nperson: {sex: male, age: 30, height: 175 cm, weight: 70 kg}\n"
             "start: \"2026-09-07 00:00\"\nduration: %ld d\n",
             n_day);
    return tac_scenario_parse(ctx, body, "everyday life", text, scenario_out);
}

tac_status tac_check_rest(tac_ctx *ctx, const tac_body *body, const tac_rest_options *options,
                          tac_results **results_out)
{
    tac_status st = TAC_OK;
    rest r = {.body = body};
    tac_scenario *scenario = NULL;
    tac_schedule *schedule = NULL;
    tac_habit habit = {0};
    tac_sim *sim = NULL;
    tac_results *results = NULL;

    *results_out = NULL;
    if (options->n_day < 2 || options->n_day > 3660) {
        return tac_fail(ctx, TAC_E_ARG, "%ld days: from 2 to 3660 are possible", options->n_day);
    }
    TAC_TRY(read_balances(ctx, &r));
    TAC_TRY(rest_scenario(ctx, body, options->n_day, &scenario));
    TAC_TRY(tac_schedule_build(ctx, body->program, body->words, scenario, NULL, TAC_CALENDAR_WHOLE,
                               &schedule));
    TAC_TRY(tac_habit_build(ctx, body, scenario, &habit));
    TAC_TRY(tac_sim_create(ctx, body->program, options->rel_tol, &sim));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_state, &r.sums));
    TAC_TRY(tac_alloc_doubles(ctx, sim->image->n_state, &r.first));
    TAC_TRY(tac_person_set(ctx, body->program, scenario, sim->p));
    TAC_TRY(tac_orbit_find(ctx, body, sim, &habit));
    TAC_TRY(live(ctx, &r, sim, schedule, options));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(add_model(ctx, &r, options->n_day, results));
    TAC_TRY(add_balances(ctx, &r, results));
    TAC_TRY(add_drift(ctx, &r, results));
    if (body->is_read) {
        TAC_TRY(add_unused(ctx, &r, results));
    }
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_sim_free(sim);
    tac_habit_free(&habit);
    tac_schedule_free(schedule);
    tac_scenario_free(scenario);
    rest_free(&r);
    return st;
}
