/* SPDX-License-Identifier: Apache-2.0 */
/* A fit for a terminal of 80 columns. */
#include "report/layout.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_range(tac_buf *buf, const char *name, const tac_table *t, size_t i,
                      const char *const *columns)
{
    tac_buf_print(buf, "    %-8s %.4g (%.4g … %.4g)", name, tac_table_number_of(t, i, columns[0]),
                  tac_table_number_of(t, i, columns[1]), tac_table_number_of(t, i, columns[2]));
}

/** How the objective rises where a parameter is moved and the others follow. */
static void put_profile(tac_buf *buf, const tac_results *results, const char *id)
{
    const tac_table *t = tac_results_table(results, "profile");
    bool is_first = true;
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        if (strcmp(tac_table_text_of(t, i, "id"), id) == 0) {
            tac_buf_print(buf, "%s%+.2g at %.3g", is_first ? "    profile  " : ", ",
                          tac_table_number_of(t, i, "rise"), tac_table_number_of(t, i, "value"));
            is_first = false;
        }
    }
    tac_buf_text(buf, is_first ? "" : "\n");
}

static void put_parameters(tac_buf *buf, const tac_results *results)
{
    static const char *const BEFORE[] = {"value", "low", "high"};
    static const char *const AFTER[] = {"fitted", "fitted low", "fitted high"};
    const tac_table *t = tac_results_table(results, "parameters");
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        const char *unit = tac_table_text_of(t, i, "unit");
        tac_buf_print(buf, "%s%s%s%s: %s\n", tac_table_text_of(t, i, "id"),
                      strcmp(unit, "1") == 0 ? "" : " (", strcmp(unit, "1") == 0 ? "" : unit,
                      strcmp(unit, "1") == 0 ? "" : ")", tac_table_text_of(t, i, "judgement"));
        put_range(buf, "before", t, i, BEFORE);
        tac_buf_text(buf, "\n");
        if (tac_table_number_of(t, i, "share") < 1.0) {
            put_range(buf, "fitted", t, i, AFTER);
            tac_buf_print(buf, ", %.2f of the prior's SD\n", tac_table_number_of(t, i, "share"));
        }
        put_profile(buf, results, tac_table_text_of(t, i, "id"));
    }
}

static void put_number(tac_buf *buf, double value)
{
    char text[32];
    snprintf(text, sizeof text, isfinite(value) ? "%.3g" : "-", value);
    tac_buf_print(buf, " %9s", text);
}

static void put_findings(tac_buf *buf, const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "findings");
    char name[96];
    tac_buf_print(buf, "\n%-32s %9s %9s %9s %16s\n", "findings", "published", "before", "fitted",
                  "off by (SD)");
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        const char *direction = tac_table_text_of(t, i, "direction");
        if (tac_table_text_of(t, i, "reason")[0] != '\0') {
            continue;
        }
        snprintf(name, sizeof name, "%s/%.0f %s %s", tac_table_text_of(t, i, "study"),
                 tac_table_number_of(t, i, "index"), tac_table_text_of(t, i, "what"),
                 direction[0] != '\0' ? "" : tac_table_text_of(t, i, "as"));
        tac_buf_print(buf, "%-32.32s", name);
        if (direction[0] != '\0') {
            tac_buf_print(buf, " %9s", direction);
        } else {
            put_number(buf, tac_table_number_of(t, i, "value"));
        }
        put_number(buf, tac_table_number_of(t, i, "before"));
        put_number(buf, tac_table_number_of(t, i, "after"));
        tac_buf_print(buf, " %+7.1f %+7.1f\n", tac_table_number_of(t, i, "misfit before"),
                      tac_table_number_of(t, i, "misfit after"));
    }
}

/** What each study gave; families without a key cannot be marked as used. */
static void put_studies(tac_buf *buf, const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "studies");
    tac_buf line = TAC_BUF_INIT;
    tac_buf_text(&line, "studies (findings used of all):");
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        tac_buf_print(&line, "%s %s %.0f of %.0f%s", i > 0 ? "," : "",
                      tac_table_text_of(t, i, "study"), tac_table_number_of(t, i, "used"),
                      tac_table_number_of(t, i, "findings"),
                      tac_table_text_of(t, i, "key")[0] == '\0' ? " (no key)" : "");
    }
    tac_wrapped_put(buf, tac_buf_str(&line), "    ");
    tac_buf_text(buf, "\n");
    tac_buf_free(&line);
}

tac_status tac_fit_text(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_buf buf = TAC_BUF_INIT;
    const tac_table *studies = tac_results_table(results, "studies");
    const bool is_fitted = tac_meta_number(results, "evaluations") > 0.0;
    *text_out = NULL;
    const size_t n_free = tac_table_n_row(tac_results_table(results, "parameters"));
    const size_t n_study = tac_table_n_row(studies);
    tac_buf_print(&buf, "%zu %s free, %zu %s\n\n", n_free, n_free == 1 ? "parameter" : "parameters",
                  n_study, n_study == 1 ? "study" : "studies");
    put_parameters(&buf, results);
    if (is_fitted) {
        put_findings(&buf, results);
        tac_buf_text(&buf, "\n");
        put_studies(&buf, results);
        tac_buf_print(&buf,
                      "between studies: %.2g of how persons differ\n"
                      "objective: %.4g before, %.4g fitted (%.0f evaluations%s)\n",
                      tac_meta_number(results, "tau"), tac_meta_number(results, "objective before"),
                      tac_meta_number(results, "objective after"),
                      tac_meta_number(results, "evaluations"),
                      strcmp(tac_meta_text(results, "settled"), "yes") == 0 ? "" : ", not settled");
    }
    const tac_status st = tac_buf_check(ctx, &buf);
    if (st == TAC_OK) {
        *text_out = buf.text;
        buf = (tac_buf)TAC_BUF_INIT;
    }
    tac_buf_free(&buf);
    return st;
}
