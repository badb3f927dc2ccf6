/* SPDX-License-Identifier: Apache-2.0 */
/* What chance brings to one person: when virus is met, and the numbers that decide whether it takes. */
#ifndef TAC_SIM_LUCK_H
#define TAC_SIM_LUCK_H

#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>

/** Whose luck it is. The same person meets the same in all arms, whatever the number of threads. */
typedef struct tac_luck {
    uint64_t seed;
    uint64_t member;
    const double *parameters; /* of the member, [n_parameter] of the body; borrowed */
} tac_luck;

/**
 * The random numbers of one event of the calendar, one stream for all its occurrences.
 *
 * An event of life has the same stream in all arms; the n-th of one programme that of the n-th of another.
 */
tac_rng tac_luck_stream(const tac_luck *luck, bool is_programme, size_t event);

/** Hours until a Poisson process of this rate (1/h, above 0) brings the next one. */
double tac_luck_wait_h(tac_rng *rng, double rate_per_h);

#endif
