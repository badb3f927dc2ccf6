/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs the cases of an SBML Test Suite folder and compares every value:
 *
 *   conformance SUITE [CASE...] [-j N] [-v] [--round-trip]
 *
 * With --round-trip each model is first written as Antimony, read, written as SBML and read.
 *
 * A case passes when |got - expected| <= absolute + relative |expected| for each value that its settings ask for.
 * Each case has a process of its own, so that one that breaks or never ends does not take the others along.
 */
#include "case.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_CASES = 4000, MAX_TAGS = 4000, MAX_JOBS = 64 };

static const unsigned SECONDS_PER_CASE = 60;

typedef struct result {
    char id[32];
    tac_case_verdict verdict;
    char reason[200];
    char tags[1000]; /* ";tag;tag;" */
} result;

typedef struct worker {
    pid_t pid;
    int pipe;
    size_t i; /* of its case */
} worker;

typedef struct suite {
    const char *folder;
    result *results; /* [n] */
    size_t n;
    worker workers[MAX_JOBS];
    size_t n_busy;
    size_t n_job;
    bool is_verbose;
    bool is_round_trip;
} suite;

static const char *const VERDICTS[] = {"passed", "failed", "unsupported"};

static void begin(suite *s, size_t i)
{
    int ends[2];
    fflush(stdout);
    if (pipe(ends) != 0) {
        perror("pipe");
        exit(1);
    }
    const pid_t pid = fork();
    if (pid < 0) {
        perror("fork");
        exit(1);
    }
    if (pid == 0) {
        char reason[200] = "";
        alarm(SECONDS_PER_CASE);
        const tac_case_verdict verdict =
            tac_case_run(s->folder, s->results[i].id, s->is_round_trip, reason, sizeof reason);
        const char letter = (char)('0' + (int)verdict);
        const bool is_told =
            write(ends[1], &letter, 1) == 1 && write(ends[1], reason, strlen(reason)) >= 0;
        _exit(is_told ? 0 : 1);
    }
    close(ends[1]);
    s->workers[s->n_busy++] = (worker){pid, ends[0], i};
}

static void end(suite *s, size_t k)
{
    char text[201];
    int status = 0;
    result *r = &s->results[s->workers[k].i];
    size_t n = 0;
    ssize_t got = 0;
    while ((got = read(s->workers[k].pipe, text + n, sizeof text - 1 - n)) > 0) {
        n += (size_t)got;
    }
    text[n] = '\0';
    close(s->workers[k].pipe);
    waitpid(s->workers[k].pid, &status, 0);
    r->verdict = TAC_CASE_FAILED;
    if (n > 0 && WIFEXITED(status)) {
        r->verdict = (tac_case_verdict)(text[0] - '0');
        memcpy(r->reason, text + 1, n);
    } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM) {
        snprintf(r->reason, sizeof r->reason, "no result after %u s", SECONDS_PER_CASE);
    } else {
        snprintf(r->reason, sizeof r->reason, "the program broke off");
    }
    if (s->is_verbose || (r->verdict == TAC_CASE_FAILED)) {
        printf("%s  %-11s %s\n", r->id, VERDICTS[r->verdict], r->reason);
    }
    s->workers[k] = s->workers[--s->n_busy];
}

static int compare_results(const void *a, const void *b)
{
    return strcmp(((const result *)a)->id, ((const result *)b)->id);
}

/** Every folder of the suite is a case. */
static void find_cases(suite *s)
{
    DIR *dir = opendir(s->folder);
    if (dir == NULL) {
        perror(s->folder);
        exit(1);
    }
    for (const struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_name[0] != '.' && strlen(e->d_name) < sizeof s->results[0].id
            && s->n < MAX_CASES) {
            strcpy(s->results[s->n++].id, e->d_name);
        }
    }
    closedir(dir);
    qsort(s->results, s->n, sizeof *s->results, compare_results);
}

