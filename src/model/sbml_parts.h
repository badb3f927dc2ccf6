/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the SBML reader share. */
#ifndef TAC_MODEL_SBML_PARTS_H
#define TAC_MODEL_SBML_PARTS_H

#include "model/sbml.h"
#include "model/sbml_check.h"

#include <sbml/SBMLTypes.h>

typedef struct tac_sbml_reader {
    tac_ctx *ctx;
    tac_library *library;
    uint32_t i_source;
    const uint32_t *lines; /* [n_line] offset at which each line begins */
    size_t n_line;
    tac_module *module;
    Model_t *model;
    const char *reaction; /* whose local parameters are seen, or NULL */
    KineticLaw_t *law;    /* their home */
    tac_span span;        /* of the element at hand */
    int depth;            /* of the formula at hand */
} tac_sbml_reader;

/** libSBML keeps registries and error tables that are not made for threads: one at a time is in it. */
void tac_sbml_enter(void);
void tac_sbml_leave(void);

/** Of libSBML's checks those whose bit (1 << tac_sbml_category) is set are made from now on. */
void tac_sbml_choose_checks(SBMLDocument_t *doc, unsigned categories);

/** The line of an element, for messages. */
tac_span tac_sbml_span(const tac_sbml_reader *r, unsigned line);

/** Record an error at the element at hand. */
tac_status tac_sbml_fail(const tac_sbml_reader *r, const char *format, ...) TAC_PRINTF(2, 3);
tac_status tac_sbml_no_memory(const tac_sbml_reader *r);

/** A copy in the arena; NULL when memory is short. */
const char *tac_sbml_text(const tac_sbml_reader *r, const char *text);

/** What libSBML found wrong, as our messages: `what` and the first line of each. */
TAC_MUST_CHECK tac_status tac_sbml_take_errors(tac_sbml_reader *r, SBMLDocument_t *doc,
                                               const char *what);

/* ---- sbml_flat.c: hierarchy ---- */

/** Submodels of package comp become part of the document's model, those of other files too. */
TAC_MUST_CHECK tac_status tac_sbml_make_flat(tac_sbml_reader *r, SBMLDocument_t *doc);

/* ---- sbml_math.c: formulae ---- */

TAC_MUST_CHECK tac_status tac_sbml_number(const tac_sbml_reader *r, double value, tac_syntax **out);
TAC_MUST_CHECK tac_status tac_sbml_name(const tac_sbml_reader *r, const char *name,
                                        tac_syntax **out);

/** op(a, b); b and c are NULL where the operation has fewer arguments. */
TAC_MUST_CHECK tac_status tac_sbml_apply(const tac_sbml_reader *r, tac_op op, tac_syntax *a,
                                         tac_syntax *b, tac_syntax *c, tac_syntax **out);

/** The formula of a MathML tree. */
TAC_MUST_CHECK tac_status tac_sbml_math(tac_sbml_reader *r, const ASTNode_t *node,
                                        tac_syntax **out);

/* ---- sbml_units.c ---- */

/** The unit of that id; false when it has none that is known. */
bool tac_sbml_unit(const tac_sbml_reader *r, const char *id, tac_unit *unit_out);
bool tac_sbml_unit_of_compartment(const tac_sbml_reader *r, const Compartment_t *c,
                                  tac_unit *unit_out);
bool tac_sbml_unit_of_species(const tac_sbml_reader *r, const Species_t *s, bool is_amount,
                              tac_unit *unit_out);

/** A copy in the arena, or NULL where it is not known; `id` (may be NULL) leads to its words. */
TAC_MUST_CHECK tac_status tac_sbml_keep_unit(const tac_sbml_reader *r, bool is_known, tac_unit unit,
                                             const char *id, const tac_given_unit **out);

/** Seconds in the unit of time: the default of Level 2; in Level 3 there is none unless it is said (0). */
double tac_sbml_time_s(const tac_sbml_reader *r);

/* ---- sbml_about.c: what is said for people and databases ---- */

/** Name, SBO term and annotations of an element, as statements about `id` ("": the model). */
TAC_MUST_CHECK tac_status tac_sbml_about(tac_sbml_reader *r, const char *id, SBase_t *element);

/** The words of its notes, "" when there are none. */
TAC_MUST_CHECK tac_status tac_sbml_note(const tac_sbml_reader *r, SBase_t *element,
                                        const char **note_out);

/* ---- sbml_model.c: components ---- */

/** Every component of r->model as statements of r->module. */
TAC_MUST_CHECK tac_status tac_sbml_model(tac_sbml_reader *r);

#endif
