/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the chain of lymphangions; see chain.h. */
#include "sim/chain.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "sim/draw.h"
#include "sim/simulate.h"

#include <math.h>
#include <string.h>

/* Emitted at build time from models/lymphangion-chain.ant and its parameters. */
extern const tac_image tac_image_lymphangion_chain;

/* No step may jump over a contraction of some seconds; quick strokes make valves flutter: some 100,000 steps in ten minutes. */
static const tac_sim_options OPTIONS = {.rel_tol = 1e-6, .h_max = 0.5, .n_step_max = 2000000};

/* How long the vessel works alone before a hand comes. */
static const double BEFORE_S = 300.0;
static const double TABLE_SESSION_S = 600.0;
static const double S_PER_MIN = 60.0;

struct tac_chain {
    tac_program *program;
    tac_sim *sim;
    double *u; /* [n_input] */
};

static const tac_image_symbol *symbol_of(const tac_chain *chain, const char *id)
{
    const tac_image_symbol *symbol = tac_program_find(chain->program, id);
    if (symbol == NULL) {
        TAC_BUG("the chain of lymphangions lacks a name");
    }
    return symbol;
}

static double value_of(const tac_chain *chain, const char *id, const double *x)
{
    return tac_sim_value(chain->sim, symbol_of(chain, id), x);
}

static void set(tac_chain *chain, const char *id, double value)
{
    const tac_image_symbol *symbol = symbol_of(chain, id);
    switch (symbol->slot) {
    case TAC_SLOT_PARAMETER: chain->sim->p[symbol->index] = value; return;
    case TAC_SLOT_INPUT: chain->u[symbol->index] = value; return;
    case TAC_SLOT_STATE:
    case TAC_SLOT_OUTPUT: break;
    }
    TAC_BUG("a name of the chain of lymphangions that cannot be set");
}

tac_status tac_chain_create(tac_ctx *ctx, tac_chain **chain_out)
{
    tac_status st = TAC_OK;
    tac_chain *chain = NULL;
    void *memory = NULL;

    *chain_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *chain, &memory));
    chain = memory;
    TAC_TRY(tac_program_from_image(ctx, &tac_image_lymphangion_chain, &chain->program));
    TAC_TRY(tac_sim_create_with(ctx, chain->program, &OPTIONS, &chain->sim));
    TAC_TRY(tac_alloc_doubles(ctx, chain->sim->image->n_input, &chain->u));
    tac_chain_draw(chain, 0, 0);
    *chain_out = chain;
    chain = NULL;
out:
    tac_chain_free(chain);
    return st;
}

void tac_chain_free(tac_chain *chain)
{
    if (chain != NULL) {
        tac_sim_free(chain->sim);
        tac_program_free(chain->program);
        tac_free(chain->u);
        tac_free(chain);
    }
}

void tac_chain_draw(tac_chain *chain, uint64_t seed, uint64_t member)
{
    const tac_image *image = chain->sim->image;
    tac_draw_member(image, seed, member, chain->sim->p);
    memcpy(chain->u, image->inputs, image->n_input * sizeof *chain->u);
}

void tac_chain_set_place(tac_chain *chain, const tac_chain_place *place)
{
    set(chain, "period", place->period_s);
    set(chain, "outlet_pressure", place->outlet_mmHg);
    set(chain, "tissue_pressure_rest", place->tissue_mmHg);
}

size_t tac_chain_n_moment(double session_s)
{
    return (size_t)floor(session_s / TAC_CHAIN_EVERY_S + 1e-9) + 1;
}

static void set_hand(tac_chain *chain, const tac_chain_hand *hand)
{
    set(chain, "hand_peak", hand->peak_mmHg);
    set(chain, "hand_speed", hand->speed_mm_s);
    set(chain, "stroke_period", hand->stroke_period_s);
    set(chain, "hand_width", hand->width_mm);
}

/* A session on its way. */
typedef struct watch {
    tac_chain *chain;
    tac_chain_moment *moments; /* NULL: not kept */
    double balance0;
    double pumped0;
    tac_chain_outcome *outcome;
} watch;

static void see(void *user, size_t i, double t, const double *x)
{
    const watch *w = user;
    const tac_chain *chain = w->chain;
    tac_sim_observe(chain->sim, t, x);
    const tac_chain_moment moment = {.t_s = t,
                                     .hand_mmHg = value_of(chain, "segment_6.outside", x),
                                     .pressure_mmHg = value_of(chain, "segment_6.pressure", x),
                                     .outflow_mm3_min =
                                         S_PER_MIN * value_of(chain, "valve_13.flow", x),
                                     .pumped_mm3 = value_of(chain, "pumped", x) - w->pumped0};
    tac_chain_outcome *o = w->outcome;
    o->peak_pressure_mmHg = fmax(o->peak_pressure_mmHg, moment.pressure_mmHg);
    o->imbalance =
        fmax(o->imbalance, fabs(value_of(chain, "balance", x) - w->balance0) / w->balance0);
    if (w->moments != NULL) {
        w->moments[i] = moment;
    }
}

