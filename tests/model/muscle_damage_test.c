/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The proposed human set of muscle damage alone, in relative cells and hours: twelve maximal eccentric contractions of the arm, and a downhill run.
 * No published model of human muscle damage with usable parameters is known; the check numbers are those that its authors' page gives. It is arithmetic
 * of that set, typed here: what models/muscle.ant does is in tests/physiology/muscle_test.c and downhill_run_test.c.
 */
#include "close.h"
#include "simulate.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Without massage: m, G and bruising are left out. E, D, Al start at the end of the exercise. */
static const char *const DAMAGE =
    "model damage()\n"
    "  var F; var E; var D; var Pm; var Al; var N; var Mo; var M1; var M2; var SC; var S; var W;\n"
    "  var CKi; var CKp; var Mbi; var Mbp; var phi; var leak; var strength; var soreness; var shed;\n"
    "  phi := kph*M1*D;\n"
    "  leak := gP*Pm*E;\n"
    "  strength := (1 - F)*(1 - E);\n"
    "  soreness := 10*S/(S + S50);\n"
    "  F' = -F/4;\n"
    "  E' = -0.0039*E;\n"
    "  D' = -phi - 0.0040*D;\n"
    "  Pm' = -Pm/6;\n"
    "  Al' = -Al/12 + 0.66*phi;\n"
    "  N' = 0.2*Al - 0.07*N;\n"
    "  Mo' = 0.049*(Al + N) - 0.026*Mo;\n"
    "  M1' = 0.026*Mo - (0.0103 + 0.01)*M1;\n"
    "  M2' = 0.0103*M1 - 0.01*M2;\n"
    "  SC' = 0.92*Al - 0.08*(SC - 1);\n"
    "  S' = 0.0224*(Al + N + 0.13*M1 - S);\n"
    "  W' = (N + M1 - W)/24;\n"
    "  CKi' = leak + phi - kL*CKi;\n"
    "  CKp' = kL*CKi - 0.046*CKp;\n"
    "  Mbi' = leak + phi - kLm*Mbi;\n"
    "  Mbp' = kLm*Mbi - 0.2*Mbp;\n"
    "  shed' = leak + phi;\n"
    "  F = 0.05; E = 0.39; D = 0.39; Pm = 1; Al = 0.39; N = 0; Mo = 0; M1 = 0; M2 = 0; SC = 1; S = 0; W = 0;\n"
    "  CKi = 0; CKp = 0; Mbi = 0; Mbp = 0; shed = 0;\n"
    "  kph = 0.0034; gP = 0.00082; kL = 0.039; kLm = 0.15; S50 = 0.22;\n"
    "end\n";

static tac_test_sim *arm(double force_lost)
{
    tac_test_sim *sim = sim_from_text(DAMAGE);
    sim_set(sim, "E", force_lost);
    sim_set(sim, "D", force_lost);
    sim_set(sim, "Al", force_lost);
    return sim;
}

static tac_test_sim *downhill_run(void)
{
    tac_test_sim *sim = arm(0.2);
    sim_set(sim, "D", 0.1);
    sim_set(sim, "Al", 0.1);
    sim_set(sim, "gP", 0.0033);
    sim_set(sim, "kL", 0.079);
    sim_set(sim, "kLm", 0.30);
    return sim;
}

/* 0.581 at once and 0.731 after 96 h were measured (Nosaka 2002); the others are the page's. */
static void force_of_the_arm_comes_back_over_ten_days(void **state)
{
    (void)state;
    static const double T_H[] = {24.0, 48.0, 96.0, 168.0, 240.0};
    static const double WANT[] = {0.64, 0.68, 0.73, 0.80, 0.85};
    tac_test_sim *sim = arm(0.39);
    assert_close(sim_value(sim, "strength"), 0.58, 0.0, 0.005);
    for (size_t i = 0; i < sizeof T_H / sizeof T_H[0]; i++) {
        sim_to(sim, T_H[i]);
        assert_close(sim_value(sim, "strength"), WANT[i], 0.0, 0.0051);
    }
    sim_free(sim);
}

static void cells_soreness_and_proteins_of_the_arm_peak_one_after_another(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double peak_h;
    } PEAKS[] = {{"N", 13.0},   {"S", 37.0},    {"M1", 72.0}, {"W", 74.0},
                 {"Mbp", 74.0}, {"CKp", 110.0}, {"M2", 143.0}};
    tac_test_sim *sim = arm(0.39);
    sim_to(sim, 300.0);
    for (size_t i = 0; i < sizeof PEAKS / sizeof PEAKS[0]; i++) {
        assert_close(sim_time_of_max(sim, PEAKS[i].id), PEAKS[i].peak_h, 0.0, 1.6);
    }
    sim_free(sim);
}

