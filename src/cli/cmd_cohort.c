/* SPDX-License-Identifier: Apache-2.0 */
/* tactus cohort: many virtual people living a scenario. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct cohort_arguments {
    cli_common common; /* out NULL: it becomes out/<name of the scenario>-cohort */
    const char *scenario;
    const char *population;
    unsigned long n_people;
    double rel_tol;
    int is_resumed;
} cohort_arguments;

static const struct argp_option OPTIONS[] = {
    {"people", 'n', "N", 0, "how many (default 200)", 0},
    {"population", 'p', "NAME", 0,
     "volunteers or general: who they are where the scenario does not say (default volunteers)", 0},
    CLI_OPTION_SEED("people"),
    CLI_OPTION_JOBS,
    {"out", 'o', "DIR", 0, "where the files go (default out/NAME-OF-SCENARIO-cohort)", 0},
    {"resume", 'r', NULL, 0, "go on with a run that was stopped or killed", 0},
    {"tolerance", 't', "X", 0, "relative tolerance of the solver, 1e-10 to 1e-2 (default 1e-5)", 0},
    {"json", 'J', NULL, 0, "print the summary as JSON instead of a table", 0},
    CLI_OPTION_QUIET,
    {0}};

static const char DOC[] =
    "Draw many virtual people and let each live a scenario with and without its programmes. What the scenario's person says "
    "stays; age and other numbers may be ranges (age: [30, 50]), sex may be left open, health names states (health: "
    "hypertensive); everything else differs as it does between people.\v"
    "Writes people.csv (a row for each person and arm), people.nc (the same as netCDF-4), summary.json and run.json into DIR. cohort.journal keeps who "
    "has lived until all have; --resume goes on with it.\n\n"
    "Example: tactus cohort scenarios/office-worker.yaml --population general\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong scenario.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    cohort_arguments *arguments = state->input;
    switch (key) {
    case 'n': arguments->n_people = cli_number("--people", text, 2, 10000000); return 0;
    case 'p': arguments->population = text; return 0;
    case 'r': arguments->is_resumed = 1; return 0;
    case 't': arguments->rel_tol = cli_tolerance(text); return 0;
    case ARGP_KEY_ARG:
        if (arguments->scenario != NULL) {
            argp_error(state, "one scenario at a time: '%s' is a second one", text);
        }
        arguments->scenario = text;
        return 0;
    case ARGP_KEY_END:
        if (arguments->scenario == NULL) {
            argp_error(state, "a scenario file is wanted, such as scenarios/office-worker.yaml");
        }
        return 0;
    default: return cli_parse_common(key, text, &arguments->common);
    }
}

/** A path behind a folder, or a name with an ending; free(). */
static char *joined(const char *a, const char *b)
{
    const size_t size = strlen(a) + strlen(b) + 1;
    char *text = malloc(size);
    if (text != NULL) {
        snprintf(text, size, "%s%s", a, b);
    }
    return text;
}

/** Print the summary and where the files are. */
static tac_status print_results(tac_ctx *ctx, const tac_results *results,
                                const cohort_arguments *arguments, const tac_report_options *report)
{
    char *text = NULL;
    char footer[4400];
    const tac_status st = arguments->common.is_json ? tac_cohort_json(ctx, results, &text)
                                                    : tac_cohort_text(ctx, results, &text);
    snprintf(footer, sizeof footer,
             "\npeople  %s/people.csv\n"
             "data    people.nc  summary.json  run.json%*s%.1f s, %lu people\n",
             report->directory, 8, "", report->seconds, arguments->n_people);
    return st != TAC_OK ? st
                        : cli_put(text, arguments->common.is_quiet,
                                  arguments->common.is_json ? NULL : footer);
}

/** Draw, simulate, write, print. */
static tac_status live(tac_ctx *ctx, const cohort_arguments *arguments,
                       const tac_report_options *report, const char *journal)
{
    cli_clock clock = cli_clock_start("people");
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    tac_results *results = NULL;
    tac_cohort_options options = TAC_COHORT_OPTIONS_INIT;

    options.n_people = arguments->n_people;
    options.seed = arguments->common.seed;
    options.n_job = arguments->common.n_job;
    options.population = arguments->population;
    options.journal = journal;
    options.is_resumed = arguments->is_resumed;
    options.rel_tol = arguments->rel_tol;
    options.stop = cli_catch_signals();
    options.progress = cli_progress_line(arguments->common.is_quiet);
    options.progress_user = &clock;
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_scenario_read_people(ctx, body, arguments->scenario, &scenario);
    st = st != TAC_OK ? st : tac_cohort_study(ctx, body, scenario, &options, &results);
    tac_report_options timed = *report;
    timed.seconds = cli_clock_seconds(&clock);
    st = st != TAC_OK ? st : tac_cohort_write(ctx, results, &timed);
    st = st != TAC_OK ? st : print_results(ctx, results, arguments, &timed);
    tac_results_free(results);
    tac_scenario_free(scenario);
    tac_body_free(body);
    return st;
}

/** Find where the files go, and run. */
static tac_status run_cohort(tac_ctx *ctx, void *given, const char *command)
{
    const cohort_arguments *arguments = given;
    char *usual = cli_default_out(arguments->scenario);
    char *out = usual == NULL
                    ? NULL
                    : joined(arguments->common.out == NULL ? usual : arguments->common.out,
                             arguments->common.out == NULL ? "-cohort" : "");
    char *journal = out == NULL ? NULL : joined(out, "/cohort.journal");
    const tac_report_options report = {out, command, 0.0};
    const tac_status st = journal == NULL ? TAC_E_MEMORY : live(ctx, arguments, &report, journal);
    if (st == TAC_E_STOPPED) {
        fputs("tactus: who has lived is kept: the same command with --resume goes on\n", stderr);
    }
    free(journal);
    free(out);
    free(usual);
    return st;
}

int cmd_cohort(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "SCENARIO", DOC, NULL, NULL, NULL};
    cohort_arguments arguments = {.population = "volunteers",
                                  .n_people = 200,
                                  .common = {.seed = 1},
                                  .rel_tol = 1e-5};
    return cli_do(argc, argv, "tactus cohort", &ARGP, &arguments, run_cohort);
}
