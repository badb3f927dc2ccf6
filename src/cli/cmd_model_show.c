/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model show: a model as equations with values, units and sources. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>

static const char DOC[] =
    "Show a model, or systems and names of it, as equations with values, units and sources.\v"
    "FILE is an Antimony or SBML model; a NAME is a system (an instance of the main model, such as "
    "stress) or something in it (stress.crh). Without one, a model of several systems is listed and "
    "any other shown whole. {r} stands for the parts of the body.\n\n"
    "Example: tactus model show models/body.ant stress\n"
    "         tactus model show models/body.ant --html body.html\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong model.";

enum { OPTION_HTML = 256, MAX_NAMES = 256 };

static const struct argp_option OPTIONS[] = {
    {"html", OPTION_HTML, "FILE", 0,
     "write a page with formulae instead (one file that loads nothing)", 0},
    {0}};

typedef struct arguments {
    const char *path;
    const char *names[MAX_NAMES];
    size_t n_name;
    const char *html;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case OPTION_HTML: a->html = text; return 0;
    case ARGP_KEY_ARG:
        if (a->path == NULL) {
            a->path = text;
        } else if (a->n_name == MAX_NAMES) {
            argp_error(state, "more than %d names", MAX_NAMES);
        } else {
            a->names[a->n_name++] = text;
        }
        return 0;
    case ARGP_KEY_END:
        if (a->path == NULL) {
            argp_error(state, "a model is wanted, such as models/body.ant");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static tac_status show(tac_ctx *ctx, const arguments *a)
{
    tac_results *results = NULL;
    char *text = NULL;
    tac_status st = tac_general_show(ctx, a->path, a->n_name, a->names, a->html != NULL, &results);
    if (st == TAC_OK && a->html != NULL) {
        st = tac_report_show_html(ctx, results, a->html);
    } else if (st == TAC_OK) {
        st = tac_report_show_text(ctx, results, &text);
    }
    if (text != NULL) {
        fputs(text, stdout);
    }
    tac_text_free(text);
    tac_results_free(results);
    return st;
}

int cmd_model_show(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "FILE [NAME...]", DOC, NULL, NULL, NULL};
    static arguments a; /* large */
    char name[] = "tactus model show";
    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return CLI_COULD_NOT;
    }
    const tac_status st = show(ctx, &a);
    const int code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    tac_ctx_free(ctx);
    return code;
}
