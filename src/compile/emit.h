/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a system as C that people can read. */
#ifndef TAC_COMPILE_EMIT_H
#define TAC_COMPILE_EMIT_H

#include "base/buf.h"
#include "compile/image.h"
#include "compile/system.h"
#include "compile/tape.h"

/** Append the five functions, each `static void <part>(...)` on plain arrays. */
TAC_MUST_CHECK tac_status tac_emit_functions(tac_ctx *ctx, const tac_system *system,
                                             const tac_tapes *tapes, const tac_image *image,
                                             tac_buf *c_out);

/** Append the tables and `const tac_image tac_image_<name>`. */
void tac_emit_image(const tac_image *image, const char *name, tac_buf *c_out);

/** Append a double that reads back the same. */
void tac_emit_number(tac_buf *c_out, double value);

#endif
