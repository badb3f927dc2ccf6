/* SPDX-License-Identifier: Apache-2.0 */
/* Writes an expression as text that reads like the file it came from. */
#ifndef TAC_MODEL_PRINT_H
#define TAC_MODEL_PRINT_H

#include "base/buf.h"
#include "model/model.h"

/** Append the expression in Antimony's notation with as few brackets as the grammar allows. */
void tac_expr_print(tac_buf *buf, const tac_model *model, tac_expr e);

#endif
