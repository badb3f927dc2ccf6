/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a comparison are the same bytes whatever the number of threads. */
/* labels: threads */
#include "base/table.h"
#include "study.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_numbers_do_not_depend_on_the_number_of_threads(void **state)
{
    (void)state;
    static const char TEXT[] = "title: Threads\nperson: {sex: male, age: 35}\nduration: 1 d\n"
                               "programme:\n  - {massage: chair, at: \"12:00\"}\n"
                               "report: [cortisol, rmssd]\n";
    study one = study_compare(TEXT, 4, 1);
    study four = study_compare(TEXT, 4, 4);
    const tac_table *a = tac_results_table(one.results, "trajectories");
    const tac_table *b = tac_results_table(four.results, "trajectories");
    assert_int_equal(tac_table_n_row(a), tac_table_n_row(b));
    for (size_t j = 0; j < tac_table_n_column(a); j++) {
        for (size_t i = 0; i < tac_table_n_row(a); i++) {
            assert_true(fabs(tac_table_number(a, i, j) - tac_table_number(b, i, j)) <= 0.0);
        }
    }
    study_free(&one);
    study_free(&four);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_do_not_depend_on_the_number_of_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
