/* SPDX-License-Identifier: Apache-2.0 */
/* How long the arms of a study are lived. */
#include "ledger/plan.h"

#include "close.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char STUDY[] =
    "id: T1\ntitle: t\ncitation: c\ndesign: randomised parallel\nquality: C\nfamily: T1\nclaims: []\n"
    "people: {n: 20, sex: male}\nclock: \"10:00\"\narms:\n"
    "  still: {events: [{rest: true, from: 0 min, for: 10 min}]}\n"
    "  calm: {events: [{meditation: true, from: 0 min, for: 20 min}]}\nfindings:\n"
    "  - {what: crp, of: calm, versus: still, at: 12 wk, as: direction, value: down, read: word}\n"
    "  - {what: crp, of: still, at: [0 d, 3 d], as: mean, value: 1, read: word}\n";

/* Nobody need live twelve weeks in which nothing happens; those to whom something did must. */
static void weeks_without_any_event_are_not_lived(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    tac_study *study = NULL;
    tac_plan *plan = NULL;
    tac_companies companies = {0};
    assert_int_equal(tac_body_open(ctx, &body), TAC_OK);
    assert_int_equal(tac_study_from_text(ctx, body->words, "T1.yaml", STUDY, sizeof STUDY - 1,
                                         &study),
                     TAC_OK);
    assert_int_equal(tac_plan_create(ctx, body, study, &companies, &plan), TAC_OK);
    assert_null(plan->findings[0].reason);
    const tac_planned_arm *still = tac_plan_arm(plan, 0, 0, false);
    const tac_planned_arm *calm = tac_plan_arm(plan, 1, 0, false);
    const double weeks_h = 12.0 * 168.0;
    assert_true(still->is_still && still->life.end_h < 5.0 * 24.0);
    assert_true(!calm->is_still && calm->life.end_h > weeks_h);
    /* looked at at the same hour of the day */
    const tac_stretch at = tac_plan_at(&study->findings[0], still);
    assert_close(at.from_h, still->life.zero_h + 24.0, 0.0, 1e-9);
    assert_close(tac_plan_at(&study->findings[0], calm).from_h, calm->life.zero_h + weeks_h, 0.0,
                 1e-9);
    /* a window is lived whole */
    assert_close(tac_plan_at(&study->findings[1], still).to_h, still->life.zero_h + 72.0, 0.0,
                 1e-9);
    tac_plan_free(plan);
    tac_companies_free(&companies);
    tac_study_free(study);
    tac_body_free(body);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weeks_without_any_event_are_not_lived)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
