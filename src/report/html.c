/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of the report page; see html.h. */
#include "report/html.h"

#include "base/fail.h"
#include "embedded.h"

#include <string.h>

/* Nothing may be fetched: a page that opens from disk in ten years shows what it shows today. */
static const char POLICY[] = "default-src 'none'; script-src 'unsafe-inline'; "
                             "style-src 'unsafe-inline'; img-src data:; "
                             "base-uri 'none'; form-action 'none'";

void tac_html_escape(tac_buf *out, const char *text)
{
    static const char SPECIAL[] = "&<>\"'";
    static const char *const ENTITIES[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    while (*text != '\0') {
        const size_t n = strcspn(text, SPECIAL);
        tac_buf_add(out, text, n);
        text += n;
        if (*text != '\0') {
            tac_buf_text(out, ENTITIES[strchr(SPECIAL, *text) - SPECIAL]);
            text++;
        }
    }
}

/** Append JSON with every '<' as its escape: it stands only in strings, and means the same there. */
static void add_json(tac_buf *out, const char *json)
{
    while (*json != '\0') {
        const size_t n = strcspn(json, "<");
        tac_buf_add(out, json, n);
        json += n;
        if (*json == '<') {
            tac_buf_text(out, "\\u003c");
            json++;
        }
    }
}

void tac_html_head(tac_buf *out, const char *title, const char *style, size_t n_style)
{
    tac_buf_text(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    tac_buf_print(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"%s\">\n", POLICY);
    tac_buf_text(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"color-scheme\" content=\"light dark\">\n");
    tac_buf_print(out, "<meta name=\"generator\" content=\"Tactus %s\">\n", tac_version());
    tac_buf_text(out, "<link rel=\"icon\" href=\"data:,\">\n<title>");
    tac_html_escape(out, title);
    tac_buf_text(out, "</title>\n<style>\n");
    tac_buf_add(out, style, n_style);
    tac_buf_text(out, "</style>\n</head>\n");
}

static void add_body(tac_buf *out, const char *data_json)
{
    tac_buf_text(out, "<body>\n<noscript><p>This page draws its tables and pictures with a script "
                      "that it carries inside; it loads nothing. With scripts switched off, the "
                      "same numbers stand beside it in summary.json and trajectories.csv.</p>"
                      "</noscript>\n<main id=\"report\"></main>\n"
                      "<script type=\"application/json\" id=\"data\">");
    add_json(out, data_json);
    tac_buf_text(out, "</script>\n<script>\n");
    tac_buf_add(out, (const char *)tac_embedded_report_js, tac_embedded_report_js_n);
    tac_buf_text(out, "</script>\n</body>\n</html>\n");
}

tac_status tac_html_page(tac_ctx *ctx, const char *title, const char *data_json, tac_buf *out)
{
    tac_html_head(out, title, (const char *)tac_embedded_report_css, tac_embedded_report_css_n);
    add_body(out, data_json);
    return tac_buf_check(ctx, out);
}
