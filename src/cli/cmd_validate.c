/* SPDX-License-Identifier: Apache-2.0 */
/* tactus validate: published studies, simulated as they were run, against what they found. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>

typedef struct validate_arguments {
    cli_common common;
    const char *directory;
    const char *only; /* NULL: all */
    unsigned long n_people;
    unsigned long n_repeat;
    int all_rows;
} validate_arguments;

static const struct argp_option OPTIONS[] = {
    {"only", 'i', "ID,ID", 0, "these studies alone (default: all)", 0},
    {"people", 'm', "N", 0, "virtual people of each study, a multiple of 16 (default 32)", 0},
    {"repeat", 'r', "N", 0, "repetitions of each study at its own size (default 400)", 0},
    CLI_OPTION_SEED("numbers"),
    CLI_OPTION_JOBS,
    {"out", 'o', "DIR", 0, "where ledger.json and ledger.html go (default out/ledger)", 0},
    {"rows", 'a', NULL, 0, "print every finding, not only where the model disagrees", 0},
    {"json", 'J', NULL, 0, "print the ledger as JSON instead of a table", 0},
    CLI_OPTION_QUIET,
    {0}};

static const char DOC[] =
    "Simulate published studies as they were run, and hold their findings against the predictions.\v"
    "DIR holds one YAML file for each study (docs/evidence-format.md), in folders or not. Writes ledger.json and "
    "ledger.html.\n\n"
    "Example: tactus validate evidence --only RAP10-HPA,HIN04\n\n"
    "Exit status: 0 done, whatever the verdicts, 1 could not, 2 wrong usage or a wrong study.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    validate_arguments *arguments = state->input;
    switch (key) {
    case 'i': arguments->only = text; return 0;
    case 'm': arguments->n_people = cli_number("--people", text, 16, 4096); return 0;
    case 'r': arguments->n_repeat = cli_number("--repeat", text, 20, 100000); return 0;
    case 'a': arguments->all_rows = 1; return 0;
    case ARGP_KEY_ARG:
        if (arguments->directory != NULL) {
            argp_error(state, "one directory at a time: '%s' is a second one", text);
        }
        arguments->directory = text;
        return 0;
    case ARGP_KEY_END:
        if (arguments->directory == NULL) {
            argp_error(state, "a directory of studies is wanted, such as evidence");
        }
        return 0;
    default: return cli_parse_common(key, text, &arguments->common);
    }
}

static tac_status print_results(tac_ctx *ctx, const tac_results *results,
                                const validate_arguments *arguments, double seconds)
{
    char *text = NULL;
    char footer[4400];
    const tac_status st = arguments->common.is_json
                              ? tac_ledger_json(ctx, results, seconds, &text)
                              : tac_ledger_text(ctx, results, arguments->all_rows, &text);
    snprintf(footer, sizeof footer, "\npage  %s/ledger.html    data  ledger.json    %.0f s\n",
             arguments->common.out, seconds);
    return st != TAC_OK ? st
                        : cli_put(text, arguments->common.is_quiet,
                                  arguments->common.is_json ? NULL : footer);
}

static tac_status validate(tac_ctx *ctx, void *given, const char *command)
{
    const validate_arguments *arguments = given;
    cli_clock clock = cli_clock_start("lives");
    tac_body *body = NULL;
    tac_results *results = NULL;
    tac_validate_options options = TAC_VALIDATE_OPTIONS_INIT;

    options.n_people = arguments->n_people;
    options.n_repeat = arguments->n_repeat;
    options.seed = arguments->common.seed;
    options.n_job = arguments->common.n_job;
    options.only = arguments->only;
    options.stop = cli_catch_signals();
    options.progress = cli_progress_line(arguments->common.is_quiet);
    options.progress_user = &clock;
    cli_check_out(arguments->common.out);
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_validate(ctx, body, arguments->directory, &options, &results);
    const tac_report_options report = {arguments->common.out, command, cli_clock_seconds(&clock)};
    st = st != TAC_OK ? st : tac_ledger_write(ctx, results, &report);
    st = st != TAC_OK ? st : print_results(ctx, results, arguments, report.seconds);
    tac_results_free(results);
    tac_body_free(body);
    return st;
}

int cmd_validate(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "DIR", DOC, NULL, NULL, NULL};
    validate_arguments arguments = {.n_people = 32,
                                    .n_repeat = 400,
                                    .common = {.seed = 1, .out = "out/ledger"}};
    return cli_do(argc, argv, "tactus validate", &ARGP, &arguments, validate);
}
