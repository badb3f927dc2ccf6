/* SPDX-License-Identifier: Apache-2.0 */
/* Draws of what is not known keep to the ranges of the table and depend on nothing but their key. */
#include "sim/draw.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define N_DRAW 20000

static const double NOMINAL[] = {2.0, 0.0, 5.0};

/* A log-normal parameter with unequal halves, a normal one around zero, an exact one. */
static const tac_image_parameter ROWS[] = {
    {"k", "1/h", 2.0, 1.0, 8.0, 0.0, -(double)INFINITY, (double)INFINITY, "assumed", "", "",
     TAC_SLOT_PARAMETER, 0},
    {"gain", "1", 0.0, -1.0, 3.0, 0.0, -(double)INFINITY, (double)INFINITY, "assumed", "", "",
     TAC_SLOT_PARAMETER, 1},
    {"exact", "1", 5.0, (double)NAN, (double)NAN, 0.0, -(double)INFINITY, (double)INFINITY,
     "derived", "", "", TAC_SLOT_PARAMETER, 2}};

static const tac_image IMAGE = {.n_parameter = 3, .parameters = NOMINAL, .rows = ROWS, .n_row = 3};

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sorted_draws(size_t i_parameter, double *values)
{
    for (uint64_t member = 1; member <= N_DRAW; member++) {
        double p[3];
        tac_draw_member(&IMAGE, 7, member, p);
        values[member - 1] = p[i_parameter];
    }
    qsort(values, N_DRAW, sizeof *values, ascending);
}

static void the_range_holds_95_percent_and_the_value_is_the_median(void **state)
{
    (void)state;
    double *values = calloc(N_DRAW, sizeof *values);
    assert_non_null(values);
    sorted_draws(0, values);
    /* Cutting the tails at 3 SD moves the quantiles by 1 %; the rest is chance. */
    assert_close(values[N_DRAW / 2], 2.0, 0.02, 0.0);
    assert_close(values[N_DRAW / 40], 1.0, 0.04, 0.0);
    assert_close(values[N_DRAW - N_DRAW / 40], 8.0, 0.08, 0.0);
    assert_true(values[0] > 0.0);
    sorted_draws(1, values);
    assert_close(values[N_DRAW / 2], 0.0, 0.0, 0.03);
    assert_close(values[N_DRAW / 40], -1.0, 0.04, 0.0);
    assert_close(values[N_DRAW - N_DRAW / 40], 3.0, 0.04, 0.0);
    free(values);
}

static void exact_numbers_and_member_0_keep_their_nominal_values(void **state)
{
    (void)state;
    double p[3];
    tac_draw_member(&IMAGE, 1, 12, p);
    assert_true(p[2] == 5.0);
    tac_draw_member(&IMAGE, 1, 0, p);
    assert_true(p[0] == 2.0 && p[1] == 0.0);
}

static void a_draw_depends_on_seed_member_and_id_only(void **state)
{
    (void)state;
    double p[3];
    double again[3];
    double other[3];
    const tac_image one_row = {.n_parameter = 3,
                               .parameters = NOMINAL,
                               .rows = &ROWS[1],
                               .n_row = 1};
    tac_draw_member(&IMAGE, 3, 5, p);
    tac_draw_member(&one_row, 3, 5, again);
    assert_true(p[1] == again[1]);
    tac_draw_member(&IMAGE, 4, 5, other);
    assert_true(p[1] != other[1]);
    tac_draw_member(&IMAGE, 3, 6, other);
    assert_true(p[1] != other[1]);
}

/* What is drawn beyond what is possible is cut there. */
static void nothing_impossible_is_drawn(void **state)
{
    (void)state;
    static const double SHARE[] = {0.9};
    static const tac_image_parameter ROW = {"share", "1", 0.9,       0.5, 0.99, 0.0,
                                            0.0,     1.0, "assumed", "",  "",   TAC_SLOT_PARAMETER,
                                            0};
    static const tac_image SHARES = {.n_parameter = 1,
                                     .parameters = SHARE,
                                     .rows = &ROW,
                                     .n_row = 1};
    size_t n_cut = 0;
    for (uint64_t member = 1; member <= N_DRAW; member++) {
        double p = 0.0;
        tac_draw_member(&SHARES, 7, member, &p);
        assert_true(p > 0.0 && p <= 1.0);
        n_cut += p >= 1.0 ? 1 : 0;
    }
    assert_true(n_cut > 0 && n_cut < N_DRAW / 40);
}

/* Twins have the same scores with the other sign: what one is above the middle, the other is below, on the log scale. */
static void mirrored_persons_and_worlds_lie_on_both_sides(void **state)
{
    (void)state;
    static const double MIDDLE[] = {10.0};
    static const tac_image_parameter ROW = {"people", "1", 10.0,      5.0, 20.0, 0.5,
                                            0.0,      1e9, "assumed", "",  "",   TAC_SLOT_PARAMETER,
                                            0};
    static const tac_image PEOPLE = {.n_parameter = 1,
                                     .parameters = MIDDLE,
                                     .rows = &ROW,
                                     .n_row = 1};
    double sum = 0.0;
    for (uint64_t i = 0; i < 200; i++) {
        double p[4];
        for (size_t k = 0; k < 4; k++) {
            const tac_draw_key key = {7, i, i, k / 2 == 1, k % 2 == 1};
            tac_draw_world(&PEOPLE, &key, &p[k]);
            p[k] = tac_draw_spread(&ROW, p[k], tac_draw_score(&key, ROW.id));
        }
        /* worlds: value 10, 5 to 20; persons: coefficient of variation .5 */
        assert_close(log(p[0]) + log(p[3]), 2.0 * log(10.0), 0.0, 1e-9);
        assert_close(log(p[1]) + log(p[2]), 2.0 * log(10.0), 0.0, 1e-9);
        sum += pow((log(p[0]) - log(p[1])) / 2.0, 2.0);
    }
    assert_close(sqrt(sum / 200.0), sqrt(log1p(0.25)), 0.15, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_range_holds_95_percent_and_the_value_is_the_median),
        cmocka_unit_test(exact_numbers_and_member_0_keep_their_nominal_values),
        cmocka_unit_test(a_draw_depends_on_seed_member_and_id_only),
        cmocka_unit_test(nothing_impossible_is_drawn),
        cmocka_unit_test(mirrored_persons_and_worlds_lie_on_both_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
