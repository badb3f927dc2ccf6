/* SPDX-License-Identifier: Apache-2.0 */
/* ledger.json, and the page that shows it. */
#include "base/fail.h"
#include "base/file.h"
#include "report/html.h"
#include "report/json.h"
#include "report/words.h"

#include <tactus/report.h>

#include <string.h>

/* Columns of counts, in the order of docs/results.md. */
static const char *const COUNTED[] = {"agrees",        "close",   "disagrees",      "cannot tell",
                                      "not simulated", "animals", "not independent"};

static json_t *counts_of(const tac_table *table, size_t row)
{
    json_t *counts = json_object();
    for (size_t k = 0; k < sizeof COUNTED / sizeof COUNTED[0]; k++) {
        json_object_set_new(counts, COUNTED[k],
                            tac_json_number(tac_table_number_of(table, row, COUNTED[k])));
    }
    return counts;
}

/** "C4 C13" as a list. */
static json_t *words_of(const char *text, const char *parting)
{
    json_t *words = json_array();
    while (*text != '\0') {
        const char *end = strstr(text, parting);
        const size_t n = end == NULL ? strlen(text) : (size_t)(end - text);
        json_array_append_new(words, json_stringn(text, n));
        text += n + (end == NULL ? 0 : strlen(parting));
    }
    return words;
}

static json_t *number_and_interval(const tac_table *t, size_t i, const char *value, const char *low,
                                   const char *high)
{
    return json_pack("{s:o, s:o}", "value", tac_json_number(tac_table_number_of(t, i, value)),
                     "ci95",
                     tac_json_interval(tac_table_number_of(t, i, low),
                                       tac_table_number_of(t, i, high)));
}

static void set_texts(json_t *row, const tac_table *t, size_t i)
{
    static const char *const TEXTS[] = {"study",  "title",     "area",    "what",    "of",
                                        "versus", "site",      "as",      "quality", "family",
                                        "unit",   "direction", "verdict", "reason",  "note"};
    for (size_t k = 0; k < sizeof TEXTS / sizeof TEXTS[0]; k++) {
        json_object_set_new(row, TEXTS[k], tac_json_text(tac_table_text_of(t, i, TEXTS[k])));
    }
}

static json_t *finding_of(const tac_table *t, size_t i)
{
    json_t *row = json_object();
    set_texts(row, t, i);
    json_object_set_new(row, "index", tac_json_number(tac_table_number_of(t, i, "index")));
    json_object_set_new(row, "n", tac_json_number(tac_table_number_of(t, i, "n")));
    json_object_set_new(row, "claims", words_of(tac_table_text_of(t, i, "claims"), " "));
    json_object_set_new(row, "marks", words_of(tac_table_text_of(t, i, "marks"), "; "));
    json_object_set_new(row, "published", number_and_interval(t, i, "value", "low", "high"));
    json_t *predicted = number_and_interval(t, i, "predicted", "predicted low", "predicted high");
    json_object_set_new(predicted, "ci50",
                        tac_json_interval(tac_table_number_of(t, i, "predicted low50"),
                                          tac_table_number_of(t, i, "predicted high50")));
    json_object_set_new(predicted, "share_up",
                        tac_json_number(tac_table_number_of(t, i, "share up")));
    json_object_set_new(predicted, "share_significant",
                        tac_json_number(tac_table_number_of(t, i, "share significant")));
    json_object_set_new(row, "predicted", predicted);
    json_object_set_new(row, "null models",
                        json_pack("{s:s, s:s}", "massage does nothing",
                                  tac_table_text_of(t, i, "without touch"), "nothing changes",
                                  tac_table_text_of(t, i, "without change")));
    return row;
}

/** {"stress": {counts}, ...} from the rows after the first `from`. */
static json_t *named_counts(const tac_table *table, size_t from)
{
    json_t *all = json_object();
    for (size_t i = from; i < tac_table_n_row(table); i++) {
        json_object_set_new(all, tac_table_text_of(table, i, "name"), counts_of(table, i));
    }
    return all;
}

/** {"C1": "Regular massage ...", ...}: what the names of a table stand for. */
static json_t *titles_of(const tac_table *table)
{
    json_t *titles = json_object();
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        json_object_set_new(titles, tac_table_text_of(table, i, "name"),
                            json_string(tac_table_text_of(table, i, "title")));
    }
    return titles;
}

