/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: the nominal body at its start, with chosen inputs, as it answers at once. Anything wrong stops the test. */
#ifndef TAC_TESTS_HELD_H
#define TAC_TESTS_HELD_H

typedef struct tac_held tac_held;

/** Open the body; every input has its usual value. Free with held_free(). */
tac_held *held_body(void);

/** Give all inputs their usual values again. */
void held_reset(tac_held *held);

/** Change one input. */
void held_set(tac_held *held, const char *id, double value);

/** Start at these inputs; held_value() then gives what follows. */
void held_start(tac_held *held);

/** Value of any symbol of the body. */
double held_value(const tac_held *held, const char *id);

void held_free(tac_held *held);

#endif
