/* SPDX-License-Identifier: Apache-2.0 */
/* tactus model: what can be done with a model itself; one file for each of it. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} PARTS[] = {
    {"check", cmd_model_check, "units, sources, balances, and a year in which nothing drifts"},
    {"show", cmd_model_show, "equations with values, units and sources, as text or as a page"},
    {"export", cmd_model_export, "write it as SBML or Antimony"},
    {"import", cmd_model_import, "SBML as a text of Antimony"},
    {"diff", cmd_model_diff, "what differs between two models, by meaning"},
};

#define N_PART (sizeof PARTS / sizeof PARTS[0])

static void print_help(FILE *to)
{
    fputs("Look at a model itself.\n\nusage: tactus model WHAT [ARGUMENTS]\n\n", to);
    for (size_t i = 0; i < N_PART; i++) {
        fprintf(to, "  %-10s %s\n", PARTS[i].name, PARTS[i].what);
    }
    fputs("\n  tactus model WHAT --help   its options\n\nexample: tactus model check\n", to);
}

int cmd_model(int argc, char **argv)
{
    if (argc < 2) {
        print_help(stderr);
        return CLI_WRONG_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return CLI_DONE;
    }
    for (size_t i = 0; i < N_PART; i++) {
        if (strcmp(argv[1], PARTS[i].name) == 0) {
            return PARTS[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "tactus: 'model %s' is nothing; there is:", argv[1]);
    for (size_t i = 0; i < N_PART; i++) {
        fprintf(stderr, " %s", PARTS[i].name);
    }
    fputs("\n", stderr);
    return CLI_WRONG_USAGE;
}
