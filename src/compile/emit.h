/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a system as C that people can read.
 *
 * Three concerns, each in its file, so that a second kind of number (8 people side by side) needs
 * only new texts for expressions and new frames: emit_names.c (what things are called),
 * emit_expression.c (what is computed), emit_functions.c (which lines stand in which function).
 * emit_image.c writes the tables.
 */
#ifndef TAC_COMPILE_EMIT_H
#define TAC_COMPILE_EMIT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "compile/image.h"
#include "compile/system.h"
#include "compile/tape.h"

/* What the emitter knows while it writes one function. */
typedef struct tac_emitter {
    /* given */
    tac_ctx *ctx;
    const tac_system *system;
    const tac_tapes *tapes;
    const tac_image *image;
    tac_buf *c; /* the text so far */
    /* derived */
    uint32_t *symbols[TAC_SLOT_OUTPUT + 1]; /* number in the image's list, by slot and index */
    uint32_t *variables; /* [n_node] assigned variable that a node is, or UINT32_MAX */
    tac_arena *arena;
    /* state: the function that is being written */
    tac_part part;
    const char **locals; /* [n_node] C name of the line that computes a node, or NULL */
    uint32_t *n_use;     /* [n_node] how often its text would be written */
    bool *is_written;    /* [n_node] its line stands, and those of its parts */
    uint8_t *heights;    /* [n_node] nesting of the expression inside one line */
    tac_map *taken;      /* C names in use */
} tac_emitter;

/**
 * Append the functions up to `last`, each `static void <part>(...)` on plain arrays.
 *
 * Errors  TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_emit_functions(tac_ctx *ctx, const tac_system *system,
                                             const tac_tapes *tapes, const tac_image *image,
                                             tac_part last, tac_buf *c_out);

/** Append the text of `struct kernel`, which is tac_kernel for a reader without our headers. */
void tac_emit_kernel_struct(tac_buf *c_out);

/** Append the tables and `const tac_image tac_image_<name>`. */
void tac_emit_image(const tac_image *image, const char *name, tac_buf *c_out);

/* ---- emit_names.c ---- */

/**
 * A C name for an id of the model that collides with no keyword, no function of the C library
 * and no other name of this function; NULL when memory is short. Lives in the emitter's arena.
 */
const char *tac_emit_name(const tac_emitter *m, const char *id);

/** Append a comment that no text of a model can end. */
void tac_emit_comment(tac_buf *c, const char *text);

/** Append a C string; everything but plain characters is escaped. */
void tac_emit_string(tac_buf *c, const char *text);

/** Append the shortest text that reads back as the same double. */
void tac_emit_number(tac_buf *c, double value);

/* ---- emit_expression.c ---- */

/** True when the function reads the node from c[]. */
bool tac_emit_is_prepared(const tac_emitter *m, tac_expr e);

/** Append a node's local name, or its text; bracketed when it binds less than `lowest`. */
void tac_emit_use(const tac_emitter *m, tac_expr e, int lowest);

/** Append a node's text: its operation on the names or texts of its arguments. */
void tac_emit_expression(const tac_emitter *m, tac_expr e, int lowest);

/** How often the text of each argument stands in the text of this operation. */
uint32_t tac_emit_n_text(tac_op op);

#endif
