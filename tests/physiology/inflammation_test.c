/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inflammation joined to the body: rest, endotoxin, and what cortisol, epinephrine and IL-6 do to one another. Bands are those of the studies named
 * beside them; the numbers of the base alone are in tests/model/windoloski_test.c and dobreva_test.c.
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

static const char *const MAN = "{sex: male, age: 30, height: 175 cm, weight: 70 kg}";
static const char *const USUAL = "{sex: male, age: 45, height: 175 cm, weight: 75 kg}";

static const char *const TNF = "inflammation.tnf";
static const char *const IL6 = "inflammation.il6";
static const char *const IL8 = "inflammation.il8";
static const char *const IL10 = "inflammation.il10";
static const char *const CRP = "inflammation.crp";
static const char *const TEMPERATURE = "inflammation.temp_core";
static const char *const CORTISOL = "stress.cortisol_total";
static const char *const HEART_RATE = "autonomic.heart_rate";

/* Endotoxin comes at 09:00 of the second day, in bed, where nothing else happens. */
static const double GIVEN_H = 33.0;
static const char *const IN_BED = "  - {rest: true, posture: supine, at: 32 h, for: 10 h}\n";

/* Days of the usual sleeper, 23:00 to 07:00, with events laid on top. */
static tac_test_body *live(const char *person, const char *duration, const char *events,
                           const char *more)
{
    char text[2048];
    const int n = snprintf(text, sizeof text,
                           "title: test\nperson: %s\nstart: \"2026-09-07 00:00\"\nduration: %s\n"
                           "life:\n  - {sleep: 8 h, from: \"23:00\", every: day}\n%s%s",
                           person, duration, events, more);
    assert_true(n > 0 && (size_t)n < sizeof text);
    return body_run(text);
}

/* One dose of endotoxin in ng/kg, with other events. */
static tac_test_body *after_dose(const char *dose, const char *duration, const char *more)
{
    char events[512];
    const int n =
        snprintf(events, sizeof events, "%s  - {endotoxin: %s ng/kg, at: 33 h}\n", IN_BED, dose);
    assert_true(n > 0 && (size_t)n < sizeof events);
    return live(MAN, duration, events, more);
}

static tac_test_body *after_endotoxin(const char *more)
{
    return after_dose("2", "4 d", more);
}

/* Usual values at 45 years and BMI 24.5: IL-6 1.5 (age slope of a pooled analysis of 3166 values), TNF 2 (.6-4.9 in 728 adults), CRP .8 mg/L
 * (Pepys and Hirschfield 2003). Two days away from any event each daily mean is the same. */
static void at_rest_everybody_has_a_little_of_each(void **state)
{
    (void)state;
    tac_test_body *b = live(USUAL, "3 d", "", "");
    assert_close(body_mean(b, IL6, 24.0, 48.0), 1.5, 0.03, 0.0);
    assert_close(body_mean(b, TNF, 24.0, 48.0), 2.0, 0.05, 0.0);
    assert_close(body_mean(b, IL10, 24.0, 48.0), 3.7, 0.01, 0.0);
    assert_close(body_mean(b, CRP, 24.0, 48.0), 0.8 * exp(-0.1), 0.02, 0.0);
    assert_close(body_mean(b, TEMPERATURE, 24.0, 48.0), 36.8, 0.0, 0.05);
    assert_close(body_mean(b, IL6, 48.0, 72.0), body_mean(b, IL6, 24.0, 48.0), 1e-4, 0.0);
    assert_true(body_max(b, "inflammation.sickness", 0.0, 72.0) < 2e-3);
    assert_true(body_max(b, "inflammation.hr_fever", 0.0, 72.0) < 0.1);
    /* TNF swings over the day with cortisol, by less than a third. */
    assert_true(body_max(b, TNF, 24.0, 48.0) < 1.3 * body_min(b, TNF, 24.0, 48.0));
    body_free(b);
}

