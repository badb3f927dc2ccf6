/* SPDX-License-Identifier: Apache-2.0 */
/* One row per programme and observable: without, with, and the change within each member. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "scenario/comparator.h"
#include "sim/person.h"
#include "study/outcome.h"
#include "study/statistics.h"
#include "study/tables.h"

#include <math.h>
#include <string.h>

/* Changes that are said in per cent, the others in their own unit. */
static const char *const IN_PERCENT[] = {"mean24h"};
static const char PERCENT[] = "%"; /* of what is in per cent already, the difference is said */

static bool is_in_percent(const tac_observable *observable)
{
    for (size_t i = 0; i < sizeof IN_PERCENT / sizeof IN_PERCENT[0]; i++) {
        if (strcmp(observable->statistic, IN_PERCENT[i]) == 0) {
            return strcmp(observable->unit, PERCENT) != 0;
        }
    }
    return false;
}

/** Degrees Celsius, logarithms and scores in SD have no zero that a share could be counted from. */
static bool has_true_zero(const tac_observable *observable)
{
    return strcmp(observable->unit, "degC") != 0 && strstr(observable->what, ", SD") == NULL
           && strstr(observable->what, "log10") == NULL;
}

/* The four numbers of each member, and what they say together. */
typedef struct comparison {
    double *without; /* [n_member] */
    double *with;
    double *change;
    double *percent;
    tac_band band_without;
    tac_band band_with;
    tac_band band_change;
    tac_band band_percent;
} comparison;

static tac_status comparison_create(tac_ctx *ctx, size_t n, comparison *c)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_alloc_doubles(ctx, n, &c->without));
    TAC_TRY(tac_alloc_doubles(ctx, n, &c->with));
    TAC_TRY(tac_alloc_doubles(ctx, n, &c->change));
    TAC_TRY(tac_alloc_doubles(ctx, n, &c->percent));
out:
    return st;
}

static void comparison_free(comparison *c)
{
    tac_free(c->without);
    tac_free(c->with);
    tac_free(c->change);
    tac_free(c->percent);
}

/** The mean of what no member has below nothing is not below it either, and of a share (0 or 1) not above all. */
static tac_band level_of_all(const tac_observable *observable, size_t n, const double *values)
{
    tac_band band = tac_mean_band_of(n, values);
    bool is_negative = false;
    for (size_t k = 0; k < n; k++) {
        is_negative = is_negative || values[k] < 0.0;
    }
    band.low = is_negative ? band.low : fmax(band.low, 0.0);
    band.high = strcmp(observable->statistic, "ever") == 0 ? fmin(band.high, 1.0) : band.high;
    return band;
}

static tac_status read_ensemble(tac_ctx *ctx, const void *user, size_t arm, size_t o,
                                double *without, double *with, size_t *n_out)
{
    const tac_ensemble *e = user;
    const tac_observable *observable = e->scenario->report[o].observable;
    const size_t against = e->scenario->arms[arm].against;
    tac_window *windows = NULL;
    size_t n_window = 0;
    const tac_status st = tac_sessions_of(ctx, e->schedules[arm], &windows, &n_window);
    for (size_t k = 0; st == TAC_OK && k < e->n_member; k++) {
        without[k] = tac_statistic_of(e, observable, tac_ensemble_values(e, against, o, k),
                                      n_window, windows);
        with[k] =
            tac_statistic_of(e, observable, tac_ensemble_values(e, arm, o, k), n_window, windows);
    }
    *n_out = e->n_member;
    tac_free(windows);
    return st;
}

tac_outcomes tac_outcomes_of_ensemble(const tac_ensemble *ensemble)
{
    return (tac_outcomes){ensemble->n_member, read_ensemble, ensemble};
}

