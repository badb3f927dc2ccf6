/* SPDX-License-Identifier: Apache-2.0 */
/* What runs, writes, shows and compares general models share. */
#ifndef TAC_STUDY_GENERAL_H
#define TAC_STUDY_GENERAL_H

#include "model/model.h"

/**
 * Read and check a model; numbers that it has not come from NAME.tsv beside NAME.ant, else from parameters.tsv there.
 *
 * Ownership  *model_out is new: tac_model_free()
 * Errors     those of tac_model_read_file(), tac_model_set_parameters() and tac_model_check()
 */
TAC_MUST_CHECK tac_status tac_general_read(tac_ctx *ctx, const char *path, tac_model **model_out);

#endif
