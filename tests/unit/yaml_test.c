/* SPDX-License-Identifier: Apache-2.0 */
/* YAML: a tree with places; what is not YAML, or more of it than is read here, is refused with its place. */
#include "base/yaml.h"

#include "base/alloc.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static tac_yaml *read_ok(const char *text)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_yaml *yaml = NULL;
    const tac_status st = tac_yaml_read(ctx, "s.yaml", text, strlen(text), &yaml);
    if (st != TAC_OK) {
        fail_msg("%s", tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
    return yaml;
}

static void check_bytes(const char *text, size_t n, const char *part)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_yaml *yaml = NULL;
    assert_int_equal(tac_yaml_read(ctx, "s.yaml", text, n, &yaml), TAC_E_SYNTAX);
    assert_null(yaml);
    if (strstr(tac_ctx_message(ctx), part) == NULL) {
        fail_msg("'%s' is not in '%s'", part, tac_ctx_message(ctx));
    }
    tac_ctx_free(ctx);
}

static void check_message(const char *text, const char *part)
{
    check_bytes(text, strlen(text), part);
}

static void maps_lists_and_scalars_make_a_tree(void **state)
{
    (void)state;
    tac_yaml *yaml = read_ok("title: Two words\nlist:\n  - {a: 1, b: \"18:00\"}\n  - plain\n");
    const tac_yaml_node *root = yaml->root;
    assert_int_equal(root->kind, TAC_YAML_MAP);
    assert_int_equal(root->n, 2);
    assert_string_equal(root->keys[1]->text, "list");
    assert_string_equal(tac_yaml_get(root, "title")->text, "Two words");
    assert_false(tac_yaml_get(root, "title")->is_quoted);
    const tac_yaml_node *list = tac_yaml_get(root, "list");
    assert_int_equal(list->kind, TAC_YAML_LIST);
    assert_int_equal(list->n, 2);
    const tac_yaml_node *clock = tac_yaml_get(list->items[0], "b");
    assert_string_equal(clock->text, "18:00");
    assert_true(clock->is_quoted);
    assert_null(tac_yaml_get(root, "nothing"));
    assert_null(tac_yaml_get(list, "a"));
    assert_null(tac_yaml_get(NULL, "a"));
    tac_yaml_free(yaml);
    tac_yaml_free(NULL);
}

static void spans_point_into_the_text_in_bytes(void **state)
{
    (void)state;
    static const char TEXT[] = "titel: Für Büro\nage: 42\nlist: [x, yz]\n";
    tac_yaml *yaml = read_ok(TEXT);
    const tac_yaml_node *age = tac_yaml_get(yaml->root, "age");
    assert_memory_equal(TEXT + age->span.offset, "42", age->span.n);
    const tac_yaml_node *last = tac_yaml_get(yaml->root, "list")->items[1];
    assert_memory_equal(TEXT + last->span.offset, "yz", last->span.n);
    assert_int_equal(last->span.n, 2);
    assert_int_equal(TEXT[tac_yaml_get(yaml->root, "list")->span.offset], '[');
    tac_yaml_free(yaml);
}

static void long_lists_grow(void **state)
{
    (void)state;
    tac_buf text = TAC_BUF_INIT;
    for (int i = 0; i < 1000; i++) {
        tac_buf_print(&text, "- item%d\n", i);
    }
    tac_yaml *yaml = read_ok(tac_buf_str(&text));
    assert_int_equal(yaml->root->n, 1000);
    assert_string_equal(yaml->root->items[777]->text, "item777");
    tac_yaml_free(yaml);
    tac_buf_free(&text);
}

static void an_empty_document_has_no_root(void **state)
{
    (void)state;
    static const char *const EMPTY[] = {"", "\n\n", "# a comment\n"};
    for (size_t i = 0; i < 3; i++) {
        tac_yaml *yaml = read_ok(EMPTY[i]);
        assert_null(yaml->root);
        tac_yaml_free(yaml);
    }
}

