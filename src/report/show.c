/* SPDX-License-Identifier: Apache-2.0 */
/* A model as equations with values, units and sources: for a terminal, and as a page with MathML. */
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/table.h"
#include "report/html.h"
#include "report/layout.h"

#include <tactus/report.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Kinds in the order in which they stand, with their headings. */
static const struct {
    const char *kind;
    const char *heading;
} KINDS[] = {{"state", "States"}, {"variable", "Variables"}, {"reaction", "Reactions"},
             {"event", "Events"}, {"input", "Inputs"},       {"number", "Numbers"}};

#define N_KIND (sizeof KINDS / sizeof KINDS[0])

static const char *text_of(const tac_table *items, size_t row, const char *column)
{
    return tac_table_text_of(items, row, column);
}

static bool has_kind(const tac_table *items, const char *system, const char *kind)
{
    for (size_t i = 0; i < tac_table_n_row(items); i++) {
        if (strcmp(text_of(items, i, "kind"), kind) == 0
            && strcmp(text_of(items, i, "system"), system) == 0) {
            return true;
        }
    }
    return false;
}

/** "12.3 1/h, 10 to 15", or "" without a value. */
static void put_value(tac_buf *buf, const tac_table *items, size_t i)
{
    const double value = tac_table_number_of(items, i, "value");
    const double low = tac_table_number_of(items, i, "low");
    const double high = tac_table_number_of(items, i, "high");
    const char *unit = text_of(items, i, "unit");
    if (isnan(value)) {
        return;
    }
    tac_buf_print(buf, "%.6g%s%s", value, strcmp(unit, "1") == 0 ? "" : " ",
                  strcmp(unit, "1") == 0 ? "" : unit);
    if (isfinite(low) && isfinite(high)) {
        tac_buf_print(buf, ", %.6g to %.6g", low, high);
    }
}

/* ---- text ---- */

/** Words that no line holds may be broken behind the signs of their products. */
static void put_breakable(tac_buf *line, const char *text, size_t n)
{
    enum { TOO_LONG = 70, PIECE = 30 };
    for (size_t i = 0; i < n;) {
        const size_t n_space = strcspn(text + i, " \n");
        const size_t n_word = n_space < n - i ? n_space : n - i;
        size_t n_run = 0;
        for (size_t k = i; k < i + n_word; k++) {
            tac_buf_add(line, &text[k], 1);
            n_run++;
            if (n_word > TOO_LONG && n_run > PIECE && (text[k] == '*' || text[k] == '/')) {
                tac_buf_text(line, " ");
                n_run = 0;
            }
        }
        i += n_word;
        tac_buf_text(line, i < n ? " " : "");
        i += i < n ? 1 : 0;
    }
}

static void put_equations(tac_buf *buf, const char *text)
{
    while (*text != '\0') {
        const size_t n = strcspn(text, "\n");
        tac_buf line = TAC_BUF_INIT;
        put_breakable(&line, text, n);
        tac_wrapped_put(buf, tac_buf_str(&line), "      ");
        buf->has_failed = buf->has_failed || line.has_failed;
        tac_buf_free(&line);
        text += n + (text[n] == '\n' ? 1 : 0);
    }
}

/** name (unit): words; value; then its equations and where the number comes from. */
static void put_item(tac_buf *buf, const tac_table *items, size_t i)
{
    tac_buf line = TAC_BUF_INIT;
    const char *unit = text_of(items, i, "unit");
    const char *note = text_of(items, i, "note");
    const char *basis = text_of(items, i, "basis");
    const bool has_value = !isnan(tac_table_number_of(items, i, "value"));
    tac_buf_text(&line, text_of(items, i, "name"));
    if (has_value) {
        tac_buf_text(&line, " = ");
        put_value(&line, items, i);
    } else if (unit[0] != '\0') {
        tac_buf_print(&line, " (%s)", unit);
    }
    if (note[0] != '\0') {
        tac_buf_print(&line, ": %s", note);
    }
    if (basis[0] != '\0') {
        tac_buf_print(&line, "; %s", basis);
    }
    if (text_of(items, i, "source")[0] != '\0') {
        tac_buf_print(&line, " [%s]", text_of(items, i, "source"));
    }
    tac_wrapped_put(buf, tac_buf_str(&line), "    ");
    put_equations(buf, text_of(items, i, "text"));
    tac_buf_text(buf, text_of(items, i, "text")[0] != '\0' ? "\n" : "");
    buf->has_failed = buf->has_failed || line.has_failed;
    tac_buf_free(&line);
}

static void put_items(tac_buf *buf, const tac_table *items, const char *system)
{
    for (size_t k = 0; k < N_KIND; k++) {
        if (!has_kind(items, system, KINDS[k].kind)) {
            continue;
        }
        tac_buf_print(buf, "\n%s\n\n", KINDS[k].heading);
        for (size_t i = 0; i < tac_table_n_row(items); i++) {
            if (strcmp(text_of(items, i, "kind"), KINDS[k].kind) == 0
                && strcmp(text_of(items, i, "system"), system) == 0) {
                put_item(buf, items, i);
            }
        }
    }
}

