/* SPDX-License-Identifier: Apache-2.0 */
/* A text that came from a file, and messages that point into it with line, column and caret. */
#ifndef TAC_BASE_SOURCE_H
#define TAC_BASE_SOURCE_H

#include <tactus/base.h>

typedef struct tac_source {
    const char *name; /* as the person gave it, printed in messages; borrowed */
    const char *text; /* borrowed */
    size_t n;
} tac_source;

/** A stretch of a source, by byte offset. */
typedef struct tac_span {
    uint32_t offset;
    uint32_t n;
} tac_span;

/** Line and column (both from 1, the column in characters, not bytes) of an offset. */
void tac_source_place(const tac_source *source, size_t offset, size_t *line_out,
                      size_t *column_out);

/**
 * Record an error at a span and return `status`:
 *
 *   models/stress.ant:12:7: 'crh' is in pg/mL, the right side in pg/mL/min: multiply by 60
 *     crh' = k*acth;
 *           ^~~~~~
 */
tac_status tac_fail_at(tac_ctx *ctx, tac_status status, const tac_source *source, tac_span span,
                       const char *format, ...) TAC_PRINTF(5, 6);

#ifdef __clang_analyzer__
/* As in fail.h: a failure is never TAC_OK. */
#    define tac_fail_at(ctx, status, source, span, ...) \
        ((void)tac_fail_at(ctx, status, source, span, __VA_ARGS__), (status))
#endif

#endif