/* Kao 2009: .078 of the log of CRP per kg/m2, 8453 adults; here BMI 24.5 against 34.5. */
static void crp_rises_with_weight_as_measured(void **state)
{
    (void)state;
    tac_test_body *usual =
        live("{sex: female, age: 45, height: 170 cm, bmi: 24.5 kg/m^2}", "2 d", "", "");
    tac_test_body *heavy =
        live("{sex: female, age: 45, height: 170 cm, bmi: 34.5 kg/m^2}", "2 d", "", "");
    const double ratio = body_mean(heavy, CRP, 0.0, 24.0) / body_mean(usual, CRP, 0.0, 24.0);
    assert_close(ratio, exp(0.078 * 10.0), 0.05, 0.0);
    assert_true(body_mean(heavy, IL6, 0.0, 24.0) > body_mean(usual, IL6, 0.0, 24.0));
    body_free(heavy);
    body_free(usual);
}

/* The integrated numbers of the base (windoloski_test.c) at 2 and 3 h: one set of numbers for bolus, infusion and dose keeps them within 5 %; TNF at
 * 3 h is taken by that day's cortisol. At 1 and 6 h, where the base is late and long, it goes towards what was measured: TNF 124 instead of 54 pg/mL,
 * IL-6 23 instead of 86. */
static void endotoxin_gives_the_course_of_the_base(void **state)
{
    (void)state;
    static const struct {
        double t_h, tnf, il6, il8, il10, rel;
    } ROWS[] = {{2.0, 296.0, 747.0, 735.0, 31.0, 0.06}, {3.0, 95.0, 517.0, 549.0, 38.0, 0.25}};
    tac_test_body *b = after_endotoxin("");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const double t_h = GIVEN_H + ROWS[i].t_h;
        assert_close(body_at(b, IL6, t_h), ROWS[i].il6, 0.05, 0.0);
        assert_close(body_at(b, IL8, t_h), ROWS[i].il8, 0.05, 0.0);
        assert_close(body_at(b, TNF, t_h), ROWS[i].tnf, ROWS[i].rel, 0.0);
        assert_close(body_at(b, IL10, t_h), ROWS[i].il10, ROWS[i].rel, 0.0);
    }
    assert_close(body_at(b, TNF, GIVEN_H + 1.0), 124.0, 0.25, 0.0);
    assert_true(body_at(b, IL6, GIVEN_H + 1.0) < 80.0);
    assert_true(body_at(b, IL6, GIVEN_H + 6.0) < 65.0);
    const double tnf_h = body_time_of_max(b, TNF, GIVEN_H, GIVEN_H + 8.0) - GIVEN_H;
    const double il6_h = body_time_of_max(b, IL6, GIVEN_H, GIVEN_H + 8.0) - GIVEN_H;
    assert_close(body_max(b, TNF, GIVEN_H, GIVEN_H + 8.0),
                 body_max(b, "inflammation.tnf_cell", GIVEN_H, GIVEN_H + 8.0), 0.05, 0.0);
    assert_close(tnf_h, 1.5, 0.0, 0.5);
    assert_true(il6_h > tnf_h && il6_h < 3.0);
    body_free(b);
}

/* TNF of 1 over that of 2 ng/kg: .39 (Dillingh 2014, six men a dose) and .66 (Kiers 2017); of .5 over 2: .08. IL-6 .31 and .90; .18. Fever of 1 ng/kg
 * 1.35 degC. These two studies were fitted; laboratories differ by two or three, their quotients do not. */
static void half_the_dose_gives_half_the_tnf_and_a_quarter_a_tenth(void **state)
{
    (void)state;
    tac_test_body *two = after_dose("2", "2 d", "");
    tac_test_body *one = after_dose("1", "2 d", "");
    tac_test_body *half = after_dose("0.5", "2 d", "");
    const double end_h = GIVEN_H + 8.0;
    const double tnf = body_max(two, TNF, GIVEN_H, end_h);
    const double il6 = body_max(two, IL6, GIVEN_H, end_h);
    const double tnf_one = body_max(one, TNF, GIVEN_H, end_h) / tnf;
    const double tnf_half = body_max(half, TNF, GIVEN_H, end_h) / tnf;
    const double il6_one = body_max(one, IL6, GIVEN_H, end_h) / il6;
    assert_true(tnf_one > 0.39 && tnf_one < 0.66);
    assert_true(tnf_half > 0.05 && tnf_half < 0.15);
    assert_true(il6_one > 0.31 && il6_one < 0.90);
    const double fever = body_max(one, "inflammation.fever", GIVEN_H, end_h);
    assert_close(fever, 1.35, 0.0, 0.35);
    body_free(half);
    body_free(one);
    body_free(two);
}

