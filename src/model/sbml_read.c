/* SPDX-License-Identifier: Apache-2.0 */
/* From XML to libSBML's document, its errors and its packages. */
#include "base/fail.h"
#include "model/sbml_frame.h"
#include "model/sbml_parts.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

void tac_sbml_enter(void)
{
    pthread_mutex_lock(&one_at_a_time);
}

void tac_sbml_leave(void)
{
    pthread_mutex_unlock(&one_at_a_time);
}

bool tac_sbml_is(const char *text, size_t n)
{
    size_t i = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < n && (text[i] == ' ' || text[i] == '\n' || text[i] == '\r' || text[i] == '\t')) {
        i++;
    }
    return i < n && text[i] == '<';
}

/** Offsets at which lines begin; line 1 is at 0. */
static tac_status find_lines(tac_sbml_reader *r)
{
    const tac_source *source = &r->library->sources[r->i_source];
    size_t n = 1;
    for (size_t i = 0; i < source->n; i++) {
        n += source->text[i] == '\n' ? 1 : 0;
    }
    uint32_t *lines = tac_arena_alloc(r->library->arena, n * sizeof *lines);
    if (lines == NULL) {
        return tac_sbml_no_memory(r);
    }
    for (size_t i = 0; i < source->n; i++) {
        if (source->text[i] == '\n') {
            lines[++r->n_line] = (uint32_t)i + 1;
        }
    }
    r->lines = lines;
    r->n_line = n;
    return TAC_OK;
}

tac_span tac_sbml_span(const tac_sbml_reader *r, unsigned line)
{
    const tac_source *source = &r->library->sources[r->i_source];
    if (line == 0 || line > r->n_line) {
        return (tac_span){0, 0};
    }
    size_t begin = r->lines[line - 1];
    size_t end = line < r->n_line ? r->lines[line] : source->n;
    while (end > begin && strchr(" \t\r\n", source->text[end - 1]) != NULL) {
        end--;
    }
    while (begin < end && strchr(" \t", source->text[begin]) != NULL) {
        begin++;
    }
    return (tac_span){(uint32_t)begin, (uint32_t)(end - begin)};
}

tac_status tac_sbml_fail(const tac_sbml_reader *r, const char *format, ...)
{
    tac_buf text = TAC_BUF_INIT;
    char words[512];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    tac_buf_text(&text, words);
    const tac_status st = tac_fail_at(r->ctx, TAC_E_MODEL, &r->library->sources[r->i_source],
                                      r->span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

tac_status tac_sbml_no_memory(const tac_sbml_reader *r)
{
    return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
}

const char *tac_sbml_text(const tac_sbml_reader *r, const char *text)
{
    return text == NULL ? NULL : tac_arena_text(r->library->arena, text, strlen(text));
}

tac_status tac_sbml_take_errors(tac_sbml_reader *r, SBMLDocument_t *doc, const char *what)
{
    tac_status st = TAC_OK;
    for (unsigned i = 0; i < SBMLDocument_getNumErrors(doc) && !tac_ctx_is_full(r->ctx); i++) {
        const XMLError_t *error = (const XMLError_t *)SBMLDocument_getError(doc, i);
        if ((!XMLError_isError(error) && !XMLError_isFatal(error))
            || XMLError_getErrorId(error) == MissingXMLEncoding) { /* UTF-8 then, says XML */
            continue;
        }
        const char *message = XMLError_getMessage(error);
        const char *text = message == NULL ? "" : message;
        text += strspn(text, " \n");
        r->span = tac_sbml_span(r, XMLError_getLine(error));
        st = tac_fail_at(r->ctx, TAC_E_SYNTAX, &r->library->sources[r->i_source], r->span, "%s%.*s",
                         what, (int)strcspn(text, "\n"), text);
    }
    return st;
}

/** Packages that change what a model means; comp is made flat, drawing and grouping change nothing. */
static tac_status refuse_packages(tac_sbml_reader *r, SBMLDocument_t *doc)
{
    static const char *const REFUSED[][2] = {{"fbc", "flux balance constraints (package fbc)"},
                                             {"qual", "qualitative models (package qual)"},
                                             {"multi", "multistate species (package multi)"},
                                             {"distrib", "random distributions (package distrib)"},
                                             {"arrays", "arrays (package arrays)"},
                                             {"spatial", "spatial processes (package spatial)"},
                                             {"dyn", "dynamic structures (package dyn)"}};
    tac_status st = TAC_OK;
    r->span = tac_sbml_span(r, SBase_getLine((SBase_t *)doc));
    for (size_t k = 0; k < sizeof REFUSED / sizeof REFUSED[0]; k++) {
        const XMLNamespaces_t *spaces = SBMLDocument_getNamespaces(doc);
        for (int i = 0; i < XMLNamespaces_getLength(spaces); i++) {
            char *prefix = XMLNamespaces_getPrefix(spaces, i);
            char *uri = XMLNamespaces_getURI(spaces, i);
            char part[32];
            snprintf(part, sizeof part, "/%s/version", REFUSED[k][0]);
            if (uri != NULL && strstr(uri, "sbml.org") != NULL && strstr(uri, part) != NULL) {
                st = tac_sbml_fail(r, "not supported: %s", REFUSED[k][1]);
            }
            util_free(prefix);
            util_free(uri);
        }
    }
    return st;
}

/** The module of the whole file. */
static tac_status add_module(tac_sbml_reader *r)
{
    tac_module *module = tac_arena_alloc(r->library->arena, sizeof *module);
    const char *id = Model_getId(r->model);
    if (module == NULL) {
        return tac_sbml_no_memory(r);
    }
    module->name = tac_sbml_text(r, id != NULL && id[0] != '\0' ? id : "model");
    if (module->name == NULL) {
        return tac_sbml_no_memory(r);
    }
    module->is_main = true;
    module->end = &module->first;
    module->source = r->i_source;
    module->next = r->library->modules;
    r->library->modules = module;
    r->library->n_module++;
    r->library->has_sbml = true;
    r->module = module;
    return TAC_OK;
}

static tac_status read_document(tac_sbml_reader *r, SBMLDocument_t *doc)
{
    tac_status st = TAC_OK;
    TAC_TRY(refuse_packages(r, doc));
    TAC_TRY(tac_sbml_take_errors(r, doc, ""));
    TAC_TRY(tac_sbml_make_flat(r, doc));
    r->model = SBMLDocument_getModel(doc);
    if (r->model == NULL) {
        st = tac_sbml_fail(r, "the document holds no model");
        goto out;
    }
    TAC_TRY(add_module(r));
    TAC_TRY(tac_sbml_model(r));
out:
    return st;
}

tac_status tac_sbml_read(tac_ctx *ctx, tac_library *library, uint32_t source)
{
    tac_sbml_reader r = {.ctx = ctx, .library = library, .i_source = source};
    tac_status st = find_lines(&r);
    st = st != TAC_OK ? st : tac_sbml_check_frame(ctx, &library->sources[source]);
    r.span = (tac_span){0, 0};
    if (st != TAC_OK) {
        return st;
    }
    tac_sbml_enter();
    SBMLDocument_t *doc = readSBMLFromString(library->sources[source].text);
    st = doc == NULL ? tac_sbml_no_memory(&r) : read_document(&r, doc);
    SBMLDocument_free(doc);
    tac_sbml_leave();
    return st;
}
