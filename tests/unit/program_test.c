/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: their tables, their hash, kernel or interpreter behind one door, and short memory. */
#include "base/alloc.h"
#include "close.h"
#include "programs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char MODEL[] = "unit per_h = 1/(3600 second); unit nmol_per_h = nmol/(3600 second);\n"
                            "model pool()\n"
                            "  var x has nmol; // what is in the pool\n"
                            "  var u has nmol_per_h;\n"
                            "  k has per_h;\n"
                            "  var out has nmol_per_h; // what leaves it\n"
                            "  out := k*x;\n"
                            "  x' = u - out;\n"
                            "end\n";

static const char TABLE[] = "id\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n"
                            "x\t-4\tnmol\t\t\t\tassumed\t\tstarts low\n"
                            "k\t0.5\t1/h\t0.2\t0.9\t0.3\tmeasured\tsmith2000\trate of loss\n"
                            "u\t1\tnmol/h\t\t\t\tassumed\t\tno event\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

/** Read, join and build; what goes wrong is in ctx. */
static tac_status build(tac_ctx *ctx, const char *text, const char *table,
                        tac_program **program_out)
{
    char path[] = "/tmp/tactus-program-test-XXXXXX";
    tac_model *model = NULL;
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(close(fd), 0);
    write_file(path, table);
    *program_out = NULL;
    tac_status st = tac_model_read_text(ctx, "test", text, strlen(text), &model);
    if (st == TAC_OK) {
        st = tac_model_set_parameters(ctx, model, path);
    }
    if (st == TAC_OK) {
        st = tac_model_check(ctx, model);
    }
    if (st == TAC_OK) {
        st = tac_program_build(ctx, model, program_out);
    }
    tac_model_free(model);
    assert_int_equal(unlink(path), 0);
    return st;
}

static tac_program *pool(const char *text, const char *table)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_program *program = NULL;
    const tac_status st = build(ctx, text, table, &program);
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return program;
}

static void names_lead_to_slots_units_and_notes(void **state)
{
    (void)state;
    tac_program *program = pool(MODEL, TABLE);
    const tac_image *image = tac_program_image(program);
    const tac_image_symbol *x = tac_program_find(program, "x");
    const tac_image_symbol *out = tac_program_find(program, "out");
    assert_non_null(x);
    assert_int_equal(x->slot, TAC_SLOT_STATE);
    assert_string_equal(x->unit, "nmol");
    assert_string_equal(x->note, "what is in the pool");
    assert_int_equal(out->slot, TAC_SLOT_OUTPUT);
    assert_int_equal(tac_program_find(program, "u")->slot, TAC_SLOT_INPUT);
    assert_null(tac_program_find(program, "y"));
    assert_null(tac_program_find(program, ""));
    assert_string_equal(image->name, "pool");
    assert_string_equal(image->state_ids[0], "x");
    assert_string_equal(image->output_ids[0], "out");
    assert_string_equal(image->equations[0], "x' = u - out");
    for (size_t i = 1; i < image->n_symbol; i++) {
        assert_true(strcmp(image->symbols[i - 1].id, image->symbols[i].id) < 0);
    }
    tac_program_free(program);
}

static void rows_keep_what_the_table_says(void **state)
{
    (void)state;
    tac_program *program = pool(MODEL, TABLE);
    const tac_image_parameter *k = tac_program_row(program, "k");
    assert_non_null(k);
    assert_close(k->value, 0.5, 0.0, 0.0);
    assert_close(k->low, 0.2, 0.0, 0.0);
    assert_close(k->high, 0.9, 0.0, 0.0);
    assert_close(k->spread, 0.3, 0.0, 0.0);
    assert_string_equal(k->unit, "1/h");
    assert_string_equal(k->basis, "measured");
    assert_string_equal(k->source, "smith2000");
    assert_string_equal(k->note, "rate of loss");
    assert_int_equal(k->slot, TAC_SLOT_PARAMETER);
    assert_true(isnan(tac_program_row(program, "u")->low));
    assert_int_equal(tac_program_row(program, "u")->slot, TAC_SLOT_INPUT);
    assert_int_equal(tac_program_row(program, "x")->slot, TAC_SLOT_STATE);
    assert_null(tac_program_row(program, "out"));
    tac_program_free(program);
}

