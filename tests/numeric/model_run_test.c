/* SPDX-License-Identifier: Apache-2.0 */
/* General models with reactions, events and algebraic rules against their exact solutions. */
#include "close.h"
#include "follow.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A -> B at k A: A = A0 exp(-k t), and B is what is gone of A, twice. */
static void a_reaction_moves_amounts(void **state)
{
    (void)state;
    tac_followed *f = follow_text("species A, B; A = 3; B = 1; k = 0.7; J: A -> 2 B; k*A", 5.0);
    assert_close(followed_at(f, "A", 5.0), 3.0 * exp(-3.5), 1e-7, 0.0);
    assert_close(followed_at(f, "B", 5.0), 1.0 + 6.0 * (1.0 - exp(-3.5)), 1e-7, 0.0);
    assert_close(followed_at(f, "J", 0.0), 2.1, 1e-14, 0.0);
    followed_free(f);
}

/* A reaction of v mol per time lowers the concentrations on its sides by v over each volume. */
static void concentrations_change_by_the_volume_of_their_place(void **state)
{
    (void)state;
    tac_followed *f = follow_text("compartment c = 2, d = 4; species A in c, B in d; A = 5; B = 0;"
                                  "J: A -> B; 1.5",
                                  4.0);
    assert_close(followed_at(f, "A", 4.0), 5.0 - 4.0 * 1.5 / 2.0, 1e-8, 0.0);
    assert_close(followed_at(f, "B", 4.0), 4.0 * 1.5 / 4.0, 1e-8, 0.0);
    followed_free(f);
}

/* The amount 6 stays while its place grows from 2 at a rate of 1: the concentration is 6/(2 + t). */
static void a_growing_place_dilutes(void **state)
{
    (void)state;
    tac_followed *f = follow_text("compartment c; c = 2; c' = 1; species A in c; A = 3;", 4.0);
    assert_close(followed_at(f, "A", 1.0), 2.0, 1e-8, 0.0);
    assert_close(followed_at(f, "A", 4.0), 1.0, 1e-8, 0.0);
    followed_free(f);
}

static void a_boundary_species_stays(void **state)
{
    (void)state;
    tac_followed *f = follow_text("species A, B; A = 3; B = 0; J: $A -> B; 0.5*A", 2.0);
    assert_close(followed_at(f, "A", 2.0), 3.0, 0.0, 0.0);
    assert_close(followed_at(f, "B", 2.0), 3.0, 1e-8, 0.0);
    followed_free(f);
}

/* x grows by 1; each time it reaches 1 it starts again: a sawtooth of period 1. */
static void an_event_happens_at_its_root(void **state)
{
    (void)state;
    tac_followed *f = follow_text("x = 0; x' = 1; n = 0; at x >= 1: x = 0, n = n + 1", 5.5);
    assert_close(followed_at(f, "x", 5.5), 0.5, 0.0, 1e-7);
    assert_close(followed_at(f, "n", 5.5), 5.0, 0.0, 0.0);
    followed_free(f);
}

/* A trigger of time is met at that time, not a little later: the sample at 2 has the new value. */
static void an_event_of_time_happens_on_time(void **state)
{
    (void)state;
    tac_followed *f = follow_text("a = 0; at time >= 2: a = 1; b = 0; at time > 2: b = 1", 10.0);
    assert_close(followed_at(f, "a", 1.99), 0.0, 0.0, 0.0);
    assert_close(followed_at(f, "a", 2.0), 1.0, 0.0, 0.0);
    assert_close(followed_at(f, "b", 2.0), 0.0, 0.0, 0.0);
    assert_close(followed_at(f, "b", 2.01), 1.0, 0.0, 0.0);
    followed_free(f);
}

/* Values are those of the trigger, unless fromTrigger = false; the event comes 1 later: x = 2 or 3. */
static void a_delayed_event_remembers_its_values(void **state)
{
    (void)state;
    tac_followed *f = follow_text("x = 0; x' = 1; a = 0; b = 0; at 1 after x > 2: a = x;"
                                  "at 1 after x > 2, fromTrigger = false: b = x",
                                  5.0);
    assert_close(followed_at(f, "a", 2.9), 0.0, 0.0, 0.0);
    assert_close(followed_at(f, "a", 5.0), 2.0, 1e-7, 0.0);
    assert_close(followed_at(f, "b", 5.0), 3.0, 1e-7, 0.0);
    followed_free(f);
}

/* The trigger is true from 1 to 2, the delay is 3: only a persistent event happens. */
static void an_event_that_is_not_persistent_is_called_off(void **state)
{
    (void)state;
    tac_followed *f = follow_text("a = 0; b = 0; at 3 after time > 1 && time < 2: a = 1;"
                                  "at 3 after time > 1 && time < 2, persistent = false: b = 1",
                                  10.0);
    assert_close(followed_at(f, "a", 10.0), 1.0, 0.0, 0.0);
    assert_close(followed_at(f, "b", 10.0), 0.0, 0.0, 0.0);
    followed_free(f);
}

