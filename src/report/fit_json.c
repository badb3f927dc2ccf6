/* SPDX-License-Identifier: Apache-2.0 */
/* A fit as JSON. */
#include "base/fail.h"
#include "report/json.h"
#include "report/words.h"

#include <tactus/report.h>

#include <string.h>

static json_t *number_of(const tac_table *t, size_t i, const char *column)
{
    return tac_json_number(tac_table_number_of(t, i, column));
}

static json_t *with_range(const tac_table *t, size_t i, const char *value, const char *low,
                          const char *high)
{
    return json_pack("{s:o, s:o}", "value", number_of(t, i, value), "ci95",
                     tac_json_interval(tac_table_number_of(t, i, low),
                                       tac_table_number_of(t, i, high)));
}

static json_t *profile_of(const tac_results *results, const char *id)
{
    const tac_table *t = tac_results_table(results, "profile");
    json_t *points = json_array();
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        if (strcmp(tac_table_text_of(t, i, "id"), id) == 0) {
            json_array_append_new(points, json_pack("{s:o, s:o, s:o}", "sd", number_of(t, i, "sd"),
                                                    "value", number_of(t, i, "value"), "rise",
                                                    number_of(t, i, "rise")));
        }
    }
    return points;
}

static json_t *parameters_of(const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "parameters");
    json_t *rows = json_array();
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        const char *id = tac_table_text_of(t, i, "id");
        json_array_append_new(rows,
                              json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:b, s:o}", "id", id,
                                        "unit", tac_table_text_of(t, i, "unit"), "prior",
                                        with_range(t, i, "value", "low", "high"), "fitted",
                                        with_range(t, i, "fitted", "fitted low", "fitted high"),
                                        "share", number_of(t, i, "share"), "judgement",
                                        tac_table_text_of(t, i, "judgement"), "changes",
                                        tac_table_number_of(t, i, "changes") > 0.5, "profile",
                                        profile_of(results, id)));
    }
    return rows;
}

static json_t *findings_of(const tac_results *results)
{
    static const char *const TEXTS[] = {"study", "family", "what", "as", "direction", "reason"};
    static const char *const NUMBERS[] = {"index",         "value",        "before", "after",
                                          "misfit before", "misfit after", "weight"};
    const tac_table *t = tac_results_table(results, "findings");
    json_t *rows = json_array();
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        json_t *row = json_object();
        for (size_t k = 0; k < sizeof TEXTS / sizeof TEXTS[0]; k++) {
            json_object_set_new(row, TEXTS[k], tac_json_text(tac_table_text_of(t, i, TEXTS[k])));
        }
        for (size_t k = 0; k < sizeof NUMBERS / sizeof NUMBERS[0]; k++) {
            json_object_set_new(row, NUMBERS[k], number_of(t, i, NUMBERS[k]));
        }
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *studies_of(const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "studies");
    json_t *rows = json_array();
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        json_array_append_new(rows, json_pack("{s:s, s:s, s:o, s:o, s:o}", "study",
                                              tac_table_text_of(t, i, "study"), "family",
                                              tac_table_text_of(t, i, "family"), "key",
                                              tac_json_text(tac_table_text_of(t, i, "key")), "used",
                                              number_of(t, i, "used"), "findings",
                                              number_of(t, i, "findings")));
    }
    return rows;
}

tac_status tac_fit_json(tac_ctx *ctx, const tac_results *results, double seconds, char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    const tac_table *meta = tac_results_table(results, "meta");
    json_t *fit = json_pack("{s:o, s:o, s:o}", "parameters", parameters_of(results), "studies",
                            studies_of(results), "findings", findings_of(results));
    *text_out = NULL;
    for (size_t i = 0; i < tac_table_n_row(meta); i++) {
        const char *text = tac_table_text_of(meta, i, "text");
        json_object_set_new(fit, tac_table_text_of(meta, i, "key"),
                            text[0] != '\0' ? json_string(text) : number_of(meta, i, "number"));
    }
    json_object_set_new(fit, "seconds", tac_json_number(seconds));
    TAC_TRY(tac_json_write(ctx, fit, true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}
