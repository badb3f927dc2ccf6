/* SPDX-License-Identifier: Apache-2.0 */
/* The literature behind the numbers: models/references.bib as one line per key. */
#ifndef TAC_SIM_REFERENCES_H
#define TAC_SIM_REFERENCES_H

#include "base/source.h"

typedef struct tac_references tac_references;

/**
 * Read a BibTeX text: entries @type{key, field = {text}, ...}; author, title, journal (or booktitle, publisher), year,
 * volume, pages, doi, pmid and note make the line.
 *
 * Ownership  *references_out is new: tac_references_free()
 * Errors     TAC_E_SYNTAX  an entry that does not end, a key twice; file, line, column
 */
TAC_MUST_CHECK tac_status tac_references_read(tac_ctx *ctx, const tac_source *source,
                                              tac_references **references_out);

/** Free; NULL is accepted. */
void tac_references_free(tac_references *references);

/** The line of a key, or NULL. Borrowed. */
const char *tac_references_line(const tac_references *references, const char *key);

#endif
