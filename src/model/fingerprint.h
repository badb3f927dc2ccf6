/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Are two formulae the same, however they are written? Each is evaluated at a few points, at which every name has the
 * same value in both models; what is equal for all values is equal there, and what is not differs almost surely.
 *
 * Conditions count as numbers between their branches, so that every branch of a piecewise formula is seen; functions are
 * continued to where they have no value.
 */
#ifndef TAC_MODEL_FINGERPRINT_H
#define TAC_MODEL_FINGERPRINT_H

#include "model/model.h"

enum { TAC_N_POINT = 6 };

typedef struct tac_fingerprint {
    double value[TAC_N_POINT];
} tac_fingerprint;

typedef struct tac_prints tac_prints;

/**
 * Evaluate all nodes of a model's graph; `names` [n_symbol] are what the symbols are called in both models.
 *
 * Ownership  *prints_out is new: tac_prints_free(); model is borrowed
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_prints_make(tac_ctx *ctx, const tac_model *model,
                                          const char *const *names, tac_prints **prints_out);

/** The same with the value of symbol i times factor[i], plus shift[i]. */
TAC_MUST_CHECK tac_status tac_prints_make_changed(tac_ctx *ctx, const tac_model *model,
                                                  const char *const *names, const double *factor,
                                                  const double *shift, tac_prints **prints_out);
void tac_prints_free(tac_prints *prints);

/** The fingerprint of an expression; that of TAC_EXPR_NONE is all zeros. */
tac_fingerprint tac_print_of(const tac_prints *prints, tac_expr e);

/** Equal up to rounding at every point. */
bool tac_fingerprint_same(const tac_fingerprint *a, const tac_fingerprint *b);

#endif
