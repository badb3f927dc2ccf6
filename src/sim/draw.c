/* SPDX-License-Identifier: Apache-2.0 */
/* Split normal and log-normal draws; see draw.h. */
#include "sim/draw.h"

#include "base/rng.h"

#include <math.h>
#include <string.h>

/* Quantile of the standard normal at 97.5 %. */
static const double Z_975 = 1.959963984540054;

/* Farther out the tails are our own invention, and a model should not be judged by them. */
static const double Z_MAX = 3.0;

static double draw_z(uint64_t seed, uint64_t member, const char *id)
{
    tac_rng rng = tac_rng_for(seed, member, id);
    double z = tac_rng_normal(&rng);
    while (fabs(z) > Z_MAX) {
        z = tac_rng_normal(&rng);
    }
    return z;
}

/** The value of a row at the standard score z. */
static double value_at(const tac_image_parameter *row, double z)
{
    const double bound = z < 0.0 ? row->low : row->high;
    const double share = fabs(z) / Z_975;
    if (row->low > 0.0 && row->value > 0.0) {
        return row->value * pow(bound / row->value, share);
    }
    return row->value + (bound - row->value) * share;
}

void tac_draw_member(const tac_image *image, uint64_t seed, uint64_t member, double *p)
{
    memcpy(p, image->parameters, image->n_parameter * sizeof *p);
    if (member == 0) {
        return;
    }
    for (size_t i = 0; i < image->n_row; i++) {
        const tac_image_parameter *row = &image->rows[i];
        if (row->slot == TAC_SLOT_PARAMETER && isfinite(row->low) && isfinite(row->high)) {
            const double drawn = value_at(row, draw_z(seed, member, row->id));
            p[row->index] = fmin(fmax(drawn, row->least), row->most);
        }
    }
}

void tac_draw_world(const tac_image *image, const tac_draw_key *key, double *p)
{
    memcpy(p, image->parameters, image->n_parameter * sizeof *p);
    for (size_t i = 0; i < image->n_row; i++) {
        const tac_image_parameter *row = &image->rows[i];
        if (row->slot == TAC_SLOT_PARAMETER && isfinite(row->low) && isfinite(row->high)) {
            const double z = draw_z(key->seed, key->world + 1, row->id);
            const double drawn = value_at(row, key->mirrors_world ? -z : z);
            p[row->index] = fmin(fmax(drawn, row->least), row->most);
        }
    }
}

double tac_draw_score(const tac_draw_key *key, const char *purpose)
{
    const double z = draw_z(~key->seed, key->person + 1, purpose);
    return key->mirrors_person ? -z : z;
}

double tac_draw_spread(const tac_image_parameter *row, double value, double z)
{
    const double drawn = value > 0.0 ? value * exp(z * sqrt(log1p(row->spread * row->spread)))
                                     : value + z * row->spread * fabs(value);
    return fmin(fmax(drawn, row->least), row->most);
}

double tac_draw_value_at(const tac_image_parameter *row, double z)
{
    return fmin(fmax(value_at(row, z), row->least), row->most);
}
