/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fever, pain threshold, heart rate and pressure after 2 ng/kg of endotoxin, Dobreva 2021 (hours; volumes mL, resistances mmHg s/mL) alone,
 * with the numbers fitted to the Janum data; not our fever.
 */
#include "close.h"
#include "simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The delay of 1.75 h of nitric oxide is five stages of 0.35 h; |x| is rounded over 0.01 pg/mL, because its power of 0.75 has no slope at 0.
 * N5 is what the cytokines ask of the enzyme 1.75 h later; the heart fills and empties by its mean flow.
 * The factor q of pressure on the rate is written for pressures above 100 mmHg, where it stays. */
static const char *const FEVER =
    "function up(x, k, n)\n"
    "  1 - k^n/(k^n + x^n)\n"
    "end\n"
    "function down(x, k, n)\n"
    "  k^n/(k^n + x^n)\n"
    "end\n"
    "function gap(x)\n"
    "  sqrt(x^2 + 1e-4)\n"
    "end\n"
    "model fever()\n"
    "  var E; var MR; var MA; var TNF; var IL6; var IL8; var IL10; var activation;\n"
    "  var T; var T_aim; var P; var HR; var HR_aim; var q; var g; var NO; var N1; var N2; var N3; var N4; var N5;\n"
    "  var Rs; var pain_speed; var pull; var Vla; var Vsa; var Vsv; var Vlv; var pla; var psa; var psv; var plv; var Q;\n"
    "  activation := up(E, 3.3, 1)*(sm + kmtnf*100^3.16*up(TNF, 100, 3.16))*down(IL10, 4.3465, 0.3)*MR;\n"
    "  E' = -kpe*E;\n"
    "  MR' = 0.006*MR*(1 - MR/30000) - activation;\n"
    "  MA' = activation - 2.51*MA;\n"
    "  TNF' = 0.69712*MA*down(IL10, 17.386, 3)*down(IL6, 560, 2) - 1.48728*(TNF - stnf);\n"
    "  IL10' = MA*(0.0077847 + 0.017*up(IL6, 560, 3.675)) - 0.62293*(IL10 - s10);\n"
    "  IL8' = MA*(0.37219 + 0.515*up(TNF, 185, 3))*down(IL10, 17.386, 1.5) - 0.69839*(IL8 - s8);\n"
    "  IL6' = MA*(0.51063 + 0.81*up(TNF, 185, 2))*down(IL6, 560, 1)*down(IL10, 34.772, 4) - 0.79658*(IL6 - s6);\n"
    "  T_aim := 0.5*(39.5 - Tm)*(1.5*up(gap(TNF - stnf), 185, 0.75) + 2.66637*up(gap(IL6 - s6), 560, 0.75) - 0.0625*up(gap(IL10 - s10), 34.772, 1)) + Tm;\n"
    "  T' = (T_aim - T)/1.69321;\n"
    "  pain_speed := -0.17881*E*P + 0.15*(ppM - P);\n"
    "  P' = pain_speed;\n"
    "  N1' = (up(TNF, 170, 2)*down(IL10, 4, 0.4) - N1)/0.35;\n"
    "  N2' = (N1 - N2)/0.35;\n"
    "  N3' = (N2 - N3)/0.35;\n"
    "  N4' = (N3 - N4)/0.35;\n"
    "  N5' = (N4 - N5)/0.35;\n"
    "  NO' = 0.002*MA*N5 - 0.045*NO;\n"
    "  g := (T - Tm)^2/((T - Tm)^2 + (36.3 - Tm)^2);\n"
    "  q := (143 - BP0)^4/((143 - BP0)^4 + (pla - BP0)^4);\n"
    "  HR_aim := H0 + 0.24705*(189.724 - H0)*g*q;\n"
    "  HR' = (HR_aim - HR)/0.5;\n"
    "  pull := pain_speed^2/(pain_speed^2 + 230^2);\n"
    "  Rs' = 4.88645*pull - 0.65*NO - 1.85267*(Rs - 1.30116);\n"
    "  pla := Vla/1.39817;\n"
    "  psa := Vsa/0.25972;\n"
    "  psv := Vsv/47.45039;\n"
    "  plv := Vlv/8.97171;\n"
    "  Q := (plv/0.026515 - pla/3.09564)*HR/60;\n"
    "  Vla' = 3600*(Q - (pla - psa)/0.065657);\n"
    "  Vsa' = 3600*((pla - psa)/0.065657 - (psa - psv)/Rs);\n"
    "  Vsv' = 3600*((psa - psv)/Rs - (psv - plv)/0.0028661);\n"
    "  Vlv' = 3600*((psv - plv)/0.0028661 - Q);\n"
    "  E = 2; MR = 28200; MA = 0; TNF = stnf; IL6 = s6; IL8 = s8; IL10 = s10; T = Tm; P = ppM; HR = H0;\n"
    "  NO = 0; N1 = 0; N2 = 0; N3 = 0; N4 = 0; N5 = 0; Rs = 1.30116; Vla = 169.632; Vsa = 30.041; Vsv = 168.441; Vlv = 29.632;\n"
    "  kpe = 1.08192; sm = 0.0414; kmtnf = 4.14e-6; stnf = 1.118; s6 = 1.0475; s8 = 3.0105; s10 = 0.2345;\n"
    "  Tm = 36.825; ppM = 781.15; H0 = 60.55744958; BP0 = 118.4;\n"
    "end\n";