/* Dillingh 2014: cells in a tube answer least some 6 h after 2 ng/kg and as before within 12 h. What is theirs, apart from cortisol and from how many
 * of them are in blood, is `fresh`; no standing danger and no cold touches it by more than a tenth. */
static void cells_that_have_answered_are_tolerant_for_half_a_day(void **state)
{
    (void)state;
    static const char *const FRESH = "inflammation.fresh";
    tac_test_body *b = after_endotoxin("");
    const double least_h = body_time_of_min(b, FRESH, GIVEN_H, GIVEN_H + 24.0) - GIVEN_H;
    assert_true(least_h > 2.0 && least_h < 7.0);
    assert_true(body_at(b, FRESH, GIVEN_H + 6.0) < 0.8);
    assert_close(body_at(b, FRESH, GIVEN_H + 12.0), 1.0, 0.05, 0.0);
    assert_close(body_mean(b, FRESH, 0.0, 24.0), 1.0, 0.1, 0.0);
    assert_true(body_at(b, "leukocytes.tnf_stimulated", GIVEN_H + 6.0)
                < 0.5 * body_at(b, "leukocytes.tnf_stimulated", GIVEN_H - 0.2));
    body_free(b);
}

/* A second dose meets tolerant cells for hours and fewer resting ones for days; after a month it is as the first. That it gives less is known, how much
 * is not in these studies: a prediction. Each is held against one dose at the same hour, for cortisol's sake. */
static void a_second_dose_gives_less_the_sooner_it_comes(void **state)
{
    (void)state;
    static const double GAPS_H[] = {6.0, 24.0, 28.0 * 24.0};
    double left[3];
    for (size_t i = 0; i < 3; i++) {
        char second[128];
        char both[192];
        const double t_h = GIVEN_H + GAPS_H[i];
        snprintf(second, sizeof second, "  - {endotoxin: 2 ng/kg, at: %.0f h}\n", t_h);
        snprintf(both, sizeof both, "  - {endotoxin: 2 ng/kg, at: %.0f h}\n%s", GIVEN_H, second);
        tac_test_body *alone = live(MAN, i < 2 ? "3 d" : "31 d", second, "");
        tac_test_body *again = live(MAN, i < 2 ? "3 d" : "31 d", both, "");
        left[i] =
            body_max(again, IL6, t_h + 1.0, t_h + 8.0) / body_max(alone, IL6, t_h + 1.0, t_h + 8.0);
        assert_true(body_max(again, TNF, t_h + 0.5, t_h + 8.0)
                    < 1.02 * body_max(alone, TNF, t_h + 0.5, t_h + 8.0));
        body_free(again);
        body_free(alone);
    }
    assert_true(left[0] < 0.65);
    assert_true(left[1] > left[0] && left[1] < 0.8);
    assert_close(left[2], 1.0, 0.05, 0.0);
}

/* Janum and co-workers (data of Dobreva 2021): +1.2, +2.1, +1.4 degC at 2, 3.5, 6 h (SD .54, .46, .35), from 36.83. */
static void fever_follows_the_messengers(void **state)
{
    (void)state;
    tac_test_body *b = after_endotoxin("");
    tac_test_body *quiet = live(MAN, "3 d", IN_BED, "");
    static const double ROWS[][3] = {{2.0, 1.17, 0.54}, {3.5, 2.09, 0.46}, {6.0, 1.40, 0.35}};
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const double t_h = GIVEN_H + ROWS[i][0];
        assert_close(body_at(b, TEMPERATURE, t_h) - body_at(quiet, TEMPERATURE, t_h), ROWS[i][1],
                     0.0, ROWS[i][2]);
    }
    /* No more by the next morning. */
    assert_close(body_at(b, TEMPERATURE, 57.0), body_at(quiet, TEMPERATURE, 57.0), 0.0, 0.02);
    body_free(quiet);
    body_free(b);
}

