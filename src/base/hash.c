/* SPDX-License-Identifier: Apache-2.0 */
/* FNV-1a; see hash.h. */
#include "base/hash.h"

uint64_t tac_hash_add(uint64_t hash, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++) {
        hash = (hash ^ at[i]) * 0x100000001B3ULL;
    }
    return hash;
}
