/* SPDX-License-Identifier: Apache-2.0 */
/* Times, names and numbers of a general model; see general_words.h. */
#include "study/general_words.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *tac_general_time_unit(const tac_model *model)
{
    static const struct {
        double hours;
        const char *name;
    } NAMES[] = {{1.0, "h"}, {1.0 / 60.0, "min"}, {1.0 / 3600.0, "s"}, {24.0, "d"}};
    const double hours = tac_model_hours(model);
    for (size_t k = 0; k < sizeof NAMES / sizeof NAMES[0]; k++) {
        if (fabs(hours / NAMES[k].hours - 1.0) < 1e-9) {
            return NAMES[k].name;
        }
    }
    return "";
}

bool tac_general_time(const tac_model *model, const char *text, const char *what, double *t_out,
                      tac_buf *why)
{
    char *end = NULL;
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit hour = TAC_UNIT_ONE;
    const double value = strtod(text, &end);
    if (end == text || !isfinite(value)) {
        tac_buf_print(why, "'%.60s' is no %s; '10 h' is one, or '10' in the model's unit of time",
                      text, what);
        return false;
    }
    end += strspn(end, " ");
    *t_out = value;
    if (*end == '\0') {
        return true;
    }
    (void)tac_unit_find(NULL, "h", 1, &hour);
    if (!tac_unit_parse(end, &unit) || !tac_unit_same_dimension(&unit, &hour)) {
        tac_buf_print(why, "'%.60s' is no unit of time; s, min, h and d are", end);
        return false;
    }
    if (!isfinite(tac_model_hours(model))) {
        tac_buf_print(why,
                      "the model does not say what its time is measured in, so '%.60s' cannot be "
                      "converted; say '%.10g', a number in the model's own unit",
                      text, value);
        return false;
    }
    *t_out = value * unit.factor / (hour.factor * tac_model_hours(model));
    return true;
}

bool tac_general_number(const char *text, double *value_out)
{
    char *end = NULL;
    *value_out = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*value_out);
}

const tac_image_symbol *tac_general_symbol(const tac_program *program, const char *name,
                                           tac_buf *why)
{
    const tac_image *image = tac_program_image(program);
    const tac_image_symbol *symbol = tac_program_find(program, name);
    const char **names = symbol == NULL ? tac_calloc(image->n_symbol + 1, sizeof *names) : NULL;
    for (size_t i = 0; names != NULL && i < image->n_symbol; i++) {
        names[i] = image->symbols[i].id;
    }
    if (symbol == NULL) {
        const char *near = names == NULL ? NULL : tac_suggest(name, image->n_symbol, names);
        tac_buf_print(why, "the model has no '%.100s'%s%s%s", name,
                      near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                      near == NULL ? "" : "'?");
    }
    tac_free(names);
    return symbol;
}

const tac_image_symbol *tac_general_settable(const tac_program *program, const char *name,
                                             tac_buf *why)
{
    const tac_image_symbol *symbol = tac_general_symbol(program, name, why);
    if (symbol == NULL || symbol->slot != TAC_SLOT_OUTPUT) {
        return symbol;
    }
    tac_buf_print(why, "'%.100s' follows from others and cannot be set; set what it follows from",
                  name);
    return NULL;
}

/** Does a text fit a pattern in which * stands for any letters? Tries each * once, so long texts cost no more. */
static bool fits(const char *pattern, size_t n_pattern, const char *text)
{
    const char *const end = pattern + n_pattern;
    const char *star = NULL;
    const char *from = text;
    while (*text != '\0') {
        if (pattern < end && *pattern == '*') {
            star = pattern++;
            from = text;
        } else if (pattern < end && *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++from;
        } else {
            return false;
        }
    }
    while (pattern < end && *pattern == '*') {
        pattern++;
    }
    return pattern == end;
}

/** Add what fits one name of the list; false when nothing does. */
static bool choose(const tac_image *image, const char *name, size_t n_name, bool *is_chosen,
                   const tac_image_symbol **chosen, size_t *n)
{
    bool is_found = false;
    for (size_t i = 0; i < image->n_symbol; i++) {
        const bool fits_here = fits(name, n_name, image->symbols[i].id);
        is_found = is_found || fits_here;
        if (fits_here && !is_chosen[i]) {
            is_chosen[i] = true;
            chosen[(*n)++] = &image->symbols[i];
        }
    }
    return is_found;
}

tac_status tac_general_choose(tac_ctx *ctx, const tac_program *program, const char *list,
                              const tac_image_symbol **chosen_out, size_t *n_out)
{
    const tac_image *image = tac_program_image(program);
    tac_buf why = TAC_BUF_INIT;
    void *memory = NULL;
    tac_status st = tac_alloc(ctx, image->n_symbol, sizeof(bool), &memory);
    *n_out = 0;
    for (const char *at = list; st == TAC_OK && *at != '\0';) {
        at += strspn(at, ", ");
        const size_t n = strcspn(at, ", ");
        if (n > 0 && !choose(image, at, n, memory, chosen_out, n_out)) {
            tac_buf name = TAC_BUF_INIT;
            tac_buf_add(&name, at, n);
            (void)tac_general_symbol(program, tac_buf_str(&name), &why);
            st = tac_fail(ctx, TAC_E_ARG, "%s", tac_buf_str(&why));
            tac_buf_free(&name);
        }
        at += n;
    }
    if (st == TAC_OK && *n_out == 0) {
        st = tac_fail(ctx, TAC_E_ARG, "no name stands in the list of what is to be reported");
    }
    tac_buf_free(&why);
    tac_free(memory);
    return st;
}
