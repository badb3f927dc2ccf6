/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the rhythm of strokes does in the body: lymph that a compression moves by the pause before it and by how long it holds, and veins that a
 * stroke empties and that refill. The published bases alone are in tests/model/fluid_bases_test.c and vessel_loops_test.c.
 */
#include "body.h"
#include "close.h"
#include "held.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** What one compression takes from the initial vessels of the skin of a lower leg (over an hour's lymph of rest), and what it adds to the lymph, in
 * litres; and the latter in an hour. */
typedef struct moved {
    double emptied;
    double each;
    double in_an_hour;
} moved;

/** Compressions of 100 mmHg by a cuff around the whole of what is drained, at a tissue that is not swollen. */
static moved moved_by(double hold_s, double gap_s)
{
    tac_held *body = held_body();
    held_start(body);
    held_set(body, "touch.hand_pressure", 13.3);
    held_set(body, "touch.hold_time", hold_s);
    held_set(body, "touch.stroke_frequency", 1.0 / (hold_s + gap_s));
    held_set(body, "touch.presence_calf_r", 1.0);
    held_set(body, "touch.cover_calf_r", 0.2);
    held_set(body, "touch.contact_area",
             0.2e4 * held_value(body, "person.skin_area_calf")); /* cm2: all that is worked */
    held_start(body);
    assert_close(held_value(body, "touch.at_calf_r.gap"), gap_s, 0.02, 0.02);
    const double added = held_value(body, "lymph.vessel_calf_r.pressed_skin");
    const double rate_h = held_value(body, "touch.at_calf_r.stroke_rate");
    const moved m = {held_value(body, "lymph.vessel_calf_r.emptied_skin") / rate_h, added / rate_h,
                     added};
    held_free(body);
    return m;
}

/* McGeown 1988, sheep: a compression empties three times as much (se .6) after a pause of 8 s as after one of .5 s; the flow is larger all the
 * same when there are more of them. What reaches the lymph differs more than that, because the tissue supplies no more (docs/limits.md). */
static void a_compression_moves_more_lymph_after_a_longer_pause(void **state)
{
    (void)state;
    const moved soon = moved_by(1.0, 0.5);
    const moved later = moved_by(1.0, 8.0);
    assert_close(later.emptied / soon.emptied, 3.0, 0.0, 1.2);
    assert_true(later.each > 1.8 * soon.each);
    assert_true(soon.in_an_hour > 1.05 * later.in_an_hour);
}

/* The same: what a compression empties does not depend on how long it holds, 1 to 18 s; fewer of them give less lymph, not more. */
static void holding_a_compression_empties_no_more(void **state)
{
    (void)state;
    const moved brief = moved_by(1.0, 8.0);
    const moved slow = moved_by(18.0, 8.0);
    assert_true(brief.emptied > 0.0);
    assert_close(slow.emptied / brief.emptied, 1.0, 0.05, 0.0);
    assert_true(slow.in_an_hour < 0.9 * brief.in_an_hour);
}

/* Study PMB77: an emptied vein refills within a minute, so what a stroke drives home is missing from the next one: the venous flow of a calf that
 * is pressed is not above its inflow at rest, and a minute after the last compression it is as before. */
static void pressing_a_calf_leaves_no_venous_gain_behind(void **state)
{
    (void)state;
    static const char *const VENOUS = "circulation.return_calf_r";
    tac_test_body *b = body_life(
        BODY_MAN, "1 d", "  - {posture: supine, from: \"07:00\", for: 6 h}\n",
        "  - {massage: compression cycle, region: [right foot, right lower leg], pressure: 100 mmHg, "
        "hold: 1 s, gap: 8 s, giver: machine, posture: supine, from: \"09:00\", for: 10 min}\n");
    const double before = body_at(b, VENOUS, 8.98);
    const double end_h = 9.0 + 10.0 / 60.0;
    assert_true(body_mean(b, VENOUS, 9.02, end_h) < 1.05 * before);
    assert_close(body_mean(b, VENOUS, end_h + 1.0 / 60.0, end_h + 5.0 / 60.0), before, 0.05, 0.0);
    assert_close(body_at(b, "circulation.venous_pressure_calf_r", end_h + 1.0 / 60.0),
                 body_at(b, "circulation.venous_pressure_calf_r", 8.98), 0.0, 0.5);
    body_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_compression_moves_more_lymph_after_a_longer_pause),
        cmocka_unit_test(holding_a_compression_empties_no_more),
        cmocka_unit_test(pressing_a_calf_leaves_no_venous_gain_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