static tac_status compare_members(tac_ctx *ctx, const tac_ensemble *e, const tac_outcomes *outcomes,
                                  size_t arm, size_t o, comparison *c)
{
    const tac_observable *observable = e->scenario->report[o].observable;
    static const tac_band NONE = {(double)NAN, (double)NAN, (double)NAN};
    size_t n = 0;
    const tac_status st = outcomes->read(ctx, outcomes->user, arm, o, c->without, c->with, &n);
    for (size_t k = 0; st == TAC_OK && k < n; k++) {
        c->change[k] = c->with[k] - c->without[k];
        c->percent[k] =
            has_true_zero(observable) ? 100.0 * c->change[k] / c->without[k] : (double)NAN;
    }
    if (n > 0 && tac_statistic_is_of_all(observable)) {
        c->band_change = tac_mean_band_of(n, c->change);
        c->band_percent = NONE;
        c->band_with = level_of_all(observable, n, c->with);
        c->band_without = level_of_all(observable, n, c->without);
        return st;
    }
    c->band_change = n == 0 ? NONE : tac_band_of(n, c->change);
    c->band_percent = n == 0 ? NONE : tac_band_of(n, c->percent);
    c->band_with = n == 0 ? NONE : tac_band_of(n, c->with);
    c->band_without = n == 0 ? NONE : tac_band_of(n, c->without);
    return st;
}

/** Numbers of a row. A life without programmes has only one column of them. */
static void fill_numbers(tac_table *table, size_t row, const comparison *c, bool has_programme)
{
    tac_table_set(table, row, "without", c->band_without.mid);
    tac_table_set(table, row, "without_low", c->band_without.low);
    tac_table_set(table, row, "without_high", c->band_without.high);
    if (!has_programme) {
        return;
    }
    tac_table_set(table, row, "with", c->band_with.mid);
    tac_table_set(table, row, "change", c->band_change.mid);
    tac_table_set(table, row, "low", c->band_change.low);
    tac_table_set(table, row, "high", c->band_change.high);
    if (isfinite(c->band_percent.low) && isfinite(c->band_percent.high)) {
        tac_table_set(table, row, "percent", c->band_percent.mid);
        tac_table_set(table, row, "percent_low", c->band_percent.low);
        tac_table_set(table, row, "percent_high", c->band_percent.high);
    }
}

/* What the words of a row come from. */
typedef struct judges {
    const tac_outcomes *outcomes;
    const tac_claims *claims;
    const tac_measured *measured;
    const double *parameters; /* of the person, nominal where the scenario does not say */
} judges;

static tac_status fill_words(tac_ctx *ctx, const tac_ensemble *e, const judges *by,
                             tac_table *table, size_t row, size_t arm, size_t o)
{
    const tac_reported *item = &e->scenario->report[o];
    const tac_observable *observable = item->observable;
    const tac_arm *programme = &e->scenario->arms[arm];
    const tac_arm *against = &e->scenario->arms[programme->against];
    /* the claims of rows are of massage: a vaccine or a walk bears none of them */
    const tac_claim *claim = tac_arm_adds_massage(programme, against)
                                 ? tac_claims_of_row(by->claims, observable->id)
                                 : NULL;
    const bool is_percent =
        is_in_percent(observable) && isfinite(tac_table_number_of(table, row, "percent"));
    const char *why = NULL;
    tac_status st = TAC_OK;

    TAC_TRY(tac_measured_why(ctx, by->measured, e->body->program, e->schedules[arm], by->parameters,
                             observable->id, &why));
    TAC_TRY(tac_table_set_text(ctx, table, row, "extrapolated", why == NULL ? "" : why));
    TAC_TRY(tac_table_set_text(ctx, table, row, "arm", programme->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "against", against->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "observable", item->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "title", item->title));
    TAC_TRY(tac_table_set_text(ctx, table, row, "unit", observable->unit));
    TAC_TRY(tac_table_set_text(ctx, table, row, "what", observable->what));
    TAC_TRY(tac_table_set_text(ctx, table, row, "show", is_percent ? "percent" : "absolute"));
    tac_table_set(table, row, "decimals", observable->decimals);
    if (claim != NULL) {
        TAC_TRY(tac_table_set_text(ctx, table, row, "claim", claim->id));
        TAC_TRY(tac_table_set_text(ctx, table, row, "grade", claim->grade));
        TAC_TRY(tac_table_set_text(ctx, table, row, "points", claim->points));
    }
out:
    return st;
}

