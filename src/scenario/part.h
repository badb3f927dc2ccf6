/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The eight parts that the body is made of by region, and texts that stand for several of them.
 *
 * A table says "lymph.vessel_{r}.flow" for all eight, "lifestyle.work_{leg}" for both thighs and calves.
 */
#ifndef TAC_SIM_PART_H
#define TAC_SIM_PART_H

#include "base/arena.h"

#include <stdbool.h>

/* head (with neck), trunk, and arm, thigh, calf (lower leg with foot) on the left and on the right */
#define TAC_N_PART 8

/** "head", "trunk", "arm_l", "arm_r", "thigh_l", "thigh_r", "calf_l", "calf_r". */
const char *tac_part_name(size_t part);

/** The same in words: "head", "left lower leg". */
const char *tac_part_title(size_t part);

/** The part on the other side; the part itself for head and trunk. */
size_t tac_part_mirror(size_t part);

/**
 * Parts that a group of letters stands for: "r" or "body" all, "leg" thighs and calves, "arm" both, "arm_l" one.
 *
 * Returns  a set of bits, bit k for part k; 0 when the group is unknown
 */
unsigned tac_part_group(const char *group, size_t n);

/** The same without those of the other side; side 'l' or 'r'. */
unsigned tac_part_on_side(unsigned parts, char side);

/** True when the text has a {group}. */
bool tac_template_is(const char *text);

/** Parts of the text's {group}; 0 when the group is unknown or not closed. */
unsigned tac_template_parts(const char *text);

/** The text with the part's name in place of its {group}; the text itself where there is none. NULL: no memory. */
const char *tac_template_fill(tac_arena *arena, const char *text, size_t part);

#endif
