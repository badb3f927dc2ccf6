/* SPDX-License-Identifier: Apache-2.0 */
/* Hash table with linear probing; keys live in an arena. */
#include "base/map.h"

#include "base/alloc.h"
#include "base/arena.h"

#include <string.h>

typedef struct entry {
    const char *key; /* NULL: free */
    size_t n_key;
    uint64_t hash;
    uint32_t value;
} entry;

struct tac_map {
    tac_arena *keys;
    entry *entries; /* [cap], cap a power of two */
    size_t cap;
    size_t n;
};

/** FNV-1a, 64 bits. */
static uint64_t hash_of(const char *key, size_t n_key)
{
    uint64_t h = 1469598103934665603ULL;
    for (size_t i = 0; i < n_key; i++) {
        h = (h ^ (unsigned char)key[i]) * 1099511628211ULL;
    }
    return h;
}

tac_map *tac_map_create(void)
{
    tac_map *map = tac_calloc(1, sizeof(tac_map));
    if (map == NULL) {
        return NULL;
    }
    map->cap = 64;
    map->keys = tac_arena_create();
    map->entries = tac_calloc(map->cap, sizeof(entry));
    if (map->keys == NULL || map->entries == NULL) {
        tac_map_free(map);
        return NULL;
    }
    return map;
}

void tac_map_free(tac_map *map)
{
    if (map != NULL) {
        tac_arena_free(map->keys);
        tac_free(map->entries);
        tac_free(map);
    }
}

/** The entry of the key, or the free one where it would stand. */
static entry *place(entry *entries, size_t cap, const char *key, size_t n_key, uint64_t hash)
{
    size_t i = (size_t)hash & (cap - 1);
    while (entries[i].key != NULL
           && (entries[i].hash != hash || entries[i].n_key != n_key
               || memcmp(entries[i].key, key, n_key) != 0)) {
        i = (i + 1) & (cap - 1);
    }
    return &entries[i];
}

static bool grow(tac_map *map)
{
    const size_t cap = 2 * map->cap;
    entry *entries = tac_calloc(cap, sizeof(entry));
    if (entries == NULL) {
        return false;
    }
    for (size_t i = 0; i < map->cap; i++) {
        const entry *e = &map->entries[i];
        if (e->key != NULL) {
            *place(entries, cap, e->key, e->n_key, e->hash) = *e;
        }
    }
    tac_free(map->entries);
    map->entries = entries;
    map->cap = cap;
    return true;
}

bool tac_map_set(tac_map *map, const char *key, size_t n_key, uint32_t value)
{
    if (4 * (map->n + 1) > 3 * map->cap && !grow(map)) {
        return false;
    }
    const uint64_t hash = hash_of(key, n_key);
    entry *e = place(map->entries, map->cap, key, n_key, hash);
    if (e->key == NULL) {
        const char *copy = tac_arena_text(map->keys, key, n_key);
        if (copy == NULL) {
            return false;
        }
        *e = (entry){copy, n_key, hash, value};
        map->n++;
    }
    e->value = value;
    return true;
}

bool tac_map_get(const tac_map *map, const char *key, size_t n_key, uint32_t *value_out)
{
    const entry *e = place(map->entries, map->cap, key, n_key, hash_of(key, n_key));
    if (e->key == NULL) {
        return false;
    }
    *value_out = e->value;
    return true;
}

size_t tac_map_n(const tac_map *map)
{
    return map->n;
}