/** A variable at a time over its highest value of 300 h. */
static double share_of_peak(tac_test_sim *(*make)(void), const char *id, double t_h)
{
    tac_test_sim *sim = make();
    sim_to(sim, t_h);
    const double now = sim_value(sim, id);
    const double before = sim_max(sim, id);
    sim_to(sim, 300.0);
    const double peak = fmax(before, sim_max(sim, id));
    sim_free(sim);
    return now / peak;
}

static tac_test_sim *usual_arm(void)
{
    return arm(0.39);
}

static void creatine_kinase_of_the_arm_is_late(void **state)
{
    (void)state;
    assert_close(share_of_peak(usual_arm, "CKp", 24.0), 0.14, 0.0, 0.015);
    assert_close(share_of_peak(usual_arm, "CKp", 48.0), 0.40, 0.0, 0.015);
    assert_close(share_of_peak(usual_arm, "CKp", 168.0), 0.68, 0.0, 0.015);
}

static void the_sore_arm_is_at_five_of_ten(void **state)
{
    (void)state;
    tac_test_sim *sim = arm(0.39);
    sim_to(sim, 300.0);
    assert_close(sim_max(sim, "soreness"), 5.0, 0.03, 0.0);
    sim_free(sim);
    assert_close(share_of_peak(usual_arm, "S", 11.0), 0.5, 0.0, 0.03);
    assert_close(share_of_peak(usual_arm, "S", 104.0), 0.5, 0.0, 0.03);
}

/* One mechanism, another time course: early leak and moving lymph. */
static void after_a_run_creatine_kinase_peaks_on_the_first_day(void **state)
{
    (void)state;
    tac_test_sim *sim = downhill_run();
    sim_to(sim, 300.0);
    assert_close(sim_time_of_max(sim, "CKp"), 24.0, 0.0, 1.6);
    assert_close(sim_time_of_max(sim, "Mbp"), 9.0, 0.0, 1.1);
    assert_close(sim_time_of_max(sim, "S"), 37.0, 0.0, 1.6);
    sim_free(sim);
    assert_close(share_of_peak(downhill_run, "CKp", 48.0), 0.69, 0.0, 0.015);
}

/* Pax7-positive cells rose by 30 % on day 1 and were back on day 2 (van de Vyver 2012). */
static void satellite_cells_rise_for_a_day_after_a_run(void **state)
{
    (void)state;
    tac_test_sim *sim = downhill_run();
    sim_to(sim, 24.0);
    assert_close(sim_value(sim, "SC"), 1.31, 0.0, 0.01);
    sim_to(sim, 48.0);
    assert_close(sim_value(sim, "SC"), 1.09, 0.0, 0.01);
    assert_close(sim_value(sim, "strength"), 0.83, 0.0, 0.01);
    sim_free(sim);
}

/** Highest value of a variable when so much force is lost. */
static double peak_of(double force_lost, const char *id)
{
    tac_test_sim *sim = arm(force_lost);
    sim_to(sim, 400.0);
    const double peak = sim_max(sim, id);
    sim_free(sim);
    return peak;
}

/* "From E0 0.18 to 0.58 the CK peak grows tenfold and the soreness peak threefold": the latter is the sensitisation, before the 0-10 scale. */
static void creatine_kinase_is_steeper_than_soreness(void **state)
{
    (void)state;
    const double ck = peak_of(0.58, "CKp") / peak_of(0.18, "CKp");
    const double soreness = peak_of(0.58, "S") / peak_of(0.18, "S");
    assert_close(ck, 10.0, 0.1, 0.0);
    assert_close(soreness, 3.0, 0.2, 0.0);
}

/* Lymph brings the protein sooner and higher; what muscle sheds, and so the area under the curve, is what it was. */
static void faster_lymph_does_not_lower_the_area_of_creatine_kinase(void **state)
{
    (void)state;
    double area[2];
    double peak[2];
    for (int i = 0; i < 2; i++) {
        tac_test_sim *sim = arm(0.39);
        sim_set(sim, "kL", i == 0 ? 0.039 : 0.078);
        sim_to(sim, 3000.0);
        area[i] = 3000.0 * sim_mean(sim, "CKp");
        peak[i] = sim_max(sim, "CKp");
        assert_close(area[i], sim_value(sim, "shed") / 0.046, 1e-3, 0.0);
        sim_free(sim);
    }
    assert_true(peak[1] > 1.05 * peak[0]);
    assert_close(area[1], area[0], 2e-3, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(force_of_the_arm_comes_back_over_ten_days),
        cmocka_unit_test(cells_soreness_and_proteins_of_the_arm_peak_one_after_another),
        cmocka_unit_test(creatine_kinase_of_the_arm_is_late),
        cmocka_unit_test(the_sore_arm_is_at_five_of_ten),
        cmocka_unit_test(after_a_run_creatine_kinase_peaks_on_the_first_day),
        cmocka_unit_test(satellite_cells_rise_for_a_day_after_a_run),
        cmocka_unit_test(creatine_kinase_is_steeper_than_soreness),
        cmocka_unit_test(faster_lymph_does_not_lower_the_area_of_creatine_kinase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
