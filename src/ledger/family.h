/* SPDX-License-Identifier: Apache-2.0 */
/* Families of studies: the same persons, used by a fit whole or not at all. */
#ifndef TAC_LEDGER_FAMILY_H
#define TAC_LEDGER_FAMILY_H

#include "base/tsv.h"
#include "scenario/evidence.h"

/* Columns of models/families.tsv in the order in which they are read. */
enum { TAC_FAMILY, TAC_FAMILY_KEY, TAC_FAMILY_STUDIES, TAC_N_FAMILY_COLUMN };

/** Read models/families.tsv. Ownership: *table_out is new, tac_tsv_free(). */
TAC_MUST_CHECK tac_status tac_families_read(tac_ctx *ctx, tac_tsv **table_out);

/**
 * Mark the studies of the families that are named.
 *
 * Shapes  is_named [n_study]; studies that belong to no named family are left as they are
 * Errors  TAC_E_ARG  a name that is no family of these studies, or that of one study of a larger family
 */
TAC_MUST_CHECK tac_status tac_families_mark(tac_ctx *ctx, size_t n_study, tac_study *const *studies,
                                            size_t n_name, const char *const *names,
                                            bool *is_named);

/**
 * No family may be used in part.
 *
 * Errors  TAC_E_INPUT  a study that models/families.tsv lists for the family of a used study is not among these
 */
TAC_MUST_CHECK tac_status tac_families_check_whole(tac_ctx *ctx, const tac_tsv *table,
                                                   size_t n_study, tac_study *const *studies,
                                                   const bool *is_used);

#endif
