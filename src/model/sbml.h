/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads SBML Level 1 to 3 into the statements that Antimony gives too, so that everything behind the readers is
 * shared. libSBML reads the XML and flattens `comp`; only one thread at a time is in it.
 */
#ifndef TAC_MODEL_SBML_H
#define TAC_MODEL_SBML_H

#include "model/syntax.h"

/** True when a text begins as XML does. */
bool tac_sbml_is(const char *text, size_t n);

/**
 * Read one source that stands in the library (its index) as a module with the star of the main one.
 *
 * Errors  TAC_E_SYNTAX  not SBML, or not valid XML; with line
 *         TAC_E_MODEL   what is not supported, by name: delay(), fast reactions, packages other than comp
 */
TAC_MUST_CHECK tac_status tac_sbml_read(tac_ctx *ctx, tac_library *library, uint32_t source);

#endif
