/* SPDX-License-Identifier: Apache-2.0 */
/* Opens the body that the build compiled in, and answers what its parameters and variables are. */
#include "sim/body.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/tsv.h"
#include "embedded.h"
#include "model/model.h"
#include "scenario/scenario.h"

#include <string.h>

/* Emitted at build time from models/body.ant and models/parameters.tsv. */
extern const tac_image tac_image_body;
extern const tac_image tac_image_lymphangion_chain;

static tac_status find_symbol(tac_ctx *ctx, const tac_body *body, const tac_tsv *tsv, size_t row,
                              size_t column, const tac_image_symbol **symbol_out)
{
    const char *id = tac_tsv_cell(tsv, row, column);
    *symbol_out = tac_program_find(body->program, id);
    if (*symbol_out == NULL) {
        return tac_fail_at(ctx, TAC_E_MODEL, tac_tsv_source(tsv), tac_tsv_span(tsv, row, column),
                           "the body has no '%s'", id);
    }
    return TAC_OK;
}

/** Read models/run-in.tsv. */
static tac_status read_reference_values(tac_ctx *ctx, tac_body *body)
{
    static const char *const COLUMNS[] = {"parameter", "variable"};
    const tac_source source = {"models/run-in.tsv", (const char *)tac_embedded_run_in_tsv,
                               tac_embedded_run_in_tsv_n};
    tac_status st = TAC_OK;
    tac_tsv *tsv = NULL;
    void *memory = NULL;

    TAC_TRY(tac_tsv_read(ctx, &source, 2, COLUMNS, &tsv));
    const size_t n = tac_tsv_n_row(tsv);
    TAC_TRY(tac_alloc(ctx, n, sizeof *body->reference_values, &memory));
    body->reference_values = memory;
    for (size_t i = 0; i < n; i++) {
        tac_reference_value *value = &body->reference_values[i];
        TAC_TRY(find_symbol(ctx, body, tsv, i, 0, &value->target));
        TAC_TRY(find_symbol(ctx, body, tsv, i, 1, &value->variable));
        if ((value->target->slot != TAC_SLOT_PARAMETER && value->target->slot != TAC_SLOT_STATE)
            || (value->variable->slot != TAC_SLOT_OUTPUT
                && value->variable->slot != TAC_SLOT_STATE)) {
            st = tac_fail_at(ctx, TAC_E_MODEL, tac_tsv_source(tsv), tac_tsv_span(tsv, i, 0),
                             "a parameter or a state gets the mean of a variable");
            goto out;
        }
        body->n_reference_value++;
    }
out:
    tac_tsv_free(tsv);
    return st;
}

/** The tables around a program; the program is taken, also on failure. */
static tac_status open_around(tac_ctx *ctx, tac_program *program, tac_body **body_out)
{
    const tac_source bib = {"models/references.bib", (const char *)tac_embedded_references_bib,
                            tac_embedded_references_bib_n};
    tac_status st = TAC_OK;
    tac_body *body = NULL;
    void *memory = NULL;

    TAC_TRY(tac_alloc(ctx, 1, sizeof *body, &memory));
    body = memory;
    body->program = program;
    program = NULL;
    body->balances = (tac_source){"models/balances.tsv", (const char *)tac_embedded_balances_tsv,
                                  tac_embedded_balances_tsv_n};
    TAC_TRY(tac_words_create(ctx, &body->words));
    TAC_TRY(tac_references_read(ctx, &bib, &body->references));
    TAC_TRY(read_reference_values(ctx, body));
    *body_out = body;
    body = NULL;
out:
    tac_program_free(program);
    tac_body_free(body);
    return st;
}

tac_status tac_body_open(tac_ctx *ctx, tac_body **body_out)
{
    tac_status st = TAC_OK;
    tac_program *program = NULL;

    *body_out = NULL;
    TAC_TRY(tac_program_from_image(ctx, &tac_image_body, &program));
    st = open_around(ctx, program, body_out);
out:
    return st;
}

/** Constants and inputs that stand in the model for nothing. */
static tac_status list_unused(tac_ctx *ctx, const tac_model *model, tac_buf *names)
{
    bool *is_used = NULL;
    const tac_status st = tac_model_mark_used(ctx, model, &is_used);
    for (size_t i = 0; st == TAC_OK && i < model->n_symbol; i++) {
        const tac_symbol *symbol = &model->symbols[i];
        if (!is_used[i] && symbol->kind == TAC_SYMBOL_PARAMETER
            && (symbol->role == TAC_ROLE_CONSTANT || symbol->role == TAC_ROLE_INPUT)) {
            tac_buf_print(names, "%s\n", symbol->id);
        }
    }
    tac_free(is_used);
    return st != TAC_OK ? st : tac_buf_check(ctx, names);
}

