/* SPDX-License-Identifier: Apache-2.0 */
/* What stands at the level of a file: imports, models, functions, units. */
#include "base/fail.h"
#include "model/parser.h"

#include <string.h>

static tac_module *new_module(tac_parser *p, const char *name, tac_span span)
{
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
    while (!tac_parser_is(p, tac_parser_now(p), "end") && !tac_ctx_is_full(p->ctx)) {
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
            tac_parser_skip(p);
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
    tac_function *f = tac_arena_alloc(p->library->arena, sizeof *f);
    if (f == NULL) {
        return tac_parser_no_memory(p);
    }
    TAC_TRY(tac_parser_take_name(p, "the name of a function is wanted", &f->name, &f->span));
    if (tac_library_function(p->library, f->name) != NULL) {
        st = tac_fail_at(p->ctx, TAC_E_MODEL, p->source, f->span,
                         "a function '%s' stands already above", f->name);
        goto out;
    }
    TAC_TRY(parse_names(p, &f->args, &f->n_arg));
    TAC_TRY(tac_parse_expression(p, &f->body));
    (void)tac_parser_take(p, ";");
    if (!tac_parser_take(p, "end")) {
        st = tac_parser_fail(p, "'end' of the function is missing");
        goto out;
    }
    f->source = p->i_source;
    f->next = p->library->functions;
    p->library->functions = f;
out:
    return st;
}

/** import "file": relative to the importing one; what was read before is not read again. */
static tac_status parse_import(tac_parser *p)
{
    const tac_token *now = tac_parser_now(p);
    if (now->kind != TAC_TOKEN_TEXT) {
        return tac_parser_fail(p, "import \"file.ant\" is wanted");
    }
    const tac_span span = now->span;
    const char *text = tac_parser_text(p, (tac_span){span.offset + 1, span.n - 2});
    if (text == NULL) {
        return tac_parser_no_memory(p);
    }
    p->i++;
    if (p->library->depth > 20) {
        return tac_fail_at(p->ctx, TAC_E_MODEL, p->source, span,
                           "imports are nested deeper than 20 files");
    }
    const char *slash = strrchr(p->source->name, '/');
    const size_t n_folder =
        text[0] == '/' || slash == NULL ? 0 : (size_t)(slash - p->source->name) + 1;
    char *path = tac_arena_alloc(p->library->arena, n_folder + strlen(text) + 1);
    if (path == NULL) {
        return tac_parser_no_memory(p);
    }
    memcpy(path, p->source->name, n_folder);
    memcpy(path + n_folder, text, strlen(text));
    for (size_t i = 0; i < p->library->n_source; i++) {
        if (strcmp(p->library->sources[i].name, path) == 0) {
            return tac_parser_end(p);
        }
    }
    const tac_status st = tac_library_read(p->ctx, p->library, path, NULL, 0);
    p->source = &p->library->sources[p->i_source]; /* the list may have moved */
    if (st != TAC_OK) {
        return st == TAC_E_FILE ? tac_fail_at(p->ctx, st, p->source, span, "imported here") : st;
    }
    return tac_parser_end(p);
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
           && !tac_ctx_is_full(ctx)) {
        const size_t before = p.i;
        const tac_status st = parse_item(&p, &loose);
        if (st != TAC_OK) {
            result = st;
            tac_parser_skip(&p);
        }
        p.i += p.i == before && tac_parser_now(&p)->kind != TAC_TOKEN_END ? 1 : 0;
    }
    tac_tokens_free(&p.tokens);
    return result;
}
