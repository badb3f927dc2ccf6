/* SPDX-License-Identifier: Apache-2.0 */
/* Many small pieces that live and die together: one arena per model or document. */
#ifndef TAC_BASE_ARENA_H
#define TAC_BASE_ARENA_H

#include <tactus/base.h>

typedef struct tac_arena tac_arena;

/** Create an empty arena; NULL when memory is short. */
tac_arena *tac_arena_create(void);

/** Free the arena and every piece of it; NULL is accepted. */
void tac_arena_free(tac_arena *arena);

/** Hand out n zeroed bytes aligned for any type; NULL when memory is short. */
void *tac_arena_alloc(tac_arena *arena, size_t n);

/** Copy n characters into the arena and end them with 0; NULL when memory is short. */
char *tac_arena_text(tac_arena *arena, const char *text, size_t n);

#endif
