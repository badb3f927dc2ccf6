/* SPDX-License-Identifier: Apache-2.0 */
/* The people of a study from the volunteers of models/population.tsv; see people.h. */
#include "ledger/people.h"

#include <math.h>
#include <string.h>

/* Ages that the formulae of models/person.ant hold for. */
static const double AGE_LOW = 18.0;
static const double AGE_HIGH = 90.0;

tac_member tac_member_of(uint64_t seed, size_t i)
{
    return (tac_member){seed, i / 2, i % 2};
}

/** Add what is known of everyone in the group; NaN: not said. */
static size_t add_number(tac_known *known, size_t n, const char *id, double value)
{
    known[n] = (tac_known){.id = id, .low = value, .high = value};
    return isnan(value) ? n : n + 1;
}

/** A range holds everyone; one number is a mean. */
static size_t add_age(tac_known *known, size_t n, const tac_group *group)
{
    const double low = fmin(fmax(group->age_low, AGE_LOW), AGE_HIGH);
    const double high = fmin(fmax(group->age_high, AGE_LOW), AGE_HIGH);
    known[n] = (tac_known){"person.age", low, high, !(high > low)};
    return isnan(group->age_low) ? n : n + 1;
}

tac_status tac_people_set(tac_ctx *ctx, const tac_people *people, const tac_group *group,
                          tac_member member, double *p)
{
    const tac_draw_key key = {.seed = member.seed,
                              .world = member.world / 2,
                              .person = member.world,
                              .mirrors_world = member.world % 2 == 1,
                              .mirrors_person = member.twin == 1};
    const bool is_man =
        strcmp(group->sex, "male") == 0 || (strcmp(group->sex, "mixed") == 0 && member.twin == 0);
    tac_known known[8];
    size_t n = add_number(known, 0, "person.sex", is_man ? 1.0 : 0.0);
    n = add_age(known, n, group);
    n = add_number(known, n, "person.height", group->height_m);
    n = add_number(known, n, "bmi", group->bmi);
    n = add_number(known, n, "person.weight", group->weight_kg);
    n = add_number(known, n, "person.pss", group->pss);
    n = add_number(known, n, "person.sleep_need", group->sleep_h);
    const tac_wanted wanted = {.population = "volunteers",
                               .health = group->health,
                               .n_health = group->n_health,
                               .known = known,
                               .n_known = n};
    return tac_people_draw(ctx, people, &wanted, &key, p);
}
