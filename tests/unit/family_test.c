/* SPDX-License-Identifier: Apache-2.0 */
/* Families of studies are used whole or not at all. */
#include "ledger/family.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { N_STUDY = 3 };

static tac_words *words;
static tac_study *studies[N_STUDY];
static tac_tsv *table;

static tac_study *study_of(tac_ctx *ctx, const char *id, const char *family)
{
    char text[600];
    char name[80];
    tac_study *study = NULL;
    snprintf(name, sizeof name, "some/%s.yaml", id);
    snprintf(
        text, sizeof text,
        "id: %s\ntitle: t\ncitation: c\ndesign: within person\nquality: C\nfamily: %s\nclaims: []\n"
        "people: {n: 5}\narms:\n  a: {events: []}\nfindings:\n  - {what: other, of: a, note: t}\n",
        id, family);
    if (tac_study_from_text(ctx, words, name, text, strlen(text), &study) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    return study;
}

static int open_studies(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_words_create(ctx, &words), TAC_OK);
    studies[0] =
        study_of(ctx, "RAP10-HPA", "RAP10"); /* RAP10-IMM is the other half of this family */
    studies[1] = study_of(ctx, "MADE-A", "MADE");
    studies[2] = study_of(ctx, "MADE-B", "MADE");
    assert_int_equal(tac_families_read(ctx, &table), TAC_OK);
    tac_ctx_free(ctx);
    return 0;
}

static int close_studies(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_STUDY; i++) {
        tac_study_free(studies[i]);
    }
    tac_tsv_free(table);
    tac_words_free(words);
    return 0;
}

static void check_says(const tac_ctx *ctx, const char *part)
{
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in: %s", part, tac_ctx_message(ctx));
    }
}

static void a_family_is_all_of_its_studies(void **state)
{
    (void)state;
    static const char *const NAME[] = {"MADE"};
    bool is_named[N_STUDY] = {false};
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_families_mark(ctx, N_STUDY, studies, 1, NAME, is_named), TAC_OK);
    assert_true(!is_named[0] && is_named[1] && is_named[2]);
    assert_int_equal(tac_families_check_whole(ctx, table, N_STUDY, studies, is_named), TAC_OK);
    tac_ctx_free(ctx);
}

static void a_part_of_a_family_is_refused_with_the_whole_of_it(void **state)
{
    (void)state;
    static const char *const NAME[] = {"MADE-B"};
    bool is_named[N_STUDY] = {false};
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_families_mark(ctx, N_STUDY, studies, 1, NAME, is_named), TAC_E_ARG);
    check_says(ctx, "some/MADE-B.yaml");
    check_says(ctx, "--family MADE is all of it (MADE-A, MADE-B)");
    tac_ctx_free(ctx);
}

static void a_folder_with_a_part_of_a_family_is_refused(void **state)
{
    (void)state;
    static const bool USED[N_STUDY] = {true, false, false};
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_families_check_whole(ctx, table, N_STUDY, studies, USED), TAC_E_INPUT);
    check_says(ctx, "some/RAP10-HPA.yaml: family 'RAP10' is used whole or not at all");
    check_says(ctx, "RAP10-IMM is not below this folder");
    tac_ctx_free(ctx);
}

static void a_wrong_name_gets_the_right_one(void **state)
{
    (void)state;
    static const char *const NAME[] = {"RAP1O"};
    bool is_named[N_STUDY] = {false};
    tac_ctx *ctx = tac_ctx_create();
    assert_int_equal(tac_families_mark(ctx, N_STUDY, studies, 1, NAME, is_named), TAC_E_ARG);
    check_says(ctx, "did you mean 'RAP10'");
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_family_is_all_of_its_studies),
        cmocka_unit_test(a_part_of_a_family_is_refused_with_the_whole_of_it),
        cmocka_unit_test(a_folder_with_a_part_of_a_family_is_refused),
        cmocka_unit_test(a_wrong_name_gets_the_right_one)};
    return cmocka_run_group_tests(tests, open_studies, close_studies);
}
