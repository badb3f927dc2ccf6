/* SPDX-License-Identifier: Apache-2.0 */
/* What stands at the level of a file: imports, models, functions, units. */
#include "base/fail.h"
#include "model/parser.h"

#include <string.h>

static tac_module *new_module(tac_parser *p, const char *name, tac_span span)
{
    p->library->n_module++;
    tac_module *module = tac_arena_alloc(p->library->arena, sizeof *module);
    if (module != NULL) {
        module->name = name;
        module->span = span;
        module->source = p->i_source;
        module->end = &module->first;
        module->next = p->library->modules;
        p->library->modules = module;
    }
    return module;
}

/** Names in brackets: ports of a model, arguments of a function. */
static tac_status parse_names(tac_parser *p, const char ***names_out, size_t *n_out)
{
    const char *names[256];
    tac_span span = {0, 0};
    size_t n = 0;
    if (!tac_parser_take(p, "(")) {
        return TAC_OK;
    }
    while (!tac_parser_is(p, tac_parser_now(p), ")")) {
        if (n == 256) {
            return tac_parser_fail(p, "more than 256 names");
        }
        const tac_status st =
            tac_parser_take_name(p, "a name or ')' is wanted here", &names[n++], &span);
        if (st != TAC_OK) {
            return st;
        }
        if (!tac_parser_take(p, ",")) {
            break;
        }
    }
    *names_out = tac_arena_alloc(p->library->arena, (n + 1) * sizeof **names_out);
    if (*names_out == NULL) {
        return tac_parser_no_memory(p);
    }
    memcpy(*names_out, names, n * sizeof names[0]);
    *n_out = n;
    return tac_parser_take(p, ")") ? TAC_OK : tac_parser_fail(p, "',' or ')' is wanted here");
}

/** Statements up to 'end'; goes on after a bad one. */
static tac_status parse_statements(tac_parser *p, tac_module *module, bool needs_end)
{
    tac_status result = TAC_OK;
    while (!tac_parser_is(p, tac_parser_now(p), "end") && !p->library->is_too_large
           && !tac_ctx_is_full(p->ctx)) {
        if (tac_parser_now(p)->kind == TAC_TOKEN_END) {
            return needs_end ? tac_parser_fail(p, "'end' of the model is missing") : result;
        }
        const size_t before = p->i;
        const tac_status st = tac_parse_statement(p, module);
        if (st == TAC_E_MEMORY) {
            return st;
        }
        if (st != TAC_OK) {
            result = st;
            tac_parser_skip(p, before);
        }
        p->i += p->i == before && tac_parser_now(p)->kind != TAC_TOKEN_END ? 1 : 0;
    }
    (void)tac_parser_take(p, "end");
    return result;
}

static tac_status parse_model(tac_parser *p)
{
    const char *name = NULL;
    tac_span span = {0, 0};
    const bool is_main = tac_parser_take(p, "*");
    if (p->library->n_module >= TAC_MAX_DEFINITIONS) {
        return tac_parser_too_many(p, "models");
    }
    tac_status st = tac_parser_take_name(p, "the name of a model is wanted", &name, &span);
    if (st != TAC_OK) {
        return st;
    }
    tac_status result = TAC_OK;
    const tac_module *before = tac_library_module(p->library, name);
    if (before != NULL) { /* its statements are read all the same, to find their errors */
        result =
            tac_fail_at(p->ctx, TAC_E_MODEL, p->source, span, "a model '%s' stands already in %s",
                        name, p->library->sources[before->source].name);
    }
    tac_module *module = new_module(p, name, span);
    if (module == NULL) {
        return tac_parser_no_memory(p);
    }
    module->is_main = is_main;
    st = parse_names(p, &module->ports, &module->n_port);
    result = st != TAC_OK ? st : result;
    st = parse_statements(p, module, true);
    return st != TAC_OK ? st : result;
}

/** function f(a, b) expression; end */
static tac_status parse_function(tac_parser *p)
{
    tac_status st = TAC_OK;
    if (p->library->n_function >= TAC_MAX_DEFINITIONS) {
        return tac_parser_too_many(p, "functions");
    }
    tac_function *f = tac_arena_alloc(p->library->arena, sizeof *f);
    if (f == NULL) {
        return tac_parser_no_memory(p);
    }
    TAC_TRY(tac_parser_take_name(p, "the name of a function is wanted", &f->name, &f->span));
    TAC_TRY(parse_names(p, &f->args, &f->n_arg));
    TAC_TRY(tac_parse_expression(p, &f->body));
    (void)tac_parser_take(p, ";");
    if (!tac_parser_take(p, "end")) {
        st = tac_parser_fail(p, "'end' of the function is missing");
        goto out;
    }
    if (tac_library_function(p->library, f->name) != NULL) {
        st = tac_fail_at(p->ctx, TAC_E_MODEL, p->source, f->span,
                         "a function '%s' stands already above", f->name);
        goto out;
    }
    f->source = p->i_source;
    f->next = p->library->functions;
    p->library->functions = f;
    p->library->n_function++;
out:
    return st;
}

/** The files from the one that is imported again to this one. */
static tac_status refuse_circle(const tac_parser *p, uint32_t source, tac_span span)
{
    tac_buf path = TAC_BUF_INIT;
    int k = 0;
    while (p->library->open[k] != source) {
        k++;
    }
    for (; k < p->library->depth; k++) {
        tac_buf_print(&path, "%s -> ", p->library->sources[p->library->open[k]].name);
    }
    tac_buf_text(&path, p->library->sources[source].name);
    const tac_status st = tac_fail_at(p->ctx, TAC_E_MODEL, p->source, span,
                                      "files import each other: %s", tac_buf_str(&path));
    tac_buf_free(&path);
    return st;
}

