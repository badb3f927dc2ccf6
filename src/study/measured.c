/* SPDX-License-Identifier: Apache-2.0 */
/* Reads models/measured-range.tsv and holds programmes against it. */
#include "study/measured.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "embedded.h"
#include "model/units.h"
#include "scenario/part.h"

#include <math.h>
#include <string.h>

enum { OBSERVABLES, QUANTITY, UNIT, LOW, HIGH, HOURS, WHY, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"observables", "quantity", "unit", "low",
                                              "high",        "hours",    "why"};

static tac_status read_row(tac_ctx *ctx, const tac_tsv *table, size_t row,
                           tac_measured_range *range)
{
    tac_status st = TAC_OK;
    tac_unit unit = TAC_UNIT_ONE;
    for (size_t k = 0; k < N_COLUMN; k++) {
        if (tac_tsv_cell(table, row, k)[0] == '\0') {
            return tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(table),
                               tac_tsv_span(table, row, k), "'%s' may not be empty", COLUMNS[k]);
        }
    }
    range->observables = tac_tsv_cell(table, row, OBSERVABLES);
    range->quantity = tac_tsv_cell(table, row, QUANTITY);
    range->unit = tac_tsv_cell(table, row, UNIT);
    range->why = tac_tsv_cell(table, row, WHY);
    TAC_TRY(tac_tsv_number(ctx, table, row, LOW, NULL, &range->low));
    TAC_TRY(tac_tsv_number(ctx, table, row, HIGH, NULL, &range->high));
    TAC_TRY(tac_tsv_number(ctx, table, row, HOURS, NULL, &range->hours));
    if (!tac_unit_parse(range->unit, &unit)) {
        st = tac_fail_at(ctx, TAC_E_UNITS, tac_tsv_source(table), tac_tsv_span(table, row, UNIT),
                         "not a unit");
    } else if (range->low > range->high) {
        st = tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(table), tac_tsv_span(table, row, LOW),
                         "low is above high");
    } else if (range->hours < 0.0) {
        st = tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(table), tac_tsv_span(table, row, HOURS),
                         "negative");
    }
out:
    return st;
}

tac_status tac_measured_read(tac_ctx *ctx, const tac_source *source, tac_measured *measured_out)
{
    const tac_source shipped = {"models/measured-range.tsv",
                                (const char *)tac_embedded_measured_range_tsv,
                                tac_embedded_measured_range_tsv_n};
    tac_status st = TAC_OK;
    tac_status result = TAC_OK;
    void *memory = NULL;

    *measured_out = (tac_measured){0};
    TAC_TRY(tac_tsv_read(ctx, source == NULL ? &shipped : source, N_COLUMN, COLUMNS,
                         &measured_out->table));
    TAC_TRY(
        tac_alloc(ctx, tac_tsv_n_row(measured_out->table), sizeof *measured_out->items, &memory));
    measured_out->items = memory;
    for (size_t i = 0; i < tac_tsv_n_row(measured_out->table); i++) {
        st = read_row(ctx, measured_out->table, i, &measured_out->items[measured_out->n++]);
        result = st != TAC_OK ? st : result;
    }
    st = result;
out:
    return st;
}

void tac_measured_free(tac_measured *measured)
{
    tac_free(measured->items);
    tac_tsv_free(measured->table);
    *measured = (tac_measured){0};
}

/** True when the list of words has the observable, or its beginning and a star. */
static bool is_listed(const char *list, const char *observable)
{
    for (const char *word = list; *word != '\0'; word += strspn(word, " ")) {
        const size_t n = strcspn(word, " ");
        const bool has_star = word[n - 1] == '*';
        const size_t n_kept = has_star ? n - 1 : n;
        if (strncmp(word, observable, n_kept) == 0 && (has_star || observable[n] == '\0')) {
            return true;
        }
        word += n;
    }
    return false;
}

/** True when the quantity lies outside the row's range for longer than its hours on end. */
static tac_status is_outside(tac_ctx *ctx, const tac_measured_range *range, const char *id,
                             const tac_program *program, const tac_schedule *schedule,
                             const double *parameters, bool *is_outside_out)
{
    const tac_image_symbol *symbol = tac_program_find(program, id);
    const tac_image_parameter *row = tac_program_row(program, id);
    const size_t n_input = tac_program_image(program)->n_input;
    tac_unit have = TAC_UNIT_ONE;
    tac_unit want = TAC_UNIT_ONE;
    const char *unit = row != NULL ? row->unit : symbol != NULL ? symbol->unit : "";
    if (symbol == NULL || !tac_unit_parse(unit, &have) || !tac_unit_parse(range->unit, &want)
        || !tac_unit_same_dimension(&have, &want)
        || (symbol->slot != TAC_SLOT_INPUT && symbol->slot != TAC_SLOT_PARAMETER)) {
        return tac_fail(ctx, TAC_E_MODEL,
                        "models/measured-range.tsv: the body has no input or parameter '%s' in %s",
                        id, range->unit);
    }
    const double factor = have.factor / want.factor;
    const double slack = 1e-9 * fmax(fabs(range->low), fabs(range->high));
    double outside_h = 0.0;
    for (size_t i = 0; i < schedule->n_edge; i++) {
        const double value =
            factor
            * (symbol->slot == TAC_SLOT_INPUT ? schedule->inputs[i * n_input + symbol->index]
                                              : parameters[symbol->index]);
        const double end_h = i + 1 < schedule->n_edge ? schedule->edge_h[i + 1] : schedule->end_h;
        const bool is_out = value < range->low - slack || value > range->high + slack;
        outside_h = is_out ? outside_h + end_h - schedule->edge_h[i] : 0.0;
        *is_outside_out = *is_outside_out || outside_h > range->hours + 1e-9;
    }
    return TAC_OK;
}

/** The same for each part of the body where the quantity is one of parts. */
static tac_status is_any_outside(tac_ctx *ctx, const tac_measured_range *range,
                                 const tac_program *program, const tac_schedule *schedule,
                                 const double *parameters, bool *is_outside_out)
{
    tac_status st = TAC_OK;
    tac_arena *arena = tac_arena_create();
    const size_t n = tac_template_is(range->quantity) ? TAC_N_PART : 1;
    for (size_t k = 0; arena != NULL && st == TAC_OK && k < n; k++) {
        const char *id = tac_template_fill(arena, range->quantity, k);
        st = id == NULL ? tac_fail(ctx, TAC_E_MEMORY, "out of memory")
                        : is_outside(ctx, range, id, program, schedule, parameters, is_outside_out);
    }
    if (arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_arena_free(arena);
    return st;
}

tac_status tac_measured_why(tac_ctx *ctx, const tac_measured *measured, const tac_program *program,
                            const tac_schedule *schedule, const double *parameters,
                            const char *observable, const char **why_out)
{
    *why_out = NULL;
    for (size_t i = 0; i < measured->n && *why_out == NULL; i++) {
        bool is_out = false;
        if (!is_listed(measured->items[i].observables, observable)) {
            continue;
        }
        const tac_status st =
            is_any_outside(ctx, &measured->items[i], program, schedule, parameters, &is_out);
        if (st != TAC_OK) {
            return st;
        }
        *why_out = is_out ? measured->items[i].why : NULL;
    }
    return TAC_OK;
}
