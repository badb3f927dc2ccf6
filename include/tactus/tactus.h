/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tactus: what a massage does to a person, simulated. Includes every other header.
 *
 * A complete program (examples/one_session.c is its longer sister):
 *
 *     #include <tactus/tactus.h>
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         static const char *const TEXT = "title: One session\n"
 *                                         "person: {sex: female, age: 42}\n"
 *                                         "duration: 1 d\n"
 *                                         "programme:\n"
 *                                         "  - {massage: swedish, at: \"18:00\"}\n";
 *         int code = 1;
 *         double heart_rate = 0.0;
 *         tac_body *body = NULL;
 *         tac_scenario *scenario = NULL;
 *         tac_run *run = NULL;
 *         tac_run_options options = TAC_RUN_OPTIONS_INIT;
 *         tac_ctx *ctx = tac_ctx_create();
 *
 *         if (ctx != NULL && tac_body_open(ctx, &body) == TAC_OK
 *             && tac_scenario_parse(ctx, body, "text", TEXT, &scenario) == TAC_OK
 *             && tac_run_create(ctx, body, scenario, 0, &options, &run) == TAC_OK
 *             && tac_run_to(ctx, run, 18.5) == TAC_OK
 *             && tac_run_value(ctx, run, "autonomic.heart_rate", &heart_rate) == TAC_OK) {
 *             printf("half an hour into the session: %.1f beats per minute\n", heart_rate);
 *             code = 0;
 *         } else if (ctx != NULL) {
 *             fputs(tac_ctx_message(ctx), stderr);
 *         }
 *         tac_run_free(run);
 *         tac_scenario_free(scenario);
 *         tac_body_free(body);
 *         tac_ctx_free(ctx);
 *         return code;
 *     }
 */
#ifndef TACTUS_TACTUS_H
#define TACTUS_TACTUS_H

#include <tactus/base.h>
#include <tactus/general.h>
#include <tactus/model.h>
#include <tactus/report.h>
#include <tactus/run.h>
#include <tactus/schedule.h>
#include <tactus/study.h>

#endif
