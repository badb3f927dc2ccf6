/* SPDX-License-Identifier: Apache-2.0 */
/* Curves, their extremes, what was changed on the way, and how it was made. */
#include "report/course_page.h"

#include "report/words.h"

#include <math.h>

/* More would make a page that nobody reads and no browser likes; the CSV has all. */
enum { MAX_VARIABLES = 60, MAX_TIMES = 1000, MAX_CHANGES = 200 };

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

/** Start, end, lowest and highest of all rows, also of those that are not shown. */
static json_t *variable(const tac_results *results, size_t column)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    const tac_column *about = tac_table_column(table, column);
    const size_t n = tac_table_n_row(table);
    double low = (double)INFINITY;
    double high = -(double)INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = fmin(low, tac_table_number(table, i, column));
        high = fmax(high, tac_table_number(table, i, column));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id", about->name, "unit",
                     about->unit, "note",
                     tac_table_text_of(tac_results_table(results, "variables"), column - 1, "note"),
                     "start", tac_json_number(tac_table_number(table, 0, column)), "end",
                     tac_json_number(tac_table_number(table, n - 1, column)), "low",
                     tac_json_number(low), "high", tac_json_number(high), "values",
                     shown(table, column));
}

static json_t *variables(const tac_results *results)
{
    const tac_table *table = tac_results_table(results, "trajectories");
    const size_t n = tac_table_n_column(table);
    json_t *list = json_array();
    for (size_t j = 1; list != NULL && j < n && j <= MAX_VARIABLES; j++) {
        json_array_append_new(list, variable(results, j));
    }
    return list;
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
    const size_t n = tac_table_n_column(table) - 1;
    const size_t n_change = tac_table_n_row(tac_results_table(results, "changes"));
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:I, s:I, s:I, s:o, s:o}", "kind", "course",
                     "title", tac_meta_text(results, "title"), "time_unit",
                     tac_table_column(table, 0)->unit, "t", shown(table, 0), "variables",
                     variables(results), "variables_left_out",
                     (json_int_t)(n > MAX_VARIABLES ? n - MAX_VARIABLES : 0), "stride",
                     (json_int_t)stride_of(table), "changes_left_out",
                     (json_int_t)(n_change > MAX_CHANGES ? n_change - MAX_CHANGES : 0), "changes",
                     changes(results), "run", run_object(results, options));
}