/** One line of the published table: a value that is 0 was not given. */
typedef struct row {
    double t_h, tnf, il6, il8, il10, temperature, heart_rate;
} row;

/* Numbers of base-models, row B1: the published set integrated, printed with two or three digits. */
static const row ROWS[] = {{1.0, 40.0, 0.0, 0.0, 0.0, 0.0, 0.0},
                           {1.5, 298.0, 354.0, 312.0, 5.0, 37.4, 68.0},
                           {2.0, 328.0, 820.0, 779.0, 25.0, 38.0, 78.0},
                           {3.0, 95.0, 572.0, 568.0, 35.0, 38.8, 87.0},
                           {4.0, 33.0, 300.0, 309.0, 22.0, 38.8, 89.0},
                           {5.0, 0.0, 143.0, 159.0, 12.0, 0.0, 88.0},
                           {6.0, 0.0, 66.0, 0.0, 0.0, 38.2, 0.0}};
static const size_t N_ROW = sizeof ROWS / sizeof ROWS[0];

/** Compare where the table has a number. */
static void check(const tac_test_sim *sim, const char *id, double want, double rel, double abs_tol)
{
    if (want > 0.0) {
        assert_close(sim_value(sim, id), want, rel, abs_tol);
    }
}

static void cytokines_have_the_published_course(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(FEVER);
    for (size_t i = 0; i < N_ROW; i++) {
        sim_to(sim, ROWS[i].t_h);
        check(sim, "TNF", ROWS[i].tnf, 0.05, 0.0);
        check(sim, "IL6", ROWS[i].il6, 0.05, 0.0);
        check(sim, "IL8", ROWS[i].il8, 0.05, 0.0);
        check(sim, "IL10", ROWS[i].il10, 0.05, 0.5);
    }
    sim_free(sim);
}

/* A temperature printed with one decimal; the rate within the 5 % of every reproduction (it comes out within 1.6 beats, with stages for the delay). */
static void temperature_and_heart_rate_have_the_published_course(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(FEVER);
    for (size_t i = 0; i < N_ROW; i++) {
        sim_to(sim, ROWS[i].t_h);
        check(sim, "T", ROWS[i].temperature, 0.0, 0.06);
        check(sim, "HR", ROWS[i].heart_rate, 0.05, 0.0);
    }
    sim_free(sim);
}

/* Systolic pressure of base-models, row B1 (measured 118, 122, 129, 123, 115): the late fall is not reproduced, which is why our pressure comes from
 * the reflex instead. */
static void the_published_pressure_does_not_fall_late(void **state)
{
    (void)state;
    static const struct {
        double t_h, systolic;
    } PRESSURE[] = {{0.01, 121.0}, {1.0, 133.0}, {1.5, 131.0}, {3.0, 134.0}, {6.0, 132.0}};
    tac_test_sim *sim = sim_from_text(FEVER);
    for (size_t i = 0; i < sizeof PRESSURE / sizeof PRESSURE[0]; i++) {
        sim_to(sim, PRESSURE[i].t_h);
        assert_close(sim_value(sim, "pla"), PRESSURE[i].systolic, 0.0, 1.5);
    }
    assert_true(sim_value(sim, "pla") > 115.0 + 10.0);
    sim_free(sim);
}

/* -0.17881 * 2 ng/kg * 781.15 = -279 per hour in the scale of its file: pain begins with the endotoxin, before any cytokine. */
static void the_pain_threshold_falls_at_once_and_comes_back(void **state)
{
    (void)state;
    tac_test_sim *sim = sim_from_text(FEVER);
    sim_to(sim, 1e-3);
    assert_close(sim_value(sim, "pain_speed"), -279.0, 0.005, 0.0);
    assert_close(sim_value(sim, "TNF"), 1.118, 0.01, 0.0);
    sim_to(sim, 48.0);
    assert_close(sim_value(sim, "P"), 781.15, 0.01, 0.0);
    sim_free(sim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cytokines_have_the_published_course),
        cmocka_unit_test(temperature_and_heart_rate_have_the_published_course),
        cmocka_unit_test(the_published_pressure_does_not_fall_late),
        cmocka_unit_test(the_pain_threshold_falls_at_once_and_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
