/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model export and import: a model in another language. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>
#include <string.h>

static const char EXPORT_DOC[] =
    "Write a model as SBML Level 3 Version 2 or as Antimony.\v"
    "FILE is an Antimony or SBML model; a parameters.tsv beside it gives the numbers that it has not. "
    "Modules are joined (stress.crh becomes stress__crh); compartments, species, reactions, rules, "
    "start values, events, units, words and annotations are kept. SBML is held against libSBML's "
    "consistency check; its warnings are counted.\n\n"
    "With --scenario FILE is the body; its nominal person after the run-in is written, and the "
    "calendar of one arm as events, so that another simulator can run the scenario from time 0.\n\n"
    "Examples: tactus model export models/body.ant --out body.xml\n"
    "          tactus model export models/body.ant --scenario scenarios/office-worker.yaml --out week.xml\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong model.";

static const char IMPORT_DOC[] =
    "Write an SBML model as a text of Antimony, which people can read and change.\v"
    "FILE is an SBML model (or an Antimony one, whose modules are joined). What is read and what is "
    "refused: docs/models.md.\n\n"
    "Example: tactus model import model.xml --out model.ant\n\n"
    "Exit status: 0 done, 1 could not, 2 wrong usage or a wrong model.";

enum { OPTION_TO = 256, OPTION_UNITS, OPTION_SCENARIO, OPTION_ARM };

static const struct argp_option EXPORT_OPTIONS[] = {
    {"out", 'o', "FILE", 0, "where it goes (default: standard output)", 0},
    {"to", OPTION_TO, "FORMAT", 0,
     "sbml or antimony; by the ending of FILE (.xml, .ant), else sbml", 0},
    {"check-units", OPTION_UNITS, NULL, 0,
     "let libSBML check units too, which takes seconds for a body", 0},
    {"scenario", OPTION_SCENARIO, "SCENARIO", 0,
     "write the body of this person, with what happens to them as events", 0},
    {"arm", OPTION_ARM, "NAME", 0,
     "which programme of the scenario, or without; needed where it has several", 0},
    {0}};

static const struct argp_option IMPORT_OPTIONS[] = {{"out", 'o', "FILE", 0,
                                                     "where it goes (default: standard output)", 0},
                                                    {0}};

typedef struct arguments {
    const char *path;
    tac_export_options options;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'o': a->options.out = text; return 0;
    case OPTION_TO:
        if (strcmp(text, "sbml") != 0 && strcmp(text, "antimony") != 0) {
            argp_error(state, "'%s' is no format; there are: sbml antimony", text);
        }
        a->options.format = strcmp(text, "sbml") == 0 ? TAC_FORMAT_SBML : TAC_FORMAT_ANTIMONY;
        return 0;
    case OPTION_UNITS: a->options.with_units = 1; return 0;
    case OPTION_SCENARIO: a->options.scenario = text; return 0;
    case OPTION_ARM: a->options.arm = text; return 0;
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
        if (a->options.arm != NULL && a->options.scenario == NULL) {
            argp_error(state, "--arm is one of a scenario: --scenario FILE is wanted too");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/** libSBML  0 errors, 2 warnings (general 0, units 2) */
static void say_findings(const tac_export_findings *findings)
{
    size_t n_error = 0;
    size_t n_warning = 0;
    for (size_t k = 0; k < findings->n_kind; k++) {
        n_error += findings->kinds[k].n_error;
        n_warning += findings->kinds[k].n_warning;
    }
    fprintf(stderr, "libSBML %zu error%s, %zu warning%s (", n_error, n_error == 1 ? "" : "s",
            n_warning, n_warning == 1 ? "" : "s");
    for (size_t k = 0; k < findings->n_kind; k++) {
        fprintf(stderr, "%s%s %zu", k == 0 ? "" : ", ", findings->kinds[k].kind,
                findings->kinds[k].n_error + findings->kinds[k].n_warning);
    }
    fputs(")\n", stderr);
}

static int write_model(const arguments *a)
{
    char *text = NULL;
    tac_export_findings findings = {.n_kind = 0};
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return CLI_COULD_NOT;
    }
    const tac_status st = tac_general_export(ctx, a->path, &a->options,
                                             a->options.out == NULL ? &text : NULL, &findings);
    const int code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    if (st == TAC_OK) {
        fputs(tac_ctx_message(ctx), stderr);
    }
    if (text != NULL) {
        fputs(text, stdout);
    }
    if (findings.n_kind > 0) {
        say_findings(&findings);
    }
    tac_text_free(text);
    tac_ctx_free(ctx);
    return code;
}

int cmd_model_export(int argc, char **argv)
{
    static const struct argp ARGP = {EXPORT_OPTIONS, parse, "FILE", EXPORT_DOC, NULL, NULL, NULL};
    arguments a = {NULL, TAC_EXPORT_OPTIONS_INIT};
    char name[] = "tactus model export";
    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    return write_model(&a);
}

int cmd_model_import(int argc, char **argv)
{
    static const struct argp ARGP = {IMPORT_OPTIONS, parse, "FILE", IMPORT_DOC, NULL, NULL, NULL};
    arguments a = {NULL, TAC_EXPORT_OPTIONS_INIT};
    char name[] = "tactus model import";
    argv[0] = name;
    a.options.format = TAC_FORMAT_ANTIMONY;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    return write_model(&a);
}
