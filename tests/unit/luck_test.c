/* SPDX-License-Identifier: Apache-2.0 */
/* What chance brings to a member: the same in all arms, another to another member, as often as the event says. */
#include "base/alloc.h"
#include "close.h"
#include "sim/schedule.h"

#include <tactus/schedule.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                               \
    "title: T\nperson: {sex: female, age: 42}\nstart: \"2026-09-07 00:00\"\nduration: 52 " \
    "weeks\nlife:\n  - {sleep: 8 h, from: \"23:00\", every: day}\n"
#define TWO_ARMS                                                                             \
    "programme:\n  - {massage: swedish, at: \"18:00\", for: 30 min, days: [wed]}\nagainst: " \
    "nothing\nreport: [colds]\n"

static tac_ctx *ctx;
static tac_body *body;
static double *parameters;

static int open_body(void **state)
{
    (void)state;
    ctx = tac_ctx_create();
    const tac_image *image = NULL;
    if (ctx == NULL || tac_body_open(ctx, &body) != TAC_OK) {
        return -1;
    }
    image = tac_program_image(body->program);
    parameters = tac_calloc(image->n_parameter, sizeof *parameters);
    memcpy(parameters, image->parameters, image->n_parameter * sizeof *parameters);
    return 0;
}

static int close_body(void **state)
{
    (void)state;
    tac_free(parameters);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return 0;
}

static tac_scenario *scenario_of(const char *yaml)
{
    tac_scenario *scenario = NULL;
    if (tac_scenario_parse(ctx, body, "test", yaml, &scenario) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    return scenario;
}

static tac_schedule *schedule_of(const tac_scenario *scenario, size_t arm, uint64_t member)
{
    tac_schedule *schedule = NULL;
    const tac_luck luck = {7, member, parameters};
    assert_int_equal(tac_schedule_of_member(ctx, body, scenario, &scenario->arms[arm], &luck,
                                            &schedule),
                     TAC_OK);
    return schedule;
}

/* One moment that chance brought. */
typedef struct moment {
    double t_h;
    double luck_infection;
    double luck_cold;
} moment;

static double input(const tac_schedule *s, size_t edge, const char *id)
{
    const tac_image *image = tac_program_image(body->program);
    return s->inputs[edge * image->n_input + tac_program_find(body->program, id)->index];
}

/** The moments at which an input is above 0; each counts once, whatever edges lie in it. */
static size_t moments_of(const tac_schedule *s, const char *id, size_t n_max, moment *moments)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n_edge; i++) {
        const bool is_on = input(s, i, id) > 0.0;
        if (is_on && (i == 0 || !(input(s, i - 1, id) > 0.0)) && n < n_max) {
            moments[n++] = (moment){s->edge_h[i], input(s, i, "lifestyle.luck_infection"),
                                    input(s, i, "lifestyle.luck_cold")};
        }
    }
    return n;
}

enum { N_MAX = 100 };

static void a_member_meets_the_same_in_both_arms(void **state)
{
    (void)state;
    tac_scenario *scenario = scenario_of(HEAD "  - {exposure: rhinovirus, rate: 9 per year}\n"
                                              "  - {inoculate: influenza, on: day 9}\n" TWO_ARMS);
    for (uint64_t member = 1; member <= 5; member++) {
        moment a[N_MAX];
        moment b[N_MAX];
        tac_schedule *with = schedule_of(scenario, 0, member);
        tac_schedule *without = schedule_of(scenario, 1, member);
        assert_true(with->has_chance && without->has_chance);
        const size_t n = moments_of(with, "lifestyle.contact_rhinovirus", N_MAX, a);
        assert_int_equal(n, moments_of(without, "lifestyle.contact_rhinovirus", N_MAX, b));
        for (size_t i = 0; i < n; i++) {
            assert_close(a[i].t_h, b[i].t_h, 0.0, 1e-12);
            assert_close(a[i].luck_infection, b[i].luck_infection, 0.0, 1e-15);
            assert_close(a[i].luck_cold, b[i].luck_cold, 0.0, 1e-15);
        }
        assert_int_equal(moments_of(with, "lifestyle.inoculation_influenza", N_MAX, a), 1);
        assert_int_equal(moments_of(without, "lifestyle.inoculation_influenza", N_MAX, b), 1);
        assert_close(a[0].luck_infection, b[0].luck_infection, 0.0, 1e-15);
        tac_schedule_free(with);
        tac_schedule_free(without);
    }
    tac_scenario_free(scenario);
}

/* 9 contacts in a year of 365.25 days, over 200 members: the mean of that many has an error of .21. */
static void contacts_come_as_often_as_the_event_says_and_as_the_person_meets_people(void **state)
{
    (void)state;
    enum { N_MEMBER = 200 };
    tac_scenario *scenario =
        scenario_of(HEAD "  - {exposure: rhinovirus, rate: 9 per year}\n" TWO_ARMS);
    const tac_image_symbol *contacts = tac_program_find(body->program, "person.contacts");
    for (int twice = 0; twice < 2; twice++) {
        size_t n = 0;
        size_t n_other = 0;
        double sum_luck = 0.0;
        parameters[contacts->index] = twice ? 2.0 : 1.0;
        for (uint64_t member = 1; member <= N_MEMBER; member++) {
            moment moments[N_MAX];
            tac_schedule *s = schedule_of(scenario, 1, member);
            const size_t n_here = moments_of(s, "lifestyle.contact_rhinovirus", N_MAX, moments);
            n += n_here;
            n_other += n_here == 9 ? 0 : 1;
            for (size_t i = 0; i < n_here; i++) {
                sum_luck += moments[i].luck_infection;
                assert_close(input(s, 0, "lifestyle.exposure_rhinovirus"), 9.0 / 8766.0, 1e-6, 0.0);
            }
            tac_schedule_free(s);
        }
        assert_close((double)n / N_MEMBER, (twice ? 2.0 : 1.0) * 9.0 * 364.0 / 365.25, 0.08, 0.0);
        assert_close(sum_luck / (double)n, 0.5, 0.0, 0.03);
        assert_true(n_other > N_MEMBER / 2);
    }
    parameters[contacts->index] = 1.0;
    tac_scenario_free(scenario);
}

