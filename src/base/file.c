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

/** Take away the mark that some editors put before a text in UTF-8. */
static void drop_mark(tac_buf *text, size_t from)
{
    static const char MARK[] = "\xEF\xBB\xBF";
    const size_t n = sizeof MARK - 1;
    if (text->n >= from + n && memcmp(text->text + from, MARK, n) == 0) {
        memmove(text->text + from, text->text + from + n, text->n - from - n + 1);
        text->n -= n;
    }
}

tac_status tac_file_read(tac_ctx *ctx, const char *path, size_t max_bytes, tac_buf *text)
{
    const size_t from = text->n;
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
    if (st == TAC_OK) {
        drop_mark(text, from);
    }
    close(fd);
    return st;
}

struct tac_growing {
    char *path;
    tac_buf beside; /* the path while it grows */
    int fd;         /* -1: at its place, or never begun */
};

tac_status tac_growing_begin(tac_ctx *ctx, const char *path, tac_growing **file_out)
{
    tac_status st = TAC_OK;
    tac_growing *file = NULL;
    void *memory = NULL;

    *file_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *file, &memory));
    file = memory;
    file->fd = -1;
    file->path = tac_text_copy(path, strlen(path));
    if (file->path == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    tac_buf_print(&file->beside, "%s.part%ld", path, (long)getpid());
    TAC_TRY(tac_buf_check(ctx, &file->beside));
    file->fd = open(file->beside.text, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file->fd < 0) {
        st = cannot(ctx, "write", path);
        goto out;
    }
    *file_out = file;
    file = NULL;
out:
    tac_growing_free(file);
    return st;
}

const char *tac_growing_beside(const tac_growing *file)
{
    return file->beside.text;
}

tac_status tac_growing_add(tac_ctx *ctx, tac_growing *file, const char *text, size_t n)
{
    size_t n_done = 0;
    while (n_done < n) {
        const ssize_t k = write(file->fd, text + n_done, n - n_done);
        if (k < 0 && errno != EINTR) {
            return cannot(ctx, "write", file->path);
        }
        n_done += k > 0 ? (size_t)k : 0;
    }
    return TAC_OK;
}

tac_status tac_growing_end(tac_ctx *ctx, tac_growing *file)
{
    const bool is_flushed = fsync(file->fd) == 0;
    const bool is_closed = close(file->fd) == 0;
    file->fd = -1;
    if (is_flushed && is_closed && rename(file->beside.text, file->path) == 0) {
        return TAC_OK;
    }
    const tac_status st = cannot(ctx, "write", file->path);
    unlink(file->beside.text);
    return st;
}

void tac_growing_free(tac_growing *file)
{
    if (file != NULL) {
        if (file->fd >= 0) {
            close(file->fd);
            unlink(file->beside.text);
        }
        tac_buf_free(&file->beside);
        tac_free(file->path);
        tac_free(file);
    }
}

tac_status tac_file_write(tac_ctx *ctx, const char *path, const char *text, size_t n)
{
    tac_growing *file = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_growing_begin(ctx, path, &file));
    TAC_TRY(tac_growing_add(ctx, file, text, n));
    TAC_TRY(tac_growing_end(ctx, file));
out:
    tac_growing_free(file);
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
