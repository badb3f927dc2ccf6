/* SPDX-License-Identifier: Apache-2.0 */
/* Formulae as people see them on a page: MathML for its appearance (fractions, powers, cases), not for its content. */
#ifndef TAC_MODEL_FORMULA_PAGE_H
#define TAC_MODEL_FORMULA_PAGE_H

#include "base/buf.h"
#include "model/model.h"

/** Append <mi>...</mi> of a name: what stands behind its first _ is set below. */
void tac_formula_name(tac_buf *html, const char *name);

/** Append an expression; `ids` [n_symbol] (NULL: the model's) are the names. Very large ones end in dots. */
void tac_formula_page(tac_buf *html, const tac_model *model, const char *const *ids, tac_expr e);

#endif
