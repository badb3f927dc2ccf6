/* SPDX-License-Identifier: Apache-2.0 */
/* The one door to the heap, so that a test can let any allocation fail. */
#ifndef TAC_BASE_ALLOC_H
#define TAC_BASE_ALLOC_H

#include <tactus/base.h>

/** Allocate n * size zeroed bytes (at least one) into *memory_out; NULL there on failure. */
TAC_MUST_CHECK tac_status tac_alloc(tac_ctx *ctx, size_t n, size_t size, void **memory_out);

/** Allocate n zeroed doubles. */
TAC_MUST_CHECK tac_status tac_alloc_doubles(tac_ctx *ctx, size_t n, double **memory_out);

/** Plain zeroed allocation without a message, for code that reports by itself; NULL on failure. */
void *tac_calloc(size_t n, size_t size);

/** Resize to n * size bytes; on failure NULL, and the old block stays. */
void *tac_realloc(void *memory, size_t n, size_t size);

/** Free what came from this file; NULL is accepted. */
void tac_free(void *memory);

/** Copy a text of n characters and end it with 0; NULL on failure. */
char *tac_text_copy(const char *text, size_t n);

/**
 * For tests: let the allocation after the next `n` fail (n = 0: the very next), once; SIZE_MAX
 * switches it off. Counts across threads, so use it in one-threaded tests only.
 */
void tac_alloc_fail_after(size_t n);

/** For tests: number of allocations so far in this process. */
size_t tac_alloc_count(void);

#endif
