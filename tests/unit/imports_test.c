/* SPDX-License-Identifier: Apache-2.0 */
/* Models of several files: where imports are looked for, what is shared, and what is refused. */
#include "base/file.h"
#include "close.h"
#include "model_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct folder {
    char path[64];
    char names[8][64]; /* files in it, to be removed */
    size_t n;
} folder;

static folder folder_of_test(void)
{
    folder f = {.path = "/tmp/tactus-test-XXXXXX"};
    char sub[80];
    assert_non_null(mkdtemp(f.path));
    snprintf(sub, sizeof sub, "%s/parts", f.path);
    assert_int_equal(mkdir(sub, 0700), 0);
    return f;
}

static void put(folder *f, const char *name, const char *text)
{
    char path[160];
    tac_ctx *ctx = tac_ctx_create();
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    assert_int_equal(tac_file_write(ctx, path, text, strlen(text)), TAC_OK);
    snprintf(f->names[f->n++], sizeof f->names[0], "%s", name);
    tac_ctx_free(ctx);
}

static void folder_remove(const folder *f)
{
    char path[160];
    for (size_t i = 0; i < f->n; i++) {
        snprintf(path, sizeof path, "%s/%s", f->path, f->names[i]);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/parts", f->path);
    rmdir(path);
    rmdir(f->path);
}

static tac_model *read_in(const folder *f, tac_ctx *ctx, const char *name, tac_status status)
{
    char path[160];
    tac_model *model = NULL;
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    const tac_status st = tac_model_read_file(ctx, path, &model);
    if (st != status) {
        fail_msg("status %d (%d is wanted):\n%s", (int)st, (int)status, tac_ctx_message(ctx));
    }
    return model;
}

static void must_say(const tac_ctx *ctx, const char *part)
{
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is wanted in:\n%s", part, tac_ctx_message(ctx));
    }
}

