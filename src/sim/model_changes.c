/* SPDX-License-Identifier: Apache-2.0 */
/* What somebody does to a general model at times that are known before. */
#include "sim/model_run.h"

#include <math.h>

double tac_model_changes_next(const tac_model_run *run)
{
    return run->i_change < run->options.n_change ? run->options.changes[run->i_change].t
                                                 : (double)INFINITY;
}

static void make(double *place, const tac_model_change *change)
{
    *place = change->is_added ? *place + change->value : change->value;
}

bool tac_model_changes_make(tac_model_run *run)
{
    bool has_changed = false;
    bool is_prepared = true;
    while (!(tac_model_changes_next(run) > run->t)) {
        const tac_model_change *change = &run->options.changes[run->i_change++];
        const uint32_t i = change->symbol->index;
        switch (change->symbol->slot) {
        case TAC_SLOT_STATE: make(&run->x[i], change); break;
        case TAC_SLOT_PARAMETER: make(&run->p[i], change); break;
        case TAC_SLOT_INPUT: make(&run->u[i], change); break;
        case TAC_SLOT_OUTPUT: break; /* follows from others */
        }
        is_prepared = is_prepared && change->symbol->slot == TAC_SLOT_STATE;
        has_changed = true;
    }
    if (!is_prepared) {
        tac_program_prepare(run->program, run->p, run->u, run->c, run->work);
    }
    return has_changed;
}
