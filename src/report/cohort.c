/* SPDX-License-Identifier: Apache-2.0 */
/* What a cohort says: a table for the terminal, summary.json, and all its files. */
#include "report/cohort.h"

#include "base/fail.h"
#include "base/file.h"
#include "report/json.h"
#include "report/layout.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

/* ---- terminal ---- */

/* Columns, as in the table of a run. */
enum { AT_UNIT = 29, END_MEDIAN = 43 };

/** Median and central 95 % of each attribute of the people. */
static void put_people(tac_buf *buf, tac_buf *cell, const tac_results *results)
{
    const tac_table *attributes = tac_results_table(results, "attributes");
    tac_line head = {buf, 0};
    tac_line_put(&head, 0, "people");
    tac_line_put_ending_at(&head, END_MEDIAN, "median");
    tac_line_put(&head, END_MEDIAN + 2, "95 % of people");
    tac_line_end(&head);
    for (size_t i = 0; i < tac_table_n_row(attributes); i++) {
        tac_line line = {buf, 0};
        const int decimals = (int)tac_table_number_of(attributes, i, "decimals");
        tac_line_put(&line, 0, tac_table_text_of(attributes, i, "title"));
        tac_line_put(&line, AT_UNIT, tac_table_text_of(attributes, i, "unit"));
        tac_buf_clear(cell);
        if (strcmp(tac_table_text_of(attributes, i, "id"), "sex") == 0) {
            tac_buf_print(cell, "%.0f %% men", 100.0 * tac_table_number_of(attributes, i, "mean"));
            tac_line_put_ending_at(&line, END_MEDIAN, tac_buf_str(cell));
            tac_line_end(&line);
            continue;
        }
        tac_say_number(cell, tac_table_number_of(attributes, i, "median"), decimals);
        tac_line_put_ending_at(&line, END_MEDIAN, tac_buf_str(cell));
        tac_buf_clear(cell);
        tac_buf_text(cell, "(");
        tac_say_number(cell, tac_table_number_of(attributes, i, "low"), decimals);
        tac_buf_text(cell, " … ");
        tac_say_number(cell, tac_table_number_of(attributes, i, "high"), decimals);
        tac_buf_text(cell, ")");
        tac_line_put(&line, END_MEDIAN + 2, tac_buf_str(cell));
        tac_line_end(&line);
    }
}

static void say_unsolved(tac_buf *buf, const tac_results *results)
{
    const tac_table *cohort = tac_results_table(results, "cohort");
    tac_buf_print(
        buf, "%.0f of %.0f people could not be solved and are left out; the first, person %.0f: %s",
        tac_table_key_number(cohort, "unsolved"), tac_table_key_number(cohort, "people"),
        tac_table_key_number(cohort, "first_unsolved"), tac_table_key_text(cohort, "why_unsolved"));
}

/** In how many people each observable rises and falls by more than is small. */
static void say_shares(tac_buf *buf, const tac_results *results)
{
    const tac_table *summary = tac_results_table(results, "summary");
    const tac_table *shares = tac_results_table(results, "shares");
    const tac_table *arms = tac_results_table(results, "arms");
    const bool has_several = tac_arms_n_programme(arms) > 1;
    tac_buf_text(buf,
                 "rises / falls, % of people (by more than a fifth of the SD between people): ");
    for (size_t i = 0; i < tac_table_n_row(summary); i++) {
        tac_buf_print(buf, "%s%s%s%s %.0f / %.0f", i == 0 ? "" : ", ",
                      has_several ? tac_table_text_of(summary, i, "arm") : "",
                      has_several ? ": " : "", tac_table_text_of(summary, i, "title"),
                      100.0 * tac_table_number_of(shares, i, "rises"),
                      100.0 * tac_table_number_of(shares, i, "falls"));
    }
}

