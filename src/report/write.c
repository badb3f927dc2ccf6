/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a run: page, trajectories, summary and provenance. */
#include "base/fail.h"
#include "base/file.h"
#include "report/course_page.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/json.h"
#include "report/page_data.h"
#include "report/vessel.h"
#include "report/words.h"

#include <tactus/report.h>

#include <string.h>

static tac_status write_file(tac_ctx *ctx, const char *directory, const char *name,
                             const tac_buf *content)
{
    tac_status st = TAC_OK;
    tac_buf path = TAC_BUF_INIT;
    TAC_TRY(tac_buf_check(ctx, content));
    tac_buf_print(&path, "%s/%s", directory, name);
    TAC_TRY(tac_buf_check(ctx, &path));
    TAC_TRY(tac_file_write(ctx, path.text, tac_buf_str(content), content->n));
out:
    tac_buf_free(&path);
    return st;
}

/** report.html from its data, which is taken. */
static tac_status write_page(tac_ctx *ctx, const tac_results *results,
                             const tac_report_options *options, json_t *shown)
{
    tac_status st = TAC_OK;
    tac_buf data = TAC_BUF_INIT;
    tac_buf page = TAC_BUF_INIT;
    TAC_TRY(tac_json_write(ctx, shown, false, &data));
    TAC_TRY(tac_html_page(ctx, tac_meta_text(results, "title"), tac_buf_str(&data), &page));
    TAC_TRY(write_file(ctx, options->directory, "report.html", &page));
out:
    tac_buf_free(&page);
    tac_buf_free(&data);
    return st;
}

static tac_status write_csv(tac_ctx *ctx, const tac_results *results, const char *directory,
                            const char *table, const char *name)
{
    tac_buf csv = TAC_BUF_INIT;
    tac_csv_write(&csv, tac_results_table(results, table));
    const tac_status st = write_file(ctx, directory, name, &csv);
    tac_buf_free(&csv);
    return st;
}

static tac_status write_summary(tac_ctx *ctx, const tac_results *results,
                                const tac_report_options *options)
{
    char *text = NULL;
    tac_status st = tac_report_json(ctx, results, options->seconds, &text);
    if (st == TAC_OK) {
        tac_buf content = {text, strlen(text), 0, false};
        st = write_file(ctx, options->directory, "summary.json", &content);
    }
    tac_text_free(text);
    return st;
}

tac_status tac_run_json_write(tac_ctx *ctx, const tac_results *results,
                              const tac_report_options *options)
{
    const tac_table *meta = tac_results_table(results, "meta");
    tac_buf content = TAC_BUF_INIT;
    json_t *run = json_object();
    for (size_t i = 0; i < tac_table_n_row(meta); i++) {
        const char *text = tac_table_text_of(meta, i, "text");
        json_object_set_new(run, tac_table_text_of(meta, i, "key"),
                            text[0] != '\0'
                                ? json_string(text)
                                : tac_json_number(tac_table_number_of(meta, i, "number")));
    }
    json_object_set_new(run, "command", json_string(options->command));
    json_object_set_new(run, "seconds", tac_json_number(options->seconds));
    tac_status st = tac_json_write(ctx, run, true, &content);
    if (st == TAC_OK) {
        st = write_file(ctx, options->directory, "run.json", &content);
    }
    tac_buf_free(&content);
    return st;
}

tac_status tac_report_write(tac_ctx *ctx, const tac_results *results,
                            const tac_report_options *options)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_dir_create(ctx, options->directory));
    TAC_TRY(write_page(ctx, results, options, tac_page_data(results, options)));
    TAC_TRY(write_csv(ctx, results, options->directory, "trajectories", "trajectories.csv"));
    if (tac_vessel_is_there(results)) {
        TAC_TRY(write_csv(ctx, results, options->directory, "vessel_course", "chain.csv"));
    }
    TAC_TRY(write_summary(ctx, results, options));
    TAC_TRY(tac_run_json_write(ctx, results, options));
out:
    return st;
}

tac_status tac_report_write_course(tac_ctx *ctx, const tac_results *results,
                                   const tac_report_options *options)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_dir_create(ctx, options->directory));
    TAC_TRY(write_page(ctx, results, options, tac_course_page_data(results, options)));
    TAC_TRY(write_csv(ctx, results, options->directory, "trajectories", "trajectories.csv"));
    TAC_TRY(tac_run_json_write(ctx, results, options));
out:
    return st;
}
