/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: models that stand in the test as text, and the messages that they provoke. */
#ifndef TAC_TESTS_MODEL_TEXT_H
#define TAC_TESTS_MODEL_TEXT_H

#include "model/model.h"

/** Read a text named "test"; stops the test on any error. */
tac_model *model_of(tac_ctx *ctx, const char *antimony);

/** Read and check a text; it must fail with this status, and each part must stand in the message. */
void model_must_fail(const char *antimony, tac_status status, const char *part);

/** The symbol of a flat name; stops the test when there is none. */
const tac_symbol *symbol_of(const tac_model *model, const char *id);

#endif
