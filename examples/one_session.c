/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One massage, watched minute by minute: heart rate and cortisol of a woman of 42 before, during and after it.
 *
 * Build and run: cc one_session.c $(pkg-config --cflags --libs tactus) && ./a.out
 */
#include <tactus/tactus.h>

#include <stdio.h>

static const char SCENARIO[] =
    "title: One session after work\n"
    "person: {sex: female, age: 42, stress: high}\n"
    "duration: 1 d\n"
    "programme:\n"
    "  - {massage: swedish, pressure: moderate, at: \"18:00\", for: 60 min}\n";

/** Print a line each ten minutes from 17:30 to 19:30. */
static tac_status watch(tac_ctx *ctx, tac_run *run)
{
    printf("clock    heart rate, 1/min   serum cortisol, nmol/L\n");
    for (int minute = 17 * 60 + 30; minute <= 19 * 60 + 30; minute += 10) {
        double heart_rate = 0.0;
        double cortisol = 0.0;
        tac_status st = tac_run_to(ctx, run, minute / 60.0);
        st = st != TAC_OK ? st : tac_run_value(ctx, run, "autonomic.heart_rate", &heart_rate);
        st = st != TAC_OK ? st : tac_run_value(ctx, run, "stress.cortisol_total", &cortisol);
        if (st != TAC_OK) {
            return st;
        }
        printf("%02d:%02d    %17.1f   %22.0f\n", minute / 60, minute % 60, heart_rate, cortisol);
    }
    return TAC_OK;
}

int main(void)
{
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    tac_run *run = NULL;
    tac_run_options options = TAC_RUN_OPTIONS_INIT;
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        return 1;
    }
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_scenario_parse(ctx, body, "example", SCENARIO, &scenario);
    st = st != TAC_OK ? st : tac_run_create(ctx, body, scenario, 0, &options, &run);
    st = st != TAC_OK ? st : watch(ctx, run);
    fputs(tac_ctx_message(ctx), stderr);
    tac_run_free(run);
    tac_scenario_free(scenario);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
