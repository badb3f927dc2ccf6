/* SPDX-License-Identifier: Apache-2.0 */
/* Curves, their extremes, what was changed on the way, and how it was made. */
#include "report/course_page.h"

#include "report/words.h"

#include <math.h>

/* More would make a page that nobody reads and no browser likes; the CSV has all. */
enum { MAX_VARIABLES = 60, MAX_STILL = 300, MAX_TIMES = 1000, MAX_CHANGES = 200 };

/* A picture shows six digits: what moves by less than this part of itself is a level line in it. */
static const double STILL = 2e-6;

/** Every how many rows of the table one is shown. */
static size_t stride_of(const tac_table *table)
{
    const size_t n = tac_table_n_row(table);
    return n <= MAX_TIMES + 1 ? 1 : (n + MAX_TIMES - 1) / MAX_TIMES;
}

/** A column, thinned; the last row is always there. */
static json_t *shown(const tac_table *table, size_t column)
{
    const size_t n = tac_table_n_row(table);
    const size_t stride = stride_of(table);
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < n; i += stride) {
        const size_t row = i + stride >= n ? n - 1 : i;
        json_array_append_new(list, tac_json_number(tac_round_significant(
                                        tac_table_number(table, row, column))));
    }
    return list;
}

/* Lowest and highest of a column, over all rows. */
typedef struct range {
    double low;
    double high;
} range;

static range range_of(const tac_table *table, size_t column)
{
    range r = {(double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        r.low = fmin(r.low, tac_table_number(table, i, column));
        r.high = fmax(r.high, tac_table_number(table, i, column));
    }
    return r;
}

static bool is_still(range r)
{
    return r.high - r.low <= STILL * fmax(fabs(r.low), fabs(r.high));
}

static const char *note_of(const tac_results *results, size_t column)
{
    return tac_table_text_of(tac_results_table(results, "variables"), column - 1, "note");
}

static json_t *moving(const tac_results *results, size_t column, range r)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    const tac_column *about = tac_table_column(table, column);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id", about->name, "unit",
                     about->unit, "note", note_of(results, column), "start",
                     tac_json_number(tac_table_number(table, 0, column)), "end",
                     tac_json_number(tac_table_number(table, tac_table_n_row(table) - 1, column)),
                     "low", tac_json_number(r.low), "high", tac_json_number(r.high), "values",
                     shown(table, column));
}

static json_t *still(const tac_results *results, size_t column)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    const tac_column *about = tac_table_column(table, column);
    return json_pack("{s:s, s:s, s:s, s:o}", "id", about->name, "unit", about->unit, "note",
                     note_of(results, column), "value",
                     tac_json_number(tac_table_number(table, 0, column)));
}

/** Sort the variables into those that move and those that stay, and count what is left out. */
static void add_variables(json_t *page, const tac_results *results)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    json_t *that_move = json_array();
    json_t *that_stay = json_array();
    json_int_t n_left = 0;
    for (size_t j = 1; j < tac_table_n_column(table); j++) {
        const range r = range_of(table, j);
        json_t *list = is_still(r) ? that_stay : that_move;
        const size_t most = is_still(r) ? MAX_STILL : MAX_VARIABLES;
        if (json_array_size(list) >= most) {
            n_left++;
        } else {
            json_array_append_new(list, is_still(r) ? still(results, j) : moving(results, j, r));
        }
    }
    json_object_set_new(page, "variables", that_move);
    json_object_set_new(page, "still", that_stay);
    json_object_set_new(page, "left_out", json_integer(n_left));
}

static json_t *changes(const tac_results *results)
{
    const tac_table *table = tac_results_table(results, "changes");
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(table) && i < MAX_CHANGES; i++) {
        json_array_append_new(list,
                              json_pack("{s:o, s:s}", "t",
                                        tac_json_number(tac_table_number_of(table, i, "time")),
                                        "text", tac_table_text_of(table, i, "text")));
    }
    return list;
}

/** null where it follows from the relative one. */
static json_t *absolute(const tac_results *results)
{
    const double abs_tol = tac_meta_number(results, "abs_tol");
    return abs_tol > 0.0 ? tac_json_number(abs_tol) : json_null();
}

static json_t *run_object(const tac_results *results, const tac_report_options *options)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:o}", "version",
                     tac_meta_text(results, "version"), "command", options->command, "model",
                     tac_meta_text(results, "model"), "seed",
                     tac_json_number(tac_meta_number(results, "seed")), "rel_tol",
                     tac_json_number(tac_meta_number(results, "rel_tol")), "abs_tol",
                     absolute(results), "functions", tac_meta_text(results, "functions"),
                     "model_hash", tac_meta_text(results, "model_hash"), "seconds",
                     tac_json_number(tac_round_significant(options->seconds)));
}

json_t *tac_course_page_data(const tac_results *results, const tac_report_options *options)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    const size_t n_change = tac_table_n_row(tac_results_table(results, "changes"));
    json_t *page =
        json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:o, s:o}", "kind", "course", "title",
                  tac_meta_text(results, "title"), "time_unit", tac_table_column(table, 0)->unit,
                  "t", shown(table, 0), "stride", (json_int_t)stride_of(table), "changes_left_out",
                  (json_int_t)(n_change > MAX_CHANGES ? n_change - MAX_CHANGES : 0), "changes",
                  changes(results), "run", run_object(results, options));
    add_variables(page, results);
    return page;
}
