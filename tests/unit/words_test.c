/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of words: the shipped ones fit the body, and a wrong row is reported with its place. */
#include "scenario/words.h"

#include "base/alloc.h"
#include "compile/program.h"
#include "model/units.h"
#include "sim/body.h"
#include "tables.h"

#include <tactus/model.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_body *open_body(void)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_body *body = NULL;
    if (tac_body_open(ctx, &body) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return body;
}

static void every_rule_acts_on_an_input_of_the_body_in_its_unit(void **state)
{
    (void)state;
    tac_body *body = open_body();
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(body->words, &n);
    assert_true(n > 50);
    for (size_t i = 0; i < n; i++) {
        tac_unit have = TAC_UNIT_ONE;
        tac_unit want = TAC_UNIT_ONE;
        tac_unit hour = TAC_UNIT_ONE;
        if (rules[i].input[0] == '\0') {
            continue;
        }
        const tac_image_symbol *symbol = tac_program_find(body->program, rules[i].input);
        const tac_image_parameter *row = tac_program_row(body->program, rules[i].input);
        if (symbol == NULL || symbol->slot != TAC_SLOT_INPUT || row == NULL) {
            fail_msg("%s %s: the body has no input '%s'", rules[i].verb, rules[i].kind,
                     rules[i].input);
        }
        assert_true(tac_unit_parse(rules[i].unit, &have));
        assert_true(tac_unit_parse(row->unit, &want));
        assert_true(tac_unit_parse("h", &hour));
        have = rules[i].how == TAC_HOW_DOSE ? tac_unit_div(have, hour) : have;
        if (!tac_unit_same_dimension(&have, &want)) {
            fail_msg("%s %s: %s does not fit '%s'", rules[i].verb, rules[i].kind, rules[i].unit,
                     rules[i].input);
        }
    }
    tac_body_free(body);
}

static void every_observable_reads_a_variable_of_the_body(void **state)
{
    (void)state;
    tac_body *body = open_body();
    tac_arena *arena = tac_arena_create();
    size_t n = 0;
    size_t n_built = 0;
    const tac_observable *observables = tac_words_observables(body->words, &n);
    for (size_t i = 0; i < n; i++) {
        const tac_observable *o = &observables[i];
        assert_ptr_equal(tac_words_observable(body->words, o->id), o); /* no word twice */
        if (o->variable[0] == '\0') {
            continue;
        }
        for (size_t k = 0; k < (o->over == TAC_OVER_ONE ? 1 : TAC_N_PART); k++) {
            const char *variable = tac_template_fill(arena, o->variable, k);
            if (o->over != TAC_OVER_ONE && (tac_template_parts(o->variable) >> k & 1U) == 0) {
                continue;
            }
            const tac_image_symbol *symbol = tac_program_find(body->program, variable);
            if (symbol == NULL || symbol->slot == TAC_SLOT_PARAMETER) {
                fail_msg("%s: the body has no variable '%s'", o->id, variable);
            }
        }
        assert_true(o->over == TAC_OVER_ONE || tac_words_region(body->words, o->site) != NULL
                    || strncmp(o->site, "left ", 5) == 0);
        assert_true(o->what[0] != '\0' && o->title[0] != '\0' && o->factor > 0.0);
        n_built++;
    }
    assert_true(n_built >= 20 && n > n_built);
    tac_arena_free(arena);
    tac_body_free(body);
}

static void every_technique_can_be_written_without_more(void **state)
{
    (void)state;
    tac_body *body = open_body();
    size_t n = 0;
    const tac_technique *techniques = tac_words_techniques(body->words, &n);
    assert_true(n >= 18);
    for (size_t i = 0; i < n; i++) {
        const tac_technique *q = &techniques[i];
        assert_ptr_equal(tac_words_technique(body->words, q->id), q);
        assert_non_null(tac_words_region(body->words, q->default_region));
        assert_non_null(tac_words_pressure(body->words, q->default_word));
        assert_true(q->pressure_low_kPa <= q->pressure_kPa);
        assert_true(q->pressure_kPa <= q->pressure_high_kPa);
        assert_true(q->contact_area_cm2 > 0.0 && q->default_min > 0.0);
    }
    tac_body_free(body);
}

