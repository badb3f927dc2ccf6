/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger for a terminal of 80 columns. */
#include "base/alloc.h"
#include "base/fail.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Columns of counts with the words that stand over them. */
static const struct {
    const char *column;
    const char *head;
    int width;
} COUNTED[] = {{"agrees", "agrees", 7},         {"close", "close", 6},
               {"disagrees", "dis-", 6},        {"cannot tell", "cannot", 7},
               {"not simulated", "not", 6},     {"animals", "animals", 8},
               {"not independent", "fitted", 7}};
static const char *const SECOND_HEAD[] = {"", "", "agrees", "tell", "sim.", "", ""};

static void put_cut(tac_buf *buf, const char *text, int width)
{
    tac_buf_print(buf, "%-*.*s", width, width, text);
}

/** The second line ends with its last word. */
static void put_head(tac_buf *buf, const char *what)
{
    const size_t n = sizeof COUNTED / sizeof COUNTED[0];
    size_t n_second = n;
    put_cut(buf, what, 32);
    for (size_t k = 0; k < n; k++) {
        tac_buf_print(buf, "%*s", COUNTED[k].width, COUNTED[k].head);
    }
    tac_buf_text(buf, "\n");
    put_cut(buf, "", 32);
    while (n_second > 0 && SECOND_HEAD[n_second - 1][0] == '\0') {
        n_second--;
    }
    for (size_t k = 0; k < n_second; k++) {
        tac_buf_print(buf, "%*s", COUNTED[k].width, SECOND_HEAD[k]);
    }
    tac_buf_text(buf, "\n");
}

static bool has_counts(const tac_table *table, size_t row)
{
    double sum = 0.0;
    for (size_t k = 0; k < sizeof COUNTED / sizeof COUNTED[0]; k++) {
        sum += tac_table_number_of(table, row, COUNTED[k].column);
    }
    return sum > 0.0;
}

static void put_counts(tac_buf *buf, const tac_table *table, size_t row, const char *name)
{
    put_cut(buf, name, 32);
    for (size_t k = 0; k < sizeof COUNTED / sizeof COUNTED[0]; k++) {
        tac_buf_print(buf, "%*.0f", COUNTED[k].width,
                      tac_table_number_of(table, row, COUNTED[k].column));
    }
    tac_buf_text(buf, "\n");
}

static void put_tables(tac_buf *buf, const tac_results *results)
{
    const tac_table *systems = tac_results_table(results, "systems");
    const tac_table *claims = tac_results_table(results, "claims");
    const tac_table *counts = tac_results_table(results, "counts");
    const tac_table *dependent = tac_results_table(results, "dependent");
    char name[64];
    put_head(buf, "findings by system");
    for (size_t i = 0; i < tac_table_n_row(systems); i++) {
        if (has_counts(systems, i)) {
            put_counts(buf, systems, i, tac_table_text_of(systems, i, "name"));
        }
    }
    put_counts(buf, counts, 0, "all");
    tac_buf_text(buf, "\n");
    put_head(buf, "by claim (some bear on several)");
    for (size_t i = 0; i < tac_table_n_row(claims); i++) {
        snprintf(name, sizeof name, "%-4s%.27s", tac_table_text_of(claims, i, "name"),
                 tac_table_text_of(claims, i, "title"));
        if (has_counts(claims, i)) {
            put_counts(buf, claims, i, name);
        }
    }
    tac_buf_text(buf, "\n");
    put_head(buf, "what it must be better than");
    for (size_t i = 0; i < tac_table_n_row(counts); i++) {
        put_counts(buf, counts, i, tac_table_text_of(counts, i, "name"));
    }
    tac_buf_text(buf, "\n");
    put_head(buf, "studies that parameters are from");
    for (size_t i = 0; i < tac_table_n_row(dependent); i++) {
        put_counts(buf, dependent, i, tac_table_text_of(dependent, i, "name"));
    }
}

/** Three significant digits. */
static void put_number(tac_buf *buf, double value)
{
    tac_buf_print(buf, isfinite(value) ? "%.3g" : "-", value);
}

static void put_band(tac_buf *buf, double value, double low, double high, const char *unit)
{
    put_number(buf, value);
    if (isfinite(low) && isfinite(high)) {
        tac_buf_text(buf, " (");
        put_number(buf, low);
        tac_buf_text(buf, " … ");
        put_number(buf, high);
        tac_buf_text(buf, ")");
    }
    if (strcmp(unit, "1") != 0) {
        tac_buf_print(buf, " %s", unit);
    }
}

