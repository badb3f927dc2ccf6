/* SPDX-License-Identifier: Apache-2.0 */
/* Formulae as the MathML of SBML (content, not appearance). */
#ifndef TAC_MODEL_MATHML_H
#define TAC_MODEL_MATHML_H

#include "model/graph_units.h"
#include "model/outline.h"

typedef struct tac_mathml {
    const tac_outline *o;
    tac_buf *xml;
    const tac_known_unit
        *units; /* [n_node] numbers without unit are given theirs by it; NULL: they stay without */
    const bool *is_endless; /* [n_node] of endless.h */
    size_t n_part;          /* written so far, all formulae together */
    bool is_too_large;
} tac_mathml;

/* Formulae are trees in SBML: what a graph shares is written out, but not endlessly. */
#define TAC_MATHML_MAX_PARTS 1000000

/* Elements inside each other, as readers allow. */
#define TAC_MATHML_MAX_DEPTH 200

/**
 * Append <math>...</math>; numbers carry their units. One that is the whole formula is in `unit`, the id of one (NULL: it
 * has none). Beyond the limits is_too_large is set.
 */
void tac_mathml_write(tac_mathml *w, tac_expr e, const char *unit);

#endif
