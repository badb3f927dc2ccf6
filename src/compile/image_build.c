/* SPDX-License-Identifier: Apache-2.0 */
/* From model and system to the tables of an image. */
#include "compile/image_build.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/hash.h"
#include "compile/interpret.h"
#include "model/print.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const BASES[] = {"", "measured", "fitted", "derived", "assumed"};

/* An equation in a message of the solver: enough to recognise it. */
static const size_t MAX_EQUATION = 240;

/* The size of a state that starts from 0, in its own unit: below it an error does not matter. */
static const double SCALE_OF_ZERO = 1.0;

typedef struct maker {
    tac_ctx *ctx;
    const tac_model *model;
    const tac_system *system;
    const tac_tapes *tapes;
    tac_arena *arena;
    tac_image *image;
} maker;

static tac_status get(const maker *m, size_t n, size_t size, void **out)
{
    *out = tac_arena_alloc(m->arena, (n == 0 ? 1 : n) * size);
    return *out != NULL ? TAC_OK : tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status copy_text(const maker *m, const char *text, const char **out)
{
    *out = tac_arena_text(m->arena, text, strlen(text));
    return *out != NULL ? TAC_OK : tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
}

static int by_id(const void *a, const void *b)
{
    const tac_image_symbol *x = a;
    const tac_image_symbol *y = b;
    return strcmp(x->id, y->id);
}

/** Every name that survives in the model, sorted. */
static tac_status make_symbols(const maker *m)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const size_t n = m->model->n_symbol;
    TAC_TRY(get(m, n, sizeof(tac_image_symbol), &memory));
    tac_image_symbol *symbols = memory;
    for (size_t i = 0; i < n; i++) {
        const tac_symbol *s = &m->model->symbols[i];
        symbols[i].slot = m->system->slots[i];
        symbols[i].index = m->system->indices[i];
        TAC_TRY(copy_text(m, s->id, &symbols[i].id));
        TAC_TRY(copy_text(m, s->unit_text, &symbols[i].unit));
        TAC_TRY(copy_text(m, s->note, &symbols[i].note));
    }
    qsort(symbols, n, sizeof *symbols, by_id);
    m->image->symbols = symbols;
    m->image->n_symbol = n;
out:
    return st;
}

static tac_status make_rows(const maker *m)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(get(m, m->model->n_parameter, sizeof(tac_image_parameter), &memory));
    tac_image_parameter *rows = memory;
    for (size_t i = 0; i < m->model->n_parameter; i++) {
        const tac_parameter *p = &m->model->parameters[i];
        rows[i] = (tac_image_parameter){.value = p->value,
                                        .low = p->low,
                                        .high = p->high,
                                        .spread = p->spread,
                                        .least = p->least,
                                        .most = p->most,
                                        .basis = BASES[p->basis],
                                        .slot = m->system->slots[p->symbol],
                                        .index = m->system->indices[p->symbol]};
        TAC_TRY(copy_text(m, p->id, &rows[i].id));
        TAC_TRY(copy_text(m, p->unit, &rows[i].unit));
        TAC_TRY(copy_text(m, p->source, &rows[i].source));
        TAC_TRY(copy_text(m, p->note, &rows[i].note));
    }
    m->image->rows = rows;
    m->image->n_row = m->model->n_parameter;
out:
    return st;
}

/** Ids of the symbols in a list. */
static tac_status make_ids(const maker *m, size_t n, const uint32_t *symbols,
                           const char *const **ids_out)
{
    void *memory = NULL;
    tac_status st = get(m, n, sizeof(char *), &memory);
    const char **ids = memory;
    for (size_t i = 0; st == TAC_OK && i < n; i++) {
        st = copy_text(m, m->model->symbols[symbols[i]].id, &ids[i]);
    }
    *ids_out = ids;
    return st;
}

/** "stress.crh' = ..." for each state. */
static tac_status make_equations(const maker *m)
{
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    void *memory = NULL;
    TAC_TRY(get(m, m->system->n_state, sizeof(char *), &memory));
    const char **equations = memory;
    for (size_t i = 0; i < m->system->n_state; i++) {
        const tac_symbol *s = &m->model->symbols[m->system->states[i]];
        tac_buf_clear(&text);
        tac_buf_print(&text, "%s' = ", s->id);
        tac_expr_print(&text, m->model, s->rate);
        TAC_TRY(tac_buf_check(m->ctx, &text));
        if (text.n > MAX_EQUATION) {
            text.text[MAX_EQUATION] = '\0';
        }
        TAC_TRY(copy_text(m, tac_buf_str(&text), &equations[i]));
    }
    m->image->equations = equations;
out:
    tac_buf_free(&text);
    return st;
}