static void put_system(tac_buf *buf, const tac_table *systems, size_t i, bool is_overview)
{
    const char *name = tac_table_text_of(systems, i, "system");
    if (is_overview) {
        tac_buf_print(buf, "%-24s %7.0f %10.0f %8.0f\n",
                      name[0] == '\0' ? "(the model itself)" : name,
                      tac_table_number_of(systems, i, "states"),
                      tac_table_number_of(systems, i, "variables"),
                      tac_table_number_of(systems, i, "numbers"));
        return;
    }
    if (name[0] != '\0') {
        tac_buf_print(buf, "%s\n", name);
        for (size_t k = 0; k < strlen(name); k++) {
            tac_buf_text(buf, "=");
        }
        tac_buf_text(buf, "\n");
    }
    if (tac_table_text_of(systems, i, "words")[0] != '\0') {
        tac_wrapped_put(buf, tac_table_text_of(systems, i, "words"), "");
    }
}

static void put_references(tac_buf *buf, const tac_table *references)
{
    if (tac_table_n_row(references) > 0) {
        tac_buf_text(buf, "\nSources\n\n");
    }
    for (size_t i = 0; i < tac_table_n_row(references); i++) {
        tac_buf line = TAC_BUF_INIT;
        tac_buf_print(&line, "%s  %s", tac_table_text_of(references, i, "key"),
                      tac_table_text_of(references, i, "line"));
        tac_wrapped_put(buf, tac_buf_str(&line), "    ");
        buf->has_failed = buf->has_failed || line.has_failed;
        tac_buf_free(&line);
    }
}

tac_status tac_report_show_text(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    const tac_table *systems = tac_results_table(results, "systems");
    const tac_table *items = tac_results_table(results, "items");
    const bool is_overview = tac_table_n_row(items) == 0;
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    if (is_overview) {
        tac_buf_print(&buf, "%-24s %7s %10s %8s\n", "system", "states", "variables", "numbers");
    }
    for (size_t i = 0; i < tac_table_n_row(systems); i++) {
        put_system(&buf, systems, i, is_overview);
        put_items(&buf, items, tac_table_text_of(systems, i, "system"));
        tac_buf_text(&buf, is_overview ? "" : "\n");
    }
    if (tac_table_n_row(systems) == 0 || has_kind(items, "", "state")) {
        for (size_t i = 0; i < tac_table_n_row(items) && tac_table_n_row(systems) == 0; i++) {
            put_item(&buf, items, i);
        }
    }
    put_references(&buf, tac_results_table(results, "references"));
    return tac_buf_take(ctx, &buf, text_out);
}

/* ---- page ---- */

