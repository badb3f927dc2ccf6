/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Observables that no other file of this folder looks at: their value at rest and which way they go. Bands are those of the studies named beside
 * them; where only a direction is known, only that is asked.
 */
#include "body.h"
#include "close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* Okamoto 2014: 12.0 (SD 1.05) m/s from arm to ankle, adults of both sexes. Arteries stiffen with age and under a higher pressure, and foam
 * rolling leaves the nominal person's as they are: one small crossover is no proof. */
static void the_pulse_wave_is_faster_in_older_and_in_alarmed_people(void **state)
{
    (void)state;
    static const char *const PWV = "circulation.pulse_wave_velocity";
    static const char *const TEST = "  - {stressor: tsst, at: \"15:00\"}\n";
    static const char *const ROLL =
        "  - {massage: foam rolling, region: [legs, back], at: \"10:00\", for: 10 min}\n";
    tac_test_body *young = body_life(BODY_MAN, "1 d", ROLL, TEST);
    tac_test_body *old =
        body_life("{sex: male, age: 65, height: 175 cm, weight: 70 kg}", "1 d", ROLL, TEST);
    const double rest = body_at(young, PWV, 14.9);
    assert_close(rest, 12.0, 0.0, 2.1);
    assert_true(body_at(old, PWV, 14.9) > rest + 1.0);
    assert_true(body_max(young, PWV, 15.0, 15.4) > rest + 0.5);
    assert_close(body_at(young, PWV, 10.75), body_at(young, PWV, 9.9), 0.02, 0.0);
    body_free(old);
    body_free(young);
}

/* Winkel 1986: a foot swells by 4.8 % in eight hours of sitting. Study IFP06: its tissue is at -.3 mmHg (SD 3.6) lying and 5.1 (2.9) after twenty
 * minutes in a chair. On its back it is slimmer within hours. */
static void a_sitting_leg_swells_tightens_and_gives_less_blood_back(void **state)
{
    (void)state;
    tac_test_body *b =
        body_life(BODY_MAN, "1 d", "  - {posture: supine, from: \"07:00\", for: 1 h}\n",
                  "  - {posture: seated, legs: still, from: \"08:00\", for: 8 h}\n"
                  "  - {posture: supine, from: \"16:00\", for: 6 h}\n");
    static const char *const SIZE = "fluid.swollen_calf_r";
    static const char *const PRESSURE = "fluid.fluid_pressure_calf_r";
    static const char *const VENOUS = "circulation.return_calf_r";
    assert_close(body_at(b, SIZE, 7.9), 1.0, 0.0, 0.01);
    assert_true(body_at(b, SIZE, 15.9) > 1.02 && body_at(b, SIZE, 15.9) < 1.10);
    assert_true(body_at(b, SIZE, 21.9) < 1.0 + 0.5 * (body_at(b, SIZE, 15.9) - 1.0));
    assert_close(body_at(b, PRESSURE, 7.9), -0.3, 0.0, 3.6);
    assert_close(body_at(b, PRESSURE, 8.33), 5.1, 0.0, 2.9);
    assert_true(body_at(b, PRESSURE, 8.33) > body_at(b, PRESSURE, 7.9) + 2.0);
    assert_close(body_at(b, VENOUS, 7.9), 1.0, 0.0, 0.05);
    assert_true(body_at(b, VENOUS, 15.9) < 0.95);
    body_free(b);
}

/* Under hands the fluid of the skin is at what they press: Olszewski saw 60-120 mmHg under firm hands; here 4 kPa, of which the tissue gets
 * 55 to 85 %. */
static void the_hand_is_felt_in_the_tissue_only_while_it_presses(void **state)
{
    (void)state;
    tac_test_body *b = body_life(
        BODY_MAN, "1 d", "  - {posture: supine, from: \"07:00\", for: 6 h}\n",
        "  - {massage: effleurage, region: right lower leg, pressure: 30 mmHg, at: \"09:00\", for: 10 min}\n");
    static const char *const PRESSURE = "fluid.fluid_pressure_calf_r";
    const double more = body_at(b, PRESSURE, 9.1) - body_at(b, PRESSURE, 8.9);
    assert_true(more > 0.55 * 30.0 && more < 0.85 * 30.0);
    assert_close(body_at(b, PRESSURE, 9.3), body_at(b, PRESSURE, 8.9), 0.0, 0.5);
    body_free(b);
}

/* Blood takes small molecules from reddened skin faster; lymph takes protein from a swollen leg faster than from a slim one
 * (directions; sizes from memory). */
