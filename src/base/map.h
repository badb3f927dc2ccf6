/* SPDX-License-Identifier: Apache-2.0 */
/* From a text to an index; keys are copied. Open addressing, never shrinks. */
#ifndef TAC_BASE_MAP_H
#define TAC_BASE_MAP_H

#include <tactus/base.h>

#include <stdbool.h>

typedef struct tac_map tac_map;

/** Create an empty map; NULL when memory is short. */
tac_map *tac_map_create(void);

/** Free the map; NULL is accepted. */
void tac_map_free(tac_map *map);

/** Set or replace; false when memory is short. */
TAC_MUST_CHECK bool tac_map_set(tac_map *map, const char *key, size_t n_key, uint32_t value);

/** True and *value_out when the key is there. */
bool tac_map_get(const tac_map *map, const char *key, size_t n_key, uint32_t *value_out);

/** Number of keys. */
size_t tac_map_n(const tac_map *map);

#endif
