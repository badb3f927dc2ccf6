/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of joining modules share: flat names on their way to symbols, and what waits until all are known. */
#ifndef TAC_MODEL_FLATTEN_H
#define TAC_MODEL_FLATTEN_H

#include "model/equations.h"

/** A flat name; several may end in one symbol. */
typedef struct tac_flat_name {
    const char *id;
    uint32_t parent; /* towards the name that survives; itself at the root */
    uint32_t factor; /* flat name of a factor: this name times it is the parent; UINT32_MAX: 1 */
    uint32_t symbol; /* of a root, once symbols exist */
    tac_constness constness;
    bool is_compartment;
    bool is_species;
    bool is_amount;
    bool is_boundary;
    bool is_deleted;     /* taken out by `delete` */
    uint32_t place;      /* flat name of its compartment, or UINT32_MAX */
    uint32_t near_place; /* that of a reaction that it takes part in */
    bool has_unit;
    tac_unit unit;
    const char *unit_text; /* as people write it */
    const char *note;
    tac_origin origin; /* declaration, or first use */
    bool is_declared;
} tac_flat_name;

/** A statement that can only be understood when all names are known, in its instance. */
typedef struct tac_flat_pending {
    const tac_statement
        *statement;     /* DELETE, ABOUT, INTERACTION, or an INSTANCE in a compartment */
    const char *prefix; /* of the instance that says it */
    uint32_t source;
    struct tac_flat_pending *next;
} tac_flat_pending;

typedef struct tac_flattener {
    tac_ctx *ctx;
    tac_model *model;
    const tac_library *library;
    const tac_conversion *conversion; /* of the instance at hand */
    tac_flat_name *names;
    size_t n_name;
    size_t cap_name;
    size_t cap_equation;
    size_t n_statement;
    tac_map *instances; /* prefix with its dot -> anything */
    tac_flat_pending *pending;
    tac_flat_pending **pending_end;
    tac_map *unit_texts; /* name of a unit -> index into `texts` */
    const char **texts;
    size_t n_text;
    size_t cap_text;
    bool has_factors;
    bool is_too_large;
    tac_status result; /* the last error that did not stop the work */
} tac_flattener;

tac_status tac_flat_no_memory(const tac_flattener *f);

const tac_source *tac_flat_source(const tac_flattener *f, uint32_t i);

/** prefix + name in the arena; NULL when memory is short. */
const char *tac_flat_join(const tac_flattener *f, const char *prefix, const char *name);

/** Index of a flat name, which is made when it is new. */
TAC_MUST_CHECK tac_status tac_flat_name_of(tac_flattener *f, const char *prefix, const char *name,
                                           tac_origin origin, uint32_t *i_out);

/** The name that survives for it. */
uint32_t tac_flat_root(const tac_flattener *f, uint32_t i);

/** Names with dots must be of instances. */
TAC_MUST_CHECK tac_status tac_flat_check_names(tac_flattener *f);

/** Take out what `delete` names: the name, reactions that it takes part in, formulae with it inside its instance. */
TAC_MUST_CHECK tac_status tac_flat_delete(tac_flattener *f);

/** Species without a compartment are in that of their instance. */
TAC_MUST_CHECK tac_status tac_flat_place(tac_flattener *f);

/** What a model says of a name goes before what its instances say of it; J = rate is the rate of reaction J. */
TAC_MUST_CHECK tac_status tac_flat_settle(tac_flattener *f);

/** Factors between names become lists of symbols. */
TAC_MUST_CHECK tac_status tac_flat_list_factors(tac_flattener *f);

/** Annotations and interactions find what they speak of. */
TAC_MUST_CHECK tac_status tac_flat_attach(tac_flattener *f);

#endif
