/* SPDX-License-Identifier: Apache-2.0 */
/* The folder of compiled code: whose it must be, what is never taken from it, and that it does not grow for ever. */
#include "compile/code_cache.h"

#include "compile/compiled.h"
#include "programs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char DECAY[] = "x = 1; k = 0.25; x' = -k*x";

/* A home of its own for each test. */
static char home[64];
static char cache[96];

static int make_home(void **state)
{
    (void)state;
    snprintf(home, sizeof home, "/tmp/tactus-cache-test-XXXXXX");
    if (mkdtemp(home) == NULL || setenv("HOME", home, 1) != 0) {
        return -1;
    }
    snprintf(cache, sizeof cache, "%s/.cache/tactus", home);
    return unsetenv("XDG_CACHE_HOME") + unsetenv("CC");
}

static int remove_home(void **state)
{
    char command[96];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", home);
    return system(command);
}

static void make_cache_folder(mode_t mode)
{
    char above[96];
    snprintf(above, sizeof above, "%s/.cache", home);
    assert_int_equal(mkdir(above, 0700), 0);
    assert_int_equal(mkdir(cache, 0700), 0);
    assert_int_equal(chmod(cache, mode), 0);
}

/** Compile a text and wait for it. */
static tac_compiled *begin(const char *text, tac_program **program_out, bool waits)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_compiled *compiled = NULL;
    *program_out = program_of(text);
    assert_int_equal(tac_compiled_begin(ctx, *program_out, &compiled), TAC_OK);
    (void)tac_compiled_look(compiled, waits);
    tac_ctx_free(ctx);
    return compiled;
}

static void end(tac_compiled *compiled, tac_program *program)
{
    tac_program_free(program);
    tac_compiled_free(compiled);
}

/** It must be impossible for this reason. */
static void expect_note(const char *part)
{
    tac_program *program = NULL;
    tac_compiled *compiled = begin(DECAY, &program, true);
    assert_null(tac_compiled_kernel(compiled));
    if (strstr(tac_compiled_note(compiled), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_compiled_note(compiled));
    }
    end(compiled, program);
}

/** It must work; was it in the cache? */
static bool works(const char *text)
{
    tac_program *program = NULL;
    tac_compiled *compiled = begin(text, &program, true);
    if (tac_compiled_kernel(compiled) == NULL) {
        fail_msg("%s", tac_compiled_note(compiled));
    }
    const bool was_cached = tac_compiled_was_cached(compiled);
    end(compiled, program);
    return was_cached;
}

/** Number of entries in the folder whose names end so; *name_out is the last one. */
static size_t n_entry(const char *ending, char *name_out)
{
    size_t n = 0;
    DIR *list = opendir(cache);
    assert_non_null(list);
    for (const struct dirent *e = readdir(list); e != NULL; e = readdir(list)) {
        const size_t n_name = strlen(e->d_name);
        if (e->d_name[0] != '.' && n_name >= strlen(ending)
            && strcmp(e->d_name + n_name - strlen(ending), ending) == 0) {
            snprintf(name_out, 256, "%s", e->d_name);
            n++;
        }
    }
    closedir(list);
    return n;
}

static mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void a_second_time_it_is_there_and_nobody_else_can_read_it(void **state)
{
    (void)state;
    char name[256];
    char path[400];
    assert_false(works(DECAY));
    assert_true(works(DECAY));
    assert_false(works("x = 1; k = 0.25; x' = -2*k*x"));
    assert_int_equal(n_entry(".so", name), 2);
    assert_int_equal(n_entry("", name), 2); /* no work folder is left */
    assert_int_equal(n_entry(".so", name), 2);
    snprintf(path, sizeof path, "%s/%s", cache, name);
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(mode_of(cache), 0700);
}

static void another_compiler_makes_another_entry(void **state)
{
    (void)state;
    char name[256];
    assert_false(works(DECAY));
    assert_int_equal(setenv("CC", "cc -g0", 1), 0);
    assert_false(works(DECAY));
    assert_int_equal(n_entry(".so", name), 2);
}

