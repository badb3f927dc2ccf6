/* SPDX-License-Identifier: Apache-2.0 */
/* What models say about their names besides equations: words for people, terms of databases, who acts on what. */
#ifndef TAC_MODEL_ABOUT_H
#define TAC_MODEL_ABOUT_H

#include <stdbool.h>
#include <stddef.h>

/* What a species does to a reaction that does not use it up. */
typedef enum tac_influence {
    TAC_INFLUENCE_ACTIVATES, /* -o */
    TAC_INFLUENCE_INHIBITS,  /* -| */
    TAC_INFLUENCE_UNKNOWN    /* -( */
} tac_influence;

/** The kind of an annotation by the word of a text ("part" is "hasPart"); NULL when it is none. */
const char *tac_about_kind(const char *word);

/** All words for it, parted by blanks, for messages. */
const char *tac_about_kinds(void);

/** The qualifier of SBML's annotations for a kind ("identity" is "is"), and whether it is one of models; NULL: none. */
const char *tac_about_qualifier(const char *kind, bool *is_of_model_out);

/** The kind for such a qualifier; NULL when there is none. */
const char *tac_about_of_qualifier(const char *qualifier, bool is_of_model);

#endif