/** Read a file that is imported, unless it was read before. */
static tac_status import_file(tac_parser *p, const char *path, tac_span span)
{
    tac_library *library = p->library;
    uint32_t i = 0;
    while (i < library->n_source && !tac_path_same(library->sources[i].name, path)) {
        i++;
    }
    for (int k = 0; k < library->depth; k++) {
        if (library->open[k] == i) {
            return refuse_circle(p, i, span);
        }
    }
    if (i < library->n_source) {
        return TAC_OK;
    }
    const tac_status st = tac_library_read(p->ctx, library, path, NULL, 0);
    p->source = &library->sources[p->i_source]; /* the list may have moved */
    return st == TAC_E_FILE ? tac_fail_at(p->ctx, st, p->source, span, "imported here") : st;
}

/** import "file": relative to the importing one. */
static tac_status parse_import(tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind != TAC_TOKEN_TEXT) {
        return tac_parser_fail(p, "import \"file.ant\" is wanted");
    }
    const tac_span span = now->span;
    const char *text = tac_parser_text(p, (tac_span){span.offset + 1, span.n - 2});
    const char *path =
        text == NULL ? NULL : tac_path_beside(p->library->arena, p->source->name, text);
    if (path == NULL) {
        return tac_parser_no_memory(p);
    }
    p->i++;
    if (p->library->depth >= TAC_MAX_IMPORTS) {
        return tac_fail_at(p->ctx, TAC_E_MODEL, p->source, span,
                           "imports are nested deeper than %d files", TAC_MAX_IMPORTS);
    }
    const tac_status st = import_file(p, path, span);
    return st != TAC_OK ? st : tac_parser_end(p);
}

/** Words about a whole model or function that stands above: name is "words", name identity "urn". */
static tac_status parse_about_model(tac_parser *p, tac_module *module)
{
    tac_module lost = {.end = &lost.first}; /* of functions nothing is kept: they are written out */
    tac_module *to = module == NULL ? &lost : module;
    tac_statement **added = to->end;
    const tac_span span = tac_parser_now(p)->span;
    tac_status st = TAC_OK;
    if (tac_parser_is(p, tac_parser_next(p), "is")) {
        p->i += 2;
        st = tac_parse_display_name(p, to, "", span);
    } else {
        st = tac_parse_about(p, to);
    }
    for (tac_statement *s = *added; s != NULL; s = s->next) {
        s->name = "";
        s->whole = span;
    }
    return st != TAC_OK ? st : tac_parser_end(p);
}

/** True when such words follow; *module_out is the model, NULL for a function. */
static bool is_about_model(const tac_parser *p, tac_module **module_out)
{
    char name[128];
    const tac_token *now = tac_parser_now(p);
    const size_t i = p->i + 2 < p->tokens.n ? p->i + 2 : p->tokens.n - 1;
    const bool is_named =
        tac_parser_is(p, tac_parser_next(p), "is") && p->tokens.items[i].kind == TAC_TOKEN_TEXT;
    const char *text = p->source->text + now->span.offset;
    size_t n = 0;
    if (now->kind != TAC_TOKEN_NAME || (!is_named && !tac_parser_is_about(p))) {
        return false;
    }
    while (n < now->span.n && n + 1 < sizeof name && text[n] != '.') {
        name[n] = text[n];
        n++;
    }
    name[n] = '\0';
    *module_out = p->library->modules;
    while (*module_out != NULL && strcmp((*module_out)->name, name) != 0) {
        *module_out = (*module_out)->next;
    }
    return *module_out != NULL || tac_library_function(p->library, name) != NULL;
}

/** What may stand at the level of a file; statements outside of a model make the model `__main`. */
static tac_status parse_item(tac_parser *p, tac_module **loose)
{
    if (tac_parser_take(p, "import")) {
        return parse_import(p);
    }
    if (tac_parser_take(p, "model") || tac_parser_take(p, "module")) {
        return parse_model(p);
    }
    if (tac_parser_take(p, "function")) {
        return parse_function(p);
    }
    if (tac_parser_take(p, "unit")) {
        const tac_status st = tac_parse_unit(p);
        return st != TAC_OK ? st : tac_parser_end(p);
    }
    if (tac_parser_is(p, tac_parser_now(p), "end")) {
        return tac_parser_fail(p, "there is no model to end here");
    }
    tac_module *module = NULL;
    if (is_about_model(p, &module)) {
        return parse_about_model(p, module);
    }
    if (*loose == NULL) {
        *loose = new_module(p, "__main", tac_parser_now(p)->span);
        if (*loose == NULL) {
            return tac_parser_no_memory(p);
        }
    }
    return tac_parse_statement(p, *loose);
}

tac_status tac_parse_source(tac_ctx *ctx, tac_library *library, uint32_t source)
{
    tac_parser p = {.ctx = ctx,
                    .library = library,
                    .i_source = source,
                    .source = &library->sources[source]};
    tac_module *loose = NULL;
    tac_status result = tac_tokens_read(ctx, p.source, &p.tokens);
    if (result != TAC_OK) {
        return result;
    }
    while (tac_parser_now(&p)->kind != TAC_TOKEN_END && result != TAC_E_MEMORY
           && !library->is_too_large && !tac_ctx_is_full(ctx)) {
        const size_t before = p.i;
        const tac_status st = parse_item(&p, &loose);
        if (st != TAC_OK) {
            result = st;
            tac_parser_skip(&p, before);
        }
        p.i += p.i == before && tac_parser_now(&p)->kind != TAC_TOKEN_END ? 1 : 0;
    }
    tac_tokens_free(&p.tokens);
    return result;
}
