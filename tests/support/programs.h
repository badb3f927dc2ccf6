/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of the compiler: programs from texts, and arrays of the right sizes for them. */
#ifndef TAC_TESTS_PROGRAMS_H
#define TAC_TESTS_PROGRAMS_H

#include "compile/program.h"

#include <stdbool.h>

/** A model that uses every operation, each in a smooth and in a branching place. */
extern const char EVERY_OPERATION[];

/** Read, check and build a text; anything wrong stops the test. */
tac_program *program_of(const char *antimony);

/** Read, join and build the body of models/; anything wrong stops the test. */
tac_program *program_of_body(void);

/** The same of the chain of lymphangions. */
tac_program *program_of_chain(void);

/** All that the functions of a program work on. */
typedef struct tac_values {
    const tac_program *program;
    const tac_image *image;
    double t;
    double *x;
    double *p;
    double *u;
    double *c;
    double *dxdt;
    double *jac;
    double *y;
    double *work;
} tac_values;

/** Nominal values at time 0, prepared and started; free with values_free(). */
tac_values values_of(const tac_program *program);
void values_free(tac_values *values);

/** Compute c from p and u. */
void values_prepare(tac_values *values);

/** Compute dxdt, jac and y at t, x. */
void values_compute(tac_values *values);

/**
 * Move every state, constant and input by a random factor between 1 / (1 + spread) and 1 + spread, from
 * their present values; zeros become numbers below `spread`. The same seed moves the same way.
 */
void values_shake(tac_values *values, double spread, uint64_t seed);

/** Like assert_close, for `n` values of an array, naming the first that differs. */
bool close_arrays(const char *what, size_t n, const double *got, const double *want, double rel_tol,
                  double abs_tol);

#endif
