/* SPDX-License-Identifier: Apache-2.0 */
/* The claims for a terminal and as JSON: grade, what the ledger says, what the body predicts, one sentence. */
#include "base/fail.h"
#include "report/json.h"
#include "report/layout.h"
#include "report/words.h"

#include <tactus/report.h>

#include <math.h>
#include <string.h>

static const char *const VERDICTS[] = {"agrees", "close", "disagrees", "cannot tell",
                                       "not simulated"};

#define N_VERDICT (sizeof VERDICTS / sizeof VERDICTS[0])

/** True when a list of words of the ledger has the word. */
static bool has_word(const json_t *list, const char *word)
{
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(list, i, item)
    {
        if (json_is_string(item) && strcmp(json_string_value(item), word) == 0) {
            return true;
        }
    }
    return false;
}

/** The entry of a study in a list of {"study": id, verdict: count}; made when it is new. */
static json_t *study_in(json_t *studies, const char *id)
{
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(studies, i, item)
    {
        if (strcmp(json_string_value(json_object_get(item, "study")), id) == 0) {
            return item;
        }
    }
    item = json_pack("{s:s}", "study", id);
    json_array_append_new(studies, item);
    return item;
}

/** The studies of a claim with the counts of their verdicts, from a ledger (NULL: none). */
static json_t *studies_of(const json_t *ledger, const char *claim)
{
    size_t i = 0;
    json_t *finding = NULL;
    json_t *studies = json_array();
    json_array_foreach(json_object_get(ledger, "findings"), i, finding)
    {
        const char *id = json_string_value(json_object_get(finding, "study"));
        const char *verdict = json_string_value(json_object_get(finding, "verdict"));
        if (id == NULL || verdict == NULL || !has_word(json_object_get(finding, "claims"), claim)) {
            continue;
        }
        json_t *study = study_in(studies, id);
        json_object_set_new(study, verdict,
                            json_integer(json_integer_value(json_object_get(study, verdict)) + 1));
        if (has_word(json_object_get(finding, "marks"), "not independent")) {
            json_object_set_new(study, "independent", json_false());
        }
    }
    return studies;
}

/** Read the text of a ledger; "" is none. */
static tac_status read_ledger(tac_ctx *ctx, const char *text, json_t **ledger_out)
{
    json_error_t error;
    *ledger_out = NULL;
    if (text == NULL || text[0] == '\0') {
        return TAC_OK;
    }
    *ledger_out = json_loads(text, 0, &error);
    if (*ledger_out == NULL || !json_is_array(json_object_get(*ledger_out, "findings"))) {
        json_decref(*ledger_out);
        *ledger_out = NULL;
        return tac_fail(
            ctx, TAC_E_INPUT,
            "the ledger cannot be read: it is not what tactus validate writes; run it again");
    }
    return TAC_OK;
}

static json_t *claim_of(const tac_table *t, size_t i, const json_t *ledger)
{
    static const char *const TEXTS[] = {"id",        "claim",   "grade",      "points", "sentence",
                                        "programme", "against", "observable", "what"};
    json_t *claim = json_object();
    for (size_t k = 0; k < sizeof TEXTS / sizeof TEXTS[0]; k++) {
        json_object_set_new(claim, TEXTS[k], tac_json_text(tac_table_text_of(t, i, TEXTS[k])));
    }
    const bool is_percent = strcmp(tac_table_text_of(t, i, "show"), "percent") == 0;
    json_object_set_new(claim, "unit",
                        tac_json_text(is_percent ? "%" : tac_table_text_of(t, i, "unit")));
    json_object_set_new(claim, "size",
                        tac_json_number(
                            tac_table_number_of(t, i, is_percent ? "percent" : "change")));
    json_object_set_new(
        claim, "ci95",
        tac_json_interval(tac_table_number_of(t, i, is_percent ? "percent_low" : "low"),
                          tac_table_number_of(t, i, is_percent ? "percent_high" : "high")));
    json_object_set_new(claim, "studies", studies_of(ledger, tac_table_text_of(t, i, "id")));
    return claim;
}

static json_t *claims_of(const tac_results *results, const json_t *ledger)
{
    const tac_table *t = tac_results_table(results, "sizes");
    json_t *claims = json_array();
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        json_array_append_new(claims, claim_of(t, i, ledger));
    }
    return claims;
}

