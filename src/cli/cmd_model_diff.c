/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model diff: two models by what they mean. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <stdio.h>

/* As diff has it: no difference, some, trouble. */
enum { SAME = 0, DIFFERENT = 1, TROUBLE = 2 };

static const char DOC[] =
    "Compare two models by what they mean and say in words what differs.\v"
    "A and B are Antimony or SBML models, one of each if you like. Compared are names (stress.crh is "
    "stress__crh, or what has that display name), units, values, rules and rates up to how they are "
    "written, reactions, and events whatever they are called. Comments, order and annotations do not "
    "count. Lines with < are those of A, with > those of B.\n\n"
    "Example: tactus model diff model.ant model.xml\n\n"
    "Exit status: 0 the same, 1 different, 2 trouble (wrong usage, a model that cannot be read).";

static const struct argp_option OPTIONS[] = {{"quiet", 'q', NULL, 0, "only the exit status", 0},
                                             {0}};

typedef struct arguments {
    const char *paths[2];
    size_t n_path;
    int is_quiet;
} arguments;

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'q': a->is_quiet = 1; return 0;
    case ARGP_KEY_ARG:
        if (a->n_path == 2) {
            argp_error(state, "two models at a time");
        }
        a->paths[a->n_path++] = text;
        return 0;
    case ARGP_KEY_END:
        if (a->n_path < 2) {
            argp_error(state, "two models are wanted");
        }
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int cmd_model_diff(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS, parse, "A B", DOC, NULL, NULL, NULL};
    arguments a = {{NULL, NULL}, 0, 0};
    char name[] = "tactus model diff";
    tac_results *results = NULL;
    char *text = NULL;
    size_t n = 0;

    argv[0] = name;
    argp_err_exit_status = TROUBLE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return TROUBLE;
    }
    tac_status st = tac_general_diff(ctx, a.paths[0], a.paths[1], &results);
    st = st != TAC_OK ? st : tac_report_diff_text(ctx, results, &n, &text);
    if (st != TAC_OK) {
        (void)cli_say_failure(ctx, st);
    } else if (!a.is_quiet) {
        fputs(text, stdout);
    }
    tac_text_free(text);
    tac_results_free(results);
    tac_ctx_free(ctx);
    return st != TAC_OK ? TROUBLE : n == 0 ? SAME : DIFFERENT;
}
