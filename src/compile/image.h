/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a compiled model is at run time: numbers of things, their names, and functions on arrays.
 *
 * An image is constant data. The shipped body's image is emitted as C (functions included) and
 * linked in; a model read at run time gets one in memory, whose kernel is the interpreter.
 */
#ifndef TAC_COMPILE_IMAGE_H
#define TAC_COMPILE_IMAGE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The arrays that every kernel function works on:
 *   t  time, h (or the model's own unit)
 *   x  [n_state] states
 *   p  [n_parameter] constants of this person
 *   u  [n_input] inputs, constant between two edges of the schedule
 *   c  [n_prepared] what depends on p and u alone; filled by prepare() when p or u changes
 */
typedef struct tac_kernel {
    /* c from p and u */
    void (*prepare)(const double *p, const double *u, double *c);
    /* x at time 0 from p and c */
    void (*start)(const double *p, const double *u, const double *c, double *x);
    /* dxdt */
    void (*rhs)(double t, const double *x, const double *p, const double *u, const double *c,
                double *dxdt);
    /* values of the sparse Jacobian d(dxdt)/dx, in the order of jac_row */
    void (*jac)(double t, const double *x, const double *p, const double *u, const double *c,
                double *values);
    /* y [n_output] = every assigned variable */
    void (*observe)(double t, const double *x, const double *p, const double *u, const double *c,
                    double *y);
    /* truth values of triggers and jumps, and the values of events, see events.h; NULL where the kernel has neither */
    void (*conditions)(double t, const double *x, const double *p, const double *u, const double *c,
                       double *truth);
    void (*events)(double t, const double *x, const double *p, const double *u, const double *c,
                   double *values);
} tac_kernel;

/* Another text whenever the struct or its functions become others: compiled kernels carry it in their hash. */
#define TAC_KERNEL_ABI "tactus kernel 1"

typedef enum tac_slot {
    TAC_SLOT_STATE,
    TAC_SLOT_PARAMETER,
    TAC_SLOT_INPUT,
    TAC_SLOT_OUTPUT
} tac_slot;

/** A name of the model and where its value stands at run time. */
typedef struct tac_image_symbol {
    const char *id;
    const char *unit; /* as written, "" when none */
    const char *note;
    tac_slot slot;
    uint32_t index; /* in x, p, u or y */
} tac_image_symbol;

/** A row of the parameter table; NaN where the cell is empty. */
typedef struct tac_image_parameter {
    const char *id;
    const char *unit;
    double value;
    double low;
    double high;
    double spread;
    double least; /* what is possible at all; infinite where nothing is said */
    double most;
    const char *basis; /* "measured", "fitted", "derived", "assumed" */
    const char *source;
    const char *note;
    tac_slot slot; /* TAC_SLOT_PARAMETER, or TAC_SLOT_INPUT / TAC_SLOT_STATE for a start value */
    uint32_t index;
} tac_image_parameter;

typedef struct tac_image {
    const char *name;
    const char *hash; /* of everything that the numbers depend on, hex */
    size_t n_state;
    size_t n_parameter;
    size_t n_input;
    size_t n_prepared;
    size_t n_output;
    const tac_image_symbol *symbols; /* [n_symbol] sorted by id */
    size_t n_symbol;
    const tac_image_parameter *rows; /* [n_row] in the order of the table */
    size_t n_row;
    const char *const *state_ids;  /* [n_state] */
    const char *const *output_ids; /* [n_output] */
    const char *const *equations;  /* [n_state] "crh' = ..." for messages of the solver */
    const double *parameters;      /* [n_parameter] nominal values */
    const double *inputs;          /* [n_input] values without any event */
    const double
        *abs_tol_scale; /* [n_state] size of a state: max(|start value|, tiny), for tolerances */
    size_t n_jac;
    const int64_t *jac_column; /* [n_state + 1] compressed columns */
    const int64_t *jac_row;    /* [n_jac] ascending within a column */
    tac_kernel kernel;         /* all NULL when the model is interpreted */
} tac_image;

#endif
