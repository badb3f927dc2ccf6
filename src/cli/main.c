/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the verb and hands over to it. */
#include "cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *what;
} VERBS[] = {
    {"run", cmd_run, "a person's life with and without massage; or any model"},
    {"cohort", cmd_cohort, "many virtual people living a scenario"},
    {"validate", cmd_validate, "published studies, simulated as they were run: the ledger"},
    {"fit", cmd_fit, "estimate a few parameters of the body from published studies"},
    {"claims", cmd_claims, "what is said of massage, and what may be printed without lying"},
    {"sources", cmd_sources, "say where a number of the body comes from"},
    {"model", cmd_model, "check, show, compare, import or export a model"},
};

#define N_VERB (sizeof VERBS / sizeof VERBS[0])

static void print_help(FILE *to)
{
    fputs("tactus: what a massage does to a person, simulated\n\n"
          "usage: tactus VERB [ARGUMENTS]\n\n",
          to);
    for (size_t i = 0; i < N_VERB; i++) {
        fprintf(to, "  %-10s %s\n", VERBS[i].name, VERBS[i].what);
    }
    fputs("\n  tactus VERB --help   the options of a verb, with defaults and an example\n"
          "  tactus --version     the version\n\n"
          "example: tactus run scenarios/office-worker.yaml\n",
          to);
}

int cli_say_failure(const tac_ctx *ctx, tac_status status)
{
    fflush(stdout);
    fputs(tac_ctx_message(ctx), stderr);
    if (tac_ctx_n_error(ctx) == 0) {
        fprintf(stderr, "tactus: %s\n", tac_status_text(status));
    }
    return status == TAC_E_INPUT || status == TAC_E_SYNTAX || status == TAC_E_ARG ? CLI_WRONG_USAGE
                                                                                  : CLI_COULD_NOT;
}

unsigned long cli_number(const char *option, const char *text, unsigned long low,
                         unsigned long high)
{
    char *end = NULL;
    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || strchr(text, '-') != NULL || value < low
        || value > high) {
        fprintf(stderr, "tactus: %s %s: a whole number from %lu to %lu is wanted\n", option, text,
                low, high);
        exit(CLI_WRONG_USAGE);
    }
    return value;
}

/** What was said counts only when it has arrived: a full disk behind standard output is a failure. */
static int checked(int code)
{
    const int is_lost = fflush(stdout) != 0 || ferror(stdout) != 0;
    if (is_lost && code == CLI_DONE) {
        perror("tactus: standard output");
        return CLI_COULD_NOT;
    }
    return code;
}

int main(int argc, char **argv)
{
    signal(SIGXFSZ,
           SIG_IGN); /* a file that grows too large is a failed write, which is cleaned up */
    if (argc < 2) {
        print_help(stderr);
        return CLI_WRONG_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0
        || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return checked(CLI_DONE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("tactus %s\n", tac_version());
        return checked(CLI_DONE);
    }
    for (size_t i = 0; i < N_VERB; i++) {
        if (strcmp(argv[1], VERBS[i].name) == 0) {
            return checked(VERBS[i].run(argc - 1, argv + 1));
        }
    }
    fprintf(stderr, "tactus: no verb '%s'; there are:", argv[1]);
    for (size_t i = 0; i < N_VERB; i++) {
        fprintf(stderr, " %s", VERBS[i].name);
    }
    fputs("\n", stderr);
    return CLI_WRONG_USAGE;
}
