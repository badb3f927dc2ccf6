/* SPDX-License-Identifier: Apache-2.0 */
/* Comparison of doubles; see close.h. */
#include "close.h"

#include <math.h>
#include <stdio.h>

bool close_enough(const char *file, int line, const char *what, double got, double want,
                  double rel_tol, double abs_tol)
{
    const double allowed = abs_tol + rel_tol * fabs(want);
    const bool is_close = fabs(got - want) <= allowed;
    if (!is_close) {
        fprintf(stderr, "%s:%d: %s is %.10g, wanted %.10g, allowed difference %.3g\n", file, line,
                what, got, want, allowed);
    }
    return is_close;
}
