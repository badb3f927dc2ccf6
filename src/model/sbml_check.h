/* SPDX-License-Identifier: Apache-2.0 */
/* A text of SBML held against libSBML's checks. */
#ifndef TAC_MODEL_SBML_CHECK_H
#define TAC_MODEL_SBML_CHECK_H

#include "base/buf.h"

#include <stdbool.h>

/* Kinds of checks: libSBML's categories, and what people call them. */
#define TAC_SBML_CATEGORY_LIST(X)                                     \
    X(GENERAL, LIBSBML_CAT_GENERAL_CONSISTENCY, "general")            \
    X(IDENTIFIERS, LIBSBML_CAT_IDENTIFIER_CONSISTENCY, "identifiers") \
    X(UNITS, LIBSBML_CAT_UNITS_CONSISTENCY, "units")                  \
    X(MATHML, LIBSBML_CAT_MATHML_CONSISTENCY, "MathML")               \
    X(SBO, LIBSBML_CAT_SBO_CONSISTENCY, "SBO")                        \
    X(DETERMINED, LIBSBML_CAT_OVERDETERMINED_MODEL, "overdetermined") \
    X(PRACTICE, LIBSBML_CAT_MODELING_PRACTICE, "practice")

typedef enum tac_sbml_category {
#define TAC_SBML_ENUMERATOR(name, category, text) TAC_SBML_##name,
    TAC_SBML_CATEGORY_LIST(TAC_SBML_ENUMERATOR)
#undef TAC_SBML_ENUMERATOR
        TAC_N_SBML_CATEGORY
} tac_sbml_category;

/** "units" */
const char *tac_sbml_category_text(tac_sbml_category category);

/** How many of each: the last one counts what is in none of the categories. */
typedef struct tac_sbml_findings {
    size_t n_error[TAC_N_SBML_CATEGORY + 1];
    size_t n_warning[TAC_N_SBML_CATEGORY + 1];
} tac_sbml_findings;

/**
 * Hold a text against all of libSBML's consistency checks; what it calls an error is one here.
 *
 * Method  Where there are more than 300 rules, general checks and those of units see the rules in pieces of 100: libSBML
 *         copies all dependencies so far for each new one, and tabulates all values for each power. Only a circle through
 *         several pieces would not be seen, and ours has been through them.
 * findings_out  may be NULL
 * Errors  TAC_E_SYNTAX  with the line of each finding
 */
TAC_MUST_CHECK tac_status tac_sbml_check(tac_ctx *ctx, const char *name, const tac_buf *xml,
                                         bool with_units, tac_sbml_findings *findings_out);

#endif
