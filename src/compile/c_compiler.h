/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The system's C compiler as a process: found, asked who it is, started, waited for.
 *
 * $CC, else cc; its words are split at spaces and no shell ever reads them. It gets a clean environment (PATH, HOME,
 * LC_ALL=C, TMPDIR=.), two minutes of processor time and its own process group, which ends with the process that started
 * it, also where that is killed.
 */
#ifndef TAC_COMPILE_C_COMPILER_H
#define TAC_COMPILE_C_COMPILER_H

#include "base/sha256.h"

#include <stdbool.h>
#include <sys/types.h>

enum { TAC_CC_MAX_WORDS = 16, TAC_CC_MAX_TEXT = 1024 };

typedef struct tac_c_compiler {
    char program[TAC_CC_MAX_TEXT]; /* absolute path */
    char text[TAC_CC_MAX_TEXT];    /* $CC, its words ended by 0 */
    char *words[TAC_CC_MAX_WORDS]; /* [n_word] into text; the first is what the person called it */
    size_t n_word;
} tac_c_compiler;

/** Find the compiler; false and a reason in `note` (TAC_CC_MAX_TEXT) where there is none. */
bool tac_c_compiler_find(tac_c_compiler *cc, char *note);

/** Add to a hash all that says what it makes of a text: its words, its version, its flags, this machine. */
bool tac_c_compiler_identify(const tac_c_compiler *cc, tac_sha256 *hash, char *note);

/** Start it on kernel.c in a folder, to make kernel.so there; what it says goes to messages.txt. -1 when it cannot start. */
pid_t tac_c_compiler_start(const tac_c_compiler *cc, int folder);

/** Has it ended? *is_fine_out says how. Waits for the end where wanted. */
bool tac_c_compiler_ended(pid_t pid, bool waits, bool *is_fine_out);

/** End it and all that it started. */
void tac_c_compiler_kill(pid_t pid);

#endif
