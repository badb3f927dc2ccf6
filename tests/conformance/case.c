/* SPDX-License-Identifier: Apache-2.0 */
#include "case.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "model/antimony_write.h"
#include "model/sbml_write.h"
#include "sim/model_run.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_VARIABLES = 400, MAX_PATH_BYTES = 600 };

typedef enum meaning { AS_NAMED, AS_AMOUNT, AS_CONCENTRATION } meaning;

typedef struct variable {
    char *id;
    meaning what;
    size_t i_column; /* in the expected table */
} variable;

typedef struct run {
    tac_ctx *ctx;
    char reason[200];
    tac_buf settings;
    double t_start;
    double duration;
    size_t n_step;
    double abs_tol;
    double rel_tol;
    variable variables[MAX_VARIABLES];
    size_t n_variable;
    tac_buf table;
    double *t;        /* [n_row] expected times */
    double *expected; /* [n_row][n_column] with the time as column 0 */
    size_t n_row;
    size_t n_column;
    tac_model *model;
    tac_program *program;
    tac_model_run *run;
    bool is_wrong;
} case_run;

static const size_t MAX_BYTES = 20U << 20;

/** The file of a case whose name ends so; the model has the highest level and version that is there. */
static bool find_file(const char *suite, const char *id, const char *part, const char *end,
                      char *path)
{
    char best[300] = "";
    snprintf(path, MAX_PATH_BYTES, "%s/%s", suite, id);
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return false;
    }
    for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        const size_t n = strlen(e->d_name);
        if (strncmp(e->d_name, id, strlen(id)) == 0 && strstr(e->d_name, part) != NULL
            && n > strlen(end) && strcmp(e->d_name + n - strlen(end), end) == 0 && n < sizeof best
            && strcmp(e->d_name, best) > 0) {
            strcpy(best, e->d_name);
        }
    }
    closedir(dir);
    snprintf(path, MAX_PATH_BYTES, "%s/%s/%s", suite, id, best);
    return best[0] != '\0';
}

/** The rest of the line that begins with a key, or "". */
static void value_of(const char *text, const char *key, char *value, size_t n_value)
{
    const size_t n_key = strlen(key);
    value[0] = '\0';
    for (const char *line = text; *line != '\0'; line += strcspn(line, "\n"), line += *line != 0) {
        const char *rest = line + strspn(line, " ");
        if (strncmp(rest, key, n_key) == 0 && rest[n_key] == ':') {
            rest += n_key + 1;
            rest += strspn(rest, " \t");
            snprintf(value, n_value, "%.*s", (int)strcspn(rest, "\r\n"), rest);
            return;
        }
    }
}

void tac_case_tags(const char *suite, const char *id, char *tags, size_t n_tags)
{
    static const char *const KEYS[] = {"componentTags", "testTags", "packagesPresent"};
    char path[MAX_PATH_BYTES];
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    size_t n = (size_t)snprintf(tags, n_tags, ";");
    if (find_file(suite, id, "-tags", ".txt", path)
        && tac_file_read(ctx, path, MAX_BYTES, &text) == TAC_OK) {
        for (size_t k = 0; k < sizeof KEYS / sizeof KEYS[0]; k++) {
            char line[800];
            char *rest = NULL;
            value_of(tac_buf_str(&text), KEYS[k], line, sizeof line);
            for (char *tag = strtok_r(line, ", ", &rest); tag != NULL && n + 100 < n_tags;
                 tag = strtok_r(NULL, ", ", &rest)) {
                n += (size_t)snprintf(tags + n, n_tags - n, "%.90s;", tag);
            }
        }
    }
    tac_buf_free(&text);
    tac_ctx_free(ctx);
}

static double number_of(const char *text, const char *key)
{
    char value[100];
    value_of(text, key, value, sizeof value);
    return strtod(value, NULL);
}

static bool is_listed(const char *list, const char *id)
{
    const size_t n = strlen(id);
    for (const char *at = strstr(list, id); at != NULL; at = strstr(at + 1, id)) {
        if ((at == list || strchr(", ", at[-1]) != NULL) && strchr(", ", at[n]) != NULL) {
            return true;
        }
    }
    return false;
}

