/* SPDX-License-Identifier: Apache-2.0 */
/* models/chain-gain.tsv is what the chain of lymphangions gives today, and has the shape that sheep showed. */
#include "close.h"
#include "sim/chain.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct gain_row {
    tac_chain_hand hand;
    double extra;
} gain_row;

/** Read up to `n` rows; stops the test where a line is not a row. */
static size_t read_table(size_t n, gain_row *rows)
{
    FILE *file = fopen(TACTUS_SOURCE_DIR "/models/chain-gain.tsv", "r");
    char line[512];
    size_t n_row = 0;
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') {
            continue;
        }
        assert_true(n_row < n);
        gain_row *r = &rows[n_row++];
        assert_int_equal(sscanf(line, "%lf %lf %lf %lf %lf", &r->hand.peak_mmHg,
                                &r->hand.speed_mm_s, &r->hand.stroke_period_s, &r->hand.width_mm,
                                &r->extra),
                         5);
    }
    assert_int_equal(fclose(file), 0);
    return n_row;
}

static double flow_of(const tac_chain_hand *hand)
{
    tac_ctx *ctx = tac_ctx_create();
    double flow = 0.0;
    assert_int_equal(tac_chain_flow(ctx, hand, &flow), TAC_OK);
    tac_ctx_free(ctx);
    return flow;
}

static void two_rows_of_the_table_come_out_again(void **state)
{
    (void)state;
    static const size_t WHICH[] = {16, 58};
    gain_row rows[100];
    const double alone = flow_of(&(tac_chain_hand){0.0, 30.0, 8.0, 20.0});
    assert_int_equal(read_table(100, rows), 72);
    for (size_t i = 0; i < 2; i++) {
        const gain_row *row = &rows[WHICH[i]];
        assert_close((flow_of(&row->hand) - alone) / alone, row->extra, 1e-3, 1e-3);
    }
}

/* Mcgeown 1988: more with pressure from 20 to 320 mmHg; a longer gap gives more for each stroke, fewer strokes less in all. */
static void the_table_rises_with_pressure_and_falls_with_the_time_between_strokes(void **state)
{
    (void)state;
    gain_row rows[100];
    assert_int_equal(read_table(100, rows), 72);
    for (size_t i = 0; i < 48; i++) {
        assert_true(rows[i + 24].extra > rows[i].extra);
    }
    for (size_t i = 0; i < 72; i++) {
        if (i / 3 % 4 < 3) {
            assert_true(rows[i].extra > rows[i + 3].extra);
        }
    }
}

static void a_hand_that_cannot_be_is_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    double flow = -1.0;
    assert_int_equal(tac_chain_flow(ctx, &(tac_chain_hand){30.0, 0.0, 8.0, 20.0}, &flow),
                     TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "must be above 0"));
    assert_true(flow < 0.0);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_rows_of_the_table_come_out_again),
        cmocka_unit_test(the_table_rises_with_pressure_and_falls_with_the_time_between_strokes),
        cmocka_unit_test(a_hand_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
