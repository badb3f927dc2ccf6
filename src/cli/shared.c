/* SPDX-License-Identifier: Apache-2.0 */
/* What verbs share: the tolerance of the solver, where files go, the command as it was typed. */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
