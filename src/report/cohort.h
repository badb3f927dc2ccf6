/* SPDX-License-Identifier: Apache-2.0 */
/* The people of a cohort on their way into files. */
#ifndef TAC_REPORT_COHORT_H
#define TAC_REPORT_COHORT_H

#include "base/person_row.h"
#include "base/table.h"

/* People that are handed out at once. */
enum { TAC_COHORT_BLOCK = 256 };

/** How the rows of the journal are made. */
tac_person_row tac_cohort_row(const tac_results *results);

/** Number of people. */
size_t tac_cohort_n(const tac_results *results);

/** Called with the rows of a block of people, [n][numbers]; a person's first number tells whether they lived. */
typedef tac_status (*tac_block_writer)(tac_ctx *ctx, void *user, size_t i_first, size_t n,
                                       const double *rows);

/** Hand all rows out, block by block, in the order of the people. Errors: TAC_E_FILE, those of the writer. */
TAC_MUST_CHECK tac_status tac_cohort_each(tac_ctx *ctx, const tac_results *results,
                                          tac_block_writer write, void *user);

/**
 * An observable of a person in an arm, or with is_without of the same hours without the programme. What only serves as a
 * comparator is seen in the hours of the first programme that is compared with it.
 */
double tac_cohort_value(const tac_results *results, const double *row, size_t arm,
                        size_t observable, bool is_without);

/** Write people.csv: one row for each person and arm. */
TAC_MUST_CHECK tac_status tac_cohort_csv(tac_ctx *ctx, const tac_results *results,
                                         const char *path);

/** Write people.nc: netCDF-4 with units and provenance. Errors: TAC_E_FILE. */
TAC_MUST_CHECK tac_status tac_cohort_netcdf(tac_ctx *ctx, const tac_results *results,
                                            const char *path);

#endif
