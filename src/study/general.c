/* SPDX-License-Identifier: Apache-2.0 */
/* A model of anybody's, followed over time into a table. */
#include "study/general.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "sim/model_kernel.h"
#include "sim/model_run.h"
#include "study/general_words.h"
#include "study/tables.h"

#include <tactus/general.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t MAX_SAMPLES = 1000000;
static const size_t MAX_NUMBERS = 50000000; /* in a table: 400 MB, and as much again as text */

typedef struct general {
    tac_ctx *ctx;
    const tac_general_options *options;
    tac_model *model;
    tac_program *program;
    tac_model_kernel kernel;
    tac_model_run *run;
    tac_model_set *sets;       /* [n_set] */
    tac_model_change *changes; /* [n_change] */
    size_t n_change;
    double *t; /* [n_sample + 1] */
    double t_end;
    tac_table *table;
    const tac_image_symbol **columns; /* [n_column] behind the time */
    size_t n_column;
} general;

static bool lacks_numbers(const tac_model *model)
{
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol *s = &model->symbols[i];
        if (s->role != TAC_ROLE_ASSIGNED && !s->has_value && s->initial == TAC_EXPR_NONE) {
            return true;
        }
    }
    return false;
}

/** The table beside a model: NAME.tsv for NAME.ant, else parameters.tsv; "" when there is none. */
static void find_table(const char *path, tac_buf *table)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    const size_t n_folder = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    const size_t n_stem =
        dot == NULL || dot < path + n_folder ? strlen(path) : (size_t)(dot - path);
    tac_buf_add(table, path, n_stem);
    tac_buf_text(table, ".tsv");
    if (access(tac_buf_str(table), R_OK) == 0) {
        return;
    }
    tac_buf_clear(table);
    tac_buf_add(table, path, n_folder);
    tac_buf_text(table, "parameters.tsv");
    if (access(tac_buf_str(table), R_OK) != 0) {
        tac_buf_clear(table);
    }
}

tac_status tac_general_read(tac_ctx *ctx, const char *path, tac_model **model_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_buf table = TAC_BUF_INIT;
    TAC_TRY(tac_model_read_file(ctx, path, &model));
    find_table(path, &table);
    TAC_TRY(tac_buf_check(ctx, &table));
    if (lacks_numbers(model) && table.n > 0) {
        TAC_TRY(tac_model_set_parameters(ctx, model, tac_buf_str(&table)));
    }
    TAC_TRY(tac_model_check(ctx, model));
    *model_out = model;
    model = NULL;
out:
    tac_buf_free(&table);
    tac_model_free(model);
    return st;
}

static tac_status read_duration(general *g)
{
    const char *text = g->options->duration == NULL ? "" : g->options->duration;
    tac_buf why = TAC_BUF_INIT;
    if (tac_general_time(g->model, text, "duration", &g->t_end, &why) && !(g->t_end > 0.0)) {
        tac_buf_print(&why, "'%.60s' is no duration: it must be above 0", text);
    }
    const tac_status st = why.n > 0 ? tac_fail(g->ctx, TAC_E_ARG, "%s", tac_buf_str(&why)) : TAC_OK;
    tac_buf_free(&why);
    return st;
}

/** "k=3" */
static tac_status read_set(general *g, const char *text, tac_model_set *set)
{
    const char *sign = strchr(text, '=');
    tac_buf name = TAC_BUF_INIT;
    tac_buf why = TAC_BUF_INIT;
    if (sign == NULL || sign == text || !tac_general_number(sign + 1, &set->value)) {
        return tac_fail(g->ctx, TAC_E_ARG, "'%s' sets nothing; 'k=3' would", text);
    }
    tac_buf_add(&name, text, (size_t)(sign - text));
    tac_status st = tac_buf_check(g->ctx, &name);
    if (st == TAC_OK) {
        set->symbol = tac_general_settable(g->program, tac_buf_str(&name), &why);
        st = set->symbol == NULL ? tac_fail(g->ctx, TAC_E_ARG, "%s", tac_buf_str(&why)) : TAC_OK;
    }
    tac_buf_free(&name);
    tac_buf_free(&why);
    return st;
}

