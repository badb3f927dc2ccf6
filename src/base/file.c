/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files in and out. */
#include "base/file.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static tac_status cannot(tac_ctx *ctx, const char *verb, const char *path)
{
    return tac_fail(ctx, TAC_E_FILE, "cannot %s '%s': %s", verb, path, strerror(errno));
}

static tac_status read_all(tac_ctx *ctx, int fd, const char *path, size_t max_bytes, tac_buf *text)
{
    char chunk[65536];
    size_t n_total = 0;
    for (;;) {
        const ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return cannot(ctx, "read", path);
        }
        if (n == 0) {
            return tac_buf_check(ctx, text);
        }
        n_total += (size_t)n;
        if (n_total > max_bytes) {
            return tac_fail(ctx, TAC_E_FILE, "'%s' is larger than %zu bytes, too large to read",
                            path, max_bytes);
        }
        tac_buf_add(text, chunk, (size_t)n);
    }
}

tac_status tac_file_read(tac_ctx *ctx, const char *path, size_t max_bytes, tac_buf *text)
{
    struct stat info;
    /* Without O_NONBLOCK a named pipe without a writer would hang here for ever. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        return cannot(ctx, "read", path);
    }
    tac_status st = TAC_OK;
    if (fstat(fd, &info) != 0) {
        st = cannot(ctx, "read", path);
    } else if (S_ISDIR(info.st_mode)) {
        st = tac_fail(ctx, TAC_E_FILE, "'%s' is a directory, a file is needed", path);
    } else if (!S_ISREG(info.st_mode)) {
        st = tac_fail(ctx, TAC_E_FILE, "'%s' is not an ordinary file", path);
    } else {
        st = read_all(ctx, fd, path, max_bytes, text);
    }
    close(fd);
    return st;
}

static bool write_all(int fd, const char *text, size_t n)
{
    size_t n_done = 0;
    while (n_done < n) {
        const ssize_t k = write(fd, text + n_done, n - n_done);
        if (k < 0 && errno != EINTR) {
            return false;
        }
        n_done += k > 0 ? (size_t)k : 0;
    }
    return fsync(fd) == 0;
}

tac_status tac_file_write(tac_ctx *ctx, const char *path, const char *text, size_t n)
{
    tac_status st = TAC_OK;
    tac_buf beside = TAC_BUF_INIT;
    int fd = -1;

    tac_buf_print(&beside, "%s.part%ld", path, (long)getpid());
    TAC_TRY(tac_buf_check(ctx, &beside));
    fd = open(beside.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        st = cannot(ctx, "write", path);
        goto out;
    }
    bool is_written = write_all(fd, text, n);
    if (close(fd) != 0) {
        is_written = false;
    }
    if (!is_written || rename(beside.text, path) != 0) {
        st = cannot(ctx, "write", path);
        unlink(beside.text);
    }
out:
    tac_buf_free(&beside);
    return st;
}

tac_status tac_dir_create(tac_ctx *ctx, const char *path)
{
    struct stat info;
    char *part = tac_text_copy(path, strlen(path));
    if (part == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    const size_t n_root = part[0] == '/' ? 1 : 0;
    for (char *slash = strchr(part + n_root, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(part, 0777); /* what is wrong here shows at the last part */
        *slash = '/';
    }
    tac_free(part);
    if (mkdir(path, 0777) == 0
        || (errno == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))) {
        return TAC_OK;
    }
    if (errno == EEXIST) {
        return tac_fail(ctx, TAC_E_FILE, "cannot make the folder '%s': a file is in its way", path);
    }
    return cannot(ctx, "make the folder", path);
}
