/* SPDX-License-Identifier: Apache-2.0 */
/* Time courses: what every observable does in each arm, as medians with 95 % ranges over the members. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "scenario/event_read.h"
#include "study/statistics.h"
#include "study/tables.h"

#include <math.h>

static const double DAY_H = 24.0;

/** A table with one leading column, then for each arm and observable the median, low and high. */
static tac_status add_wide_table(tac_ctx *ctx, const tac_ensemble *e, tac_results *results,
                                 const char *name, tac_column first, tac_table **table_out)
{
    static const char *const ENDINGS[] = {"", ".low", ".high"};
    tac_status st = TAC_OK;
    const size_t n_column = 1 + 3 * e->n_arm * e->n_observable;
    tac_column *columns = NULL;
    tac_buf *names = NULL;
    void *memory = NULL;
    size_t j = 1;

    TAC_TRY(tac_alloc(ctx, n_column, sizeof *columns, &memory));
    columns = memory;
    TAC_TRY(tac_alloc(ctx, n_column, sizeof *names, &memory));
    names = memory;
    columns[0] = first;
    for (size_t a = 0; a < e->n_arm; a++) {
        for (size_t o = 0; o < e->n_observable; o++) {
            for (size_t k = 0; k < 3; k++, j++) {
                tac_buf_print(&names[j], "%s.%s%s", e->scenario->arms[a].id,
                              e->scenario->report[o].id, ENDINGS[k]);
                TAC_TRY(tac_buf_check(ctx, &names[j]));
                columns[j] =
                    (tac_column){names[j].text, e->scenario->report[o].observable->unit, false};
            }
        }
    }
    TAC_TRY(tac_results_add(ctx, results, name, n_column, columns, table_out));
out:
    for (size_t i = 0; names != NULL && i < n_column; i++) {
        tac_buf_free(&names[i]);
    }
    tac_free(names);
    tac_free(columns);
    return st;
}

/** Put the band of an arm and observable into its three columns. */
static void set_band(const tac_ensemble *e, tac_table *table, size_t row, size_t arm,
                     size_t observable, tac_band band)
{
    const size_t j = 1 + 3 * (arm * e->n_observable + observable);
    tac_table_numbers(table, j)[row] = band.mid;
    tac_table_numbers(table, j + 1)[row] = band.low;
    tac_table_numbers(table, j + 2)[row] = band.high;
}

static tac_status add_trajectories(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    double *members = NULL;

    TAC_TRY(
        add_wide_table(ctx, e, results, "trajectories", (tac_column){"time", "h", false}, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, e->n_time, NULL));
    TAC_TRY(tac_alloc_doubles(ctx, e->n_member, &members));
    for (size_t i = 0; i < e->n_time; i++) {
        tac_table_numbers(table, 0)[i] = e->t_h[i];
    }
    for (size_t a = 0; a < e->n_arm; a++) {
        for (size_t o = 0; o < e->n_observable; o++) {
            for (size_t i = 0; i < e->n_time; i++) {
                for (size_t k = 0; k < e->n_member; k++) {
                    members[k] = (double)tac_ensemble_values(e, a, o, k)[i];
                }
                set_band(e, table, i, a, o, tac_band_of(e->n_member, members));
            }
        }
    }
out:
    tac_free(members);
    return st;
}

/** Means of whole days, day 0 being the first 24 hours. */
static tac_status add_weeks(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    double *members = NULL;
    const size_t n_day = (size_t)fmax(1.0, floor(e->scenario->duration_h / DAY_H + 1e-9));

    TAC_TRY(add_wide_table(ctx, e, results, "weeks", (tac_column){"day", "d", false}, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, n_day, NULL));
    TAC_TRY(tac_alloc_doubles(ctx, e->n_member, &members));
    for (size_t d = 0; d < n_day; d++) {
        const tac_window day = {DAY_H * (double)d, DAY_H * (double)(d + 1)};
        tac_table_numbers(table, 0)[d] = (double)d;
        for (size_t a = 0; a < e->n_arm; a++) {
            for (size_t o = 0; o < e->n_observable; o++) {
                for (size_t k = 0; k < e->n_member; k++) {
                    members[k] =
                        tac_mean_in(e->n_time, e->t_h, tac_ensemble_values(e, a, o, k), 1, &day);
                }
                set_band(e, table, d, a, o, tac_band_of(e->n_member, members));
            }
        }
    }
out:
    tac_free(members);
    return st;
}