/* The same data: 60.6 beats a minute before, 87, 91, 88 at 3, 4, 5 h. */
static void the_heart_beats_faster_in_fever(void **state)
{
    (void)state;
    static const double RISE[] = {26.4, 30.4, 27.4};
    tac_test_body *b = after_endotoxin("");
    const double rest = body_at(b, HEART_RATE, GIVEN_H - 0.05);
    for (size_t i = 0; i < 3; i++) {
        assert_close(body_at(b, HEART_RATE, GIVEN_H + 3.0 + (double)i) - rest, RISE[i], 0.0, 5.0);
    }
    /* Kox 2011: variability falls. */
    assert_true(body_at(b, "autonomic.rmssd", GIVEN_H + 3.0)
                < 0.8 * body_at(b, "autonomic.rmssd", GIVEN_H - 0.05));
    body_free(b);
}

/* Means of volunteer studies (Somvanshi 2020, digitised): 17, 20, 19 ug/dL at 2, 3, 4 h after 2 ng/kg, bands of 15-20, 19-23, 18-24. */
static void cortisol_answers_to_il6(void **state)
{
    (void)state;
    static const double UG_DL = 27.59;
    tac_test_body *b = after_endotoxin("");
    tac_test_body *quiet = live(MAN, "4 d", IN_BED, "");
    const double at_2h = body_at(b, CORTISOL, GIVEN_H + 2.0) / UG_DL;
    const double at_3h = body_at(b, CORTISOL, GIVEN_H + 3.0) / UG_DL;
    const double at_4h = body_at(b, CORTISOL, GIVEN_H + 4.0) / UG_DL;
    assert_true(at_2h > 15.0 && at_2h < 20.0);
    assert_true(at_3h > 19.0 && at_3h < 23.0);
    assert_true(at_4h > 18.0 && at_4h < 24.0);
    /* Two mornings later the axis is back; the adrenal has grown a little on that day's ACTH (Karin 2020). */
    assert_close(body_at(b, CORTISOL, 81.0), body_at(quiet, CORTISOL, 81.0), 0.06, 0.0);
    body_free(quiet);
    body_free(b);
}

/* van Eijk 2007: 29 mg/L (se 3) in 15 men, Barber 1993: 42; of men whose rest is not told, so relative to the usual .8. It comes the next day. */
static void crp_comes_the_next_day(void **state)
{
    (void)state;
    tac_test_body *b = after_endotoxin("");
    const double rise = body_max(b, CRP, GIVEN_H, 96.0) / body_at(b, CRP, GIVEN_H);
    assert_true(0.8 * rise > 20.0 && 0.8 * rise < 45.0);
    assert_true(body_at(b, CRP, GIVEN_H + 2.0) < 2.0 * body_at(b, CRP, GIVEN_H));
    const double t_h = body_time_of_max(b, CRP, GIVEN_H, 96.0) - GIVEN_H;
    assert_true(t_h > 12.0 && t_h < 50.0);
    body_free(b);
}

/* Windoloski 2023, 2 ng/kg over 4 h: TNF at 3 h, IL-6 and IL-8 at 4 h, IL-10 at 4 h and three times that of the bolus; with the numbers of the bolus
 * the hours are these, and IL-10 is higher, but not threefold (docs/limits.md). */
