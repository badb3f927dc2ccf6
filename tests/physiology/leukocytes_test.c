/* SPDX-License-Identifier: Apache-2.0 */
/*
 * White cells in blood: rest, day, epinephrine, cortisol, endotoxin, fluid, hands. Bands are those of the studies named beside them. What is counted
 * here says where cells are; no test of this file is a test of defence.
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

static const char *const MAN = "{sex: male, age: 45, height: 175 cm, weight: 75 kg}";
static const char *const CD4 = "leukocytes.cd4_cells";
static const char *const NK = "leukocytes.nk_cells";
static const char *const NK_COUNT = "leukocytes.nk_count";
static const char *const LYMPHOCYTES = "leukocytes.lymphocytes";
static const char *const MONOCYTES = "leukocytes.monocytes";
static const char *const NEUTROPHILS = "leukocytes.neutrophils";
static const char *const IN_BED = "  - {rest: true, posture: supine, at: 32 h, for: 10 h}\n";

/* 291 adults: neutrophils 3.65, monocytes .43; 232 adults: CD4 .84, CD8 .64, B .35, NK .472 in men and .375 in women, 1e9/L. The plasma of a day in
 * which people stand and lie moves the mean by a few hundredths. */
static void everyday_means_are_those_of_healthy_adults(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double men;
    } ROWS[] = {{"leukocytes.cd4_cells", 0.84},  {"leukocytes.cd8_cells", 0.64},
                {"leukocytes.b_cells", 0.35},    {"leukocytes.nk_cells", 0.472},
                {"leukocytes.monocytes", 0.43},  {"leukocytes.neutrophils", 3.65},
                {"leukocytes.leukocytes", 6.38}, {"leukocytes.lymphocytes", 2.30}};
    tac_test_body *b = body_life(MAN, "3 d", "", "");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        assert_close(body_mean(b, ROWS[i].id, 24.0, 48.0), ROWS[i].men, 0.08, 0.0);
        assert_close(body_mean(b, ROWS[i].id, 48.0, 72.0), body_mean(b, ROWS[i].id, 24.0, 48.0),
                     1e-4, 0.0);
    }
    /* Cells in all of the blood: 4.985 L for this man (Nadler 1962). */
    assert_close(body_mean(b, "leukocytes.cd4_count", 24.0, 48.0), 0.84 * 4.985, 0.02, 0.0);
    assert_close(body_mean(b, "leukocytes.neutrophil_count", 24.0, 48.0), 3.65 * 4.985, 0.02, 0.0);
    tac_test_body *woman =
        body_life("{sex: female, age: 45, height: 165 cm, weight: 65 kg}", "2 d", "", "");
    assert_close(body_mean(woman, NK, 0.0, 24.0) / body_mean(b, NK, 24.0, 48.0), 0.375 / 0.472,
                 0.05, 0.0);
    body_free(woman);
    body_free(b);
}

/* Dimitrov 2009: T cells are highest about 02:00 and lowest at 11:00 to 14:00, some 40 % apart. */
static void t_cells_are_many_by_night_and_few_at_noon(void **state)
{
    (void)state;
    tac_test_body *b = body_life(MAN, "3 d", "", "");
    const double low = body_min(b, CD4, 24.0, 48.0);
    const double high = body_max(b, CD4, 24.0, 48.0);
    const double swing = (high - low) / body_mean(b, CD4, 24.0, 48.0);
    assert_true(swing > 0.3 && swing < 0.5);
    const double low_h = body_time_of_min(b, CD4, 24.0, 48.0) - 24.0;
    assert_true(low_h > 11.0 && low_h < 14.5);
    assert_close(body_time_of_max(b, CD4, 42.0, 60.0) - 48.0, 2.0, 0.0, 3.0);
    body_free(b);
}

/* Epinephrine under the skin: natural killer cells x 3.1, mononuclear cells + 64 % at 30 min (derived); Tonnesen 1987: back within 15 min of the end
 * of an infusion, here 30 ng/kg/min for an hour. */
