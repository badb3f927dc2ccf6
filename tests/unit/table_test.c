/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of results keep what is put in, under any growth, and survive short memory. */
#include "base/table.h"

#include "base/alloc.h"

#include <tactus/study.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const tac_column COLUMNS[] = {{"name", "", true}, {"level", "nmol/L", false}};

static tac_status fill(tac_ctx *ctx, tac_results **results_out)
{
    tac_table *table = NULL;
    tac_status st = tac_results_create(ctx, results_out);
    if (st == TAC_OK) {
        st = tac_results_add(ctx, *results_out, "hormones", 2, COLUMNS, &table);
    }
    for (int i = 0; st == TAC_OK && i < 100; i++) {
        size_t row = 0;
        st = tac_table_add_rows(ctx, table, 1, &row);
        if (st == TAC_OK) {
            tac_table_set(table, row, "level", (double)i);
            st = tac_table_set_text(ctx, table, row, "name", i % 2 == 0 ? "even" : "odd");
        }
    }
    return st;
}

static void rows_keep_their_cells_while_the_table_grows(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    assert_int_equal(fill(ctx, &results), TAC_OK);
    const tac_table *table = tac_results_table(results, "hormones");
    assert_int_equal(tac_table_n_row(table), 100);
    assert_true(tac_table_number_of(table, 7, "level") == 7.0);
    assert_true(tac_table_number_of(table, 99, "level") == 99.0);
    assert_string_equal(tac_table_text_of(table, 98, "name"), "even");
    assert_string_equal(tac_table_column(table, 1)->unit, "nmol/L");
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void a_new_row_is_empty_until_it_is_set(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_results *results = NULL;
    tac_table *table = NULL;
    assert_int_equal(tac_results_create(ctx, &results), TAC_OK);
    assert_int_equal(tac_results_add(ctx, results, "t", 2, COLUMNS, &table), TAC_OK);
    assert_int_equal(tac_table_add_rows(ctx, table, 3, NULL), TAC_OK);
    assert_true(isnan(tac_table_number_of(table, 2, "level")));
    assert_string_equal(tac_table_text_of(table, 2, "name"), "");
    assert_true(tac_table_has(table, "level"));
    assert_false(tac_table_has(table, "lewel"));
    tac_results_free(results);
    tac_ctx_free(ctx);
}

static void every_allocation_may_fail_without_a_leak(void **state)
{
    (void)state;
    size_t n_failed = 0;
    for (size_t i = 0; i < 200; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_results *results = NULL;
        tac_alloc_fail_after(i);
        const tac_status st = fill(ctx, &results);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        n_failed += st == TAC_OK ? 0 : 1;
        tac_results_free(results);
        tac_ctx_free(ctx);
    }
    assert_true(n_failed > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_keep_their_cells_while_the_table_grows),
        cmocka_unit_test(a_new_row_is_empty_until_it_is_set),
        cmocka_unit_test(every_allocation_may_fail_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
