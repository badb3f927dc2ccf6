/* SPDX-License-Identifier: Apache-2.0 */
/* What verbs that take minutes share: the line of progress, and a signal that ends them in good order. */
#include "cli.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The one thing that a signal may touch. */
static volatile int is_interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    is_interrupted = 1;
}

const volatile int *cli_catch_signals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = interrupt;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &is_interrupted;
}

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

cli_clock cli_clock_start(const char *what)
{
    return (cli_clock){what, now_s(), now_s()};
}

double cli_clock_seconds(const cli_clock *clock)
{
    return now_s() - clock->start_s;
}

static void show_progress(void *user, size_t n_done, size_t n_total)
{
    cli_clock *clock = user;
    clock->round_s = n_done == 1 ? now_s() : clock->round_s;
    const double left_s = (now_s() - clock->round_s) * (double)(n_total - n_done) / (double)n_done;
    fprintf(stderr, "\r%zu of %zu %s, %.0f s left   ", n_done, n_total, clock->what, ceil(left_s));
    if (n_done == n_total) {
        fputs("\r                                                          \r", stderr);
    }
    fflush(stderr);
}

cli_progress *cli_progress_line(int is_quiet)
{
    return is_quiet || !isatty(STDERR_FILENO) ? NULL : show_progress;
}