static void epinephrine_moves_natural_killer_cells_within_minutes(void **state)
{
    (void)state;
    tac_test_body *b = body_life(MAN, "2 d", IN_BED,
                                 "  - {drug: epinephrine, dose: 135 ug, over: 60 min, at: 33 h}\n");
    const double nk = body_at(b, NK, 32.95);
    const double mononuclear = body_at(b, LYMPHOCYTES, 32.95) + body_at(b, MONOCYTES, 32.95);
    const double ratio = body_at(b, NK, 33.5) / nk;
    assert_true(ratio > 2.0 && ratio < 4.5);
    const double more = (body_at(b, LYMPHOCYTES, 33.5) + body_at(b, MONOCYTES, 33.5)) / mononuclear;
    assert_true(more > 1.3 && more < 2.0);
    assert_true(body_at(b, NEUTROPHILS, 33.2) > body_at(b, NEUTROPHILS, 32.95));
    /* Half gone in a quarter of an hour, the rest in half an hour. */
    assert_true(body_at(b, NK, 34.25) < nk + 0.5 * (ratio - 1.0) * nk);
    assert_close(body_at(b, NK, 34.5), nk, 0.25, 0.0);
    body_free(b);
}

/* Fauci and Dale 1974, 400 mg: lymphocytes and monocytes lowest at 4-6 h and normal at 24 h; neutrophils up. Tonnesen 1987: natural killer cells stay. */
static void hydrocortisone_empties_blood_of_lymphocytes_for_hours(void **state)
{
    (void)state;
    tac_test_body *quiet = body_life(MAN, "3 d", "", "");
    tac_test_body *b =
        body_life(MAN, "3 d", "  - {drug: hydrocortisone, dose: 400 mg, over: 10 min, at: 33 h}\n",
                  "");
    const double low_h = body_time_of_min(b, LYMPHOCYTES, 33.0, 45.0) - 33.0;
    assert_true(low_h > 4.0 && low_h < 6.0);
    assert_true(body_at(b, LYMPHOCYTES, 38.0) < 0.75 * body_at(quiet, LYMPHOCYTES, 38.0));
    assert_true(body_at(b, CD4, 38.0) < 0.6 * body_at(quiet, CD4, 38.0));
    assert_true(body_at(b, MONOCYTES, 37.0) < 0.5 * body_at(quiet, MONOCYTES, 37.0));
    assert_true(body_max(b, NEUTROPHILS, 33.0, 45.0)
                > 1.2 * body_max(quiet, NEUTROPHILS, 33.0, 45.0));
    assert_close(body_at(b, NK, 38.0), body_at(quiet, NK, 38.0), 0.02, 0.0);
    assert_close(body_at(b, LYMPHOCYTES, 57.0), body_at(quiet, LYMPHOCYTES, 57.0), 0.05, 0.0);
    body_free(b);
    body_free(quiet);
}

/* Epinephrine with hydrocortisone: all kinds up at 10 min, few lymphocytes at an hour and more, many neutrophils at 6 h, normal at 24 h. */
static void two_clocks_follow_one_another(void **state)
{
    (void)state;
    tac_test_body *quiet = body_life(MAN, "3 d", IN_BED, "");
    tac_test_body *b =
        body_life(MAN, "3 d", IN_BED,
                  "  - {drug: epinephrine, dose: 20 ug, over: 10 min, at: 33 h}\n"
                  "  - {drug: hydrocortisone, dose: 100 mg, over: 10 min, at: 33 h}\n");
    const double early_h = 33.0 + 10.0 / 60.0;
    assert_true(body_at(b, LYMPHOCYTES, early_h) > 1.05 * body_at(quiet, LYMPHOCYTES, early_h));
    assert_true(body_at(b, NEUTROPHILS, early_h) > 1.02 * body_at(quiet, NEUTROPHILS, early_h));
    assert_true(body_at(b, LYMPHOCYTES, 34.5) < 0.95 * body_at(quiet, LYMPHOCYTES, 34.5));
    assert_true(body_at(b, NEUTROPHILS, 39.0) > 1.1 * body_at(quiet, NEUTROPHILS, 39.0));
    assert_close(body_at(b, LYMPHOCYTES, 57.0), body_at(quiet, LYMPHOCYTES, 57.0), 0.05, 0.0);
    body_free(b);
    body_free(quiet);
}

