/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: wanted columns are found by name, comments are no rows, and a bad cell is reported with its place. */
#include "base/tsv.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const COLUMNS[] = {"id", "value"};

static tac_status read_text(tac_ctx *ctx, const char *text, tac_tsv **tsv_out)
{
    const tac_source source = {"table.tsv", text, strlen(text)};
    return tac_tsv_read(ctx, &source, 2, COLUMNS, tsv_out);
}

static void columns_are_found_by_name(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_tsv *tsv = NULL;
    assert_int_equal(
        read_text(ctx, "value\tnote\tid\n# a comment\n\n 1.5 \tx y\tfirst\r\n-2e3\t\tsecond", &tsv),
        TAC_OK);
    assert_int_equal(tac_tsv_n_row(tsv), 2);
    assert_string_equal(tac_tsv_cell(tsv, 0, 0), "first");
    assert_string_equal(tac_tsv_cell(tsv, 0, 1), "1.5");
    assert_string_equal(tac_tsv_cell(tsv, 1, 0), "second");
    double value = 0.0;
    assert_int_equal(tac_tsv_number(ctx, tsv, 1, 1, NULL, &value), TAC_OK);
    assert_true(value == -2000.0);
    const tac_span span = tac_tsv_span(tsv, 0, 1);
    assert_memory_equal(tac_tsv_source(tsv)->text + span.offset, "1.5", span.n);
    tac_tsv_free(tsv);
    tac_tsv_free(NULL);
    tac_ctx_free(ctx);
}

static void the_text_is_copied(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_tsv *tsv = NULL;
    char text[] = "id\tvalue\na\t1\n";
    assert_int_equal(read_text(ctx, text, &tsv), TAC_OK);
    memset(text, 'x', sizeof text - 1);
    assert_string_equal(tac_tsv_cell(tsv, 0, 0), "a");
    assert_memory_equal(tac_tsv_source(tsv)->text, "id\tvalue", 8);
    tac_tsv_free(tsv);
    tac_ctx_free(ctx);
}

static void check_message(const char *text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_tsv *tsv = NULL;
    assert_int_equal(read_text(ctx, text, &tsv), TAC_E_SYNTAX);
    assert_null(tsv);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void what_is_no_table_is_refused(void **state)
{
    (void)state;
    check_message("", "table.tsv: the table is empty, its first line must name the columns");
    check_message("# only a comment\n", "the table is empty");
    check_message("id\tnote\n", "table.tsv:1:1: the header has no column 'value'");
    check_message("x\ty\n", "the header has no column 'id'");
    check_message("id\tvalue\na\t1\nb\n", "table.tsv:3:1: this row has 1 cells, the header has 2");
    check_message("id\tvalue\na\t1\t\n", "table.tsv:2:1: this row has 3 cells, the header has 2");
}

static void all_bad_rows_are_named(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_tsv *tsv = NULL;
    assert_int_equal(read_text(ctx, "id\tvalue\na\nb\t1\nc\n", &tsv), TAC_E_SYNTAX);
    assert_int_equal(tac_ctx_n_error(ctx), 2);
    assert_non_null(strstr(tac_ctx_message(ctx), "table.tsv:2:1"));
    assert_non_null(strstr(tac_ctx_message(ctx), "table.tsv:4:1"));
    tac_ctx_free(ctx);
}

static void numbers_are_numbers(void **state)
{
    (void)state;
    static const char *const BAD[] = {"1,5", "abc", "1.5x", "nan", "inf", "1e999", "0x10", "- 1"};
    tac_ctx *ctx = tac_ctx_create();
    for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        tac_tsv *tsv = NULL;
        tac_buf text = TAC_BUF_INIT;
        double value = 7.0;
        tac_buf_print(&text, "id\tvalue\na\t%s\n", BAD[i]);
        assert_int_equal(read_text(ctx, tac_buf_str(&text), &tsv), TAC_OK);
        assert_int_equal(tac_tsv_number(ctx, tsv, 0, 1, NULL, &value), TAC_E_SYNTAX);
        assert_non_null(strstr(tac_ctx_message(ctx), "table.tsv:2:3: '"));
        assert_non_null(strstr(tac_ctx_message(ctx), "is not a number; write it as 0.5 or 5e-1"));
        tac_ctx_clear(ctx);
        tac_tsv_free(tsv);
        tac_buf_free(&text);
    }
    tac_ctx_free(ctx);
}

static void an_empty_cell_is_no_number_unless_it_may_be(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_tsv *tsv = NULL;
    double value = 0.0;
    bool is_empty = false;
    assert_int_equal(read_text(ctx, "id\tvalue\na\t\nb\t2\n", &tsv), TAC_OK);
    assert_int_equal(tac_tsv_number(ctx, tsv, 0, 1, &is_empty, &value), TAC_OK);
    assert_true(is_empty && isnan(value));
    assert_int_equal(tac_tsv_number(ctx, tsv, 1, 1, &is_empty, &value), TAC_OK);
    assert_true(!is_empty && value == 2.0);
    assert_int_equal(tac_tsv_number(ctx, tsv, 0, 1, NULL, &value), TAC_E_SYNTAX);
    tac_tsv_free(tsv);
    tac_ctx_free(ctx);
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    for (size_t i = 0; st != TAC_OK && i < 100; i++) {
        tac_tsv *tsv = NULL;
        tac_ctx_clear(ctx);
        tac_alloc_fail_after(i);
        st = read_text(ctx, "id\tvalue\na\t1\n", &tsv);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || (st == TAC_E_MEMORY && tsv == NULL));
        n_failed += st == TAC_OK ? 0 : 1;
        tac_tsv_free(tsv);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed >= 3);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(the_text_is_copied),
        cmocka_unit_test(what_is_no_table_is_refused),
        cmocka_unit_test(all_bad_rows_are_named),
        cmocka_unit_test(numbers_are_numbers),
        cmocka_unit_test(an_empty_cell_is_no_number_unless_it_may_be),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
