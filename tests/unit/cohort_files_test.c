/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a cohort made by hand: what stands in them, and that both hold the same. */
#include "base/buf.h"
#include "base/file.h"
#include "close.h"
#include "report/cohort.h"

#include <tactus/report.h>

#include <math.h>
#include <netcdf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* More than one block of rows. */
enum { N_PEOPLE = 300, N_ARM = 3, N_NUMBER = 1 + 1 + 2 * 2 };

static char folder[] = "/tmp/tactus-cohort-XXXXXX";
static tac_ctx *ctx;

static char *path_of(const char *name)
{
    static char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int begin(void **state)
{
    (void)state;
    ctx = tac_ctx_create();
    assert_non_null(mkdtemp(folder));
    return 0;
}

static int end(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"j", "people.csv", "people.nc", "summary.json", "run.json"};
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        unlink(path_of(NAMES[i]));
    }
    rmdir(folder);
    memcpy(strrchr(folder, '-'), "-XXXXXX", 7);
    tac_ctx_free(ctx);
    return 0;
}

static void ok(tac_status status)
{
    if (status != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
}

static tac_table *table_of(tac_results *results, const char *name, size_t n_text,
                           const char *const *texts, size_t n_number, const char *const *numbers)
{
    tac_column columns[16];
    tac_table *table = NULL;
    for (size_t i = 0; i < n_text; i++) {
        columns[i] = (tac_column){texts[i], "", true};
    }
    for (size_t i = 0; i < n_number; i++) {
        columns[n_text + i] = (tac_column){numbers[i], "", false};
    }
    ok(tac_results_add(ctx, results, name, n_text + n_number, columns, &table));
    return table;
}

static void add_row(tac_table *table, const char *id, const char *title, const char *unit)
{
    size_t row = 0;
    ok(tac_table_add_rows(ctx, table, 1, &row));
    ok(tac_table_set_text(ctx, table, row, "id", id));
    ok(tac_table_set_text(ctx, table, row, "title", title));
    if (unit != NULL) {
        ok(tac_table_set_text(ctx, table, row, "unit", unit));
    }
}

/** The number of a person: person 7 could not be solved. */
static void fill(double *row, size_t i)
{
    const double n = (double)i;
    const bool is_solved = i != 6;
    row[0] = is_solved ? 1.0 : 0.0;
    row[1] = 20.0 + 0.1 * n;
    row[2] = is_solved ? 100.0 + n : (double)NAN; /* gentle, with */
    row[3] = is_solved ? 110.0 + n : (double)NAN; /* the same hours without */
    row[4] = is_solved ? 90.0 + n : (double)NAN;  /* firm */
    row[5] = is_solved ? 111.0 + n : (double)NAN;
}

/** Two programmes, one observable, one attribute. */
static tac_results *make_results(void)
{
    static const char *const ID[] = {"id", "title", "unit", "what"};
    static const char *const ARM[] = {"id", "title", "against"};
    static const char *const KEY[] = {"key", "text"};
    static const char *const NUMBER[] = {"number"};
    static const char *const META[] = {"title", "person", "scenario", "version", "model_hash"};
    tac_results *results = NULL;
    tac_journal *journal = NULL;
    double row[N_NUMBER];
    ok(tac_results_create(ctx, &results));
    add_row(table_of(results, "attributes", 3, ID, 0, NULL), "age", "age", "year");
    tac_table *observables = table_of(results, "observables", 4, ID, 0, NULL);
    add_row(observables, "cortisol", "cortisol", "nmol/L");
    ok(tac_table_set_text(ctx, observables, 0, "what", "24-h mean"));
    tac_table *arms = table_of(results, "arms", 3, ARM, 0, NULL);
    add_row(arms, "gentle", "", NULL);
    add_row(arms, "firm, and long", "", NULL);
    add_row(arms, "without", "", NULL);
    ok(tac_table_set_text(ctx, arms, 0, "against", "without"));
    ok(tac_table_set_text(ctx, arms, 1, "against", "without"));
    tac_table *cohort = table_of(results, "cohort", 2, KEY, 1, NUMBER);
    ok(tac_table_add_number(ctx, cohort, "people", N_PEOPLE));
    ok(tac_table_add_text(ctx, cohort, "population", "general"));
    ok(tac_table_add_text(ctx, cohort, "scenario_text", "title: T\n"));
    tac_table *meta = table_of(results, "meta", 2, KEY, 1, NUMBER);
    for (size_t i = 0; i < sizeof META / sizeof META[0]; i++) {
        ok(tac_table_add_text(ctx, meta, META[i], META[i]));
    }
    ok(tac_table_add_number(ctx, meta, "seed", 5.0));
    ok(tac_table_add_number(ctx, meta, "rel_tol", 1e-5));
    ok(tac_journal_open(ctx, path_of("j"), "seed: 5\n", N_NUMBER, false, &journal));
    for (size_t i = 0; i < N_PEOPLE; i++) {
        fill(row, i);
        ok(tac_journal_put(ctx, journal, i, row));
    }
    tac_results_keep_journal(results, journal);
    return results;
}

static void the_csv_has_a_row_for_each_person_and_arm(void **state)
{
    (void)state;
    tac_results *results = make_results();
    tac_buf text = TAC_BUF_INIT;
    size_t n_line = 0;
    ok(tac_cohort_csv(ctx, results, path_of("people.csv")));
    ok(tac_file_read(ctx, path_of("people.csv"), 1U << 20, &text));
    for (size_t i = 0; i < text.n; i++) {
        n_line += text.text[i] == '\n' ? 1 : 0;
    }
    assert_int_equal(n_line, 2 + N_PEOPLE * N_ARM);
    static const char BEGINNING[] = "person,arm,age,cortisol,cortisol.without\n"
                                    ",,year,nmol/L,nmol/L\n"
                                    "1,gentle,20,100,110\n"
                                    "1,\"firm, and long\",20,90,111\n"
                                    "1,without,20,110,110\n";
    assert_memory_equal(text.text, BEGINNING, sizeof BEGINNING - 1);
    assert_non_null(strstr(text.text, "\n7,gentle,20.6,,\n"));
    assert_non_null(strstr(text.text, "\n300,without,49.9,409,409\n"));
    tac_buf_free(&text);
    tac_results_free(results);
}

static int variable(int nc, const char *name, const char *unit)
{
    int id = -1;
    char text[100] = "";
    assert_int_equal(nc_inq_varid(nc, name, &id), NC_NOERR);
    if (unit != NULL) {
        assert_int_equal(nc_get_att_text(nc, id, "units", text), NC_NOERR);
        assert_string_equal(text, unit);
    }
    return id;
}

static void assert_global(int nc, const char *name, const char *want)
{
    char text[200] = "";
    assert_int_equal(nc_get_att_text(nc, NC_GLOBAL, name, text), NC_NOERR);
    assert_string_equal(text, want);
}

static void the_netcdf_file_reads_back_with_units_and_provenance(void **state)
{
    (void)state;
    static double with[N_PEOPLE][N_ARM];
    static double without[N_PEOPLE][N_ARM];
    static double age[N_PEOPLE];
    signed char lived[N_PEOPLE];
    char *arms[N_ARM];
    long long seed = 0;
    int nc = -1;
    tac_results *results = make_results();
    ok(tac_cohort_netcdf(ctx, results, path_of("people.nc")));
    assert_int_equal(nc_open(path_of("people.nc"), NC_NOWRITE, &nc), NC_NOERR);
    assert_int_equal(nc_get_var_double(nc, variable(nc, "cortisol", "nmol/L"), &with[0][0]),
                     NC_NOERR);
    assert_int_equal(nc_get_var_double(nc, variable(nc, "cortisol_without", "nmol/L"),
                                       &without[0][0]),
                     NC_NOERR);
    assert_int_equal(nc_get_var_double(nc, variable(nc, "age", "year"), age), NC_NOERR);
    assert_int_equal(nc_get_var_schar(nc, variable(nc, "lived", NULL), lived), NC_NOERR);
    assert_int_equal(nc_get_var_string(nc, variable(nc, "arm", NULL), arms), NC_NOERR);
    assert_string_equal(arms[1], "firm, and long");
    nc_free_string(N_ARM, arms);
    for (size_t i = 0; i < N_PEOPLE; i++) {
        double row[N_NUMBER];
        fill(row, i);
        assert_close(age[i], row[1], 0.0, 0.0);
        assert_int_equal(lived[i], i != 6);
        assert_true(i == 6 ? isnan(with[i][0]) : with[i][0] == row[2] && with[i][1] == row[4]);
        assert_true(
            i == 6 || (with[i][2] == row[3] && without[i][0] == row[3] && without[i][1] == row[5]));
    }
    assert_int_equal(nc_get_att_longlong(nc, NC_GLOBAL, "seed", &seed), NC_NOERR);
    assert_int_equal(seed, 5);
    assert_int_equal(nc_inq_att(nc, NC_GLOBAL, "command", NULL, NULL), NC_ENOTATT);
    assert_global(nc, "scenario", "title: T\n");
    assert_global(nc, "population", "general");
    assert_global(nc, "model_hash", "model_hash");
    assert_int_equal(nc_close(nc), NC_NOERR);
    tac_results_free(results);
}

/* Nothing half-written is left: not where the file cannot be made, nor where a row has been lost. */
static void a_file_that_cannot_be_written_leaves_nothing(void **state)
{
    (void)state;
    tac_results *results = make_results();
    assert_int_equal(tac_cohort_netcdf(ctx, results, "/nowhere/people.nc"), TAC_E_FILE);
    assert_int_equal(truncate(path_of("j"), 4096 + 100), 0);
    tac_ctx_clear(ctx);
    assert_int_equal(tac_cohort_netcdf(ctx, results, path_of("people.nc")), TAC_E_FILE);
    assert_non_null(strstr(tac_ctx_message(ctx), "person 2 is no longer in the journal"));
    assert_int_equal(tac_cohort_csv(ctx, results, path_of("people.csv")), TAC_E_FILE);
    assert_int_equal(access(path_of("people.nc"), F_OK), -1);
    assert_int_equal(access(path_of("people.csv"), F_OK), -1);
    unlink(path_of("j"));
    assert_int_equal(rmdir(folder), 0); /* and nothing else */
    assert_int_equal(mkdir(folder, 0777), 0);
    tac_results_free(results);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_csv_has_a_row_for_each_person_and_arm, begin, end),
        cmocka_unit_test_setup_teardown(the_netcdf_file_reads_back_with_units_and_provenance, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_file_that_cannot_be_written_leaves_nothing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
