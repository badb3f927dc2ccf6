/* SPDX-License-Identifier: Apache-2.0 */
/* Rules as they were written, and how the names in them are found. */
#ifndef TAC_MODEL_EQUATIONS_H
#define TAC_MODEL_EQUATIONS_H

#include "model/model.h"
#include "model/syntax.h"

/** What an instance's units of time and of what reacts are in those of the model around it. */
typedef struct tac_conversion {
    const struct tac_conversion *outer; /* of the model around, or NULL */
    const tac_syntax *time;             /* timeconv, or NULL */
    const tac_syntax *extent;           /* extentconv, or NULL */
    const char *prefix;                 /* of the model around, whose names both use */
    uint32_t source;
} tac_conversion;

/** One rule, rate, initial value, reaction or event in one instance of a module. */
typedef struct tac_equation {
    uint32_t symbol;         /* UINT32_MAX for EVENT and ALGEBRAIC */
    tac_statement_kind kind; /* INITIAL, RULE, RATE, REACTION, EVENT or ALGEBRAIC */
    const tac_syntax *value; /* NULL for EVENT, and for a REACTION without a rate */
    const tac_statement *statement;
    const tac_conversion *conversion; /* of the instance, or NULL */
    bool is_rate;                     /* INITIAL or RULE that gives the rate of a reaction */
    bool has_rate_apart;              /* REACTION whose rate such an equation gives */
    bool is_dropped;                  /* another one goes before it */
    const char *prefix;               /* of the instance with its dot, "stress."; "" at the top */
    uint32_t source;
    tac_span span; /* of the name on the left */
} tac_equation;

/** Flat symbol of a name as it stands in an instance; UINT32_MAX when there is none. */
uint32_t tac_equation_symbol(const tac_model *model, const char *prefix, const char *name);

/**
 * Factors that a name of an instance is multiplied with to be its symbol (a.x * factor is y): the first of a list in
 * model->factors, or UINT32_MAX where they are one.
 */
uint32_t tac_equation_factor(const tac_model *model, const char *prefix, const char *name);

/** Join the modules of model->library, beginning with its main one, into flat symbols and equations. */
TAC_MUST_CHECK tac_status tac_flatten(tac_ctx *ctx, tac_model *model);

/** Turn each equation into expressions of the graph and decide what each symbol is. */
TAC_MUST_CHECK tac_status tac_build_expressions(tac_ctx *ctx, tac_model *model);

/** An algebraic rule, 0 = value. */
typedef struct tac_algebraic {
    tac_expr value;
    uint32_t equation;
} tac_algebraic;

/** What algebraic rules say, until it has become rules of symbols; fluxes stand in the model. */
typedef struct tac_network {
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
