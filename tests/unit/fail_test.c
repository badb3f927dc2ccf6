/* SPDX-License-Identifier: Apache-2.0 */
/* The context: errors are counted and shown in order, up to a limit; warnings are no errors. */
#include "base/fail.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void errors_stand_below_each_other(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    assert_string_equal(tac_ctx_message(ctx), "");
    assert_int_equal(tac_fail(ctx, TAC_E_ARG, "first %d", 1), TAC_E_ARG);
    assert_int_equal(tac_fail(ctx, TAC_E_FILE, "second"), TAC_E_FILE);
    assert_string_equal(tac_ctx_message(ctx), "first 1\nsecond\n");
    assert_int_equal(tac_ctx_n_error(ctx), 2);
    tac_ctx_clear(ctx);
    assert_string_equal(tac_ctx_message(ctx), "");
    assert_int_equal(tac_ctx_n_error(ctx), 0);
    tac_ctx_free(ctx);
    tac_ctx_free(NULL);
}

static void warnings_are_shown_but_not_counted(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_warn(ctx, "%s is old", "it");
    assert_string_equal(tac_ctx_message(ctx), "warning: it is old\n");
    assert_int_equal(tac_ctx_n_error(ctx), 0);
    tac_ctx_free(ctx);
}

static void after_twenty_errors_one_line_says_that_there_are_more(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    for (int i = 0; i < 25; i++) {
        assert_int_equal(tac_ctx_is_full(ctx), i >= TAC_MAX_ERRORS);
        (void)tac_fail(ctx, TAC_E_ARG, "error %d", i);
    }
    const char *message = tac_ctx_message(ctx);
    assert_non_null(strstr(message, "error 19\nmore errors are not shown\n"));
    assert_null(strstr(message, "error 20"));
    assert_string_equal(strstr(message, "more errors"), "more errors are not shown\n");
    assert_int_equal(tac_ctx_n_error(ctx), 25);
    tac_ctx_free(ctx);
}

static void a_long_message_is_kept_whole(void **state)
{
    (void)state;
    char text[2000];
    tac_ctx *ctx = tac_ctx_create();
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)tac_fail(ctx, TAC_E_ARG, "%s!", text);
    assert_int_equal(strlen(tac_ctx_message(ctx)), sizeof text - 1 + 2);
    assert_non_null(strstr(tac_ctx_message(ctx), "x!\n"));
    tac_ctx_free(ctx);
}

static void being_out_of_memory_is_said_without_memory(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    (void)tac_fail(ctx, TAC_E_MEMORY, "no room for %d things", 3);
    assert_string_equal(tac_ctx_message(ctx), "out of memory\n");
    tac_ctx_clear(ctx);
    tac_alloc_fail_after(0); /* the message itself finds no memory */
    assert_int_equal(tac_fail(ctx, TAC_E_ARG, "lost"), TAC_E_ARG);
    tac_alloc_fail_after(SIZE_MAX);
    assert_string_equal(tac_ctx_message(ctx), "out of memory\n");
    assert_int_equal(tac_ctx_n_error(ctx), 1);
    tac_ctx_free(ctx);
}

static void each_status_has_its_text(void **state)
{
    (void)state;
    assert_string_equal(tac_status_text(TAC_OK), "done");
    for (int status = TAC_E_STOPPED; status < 0; status++) {
        assert_true(strlen(tac_status_text((tac_status)status)) > 5);
        for (int other = TAC_E_STOPPED; other < status; other++) {
            assert_string_not_equal(tac_status_text((tac_status)status),
                                    tac_status_text((tac_status)other));
        }
    }
}

/** Run in a child, whose end is returned. */
static int end_of(void (*what)(void))
{
    int status = 0;
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)signal(SIGABRT, SIG_DFL);
        assert_non_null(freopen("/dev/null", "w", stderr));
        what();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void break_a_promise(void)
{
    TAC_BUG("nobody should be here");
}

static void fail_without_status(void)
{
    tac_ctx *ctx = tac_ctx_create();
    (void)tac_fail(ctx, TAC_OK, "nothing is wrong");
}

static void a_bug_stops_the_program(void **state)
{
    (void)state;
    const int status = end_of(break_a_promise);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static void a_failure_that_is_none_is_a_bug(void **state)
{
    (void)state;
    const int status = end_of(fail_without_status);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_stand_below_each_other),
        cmocka_unit_test(warnings_are_shown_but_not_counted),
        cmocka_unit_test(after_twenty_errors_one_line_says_that_there_are_more),
        cmocka_unit_test(a_long_message_is_kept_whole),
        cmocka_unit_test(being_out_of_memory_is_said_without_memory),
        cmocka_unit_test(each_status_has_its_text),
        cmocka_unit_test(a_bug_stops_the_program),
        cmocka_unit_test(a_failure_that_is_none_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
