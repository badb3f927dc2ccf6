/* SPDX-License-Identifier: Apache-2.0 */
/* Private to this room: the names of units that need no definition, and those that a file defines. */
#ifndef TAC_MODEL_UNIT_NAMES_H
#define TAC_MODEL_UNIT_NAMES_H

#include "model/units.h"

/** A built-in name; of several names for one unit the first is the one that is printed. */
typedef struct tac_unit_name {
    const char *name;
    double factor;
    signed char power[TAC_N_DIM];
} tac_unit_name;

extern const tac_unit_name TAC_UNIT_NAMES[];
extern const size_t TAC_N_UNIT_NAME;

/** The unit of a row of the list. */
tac_unit tac_unit_of_name(const tac_unit_name *named);

/** Find a built-in name. */
bool tac_unit_built_in(const char *name, size_t n, tac_unit *unit_out);

/** Names of a file's own table, in the order of definition; NULL has none. */
size_t tac_unit_table_n(const tac_unit_table *table);
bool tac_unit_find_own(const tac_unit_table *table, const char *name, size_t n, tac_unit *unit_out);
const char *tac_unit_table_name(const tac_unit_table *table, size_t i, tac_unit *unit_out);

#endif
