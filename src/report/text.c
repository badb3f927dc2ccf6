/* SPDX-License-Identifier: Apache-2.0 */
/* The summary for a terminal of 80 columns. */
#include "base/alloc.h"
#include "base/fail.h"
#include "report/layout.h"
#include "report/together.h"
#include "report/vessel.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

/* Left edges of the columns: name, unit, without (right-aligned to), with, change, interval, evidence. */
enum {
    AT_UNIT = 29,
    END_WITHOUT = 43,
    END_WITH = 50,
    END_CHANGE = 58,
    AT_INTERVAL = 59,
    AT_CLAIM = 75
};

static void put_heading(tac_buf *buf, bool has_programme, const char *interval)
{
    tac_line l = {buf, 0};
    if (!has_programme) {
        tac_line_put_ending_at(&l, END_WITHOUT, "level");
        tac_line_put(&l, END_WITHOUT + 2, interval);
        tac_line_end(&l);
        return;
    }
    tac_line_put_ending_at(&l, END_WITHOUT, "without");
    tac_line_put_ending_at(&l, END_WITH, "with");
    tac_line_put_ending_at(&l, END_CHANGE, "change");
    tac_line_put(&l, AT_INTERVAL + 1, interval);
    tac_line_put(&l, AT_CLAIM, "claim");
    tac_line_end(&l);
}

static void put_row(tac_buf *buf, tac_buf *cell, const tac_table *summary, size_t row,
                    bool has_programme)
{
    tac_line l = {buf, 0};
    const int decimals = (int)tac_table_number_of(summary, row, "decimals");

    tac_buf_clear(cell);
    tac_buf_print(cell, "%s, %s%s", tac_table_text_of(summary, row, "title"),
                  tac_table_text_of(summary, row, "what"),
                  tac_table_text_of(summary, row, "extrapolated")[0] == '\0' ? "" : " *");
    tac_line_put(&l, 0, tac_buf_str(cell));
    if (l.width >= AT_UNIT) { /* a long name has the line for itself */
        tac_line_end(&l);
    }
    tac_line_put(&l, AT_UNIT, tac_table_text_of(summary, row, "unit"));
    tac_buf_clear(cell);
    tac_say_number(cell, tac_table_number_of(summary, row, "without"), decimals);
    tac_line_put_ending_at(&l, END_WITHOUT, tac_buf_str(cell));
    if (has_programme) {
        tac_buf_clear(cell);
        tac_say_number(cell, tac_table_number_of(summary, row, "with"), decimals);
        tac_line_put_ending_at(&l, END_WITH, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_say_change(cell, summary, row);
        tac_line_put_ending_at(&l, END_CHANGE, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_say_interval(cell, summary, row);
        tac_interval_tighten(cell, AT_CLAIM - AT_INTERVAL - 1);
        tac_line_put(&l, AT_INTERVAL, tac_buf_str(cell));
        tac_buf_clear(cell);
        const char *claim = tac_table_text_of(summary, row, "claim");
        if (claim[0] == '\0') {
            tac_buf_text(cell, "-");
        } else {
            tac_buf_print(cell, "%s %s", claim, tac_table_text_of(summary, row, "grade"));
        }
        tac_line_put(&l, AT_CLAIM, tac_buf_str(cell));
    } else {
        tac_buf_clear(cell);
        tac_buf_text(cell, "(");
        tac_say_number(cell, tac_table_number_of(summary, row, "without_low"), decimals);
        tac_buf_text(cell, " … ");
        tac_say_number(cell, tac_table_number_of(summary, row, "without_high"), decimals);
        tac_buf_text(cell, ")");
        tac_line_put(&l, END_WITHOUT + 2, tac_buf_str(cell));
    }
    tac_line_end(&l);
}

/** True when a row has something to say below the table. */
static bool has_notes(const tac_table *summary)
{
    bool has = false;
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        has = has || tac_table_text_of(summary, i, "claim")[0] != '\0'
              || tac_table_text_of(summary, i, "extrapolated")[0] != '\0';
    }
    return has;
}

/** Below the table: what each claim's letter means here, each claim once. */
static void put_claims(tac_buf *buf, tac_buf *cell, const tac_table *summary)
{
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        const char *claim = tac_table_text_of(summary, i, "claim");
        bool is_new = claim[0] != '\0';
        for (size_t k = 0; k < i; k++) {
            is_new = is_new && strcmp(tac_table_text_of(summary, k, "claim"), claim) != 0;
        }
        if (is_new) {
            tac_buf_clear(cell);
            tac_buf_print(cell, "%s  evidence %s: %s", claim,
                          tac_table_text_of(summary, i, "grade"),
                          tac_table_text_of(summary, i, "points"));
            tac_wrapped_put(buf, tac_buf_str(cell), "    ");
        }
    }
}

