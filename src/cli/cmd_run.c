/* SPDX-License-Identifier: Apache-2.0 */
/* tactus run: one scenario, its programmes against the same life without them. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct run_arguments {
    cli_common common; /* out NULL: it becomes out/<name of the scenario> */
    const char *scenario;
    unsigned long n_member;
    double rel_tol;
} run_arguments;

static const struct argp_option OPTIONS[] = {
    {"members", 'm', "N", 0, "draws of what is not known (default 64)", 0},
    CLI_OPTION_SEED("numbers"),
    CLI_OPTION_JOBS,
    {"out", 'o', "DIR", 0, "where the files go (default out/NAME-OF-SCENARIO)", 0},
    {"tolerance", 't', "X", 0, "relative tolerance of the solver, 1e-10 to 1e-2 (default 1e-6)", 0},
    {"json", 'J', NULL, 0, "print the summary as JSON instead of a table", 0},
    CLI_OPTION_QUIET,
    {0}};

static const char DOC[] =
    "Simulate a person's life with and without a programme of massage.\v"
    "Writes report.html, trajectories.csv, summary.json and run.json into DIR, each whole or not at "
    "all, and the summary to standard output; chain.csv too where the scenario has a detail.\n\n"
    "Example: tactus run scenarios/office-worker.yaml --members 64 --out out/mine\n\n"
    "A model instead of a scenario: tactus run model.xml --help\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong scenario.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    run_arguments *arguments = state->input;
    switch (key) {
    case 'm': arguments->n_member = cli_number("--members", text, 2, 100000); return 0;
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

/** Print the summary and where the files are. */
static tac_status print_results(tac_ctx *ctx, const tac_results *results,
                                const run_arguments *arguments, const tac_report_options *report)
{
    char *text = NULL;
    char footer[4400];
    const tac_status st = arguments->common.is_json
                              ? tac_report_json(ctx, results, report->seconds, &text)
                              : tac_report_text(ctx, results, &text);
    snprintf(footer, sizeof footer,
             "\nreport  %s/report.html\n"
             "data    trajectories.csv  summary.json  run.json%*s%.1f s, %lu members\n",
             report->directory, 8, "", report->seconds, arguments->n_member);
    return st != TAC_OK ? st
                        : cli_put(text, arguments->common.is_quiet,
                                  arguments->common.is_json ? NULL : footer);
}

/** Read, simulate, write, print. */
static tac_status run_scenario(tac_ctx *ctx, void *given, const char *command)
{
    const run_arguments *arguments = given;
    char *usual = arguments->common.out == NULL ? cli_default_out(arguments->scenario) : NULL;
    const char *out = arguments->common.out == NULL ? usual : arguments->common.out;
    cli_clock clock = cli_clock_start("members");
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    tac_results *results = NULL;
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;

    options.n_member = arguments->n_member;
    options.seed = arguments->common.seed;
    options.n_job = arguments->common.n_job;
    options.rel_tol = arguments->rel_tol;
    options.stop = cli_catch_signals();
    options.progress = cli_progress_line(arguments->common.is_quiet);
    options.progress_user = &clock;
    tac_status st = out == NULL ? TAC_E_MEMORY : tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_scenario_read(ctx, body, arguments->scenario, &scenario);
    if (st == TAC_OK) {
        cli_check_out(out);
        st = tac_compare(ctx, body, scenario, &options, &results);
    }
    const tac_report_options report = {out, command, cli_clock_seconds(&clock)};
    st = st != TAC_OK ? st : tac_report_write(ctx, results, &report);
    st = st != TAC_OK ? st : print_results(ctx, results, arguments, &report);
    tac_results_free(results);
    tac_scenario_free(scenario);
    tac_body_free(body);
    free(usual);
    return st;
}

int cmd_run(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "SCENARIO", DOC, NULL, NULL, NULL};
    if (cli_is_model(argc, argv)) {
        return cmd_run_model(argc, argv);
    }
    run_arguments arguments = {.n_member = 64, .common = {.seed = 1}, .rel_tol = 1e-6};
    return cli_do(argc, argv, "tactus run", &ARGP, &arguments, run_scenario);
}
