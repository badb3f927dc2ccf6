/* SPDX-License-Identifier: Apache-2.0 */
/* A scenario that is exported as a model runs, as a file that knows nothing of scenarios, as the scenario itself does. */
#include "base/table.h"

#include <tactus/tactus.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* One massage in a day and a half, around midnight on both sides. */
static const char DAY[] =
    "title: A day with a massage\n"
    "person: {sex: female, age: 42, height: 168 cm, weight: 71 kg, stress: high, sleep: 6.5 h}\n"
    "start: \"2026-09-07 00:00\"\n"
    "duration: 30 h\n"
    "life:\n"
    "  - {sleep: 6.5 h, from: \"23:45\", every: day}\n"
    "  - {work: desk, from: \"09:00\", for: 8 h, days: weekdays, load: high}\n"
    "  - {meal: true, at: \"12:30\", every: day}\n"
    "programme:\n"
    "  - {massage: swedish, region: whole body, pressure: moderate, at: \"18:00\", for: 60 min, on: day 1}\n"
    "report: [cortisol]\n";

static const char SEASON[] = "title: A season\n"
                             "person: {sex: female, age: 42}\n"
                             "duration: 2 weeks\n"
                             "life:\n"
                             "  - {exposure: influenza}\n"
                             "programme:\n"
                             "  - {massage: swedish, at: \"18:00\", for: 60 min, days: [wed]}\n"
                             "report: [cortisol]\n";

/* None of them at an edge of the schedule, where inputs jump. */
enum { N_SAMPLE = 71 };
static const double END_H = 30.0;

typedef struct files {
    char folder[64];
    char scenario[96];
    char sbml[96];
    char antimony[96];
} files;

