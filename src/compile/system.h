/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model as a system of equations: states, constants, inputs, and one graph in which everything
 * depends on them alone.
 *
 * Symbol nodes of this graph carry slots (tac_slot_node): which array, which place.
 *
 * States that never move by themselves (what events set, what is remembered from the start) come last, so that
 * a solver may leave them out. Triggers, delays and values of events are further roots beside rates and outputs
 * (events.h), each with a part of its own (tape.h). Reactions, amounts and algebraic rules were rewritten before
 * this stage, in model/. Derivatives by constants need no more than tac_differentiate() for a constant's slot.
 */
#ifndef TAC_COMPILE_SYSTEM_H
#define TAC_COMPILE_SYSTEM_H

#include "compile/events.h"
#include "compile/image.h"

/** The number that a symbol node carries. */
uint32_t tac_slot_node(tac_slot slot, uint32_t index);
tac_slot tac_node_slot(uint32_t number);
uint32_t tac_node_index(uint32_t number);

typedef struct tac_system {
    tac_graph *graph;
    /* [n] model symbol of each state, constant, input, assigned variable */
    uint32_t *states;
    uint32_t *parameters;
    uint32_t *inputs;
    uint32_t *outputs;
    size_t n_state;
    size_t n_moving; /* of the states: the others have the rate 0 */
    size_t n_parameter;
    size_t n_input;
    size_t n_output;
    tac_slot *slots;   /* [n_symbol] of the model */
    uint32_t *indices; /* [n_symbol] */
    tac_expr *rates;   /* [n_state] */
    tac_expr *starts;  /* [n_state] */
    tac_expr *values;  /* [n_output] */
    tac_system_events events;
    tac_arena *arena; /* texts and lists of the events */
    size_t n_jac;
    int64_t *jac_column; /* [n_state + 1] */
    int64_t *jac_row;    /* [n_jac] */
    tac_expr *jac;       /* [n_jac] */
} tac_system;

/**
 * Build the system of a checked model.
 *
 * Ownership  *system_out is new: tac_system_free(); the model is not kept
 */
TAC_MUST_CHECK tac_status tac_system_build(tac_ctx *ctx, const tac_model *model,
                                           tac_system **system_out);

/** Lists of events.c: what events are (their expressions are filled in later), and where rates jump. */
TAC_MUST_CHECK tac_status tac_system_add_events(tac_ctx *ctx, const tac_model *model,
                                                tac_system *system);
TAC_MUST_CHECK tac_status tac_system_add_jumps(tac_ctx *ctx, tac_system *system);

/** Free; NULL is accepted. */
void tac_system_free(tac_system *system);

#endif