tac_status tac_claims_json(tac_ctx *ctx, const tac_results *results, const char *ledger_text,
                           char **text_out)
{
    tac_status st = TAC_OK;
    json_t *ledger = NULL;
    tac_buf buf = TAC_BUF_INIT;
    *text_out = NULL;
    TAC_TRY(read_ledger(ctx, ledger_text, &ledger));
    TAC_TRY(tac_json_write(ctx, claims_of(results, ledger), true, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    json_decref(ledger);
    tac_buf_free(&buf);
    return st;
}

/* ---- text ---- */

static const char INDENT[] = "     ";

/** Append words below the name of a claim. */
static void put_wrapped(tac_buf *buf, const char *text)
{
    tac_hanging_put(buf, INDENT, text, INDENT);
}

/** ", against rest"; whose hours they are is said by the programme before it. */
static void say_against(tac_buf *buf, const char *arm)
{
    if (strcmp(arm, "without") == 0) {
        tac_buf_text(buf, ", against the same life without it");
        return;
    }
    tac_buf_text(buf, ", against ");
    const char *whose = strstr(arm, " (");
    tac_buf_add(buf, arm, whose == NULL ? strlen(arm) : (size_t)(whose - arm));
}

static void put_size(tac_buf *buf, const tac_table *t, size_t i)
{
    tac_buf line = TAC_BUF_INIT;
    tac_buf interval = TAC_BUF_INIT;
    const char *unit = tac_table_text_of(t, i, "unit");
    if (isfinite(tac_table_number_of(t, i, "change"))) {
        tac_buf_text(&line, tac_table_text_of(t, i, "programme"));
        say_against(&line, tac_table_text_of(t, i, "against"));
        tac_buf_print(&line, ": %s, %s: ", tac_table_text_of(t, i, "title"),
                      tac_table_text_of(t, i, "what"));
        tac_say_change(&line, t, i);
        if (strcmp(unit, "1") != 0 && strcmp(tac_table_text_of(t, i, "show"), "percent") != 0) {
            tac_buf_print(&line, " %s", unit);
        }
        tac_say_interval(&interval, t, i);
        tac_interval_tighten(&interval, 0); /* not broken at its dots */
        tac_buf_print(&line, " %s", tac_buf_str(&interval));
    } else {
        tac_buf_text(&line, "no programme of the model shows it");
    }
    put_wrapped(buf, tac_buf_str(&line));
    tac_buf_free(&line);
    tac_buf_free(&interval);
}

static void put_verdicts(tac_buf *buf, const json_t *claim)
{
    tac_buf line = TAC_BUF_INIT;
    size_t i = 0;
    json_t *study = NULL;
    long n[N_VERDICT] = {0};
    const json_t *studies = json_object_get(claim, "studies");
    json_array_foreach(studies, i, study)
    {
        for (size_t k = 0; k < N_VERDICT; k++) {
            n[k] += (long)json_integer_value(json_object_get(study, VERDICTS[k]));
        }
    }
    if (json_array_size(studies) == 0) {
        tac_buf_free(&line);
        return;
    }
    const size_t n_study = json_array_size(studies);
    tac_buf_print(&line, "%zu %s:", n_study, n_study == 1 ? "study" : "studies");
    for (size_t k = 0; k < N_VERDICT; k++) {
        tac_buf_print(&line, "%s %ld %s", k > 0 ? "," : "", n[k], VERDICTS[k]);
    }
    put_wrapped(buf, tac_buf_str(&line));
    tac_buf_free(&line);
}

tac_status tac_claims_text(tac_ctx *ctx, const tac_results *results, const char *ledger_text,
                           char **text_out)
{
    tac_status st = TAC_OK;
    json_t *ledger = NULL;
    json_t *claims = NULL;
    tac_buf buf = TAC_BUF_INIT;
    tac_buf line = TAC_BUF_INIT;
    const tac_table *t = tac_results_table(results, "sizes");
    *text_out = NULL;
    TAC_TRY(read_ledger(ctx, ledger_text, &ledger));
    claims = claims_of(results, ledger);
    for (size_t i = 0; i < tac_table_n_row(t); i++) {
        tac_buf_clear(&line);
        tac_buf_print(&line, "%s%-5s", i > 0 ? "\n" : "", tac_table_text_of(t, i, "id"));
        tac_hanging_put(&buf, tac_buf_str(&line), tac_table_text_of(t, i, "claim"), INDENT);
        tac_buf_clear(&line);
        tac_buf_print(&line, "evidence %s: %s", tac_table_text_of(t, i, "grade"),
                      tac_table_text_of(t, i, "points"));
        put_wrapped(&buf, tac_buf_str(&line));
        put_size(&buf, t, i);
        put_verdicts(&buf, json_array_get(claims, i));
        put_wrapped(&buf, tac_table_text_of(t, i, "sentence"));
    }
    TAC_TRY(tac_buf_check(ctx, &line));
    TAC_TRY(tac_buf_check(ctx, &buf));
    *text_out = buf.text;
    buf = (tac_buf)TAC_BUF_INIT;
out:
    tac_buf_free(&line);
    json_decref(claims);
    json_decref(ledger);
    tac_buf_free(&buf);
    return st;
}