static void a_folder_where_others_may_write_is_not_used(void **state)
{
    (void)state;
    make_cache_folder(0770);
    expect_note("others may write there");
    assert_int_equal(chmod(cache, 0702), 0);
    expect_note("others may write there");
    if (geteuid() == 0) { /* only root can give a folder away */
        assert_int_equal(chmod(cache, 0700), 0);
        assert_int_equal(chown(cache, 12345, 12345), 0);
        expect_note("others may write there");
    }
}

static void a_folder_that_is_a_link_is_not_used(void **state)
{
    (void)state;
    char other[96];
    make_cache_folder(0700);
    assert_int_equal(rmdir(cache), 0);
    snprintf(other, sizeof other, "%s/other", home);
    assert_int_equal(mkdir(other, 0700), 0);
    assert_int_equal(symlink(other, cache), 0);
    expect_note("a symbolic link or no folder");
    assert_int_equal(unlink(cache), 0);
    assert_int_equal(close(open(cache, O_CREAT | O_WRONLY, 0600)), 0);
    expect_note("a symbolic link or no folder");
}

/* What stands under the right name but is a link, may be written by others, or is no such code, is not run. */
static void an_entry_that_may_be_anybodys_is_made_anew(void **state)
{
    (void)state;
    char name[256];
    char path[400];
    char other[400];
    assert_false(works(DECAY));
    assert_int_equal(n_entry(".so", name), 1);
    snprintf(path, sizeof path, "%s/%s", cache, name);
    snprintf(other, sizeof other, "%s/other.so", home);
    assert_int_equal(rename(path, other), 0);
    assert_int_equal(symlink(other, path), 0);
    assert_false(works(DECAY));
    assert_true(works(DECAY));
    assert_int_equal(chmod(path, 0622), 0);
    assert_false(works(DECAY));
    assert_true(works(DECAY));
}

static void the_code_of_one_model_is_never_taken_for_another(void **state)
{
    (void)state;
    char name[256];
    char path[400];
    char other[400];
    assert_false(works(DECAY));
    assert_int_equal(n_entry(".so", name), 1);
    snprintf(path, sizeof path, "%s/%s", cache, name);
    snprintf(other, sizeof other, "%s/one.so", home);
    assert_int_equal(rename(path, other), 0);
    assert_false(works("x = 1; x' = -5*x"));
    assert_int_equal(n_entry(".so", name), 1);
    snprintf(path, sizeof path, "%s/%s", cache, name);
    assert_int_equal(rename(other, path), 0);
    tac_program *program = NULL;
    tac_compiled *compiled = begin("x = 1; x' = -5*x", &program, true);
    assert_null(tac_compiled_kernel(compiled));
    assert_non_null(strstr(tac_compiled_note(compiled), "cannot be loaded"));
    end(compiled, program);
}

static void no_compiler_or_a_failing_one_is_a_note(void **state)
{
    (void)state;
    assert_int_equal(setenv("CC", "no-such-compiler", 1), 0);
    expect_note("there is no C compiler 'no-such-compiler'");
    assert_int_equal(setenv("CC", "/", 1), 0);
    expect_note("there is no C compiler '/'");
    assert_int_equal(setenv("CC", "false", 1), 0);
    expect_note("'false --version' fails");
    assert_int_equal(setenv("CC", "true", 1), 0);
    expect_note("compiled code cannot be kept");
    assert_int_equal(setenv("CC", "cc -fno-such-flag-here", 1), 0);
    expect_note("fails");
    assert_int_equal(setenv("XDG_CACHE_HOME", "/proc/nowhere", 1), 0);
    assert_int_equal(unsetenv("CC"), 0);
    expect_note("no folder for compiled code: /proc/nowhere/tactus");
    assert_int_equal(unsetenv("XDG_CACHE_HOME") + unsetenv("HOME"), 0);
    expect_note("neither XDG_CACHE_HOME nor HOME");
}

