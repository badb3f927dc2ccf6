/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison of doubles for tests: cmocka's own one casts to float. */
#ifndef TAC_TESTS_CLOSE_H
#define TAC_TESTS_CLOSE_H

#include <stdbool.h>

/** True when |got - want| <= abs_tol + rel_tol * |want|; prints both when not. */
bool close_enough(const char *file, int line, const char *what, double got, double want,
                  double rel_tol, double abs_tol);

#define assert_close(got, want, rel_tol, abs_tol) \
    assert_true(close_enough(__FILE__, __LINE__, #got, (got), (want), (rel_tol), (abs_tol)))

#endif
