/* SPDX-License-Identifier: Apache-2.0 */
/* tactus run MODEL: any SBML or Antimony model, followed over time. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_SETS = 1000,
    OPTION_FOR = 256,
    OPTION_SET,
    OPTION_SAMPLES,
    OPTION_COMPILE,
    OPTION_NO_COMPILE,
    OPTION_EVENTS,
    OPTION_REPORT,
    OPTION_ABSOLUTE
};

typedef struct arguments {
    const char *path;
    const char *out;
    tac_general_options options;
    const char *sets[MAX_SETS];
    int is_quiet;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"for", OPTION_FOR, "TIME", 0,
     "how long: 10h, or 10 in the model's own unit of time; must be given", 0},
    {"set", OPTION_SET, "NAME=NUMBER", 0,
     "another value of a constant, or another start of a state; may be given again", 0},
    {"events", OPTION_EVENTS, "FILE", 0,
     "what is changed when: a YAML list such as - {at: 2 h, set: {k: 3}} or "
     "- {at: 6 h, every: 12 h, times: 4, add: {drug: 100}}",
     0},
    {"report", OPTION_REPORT, "NAMES", 0,
     "what is written and shown, such as 'A, B, liver.*' (default: all that can change)", 0},
    {"samples", OPTION_SAMPLES, "N", 0, "even steps of the output (default 1000)", 0},
    {"steps", 0, NULL, OPTION_ALIAS, NULL, 0},
    {"out", 'o', "DIR", 0, "where the files go (default out/NAME-OF-MODEL)", 0},
    {"tolerance", 't', "X", 0, "relative tolerance of the solver, 1e-12 to 1e-2 (default 1e-8)", 0},
    {"abs-tolerance", OPTION_ABSOLUTE, "X", 0,
     "absolute tolerance of every variable (default: the relative one times its size at the start, or 1)",
     0},
    {"compile", OPTION_COMPILE, NULL, 0, "compile the equations before the run", 0},
    {"no-compile", OPTION_NO_COMPILE, NULL, 0,
     "start no compiler; without either the equations are interpreted, and compiled beside a run that is "
     "not done after 0.2 s. The digits are the same",
     0},
    {"seed", 's', "N", 0, "seed of the order of events at one time (default 1)", 0},
    CLI_OPTION_QUIET,
    {0}};

static const char DOC[] =
    "Follow any SBML or Antimony model with its own events.\v"
    "Writes report.html, trajectories.csv (time first, a second header line with units) and run.json into DIR.\n\n"
    "Example: tactus run model.xml --for 10h --set k=3 --events doses.yaml --out out/k3\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong model.";

static double tolerance_of(const char *option, const char *text, double low, double high)
{
    char *end = NULL;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= low && value <= high)) {
        fprintf(stderr, "tactus: %s %s: a number from %g to %g is wanted\n", option, text, low,
                high);
        exit(CLI_WRONG_USAGE);
    }
    return value;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case OPTION_FOR: a->options.duration = text; return 0;
    case OPTION_SAMPLES: a->options.n_sample = cli_number("--samples", text, 1, 1000000); return 0;
    case OPTION_SET:
        if (a->options.n_set == MAX_SETS) {
            argp_error(state, "--set is given more than %d times", MAX_SETS);
        }
        a->sets[a->options.n_set++] = text;
        return 0;
    case OPTION_COMPILE: a->options.functions = TAC_FUNCTIONS_COMPILED; return 0;
    case OPTION_NO_COMPILE: a->options.functions = TAC_FUNCTIONS_INTERPRETED; return 0;
    case 'o': a->out = text; return 0;
    case 't': a->options.rel_tol = tolerance_of("--tolerance", text, 1e-12, 1e-2); return 0;
    case OPTION_ABSOLUTE:
        a->options.abs_tol = tolerance_of("--abs-tolerance", text, 1e-300, 1e300);
        return 0;
    case OPTION_EVENTS: a->options.events = text; return 0;
    case OPTION_REPORT: a->options.report = text; return 0;
    case 's': a->options.seed = cli_number("--seed", text, 0, 4294967295UL); return 0;
    case 'q': a->is_quiet = 1; return 0;
    case ARGP_KEY_ARG:
        if (a->path != NULL) {
            argp_error(state, "one model at a time: '%s' is a second one", text);
        }
        a->path = text;
        return 0;
    case ARGP_KEY_END:
        if (a->path == NULL || a->options.duration == NULL) {
            argp_error(state, "a model and --for are wanted, such as model.xml --for 10h");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int cli_is_model(int argc, char **argv)
{
    static const char *const ENDINGS[] = {".xml", ".sbml", ".ant"};
    for (int i = 1; i < argc; i++) {
        const size_t n = strlen(argv[i]);
        for (size_t k = 0; argv[i][0] != '-' && k < sizeof ENDINGS / sizeof ENDINGS[0]; k++) {
            const size_t n_ending = strlen(ENDINGS[k]);
            if (n > n_ending && strcmp(argv[i] + n - n_ending, ENDINGS[k]) == 0) {
                return 1;
            }
        }
    }
    return 0;
}

static tac_status run_model(tac_ctx *ctx, const arguments *a, const char *out, const char *command)
{
    const cli_clock clock = cli_clock_start("");
    tac_results *results = NULL;
    cli_check_out(out);
    tac_status st = tac_general_run(ctx, a->path, &a->options, &results);
    const tac_report_options report = {out, command, cli_clock_seconds(&clock)};
    st = st != TAC_OK ? st : tac_report_write_course(ctx, results, &report);
    if (st == TAC_OK && !a->is_quiet) {
        fputs(tac_ctx_message(ctx), stderr);
        printf("report  %s/report.html\ndata    trajectories.csv  run.json    %.2f s\n", out,
               report.seconds);
    }
    tac_results_free(results);
    return st;
}

int cmd_run_model(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "MODEL", DOC, NULL, NULL, NULL};
    arguments a = {.options = TAC_GENERAL_OPTIONS_INIT};
    char *command = cli_join_command(argc, argv);
    char name[] = "tactus run";

    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    a.options.sets = a.sets;
    tac_ctx *ctx = tac_ctx_create();
    char *out = a.out == NULL ? cli_default_out(a.path) : NULL;
    int code = CLI_COULD_NOT;
    if (ctx == NULL || command == NULL || (out == NULL && a.out == NULL)) {
        fputs("tactus: out of memory\n", stderr);
    } else {
        const tac_status st = run_model(ctx, &a, a.out != NULL ? a.out : out, command);
        code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    }
    free(out);
    free(command);
    tac_ctx_free(ctx);
    return code;
}
