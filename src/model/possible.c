/* SPDX-License-Identifier: Apache-2.0 */
/* Refuses parameters that cannot be: a compliance below 0, a share above 1. */
#include "base/fail.h"
#include "base/file.h"
#include "base/tsv.h"
#include "model/model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t MAX_BYTES = 1U << 20;

enum { PARAMETERS, LOW, HIGH, WHY, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"parameters", "low", "high", "why"};

/* A row: bounds that may themselves be impossible ("> 0"). */
typedef struct bounds {
    const char *patterns;
    const char *why;
    double low;
    double high;
    bool is_low_out;
    bool is_high_out;
} bounds;

/** True when the id is the pattern, whose stars stand for any letters (none included). */
static bool is_like(const char *pattern, size_t n, const char *id)
{
    size_t i = 0;
    const char *star = NULL; /* behind the last star, and the letter that it is tried at */
    const char *from = NULL;
    while (*id != '\0') {
        if (i < n && pattern[i] == '*') {
            star = pattern + ++i;
            from = id;
        } else if (i < n && pattern[i] == *id) {
            i++;
            id++;
        } else if (star != NULL) {
            i = (size_t)(star - pattern);
            id = ++from;
        } else {
            return false;
        }
    }
    while (i < n && pattern[i] == '*') {
        i++;
    }
    return i == n;
}

static bool is_meant(const bounds *b, const char *id)
{
    for (const char *word = b->patterns; *word != '\0'; word += strspn(word, " ")) {
        const size_t n = strcspn(word, " ");
        if (is_like(word, n, id)) {
            return true;
        }
        word += n;
    }
    return false;
}

/** "0", "> 0" or nothing. */
static tac_status read_bound(tac_ctx *ctx, const tac_tsv *tsv, size_t row, size_t column, char sign,
                             double none, double *bound_out, bool *is_out_out)
{
    const char *cell = tac_tsv_cell(tsv, row, column);
    char *end = NULL;
    *is_out_out = cell[0] == sign;
    *bound_out = none;
    if (cell[0] == '\0') {
        return TAC_OK;
    }
    const char *number = cell + (*is_out_out ? 1 : 0);
    const double value = strtod(number, &end);
    if (end == number || *end != '\0' || !isfinite(value)) {
        return tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(tsv), tac_tsv_span(tsv, row, column),
                           "a number is wanted, with %c in front where it is not possible itself",
                           sign);
    }
    *bound_out = value;
    return TAC_OK;
}

static tac_status read_bounds(tac_ctx *ctx, const tac_tsv *tsv, size_t row, bounds *b)
{
    tac_status st = TAC_OK;
    b->patterns = tac_tsv_cell(tsv, row, PARAMETERS);
    b->why = tac_tsv_cell(tsv, row, WHY);
    if (b->patterns[0] == '\0' || b->why[0] == '\0') {
        return tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(tsv),
                           tac_tsv_span(tsv, row, b->why[0] == '\0' ? WHY : PARAMETERS),
                           "parameters and the reason are wanted");
    }
    TAC_TRY(read_bound(ctx, tsv, row, LOW, '>', -(double)INFINITY, &b->low, &b->is_low_out));
    TAC_TRY(read_bound(ctx, tsv, row, HIGH, '<', (double)INFINITY, &b->high, &b->is_high_out));
    if (!(b->low < b->high)) {
        st = tac_fail_at(ctx, TAC_E_SYNTAX, tac_tsv_source(tsv), tac_tsv_span(tsv, row, LOW),
                         "low must lie below high");
    }
out:
    return st;
}

/** One number of a parameter; NaN where its cell is empty. */
static tac_status check_number(tac_ctx *ctx, const tac_model *model, const tac_parameter *p,
                               const bounds *b, double value, tac_span span, const char *what)
{
    const bool is_too_low = value < b->low || (b->is_low_out && value <= b->low);
    const bool is_too_high = value > b->high || (b->is_high_out && value >= b->high);
    tac_buf text = TAC_BUF_INIT;
    if (!is_too_low && !is_too_high) {
        return TAC_OK;
    }
    if (isfinite(b->low)) {
        tac_buf_print(&text, "%s %.6g", b->is_low_out ? "above" : "at least", b->low);
    }
    if (isfinite(b->high)) {
        tac_buf_print(&text, "%s%s %.6g", text.n > 0 ? " and " : "",
                      b->is_high_out ? "below" : "at most", b->high);
    }
    const tac_status st = tac_fail_at(ctx, TAC_E_MODEL, &model->table, span,
                                      "%s of '%s' cannot be %.6g: %s is possible (%s)", what, p->id,
                                      value, tac_buf_str(&text), b->why);
    tac_buf_free(&text);
    return st;
}

static tac_status apply_bounds(tac_ctx *ctx, tac_model *model, const bounds *b, size_t *n_out)
{
    tac_status result = TAC_OK;
    for (size_t i = 0; i < model->n_parameter && !tac_ctx_is_full(ctx); i++) {
        tac_parameter *p = &model->parameters[i];
        if (!is_meant(b, p->id)) {
            continue;
        }
        *n_out += 1;
        p->least = fmax(p->least, b->is_low_out ? nextafter(b->low, (double)INFINITY) : b->low);
        p->most = fmin(p->most, b->is_high_out ? nextafter(b->high, -(double)INFINITY) : b->high);
        tac_status st = check_number(ctx, model, p, b, p->value, p->value_span, "the value");
        result = st != TAC_OK ? st : result;
        st = check_number(ctx, model, p, b, p->low, p->low_span, "the lower end");
        result = st != TAC_OK ? st : result;
        st = check_number(ctx, model, p, b, p->high, p->high_span, "the upper end");
        result = st != TAC_OK ? st : result;
    }
    return result;
}

tac_status tac_model_bound_parameters(tac_ctx *ctx, tac_model *model, const char *path)
{
    tac_status st = TAC_OK;
    tac_status result = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_tsv *tsv = NULL;

    TAC_TRY(tac_file_read(ctx, path, MAX_BYTES, &text));
    const tac_source source = {path, tac_buf_str(&text), text.n};
    TAC_TRY(tac_tsv_read(ctx, &source, N_COLUMN, COLUMNS, &tsv));
    for (size_t row = 0; row < tac_tsv_n_row(tsv) && !tac_ctx_is_full(ctx); row++) {
        bounds b;
        size_t n_parameter = 0;
        st = read_bounds(ctx, tsv, row, &b);
        st = st != TAC_OK ? st : apply_bounds(ctx, model, &b, &n_parameter);
        if (st == TAC_OK && n_parameter == 0) {
            st = tac_fail_at(ctx, TAC_E_MODEL, tac_tsv_source(tsv), tac_tsv_span(tsv, row, 0),
                             "no parameter is called so");
        }
        result = st != TAC_OK ? st : result;
    }
    st = result;
out:
    tac_tsv_free(tsv);
    tac_buf_free(&text);
    return st;
}