static void hands_speed_the_washout_of_small_molecules(void **state)
{
    (void)state;
    tac_test_body *b = body_life(
        BODY_MAN, "1 d", "  - {posture: supine, from: \"07:00\", for: 6 h}\n",
        "  - {massage: petrissage, region: legs, posture: supine, at: \"09:00\", for: 30 min}\n"
        "  - {posture: seated, legs: still, from: \"13:00\", for: 6 h}\n");
    static const char *const SMALL = "clearance.at_calf_r.small_rate";
    static const char *const PROTEIN = "clearance.at_calf_r.protein_rate";
    const double small_percent_min = body_at(b, SMALL, 8.9) * 100.0 / 60.0;
    assert_true(small_percent_min > 1.0 && small_percent_min < 8.0); /* half in 10 to 70 min */
    assert_true(body_at(b, SMALL, 9.49) > 1.05 * body_at(b, SMALL, 8.9));
    assert_true(body_at(b, PROTEIN, 8.9) > 0.0);
    assert_true(body_at(b, PROTEIN, 18.9) > 2.0 * body_at(b, PROTEIN, 8.9));
    body_free(b);
}

/* What blood makes in a tube with endotoxin is 1 over an everyday day. Cortisol leaves less TNF and IL-6 to be made, epinephrine less TNF and
 * more IL-10 (van der Poll 1996, in people; here per volume of blood); both are gone within a day. */
static void stimulated_blood_makes_less_tnf_under_cortisol_and_under_epinephrine(void **state)
{
    (void)state;
    static const char *const TNF = "leukocytes.tnf_stimulated";
    static const char *const IL6 = "leukocytes.il6_stimulated";
    static const char *const IL10 = "leukocytes.il10_stimulated";
    tac_test_body *quiet = body_life(BODY_MAN, "3 d", "", "");
    tac_test_body *cortisol =
        body_life(BODY_MAN, "3 d",
                  "  - {drug: hydrocortisone, dose: 100 mg, over: 10 min, at: 33 h}\n", "");
    tac_test_body *epinephrine =
        body_life(BODY_MAN, "3 d",
                  "  - {drug: epinephrine, dose: 126 ug, over: 60 min, at: 33 h}\n", "");
    assert_close(body_mean(quiet, TNF, 24.0, 48.0), 1.0, 0.15, 0.0);
    assert_close(body_mean(quiet, IL6, 24.0, 48.0), 1.0, 0.15, 0.0);
    assert_close(body_mean(quiet, IL10, 24.0, 48.0), 1.0, 0.4, 0.0);
    assert_true(body_at(cortisol, TNF, 36.0) < 0.5 * body_at(quiet, TNF, 36.0));
    assert_true(body_at(cortisol, IL6, 36.0) < 0.8 * body_at(quiet, IL6, 36.0));
    assert_true(body_at(epinephrine, TNF, 33.9) < 0.8 * body_at(quiet, TNF, 33.9));
    assert_true(body_at(epinephrine, IL10, 33.9) > 1.3 * body_at(quiet, IL10, 33.9));
    assert_close(body_mean(epinephrine, TNF, 48.0, 72.0), body_mean(quiet, TNF, 48.0, 72.0), 0.05,
                 0.0);
    body_free(epinephrine);
    body_free(cortisol);
    body_free(quiet);
}

/* The page shows titres in powers of ten: none before, between a doubling and a hundredfold some weeks after the vaccine. */
static void the_logarithm_of_antibody_is_that_of_its_titre(void **state)
{
    (void)state;
    static const char *const LOG = "infection.antibody_log";
    tac_test_body *b = body_life(BODY_MAN, "22 d", "  - {vaccinate: influenza, at: 10 h}\n", "");
    assert_close(body_at(b, LOG, 9.0), 0.0, 0.0, 1e-6);
    const double later = body_at(b, LOG, 520.0);
    assert_true(later > 0.3 && later < 2.0);
    assert_close(later, log10(body_at(b, "infection.antibody", 520.0)), 1e-4, 0.0);
    body_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pulse_wave_is_faster_in_older_and_in_alarmed_people),
        cmocka_unit_test(a_sitting_leg_swells_tightens_and_gives_less_blood_back),
        cmocka_unit_test(the_hand_is_felt_in_the_tissue_only_while_it_presses),
        cmocka_unit_test(hands_speed_the_washout_of_small_molecules),
        cmocka_unit_test(stimulated_blood_makes_less_tnf_under_cortisol_and_under_epinephrine),
        cmocka_unit_test(the_logarithm_of_antibody_is_that_of_its_titre),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