/** Nominal values of the symbols in a list. */
static tac_status make_values(const maker *m, size_t n, const uint32_t *symbols,
                              const double **values_out)
{
    void *memory = NULL;
    const tac_status st = get(m, n, sizeof(double), &memory);
    double *values = memory;
    for (size_t i = 0; st == TAC_OK && i < n; i++) {
        values[i] = m->model->symbols[symbols[i]].value;
    }
    *values_out = values;
    return st;
}

/** Start values of the nominal person without any event. */
static tac_status compute_starts(const maker *m, double *x)
{
    tac_status st = TAC_OK;
    double *c = NULL;
    double *work = NULL;
    TAC_TRY(tac_alloc_doubles(m->ctx, m->tapes->n_prepared, &c));
    TAC_TRY(tac_alloc_doubles(m->ctx, tac_graph_n(m->system->graph), &work));
    tac_arrays arrays = {.p = m->image->parameters, .u = m->image->inputs};
    tac_interpret(m->system, m->tapes, TAC_PART_PREPARE, &arrays, work, c);
    arrays.c = c;
    tac_interpret(m->system, m->tapes, TAC_PART_START, &arrays, work, x);
out:
    tac_free(c);
    tac_free(work);
    return st;
}

/** The size of a state for tolerances: that of its start value, or SCALE_OF_ZERO. */
static tac_status make_scales(const maker *m)
{
    void *memory = NULL;
    tac_status st = get(m, m->system->n_state, sizeof(double), &memory);
    double *scales = memory;
    if (st == TAC_OK) {
        st = compute_starts(m, scales);
    }
    for (size_t i = 0; st == TAC_OK && i < m->system->n_state; i++) {
        const double size = fabs(scales[i]);
        scales[i] = size > 0.0 && isfinite(size) ? size : SCALE_OF_ZERO;
    }
    m->image->abs_tol_scale = scales;
    return st;
}

/** Any empty cell of the table hashes like any other. */
static uint64_t hash_number(uint64_t h, double value)
{
    char text[32];
    const int n = snprintf(text, sizeof text, "%.17g;", isnan(value) ? 0.0 : value);
    return tac_hash_add(h, text, (size_t)n);
}

/** Everything that the numbers depend on: the texts of the model and the rows of the table. */
static tac_status make_hash(const maker *m)
{
    uint64_t h = 1469598103934665603ULL;
    char text[17];
    for (size_t i = 0; i < m->model->n_source; i++) {
        h = tac_hash_add(h, m->model->sources[i].text, m->model->sources[i].n);
    }
    for (size_t i = 0; i < m->model->n_parameter; i++) {
        const tac_parameter *p = &m->model->parameters[i];
        h = tac_hash_add(h, p->id, strlen(p->id) + 1);
        h = tac_hash_add(h, p->unit, strlen(p->unit) + 1);
        h = hash_number(h, p->value);
        h = hash_number(h, p->low);
        h = hash_number(h, p->high);
        h = hash_number(h, p->spread);
    }
    snprintf(text, sizeof text, "%016" PRIx64, h);
    return copy_text(m, text, &m->image->hash);
}

tac_status tac_image_build(tac_ctx *ctx, const tac_model *model, const tac_system *system,
                           const tac_tapes *tapes, tac_arena *arena, tac_image *image_out)
{
    tac_status st = TAC_OK;
    const maker m = {ctx, model, system, tapes, arena, image_out};

    *image_out = (tac_image){.n_state = system->n_state,
                             .n_parameter = system->n_parameter,
                             .n_input = system->n_input,
                             .n_prepared = tapes->n_prepared,
                             .n_output = system->n_output,
                             .n_jac = system->n_jac,
                             .jac_column = system->jac_column,
                             .jac_row = system->jac_row};
    TAC_TRY(copy_text(&m, model->name, &image_out->name));
    TAC_TRY(make_hash(&m));
    TAC_TRY(make_symbols(&m));
    TAC_TRY(make_rows(&m));
    TAC_TRY(make_ids(&m, system->n_state, system->states, &image_out->state_ids));
    TAC_TRY(make_ids(&m, system->n_output, system->outputs, &image_out->output_ids));
    TAC_TRY(make_equations(&m));
    TAC_TRY(make_values(&m, system->n_parameter, system->parameters, &image_out->parameters));
    TAC_TRY(make_values(&m, system->n_input, system->inputs, &image_out->inputs));
    TAC_TRY(make_scales(&m));
out:
    return st;
}
