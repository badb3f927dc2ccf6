/* SPDX-License-Identifier: Apache-2.0 */
/* A program: a model made ready to be solved; constant after building and shared by all threads. */
#ifndef TAC_COMPILE_PROGRAM_H
#define TAC_COMPILE_PROGRAM_H

#include "base/buf.h"
#include "compile/events.h"
#include "compile/image.h"

#include <stdbool.h>

typedef struct tac_program tac_program;

/**
 * Order, simplify and differentiate a checked model; its functions are interpreted.
 *
 * Ownership  *program_out is new: tac_program_free(); nothing of the model is kept
 * Errors     TAC_E_MODEL  something that cannot be solved yet (named), TAC_E_MEMORY
 */
TAC_MUST_CHECK tac_status tac_program_build(tac_ctx *ctx, const tac_model *model,
                                            tac_program **program_out);

/** Wrap a compiled image; the image is borrowed and must outlive the program. */
TAC_MUST_CHECK tac_status tac_program_from_image(tac_ctx *ctx, const tac_image *image,
                                                 tac_program **program_out);

/**
 * Compute with these functions from now on, or with NULL by the interpreter again; `kernel` is borrowed, of this very
 * program, and called instead of a walk through its graph. Not while another thread uses the program.
 */
void tac_program_use_kernel(tac_program *program, const tac_kernel *kernel);

/** Free a program; NULL is accepted. */
void tac_program_free(tac_program *program);

/** Names, sizes, sparsity and nominal values. Borrowed. */
const tac_image *tac_program_image(const tac_program *program);

/** Doubles of scratch that the calls below need; one array per thread. At least 1. */
size_t tac_program_n_work(const tac_program *program);

/** The functions of the model, by its kernel or by the interpreter; arrays as in image.h. */
void tac_program_prepare(const tac_program *program, const double *p, const double *u, double *c,
                         double *work);
void tac_program_start(const tac_program *program, const double *p, const double *u,
                       const double *c, double *x, double *work);
void tac_program_rhs(const tac_program *program, double t, const double *x, const double *p,
                     const double *u, const double *c, double *dxdt, double *work);
void tac_program_jac(const tac_program *program, double t, const double *x, const double *p,
                     const double *u, const double *c, double *values, double *work);
void tac_program_observe(const tac_program *program, double t, const double *x, const double *p,
                         const double *u, const double *c, double *y, double *work);

/** Number of states that move by themselves: the first ones; the others only events change. */
size_t tac_program_n_moving(const tac_program *program);

/** Events, and how many conditions and values they have; a compiled image has none. Borrowed. */
const tac_system_events *tac_program_events(const tac_program *program);

/** Truth values [n_condition] of the triggers, then of the comparisons at which rates jump. */
void tac_program_conditions(const tac_program *program, double t, const double *x, const double *p,
                            const double *u, const double *c, double *truth, double *work);

/** Delays, priorities and values of events [n_value], see events.h. */
void tac_program_event_values(const tac_program *program, double t, const double *x,
                              const double *p, const double *u, const double *c, double *values,
                              double *work);

/** Look a name up; NULL when there is none. */
const tac_image_symbol *tac_program_find(const tac_program *program, const char *id);

/** Look a parameter row up; NULL when there is none. */
const tac_image_parameter *tac_program_row(const tac_program *program, const char *id);

/**
 * Write the program built from a model as C: one file with the five functions and the image
 * `const tac_image tac_image_<name>`, the same text every time.
 *
 * Errors  TAC_E_ARG  the program came from an image and has no graph, or it has events
 */
TAC_MUST_CHECK tac_status tac_program_emit(tac_ctx *ctx, const tac_program *program,
                                           const char *name, tac_buf *c_out);

/**
 * Write all functions of a program that was built from a model, events included, and `struct kernel`: C that needs nothing
 * but <math.h>. A kernel defined behind it is what tac_program_use_kernel() wants.
 *
 * Errors  TAC_E_ARG  the program came from an image and has no graph
 */
TAC_MUST_CHECK tac_status tac_program_emit_kernel(tac_ctx *ctx, const tac_program *program,
                                                  tac_buf *c_out);

#endif
