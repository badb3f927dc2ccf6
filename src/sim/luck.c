/* SPDX-License-Identifier: Apache-2.0 */
/* Streams of chance, each keyed by who it meets and by which event brings it; see luck.h. */
#include "sim/luck.h"

#include <math.h>
#include <stdio.h>

tac_rng tac_luck_stream(const tac_luck *luck, bool is_programme, size_t event)
{
    char purpose[64];
    snprintf(purpose, sizeof purpose, "luck of %s %zu", is_programme ? "programme" : "life", event);
    return tac_rng_for(luck->seed, luck->member, purpose);
}

double tac_luck_wait_h(tac_rng *rng, double rate_per_h)
{
    return -log(tac_rng_uniform(rng)) / rate_per_h;
}