static tac_status read_sets(general *g)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(g->ctx, g->options->n_set, sizeof *g->sets, &memory));
    g->sets = memory;
    for (size_t i = 0; i < g->options->n_set; i++) {
        TAC_TRY(read_set(g, g->options->sets[i], &g->sets[i]));
    }
out:
    return st;
}

/** Is a constant or an input changed by somebody on the way? Then it has a course of its own. */
static bool is_changed(const general *g, const tac_image_symbol *symbol)
{
    for (size_t i = 0; i < g->n_change; i++) {
        if (g->changes[i].symbol == symbol) {
            return true;
        }
    }
    return false;
}

/** What is asked for, else all that can change. */
static tac_status choose_columns(general *g)
{
    const tac_image *image = tac_program_image(g->program);
    void *memory = NULL;
    const tac_status st = tac_alloc(g->ctx, image->n_symbol, sizeof *g->columns, &memory);
    g->columns = memory;
    if (st == TAC_OK && g->options->report != NULL) {
        return tac_general_choose(g->ctx, g->program, g->options->report, g->columns, &g->n_column);
    }
    for (size_t i = 0; st == TAC_OK && i < image->n_symbol; i++) {
        const tac_image_symbol *symbol = &image->symbols[i];
        if (symbol->slot == TAC_SLOT_STATE || symbol->slot == TAC_SLOT_OUTPUT
            || is_changed(g, symbol)) {
            g->columns[g->n_column++] = symbol;
        }
    }
    return st;
}

static tac_status add_table(general *g, tac_results *results)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_column *columns = NULL;
    TAC_TRY(choose_columns(g));
    if (g->n_column + 1 > MAX_NUMBERS / (g->options->n_sample + 1)) {
        st = tac_fail(g->ctx, TAC_E_ARG,
                      "%zu samples of %zu variables are more than %zu numbers; ask for fewer "
                      "samples, or choose what is reported",
                      g->options->n_sample, g->n_column, MAX_NUMBERS);
        goto out;
    }
    TAC_TRY(tac_alloc(g->ctx, g->n_column + 1, sizeof *columns, &memory));
    columns = memory;
    columns[0] = (tac_column){"time", tac_general_time_unit(g->model), false};
    for (size_t k = 0; k < g->n_column; k++) {
        columns[k + 1] = (tac_column){g->columns[k]->id, g->columns[k]->unit, false};
    }
    TAC_TRY(tac_results_add(g->ctx, results, "trajectories", g->n_column + 1, columns, &g->table));
    TAC_TRY(tac_table_add_rows(g->ctx, g->table, g->options->n_sample + 1, NULL));
out:
    tac_free(columns);
    return st;
}

/** What each column is in words. */
static tac_status add_notes(const general *g, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true}, {"note", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(g->ctx, results, "variables", 2, COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(g->ctx, table, g->n_column, NULL));
    for (size_t i = 0; i < g->n_column; i++) {
        TAC_TRY(tac_table_set_text(g->ctx, table, i, "id", g->columns[i]->id));
        TAC_TRY(tac_table_set_text(g->ctx, table, i, "note", g->columns[i]->note));
    }
out:
    return st;
}

