/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions of the chain of lymphangions: whatever its uncertain numbers are drawn to be, nothing is lost, and a hand that does not press adds nothing. */
#include "close.h"
#include "sim/chain.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const double SESSION_S = 300.0;
static const tac_chain_hand HAND = {30.0, 40.0, 6.0, 20.0};
static const tac_chain_hand NO_HAND = {0.0, 40.0, 6.0, 20.0};

typedef struct bench {
    tac_ctx *ctx;
    tac_chain *chain;
} bench;

static bench start(void)
{
    bench b = {.ctx = tac_ctx_create()};
    assert_non_null(b.ctx);
    assert_int_equal(tac_chain_create(b.ctx, &b.chain), TAC_OK);
    return b;
}

static void end(bench *b)
{
    tac_chain_free(b->chain);
    tac_ctx_free(b->ctx);
}

static tac_chain_outcome session_of(const bench *b, const tac_chain_hand *hand,
                                    tac_chain_moment *moments)
{
    tac_chain_outcome outcome;
    assert_int_equal(tac_chain_session(b->ctx, b->chain, hand, SESSION_S, moments, &outcome),
                     TAC_OK);
    return outcome;
}

/* What goes in less what comes out stays in the vessels, and those hold some 20 mm3. */
static void in_every_draw_lymph_is_neither_made_nor_lost(void **state)
{
    (void)state;
    bench b = start();
    for (uint64_t member = 0; member < 12; member++) {
        tac_chain_draw(b.chain, 1, member);
        const tac_chain_outcome o = session_of(&b, &HAND, NULL);
        assert_true(o.outflow_mm3_min > 0.0);
        assert_true(o.imbalance < 1e-9);
    }
    end(&b);
}

static void a_member_is_the_same_whoever_went_before(void **state)
{
    (void)state;
    bench b = start();
    tac_chain_draw(b.chain, 7, 3);
    const tac_chain_outcome first = session_of(&b, &HAND, NULL);
    tac_chain_draw(b.chain, 7, 4);
    const tac_chain_place place = {40.0, 12.0, 1.0};
    tac_chain_set_place(b.chain, &place);
    const tac_chain_outcome other = session_of(&b, &HAND, NULL);
    tac_chain_draw(b.chain, 7, 3);
    const tac_chain_outcome again = session_of(&b, &HAND, NULL);
    assert_memory_equal(&first, &again, sizeof first);
    assert_true(memcmp(&first, &other, sizeof first) != 0);
    end(&b);
}

/* Two ways to the mean: what was counted out, and the course; spikes between its samples cost some per cent. */
static void the_course_of_a_session_agrees_with_what_it_comes_to(void **state)
{
    (void)state;
    bench b = start();
    const size_t n = tac_chain_n_moment(SESSION_S);
    tac_chain_moment *moments = calloc(n, sizeof *moments);
    assert_non_null(moments);
    const tac_chain_outcome o = session_of(&b, &HAND, moments);
    double out = 0.0;
    double hand = 0.0;
    for (size_t i = 1; i < n; i++) {
        out += moments[i].outflow_mm3_min / (double)(n - 1);
        hand = fmax(hand, moments[i].hand_mmHg);
        assert_true(moments[i].pressure_mmHg <= o.peak_pressure_mmHg);
    }
    assert_close(moments[0].t_s, 0.0, 0.0, 1e-12);
    assert_close(moments[n - 1].t_s, SESSION_S, 1e-12, 0.0);
    assert_close(out, o.outflow_mm3_min, 0.1, 0.0);
    assert_close(moments[n - 1].pumped_mm3, o.outflow_mm3_min * SESSION_S / 60.0, 1e-9, 0.0);
    assert_true(hand > 0.95 * HAND.peak_mmHg && hand <= HAND.peak_mmHg);
    free(moments);
    end(&b);
}

static void a_hand_that_does_not_press_adds_nothing_however_it_moves(void **state)
{
    (void)state;
    bench b = start();
    const tac_chain_hand other = {0.0, 10.0, 3.0, 40.0};
    assert_close(session_of(&b, &NO_HAND, NULL).outflow_mm3_min,
                 session_of(&b, &other, NULL).outflow_mm3_min, 1e-4, 0.0);
    end(&b);
}

/* A vessel that beats more often moves more, one that pumps against more moves less. */
static void the_place_of_the_vessel_counts(void **state)
{
    (void)state;
    bench b = start();
    static const tac_chain_place PLACES[] = {{60.0, 10.0, 0.0},
                                             {30.0, 10.0, 0.0},
                                             {60.0, 20.0, 0.0}};
    double flow[3];
    for (size_t i = 0; i < 3; i++) {
        tac_chain_set_place(b.chain, &PLACES[i]);
        flow[i] = session_of(&b, &NO_HAND, NULL).outflow_mm3_min;
    }
    assert_true(flow[1] > flow[0]);
    assert_true(flow[2] < flow[0]);
    end(&b);
}

static void a_session_without_length_is_refused(void **state)
{
    (void)state;
    bench b = start();
    tac_chain_outcome outcome;
    assert_int_equal(tac_chain_session(b.ctx, b.chain, &HAND, 0.0, NULL, &outcome), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(b.ctx), "length must be above 0"));
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_every_draw_lymph_is_neither_made_nor_lost),
        cmocka_unit_test(a_member_is_the_same_whoever_went_before),
        cmocka_unit_test(the_course_of_a_session_agrees_with_what_it_comes_to),
        cmocka_unit_test(a_hand_that_does_not_press_adds_nothing_however_it_moves),
        cmocka_unit_test(the_place_of_the_vessel_counts),
        cmocka_unit_test(a_session_without_length_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