static void every_value_of_a_person_is_a_parameter_in_its_unit(void **state)
{
    (void)state;
    tac_body *body = open_body();
    size_t n = 0;
    const tac_person_rule *rules = tac_words_person_rules(body->words, &n);
    for (size_t i = 0; i < n; i++) {
        tac_unit have = TAC_UNIT_ONE;
        tac_unit want = TAC_UNIT_ONE;
        if (rules[i].parameter[0] == '\0') {
            assert_string_equal(rules[i].key, "bmi");
            continue;
        }
        const tac_image_parameter *row = tac_program_row(body->program, rules[i].parameter);
        if (row == NULL) {
            fail_msg("the body has no parameter '%s'", rules[i].parameter);
        }
        assert_true(tac_unit_parse(rules[i].unit, &have) && tac_unit_parse(row->unit, &want));
        assert_true(tac_unit_equal(&have, &want)); /* sim/person.c copies the number as it is */
        if (rules[i].word[0] == '\0') {
            assert_true(rules[i].low <= rules[i].value && rules[i].value <= rules[i].high);
        }
    }
    tac_body_free(body);
}

static void shares_of_the_skin_add_up(void **state)
{
    (void)state;
    tac_words *words = NULL;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_words_create(ctx, &words), TAC_OK);
    const tac_region *arm = tac_words_region(words, "arm");
    const tac_region *arms = tac_words_region(words, "arms");
    assert_true(fabs(arm->sides * arm->skin_share - arms->skin_share) < 1e-12);
    assert_true(fabs(tac_words_region(words, "whole body")->skin_share - 1.0) < 1e-12);
    tac_words_free(words);
    tac_ctx_free(ctx);
}

static void limits_of_a_verb_come_before_those_of_all(void **state)
{
    (void)state;
    tac_words *words = test_words();
    assert_true(tac_words_limit(words, "massage", "for")->high == 6.0);
    assert_null(tac_words_limit(words, "sleep", "for"));
    assert_true(tac_words_limit(words, "exercise", "intensity")->high == 1.5);
    assert_true(tac_words_limit(words, "", "duration")->high == 43920.0);
    assert_null(tac_words_limit(words, "massage", "luck"));
    tac_words_free(words);
}

static void relations_hold_for_the_kinds_that_are_meant(void **state)
{
    (void)state;
    tac_words *words = test_words();
    assert_true(tac_words_relate(words, "massage", "swedish", TAC_HOW_EXCLUDES, "sleep"));
    assert_false(tac_words_relate(words, "sleep", "", TAC_HOW_EXCLUDES, "massage"));
    assert_true(tac_words_relate(words, "stressor", "exam", TAC_HOW_EXCLUDES, "sleep"));
    assert_false(tac_words_relate(words, "stressor", "chronic", TAC_HOW_EXCLUDES, "sleep"));
    assert_true(tac_words_relate(words, "massage", "chair", TAC_HOW_INTERRUPTS, "work"));
    tac_words_free(words);
}

