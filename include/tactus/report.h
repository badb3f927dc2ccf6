/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Writing results: a table for the terminal, CSV, JSON and a page.
 */
#ifndef TACTUS_REPORT_H
#define TACTUS_REPORT_H

#include <tactus/study.h>

TAC_BEGIN_DECLS

/** What goes into files beside the results themselves. */
typedef struct tac_report_options {
    const char *directory; /* where the files go; made when it is not there */
    const char *command;   /* the command as typed, for run.json and the page */
    double seconds;        /* how long the study took */
} tac_report_options;

/**
 * Write the summary as a table of at most 80 columns.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_text(tac_ctx *ctx, const tac_results *results,
                                                  char **text_out);

/**
 * Write the summary as JSON with the keys of docs/results.md.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_json(tac_ctx *ctx, const tac_results *results,
                                                  double seconds, char **text_out);

/**
 * Write report.html, trajectories.csv, summary.json and run.json, and chain.csv where the scenario asks for one lymph vessel; each
 * is whole or not there.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a file in the way; nothing half-written is left
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_write(tac_ctx *ctx, const tac_results *results,
                                                   const tac_report_options *options);

/**
 * Make a text of what tac_general_check() gives; *is_sound_out is 0 where units disagree.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_general_check_text(tac_ctx *ctx,
                                                                const tac_results *results,
                                                                int *is_sound_out, char **text_out);

/**
 * Make JSON of it.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_general_check_json(tac_ctx *ctx,
                                                                const tac_results *results,
                                                                char **text_out);

/**
 * Make a text of what tac_general_diff() gives; *n_difference_out is their number.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_diff_text(tac_ctx *ctx, const tac_results *results,
                                                       size_t *n_difference_out, char **text_out);

/**
 * Make a text of 80 columns of what tac_general_show() gives.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_show_text(tac_ctx *ctx, const tac_results *results,
                                                       char **text_out);

/**
 * Write it as one page with formulae in MathML that loads nothing.
 *
 * Errors  TAC_E_FILE  no permission, disk full; nothing half-written is left
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_show_html(tac_ctx *ctx, const tac_results *results,
                                                       const char *path);

/**
 * Write report.html, trajectories.csv and run.json of tac_general_run(); each is whole or not there.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a file in the way; nothing half-written is left
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_write_course(tac_ctx *ctx, const tac_results *results,
                                                          const tac_report_options *options);

/**
 * Write what tac_check_rest() found as a text of at most 80 columns.
 *
 * Ownership  *text_out is new: tac_text_free(); *is_sound_out is 1 when all balances hold and nothing drifts
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_check_text(tac_ctx *ctx, const tac_results *results,
                                                        int *is_sound_out, char **text_out);

/**
 * Write the same as JSON: {"model": {...}, "balances": [...], "drift": [...], "sound": true}.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_report_check_json(tac_ctx *ctx, const tac_results *results,
                                                        char **text_out);

/**
 * Write a ledger as a text of at most 80 columns: counts by system, by claim and of the null models, then the rows
 * that disagree, or with all_rows not 0 every finding.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_ledger_text(tac_ctx *ctx, const tac_results *results,
                                                  int all_rows, char **text_out);

/**
 * Write a ledger as JSON with the keys of docs/results.md.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_ledger_json(tac_ctx *ctx, const tac_results *results,
                                                  double seconds, char **text_out);

/**
 * Write ledger.json and ledger.html; each is whole or not there.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a file in the way; nothing half-written is left
 */
TAC_API TAC_MUST_CHECK tac_status tac_ledger_write(tac_ctx *ctx, const tac_results *results,
                                                   const tac_report_options *options);

/**
 * Write the claims as a text of at most 80 columns.
 *
 * ledger_text  ledger.json as a text, for the verdicts of studies; NULL or "" when there is none
 * Ownership    *text_out is new: tac_text_free()
 * Errors       TAC_E_INPUT  a text that is no ledger
 */
TAC_API TAC_MUST_CHECK tac_status tac_claims_text(tac_ctx *ctx, const tac_results *results,
                                                  const char *ledger_text, char **text_out);

/**
 * Write the same as JSON, with the keys of docs/results.md: a list with one object for each claim.
 *
 * Ownership    *text_out is new: tac_text_free()
 * Errors       TAC_E_INPUT  a text that is no ledger
 */
TAC_API TAC_MUST_CHECK tac_status tac_claims_json(tac_ctx *ctx, const tac_results *results,
                                                  const char *ledger_text, char **text_out);

/**
 * Write a fit as a text of at most 80 columns.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_fit_text(tac_ctx *ctx, const tac_results *results,
                                               char **text_out);

/**
 * Write a fit as JSON with the keys of docs/results.md.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_fit_json(tac_ctx *ctx, const tac_results *results,
                                               double seconds, char **text_out);

/**
 * Write fit.json and a copy of the body's parameters.tsv with what the fit changes; each is whole or not there.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a file in the way; nothing half-written is left
 */
TAC_API TAC_MUST_CHECK tac_status tac_fit_write(tac_ctx *ctx, const tac_results *results,
                                                const tac_report_options *options);

/**
 * Change the table that the body was built from in place.
 *
 * Errors  TAC_E_FILE   it cannot be read or written
 *         TAC_E_INPUT  it is not the table that the body was built from; a family that the ledger could not mark as used
 */
TAC_API TAC_MUST_CHECK tac_status tac_fit_update(tac_ctx *ctx, const tac_results *results,
                                                 const char *path);

/**
 * Write what tac_cohort_study() found as a text of at most 80 columns.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_cohort_text(tac_ctx *ctx, const tac_results *results,
                                                  char **text_out);

/**
 * Write the same as JSON with the keys of docs/cohorts.md.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_cohort_json(tac_ctx *ctx, const tac_results *results,
                                                  char **text_out);

/**
 * Write people.csv, people.nc, summary.json and run.json, each whole or not there, then remove the journal.
 *
 * Errors  TAC_E_FILE  no permission, disk full, a file in the way; nothing half-written is left, the journal stays
 */
TAC_API TAC_MUST_CHECK tac_status tac_cohort_write(tac_ctx *ctx, const tac_results *results,
                                                   const tac_report_options *options);

/** Free a text that a function of this header made; NULL is accepted. */
TAC_API void tac_text_free(char *text);

TAC_END_DECLS

#endif
