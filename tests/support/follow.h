/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: a general model with its own events, followed over time. Anything wrong stops the test. */
#ifndef TAC_TESTS_FOLLOW_H
#define TAC_TESTS_FOLLOW_H

#include "sim/model_run.h"

typedef struct tac_followed tac_followed;

/** Read, check and run an Antimony text from 0 to t_end at a relative tolerance of 1e-9. */
tac_followed *follow_text(const char *antimony, double t_end);

/** Value of a symbol at one of the 1,001 even samples, that at t. */
double followed_at(const tac_followed *f, const char *id, double t);

/** The same run must fail with this status, and the part stand in its message. */
void follow_must_fail(const char *antimony, double t_end, tac_status status, const char *part);

void followed_free(tac_followed *f);

#endif
