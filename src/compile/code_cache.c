/* SPDX-License-Identifier: Apache-2.0 */
/* Files relative to an opened folder; see code_cache.h. */
#include "compile/code_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const size_t MAX_ENTRIES = 64;
static const off_t MAX_BYTES = 256L << 20;
static const time_t STALE_S = 3600; /* a work folder that old was left behind by a killed process */
static const char WORK[] = "work.";

/** $XDG_CACHE_HOME/tactus or ~/.cache/tactus; only absolute paths count. */
static bool say_path(char *path, size_t size)
{
    const char *base = getenv("XDG_CACHE_HOME");
    const char *more = "";
    if (base == NULL || base[0] != '/') {
        base = getenv("HOME");
        more = "/.cache";
    }
    const int n =
        base == NULL || base[0] != '/' ? -1 : snprintf(path, size, "%s%s/tactus", base, more);
    return n > 0 && (size_t)n < size;
}

/** Make the folder and those above it, for this user alone; errors show when it is opened. */
static void make_folders(char *path)
{
    for (char *at = path + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            (void)mkdir(path, 0700);
            *at = '/';
        }
    }
    (void)mkdir(path, 0700);
}

static bool is_ours_alone(int file, mode_t kind)
{
    struct stat st;
    return fstat(file, &st) == 0 && (st.st_mode & S_IFMT) == kind && st.st_uid == geteuid()
           && (st.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool tac_code_cache_open(tac_code_cache *cache, char *note)
{
    char path[PATH_MAX];
    *cache = (tac_code_cache){.folder = -1, .work = -1};
    if (getuid() != geteuid() || !say_path(path, sizeof path)) {
        snprintf(note, TAC_CACHE_MAX_NOTE,
                 "no folder for compiled code: neither XDG_CACHE_HOME nor HOME is one");
        return false;
    }
    make_folders(path);
    cache->folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (cache->folder < 0) {
        snprintf(note, TAC_CACHE_MAX_NOTE, "no folder for compiled code: %.500s: %s", path,
                 errno == ELOOP || errno == ENOTDIR ? "a symbolic link or no folder"
                                                    : strerror(errno));
        return false;
    }
    if (!is_ours_alone(cache->folder, S_IFDIR)) {
        snprintf(note, TAC_CACHE_MAX_NOTE,
                 "compiled code is not taken from %.500s: others may write there", path);
        tac_code_cache_close(cache);
        return false;
    }
    return true;
}

static void say_entry(char *name, const char *key)
{
    snprintf(name, TAC_CACHE_MAX_NAME, "%.64s.so", key);
}

int tac_code_cache_find(const tac_code_cache *cache, const char *key)
{
    char name[TAC_CACHE_MAX_NAME];
    say_entry(name, key);
    const int file = openat(cache->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0 && !is_ours_alone(file, S_IFREG)) {
        (void)close(file);
        return -1;
    }
    if (file >= 0) {
        (void)futimens(file, NULL); /* used now: the last to go */
    }
    return file;
}

static bool write_all(int file, const char *text, size_t n)
{
    while (n > 0) {
        const ssize_t n_now = write(file, text, n);
        if (n_now < 0 && errno != EINTR) {
            return false;
        }
        text += n_now > 0 ? n_now : 0;
        n -= n_now > 0 ? (size_t)n_now : 0;
    }
    return true;
}

static bool make_work_folder(tac_code_cache *cache)
{
    for (int k = 0; k < 1000; k++) {
        snprintf(cache->work_name, sizeof cache->work_name, "%s%ld.%d", WORK, (long)getpid(), k);
        if (mkdirat(cache->folder, cache->work_name, 0700) == 0) {
            cache->work = openat(cache->folder, cache->work_name,
                                 O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            return cache->work >= 0;
        }
        if (errno != EEXIST) {
            return false;
        }
    }
    return false;
}

bool tac_code_cache_begin(tac_code_cache *cache, const char *text, size_t n, char *note)
{
    bool is_written = false;
    if (make_work_folder(cache)) {
        const int file = openat(cache->work, "kernel.c",
                                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        is_written = file >= 0 && write_all(file, text, n);
        if (file >= 0 && close(file) != 0) {
            is_written = false;
        }
    }
    if (!is_written) {
        snprintf(note, TAC_CACHE_MAX_NOTE, "the C text cannot be written: %s", strerror(errno));
    }
    return is_written;
}

/** Remove all files of a folder and the folder; it has no folders in it that this program made. */
static void remove_folder(int above, const char *name)
{
    const int folder = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *list = folder < 0 ? NULL : fdopendir(folder);
    if (list == NULL) {
        if (folder >= 0) {
            (void)close(folder);
        }
        return;
    }
    for (const struct dirent *e = readdir(list); e != NULL; e = readdir(list)) {
        (void)unlinkat(folder, e->d_name, 0);
    }
    (void)closedir(list);
    (void)unlinkat(above, name, AT_REMOVEDIR);
}

/* What there is, as far as pruning needs it. */
typedef struct census {
    size_t n;
    off_t bytes;
    time_t oldest_time;
    char oldest[TAC_CACHE_MAX_NAME];
} census;

/** A name of n characters, which fits. */
static void count_one(census *c, const struct stat *st, const char *name, size_t n)
{
    if (c->n == 0 || st->st_mtime < c->oldest_time) {
        c->oldest_time = st->st_mtime;
        memcpy(c->oldest, name, n + 1);
    }
    c->n++;
    c->bytes += st->st_size;
}

/** Count the entries; work folders that nobody works in any more go at once. */
static census take_census(const tac_code_cache *cache)
{
    census c = {0};
    struct stat st;
    const int again = openat(cache->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = again < 0 ? NULL : fdopendir(again);
    for (const struct dirent *e = list == NULL ? NULL : readdir(list); e != NULL;
         e = readdir(list)) {
        const size_t n = strlen(e->d_name);
        if (n >= TAC_CACHE_MAX_NAME
            || fstatat(cache->folder, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        if (S_ISDIR(st.st_mode) && strncmp(e->d_name, WORK, sizeof WORK - 1) == 0
            && st.st_mtime + STALE_S < time(NULL)) {
            remove_folder(cache->folder, e->d_name);
        } else if (!S_ISDIR(st.st_mode) && n > 3 && strcmp(e->d_name + n - 3, ".so") == 0) {
            count_one(&c, &st, e->d_name, n);
        }
    }
    if (list != NULL) {
        (void)closedir(list);
    } else if (again >= 0) {
        (void)close(again);
    }
    return c;
}

static void prune(const tac_code_cache *cache)
{
    census c = take_census(cache);
    while (c.n > MAX_ENTRIES || (c.n > 1 && c.bytes > MAX_BYTES)) {
        if (unlinkat(cache->folder, c.oldest, 0) != 0 && errno != ENOENT) {
            return;
        }
        c = take_census(cache);
    }
}

bool tac_code_cache_store(tac_code_cache *cache, const char *key, char *note)
{
    char name[TAC_CACHE_MAX_NAME];
    say_entry(name, key);
    const int file = openat(cache->work, "kernel.so", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    /* on the disk before it has its name: half a file would crash who loads it */
    const bool is_kept = file >= 0 && fchmod(file, 0600) == 0 && fsync(file) == 0
                         && renameat(cache->work, "kernel.so", cache->folder, name) == 0;
    if (!is_kept) {
        snprintf(note, TAC_CACHE_MAX_NOTE, "compiled code cannot be kept: %s", strerror(errno));
    }
    if (file >= 0) {
        (void)close(file);
    }
    if (is_kept) {
        prune(cache);
    }
    return is_kept;
}

void tac_code_cache_messages(const tac_code_cache *cache, char *note)
{
    char text[200] = "";
    const size_t n_note = strlen(note);
    const int file = openat(cache->work, "messages.txt", O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    const ssize_t n = file < 0 ? 0 : read(file, text, sizeof text - 1);
    text[n > 0 ? n : 0] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    for (char *ch = text; *ch != '\0'; ch++) {
        *ch = *ch < ' ' || *ch > '~' ? '?' : *ch; /* a terminal obeys other characters */
    }
    snprintf(note + n_note, TAC_CACHE_MAX_NOTE - n_note, "%s%s", text[0] == '\0' ? "" : ": ", text);
    if (file >= 0) {
        (void)close(file);
    }
}

void tac_code_cache_close(tac_code_cache *cache)
{
    if (cache->work >= 0) {
        (void)close(cache->work);
        remove_folder(cache->folder, cache->work_name);
    }
    if (cache->folder >= 0) {
        (void)close(cache->folder);
    }
    cache->folder = -1;
    cache->work = -1;
}
