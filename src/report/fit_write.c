/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a fit: fit.json, and models/parameters.tsv with what was fitted. */
#include "base/fail.h"
#include "base/file.h"
#include "base/table.h"
#include "embedded.h"

#include <tactus/report.h>

#include <stdio.h>
#include <string.h>

static const size_t MAX_BYTES = 16U << 20;

enum { ID, VALUE, UNIT, LOW, HIGH, SPREAD, BASIS, SOURCE, NOTE, N_CELL };

/* A line of the table in its cells; borrowed. */
typedef struct cells {
    const char *text[N_CELL];
    size_t n[N_CELL];
} cells;

/** False where a line does not have all cells. */
static bool split(const char *line, size_t n, cells *c)
{
    const char *at = line;
    const char *end = line + n;
    for (size_t k = 0; k < N_CELL; k++) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        c->text[k] = at;
        c->n[k] = (size_t)((tab == NULL ? end : tab) - at);
        if (tab == NULL) {
            return k == N_CELL - 1;
        }
        at = tab + 1;
    }
    return true;
}

/** The row of a fit that changes this line; the number of rows where none does. */
static size_t find_change(const tac_table *t, const char *line, size_t n)
{
    cells c;
    size_t i = tac_table_n_row(t);
    for (size_t k = 0; split(line, n, &c) && k < tac_table_n_row(t); k++) {
        const char *id = tac_table_text_of(t, k, "id");
        if (strlen(id) == c.n[ID] && strncmp(id, c.text[ID], c.n[ID]) == 0
            && tac_table_number_of(t, k, "changes") > 0.5) {
            i = k;
        }
    }
    return i;
}

static bool has_key(const char *list, size_t n, const char *key, size_t n_key)
{
    for (size_t at = 0; at + n_key <= n; at++) {
        const bool begins = at == 0 || list[at - 1] == ',' || list[at - 1] == ' ';
        const bool ends = at + n_key == n || list[at + n_key] == ',';
        if (begins && ends && strncmp(list + at, key, n_key) == 0) {
            return true;
        }
    }
    return false;
}

/** The sources that were there, and the keys of the studies that are not among them. */
static void put_sources(tac_buf *out, const cells *c, const char *keys)
{
    bool is_empty = c->n[SOURCE] == 0;
    tac_buf_add(out, c->text[SOURCE], c->n[SOURCE]);
    for (const char *at = keys; *at != '\0'; at += *at == ',' ? 1 : 0) {
        const size_t n = strcspn(at, ",");
        if (!has_key(c->text[SOURCE], c->n[SOURCE], at, n)) {
            tac_buf_text(out, is_empty ? "" : ",");
            tac_buf_add(out, at, n);
            is_empty = false;
        }
        at += n;
    }
}

/** Families that the fit used, once each, "A, B". */
static void put_families(tac_buf *out, const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "studies");
    bool is_first = true;
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        const char *family = tac_table_text_of(t, i, "family");
        bool is_new = true;
        for (size_t k = 0; k < i; k++) {
            is_new = is_new && strcmp(tac_table_text_of(t, k, "family"), family) != 0;
        }
        if (is_new) {
            tac_buf_print(out, "%s%s", is_first ? "" : ", ", family);
            is_first = false;
        }
    }
}

static void put_fitted(tac_buf *out, const tac_results *results, size_t i, const cells *c)
{
    const tac_table *t = tac_results_table(results, "parameters");
    tac_buf_print(out, "%s\t%.4g\t%.*s\t%.4g\t%.4g\t%.*s\tfitted\t", tac_table_text_of(t, i, "id"),
                  tac_table_number_of(t, i, "fitted"), (int)c->n[UNIT], c->text[UNIT],
                  tac_table_number_of(t, i, "fitted low"), tac_table_number_of(t, i, "fitted high"),
                  (int)c->n[SPREAD], c->text[SPREAD]);
    put_sources(out, c, tac_table_text_of(t, i, "keys"));
    tac_buf_text(out, "\tfitted to ");
    put_families(out, results);
    tac_buf_print(out, "; before %.4g (%.4g to %.4g)%s%.*s", tac_table_number_of(t, i, "value"),
                  tac_table_number_of(t, i, "low"), tac_table_number_of(t, i, "high"),
                  c->n[NOTE] > 0 ? ": " : "", (int)c->n[NOTE], c->text[NOTE]);
}