static files make_files(const char *scenario)
{
    files f;
    snprintf(f.folder, sizeof f.folder, "/tmp/tactus-script-XXXXXX");
    assert_non_null(mkdtemp(f.folder));
    snprintf(f.scenario, sizeof f.scenario, "%s/day.yaml", f.folder);
    snprintf(f.sbml, sizeof f.sbml, "%s/day.xml", f.folder);
    snprintf(f.antimony, sizeof f.antimony, "%s/day.ant", f.folder);
    FILE *file = fopen(f.scenario, "w");
    assert_non_null(file);
    assert_true(fputs(scenario, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return f;
}

static void remove_files(const files *f)
{
    (void)unlink(f->scenario);
    (void)unlink(f->sbml);
    (void)unlink(f->antimony);
    (void)rmdir(f->folder);
}

static void must(const tac_ctx *ctx, tac_status st)
{
    if (st != TAC_OK) {
        fail_msg("%s: %s", tac_status_text(st), tac_ctx_message(ctx));
    }
}

/** stress.cortisol as stress__cortisol */
static void flat_name(const char *id, char *name, size_t size)
{
    size_t n = 0;
    for (; *id != '\0' && n + 3 < size; id++) {
        name[n++] = *id == '.' ? '_' : *id;
        if (*id == '.') {
            name[n++] = '_';
        }
    }
    name[n] = '\0';
}

/** Every variable at the even samples of the scenario itself. New: free(). */
static double *run_scenario(tac_ctx *ctx, const tac_body *body)
{
    const tac_run_options options = TAC_RUN_OPTIONS_INIT;
    const size_t n = tac_body_n_variable(body);
    double *values = calloc((N_SAMPLE + 1) * n, sizeof *values);
    tac_scenario *scenario = NULL;
    tac_run *run = NULL;
    assert_non_null(values);
    must(ctx, tac_scenario_parse(ctx, body, "day.yaml", DAY, &scenario));
    must(ctx, tac_run_create(ctx, body, scenario, 0, &options, &run));
    for (size_t i = 0; i <= N_SAMPLE; i++) {
        must(ctx, tac_run_to(ctx, run, END_H * (double)i / N_SAMPLE));
        for (size_t k = 0; k < n; k++) {
            must(ctx, tac_run_value(ctx, run, tac_body_variable(body, k).id, &values[i * n + k]));
        }
    }
    tac_run_free(run);
    tac_scenario_free(scenario);
    return values;
}

/** The largest difference of a course from that of the scenario, as a share of how far this one goes. */
static double difference_of(const tac_table *table, size_t column, const double *values, size_t n,
                            size_t k)
{
    double low = values[k];
    double high = values[k];
    double most = 0.0;
    for (size_t i = 0; i <= N_SAMPLE; i++) {
        low = fmin(low, values[i * n + k]);
        high = fmax(high, values[i * n + k]);
    }
    const double scale = fmax(high - low, 1e-3 * fmax(fabs(low), fabs(high))) + 1e-12;
    for (size_t i = 0; i <= N_SAMPLE; i++) {
        most = fmax(most, fabs(tac_table_number(table, i, column) - values[i * n + k]) / scale);
    }
    return most;
}

/** What is left when everything that flows is added up is rounding, and in no two runs the same. */
static bool is_remainder(const char *id)
{
    const size_t n = strlen(id);
    return n > 8 && strcmp(id + n - 8, "_balance") == 0;
}

/** How many of the scenario's variables the run of the file has; each must agree at every sample. */
static size_t compare(tac_ctx *ctx, const tac_table *table)
{
    tac_body *body = NULL;
    size_t n_compared = 0;
    must(ctx, tac_body_open(ctx, &body));
    const size_t n = tac_body_n_variable(body);
    double *values = run_scenario(ctx, body);
    for (size_t k = 0; k < n; k++) {
        char name[200];
        flat_name(tac_body_variable(body, k).id, name, sizeof name);
        if (is_remainder(name) || !tac_table_has(table, name)) {
            continue;
        }
        const double d = difference_of(table, tac_table_find(table, name), values, n, k);
        if (!(d < 1e-3)) {
            fail_msg("%s differs by %g of its range", name, d);
        }
        n_compared++;
    }
    free(values);
    tac_body_free(body);
    return n_compared;
}

static void a_scenario_as_sbml_runs_as_the_scenario_itself(void **state)
{
    (void)state;
    const files f = make_files(DAY);
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_results *differences = NULL;
    tac_export_options wanted = TAC_EXPORT_OPTIONS_INIT;
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    wanted.scenario = f.scenario;
    wanted.out = f.sbml;
    options.duration = "30 h";
    options.n_sample = N_SAMPLE;
    options.rel_tol = 1e-7;
    must(ctx, tac_general_export(ctx, "models/body.ant", &wanted, NULL, NULL));
    must(ctx, tac_general_run(ctx, f.sbml, &options, &results));
    assert_true(compare(ctx, tac_results_table(results, "trajectories")) > 1000);
    /* and the text says the same as the SBML */
    wanted.out = f.antimony;
    must(ctx, tac_general_export(ctx, "models/body.ant", &wanted, NULL, NULL));
    must(ctx, tac_general_diff(ctx, f.sbml, f.antimony, &differences));
    assert_int_equal(tac_table_n_row(tac_results_table(differences, "differences")), 0);
    tac_results_free(results);
    tac_results_free(differences);
    tac_ctx_free(ctx);
    remove_files(&f);
}

/* A model's events know when they happen; who meets a virus when is not known. */
static void what_comes_by_chance_is_refused_by_name_and_place(void **state)
{
    (void)state;
    const files f = make_files(SEASON);
    tac_ctx *ctx = tac_ctx_create();
    char *text = NULL;
    tac_export_options wanted = TAC_EXPORT_OPTIONS_INIT;
    wanted.scenario = f.scenario;
    wanted.arm = "without";
    assert_int_equal(tac_general_export(ctx, "models/body.ant", &wanted, &text, NULL), TAC_E_INPUT);
    assert_null(text);
    assert_non_null(strstr(tac_ctx_message(ctx), "day.yaml:5:"));
    assert_non_null(strstr(tac_ctx_message(ctx), "'exposure' comes at random moments"));
    tac_ctx_free(ctx);
    remove_files(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_as_sbml_runs_as_the_scenario_itself),
        cmocka_unit_test(what_comes_by_chance_is_refused_by_name_and_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
