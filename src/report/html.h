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

#endif
