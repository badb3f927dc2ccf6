/* SPDX-License-Identifier: Apache-2.0 */
/* One case of the SBML Test Suite: a folder with model, settings, expected results and tags. */
#ifndef TAC_TESTS_CONFORMANCE_CASE_H
#define TAC_TESTS_CONFORMANCE_CASE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum tac_case_verdict {
    TAC_CASE_PASSED,
    TAC_CASE_FAILED,
    TAC_CASE_UNSUPPORTED /* refused by name */
} tac_case_verdict;

/**
 * Run suite/id and compare; `reason` says what went wrong first.
 *
 * `is_round_trip`: what runs is the model after it has been written as Antimony, read, written as SBML and read again.
 */
tac_case_verdict tac_case_run(const char *suite, const char *id, bool is_round_trip, char *reason,
                              size_t n_reason);

/** The tags of a case as ";tag;tag;". */
void tac_case_tags(const char *suite, const char *id, char *tags, size_t n_tags);

#endif