/* Both parts import the units by another way of writing the path: they are read once. */
static void imports_are_relative_to_the_importing_file(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    put(&f, "units.ant", "unit per_h = 1 / h;\nfunction twice(x) 2*x; end\n");
    put(&f, "parts/a.ant",
        "import \"../units.ant\"\nmodel A()\n var k has per_h; k = 2;\n y := twice(k);\n"
        " y has per_h\nend\n");
    put(&f, "parts/b.ant",
        "import \"./../parts/../units.ant\"; import \"a.ant\"\nmodel B()\n a: A(); k is a.k\nend\n");
    put(&f, "body.ant",
        "import \"parts/b.ant\"\nimport \"parts/./a.ant\"\nmodel *body()\n"
        " b: B();\n c: A();\nend\n");
    tac_model *model = read_in(&f, ctx, "body.ant", TAC_OK);
    assert_int_equal(model->n_source, 4);
    assert_string_equal(model->name, "body");
    assert_string_equal(symbol_of(model, "b.k")->id, "b.a.k");
    assert_string_equal(symbol_of(model, "c.k")->unit_text, "1/h");
    assert_int_equal(tac_model_check(ctx, model), TAC_OK);
    tac_model_free(model);
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void files_that_import_each_other_are_refused(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    put(&f, "a.ant", "import \"parts/b.ant\"\nmodel A()\nend\n");
    put(&f, "parts/b.ant", "import \"c.ant\"\nmodel B()\nend\n");
    put(&f, "parts/c.ant", "import \"../a.ant\"\nmodel C()\nend\n");
    put(&f, "self.ant", "import \"self.ant\"\nmodel S()\nend\n");
    assert_null(read_in(&f, ctx, "a.ant", TAC_E_MODEL));
    must_say(ctx, "parts/c.ant:1:8: files import each other: ");
    must_say(ctx, "/a.ant -> ");
    must_say(ctx, "parts/c.ant -> ");
    tac_ctx_clear(ctx);
    assert_null(read_in(&f, ctx, "self.ant", TAC_E_MODEL));
    must_say(ctx, "self.ant:1:8: files import each other: ");
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void an_import_that_is_not_there_is_named_with_its_place(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    put(&f, "a.ant", "model A()\nend\nimport \"parts/none.ant\"\n");
    assert_null(read_in(&f, ctx, "a.ant", TAC_E_FILE));
    must_say(ctx, "cannot read '");
    must_say(ctx, "a.ant:3:8: imported here");
    tac_ctx_clear(ctx);
    assert_null(read_in(&f, ctx, "parts", TAC_E_FILE));
    must_say(ctx, "parts'");
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void mistakes_are_placed_in_the_file_that_makes_them(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    put(&f, "a.ant", "import \"parts/b.ant\"\nmodel A()\n b: B();\n x = ;\nend\n");
    put(&f, "parts/b.ant", "model B()\n y := 1 +* 2;\nend\n");
    assert_null(read_in(&f, ctx, "a.ant", TAC_E_SYNTAX));
    must_say(ctx, "parts/b.ant:2:10: '*': a number, a name or '(' is wanted here\n"
                  "   y := 1 +* 2;\n           ^\n");
    must_say(ctx, "a.ant:4:6: ");
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void the_first_files_main_model_is_read(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    put(&f, "a.ant", "import \"b.ant\"\nmodel First()\n x = 1\nend\nmodel Last()\n y = 2\nend\n");
    put(&f, "b.ant", "model *Star()\n z = 3\nend\n");
    tac_model *model = read_in(&f, ctx, "a.ant", TAC_OK);
    assert_string_equal(model->name, "Last");
    assert_close(symbol_of(model, "y")->value, 2.0, 0.0, 0.0);
    tac_model_free(model);
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void a_long_row_of_imports_is_refused(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    char path[160];
    for (int i = 0; i < 30; i++) {
        char text[64];
        snprintf(path, sizeof path, "%s/f%d.ant", f.path, i);
        snprintf(text, sizeof text, "import \"f%d.ant\"\nmodel m%d()\nend\n", i + 1, i);
        assert_int_equal(tac_file_write(ctx, path, text, strlen(text)), TAC_OK);
    }
    assert_null(read_in(&f, ctx, "f0.ant", TAC_E_MODEL));
    must_say(ctx, "f19.ant:1:8: imports are nested deeper than 20 files");
    for (int i = 0; i < 30; i++) {
        snprintf(path, sizeof path, "%s/f%d.ant", f.path, i);
        unlink(path);
    }
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void a_model_of_more_than_two_hundred_files_is_refused(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    char path[160];
    for (int i = 0; i < 201; i++) {
        snprintf(path, sizeof path, "%s/f%d.ant", f.path, i);
        assert_int_equal(tac_file_write(ctx, path, "", 0), TAC_OK);
        tac_buf_print(&text, "import \"f%d.ant\"\n", i);
    }
    put(&f, "all.ant", tac_buf_str(&text));
    assert_null(read_in(&f, ctx, "all.ant", TAC_E_MODEL));
    must_say(ctx, "f199.ant': a model of more than 200 files");
    for (int i = 0; i < 201; i++) {
        snprintf(path, sizeof path, "%s/f%d.ant", f.path, i);
        unlink(path);
    }
    tac_buf_free(&text);
    tac_ctx_free(ctx);
    folder_remove(&f);
}

static void a_file_of_more_than_four_megabytes_is_refused(void **state)
{
    (void)state;
    folder f = folder_of_test();
    tac_ctx *ctx = tac_ctx_create();
    char path[160];
    const size_t n = (4U << 20) + 1;
    char *text = malloc(n);
    assert_non_null(text);
    memset(text, ' ', n);
    snprintf(path, sizeof path, "%s/large.ant", f.path);
    assert_int_equal(tac_file_write(ctx, path, text, n), TAC_OK);
    assert_null(read_in(&f, ctx, "large.ant", TAC_E_FILE));
    must_say(ctx, "large.ant'");
    tac_model *model = NULL;
    assert_int_equal(tac_model_read_text(ctx, "text", text, n, &model), TAC_E_FILE);
    must_say(ctx, "'text' is larger than 4 MB");
    unlink(path);
    free(text);
    tac_ctx_free(ctx);
    folder_remove(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imports_are_relative_to_the_importing_file),
        cmocka_unit_test(files_that_import_each_other_are_refused),
        cmocka_unit_test(an_import_that_is_not_there_is_named_with_its_place),
        cmocka_unit_test(mistakes_are_placed_in_the_file_that_makes_them),
        cmocka_unit_test(the_first_files_main_model_is_read),
        cmocka_unit_test(a_long_row_of_imports_is_refused),
        cmocka_unit_test(a_model_of_more_than_two_hundred_files_is_refused),
        cmocka_unit_test(a_file_of_more_than_four_megabytes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
