/* SPDX-License-Identifier: Apache-2.0 */
/* One lymph vessel under the hand; see vessel.h. */
#include "report/vessel.h"

#include "report/layout.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* Left edges of the columns, as in the summary. */
enum { AT_UNIT = 29, END_ALONE = 43, END_WITH = 50, END_CHANGE = 58, AT_INTERVAL = 59 };

/* A volume that changes by more than this part of itself is a fault of the solver. */
static const double KEPT = 1e-9;

/* The page shows this long of the session, and so many points of the whole. */
static const double MINUTE_S = 60.0;
static const size_t N_POINT = 120;

bool tac_vessel_is_there(const tac_results *results)
{
    return tac_results_has(results, "vessel");
}

/* ---- text ---- */

/** "+340 % (+90 … +800)": a flow in per cent, a pressure in its unit. */
static void put_change(tac_line *l, tac_buf *cell, const tac_table *rows, size_t i)
{
    const bool is_flow = strcmp(tac_table_text_of(rows, i, "id"), "outflow") == 0;
    const int decimals = is_flow ? 0 : (int)tac_table_number_of(rows, i, "decimals");
    tac_buf_clear(cell);
    tac_say_signed(cell, tac_table_number_of(rows, i, is_flow ? "percent" : "change"), decimals);
    tac_buf_text(cell, is_flow ? " %" : "");
    tac_line_put_ending_at(l, END_CHANGE, tac_buf_str(cell));
    tac_buf_clear(cell);
    tac_buf_text(cell, "(");
    tac_say_signed(cell, tac_table_number_of(rows, i, is_flow ? "percent_low" : "low"), decimals);
    tac_buf_text(cell, " … ");
    tac_say_signed(cell, tac_table_number_of(rows, i, is_flow ? "percent_high" : "high"), decimals);
    tac_buf_text(cell, ")");
    tac_line_put(l, AT_INTERVAL, tac_buf_str(cell));
}

static void put_rows(tac_buf *buf, tac_buf *cell, const tac_table *rows)
{
    tac_line l = {buf, 0};
    tac_line_put_ending_at(&l, END_ALONE, "alone");
    tac_line_put_ending_at(&l, END_WITH, "with");
    tac_line_put_ending_at(&l, END_CHANGE, "change");
    tac_line_put(&l, AT_INTERVAL + 1, "95 % interval");
    tac_line_end(&l);
    for (size_t i = 0; i < tac_table_n_row(rows); i++) {
        const int decimals = (int)tac_table_number_of(rows, i, "decimals");
        tac_line_put(&l, 0, tac_table_text_of(rows, i, "title"));
        tac_line_put(&l, AT_UNIT, tac_table_text_of(rows, i, "unit"));
        tac_buf_clear(cell);
        tac_say_number(cell, tac_table_number_of(rows, i, "alone"), decimals);
        tac_line_put_ending_at(&l, END_ALONE, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_say_number(cell, tac_table_number_of(rows, i, "with"), decimals);
        tac_line_put_ending_at(&l, END_WITH, tac_buf_str(cell));
        put_change(&l, cell, rows, i);
        tac_line_end(&l);
    }
}

/** "21 mmHg (14 … 31)" of a row of "vessel_hand". */
static void say_hand(tac_buf *buf, const tac_table *hand, const char *id)
{
    for (size_t i = 0; i < tac_table_n_row(hand); i++) {
        if (strcmp(tac_table_text_of(hand, i, "id"), id) == 0) {
            tac_say_number(buf, tac_table_number_of(hand, i, "value"),
                           (int)tac_table_number_of(hand, i, "decimals"));
            tac_buf_print(buf, " %s", tac_table_text_of(hand, i, "unit"));
        }
    }
}

static void put_hand(tac_buf *buf, tac_buf *cell, const tac_table *hand)
{
    tac_buf_clear(cell);
    tac_buf_text(cell, "the hand: ");
    say_hand(cell, hand, "hand_pressure");
    tac_buf_text(cell, " in the tissue, at ");
    say_hand(cell, hand, "stroke_speed");
    tac_buf_text(cell, ", over one place every ");
    say_hand(cell, hand, "stroke_period");
    tac_buf_text(cell, "; the vessel beats every ");
    say_hand(cell, hand, "own_period");
    tac_buf_text(cell, " against ");
    say_hand(cell, hand, "outlet_pressure");
    tac_wrapped_put(buf, tac_buf_str(cell), "  ");
}

static void say_kept(tac_buf *buf, double imbalance)
{
    if (imbalance <= KEPT) {
        tac_buf_print(buf, "volume kept to %.0e of itself", imbalance);
    } else {
        tac_buf_print(buf, "volume NOT kept: %.0e of it was lost or made", imbalance);
    }
}

void tac_vessel_text(tac_buf *buf, const tac_results *results)
{
    tac_buf cell = TAC_BUF_INIT;
    if (!tac_vessel_is_there(results)) {
        return;
    }
    const tac_table *about = tac_results_table(results, "vessel_about");
    tac_buf_print(&cell, "one lymph vessel under the hand: %s, %.4g min of %s",
                  tac_table_text_of(about, 0, "site"), tac_table_number_of(about, 0, "minutes"),
                  tac_table_text_of(about, 0, "massage"));
    tac_buf_text(buf, "\n");
    tac_wrapped_put(buf, tac_buf_str(&cell), "  ");
    put_rows(buf, &cell, tac_results_table(results, "vessel"));
    put_hand(buf, &cell, tac_results_table(results, "vessel_hand"));
    tac_buf_clear(&cell);
    tac_buf_text(&cell,
                 "a model of its own, not part of the body above: how an answer to strokes is "
                 "shaped, not how large it is in people; ");
    say_kept(&cell, tac_table_number_of(about, 0, "imbalance"));
    tac_buf_text(&cell, "; second by second in chain.csv");
    tac_wrapped_put(buf, tac_buf_str(&cell), "  ");
    tac_buf_free(&cell);
}

/* ---- JSON ---- */

static json_t *number_of(const tac_table *t, size_t i, const char *column)
{
    return tac_json_number(tac_table_number_of(t, i, column));
}

static json_t *interval_of(const tac_table *t, size_t i, const char *low, const char *high)
{
    return tac_json_interval(tac_table_number_of(t, i, low), tac_table_number_of(t, i, high));
}

static json_t *row_list(const tac_table *t)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(t); i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
                                        tac_table_text_of(t, i, "id"), "title",
                                        tac_table_text_of(t, i, "title"), "unit",
                                        tac_table_text_of(t, i, "unit"), "decimals",
                                        number_of(t, i, "decimals"), "alone",
                                        number_of(t, i, "alone"), "with", number_of(t, i, "with"),
                                        "change", number_of(t, i, "change"), "ci95",
                                        interval_of(t, i, "low", "high"), "change_percent",
                                        number_of(t, i, "percent"), "change_percent_ci95",
                                        interval_of(t, i, "percent_low", "percent_high")));
    }
    return list;
}