static void the_same_dose_over_four_hours_comes_later(void **state)
{
    (void)state;
    char events[512];
    snprintf(events, sizeof events, "%s  - {endotoxin: 2 ng/kg, over: 4 h, at: 33 h}\n", IN_BED);
    tac_test_body *slow = live(MAN, "3 d", events, "");
    tac_test_body *at_once = after_endotoxin("");
    const double end_h = GIVEN_H + 10.0;
    const double il10_h = body_time_of_max(slow, IL10, GIVEN_H, end_h) - GIVEN_H;
    assert_close(body_time_of_max(slow, TNF, GIVEN_H, end_h), GIVEN_H + 3.0, 0.0, 0.5);
    assert_close(body_time_of_max(slow, IL6, GIVEN_H, end_h), GIVEN_H + 4.0, 0.0, 0.5);
    assert_close(body_time_of_max(slow, IL8, GIVEN_H, end_h), GIVEN_H + 4.0, 0.0, 0.5);
    assert_close(body_max(slow, IL6, GIVEN_H, end_h), 707.0, 0.2, 0.0);
    assert_true(il10_h > 3.0 && il10_h < 6.0);
    assert_true(body_max(slow, IL10, GIVEN_H, end_h)
                > 1.15 * body_max(at_once, IL10, GIVEN_H, end_h));
    body_free(at_once);
    body_free(slow);
}

/* Barber 1993, van der Poll 1996: 3 ug/kg/min of hydrocortisone for the 6 h before: TNF prevented, IL-10 up, IL-6 14 against 12 U/mL, less fever,
 * slower heart. When it had ended 12 h before, TNF is enhanced (an arm's se is 2.6 %, so by 5 % at the least) and IL-10 unchanged (162 with an se
 * of 27 in an arm: within 47 %). */
static void hydrocortisone_acts_by_its_hour(void **state)
{
    (void)state;
    tac_test_body *alone = after_endotoxin("");
    tac_test_body *present =
        after_endotoxin("  - {drug: hydrocortisone, dose: 75.6 mg, over: 6 h, at: 27 h}\n");
    tac_test_body *gone =
        after_endotoxin("  - {drug: hydrocortisone, dose: 75.6 mg, over: 6 h, at: 15 h}\n");
    const double end_h = GIVEN_H + 8.0;
    const double tnf = body_max(alone, TNF, GIVEN_H, end_h);
    const double il10 = body_max(alone, IL10, GIVEN_H, end_h);
    assert_true(body_max(present, TNF, GIVEN_H, end_h) < 0.4 * tnf);
    assert_true(body_max(present, IL10, GIVEN_H, end_h) > 2.0 * il10);
    assert_close(body_at(present, IL6, 35.0) / body_at(alone, IL6, 35.0), 1.17, 0.0, 0.26);
    assert_true(body_max(present, TEMPERATURE, GIVEN_H, end_h)
                < body_max(alone, TEMPERATURE, GIVEN_H, end_h) - 0.2);
    assert_true(body_max(present, HEART_RATE, GIVEN_H, end_h)
                < body_max(alone, HEART_RATE, GIVEN_H, end_h));
    assert_true(body_max(gone, TNF, GIVEN_H, end_h) > 1.05 * tnf);
    assert_close(body_max(gone, IL10, GIVEN_H, end_h), il10, 0.47, 0.0);
    body_free(gone);
    body_free(present);
    body_free(alone);
}

/* van der Poll 1996: 30 ng/kg/min of epinephrine from 3 h before: less TNF, more IL-10. */
static void epinephrine_lowers_tnf_and_raises_il10(void **state)
{
    (void)state;
    tac_test_body *alone = after_endotoxin("");
    tac_test_body *epinephrine =
        after_endotoxin("  - {drug: epinephrine, dose: 1134 ug, over: 9 h, at: 30 h}\n");
    assert_true(body_at(epinephrine, TNF, 34.5) < 0.8 * body_at(alone, TNF, 34.5));
    assert_true(body_at(epinephrine, IL10, 35.0) > 1.3 * body_at(alone, IL10, 35.0));
    assert_close(body_at(epinephrine, IL6, 35.0), body_at(alone, IL6, 35.0), 0.05, 0.0);
    body_free(epinephrine);
    body_free(alone);
}

/* Steensberg 2003: IL-6 of 140 pg/mL for 3 h raises IL-10 and cortisol, CRP at 6 h and more at 19 h; TNF, epinephrine, mean pressure, temperature
 * and heart rate stay. Here the last two rise (docs/limits.md), by less than a third of what endotoxin does to them; epinephrine within a
 * quarter. */
