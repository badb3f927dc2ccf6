/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of an image as C. */
#include "compile/emit.h"

#include <inttypes.h>

static const char *const SLOTS[] = {"TAC_SLOT_STATE", "TAC_SLOT_PARAMETER", "TAC_SLOT_INPUT",
                                    "TAC_SLOT_OUTPUT"};

static void emit_numbers(tac_buf *c, const char *name, size_t n, const double *values)
{
    tac_buf_print(c, "static const double %s[] = {\n", name);
    for (size_t i = 0; i < n; i++) {
        tac_buf_text(c, "    ");
        tac_emit_number(c, values[i]);
        tac_buf_text(c, ",\n");
    }
    tac_buf_text(c, n == 0 ? "    0.0,\n};\n\n" : "};\n\n");
}

static void emit_texts(tac_buf *c, const char *name, size_t n, const char *const *texts)
{
    tac_buf_print(c, "static const char *const %s[] = {\n", name);
    for (size_t i = 0; i < n; i++) {
        tac_buf_text(c, "    ");
        tac_emit_string(c, texts[i]);
        tac_buf_text(c, ",\n");
    }
    tac_buf_text(c, n == 0 ? "    \"\",\n};\n\n" : "};\n\n");
}

static void emit_indices(tac_buf *c, const char *name, size_t n, const int64_t *values)
{
    tac_buf_print(c, "static const int64_t %s[] = {", name);
    for (size_t i = 0; i < n; i++) {
        tac_buf_print(c, "%s%" PRId64 ",", i % 16 == 0 ? "\n    " : " ", values[i]);
    }
    tac_buf_text(c, n == 0 ? "0};\n\n" : "\n};\n\n");
}

static void emit_symbols(tac_buf *c, const tac_image *image)
{
    tac_buf_text(c, "static const tac_image_symbol SYMBOLS[] = {\n");
    for (size_t i = 0; i < image->n_symbol; i++) {
        const tac_image_symbol *s = &image->symbols[i];
        tac_buf_text(c, "    {");
        tac_emit_string(c, s->id);
        tac_buf_text(c, ", ");
        tac_emit_string(c, s->unit);
        tac_buf_text(c, ", ");
        tac_emit_string(c, s->note);
        tac_buf_print(c, ", %s, %" PRIu32 "},\n", SLOTS[s->slot], s->index);
    }
    tac_buf_text(c, image->n_symbol == 0 ? "    {0},\n};\n\n" : "};\n\n");
}

static void emit_row(tac_buf *c, const tac_image_parameter *row)
{
    const double numbers[] = {row->value, row->low, row->high, row->spread, row->least, row->most};
    const char *texts[] = {row->basis, row->source, row->note};
    tac_buf_text(c, "    {");
    tac_emit_string(c, row->id);
    tac_buf_text(c, ", ");
    tac_emit_string(c, row->unit);
    for (size_t k = 0; k < 6; k++) {
        tac_buf_text(c, ", ");
        tac_emit_number(c, numbers[k]);
    }
    for (size_t k = 0; k < 3; k++) {
        tac_buf_text(c, ", ");
        tac_emit_string(c, texts[k]);
    }
    tac_buf_print(c, ", %s, %" PRIu32 "},\n", SLOTS[row->slot], row->index);
}

void tac_emit_image(const tac_image *image, const char *name, tac_buf *c_out)
{
    emit_symbols(c_out, image);
    tac_buf_text(c_out, "static const tac_image_parameter ROWS[] = {\n");
    for (size_t i = 0; i < image->n_row; i++) {
        emit_row(c_out, &image->rows[i]);
    }
    tac_buf_text(c_out, image->n_row == 0 ? "    {0},\n};\n\n" : "};\n\n");
    emit_texts(c_out, "STATE_IDS", image->n_state, image->state_ids);
    emit_texts(c_out, "OUTPUT_IDS", image->n_output, image->output_ids);
    emit_texts(c_out, "EQUATIONS", image->n_state, image->equations);
    emit_numbers(c_out, "PARAMETERS", image->n_parameter, image->parameters);
    emit_numbers(c_out, "INPUTS", image->n_input, image->inputs);
    emit_numbers(c_out, "SCALES", image->n_state, image->abs_tol_scale);
    emit_indices(c_out, "JAC_COLUMN", image->n_state + 1, image->jac_column);
    emit_indices(c_out, "JAC_ROW", image->n_jac, image->jac_row);
    tac_buf_print(c_out,
                  "extern const tac_image tac_image_%s;\n\nconst tac_image tac_image_%s = {\n",
                  name, name);
    tac_buf_text(c_out, "    .name = ");
    tac_emit_string(c_out, image->name);
    tac_buf_text(c_out, ",\n    .hash = ");
    tac_emit_string(c_out, image->hash);
    tac_buf_print(c_out,
                  ",\n    .n_state = %zu,\n    .n_parameter = %zu,\n    .n_input = %zu,\n"
                  "    .n_prepared = %zu,\n    .n_output = %zu,\n    .symbols = SYMBOLS,\n"
                  "    .n_symbol = %zu,\n    .rows = ROWS,\n    .n_row = %zu,\n"
                  "    .state_ids = STATE_IDS,\n    .output_ids = OUTPUT_IDS,\n"
                  "    .equations = EQUATIONS,\n    .parameters = PARAMETERS,\n"
                  "    .inputs = INPUTS,\n    .abs_tol_scale = SCALES,\n    .n_jac = %zu,\n"
                  "    .jac_column = JAC_COLUMN,\n    .jac_row = JAC_ROW,\n"
                  "    .kernel = {.prepare = prepare, .start = start, .rhs = rhs, .jac = jac,\n"
                  "               .observe = observe},\n};\n",
                  image->n_state, image->n_parameter, image->n_input, image->n_prepared,
                  image->n_output, image->n_symbol, image->n_row, image->n_jac);
}
