/* SPDX-License-Identifier: Apache-2.0 */
/* Constants of which a model sees only the product, the ratio, the sum or the difference: no data can tell them apart. */
#ifndef TAC_MODEL_PAIRS_H
#define TAC_MODEL_PAIRS_H

#include "model/model.h"

typedef enum tac_pair_kind {
    TAC_PAIR_PRODUCT,
    TAC_PAIR_RATIO,
    TAC_PAIR_SUM,
    TAC_PAIR_DIFFERENCE
} tac_pair_kind;

typedef struct tac_pair {
    uint32_t a; /* symbols */
    uint32_t b;
    tac_pair_kind kind;
} tac_pair;

/**
 * Find such pairs: changed together (a twice as large and b half as large for a product) they change no rate, rule, start
 * or event. What an assignment rule shows of one of them alone counts as seen.
 *
 * Method     formulae are compared by their fingerprints; pairs are looked for among constants that stand in the same formulae
 * Ownership  *pairs_out [*n_out] is new: tac_free()
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_model_find_pairs(tac_ctx *ctx, const tac_model *model,
                                               tac_pair **pairs_out, size_t *n_out);

#endif
