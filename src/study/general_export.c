/* SPDX-License-Identifier: Apache-2.0 */
/* A model of anybody's, written in another language. */
#include "base/fail.h"
#include "base/file.h"
#include "model/antimony_write.h"
#include "model/endless.h"
#include "model/sbml_check.h"
#include "model/sbml_write.h"
#include "scenario/scenario.h"
#include "sim/script.h"
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

static void list_findings(const tac_sbml_findings *findings, bool with_units,
                          tac_export_findings *out)
{
    out->n_kind = 0;
    for (unsigned k = 0; k <= TAC_N_SBML_CATEGORY; k++) {
        const bool is_other = k == TAC_N_SBML_CATEGORY;
        const bool is_made = is_other ? findings->n_error[k] + findings->n_warning[k] > 0
                                      : with_units || k != TAC_SBML_UNITS;
        if (is_made) {
            out->kinds[out->n_kind].kind = is_other ? "others" : tac_sbml_category_text(k);
            out->kinds[out->n_kind].n_error = findings->n_error[k];
            out->kinds[out->n_kind].n_warning = findings->n_warning[k];
            out->n_kind++;
        }
    }
}

static tac_status write_text(tac_ctx *ctx, const tac_model *model, tac_model_format format,
                             const tac_export_options *options, tac_buf *text,
                             tac_export_findings *findings_out)
{
    tac_status st = TAC_OK;
    bool is_endless = false;
    tac_sbml_findings findings = {0};
    if (format == TAC_FORMAT_ANTIMONY) {
        return tac_antimony_write(ctx, model, text);
    }
    if (options->with_units != 0) {
        TAC_TRY(tac_endless_has(ctx, model, &is_endless));
    }
    if (is_endless) {
        return tac_fail(
            ctx, TAC_E_ARG,
            "libSBML cannot check the units of this model: an exponent follows from a state that "
            "starts by a formula, and what it is the exponent of changes; leave --check-units out "
            "(the units have been checked when the model was read)");
    }
    TAC_TRY(tac_sbml_write(ctx, model, text));
    st = tac_sbml_check(ctx, "what is written", text, options->with_units != 0, &findings);
    list_findings(&findings, options->with_units != 0, findings_out);
out:
    return st;
}

/** The arm of that name, or the only programme. */
static tac_status find_arm(tac_ctx *ctx, const tac_scenario *scenario, const char *name,
                           size_t *arm_out)
{
    tac_buf words = TAC_BUF_INIT;
    *arm_out = 0;
    for (size_t i = 0; i < scenario->n_arm; i++) {
        if (name != NULL && strcmp(scenario->arms[i].id, name) == 0) {
            *arm_out = i;
            tac_buf_free(&words);
            return TAC_OK;
        }
        tac_buf_print(&words, "%s '%s'", i == 0 ? "" : ",", scenario->arms[i].id);
    }
    if (name == NULL && scenario->n_arm <= 2) {
        tac_buf_free(&words);
        return TAC_OK;
    }
    const tac_status st =
        name == NULL ? tac_fail(ctx, TAC_E_ARG,
                                "the scenario has several arms, and --arm says which is meant:%s",
                                tac_buf_str(&words))
                     : tac_fail(ctx, TAC_E_ARG, "the scenario has no arm '%s'; there are:%s", name,
                                tac_buf_str(&words));
    tac_buf_free(&words);
    return st;
}

/** The body as the person of a scenario lives in it. */
static tac_status play_scenario(tac_ctx *ctx, const char *path, const tac_export_options *options,
                                tac_model *model)
{
    const tac_run_options run = TAC_RUN_OPTIONS_INIT;
    tac_status st = TAC_OK;
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    size_t arm = 0;
    TAC_TRY(tac_body_read(ctx, path, &body));
    TAC_TRY(tac_scenario_read(ctx, body, options->scenario, &scenario));
    TAC_TRY(find_arm(ctx, scenario, options->arm, &arm));
    TAC_TRY(tac_script_write(ctx, body, scenario, arm, &run, model));
    if (scenario->detail.is_asked) {
        tac_warn(ctx, "the lymph vessel of 'detail' is a model of its own, and is not part of what "
                      "is written");
    }
out:
    tac_scenario_free(scenario);
    tac_body_free(body);
    return st;
}

tac_status tac_general_export(tac_ctx *ctx, const char *path, const tac_export_options *options,
                              char **text_out, tac_export_findings *findings_out)
{
    tac_status st = TAC_OK;
    tac_model *model = NULL;
    tac_buf text = TAC_BUF_INIT;
    tac_model_format format = TAC_FORMAT_SBML;
    tac_export_findings findings = {.n_kind = 0};
    if (text_out != NULL) {
        *text_out = NULL;
    }
    TAC_TRY(find_format(ctx, options, &format));
    TAC_TRY(tac_general_read(ctx, path, &model));
    if (options->scenario != NULL) {
        TAC_TRY(play_scenario(ctx, path, options, model));
    }
    TAC_TRY(write_text(ctx, model, format, options, &text, &findings));
    if (options->out != NULL) {
        TAC_TRY(tac_file_write(ctx, options->out, text.text, text.n));
    }
    if (text_out != NULL) {
        *text_out = text.text; /* taken */
        text = (tac_buf)TAC_BUF_INIT;
    }
out:
    if (findings_out != NULL) {
        *findings_out = findings;
    }
    tac_buf_free(&text);
    tac_model_free(model);
    return st;
}