/** How much worse the intervals of each rival are than the model's. */
static json_t *interval_scores_of(const tac_table *table)
{
    json_t *scores = json_object();
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        json_object_set_new(scores, tac_table_text_of(table, i, "name"),
                            json_pack("{s:o, s:o}", "times",
                                      tac_json_number(tac_table_number_of(table, i, "times")), "n",
                                      tac_json_number(tac_table_number_of(table, i, "n"))));
    }
    return scores;
}

static json_t *ledger_of(const tac_results *results, double seconds)
{
    static const char *const NUMBERS[] = {"studies", "people", "repeat", "seed"};
    const tac_table *findings = tac_results_table(results, "findings");
    const tac_table *counts = tac_results_table(results, "counts");
    const tac_table *calibration = tac_results_table(results, "calibration");
    json_t *rows = json_array();
    for (size_t i = 0; i < tac_table_n_row(findings); i++) {
        json_array_append_new(rows, finding_of(findings, i));
    }
    json_t *ledger =
        json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "findings", rows, "counts",
                  counts_of(counts, 0), "systems",
                  named_counts(tac_results_table(results, "systems"), 0), "claims",
                  named_counts(tac_results_table(results, "claims"), 0), "calibration",
                  json_pack("{s:o, s:o, s:o}", "in50",
                            tac_json_number(tac_table_number_of(calibration, 0, "in50")), "in95",
                            tac_json_number(tac_table_number_of(calibration, 0, "in95")), "n",
                            tac_json_number(tac_table_number_of(calibration, 0, "n"))),
                  "null models", named_counts(counts, 1));
    json_object_set_new(ledger, "claim_titles", titles_of(tac_results_table(results, "claims")));
    json_object_set_new(ledger, "dependent",
                        named_counts(tac_results_table(results, "dependent"), 0));
    json_object_set_new(ledger, "interval scores",
                        interval_scores_of(tac_results_table(results, "interval scores")));
    for (size_t k = 0; k < sizeof NUMBERS / sizeof NUMBERS[0]; k++) {
        json_object_set_new(ledger, NUMBERS[k],
                            tac_json_number(tac_meta_number(results, NUMBERS[k])));
    }
    json_object_set_new(ledger, "version", json_string(tac_meta_text(results, "version")));
    json_object_set_new(ledger, "model", json_string(tac_meta_text(results, "model")));
    json_object_set_new(ledger, "seconds", tac_json_number(seconds));
    return ledger;
}

tac_status tac_ledger_json(tac_ctx *ctx, const tac_results *results, double seconds,
                           char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    TAC_TRY(tac_json_write(ctx, ledger_of(results, seconds), true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}

static tac_status write_one(tac_ctx *ctx, const char *directory, const char *name,
                            const tac_buf *content)
{
    tac_status st = TAC_OK;
    tac_buf path = TAC_BUF_INIT;
    tac_buf_print(&path, "%s/%s", directory, name);
    TAC_TRY(tac_buf_check(ctx, &path));
    TAC_TRY(tac_file_write(ctx, path.text, tac_buf_str(content), content->n));
out:
    tac_buf_free(&path);
    return st;
}

tac_status tac_ledger_write(tac_ctx *ctx, const tac_results *results,
                            const tac_report_options *options)
{
    tac_status st = TAC_OK;
    tac_buf json = TAC_BUF_INIT;
    tac_buf data = TAC_BUF_INIT;
    tac_buf page = TAC_BUF_INIT;
    json_t *ledger = ledger_of(results, options->seconds);
    json_t *shown = NULL;

    TAC_TRY(tac_dir_create(ctx, options->directory));
    json_object_set_new(ledger, "command", json_string(options->command));
    shown = json_deep_copy(ledger);
    json_object_set_new(shown, "kind", json_string("ledger"));
    TAC_TRY(tac_json_write(ctx, json_incref(ledger), true, &json));
    TAC_TRY(write_one(ctx, options->directory, "ledger.json", &json));
    TAC_TRY(tac_json_write(ctx, json_incref(shown), false, &data));
    TAC_TRY(tac_html_page(ctx, tac_meta_text(results, "title"), tac_buf_str(&data), &page));
    TAC_TRY(write_one(ctx, options->directory, "ledger.html", &page));
out:
    json_decref(ledger);
    json_decref(shown);
    tac_buf_free(&page);
    tac_buf_free(&data);
    tac_buf_free(&json);
    return st;
}