static void read_settings(case_run *c)
{
    static char names[8000];
    static char amounts[8000];
    static char concentrations[8000];
    const char *text = tac_buf_str(&c->settings);
    char *rest = NULL;
    c->t_start = number_of(text, "start");
    c->duration = number_of(text, "duration");
    c->n_step = (size_t)number_of(text, "steps");
    c->abs_tol = number_of(text, "absolute");
    c->rel_tol = number_of(text, "relative");
    value_of(text, "variables", names, sizeof names);
    value_of(text, "amount", amounts, sizeof amounts);
    value_of(text, "concentration", concentrations, sizeof concentrations);
    for (char *id = strtok_r(names, ", ", &rest); id != NULL && c->n_variable < MAX_VARIABLES;
         id = strtok_r(NULL, ", ", &rest)) {
        c->variables[c->n_variable++] =
            (variable){.id = id,
                       .what = is_listed(amounts, id)          ? AS_AMOUNT
                               : is_listed(concentrations, id) ? AS_CONCENTRATION
                                                               : AS_NAMED};
    }
}

static tac_status fail(case_run *c, const char *what, const char *id)
{
    return tac_fail(c->ctx, TAC_E_ARG, "%s '%s'", what, id);
}

/** The header names the columns; the variables are found among them. */
static tac_status read_header(case_run *c, char *line)
{
    char *rest = NULL;
    size_t k = 0;
    for (char *name = strtok_r(line, ", \r", &rest); name != NULL;
         name = strtok_r(NULL, ", \r", &rest)) {
        for (size_t i = 0; i < c->n_variable; i++) {
            if (strcmp(c->variables[i].id, name) == 0) {
                c->variables[i].i_column = k;
            }
        }
        k++;
    }
    c->n_column = k;
    for (size_t i = 0; i < c->n_variable; i++) {
        if (c->variables[i].i_column == 0) {
            return fail(c, "no expected values of", c->variables[i].id);
        }
    }
    return TAC_OK;
}

static tac_status read_table(case_run *c)
{
    char *text = strdup(tac_buf_str(&c->table));
    char *rest = NULL;
    char *line = strtok_r(text, "\n", &rest);
    tac_status st = line == NULL ? fail(c, "no expected values", "") : read_header(c, line);
    if (st == TAC_OK) {
        st = tac_alloc_doubles(c->ctx, c->n_step + 1, &c->t);
    }
    if (st == TAC_OK) {
        st = tac_alloc_doubles(c->ctx, (c->n_step + 1) * c->n_column, &c->expected);
    }
    while (st == TAC_OK && (line = strtok_r(NULL, "\n", &rest)) != NULL && c->n_row <= c->n_step) {
        double *row = &c->expected[c->n_row * c->n_column];
        char *cell = line;
        for (size_t k = 0; k < c->n_column; k++) {
            row[k] = strtod(cell, NULL);
            cell += strcspn(cell, ",");
            cell += *cell == ',' ? 1 : 0;
        }
        c->t[c->n_row++] = row[0];
    }
    free(text);
    return st;
}

/** The id of what the suite calls so: a name that a format keeps for itself stands as a display name. */
static const char *id_of(const case_run *c, const char *name)
{
    if (tac_model_find(c->model, name) != UINT32_MAX) {
        return name;
    }
    for (size_t k = 0; k < c->model->n_about; k++) {
        if (strcmp(c->model->abouts[k].kind, "name") == 0
            && strcmp(c->model->abouts[k].text, name) == 0) {
            return c->model->abouts[k].id;
        }
    }
    return name;
}

static double value_now(const case_run *c, tac_model_run *run, const variable *v,
                        bool *is_known_out)
{
    const char *id = id_of(c, v->id);
    const tac_image_symbol *symbol = tac_program_find(c->program, id);
    const uint32_t i = tac_model_find(c->model, id);
    *is_known_out = symbol != NULL && i != UINT32_MAX;
    if (!*is_known_out) {
        return 0.0;
    }
    const tac_symbol *s = &c->model->symbols[i];
    const double value = tac_model_run_value(run, symbol);
    if (v->what == AS_NAMED || s->place == UINT32_MAX || s->is_amount == (v->what == AS_AMOUNT)) {
        return value;
    }
    const double size =
        tac_model_run_value(run, tac_program_find(c->program, c->model->symbols[s->place].id));
    return v->what == AS_AMOUNT ? value * size : value / size;
}

static bool is_close(double got, double want, double abs_tol, double rel_tol)
{
    if (isnan(want) || isnan(got)) {
        return isnan(want) && isnan(got);
    }
    if (isinf(want) || isinf(got)) {
        return isinf(want) && isinf(got) && (want > 0.0) == (got > 0.0);
    }
    return fabs(got - want) <= abs_tol + rel_tol * fabs(want);
}

