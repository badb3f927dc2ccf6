/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model after reading: flat list of symbols with equations in one graph, names as the text has them.
 *
 * Modules, ports, imports and `is` are resolved here; nothing is ordered, simplified or differentiated.
 */
#ifndef TAC_MODEL_MODEL_H
#define TAC_MODEL_MODEL_H

#include "base/arena.h"
#include "base/map.h"
#include "base/source.h"
#include "model/about.h"
#include "model/expr.h"
#include "model/units.h"

#include <stdbool.h>

typedef enum tac_symbol_kind {
    TAC_SYMBOL_PARAMETER, /* a number with a unit, constant or not (SBML: parameter) */
    TAC_SYMBOL_COMPARTMENT,
    TAC_SYMBOL_SPECIES
} tac_symbol_kind;

/* How a symbol gets its value after time 0. */
typedef enum tac_symbol_role {
    TAC_ROLE_CONSTANT, /* never changes */
    TAC_ROLE_INPUT,    /* `var` without a rule: whatever runs the model may change it */
    TAC_ROLE_STATE,    /* rate rule */
    TAC_ROLE_ASSIGNED  /* assignment rule */
} tac_symbol_role;

/** Where in which file. */
typedef struct tac_origin {
    uint32_t source; /* index into tac_model.sources */
    tac_span span;
} tac_origin;

typedef struct tac_symbol {
    const char *id; /* flat name with dots, "stress.crh" */
    tac_symbol_kind kind;
    tac_symbol_role role;
    bool has_unit;
    tac_unit unit;
    const char *unit_text; /* as written, "nmol/L"; "" when none */
    bool has_value;        /* a number stands in the text or in the parameter table */
    double value;
    tac_expr initial;   /* initial assignment `x = expression`, or TAC_EXPR_NONE */
    tac_expr rule;      /* assignment rule `x := expression`, or TAC_EXPR_NONE */
    tac_expr rate;      /* rate rule `x' = expression`, or TAC_EXPR_NONE */
    uint32_t parameter; /* row of the parameter table, or UINT32_MAX */
    uint32_t place;     /* SPECIES: its compartment, or UINT32_MAX */
    uint32_t amount; /* SPECIES: symbol of its amount where its place changes size, or UINT32_MAX */
    uint32_t amount_of; /* the species whose amount this symbol is, or UINT32_MAX */
    tac_expr
        given_start; /* SPECIES with an amount: its start as the text has it, or TAC_EXPR_NONE */
    tac_expr given_rate;    /* ... and its rate rule */
    bool is_amount;         /* SPECIES: its name means an amount, else a concentration */
    bool is_boundary;       /* SPECIES: reactions do not change it */
    bool is_const;          /* declared so */
    bool is_reaction;       /* ASSIGNED, its rule is the rate of a reaction */
    bool is_reversible;     /* of a reaction: -> and not => */
    bool is_once;           /* ASSIGNED by an initial value (k = 2*a), not by a rule */
    const char *note;       /* the comment at its declaration, "" when none */
    tac_origin origin;      /* its declaration */
    tac_origin rule_origin; /* the rule or rate rule */
    tac_origin initial_origin;
} tac_symbol;

typedef enum tac_basis {
    TAC_BASIS_NONE,
    TAC_BASIS_MEASURED,
    TAC_BASIS_FITTED,
    TAC_BASIS_DERIVED,
    TAC_BASIS_ASSUMED
} tac_basis;

/** One row of a parameter table. NaN where a cell is empty. Texts live in the model's arena. */
typedef struct tac_parameter {
    const char *id;
    double value;
    const char *unit;
    double low; /* two-sided 95 % range of what is not known */
    double high;
    double spread; /* coefficient of variation between people */
    tac_basis basis;
    const char *source; /* keys of references.bib, parted by commas */
    const char *note;
    uint32_t symbol; /* its symbol, or UINT32_MAX */
    double
        least; /* what is possible at all, by tac_model_bound_parameters(); infinite where nothing is said */
    double most;
    tac_span value_span; /* in the model's table, with those of low and high */
    tac_span low_span;
    tac_span high_span;
} tac_parameter;

