/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: compare the arms of a scenario text; anything wrong stops the test. */
#ifndef TAC_TESTS_STUDY_H
#define TAC_TESTS_STUDY_H

#include <tactus/report.h>

/* A body, a scenario and its results, with everything that has to be freed. */
typedef struct study {
    tac_ctx *ctx;
    tac_body *body;
    tac_scenario *scenario;
    tac_results *results;
} study;

/** Compare the arms of a scenario with so many members on so many threads. Free with study_free(). */
study study_compare(const char *scenario_yaml, size_t n_member, size_t n_job);

/** A number of the summary. */
double study_cell(const study *s, size_t row, const char *column);

void study_free(study *s);

#endif
