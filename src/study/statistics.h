/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that stand for many: quantiles over members, means and extremes over time. */
#ifndef TAC_STUDY_STATISTICS_H
#define TAC_STUDY_STATISTICS_H

#include <stddef.h>

/** Median and two-sided 95 % range of the members. */
typedef struct tac_band {
    double mid;
    double low;
    double high;
} tac_band;

/**
 * Median, 2.5 % and 97.5 % quantiles of values[n] (n >= 1), which is sorted in place.
 *
 * Quantiles by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).
 */
tac_band tac_band_of(size_t n, double *values);

/** Mean of values[n] (n >= 1) and the 95 % interval of that mean: 1.96 standard errors on each side, none for one value. */
tac_band tac_mean_band_of(size_t n, const double *values);

/** A stretch of time, from < to. */
typedef struct tac_window {
    double from_h;
    double to_h;
} tac_window;

/**
 * Mean over the windows of values sampled at ascending t_h[n]: each sample stands for the time since the one
 * before it, because a sample at an edge of the schedule still sees what was before the edge. NaN when no sample
 * lies inside a window.
 */
double tac_mean_in(size_t n, const double *t_h, const float *values, size_t n_window,
                   const tac_window *windows);

/** Largest value with from_h < t_h <= to_h; NaN when there is none. */
double tac_max_in(size_t n, const double *t_h, const float *values, tac_window window);

/** Least value with from_h < t_h <= to_h; NaN when there is none. */
double tac_min_in(size_t n, const double *t_h, const float *values, tac_window window);

#endif
