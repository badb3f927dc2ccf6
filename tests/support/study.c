/* SPDX-License-Identifier: Apache-2.0 */
/* Compares the arms of a scenario text. */
#include "study.h"

#include "base/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

study study_compare(const char *scenario_yaml, size_t n_member, size_t n_job)
{
    study s = {.ctx = tac_ctx_create()};
    tac_compare_options options = TAC_COMPARE_OPTIONS_INIT;
    options.n_member = n_member;
    options.n_job = n_job;
    tac_status st = tac_body_open(s.ctx, &s.body);
    st = st != TAC_OK ? st : tac_scenario_parse(s.ctx, s.body, "test", scenario_yaml, &s.scenario);
    st = st != TAC_OK ? st : tac_compare(s.ctx, s.body, s.scenario, &options, &s.results);
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(s.ctx));
    }
    return s;
}

void study_free(study *s)
{
    tac_results_free(s->results);
    tac_scenario_free(s->scenario);
    tac_body_free(s->body);
    tac_ctx_free(s->ctx);
}

double study_cell(const study *s, size_t row, const char *column)
{
    return tac_table_number_of(tac_results_table(s->results, "summary"), row, column);
}
