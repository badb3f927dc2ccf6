/* SPDX-License-Identifier: Apache-2.0 */
/* Rows on disk: what is damaged, cut or of something else is not taken for a row. */
#include "base/journal.h"

#include "base/buf.h"
#include "base/file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { N_NUMBER = 3, N_ROW = 5, HEAD = 4096, ROW_BYTES = (N_NUMBER + 1) * 8 };

static const char SEED_1[] = "seed: 1\nmodel: abc\n";
static char path[] = "/tmp/tactus-journal-XXXXXX";
static tac_ctx *ctx;

static int begin(void **state)
{
    (void)state;
    ctx = tac_ctx_create();
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(path);
    memcpy(strrchr(path, '-'), "-XXXXXX", 7);
    tac_ctx_free(ctx);
    return 0;
}

static tac_journal *open_with(const char *belongs_to, bool is_resumed)
{
    tac_journal *journal = NULL;
    if (tac_journal_open(ctx, path, belongs_to, N_NUMBER, is_resumed, &journal) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    return journal;
}

static void opening_must_fail(const char *belongs_to, bool is_resumed, tac_status status,
                              const char *part)
{
    tac_journal *journal = NULL;
    tac_ctx_clear(ctx);
    assert_int_equal(tac_journal_open(ctx, path, belongs_to, N_NUMBER, is_resumed, &journal),
                     status);
    assert_null(journal);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is wanted in: %s", part, tac_ctx_message(ctx));
    }
    tac_ctx_clear(ctx);
}

/** Rows 0, 1, 2 and 4; 3 is missing. */
static void write_rows(void)
{
    tac_journal *journal = open_with(SEED_1, false);
    static const size_t ORDER[] = {4, 0, 2, 1};
    for (size_t k = 0; k < 4; k++) {
        const double row[N_NUMBER] = {(double)ORDER[k], 0.1, (double)NAN};
        assert_int_equal(tac_journal_put(ctx, journal, ORDER[k], row), TAC_OK);
    }
    tac_journal_free(journal);
}

static void expect_rows(const bool *want)
{
    tac_journal *journal = open_with(SEED_1, true);
    double rows[N_ROW * N_NUMBER];
    bool is_there[N_ROW];
    assert_int_equal(tac_journal_get(ctx, journal, 0, N_ROW, rows, is_there), TAC_OK);
    for (size_t i = 0; i < N_ROW; i++) {
        assert_int_equal(is_there[i], want[i]);
        assert_true(!want[i] || (rows[i * N_NUMBER] == (double)i && isnan(rows[i * N_NUMBER + 2])));
    }
    tac_journal_free(journal);
}

static void overwrite(long at, char byte)
{
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fputc(byte, file), byte);
    assert_int_equal(fclose(file), 0);
}

static void rows_come_back_in_any_order_and_a_hole_is_no_row(void **state)
{
    (void)state;
    static const bool WANT[] = {true, true, true, false, true};
    write_rows();
    expect_rows(WANT);
}

static void a_cut_end_loses_only_the_row_that_it_cuts(void **state)
{
    (void)state;
    static const bool WANT[] = {true, true, true, false, false};
    write_rows();
    assert_int_equal(truncate(path, HEAD + N_ROW * ROW_BYTES - 1), 0);
    expect_rows(WANT);
}

static void a_changed_byte_loses_only_its_row(void **state)
{
    (void)state;
    static const bool WANT[] = {true, false, true, false, true};
    write_rows();
    overwrite(HEAD + ROW_BYTES + 3, 'x');
    expect_rows(WANT);
}

/* Behind its text the head is filled with nothing; a fault of the disk there loses nothing. */
static void a_changed_byte_behind_the_head_s_text_loses_no_row(void **state)
{
    (void)state;
    static const bool WANT[] = {true, true, true, false, true};
    write_rows();
    overwrite(HEAD - 1, 'x');
    expect_rows(WANT);
}

/* The number of a row is in its checksum: a row that stands in another's place is not taken for it. */
static void a_row_in_the_wrong_place_is_no_row(void **state)
{
    (void)state;
    static const bool WANT[] = {true, true, false, false, true};
    char row[ROW_BYTES];
    write_rows();
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, HEAD, SEEK_SET), 0);
    assert_int_equal(fread(row, 1, sizeof row, file), sizeof row);
    assert_int_equal(fseek(file, HEAD + 2 * ROW_BYTES, SEEK_SET), 0);
    assert_int_equal(fwrite(row, 1, sizeof row, file), sizeof row);
    assert_int_equal(fclose(file), 0);
    expect_rows(WANT);
}

static void a_journal_goes_on_with_its_own_study_only(void **state)
{
    (void)state;
    write_rows();
    opening_must_fail(SEED_1, false, TAC_E_INPUT, "--resume goes on with it");
    opening_must_fail("seed: 2\nmodel: abc\n", true, TAC_E_INPUT,
                      "begun with 'seed: 1', now it is 'seed: 2'");
    opening_must_fail("seed: 1\nmodel: abcd\n", true, TAC_E_INPUT,
                      "begun with 'model: abc', now it is 'model: abcd'");
}

static void a_file_that_is_no_journal_is_left_alone(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    assert_int_equal(tac_file_write(ctx, path, "dear diary", 10), TAC_OK);
    opening_must_fail(SEED_1, true, TAC_E_INPUT, "is no journal of a cohort");
    assert_int_equal(tac_file_read(ctx, path, 100, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), "dear diary");
    tac_buf_free(&text);
    unlink(path);
    assert_int_equal(mkdir(path, 0777), 0);
    opening_must_fail(SEED_1, true, TAC_E_FILE, "cannot open");
    rmdir(path);
}

static void a_cut_head_is_no_journal(void **state)
{
    (void)state;
    write_rows();
    assert_int_equal(truncate(path, 100), 0);
    opening_must_fail(SEED_1, true, TAC_E_INPUT, "or its beginning is lost");
}

/* Locks of a process do not hold against itself, so the other one must be real. */
static void one_process_at_a_time_writes(void **state)
{
    (void)state;
    int ready[2];
    int go[2];
    char byte = 0;
    int code = 0;
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(go), 0);
    const pid_t child = fork();
    if (child == 0) {
        tac_journal *journal = NULL;
        const tac_status st = tac_journal_open(ctx, path, SEED_1, N_NUMBER, false, &journal);
        (void)!write(ready[1], &byte, 1);
        (void)!read(go[0], &byte, 1);
        _exit(st == TAC_OK ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    opening_must_fail(SEED_1, true, TAC_E_FILE, "another process is writing");
    assert_int_equal(write(go[1], &byte, 1), 1);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(code, 0);
    tac_journal *journal = open_with(SEED_1, true); /* the lock went with the process */
    assert_int_equal(tac_journal_remove(ctx, journal), TAC_OK);
    tac_journal_free(journal);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(rows_come_back_in_any_order_and_a_hole_is_no_row, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_cut_end_loses_only_the_row_that_it_cuts, begin, end),
        cmocka_unit_test_setup_teardown(a_changed_byte_loses_only_its_row, begin, end),
        cmocka_unit_test_setup_teardown(a_changed_byte_behind_the_head_s_text_loses_no_row, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_row_in_the_wrong_place_is_no_row, begin, end),
        cmocka_unit_test_setup_teardown(a_journal_goes_on_with_its_own_study_only, begin, end),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_journal_is_left_alone, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_head_is_no_journal, begin, end),
        cmocka_unit_test_setup_teardown(one_process_at_a_time_writes, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
