/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two programmes against the same life without them: weekly and daily sessions over two weeks.
 *
 * Build and run: cc compare_programmes.c $(pkg-config --cflags --libs tactus) && ./a.out
 */
#include <tactus/tactus.h>

#include <stdio.h>

static const char SCENARIO[] = "title: Once a week or every day?\n"
                               "person: {sex: male, age: 35}\n"
                               "duration: 2 weeks\n"
                               "programmes:\n"
                               "  weekly:\n"
                               "    - {massage: chair, at: \"12:30\", for: 15 min, days: [tue]}\n"
                               "  daily:\n"
                               "    - {massage: chair, at: \"12:30\", for: 15 min, every: day}\n"
                               "against: rest\n"
                               "report: [cortisol, heart_rate, rmssd]\n";

int main(void)
{
    tac_body *body = NULL;
    tac_scenario *scenario = NULL;
    tac_results *results = NULL;
    char *text = NULL;
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;
    tac_ctx *ctx = tac_ctx_create();
    if (ctx == NULL) {
        return 1;
    }
    options.n_member = 16;
    tac_status st = tac_body_open(ctx, &body);
    st = st != TAC_OK ? st : tac_scenario_parse(ctx, body, "example", SCENARIO, &scenario);
    st = st != TAC_OK ? st : tac_compare(ctx, body, scenario, &options, &results);
    st = st != TAC_OK ? st : tac_report_text(ctx, results, &text);
    fputs(st == TAC_OK ? text : tac_ctx_message(ctx), st == TAC_OK ? stdout : stderr);
    tac_text_free(text);
    tac_results_free(results);
    tac_scenario_free(scenario);
    tac_body_free(body);
    tac_ctx_free(ctx);
    return st == TAC_OK ? 0 : 1;
}
