/* SPDX-License-Identifier: Apache-2.0 */
/* What the check of a body found, as text and as JSON. */
#include "base/buf.h"
#include "base/fail.h"
#include "base/table.h"
#include "report/json.h"
#include "report/layout.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

static bool is_sound(const tac_results *results)
{
    const tac_table *balances = tac_results_table(results, "balances");
    bool holds = tac_table_n_row(tac_results_table(results, "drift")) == 0;
    for (size_t i = 0; i < tac_table_n_row(balances); i++) {
        holds = holds && tac_table_number_of(balances, i, "holds") > 0.5;
    }
    return holds;
}

static void put_model(tac_buf *buf, const tac_table *model)
{
    tac_buf_print(buf, "%.0f states, %.0f variables, %.0f inputs, %.0f entries in the Jacobian\n",
                  tac_table_key_number(model, "states"), tac_table_key_number(model, "variables"),
                  tac_table_key_number(model, "inputs"),
                  tac_table_key_number(model, "entries in the Jacobian"));
    tac_buf_print(buf, "%.0f parameters: %.0f measured, %.0f fitted, %.0f derived, %.0f assumed\n",
                  tac_table_key_number(model, "parameters"),
                  tac_table_key_number(model, "measured"), tac_table_key_number(model, "fitted"),
                  tac_table_key_number(model, "derived"), tac_table_key_number(model, "assumed"));
    tac_buf_print(buf,
                  "%.0f of them have a range to draw from, the others are held exact;\n"
                  "%.0f name a publication, the others are assumptions that say why\n",
                  tac_table_key_number(model, "with a range"),
                  tac_table_key_number(model, "with a source"));
    tac_buf_text(buf, "units of every equation agree\n\n");
}

static void put_unused(tac_buf *buf, const tac_results *results)
{
    tac_buf names = TAC_BUF_INIT;
    const tac_table *unused =
        tac_results_has(results, "unused") ? tac_results_table(results, "unused") : NULL;
    const size_t n = unused == NULL ? 0 : tac_table_n_row(unused);
    tac_buf_print(&names, "no equation uses %zu %s:", n, n == 1 ? "name" : "names");
    for (size_t i = 0; i < n; i++) {
        tac_buf_print(&names, " %s%s", tac_table_text_of(unused, i, "name"), i + 1 < n ? "," : "");
    }
    if (n > 0) {
        tac_wrapped_put(buf, tac_buf_str(&names), "  ");
        tac_buf_text(buf, "\n");
    }
    tac_buf_free(&names);
}

static void put_balances(tac_buf *buf, const tac_table *balances, double n_day)
{
    tac_buf_print(buf, "%-30s %-12s %12s %12s\n", "what must add up", "", "off by", "may be off");
    for (size_t i = 0; i < tac_table_n_row(balances); i++) {
        tac_buf_print(buf, "%-30s %-12s %12.2g %12.2g  %s\n",
                      tac_table_text_of(balances, i, "balance"),
                      tac_table_text_of(balances, i, "unit"),
                      tac_table_number_of(balances, i, "departure"),
                      tac_table_number_of(balances, i, "tolerance"),
                      tac_table_number_of(balances, i, "holds") > 0.5 ? "holds" : "FAILS");
    }
    tac_buf_print(buf,
                  "largest departure over %.0f days of everyday life, each quarter of an hour\n\n",
                  n_day);
}

static void put_drift(tac_buf *buf, const tac_table *drift, double n_day)
{
    if (tac_table_n_row(drift) == 0) {
        tac_buf_print(buf,
                      "nothing drifts: no daily mean moves by more than 1e-4 of its size in %.0f "
                      "days\n",
                      n_day);
        return;
    }
    tac_buf_print(buf, "%-40s %12s %12s %10s\n", "what drifts", "first day", "last day", "change");
    for (size_t i = 0; i < tac_table_n_row(drift); i++) {
        tac_buf_print(buf, "%-40s %12.5g %12.5g %10.2g\n", tac_table_text_of(drift, i, "state"),
                      tac_table_number_of(drift, i, "first"), tac_table_number_of(drift, i, "last"),
                      tac_table_number_of(drift, i, "change"));
    }
}

tac_status tac_report_check_text(tac_ctx *ctx, const tac_results *results, int *is_sound_out,
                                 char **text_out)
{
    const tac_table *model = tac_results_table(results, "model");
    const double n_day = tac_table_key_number(model, "days");
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    *is_sound_out = is_sound(results) ? 1 : 0;
    put_model(&buf, model);
    put_unused(&buf, results);
    put_balances(&buf, tac_results_table(results, "balances"), n_day);
    put_drift(&buf, tac_results_table(results, "drift"), n_day);
    return tac_buf_take(ctx, &buf, text_out);
}

tac_status tac_report_check_json(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    json_t *value = json_pack("{s:o, s:o, s:o, s:b}", "model",
                              tac_json_numbers(tac_results_table(results, "model")), "balances",
                              tac_json_objects(tac_results_table(results, "balances")), "drift",
                              tac_json_objects(tac_results_table(results, "drift")), "sound",
                              is_sound(results));
    if (value != NULL && tac_results_has(results, "unused")) {
        json_object_set_new(value, "unused",
                            tac_json_objects(tac_results_table(results, "unused")));
    }
    TAC_TRY(tac_json_write(ctx, value, true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}
