/* SPDX-License-Identifier: Apache-2.0 */
/* What verbs share: the way from arguments to an exit code, the tolerance of the solver, where files go, the command as it was typed. */
#include "cli.h"

#include <tactus/tactus.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

error_t cli_parse_common(int key, char *text, cli_common *common)
{
    switch (key) {
    case 's': common->seed = cli_number("--seed", text, 0, 4294967295UL); return 0;
    case 'j': common->n_job = cli_number("--jobs", text, 1, 256); return 0;
    case 'o': common->out = text; return 0;
    case 'J': common->is_json = 1; return 0;
    case 'q': common->is_quiet = 1; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

double cli_tolerance(const char *text)
{
    char *end = NULL;
    const double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= 1e-10 && value <= 1e-2)) {
        fprintf(stderr, "tactus: --tolerance %s: a number from 1e-10 to 1e-2 is wanted\n", text);
        exit(CLI_WRONG_USAGE);
    }
    return value;
}

char *cli_default_out(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    const int n = (int)(dot == NULL || dot == name ? strlen(name) : (size_t)(dot - name));
    const size_t size = (size_t)n + 5;
    char *out = malloc(size);
    if (out != NULL) {
        snprintf(out, size, "out/%.*s", n, name);
    }
    return out;
}

char *cli_join_command(int argc, char **argv)
{
    size_t size = sizeof "tactus";
    for (int i = 0; i < argc; i++) {
        size += strlen(argv[i]) + 3;
    }
    char *command = malloc(size);
    if (command == NULL) {
        return NULL;
    }
    size_t n = (size_t)snprintf(command, size, "tactus");
    for (int i = 0; i < argc; i++) {
        const char *quote = strpbrk(argv[i], " \t'\"$&;|<>*?()") != NULL ? "'" : "";
        n += (size_t)snprintf(command + n, size - n, " %s%s%s", quote, argv[i], quote);
    }
    return command;
}

int cli_do(int argc, char **argv, const char *title, const struct argp *argp, void *arguments,
           cli_act *act)
{
    char name[64];
    char *verb = argv[0];
    char *command = cli_join_command(argc, argv);
    int code = CLI_COULD_NOT;

    snprintf(name, sizeof name, "%s", title);
    argv[0] = name; /* what argp calls the program in its messages */
    argp_err_exit_status = CLI_WRONG_USAGE;
    argp_parse(argp, argc, argv, 0, NULL, arguments);
    argv[0] = verb;

    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL || command == NULL) {
        fputs("tactus: out of memory\n", stderr);
    } else {
        const tac_status st = act(ctx, arguments, command);
        code = st == TAC_OK ? CLI_DONE : cli_say_failure(ctx, st);
    }
    free(command);
    tac_ctx_free(ctx);
    return code;
}

tac_status cli_put(char *text, int is_quiet, const char *footer)
{
    if (!is_quiet) {
        fputs(text, stdout);
        fputs(footer == NULL ? "" : footer, stdout);
    }
    tac_text_free(text);
    if (fflush(stdout) == 0) {
        return TAC_OK;
    }
    perror("tactus: standard output");
    return TAC_E_FILE;
}

void cli_check_out(const char *out)
{
    char path[4096];
    struct stat info;
    const char *why = NULL;
    snprintf(path, sizeof path, "%s", out);
    /* What is there of it, from the whole path upwards; "/" and "." always are. */
    while (stat(path, &info) != 0) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) {
            snprintf(path, sizeof path, ".");
        } else {
            slash[slash == path ? 1 : 0] = '\0';
        }
    }
    if (!S_ISDIR(info.st_mode)) {
        why = "a file is in its way";
    } else if (access(path, W_OK | X_OK) != 0) {
        why = strerror(errno);
    }
    if (why != NULL) {
        fprintf(stderr, "tactus: cannot write into the folder '%s': %s\n", out, why);
        exit(CLI_COULD_NOT);
    }
}