/* van Eijk 2007: leukocytes fall to 2.4 (se .1) early; lymphocytes few for hours and normal at 24 h, and then there are many neutrophils. */
static void endotoxin_empties_blood_and_then_floods_it(void **state)
{
    (void)state;
    tac_test_body *quiet = body_life(MAN, "3 d", IN_BED, "");
    tac_test_body *b = body_life(MAN, "3 d", IN_BED, "  - {endotoxin: 2 ng/kg, at: 33 h}\n");
    const double nadir = body_min(b, "leukocytes.leukocytes", 33.0, 36.0);
    assert_close(nadir, 2.4, 0.3, 0.0);
    assert_true(body_at(b, LYMPHOCYTES, 37.0) < 0.7 * body_at(quiet, LYMPHOCYTES, 37.0));
    assert_close(body_at(b, LYMPHOCYTES, 57.0), body_at(quiet, LYMPHOCYTES, 57.0), 0.15, 0.0);
    assert_true(body_at(b, NEUTROPHILS, 41.0) > 1.5 * body_at(quiet, NEUTROPHILS, 41.0));
    assert_true(body_min(b, MONOCYTES, 33.0, 36.0) < 0.4 * body_at(b, MONOCYTES, 33.0));
    body_free(b);
    body_free(quiet);
}

/* What a volume of blood releases in a tube goes with the cells in it, whatever each can: IL-1b with monocytes that are not tolerant, IL-4 with helper
 * cells, interferon gamma with T and natural killer cells, which a speech brings. */
static void stimulated_blood_releases_what_its_cells_can(void **state)
{
    (void)state;
    tac_test_body *b = body_life(MAN, "3 d", IN_BED, "  - {endotoxin: 2 ng/kg, at: 33 h}\n");
    assert_true(body_at(b, "leukocytes.il1b_stimulated", 39.0)
                < 0.8 * body_at(b, MONOCYTES, 39.0) / body_mean(b, MONOCYTES, 0.0, 24.0));
    assert_close(body_at(b, "leukocytes.il4_stimulated", 37.0)
                     / body_at(b, "leukocytes.il4_stimulated", 33.0),
                 body_at(b, "leukocytes.cd4_cells", 37.0)
                     / body_at(b, "leukocytes.cd4_cells", 33.0),
                 1e-6, 0.0);
    body_free(b);
    b = body_life(MAN, "2 d", "  - {stressor: tsst, at: 38 h, for: 20 min}\n", "");
    assert_true(body_max(b, "leukocytes.ifng_stimulated", 38.0, 38.4)
                > 1.02 * body_at(b, "leukocytes.ifng_stimulated", 38.0));
    body_free(b);
}

/* Eighteen minutes of mental stress raise natural killer cells (Bachen 1995), and they are back an hour later. */
static void a_stressful_speech_raises_natural_killer_cells_for_minutes(void **state)
{
    (void)state;
    tac_test_body *b = body_life(MAN, "2 d", "  - {stressor: tsst, at: 38 h, for: 20 min}\n", "");
    assert_true(body_max(b, NK_COUNT, 38.0, 38.4) > 1.1 * body_at(b, NK_COUNT, 38.0));
    assert_close(body_at(b, NK_COUNT, 39.5), body_at(b, NK_COUNT, 38.0), 0.05, 0.0);
    body_free(b);
}

/* Saline thins what is counted in a litre; the cells are the same (but for the little that the heart's reflex and epinephrine move). */
static void saline_thins_the_count_and_leaves_the_cells(void **state)
{
    (void)state;
    tac_test_body *quiet = body_life(MAN, "2 d", IN_BED, "");
    tac_test_body *b = body_life(MAN, "2 d", IN_BED,
                                 "  - {fluid: saline, volume: 1.5 L, over: 30 min, at: 33 h}\n");
    const double t_h = 33.6;
    const double thin =
        body_at(b, "fluid.blood_volume", t_h) / body_at(quiet, "fluid.blood_volume", t_h);
    assert_true(thin > 1.04);
    const double count =
        body_at(b, "leukocytes.cd4_count", t_h) / body_at(quiet, "leukocytes.cd4_count", t_h);
    assert_close(count, 1.0, 0.01, 0.0);
    assert_close(body_at(b, CD4, t_h) / body_at(quiet, CD4, t_h), count / thin, 1e-4, 0.0);
    body_free(b);
    body_free(quiet);
}