/** When somebody changed what: "k = 3", "drug + 100". */
static tac_status add_changes(const general *g, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"time", "", false}, {"text", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_buf text = TAC_BUF_INIT;
    TAC_TRY(tac_results_add(g->ctx, results, "changes", 2, COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(g->ctx, table, g->n_change, NULL));
    for (size_t i = 0; i < g->n_change; i++) {
        const tac_model_change *change = &g->changes[i];
        tac_buf_clear(&text);
        tac_buf_print(&text, "%s %s %.6g", change->symbol->id, change->is_added ? "+" : "=",
                      change->value);
        TAC_TRY(tac_buf_check(g->ctx, &text));
        tac_table_set(table, i, "time", change->t);
        TAC_TRY(tac_table_set_text(g->ctx, table, i, "text", tac_buf_str(&text)));
    }
out:
    tac_buf_free(&text);
    return st;
}

static tac_status take_sample(void *user, tac_ctx *ctx, tac_model_run *run, size_t i, double t)
{
    const general *g = user;
    (void)ctx;
    tac_table_numbers(g->table, 0)[i] = t;
    for (size_t k = 0; k < g->n_column; k++) {
        tac_table_numbers(g->table, k + 1)[i] = tac_model_run_value(run, g->columns[k]);
    }
    return TAC_OK;
}

static tac_status add_meta(const general *g, const char *path, tac_results *results)
{
    const tac_key rows[] = {{"title", g->model->name, 0.0},
                            {"model", path, 0.0},
                            {"model_hash", tac_program_image(g->program)->hash, 0.0},
                            {"version", tac_version(), 0.0},
                            {"time_unit", tac_general_time_unit(g->model), (double)NAN},
                            {"duration", "", g->t_end},
                            {"rel_tol", "", g->options->rel_tol},
                            {"abs_tol",
                             g->options->abs_tol > 0.0 ? "" : "rel_tol times the size at the start",
                             g->options->abs_tol},
                            {"seed", "", (double)g->options->seed},
                            {"functions", tac_model_kernel_said(&g->kernel), 0.0}};
    return tac_results_add_keys(g->ctx, results, "meta", sizeof rows / sizeof rows[0], rows);
}

static tac_status follow(general *g)
{
    tac_model_run_options options = TAC_MODEL_RUN_OPTIONS_INIT;
    const size_t n = g->options->n_sample;
    tac_status st = TAC_OK;
    options.t_end = g->t_end;
    options.rel_tol = g->options->rel_tol;
    options.abs_tol = g->options->abs_tol;
    options.seed = g->options->seed;
    options.sets = g->sets;
    options.n_set = g->options->n_set;
    options.changes = g->changes;
    options.n_change = g->n_change;
    options.between = tac_model_kernel_between;
    options.between_user = &g->kernel;
    TAC_TRY(tac_model_kernel_begin(g->ctx, g->program, g->options->functions, &g->kernel));
    TAC_TRY(tac_alloc_doubles(g->ctx, n + 1, &g->t));
    for (size_t i = 0; i <= n; i++) {
        g->t[i] = i == n ? g->t_end : g->t_end * (double)i / (double)n;
    }
    TAC_TRY(tac_model_run_create(g->ctx, g->program, &options, &g->run));
    TAC_TRY(tac_model_run_follow(g->ctx, g->run, n + 1, g->t, take_sample, g));
out:
    return st;
}

tac_status tac_general_run(tac_ctx *ctx, const char *path, const tac_general_options *options,
                           tac_results **results_out)
{
    tac_status st = TAC_OK;
    general g = {.ctx = ctx, .options = options};
    tac_results *results = NULL;

    *results_out = NULL;
    if (options->n_sample < 1 || options->n_sample > MAX_SAMPLES) {
        return tac_fail(ctx, TAC_E_ARG, "%zu samples: 1 to %zu are possible", options->n_sample,
                        MAX_SAMPLES);
    }
    if (!(options->abs_tol >= 0.0) || !isfinite(options->abs_tol)) {
        return tac_fail(ctx, TAC_E_ARG, "an absolute tolerance of %g: 0 or more is possible",
                        options->abs_tol);
    }
    TAC_TRY(tac_general_read(ctx, path, &g.model));
    TAC_TRY(read_duration(&g));
    TAC_TRY(tac_program_build(ctx, g.model, &g.program));
    TAC_TRY(read_sets(&g));
    if (options->events != NULL) {
        TAC_TRY(tac_general_events_read(ctx, options->events, g.model, g.program, g.t_end,
                                        &g.changes, &g.n_change));
    }
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(add_table(&g, results));
    TAC_TRY(follow(&g));
    TAC_TRY(add_notes(&g, results));
    TAC_TRY(add_changes(&g, results));
    TAC_TRY(add_meta(&g, path, results));
    if (tac_model_kernel_note(&g.kernel)[0] != '\0') {
        tac_warn(ctx, "the equations are interpreted: %s", tac_model_kernel_note(&g.kernel));
    }
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_model_run_free(g.run);
    tac_model_kernel_end(&g.kernel);
    tac_program_free(g.program);
    tac_model_free(g.model);
    tac_free(g.sets);
    tac_free(g.changes);
    tac_free(g.t);
    tac_free(g.columns);
    return st;
}
