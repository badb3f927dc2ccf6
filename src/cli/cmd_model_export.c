/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model export: a model as SBML. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>

static const char DOC[] =
    "Write a model as SBML Level 3 Version 2, checked by libSBML.\v"
    "FILE is an Antimony or SBML model; a parameters.tsv beside it gives the numbers that it has not. "
    "Modules are joined and reactions become rates of change; units, words, start values and events "
    "are kept.\n\n"
    "Example: tactus model export models/body.ant --out body.xml\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong model.";

static const struct argp_option OPTIONS[] = {{"out", 'o', "FILE", 0,
                                              "where it goes; standard output", 0},
                                             {0}};

typedef struct arguments {
    const char *path;
    const char *out;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'o': a->out = text; return 0;
    case ARGP_KEY_ARG:
        if (a->path != NULL) {
            argp_error(state, "one model at a time");
        }
        a->path = text;
        return 0;
    case ARGP_KEY_END:
        if (a->path == NULL) {
            argp_error(state, "a model is wanted, such as models/body.ant");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int cmd_model_export(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "FILE", DOC, NULL, NULL, NULL};
    arguments a = {NULL, NULL};
    char name[] = "tactus model export";
    char *xml = NULL;

    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return CLI_COULD_NOT;
    }
    const tac_status st = tac_general_export(ctx, a.path, a.out, a.out == NULL ? &xml : NULL);
    const int code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    if (xml != NULL) {
        fputs(xml, stdout);
    }
    tac_text_free(xml);
    tac_ctx_free(ctx);
    return code;
}
