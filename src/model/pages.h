/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a file of a model says, in its order: comments, declarations, equations. For pages of documentation that are made
 * from the model itself; nothing is computed from it.
 */
#ifndef TAC_MODEL_PAGES_H
#define TAC_MODEL_PAGES_H

#include "model/model.h"

typedef enum tac_page_kind {
    TAC_PAGE_COMMENT,
    TAC_PAGE_DECLARATION, /* var x has u */
    TAC_PAGE_EQUATION,    /* x := ..., x' = ..., x = ... */
    TAC_PAGE_INSTANCE,    /* a: A(x, y) */
    TAC_PAGE_WIRE         /* x is y */
} tac_page_kind;

/** One thing that is said; a statement that says several, `var x has u = 2, y has v`, gives an item for each. */
typedef struct tac_page_item {
    tac_page_kind kind;
    tac_span
        span; /* a comment without its marks; a statement from its first to its last character */
    bool is_alone;   /* COMMENT: it has its line to itself; else it stands behind a statement */
    uint32_t symbol; /* what is declared, computed or joined; UINT32_MAX when there is none */
} tac_page_item;

/**
 * List what the models of one file say.
 *
 * `prefix` is that of the instance whose symbols are meant, "stress." with its dot, "" for the main model.
 *
 * Shapes     *n_out items, ascending by place; comments behind a declaration are left out, they are its symbol's note
 * Ownership  *items_out is new: tac_free()
 * Errors     TAC_E_ARG     the model has no such file
 *            TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_model_page(tac_ctx *ctx, const tac_model *model, uint32_t source,
                                         const char *prefix, tac_page_item **items_out,
                                         size_t *n_out);

#endif
