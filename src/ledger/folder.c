/* SPDX-License-Identifier: Apache-2.0 */
/* Walks a folder; see folder.h. */
#include "ledger/folder.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const int MAX_DEPTH = 8;

static bool is_study(const char *name)
{
    const char *ending = strrchr(name, '.');
    return ending != NULL && strcmp(ending, ".yaml") == 0;
}

static tac_status add_path(tac_ctx *ctx, const char *path, tac_arena *arena, tac_paths *paths)
{
    if (paths->n == paths->cap) {
        const size_t cap = paths->cap == 0 ? 64 : 2 * paths->cap;
        void *grown = tac_realloc(paths->items, cap, sizeof *paths->items);
        if (grown == NULL) {
            return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        }
        paths->items = grown;
        paths->cap = cap;
    }
    const char *kept = tac_arena_text(arena, path, strlen(path));
    if (kept == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    paths->items[paths->n++] = kept;
    return TAC_OK;
}

static tac_status walk(tac_ctx *ctx, const char *path, int depth, tac_arena *arena,
                       tac_paths *paths)
{
    struct stat info;
    tac_status st = TAC_OK;
    DIR *folder = NULL;
    tac_buf below = TAC_BUF_INIT;
    if (stat(path, &info) != 0) {
        return tac_fail(ctx, TAC_E_FILE, "%s: %s", path, strerror(errno));
    }
    if (!S_ISDIR(info.st_mode)) {
        return is_study(path) || depth == 0 ? add_path(ctx, path, arena, paths) : TAC_OK;
    }
    folder = depth < MAX_DEPTH ? opendir(path) : NULL;
    if (folder == NULL) {
        return tac_fail(ctx, TAC_E_FILE, "%s: %s", path,
                        depth < MAX_DEPTH ? strerror(errno) : "too many folders inside each other");
    }
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.') {
            continue;
        }
        tac_buf_clear(&below);
        tac_buf_print(&below, "%s/%s", path, entry->d_name);
        TAC_TRY(tac_buf_check(ctx, &below));
        TAC_TRY(walk(ctx, below.text, depth + 1, arena, paths));
    }
out:
    closedir(folder);
    tac_buf_free(&below);
    return st;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

tac_status tac_paths_below(tac_ctx *ctx, const char *path, tac_arena *arena, tac_paths *paths)
{
    tac_buf clean = TAC_BUF_INIT;
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') {
        n--;
    }
    tac_buf_add(&clean, path, n);
    tac_status st = tac_buf_check(ctx, &clean);
    st = st == TAC_OK ? walk(ctx, clean.text, 0, arena, paths) : st;
    tac_buf_free(&clean);
    if (paths->n > 0) {
        qsort(paths->items, paths->n, sizeof *paths->items, by_name);
    }
    return st;
}

void tac_paths_free(tac_paths *paths)
{
    tac_free(paths->items);
    *paths = (tac_paths){0};
}