tac_status tac_cohort_text(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    tac_status st = TAC_OK;
    char *table = NULL;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf cell = TAC_BUF_INIT;

    *text_out = NULL;
    TAC_TRY(tac_report_text(ctx, results, &table));
    tac_buf_text(&buf, table);
    if (tac_arms_n_programme(tac_results_table(results, "arms")) > 0) {
        say_shares(&cell, results);
        tac_wrapped_put(&buf, tac_buf_str(&cell), "    ");
        tac_buf_clear(&cell);
    }
    tac_buf_text(&buf, "\n");
    put_people(&buf, &cell, results);
    if (tac_table_key_number(tac_results_table(results, "cohort"), "unsolved") > 0.0) {
        tac_buf_clear(&cell);
        say_unsolved(&cell, results);
        tac_wrapped_put(&buf, tac_buf_str(&cell), "    ");
    }
    TAC_TRY(tac_buf_check(ctx, &cell));
    TAC_TRY(tac_buf_check(ctx, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_text_free(table);
    tac_buf_free(&cell);
    tac_buf_free(&buf);
    return st;
}

/* ---- JSON ---- */

/** The rows of a run's summary, with what only many people have. */
static json_t *rows_of(const tac_results *results)
{
    const tac_table *shares = tac_results_table(results, "shares");
    const tac_table *summary = tac_results_table(results, "summary");
    json_t *rows = tac_json_rows(summary);
    for (size_t i = 0; rows != NULL && i < tac_table_n_row(shares); i++) {
        json_t *row = json_array_get(rows, i);
        json_object_set_new(row, "without_range95",
                            tac_json_interval(tac_table_number_of(summary, i, "without_low"),
                                              tac_table_number_of(summary, i, "without_high")));
        json_object_set_new(row, "with_range95",
                            tac_json_interval(tac_table_number_of(shares, i, "with_low"),
                                              tac_table_number_of(shares, i, "with_high")));
        json_object_set_new(row, "median_ci95",
                            tac_json_interval(tac_table_number_of(shares, i, "median_low"),
                                              tac_table_number_of(shares, i, "median_high")));
        json_object_set_new(row, "share_rises",
                            tac_json_number(tac_table_number_of(shares, i, "rises")));
        json_object_set_new(row, "share_falls",
                            tac_json_number(tac_table_number_of(shares, i, "falls")));
        json_object_set_new(row, "sd_between",
                            tac_json_number(tac_table_number_of(shares, i, "sd")));
    }
    return rows;
}

static json_t *attributes_of(const tac_table *attributes)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(attributes); i++) {
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:s, s:o, s:o, s:o}", "id",
                      tac_table_text_of(attributes, i, "id"), "title",
                      tac_table_text_of(attributes, i, "title"), "unit",
                      tac_table_text_of(attributes, i, "unit"), "mean",
                      tac_json_number(tac_table_number_of(attributes, i, "mean")), "median",
                      tac_json_number(tac_table_number_of(attributes, i, "median")), "range95",
                      tac_json_interval(tac_table_number_of(attributes, i, "low"),
                                        tac_table_number_of(attributes, i, "high"))));
    }
    return list;
}

static json_t *unsolved_of(const tac_table *cohort)
{
    const double n = tac_table_key_number(cohort, "unsolved");
    if (!(n > 0.0)) {
        return json_pack("{s:i}", "people", 0);
    }
    return json_pack("{s:o, s:o, s:s}", "people", tac_json_number(n), "first",
                     tac_json_number(tac_table_key_number(cohort, "first_unsolved")), "why",
                     tac_table_key_text(cohort, "why_unsolved"));
}

tac_status tac_cohort_json(tac_ctx *ctx, const tac_results *results, char **text_out)
{
    const tac_table *cohort = tac_results_table(results, "cohort");
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    json_t *value = json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "scenario",
        tac_meta_text(results, "title"), "file", tac_meta_text(results, "scenario"), "person",
        tac_meta_text(results, "person"), "population", tac_table_key_text(cohort, "population"),
        "people", tac_json_number(tac_table_key_number(cohort, "people")), "unsolved",
        unsolved_of(cohort), "seed", tac_json_number(tac_meta_number(results, "seed")), "arms",
        tac_json_arms(tac_results_table(results, "arms")), "rows", rows_of(results), "attributes",
        attributes_of(tac_results_table(results, "attributes")), "version",
        tac_meta_text(results, "version"), "model_hash", tac_meta_text(results, "model_hash"));

    *text_out = NULL;
    TAC_TRY(tac_json_write(ctx, value, true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&buf);
    return st;
}

/* ---- files ---- */

static tac_status write_summary(tac_ctx *ctx, const tac_results *results, const char *path)
{
    char *text = NULL;
    tac_status st = tac_cohort_json(ctx, results, &text);
    st = st != TAC_OK ? st : tac_file_write(ctx, path, text, strlen(text));
    tac_text_free(text);
    return st;
}

/** The path of a file in the folder. */
static tac_status path_in(tac_ctx *ctx, const char *directory, const char *name, tac_buf *path)
{
    tac_buf_clear(path);
    tac_buf_print(path, "%s/%s", directory, name);
    return tac_buf_check(ctx, path);
}

tac_status tac_cohort_write(tac_ctx *ctx, const tac_results *results,
                            const tac_report_options *options)
{
    tac_status st = TAC_OK;
    tac_buf path = TAC_BUF_INIT;
    TAC_TRY(tac_dir_create(ctx, options->directory));
    TAC_TRY(path_in(ctx, options->directory, "people.csv", &path));
    TAC_TRY(tac_cohort_csv(ctx, results, tac_buf_str(&path)));
    TAC_TRY(path_in(ctx, options->directory, "people.nc", &path));
    TAC_TRY(tac_cohort_netcdf(ctx, results, tac_buf_str(&path)));
    TAC_TRY(path_in(ctx, options->directory, "summary.json", &path));
    TAC_TRY(write_summary(ctx, results, tac_buf_str(&path)));
    TAC_TRY(tac_run_json_write(ctx, results, options));
    TAC_TRY(tac_journal_remove(ctx, tac_results_journal(results)));
out:
    tac_buf_free(&path);
    return st;
}
