/* SPDX-License-Identifier: Apache-2.0 */
/* One page that holds its data, its style and its script, and loads nothing; what it shows is web/'s. */
#ifndef TAC_REPORT_HTML_H
#define TAC_REPORT_HTML_H

#include "base/buf.h"

/**
 * Append the whole page to out: `data_json` is a JSON text in UTF-8, as web/src/data.ts describes it.
 * Nothing in the title or the data can end its element. TAC_E_MEMORY when memory is short.
 */
TAC_MUST_CHECK tac_status tac_html_page(tac_ctx *ctx, const char *title, const char *data_json,
                                        tac_buf *out);

/** Append a text as the content of an element or a quoted attribute. */
void tac_html_escape(tac_buf *out, const char *text);

/** Append everything before <body>: a page that may fetch nothing, with its style. */
void tac_html_head(tac_buf *out, const char *title, const char *style, size_t n_style);

#endif
