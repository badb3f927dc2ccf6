/* SPDX-License-Identifier: Apache-2.0 */
/* Factors apart and together; see together.h. */
#include "report/together.h"

#include "report/layout.h"
#include "report/words.h"

#include <string.h>

/* Left and right edges of the columns. */
enum {
    AT_UNIT = 29,
    END_PARTS = 46,
    END_WHOLE = 55,
    END_MORE = 63,
    AT_INTERVAL = 64,
    END_LINE = 80
};

static bool is_there(const tac_results *results)
{
    return tac_results_has(results, "together");
}

static void put_signed(tac_line *l, tac_buf *cell, size_t end, double value, int decimals)
{
    tac_buf_clear(cell);
    tac_say_signed(cell, value, decimals);
    tac_line_put_ending_at(l, end, tac_buf_str(cell));
}

static void put_row(tac_buf *buf, tac_buf *cell, const tac_table *t, size_t i)
{
    const int decimals = (int)tac_table_number_of(t, i, "decimals") + 1;
    tac_line l = {buf, 0};
    tac_buf_clear(cell);
    tac_buf_print(cell, "%s, %s", tac_table_text_of(t, i, "title"),
                  tac_table_text_of(t, i, "what"));
    tac_line_put(&l, 0, tac_buf_str(cell));
    if (cell->n >= AT_UNIT) {
        tac_line_end(&l);
    }
    tac_line_put(&l, AT_UNIT, tac_table_text_of(t, i, "unit"));
    put_signed(&l, cell, END_PARTS, tac_table_number_of(t, i, "parts"), decimals);
    put_signed(&l, cell, END_WHOLE, tac_table_number_of(t, i, "whole"), decimals);
    put_signed(&l, cell, END_MORE, tac_table_number_of(t, i, "more"), decimals);
    tac_buf_clear(cell);
    tac_say_between(cell, tac_table_number_of(t, i, "more_low"),
                    tac_table_number_of(t, i, "more_high"), decimals);
    tac_interval_tighten(cell, END_LINE - AT_INTERVAL);
    tac_line_put(&l, AT_INTERVAL, tac_buf_str(cell));
    tac_line_end(&l);
}

void tac_together_text(tac_buf *buf, const tac_results *results)
{
    tac_buf cell = TAC_BUF_INIT;
    if (!is_there(results)) {
        return;
    }
    const tac_table *t = tac_results_table(results, "together");
    tac_buf_text(buf, "\nis the whole more than its parts?\n");
    tac_line l = {buf, 0};
    tac_line_put_ending_at(&l, END_PARTS, "sum of parts");
    tac_line_put_ending_at(&l, END_WHOLE, "together");
    tac_line_put_ending_at(&l, END_MORE, "more");
    tac_line_put(&l, AT_INTERVAL + 1, "95 % interval");
    tac_line_end(&l);
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        put_row(buf, &cell, t, i);
    }
    tac_buf_free(&cell);
}

static json_t *number_of(const tac_table *t, size_t i, const char *column)
{
    return tac_json_number(tac_table_number_of(t, i, column));
}

static json_t *interval_of(const tac_table *t, size_t i, const char *low, const char *high)
{
    return tac_json_interval(tac_table_number_of(t, i, low), tac_table_number_of(t, i, high));
}

json_t *tac_together_json(const tac_results *results)
{
    if (!is_there(results)) {
        return json_null();
    }
    const tac_table *t = tac_results_table(results, "together");
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(t); i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o}",
                                        "observable", tac_table_text_of(t, i, "observable"),
                                        "title", tac_table_text_of(t, i, "title"), "unit",
                                        tac_table_text_of(t, i, "unit"), "what",
                                        tac_table_text_of(t, i, "what"), "decimals",
                                        (int)tac_table_number_of(t, i, "decimals"), "sum_of_parts",
                                        number_of(t, i, "parts"), "sum_of_parts_ci95",
                                        interval_of(t, i, "parts_low", "parts_high"), "together",
                                        number_of(t, i, "whole"), "together_ci95",
                                        interval_of(t, i, "whole_low", "whole_high"), "more",
                                        number_of(t, i, "more"), "more_ci95",
                                        interval_of(t, i, "more_low", "more_high")));
    }
    return list;
}