/** The path of a file beside another. */
static tac_status path_beside(tac_ctx *ctx, const char *path, const char *name, tac_buf *out)
{
    const char *slash = strrchr(path, '/');
    tac_buf_clear(out);
    tac_buf_add(out, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
    tac_buf_text(out, name);
    return tac_buf_check(ctx, out);
}

tac_status tac_body_read(tac_ctx *ctx, const char *model_path, tac_body **body_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_program *program = NULL;
    tac_buf path = TAC_BUF_INIT;
    tac_buf balances = TAC_BUF_INIT;
    tac_buf unused = TAC_BUF_INIT;

    *body_out = NULL;
    TAC_TRY(tac_model_read_file(ctx, model_path, &model));
    TAC_TRY(path_beside(ctx, model_path, "parameters.tsv", &path));
    TAC_TRY(tac_model_set_parameters(ctx, model, tac_buf_str(&path)));
    TAC_TRY(path_beside(ctx, model_path, "possible.tsv", &path));
    TAC_TRY(tac_model_bound_parameters(ctx, model, tac_buf_str(&path)));
    TAC_TRY(tac_model_check(ctx, model));
    TAC_TRY(list_unused(ctx, model, &unused));
    TAC_TRY(tac_program_build(ctx, model, &program));
    TAC_TRY(path_beside(ctx, model_path, "balances.tsv", &path));
    TAC_TRY(tac_file_read(ctx, tac_buf_str(&path), 1U << 20, &balances));
    TAC_TRY(open_around(ctx, program, body_out));
    (*body_out)->balances_text = balances;
    (*body_out)->balances = (tac_source){"balances.tsv", balances.text, balances.n};
    balances = (tac_buf)TAC_BUF_INIT;
    (*body_out)->is_read = true;
    (*body_out)->unused = unused;
    unused = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&unused);
    tac_buf_free(&balances);
    tac_buf_free(&path);
    tac_model_free(model);
    return st;
}

void tac_body_free(tac_body *body)
{
    if (body != NULL) {
        tac_program_free(body->program);
        tac_words_free(body->words);
        tac_references_free(body->references);
        tac_free(body->reference_values);
        tac_buf_free(&body->balances_text);
        tac_buf_free(&body->unused);
        tac_free(body);
    }
}

const char *tac_body_hash(const tac_body *body)
{
    return tac_program_image(body->program)->hash;
}

size_t tac_body_n_parameter(const tac_body *body)
{
    return tac_program_image(body->program)->n_row;
}

static tac_parameter_info info_of(const tac_image_parameter *row)
{
    return (tac_parameter_info){.id = row->id,
                                .unit = row->unit,
                                .value = row->value,
                                .low = row->low,
                                .high = row->high,
                                .spread = row->spread,
                                .basis = row->basis,
                                .source = row->source,
                                .note = row->note};
}

tac_parameter_info tac_body_parameter(const tac_body *body, size_t i)
{
    return info_of(&tac_program_image(body->program)->rows[i]);
}

size_t tac_vessel_n_parameter(void)
{
    return tac_image_lymphangion_chain.n_parameter;
}

tac_parameter_info tac_vessel_parameter(size_t i)
{
    return info_of(&tac_image_lymphangion_chain.rows[i]);
}

static int is_variable(const tac_image_symbol *symbol)
{
    return symbol->slot == TAC_SLOT_STATE || symbol->slot == TAC_SLOT_OUTPUT;
}

size_t tac_body_n_variable(const tac_body *body)
{
    const tac_image *image = tac_program_image(body->program);
    size_t n = 0;
    for (size_t i = 0; i < image->n_symbol; i++) {
        n += is_variable(&image->symbols[i]) ? 1 : 0;
    }
    return n;
}

tac_variable_info tac_body_variable(const tac_body *body, size_t i)
{
    const tac_image *image = tac_program_image(body->program);
    size_t k = 0;
    for (size_t n_before = 0; k < image->n_symbol; k++) {
        if (is_variable(&image->symbols[k]) && n_before++ == i) {
            break;
        }
    }
    if (k == image->n_symbol) {
        TAC_BUG("the body has no such variable");
    }
    const tac_image_symbol *symbol = &image->symbols[k];
    return (tac_variable_info){.id = symbol->id,
                               .unit = symbol->unit,
                               .note = symbol->note,
                               .is_state = symbol->slot == TAC_SLOT_STATE};
}

const char *tac_body_reference(const tac_body *body, const char *key)
{
    return tac_references_line(body->references, key);
}

tac_status tac_scenario_read(tac_ctx *ctx, const tac_body *body, const char *path,
                             tac_scenario **scenario_out)
{
    return tac_scenario_from_file(ctx, body->words, path, scenario_out);
}

tac_status tac_scenario_read_people(tac_ctx *ctx, const tac_body *body, const char *path,
                                    tac_scenario **scenario_out)
{
    return tac_scenario_of_people(ctx, body->words, path, scenario_out);
}

tac_status tac_scenario_parse(tac_ctx *ctx, const tac_body *body, const char *name,
                              const char *text, tac_scenario **scenario_out)
{
    return tac_scenario_from_text(ctx, body->words, name, text, strlen(text), scenario_out);
}

double tac_scenario_duration_h(const tac_scenario *scenario)
{
    return scenario->duration_h;
}

size_t tac_scenario_n_arm(const tac_scenario *scenario)
{
    return scenario->n_arm;
}

const char *tac_scenario_arm(const tac_scenario *scenario, size_t i)
{
    return scenario->arms[i].id;
}