double tac_session_day_h(const tac_ensemble *e)
{
    const double clock_h = e->scenario->start_clock_h;
    for (size_t a = 0; a < e->scenario->n_programme; a++) {
        const tac_schedule *s = e->schedules[a];
        for (size_t i = 0; i < s->n_occurrence; i++) {
            if (s->occurrences[i].is_programme) {
                const double day = floor((s->occurrences[i].from_h + clock_h) / DAY_H);
                return day * DAY_H - clock_h;
            }
        }
    }
    return -clock_h;
}

/** The rows of "trajectories" that lie on the session's day, by the clock. */
static tac_status add_session(tac_ctx *ctx, const tac_ensemble *e, tac_results *results,
                              double day_h)
{
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    const tac_table *all = tac_results_table(results, "trajectories");

    TAC_TRY(add_wide_table(ctx, e, results, "session", (tac_column){"clock", "h", false}, &table));
    for (size_t i = 0; i < e->n_time; i++) {
        size_t row = 0;
        if (e->t_h[i] < day_h || e->t_h[i] > day_h + DAY_H) {
            continue;
        }
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        tac_table_numbers(table, 0)[row] = e->t_h[i] - day_h;
        for (size_t j = 1; j < tac_table_n_column(all); j++) {
            tac_table_numbers(table, j)[row] = tac_table_number(all, i, j);
        }
    }
out:
    return st;
}

static tac_status set_label(tac_ctx *ctx, tac_table *table, size_t row, const tac_words *words,
                            const tac_event *event)
{
    tac_buf label = TAC_BUF_INIT;
    tac_event_say_what(&label, words, event);
    tac_status st = tac_buf_check(ctx, &label);
    if (st == TAC_OK) {
        st = tac_table_set_text(ctx, table, row, "label", tac_buf_str(&label));
    }
    tac_buf_free(&label);
    return st;
}

/** What the programmes do on that day. */
static tac_status add_spans(tac_ctx *ctx, const tac_ensemble *e, tac_results *results, double day_h)
{
    static const tac_column COLUMNS[] = {{"arm", "", true},
                                         {"label", "", true},
                                         {"from", "h", false},
                                         {"to", "h", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;

    TAC_TRY(tac_results_add(ctx, results, "spans", 4, COLUMNS, &table));
    for (size_t a = 0; a < e->scenario->n_programme; a++) {
        const tac_schedule *s = e->schedules[a];
        const tac_arm *arm = &e->scenario->arms[a];
        for (size_t i = 0; i < s->n_occurrence; i++) {
            const tac_occurrence *o = &s->occurrences[i];
            size_t row = 0;
            if (!o->is_programme || o->from_h < day_h || o->from_h > day_h + DAY_H) {
                continue;
            }
            TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
            TAC_TRY(tac_table_set_text(ctx, table, row, "arm", arm->id));
            TAC_TRY(set_label(ctx, table, row, e->body->words, &arm->events[o->event]));
            tac_table_set(table, row, "from", o->from_h - day_h);
            tac_table_set(table, row, "to", o->to_h - day_h);
        }
    }
out:
    return st;
}

tac_status tac_tables_add_courses(tac_ctx *ctx, const tac_ensemble *ensemble, tac_results *results)
{
    tac_status st = TAC_OK;
    const double day_h = tac_session_day_h(ensemble);
    TAC_TRY(add_trajectories(ctx, ensemble, results));
    TAC_TRY(add_weeks(ctx, ensemble, results));
    TAC_TRY(add_session(ctx, ensemble, results, day_h));
    TAC_TRY(add_spans(ctx, ensemble, results, day_h));
out:
    return st;
}
