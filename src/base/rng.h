/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that depend only on (seed, person, purpose): adding a person changes no other. */
#ifndef TAC_BASE_RNG_H
#define TAC_BASE_RNG_H

#include <stdint.h>

typedef struct tac_rng {
    uint64_t key;
    uint64_t counter;
} tac_rng;

/** A stream of its own for this seed, person and purpose (a short word, such as a parameter's id). */
tac_rng tac_rng_for(uint64_t seed, uint64_t person, const char *purpose);

/** Uniform in (0, 1), both ends excluded, 53 bits. */
double tac_rng_uniform(tac_rng *rng);

/** Standard normal by the inverse distribution function (Wichura 1988, AS 241). */
double tac_rng_normal(tac_rng *rng);

/** Inverse of the standard normal distribution function, 0 < p < 1 (Wichura 1988, Appl Stat 37:477). */
double tac_normal_quantile(double p);

#endif
