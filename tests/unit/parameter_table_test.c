/* SPDX-License-Identifier: Apache-2.0 */
/* The table of parameters: what a row gives to a model, and a message for each wrong cell. */
#include "base/alloc.h"
#include "base/file.h"
#include "close.h"
#include "model_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A state, an input, a constant used under two names, and a variable that is computed. */
static const char MODEL[] = "unit per_h = 1/h; unit pg_per_mL = pg/mL;\n"
                            "model Decay()\n  var rate has per_h; var x has pg_per_mL;\n"
                            "  x' = -rate*x;\nend\n"
                            "model *top()\n  d: Decay(); var k has per_h; d.rate is k;\n"
                            "  const k; var u has dimensionless; z = 3 per_h;\n"
                            "  var y has pg_per_mL; y := u*d.x; free = 2*plain;\nend\n";

static const char HEADER[] = "id\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n";

/** Write header and rows to a new file; its name goes to `path`, which begins as mkstemp() wants. */
static void write_table(char *path, const char *header, const char *rows)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    tac_buf_text(&text, header);
    tac_buf_text(&text, rows);
    assert_int_equal(tac_file_write(ctx, path, tac_buf_str(&text), text.n), TAC_OK);
    tac_buf_free(&text);
    tac_ctx_free(ctx);
}

static void a_row_gives_value_unit_range_and_origin(void **state)
{
    (void)state;
    char path[] = "/tmp/tactus-test-XXXXXX";
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, MODEL);
    write_table(path,
                "# a comment\nid\tmore\tvalue\tunit\tlow\thigh\tspread\tbasis\tsource\tnote\n",
                "k\t-\t2\t1/h\t1\t3\t0.2\tmeasured\tdoe2000, roe2001\tas told\n"
                "\n# the start of the state\n"
                "d.x\t-\t5\tpg/mL\t\t\t\tassumed\t\tstart\n"
                "u\t-\t0.5\t1\t-1\t1\t\tderived\tdoe2000\t\n"
                "plain\t-\t4\tkg\t1\t9\t\tfitted\tdoe2000\t\n");
    assert_int_equal(tac_model_set_parameters(ctx, model, path), TAC_OK);
    assert_int_equal(model->n_parameter, 4);
    const tac_parameter *k = &model->parameters[0];
    assert_string_equal(k->id, "k");
    assert_string_equal(k->unit, "1/h");
    assert_string_equal(k->source, "doe2000, roe2001");
    assert_string_equal(k->note, "as told");
    assert_int_equal(k->basis, TAC_BASIS_MEASURED);
    assert_close(k->low, 1.0, 0.0, 0.0);
    assert_close(k->high, 3.0, 0.0, 0.0);
    assert_close(k->spread, 0.2, 0.0, 0.0);
    assert_true(isnan(model->parameters[1].low) && isnan(model->parameters[1].spread));
    assert_int_equal(symbol_of(model, "k")->parameter, 0);
    assert_int_equal(symbol_of(model, "k")->role, TAC_ROLE_CONSTANT);
    assert_close(symbol_of(model, "d.x")->value, 5.0, 0.0, 0.0);
    assert_int_equal(symbol_of(model, "d.x")->role, TAC_ROLE_STATE);
    assert_close(symbol_of(model, "u")->value, 0.5, 0.0, 0.0);
    assert_int_equal(symbol_of(model, "u")->role, TAC_ROLE_INPUT);
    assert_string_equal(symbol_of(model, "plain")->unit_text, "kg"); /* the text gives it none */
    assert_int_equal(model->parameters[3].basis, TAC_BASIS_FITTED);
    unlink(path);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

