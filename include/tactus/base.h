/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Status codes, the context that carries messages, and the version: what every other header needs.
 */
#ifndef TACTUS_BASE_H
#define TACTUS_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#    define TAC_BEGIN_DECLS extern "C" {
#    define TAC_END_DECLS   }
#else
#    define TAC_BEGIN_DECLS
#    define TAC_END_DECLS
#endif

#if defined(__GNUC__)
#    define TAC_API                       __attribute__((visibility("default")))
#    define TAC_MUST_CHECK                __attribute__((warn_unused_result))
#    define TAC_PRINTF(i_format, i_first) __attribute__((format(printf, i_format, i_first)))
#else
#    define TAC_API
#    define TAC_MUST_CHECK
#    define TAC_PRINTF(i_format, i_first)
#endif

TAC_BEGIN_DECLS

/** Every status with its value and its text; one code per thing that a caller would do differently. */
#define TAC_STATUS_LIST(X)                                                         \
    X(TAC_OK, 0, "done")                                                           \
    X(TAC_E_MEMORY, -1, "out of memory")                                           \
    X(TAC_E_ARG, -2, "an argument is out of its range")                            \
    X(TAC_E_FILE, -3, "a file cannot be read or written")                          \
    X(TAC_E_SYNTAX, -4, "a text does not keep to its grammar")                     \
    X(TAC_E_UNITS, -5, "units do not agree")                                       \
    X(TAC_E_MODEL, -6, "a model is incomplete or contradicts itself")              \
    X(TAC_E_INPUT, -7, "a scenario asks for something that is wrong or not known") \
    X(TAC_E_SOLVER, -8, "the solver could not go on")                              \
    X(TAC_E_STOPPED, -9, "stopped on request")

typedef enum tac_status {
#define TAC_STATUS_ENUMERATOR(name, value, text) name = (value),
    TAC_STATUS_LIST(TAC_STATUS_ENUMERATOR)
#undef TAC_STATUS_ENUMERATOR
} tac_status;

/** Collects the messages of the calls that it is given to; one per thread, never shared. */
typedef struct tac_ctx tac_ctx;

/**
 * Create an empty context.
 *
 * Ownership  new: tac_ctx_free(); NULL when memory is short
 */
TAC_API tac_ctx *tac_ctx_create(void);

/** Free a context and its messages; NULL is accepted. */
TAC_API void tac_ctx_free(tac_ctx *ctx);

/**
 * Return all messages so far, one below the other, each ending in a line feed; "" when there are none.
 *
 * Ownership  borrowed, valid until the context is used again
 */
TAC_API const char *tac_ctx_message(const tac_ctx *ctx);

/** Return how many errors have been recorded (warnings are not counted). */
TAC_API size_t tac_ctx_n_error(const tac_ctx *ctx);

/** Forget all messages. */
TAC_API void tac_ctx_clear(tac_ctx *ctx);

/** Return the fixed text of a status code. */
TAC_API const char *tac_status_text(tac_status status);

/** Return the version of the library, "major.minor.patch". */
TAC_API const char *tac_version(void);

TAC_END_DECLS

#endif
