/* SPDX-License-Identifier: Apache-2.0 */
/* Counter-based random numbers: SplitMix64's mixing function over a key and a counter. */
#include "base/rng.h"

#include <math.h>

/** The finaliser of SplitMix64 (Steele, Lea, Flood 2014, 10.1145/2714064.2660195). */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

tac_rng tac_rng_for(uint64_t seed, uint64_t person, const char *purpose)
{
    uint64_t key = mix(seed + 0x9E3779B97F4A7C15ULL);
    key = mix(key ^ mix(person + 0xD1B54A32D192ED03ULL));
    for (const char *c = purpose; *c != '\0'; c++) {
        key = mix(key ^ (uint64_t)(unsigned char)*c) + 0x9E3779B97F4A7C15ULL;
    }
    return (tac_rng){mix(key), 0};
}

double tac_rng_uniform(tac_rng *rng)
{
    rng->counter++;
    const uint64_t bits = mix(rng->key + rng->counter * 0x9E3779B97F4A7C15ULL) >> 11;
    return ((double)bits + 0.5) * 0x1.0p-53;
}

/** Value of the polynomial c[0] + c[1] r + ... + c[7] r^7. */
static double polynomial(const double c[8], double r)
{
    double sum = c[7];
    for (int i = 6; i >= 0; i--) {
        sum = sum * r + c[i];
    }
    return sum;
}

double tac_normal_quantile(double p)
{
    static const double A[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                                1.9715909503065514427e+3, 1.3731693765509461125e+4,
                                4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double B[8] = {1.0,
                                4.2313330701600911252e+1,
                                6.8718700749205790830e+2,
                                5.3941960214247511077e+3,
                                2.1213794301586595867e+4,
                                3.9307895800092710610e+4,
                                2.8729085735721942674e+4,
                                5.2264952788528545610e+3};
    static const double C[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double D[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double E[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double F[8] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(A, r) / polynomial(B, r);
    }
    double r = sqrt(-log(q < 0.0 ? p : 1.0 - p));
    double z = 0.0;
    if (r <= 5.0) {
        r -= 1.6;
        z = polynomial(C, r) / polynomial(D, r);
    } else {
        r -= 5.0;
        z = polynomial(E, r) / polynomial(F, r);
    }
    return q < 0.0 ? -z : z;
}

double tac_rng_normal(tac_rng *rng)
{
    return tac_normal_quantile(tac_rng_uniform(rng));
}
