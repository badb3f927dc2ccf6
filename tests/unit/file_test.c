/* SPDX-License-Identifier: Apache-2.0 */
/* Files: what cannot be read or written is said, and nobody ever sees half a file. */
#include "base/file.h"

#include "base/alloc.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct place {
    tac_ctx *ctx;
    char folder[64];
    char path[128];
} place;

static int enter(void **state)
{
    place *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->ctx = tac_ctx_create();
    strcpy(p->folder, "/tmp/tactus-file-test-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    snprintf(p->path, sizeof p->path, "%s/file.txt", p->folder);
    *state = p;
    return 0;
}

/** Number of entries in the folder; removes them when asked. */
static size_t entries(const char *folder, bool removes)
{
    size_t n = 0;
    char path[512];
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0) {
            n++;
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            if (removes && remove(path) != 0) {
                (void)entries(path, true);
                (void)rmdir(path);
            }
        }
    }
    closedir(dir);
    return n;
}

static int leave(void **state)
{
    place *p = *state;
    (void)entries(p->folder, true);
    (void)rmdir(p->folder);
    tac_ctx_free(p->ctx);
    free(p);
    return 0;
}

static void expect(const place *p, tac_status got, const char *part)
{
    assert_int_equal(got, TAC_E_FILE);
    if (strstr(tac_ctx_message(p->ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(p->ctx));
    }
    tac_ctx_clear(p->ctx);
}

static void what_is_written_is_read_again(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    static const char BYTES[] = "line\n\0zero\xff";
    assert_int_equal(tac_file_write(p->ctx, p->path, BYTES, sizeof BYTES), TAC_OK);
    assert_int_equal(tac_file_read(p->ctx, p->path, 1000, &text), TAC_OK);
    assert_int_equal(text.n, sizeof BYTES);
    assert_memory_equal(text.text, BYTES, sizeof BYTES);
    assert_int_equal(tac_file_read(p->ctx, p->path, 1000, &text), TAC_OK);
    assert_int_equal(text.n, 2 * sizeof BYTES); /* appended */
    tac_buf_free(&text);
    assert_int_equal(entries(p->folder, false), 1);
}

static void a_large_file_comes_whole(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    tac_buf again = TAC_BUF_INIT;
    for (int i = 0; i < 50000; i++) {
        tac_buf_print(&text, "%08d\n", i);
    }
    assert_int_equal(tac_file_write(p->ctx, p->path, text.text, text.n), TAC_OK);
    assert_int_equal(tac_file_read(p->ctx, p->path, text.n, &again), TAC_OK);
    assert_int_equal(again.n, text.n);
    assert_memory_equal(again.text, text.text, text.n);
    tac_buf_free(&again);
    expect(p, tac_file_read(p->ctx, p->path, text.n - 1, &again),
           "is larger than 449999 bytes, too large to read");
    tac_buf_free(&again);
    tac_buf_free(&text);
}

static void an_empty_file_is_an_empty_text(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    assert_int_equal(tac_file_write(p->ctx, p->path, "", 0), TAC_OK);
    assert_int_equal(tac_file_read(p->ctx, p->path, 10, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), "");
    tac_buf_free(&text);
}

/* Editors of Windows put one before a text; it belongs neither to the text nor to its first column. */
static void a_byte_order_mark_is_no_part_of_the_text(void **state)
{
    static const char WITH[] = "\xEF\xBB\xBFtitle";
    static const char LATER[] = "a\xEF\xBB\xBF";
    const place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, "before ");
    assert_int_equal(tac_file_write(p->ctx, p->path, WITH, strlen(WITH)), TAC_OK);
    assert_int_equal(tac_file_read(p->ctx, p->path, 100, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), "before title");
    tac_buf_clear(&text);
    assert_int_equal(tac_file_write(p->ctx, p->path, LATER, strlen(LATER)), TAC_OK);
    assert_int_equal(tac_file_read(p->ctx, p->path, 100, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), LATER);
    tac_buf_free(&text);
}

static void a_missing_file_is_named(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    expect(p, tac_file_read(p->ctx, p->path, 10, &text), "file.txt': No such file or directory");
    expect(p, tac_file_read(p->ctx, "", 10, &text), "cannot read ''");
    tac_buf_free(&text);
}

static void a_folder_is_no_file(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    expect(p, tac_file_read(p->ctx, p->folder, 10, &text), "is a directory, a file is needed");
    expect(p, tac_file_write(p->ctx, p->folder, "x", 1), "cannot write");
    tac_buf_free(&text);
    assert_int_equal(entries(p->folder, false), 0);
}

static void a_pipe_does_not_hang(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    assert_int_equal(mkfifo(p->path, 0600), 0);
    expect(p, tac_file_read(p->ctx, p->path, 10, &text), "is not an ordinary file");
    tac_buf_free(&text);
}

static void no_permission_is_said(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    if (geteuid() == 0) {
        skip(); /* root may read and write everything */
    }
    assert_int_equal(tac_file_write(p->ctx, p->path, "x", 1), TAC_OK);
    assert_int_equal(chmod(p->path, 0), 0);
    expect(p, tac_file_read(p->ctx, p->path, 10, &text), "Permission denied");
    assert_int_equal(chmod(p->folder, 0500), 0);
    expect(p, tac_file_write(p->ctx, p->path, "y", 1), "Permission denied");
    assert_int_equal(chmod(p->folder, 0700), 0);
    tac_buf_free(&text);
}

