/* SPDX-License-Identifier: Apache-2.0 */
/* The person of a scenario as parameters of the body. */
#include "sim/person.h"

#include "base/fail.h"

#include <string.h>

static bool has_state(const tac_scenario *scenario, const char *state)
{
    for (size_t i = 0; i < scenario->n_health; i++) {
        if (strcmp(scenario->health[i], state) == 0) {
            return true;
        }
    }
    return false;
}

/** What the states of health of the person move, the spread of people left out. */
static tac_status apply_health(tac_ctx *ctx, const tac_program *program,
                               const tac_scenario *scenario, double *p)
{
    size_t n = 0;
    const tac_health_change *changes = tac_words_health(scenario->words, &n);
    for (size_t i = 0; i < n; i++) {
        const tac_health_change *c = &changes[i];
        if (!has_state(scenario, c->state) || c->how > TAC_HEALTH_TIMES
            || strcmp(c->parameter, "bmi") == 0) {
            continue;
        }
        const tac_image_symbol *symbol = tac_program_find(program, c->parameter);
        if (symbol == NULL || symbol->slot != TAC_SLOT_PARAMETER) {
            return tac_fail(ctx, TAC_E_MODEL, "models/health.tsv: the body has no parameter '%s'",
                            c->parameter);
        }
        double *slot = &p[symbol->index];
        *slot = c->how == TAC_HEALTH_ADD     ? *slot + c->value
                : c->how == TAC_HEALTH_TIMES ? *slot * c->value
                                             : c->value;
    }
    return TAC_OK;
}

tac_status tac_person_set(tac_ctx *ctx, const tac_program *program, const tac_scenario *scenario,
                          double *p)
{
    const tac_status st = apply_health(ctx, program, scenario, p);
    if (st != TAC_OK) {
        return st;
    }
    for (size_t i = 0; i < scenario->n_person; i++) {
        const char *id = scenario->person[i].parameter;
        if (strcmp(id, "bmi") == 0) {
            continue; /* of many people: each has a weight of their own */
        }
        const tac_image_symbol *symbol = tac_program_find(program, id);
        if (symbol == NULL || symbol->slot != TAC_SLOT_PARAMETER) {
            return tac_fail(ctx, TAC_E_MODEL, "models/person.tsv: the body has no parameter '%s'",
                            id);
        }
        p[symbol->index] = 0.5 * (scenario->person[i].value + scenario->person[i].high);
    }
    return TAC_OK;
}
