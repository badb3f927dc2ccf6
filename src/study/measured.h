/* SPDX-License-Identifier: Apache-2.0 */
/* Within what people were measured: models/measured-range.tsv, and whether a programme stays inside it. */
#ifndef TAC_STUDY_MEASURED_H
#define TAC_STUDY_MEASURED_H

#include "base/tsv.h"
#include "sim/body.h"
#include "sim/schedule.h"

/** A row: results of these observables are extrapolated where the quantity is outside [low, high] for longer than `hours` on end. */
typedef struct tac_measured_range {
    const char *observables; /* words, each with * at its end for all that begin so */
    const char *quantity;    /* an input (of each part with {r}) or a parameter of the body */
    const char *unit;
    double low;
    double high;
    double hours; /* 0: at once */
    const char *why;
} tac_measured_range;

typedef struct tac_measured {
    tac_measured_range *items;
    size_t n;
    tac_tsv *table; /* owns the texts */
} tac_measured;

/**
 * Read a table; NULL for the one that is built into the library.
 *
 * Ownership  free with tac_measured_free(), also after an error
 * Errors     TAC_E_SYNTAX, TAC_E_UNITS  a row is wrong: file, line, column
 */
TAC_MUST_CHECK tac_status tac_measured_read(tac_ctx *ctx, const tac_source *source,
                                            tac_measured *measured_out);

/** Free what tac_measured_read() made and clear. */
void tac_measured_free(tac_measured *measured);

/**
 * The first row that an observable violates in a programme: its reason, or NULL when all stays within what was measured.
 *
 * parameters  of the person [n_parameter]
 * Errors      TAC_E_MODEL  the table names a quantity that the body does not have, or in another unit
 */
TAC_MUST_CHECK tac_status tac_measured_why(tac_ctx *ctx, const tac_measured *measured,
                                           const tac_program *program, const tac_schedule *schedule,
                                           const double *parameters, const char *observable,
                                           const char **why_out);

#endif
