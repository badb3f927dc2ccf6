/* SPDX-License-Identifier: Apache-2.0 */
/* A solve that cannot go on says which state, by which equation, and when. */
#include "model_text.h"
#include "sim/simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* x' = x^2 with x(0) = 1 is infinite at t = 1. */
static void a_state_that_runs_away_is_named_with_its_equation_and_time(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "calm = 1; calm' = -calm; wild = 1; wild' = wild^2;");
    tac_program *program = NULL;
    tac_sim *sim = NULL;
    double edge_h = 0.0;
    double no_input = 0.0;
    const tac_schedule schedule = {.n_edge = 1,
                                   .edge_h = &edge_h,
                                   .inputs = &no_input,
                                   .end_h = 48.0};

    assert_int_equal(tac_program_build(ctx, model, &program), TAC_OK);
    assert_int_equal(tac_sim_create(ctx, program, 1e-6, &sim), TAC_OK);
    assert_int_equal(tac_sim_follow(ctx, sim, &schedule, 0.0, 48.0, 0, NULL, NULL, NULL),
                     TAC_E_SOLVER);
    const char *message = tac_ctx_message(ctx);
    assert_non_null(strstr(message, "day 1, 0.00 h"));
    assert_non_null(strstr(message, "'wild': wild' = wild^2"));
    tac_sim_free(sim);
    tac_program_free(program);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

static void a_tolerance_out_of_range_is_refused(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = model_of(ctx, "x = 1; x' = -x;");
    tac_program *program = NULL;
    tac_sim *sim = NULL;
    assert_int_equal(tac_program_build(ctx, model, &program), TAC_OK);
    assert_int_equal(tac_sim_create(ctx, program, 0.5, &sim), TAC_E_ARG);
    assert_non_null(strstr(tac_ctx_message(ctx), "1e-10 to 1e-2 is allowed"));
    tac_program_free(program);
    tac_model_free(model);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_state_that_runs_away_is_named_with_its_equation_and_time),
        cmocka_unit_test(a_tolerance_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
