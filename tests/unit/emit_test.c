/* SPDX-License-Identifier: Apache-2.0 */
/* The text of emitted C: readable, the same every time, and safe whatever the names are. */
#include "compile/emit.h"

#include "base/alloc.h"
#include "close.h"
#include "programs.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char TINY[] =
    "unit per_h = 1/(3600 second); unit nmol_per_h = nmol/(3600 second);\n"
    "model tiny()\n"
    "  var crh has nmol; // hormone\n"
    "  var drive has nmol_per_h; var half has per_h; k_loss has per_h;\n"
    "  k_loss = 0.5 per_h; crh = 2 nmol; drive := k_loss*crh; half := k_loss/2;\n"
    "  crh' = -drive + half*crh;\n"
    "end\n";

static char *emitted(const char *text)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_program *program = program_of(text);
    tac_buf c = TAC_BUF_INIT;
    assert_int_equal(tac_program_emit(ctx, program, "tiny", &c), TAC_OK);
    tac_program_free(program);
    tac_ctx_free(ctx);
    return c.text; /* taken out of the buffer */
}

static void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part) == NULL) {
        print_error("%s\n", text);
        fail_msg("not found: %s", part);
    }
}

static void each_variable_has_a_line_with_its_name_and_unit(void **state)
{
    (void)state;
    char *c = emitted(TINY);
    assert_contains(c, "    const double k_loss_ = p[0]; /* k_loss, 1/h */\n");
    assert_contains(c, "    const double crh_ = x[0]; /* crh, nmol */\n");
    assert_contains(c, "    const double drive_ = k_loss_ * crh_; /* drive, nmol/h */\n");
    assert_contains(c, "    const double half_ = c[0]; /* half, 1/h */\n");
    assert_contains(c, "    dxdt[0] = crh_ * half_ - drive_; /* crh' */\n");
    assert_contains(c, "    values[0] = c[1]; /* d crh' / d crh */\n");
    assert_contains(c, "    x[0] = 2.0; /* crh at time 0 */\n");
    assert_contains(c, "const tac_image tac_image_tiny = {\n    .name = \"tiny\",\n");
    tac_free(c);
}

static void only_the_mathematics_of_the_library_is_included(void **state)
{
    (void)state;
    char *c = emitted(TINY);
    size_t n = 0;
    for (const char *at = strstr(c, "#include"); at != NULL; at = strstr(at + 1, "#include")) {
        n++;
    }
    assert_int_equal(n, 2);
    assert_contains(c, "#include \"compile/image.h\"\n");
    assert_contains(c, "#include <math.h>\n");
    tac_free(c);
}

static void the_same_model_gives_the_same_text(void **state)
{
    (void)state;
    char *first = emitted(EVERY_OPERATION);
    char *second = emitted(EVERY_OPERATION);
    assert_string_equal(first, second);
    tac_free(first);
    tac_free(second);
}

static void no_line_nests_too_deeply(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    tac_buf_text(&text, "model deep() x = 1; y := ");
    for (int i = 0; i < 90; i++) {
        tac_buf_text(&text, "exp(-");
    }
    tac_buf_text(&text, "x");
    for (int i = 0; i < 90; i++) {
        tac_buf_text(&text, ")");
    }
    tac_buf_text(&text, "; x' = y; end");
    char *c = emitted(tac_buf_str(&text));
    int depth = 0;
    int deepest = 0;
    for (const char *ch = c; *ch != '\0'; ch++) {
        depth += *ch == '(' ? 1 : *ch == ')' ? -1 : 0;
        deepest = depth > deepest ? depth : deepest;
    }
    assert_true(deepest <= 12);
    tac_free(c);
    tac_buf_free(&text);
}

static const char *name_of(tac_emitter *m, const char *id)
{
    const char *name = tac_emit_name(m, id);
    assert_non_null(name);
    return name;
}

