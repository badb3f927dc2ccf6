/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writes a page of documentation for each system of the body, from the model files themselves:
 *
 *   write_pages models/body.ant models/parameters.tsv models/references.bib docs/body
 *
 * One Markdown file per instance in the body, with its equations, variables and numbers, and an index. What is there
 * once for each part of the body stands once, with {r} for the part. `make check`
 * fails when the pages that are committed are not those that the models give.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "model/model.h"
#include "model/pages.h"
#include "model/system.h"
#include "sim/references.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/** Print an id in a cell, with {r} for its part when `is_folded`. */
static void put_id(tac_buf *page, const char *id, bool is_folded)
{
    tac_buf folded = TAC_BUF_INIT;
    tac_system_fold(id, &folded);
    tac_buf_print(page, "| `%s` | ", is_folded ? tac_buf_str(&folded) : id);
    tac_buf_free(&folded);
}

/** A table cell and the bar behind it: bars inside would end it. */
static void put_cell(tac_buf *page, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '|') {
            tac_buf_text(page, "\\");
        }
        tac_buf_add(page, c, 1);
    }
    tac_buf_text(page, text[0] == '\0' ? "| " : " | ");
}

/** A comment of its own line: "--- CRH ---" becomes a heading, other words a paragraph. */
static void put_comment(tac_buf *page, const char *text, size_t n, bool *is_open,
                        bool *is_under_heading)
{
    const size_t n_dash = strspn(text, "-");
    if (*is_open) {
        tac_buf_text(page, "```\n");
        *is_open = false;
    }
    if (n_dash < 3 || n < 2 * n_dash) {
        tac_buf_text(page, *is_under_heading ? "\n" : "");
        *is_under_heading = false;
        tac_buf_add(page, text, n);
        tac_buf_text(page, "\n");
        return;
    }
    tac_buf_text(page, "\n### ");
    size_t begin = n_dash;
    size_t end = n - n_dash;
    while (begin < end && text[begin] == ' ') {
        begin++;
    }
    while (end > begin && text[end - 1] == ' ') {
        end--;
    }
    tac_buf_add(page, text + begin, end - begin);
    tac_buf_text(page, "\n");
    *is_under_heading = true;
}

/** The equations as they stand in the file, under the comments that part them. */
static tac_status put_equations(tac_ctx *ctx, tac_buf *page, const tac_model *model,
                                uint32_t i_source, const char *system, size_t n)
{
    tac_status st = TAC_OK;
    tac_page_item *items = NULL;
    size_t n_item = 0;
    char prefix[128];
    bool is_open = false;
    bool is_under_heading = false;
    bool has_begun = false; /* what stands before the first declaration is the introduction */
    const char *text = model->sources[i_source].text;

    snprintf(prefix, sizeof prefix, "%.*s.", (int)n, system);
    TAC_TRY(tac_model_page(ctx, model, i_source, prefix, &items, &n_item));
    tac_buf_text(page, memchr(system, '.', n) == NULL ? "## Equations\n" : "");
    for (size_t i = 0; i < n_item; i++) {
        const tac_page_item *item = &items[i];
        const bool is_comment = item->kind == TAC_PAGE_COMMENT && item->is_alone;
        const bool is_heading = is_comment && strncmp(text + item->span.offset, "---", 3) == 0;
        has_begun = has_begun || item->kind == TAC_PAGE_DECLARATION || is_heading;
        if (has_begun && is_comment) {
            put_comment(page, text + item->span.offset, item->span.n, &is_open, &is_under_heading);
        } else if (item->kind == TAC_PAGE_EQUATION) {
            tac_buf_text(page, is_open ? "" : "\n```\n");
            is_open = true;
            is_under_heading = false;
            tac_buf_add(page, text + item->span.offset, item->span.n);
            tac_buf_text(page, "\n");
        }
    }
    tac_buf_text(page, is_open ? "```\n\n" : "\n");
out:
    tac_free(items);
    return st;
}