static const char STYLE[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1b1f24;background:#fff}"
    "h1,h2,h3{line-height:1.2}h2{border-bottom:1px solid #8884;padding-bottom:.3rem;margin-top:3rem}"
    ".item{margin:1rem 0;padding-left:.9rem;border-left:3px solid #8884}"
    ".item>p{margin:.1rem 0}.name{font-family:ui-monospace,monospace;font-weight:600}"
    ".unit,.basis{color:#57606a}.sides{font-family:ui-monospace,monospace}"
    "math{font-size:1.05em;margin:.4rem 0;text-align:left}"
    "math[display=block]{display:block;overflow-x:auto;overflow-y:hidden;padding:.2rem 0}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem;"
    "border-bottom:1px solid #8884;vertical-align:top}td.n{text-align:right;white-space:nowrap}"
    ".wide{overflow-x:auto}nav a{margin-right:1rem}li{margin:.3rem 0}"
    "@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}"
    ".unit,.basis{color:#9da7b3}a{color:#79b8ff}}";

static void html_value(tac_buf *html, const tac_table *items, size_t i)
{
    tac_buf text = TAC_BUF_INIT;
    put_value(&text, items, i);
    tac_html_escape(html, tac_buf_str(&text));
    html->has_failed = html->has_failed || text.has_failed;
    tac_buf_free(&text);
}

static void html_source(tac_buf *html, const char *keys)
{
    for (const char *c = keys; *c != '\0';) {
        const size_t n = strcspn(c, ", ");
        char key[130];
        snprintf(key, sizeof key, "%.*s", n < 120 ? (int)n : 120, c);
        tac_buf_text(html, " <a href=\"#ref-");
        tac_html_escape(html, key);
        tac_buf_text(html, "\">");
        tac_html_escape(html, key);
        tac_buf_text(html, "</a>");
        c += n + strspn(c + n, ", ");
    }
}

static void html_item(tac_buf *html, const tac_table *items, size_t i)
{
    const bool has_value = !isnan(tac_table_number_of(items, i, "value"));
    tac_buf_text(html, "<div class=\"item\"><p><span class=\"name\">");
    tac_html_escape(html, text_of(items, i, "name"));
    tac_buf_text(html, "</span> <span class=\"unit\">");
    if (has_value) {
        html_value(html, items, i);
    } else {
        tac_html_escape(html, text_of(items, i, "unit"));
    }
    tac_buf_text(html, "</span> ");
    tac_html_escape(html, text_of(items, i, "note"));
    tac_buf_text(html, "</p>");
    tac_buf_text(html, text_of(items, i, "html")); /* MathML, escaped where it was made */
    tac_buf_text(html, "</div>\n");
}

static void html_number(tac_buf *html, const tac_table *items, size_t i)
{
    tac_buf_text(html, "<tr><td class=\"name\">");
    tac_html_escape(html, text_of(items, i, "name"));
    tac_buf_text(html, "</td><td>");
    html_value(html, items, i);
    tac_buf_text(html, text_of(items, i, "html"));
    tac_buf_text(html, "</td><td>");
    tac_html_escape(html, text_of(items, i, "note"));
    tac_buf_text(html, "</td><td class=\"basis\">");
    tac_html_escape(html, text_of(items, i, "basis"));
    html_source(html, text_of(items, i, "source"));
    tac_buf_text(html, "</td></tr>\n");
}

static void html_items(tac_buf *html, const tac_table *items, const char *system)
{
    for (size_t k = 0; k < N_KIND; k++) {
        const bool is_table = strcmp(KINDS[k].kind, "number") == 0;
        if (!has_kind(items, system, KINDS[k].kind)) {
            continue;
        }
        tac_buf_print(html, "<h3>%s</h3>\n%s", KINDS[k].heading,
                      is_table ? "<div class=\"wide\"><table><tr><th>name</th><th>value, 95 % "
                                 "range</th><th>what it is</th><th>basis, source</th></tr>\n"
                               : "");
        for (size_t i = 0; i < tac_table_n_row(items); i++) {
            if (strcmp(text_of(items, i, "kind"), KINDS[k].kind) != 0
                || strcmp(text_of(items, i, "system"), system) != 0) {
                continue;
            }
            if (is_table) {
                html_number(html, items, i);
            } else {
                html_item(html, items, i);
            }
        }
        tac_buf_text(html, is_table ? "</table></div>\n" : "");
    }
}

static void html_systems(tac_buf *html, const tac_results *results)
{
    const tac_table *systems = tac_results_table(results, "systems");
    const tac_table *items = tac_results_table(results, "items");
    const size_t n = tac_table_n_row(systems);
    tac_buf_text(html, n > 1 ? "<nav>" : "");
    for (size_t i = 0; n > 1 && i < n; i++) {
        const char *name = tac_table_text_of(systems, i, "system");
        tac_buf_print(html, "<a href=\"#s%zu\">", i);
        tac_html_escape(html, name[0] == '\0' ? "the model itself" : name);
        tac_buf_text(html, "</a> ");
    }
    tac_buf_text(html, n > 1 ? "</nav>\n" : "");
    for (size_t i = 0; i < n; i++) {
        const char *name = tac_table_text_of(systems, i, "system");
        if (name[0] != '\0' || n > 1) {
            tac_buf_print(html, "<h2 id=\"s%zu\">", i);
            tac_html_escape(html, name[0] == '\0' ? "The model itself" : name);
            tac_buf_text(html, "</h2>\n");
        }
        tac_buf_text(html, "<p>");
        tac_html_escape(html, tac_table_text_of(systems, i, "words"));
        tac_buf_text(html, "</p>\n");
        html_items(html, items, name);
    }
    if (n == 0) {
        html_items(html, items, "");
    }
}

static void html_references(tac_buf *html, const tac_table *references)
{
    if (tac_table_n_row(references) == 0) {
        return;
    }
    tac_buf_text(html, "<h2>Sources</h2>\n<ul>\n");
    for (size_t i = 0; i < tac_table_n_row(references); i++) {
        tac_buf_text(html, "<li id=\"ref-");
        tac_html_escape(html, tac_table_text_of(references, i, "key"));
        tac_buf_text(html, "\"><span class=\"name\">");
        tac_html_escape(html, tac_table_text_of(references, i, "key"));
        tac_buf_text(html, "</span> ");
        tac_html_escape(html, tac_table_text_of(references, i, "line"));
        tac_buf_text(html, "</li>\n");
    }
    tac_buf_text(html, "</ul>\n");
}

tac_status tac_report_show_html(tac_ctx *ctx, const tac_results *results, const char *path)
{
    const tac_table *meta = tac_results_table(results, "meta");
    tac_status st = TAC_OK;
    tac_buf html = TAC_BUF_INIT;
    tac_html_head(&html, tac_table_text_of(meta, 0, "text"), STYLE, sizeof STYLE - 1);
    tac_buf_text(&html, "<body>\n<h1>");
    tac_html_escape(&html, tac_table_text_of(meta, 0, "text"));
    tac_buf_text(&html, "</h1>\n");
    html_systems(&html, results);
    html_references(&html, tac_results_table(results, "references"));
    tac_buf_text(&html, "</body>\n</html>\n");
    TAC_TRY(tac_buf_check(ctx, &html));
    TAC_TRY(tac_file_write(ctx, path, html.text, html.n));
out:
    tac_buf_free(&html);
    return st;
}