/* The higher priority goes first, so the lower one has the last word. */
static void priorities_order_events_of_one_time(void **state)
{
    (void)state;
    tac_followed *f =
        follow_text("a = 0; at time > 1, priority = 1, fromTrigger = false: a = a*10 + 1;"
                    "at time > 1, priority = 3, fromTrigger = false: a = a*10 + 3;"
                    "at time > 1, priority = 2, fromTrigger = false: a = a*10 + 2",
                    2.0);
    assert_close(followed_at(f, "a", 2.0), 321.0, 0.0, 0.0);
    followed_free(f);
}

/* t0 says what the trigger was before the start: false makes a true trigger happen at once. */
static void a_trigger_true_at_the_start_happens_when_it_was_false_before(void **state)
{
    (void)state;
    tac_followed *f =
        follow_text("a = 0; b = 0; at 1 > 0, t0 = false: a = 1; at 1 > 0: b = 1", 1.0);
    assert_close(followed_at(f, "a", 0.0), 1.0, 0.0, 0.0);
    assert_close(followed_at(f, "b", 1.0), 0.0, 0.0, 0.0);
    followed_free(f);
}

/* 0 = total - x - y with x decaying: y = total - x; two rules together are solved one after the other. */
static void algebraic_rules_are_solved(void **state)
{
    (void)state;
    tac_followed *f = follow_text("total = 4; x = 3; x' = -x; var y, z;"
                                  "0 = total - x - y; 0 = 2*z - y + 6*x - 2",
                                  2.0);
    const double x = 3.0 * exp(-2.0);
    assert_close(followed_at(f, "y", 2.0), 4.0 - x, 1e-7, 0.0);
    assert_close(followed_at(f, "z", 2.0), 0.5 * (4.0 - x - 6.0 * x + 2.0), 1e-7, 0.0);
    followed_free(f);
}

/* d/dt of exp(-t) and of its square. */
static void rate_of_is_the_change_in_time(void **state)
{
    (void)state;
    tac_followed *f = follow_text("x = 1; x' = -x; y := x^2; v := rateOf(x); w := rateOf(y)", 1.0);
    assert_close(followed_at(f, "v", 1.0), -exp(-1.0), 1e-7, 0.0);
    assert_close(followed_at(f, "w", 1.0), -2.0 * exp(-2.0), 1e-7, 0.0);
    followed_free(f);
}

/* The rate jumps from 0 to 1 at t = 3: x is (t - 3) behind it to the solver's last digit. */
static void a_jump_of_a_rate_is_found(void **state)
{
    (void)state;
    tac_followed *f = follow_text("x = 0; x' = piecewise(1, time >= 3, 0)", 10.0);
    assert_close(followed_at(f, "x", 3.0), 0.0, 0.0, 1e-9);
    assert_close(followed_at(f, "x", 10.0), 7.0, 1e-9, 0.0);
    followed_free(f);
}

/* const z = 2*x keeps what x was at the start. */
static void a_constant_remembers_the_start(void **state)
{
    (void)state;
    tac_followed *f = follow_text("x = 1.5; x' = -x; const z = 2*x", 1.0);
    assert_close(followed_at(f, "z", 1.0), 3.0, 0.0, 0.0);
    followed_free(f);
}

static void mistakes_of_a_run_are_named(void **state)
{
    (void)state;
    follow_must_fail("a = 1; e: at -1 after time > 1: a = 2", 2.0, TAC_E_SOLVER,
                     "the delay of event 'e' is -1 at t = 1");
    follow_must_fail("a = 1; up: at a > 0: a = -1; down: at a < 0: a = 1; at time > 1: a = -1", 2.0,
                     TAC_E_SOLVER, "events trigger each other without end");
    follow_must_fail("x = 1; x' = 2*y; y := rateOf(y) + x", 1.0, TAC_E_MODEL, "need each other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reaction_moves_amounts),
        cmocka_unit_test(concentrations_change_by_the_volume_of_their_place),
        cmocka_unit_test(a_growing_place_dilutes),
        cmocka_unit_test(a_boundary_species_stays),
        cmocka_unit_test(an_event_happens_at_its_root),
        cmocka_unit_test(an_event_of_time_happens_on_time),
        cmocka_unit_test(a_delayed_event_remembers_its_values),
        cmocka_unit_test(an_event_that_is_not_persistent_is_called_off),
        cmocka_unit_test(priorities_order_events_of_one_time),
        cmocka_unit_test(a_trigger_true_at_the_start_happens_when_it_was_false_before),
        cmocka_unit_test(algebraic_rules_are_solved),
        cmocka_unit_test(rate_of_is_the_change_in_time),
        cmocka_unit_test(a_jump_of_a_rate_is_found),
        cmocka_unit_test(a_constant_remembers_the_start),
        cmocka_unit_test(mistakes_of_a_run_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
