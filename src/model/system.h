/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The systems of a model, as pages and listings show them: a system is an instance of the main model, "stress" of
 * "stress.crh"; what there is once for each part of the body stands once, with {r} for the part.
 */
#ifndef TAC_MODEL_SYSTEM_H
#define TAC_MODEL_SYSTEM_H

#include "base/buf.h"
#include "model/model.h"

/** Length of the system's name in a flat id, "stress" of "stress.crh"; 0 when it belongs to none. */
size_t tac_system_length(const char *id);

/** True when a flat id belongs to the system of that name; n = 0: to none. */
bool tac_system_has(const char *id, const char *system, size_t n);

/** True when no symbol before this one belongs to its system. */
bool tac_system_is_first(const tac_model *model, size_t symbol);

/** The file in which the system's first variable is declared. */
uint32_t tac_system_source(const tac_model *model, const char *system, size_t n);

/** Replace what is in `out` by the id with {r} in place of the part's name, or by the id itself when it names none. */
void tac_system_fold(const char *id, tac_buf *out);

/** How many variables before and after this one stand for the same in another part. */
void tac_system_count_variables(const tac_model *model, size_t symbol, size_t *before_out,
                                size_t *after_out);

/** The same for parameters. */
void tac_system_count_parameters(const tac_model *model, size_t parameter, size_t *before_out,
                                 size_t *after_out);

/** The word for a basis: measured, fitted, derived, assumed, or "". */
const char *tac_basis_word(tac_basis basis);

/** Append the comment lines that head a file, without its licence. */
void tac_system_introduction(tac_buf *out, const tac_source *source);

#endif
