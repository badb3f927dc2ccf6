/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model check: does a body hold together? */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char DOC[] =
    "Check a model: units, unused names; of a body also sources, what must add up, what drifts.\v"
    "FILE is an Antimony model with parameters.tsv, possible.tsv and balances.tsv beside it; without "
    "FILE the body that is built in. The reference man lives everyday life without events; each row "
    "of balances.tsv is watched, and daily means of the last day are held against the first. Names of "
    "FILE that no equation uses are listed.\n\n"
    "Of any other model (SBML, or Antimony without balances.tsv beside it) the units are checked as far "
    "as they are given; names that nothing uses are listed, and constants of which only the product, "
    "ratio, sum or difference shows, so that no data can tell them apart.\n\n"
    "Examples: tactus model check models/body.ant --days 30\n"
    "          tactus model check model.xml\n\n"
    "Exit status: 0 sound, 1 not sound or not readable, 2 wrong usage.";

enum { OPTION_JSON = 256, OPTION_PARAMETERS };

static const struct argp_option OPTIONS[] = {{"days", 'd', "N", 0,
                                              "days of everyday life (default 365)", 0},
                                             {"json", OPTION_JSON, NULL, 0, "print JSON", 0},
                                             {"parameters", OPTION_PARAMETERS, NULL, 0,
                                              "list every number with unit, 95 % range, basis and "
                                              "source instead, and simulate nothing",
                                              0},
                                             {"quiet", 'q', NULL, 0, "no progress", 0},
                                             {0}};

typedef struct arguments {
    const char *path;
    long n_day;
    int is_json;
    int is_list; /* of parameters, instead of the check */
    int is_quiet;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'd': a->n_day = (long)cli_number("--days", text, 2, 3660); return 0;
    case OPTION_JSON: a->is_json = 1; return 0;
    case OPTION_PARAMETERS: a->is_list = 1; return 0;
    case 'q': a->is_quiet = 1; return 0;
    case ARGP_KEY_ARG:
        if (a->path != NULL) {
            argp_error(state, "one model at a time");
        }
        a->path = text;
        return 0;
    case ARGP_KEY_END:
        if (a->is_list && a->is_json) {
            argp_error(state, "--parameters prints a table, --json is for the check");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static void show_progress(void *user, size_t n_done, size_t n_total)
{
    (void)user;
    fprintf(stderr, "\r%zu of %zu days%s", n_done, n_total, n_done == n_total ? "\n" : "");
}

/** The longest of the ids or of the units, for a table whose columns stand in line. */
static int widest(const tac_body *body, int is_unit)
{
    size_t width = 4;
    for (size_t i = 0; i < tac_body_n_parameter(body); i++) {
        const tac_parameter_info p = tac_body_parameter(body, i);
        const size_t n = strlen(is_unit ? p.unit : p.id);
        width = n > width ? n : width;
    }
    return (int)width;
}

static void list_parameters(const tac_body *body)
{
    const int id = widest(body, 0);
    const int unit = widest(body, 1);
    printf("%-*s %12s %-*s %12s %12s %-8s %s\n", id, "name", "value", unit, "unit", "low", "high",
           "basis", "source");
    for (size_t i = 0; i < tac_body_n_parameter(body); i++) {
        const tac_parameter_info p = tac_body_parameter(body, i);
        char low[32] = "-";
        char high[32] = "-";
        if (isfinite(p.low) && isfinite(p.high)) {
            snprintf(low, sizeof low, "%.6g", p.low);
            snprintf(high, sizeof high, "%.6g", p.high);
        }
        printf("%-*s %12.6g %-*s %12s %12s %-8s %s\n", id, p.id, p.value, unit, p.unit, low, high,
               p.basis, p.source[0] == '\0' ? "-" : p.source);
    }
}

/** Open, check, print; *is_sound_out is 0 where something fails. */
static tac_status check(tac_ctx *ctx, const arguments *a, int *is_sound_out)
{
    tac_rest_options options = TAC_REST_OPTIONS_INIT;
    tac_body *body = NULL;
    tac_results *results = NULL;
    char *text = NULL;
    char *json = NULL;

    options.n_day = a->n_day;
    options.progress = a->is_quiet || !isatty(STDERR_FILENO) ? NULL : show_progress;
    tac_status st =
        a->path == NULL ? tac_body_open(ctx, &body) : tac_body_read(ctx, a->path, &body);
    if (st == TAC_OK && a->is_list) {
        list_parameters(body);
        *is_sound_out = 1;
        tac_body_free(body);
        return TAC_OK;
    }
    st = st != TAC_OK ? st : tac_check_rest(ctx, body, &options, &results);
    st = st != TAC_OK ? st : tac_report_check_text(ctx, results, is_sound_out, &text);
    if (st == TAC_OK && a->is_json) {
        st = tac_report_check_json(ctx, results, &json);
    }
    if (st == TAC_OK) {
        fputs(a->is_json ? json : text, stdout);
    }
    tac_text_free(json);
    tac_text_free(text);
    tac_results_free(results);
    tac_body_free(body);
    return st;
}

/** SBML, or a text without a body's tables beside it. */
static int is_general(const char *path)
{
    char beside[4096];
    const char *dot = path == NULL ? NULL : strrchr(path, '.');
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    const int n_folder = slash == NULL ? 0 : (int)(slash - path) + 1;
    if (path == NULL) {
        return 0;
    }
    if (dot != NULL && (strcmp(dot, ".xml") == 0 || strcmp(dot, ".sbml") == 0)) {
        return 1;
    }
    const int n = snprintf(beside, sizeof beside, "%.*sbalances.tsv", n_folder, path);
    return n > 0 && n < (int)sizeof beside && access(beside, R_OK) != 0 && access(path, R_OK) == 0;
}

/** A model that is no body: nothing is simulated. */
static tac_status check_general(tac_ctx *ctx, const arguments *a, int *is_sound_out)
{
    tac_results *results = NULL;
    char *text = NULL;
    char *json = NULL;
    tac_status st = tac_general_check(ctx, a->path, &results);
    st = st != TAC_OK ? st : tac_report_general_check_text(ctx, results, is_sound_out, &text);
    if (st == TAC_OK && a->is_json) {
        st = tac_report_general_check_json(ctx, results, &json);
    }
    if (st == TAC_OK) {
        fputs(a->is_json ? json : text, stdout);
    }
    tac_text_free(json);
    tac_text_free(text);
    tac_results_free(results);
    return st;
}

int cmd_model_check(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "[FILE]", DOC, NULL, NULL, NULL};
    arguments a = {.n_day = 365};
    char name[] = "tactus model check";
    int is_sound = 0;

    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return CLI_COULD_NOT;
    }
    const tac_status st = is_general(a.path) && !a.is_list ? check_general(ctx, &a, &is_sound)
                                                           : check(ctx, &a, &is_sound);
    if (st != TAC_OK) {
        (void)cli_say_failure(ctx, st);
    }
    tac_ctx_free(ctx);
    return st == TAC_OK && is_sound ? CLI_DONE : CLI_COULD_NOT;
}
