/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as they were written, and how the names in them are found. */
#ifndef TAC_MODEL_EQUATIONS_H
#define TAC_MODEL_EQUATIONS_H

#include "model/model.h"
#include "model/syntax.h"

/** One rule, rate or initial value in one instance of a module. */
typedef struct tac_equation {
    uint32_t symbol;
    tac_statement_kind kind; /* INITIAL, RULE or RATE */
    const tac_syntax *value;
    const char *prefix; /* of the instance with its dot, "stress."; "" at the top */
    uint32_t source;
    tac_span span; /* of the name on the left */
} tac_equation;

/** Flat symbol of a name as it stands in an instance; UINT32_MAX when there is none. */
uint32_t tac_equation_symbol(const tac_model *model, const char *prefix, const char *name);

/** Join the modules of model->library, beginning with its main one, into flat symbols and equations. */
TAC_MUST_CHECK tac_status tac_flatten(tac_ctx *ctx, tac_model *model);

/** Turn each equation into expressions of the graph and decide what each symbol is. */
TAC_MUST_CHECK tac_status tac_build_expressions(tac_ctx *ctx, tac_model *model);

/**
 * Check that constants which are computed (k = 2*a) use constants only.
 *
 * `order` lists the n assigned symbols as tac_model_order_rules() gives them. Errors: TAC_E_MODEL, TAC_E_MEMORY.
 */
TAC_MUST_CHECK tac_status tac_check_initial(tac_ctx *ctx, const tac_model *model,
                                            const uint32_t *order, size_t n);

#endif