static void put_variables(tac_buf *page, const tac_model *model, const char *system, size_t n)
{
    tac_buf_text(page, "## Variables\n\n| name | unit | what it is | |\n|---|---|---|---|\n");
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol *s = &model->symbols[i];
        size_t before = 0;
        size_t after = 0;
        if (!tac_system_has(s->id, system, n) || s->role == TAC_ROLE_CONSTANT) {
            continue;
        }
        tac_system_count_variables(model, i, &before, &after);
        if (before > 0) {
            continue;
        }
        put_id(page, s->id + n + 1, after > 0);
        put_cell(page, s->unit_text);
        put_cell(page, s->note);
        tac_buf_print(page, "%s |\n",
                      s->role == TAC_ROLE_STATE   ? "state"
                      : s->role == TAC_ROLE_INPUT ? "input"
                                                  : "");
    }
    tac_buf_text(page, "\n");
}

static void put_parameters(tac_buf *page, const tac_model *model, const char *system, size_t n)
{
    tac_buf_text(page,
                 "## Numbers\n\n| name | value | unit | 95 % range of what is not known | basis "
                 "| source | note |\n|---|---|---|---|---|---|---|\n");
    for (size_t i = 0; i < model->n_parameter; i++) {
        const tac_parameter *p = &model->parameters[i];
        size_t before = 0;
        size_t after = 0;
        if (!tac_system_has(p->id, system, n)) {
            continue;
        }
        tac_system_count_parameters(model, i, &before, &after);
        if (before > 0) {
            continue;
        }
        put_id(page, p->id + n + 1, after > 0);
        tac_buf_print(page, "%.6g | ", p->value);
        put_cell(page, p->unit);
        if (isfinite(p->low)) {
            tac_buf_print(page, "%.6g to %.6g | ", p->low, p->high);
        } else {
            tac_buf_text(page, "exact | ");
        }
        tac_buf_print(page, "%s | ", tac_basis_word(p->basis));
        put_cell(page, p->source);
        put_cell(page, p->note);
        page->text[--page->n] = '\0'; /* no space at the end of a line */
        tac_buf_text(page, "\n");
    }
}

/** The literature behind a system's numbers, each key once, in the order of use. */
static void put_references(tac_buf *page, const tac_model *model, const tac_references *references,
                           const char *system, size_t n)
{
    tac_buf seen = TAC_BUF_INIT;
    tac_buf_text(page, "\n## References\n\n");
    for (size_t i = 0; i < model->n_parameter; i++) {
        const tac_parameter *p = &model->parameters[i];
        for (const char *c = p->source; tac_system_has(p->id, system, n) && *c != '\0';) {
            char key[128];
            const size_t n_key = strcspn(c, ", ");
            snprintf(key, sizeof key, " %.*s ", (int)n_key, c);
            if (n_key > 0 && strstr(tac_buf_str(&seen), key) == NULL) {
                tac_buf_text(&seen, key);
                key[n_key + 1] = '\0';
                const char *line = tac_references_line(references, key + 1);
                tac_buf_print(page, "* `%s` %s\n", key + 1, line == NULL ? "" : line);
            }
            c += n_key + strspn(c + n_key, ", ");
        }
    }
    tac_buf_free(&seen);
}

