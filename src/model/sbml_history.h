/* SPDX-License-Identifier: Apache-2.0 */
/* Who made a model and when, as the annotation that SBML has for it. */
#ifndef TAC_MODEL_SBML_HISTORY_H
#define TAC_MODEL_SBML_HISTORY_H

#include "base/buf.h"
#include "model/model.h"

/** Append a text as XML has it; control characters, which XML has not, are left out. */
void tac_xml_put(tac_buf *xml, const char *text);

/** Is there a creator, or a date that is one? */
bool tac_sbml_has_history(const tac_model *model);

/**
 * Append creators, creation and modifications, to stand in an rdf:Description; prefixes dcterms and vCard4.
 *
 * A creator has a given and a family name, or one name (the organization, or the address, where there is none). A field
 * that is said again, and `creator`, begin the next one. Dates are 2026-11-30T12:00:00Z or 2026-11-30; other words
 * are no dates and left out.
 */
void tac_sbml_put_history(tac_buf *xml, const tac_model *model);

#endif