/** Read the test tables with one of them exchanged. */
static void check_table(tac_source *(*which)(tac_word_tables *), const char *text, tac_status want,
                        const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_word_tables tables = test_tables();
    tac_words *words = NULL;
    *which(&tables) = (tac_source){"t.tsv", text, strlen(text)};
    assert_int_equal(tac_words_read(ctx, &tables, &words), want);
    assert_null(words);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static tac_source *events(tac_word_tables *t)
{
    return &t->events;
}

static tac_source *observables(tac_word_tables *t)
{
    return &t->observables;
}

static tac_source *regions(tac_word_tables *t)
{
    return &t->regions;
}

static tac_source *parts(tac_word_tables *t)
{
    return &t->parts;
}

static tac_source *person(tac_word_tables *t)
{
    return &t->person;
}

#define EVENT_HEAD "event\tkind\twhen\tinput\thow\tfield\tvalue\tunit\tnote\n"

static void wrong_rows_of_events_are_reported(void **state)
{
    (void)state;
    check_table(events, EVENT_HEAD "rest\t*\tload\tx\tset\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "t.tsv:2:8: field=word is wanted");
    check_table(events, EVENT_HEAD "rest\t*\t=high\tx\tset\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "field=word is wanted");
    check_table(events, EVENT_HEAD "rest\t*\t-\tx\tput\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "one of set, add, max, dose, draw, random, for, where, excludes, interrupts, "
                "replaces is wanted");
    check_table(events, EVENT_HEAD "rest\t*\t-\tx\tset\t-\t-\t1\t\n", TAC_E_SYNTAX,
                "a value or a field is wanted");
    check_table(events, EVENT_HEAD "rest\t*\t-\t-\tset\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "says in the note which room will bring it");
    check_table(events, EVENT_HEAD "rest\t*\t-\t-\texcludes\t-\t-\t-\t\n", TAC_E_SYNTAX,
                "a region or another event is wanted");
    check_table(events, EVENT_HEAD "rest\t*\t-\tx\tset\t-\tone\t1\t\n", TAC_E_SYNTAX,
                "'one' is not a number");
    check_table(events, EVENT_HEAD "rest\t*\t-\tx\tset\t-\t1\tfurlong\t\n", TAC_E_UNITS,
                "t.tsv:2:20: not a unit");
    check_table(events, EVENT_HEAD "\t*\t-\tx\tset\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "a word is wanted here");
    check_table(events, EVENT_HEAD "rest\t*\t-\tx_{tail}\tset\t-\t1\t1\t\n", TAC_E_SYNTAX,
                "t.tsv:2:10: no such group of parts");
    check_table(events, "event\tkind\n", TAC_E_SYNTAX, "the header has no column 'when'");
}

static void wrong_rows_of_the_other_tables_are_reported(void **state)
{
    (void)state;
    static const char HEAD[] =
        "observable\tunit\tvariable\tfactor\tstatistic\twhat\ttitle\tdecimals\troom\tpart\t"
        "over\tsite\n";
    char text[400];
    strcpy(text, HEAD);
    strcat(text, "x\t1\tv\t1\tmean\tw\tt\t0\tr\tp\t-\t-\n");
    check_table(observables, text, TAC_E_SYNTAX,
                "one of mean24h, session, peak, highest, lowest, number, end, last, extreme, "
                "total, ever is wanted");
    strcpy(text, HEAD);
    strcat(text, "x\t1\tv\t-\tpeak\tw\tt\t0\tr\tp\t-\t-\n");
    check_table(observables, text, TAC_E_SYNTAX, "t.tsv:2:7: a number is wanted here");
    strcpy(text, HEAD);
    strcat(text, "x\t1\t-\t-\t-\t-\tt\t0\t-\t-\t-\t-\n");
    check_table(observables, text, TAC_E_SYNTAX, "names the room that will bring it");
    strcpy(text, HEAD);
    strcat(text, "x\t1\tv\t1\tpeak\tw\tt\t0\tr\tp\tsum\t-\n");
    check_table(observables, text, TAC_E_SYNTAX, "t.tsv:2:24: sum, mean or excess go with");
    strcpy(text, HEAD);
    strcat(text, "x\t1\tv_{tail}\t1\tpeak\tw\tt\t0\tr\tp\tsum\tarm\n");
    check_table(observables, text, TAC_E_SYNTAX, "t.tsv:2:5: no such group of parts");
    strcpy(text, HEAD);
    strcat(text, "x\t1\tv_{r}\t1\tpeak\tw\tt\t0\tr\tp\tmedian\tarm\n");
    check_table(observables, text, TAC_E_SYNTAX, "one of -, sum, mean, excess is wanted");
    check_table(parts, "part\tskin_percent\nwing\t100\n", TAC_E_SYNTAX,
                "t.tsv:2:1: no such part of the body");
    check_table(parts, "part\tskin_percent\nbody\t10\n", TAC_E_SYNTAX,
                "t.tsv: the parts' shares of the skin add up to 80 %");
    check_table(regions,
                "region\tpart\tshare_percent\tct_weight\tsides\twithin\nwing\twing\t5\t1\t1\t-\n",
                TAC_E_SYNTAX, "t.tsv:2:6: no such part of the body");
    check_table(regions,
                "region\tpart\tshare_percent\tct_weight\tsides\twithin\nback\ttrunk\t0\t1\t1\t-\n",
                TAC_E_SYNTAX, "a region has a share of the skin");
    check_table(regions,
                "region\tpart\tshare_percent\tct_weight\tsides\twithin\nback\ttrunk\t-\t1\t1\t-\n",
                TAC_E_SYNTAX, "a number is wanted here");
    check_table(person,
                "key\tword\tparameter\tvalue\tunit\tlow\thigh\nage\t\tperson.age\t30\tyear\t\t\n",
                TAC_E_SYNTAX, "a number needs low and high");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    const tac_word_tables tables = test_tables();
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    for (size_t i = 0; st != TAC_OK && i < 1000; i++) {
        tac_ctx *ctx = tac_ctx_create();
        tac_words *words = NULL;
        tac_alloc_fail_after(i);
        st = tac_words_read(ctx, &tables, &words);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || (st == TAC_E_MEMORY && words == NULL));
        n_failed += st == TAC_OK ? 0 : 1;
        tac_words_free(words);
        tac_ctx_free(ctx);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_acts_on_an_input_of_the_body_in_its_unit),
        cmocka_unit_test(every_observable_reads_a_variable_of_the_body),
        cmocka_unit_test(every_technique_can_be_written_without_more),
        cmocka_unit_test(every_value_of_a_person_is_a_parameter_in_its_unit),
        cmocka_unit_test(shares_of_the_skin_add_up),
        cmocka_unit_test(limits_of_a_verb_come_before_those_of_all),
        cmocka_unit_test(relations_hold_for_the_kinds_that_are_meant),
        cmocka_unit_test(wrong_rows_of_events_are_reported),
        cmocka_unit_test(wrong_rows_of_the_other_tables_are_reported),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