/** What an event sets, all at once. */
typedef struct tac_change {
    uint32_t symbol; /* a state */
    tac_expr value;
    tac_expr size; /* what the value is multiplied with when the event happens, or TAC_EXPR_NONE */
} tac_change;

/** Something that happens when a condition becomes true. */
typedef struct tac_model_event {
    const char *id; /* flat name */
    tac_origin origin;
    tac_expr trigger;
    tac_expr delay;     /* TAC_EXPR_NONE: at once */
    tac_expr priority;  /* TAC_EXPR_NONE: none said */
    bool is_persistent; /* happens even when its trigger is false again after the delay */
    bool was_true;      /* the trigger counts as true before the start */
    bool is_late;       /* values are computed after the delay, not at the trigger */
    tac_change *changes;
    size_t n_change;
} tac_model_event;

/** One species in one reaction: what a unit of the reaction adds to it. */
typedef struct tac_flux {
    uint32_t reaction; /* symbol of the reaction, whose rule is its rate */
    uint32_t species;
    tac_expr amount; /* without sign */
    bool is_product; /* else it is taken away */
    bool is_boundary;
    uint32_t equation; /* private to this room */
} tac_flux;

/** Who acts on a reaction without being used up. */
typedef struct tac_interaction {
    const char *id;
    uint32_t species;
    uint32_t reaction;
    tac_influence influence;
} tac_interaction;

/** A word about a symbol, an event, an interaction, an instance, or "" the model. */
typedef struct tac_about {
    const char *id;   /* flat name of what it is about; of a symbol its id */
    const char *kind; /* "name", "sboTerm", or a word of about.h */
    const char *text;
} tac_about;

/** A unit that numbers in formulae have; nodes of the graph carry its index plus 1. */
typedef struct tac_number_unit {
    tac_unit unit;
    const char *text; /* as written */
} tac_number_unit;

/** A factor of a name; see tac_equation_factor(). */
typedef struct tac_name_factor {
    uint32_t symbol;
    uint32_t next; /* UINT32_MAX: the last */
} tac_name_factor;

/* What the unit check needs and nobody else: see equations.h. */
struct tac_equation;
struct tac_library;

typedef struct tac_model {
    const char *name;
    tac_arena *arena;
    tac_source *sources; /* [n_source] every file read, with its text */
    size_t n_source;
    tac_graph *graph; /* symbol nodes carry indices into `symbols` */
    tac_symbol *symbols;
    size_t n_symbol;
    tac_map *by_id; /* id -> symbol; merged names lead to the survivor */
    tac_unit_table *units;
    tac_parameter *parameters; /* [n_parameter] in the order of the table */
    size_t n_parameter;
    tac_source table;        /* the text that they stand in */
    tac_model_event *events; /* [n_event] in the arena */
    size_t n_event;
    tac_flux
        *fluxes; /* [n_flux] in the arena; those of a reaction stand together, reactants first */
    size_t n_flux;
    tac_interaction *interactions; /* [n_interaction] in the arena */
    size_t n_interaction;
    tac_about *abouts; /* [n_about] in the arena */
    size_t n_about;
    tac_number_unit *number_units; /* [n_number_unit] in the arena */
    size_t n_number_unit;
    bool is_imported; /* from SBML: units are often missing there and are not checked */
    /* private to this room */
    struct tac_equation *equations; /* [n_equation] every rule as it was written */
    size_t n_equation;
    tac_map *factor_of; /* flat name -> index into factors; NULL where no name has one */
    tac_name_factor *factors;
    struct tac_library *library;
} tac_model;

