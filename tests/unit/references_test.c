/* SPDX-License-Identifier: Apache-2.0 */
/* BibTeX becomes one line per key; what does not end or stands twice is reported with its place. */
#include "sim/references.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static tac_status read_text(tac_ctx *ctx, const char *text, tac_references **out)
{
    const tac_source source = {"test.bib", text, strlen(text)};
    return tac_references_read(ctx, &source, out);
}

static void an_entry_becomes_a_line(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_references *refs = NULL;
    assert_int_equal(read_text(ctx,
                               "% comment\n"
                               "@article{hindmarsh2005,\n"
                               "  author = {Hindmarsh AC and {others}},\n"
                               "  title = {SUNDIALS:\n   a suite},\n"
                               "  journal = \"ACM TOMS\", year = 2005, volume = {31},\n"
                               "  pages = {363-396}, doi = {10.1145/1089014.1089020}\n}\n",
                               &refs),
                     TAC_OK);
    assert_string_equal(tac_references_line(refs, "hindmarsh2005"),
                        "Hindmarsh AC and others. SUNDIALS: a suite. ACM TOMS 2005;31:363-396. "
                        "doi:10.1145/1089014.1089020");
    assert_null(tac_references_line(refs, "nobody1900"));
    tac_references_free(refs);
    tac_ctx_free(ctx);
}

static void check_message(const char *text, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_references *refs = NULL;
    assert_int_equal(read_text(ctx, text, &refs), TAC_E_SYNTAX);
    assert_null(refs);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void faults_are_reported_with_their_place(void **state)
{
    (void)state;
    check_message("@article{a, title = {x}}\n@article{a, title = {y}}\n",
                  "test.bib:2:10: this key stands here a second time");
    check_message("@article{a, title = {x", "test.bib:1:21: this value does not end");
    check_message("@article{a, title = {x},", "this entry does not end");
    check_message("@article{a, title {x}}", "'name = {text}' is wanted here");
    check_message("@article a", "'{' must follow the kind of an entry");
    check_message("@article{, title = {x}}", "an entry needs a key");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_becomes_a_line),
        cmocka_unit_test(faults_are_reported_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
