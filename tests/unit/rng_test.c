/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers: keyed, even, normal where asked; the stream is fixed for ever. */
#include "base/rng.h"

#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_same_key_gives_the_same_stream(void **state)
{
    (void)state;
    tac_rng a = tac_rng_for(7, 3, "stress.k");
    tac_rng b = tac_rng_for(7, 3, "stress.k");
    for (int i = 0; i < 100; i++) {
        assert_true(tac_rng_uniform(&a) == tac_rng_uniform(&b));
    }
}

/* Correlation of two streams of n numbers; by chance its SD is 1/sqrt(n). */
static double correlation(tac_rng a, tac_rng b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += (tac_rng_uniform(&a) - 0.5) * (tac_rng_uniform(&b) - 0.5);
    }
    return 12.0 * sum / n;
}

static void each_part_of_the_key_gives_another_stream(void **state)
{
    (void)state;
    const tac_rng base = tac_rng_for(7, 3, "stress.k");
    const tac_rng others[] = {tac_rng_for(8, 3, "stress.k"), tac_rng_for(7, 4, "stress.k"),
                              tac_rng_for(7, 3, "stress.l"), tac_rng_for(7, 3, ""),
                              tac_rng_for(3, 7, "stress.k")};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_true(fabs(correlation(base, others[i], 100000)) < 5.0 / sqrt(1e5));
    }
}

static void neighbouring_persons_are_independent(void **state)
{
    (void)state;
    double sum = 0.0;
    double before = 0.0;
    const int n = 100000;
    for (int person = 0; person < n; person++) {
        tac_rng rng = tac_rng_for(1, (uint64_t)person, "age");
        const double u = tac_rng_uniform(&rng) - 0.5;
        sum += u * before;
        before = u;
    }
    assert_true(fabs(12.0 * sum / n) < 5.0 / sqrt((double)n));
}

/* Uniform on (0, 1): mean 1/2, variance 1/12, fourth central moment 1/80, and ten even bins. */
static void uniform_numbers_are_even(void **state)
{
    (void)state;
    const int n = 1000000;
    int bins[10] = {0};
    double sum = 0.0;
    double sum2 = 0.0;
    double sum4 = 0.0;
    tac_rng rng = tac_rng_for(1, 2, "uniform");
    for (int i = 0; i < n; i++) {
        const double u = tac_rng_uniform(&rng);
        assert_true(u > 0.0 && u < 1.0);
        const double d = u - 0.5;
        sum += d;
        sum2 += d * d;
        sum4 += d * d * d * d;
        bins[(int)(10.0 * u)]++;
    }
    assert_close(sum / n, 0.0, 0.0, 5.0 * sqrt(1.0 / 12.0 / n));
    assert_close(sum2 / n, 1.0 / 12.0, 0.0, 5.0 * sqrt((1.0 / 80.0 - 1.0 / 144.0) / n));
    assert_close(sum4 / n, 1.0 / 80.0, 0.01, 0.0);
    double chi2 = 0.0;
    for (int i = 0; i < 10; i++) {
        const double d = bins[i] - n / 10.0;
        chi2 += d * d / (n / 10.0);
    }
    assert_true(chi2 < 33.7); /* 0.9999 quantile of chi-square with 9 degrees of freedom */
}

/* A normal distribution has moments 0, 1, 0, 3. */
static void normal_numbers_have_normal_moments(void **state)
{
    (void)state;
    const int n = 1000000;
    double moments[5] = {0.0};
    tac_rng rng = tac_rng_for(5, 6, "normal");
    for (int i = 0; i < n; i++) {
        const double z = tac_rng_normal(&rng);
        double power = 1.0;
        for (int k = 1; k <= 4; k++) {
            power *= z;
            moments[k] += power / n;
        }
    }
    assert_close(moments[1], 0.0, 0.0, 5.0 / sqrt((double)n));
    assert_close(moments[2], 1.0, 0.0, 5.0 * sqrt(2.0 / n));
    assert_close(moments[3], 0.0, 0.0, 5.0 * sqrt(15.0 / n));
    assert_close(moments[4], 3.0, 0.0, 5.0 * sqrt(96.0 / n));
}

/* Normal and uniform of one stream belong together: Phi(z) = u, by the C library's erfc. */
static void normal_numbers_are_quantiles_of_the_uniform_ones(void **state)
{
    (void)state;
    tac_rng for_z = tac_rng_for(1, 1, "quantile");
    tac_rng for_u = for_z;
    double largest = 0.0;
    for (int i = 0; i < 200000; i++) {
        const double z = tac_rng_normal(&for_z);
        const double u = tac_rng_uniform(&for_u);
        const double tail = 0.5 * erfc(fabs(z) * sqrt(0.5));
        assert_close(tail, u < 0.5 ? u : 1.0 - u, 1e-12, 1e-16);
        largest = fmax(largest, fabs(z));
    }
    assert_true(largest > 4.0); /* the far tails were among them */
}

/* Quantiles of Wichura 1988 (AS 241), table of checks: p = 0.25, 0.001, 1e-20. */
static void the_published_checks_of_as241_hold(void **state)
{
    (void)state;
    assert_close(tac_normal_quantile(0.25), -0.6744897501960817, 1e-15, 0.0);
    assert_close(tac_normal_quantile(0.001), -3.090232306167814, 1e-15, 0.0);
    assert_close(tac_normal_quantile(1e-20), -9.262340089798408, 1e-15, 0.0);
    assert_close(tac_normal_quantile(0.5), 0.0, 0.0, 1e-16);
    assert_close(tac_normal_quantile(0.975), 1.959963984540054, 1e-15, 0.0);
}

static void far_quantiles_come_one_after_the_other(void **state)
{
    (void)state;
    double before = -40.0;
    for (int e = 300; e >= 1; e--) {
        const double z = tac_normal_quantile(pow(10.0, -e));
        assert_true(z > before);
        before = z;
    }
    assert_close(tac_normal_quantile(1.0 - 1e-6), -tac_normal_quantile(1e-6), 1e-9, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_key_gives_the_same_stream),
        cmocka_unit_test(each_part_of_the_key_gives_another_stream),
        cmocka_unit_test(neighbouring_persons_are_independent),
        cmocka_unit_test(uniform_numbers_are_even),
        cmocka_unit_test(normal_numbers_have_normal_moments),
        cmocka_unit_test(normal_numbers_are_quantiles_of_the_uniform_ones),
        cmocka_unit_test(the_published_checks_of_as241_hold),
        cmocka_unit_test(far_quantiles_come_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
