/* SPDX-License-Identifier: Apache-2.0 */
/* How a function says that it failed: a status for the caller, a message for the person. */
#ifndef TAC_BASE_FAIL_H
#define TAC_BASE_FAIL_H

#include <tactus/base.h>

#include <stdarg.h>

/* A reader goes on after an error, but not for ever. */
#define TAC_MAX_ERRORS 20

/** Leave through the label `out` when a call fails; `st` is the function's status. */
#define TAC_TRY(call)       \
    do {                    \
        st = (call);        \
        if (st != TAC_OK) { \
            goto out;       \
        }                   \
    } while (0)

/** Stop the program: an impossible state or a broken promise of our own code, never user data. */
#define TAC_BUG(what) tac_bug(__FILE__, __LINE__, what)

_Noreturn void tac_bug(const char *file, int line, const char *what);

/** Record one error and return `status`, so that `return tac_fail(...)` reads well. */
tac_status tac_fail(tac_ctx *ctx, tac_status status, const char *format, ...) TAC_PRINTF(3, 4);

/** The same with a va_list. */
tac_status tac_fail_v(tac_ctx *ctx, tac_status status, const char *format, va_list args)
    TAC_PRINTF(3, 0);

/** Record a warning; it is printed with the errors but does not count as one. */
void tac_warn(tac_ctx *ctx, const char *format, ...) TAC_PRINTF(2, 3);

#ifdef __clang_analyzer__
/* The analyzer sees one file at a time and would think that a failure may return TAC_OK. */
#    define tac_fail(ctx, status, ...) ((void)tac_fail(ctx, status, __VA_ARGS__), (status))
#endif

/** True when TAC_MAX_ERRORS have been recorded: a reader should give up. */
int tac_ctx_is_full(const tac_ctx *ctx);

#endif
