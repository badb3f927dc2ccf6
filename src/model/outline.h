/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A flat model as it is written out: names that a format allows, units by name, and species, reactions and events as they
 * were said, where reading has turned them into rates and amounts.
 */
#ifndef TAC_MODEL_OUTLINE_H
#define TAC_MODEL_OUTLINE_H

#include "base/buf.h"
#include "model/model.h"

/** A unit that is used, and its name. */
typedef struct tac_outline_unit {
    tac_unit unit;
    const char *id;
    const char *text; /* for people, "nmol/L" */
} tac_outline_unit;

/** How a species stands in a reaction. */
typedef struct tac_outline_flux {
    const tac_flux *flux;
    const char *id; /* name of the stoichiometry; NULL where it is a number */
    double number;  /* where it is one */
    uint32_t
        symbol; /* the stoichiometry is this symbol and nothing else is; UINT32_MAX: it is flux->amount */
} tac_outline_flux;

typedef struct tac_outline {
    const tac_model *model;
    const char **ids; /* [n_symbol] */
    const char **event_ids;
    const char **interaction_ids; /* [n_interaction] NULL: it has no name of its own */
    uint32_t *unit_of;            /* [n_symbol] index into units, or UINT32_MAX */
    uint32_t *number_unit;        /* [n_number_unit] index into units */
    tac_outline_unit *units;      /* [n_unit] */
    size_t n_unit;
    tac_outline_flux *fluxes; /* [n_flux] */
    bool *is_stoichiometry;   /* [n_symbol] it is written as the name of one */
    bool *is_changed;         /* [n_symbol] by an event, or by reactions */
    bool *is_reacting;        /* [n_symbol] by reactions */
    const char *time_id;      /* name of the unit of time, NULL where the model does not say one */
} tac_outline;

/** What gives a symbol its value, as a text would say it. */
typedef struct tac_outline_value {
    bool is_hidden;   /* the format says it in another way: an amount, a reaction */
    bool is_constant; /* nothing changes it */
    bool is_open;     /* ... in the model, but whatever runs it may */
    bool has_number;  /* `number` is its start */
    double number;
    tac_expr start; /* formula of its start, or TAC_EXPR_NONE */
    tac_expr rule;  /* assignment rule, or TAC_EXPR_NONE */
    tac_expr rate;  /* rate rule, or TAC_EXPR_NONE */
} tac_outline_value;

/**
 * Look at a model before it is written; free with tac_outline_free().
 *
 * `reserved` and, of units, `reserved_units` (each ended by NULL, or NULL) are names that the format keeps for itself.
 * Names live in the model's arena.
 *
 * Errors  TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_outline_make(tac_ctx *ctx, const tac_model *model,
                                           const char *const *reserved,
                                           const char *const *reserved_units, tac_outline *out);
void tac_outline_free(tac_outline *outline);

tac_outline_value tac_outline_value_of(const tac_outline *outline, uint32_t symbol);

/** The id of a unit that is used; NULL where none is this one. */
const char *tac_outline_unit_id(const tac_outline *outline, const tac_unit *unit);

/** The symbol that a change of an event speaks of: of an amount its species. */
uint32_t tac_outline_changed(const tac_outline *outline, const tac_change *change);

/** What is said of a thing as `kind`; NULL when nothing is. */
const char *tac_outline_about(const tac_outline *outline, const char *id, const char *kind);

#endif