static json_t *hand_list(const tac_table *t)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(t); i++) {
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "id",
                                              tac_table_text_of(t, i, "id"), "title",
                                              tac_table_text_of(t, i, "title"), "unit",
                                              tac_table_text_of(t, i, "unit"), "decimals",
                                              number_of(t, i, "decimals"), "value",
                                              number_of(t, i, "value"), "ci95",
                                              interval_of(t, i, "low", "high")));
    }
    return list;
}

/** Rows from .. to of a column, every step-th. */
static json_t *column_list(const tac_table *t, const char *column, size_t from, size_t to,
                           size_t step)
{
    json_t *list = json_array();
    for (size_t i = from; list != NULL && i < to; i += step) {
        json_array_append_new(list, tac_json_number(
                                        tac_round_significant(tac_table_number_of(t, i, column))));
    }
    return list;
}

/** One minute from the middle of the session on, or all of a shorter one. */
static json_t *minute(const tac_table *t)
{
    const size_t n = tac_table_n_row(t);
    const double end_s = tac_table_number_of(t, n - 1, "time");
    const double from_s = end_s > MINUTE_S ? floor(0.5 * (end_s - MINUTE_S)) : 0.0;
    size_t from = 0;
    while (tac_table_number_of(t, from, "time") < from_s) {
        from++;
    }
    size_t to = from;
    while (to < n && tac_table_number_of(t, to, "time") <= from_s + MINUTE_S) {
        to++;
    }
    return json_pack("{s:o, s:o, s:{s:o, s:o}, s:{s:o, s:o}}", "t_s",
                     column_list(t, "time", from, to, 1), "hand",
                     column_list(t, "hand", from, to, 1), "with", "pressure",
                     column_list(t, "with.pressure", from, to, 1), "outflow",
                     column_list(t, "with.outflow", from, to, 1), "alone", "pressure",
                     column_list(t, "alone.pressure", from, to, 1), "outflow",
                     column_list(t, "alone.outflow", from, to, 1));
}

static json_t *whole_session(const tac_table *t)
{
    const size_t n = tac_table_n_row(t);
    const size_t step = n > N_POINT ? n / N_POINT : 1;
    return json_pack("{s:o, s:o, s:o}", "t_s", column_list(t, "time", 0, n, step), "with",
                     column_list(t, "with.pumped", 0, n, step), "alone",
                     column_list(t, "alone.pumped", 0, n, step));
}

json_t *tac_vessel_json(const tac_results *results, bool with_course)
{
    if (!tac_vessel_is_there(results)) {
        return json_null();
    }
    const tac_table *about = tac_results_table(results, "vessel_about");
    json_t *vessel =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:s}", "site",
                  tac_table_text_of(about, 0, "site"), "massage",
                  tac_table_text_of(about, 0, "massage"), "arm", tac_table_text_of(about, 0, "arm"),
                  "minutes", number_of(about, 0, "minutes"), "rows",
                  row_list(tac_results_table(results, "vessel")), "hand",
                  hand_list(tac_results_table(results, "vessel_hand")), "imbalance",
                  number_of(about, 0, "imbalance"), "model_hash",
                  tac_table_text_of(about, 0, "model_hash"));
    if (vessel != NULL && with_course) {
        const tac_table *course = tac_results_table(results, "vessel_course");
        json_object_set_new(vessel, "minute", minute(course));
        json_object_set_new(vessel, "session", whole_session(course));
    }
    return vessel;
}
