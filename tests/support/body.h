/* SPDX-License-Identifier: Apache-2.0 */
/* For tests: run a scenario text on the shipped body, nominal member, and read any variable of it. */
#ifndef TAC_TESTS_BODY_H
#define TAC_TESTS_BODY_H

typedef struct tac_test_body tac_test_body;

/** Run the scenario's life and, where it has one, its (first) programme; stops the test on any error. */
tac_test_body *body_run(const char *scenario_yaml);

/** The same with another value of one parameter. */
tac_test_body *body_run_with(const char *scenario_yaml, const char *parameter, double value);

/* The reference man. */
#define BODY_MAN "{sex: male, age: 30, height: 175 cm, weight: 70 kg}"

/** The days of a person who sleeps from 23:00 to 07:00 and sits when awake, with two lists of events laid on top. */
tac_test_body *body_life(const char *person, const char *duration, const char *events,
                         const char *more);

/** Value of a flat variable at t hours after the scenario's start (linear between samples of 1/60 h). */
double body_at(const tac_test_body *body, const char *id, double t_h);

double body_mean(const tac_test_body *body, const char *id, double t0_h, double t1_h);
double body_max(const tac_test_body *body, const char *id, double t0_h, double t1_h);
double body_min(const tac_test_body *body, const char *id, double t0_h, double t1_h);
double body_time_of_max(const tac_test_body *body, const char *id, double t0_h, double t1_h);
double body_time_of_min(const tac_test_body *body, const char *id, double t0_h, double t1_h);

void body_free(tac_test_body *body);

#endif
