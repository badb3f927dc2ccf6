/* SPDX-License-Identifier: Apache-2.0 */
/* The page around the data: nothing in the data can leave its element, and nothing is loaded. */
#include "report/html.h"

#include "base/alloc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/** The page for a title and data; the caller frees it. */
static tac_buf page_of(const char *title, const char *json)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_buf page = TAC_BUF_INIT;
    assert_non_null(ctx);
    assert_int_equal(tac_html_page(ctx, title, json, &page), TAC_OK);
    tac_ctx_free(ctx);
    return page;
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        n++;
    }
    return n;
}

static void title_is_text_and_never_markup(void **state)
{
    (void)state;
    tac_buf page = page_of("a </title><script>x</script> & \"b\" 'c'", "{}");
    assert_non_null(strstr(page.text, "<title>a &lt;/title&gt;&lt;script&gt;x&lt;/script&gt; &amp; "
                                      "&quot;b&quot; &#39;c&#39;</title>"));
    assert_int_equal(count_of(page.text, "</title>"), 1);
    tac_buf_free(&page);
}

static void data_cannot_end_its_element(void **state)
{
    (void)state;
    tac_buf plain = page_of("t", "{\"title\":\"x\"}");
    tac_buf hostile =
        page_of("t", "{\"title\":\"</script><script>alert(1)</script><!--\",\"n\":[1,2]}");
    assert_non_null(strstr(hostile.text,
                           "id=\"data\">{\"title\":\"\\u003c/script>\\u003cscript>alert(1)"
                           "\\u003c/script>\\u003c!--\",\"n\":[1,2]}</script>"));
    assert_int_equal(count_of(hostile.text, "</script"), count_of(plain.text, "</script"));
    assert_int_equal(count_of(hostile.text, "<script"), count_of(plain.text, "<script"));
    tac_buf_free(&hostile);
    tac_buf_free(&plain);
}

/* Two scripts (data and program), each closed once: so neither can hold the end of the other. */
static void page_has_each_element_once(void **state)
{
    static const char *const ONCE[] = {
        "<!doctype html>", "<meta charset=\"utf-8\">",    "name=\"viewport\"",
        "<noscript>",      "<main id=\"report\"></main>", "</style>",
        "</html>\n"};
    (void)state;
    tac_buf page = page_of("t", "{}");
    for (size_t i = 0; i < sizeof ONCE / sizeof ONCE[0]; i++) {
        assert_int_equal(count_of(page.text, ONCE[i]), 1);
    }
    assert_int_equal(count_of(page.text, "</script"), 2);
    assert_true(strncmp(page.text, "<!doctype html>", 15) == 0);
    assert_int_equal(strlen(page.text), page.n);
    tac_buf_free(&page);
}

static void page_holds_its_style_and_its_script(void **state)
{
    (void)state;
    tac_buf page = page_of("t", "{}");
    /* names that the style sheet and the script cannot do without */
    assert_non_null(strstr(page.text, "--arm-without"));
    assert_non_null(strstr(page.text, "getElementById(\"report\")"));
    tac_buf_free(&page);
}

static void page_loads_nothing(void **state)
{
    static const char *const LOADERS[] = {" src=\"",  " src='",         "@import",
                                          "url(http", "url(//",         "<iframe",
                                          "<object",  "XMLHttpRequest", "fetch(",
                                          "import(",  "sendBeacon",     "WebSocket",
                                          "<base",    "<a href=",       "rel=\"stylesheet"};
    (void)state;
    tac_buf page = page_of("t", "{}");
    assert_non_null(strstr(page.text, "Content-Security-Policy\" content=\"default-src 'none';"));
    for (size_t i = 0; i < sizeof LOADERS / sizeof LOADERS[0]; i++) {
        if (strstr(page.text, LOADERS[i]) != NULL) {
            fail_msg("the page holds '%s'", LOADERS[i]);
        }
    }
    /* the only links are to data inside the page */
    assert_int_equal(count_of(page.text, "<link "), count_of(page.text, "href=\"data:,\""));
    tac_buf_free(&page);
}

static void memory_that_is_short_is_reported(void **state)
{
    (void)state;
    tac_ctx *ctx = tac_ctx_create();
    tac_buf page = TAC_BUF_INIT;
    assert_non_null(ctx);
    tac_alloc_fail_after(0);
    const tac_status st = tac_html_page(ctx, "t", "{}", &page);
    tac_alloc_fail_after(SIZE_MAX);
    assert_int_equal(st, TAC_E_MEMORY);
    tac_buf_free(&page);
    tac_ctx_free(ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(title_is_text_and_never_markup),
        cmocka_unit_test(data_cannot_end_its_element),
        cmocka_unit_test(page_has_each_element_once),
        cmocka_unit_test(page_holds_its_style_and_its_script),
        cmocka_unit_test(page_loads_nothing),
        cmocka_unit_test(memory_that_is_short_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