/* The size of x is |-4|; of a state from 0, 1; of one that follows from others, what follows. */
static void states_have_the_size_of_their_start(void **state)
{
    (void)state;
    tac_program *program = pool(MODEL, TABLE);
    const tac_image *image = tac_program_image(program);
    assert_close(image->abs_tol_scale[0], 4.0, 0.0, 0.0);
    assert_close(image->inputs[0], 1.0, 0.0, 0.0);
    assert_close(image->parameters[0], 0.5, 0.0, 0.0);
    tac_program_free(program);

    program = program_of("model m() k = 3; a = 0; b = -k*4; a' = b; b' = a; end");
    assert_close(tac_program_image(program)->abs_tol_scale[0], 1.0, 0.0, 0.0);
    assert_close(tac_program_image(program)->abs_tol_scale[1], 12.0, 0.0, 0.0);
    tac_program_free(program);
}

static void hash_of(const char *text, const char *table, char hash[17])
{
    tac_program *program = pool(text, table);
    assert_int_equal(strlen(tac_program_image(program)->hash), 16);
    assert_int_equal(strspn(tac_program_image(program)->hash, "0123456789abcdef"), 16);
    memcpy(hash, tac_program_image(program)->hash, 17);
    tac_program_free(program);
}

/** A copy of `text` with the first `from` replaced; free with tac_free(). */
static char *changed(const char *text, const char *from, const char *to)
{
    tac_buf buf = TAC_BUF_INIT;
    const char *at = strstr(text, from);
    assert_non_null(at);
    tac_buf_add(&buf, text, (size_t)(at - text));
    tac_buf_text(&buf, to);
    tac_buf_text(&buf, at + strlen(from));
    return buf.text;
}

static void the_hash_follows_everything_that_numbers_depend_on(void **state)
{
    (void)state;
    char hashes[6][17];
    char *texts[] = {changed(MODEL, "u - out", "u - out*1")};
    char *tables[] = {changed(TABLE, "0.5\t1/h", "0.6\t1/h"),
                      changed(TABLE, "0.2\t0.9", "0.2\t0.8"),
                      changed(TABLE, "0.9\t0.3", "0.9\t0.4")};
    char again[17];
    hash_of(MODEL, TABLE, hashes[0]);
    hash_of(MODEL, TABLE, again);
    assert_string_equal(hashes[0], again);
    hash_of(texts[0], TABLE, hashes[1]);
    for (size_t i = 0; i < 3; i++) {
        hash_of(MODEL, tables[i], hashes[2 + i]);
        tac_free(tables[i]);
    }
    tac_free(texts[0]);
    for (size_t i = 0; i < 5; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(hashes[i], hashes[j]);
        }
    }
}

/* A kernel written by hand: x' = p - x, y = 2 x. */
static void hand_prepare(const double *p, const double *u, double *c)
{
    (void)u;
    c[0] = p[0];
}

static void hand_start(const double *p, const double *u, const double *c, double *x)
{
    (void)p;
    (void)u;
    x[0] = 10.0 * c[0];
}

static void hand_rhs(double t, const double *x, const double *p, const double *u, const double *c,
                     double *dxdt)
{
    (void)t;
    (void)p;
    (void)u;
    dxdt[0] = c[0] - x[0];
}

static void hand_jac(double t, const double *x, const double *p, const double *u, const double *c,
                     double *values)
{
    (void)t;
    (void)x;
    (void)p;
    (void)u;
    (void)c;
    values[0] = -1.0;
}

static void hand_observe(double t, const double *x, const double *p, const double *u,
                         const double *c, double *y)
{
    (void)t;
    (void)p;
    (void)u;
    (void)c;
    y[0] = 2.0 * x[0];
}

