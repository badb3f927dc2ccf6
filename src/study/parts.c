/* SPDX-License-Identifier: Apache-2.0 */
/* Means of each part of the body, gathered sample by sample. */
#include "study/parts.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

static const double DAY_H = 24.0;

/* An observable that parts have, and the windows of its statistic. */
typedef struct regional {
    const tac_observable *observable;
    const tac_image_symbol *symbols[TAC_N_PART]; /* NULL for a part that has none of it */
    const tac_window *windows;
    size_t n_window;
} regional;

struct tac_parts {
    size_t n_member;
    regional *regionals; /* [n_regional] */
    size_t n_regional;
    tac_window *sessions; /* [n_session] */
    size_t n_session;
    tac_window whole;
    tac_window last_day;
    tac_window last_hour;
    double *means; /* [2][n_regional][TAC_N_PART][n_member]; without, then with */
};

struct tac_parts_watch {
    tac_parts *parts;
    double before_h;
    size_t *i_window; /* [n_regional] */
    double *sums;     /* [n_regional][TAC_N_PART] */
    double *spans_h;  /* [n_regional] */
};

static tac_status find_sessions(tac_ctx *ctx, const tac_schedule *programme, tac_parts *parts)
{
    void *memory = NULL;
    if (programme == NULL) {
        return TAC_OK;
    }
    const tac_status st = tac_alloc(ctx, programme->n_occurrence, sizeof *parts->sessions, &memory);
    parts->sessions = memory;
    for (size_t i = 0; st == TAC_OK && i < programme->n_occurrence; i++) {
        const tac_occurrence *o = &programme->occurrences[i];
        if (o->is_programme && o->to_h > o->from_h) {
            parts->sessions[parts->n_session++] = (tac_window){o->from_h, o->to_h};
        }
    }
    return st;
}

/** The windows over which an observable is averaged: those of its statistic in the summary. */
static void choose_windows(const tac_parts *parts, regional *r)
{
    const char *statistic = r->observable->statistic;
    r->windows = &parts->whole;
    r->n_window = 1;
    if (strcmp(statistic, "session") == 0 && parts->n_session > 0) {
        r->windows = parts->sessions;
        r->n_window = parts->n_session;
    } else if (strcmp(statistic, "end") == 0) {
        r->windows = &parts->last_day;
    } else if (strcmp(statistic, "last") == 0) {
        r->windows = &parts->last_hour;
    }
}

/** An observable is shown once, whatever regions of it the report asks for. */
static bool is_listed(const tac_parts *parts, const tac_observable *observable)
{
    for (size_t i = 0; i < parts->n_regional; i++) {
        if (parts->regionals[i].observable == observable) {
            return true;
        }
    }
    return false;
}

static tac_status add_regional(tac_ctx *ctx, const tac_body *body, const tac_observable *observable,
                               tac_arena *arena, tac_parts *parts)
{
    regional *r = &parts->regionals[parts->n_regional];
    r->observable = observable;
    choose_windows(parts, r);
    const unsigned group = tac_template_parts(observable->variable);
    for (size_t k = 0; k < TAC_N_PART; k++) {
        const char *id = tac_template_fill(arena, observable->variable, k);
        if ((group >> k & 1U) == 0) {
            continue;
        }
        if (id == NULL) {
            return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        }
        r->symbols[k] = tac_program_find(body->program, id);
        if (r->symbols[k] == NULL) {
            return tac_fail(ctx, TAC_E_MODEL,
                            "models/observables.tsv: the body has no variable '%s'", id);
        }
    }
    parts->n_regional++;
    return TAC_OK;
}

tac_status tac_parts_create(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                            const tac_schedule *programme, size_t n_member, tac_parts **parts_out)
{
    tac_status st = TAC_OK;
    tac_parts *parts = NULL;
    tac_arena *arena = tac_arena_create();
    void *memory = NULL;

    *parts_out = NULL;
    if (arena == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *parts, &memory));
    parts = memory;
    parts->n_member = n_member;
    parts->whole = (tac_window){0.0, scenario->duration_h};
    parts->last_day = (tac_window){fmax(0.0, scenario->duration_h - DAY_H), scenario->duration_h};
    parts->last_hour = (tac_window){fmax(0.0, scenario->duration_h - 1.0), scenario->duration_h};
    TAC_TRY(find_sessions(ctx, programme, parts));
    TAC_TRY(tac_alloc(ctx, scenario->n_report, sizeof *parts->regionals, &memory));
    parts->regionals = memory;
    for (size_t i = 0; i < scenario->n_report; i++) {
        const tac_observable *observable = scenario->report[i].observable;
        if (observable->over != TAC_OVER_ONE && !is_listed(parts, observable)) {
            TAC_TRY(add_regional(ctx, body, observable, arena, parts));
        }
    }
    TAC_TRY(tac_alloc_doubles(ctx, 2 * parts->n_regional * TAC_N_PART * n_member, &parts->means));
    *parts_out = parts;
    parts = NULL;
out:
    tac_arena_free(arena);
    tac_parts_free(parts);
    return st;
}

void tac_parts_free(tac_parts *parts)
{
    if (parts != NULL) {
        tac_free(parts->regionals);
        tac_free(parts->sessions);
        tac_free(parts->means);
        tac_free(parts);
    }
}

tac_status tac_parts_watch_create(tac_ctx *ctx, tac_parts *parts, tac_parts_watch **watch_out)
{
    tac_status st = TAC_OK;
    tac_parts_watch *watch = NULL;
    void *memory = NULL;

    *watch_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *watch, &memory));
    watch = memory;
    watch->parts = parts;
    TAC_TRY(tac_alloc(ctx, parts->n_regional, sizeof *watch->i_window, &memory));
    watch->i_window = memory;
    TAC_TRY(tac_alloc_doubles(ctx, parts->n_regional * TAC_N_PART, &watch->sums));
    TAC_TRY(tac_alloc_doubles(ctx, parts->n_regional, &watch->spans_h));
    *watch_out = watch;
    watch = NULL;