static void il6_alone_is_less_than_a_third_of_the_illness_of_endotoxin(void **state)
{
    (void)state;
    tac_test_body *quiet = live(MAN, "3 d", IN_BED, "");
    tac_test_body *b =
        live(MAN, "3 d", IN_BED, "  - {drug: il6, dose: 90 ug, over: 3 h, at: 33 h}\n");
    assert_close(body_mean(b, IL6, 34.0, 35.9), 140.0, 0.05, 0.0);
    assert_true(body_at(b, IL10, 35.9) > 1.05 * body_at(quiet, IL10, 35.9));
    assert_true(body_at(b, CORTISOL, 35.9) > 1.1 * body_at(quiet, CORTISOL, 35.9));
    assert_close(body_at(b, TNF, 35.9), body_at(quiet, TNF, 35.9), 0.05, 0.0);
    static const char *const EPINEPHRINE = "autonomic.epinephrine";
    assert_close(body_at(b, EPINEPHRINE, 35.9), body_at(quiet, EPINEPHRINE, 35.9), 0.25, 0.0);
    assert_close(body_at(b, "circulation.map", 35.9), body_at(quiet, "circulation.map", 35.9), 0.0,
                 3.0);
    tac_test_body *endotoxin = after_endotoxin("");
    static const char *const ILL[] = {"autonomic.heart_rate", "inflammation.temp_core"};
    for (size_t i = 0; i < 2; i++) {
        double most = 0.0;
        double worst = 0.0;
        for (double t_h = GIVEN_H; t_h < GIVEN_H + 6.0; t_h += 0.25) {
            const double calm = body_at(quiet, ILL[i], t_h);
            most = fmax(most, body_at(b, ILL[i], t_h) - calm);
            worst = fmax(worst, body_at(endotoxin, ILL[i], t_h) - calm);
        }
        assert_true(most < worst / 3.0);
    }
    body_free(endotoxin);
    const double at_6h = body_at(b, CRP, 39.0) / body_at(quiet, CRP, 39.0);
    const double at_19h = body_at(b, CRP, 52.0) / body_at(quiet, CRP, 52.0);
    assert_true(at_6h > 1.1 && at_19h > at_6h);
    body_free(b);
    body_free(quiet);
}

/* Every dose that volunteers get runs through, nothing is negative, and more gives more TNF. */
static void doses_from_none_to_four_run_and_stay_positive(void **state)
{
    (void)state;
    static const char *const DOSES[] = {"0.2", "0.4", "0.8", "1", "2", "4"};
    static const char *const IDS[] = {"inflammation.endotoxin",
                                      "inflammation.monocytes",
                                      "inflammation.active",
                                      "inflammation.tolerance",
                                      "inflammation.tnf",
                                      "inflammation.tnf_cell",
                                      "inflammation.il6_core",
                                      "inflammation.il8",
                                      "inflammation.il10",
                                      "inflammation.il1b",
                                      "inflammation.crp",
                                      "stress.crh",
                                      "stress.acth"};
    tac_test_body *none = live(MAN, "4 d", IN_BED, "");
    double before = body_max(none, TNF, GIVEN_H, GIVEN_H + 8.0);
    body_free(none);
    for (size_t i = 0; i < sizeof DOSES / sizeof DOSES[0]; i++) {
        tac_test_body *b = after_dose(DOSES[i], "4 d", "");
        const double top = body_max(b, TNF, GIVEN_H, GIVEN_H + 8.0);
        assert_true(top > before);
        before = top;
        for (size_t k = 0; k < sizeof IDS / sizeof IDS[0]; k++) {
            assert_true(body_min(b, IDS[k], 0.0, 96.0) > -1e-9);
        }
        body_free(b);
    }
}

