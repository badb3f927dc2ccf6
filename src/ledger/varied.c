/* SPDX-License-Identifier: Apache-2.0 */
/* Sets parameters of the body free; see varied.h. */
#include "ledger/varied.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/suggest.h"
#include "sim/draw.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

static bool has_range(const tac_image_parameter *row)
{
    return row->slot == TAC_SLOT_PARAMETER && isfinite(row->low) && isfinite(row->high)
           && row->low < row->high;
}

static bool matches_any(const char *id, size_t n_pattern, const char *const *patterns)
{
    for (size_t i = 0; i < n_pattern; i++) {
        if (fnmatch(patterns[i], id, 0) == 0) {
            return true;
        }
    }
    return false;
}

static tac_status refuse_unknown(tac_ctx *ctx, const tac_image *image, const char *pattern)
{
    void *memory = NULL;
    tac_buf text = TAC_BUF_INIT;
    tac_status st = tac_alloc(ctx, image->n_row + 1, sizeof(const char *), &memory);
    if (st != TAC_OK) {
        return st;
    }
    const char **ids = memory;
    for (size_t i = 0; i < image->n_row; i++) {
        ids[i] = image->rows[i].id;
    }
    tac_suggest_print(&text, pattern, image->n_row, ids);
    st = tac_fail(ctx, TAC_E_ARG, "no parameter '%s'; %s (tactus sources lists them)", pattern,
                  tac_buf_str(&text));
    tac_buf_free(&text);
    tac_free(memory);
    return st;
}

/** Each pattern must name something that can be free. */
static tac_status check_pattern(tac_ctx *ctx, const tac_image *image, const char *pattern)
{
    size_t n_named = 0;
    for (size_t i = 0; i < image->n_row; i++) {
        if (fnmatch(pattern, image->rows[i].id, 0) == 0) {
            n_named++;
            if (has_range(&image->rows[i])) {
                return TAC_OK;
            }
        }
    }
    return n_named == 0
               ? refuse_unknown(ctx, image, pattern)
               : tac_fail(
                   ctx, TAC_E_ARG,
                   "'%s' has no range in models/parameters.tsv: what is known exactly cannot "
                   "be free",
                   pattern);
}

static tac_status refuse_many(tac_ctx *ctx, const tac_image *image, size_t n_pattern,
                              const char *const *patterns, size_t n_free)
{
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < image->n_row; i++) {
        if (has_range(&image->rows[i]) && matches_any(image->rows[i].id, n_pattern, patterns)) {
            tac_buf_print(&text, " %s", image->rows[i].id);
        }
    }
    const tac_status st =
        tac_fail(ctx, TAC_E_ARG,
                 "%zu parameters would be free, %d at most are: so few studies cannot tell more "
                 "apart. Name fewer of:%s",
                 n_free, TAC_VARIED_MAX, tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

static tac_status choose(tac_ctx *ctx, const tac_image *image, size_t n_pattern,
                         const char *const *patterns, tac_varied *v)
{
    size_t n = 0;
    for (size_t i = 0; i < n_pattern; i++) {
        const tac_status st = check_pattern(ctx, image, patterns[i]);
        if (st != TAC_OK) {
            return st;
        }
    }
    for (size_t i = 0; i < image->n_row; i++) {
        if (has_range(&image->rows[i]) && matches_any(image->rows[i].id, n_pattern, patterns)) {
            if (n < TAC_VARIED_MAX) {
                v->free[n] = image->rows[i];
                v->place[n] = i;
            }
            n++;
        }
    }
    v->n_free = n < TAC_VARIED_MAX ? n : TAC_VARIED_MAX;
    return n > TAC_VARIED_MAX ? refuse_many(ctx, image, n_pattern, patterns, n) : TAC_OK;
}

tac_status tac_varied_create(tac_ctx *ctx, const tac_body *body, size_t n_pattern,
                             const char *const *patterns, tac_varied *varied)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const tac_image *image = tac_program_image(body->program);
    static const double MIDDLE[TAC_VARIED_MAX] = {0.0};

    *varied = (tac_varied){.body = *body, .image = *image};
    varied->body.program = NULL;
    TAC_TRY(choose(ctx, image, n_pattern, patterns, varied));
    TAC_TRY(tac_alloc(ctx, image->n_row, sizeof *varied->rows, &memory));
    varied->rows = memory;
    memcpy(varied->rows, image->rows, image->n_row * sizeof *varied->rows);
    TAC_TRY(tac_alloc_doubles(ctx, image->n_parameter, &varied->parameters));
    memcpy(varied->parameters, image->parameters, image->n_parameter * sizeof(double));
    varied->image.rows = varied->rows;
    varied->image.parameters = varied->parameters;
    TAC_TRY(tac_program_from_image(ctx, &varied->image, &varied->body.program));
    tac_varied_set(varied, MIDDLE);
out:
    return st;
}

void tac_varied_free(tac_varied *varied)
{
    tac_program_free(varied->body.program);
    tac_free(varied->rows);
    tac_free(varied->parameters);
    *varied = (tac_varied){0};
}

void tac_varied_set(tac_varied *varied, const double *z)
{
    for (size_t k = 0; k < varied->n_free; k++) {
        tac_image_parameter *row = &varied->rows[varied->place[k]];
        row->value = tac_draw_value_at(&varied->free[k], z[k]);
        row->low = (double)NAN; /* everybody has this value, but for how people differ */
        row->high = (double)NAN;
        varied->parameters[row->index] = row->value;
    }
}
