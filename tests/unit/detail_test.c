/* SPDX-License-Identifier: Apache-2.0 */
/* Which model beside the body a scenario asks for, under which massage, and what is said where that cannot be. */
#include "scenario/detail.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char HEAD[] = "title: T\nperson: {sex: female, age: 42}\nduration: 2 d\n";

#define DRAINAGE "{massage: lymph drainage, region: legs, at: \"17:00\", for: 30 min}"
#define PRESSING "{massage: trigger point, region: left thigh, at: \"12:00\", for: 10 min}"

/** Read a scenario with the shipped words; NULL where it is refused. The context holds what was said. */
static tac_scenario *read(tac_ctx *ctx, const tac_words *words, const char *rest)
{
    tac_buf text = TAC_BUF_INIT;
    tac_scenario *scenario = NULL;
    tac_buf_print(&text, "%s%s", HEAD, rest);
    const tac_status st =
        tac_scenario_from_text(ctx, words, "s.yaml", tac_buf_str(&text), text.n, &scenario);
    assert_true((st == TAC_OK) == (scenario != NULL));
    tac_buf_free(&text);
    return scenario;
}

static int words_start(void **state)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_words *words = NULL;
    assert_int_equal(tac_words_create(ctx, &words), TAC_OK);
    tac_ctx_free(ctx);
    *state = words;
    return 0;
}

static int words_end(void **state)
{
    tac_words_free(*state);
    return 0;
}

static void check_detail(const tac_words *words, const char *rest, const char *part,
                         const char *site, size_t arm, size_t event)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = read(ctx, words, rest);
    if (s == NULL) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    assert_true(s->detail.is_asked);
    assert_string_equal(tac_part_name(s->detail.part), part);
    assert_string_equal(s->detail.site, site);
    assert_int_equal(s->detail.arm, arm);
    assert_int_equal(s->detail.event, event);
    tac_scenario_free(s);
    tac_ctx_free(ctx);
}

static void the_vessel_lies_where_it_is_said(void **state)
{
    check_detail(*state, "programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: right thigh}\n",
                 "thigh_r", "right thigh", 0, 0);
    check_detail(*state, "programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: left foot}\n",
                 "calf_l", "left foot", 0, 0);
}

static void else_where_the_massage_spends_most_of_its_time(void **state)
{
    check_detail(*state, "programme: [" DRAINAGE "]\ndetail: lymphangion-chain\n", "calf_l",
                 "left lower leg", 0, 0);
    check_detail(*state,
                 "programme: [{massage: swedish, at: \"17:00\", for: 30 min}]\n"
                 "detail: lymphangion-chain\n",
                 "trunk", "trunk", 0, 0);
}

/* What holds still moves no lymph along a vessel, and who rests has no hand on it. */
static void the_massage_is_the_first_that_strokes_there(void **state)
{
    check_detail(*state,
                 "programme: [" PRESSING ", " DRAINAGE "]\n"
                 "detail: {lymphangion-chain: left thigh}\n",
                 "thigh_l", "left thigh", 0, 1);
    check_detail(*state,
                 "programmes: {press: [" PRESSING "], drain: [" DRAINAGE "]}\n"
                 "detail: {lymphangion-chain: left thigh}\n",
                 "thigh_l", "left thigh", 1, 0);
    check_detail(*state,
                 "programmes: {base: [" DRAINAGE "], more: [" DRAINAGE "]}\nagainst: base\n"
                 "detail: lymphangion-chain\n",
                 "calf_l", "left lower leg", 0, 0);
}

static void nothing_is_asked_for_where_nothing_is_said(void **state)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_scenario *s = read(ctx, *state, "programme: [" DRAINAGE "]\n");
    assert_non_null(s);
    assert_false(s->detail.is_asked);
    tac_scenario_free(s);
    tac_ctx_free(ctx);
}

static void what_cannot_be_shown_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *rest;
        const char *message;
    } CASES[] = {
        {"programme: [" DRAINAGE "]\ndetail: lymphangion-chian\n",
         "s.yaml:5:9: no detail 'lymphangion-chian'; did you mean 'lymphangion-chain'?"},
        {"programme: [" DRAINAGE "]\ndetail: {chain: left foot}\n",
         "s.yaml:5:10: no detail 'chain'; allowed: lymphangion-chain"},
        {"programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: left knee}\n",
         "s.yaml:5:29: no region 'left knee'"},
        {"programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: left back}\n",
         "'back' has no left and right"},
        {"programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: leg}\n",
         "s.yaml:5:29: detail: one vessel lies in one part of the body, and 'leg' covers 4; say "
         "one of left thigh, right thigh, left lower leg, right lower leg"},
        {"programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: [left foot]}\n",
         "s.yaml:5:29: detail: one region is wanted: {lymphangion-chain: left lower leg}"},
        {"programme: [" DRAINAGE "]\ndetail: [lymphangion-chain]\n",
         "s.yaml:5:9: detail: lymphangion-chain, or {lymphangion-chain: left lower leg}, is wanted"},
        {"programme: [" DRAINAGE "]\ndetail: {lymphangion-chain: left arm}\n",
         "s.yaml:5:9: detail: no massage of a programme touches the left arm; they touch left "
         "thigh, right thigh, left lower leg, right lower leg"},
        {"programme: [" PRESSING "]\ndetail: lymphangion-chain\n",
         "s.yaml:5:9: detail: 'trigger point' has no strokes along a vessel (0 cm/s, 0.02 Hz); a "
         "massage that strokes is wanted, such as swedish or lymph drainage"},
        {"programme: [{exercise: walking, at: \"17:00\", for: 30 min}]\ndetail: lymphangion-chain\n",
         "s.yaml:5:9: detail: lymphangion-chain shows a vessel under a massage, and no programme "
         "has one"},
        {"life: [" DRAINAGE "]\ndetail: lymphangion-chain\n", "no programme has one"},
        {"details: lymphangion-chain\n", "no key 'details'; did you mean 'detail'?"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_ctx *ctx = tac_ctx_create();
        assert_null(read(ctx, *state, CASES[i].rest));
        if (strstr(tac_ctx_message(ctx), CASES[i].message) == NULL) {
            fail_msg("'%s' is not in:\n%s", CASES[i].message, tac_ctx_message(ctx));
        }
        tac_ctx_free(ctx);
    }
}

/* A wrong programme is said once, not a second time as a missing massage. */
static void a_wrong_programme_does_not_hide_a_wrong_detail(void **state)
{
    tac_ctx *ctx = tac_ctx_create();
    assert_null(read(ctx, *state,
                     "programme: [{massage: swedsh, at: \"17:00\", for: 30 min}]\n"
                     "detail: {lymphangion-chain: left knee}\n"));
    assert_int_equal(tac_ctx_n_error(ctx), 2);
    assert_non_null(strstr(tac_ctx_message(ctx), "did you mean 'swedish'"));
    assert_non_null(strstr(tac_ctx_message(ctx), "no region 'left knee'"));
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vessel_lies_where_it_is_said),
        cmocka_unit_test(else_where_the_massage_spends_most_of_its_time),
        cmocka_unit_test(the_massage_is_the_first_that_strokes_there),
        cmocka_unit_test(nothing_is_asked_for_where_nothing_is_said),
        cmocka_unit_test(what_cannot_be_shown_is_refused_with_its_place),
        cmocka_unit_test(a_wrong_programme_does_not_hide_a_wrong_detail),
    };
    return cmocka_run_group_tests(tests, words_start, words_end);
}