/** The table that the body was built from, with the lines that the fit changes. */
static void put_table(tac_buf *out, const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "parameters");
    const char *at = (const char *)tac_embedded_parameters_tsv;
    const char *end = at + tac_embedded_parameters_tsv_n;
    while (at < end) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        const size_t n = (size_t)((feed == NULL ? end : feed) - at);
        const size_t i = find_change(t, at, n);
        cells c;
        if (i < tac_table_n_row(t) && split(at, n, &c)) {
            put_fitted(out, results, i, &c);
        } else {
            tac_buf_add(out, at, n);
        }
        tac_buf_text(out, feed == NULL ? "" : "\n");
        at += n + (feed == NULL ? 0 : 1);
    }
}

static tac_status write_one(tac_ctx *ctx, const char *directory, const char *name, const char *text,
                            size_t n)
{
    tac_status st = TAC_OK;
    tac_buf path = TAC_BUF_INIT;
    tac_buf_print(&path, "%s/%s", directory, name);
    TAC_TRY(tac_buf_check(ctx, &path));
    TAC_TRY(tac_file_write(ctx, path.text, text, n));
out:
    tac_buf_free(&path);
    return st;
}

tac_status tac_fit_write(tac_ctx *ctx, const tac_results *results,
                         const tac_report_options *options)
{
    tac_status st = TAC_OK;
    char *json = NULL;
    tac_buf table = TAC_BUF_INIT;
    put_table(&table, results);
    TAC_TRY(tac_buf_check(ctx, &table));
    TAC_TRY(tac_dir_create(ctx, options->directory));
    TAC_TRY(tac_fit_json(ctx, results, options->seconds, &json));
    TAC_TRY(write_one(ctx, options->directory, "fit.json", json, strlen(json)));
    TAC_TRY(write_one(ctx, options->directory, "parameters.tsv", tac_buf_str(&table), table.n));
out:
    tac_text_free(json);
    tac_buf_free(&table);
    return st;
}

/** A family without a key would go on counting as independent. */
static tac_status check_keys(tac_ctx *ctx, const tac_results *results)
{
    const tac_table *t = tac_results_table(results, "studies");
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        if (tac_table_text_of(t, i, "key")[0] == '\0') {
            return tac_fail(ctx, TAC_E_INPUT,
                            "%s of family '%s' has no key in models/families.tsv: tactus validate "
                            "would go on counting it as independent; add its row and its entry of "
                            "references.bib, or --leave-out %s",
                            tac_table_text_of(t, i, "study"), tac_table_text_of(t, i, "family"),
                            tac_table_text_of(t, i, "family"));
        }
    }
    return TAC_OK;
}

tac_status tac_fit_update(tac_ctx *ctx, const tac_results *results, const char *path)
{
    tac_status st = TAC_OK;
    tac_buf old = TAC_BUF_INIT;
    tac_buf table = TAC_BUF_INIT;
    TAC_TRY(check_keys(ctx, results));
    TAC_TRY(tac_file_read(ctx, path, MAX_BYTES, &old));
    if (old.n != tac_embedded_parameters_tsv_n
        || memcmp(tac_buf_str(&old), tac_embedded_parameters_tsv, old.n) != 0) {
        st = tac_fail(ctx, TAC_E_INPUT,
                      "%s is not the table that this program was built from; build again, and fit "
                      "again",
                      path);
        goto out;
    }
    put_table(&table, results);
    TAC_TRY(tac_buf_check(ctx, &table));
    TAC_TRY(tac_file_write(ctx, path, tac_buf_str(&table), table.n));
out:
    tac_buf_free(&table);
    tac_buf_free(&old);
    return st;
}
