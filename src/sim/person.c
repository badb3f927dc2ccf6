/* SPDX-License-Identifier: Apache-2.0 */
/* The person of a scenario as parameters of the body. */
#include "sim/person.h"

#include "base/fail.h"

tac_status tac_person_set(tac_ctx *ctx, const tac_program *program, const tac_scenario *scenario,
                          double *p)
{
    for (size_t i = 0; i < scenario->n_person; i++) {
        const char *id = scenario->person[i].parameter;
        const tac_image_symbol *symbol = tac_program_find(program, id);
        if (symbol == NULL || symbol->slot != TAC_SLOT_PARAMETER) {
            return tac_fail(ctx, TAC_E_MODEL, "models/person.tsv: the body has no parameter '%s'",
                            id);
        }
        p[symbol->index] = scenario->person[i].value;
    }
    return TAC_OK;
}