/** Two lines: what was found in which study, and the two numbers. */
static void put_finding(tac_buf *buf, const tac_table *t, size_t i)
{
    const char *direction = tac_table_text_of(t, i, "direction");
    const char *reason = tac_table_text_of(t, i, "reason");
    const char *versus = tac_table_text_of(t, i, "versus");
    const char *unit = tac_table_text_of(t, i, "unit");
    char head[128];
    snprintf(head, sizeof head, "%s/%.0f %s %s, %s%s%s", tac_table_text_of(t, i, "study"),
             tac_table_number_of(t, i, "index"), tac_table_text_of(t, i, "what"),
             tac_table_text_of(t, i, "as"), tac_table_text_of(t, i, "of"),
             versus[0] == '\0' || strcmp(versus, "nothing") == 0 ? "" : " vs ",
             strcmp(versus, "nothing") == 0 ? "" : versus);
    put_cut(buf, head, 65);
    tac_buf_print(buf, " %s\n", tac_table_text_of(t, i, "verdict"));
    if (reason[0] != '\0') {
        tac_buf_print(buf, "    %.76s\n", reason);
        return;
    }
    tac_buf_text(buf, "    published ");
    if (direction[0] != '\0') {
        tac_buf_text(buf, direction);
    } else {
        put_band(buf, tac_table_number_of(t, i, "value"), tac_table_number_of(t, i, "low"),
                 tac_table_number_of(t, i, "high"), "1"); /* the unit stands behind the other */
    }
    tac_buf_text(buf, ", predicted ");
    put_band(buf, tac_table_number_of(t, i, "predicted"),
             tac_table_number_of(t, i, "predicted low"),
             tac_table_number_of(t, i, "predicted high"), unit);
    if (direction[0] != '\0') {
        tac_buf_text(buf, ", up in ");
        put_number(buf, 100.0 * tac_table_number_of(t, i, "share up"));
        tac_buf_text(buf, " %");
    }
    tac_buf_text(buf, "\n");
}

static void put_findings(tac_buf *buf, const tac_results *results, bool all_rows)
{
    const tac_table *t = tac_results_table(results, "findings");
    tac_buf_text(buf, all_rows ? "\nevery finding\n" : "\nwhere the model disagrees\n");
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        if (all_rows || strcmp(tac_table_text_of(t, i, "verdict"), "disagrees") == 0) {
            put_finding(buf, t, i);
        }
    }
}

/** What the intervals are worth beside others. */
static void put_interval_scores(tac_buf *buf, const tac_table *table)
{
    tac_buf_text(buf,
                 "interval scores as multiples of the model's (above 1: the model is better)\n");
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        tac_buf_print(buf, "  %-27s%6.2f\n", tac_table_text_of(table, i, "name"),
                      tac_table_number_of(table, i, "times"));
    }
}

tac_status tac_ledger_text(tac_ctx *ctx, const tac_results *results, int all_rows, char **text_out)
{
    tac_buf buf = TAC_BUF_INIT;
    const tac_table *calibration = tac_results_table(results, "calibration");
    const size_t n = tac_table_n_row(tac_results_table(results, "findings"));
    const double n_study = tac_meta_number(results, "studies");
    const double n_calibrating = tac_table_number_of(calibration, 0, "n");
    *text_out = NULL;
    tac_buf_print(&buf,
                  "%.0f %s, %zu %s, each study repeated %.0f times with %.0f virtual people\n\n",
                  n_study, n_study == 1.0 ? "study" : "studies", n, n == 1 ? "finding" : "findings",
                  tac_meta_number(results, "repeat"), tac_meta_number(results, "people"));
    put_tables(&buf, results);
    if (n_calibrating > 0.0) {
        tac_buf_print(
            &buf,
            "\npublished values inside the predicted intervals: %.0f %% in the 50 %% interval,\n%.0f %% in the 95 %% interval, of %.0f numbers\n",
            100.0 * tac_table_number_of(calibration, 0, "in50"),
            100.0 * tac_table_number_of(calibration, 0, "in95"), n_calibrating);
        put_interval_scores(&buf, tac_results_table(results, "interval scores"));
    }
    put_findings(&buf, results, all_rows != 0);
    return tac_buf_take(ctx, &buf, text_out);
}