static void the_text_is_copied(void **state)
{
    (void)state;
    char *text = strdup("a: b\n");
    tac_yaml *yaml = read_ok(text);
    memset(text, 'x', 5);
    assert_string_equal(tac_yaml_get(yaml->root, "a")->text, "b");
    assert_memory_equal(yaml->source.text, "a: b\n", 5);
    free(text);
    tac_yaml_free(yaml);
}

static void what_is_not_yaml_is_refused_with_its_place(void **state)
{
    (void)state;
    check_message("a: [1, 2\nb: 3\n", "s.yaml:2:");
    check_message("a: {b: 1\n", "not YAML");
    check_message("a: \"never closed\n", "not YAML");
    check_message("a: 1\n\tb: 2\n", "s.yaml:2:1: not YAML");
    check_message("a: 1\n\tb: 2\n", "(a tab: YAML is indented with spaces)");
    check_message("a: b: c\n", "s.yaml:1:5: not YAML");
    check_message("a: b: c\n", "(a text with a colon in it wants quotes)");
}

static void what_is_more_than_is_read_here_is_refused(void **state)
{
    (void)state;
    check_message("a: 1\n---\nb: 2\n", "s.yaml:2:1: a second document starts here; one is allowed");
    check_message("a: &x 1\nb: *x\n",
                  "s.yaml:2:4: aliases (*name) are not read here; write it out");
    check_message("a: 1\nb: 2\na: 3\n", "s.yaml:3:1: the key 'a' stands here a second time");
    check_message("? [a, b]\n: c\n", "a key must be a plain word");
}

static void deep_nesting_stops_at_fifty(void **state)
{
    (void)state;
    char text[201];
    memset(text, '[', 51);
    text[51] = '\0';
    check_message(text, "nested deeper than 50 levels");
    memset(text, '[', 50);
    memset(text + 50, ']', 50);
    text[100] = '\0';
    tac_yaml *yaml = read_ok(text);
    assert_non_null(yaml->root);
    tac_yaml_free(yaml);
}

static void binary_files_are_no_text(void **state)
{
    (void)state;
    check_bytes("\x7f"
                "ELF\x02\x01\x01\0\0\0",
                10, "not a text file in UTF-8");
    check_bytes("a: \xff\xfe\n", 6, "not a text file in UTF-8");
    check_bytes("a\0b", 3, "s.yaml:1:2");
    check_message("a: \"\\0\"\n", "s.yaml:1:4: a text with a zero byte in it");
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    static const char TEXT[] = "a: [b, {c: d}]\n";
    tac_ctx *ctx = tac_ctx_create();
    tac_status st = TAC_E_MEMORY;
    size_t n_failed = 0;
    for (size_t i = 0; st != TAC_OK && i < 1000; i++) {
        tac_yaml *yaml = NULL;
        tac_ctx_clear(ctx);
        tac_alloc_fail_after(i);
        st = tac_yaml_read(ctx, "s.yaml", TEXT, sizeof TEXT - 1, &yaml);
        tac_alloc_fail_after(SIZE_MAX);
        assert_true(st == TAC_OK || (st == TAC_E_MEMORY && yaml == NULL));
        n_failed += st == TAC_OK ? 0 : 1;
        tac_yaml_free(yaml);
    }
    assert_int_equal(st, TAC_OK);
    assert_true(n_failed >= 3);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(maps_lists_and_scalars_make_a_tree),
        cmocka_unit_test(spans_point_into_the_text_in_bytes),
        cmocka_unit_test(long_lists_grow),
        cmocka_unit_test(an_empty_document_has_no_root),
        cmocka_unit_test(the_text_is_copied),
        cmocka_unit_test(what_is_not_yaml_is_refused_with_its_place),
        cmocka_unit_test(what_is_more_than_is_read_here_is_refused),
        cmocka_unit_test(deep_nesting_stops_at_fifty),
        cmocka_unit_test(binary_files_are_no_text),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
