/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the image of a model in memory: names, sizes, sparsity and nominal values. */
#ifndef TAC_COMPILE_IMAGE_BUILD_H
#define TAC_COMPILE_IMAGE_BUILD_H

#include "base/arena.h"
#include "compile/image.h"
#include "compile/system.h"
#include "compile/tape.h"

/**
 * Fill an image (its kernel stays empty) from a system; texts and lists live in the arena, the
 * Jacobian's pattern stays with the system.
 */
TAC_MUST_CHECK tac_status tac_image_build(tac_ctx *ctx, const tac_model *model,
                                          const tac_system *system, const tac_tapes *tapes,
                                          tac_arena *arena, tac_image *image_out);

#endif