/** One row of the table: what a tag's cases came to. */
static void print_row(const suite *s, const char *tag)
{
    size_t n[3] = {0};
    char mark[120];
    snprintf(mark, sizeof mark, ";%s;", tag);
    for (size_t i = 0; i < s->n; i++) {
        if (strstr(s->results[i].tags, mark) != NULL) {
            n[s->results[i].verdict]++;
        }
    }
    printf("%-40s %6zu %6zu %6zu\n", tag, n[0], n[1], n[2]);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** All different texts between ';'. */
static void print_tags(suite *s)
{
    static char *tags[MAX_TAGS];
    size_t n = 0;
    char *copies[MAX_CASES];
    for (size_t i = 0; i < s->n; i++) {
        char *rest = NULL;
        copies[i] = strdup(s->results[i].tags);
        for (char *tag = strtok_r(copies[i], ";", &rest); tag != NULL && n < MAX_TAGS;
             tag = strtok_r(NULL, ";", &rest)) {
            size_t k = 0;
            while (k < n && strcmp(tags[k], tag) != 0) {
                k++;
            }
            if (k == n) {
                tags[n++] = tag;
            }
        }
    }
    qsort(tags, n, sizeof *tags, compare_texts);
    printf("\n%-40s %6s %6s %6s\n", "tag", "passed", "failed", "unsup.");
    for (size_t k = 0; k < n; k++) {
        print_row(s, tags[k]);
    }
    for (size_t i = 0; i < s->n; i++) {
        free(copies[i]);
    }
}

/** Why cases are not supported, and how many of each. */
static void print_reasons(const suite *s)
{
    printf("\nnot supported\n");
    for (size_t i = 0; i < s->n; i++) {
        size_t n = 0;
        bool is_first = true;
        for (size_t k = 0; k < s->n; k++) {
            const bool is_same = s->results[k].verdict == TAC_CASE_UNSUPPORTED
                                 && strcmp(s->results[k].reason, s->results[i].reason) == 0;
            n += is_same ? 1 : 0;
            is_first = is_first && !(is_same && k < i);
        }
        if (s->results[i].verdict == TAC_CASE_UNSUPPORTED && is_first) {
            printf("%6zu  %s\n", n, s->results[i].reason);
        }
    }
}

static int report(suite *s)
{
    size_t n[3] = {0};
    size_t n_random = 0;
    for (size_t i = 0; i < s->n; i++) {
        n[s->results[i].verdict]++;
        n_random += s->results[i].verdict == TAC_CASE_FAILED
                            && strstr(s->results[i].tags, ";RandomEventExecution;") != NULL
                        ? 1
                        : 0;
    }
    if (s->n > 20) {
        print_tags(s);
    }
    if (n[TAC_CASE_UNSUPPORTED] > 0) {
        print_reasons(s);
    }
    printf("\n%zu cases: %zu passed, %zu failed (%zu of them test chance), %zu not supported\n",
           s->n, n[0], n[1], n_random, n[2]);
    return n[TAC_CASE_FAILED] > n_random ? 1 : 0;
}

/** Wait for the worker that is done first. */
static void wait_for_one(suite *s)
{
    siginfo_t info;
    if (waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) != 0) {
        perror("waitid");
        exit(1);
    }
    for (size_t k = 0; k < s->n_busy; k++) {
        if (s->workers[k].pid == info.si_pid) {
            end(s, k);
            return;
        }
    }
}

static int usage(void)
{
    fprintf(stderr, "usage: conformance SUITE [CASE...] [-j N] [-v] [--round-trip]\n");
    return 2;
}

int main(int argc, char **argv)
{
    static result results[MAX_CASES];
    suite s = {.results = results, .n_job = 2};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "-v") == 0) {
            s.is_verbose = true;
        } else if (strcmp(argv[i], "--round-trip") == 0) {
            s.is_round_trip = true;
        } else if (strcmp(argv[i], "-j") == 0 && i + 1 < argc) {
            s.n_job = strtoul(argv[++i], NULL, 10);
        } else if (s.folder == NULL) {
            s.folder = argv[i];
        } else if (s.n < MAX_CASES && strlen(argv[i]) < sizeof results[0].id) {
            strcpy(results[s.n++].id, argv[i]);
        }
    }
    if (s.folder == NULL || s.n_job < 1 || s.n_job > MAX_JOBS) {
        return usage();
    }
    if (s.n == 0) {
        find_cases(&s);
    }
    for (size_t i = 0; i < s.n; i++) {
        tac_case_tags(s.folder, results[i].id, results[i].tags, sizeof results[i].tags);
    }
    for (size_t i = 0; i < s.n || s.n_busy > 0;) {
        if (i < s.n && s.n_busy < s.n_job) {
            begin(&s, i++);
        } else {
            wait_for_one(&s);
        }
    }
    return report(&s);
}
