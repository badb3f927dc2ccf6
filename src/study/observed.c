/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the variables behind what is watched; see observed.h. */
#include "study/observed.h"

#include "base/fail.h"

#include <math.h>

/** Add one variable to what an observable is made of. */
static tac_status add_symbol(tac_ctx *ctx, const tac_program *program, const char *id,
                             double weight, tac_observed *observed)
{
    const tac_image_symbol *symbol = tac_program_find(program, id);
    if (symbol == NULL) {
        return tac_fail(ctx, TAC_E_MODEL, "models/observables.tsv: the body has no variable '%s'",
                        id);
    }
    observed->symbols[observed->n] = symbol;
    observed->weights[observed->n++] = weight;
    return TAC_OK;
}

tac_status tac_observed_find(tac_ctx *ctx, const tac_program *program, const tac_reported *item,
                             tac_arena *arena, tac_observed *observed)
{
    const tac_observable *o = item->observable;
    if (o->over == TAC_OVER_ONE) {
        return add_symbol(ctx, program, o->variable, o->factor, observed);
    }
    tac_status st = TAC_OK;
    for (size_t k = 0; k < TAC_N_PART && st == TAC_OK; k++) {
        if (fabs(item->weights[k]) > 0.0) {
            const char *id = tac_template_fill(arena, o->variable, k);
            st = id == NULL ? tac_fail(ctx, TAC_E_MEMORY, "out of memory")
                            : add_symbol(ctx, program, id, o->factor * item->weights[k], observed);
        }
    }
    return st;
}

double tac_observed_value(const tac_observed *observed, const tac_sim *sim, const double *x)
{
    double value = 0.0;
    for (size_t k = 0; k < observed->n; k++) {
        value += observed->weights[k] * tac_sim_value(sim, observed->symbols[k], x);
    }
    return value;
}
