/* SPDX-License-Identifier: Apache-2.0 */
/* In which order assignment rules have to be computed. */
#ifndef TAC_MODEL_ORDER_H
#define TAC_MODEL_ORDER_H

#include "model/model.h"

/**
 * List the assigned symbols so that each comes after those that its rule uses.
 *
 * Shapes  order has room for n_symbol entries; *n_out of them are filled
 * Errors  TAC_E_MODEL  rules that need each other; the circle is named
 */
TAC_MUST_CHECK tac_status tac_model_order_rules(tac_ctx *ctx, const tac_model *model,
                                                uint32_t *order, size_t *n_out);

#endif
