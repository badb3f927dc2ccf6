/* SPDX-License-Identifier: Apache-2.0 */
/* tactus run: one scenario, its programmes against the same life without them. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct run_arguments {
    const char *scenario;
    const char *out; /* NULL: out/<name of the scenario> */
    unsigned long n_member;
    unsigned long seed;
    unsigned long n_job;
    double rel_tol;
    int is_quiet;
    int is_json;
} run_arguments;

static const struct argp_option OPTIONS[] = {
    {"members", 'm', "N", 0, "draws of what is not known; 64", 0},
    {"seed", 's', "N", 0, "seed of the draws; 1. Same seed, same numbers", 0},
    {"jobs", 'j', "N", 0,
     "threads; as many as there are processors. The numbers do not depend on it", 0},
    {"out", 'o', "DIR", 0, "where the files go; out/NAME-OF-SCENARIO", 0},
    {"tolerance", 't', "X", 0, "relative tolerance of the solver, 1e-10 to 1e-2; 1e-6", 0},
    {"json", 'J', NULL, 0, "print the summary as JSON instead of a table", 0},
    {"quiet", 'q', NULL, 0, "print nothing but errors", 0},
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
    case 's': arguments->seed = cli_number("--seed", text, 0, 4294967295UL); return 0;
    case 'j': arguments->n_job = cli_number("--jobs", text, 1, 256); return 0;
    case 'o': arguments->out = text; return 0;
    case 't': arguments->rel_tol = cli_tolerance(text); return 0;
    case 'J': arguments->is_json = 1; return 0;
    case 'q': arguments->is_quiet = 1; return 0;
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
    default: return ARGP_ERR_UNKNOWN;
    }
}

/** Print the summary and where the files are; 0 when standard output took it all. */
static int print_results(tac_ctx *ctx, const tac_results *results, const run_arguments *arguments,
                         const char *out, double seconds, tac_status *status_out)
{
    char *text = NULL;
    *status_out = arguments->is_json ? tac_report_json(ctx, results, seconds, &text)
                                     : tac_report_text(ctx, results, &text);
    if (*status_out == TAC_OK && !arguments->is_quiet) {
        fputs(text, stdout);
        if (!arguments->is_json) {
            printf("\nreport  %s/report.html\n"
                   "data    trajectories.csv  summary.json  run.json%*s%.1f s, %lu members\n",
                   out, 8, "", seconds, arguments->n_member);
        }
    }
    tac_text_free(text);
    return fflush(stdout);
}

/** Read, simulate, write, print. */
static tac_status run_scenario(tac_ctx *ctx, const run_arguments *arguments, const char *out,
                               const char *command)
{
    cli_clock clock = cli_clock_start("members");
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    tac_results *results = NULL;
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;

    options.n_member = arguments->n_member;
    options.seed = arguments->seed;
    options.n_job = arguments->n_job;
    options.rel_tol = arguments->rel_tol;
    options.stop = cli_catch_signals();
    if (!arguments->is_quiet && isatty(STDERR_FILENO)) {
        options.progress = cli_show_progress;
        options.progress_user = &clock;
    }
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_scenario_read(ctx, body, arguments->scenario, &scenario);
    st = st != TAC_OK ? st : tac_compare(ctx, body, scenario, &options, &results);
    const tac_report_options report = {out, command, cli_clock_seconds(&clock)};
    st = st != TAC_OK ? st : tac_report_write(ctx, results, &report);
    if (st == TAC_OK && print_results(ctx, results, arguments, out, report.seconds, &st) != 0) {
        perror("tactus: standard output");
        st = TAC_E_FILE;
    }
    tac_results_free(results);
    tac_scenario_free(scenario);
    tac_body_free(body);
    return st;
}

int cmd_run(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "SCENARIO", DOC, NULL, NULL, NULL};
    if (cli_is_model(argc, argv)) {
        return cmd_run_model(argc, argv);
    }
    run_arguments arguments = {.n_member = 64, .seed = 1, .rel_tol = 1e-6};
    char *command = cli_join_command(argc, argv);
    char name[] = "tactus run";
    char *verb = argv[0];

    argv[0] = name; /* what argp calls the program in its messages */
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    argv[0] = verb;

    tac_ctx *ctx = tac_ctx_create();
    char *out = arguments.out == NULL ? cli_default_out(arguments.scenario) : NULL;
    int code = CLI_COULD_NOT;
    if (ctx == NULL || command == NULL || (out == NULL && arguments.out == NULL)) {
        fputs("tactus: out of memory\n", stderr);
    } else {
        const tac_status st =
            run_scenario(ctx, &arguments, arguments.out != NULL ? arguments.out : out, command);
        code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    }
    free(out);
    free(command);
    tac_ctx_free(ctx);
    return code;
}