/**
 * Read the main model of an Antimony file (the one with a star, else the last) and all that it imports.
 *
 * Ownership  *model_out is new: tac_model_free()
 * Errors     TAC_E_FILE    a file cannot be read
 *            TAC_E_SYNTAX  every error of the grammar, up to 20
 *            TAC_E_MODEL   an unknown model or port, a symbol with two rules, a cycle of imports ...
 */
TAC_MUST_CHECK tac_status tac_model_read_file(tac_ctx *ctx, const char *path,
                                              tac_model **model_out);

/** The same for a text; imports are looked up beside `name`. */
TAC_MUST_CHECK tac_status tac_model_read_text(tac_ctx *ctx, const char *name, const char *text,
                                              size_t n, tac_model **model_out);

/** Free a model; NULL is accepted. */
void tac_model_free(tac_model *model);

/**
 * Join a parameter table (models/parameters.tsv): values and units go to the symbols of the same id.
 *
 * Errors  TAC_E_MODEL  a row without unit, basis or source, an unknown id, a value outside low..high, a
 *                      second row for an id, a value both in the text and in the table
 *         TAC_E_UNITS  a unit that cannot be read, or another than the text declares
 */
TAC_MUST_CHECK tac_status tac_model_set_parameters(tac_ctx *ctx, tac_model *model,
                                                   const char *path);

/**
 * Hold the parameters against what is possible (models/possible.tsv: `parameters low high why`).
 *
 * A row's patterns are ids in which * stands for any letters; of several rows that fit a parameter each one counts. A bound with > or < in front is not itself possible. Rows are in the unit of the parameter.
 *
 * Errors  TAC_E_MODEL   a value, low or high outside: place in the table of parameters, what was found, what is possible, why
 *         TAC_E_SYNTAX  a wrong row of the table of what is possible
 */
TAC_MUST_CHECK tac_status tac_model_bound_parameters(tac_ctx *ctx, tac_model *model,
                                                     const char *path);

/**
 * Check that everything has a value, that assignment rules have no cycle and that the units of every
 * equation agree, factors included.
 *
 * A model in which nothing has a unit is not checked for units. A number without unit fits where it is 0, where
 * dimensionless is wanted, and alone as the value of a symbol (x = 3), which is then in the symbol's unit.
 *
 * Errors  TAC_E_MODEL, TAC_E_UNITS  all errors, up to 20, each with file, line, column and caret; a missing
 *                                   conversion is named with its factor
 */
TAC_MUST_CHECK tac_status tac_model_check(tac_ctx *ctx, const tac_model *model);

/**
 * Check the units of every equation as far as units are given: those of an SBML model may be missing, and its numbers need
 * none. For an Antimony model this is part of tac_model_check().
 *
 * Errors  TAC_E_UNITS  each disagreement with its place, up to 20
 */
TAC_MUST_CHECK tac_status tac_model_check_units(tac_ctx *ctx, const tac_model *model);

/** The unit of time: `time_unit` where the text defines it, else the hour; in SBML what it says, 1 where it does not. */
tac_unit tac_model_time_unit(const tac_model *model);

/** Hours in one unit of the model's time; NaN where the model does not say what its time is measured in. */
double tac_model_hours(const tac_model *model);

/**
 * The number of a unit for tac_graph_quantity(), plus 1; 0 where there are too many to be kept. `text` [n] is how it was
 * written; where n is 0 it is spelled out.
 *
 * Errors  TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_model_note_unit(tac_ctx *ctx, tac_model *model, const tac_unit *unit,
                                              const char *text, size_t n, uint32_t *number_out);

/** Find a symbol by its flat name; UINT32_MAX when there is none. */
uint32_t tac_model_find(const tac_model *model, const char *id);

/**
 * Mark the symbols that some equation, start value or event uses.
 *
 * Ownership  *is_used_out [n_symbol] is new: tac_free()
 * Errors     TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_model_mark_used(tac_ctx *ctx, const tac_model *model,
                                              bool **is_used_out);

#endif
