/* SPDX-License-Identifier: Apache-2.0 */
/* The summary for a terminal of 80 columns. */
#include "base/alloc.h"
#include "base/fail.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

#define PAGE_WIDTH 80

/* Left edges of the columns: name, unit, without (right-aligned to), with, change, interval, evidence. */
enum {
    AT_UNIT = 29,
    END_WITHOUT = 43,
    END_WITH = 50,
    END_CHANGE = 58,
    AT_INTERVAL = 59,
    AT_CLAIM = 75
};

/** Width on the screen: characters, not bytes. */
static size_t width_of(const char *text)
{
    size_t n = 0;
    for (const char *c = text; *c != '\0'; c++) {
        n += ((unsigned char)*c & 0xC0U) != 0x80U ? 1 : 0;
    }
    return n;
}

/** A line under construction, with the width that it has on the screen. */
typedef struct line {
    tac_buf *buf;
    size_t width;
} line;

static void put_at(line *l, size_t column, const char *text)
{
    if (l->width > 0 && l->width >= column) {
        tac_buf_text(l->buf, " ");
        l->width++;
    }
    for (; l->width < column; l->width++) {
        tac_buf_text(l->buf, " ");
    }
    tac_buf_text(l->buf, text);
    l->width += width_of(text);
}

static void put_ending_at(line *l, size_t column, const char *text)
{
    const size_t width = width_of(text);
    put_at(l, column > width ? column - width : 0, text);
}

static void end_line(line *l)
{
    tac_buf_text(l->buf, "\n");
    l->width = 0;
}

/** Append text broken at spaces so that no line is wider than the page. */
static void put_wrapped(tac_buf *buf, const char *text, const char *indent)
{
    size_t width = 0;
    for (const char *word = text; *word != '\0';) {
        const size_t n = strcspn(word, " ");
        char small[256];
        const size_t n_kept = n < sizeof small - 1 ? n : sizeof small - 1;
        memcpy(small, word, n_kept);
        small[n_kept] = '\0';
        const size_t wide = width_of(small);
        if (width > 0 && width + 1 + wide > PAGE_WIDTH) {
            tac_buf_print(buf, "\n%s", indent);
            width = width_of(indent);
        } else if (width > 0) {
            tac_buf_text(buf, " ");
            width++;
        }
        tac_buf_add(buf, word, n);
        width += wide;
        word += n + strspn(word + n, " ");
    }
    tac_buf_text(buf, "\n");
}

static void put_heading(tac_buf *buf, bool has_programme)
{
    line l = {buf, 0};
    if (!has_programme) {
        put_ending_at(&l, END_WITHOUT, "level");
        put_at(&l, END_WITHOUT + 2, "95 % interval");
        end_line(&l);
        return;
    }
    put_ending_at(&l, END_WITHOUT, "without");
    put_ending_at(&l, END_WITH, "with");
    put_ending_at(&l, END_CHANGE, "change");
    put_at(&l, AT_INTERVAL + 1, "95 % interval");
    put_at(&l, AT_CLAIM, "claim");
    end_line(&l);
}

static void put_row(tac_buf *buf, tac_buf *cell, const tac_table *summary, size_t row,
                    bool has_programme)
{
    line l = {buf, 0};
    const int decimals = (int)tac_table_number_of(summary, row, "decimals");

    tac_buf_clear(cell);
    tac_buf_print(cell, "%s, %s%s", tac_table_text_of(summary, row, "title"),
                  tac_table_text_of(summary, row, "what"),
                  tac_table_text_of(summary, row, "extrapolated")[0] == '\0' ? "" : " *");
    put_at(&l, 0, tac_buf_str(cell));
    if (l.width >= AT_UNIT) { /* a long name has the line for itself */
        end_line(&l);
    }
    put_at(&l, AT_UNIT, tac_table_text_of(summary, row, "unit"));
    tac_buf_clear(cell);
    tac_say_number(cell, tac_table_number_of(summary, row, "without"), decimals);
    put_ending_at(&l, END_WITHOUT, tac_buf_str(cell));
    if (has_programme) {
        tac_buf_clear(cell);
        tac_say_number(cell, tac_table_number_of(summary, row, "with"), decimals);
        put_ending_at(&l, END_WITH, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_say_change(cell, summary, row);
        put_ending_at(&l, END_CHANGE, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_say_interval(cell, summary, row);
        put_at(&l, AT_INTERVAL, tac_buf_str(cell));
        tac_buf_clear(cell);
        const char *claim = tac_table_text_of(summary, row, "claim");
        if (claim[0] == '\0') {
            tac_buf_text(cell, "-");
        } else {
            tac_buf_print(cell, "%s %s", claim, tac_table_text_of(summary, row, "grade"));
        }
        put_at(&l, AT_CLAIM, tac_buf_str(cell));
    } else {
        tac_buf_clear(cell);
        tac_buf_text(cell, "(");
        tac_say_number(cell, tac_table_number_of(summary, row, "without_low"), decimals);
        tac_buf_text(cell, " … ");
        tac_say_number(cell, tac_table_number_of(summary, row, "without_high"), decimals);
        tac_buf_text(cell, ")");
        put_at(&l, END_WITHOUT + 2, tac_buf_str(cell));
    }
    end_line(&l);
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
            put_wrapped(buf, tac_buf_str(cell), "    ");
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
            put_wrapped(buf, tac_buf_str(cell), "    ");
        }
    }
}

static void put_table(tac_buf *buf, tac_buf *cell, const tac_results *results)
{
    const tac_table *summary = tac_results_table(results, "summary");
    const tac_table *arms = tac_results_table(results, "arms");
    const bool has_programme = tac_table_n_row(arms) > 1;
    const bool has_several = tac_table_n_row(arms) > 2;
    const char *arm = "";

    put_heading(buf, has_programme);
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        if (has_several && strcmp(arm, tac_table_text_of(summary, i, "arm")) != 0) {
            arm = tac_table_text_of(summary, i, "arm");
            tac_buf_print(buf, "%s%s\n", i == 0 ? "" : "\n", arm);
        }
        put_row(buf, cell, summary, i, has_programme);
    }
    tac_buf_text(buf, "\n");
    put_claims(buf, cell, summary);
    put_extrapolated(buf, cell, summary);
}

tac_status tac_report_text(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf cell = TAC_BUF_INIT;

    *text_out = NULL;
    put_wrapped(&buf, tac_meta_text(results, "title"), "");
    tac_say_subtitle(&cell, results);
    TAC_TRY(tac_buf_check(ctx, &cell));
    put_wrapped(&buf, tac_buf_str(&cell), "");
    tac_buf_text(&buf, "\n");
    put_table(&buf, &cell, results);
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