/* Where nothing is drawn, as in the run-in and in the ledger: no contacts, and a dose takes. */
static void without_luck_chance_brings_nothing_and_a_dose_takes(void **state)
{
    (void)state;
    moment moments[N_MAX];
    tac_schedule *s = NULL;
    tac_scenario *scenario = scenario_of(HEAD "  - {exposure: rhinovirus}\n"
                                              "  - {inoculate: rhinovirus, on: day 9}\n" TWO_ARMS);
    assert_int_equal(tac_schedule_build(ctx, body->program, body->words, scenario,
                                        &scenario->arms[0], TAC_CALENDAR_WHOLE, &s),
                     TAC_OK);
    assert_true(s->has_chance);
    assert_int_equal(moments_of(s, "lifestyle.contact_rhinovirus", N_MAX, moments), 0);
    assert_int_equal(moments_of(s, "lifestyle.inoculation_rhinovirus", N_MAX, moments), 1);
    assert_close(moments[0].luck_infection, 0.02, 1e-12, 0.0);
    tac_schedule_free(s);
    tac_scenario_free(scenario);
}

static void a_season_begins_and_ends(void **state)
{
    (void)state;
    tac_scenario *scenario = scenario_of(
        HEAD
        "  - {exposure: influenza, rate: 30 per year, from: 10 weeks, for: 12 weeks}\n" TWO_ARMS);
    for (uint64_t member = 1; member <= 20; member++) {
        moment moments[N_MAX];
        tac_schedule *s = schedule_of(scenario, 1, member);
        const size_t n = moments_of(s, "lifestyle.contact_influenza", N_MAX, moments);
        for (size_t i = 0; i < n; i++) {
            assert_true(moments[i].t_h >= 10.0 * 168.0 && moments[i].t_h <= 22.0 * 168.0);
        }
        tac_schedule_free(s);
    }
    tac_scenario_free(scenario);
}

static void a_vaccine_is_said_without_its_minute(void **state)
{
    (void)state;
    tac_scenario *scenario = scenario_of(
        HEAD
        "programme:\n  - {vaccinate: influenza, on: day 8}\nagainst: nothing\nreport: [colds]\n");
    assert_string_equal(scenario->arms[0].title, "Influenza vaccine on day 8");
    tac_scenario_free(scenario);
}

/** The reader must refuse this event of life and say so. */
static void check_refused(const char *event, const char *part)
{
    char text[1024];
    tac_scenario *scenario = NULL;
    tac_ctx_clear(ctx);
    snprintf(text, sizeof text, HEAD "  - %s\n" TWO_ARMS, event);
    assert_int_equal(tac_scenario_parse(ctx, body, "test", text, &scenario), TAC_E_INPUT);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in: %s", part, tac_ctx_message(ctx));
    }
    tac_ctx_clear(ctx);
}

static void what_no_nose_ever_got_is_refused(void **state)
{
    (void)state;
    check_refused("{inoculate: rhinovirus, dose: 0 TCID50, on: day 3}", "out of range");
    check_refused("{inoculate: measles, on: day 3}", "no kind of inoculate 'measles'");
    check_refused("{exposure: rhinovirus, rate: 4}", "has no unit; write '4 1/year'");
    check_refused("{exposure: rhinovirus, rate: 5000 per year}", "a contact a day");
    check_refused("{vaccinate: hepatitis b, on: day 3}", "of vaccines the one against influenza");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    const tac_luck luck = {7, 1, parameters};
    tac_scenario *scenario = scenario_of(HEAD "  - {exposure: rhinovirus}\n" TWO_ARMS);
    for (size_t i = 0; st != TAC_OK && i < 1000; i++) {
        tac_schedule *s = NULL;
        tac_alloc_fail_after(i);
        st = tac_schedule_of_member(ctx, body, scenario, &scenario->arms[0], &luck, &s);
        tac_alloc_fail_after(SIZE_MAX);
        n_failed += st == TAC_OK ? 0 : 1;
        assert_true(st == TAC_OK || (st == TAC_E_MEMORY && s == NULL));
        tac_schedule_free(s);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed > 5);
    tac_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_meets_the_same_in_both_arms),
        cmocka_unit_test(contacts_come_as_often_as_the_event_says_and_as_the_person_meets_people),
        cmocka_unit_test(without_luck_chance_brings_nothing_and_a_dose_takes),
        cmocka_unit_test(a_season_begins_and_ends),
        cmocka_unit_test(a_vaccine_is_said_without_its_minute),
        cmocka_unit_test(what_no_nose_ever_got_is_refused),
        cmocka_unit_test(every_allocation_may_fail)};
    return cmocka_run_group_tests(tests, open_body, close_body);
}
