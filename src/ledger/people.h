/* SPDX-License-Identifier: Apache-2.0 */
/* Who takes part in a study: a virtual person of its sex, age and health, drawn in a world of what is not known. */
#ifndef TAC_LEDGER_PEOPLE_H
#define TAC_LEDGER_PEOPLE_H

#include "scenario/evidence.h"
#include "sim/people.h"

/** One of the virtual people of a study: worlds and persons come in mirrored pairs. */
typedef struct tac_member {
    uint64_t seed;
    size_t world;
    size_t twin; /* 0 or 1: the same scores with the other sign */
} tac_member;

/** World and twin of the i-th of the virtual people. */
tac_member tac_member_of(uint64_t seed, size_t i);

/**
 * Set the parameters of one of a group's people: volunteers as tac_people_draw() makes them, with what is known of the
 * group. Where the sexes are mixed, twin 0 is a man and twin 1 a woman.
 *
 * Errors  as tac_people_draw()
 */
TAC_MUST_CHECK tac_status tac_people_set(tac_ctx *ctx, const tac_people *people,
                                         const tac_group *group, tac_member member, double *p);

#endif