static void writing_replaces_whole_files_only(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    assert_int_equal(tac_file_write(p->ctx, p->path, "old", 3), TAC_OK);
    const int fd = open(p->path, O_RDONLY | O_CLOEXEC);
    char seen[8] = "";
    assert_true(fd >= 0);
    assert_int_equal(tac_file_write(p->ctx, p->path, "new text", 8), TAC_OK);
    /* Who had opened the file before still sees all of the old one. */
    assert_int_equal(read(fd, seen, sizeof seen), 3);
    assert_memory_equal(seen, "old", 3);
    close(fd);
    assert_int_equal(tac_file_read(p->ctx, p->path, 100, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), "new text");
    tac_buf_free(&text);
}

/* A limit of the file size stands for a full disk: writing stops in the middle. */
static void a_full_disk_leaves_the_old_file_and_nothing_else(void **state)
{
    place *p = *state;
    static char large[200000];
    struct rlimit old;
    tac_buf text = TAC_BUF_INIT;
    assert_int_equal(tac_file_write(p->ctx, p->path, "old", 3), TAC_OK);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    const struct rlimit small = {100000, old.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const tac_status st = tac_file_write(p->ctx, p->path, large, sizeof large);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    (void)signal(SIGXFSZ, handler);
    expect(p, st, "File too large");
    assert_int_equal(entries(p->folder, false), 1);
    assert_int_equal(tac_file_read(p->ctx, p->path, 100, &text), TAC_OK);
    assert_string_equal(tac_buf_str(&text), "old");
    tac_buf_free(&text);
}

static void a_folder_in_the_way_leaves_no_rest(void **state)
{
    place *p = *state;
    assert_int_equal(mkdir(p->path, 0700), 0);
    expect(p, tac_file_write(p->ctx, p->path, "x", 1), "Is a directory");
    assert_int_equal(entries(p->folder, false), 1);
}

static void folders_are_made_with_those_above(void **state)
{
    place *p = *state;
    char deep[160];
    struct stat info;
    snprintf(deep, sizeof deep, "%s/a/b/c", p->folder);
    assert_int_equal(tac_dir_create(p->ctx, deep), TAC_OK);
    assert_int_equal(stat(deep, &info), 0);
    assert_true(S_ISDIR(info.st_mode));
    assert_int_equal(tac_dir_create(p->ctx, deep), TAC_OK); /* there already */
    strcat(deep, "/");
    assert_int_equal(tac_dir_create(p->ctx, deep), TAC_OK);
}

static void a_file_in_the_way_of_a_folder_is_named(void **state)
{
    place *p = *state;
    char below[160];
    assert_int_equal(tac_file_write(p->ctx, p->path, "x", 1), TAC_OK);
    expect(p, tac_dir_create(p->ctx, p->path), "a file is in its way");
    snprintf(below, sizeof below, "%s/below", p->path);
    expect(p, tac_dir_create(p->ctx, below), "Not a directory");
    expect(p, tac_dir_create(p->ctx, ""), "cannot make the folder ''");
}

static void without_memory_nothing_is_written(void **state)
{
    place *p = *state;
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < 1; i++) {
        tac_alloc_fail_after(i);
        assert_int_equal(tac_file_write(p->ctx, p->path, "x", 1), TAC_E_MEMORY);
        tac_alloc_fail_after(i);
        assert_int_equal(tac_dir_create(p->ctx, p->path), TAC_E_MEMORY);
    }
    tac_alloc_fail_after(SIZE_MAX);
    assert_int_equal(entries(p->folder, false), 0);
    assert_int_equal(tac_file_write(p->ctx, p->path, "x", 1), TAC_OK);
    tac_alloc_fail_after(0);
    assert_int_equal(tac_file_read(p->ctx, p->path, 10, &text), TAC_E_MEMORY);
    tac_alloc_fail_after(SIZE_MAX);
    tac_buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_written_is_read_again, enter, leave),
        cmocka_unit_test_setup_teardown(a_large_file_comes_whole, enter, leave),
        cmocka_unit_test_setup_teardown(an_empty_file_is_an_empty_text, enter, leave),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_no_part_of_the_text, enter, leave),
        cmocka_unit_test_setup_teardown(a_missing_file_is_named, enter, leave),
        cmocka_unit_test_setup_teardown(a_folder_is_no_file, enter, leave),
        cmocka_unit_test_setup_teardown(a_pipe_does_not_hang, enter, leave),
        cmocka_unit_test_setup_teardown(no_permission_is_said, enter, leave),
        cmocka_unit_test_setup_teardown(writing_replaces_whole_files_only, enter, leave),
        cmocka_unit_test_setup_teardown(a_full_disk_leaves_the_old_file_and_nothing_else, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(a_folder_in_the_way_leaves_no_rest, enter, leave),
        cmocka_unit_test_setup_teardown(folders_are_made_with_those_above, enter, leave),
        cmocka_unit_test_setup_teardown(a_file_in_the_way_of_a_folder_is_named, enter, leave),
        cmocka_unit_test_setup_teardown(without_memory_nothing_is_written, enter, leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
