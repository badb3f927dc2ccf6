/* SPDX-License-Identifier: Apache-2.0 */
/* Writes an expression as text that reads like the file it came from. */
#ifndef TAC_MODEL_PRINT_H
#define TAC_MODEL_PRINT_H

#include "base/buf.h"
#include "model/model.h"

/** Append the expression in Antimony's notation with as few brackets as the grammar allows. */
void tac_expr_print(tac_buf *buf, const tac_model *model, tac_expr e);

/** Append a number with as many digits as it needs to be read back the same. */
void tac_number_print(tac_buf *buf, double value);

/** Names for the parts of an expression; NULL: ids of the model, and no units. */
typedef struct tac_print_names {
    const char *const *ids;   /* [n_symbol] */
    const char *const *units; /* [n_number_unit] behind numbers; NULL or "" for none */
} tac_print_names;

/** The same with other names. False when it was too long and has been cut. */
bool tac_expr_print_as(tac_buf *buf, const tac_model *model, const tac_print_names *names,
                       tac_expr e);

#endif
