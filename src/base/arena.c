/* SPDX-License-Identifier: Apache-2.0 */
/* An arena is a list of blocks; pieces are handed out from the newest one. */
#include "base/arena.h"

#include "base/alloc.h"

#include <string.h>

typedef struct block block;

struct block {
    block *before;
    size_t n_used;
    size_t n_byte;
    max_align_t bytes[];
};

struct tac_arena {
    block *newest;
};

static const size_t BLOCK_BYTES = 16384;

tac_arena *tac_arena_create(void)
{
    return tac_calloc(1, sizeof(tac_arena));
}

void tac_arena_free(tac_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    block *b = arena->newest;
    while (b != NULL) {
        block *before = b->before;
        tac_free(b);
        b = before;
    }
    tac_free(arena);
}

void *tac_arena_alloc(tac_arena *arena, size_t n)
{
    const size_t step = sizeof(max_align_t);
    if (n > SIZE_MAX / 4) {
        return NULL;
    }
    const size_t wanted = (n + step - 1) / step * step;
    block *b = arena->newest;
    if (b == NULL || b->n_byte - b->n_used < wanted) {
        const size_t n_byte = wanted > BLOCK_BYTES ? wanted : BLOCK_BYTES;
        b = tac_calloc(1, sizeof(block) + n_byte);
        if (b == NULL) {
            return NULL;
        }
        b->n_byte = n_byte;
        b->before = arena->newest;
        arena->newest = b;
    }
    void *piece = (char *)b->bytes + b->n_used;
    b->n_used += wanted;
    return piece;
}

char *tac_arena_text(tac_arena *arena, const char *text, size_t n)
{
    char *copy = tac_arena_alloc(arena, n + 1);
    if (copy != NULL && n > 0) {
        memcpy(copy, text, n);
    }
    return copy;
}
