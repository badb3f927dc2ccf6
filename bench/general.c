/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How long anybody's model takes from its text to the first result: interpreted, compiled anew, and from the cache.
 *
 *   bench_general [N]     default 200 equations; of five repeats the fastest counts (compiled anew: of one)
 *
 * The model is a ring of N substances. Each is made under the control of the one before (a Hill function), is used up as
 * Michaelis and Menten say, and passes to the next; nothing of it is simple or constant.
 */
#include <tactus/tactus.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int write_model(const char *path, int n)
{
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        return 1;
    }
    fputs("function hill(x, k, n)\n  x^n/(k^n + x^n)\nend\nmodel ring()\n", f);
    for (int i = 0; i < n; i++) {
        const int before = (i + n - 1) % n;
        fprintf(f,
                "  s%d = %g; v%d = %g; k%d = %g\n"
                "  made%d := v%d*hill(s%d, k%d, 2.5); used%d := 0.3*s%d/(1 + s%d)\n"
                "  s%d' = made%d - used%d + 0.05*(s%d - s%d) + 0.01*exp(-0.1*time)\n",
                i, 0.2 + 0.01 * (i % 17), i, 0.5 + 0.02 * (i % 7), i, 0.4 + 0.03 * (i % 5), i, i,
                before, i, i, i, i, i, i, i, before, i);
    }
    fputs("end\n", f);
    return fclose(f);
}

/** Seconds from the text to the result. */
static double run(const char *path, tac_general_functions functions, const char *duration)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    tac_results *results = NULL;
    const double begin = now_s();
    options.duration = duration;
    options.n_sample = 100;
    options.rel_tol = 1e-6;
    options.functions = functions;
    if (ctx == NULL || tac_general_run(ctx, path, &options, &results) != TAC_OK
        || tac_ctx_message(ctx)[0] != '\0') {
        fprintf(stderr, "bench_general: %s\n", ctx == NULL ? "" : tac_ctx_message(ctx));
        exit(1);
    }
    const double seconds = now_s() - begin;
    tac_results_free(results);
    tac_ctx_free(ctx);
    return seconds;
}

static double best_of_five(const char *path, tac_general_functions functions, const char *duration)
{
    double best = 1e9;
    for (int i = 0; i < 5; i++) {
        const double seconds = run(path, functions, duration);
        best = seconds < best ? seconds : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    const int n = argc > 1 ? atoi(argv[1]) : 200;
    char folder[] = "/tmp/tactus-bench-XXXXXX";
    char path[64];
    char command[80];
    if (mkdtemp(folder) == NULL || setenv("XDG_CACHE_HOME", folder, 1) != 0) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/ring.ant", folder);
    if (n < 2 || n > 5000 || write_model(path, n) != 0) {
        fprintf(stderr, "usage: bench_general [N]     2 to 5000 equations\n");
        return 2;
    }
    printf("%d equations              10 h      10000 h\n", n);
    printf("interpreted        %8.0f ms  %8.0f ms\n",
           1e3 * best_of_five(path, TAC_FUNCTIONS_INTERPRETED, "10 h"),
           1e3 * best_of_five(path, TAC_FUNCTIONS_INTERPRETED, "10000 h"));
    printf("compiled anew      %8.0f ms\n", 1e3 * run(path, TAC_FUNCTIONS_COMPILED, "10 h"));
    printf("compiled before    %8.0f ms  %8.0f ms\n",
           1e3 * best_of_five(path, TAC_FUNCTIONS_COMPILED, "10 h"),
           1e3 * best_of_five(path, TAC_FUNCTIONS_COMPILED, "10000 h"));
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? 0 : 1;
}