static void a_compiled_image_runs_by_its_kernel(void **state)
{
    (void)state;
    static const tac_image_symbol SYMBOLS[] = {{"p", "", "", TAC_SLOT_PARAMETER, 0},
                                               {"x", "", "", TAC_SLOT_STATE, 0},
                                               {"y", "", "", TAC_SLOT_OUTPUT, 0}};
    static const double PARAMETERS[] = {3.0};
    const tac_image image = {.name = "hand",
                             .n_state = 1,
                             .n_parameter = 1,
                             .n_prepared = 1,
                             .n_output = 1,
                             .symbols = SYMBOLS,
                             .n_symbol = 3,
                             .parameters = PARAMETERS,
                             .n_jac = 1,
                             .kernel = {.prepare = hand_prepare,
                                        .start = hand_start,
                                        .rhs = hand_rhs,
                                        .jac = hand_jac,
                                        .observe = hand_observe}};
    tac_ctx *ctx = tac_ctx_create();
    tac_program *program = NULL;
    tac_buf c = TAC_BUF_INIT;
    double prepared = 0.0;
    double x = 0.0;
    double result = 0.0;
    double work = 0.0;
    assert_int_equal(tac_program_from_image(ctx, &image, &program), TAC_OK);
    assert_ptr_equal(tac_program_image(program), &image);
    assert_int_equal(tac_program_n_work(program), 1);
    assert_int_equal(tac_program_find(program, "y")->slot, TAC_SLOT_OUTPUT);
    tac_program_prepare(program, PARAMETERS, NULL, &prepared, &work);
    tac_program_start(program, PARAMETERS, NULL, &prepared, &x, &work);
    assert_close(x, 30.0, 0.0, 0.0);
    tac_program_rhs(program, 0.0, &x, PARAMETERS, NULL, &prepared, &result, &work);
    assert_close(result, -27.0, 0.0, 0.0);
    tac_program_jac(program, 0.0, &x, PARAMETERS, NULL, &prepared, &result, &work);
    assert_close(result, -1.0, 0.0, 0.0);
    tac_program_observe(program, 0.0, &x, PARAMETERS, NULL, &prepared, &result, &work);
    assert_close(result, 60.0, 0.0, 0.0);
    assert_int_equal(tac_program_emit(ctx, program, "hand", &c), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "cannot be emitted"));
    tac_buf_free(&c);
    tac_program_free(program);
    tac_program_free(NULL);
    tac_ctx_free(ctx);
}

/* A model without equations, and one without states, are programs all the same. */
static void empty_models_are_no_trouble(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_program *program = program_of("model nothing() k = 2; y := 3*k; end");
    tac_buf c = TAC_BUF_INIT;
    tac_values v = values_of(program);
    values_compute(&v);
    assert_int_equal(v.image->n_state, 0);
    assert_close(v.y[0], 6.0, 0.0, 0.0);
    assert_int_equal(tac_program_emit(ctx, program, "nothing", &c), TAC_OK);
    values_free(&v);
    tac_buf_free(&c);
    tac_program_free(program);
    tac_ctx_free(ctx);
}

static void short_memory_is_an_error_without_a_leak(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    tac_status st = TAC_E_MEMORY;
    size_t n = 0;
    assert_int_equal(tac_model_read_text(ctx, "test", EVERY_OPERATION, strlen(EVERY_OPERATION),
                                         &model),
                     TAC_OK);
    for (; st != TAC_OK; n++) {
        tac_program *program = NULL;
        tac_alloc_fail_after(n);
        st = tac_program_build(ctx, model, &program);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        assert_true((st == TAC_OK) == (program != NULL));
        assert_true(n < 100000);
        tac_program_free(program);
        tac_ctx_clear(ctx);
    }
    assert_true(n > 20);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_to_slots_units_and_notes),
        cmocka_unit_test(rows_keep_what_the_table_says),
        cmocka_unit_test(states_have_the_size_of_their_start),
        cmocka_unit_test(the_hash_follows_everything_that_numbers_depend_on),
        cmocka_unit_test(a_compiled_image_runs_by_its_kernel),
        cmocka_unit_test(empty_models_are_no_trouble),
        cmocka_unit_test(short_memory_is_an_error_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
