/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Emitted C against the interpreter at random points. A text model is compiled here by the system's
 * compiler with every warning on; the kernels of the shipped models are those that
 * the build linked in.
 */
#include "close.h"
#include "programs.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

extern const tac_image tac_image_body;
extern const tac_image tac_image_lymphangion_chain;
extern char **environ;

/* Compilers may choose other library functions for the same operation, exact to an ulp each. */
static const double SOME_ULPS = 1e-14;

/** Compile a C file into a shared object; stops the test when the compiler complains. */
static void compile(const char *c_path, const char *so_path)
{
    const char *compiler = getenv("CC");
    const char *const words[] = {compiler == NULL ? "cc" : compiler,
                                 "-std=c17",
                                 "-O2",
                                 "-shared",
                                 "-fPIC",
                                 "-ffp-contract=off",
                                 "-Wall",
                                 "-Wextra",
                                 "-Wpedantic",
                                 "-Wconversion",
                                 "-Wshadow",
                                 "-Wdouble-promotion",
                                 "-Werror",
                                 "-I",
                                 TACTUS_SOURCE_DIR "/src",
                                 "-o",
                                 so_path,
                                 c_path,
                                 "-lm",
                                 NULL};
    char *argv[sizeof words / sizeof words[0]];
    pid_t pid = 0;
    int status = -1;
    memcpy(argv, words, sizeof words); /* posix_spawn takes char *, and changes nothing */
    assert_int_equal(posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/* A compiled program in memory. */
typedef struct library {
    void *handle;
    tac_program *program;
} library;

/** Emit a program, compile it, load it. */
static library compiled(const tac_program *source)
{
    char folder[] = "/tmp/tactus-emitted-test-XXXXXX";
    char c_path[64];
    char so_path[64];
    tac_ctx *ctx = tac_ctx_create();
    tac_buf c = TAC_BUF_INIT;
    library lib = {NULL, NULL};
    assert_non_null(mkdtemp(folder));
    snprintf(c_path, sizeof c_path, "%s/model.c", folder);
    snprintf(so_path, sizeof so_path, "%s/model.so", folder);
    assert_int_equal(tac_program_emit(ctx, source, "test", &c), TAC_OK);
    FILE *file = fopen(c_path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(c.text, 1, c.n, file), c.n);
    assert_int_equal(fclose(file), 0);
    tac_buf_free(&c);
    compile(c_path, so_path);
    lib.handle = dlopen(so_path, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(lib.handle);
    const tac_image *image = dlsym(lib.handle, "tac_image_test");
    assert_non_null(image);
    assert_int_equal(tac_program_from_image(ctx, image, &lib.program), TAC_OK);
    assert_int_equal(unlink(c_path) + unlink(so_path) + rmdir(folder), 0);
    tac_ctx_free(ctx);
    return lib;
}

static void library_free(library *lib)
{
    tac_program_free(lib->program);
    assert_int_equal(dlclose(lib->handle), 0);
}

/** All five functions of two programs at one random point. */
static void compare_at_point(const tac_program *fast, const tac_program *plain, double spread,
                             uint64_t seed)
{
    tac_values f = values_of(fast);
    tac_values p = values_of(plain);
    const tac_image *image = p.image;
    assert_true(close_arrays("x at start", image->n_state, f.x, p.x, SOME_ULPS, 0.0));
    values_shake(&f, spread, seed);
    values_shake(&p, spread, seed);
    assert_true(close_arrays("c", image->n_prepared, f.c, p.c, SOME_ULPS, 0.0));
    values_compute(&f);
    values_compute(&p);
    /* a difference of large terms may lose digits: then an error of their size is allowed */
    for (size_t i = 0; i < image->n_state; i++) {
        assert_true(close_arrays(image->state_ids[i], 1, &f.dxdt[i], &p.dxdt[i], 1e-11,
                                 1e-13 * fabs(p.x[i])));
    }
    assert_true(close_arrays("jac", image->n_jac, f.jac, p.jac, 1e-11, 1e-13));
    assert_true(close_arrays("y", image->n_output, f.y, p.y, 1e-11, 1e-13));
    values_free(&f);
    values_free(&p);
}

static void assert_same_texts(size_t n, const char *const *got, const char *const *want)
{
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(got[i], want[i]);
    }
}

/** Every table of an image but the kernel. */
static void assert_same_tables(const tac_image *got, const tac_image *want)
{
    assert_string_equal(got->name, want->name);
    assert_string_equal(got->hash, want->hash);
    assert_int_equal(got->n_state, want->n_state);
    assert_int_equal(got->n_parameter, want->n_parameter);
    assert_int_equal(got->n_input, want->n_input);
    assert_int_equal(got->n_prepared, want->n_prepared);
    assert_int_equal(got->n_output, want->n_output);
    assert_int_equal(got->n_symbol, want->n_symbol);
    assert_int_equal(got->n_row, want->n_row);
    assert_int_equal(got->n_jac, want->n_jac);
    for (size_t i = 0; i < want->n_symbol; i++) {
        assert_string_equal(got->symbols[i].id, want->symbols[i].id);
        assert_string_equal(got->symbols[i].unit, want->symbols[i].unit);
        assert_string_equal(got->symbols[i].note, want->symbols[i].note);
        assert_int_equal(got->symbols[i].slot, want->symbols[i].slot);
        assert_int_equal(got->symbols[i].index, want->symbols[i].index);
    }
    for (size_t i = 0; i < want->n_row; i++) {
        const tac_image_parameter *g = &got->rows[i];
        const tac_image_parameter *w = &want->rows[i];
        const double numbers[2][4] = {{g->value, g->low, g->high, g->spread},
                                      {w->value, w->low, w->high, w->spread}};
        const char *const texts[2][5] = {{g->id, g->unit, g->basis, g->source, g->note},
                                         {w->id, w->unit, w->basis, w->source, w->note}};
        assert_true(close_arrays(w->id, 4, numbers[0], numbers[1], 0.0, 0.0));
        assert_same_texts(5, texts[0], texts[1]);
        assert_int_equal(g->slot, w->slot);
        assert_int_equal(g->index, w->index);
    }
    assert_same_texts(want->n_state, got->state_ids, want->state_ids);
    assert_same_texts(want->n_output, got->output_ids, want->output_ids);
    assert_same_texts(want->n_state, got->equations, want->equations);
    assert_true(close_arrays("p", want->n_parameter, got->parameters, want->parameters, 0.0, 0.0));
    assert_true(close_arrays("u", want->n_input, got->inputs, want->inputs, 0.0, 0.0));
    assert_true(
        close_arrays("scale", want->n_state, got->abs_tol_scale, want->abs_tol_scale, 0.0, 0.0));
    assert_memory_equal(got->jac_column, want->jac_column,
                        (want->n_state + 1) * sizeof *want->jac_column);
    assert_memory_equal(got->jac_row, want->jac_row, want->n_jac * sizeof *want->jac_row);
}

static void every_operation_compiles_to_what_is_interpreted(void **state)
{
    (void)state;
    tac_program *plain = program_of(EVERY_OPERATION);
    library fast = compiled(plain);
    assert_same_tables(tac_program_image(fast.program), tac_program_image(plain));
    for (uint64_t seed = 1; seed <= 200; seed++) {
        compare_at_point(fast.program, plain, 0.5, seed);
    }
    library_free(&fast);
    tac_program_free(plain);
}

/* Names that are words of C, functions of its library, or our own arrays. */
static void names_of_c_are_no_trouble_in_a_model(void **state)
{
    (void)state;
    tac_program *plain = program_of(
        "model words() double = 2; int = 3; sizeof = 1; y0 = 2; lgamma = 1; dxdt = 1;"
        " values = 2; c = 3; t = 1; p = 2; u = 5; j1 := y0*lgamma + values; // a*/ note\n"
        " INFINITY := c*t + p*u; double' = -int*double + j1; sizeof' = dxdt*INFINITY;"
        " rhs = 1; rhs' = sizeof - rhs; end");
    library fast = compiled(plain);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        compare_at_point(fast.program, plain, 0.5, seed);
    }
    library_free(&fast);
    tac_program_free(plain);
}

static void models_without_states_or_equations_compile(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {"model nothing() k = 2; end",
                                        "model no_states() k = 2; y := 3*k + time; end",
                                        "model no_constants() x = 1; x' = -x; end"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
        tac_program *plain = program_of(TEXTS[i]);
        library fast = compiled(plain);
        assert_same_tables(tac_program_image(fast.program), tac_program_image(plain));
        compare_at_point(fast.program, plain, 0.5, 1);
        library_free(&fast);
        tac_program_free(plain);
    }
}

/** The linked image has the tables of the texts and computes the same, each value moved by up to `spread`. */
static void compare_linked(const tac_image *linked, tac_program *plain, double spread)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_program *fast = NULL;
    assert_int_equal(tac_program_from_image(ctx, linked, &fast), TAC_OK);
    assert_same_tables(linked, tac_program_image(plain));
    for (uint64_t seed = 1; seed <= 100; seed++) {
        compare_at_point(fast, plain, spread, seed);
    }
    tac_program_free(fast);
    tac_program_free(plain);
    tac_ctx_free(ctx);
}

static void the_body_that_is_linked_in_is_the_body_of_the_texts(void **state)
{
    (void)state;
    compare_linked(&tac_image_body, program_of_body(), 0.3);
}

static void the_chain_that_is_linked_in_is_the_chain_of_the_texts(void **state)
{
    (void)state;
    compare_linked(&tac_image_lymphangion_chain, program_of_chain(), 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_compiles_to_what_is_interpreted),
        cmocka_unit_test(names_of_c_are_no_trouble_in_a_model),
        cmocka_unit_test(models_without_states_or_equations_compile),
        cmocka_unit_test(the_body_that_is_linked_in_is_the_body_of_the_texts),
        cmocka_unit_test(the_chain_that_is_linked_in_is_the_chain_of_the_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
