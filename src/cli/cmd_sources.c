/* SPDX-License-Identifier: Apache-2.0 */
/* tactus sources: value, unit, range, basis and reference of the parameters of the body and of one lymph vessel. */
#include "cli.h"

#include <tactus/tactus.h>

#include <argp.h>
#include <fnmatch.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Say where a number of the body comes from.\v"
    "NAME is a parameter such as touch.p50_calm, or a pattern such as 'stress.*' (or "
    "'lymphangion-chain.*' for one lymph vessel under a hand); without NAME all parameters are "
    "listed, a line each.\n\n"
    "Example: tactus sources 'touch.*'\n\n"
    "Exit status: 0 done, 1 no such parameter, 2 wrong usage.";

static error_t parse(int key, char *text, struct argp_state *state)
{
    const char **pattern = state->input;
    if (key == ARGP_KEY_ARG) {
        if (*pattern != NULL) {
            argp_error(state, "one name or pattern at a time; quote a pattern: 'stress.*'");
        }
        *pattern = text;
        return 0;
    }
    return ARGP_ERR_UNKNOWN;
}

/** The lines of the references behind comma-separated keys. */
static void print_references(const tac_body *body, const char *keys)
{
    while (*keys != '\0') {
        char key[128];
        const size_t n = strcspn(keys, ", ");
        if (n > 0 && n < sizeof key) {
            memcpy(key, keys, n);
            key[n] = '\0';
            const char *line = tac_body_reference(body, key);
            printf("  source   %s\n", line == NULL ? key : line);
        }
        keys += n + strspn(keys + n, ", ");
    }
}

static void print_whole(const tac_body *body, const char *name, const tac_parameter_info *p)
{
    printf("%s\n  value    %.6g %s\n", name, p->value, p->unit);
    if (isfinite(p->low)) {
        printf("  range    %.6g to %.6g %s (95 %% range of what is not known)\n", p->low, p->high,
               p->unit);
    } else {
        printf("  range    none: exact, or a convention\n");
    }
    if (isfinite(p->spread)) {
        printf("  spread   %.3g between people (coefficient of variation)\n", p->spread);
    }
    printf("  basis    %s\n", p->basis);
    print_references(body, p->source);
    if (p->note[0] != '\0') {
        printf("  note     %s\n", p->note);
    }
}

static void print_line(const char *name, const tac_parameter_info *p)
{
    printf("%-38s %12.6g %-12s %s\n", name, p->value, p->unit, p->basis);
}

/* A parameter of the body, or of one lymph vessel with the name of its model in front. */
typedef struct parameter {
    char name[160];
    tac_parameter_info info;
} parameter;

static size_t n_parameter(const tac_body *body)
{
    return tac_body_n_parameter(body) + tac_vessel_n_parameter();
}

static parameter parameter_at(const tac_body *body, size_t i)
{
    const size_t n_body = tac_body_n_parameter(body);
    parameter p = {.info =
                       i < n_body ? tac_body_parameter(body, i) : tac_vessel_parameter(i - n_body)};
    snprintf(p.name, sizeof p.name, "%s%s", i < n_body ? "" : "lymphangion-chain.", p.info.id);
    return p;
}

/** Length of what two names share at their beginning and at their end, over each other at most once. */
static size_t n_shared(const char *a, const char *b)
{
    const size_t n_a = strlen(a);
    const size_t n_b = strlen(b);
    const size_t least = n_a < n_b ? n_a : n_b;
    size_t n = 0;
    size_t m = 0;
    while (n < least && a[n] == b[n]) {
        n++;
    }
    while (m < least - n && a[n_a - 1 - m] == b[n_b - 1 - m]) {
        m++;
    }
    return n + m;
}

/** What the name could be instead: a variable, or parameters that hold it as a part or differ by two letters. */
static void say_unknown(const tac_body *body, const char *pattern)
{
    static const size_t MOST = 12;
    size_t n_said = 0;
    fprintf(stderr, "tactus: no parameter '%s'\n", pattern);
    for (size_t i = 0; i < tac_body_n_variable(body); i++) {
        const tac_variable_info v = tac_body_variable(body, i);
        if (strcmp(v.id, pattern) == 0) {
            fprintf(stderr,
                    "it is a variable (%s%s%s), computed from the parameters of its module\n",
                    v.unit, v.note[0] == '\0' ? "" : ": ", v.note);
            return;
        }
    }
    for (size_t i = 0; i < n_parameter(body) && n_said < MOST; i++) {
        const parameter p = parameter_at(body, i);
        const size_t n = strlen(p.name);
        const size_t n_longer = n > strlen(pattern) ? n : strlen(pattern);
        const bool is_near = n_shared(p.name, pattern) + 2 >= n_longer;
        if (pattern[0] != '\0' && (is_near || strstr(p.name, pattern) != NULL)) {
            fprintf(stderr, "  perhaps %s\n", p.name);
            n_said++;
        }
    }
    fputs("'tactus sources' lists them all\n", stderr);
}

/** Print all matches; long when there are few. */
static int print_matches(const tac_body *body, const char *pattern)
{
    size_t n_match = 0;
    const char *glob = pattern == NULL ? "*" : pattern;
    for (size_t i = 0; i < n_parameter(body); i++) {
        n_match += fnmatch(glob, parameter_at(body, i).name, 0) == 0 ? 1 : 0;
    }
    if (n_match == 0) {
        say_unknown(body, glob);
        return CLI_COULD_NOT;
    }
    for (size_t i = 0; i < n_parameter(body); i++) {
        const parameter p = parameter_at(body, i);
        if (fnmatch(glob, p.name, 0) != 0) {
            continue;
        }
        if (pattern == NULL) {
            print_line(p.name, &p.info);
        } else {
            print_whole(body, p.name, &p.info);
        }
    }
    return CLI_DONE;
}

int cmd_sources(int argc, char **argv)
{
    static const struct argp ARGP = {NULL, parse, "[NAME]", DOC, NULL, NULL, NULL};
    const char *pattern = NULL;
    tac_body *body = NULL;
    char name[] = "tactus sources";

    argv[0] = name;
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(&ARGP, argc, argv, 0, NULL, &pattern);

    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("tactus: out of memory\n", stderr);
        return CLI_COULD_NOT;
    }
    const tac_status st = tac_body_open(ctx, &body);
    const int code = st == TAC_OK ? print_matches(body, pattern) : cli_say_failure(ctx, st);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return code;
}