/** The models that the system has one of for each part, or several of: text and equations of each file, once. */
static tac_status put_inner_models(tac_ctx *ctx, tac_buf *page, const tac_model *model,
                                   const char *system, size_t n)
{
    tac_status st = TAC_OK;
    const uint32_t own = tac_system_source(model, system, n);
    for (uint32_t k = 0; k < model->n_source; k++) {
        const tac_symbol *first = NULL;
        for (size_t i = 0; i < model->n_symbol && first == NULL; i++) {
            const tac_symbol *s = &model->symbols[i];
            first = s->origin.source == k && tac_system_has(s->id, system, n) ? s : NULL;
        }
        const char *dot = first == NULL ? NULL : strchr(first->id + n + 1, '.');
        if (k == own || dot == NULL) {
            continue;
        }
        const size_t n_path = (size_t)(dot - first->id);
        tac_buf path = TAC_BUF_INIT;
        tac_buf folded = TAC_BUF_INIT;
        tac_buf_add(&path, first->id, n_path);
        tac_system_fold(tac_buf_str(&path) + n + 1, &folded);
        tac_buf_print(page, "## `%s`\n\n", tac_buf_str(&folded));
        tac_system_introduction(page, &model->sources[k]);
        tac_buf_text(page, "\n");
        st = put_equations(ctx, page, model, k, first->id, n_path);
        tac_buf_free(&folded);
        tac_buf_free(&path);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status write_page(tac_ctx *ctx, const tac_model *model, const tac_references *references,
                             const char *system, size_t n, const char *folder)
{
    tac_status st = TAC_OK;
    tac_buf page = TAC_BUF_INIT;
    tac_buf path = TAC_BUF_INIT;

    tac_buf_print(&page, "# %.*s\n\n", (int)n, system);
    tac_system_introduction(&page, &model->sources[tac_system_source(model, system, n)]);
    tac_buf_text(&page, "\n");
    TAC_TRY(put_equations(ctx, &page, model, tac_system_source(model, system, n), system, n));
    TAC_TRY(put_inner_models(ctx, &page, model, system, n));
    put_variables(&page, model, system, n);
    put_parameters(&page, model, system, n);
    put_references(&page, model, references, system, n);
    tac_buf_print(&path, "%s/%.*s.md", folder, (int)n, system);
    TAC_TRY(tac_buf_check(ctx, &page));
    TAC_TRY(tac_buf_check(ctx, &path));
    TAC_TRY(tac_file_write(ctx, path.text, page.text, page.n));
out:
    tac_buf_free(&path);
    tac_buf_free(&page);
    return st;
}

static tac_status write_pages(tac_ctx *ctx, const char *model_path, const char *table_path,
                              const char *bib_path, const char *folder)
{
    tac_status st = TAC_OK;
    tac_references *references = NULL;
    tac_buf bib = TAC_BUF_INIT;
    tac_model *model = NULL;
    tac_buf index = TAC_BUF_INIT;
    tac_buf path = TAC_BUF_INIT;

    TAC_TRY(tac_model_read_file(ctx, model_path, &model));
    TAC_TRY(tac_model_set_parameters(ctx, model, table_path));
    TAC_TRY(tac_model_check(ctx, model));
    TAC_TRY(tac_file_read(ctx, bib_path, 1U << 24, &bib));
    const tac_source source = {bib_path, tac_buf_str(&bib), bib.n};
    TAC_TRY(tac_references_read(ctx, &source, &references));
    TAC_TRY(tac_dir_create(ctx, folder));
    tac_buf_text(&index, "# The systems of the body\n\nThese pages are written from `models/` by "
                         "`tools/write_pages.c`; change the models, not the pages.\n\n");
    for (size_t i = 0; i < model->n_symbol; i++) {
        if (tac_system_is_first(model, i)) {
            const char *system = model->symbols[i].id;
            const size_t n = tac_system_length(system);
            TAC_TRY(write_page(ctx, model, references, system, n, folder));
            tac_buf_print(&index, "* [%.*s](%.*s.md)\n", (int)n, system, (int)n, system);
        }
    }
    tac_buf_print(&path, "%s/README.md", folder);
    TAC_TRY(tac_buf_check(ctx, &index));
    TAC_TRY(tac_buf_check(ctx, &path));
    TAC_TRY(tac_file_write(ctx, path.text, index.text, index.n));
out:
    tac_buf_free(&path);
    tac_buf_free(&index);
    tac_buf_free(&bib);
    tac_references_free(references);
    tac_model_free(model);
    return st;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs(
            "usage: write_pages models/body.ant models/parameters.tsv models/references.bib FOLDER\n",
            stderr);
        return 2;
    }
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        fputs("write_pages: out of memory\n", stderr);
        return 1;
    }
    const tac_status st = write_pages(ctx, argv[1], argv[2], argv[3], argv[4]);
    fputs(tac_ctx_message(ctx), stderr);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