static tac_status compare(void *user, tac_ctx *ctx, tac_model_run *run, size_t i, double t)
{
    case_run *c = user;
    for (size_t k = 0; k < c->n_variable && !c->is_wrong; k++) {
        const variable *v = &c->variables[k];
        const double want = c->expected[i * c->n_column + v->i_column];
        bool is_known = false;
        const double got = value_now(c, run, v, &is_known);
        if (!is_known) {
            return tac_fail(ctx, TAC_E_ARG, "the model has no '%s'", v->id);
        }
        if (!is_close(got, want, c->abs_tol, c->rel_tol)) {
            c->is_wrong = true;
            snprintf(c->reason, sizeof c->reason, "%s is %.9g at %.6g, expected %.9g", v->id, got,
                     t, want);
        }
    }
    return TAC_OK;
}

/** The model, written as `write` does and read again. */
static tac_status pass_through(case_run *c,
                               tac_status (*write)(tac_ctx *ctx, const tac_model *model,
                                                   tac_buf *text))
{
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_model *again = NULL;
    TAC_TRY(write(c->ctx, c->model, &text));
    TAC_TRY(tac_model_read_text(c->ctx, "written", tac_buf_str(&text), text.n, &again));
    tac_model_free(c->model);
    c->model = again;
    TAC_TRY(tac_model_check(c->ctx, c->model));
out:
    tac_buf_free(&text);
    return st;
}

static tac_status go(case_run *c, const char *suite, const char *id, bool is_round_trip)
{
    char path[MAX_PATH_BYTES];
    tac_model_run_options options = TAC_MODEL_RUN_OPTIONS_INIT;
    tac_status st = TAC_OK;
    if (!find_file(suite, id, "-settings", ".txt", path)) {
        return fail(c, "no settings in", path);
    }
    TAC_TRY(tac_file_read(c->ctx, path, MAX_BYTES, &c->settings));
    read_settings(c);
    if (!find_file(suite, id, "-results", ".csv", path)) {
        return fail(c, "no results in", path);
    }
    TAC_TRY(tac_file_read(c->ctx, path, MAX_BYTES, &c->table));
    TAC_TRY(read_table(c));
    if (!find_file(suite, id, "-sbml-", ".xml", path)) {
        return fail(c, "no model in", path);
    }
    TAC_TRY(tac_model_read_file(c->ctx, path, &c->model));
    TAC_TRY(tac_model_check(c->ctx, c->model));
    if (is_round_trip) {
        TAC_TRY(pass_through(c, tac_antimony_write));
        TAC_TRY(pass_through(c, tac_sbml_write));
    }
    TAC_TRY(tac_program_build(c->ctx, c->model, &c->program));
    options.t_start = 0.0;
    options.t_end = c->t_start + c->duration;
    options.rel_tol = 1e-8;
    options.abs_tol = fmin(1e-10, 1e-3 * c->abs_tol);
    TAC_TRY(tac_model_run_create(c->ctx, c->program, &options, &c->run));
    TAC_TRY(tac_model_run_follow(c->ctx, c->run, c->n_row, c->t, compare, c));
out:
    return st;
}

/** The message behind file and line, in one line. */
static void take_message(const char *message, char *reason, size_t n_reason)
{
    const char *what = strstr(message, "not supported: ");
    const char *text = what != NULL ? what + strlen("not supported: ") : message;
    const char *quote = what != NULL ? strstr(text, " ('") : NULL;
    const size_t n = quote != NULL ? (size_t)(quote - text) : strcspn(text, "\n");
    snprintf(reason, n_reason, "%.*s", (int)n, text);
}

tac_case_verdict tac_case_run(const char *suite, const char *id, bool is_round_trip, char *reason,
                              size_t n_reason)
{
    static case_run c; /* one case per process */
    c = (case_run){.ctx = tac_ctx_create(), .settings = TAC_BUF_INIT, .table = TAC_BUF_INIT};
    const tac_status st = go(&c, suite, id, is_round_trip);
    tac_case_verdict verdict = TAC_CASE_PASSED;
    if (st != TAC_OK) {
        take_message(tac_ctx_message(c.ctx), reason, n_reason);
        verdict = strstr(tac_ctx_message(c.ctx), "not supported: ") != NULL ? TAC_CASE_UNSUPPORTED
                                                                            : TAC_CASE_FAILED;
    } else if (c.is_wrong) {
        snprintf(reason, n_reason, "%s", c.reason);
        verdict = TAC_CASE_FAILED;
    }
    tac_model_run_free(c.run);
    tac_program_free(c.program);
    tac_model_free(c.model);
    tac_free(c.t);
    tac_free(c.expected);
    tac_buf_free(&c.settings);
    tac_buf_free(&c.table);
    tac_ctx_free(c.ctx);
    return verdict;
}
