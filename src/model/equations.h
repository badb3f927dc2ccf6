/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as they were written, and how the names in them are found. */
#ifndef TAC_MODEL_EQUATIONS_H
#define TAC_MODEL_EQUATIONS_H

#include "model/model.h"
#include "model/syntax.h"

/** One rule, rate, initial value, reaction or event in one instance of a module. */
typedef struct tac_equation {
    uint32_t symbol;         /* UINT32_MAX for EVENT and ALGEBRAIC */
    tac_statement_kind kind; /* INITIAL, RULE, RATE, REACTION, EVENT or ALGEBRAIC */
    const tac_syntax *value; /* NULL for EVENT, and for a REACTION without a rate */
    const tac_statement *statement;
    const char *prefix; /* of the instance with its dot, "stress."; "" at the top */
    uint32_t source;
    tac_span span; /* of the name on the left */
} tac_equation;

/** Flat symbol of a name as it stands in an instance; UINT32_MAX when there is none. */
uint32_t tac_equation_symbol(const tac_model *model, const char *prefix, const char *name);

/** Join the modules of model->library, beginning with its main one, into flat symbols and equations. */
TAC_MUST_CHECK tac_status tac_flatten(tac_ctx *ctx, tac_model *model);

/** Turn each equation into expressions of the graph and decide what each symbol is. */
TAC_MUST_CHECK tac_status tac_build_expressions(tac_ctx *ctx, tac_model *model);

/** One species in one reaction: what a unit of the reaction adds to it. */
typedef struct tac_flux {
    uint32_t reaction; /* symbol of the reaction, whose rule is its rate */
    uint32_t species;
    tac_expr amount; /* with its sign: reactants are taken away */
    bool is_boundary;
    uint32_t equation;
} tac_flux;

/** An algebraic rule, 0 = value. */
typedef struct tac_algebraic {
    tac_expr value;
    uint32_t equation;
} tac_algebraic;

/** What reactions and algebraic rules say, until it has become rates and rules of symbols. */
typedef struct tac_network {
    tac_flux *fluxes; /* [n_flux] */
    size_t n_flux;
    tac_algebraic *algebraics; /* [n_algebraic] */
    size_t n_algebraic;
} tac_network;

/**
 * Turn reactions into rates of species, and settle who is a state, a constant or assigned.
 *
 * Meaning  docs/mathematics.md, "From reactions to rates"
 * Errors   TAC_E_MODEL  a species with a rule that reactions would change, an event that changes a constant or
 *                       what a rule gives
 */
TAC_MUST_CHECK tac_status tac_network_lower(tac_ctx *ctx, tac_model *model, tac_network *network);

/**
 * Solve algebraic rules, each for a variable that nothing else determines, and make them assignment rules.
 *
 * Errors  TAC_E_MODEL  no such variable, or the rule is not linear in it
 */
TAC_MUST_CHECK tac_status tac_solve_algebraic(tac_ctx *ctx, tac_model *model,
                                              const tac_network *network);

/**
 * Values that are computed once from what changes (const k = 2*x) become states that stay where they start.
 *
 * Errors  TAC_E_MODEL   k is no constant by its declaration: k := 2*x may be meant
 *         TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_hold_initial(tac_ctx *ctx, tac_model *model);

#endif
