/* SPDX-License-Identifier: Apache-2.0 */
/* Draws what is not known: each member of an ensemble gets parameters from the ranges of the table. */
#ifndef TAC_SIM_DRAW_H
#define TAC_SIM_DRAW_H

#include "compile/image.h"

#include <stdbool.h>
#include <stdint.h>

/**
 * Fill p with the parameters of a member: member 0 has the nominal values.
 *
 * A row with low and high is drawn so that the nominal value is its median and low, high are its 2.5 % and 97.5 %
 * quantiles: log-normal where low > 0, else normal, each half with its own width, cut at 3 standard
 * deviations. Each number depends on (seed, member, id) only.
 */
void tac_draw_member(const tac_image *image, uint64_t seed, uint64_t member, double *p);

/** The value of a row with low and high at the standard score z of what is not known, within what is possible. */
double tac_draw_value_at(const tac_image_parameter *row, double z);

/** Who: a person (how people differ) in a world (what is not known). A mirror image has each score with the other sign. */
typedef struct tac_draw_key {
    uint64_t seed;
    uint64_t world;
    uint64_t person;
    bool mirrors_world;
    bool mirrors_person;
} tac_draw_key;

/** Fill p with the parameters of a world: ranges of what is not known as tac_draw_member() does. */
void tac_draw_world(const tac_image *image, const tac_draw_key *key, double *p);

/** The standard score of a person for a purpose, such as a parameter's id: normal, cut at 3. */
double tac_draw_score(const tac_draw_key *key, const char *purpose);

/**
 * The value of a row for a person with the standard score z: log-normal around `value` where that is positive, else
 * normal, with the row's spread as coefficient of variation; within what is possible.
 */
double tac_draw_spread(const tac_image_parameter *row, double value, double z);

#endif
