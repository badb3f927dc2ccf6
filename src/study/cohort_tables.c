/* SPDX-License-Identifier: Apache-2.0 */
/* Who the people of a cohort are, and in how many of them something changes. */
#include "base/alloc.h"
#include "base/fail.h"
#include "study/cohort.h"
#include "study/tables.h"

#include <math.h>
#include <stdlib.h>

/* A change below this share of the SD between people is small (Cohen's d of .2). */
static const double SMALL = 0.2;

/* Central 95 % of a normal distribution in SD. */
static const double WIDTH_95 = 3.919927969080108;

/** Median and central 95 % of each attribute. */
static tac_status add_attributes(tac_ctx *ctx, const tac_cohort *c, double *a, double *b,
                                 tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},      {"title", "", true},
                                         {"unit", "", true},    {"decimals", "1", false},
                                         {"median", "", false}, {"low", "", false},
                                         {"high", "", false},   {"mean", "", false}};
    const tac_population *population = tac_people_population(c->people);
    tac_status st = TAC_OK;
    tac_table *table = NULL;

    TAC_TRY(tac_results_add(ctx, results, "attributes", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    TAC_TRY(tac_table_add_rows(ctx, table, population->n_attribute, NULL));
    for (size_t i = 0; i < population->n_attribute; i++) {
        const tac_attribute *attribute = &population->attributes[i];
        const size_t at = tac_person_row_attribute(&c->row, i);
        size_t n = 0;
        double sum = 0.0;
        TAC_TRY(tac_cohort_columns(ctx, c, at, at, a, b, &n));
        for (size_t k = 0; k < n; k++) {
            sum += a[k];
        }
        const tac_band band = tac_band_of(n, a);
        TAC_TRY(tac_table_set_text(ctx, table, i, "id", attribute->id));
        TAC_TRY(tac_table_set_text(ctx, table, i, "title", attribute->title));
        TAC_TRY(tac_table_set_text(ctx, table, i, "unit", attribute->unit));
        tac_table_set(table, i, "decimals", attribute->decimals);
        tac_table_set(table, i, "median", band.mid);
        tac_table_set(table, i, "low", band.low);
        tac_table_set(table, i, "high", band.high);
        tac_table_set(table, i, "mean", sum / (double)n);
    }
out:
    return st;
}

/** 95 % interval of the median of sorted values by their ranks: n/2 -+ .98 sqrt(n). */
static void median_interval(size_t n, const double *sorted, double *low, double *high)
{
    const double half = 0.98 * sqrt((double)n);
    const double first = fmax(floor(0.5 * (double)n - half), 0.0);
    const double last = fmin(ceil(0.5 * (double)n + half), (double)(n - 1));
    *low = sorted[(size_t)first];
    *high = sorted[(size_t)last];
}

/** One programme's change of one observable; a: without, b: with, both are used up. */
static void fill_share(tac_table *table, size_t row, int decimals, size_t n, double *a, double *b,
                       double *change)
{
    size_t n_rise = 0;
    size_t n_fall = 0;
    double low = 0.0;
    double high = 0.0;
    for (size_t k = 0; k < n; k++) {
        change[k] = b[k] - a[k];
    }
    const tac_band between = tac_band_of(n, a);
    const double sd = (between.high - between.low) / WIDTH_95;
    /* Where people hardly differ, at least what a digit more than is shown would show. */
    const double least = fmax(SMALL * sd, 0.5 * pow(10.0, -decimals - 1));
    for (size_t k = 0; k < n; k++) {
        n_rise += change[k] > least ? 1 : 0;
        n_fall += change[k] < -least ? 1 : 0;
    }
    const tac_band with = tac_band_of(n, b);
    (void)tac_band_of(n, change); /* sorts */
    median_interval(n, change, &low, &high);
    tac_table_set(table, row, "sd", sd);
    tac_table_set(table, row, "rises", (double)n_rise / (double)n);
    tac_table_set(table, row, "falls", (double)n_fall / (double)n);
    tac_table_set(table, row, "median_low", low);
    tac_table_set(table, row, "median_high", high);
    tac_table_set(table, row, "with_low", with.low);
    tac_table_set(table, row, "with_high", with.high);
}

static tac_status add_shares(tac_ctx *ctx, const tac_cohort *c, double *a, double *b,
                             double *change, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"sd", "", false},          {"rises", "1", false},
                                         {"falls", "1", false},      {"median_low", "", false},
                                         {"median_high", "", false}, {"with_low", "", false},
                                         {"with_high", "", false}};
    const size_t n_programme = tac_person_row_n_programme(&c->row);
    tac_status st = TAC_OK;
    tac_table *table = NULL;

    TAC_TRY(tac_results_add(ctx, results, "shares", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    TAC_TRY(tac_table_add_rows(ctx, table, n_programme * c->row.n_observable, NULL));
    for (size_t p = 0; c->row.n_programme > 0 && p < n_programme; p++) {
        for (size_t o = 0; o < c->row.n_observable; o++) {
            size_t n = 0;
            TAC_TRY(tac_cohort_columns(ctx, c, tac_person_row_without(&c->row, p, o),
                                       tac_person_row_with(&c->row, p, o), a, b, &n));
            if (n > 0) {
                fill_share(table, p * c->row.n_observable + o,
                           c->scenario->report[o].observable->decimals, n, a, b, change);
            }
        }
    }
out:
    return st;
}

/* Who lived. */
typedef struct census {
    size_t n_lived;
    size_t n_unsolved;
    size_t i_unsolved; /* the first of them */
} census;

static bool count_lived(void *user, size_t i_person, const double *row, bool is_there)
{
    census *all = user;
    if (is_there && row[0] > 0.5) {
        all->n_lived++;
    } else if (is_there) {
        all->i_unsolved = all->n_unsolved == 0 ? i_person : all->i_unsolved;
        all->n_unsolved++;
    }
    return true;
}

static tac_status add_cohort(tac_ctx *ctx, const tac_cohort *c, const census *all,
                             tac_results *results)
{
    static const tac_column COLUMNS[] = {{"key", "", true},
                                         {"text", "", true},
                                         {"number", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_buf why = TAC_BUF_INIT;
    tac_buf scenario = TAC_BUF_INIT;
    if (all->n_unsolved > 0) {
        TAC_TRY(tac_cohort_why(ctx, c, all->i_unsolved, &why));
        TAC_TRY(tac_buf_check(ctx, &why));
    }
    if (all->n_lived < 2) {
        st = tac_fail(ctx, TAC_E_SOLVER, "no two people could live this scenario; the first: %s",
                      tac_buf_str(&why));
        goto out;
    }
    TAC_TRY(tac_results_add(ctx, results, "cohort", 3, COLUMNS, &table));
    TAC_TRY(tac_table_add_number(ctx, table, "people", (double)c->options.n_people));
    TAC_TRY(tac_table_add_number(ctx, table, "unsolved", (double)all->n_unsolved));
    TAC_TRY(tac_table_add_number(ctx, table, "first_unsolved", (double)(all->i_unsolved + 1)));
    TAC_TRY(tac_table_add_text(ctx, table, "why_unsolved", tac_buf_str(&why)));
    TAC_TRY(tac_table_add_text(ctx, table, "population", c->options.population));
    tac_buf_add(&scenario, c->scenario->source.text, c->scenario->source.n);
    TAC_TRY(tac_buf_check(ctx, &scenario));
    TAC_TRY(tac_table_add_text(ctx, table, "scenario_text", tac_buf_str(&scenario)));
out:
    tac_buf_free(&scenario);
    tac_buf_free(&why);
    return st;
}

tac_status tac_cohort_add_tables(tac_ctx *ctx, const tac_cohort *cohort, tac_results *results)
{
    tac_status st = TAC_OK;
    census all = {0};
    double *a = NULL;
    double *b = NULL;
    double *change = NULL;

    TAC_TRY(tac_alloc_doubles(ctx, cohort->options.n_people, &a));
    TAC_TRY(tac_alloc_doubles(ctx, cohort->options.n_people, &b));
    TAC_TRY(tac_alloc_doubles(ctx, cohort->options.n_people, &change));
    TAC_TRY(tac_cohort_walk(ctx, cohort, count_lived, &all));
    TAC_TRY(add_cohort(ctx, cohort, &all, results));
    TAC_TRY(add_attributes(ctx, cohort, a, b, results));
    TAC_TRY(add_shares(ctx, cohort, a, b, change, results));
out:
    tac_free(a);
    tac_free(b);
    tac_free(change);
    return st;
}