static void names_are_never_those_of_c_and_never_meet(void **state)
{
    (void)state;
    tac_emitter m = {.arena = tac_arena_create(), .taken = tac_map_create()};
    assert_string_equal(name_of(&m, "stress.crh"), "stress__crh");
    assert_string_equal(name_of(&m, "exp"), "exp_");
    assert_string_equal(name_of(&m, "double"), "double_");
    assert_string_equal(name_of(&m, "x"), "x_");
    assert_string_equal(name_of(&m, "a.b_c"), "a__b_c");
    assert_string_equal(name_of(&m, "a__b_c"), "a__b_c_");
    assert_string_equal(name_of(&m, "a_.b_c"), "a___b_c");
    assert_string_equal(name_of(&m, "a.b_c"), "a__b_c_2");
    assert_string_equal(name_of(&m, "a.b_c"), "a__b_c_3");
    assert_string_equal(name_of(&m, "_under"), "n_under_");
    assert_string_equal(name_of(&m, "2nd"), "n2nd_");
    assert_string_equal(name_of(&m, ""), "n_");
    assert_string_equal(name_of(&m, "x;system(\"rm\")"), "x_system__rm___");
    assert_string_equal(name_of(&m, "\xce\xb1"), "n___");
    char id[200];
    memset(id, 'a', sizeof id);
    id[199] = '\0';
    assert_true(strlen(name_of(&m, id)) < 63);
    assert_true(strcmp(name_of(&m, id), name_of(&m, id)) != 0);
    tac_map_free(m.taken);
    tac_arena_free(m.arena);
}

static void comments_and_strings_cannot_be_broken_out_of(void **state)
{
    (void)state;
    tac_buf c = TAC_BUF_INIT;
    tac_emit_comment(&c, "*/ int evil; /* \n?"
                         "?/");
    assert_string_equal(tac_buf_str(&c), "/* * / int evil; / * ?? ?/ */");
    tac_buf_clear(&c);
    tac_emit_comment(&c, "**//");
    assert_string_equal(tac_buf_str(&c), "/* ** // */");
    tac_buf_clear(&c);
    tac_emit_string(&c, "a\"b\\c\n?"
                        "?/\xc2\xb5"
                        "7");
    assert_string_equal(tac_buf_str(&c), "\"a\\042b\\134c\\012\\077\\077/\\302\\2657\"");
    tac_buf_free(&c);
}

/* Every number reads back as itself, in the fewest digits. */
static void numbers_are_short_and_exact(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *want;
    } CASES[] = {{0.1, "0.1"},
                 {2.0, "2.0"},
                 {-0.0, "-0.0"},
                 {100.0, "100.0"},
                 {1e15, "1e+15"},
                 {1.0 / 3.0, "0.3333333333333333"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1e-300, "1e-300"},
                 {5e-324, "5e-324"},
                 {1.7976931348623157e308, "1.7976931348623157e+308"},
                 {(double)NAN, "(double)NAN"},
                 {-HUGE_VAL, "-HUGE_VAL"},
                 {HUGE_VAL, "HUGE_VAL"}};
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        tac_buf c = TAC_BUF_INIT;
        tac_emit_number(&c, CASES[i].value);
        assert_string_equal(tac_buf_str(&c), CASES[i].want);
        tac_buf_free(&c);
    }
}

static void short_memory_is_an_error_without_a_leak(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_program *program = program_of(TINY);
    tac_status st = TAC_E_MEMORY;
    for (size_t n = 0; st != TAC_OK; n++) {
        tac_buf c = TAC_BUF_INIT;
        tac_alloc_fail_after(n);
        st = tac_program_emit(ctx, program, "tiny", &c);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || st == TAC_E_MEMORY);
        assert_true(n < 10000);
        tac_buf_free(&c);
        tac_ctx_clear(ctx);
    }
    tac_program_free(program);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_variable_has_a_line_with_its_name_and_unit),
        cmocka_unit_test(only_the_mathematics_of_the_library_is_included),
        cmocka_unit_test(the_same_model_gives_the_same_text),
        cmocka_unit_test(no_line_nests_too_deeply),
        cmocka_unit_test(names_are_never_those_of_c_and_never_meet),
        cmocka_unit_test(comments_and_strings_cannot_be_broken_out_of),
        cmocka_unit_test(numbers_are_short_and_exact),
        cmocka_unit_test(short_memory_is_an_error_without_a_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