/* Hodge 2007 and fluids: sevenfold cells in lymph for minutes are less than what blood exchanges with spleen and walls: not to be seen in a count. */
static void cells_that_a_pump_frees_from_lymph_are_not_seen_in_blood(void **state)
{
    (void)state;
    tac_test_body *quiet = body_life(MAN, "2 d", IN_BED, "");
    tac_test_body *b = body_life(
        MAN, "2 d", IN_BED,
        "  - {massage: abdominal pump, region: abdomen, posture: supine, at: 34 h, for: 8 min}\n");
    assert_true(body_max(b, "lymph.excess_flux", 34.0, 34.2) > 0.05);
    assert_close(body_at(b, "leukocytes.cd4_count", 34.2)
                     / body_at(quiet, "leukocytes.cd4_count", 34.2),
                 1.0, 0.02, 0.0);
    body_free(b);
    body_free(quiet);
}

/* Rapaport 2010 saw five markers rise by .14 to .43 SMD, none without zero: with the middle of the gain a session moves no lymphocyte against light
 * touch by a twentieth, and not upwards through less cortisol. */
static void massage_promises_no_lymphocytes(void **state)
{
    (void)state;
    tac_test_body *swedish = body_life(
        MAN, "2 d",
        "  - {massage: swedish, region: whole body, pressure: firm, at: 38 h, for: 45 min}\n", "");
    tac_test_body *touch =
        body_life(MAN, "2 d",
                  "  - {massage: light touch, region: whole body, at: 38 h, for: 45 min}\n", "");
    static const char *const IDS[] = {"leukocytes.cd4_cells", "leukocytes.cd8_cells",
                                      "leukocytes.nk_cells", "leukocytes.nk_activity"};
    for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        const double ratio = body_at(swedish, IDS[i], 38.75) / body_at(touch, IDS[i], 38.75);
        assert_close(ratio, 1.0, 0.05, 0.0);
        assert_close(body_at(swedish, IDS[i], 47.5), body_at(touch, IDS[i], 47.5), 0.01, 0.0);
    }
    body_free(touch);
    body_free(swedish);
}

/* What changes places only adds up; nothing is negative in the hardest days. */
static void cells_add_up_and_stay_positive(void **state)
{
    (void)state;
    static const char *const IDS[] = {"leukocytes.cd4.blood",         "leukocytes.cd8.blood",
                                      "leukocytes.b.blood",           "leukocytes.natural.blood",
                                      "leukocytes.natural.wall",      "leukocytes.effector.blood",
                                      "leukocytes.neutrophils_blood", "leukocytes.monocytes_blood",
                                      "leukocytes.monocytes_wall",    "leukocytes.cd4.tissues"};
    tac_test_body *b =
        body_life(MAN, "4 d",
                  "  - {drug: hydrocortisone, dose: 400 mg, over: 10 min, at: 20 h}\n"
                  "  - {endotoxin: 4 ng/kg, at: 33 h}\n"
                  "  - {drug: epinephrine, dose: 135 ug, over: 60 min, at: 34 h}\n"
                  "  - {exercise: running, intensity: 90 %, at: 60 h, for: 30 min}\n",
                  "");
    for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        assert_true(body_min(b, IDS[i], 0.0, 96.0) > 0.0);
    }
    assert_true(body_max(b, "leukocytes.cell_balance", 0.0, 96.0) < 1e-6);
    assert_true(body_min(b, "leukocytes.cell_balance", 0.0, 96.0) > -1e-6);
    body_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everyday_means_are_those_of_healthy_adults),
        cmocka_unit_test(t_cells_are_many_by_night_and_few_at_noon),
        cmocka_unit_test(epinephrine_moves_natural_killer_cells_within_minutes),
        cmocka_unit_test(hydrocortisone_empties_blood_of_lymphocytes_for_hours),
        cmocka_unit_test(two_clocks_follow_one_another),
        cmocka_unit_test(endotoxin_empties_blood_and_then_floods_it),
        cmocka_unit_test(stimulated_blood_releases_what_its_cells_can),
        cmocka_unit_test(a_stressful_speech_raises_natural_killer_cells_for_minutes),
        cmocka_unit_test(saline_thins_the_count_and_leaves_the_cells),
        cmocka_unit_test(cells_that_a_pump_frees_from_lymph_are_not_seen_in_blood),
        cmocka_unit_test(massage_promises_no_lymphocytes),
        cmocka_unit_test(cells_add_up_and_stay_positive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