/* d.rate is k: a row may name either, but only one of them. */
static void a_row_may_use_a_name_that_was_joined_away(void **state)
{
    (void)state;
    char path[] = "/tmp/tactus-test-XXXXXX";
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, MODEL);
    write_table(path, HEADER,
                "d.rate\t2\t1/h\t1\t3\t\tmeasured\tdoe2000\t\n"
                "k\t2\t1/h\t1\t3\t\tmeasured\tdoe2000\t\n");
    assert_int_equal(tac_model_set_parameters(ctx, model, path), TAC_E_MODEL);
    assert_close(symbol_of(model, "k")->value, 2.0, 0.0, 0.0);
    assert_non_null(strstr(tac_ctx_message(ctx), ":3:1: a second row for this name"));
    assert_int_equal(tac_ctx_n_error(ctx), 1);
    unlink(path);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void rows_must_fail(const char *header, const char *rows, tac_status status,
                           const char *part)
{
    char path[] = "/tmp/tactus-test-XXXXXX";
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, MODEL);
    write_table(path, header, rows);
    const tac_status st = tac_model_set_parameters(ctx, model, path);
    if (st != status || strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("status %d (%d is wanted), '%s' is wanted in:\n%s", (int)st, (int)status, part,
                 tac_ctx_message(ctx));
    }
    unlink(path);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void each_wrong_cell_has_its_message(void **state)
{
    (void)state;
    static const struct {
        const char *rows;
        tac_status status;
        const char *part;
    } CASES[] = {
        {"k\t2\t\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         ":2:1: a unit is wanted; 1 for a pure number"},
        {"k\t2\t1/min\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_UNITS,
         ":2:5: 'k' is in 1/h in the model; a number of this unit is multiplied by 60 (60 min/h)\n"
         "  k 2 1/min 1 3  measured doe \n      ^~~~~\n"},
        {"k\t2\tkg\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_UNITS, "'k' is in 1/h in the model\n"},
        {"k\t2\t1/ho\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_UNITS,
         ":2:7: no unit is called 'ho'; did you mean '"},
        {"k\t2\t1/\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_UNITS, "a unit such as nmol/L"},
        {"k\t5\t1/h\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         ":2:3: the value must lie within low and high"},
        {"k\t0.5\t1/h\t1\t3\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         "the value must lie within low and high"},
        {"k\t2\t1/h\t2\t2\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         ":2:9: low must lie below high; an exact constant has neither"},
        {"k\t2\t1/h\t1\t\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         "low and high belong together: both or neither"},
        {"k\t2\t1/h\t\t3\t\tmeasured\tdoe\t\n", TAC_E_MODEL,
         "low and high belong together: both or neither"},
        {"k\t2\t1/h\t1\t3\t-1\tmeasured\tdoe\t\n", TAC_E_MODEL,
         ":2:13: the spread is a coefficient of variation, 0.2 for 20 %, not below 0"},
        {"k\t2\t1/h\t1\t3\tx\tmeasured\tdoe\t\n", TAC_E_SYNTAX, "'x' is not a number"},
        {"k\t2\t1/h\t1\t3\t\tmeasurd\tdoe\t\n", TAC_E_MODEL,
         "the basis is one of measured, fitted, derived, assumed; did you mean 'measured'?"},
        {"k\t2\t1/h\t1\t3\t\t\tdoe\t\n", TAC_E_MODEL, "the basis is one of"},
        {"k\t2\t1/h\t1\t3\t\tmeasured\t\tx\n", TAC_E_MODEL,
         "a source is wanted: keys of references.bib"},
        {"k\t2\t1/h\t1\t3\t\tassumed\t\t\n", TAC_E_MODEL, "a source is wanted"},
        {"d.xx\t2\t1/h\t1\t3\t\tassumed\t\tx\n", TAC_E_MODEL,
         ":2:1: the model has no such name; did you mean 'd.x'?"},
        {"albumin\t2\t1/h\t1\t3\t\tassumed\t\tx\n", TAC_E_MODEL, "the model has no such name\n"},
        {"y\t2\tpg/mL\t1\t3\t\tassumed\t\tx\n", TAC_E_MODEL,
         "the model computes this name; it takes no number"},
        {"free\t2\tkg\t1\t3\t\tassumed\t\tx\n", TAC_E_MODEL, "the model computes this name"},
        {"z\t2\t1/h\t1\t3\t\tassumed\t\tx\n", TAC_E_MODEL,
         "the text of the model gives this name a value too; keep one of them"},
        {"k\ttwo\t1/h\t1\t3\t\tassumed\t\tx\n", TAC_E_SYNTAX, ":2:3: 'two' is not a number"},
        {"k\t\t1/h\t1\t3\t\tassumed\t\tx\n", TAC_E_SYNTAX, "'' is not a number"},
        {"k\t2\t1/h\n", TAC_E_SYNTAX, "this row has 3 cells, the header has 9"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        rows_must_fail(HEADER, CASES[i].rows, CASES[i].status, CASES[i].part);
    }
    rows_must_fail("id\tvalue\tunit\tlow\thigh\tbasis\tsource\tnote\n", "", TAC_E_SYNTAX,
                   "the header has no column 'spread'");
    rows_must_fail("", "", TAC_E_SYNTAX, "the table is empty");
}

static void all_wrong_rows_are_reported(void **state)
{
    (void)state;
    rows_must_fail(HEADER,
                   "k\t9\t1/h\t1\t3\t\tassumed\t\tx\nq\t1\t1\t\t\t\tassumed\t\tx\n"
                   "u\t1\tkgg\t\t\t\tassumed\t\tx\n",
                   TAC_E_UNITS, ":3:1: the model has no such name");
}

static void a_model_takes_one_table(void **state)
{
    (void)state;
    char path[] = "/tmp/tactus-test-XXXXXX";
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, MODEL);
    assert_int_equal(tac_model_set_parameters(ctx, model, "/nowhere/parameters.tsv"), TAC_E_FILE);
    write_table(path, HEADER, "k\t2\t1/h\t1\t3\t\tmeasured\tdoe\t\n");
    assert_int_equal(tac_model_set_parameters(ctx, model, path), TAC_OK);
    assert_int_equal(tac_model_set_parameters(ctx, model, path), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "the model has a parameter table already"));
    unlink(path);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void every_allocation_of_a_table_may_fail(void **state)
{
    (void)state;
    char path[] = "/tmp/tactus-test-XXXXXX";
    bool is_whole = false;
    size_t n_failed = 0;
    write_table(path, HEADER,
                "k\t2\t1/h\t1\t3\t\tmeasured\tdoe\t\nd.x\t5\tpg/mL\t\t\t\tassumed\t\tstart\n");
    for (size_t i = 0; !is_whole; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_model *model = model_of(ctx, MODEL);
        const size_t before = tac_alloc_count();
        tac_alloc_fail_after(i);
        const tac_status st = tac_model_set_parameters(ctx, model, path);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        n_failed += st == TAC_E_MEMORY ? 1 : 0;
        is_whole = tac_alloc_count() - before <= i;
        tac_model_free(model);
        tac_ctx_free(ctx);
    }
    assert_true(n_failed > 4);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_gives_value_unit_range_and_origin),
        cmocka_unit_test(a_row_may_use_a_name_that_was_joined_away),
        cmocka_unit_test(each_wrong_cell_has_its_message),
        cmocka_unit_test(all_wrong_rows_are_reported),
        cmocka_unit_test(a_model_takes_one_table),
        cmocka_unit_test(every_allocation_of_a_table_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
