/* SPDX-License-Identifier: Apache-2.0 */
/* A program is an image with a kernel, or an image with the tapes that the interpreter follows. */
#include "compile/program.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/emit.h"
#include "compile/image_build.h"
#include "compile/interpret.h"

#include <stdlib.h>
#include <string.h>

struct tac_program {
    const tac_image *image; /* own or borrowed */
    tac_image own;
    tac_arena *arena;   /* texts of the own image */
    tac_system *system; /* NULL of an image that was compiled before */
    tac_tapes tapes;
    const tac_kernel *kernel; /* NULL: interpreted */
};

tac_status tac_program_from_image(tac_ctx *ctx, const tac_image *image, tac_program **program_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, 1, sizeof **program_out, &memory);
    *program_out = memory;
    if (st == TAC_OK) {
        (*program_out)->image = image;
        (*program_out)->kernel = image == NULL ? NULL : &image->kernel;
    }
    return st;
}

tac_status tac_program_build(tac_ctx *ctx, const tac_model *model, tac_program **program_out)
{
    tac_status st = TAC_OK;
    tac_program *program = NULL;

    *program_out = NULL;
    TAC_TRY(tac_program_from_image(ctx, NULL, &program));
    program->image = &program->own;
    program->arena = tac_arena_create();
    if (program->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(tac_system_build(ctx, model, &program->system));
    TAC_TRY(tac_tapes_build(ctx, program->system, &program->tapes));
    TAC_TRY(tac_image_build(ctx, model, program->system, &program->tapes, program->arena,
                            &program->own));
    *program_out = program;
    program = NULL;
out:
    tac_program_free(program);
    return st;
}

void tac_program_free(tac_program *program)
{
    if (program != NULL) {
        tac_tapes_free(&program->tapes);
        tac_system_free(program->system);
        tac_arena_free(program->arena);
        tac_free(program);
    }
}

const tac_image *tac_program_image(const tac_program *program)
{
    return program->image;
}

size_t tac_program_n_work(const tac_program *program)
{
    return program->system == NULL ? 1 : tac_graph_n(program->system->graph);
}

void tac_program_use_kernel(tac_program *program, const tac_kernel *kernel)
{
    program->kernel = kernel;
}

static void interpret(const tac_program *program, tac_part part, const tac_arrays *arrays,
                      double *work, double *out)
{
    tac_interpret(program->system, &program->tapes, part, arrays, work, out);
}

void tac_program_prepare(const tac_program *program, const double *p, const double *u, double *c,
                         double *work)
{
    if (program->kernel != NULL) {
        program->kernel->prepare(p, u, c);
        return;
    }
    const tac_arrays arrays = {.p = p, .u = u};
    interpret(program, TAC_PART_PREPARE, &arrays, work, c);
}

void tac_program_start(const tac_program *program, const double *p, const double *u,
                       const double *c, double *x, double *work)
{
    if (program->kernel != NULL) {
        program->kernel->start(p, u, c, x);
        return;
    }
    const tac_arrays arrays = {.p = p, .u = u, .c = c};
    interpret(program, TAC_PART_START, &arrays, work, x);
}

void tac_program_rhs(const tac_program *program, double t, const double *x, const double *p,
                     const double *u, const double *c, double *dxdt, double *work)
{
    if (program->kernel != NULL) {
        program->kernel->rhs(t, x, p, u, c, dxdt);
        return;
    }
    const tac_arrays arrays = {t, x, p, u, c};
    interpret(program, TAC_PART_RHS, &arrays, work, dxdt);
}

void tac_program_jac(const tac_program *program, double t, const double *x, const double *p,
                     const double *u, const double *c, double *values, double *work)
{
    if (program->kernel != NULL) {
        program->kernel->jac(t, x, p, u, c, values);
        return;
    }
    const tac_arrays arrays = {t, x, p, u, c};
    interpret(program, TAC_PART_JAC, &arrays, work, values);
}

void tac_program_observe(const tac_program *program, double t, const double *x, const double *p,
                         const double *u, const double *c, double *y, double *work)
{
    if (program->kernel != NULL) {
        program->kernel->observe(t, x, p, u, c, y);
        return;
    }
    const tac_arrays arrays = {t, x, p, u, c};
    interpret(program, TAC_PART_OBSERVE, &arrays, work, y);
}

size_t tac_program_n_moving(const tac_program *program)
{
    return program->system == NULL ? program->image->n_state : program->system->n_moving;
}

const tac_system_events *tac_program_events(const tac_program *program)
{
    static const tac_system_events NONE = {0};
    return program->system == NULL ? &NONE : &program->system->events;
}

void tac_program_conditions(const tac_program *program, double t, const double *x, const double *p,
                            const double *u, const double *c, double *truth, double *work)
{
    const tac_arrays arrays = {t, x, p, u, c};
    if (program->kernel != NULL && program->kernel->conditions != NULL) {
        program->kernel->conditions(t, x, p, u, c, truth);
    } else if (program->system != NULL) {
        interpret(program, TAC_PART_CONDITIONS, &arrays, work, truth);
    }
}

void tac_program_event_values(const tac_program *program, double t, const double *x,
                              const double *p, const double *u, const double *c, double *values,
                              double *work)
{
    const tac_arrays arrays = {t, x, p, u, c};
    if (program->kernel != NULL && program->kernel->events != NULL) {
        program->kernel->events(t, x, p, u, c, values);
    } else if (program->system != NULL) {
        interpret(program, TAC_PART_EVENTS, &arrays, work, values);
    }
}

static int compare_id(const void *key, const void *symbol)
{
    return strcmp(key, ((const tac_image_symbol *)symbol)->id);
}

const tac_image_symbol *tac_program_find(const tac_program *program, const char *id)
{
    const tac_image *image = program->image;
    return bsearch(id, image->symbols, image->n_symbol, sizeof *image->symbols, compare_id);
}

const tac_image_parameter *tac_program_row(const tac_program *program, const char *id)
{
    for (size_t i = 0; i < program->image->n_row; i++) {
        if (strcmp(program->image->rows[i].id, id) == 0) {
            return &program->image->rows[i];
        }
    }
    return NULL;
}

tac_status tac_program_emit(tac_ctx *ctx, const tac_program *program, const char *name,
                            tac_buf *c_out)
{
    if (program->system == NULL) {
        return tac_fail(ctx, TAC_E_ARG, "a compiled program cannot be emitted again");
    }
    if (program->system->events.n_event > 0) {
        return tac_fail(ctx, TAC_E_ARG, "a model with events is interpreted, it cannot be emitted");
    }
    tac_buf_print(c_out,
                  "/* Generated from a model by the build; change the model, not this file. */\n"
                  "#include \"compile/image.h\"\n\n#include <math.h>\n\n");
    const tac_status st = tac_emit_functions(ctx, program->system, &program->tapes, program->image,
                                             TAC_PART_OBSERVE, c_out);
    if (st != TAC_OK) {
        return st;
    }
    tac_emit_image(program->image, name, c_out);
    return tac_buf_check(ctx, c_out);
}

tac_status tac_program_emit_kernel(tac_ctx *ctx, const tac_program *program, tac_buf *c_out)
{
    if (program->system == NULL) {
        return tac_fail(ctx, TAC_E_ARG, "a compiled program cannot be emitted again");
    }
    tac_buf_text(c_out, "/* Generated from a model; change the model, not this file. */\n"
                        "#include <math.h>\n\n");
    tac_emit_kernel_struct(c_out);
    const tac_status st = tac_emit_functions(ctx, program->system, &program->tapes, program->image,
                                             TAC_PART_EVENTS, c_out);
    return st == TAC_OK ? tac_buf_check(ctx, c_out) : st;
}