/* Steensberg 2000 and its followers: muscle at work makes IL-6, some ten times rest after hours; it is no inflammation: TNF and fever stay out. */
static void hard_work_raises_il6_and_nothing_else_of_inflammation(void **state)
{
    (void)state;
    tac_test_body *b =
        live(MAN, "3 d", "  - {exercise: running, intensity: 70 %, at: 36 h, for: 2 h}\n", "");
    const double rise = body_max(b, IL6, 36.0, 39.0) / body_at(b, IL6, 36.0);
    assert_true(rise > 5.0 && rise < 40.0);
    assert_true(body_max(b, TNF, 36.0, 40.0) < 1.1 * body_at(b, TNF, 36.0));
    /* One degree warmer at the end of it (from memory), by work, not by fever. */
    assert_true(body_at(b, TEMPERATURE, 38.0) - body_at(b, TEMPERATURE, 36.0) > 0.7);
    assert_true(body_max(b, "inflammation.fever", 36.0, 40.0) < 0.3);
    body_free(b);
}

/* No trial shows that a massage moves a messenger: with the middle of every gain it moves none by more than a hundredth. */
static void massage_promises_no_change_of_messengers(void **state)
{
    (void)state;
    tac_test_body *rest =
        live(MAN, "2 d", "  - {rest: true, posture: supine, at: 33 h, for: 1 h}\n", "");
    tac_test_body *massage =
        live(MAN, "2 d",
             "  - {massage: swedish, region: whole body, pressure: firm, posture: supine, "
             "at: 33 h, for: 1 h}\n",
             "");
    static const char *const IDS[] = {"inflammation.tnf", "inflammation.il6", "inflammation.il8",
                                      "inflammation.crp"};
    for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        assert_close(body_mean(massage, IDS[i], 33.0, 47.0), body_mean(rest, IDS[i], 33.0, 47.0),
                     0.01, 0.0);
    }
    body_free(massage);
    body_free(rest);
}

/* Fat and age go with more CRP and with more coronary disease (ERF 2010: x 1.37 for threefold CRP), but CRP does not cause it (CCGC 2011). */
static void what_goes_with_crp_is_not_what_it_causes(void **state)
{
    (void)state;
    tac_test_body *b =
        body_life("{sex: male, age: 60, height: 175 cm, weight: 105 kg}", "1 d", "", "");
    const double crp = body_mean(b, "inflammation.crp", 0.0, 24.0) / 0.8;
    assert_true(crp > 1.5);
    assert_close(body_mean(b, "inflammation.coronary_association", 0.0, 24.0),
                 pow(1.37, log(crp) / log(3.0)), 1e-3, 0.0);
    assert_close(body_mean(b, "inflammation.coronary_cause", 0.0, 24.0), 1.0, 1e-9, 0.0);
    assert_close(body_mean(b, "inflammation.coronary_signal", 0.0, 24.0), 1.0, 0.05, 0.0);
    body_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_rest_everybody_has_a_little_of_each),
        cmocka_unit_test(crp_rises_with_weight_as_measured),
        cmocka_unit_test(endotoxin_gives_the_course_of_the_base),
        cmocka_unit_test(half_the_dose_gives_half_the_tnf_and_a_quarter_a_tenth),
        cmocka_unit_test(cells_that_have_answered_are_tolerant_for_half_a_day),
        cmocka_unit_test(a_second_dose_gives_less_the_sooner_it_comes),
        cmocka_unit_test(fever_follows_the_messengers),
        cmocka_unit_test(the_heart_beats_faster_in_fever),
        cmocka_unit_test(cortisol_answers_to_il6),
        cmocka_unit_test(crp_comes_the_next_day),
        cmocka_unit_test(the_same_dose_over_four_hours_comes_later),
        cmocka_unit_test(hydrocortisone_acts_by_its_hour),
        cmocka_unit_test(epinephrine_lowers_tnf_and_raises_il10),
        cmocka_unit_test(il6_alone_is_less_than_a_third_of_the_illness_of_endotoxin),
        cmocka_unit_test(doses_from_none_to_four_run_and_stay_positive),
        cmocka_unit_test(hard_work_raises_il6_and_nothing_else_of_inflammation),
        cmocka_unit_test(what_goes_with_crp_is_not_what_it_causes),
        cmocka_unit_test(massage_promises_no_change_of_messengers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
