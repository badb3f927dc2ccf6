/* SPDX-License-Identifier: Apache-2.0 */
/* CSV after RFC 4180, with a second header line for the units. */
#include "report/csv.h"

#include <math.h>
#include <string.h>

void tac_csv_text(tac_buf *buf, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        tac_buf_text(buf, text);
        return;
    }
    tac_buf_text(buf, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        tac_buf_add(buf, c, 1);
        if (*c == '"') {
            tac_buf_text(buf, "\"");
        }
    }
    tac_buf_text(buf, "\"");
}

void tac_csv_write(tac_buf *buf, const tac_table *table)
{
    const size_t n_column = tac_table_n_column(table);
    for (size_t j = 0; j < n_column; j++) {
        tac_buf_text(buf, j == 0 ? "" : ",");
        tac_csv_text(buf, tac_table_column(table, j)->name);
    }
    tac_buf_text(buf, "\n");
    for (size_t j = 0; j < n_column; j++) {
        tac_buf_text(buf, j == 0 ? "" : ",");
        tac_csv_text(buf, tac_table_column(table, j)->unit);
    }
    tac_buf_text(buf, "\n");
    for (size_t i = 0; i < tac_table_n_row(table); i++) {
        for (size_t j = 0; j < n_column; j++) {
            tac_buf_text(buf, j == 0 ? "" : ",");
            if (tac_table_column(table, j)->is_text) {
                tac_csv_text(buf, tac_table_text(table, i, j));
            } else if (isfinite(tac_table_number(table, i, j))) {
                tac_buf_print(buf, j == 0 ? "%.10g" : "%.7g", tac_table_number(table, i, j));
            }
        }
        tac_buf_text(buf, "\n");
    }
}
