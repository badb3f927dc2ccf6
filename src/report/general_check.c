/* SPDX-License-Identifier: Apache-2.0 */
/* What the check of a general model found, as text and as JSON. */
#include "base/buf.h"
#include "base/fail.h"
#include "base/table.h"
#include "report/json.h"
#include "report/layout.h"

#include <tactus/report.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/** "3 states" from its row, "1 state" where it is one. */
static void put_count(tac_buf *line, const tac_table *model, size_t row)
{
    const double n = tac_table_number_of(model, row, "number");
    const char *key = tac_table_text_of(model, row, "key");
    const size_t n_letter = strlen(key) - (fabs(n - 1.0) < 0.5 ? 1 : 0);
    tac_buf_print(line, "%s%.0f %.*s", row == 0 ? "" : ", ", n, (int)n_letter, key);
}

/** Names after a head, parted by commas. */
static void put_list(tac_buf *buf, const tac_table *table, const char *column, const char *one,
                     const char *several)
{
    tac_buf line = TAC_BUF_INIT;
    const size_t n = tac_table_n_row(table);
    if (n == 0) {
        return;
    }
    tac_buf_print(&line, "%s:", n == 1 ? one : several);
    for (size_t i = 0; i < n; i++) {
        tac_buf_print(&line, " %s%s", tac_table_text_of(table, i, column), i + 1 < n ? "," : "");
    }
    tac_wrapped_put(buf, tac_buf_str(&line), "  ");
    buf->has_failed = buf->has_failed || line.has_failed;
    tac_buf_free(&line);
}

static void put_units(tac_buf *buf, const tac_results *results)
{
    const tac_table *model = tac_results_table(results, "model");
    const tac_table *units = tac_results_table(results, "units");
    const double n_without = tac_table_number_of(model, 5, "number");
    const double n_name = tac_table_number_of(model, 6, "number");
    if (tac_table_n_row(units) > 0) {
        tac_buf_text(buf, "units DISAGREE:\n");
        tac_buf_text(buf, tac_table_text_of(units, 0, "message"));
    } else if (n_without >= n_name) {
        tac_buf_text(buf, "the model gives no units, so none were checked\n");
    } else if (n_without > 0.0) {
        tac_buf_print(buf, "units agree as far as they are given; %.0f of %.0f names have none\n",
                      n_without, n_name);
    } else {
        tac_buf_text(buf, "units of every equation agree\n");
    }
}

tac_status tac_report_general_check_text(tac_ctx *ctx, const tac_results *results,
                                         int *is_sound_out, char **text_out)
{
    const tac_table *model = tac_results_table(results, "model");
    tac_buf buf = TAC_BUF_INIT;
    tac_buf line = TAC_BUF_INIT;
    *text_out = NULL;
    *is_sound_out = tac_table_n_row(tac_results_table(results, "units")) == 0 ? 1 : 0;
    for (size_t i = 0; i < 5; i++) {
        put_count(&line, model, i);
    }
    tac_wrapped_put(&buf, tac_buf_str(&line), "  ");
    put_units(&buf, results);
    put_list(&buf, tac_results_table(results, "unused"), "name", "no equation uses",
             "no equation uses");
    put_list(&buf, tac_results_table(results, "pairs"), "pair",
             "constants that no data can tell apart, only this shows",
             "constants that no data can tell apart, only these show");
    buf.has_failed = buf.has_failed || line.has_failed;
    tac_buf_free(&line);
    return tac_buf_take(ctx, &buf, text_out);
}

tac_status tac_report_general_check_json(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    json_t *value = json_pack("{s:o, s:o, s:o, s:o, s:b}", "model",
                              tac_json_numbers(tac_results_table(results, "model")), "units",
                              tac_json_objects(tac_results_table(results, "units")), "unused",
                              tac_json_objects(tac_results_table(results, "unused")), "pairs",
                              tac_json_objects(tac_results_table(results, "pairs")), "sound",
                              tac_table_n_row(tac_results_table(results, "units")) == 0);
    TAC_TRY(tac_json_write(ctx, value, true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}
