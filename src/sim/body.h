/* SPDX-License-Identifier: Apache-2.0 */
/* The shipped body as the rooms above see it: program, words, references, and what the run-in freezes. */
#ifndef TAC_SIM_BODY_H
#define TAC_SIM_BODY_H

#include "base/buf.h"
#include "compile/program.h"
#include "scenario/words.h"
#include "sim/references.h"

#include <tactus/model.h>

/** A row of models/run-in.tsv: after the run-in `target` is the mean of `variable` over the orbit. */
typedef struct tac_reference_value {
    const tac_image_symbol *target;   /* a parameter, or a slow state that starts at the mean */
    const tac_image_symbol *variable; /* a state or an assigned variable */
} tac_reference_value;

struct tac_body {
    tac_program *program;
    tac_words *words;
    tac_references *references;
    tac_reference_value *reference_values; /* [n_reference_value] */
    size_t n_reference_value;
    tac_source
        balances; /* models/balances.tsv, or the table beside the file that the body was read from */
    tac_buf balances_text; /* what owns it in the latter case */
    bool is_read;          /* from files, not built in */
    tac_buf unused;        /* is_read: names that no equation uses, each ending in a line feed */
};

#endif
