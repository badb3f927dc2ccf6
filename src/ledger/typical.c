/* SPDX-License-Identifier: Apache-2.0 */
/* The claims with what the body says of them: typical programmes, run and joined to models/claims.yaml. */
#include "base/buf.h"
#include "base/fail.h"
#include "base/table.h"
#include "embedded.h"
#include "sim/body.h"
#include "study/claims.h"

#include <tactus/study.h>

#include <math.h>
#include <string.h>

/** The observable by which a claim is shown: the first of its rows, else of its observables, that the body has; NULL. */
static const tac_observable *shown_by(const tac_body *body, const tac_claim *claim)
{
    for (size_t i = 0; i < claim->n_row + claim->n_observable; i++) {
        const char *id = i < claim->n_row ? claim->rows[i] : claim->observables[i - claim->n_row];
        const tac_observable *o = tac_words_observable(body->words, id);
        if (o != NULL && o->variable[0] != '\0') {
            return o;
        }
    }
    return NULL;
}

/** models/typical.yaml with a report of every observable that some claim is shown by. */
static tac_status write_scenario(tac_ctx *ctx, const tac_body *body, const tac_claims *claims,
                                 tac_buf *text)
{
    const tac_observable *seen[64];
    size_t n = 0;
    tac_buf_add(text, (const char *)tac_embedded_typical_yaml, tac_embedded_typical_yaml_n);
    tac_buf_text(text, "report: [");
    for (size_t i = 0; i < claims->n && n < sizeof seen / sizeof seen[0]; i++) {
        const tac_observable *o = shown_by(body, &claims->items[i]);
        bool is_new = o != NULL;
        for (size_t k = 0; k < n; k++) {
            is_new = is_new && seen[k] != o;
        }
        if (is_new) {
            tac_buf_print(text, "%s%s", n > 0 ? ", " : "", o->id);
            seen[n++] = o;
        }
    }
    tac_buf_text(text, "]\n");
    return tac_buf_check(ctx, text);
}

/** The row of a programme and observable; the number of rows when there is none. */
static size_t find_row(const tac_table *summary, const char *programme, const char *observable)
{
    size_t i = 0;
    while (i < tac_table_n_row(summary)
           && (strcmp(tac_table_text_of(summary, i, "observable"), observable) != 0
               || strcmp(tac_table_text_of(summary, i, "arm"), programme) != 0)) {
        i++;
    }
    return i;
}

/** What the body says: the change of a row of the summary, with all that its words need. */
static tac_status put_size(tac_ctx *ctx, const tac_table *summary, size_t i, tac_table *table,
                           size_t row)
{
    static const char *const NUMBERS[] = {"decimals", "change",      "low",         "high",
                                          "percent",  "percent_low", "percent_high"};
    static const char *const TEXTS[] = {"against", "observable", "title", "what", "unit", "show"};
    tac_status st = TAC_OK;
    for (size_t k = 0; k < sizeof NUMBERS / sizeof NUMBERS[0]; k++) {
        tac_table_set(table, row, NUMBERS[k], tac_table_number_of(summary, i, NUMBERS[k]));
    }
    for (size_t k = 0; k < sizeof TEXTS / sizeof TEXTS[0]; k++) {
        TAC_TRY(
            tac_table_set_text(ctx, table, row, TEXTS[k], tac_table_text_of(summary, i, TEXTS[k])));
    }
    TAC_TRY(tac_table_set_text(ctx, table, row, "programme", tac_table_text_of(summary, i, "arm")));
out:
    return st;
}

static tac_status add_sizes(tac_ctx *ctx, const tac_body *body, const tac_claims *claims,
                            const tac_table *summary, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},           {"claim", "", true},
                                         {"grade", "", true},        {"points", "", true},
                                         {"sentence", "", true},     {"programme", "", true},
                                         {"against", "", true},      {"observable", "", true},
                                         {"title", "", true},        {"what", "", true},
                                         {"unit", "", true},         {"show", "", true},
                                         {"decimals", "", false},    {"change", "", false},
                                         {"low", "", false},         {"high", "", false},
                                         {"percent", "", false},     {"percent_low", "", false},
                                         {"percent_high", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "sizes", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    TAC_TRY(tac_table_add_rows(ctx, table, claims->n, NULL));
    for (size_t i = 0; i < claims->n; i++) {
        const tac_claim *claim = &claims->items[i];
        const tac_observable *o = shown_by(body, claim);
        const size_t k = o == NULL || claim->programme == NULL
                             ? tac_table_n_row(summary)
                             : find_row(summary, claim->programme, o->id);
        TAC_TRY(tac_table_set_text(ctx, table, i, "id", claim->id));
        TAC_TRY(tac_table_set_text(ctx, table, i, "claim", claim->claim));
        TAC_TRY(tac_table_set_text(ctx, table, i, "grade", claim->grade));
        TAC_TRY(tac_table_set_text(ctx, table, i, "points", claim->points));
        TAC_TRY(tac_table_set_text(ctx, table, i, "sentence", claim->sentence));
        if (k < tac_table_n_row(summary)) {
            TAC_TRY(put_size(ctx, summary, k, table, i));
        }
    }
out:
    return st;
}

tac_status tac_claim_sizes(tac_ctx *ctx, const tac_body *body, const tac_compare_options *options,
                           tac_results **results_out)
{
    tac_status st = TAC_OK;
    tac_claims claims = {0};
    tac_buf text = TAC_BUF_INIT;
    tac_scenario *scenario = NULL;
    tac_results *compared = NULL;
    tac_results *results = NULL;

    *results_out = NULL;
    TAC_TRY(tac_claims_read(ctx, &claims));
    TAC_TRY(write_scenario(ctx, body, &claims, &text));
    TAC_TRY(tac_scenario_parse(ctx, body, "models/typical.yaml", text.text, &scenario));
    TAC_TRY(tac_compare(ctx, body, scenario, options, &compared));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(add_sizes(ctx, body, &claims, tac_results_table(compared, "summary"), results));
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_results_free(compared);
    tac_scenario_free(scenario);
    tac_buf_free(&text);
    tac_claims_free(&claims);
    return st;
}
