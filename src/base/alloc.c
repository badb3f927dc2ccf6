/* SPDX-License-Identifier: Apache-2.0 */
/* Heap memory with a counter in front of it; see alloc.h. */
#include "base/alloc.h"

#include "base/fail.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The only two changeable variables of the library: they exist for tests and are atomic. */
static atomic_size_t n_allocation;
static atomic_size_t fail_at = SIZE_MAX;

static int must_fail(void)
{
    const size_t i = atomic_fetch_add_explicit(&n_allocation, 1, memory_order_relaxed);
    return i == atomic_load_explicit(&fail_at, memory_order_relaxed);
}

void tac_alloc_fail_after(size_t n)
{
    const size_t now = atomic_load(&n_allocation);
    atomic_store(&fail_at, n == SIZE_MAX ? SIZE_MAX : now + n);
}

size_t tac_alloc_count(void)
{
    return atomic_load(&n_allocation);
}

void *tac_calloc(size_t n, size_t size)
{
    if (must_fail() || (size != 0 && n > SIZE_MAX / size)) {
        return NULL;
    }
    return calloc(n == 0 ? 1 : n, size == 0 ? 1 : size);
}

void *tac_realloc(void *memory, size_t n, size_t size)
{
    if (must_fail() || (size != 0 && n > SIZE_MAX / size)) {
        return NULL;
    }
    return realloc(memory, n * size == 0 ? 1 : n * size);
}

void tac_free(void *memory)
{
    free(memory);
}

char *tac_text_copy(const char *text, size_t n)
{
    char *copy = tac_calloc(n + 1, 1);
    if (copy != NULL && n > 0) {
        memcpy(copy, text, n);
    }
    return copy;
}

tac_status tac_alloc(tac_ctx *ctx, size_t n, size_t size, void **memory_out)
{
    *memory_out = tac_calloc(n, size);
    if (*memory_out == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory (%zu items of %zu bytes)", n, size);
    }
    return TAC_OK;
}

tac_status tac_alloc_doubles(tac_ctx *ctx, size_t n, double **memory_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, n, sizeof(double), &memory);
    *memory_out = memory;
    return st;
}
