/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two models of the same thing: what a hand presses out of the vessels of a lower leg in the body (models/lymph.ant, averaged over strokes), and
 * what it adds to one vessel second by second (models/chain-gain.tsv). Sizes are not compared, only how the extra flow answers to pressure,
 * time between strokes, speed and width.
 */
#include "held.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* A stroke over one place. */
enum { PRESSURE_MMHG, SPEED_MM_S, PERIOD_S, WIDTH_MM, N_AXIS };
enum { N_ROW = 72 };

static const double MMHG_IN_KPA = 7.50062;
/* A slope (of logarithms) below this is no answer: twice the pressure would give 3.5 % more. */
static const double FLAT = 0.05;
static const double PI = 3.14159265358979323846;

/* How long a stroke stays on a place, as in every massage of models/events.tsv. */
static const double HOLD_S = 1.0;

typedef struct bench {
    tac_held *body;
    double table[N_ROW][N_AXIS + 1];
} bench;

static void read_table(bench *b)
{
    FILE *file = fopen(TACTUS_SOURCE_DIR "/models/chain-gain.tsv", "r");
    char line[512];
    size_t n = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        double *r = b->table[n < N_ROW ? n : 0];
        if (sscanf(line, "%lf %lf %lf %lf %lf", &r[0], &r[1], &r[2], &r[3], &r[4]) == 5) {
            n++;
        }
    }
    assert_int_equal(n, N_ROW);
    assert_int_equal(fclose(file), 0);
}

static int start(void **state)
{
    static bench b;
    b.body = held_body();
    read_table(&b);
    *state = &b;
    return 0;
}

static int end(void **state)
{
    bench *b = *state;
    held_free(b->body);
    return 0;
}

/** Flow that such strokes press out of a place of the skin of a lower leg at rest. */
static double body_extra(bench *b, const double *stroke)
{
    const double radius_cm =
        0.2 * stroke[WIDTH_MM]; /* an even disc has half its radius as standard deviation */
    held_reset(b->body);
    held_start(b->body);
    held_set(b->body, "touch.hand_pressure",
             stroke[PRESSURE_MMHG] / MMHG_IN_KPA / held_value(b->body, "touch.fluid_share"));
    held_set(b->body, "touch.stroke_speed", 0.1 * stroke[SPEED_MM_S]);
    held_set(b->body, "touch.stroke_frequency", 1.0 / stroke[PERIOD_S]);
    held_set(b->body, "touch.contact_area", PI * radius_cm * radius_cm);
    held_set(b->body, "touch.hold_time", HOLD_S);
    held_set(b->body, "touch.presence_calf_l", 1.0);
    held_set(b->body, "touch.cover_calf_l", 0.001); /* one place, which every stroke passes over */
    held_start(b->body);
    assert_true(fabs(held_value(b->body, "touch.at_calf_l.tissue_skin") - stroke[PRESSURE_MMHG])
                < 0.01 * stroke[PRESSURE_MMHG]);
    assert_true(
        fabs(held_value(b->body, "touch.at_calf_l.stroke_rate") * stroke[PERIOD_S] / 3600.0 - 1.0)
        < 0.02);
    return held_value(b->body, "lymph.vessel_calf_l.pressed_skin");
}

/** The row that differs from row i by the next larger value on one axis only; N_ROW when there is none. */
static size_t next_on(const bench *b, size_t i, size_t axis)
{
    size_t found = N_ROW;
    for (size_t k = 0; k < N_ROW; k++) {
        bool is_next = b->table[k][axis] > b->table[i][axis];
        for (size_t j = 0; j < N_AXIS; j++) {
            is_next = is_next && (j == axis || fabs(b->table[k][j] - b->table[i][j]) < 1e-9);
        }
        if (is_next && (found == N_ROW || b->table[k][axis] < b->table[found][axis])) {
            found = k;
        }
    }
    return found;
}

/** Change of ln(extra) for that of ln(axis), from one row to the next. */
static void slopes(bench *b, size_t i, size_t k, size_t axis, double *chain_out, double *body_out)
{
    const double step = log(b->table[k][axis] / b->table[i][axis]);
    *chain_out = log(b->table[k][N_AXIS] / b->table[i][N_AXIS]) / step;
    *body_out = log(body_extra(b, b->table[k]) / body_extra(b, b->table[i])) / step;
}

static void both_rise_with_pressure_but_less_than_in_proportion(void **state)
{
    bench *b = *state;
    for (size_t i = 0; i < N_ROW; i++) {
        const size_t k = next_on(b, i, PRESSURE_MMHG);
        double chain = 0.0;
        double body = 0.0;
        if (k < N_ROW) {
            slopes(b, i, k, PRESSURE_MMHG, &chain, &body);
            assert_true(chain > FLAT && chain < 1.0);
            assert_true(body > FLAT && body < 1.0);
        }
    }
}

/* Fewer strokes give less in all, and more each: initial vessels refill. */
static void both_fall_with_the_time_between_strokes_but_less_than_in_proportion(void **state)
{
    bench *b = *state;
    for (size_t i = 0; i < N_ROW; i++) {
        const size_t k = next_on(b, i, PERIOD_S);
        double chain = 0.0;
        double body = 0.0;
        if (k < N_ROW) {
            slopes(b, i, k, PERIOD_S, &chain, &body);
            assert_true(chain < -FLAT && chain > -1.0);
            assert_true(body < -FLAT && body > -1.0);
        }
    }
}

/*
 * At an equal count of strokes the body does not ask how fast and how wide the hand is; the chain gives less to a quicker and to a wider hand, and less
 * than in proportion.
 */
static void speed_and_width_are_nothing_to_the_body_and_something_to_the_chain(void **state)
{
    bench *b = *state;
    for (size_t i = 0; i < N_ROW; i++) {
        for (size_t axis = SPEED_MM_S; axis <= WIDTH_MM; axis += WIDTH_MM - SPEED_MM_S) {
            const size_t k = next_on(b, i, axis);
            double chain = 0.0;
            double body = 0.0;
            if (k < N_ROW) {
                slopes(b, i, k, axis, &chain, &body);
                assert_true(chain < 0.0 && chain > -1.0);
                assert_true(fabs(body) < 0.01);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_rise_with_pressure_but_less_than_in_proportion),
        cmocka_unit_test(both_fall_with_the_time_between_strokes_but_less_than_in_proportion),
        cmocka_unit_test(speed_and_width_are_nothing_to_the_body_and_something_to_the_chain),
    };
    return cmocka_run_group_tests(tests, start, end);
}
