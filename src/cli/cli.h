/* SPDX-License-Identifier: Apache-2.0 */
/* The verbs of the program: one file each, listed once in main.c. */
#ifndef TAC_CLI_CLI_H
#define TAC_CLI_CLI_H

#include <tactus/base.h>

#include <argp.h>
#include <stddef.h>

/* Exit codes. */
enum { CLI_DONE = 0, CLI_COULD_NOT = 1, CLI_WRONG_USAGE = 2 };

/* Options that verbs share, word for word; `what` is what the same seed gives again. */
#define CLI_OPTION_SEED(what)                                                          \
    {                                                                                  \
        "seed", 's', "N", 0, "seed of the draws (default 1); same seed, same " what, 0 \
    }
#define CLI_OPTION_JOBS                                                                    \
    {                                                                                      \
        "jobs", 'j', "N", 0,                                                               \
            "threads (default: as many as processors); the numbers do not depend on it", 0 \
    }
#define CLI_OPTION_QUIET                                     \
    {                                                        \
        "quiet", 'q', NULL, 0, "print nothing but errors", 0 \
    }

/* What these options and --out and --json set. */
typedef struct cli_common {
    const char *out;
    unsigned long seed;
    unsigned long n_job;
    int is_quiet;
    int is_json;
} cli_common;

/** Keep an option that verbs share; what is none of them is ARGP_ERR_UNKNOWN. */
error_t cli_parse_common(int key, char *text, cli_common *common);

/** argv[0] is the verb; returns the exit code. */
int cmd_run(int argc, char **argv);
int cmd_cohort(int argc, char **argv);
int cmd_validate(int argc, char **argv);
int cmd_run_model(int argc, char **argv);
int cmd_fit(int argc, char **argv);
int cmd_claims(int argc, char **argv);
int cmd_sources(int argc, char **argv);
int cmd_model(int argc, char **argv);

/** What `tactus model` can do; argv[0] is the word behind model. */
int cmd_model_check(int argc, char **argv);
int cmd_model_show(int argc, char **argv);
int cmd_model_export(int argc, char **argv);
int cmd_model_import(int argc, char **argv);
int cmd_model_diff(int argc, char **argv);

/** 1 when an argument names a model (.xml, .sbml, .ant) rather than a scenario. */
int cli_is_model(int argc, char **argv);

/** out/NAME of a path without folder and ending, and the command as it can be typed again; free() them. */
char *cli_default_out(const char *path);
char *cli_join_command(int argc, char **argv);

/** From now on SIGINT and SIGTERM set the number that is returned, and nothing else. */
const volatile int *cli_catch_signals(void);

/** When something began, and its present round, for the line of progress. */
typedef struct cli_clock {
    const char *what; /* is counted */
    double start_s;
    double round_s;
} cli_clock;

cli_clock cli_clock_start(const char *what);
double cli_clock_seconds(const cli_clock *clock);

/** What shows progress, given a cli_clock: one line that is written over, with the time left. */
typedef void cli_progress(void *user, size_t n_done, size_t n_total);

/** NULL where nothing is to be shown: `is_quiet`, or standard error is no terminal. */
cli_progress *cli_progress_line(int is_quiet);

/** End the program with CLI_COULD_NOT and a message when the folder could not be made or written, before minutes are spent. */
void cli_check_out(const char *out);

/** What a verb does once its arguments are read; `command` is the line as it was typed. */
typedef tac_status cli_act(tac_ctx *ctx, void *arguments, const char *command);

/** Read the arguments (ends the program on wrong usage), act, say what failed; the exit code. `title` is "tactus VERB". */
int cli_do(int argc, char **argv, const char *title, const struct argp *argp, void *arguments,
           cli_act *act);

/**
 * Put a text on standard output unless `is_quiet`, and behind it `footer` unless it is NULL; frees the text.
 * Errors  TAC_E_FILE  standard output did not take it all, which is said
 */
tac_status cli_put(char *text, int is_quiet, const char *footer);

/** Read --tolerance; ends the program with CLI_WRONG_USAGE and a message when it is none. */
double cli_tolerance(const char *text);

/** Print what the context has to say on stderr; the exit code that belongs to the status. */
int cli_say_failure(const tac_ctx *ctx, tac_status status);

/** Read a whole number of an option; ends the program with CLI_WRONG_USAGE and a message when it is none. */
unsigned long cli_number(const char *option, const char *text, unsigned long low,
                         unsigned long high);

#endif
