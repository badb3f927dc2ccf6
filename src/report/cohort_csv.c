/* SPDX-License-Identifier: Apache-2.0 */
/* people.csv: who each person is and what each arm does, one row for each person and arm. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "report/cohort.h"
#include "report/csv.h"
#include "report/words.h"

#include <math.h>

tac_person_row tac_cohort_row(const tac_results *results)
{
    return (tac_person_row){tac_table_n_row(tac_results_table(results, "attributes")),
                            tac_arms_n_programme(tac_results_table(results, "arms")),
                            tac_table_n_row(tac_results_table(results, "observables"))};
}

static size_t number_of(const tac_results *results, const char *key)
{
    const tac_table *cohort = tac_results_table(results, "cohort");
    return (size_t)tac_table_key_number(cohort, key);
}

size_t tac_cohort_n(const tac_results *results)
{
    return number_of(results, "people");
}

tac_status tac_cohort_each(tac_ctx *ctx, const tac_results *results, tac_block_writer write,
                           void *user)
{
    const tac_journal *journal = tac_results_journal(results);
    const size_t n_number = tac_journal_n_number(journal);
    const size_t n_people = tac_cohort_n(results);
    tac_status st = TAC_OK;
    double *rows = NULL;
    bool is_there[TAC_COHORT_BLOCK];

    TAC_TRY(tac_alloc_doubles(ctx, TAC_COHORT_BLOCK * n_number, &rows));
    for (size_t i = 0; i < n_people; i += TAC_COHORT_BLOCK) {
        const size_t n = n_people - i < TAC_COHORT_BLOCK ? n_people - i : TAC_COHORT_BLOCK;
        TAC_TRY(tac_journal_get(ctx, journal, i, n, rows, is_there));
        for (size_t k = 0; k < n; k++) {
            if (!is_there[k]) {
                st = tac_fail(ctx, TAC_E_FILE, "person %zu is no longer in the journal", i + k + 1);
                goto out;
            }
        }
        TAC_TRY(write(ctx, user, i, n, rows));
    }
out:
    tac_free(rows);
    return st;
}

double tac_cohort_value(const tac_results *results, const double *row, size_t arm,
                        size_t observable, bool is_without)
{
    const tac_person_row layout = tac_cohort_row(results);
    const size_t programme = tac_arms_programme_of(tac_results_table(results, "arms"), arm);
    return row[is_without || programme != arm
                   ? tac_person_row_without(&layout, programme, observable)
                   : tac_person_row_with(&layout, programme, observable)];
}

/* The file while it is written. */
typedef struct writer {
    const tac_results *results;
    tac_person_row row;
    tac_growing *file;
    tac_buf text;
} writer;

static void put_heads(writer *w, const char *column)
{
    const tac_table *attributes = tac_results_table(w->results, "attributes");
    const tac_table *observables = tac_results_table(w->results, "observables");
    const bool is_unit = column[0] == 'u';
    tac_buf_text(&w->text, is_unit ? "," : "person,arm");
    for (size_t i = 0; i < w->row.n_attribute; i++) {
        tac_buf_print(&w->text, ",%s", tac_table_text_of(attributes, i, column));
    }
    for (size_t o = 0; o < w->row.n_observable; o++) {
        const char *text = tac_table_text_of(observables, o, column);
        tac_buf_print(&w->text, ",%s", text);
        if (w->row.n_programme > 0) {
            tac_buf_print(&w->text, ",%s%s", text, is_unit ? "" : ".without");
        }
    }
    tac_buf_text(&w->text, "\n");
}

static void put_number(writer *w, double number)
{
    tac_buf_text(&w->text, ",");
    if (isfinite(number)) {
        tac_buf_print(&w->text, "%.7g", number);
    }
}

/** One person in one arm. */
static void put_row(writer *w, size_t i_person, size_t arm, const double *row)
{
    const tac_table *arms = tac_results_table(w->results, "arms");
    tac_buf_print(&w->text, "%zu,", i_person + 1);
    tac_csv_text(&w->text, tac_table_text_of(arms, arm, "id"));
    for (size_t i = 0; i < w->row.n_attribute; i++) {
        put_number(w, row[tac_person_row_attribute(&w->row, i)]);
    }
    for (size_t o = 0; o < w->row.n_observable; o++) {
        put_number(w, tac_cohort_value(w->results, row, arm, o, false));
        if (w->row.n_programme > 0) {
            put_number(w, tac_cohort_value(w->results, row, arm, o, true));
        }
    }
    tac_buf_text(&w->text, "\n");
}

static tac_status flush(tac_ctx *ctx, writer *w)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_buf_check(ctx, &w->text));
    TAC_TRY(tac_growing_add(ctx, w->file, tac_buf_str(&w->text), w->text.n));
    tac_buf_clear(&w->text);
out:
    return st;
}

static tac_status put_block(tac_ctx *ctx, void *user, size_t i_first, size_t n, const double *rows)
{
    writer *w = user;
    const size_t n_arm = tac_table_n_row(tac_results_table(w->results, "arms"));
    for (size_t k = 0; k < n; k++) {
        for (size_t arm = 0; arm < n_arm; arm++) {
            put_row(w, i_first + k, arm, &rows[k * tac_person_row_n(&w->row)]);
        }
    }
    return flush(ctx, w);
}

tac_status tac_cohort_csv(tac_ctx *ctx, const tac_results *results, const char *path)
{
    tac_status st = TAC_OK;
    writer w = {.results = results, .row = tac_cohort_row(results), .text = TAC_BUF_INIT};

    TAC_TRY(tac_growing_begin(ctx, path, &w.file));
    put_heads(&w, "id");
    put_heads(&w, "unit");
    TAC_TRY(flush(ctx, &w));
    TAC_TRY(tac_cohort_each(ctx, results, put_block, &w));
    TAC_TRY(tac_growing_end(ctx, w.file));
out:
    tac_growing_free(w.file);
    tac_buf_free(&w.text);
    return st;
}
