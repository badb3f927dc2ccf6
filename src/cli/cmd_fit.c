/* SPDX-License-Identifier: Apache-2.0 */
/* tactus fit: a few parameters from published studies, families whole or not at all. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>

enum { MAX_WORDS = 64, KEY_LEAVE_OUT = 1000, KEY_WRITE };

/* Words of an option that may be given several times. */
typedef struct words {
    const char *items[MAX_WORDS];
    size_t n;
} words;

typedef struct fit_arguments {
    cli_common common;
    const char *evidence;
    words free;
    words families;
    words left_out;
    unsigned long n_people;
    unsigned long n_repeat;
    int writes;
} fit_arguments;

static const char TABLE[] = "models/parameters.tsv";

static const struct argp_option OPTIONS[] = {
    {"evidence", 'e', "DIR", 0, "the studies, in folders or not; must be given", 0},
    {"free", 'f', "NAME", 0,
     "a parameter to estimate, or a pattern of names; may be repeated; must be given", 0},
    {"family", 'F', "NAME", 0,
     "use this family of studies; may be repeated (default: all that depend on what is free)", 0},
    {"leave-out", KEY_LEAVE_OUT, "NAME", 0, "do not use this family; may be repeated", 0},
    {"people", 'm', "N", 0, "virtual people of each study, a multiple of 16 (default 16)", 0},
    {"repeat", 'r', "N", 0, "repetitions of each study at its own size (default 200)", 0},
    CLI_OPTION_SEED("numbers"),
    CLI_OPTION_JOBS,
    {"out", 'o', "DIR", 0, "where fit.json and parameters.tsv go (default out/fit)", 0},
    {"write", KEY_WRITE, NULL, 0, "also change models/parameters.tsv in place", 0},
    {"json", 'J', NULL, 0, "print the fit as JSON instead of a table", 0},
    CLI_OPTION_QUIET,
    {0}};

static const char DOC[] =
    "Estimate a few parameters of the body from published studies (docs/calibration.md).\v"
    "The prior of a parameter is its range in models/parameters.tsv. A family of studies (models/families.tsv) is used "
    "whole or not at all, and is no test of the body afterwards. Writes fit.json and a copy of parameters.tsv with what "
    "was found.\n\n"
    "Example: tactus fit --evidence evidence --free 'stress.relax_*' --family MEI20\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong study.";

static void add_word(struct argp_state *state, words *list, const char *word)
{
    if (list->n == MAX_WORDS) {
        argp_error(state, "too many words: '%s'", word);
    }
    list->items[list->n++] = word;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    fit_arguments *arguments = state->input;
    switch (key) {
    case 'e': arguments->evidence = text; return 0;
    case 'f': add_word(state, &arguments->free, text); return 0;
    case 'F': add_word(state, &arguments->families, text); return 0;
    case KEY_LEAVE_OUT: add_word(state, &arguments->left_out, text); return 0;
    case 'm': arguments->n_people = cli_number("--people", text, 16, 4096); return 0;
    case 'r': arguments->n_repeat = cli_number("--repeat", text, 20, 100000); return 0;
    case KEY_WRITE: arguments->writes = 1; return 0;
    case ARGP_KEY_ARG: argp_error(state, "'%s': no argument is wanted", text); return 0;
    case ARGP_KEY_END:
        if (arguments->evidence == NULL || arguments->free.n == 0) {
            argp_error(state,
                       "--evidence DIR and --free NAME are wanted, such as --evidence evidence "
                       "--free 'stress.relax_*'");
        }
        return 0;
    default: return cli_parse_common(key, text, &arguments->common);
    }
}

static tac_status print_results(tac_ctx *ctx, const tac_results *results,
                                const fit_arguments *arguments, double seconds)
{
    char *text = NULL;
    char footer[4400];
    const tac_status st = arguments->common.is_json ? tac_fit_json(ctx, results, seconds, &text)
                                                    : tac_fit_text(ctx, results, &text);
    snprintf(footer, sizeof footer, "\ndata  %s/fit.json  parameters.tsv    %.0f s\n",
             arguments->common.out, seconds);
    return st != TAC_OK ? st
                        : cli_put(text, arguments->common.is_quiet,
                                  arguments->common.is_json ? NULL : footer);
}

static tac_status fit(tac_ctx *ctx, void *given, const char *command)
{
    const fit_arguments *arguments = given;
    cli_clock clock = cli_clock_start("lives of this evaluation");
    tac_body *body = NULL;
    tac_results *results = NULL;
    tac_fit_options options = TAC_FIT_OPTIONS_INIT;

    options.free = arguments->free.items;
    options.n_free = arguments->free.n;
    options.families = arguments->families.items;
    options.n_family = arguments->families.n;
    options.left_out = arguments->left_out.items;
    options.n_left_out = arguments->left_out.n;
    options.n_people = arguments->n_people;
    options.n_repeat = arguments->n_repeat;
    options.seed = arguments->common.seed;
    options.n_job = arguments->common.n_job;
    options.stop = cli_catch_signals();
    options.progress = cli_progress_line(arguments->common.is_quiet);
    options.progress_user = &clock;
    cli_check_out(arguments->common.out);
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_fit(ctx, body, arguments->evidence, &options, &results);
    const tac_report_options report = {arguments->common.out, command, cli_clock_seconds(&clock)};
    st = st != TAC_OK ? st : tac_fit_write(ctx, results, &report);
    st = st != TAC_OK ? st : print_results(ctx, results, arguments, report.seconds);
    st = st == TAC_OK && arguments->writes ? tac_fit_update(ctx, results, TABLE) : st;
    tac_results_free(results);
    tac_body_free(body);
    return st;
}

int cmd_fit(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "", DOC, NULL, NULL, NULL};
    fit_arguments arguments = {.n_people = 16,
                               .n_repeat = 200,
                               .common = {.seed = 1, .out = "out/fit"}};
    return cli_do(argc, argv, "tactus fit", &ARGP, &arguments, fit);
}