out:
    tac_parts_watch_free(watch);
    return st;
}

void tac_parts_watch_free(tac_parts_watch *watch)
{
    if (watch != NULL) {
        tac_free(watch->i_window);
        tac_free(watch->sums);
        tac_free(watch->spans_h);
        tac_free(watch);
    }
}

void tac_parts_begin(tac_parts_watch *watch)
{
    const size_t n = watch->parts->n_regional;
    watch->before_h = 0.0;
    memset(watch->i_window, 0, n * sizeof *watch->i_window);
    memset(watch->sums, 0, n * TAC_N_PART * sizeof *watch->sums);
    memset(watch->spans_h, 0, n * sizeof *watch->spans_h);
}

/** Hours of a window between the sample before and this one; windows that are over are left behind. */
static double hours_in_windows(const regional *r, size_t *i_window, double before_h, double t_h)
{
    double hours = 0.0;
    while (*i_window < r->n_window && r->windows[*i_window].to_h < t_h) {
        const tac_window *w = &r->windows[(*i_window)++];
        hours += fmax(0.0, w->to_h - fmax(before_h, w->from_h));
    }
    if (*i_window < r->n_window) {
        hours += fmax(0.0, t_h - fmax(before_h, r->windows[*i_window].from_h));
    }
    return hours;
}

void tac_parts_see(tac_parts_watch *watch, tac_sim *sim, double t_h, const double *x)
{
    for (size_t i = 0; i < watch->parts->n_regional; i++) {
        const regional *r = &watch->parts->regionals[i];
        const double hours = hours_in_windows(r, &watch->i_window[i], watch->before_h, t_h);
        if (!(hours > 0.0)) {
            continue;
        }
        watch->spans_h[i] += hours;
        for (size_t k = 0; k < TAC_N_PART; k++) {
            if (r->symbols[k] == NULL) {
                continue;
            }
            watch->sums[i * TAC_N_PART + k] +=
                hours * r->observable->factor * tac_sim_value(sim, r->symbols[k], x);
        }
    }
    watch->before_h = t_h;
}

/** Means of one observable and part, [n_member]. */
static double *means_of(const tac_parts *parts, bool is_with, size_t i, size_t part)
{
    const size_t row = ((is_with ? 1 : 0) * parts->n_regional + i) * TAC_N_PART + part;
    return parts->means + row * parts->n_member;
}

void tac_parts_end(tac_parts_watch *watch, bool is_with, size_t member)
{
    for (size_t i = 0; i < watch->parts->n_regional; i++) {
        for (size_t k = 0; k < TAC_N_PART; k++) {
            means_of(watch->parts, is_with, i, k)[member] =
                watch->spans_h[i] > 0.0 ? watch->sums[i * TAC_N_PART + k] / watch->spans_h[i]
                                        : (double)NAN;
        }
    }
}

static tac_status add_part(tac_ctx *ctx, const tac_parts *parts, bool has_programme, size_t i,
                           size_t part, double *change, tac_table *table)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    const tac_observable *o = parts->regionals[i].observable;
    const size_t n = parts->n_member;
    for (size_t k = 0; k < n; k++) {
        change[k] = means_of(parts, true, i, part)[k] - means_of(parts, false, i, part)[k];
    }
    const tac_band without =
        tac_band_of(n, means_of(parts, false, i, part)); /* sorts: pairs are done with */
    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "observable", o->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "title", o->title));
    TAC_TRY(tac_table_set_text(ctx, table, row, "what", o->what));
    TAC_TRY(tac_table_set_text(ctx, table, row, "unit", o->unit));
    TAC_TRY(tac_table_set_text(ctx, table, row, "part", tac_part_name(part)));
    TAC_TRY(tac_table_set_text(ctx, table, row, "name", tac_part_title(part)));
    tac_table_set(table, row, "decimals", o->decimals);
    tac_table_set(table, row, "without", without.mid);
    if (has_programme) {
        const tac_band with = tac_band_of(n, means_of(parts, true, i, part));
        const tac_band difference = tac_band_of(n, change);
        tac_table_set(table, row, "with", with.mid);
        tac_table_set(table, row, "change", difference.mid);
        tac_table_set(table, row, "low", difference.low);
        tac_table_set(table, row, "high", difference.high);
    }
out:
    return st;
}

tac_status tac_parts_add_table(tac_ctx *ctx, const tac_parts *parts, bool has_programme,
                               tac_results *results)
{
    static const tac_column COLUMNS[] = {{"observable", "", true}, {"title", "", true},
                                         {"what", "", true},       {"unit", "", true},
                                         {"part", "", true},       {"name", "", true},
                                         {"decimals", "1", false}, {"without", "", false},
                                         {"with", "", false},      {"change", "", false},
                                         {"low", "", false},       {"high", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    double *change = NULL;
    TAC_TRY(tac_alloc_doubles(ctx, parts->n_member, &change));
    TAC_TRY(tac_results_add(ctx, results, "regions", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    for (size_t i = 0; i < parts->n_regional; i++) {
        for (size_t k = 0; k < TAC_N_PART; k++) {
            if (parts->regionals[i].symbols[k] == NULL) {
                continue;
            }
            TAC_TRY(add_part(ctx, parts, has_programme, i, k, change, table));
        }
    }
out:
    tac_free(change);
    return st;
}