/** All rows of one programme (or of the life alone). */
static tac_status add_arm(tac_ctx *ctx, const tac_ensemble *e, const judges *by, tac_table *table,
                          size_t arm)
{
    tac_status st = TAC_OK;
    comparison c = {0};

    TAC_TRY(comparison_create(ctx, by->outcomes->n, &c));
    for (size_t o = 0; o < e->n_observable; o++) {
        size_t row = 0;
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(compare_members(ctx, e, by->outcomes, arm, o, &c));
        fill_numbers(table, row, &c, e->scenario->n_programme > 0);
        TAC_TRY(fill_words(ctx, e, by, table, row, arm, o));
    }
out:
    comparison_free(&c);
    return st;
}

/** The first programme's rows as places on the body. */
static tac_status add_body(tac_ctx *ctx, const tac_ensemble *e, const tac_table *summary,
                           tac_results *results)
{
    static const tac_column COLUMNS[] = {{"part", "", true},
                                         {"observable", "", true},
                                         {"title", "", true},
                                         {"row", "1", false},
                                         {"direction", "1", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(
        tac_results_add(ctx, results, "body", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS, &table));
    for (size_t o = 0; e->scenario->n_programme > 0 && o < e->n_observable; o++) {
        const tac_reported *item = &e->scenario->report[o];
        const tac_observable *observable = item->observable;
        const double change = tac_table_number_of(summary, o, "change");
        if (observable->part[0] == '\0') {
            continue;
        }
        size_t row = 0;
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "part", observable->part));
        TAC_TRY(tac_table_set_text(ctx, table, row, "observable", item->id));
        TAC_TRY(tac_table_set_text(ctx, table, row, "title", item->title));
        tac_table_set(table, row, "row", (double)o);
        tac_table_set(table, row, "direction", (double)((change > 0.0) - (change < 0.0)));
    }
out:
    return st;
}

tac_status tac_tables_add_summary(tac_ctx *ctx, const tac_ensemble *ensemble,
                                  const tac_outcomes *outcomes, const tac_claims *claims,
                                  const tac_measured *measured, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"arm", "", true},           {"against", "", true},
                                         {"observable", "", true},    {"title", "", true},
                                         {"unit", "", true},          {"what", "", true},
                                         {"show", "", true},          {"claim", "", true},
                                         {"grade", "", true},         {"points", "", true},
                                         {"extrapolated", "", true},  {"decimals", "1", false},
                                         {"without", "", false},      {"without_low", "", false},
                                         {"without_high", "", false}, {"with", "", false},
                                         {"change", "", false},       {"low", "", false},
                                         {"high", "", false},         {"percent", "%", false},
                                         {"percent_low", "%", false}, {"percent_high", "%", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    const size_t n_shown =
        ensemble->scenario->n_programme > 0 ? ensemble->scenario->n_programme : 1;
    const tac_image *image = tac_program_image(ensemble->body->program);
    double *parameters = NULL;

    TAC_TRY(tac_alloc_doubles(ctx, image->n_parameter, &parameters));
    memcpy(parameters, image->parameters, image->n_parameter * sizeof *parameters);
    TAC_TRY(tac_person_set(ctx, ensemble->body->program, ensemble->scenario, parameters));
    const judges by = {outcomes, claims, measured, parameters};
    TAC_TRY(tac_results_add(ctx, results, "summary", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    for (size_t arm = 0; arm < n_shown; arm++) {
        TAC_TRY(add_arm(ctx, ensemble, &by, table, arm));
    }
    TAC_TRY(add_body(ctx, ensemble, table, results));
out:
    tac_free(parameters);
    return st;
}
