/* SPDX-License-Identifier: Apache-2.0 */
/* A hash of 64 bits that tells texts apart; not for secrets. */
#ifndef TAC_BASE_HASH_H
#define TAC_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define TAC_HASH_START 0xCBF29CE484222325ULL

/** Go on with n bytes: FNV-1a (Fowler, Noll, Vo; RFC 9923). */
uint64_t tac_hash_add(uint64_t hash, const void *bytes, size_t n);

#endif
