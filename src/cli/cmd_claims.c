/* SPDX-License-Identifier: Apache-2.0 */
/* tactus claims: what is said of massage, how far evidence and model bear it out, and what may be printed. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct claims_arguments {
    cli_common common;
    const char *ledger; /* NULL: out/ledger/ledger.json where it exists */
    unsigned long n_member;
} claims_arguments;

static const char DEFAULT_LEDGER[] = "out/ledger/ledger.json";

static const struct argp_option OPTIONS[] = {
    {"ledger", 'l', "FILE", 0,
     "what tactus validate wrote (default out/ledger/ledger.json, where it exists)", 0},
    {"members", 'm', "N", 0, "draws of what is not known (default 16)", 0},
    CLI_OPTION_SEED("numbers"),
    CLI_OPTION_JOBS,
    {"json", 'J', NULL, 0, "print JSON instead of text", 0},
    {0}};

static const char DOC[] =
    "Say for each of the claims about massage how strong its evidence is, what the studies of the ledger say, how "
    "large the model expects the effect of a typical programme to be, and one sentence that is true.\v"
    "Example: tactus claims --ledger out/ledger/ledger.json\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    claims_arguments *arguments = state->input;
    switch (key) {
    case 'l': arguments->ledger = text; return 0;
    case 'm': arguments->n_member = cli_number("--members", text, 2, 100000); return 0;
    case ARGP_KEY_ARG: argp_error(state, "'%s': no argument is wanted", text); return 0;
    default: return cli_parse_common(key, text, &arguments->common);
    }
}

/** The whole file as a text; NULL when it cannot be read. Free with free(). */
static char *read_text(const char *path)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t n = 0;
    size_t cap = 0;
    while (file != NULL && feof(file) == 0 && ferror(file) == 0) {
        char *more = n + 1 < cap ? text : realloc(text, cap = 2 * cap + 65536);
        if (more == NULL) {
            break;
        }
        text = more;
        n += fread(text + n, 1, cap - n - 1, file);
        text[n] = '\0';
    }
    if (file == NULL || ferror(file) != 0 || feof(file) == 0) {
        free(text);
        text = NULL;
    }
    if (file != NULL) {
        fclose(file);
    }
    return text;
}

/** The text of the ledger: what --ledger names, which must be there, else the usual one, which need not be. */
static char *ledger_text(const claims_arguments *arguments)
{
    const char *path = arguments->ledger == NULL ? DEFAULT_LEDGER : arguments->ledger;
    char *text = read_text(path);
    if (text == NULL && arguments->ledger != NULL) {
        fprintf(stderr, "tactus: %s: no ledger can be read there\n", path);
        exit(CLI_COULD_NOT);
    }
    if (text == NULL) {
        fputs("tactus: no ledger yet, so no verdicts of studies: tactus validate evidence\n",
              stderr);
    }
    return text;
}

static tac_status say_claims(tac_ctx *ctx, void *given, const char *command)
{
    const claims_arguments *arguments = given;
    cli_clock clock = cli_clock_start("lives");
    tac_body *body = NULL;
    tac_results *results = NULL;
    char *text = NULL;
    char *ledger = ledger_text(arguments);
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;

    (void)command;
    options.n_member = arguments->n_member;
    options.seed = arguments->common.seed;
    options.n_job = arguments->common.n_job;
    options.stop = cli_catch_signals();
    options.progress = cli_progress_line(0);
    options.progress_user = &clock;
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_claim_sizes(ctx, body, &options, &results);
    if (st == TAC_OK) {
        st = arguments->common.is_json ? tac_claims_json(ctx, results, ledger, &text)
                                       : tac_claims_text(ctx, results, ledger, &text);
    }
    st = st != TAC_OK ? st : cli_put(text, 0, NULL);
    free(ledger);
    tac_results_free(results);
    tac_body_free(body);
    return st;
}

int cmd_claims(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "", DOC, NULL, NULL, NULL};
    claims_arguments arguments = {.n_member = 16, .common = {.seed = 1}};
    return cli_do(argc, argv, "tactus claims", &ARGP, &arguments, say_claims);
}
