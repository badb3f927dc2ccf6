/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of numbers on disk; see journal.h. */
#include "base/journal.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_HEAD 4096

static const char FIRST_LINE[] = "tactus journal 1\n";

struct tac_journal {
    int fd;
    char *path;
    size_t n_number;
    size_t n_byte;  /* of a row with its checksum */
    uint64_t owner; /* hash of the head: rows of another journal are not rows of this one */
};

static tac_status cannot(tac_ctx *ctx, const char *verb, const char *path)
{
    return tac_fail(ctx, TAC_E_FILE, "cannot %s '%s': %s", verb, path, strerror(errno));
}

/** All n bytes at an offset, fewer at the end of the file; -1 on an error. */
static ssize_t read_at(int fd, void *bytes, size_t n, off_t at)
{
    size_t n_done = 0;
    while (n_done < n) {
        const ssize_t k = pread(fd, (char *)bytes + n_done, n - n_done, at + (off_t)n_done);
        if (k == 0) {
            break;
        }
        if (k < 0 && errno != EINTR) {
            return -1;
        }
        n_done += k > 0 ? (size_t)k : 0;
    }
    return (ssize_t)n_done;
}

static bool write_at(int fd, const void *bytes, size_t n, off_t at)
{
    size_t n_done = 0;
    while (n_done < n) {
        const ssize_t k = pwrite(fd, (const char *)bytes + n_done, n - n_done, at + (off_t)n_done);
        if (k < 0 && errno != EINTR) {
            return false;
        }
        n_done += k > 0 ? (size_t)k : 0;
    }
    return true;
}

/** Nobody else may write; the lock ends with the process. */
static tac_status lock(tac_ctx *ctx, const tac_journal *j)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(j->fd, F_SETLK, &whole) == 0) {
        return TAC_OK;
    }
    if (errno == EACCES || errno == EAGAIN) {
        return tac_fail(ctx, TAC_E_FILE, "another process is writing to '%s'", j->path);
    }
    return cannot(ctx, "lock", j->path);
}

