/* SPDX-License-Identifier: Apache-2.0 */
/* Columns and wrapped lines for a terminal of 80 columns. */
#ifndef TAC_REPORT_LAYOUT_H
#define TAC_REPORT_LAYOUT_H

#include "base/buf.h"

/** A line under construction, with the width that it has on the screen. */
typedef struct tac_line {
    tac_buf *buf;
    size_t width;
} tac_line;

/** Append text that begins at a column, or one space after what stands there. */
void tac_line_put(tac_line *line, size_t column, const char *text);

/** Append text that ends before a column. */
void tac_line_put_ending_at(tac_line *line, size_t column, const char *text);

void tac_line_end(tac_line *line);

/** An interval wider than its column goes without the spaces around its dots. */
void tac_interval_tighten(tac_buf *interval, size_t width);

/** Append text broken at spaces so that no line is wider than the page; all lines but the first are indented. */
void tac_wrapped_put(tac_buf *buf, const char *text, const char *indent);

/** The same with `first` before the text on the first line. */
void tac_hanging_put(tac_buf *buf, const char *first, const char *text, const char *indent);

#endif
