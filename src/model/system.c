/* SPDX-License-Identifier: Apache-2.0 */
/* What belongs to a system of a model, and what is there once for each part of the body; see system.h. */
#include "model/system.h"

#include <math.h>
#include <string.h>

/* What has one for each part of the body stands once, as x_{r}. */
static const char *const PARTS[] = {"_head",    "_trunk",   "_arm_l",  "_arm_r",
                                    "_thigh_l", "_thigh_r", "_calf_l", "_calf_r"};

const char *tac_basis_word(tac_basis basis)
{
    static const char *const WORDS[] = {"", "measured", "fitted", "derived", "assumed"};
    return WORDS[basis];
}

size_t tac_system_length(const char *id)
{
    const char *dot = strchr(id, '.');
    return dot == NULL ? 0 : (size_t)(dot - id);
}

bool tac_system_has(const char *id, const char *system, size_t n)
{
    return tac_system_length(id) == n && strncmp(id, system, n) == 0;
}

void tac_system_fold(const char *id, tac_buf *out)
{
    const char *at = NULL;
    size_t n = 0;
    for (size_t k = 0; k < sizeof PARTS / sizeof PARTS[0]; k++) {
        const char *found = strstr(id, PARTS[k]);
        const size_t n_part = strlen(PARTS[k]);
        if (found != NULL && (found[n_part] == '\0' || found[n_part] == '.')) {
            at = found;
            n = n_part;
        }
    }
    tac_buf_clear(out);
    if (at == NULL) {
        tac_buf_text(out, id);
        return;
    }
    tac_buf_add(out, id, (size_t)(at - id));
    tac_buf_print(out, "_{r}%s", at + n);
}

static bool folds_alike(const char *a, const char *b)
{
    tac_buf x = TAC_BUF_INIT;
    tac_buf y = TAC_BUF_INIT;
    tac_system_fold(a, &x);
    tac_system_fold(b, &y);
    const bool is_alike = strcmp(tac_buf_str(&x), tac_buf_str(&y)) == 0;
    tac_buf_free(&x);
    tac_buf_free(&y);
    return is_alike;
}

void tac_system_introduction(tac_buf *out, const tac_source *source)
{
    const char *text = source->text;
    while (text[0] == '/' && text[1] == '/') {
        const char *end = strchr(text, '\n');
        const size_t n = end == NULL ? strlen(text) : (size_t)(end - text);
        const size_t skip = n > 2 && text[2] == ' ' ? 3 : 2;
        if (strncmp(text + skip, "SPDX", 4) != 0) {
            tac_buf_add(out, text + skip, n - skip);
            tac_buf_text(out, "\n");
        }
        if (end == NULL) {
            break;
        }
        text = end + 1;
    }
}

static bool are_variables_alike(const tac_symbol *a, const tac_symbol *b)
{
    return a->role == b->role && strcmp(a->unit_text, b->unit_text) == 0
           && strcmp(a->note, b->note) == 0 && folds_alike(a->id, b->id);
}

void tac_system_count_variables(const tac_model *model, size_t symbol, size_t *before_out,
                                size_t *after_out)
{
    *before_out = 0;
    *after_out = 0;
    for (size_t k = 0; k < model->n_symbol; k++) {
        const bool is_like =
            k != symbol && are_variables_alike(&model->symbols[symbol], &model->symbols[k]);
        *before_out += is_like && k < symbol ? 1 : 0;
        *after_out += is_like && k > symbol ? 1 : 0;
    }
}

static bool is_same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 0.0;
}

static bool are_parameters_alike(const tac_parameter *a, const tac_parameter *b)
{
    return is_same_number(a->value, b->value) && is_same_number(a->low, b->low)
           && is_same_number(a->high, b->high) && a->basis == b->basis
           && strcmp(a->note, b->note) == 0 && strcmp(a->source, b->source) == 0
           && folds_alike(a->id, b->id);
}

void tac_system_count_parameters(const tac_model *model, size_t parameter, size_t *before_out,
                                 size_t *after_out)
{
    *before_out = 0;
    *after_out = 0;
    for (size_t k = 0; k < model->n_parameter; k++) {
        const bool is_like =
            k != parameter
            && are_parameters_alike(&model->parameters[parameter], &model->parameters[k]);
        *before_out += is_like && k < parameter ? 1 : 0;
        *after_out += is_like && k > parameter ? 1 : 0;
    }
}

uint32_t tac_system_source(const tac_model *model, const char *system, size_t n)
{
    for (size_t i = 0; i < model->n_symbol; i++) {
        if (tac_system_has(model->symbols[i].id, system, n)) {
            return model->symbols[i].origin.source;
        }
    }
    return 0;
}

bool tac_system_is_first(const tac_model *model, size_t symbol)
{
    const size_t n = tac_system_length(model->symbols[symbol].id);
    for (size_t k = 0; k < symbol; k++) {
        if (tac_system_has(model->symbols[k].id, model->symbols[symbol].id, n)) {
            return false;
        }
    }
    return n > 0;
}
