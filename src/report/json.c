/* SPDX-License-Identifier: Apache-2.0 */
/* summary.json and run.json. */
#include "report/json.h"

#include "base/fail.h"
#include "report/together.h"
#include "report/vessel.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

json_t *tac_json_number(double value)
{
    if (!isfinite(value)) {
        return json_null();
    }
    if (value == floor(value) && fabs(value) < 1e15) {
        return json_integer((json_int_t)value);
    }
    return json_real(value);
}

json_t *tac_json_interval(double low, double high)
{
    if (!isfinite(low) || !isfinite(high)) {
        return json_null();
    }
    return json_pack("[o, o]", tac_json_number(low), tac_json_number(high));
}

json_t *tac_json_text(const char *text)
{
    return text[0] == '\0' ? json_null() : json_string(text);
}

static json_t *row_of(const tac_table *t, size_t i)
{
    const double low = tac_table_number_of(t, i, "low");
    const double high = tac_table_number_of(t, i, "high");
    const double percent_low = tac_table_number_of(t, i, "percent_low");
    const double percent_high = tac_table_number_of(t, i, "percent_high");
    return json_pack(
        "{s:s, s:o, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:b, "
        "s:o}",
        "arm", tac_table_text_of(t, i, "arm"), "against",
        tac_json_text(tac_table_text_of(t, i, "against")), "observable",
        tac_table_text_of(t, i, "observable"), "title", tac_table_text_of(t, i, "title"), "unit",
        tac_table_text_of(t, i, "unit"), "what", tac_table_text_of(t, i, "what"), "without",
        tac_json_number(tac_table_number_of(t, i, "without")), "with",
        tac_json_number(tac_table_number_of(t, i, "with")), "change",
        tac_json_number(tac_table_number_of(t, i, "change")), "ci95", tac_json_interval(low, high),
        "change_percent", tac_json_number(tac_table_number_of(t, i, "percent")),
        "change_percent_ci95", tac_json_interval(percent_low, percent_high), "claim",
        tac_json_text(tac_table_text_of(t, i, "claim")), "grade",
        tac_json_text(tac_table_text_of(t, i, "grade")), "points",
        tac_json_text(tac_table_text_of(t, i, "points")), "show", tac_table_text_of(t, i, "show"),
        "decimals", tac_json_number(tac_table_number_of(t, i, "decimals")), "extrapolated",
        tac_table_text_of(t, i, "extrapolated")[0] != '\0', "extrapolated_because",
        tac_json_text(tac_table_text_of(t, i, "extrapolated")));
}

json_t *tac_json_rows(const tac_table *summary)
{
    json_t *rows = json_array();
    for (size_t i = 0; rows != NULL && i < tac_table_n_row(summary); i++) {
        if (json_array_append_new(rows, row_of(summary, i)) != 0) {
            json_decref(rows);
            return NULL;
        }
    }
    return rows;
}

json_t *tac_json_regions(const tac_table *regions)
{
    json_t *rows = json_array();
    for (size_t i = 0; rows != NULL && i < tac_table_n_row(regions); i++) {
        json_array_append_new(
            rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "observable",
                            tac_table_text_of(regions, i, "observable"), "title",
                            tac_table_text_of(regions, i, "title"), "what",
                            tac_table_text_of(regions, i, "what"), "unit",
                            tac_table_text_of(regions, i, "unit"), "part",
                            tac_table_text_of(regions, i, "part"), "name",
                            tac_table_text_of(regions, i, "name"), "decimals",
                            tac_json_number(tac_table_number_of(regions, i, "decimals")), "without",
                            tac_json_number(tac_table_number_of(regions, i, "without")), "with",
                            tac_json_number(tac_table_number_of(regions, i, "with")), "change",
                            tac_json_number(tac_table_number_of(regions, i, "change")), "ci95",
                            tac_json_interval(tac_table_number_of(regions, i, "low"),
                                              tac_table_number_of(regions, i, "high"))));
    }
    return rows;
}

static int add_chunk(const char *text, size_t n, void *user)
{
    tac_buf_add(user, text, n);
    return 0;
}

tac_status tac_json_write(tac_ctx *ctx, json_t *value, bool is_indented, tac_buf *buf)
{
    /* 12 digits: more than any assay, fewer than what changes with the compiler */
    const size_t flags = JSON_REAL_PRECISION(12) | (is_indented ? JSON_INDENT(2) : JSON_COMPACT);
    if (value == NULL || json_dump_callback(value, add_chunk, buf, flags) != 0) {
        json_decref(value);
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory while writing JSON");
    }
    json_decref(value);
    tac_buf_text(buf, is_indented ? "\n" : "");
    return tac_buf_check(ctx, buf);
}

json_t *tac_json_arms(const tac_table *arms)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(arms); i++) {
        json_array_append_new(list, json_string(tac_table_text_of(arms, i, "id")));
    }
    return list;
}

tac_status tac_report_json(tac_ctx *ctx, const tac_results *results, double seconds,
                           char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    json_t *value =
        json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "scenario",
                  tac_meta_text(results, "title"), "file", tac_meta_text(results, "scenario"),
                  "person", tac_meta_text(results, "person"), "arms",
                  tac_json_arms(tac_results_table(results, "arms")), "rows",
                  tac_json_rows(tac_results_table(results, "summary")), "regions",
                  tac_json_regions(tac_results_table(results, "regions")), "lymph_vessel",
                  tac_vessel_json(results, false), "together", tac_together_json(results),
                  "members", tac_json_number(tac_meta_number(results, "members")), "seed",
                  tac_json_number(tac_meta_number(results, "seed")), "seconds",
                  tac_json_number(seconds));

    *text_out = NULL;
    TAC_TRY(tac_json_write(ctx, value, true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}

json_t *tac_json_numbers(const tac_table *table)
{
    json_t *numbers = json_object();
    for (size_t i = 0; numbers != NULL && i < tac_table_n_row(table); i++) {
        json_object_set_new(numbers, tac_table_text_of(table, i, "key"),
                            tac_json_number(tac_table_number_of(table, i, "number")));
    }
    return numbers;
}

json_t *tac_json_objects(const tac_table *table)
{
    json_t *rows = json_array();
    for (size_t i = 0; rows != NULL && i < tac_table_n_row(table); i++) {
        json_t *row = json_object();
        for (size_t k = 0; k < tac_table_n_column(table); k++) {
            const tac_column *column = tac_table_column(table, k);
            json_t *value = column->is_text ? json_string(tac_table_text_of(table, i, column->name))
                            : strcmp(column->name, "holds") == 0
                                ? json_boolean(tac_table_number_of(table, i, "holds") > 0.5)
                                : tac_json_number(tac_table_number_of(table, i, column->name));
            json_object_set_new(row, column->name, value);
        }
        json_array_append_new(rows, row);
    }
    return rows;
}
