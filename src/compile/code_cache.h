/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A folder of compiled kernels by content hash: $XDG_CACHE_HOME/tactus, else ~/.cache/tactus.
 *
 * What is loaded from here runs as this user, so the folder must be the user's own, no symbolic link and not writable by
 * others; it is made with mode 0700, its files with 0600. All work goes through the opened folder, never through a path
 * that could be exchanged. A new entry is made in a folder of its own beside and renamed: two processes may make the same
 * one at a time. The oldest of more than 64 entries or 256 MB go.
 */
#ifndef TAC_COMPILE_CODE_CACHE_H
#define TAC_COMPILE_CODE_CACHE_H

#include <stdbool.h>
#include <stddef.h>

enum { TAC_CACHE_MAX_NOTE = 1024, TAC_CACHE_MAX_NAME = 80 };

typedef struct tac_code_cache {
    int folder; /* opened, or -1 */
    int work;   /* the folder of the entry that is being made, or -1 */
    char work_name[TAC_CACHE_MAX_NAME];
} tac_code_cache;

/** Open the folder, made where it is missing; false and a reason in `note` where it cannot be trusted. */
bool tac_code_cache_open(tac_code_cache *cache, char *note);

/** An entry's file, opened for reading; -1 when there is none, or none that is this user's alone. */
int tac_code_cache_find(const tac_code_cache *cache, const char *key);

/** Begin an entry: an empty folder beside, cache->work, with the text as kernel.c. */
bool tac_code_cache_begin(tac_code_cache *cache, const char *text, size_t n, char *note);

/** kernel.so of the work folder becomes the entry; the oldest ones go. */
bool tac_code_cache_store(tac_code_cache *cache, const char *key, char *note);

/** The first line of messages.txt in the work folder, appended to a note. */
void tac_code_cache_messages(const tac_code_cache *cache, char *note);

/** Remove the work folder, if there is one, and close. */
void tac_code_cache_close(tac_code_cache *cache);

#endif
