/* SPDX-License-Identifier: Apache-2.0 */
/* A model of anybody's, written in another language. */
#include "base/fail.h"
#include "base/file.h"
#include "model/antimony_write.h"
#include "model/sbml_write.h"
#include "study/general.h"

#include <tactus/general.h>

#include <string.h>

static bool ends_with(const char *text, const char *end)
{
    const size_t n = text == NULL ? 0 : strlen(text);
    return n >= strlen(end) && strcmp(text + n - strlen(end), end) == 0;
}

/** The format that is asked for, or that of the file's ending. */
static tac_status find_format(tac_ctx *ctx, const tac_export_options *options,
                              tac_model_format *format_out)
{
    *format_out = options->format;
    if (options->format != TAC_FORMAT_BY_ENDING) {
        return TAC_OK;
    }
    if (options->out == NULL || ends_with(options->out, ".xml")
        || ends_with(options->out, ".sbml")) {
        *format_out = TAC_FORMAT_SBML;
        return TAC_OK;
    }
    if (ends_with(options->out, ".ant") || ends_with(options->out, ".txt")) {
        *format_out = TAC_FORMAT_ANTIMONY;
        return TAC_OK;
    }
    return tac_fail(ctx, TAC_E_ARG,
                    "'%s' does not say its format: .xml and .sbml are SBML, .ant and .txt Antimony",
                    options->out);
}

static tac_status write_text(tac_ctx *ctx, const tac_model *model, tac_model_format format,
                             const tac_export_options *options, tac_buf *text, size_t *n_warning)
{
    tac_status st = TAC_OK;
    if (format == TAC_FORMAT_ANTIMONY) {
        return tac_antimony_write(ctx, model, text);
    }
    TAC_TRY(tac_sbml_write(ctx, model, text));
    st = tac_sbml_check(ctx, "what is written", text, options->with_units != 0, n_warning);
out:
    return st;
}

tac_status tac_general_export(tac_ctx *ctx, const char *path, const tac_export_options *options,
                              char **text_out, size_t *n_warning_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_buf text = TAC_BUF_INIT;
    tac_model_format format = TAC_FORMAT_SBML;
    size_t n_warning = 0;
    if (text_out != NULL) {
        *text_out = NULL;
    }
    TAC_TRY(find_format(ctx, options, &format));
    TAC_TRY(tac_general_read(ctx, path, &model));
    TAC_TRY(write_text(ctx, model, format, options, &text, &n_warning));
    if (options->out != NULL) {
        TAC_TRY(tac_file_write(ctx, options->out, text.text, text.n));
    }
    if (text_out != NULL) {
        *text_out = text.text; /* taken */
        text = (tac_buf)TAC_BUF_INIT;
    }
    if (n_warning_out != NULL) {
        *n_warning_out = n_warning;
    }
out:
    tac_buf_free(&text);
    tac_model_free(model);
    return st;
}
