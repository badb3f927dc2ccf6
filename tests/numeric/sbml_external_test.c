/* SPDX-License-Identifier: Apache-2.0 */
/* Submodels from other files: what those files hold is looked over before libSBML reads them. */
#include "base/buf.h"
#include "model/sbml.h"

#include <tactus/general.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SBML                                                                         \
    "<?xml version='1.0' encoding='UTF-8'?>\n<sbml "                                 \
    "xmlns='http://www.sbml.org/sbml/level3/version1/core' "                         \
    "xmlns:comp='http://www.sbml.org/sbml/level3/version1/comp/version1' level='3' " \
    "version='1' comp:required='true'>"
#define MATH(x) "<math xmlns='http://www.w3.org/1998/Math/MathML'>" x "</math>"
#define FROM(file)                                                                              \
    SBML "<model id='outer'><comp:listOfSubmodels><comp:submodel comp:id='s' "                  \
         "comp:modelRef='e'/></comp:listOfSubmodels></model>"                                   \
         "<comp:listOfExternalModelDefinitions><comp:externalModelDefinition comp:id='e' "      \
         "comp:source='" file "' comp:modelRef='inner'/></comp:listOfExternalModelDefinitions>" \
         "</sbml>\n"
#define INNER(start)                                                            \
    SBML "<model id='inner'><listOfParameters>"                                 \
         "<parameter id='T' " start " units='dimensionless' constant='false'/>" \
         "<parameter id='y' units='dimensionless' constant='false'/></listOfParameters>"
#define RULES                                                                                                                         \
    "<listOfRules><rateRule variable='T'>" MATH("<apply><minus/><ci>T</ci></apply>") "</rateRule><assignmentRule variable='y'>" MATH( \
        "<apply><power/><cn>3</cn><ci>T</ci></apply>") "</assignmentRule></listOfRules>"
#define START                                                        \
    "<listOfInitialAssignments><initialAssignment symbol='T'>" MATH( \
        "<cn>2</cn>") "</initialAssignment></listOfInitialAssignments>"

static char folder[] = "/tmp/tactus-external-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    static const char *const NAMES[] = {"outer.xml", "inner.xml"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        (void)unlink(path);
    }
    return rmdir(folder);
}

static void write_file(const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/** Run outer.xml for a while; the message where it fails. */
static tac_status run(tac_ctx *ctx)
{
    char path[128];
    tac_results *results = NULL;
    tac_general_options options = TAC_GENERAL_OPTIONS_INIT;
    options.duration = "1";
    snprintf(path, sizeof path, "%s/outer.xml", folder);
    const tac_status st = tac_general_run(ctx, path, &options, &results);
    tac_results_free(results);
    return st;
}

static void must_fail(const char *inner, const char *outer, const char *message)
{
    tac_ctx *ctx = tac_ctx_create();
    write_file("inner.xml", inner);
    write_file("outer.xml", outer);
    assert_int_not_equal(run(ctx), TAC_OK);
    if (strstr(tac_ctx_message(ctx), message) == NULL) {
        fail_msg("'%s' is wanted in '%s'", message, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void a_submodel_of_another_file_runs(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    write_file("inner.xml", INNER("value='2'") RULES "</model></sbml>\n");
    write_file("outer.xml", FROM("inner.xml"));
    if (run(ctx) != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

/* libSBML would look for the value of T until its stack is full. */
static void what_would_not_come_to_an_end_is_found_in_the_other_file(void **state)
{
    (void)state;
    must_fail(INNER("") START RULES "</model></sbml>\n", FROM("inner.xml"),
              "submodels cannot be joined: 'T' has a rate and a formula of its start");
}

static void a_file_that_is_too_deep_is_named(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, SBML "<model id='inner'><notes>");
    for (int i = 0; i < 50000; i++) {
        tac_buf_text(&text, "<p>");
    }
    must_fail(tac_buf_str(&text), FROM("inner.xml"), "inner.xml:2:");
    tac_buf_free(&text);
}

static void files_that_name_one_another_come_to_an_end(void **state)
{
    (void)state;
    must_fail(FROM("outer.xml"), FROM("inner.xml"),
              "files that name one another more than 16 deep");
}

static void a_file_that_is_not_there_is_said(void **state)
{
    (void)state;
    must_fail("", FROM("nobody.xml"), "nobody.xml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_submodel_of_another_file_runs),
        cmocka_unit_test(what_would_not_come_to_an_end_is_found_in_the_other_file),
        cmocka_unit_test(a_file_that_is_too_deep_is_named),
        cmocka_unit_test(files_that_name_one_another_come_to_an_end),
        cmocka_unit_test(a_file_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
