/* SPDX-License-Identifier: Apache-2.0 */
/* The Jacobian against central differences at random points: every operation, and the shipped models. */
#include "base/alloc.h"
#include "programs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void rates_at(const tac_values *v, double *dxdt)
{
    tac_program_rhs(v->program, v->t, v->x, v->p, v->u, v->c, dxdt, v->work);
}

/** (f(x + h) - f(x - h)) / 2h for column j. */
static void difference_column(const tac_values *v, size_t j, double h, double *low, double *column)
{
    const double x = v->x[j];
    v->x[j] = x - h;
    const double x_low = v->x[j];
    rates_at(v, low);
    v->x[j] = x + h;
    const double width = v->x[j] - x_low;
    rates_at(v, column);
    v->x[j] = x;
    for (size_t i = 0; i < v->image->n_state; i++) {
        column[i] = (column[i] - low[i]) / width;
    }
}

/** d x_i' / d x_i, 0 where the pattern has none. */
static double diagonal_of(const tac_values *v, size_t i)
{
    for (int64_t k = v->image->jac_column[i]; k < v->image->jac_column[i + 1]; k++) {
        if ((size_t)v->image->jac_row[k] == i) {
            return v->jac[k];
        }
    }
    return 0.0;
}

/*
 * Compares a whole column, zeros included. Three step widths estimate the error of the difference
 * itself: where they disagree (a branch lies between), nothing can be said and the entry is not counted.
 */
static void compare_column(const tac_values *v, size_t j, size_t *n_compared, size_t *n_unclear)
{
    const size_t n = v->image->n_state;
    double *memory = tac_calloc(5 * n, sizeof *memory);
    assert_non_null(memory);
    double *low = memory;
    double *coarse = memory + n;
    double *fine = memory + 2 * n;
    double *middle = memory + 3 * n;
    double *exact = memory + 4 * n;
    const double h = 1e-5 * fmax(fabs(v->x[j]), 1e-3);
    difference_column(v, j, 2.0 * h, low, coarse);
    difference_column(v, j, 1.6 * h, low, middle);
    difference_column(v, j, h, low, fine);
    for (int64_t k = v->image->jac_column[j]; k < v->image->jac_column[j + 1]; k++) {
        exact[v->image->jac_row[k]] = v->jac[k];
    }
    for (size_t i = 0; i < n; i++) {
        /* round-off of the terms of a rate, which may cancel: gain less loss times the state */
        const double terms = fabs(v->dxdt[i]) + fabs(diagonal_of(v, i) * v->x[i]);
        const double noise = 1e-15 * terms / h;
        const double apart = fmax(fabs(fine[i] - coarse[i]), fabs(fine[i] - middle[i]));
        const double unclear = 4.0 * apart + 20.0 * noise;
        const double size = fmax(fabs(fine[i]), fabs(exact[i]));
        if (unclear > 1e-2 * size && size > 100.0 * noise) {
            *n_unclear += 1;
            continue;
        }
        *n_compared += 1;
        if (!(fabs(fine[i] - exact[i]) <= unclear + 1e-6 * size)) {
            fail_msg("d %s' / d %s is %.12g, the difference quotient %.12g (+- %.2g)",
                     v->image->state_ids[i], v->image->state_ids[j], exact[i], fine[i], unclear);
        }
    }
    tac_free(memory);
}

static void compare_at_random_points(const tac_program *program, double spread, uint64_t n_point)
{
    size_t n_compared = 0;
    size_t n_unclear = 0;
    for (uint64_t seed = 1; seed <= n_point; seed++) {
        tac_values v = values_of(program);
        values_shake(&v, spread, seed);
        values_compute(&v);
        for (size_t j = 0; j < v.image->n_state; j++) {
            compare_column(&v, j, &n_compared, &n_unclear);
        }
        values_free(&v);
    }
    assert_true(n_compared > 0);
    assert_true(n_unclear < n_compared / 20);
}

static void every_operation_is_differentiated_exactly(void **state)
{
    (void)state;
    tac_program *program = program_of(EVERY_OPERATION);
    compare_at_random_points(program, 0.5, 200);
    tac_program_free(program);
}

static void the_body_is_differentiated_exactly(void **state)
{
    (void)state;
    tac_program *program = program_of_body();
    compare_at_random_points(program, 0.3, 30);
    tac_program_free(program);
}

static void the_chain_is_differentiated_exactly(void **state)
{
    (void)state;
    tac_program *program = program_of_chain();
    compare_at_random_points(program, 0.1, 30);
    tac_program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_operation_is_differentiated_exactly),
        cmocka_unit_test(the_body_is_differentiated_exactly),
        cmocka_unit_test(the_chain_is_differentiated_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
