/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped body at its start values, for what follows from inputs without any time passing. */
#include "held.h"

#include "base/alloc.h"
#include "sim/body.h"
#include "sim/simulate.h"

#include <tactus/model.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct tac_held {
    tac_ctx *ctx;
    tac_body *body;
    tac_sim *sim;
    double *u; /* [n_input] */
};

tac_held *held_body(void)
{
    tac_held *held = calloc(1, sizeof *held);
    assert_non_null(held);
    held->ctx = tac_ctx_create();
    assert_int_equal(tac_body_open(held->ctx, &held->body), TAC_OK);
    assert_int_equal(tac_sim_create(held->ctx, held->body->program, 1e-6, &held->sim), TAC_OK);
    assert_int_equal(tac_alloc_doubles(held->ctx, held->sim->image->n_input, &held->u), TAC_OK);
    held_reset(held);
    return held;
}

void held_reset(tac_held *held)
{
    memcpy(held->u, held->sim->image->inputs, held->sim->image->n_input * sizeof *held->u);
}

static const tac_image_symbol *symbol_of(const tac_held *held, const char *id)
{
    const tac_image_symbol *symbol = tac_program_find(held->body->program, id);
    if (symbol == NULL) {
        fail_msg("the body has no '%s'", id);
    }
    return symbol;
}

void held_set(tac_held *held, const char *id, double value)
{
    const tac_image_symbol *symbol = symbol_of(held, id);
    assert_int_equal(symbol->slot, TAC_SLOT_INPUT);
    held->u[symbol->index] = value;
}

void held_start(tac_held *held)
{
    tac_sim_start(held->sim, held->u);
    tac_sim_observe(held->sim, 0.0, held->sim->x);
}

double held_value(const tac_held *held, const char *id)
{
    return tac_sim_value(held->sim, symbol_of(held, id), held->sim->x);
}

void held_free(tac_held *held)
{
    if (held != NULL) {
        tac_sim_free(held->sim);
        tac_body_free(held->body);
        tac_free(held->u);
        tac_ctx_free(held->ctx);
        free(held);
    }
}