/** A new file with a head: made beside and renamed, so that no head is ever half there. */
static tac_status begin(tac_ctx *ctx, tac_journal *j, const char *head)
{
    tac_status st = TAC_OK;
    tac_buf beside = TAC_BUF_INIT;
    tac_buf_print(&beside, "%s.part%ld", j->path, (long)getpid());
    TAC_TRY(tac_buf_check(ctx, &beside));
    j->fd = open(beside.text, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (j->fd < 0) {
        st = cannot(ctx, "write", j->path);
        goto out;
    }
    TAC_TRY(lock(ctx, j));
    if (!write_at(j->fd, head, N_HEAD, 0) || rename(beside.text, j->path) != 0) {
        st = cannot(ctx, "write", j->path);
        unlink(beside.text);
    }
out:
    tac_buf_free(&beside);
    return st;
}

/** The first line in which two heads differ; both point into their texts. */
static void find_difference(const char *a, const char *b, const char **a_line, const char **b_line)
{
    *a_line = a;
    *b_line = b;
    for (; *a == *b && *a != '\0'; a++, b++) {
        if (*a == '\n') {
            *a_line = a + 1;
            *b_line = b + 1;
        }
    }
}

/** The head of the file must be the head that is wanted. */
static tac_status check_head(tac_ctx *ctx, const tac_journal *j, const char *head)
{
    char found[N_HEAD + 1] = {0};
    const char *there = NULL;
    const char *here = NULL;
    const ssize_t n = read_at(j->fd, found, N_HEAD, 0);
    if (n < 0) {
        return cannot(ctx, "read", j->path);
    }
    if (n < N_HEAD || strncmp(found, FIRST_LINE, sizeof FIRST_LINE - 1) != 0) {
        return tac_fail(ctx, TAC_E_INPUT,
                        "'%s' is no journal of a cohort, or its beginning is lost: delete it to "
                        "begin anew",
                        j->path);
    }
    if (strcmp(found, head) == 0) { /* what lies behind the text fills the head and says nothing */
        return TAC_OK;
    }
    find_difference(found, head, &there, &here);
    return tac_fail(
        ctx, TAC_E_INPUT,
        "'%s' cannot be resumed: it was begun with '%.*s', now it is '%.*s'; go on as it "
        "was begun, or delete it",
        j->path, (int)strcspn(there, "\n"), there, (int)strcspn(here, "\n"), here);
}

static tac_status open_file(tac_ctx *ctx, tac_journal *j, const char *head, bool is_resumed)
{
    tac_status st = TAC_OK;
    struct stat info;
    j->fd = open(j->path, O_RDWR | O_CLOEXEC | O_NONBLOCK);
    if (j->fd < 0) {
        return errno == ENOENT ? begin(ctx, j, head) : cannot(ctx, "open", j->path);
    }
    if (fstat(j->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        return tac_fail(ctx, TAC_E_FILE, "'%s' is not an ordinary file", j->path);
    }
    TAC_TRY(lock(ctx, j));
    if (!is_resumed) {
        return tac_fail(
            ctx, TAC_E_INPUT,
            "'%s' is there, from a cohort that did not come to its end: --resume goes on "
            "with it; delete it to begin anew",
            j->path);
    }
    st = check_head(ctx, j, head);
out:
    return st;
}

tac_status tac_journal_open(tac_ctx *ctx, const char *path, const char *belongs_to, size_t n_number,
                            bool is_resumed, tac_journal **journal_out)
{
    tac_status st = TAC_OK;
    char head[N_HEAD] = {0};
    tac_journal *j = NULL;
    void *memory = NULL;

    *journal_out = NULL;
    const int n =
        snprintf(head, sizeof head, "%s%snumbers: %zu\n", FIRST_LINE, belongs_to, n_number);
    if (n < 0 || (size_t)n >= sizeof head) {
        return tac_fail(ctx, TAC_E_ARG, "too long a head for a journal");
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *j, &memory));
    j = memory;
    j->fd = -1;
    j->n_number = n_number;
    j->n_byte = (n_number + 1) * sizeof(double);
    j->owner = tac_hash_add(TAC_HASH_START, head, sizeof head);
    j->path = tac_text_copy(path, strlen(path));
    if (j->path == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(open_file(ctx, j, head, is_resumed));
    *journal_out = j;
    j = NULL;
out:
    tac_journal_free(j);
    return st;
}

void tac_journal_free(tac_journal *journal)
{
    if (journal != NULL) {
        if (journal->fd >= 0) {
            close(journal->fd);
        }
        tac_free(journal->path);
        tac_free(journal);
    }
}

size_t tac_journal_n_number(const tac_journal *journal)
{
    return journal->n_number;
}

static off_t offset_of(const tac_journal *j, size_t i)
{
    return (off_t)N_HEAD + (off_t)i * (off_t)j->n_byte;
}

static uint64_t checksum(const tac_journal *j, size_t i, const double *row)
{
    const uint64_t number = i;
    const uint64_t h = tac_hash_add(j->owner, &number, sizeof number);
    return tac_hash_add(h, row, j->n_number * sizeof *row);
}

tac_status tac_journal_put(tac_ctx *ctx, const tac_journal *journal, size_t i, const double *row)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const uint64_t sum = checksum(journal, i, row);
    const size_t n = journal->n_number * sizeof *row;
    TAC_TRY(tac_alloc(ctx, journal->n_byte, 1, &memory));
    memcpy(memory, row, n);
    memcpy((char *)memory + n, &sum, sizeof sum);
    if (!write_at(journal->fd, memory, journal->n_byte, offset_of(journal, i))) {
        st = cannot(ctx, "write", journal->path);
    }
out:
    tac_free(memory);
    return st;
}

tac_status tac_journal_get(tac_ctx *ctx, const tac_journal *journal, size_t i_first, size_t n,
                           double *rows, bool *is_there)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const size_t n_row_byte = journal->n_number * sizeof *rows;
    TAC_TRY(tac_alloc(ctx, n, journal->n_byte, &memory));
    const ssize_t n_read =
        read_at(journal->fd, memory, n * journal->n_byte, offset_of(journal, i_first));
    if (n_read < 0) {
        st = cannot(ctx, "read", journal->path);
        goto out;
    }
    for (size_t k = 0; k < n; k++) {
        const char *at = (const char *)memory + k * journal->n_byte;
        uint64_t sum = 0;
        memcpy(&rows[k * journal->n_number], at, n_row_byte);
        memcpy(&sum, at + n_row_byte, sizeof sum);
        is_there[k] = (k + 1) * journal->n_byte <= (size_t)n_read
                      && sum == checksum(journal, i_first + k, &rows[k * journal->n_number]);
    }
out:
    tac_free(memory);
    return st;
}

tac_status tac_journal_remove(tac_ctx *ctx, const tac_journal *journal)
{
    return unlink(journal->path) == 0 ? TAC_OK : cannot(ctx, "delete", journal->path);
}
