/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two models, in words. */
#include "base/buf.h"
#include "base/table.h"
#include "report/layout.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

static void put_line(tac_buf *buf, const char *mark, const char *text)
{
    tac_buf line = TAC_BUF_INIT;
    if (text[0] != '\0') {
        tac_buf_print(&line, "  %s %s", mark, text);
        tac_wrapped_put(buf, tac_buf_str(&line), "      ");
    }
    buf->has_failed = buf->has_failed || line.has_failed;
    tac_buf_free(&line);
}

tac_status tac_report_diff_text(tac_ctx *ctx, const tac_results *results, size_t *n_difference_out,
                                char **text_out)
{
    const tac_table *differences = tac_results_table(results, "differences");
    const tac_table *meta = tac_results_table(results, "meta");
    const size_t n = tac_table_n_row(differences);
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    *n_difference_out = n;
    for (size_t i = 0; i < n; i++) {
        tac_buf line = TAC_BUF_INIT;
        tac_buf_print(&line, "%s %s", tac_table_text_of(differences, i, "name"),
                      tac_table_text_of(differences, i, "words"));
        tac_wrapped_put(&buf, tac_buf_str(&line), "    ");
        buf.has_failed = buf.has_failed || line.has_failed;
        tac_buf_free(&line);
        put_line(&buf, "<", tac_table_text_of(differences, i, "a"));
        put_line(&buf, ">", tac_table_text_of(differences, i, "b"));
    }
    if (n == 0) {
        tac_buf_text(&buf, "the same:");
        for (size_t i = 0; i < 3; i++) { /* names, reactions, events */
            const char *key = tac_table_text_of(meta, i, "key");
            const double number = tac_table_number_of(meta, i, "number");
            const size_t n_letter = strlen(key) - (fabs(number - 1.0) < 0.5 ? 1 : 0);
            tac_buf_print(&buf, "%s %.0f %.*s", i == 0 ? "" : ",", number, (int)n_letter, key);
        }
        tac_buf_text(&buf, "\n");
    } else {
        tac_buf_print(&buf, "%zu difference%s\n", n, n == 1 ? "" : "s");
    }
    if (tac_table_number_of(meta, 3, "number") < 0.5) {
        tac_buf_text(&buf, "(units were not compared: one of the two gives none)\n");
    }
    return tac_buf_take(ctx, &buf, text_out);
}