static void no_shell_reads_the_name_of_the_compiler(void **state)
{
    (void)state;
    char word[300];
    char path[200];
    snprintf(path, sizeof path, "%s/evil", home);
    snprintf(word, sizeof word, "cc;touch %s", path);
    assert_int_equal(setenv("CC", word, 1), 0);
    expect_note("there is no C compiler 'cc;touch'");
    snprintf(word, sizeof word, "cc $(touch${IFS}%s)", path);
    assert_int_equal(setenv("CC", word, 1), 0);
    expect_note("fails");
    assert_int_equal(access(path, F_OK), -1);
}

static void an_interrupted_compiler_leaves_nothing(void **state)
{
    (void)state;
    char name[256];
    tac_program *program = NULL;
    tac_compiled *compiled = begin(EVERY_OPERATION, &program, false);
    end(compiled, program);
    assert_int_equal(n_entry("", name), 0);
    int status = 0;
    assert_int_equal(waitpid(-1, &status, WNOHANG), -1); /* no child either */
    assert_int_equal(errno, ECHILD);
}

static void two_processes_may_make_the_same_entry_at_once(void **state)
{
    (void)state;
    char name[256];
    pid_t pids[2];
    for (size_t i = 0; i < 2; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            tac_program *program = NULL;
            tac_compiled *compiled = begin(DECAY, &program, true);
            const int code = tac_compiled_kernel(compiled) != NULL ? 0 : 1;
            end(compiled, program);
            _exit(code);
        }
    }
    for (size_t i = 0; i < 2; i++) {
        int status = -1;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(n_entry("", name), 1);
    assert_true(works(DECAY));
}

/** A file or folder of the cache, as old as wanted. */
static void plant(const char *name, bool is_folder, time_t age_s)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s", cache, name);
    const struct timespec times[2] = {{time(NULL) - age_s, 0}, {time(NULL) - age_s, 0}};
    if (is_folder) {
        assert_int_equal(mkdir(path, 0700), 0);
    } else {
        assert_int_equal(close(open(path, O_CREAT | O_WRONLY, 0600)), 0);
    }
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void the_oldest_go_and_what_was_left_behind(void **state)
{
    (void)state;
    char name[256];
    make_cache_folder(0700);
    for (int i = 0; i < 70; i++) {
        snprintf(name, sizeof name, "%d.so", i);
        plant(name, false, 1000 + i);
    }
    plant("work.1.0", true, 7200);
    plant("work.1.1", true, 60); /* somebody may still be at it */
    assert_false(works(DECAY));
    assert_int_equal(n_entry(".so", name), 64);
    assert_int_equal(n_entry("69.so", name), 0);
    assert_int_equal(n_entry("0.so", name) > 0, 1);
    assert_int_equal(n_entry("work.1.0", name), 0);
    assert_int_equal(n_entry("work.1.1", name), 1);
    assert_true(works(DECAY));
}

int main(void)
{
#define IN_A_HOME(test) cmocka_unit_test_setup_teardown(test, make_home, remove_home)
    const struct CMUnitTest tests[] = {
        IN_A_HOME(a_second_time_it_is_there_and_nobody_else_can_read_it),
        IN_A_HOME(another_compiler_makes_another_entry),
        IN_A_HOME(a_folder_where_others_may_write_is_not_used),
        IN_A_HOME(a_folder_that_is_a_link_is_not_used),
        IN_A_HOME(an_entry_that_may_be_anybodys_is_made_anew),
        IN_A_HOME(the_code_of_one_model_is_never_taken_for_another),
        IN_A_HOME(no_compiler_or_a_failing_one_is_a_note),
        IN_A_HOME(no_shell_reads_the_name_of_the_compiler),
        IN_A_HOME(an_interrupted_compiler_leaves_nothing),
        IN_A_HOME(two_processes_may_make_the_same_entry_at_once),
        IN_A_HOME(the_oldest_go_and_what_was_left_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
