/* SPDX-License-Identifier: Apache-2.0 */
/* Is a model of anybody's sound? Its units, names that stand for nothing, constants that only show together. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/table.h"
#include "model/pairs.h"
#include "study/general.h"

#include <tactus/general.h>

#include <string.h>

/** Units that disagree, as the messages with their places; the text is "" where none does. */
static tac_status check_units(tac_ctx *ctx, const tac_model *model, tac_buf *messages)
{
    tac_ctx *own = tac_ctx_create();
    if (own == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    const tac_status st = tac_model_check_units(own, model);
    if (st != TAC_OK) {
        tac_buf_text(messages, tac_ctx_message(own));
    }
    tac_ctx_free(own);
    return st == TAC_E_MEMORY ? tac_fail(ctx, st, "out of memory") : tac_buf_check(ctx, messages);
}

static tac_status add_model(tac_ctx *ctx, const tac_model *model, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"key", "", true}, {"number", "", false}};
    size_t n_state = 0;
    size_t n_rule = 0;
    size_t n_reaction = 0;
    size_t n_number = 0;
    size_t n_without = 0;
    tac_table *table = NULL;
    tac_status st = TAC_OK;
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol *s = &model->symbols[i];
        n_state += s->role == TAC_ROLE_STATE ? 1 : 0;
        n_reaction += s->is_reaction ? 1 : 0;
        n_rule += s->role == TAC_ROLE_ASSIGNED && !s->is_reaction && !s->is_once ? 1 : 0;
        n_number += s->role == TAC_ROLE_CONSTANT || s->is_once ? 1 : 0;
        n_without += !s->has_unit && !s->is_reaction ? 1 : 0;
    }
    const struct {
        const char *key;
        size_t n;
    } rows[] = {{"states", n_state},       {"rules", n_rule},
                {"reactions", n_reaction}, {"events", model->n_event},
                {"constants", n_number},   {"names without a unit", n_without},
                {"names", model->n_symbol}};
    TAC_TRY(tac_results_add(ctx, results, "model", 2, COLUMNS, &table));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        TAC_TRY(tac_table_add_number(ctx, table, rows[i].key, (double)rows[i].n));
    }
out:
    return st;
}

static tac_status add_units(tac_ctx *ctx, const tac_model *model, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"message", "", true}};
    tac_buf messages = TAC_BUF_INIT;
    tac_table *table = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_results_add(ctx, results, "units", 1, COLUMNS, &table));
    TAC_TRY(check_units(ctx, model, &messages));
    if (messages.n > 0) {
        TAC_TRY(tac_table_add_rows(ctx, table, 1, NULL));
        TAC_TRY(tac_table_set_text(ctx, table, 0, "message", tac_buf_str(&messages)));
    }
out:
    tac_buf_free(&messages);
    return st;
}

/** Names that nothing reads; states and what is computed are results by themselves. */
static tac_status add_unused(tac_ctx *ctx, const tac_model *model, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"name", "", true}};
    bool *is_used = NULL;
    tac_table *table = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_results_add(ctx, results, "unused", 1, COLUMNS, &table));
    TAC_TRY(tac_model_mark_used(ctx, model, &is_used));
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol *s = &model->symbols[i];
        size_t row = 0;
        bool is_place = false;
        for (size_t k = 0; s->kind == TAC_SYMBOL_COMPARTMENT && k < model->n_symbol; k++) {
            is_place = is_place || model->symbols[k].place == i;
        }
        if (is_used[i] || is_place
            || (s->role != TAC_ROLE_CONSTANT && s->role != TAC_ROLE_INPUT && !s->is_once)) {
            continue;
        }
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "name", s->id));
    }
out:
    tac_free(is_used);
    return st;
}

static tac_status add_pairs(tac_ctx *ctx, const tac_model *model, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"pair", "", true}};
    static const char *const SIGNS[] = {[TAC_PAIR_PRODUCT] = "*",
                                        [TAC_PAIR_RATIO] = "/",
                                        [TAC_PAIR_SUM] = " + ",
                                        [TAC_PAIR_DIFFERENCE] = " - "};
    tac_pair *pairs = NULL;
    size_t n = 0;
    tac_table *table = NULL;
    tac_status st = TAC_OK;
    tac_buf words = TAC_BUF_INIT;
    TAC_TRY(tac_results_add(ctx, results, "pairs", 1, COLUMNS, &table));
    TAC_TRY(tac_model_find_pairs(ctx, model, &pairs, &n));
    TAC_TRY(tac_table_add_rows(ctx, table, n, NULL));
    for (size_t i = 0; i < n; i++) {
        tac_buf_clear(&words);
        tac_buf_print(&words, "%s%s%s", model->symbols[pairs[i].a].id, SIGNS[pairs[i].kind],
                      model->symbols[pairs[i].b].id);
        TAC_TRY(tac_table_set_text(ctx, table, i, "pair", tac_buf_str(&words)));
    }
out:
    tac_buf_free(&words);
    tac_free(pairs);
    return st;
}

tac_status tac_general_check(tac_ctx *ctx, const char *path, tac_results **results_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_results *results = NULL;
    *results_out = NULL;
    TAC_TRY(tac_general_read(ctx, path, &model));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(add_model(ctx, model, results));
    TAC_TRY(add_units(ctx, model, results));
    TAC_TRY(add_unused(ctx, model, results));
    TAC_TRY(add_pairs(ctx, model, results));
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_model_free(model);
    return st;
}
