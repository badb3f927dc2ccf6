/* SPDX-License-Identifier: Apache-2.0 */
/* Joins models/parameters.tsv: every number with its unit, range, basis and source. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/suggest.h"
#include "base/tsv.h"
#include "model/equations.h"

#include <math.h>
#include <string.h>

static const size_t MAX_BYTES = 16U << 20;

enum { ID, VALUE, UNIT, LOW, HIGH, SPREAD, BASIS, SOURCE, NOTE, N_COLUMN };

static const char *const COLUMNS[N_COLUMN] = {"id",     "value", "unit",   "low", "high",
                                              "spread", "basis", "source", "note"};

static const char *const BASES[] = {"", "measured", "fitted", "derived", "assumed"};

#define N_BASIS (sizeof BASES / sizeof BASES[0])

typedef struct table_reader {
    tac_ctx *ctx;
    tac_model *model;
    const tac_tsv *tsv;
} table_reader;

static tac_status refuse(const table_reader *t, tac_status st, size_t row, size_t column,
                         const char *what)
{
    return tac_fail_at(t->ctx, st, tac_tsv_source(t->tsv), tac_tsv_span(t->tsv, row, column), "%s",
                       what);
}

static tac_status copy_text(const table_reader *t, size_t row, size_t column, const char **out)
{
    const char *cell = tac_tsv_cell(t->tsv, row, column);
    *out = tac_arena_text(t->model->arena, cell, strlen(cell));
    return *out != NULL ? TAC_OK : tac_fail(t->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status read_basis(const table_reader *t, size_t row, tac_parameter *p)
{
    const char *cell = tac_tsv_cell(t->tsv, row, BASIS);
    for (size_t k = 1; k < N_BASIS; k++) {
        if (strcmp(cell, BASES[k]) == 0) {
            p->basis = (tac_basis)k;
            if (p->source[0] != '\0') {
                return TAC_OK;
            }
            return p->basis == TAC_BASIS_ASSUMED && p->note[0] != '\0'
                       ? TAC_OK
                       : refuse(t, TAC_E_MODEL, row, SOURCE,
                                "a source is wanted: keys of references.bib (an assumed number may "
                                "have a note instead)");
        }
    }
    const char *near = tac_suggest(cell, N_BASIS - 1, BASES + 1);
    return tac_fail_at(t->ctx, TAC_E_MODEL, tac_tsv_source(t->tsv),
                       tac_tsv_span(t->tsv, row, BASIS),
                       "the basis is one of measured, fitted, derived, assumed%s%s%s",
                       near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                       near == NULL ? "" : "'?");
}

static tac_status read_range(const table_reader *t, size_t row, tac_parameter *p)
{
    bool has_no_low = false;
    bool has_no_high = false;
    bool is_empty = false;
    tac_status st = tac_tsv_number(t->ctx, t->tsv, row, VALUE, NULL, &p->value);
    if (st == TAC_OK) {
        st = tac_tsv_number(t->ctx, t->tsv, row, LOW, &has_no_low, &p->low);
    }
    if (st == TAC_OK) {
        st = tac_tsv_number(t->ctx, t->tsv, row, HIGH, &has_no_high, &p->high);
    }
    if (st == TAC_OK) {
        st = tac_tsv_number(t->ctx, t->tsv, row, SPREAD, &is_empty, &p->spread);
    }
    if (st != TAC_OK) {
        return st;
    }
    if (has_no_low != has_no_high) {
        return refuse(t, TAC_E_MODEL, row, has_no_low ? LOW : HIGH,
                      "low and high belong together: both or neither");
    }
    if (!has_no_low && !(p->low < p->high)) {
        return refuse(t, TAC_E_MODEL, row, LOW,
                      "low must lie below high; an exact constant has neither");
    }
    if (!has_no_low && !(p->low <= p->value && p->value <= p->high)) {
        return refuse(t, TAC_E_MODEL, row, VALUE, "the value must lie within low and high");
    }
    if (p->spread < 0.0) {
        return refuse(t, TAC_E_MODEL, row, SPREAD,
                      "the spread is a coefficient of variation, 0.2 for 20 %, not below 0");
    }
    return TAC_OK;
}

/** The unit of the row is another than the text of the model says. */
static tac_status refuse_unit(const table_reader *t, tac_span span, const tac_symbol *symbol,
                              const tac_unit *unit)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "'%s' is in %s in the model", symbol->id, symbol->unit_text);
    if (tac_unit_same_dimension(&symbol->unit, unit)) {
        tac_buf_text(&text, "; a number of this unit is multiplied by ");
        tac_unit_print_factor(&text, unit, &symbol->unit);
    }
    const tac_status st =
        tac_fail_at(t->ctx, TAC_E_UNITS, tac_tsv_source(t->tsv), span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

/** Unit of the row and of the symbol must be one. */
static tac_status join_unit(const table_reader *t, size_t row, tac_symbol *symbol,
                            const tac_parameter *p)
{
    tac_unit unit = TAC_UNIT_ONE;
    const tac_span span = tac_tsv_span(t->tsv, row, UNIT);
    if (span.n == 0) {
        return refuse(t, TAC_E_MODEL, row, ID, "a unit is wanted; 1 for a pure number");
    }
    const tac_status st =
        tac_unit_read(t->ctx, t->model->units, tac_tsv_source(t->tsv), span, &unit);
    if (st != TAC_OK) {
        return st;
    }
    if (symbol->has_unit && !tac_unit_equal(&symbol->unit, &unit)) {
        return refuse_unit(t, span, symbol, &unit);
    }
    symbol->has_unit = true;
    symbol->unit = unit;
    symbol->unit_text = p->unit;
    return TAC_OK;
}

/** No symbol has this id; the nearest one is named. */
static tac_status refuse_id(const table_reader *t, size_t row, const char *id)
{
    const size_t n = t->model->n_symbol;
    const char **ids = tac_calloc(n, sizeof *ids);
    const char *near = NULL;
    if (ids != NULL) {
        for (size_t i = 0; i < n; i++) {
            ids[i] = t->model->symbols[i].id;
        }
        near = tac_suggest(id, n, ids);
    }
    const tac_status st =
        tac_fail_at(t->ctx, TAC_E_MODEL, tac_tsv_source(t->tsv), tac_tsv_span(t->tsv, row, ID),
                    "the model has no such name%s%s%s", near == NULL ? "" : "; did you mean '",
                    near == NULL ? "" : near, near == NULL ? "" : "'?");
    tac_free(ids);
    return st;
}

static tac_status join_symbol(const table_reader *t, size_t row, tac_parameter *p, uint32_t i_row)
{
    const uint32_t i = tac_model_find(t->model, p->id);
    if (i == UINT32_MAX) {
        return refuse_id(t, row, p->id);
    }
    tac_symbol *symbol = &t->model->symbols[i];
    if (symbol->parameter != UINT32_MAX) {
        return refuse(t, TAC_E_MODEL, row, ID, "a second row for this name");
    }
    if (symbol->has_value) {
        return refuse(t, TAC_E_MODEL, row, ID,
                      "the text of the model gives this name a value too; keep one of them");
    }
    if (symbol->role == TAC_ROLE_ASSIGNED || symbol->initial != TAC_EXPR_NONE) {
        return refuse(t, TAC_E_MODEL, row, ID, "the model computes this name; it takes no number");
    }
    p->symbol = i;
    symbol->parameter = i_row;
    symbol->has_value = true;
    symbol->value = p->value;
    return join_unit(t, row, symbol, p);
}

static tac_status read_row(const table_reader *t, size_t row)
{
    tac_status st = TAC_OK;
    const uint32_t i_row = (uint32_t)t->model->n_parameter;
    tac_parameter *p = &t->model->parameters[i_row];

    p->symbol = UINT32_MAX;
    p->least = -(double)INFINITY;
    p->most = (double)INFINITY;
    p->value_span = tac_tsv_span(t->tsv, row, VALUE);
    p->low_span = tac_tsv_span(t->tsv, row, LOW);
    p->high_span = tac_tsv_span(t->tsv, row, HIGH);
    TAC_TRY(copy_text(t, row, ID, &p->id));
    TAC_TRY(copy_text(t, row, UNIT, &p->unit));
    TAC_TRY(copy_text(t, row, SOURCE, &p->source));
    TAC_TRY(copy_text(t, row, NOTE, &p->note));
    TAC_TRY(read_range(t, row, p));
    TAC_TRY(read_basis(t, row, p));
    TAC_TRY(join_symbol(t, row, p, i_row));
    t->model->n_parameter++;
out:
    return st;
}

/** The model keeps the text, for messages about its numbers. */
static tac_status keep_table(tac_ctx *ctx, tac_model *model, const tac_source *source)
{
    model->table = (tac_source){tac_arena_text(model->arena, source->name, strlen(source->name)),
                                tac_arena_text(model->arena, source->text, source->n), source->n};
    return model->table.name != NULL && model->table.text != NULL
               ? TAC_OK
               : tac_fail(ctx, TAC_E_MEMORY, "out of memory");
}

tac_status tac_model_set_parameters(tac_ctx *ctx, tac_model *model, const char *path)
{
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_tsv *tsv = NULL;
    void *memory = NULL;
    tac_status result = TAC_OK;

    TAC_TRY(tac_file_read(ctx, path, MAX_BYTES, &text));
    const tac_source source = {path, tac_buf_str(&text), text.n};
    TAC_TRY(tac_tsv_read(ctx, &source, N_COLUMN, COLUMNS, &tsv));
    if (model->parameters != NULL) {
        st = tac_fail(ctx, TAC_E_ARG, "%s: the model has a parameter table already", path);
        goto out;
    }
    TAC_TRY(keep_table(ctx, model, &source));
    TAC_TRY(tac_alloc(ctx, tac_tsv_n_row(tsv), sizeof *model->parameters, &memory));
    model->parameters = memory;
    const table_reader t = {.ctx = ctx, .model = model, .tsv = tsv};
    for (size_t row = 0; row < tac_tsv_n_row(tsv) && !tac_ctx_is_full(ctx); row++) {
        st = read_row(&t, row);
        if (st == TAC_E_MEMORY) {
            goto out;
        }
        result = st != TAC_OK ? st : result;
    }
    st = result;
out:
    tac_tsv_free(tsv);
    tac_buf_free(&text);
    return st;
}