/** And why rows with a star lie outside what was measured, each reason once. */
static void put_extrapolated(tac_buf *buf, tac_buf *cell, const tac_table *summary)
{
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        const char *why = tac_table_text_of(summary, i, "extrapolated");
        bool is_new = why[0] != '\0';
        for (size_t k = 0; k < i; k++) {
            is_new = is_new && strcmp(tac_table_text_of(summary, k, "extrapolated"), why) != 0;
        }
        if (is_new) {
            tac_buf_clear(cell);
            tac_buf_print(cell, "*   extrapolated: %s", why);
            tac_wrapped_put(buf, tac_buf_str(cell), "    ");
        }
    }
}

static void put_table(tac_buf *buf, tac_buf *cell, const tac_results *results)
{
    const tac_table *summary = tac_results_table(results, "summary");
    const tac_table *arms = tac_results_table(results, "arms");
    const size_t n_programme = tac_arms_n_programme(arms);
    const bool has_programme = n_programme > 0;
    const bool differ = tac_arms_differ_in_against(arms);
    const char *arm = "";

    put_heading(buf, has_programme,
                tac_results_has(results, "cohort") ? "95 % of people" : "95 % interval");
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        if (n_programme > 1 && strcmp(arm, tac_table_text_of(summary, i, "arm")) != 0) {
            arm = tac_table_text_of(summary, i, "arm");
            tac_buf_print(buf, "%s%s", i == 0 ? "" : "\n", arm);
            if (differ) {
                const char *against = tac_table_text_of(summary, i, "against");
                tac_buf_print(buf, ", against %s",
                              strcmp(against, "without") == 0 ? "nothing" : against);
            }
            tac_buf_text(buf, "\n");
        }
        put_row(buf, cell, summary, i, has_programme);
    }
    tac_buf_text(buf, has_notes(summary) ? "\n" : "");
    put_claims(buf, cell, summary);
    put_extrapolated(buf, cell, summary);
    tac_buf_clear(cell);
    tac_say_few(cell, results);
    if (has_programme && cell->n > 0) {
        tac_buf_text(buf, has_notes(summary) ? "" : "\n");
        tac_wrapped_put(buf, tac_buf_str(cell), "    ");
    }
}

tac_status tac_report_text(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf cell = TAC_BUF_INIT;

    *text_out = NULL;
    tac_wrapped_put(&buf, tac_meta_text(results, "title"), "");
    tac_say_subtitle(&cell, results);
    TAC_TRY(tac_buf_check(ctx, &cell));
    tac_wrapped_put(&buf, tac_buf_str(&cell), "");
    tac_buf_text(&buf, "\n");
    put_table(&buf, &cell, results);
    tac_together_text(&buf, results);
    tac_vessel_text(&buf, results);
    TAC_TRY(tac_buf_check(ctx, &cell));
    TAC_TRY(tac_buf_check(ctx, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&cell);
    tac_buf_free(&buf);
    return st;
}

void tac_text_free(char *text)
{
    tac_free(text);
}
