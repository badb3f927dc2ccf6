/* SPDX-License-Identifier: Apache-2.0 */
/* Quantiles, means and extremes; see statistics.h. */
#include "study/statistics.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/** Quantile p of sorted values. */
static double quantile(size_t n, const double *sorted, double p)
{
    const double place = p * (double)(n - 1);
    const size_t i = (size_t)floor(place);
    const double share = place - (double)i;
    return i + 1 < n ? sorted[i] + share * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

tac_band tac_band_of(size_t n, double *values)
{
    qsort(values, n, sizeof *values, ascending);
    return (tac_band){.mid = quantile(n, values, 0.5),
                      .low = quantile(n, values, 0.025),
                      .high = quantile(n, values, 0.975)};
}

tac_band tac_mean_band_of(size_t n, const double *values)
{
    double mean = 0.0;
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        mean += values[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        sum += (values[i] - mean) * (values[i] - mean);
    }
    const double error = n > 1 ? 1.959964 * sqrt(sum / (double)(n - 1) / (double)n) : 0.0;
    return (tac_band){.mid = mean, .low = mean - error, .high = mean + error};
}

/** First index with t_h > from_h. */
static size_t first_after(size_t n, const double *t_h, double from_h)
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (t_h[mid] > from_h) {
            high = mid;
        } else {
            low = mid + 1;
        }
    }
    return low;
}

double tac_mean_in(size_t n, const double *t_h, const float *values, size_t n_window,
                   const tac_window *windows)
{
    double sum = 0.0;
    double span_h = 0.0;
    for (size_t k = 0; k < n_window; k++) {
        double before_h = windows[k].from_h;
        for (size_t i = first_after(n, t_h, before_h); i < n && t_h[i] <= windows[k].to_h; i++) {
            sum += (double)values[i] * (t_h[i] - before_h);
            span_h += t_h[i] - before_h;
            before_h = t_h[i];
        }
    }
    return span_h > 0.0 ? sum / span_h : (double)NAN;
}

double tac_max_in(size_t n, const double *t_h, const float *values, tac_window window)
{
    double largest = (double)NAN;
    for (size_t i = first_after(n, t_h, window.from_h); i < n && t_h[i] <= window.to_h; i++) {
        if (isnan(largest) || (double)values[i] > largest) {
            largest = (double)values[i];
        }
    }
    return largest;
}

double tac_min_in(size_t n, const double *t_h, const float *values, tac_window window)
{
    double least = (double)NAN;
    for (size_t i = first_after(n, t_h, window.from_h); i < n && t_h[i] <= window.to_h; i++) {
        if (isnan(least) || (double)values[i] < least) {
            least = (double)values[i];
        }
    }
    return least;
}
