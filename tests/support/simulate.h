/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: integrate a model that stands in the test as Antimony text. Anything wrong stops the test. */
#ifndef TAC_TESTS_SIMULATE_H
#define TAC_TESTS_SIMULATE_H

#include "compile/image.h"

typedef struct tac_test_sim tac_test_sim;

/** Read, check, build and start the model at time 0 with relative tolerance 1e-8. */
tac_test_sim *sim_from_text(const char *antimony);

/** The same with another relative tolerance. */
tac_test_sim *sim_from_text_tol(const char *antimony, double rel_tol);

/** Start a model that the build compiled in; no step is longer than h_max (its own time unit). */
tac_test_sim *sim_from_image(const tac_image *image, double rel_tol, double h_max);

/** Change a constant, an input or a state now. */
void sim_set(tac_test_sim *sim, const char *id, double value);

/** Integrate from the current time; samples 1,000 points (at least one each 1/60 of a time unit). */
void sim_to(tac_test_sim *sim, double t_end);

/** Value now of any symbol of the model. */
double sim_value(const tac_test_sim *sim, const char *id);

/** Extremes, mean and their time over the last sim_to. */
double sim_max(const tac_test_sim *sim, const char *id);
double sim_min(const tac_test_sim *sim, const char *id);
double sim_mean(const tac_test_sim *sim, const char *id);
double sim_time_of_max(const tac_test_sim *sim, const char *id);
double sim_time_of_min(const tac_test_sim *sim, const char *id);

void sim_free(tac_test_sim *sim);

#endif
