/* SPDX-License-Identifier: Apache-2.0 */
/* A table as CSV: names, units, then the numbers. */
#ifndef TAC_REPORT_CSV_H
#define TAC_REPORT_CSV_H

#include "base/buf.h"
#include "base/table.h"

/** Append a text, quoted where it must be. */
void tac_csv_text(tac_buf *buf, const char *text);

/** Append the table; numbers with 7 significant digits, times with 10, empty where there is none (RFC 4180 quoting). */
void tac_csv_write(tac_buf *buf, const tac_table *table);

#endif
