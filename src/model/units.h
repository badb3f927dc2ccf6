/* SPDX-License-Identifier: Apache-2.0 */
/* Units: powers of the base units and one factor; reading "nmol/L/h", comparing, naming. */
#ifndef TAC_MODEL_UNITS_H
#define TAC_MODEL_UNITS_H

#include "base/buf.h"
#include "base/source.h"

#include <stdbool.h>

typedef enum tac_dimension {
    TAC_DIM_LENGTH,      /* metre */
    TAC_DIM_MASS,        /* kilogram */
    TAC_DIM_TIME,        /* second */
    TAC_DIM_TEMPERATURE, /* kelvin; degC is a difference here, no offset */
    TAC_DIM_SUBSTANCE,   /* mole */
    TAC_DIM_CURRENT,     /* ampere */
    TAC_DIM_LIGHT,       /* candela; lux = candela / metre^2 */
    TAC_DIM_ITEM,        /* counted things: cells, TCID50, enzyme units */
    TAC_N_DIM
} tac_dimension;

/** value in SI = factor * value; powers may be fractions (sqrt of an area). */
typedef struct tac_unit {
    double power[TAC_N_DIM];
    double factor;
} tac_unit;

extern const tac_unit TAC_UNIT_ONE;

/** Names that a file defines on top of the built-in ones. */
typedef struct tac_unit_table tac_unit_table;

tac_unit_table *tac_unit_table_create(void);
void tac_unit_table_free(tac_unit_table *table);

/** Define or redefine a name, also a built-in one; false when memory is short. */
TAC_MUST_CHECK bool tac_unit_define(tac_unit_table *table, const char *name, size_t n,
                                    const tac_unit *unit);

/** Find a name: first the table's own (table may be NULL), then SI base units and the usual physiological ones. */
bool tac_unit_find(const tac_unit_table *table, const char *name, size_t n, tac_unit *unit_out);

/**
 * Read a unit expression: products, quotients and powers of names and numbers, such as "nmol/L/h",
 * "1/min", "mL/min/mmHg", "cm^2", "1e9/L", "1", "%".
 *
 * Errors  TAC_E_UNITS  an unknown name (nearest known one in the message) or a syntax error, at its span
 */
TAC_MUST_CHECK tac_status tac_unit_read(tac_ctx *ctx, const tac_unit_table *table,
                                        const tac_source *source, tac_span span,
                                        tac_unit *unit_out);

/** The same for a text that stands nowhere; false when it cannot be read. */
bool tac_unit_parse(const char *text, tac_unit *unit_out);

tac_unit tac_unit_mul(tac_unit a, tac_unit b);
tac_unit tac_unit_div(tac_unit a, tac_unit b);
tac_unit tac_unit_pow(tac_unit a, double power);

/** Same powers, whatever the factors. */
bool tac_unit_same_dimension(const tac_unit *a, const tac_unit *b);

/** Same powers and factors equal to 1e-9. */
bool tac_unit_equal(const tac_unit *a, const tac_unit *b);

/** No dimension (the factor may differ from 1, as in %). */
bool tac_unit_is_pure(const tac_unit *a);

/**
 * Append a readable name: a built-in one, one of the table's with "_per_" read as "/", a quotient of usual ones, else
 * a product of base units.
 */
void tac_unit_print(tac_buf *buf, const tac_unit_table *table, const tac_unit *unit);

/** Append a unit's name as people write it: "U_per_L" as U/L, degC as degC (though it equals kelvin). */
void tac_unit_print_name(tac_buf *buf, const tac_unit_table *table, const char *name, size_t n);

/** Append what numbers in `from` are multiplied by to be in `to` (same dimension): "60 (60 min/h)". */
void tac_unit_print_factor(tac_buf *buf, const tac_unit *from, const tac_unit *to);

#endif