/** Integrate from sim->x at from_s to sim->x at to_s, under the inputs u. */
static tac_status follow(tac_ctx *ctx, tac_chain *chain, double from_s, double to_s,
                         size_t n_sample, const double *t_sample, watch *w)
{
    tac_sim *sim = chain->sim;
    size_t i_failed = SIZE_MAX;
    tac_sim_set_inputs(sim, chain->u);
    tac_status st = tac_solver_restart(ctx, sim->solver, from_s, sim->x);
    if (st == TAC_OK) {
        st = tac_solver_to(ctx, sim->solver, to_s, n_sample, t_sample, see, w, &i_failed);
    }
    memcpy(sim->x, tac_solver_x(sim->solver), sim->image->n_state * sizeof *sim->x);
    if (st == TAC_E_SOLVER && i_failed < sim->image->n_state) {
        return tac_fail(ctx, st, "the chain of lymphangions could not go on: '%s': %s",
                        sim->image->state_ids[i_failed], sim->image->equations[i_failed]);
    }
    return st;
}

static tac_status check_hand(tac_ctx *ctx, const tac_chain_hand *hand, double session_s)
{
    if (hand->peak_mmHg >= 0.0 && hand->speed_mm_s > 0.0 && hand->stroke_period_s > 0.0
        && hand->width_mm > 0.0 && session_s > 0.0) {
        return TAC_OK;
    }
    return tac_fail(ctx, TAC_E_ARG,
                    "a hand with %g mmHg, %g mm/s, %g s, %g mm for %g s: speed, period, width "
                    "and length must be above 0, pressure not below",
                    hand->peak_mmHg, hand->speed_mm_s, hand->stroke_period_s, hand->width_mm,
                    session_s);
}

tac_status tac_chain_session(tac_ctx *ctx, tac_chain *chain, const tac_chain_hand *hand,
                             double session_s, tac_chain_moment *moments,
                             tac_chain_outcome *outcome_out)
{
    tac_status st = TAC_OK;
    tac_sim *sim = chain->sim;
    double *t_sample = NULL;
    tac_chain_hand lifted = *hand;

    TAC_TRY(check_hand(ctx, hand, session_s));
    const size_t n_moment = tac_chain_n_moment(session_s);
    TAC_TRY(tac_alloc_doubles(ctx, n_moment, &t_sample));
    for (size_t i = 0; i < n_moment; i++) {
        t_sample[i] = fmin(TAC_CHAIN_EVERY_S * (double)i, session_s);
    }
    lifted.peak_mmHg = 0.0;
    set_hand(chain, &lifted);
    tac_sim_start(sim, chain->u);
    TAC_TRY(follow(ctx, chain, -BEFORE_S, 0.0, 0, NULL, NULL));
    set_hand(chain, hand);
    tac_sim_set_inputs(sim, chain->u);
    *outcome_out = (tac_chain_outcome){.peak_pressure_mmHg = -(double)INFINITY};
    tac_sim_observe(sim, 0.0, sim->x);
    watch w = {chain, moments, value_of(chain, "balance", sim->x),
               value_of(chain, "pumped", sim->x), outcome_out};
    see(&w, 0, 0.0, sim->x);
    w.moments = moments == NULL ? NULL : &moments[1];
    TAC_TRY(follow(ctx, chain, 0.0, session_s, n_moment - 1, &t_sample[1], &w));
    outcome_out->outflow_mm3_min =
        (value_of(chain, "pumped", sim->x) - w.pumped0) * S_PER_MIN / session_s;
out:
    tac_free(t_sample);
    return st;
}

tac_status tac_chain_flow(tac_ctx *ctx, const tac_chain_hand *hand, double *flow_mm3_min_out)
{
    tac_status st = TAC_OK;
    tac_chain *chain = NULL;
    tac_chain_outcome outcome;

    TAC_TRY(tac_chain_create(ctx, &chain));
    TAC_TRY(tac_chain_session(ctx, chain, hand, TABLE_SESSION_S, NULL, &outcome));
    *flow_mm3_min_out = outcome.outflow_mm3_min;
out:
    tac_chain_free(chain);
    return st;
}

const char *tac_chain_hash(void)
{
    return tac_image_lymphangion_chain.hash;
}
