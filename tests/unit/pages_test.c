/* SPDX-License-Identifier: Apache-2.0 */
/* A page of documentation follows the text of the model: comments, declarations and equations in their order. */
#include "model/pages.h"

#include "base/alloc.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char TEXT[] = "// Heads the file.\n"
                           "\n"
                           "unit per_h = 1/h   // a unit\n"
                           "model Clock()\n"
                           "  // --- the state ---\n"
                           "  var x has per_h, y has per_h;   // of both\n"
                           "  x' = -k*x*x;   // Doe 2000, eq. 3\n"
                           "  /* why\n     twice */\n"
                           "  y := 2*x; x = 1\n"
                           "  const k has dimensionless = 1;\n"
                           "end\n"
                           "model *top()\n"
                           "  c: Clock();\n"
                           "  c.y is z;   // joined\n"
                           "end\n";

static const char KINDS[] = "#DEIW"; /* one letter for each kind */

/** One line for each item: kind, text, symbol. */
static void write_page(const tac_model *model, const tac_page_item *items, size_t n, tac_buf *out)
{
    for (size_t i = 0; i < n; i++) {
        tac_buf_print(out, "%c%s ", KINDS[items[i].kind], items[i].is_alone ? "!" : "");
        tac_buf_add(out, model->sources[0].text + items[i].span.offset, items[i].span.n);
        tac_buf_print(out, " | %s\n",
                      items[i].symbol == UINT32_MAX ? "" : model->symbols[items[i].symbol].id);
    }
}

static void check_page(const char *prefix, const char *wanted)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_buf page = TAC_BUF_INIT;
    tac_page_item *items = NULL;
    size_t n = 0;
    tac_model *model = model_of(ctx, TEXT);
    assert_int_equal(tac_model_page(ctx, model, 0, prefix, &items, &n), TAC_OK);
    write_page(model, items, n, &page);
    assert_string_equal(tac_buf_str(&page), wanted);
    tac_free(items);
    tac_buf_free(&page);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void items_stand_in_the_order_of_the_text(void **state)
{
    (void)state;
    check_page("c.", "#! Heads the file. | \n"
                     "# a unit | \n"
                     "#! --- the state --- | \n"
                     "D var x has per_h, y has per_h | c.x\n"
                     "D var x has per_h, y has per_h | z\n"
                     "E x' = -k*x*x | c.x\n"
                     "# Doe 2000, eq. 3 | \n"
                     "#! why\n     twice | \n"
                     "E y := 2*x | z\n"
                     "E x = 1 | c.x\n"
                     "D const k has dimensionless = 1 | c.k\n"
                     "E const k has dimensionless = 1 | c.k\n"
                     "I c: Clock() | \n"
                     "W c.y is z | \n"
                     "# joined | \n");
}

static void names_of_another_instance_are_not_found(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_page_item *items = NULL;
    size_t n = 0;
    tac_model *model = model_of(ctx, TEXT);
    assert_int_equal(tac_model_page(ctx, model, 0, "other.", &items, &n), TAC_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(items[i].symbol, UINT32_MAX);
    }
    tac_free(items);
    assert_int_equal(tac_model_page(ctx, model, 1, "c.", &items, &n), TAC_E_ARG);
    assert_null(items);
    assert_non_null(strstr(tac_ctx_message(ctx), "the model has 1 files"));
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void every_allocation_of_a_page_may_fail(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, TEXT);
    size_t n_failed = 0;
    bool is_whole = false;
    for (size_t i = 0; !is_whole; i++) {
        tac_page_item *items = NULL;
        size_t n = 0;
        const size_t before = tac_alloc_count();
        tac_alloc_fail_after(i);
        const tac_status st = tac_model_page(ctx, model, 0, "c.", &items, &n);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        is_whole = tac_alloc_count() - before <= i;
        n_failed += st == TAC_OK ? 0 : 1;
        tac_free(items);
    }
    assert_int_equal(n_failed, 3); /* tokens, comments, items */
    tac_model_free(model);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_stand_in_the_order_of_the_text),
        cmocka_unit_test(names_of_another_instance_are_not_found),
        cmocka_unit_test(every_allocation_of_a_page_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
