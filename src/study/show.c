/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model, or parts of it, as tables to be shown: "meta" (title, file), "systems" (name, introduction, counts), "items" (what
 * each symbol, reaction and event is) and "references". Nothing is computed.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/suggest.h"
#include "base/table.h"
#include "embedded.h"
#include "model/formula_page.h"
#include "model/outline.h"
#include "model/print.h"
#include "model/system.h"
#include "sim/references.h"
#include "study/general.h"

#include <tactus/general.h>

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct shower {
    tac_ctx *ctx;
    tac_model *model;
    tac_outline o;
    tac_references *references;
    tac_buf bib;
    tac_table *systems;
    tac_table *items;
    tac_table *sources;
    tac_map *seen;      /* equations and references that stand already */
    const char **names; /* [n_symbol] as they are called inside the system at hand, folded */
    const char *system; /* at hand */
    size_t n_system;
    bool is_single; /* one symbol is shown, under its whole name */
} shower;

static tac_status no_memory(const shower *s)
{
    return tac_fail(s->ctx, TAC_E_MEMORY, "out of memory");
}

/* ---- names ---- */

/** Inside a system its own names stand without it, and parts of the body are folded. */
static tac_status name_symbols(shower *s, bool is_folded)
{
    tac_buf name = TAC_BUF_INIT;
    tac_status st = TAC_OK;
    for (size_t i = 0; st == TAC_OK && i < s->model->n_symbol; i++) {
        const char *id = s->model->symbols[i].id;
        const bool is_own = s->n_system > 0 && tac_system_has(id, s->system, s->n_system);
        const char *local = is_own && !s->is_single ? id + s->n_system + 1 : id;
        tac_buf_clear(&name);
        if (is_folded) {
            tac_system_fold(local, &name);
        } else {
            tac_buf_text(&name, local);
        }
        s->names[i] = tac_arena_text(s->model->arena, tac_buf_str(&name), name.n);
        st = s->names[i] == NULL || name.has_failed ? no_memory(s) : TAC_OK;
    }
    tac_buf_free(&name);
    return st;
}

/* ---- references ---- */

/** references.bib beside the model, else the one that is built in. */
static tac_status read_references(shower *s, const char *path)
{
    tac_status st = TAC_OK;
    tac_buf beside = TAC_BUF_INIT;
    const char *slash = strrchr(path, '/');
    tac_buf_add(&beside, path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
    tac_buf_text(&beside, "references.bib");
    TAC_TRY(tac_buf_check(s->ctx, &beside));
    tac_source source = {"references.bib", (const char *)tac_embedded_references_bib,
                         tac_embedded_references_bib_n};
    if (access(tac_buf_str(&beside), R_OK) == 0) {
        TAC_TRY(tac_file_read(s->ctx, tac_buf_str(&beside), 1U << 24, &s->bib));
        source = (tac_source){tac_buf_str(&beside), tac_buf_str(&s->bib), s->bib.n};
    }
    TAC_TRY(tac_references_read(s->ctx, &source, &s->references));
out:
    tac_buf_free(&beside);
    return st;
}

/** Add the keys of a parameter's source that are not listed yet. */
static tac_status add_sources(shower *s, const char *keys)
{
    tac_status st = TAC_OK;
    for (const char *c = keys; *c != '\0';) {
        const size_t n = strcspn(c, ", ");
        char key[130];
        uint32_t any = 0;
        snprintf(key, sizeof key, "@%.*s", (int)n, c);
        c += n + strspn(c + n, ", ");
        if (n == 0 || n > 120 || tac_map_get(s->seen, key, strlen(key), &any)) {
            continue;
        }
        if (!tac_map_set(s->seen, key, strlen(key), 0)) {
            return no_memory(s);
        }
        size_t row = 0;
        const char *line = tac_references_line(s->references, key + 1);
        TAC_TRY(tac_table_add_rows(s->ctx, s->sources, 1, &row));
        TAC_TRY(tac_table_set_text(s->ctx, s->sources, row, "key", key + 1));
        TAC_TRY(tac_table_set_text(s->ctx, s->sources, row, "line", line == NULL ? "" : line));
    }
out:
    return st;
}

/* ---- items ---- */

/** What one row says; NULL texts are empty. */
typedef struct item {
    const char *kind; /* state, variable, input, number, reaction, event */
    const char *name;
    const char *unit;
    const char *note;
    double value;
    double low;
    double high;
    const char *basis;
    const char *source;
    const tac_buf *text; /* equations, one below the other */
    const tac_buf *html;
} item;

static tac_status add_item(const shower *s, const item *one)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    const char *const texts[][2] = {{"system", s->is_single ? "" : s->system},
                                    {"kind", one->kind},
                                    {"name", one->name},
                                    {"unit", one->unit},
                                    {"note", one->note},
                                    {"basis", one->basis},
                                    {"source", one->source},
                                    {"text", one->text == NULL ? "" : tac_buf_str(one->text)},
                                    {"html", one->html == NULL ? "" : tac_buf_str(one->html)}};
    TAC_TRY(tac_table_add_rows(s->ctx, s->items, 1, &row));
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        TAC_TRY(tac_table_set_text(s->ctx, s->items, row, texts[k][0],
                                   texts[k][1] == NULL ? "" : texts[k][1]));
    }
    tac_table_set(s->items, row, "value", one->value);
    tac_table_set(s->items, row, "low", one->low);
    tac_table_set(s->items, row, "high", one->high);
out:
    return st;
}

/** left = e, as a line of text and of MathML. */
static void put_equation(const shower *s, const char *left, const char *prime, const char *sign,
                         tac_expr e, tac_buf *text, tac_buf *html)
{
    const tac_print_names names = {s->names, NULL};
    tac_buf_print(text, "%s%s%s %s ", text->n > 0 ? "\n" : "", left, prime, sign);
    (void)tac_expr_print_as(text, s->model, &names, e);
    tac_buf_text(html, "<math display=\"block\"><mrow>");
    if (prime[0] != '\0') {
        tac_buf_text(html,
                     "<mfrac><mrow><mi mathvariant=\"normal\">d</mi><mspace width=\"0.15em\"/>");
        tac_formula_name(html, left);
        tac_buf_text(html,
                     "</mrow><mrow><mi mathvariant=\"normal\">d</mi><mi>t</mi></mrow></mfrac>");
    } else {
        tac_formula_name(html, left);
    }
    tac_buf_text(html, "<mo>=</mo>");
    tac_formula_page(html, s->model, s->names, e);
    tac_buf_text(html, "</mrow></math>");
}

/** Has this very equation been shown for another part of the body? */
static tac_status is_repeated(const shower *s, const tac_buf *text, bool *is_out)
{
    uint32_t any = 0;
    *is_out = tac_map_get(s->seen, tac_buf_str(text), text->n, &any);
    return *is_out || tac_map_set(s->seen, tac_buf_str(text), text->n, 0) ? TAC_OK : no_memory(s);
}

static const char *kind_of(const tac_symbol *s, const tac_outline_value *v)
{
    if (s->role == TAC_ROLE_STATE || s->amount != UINT32_MAX) {
        return v->is_constant ? "number" : "state";
    }
    return s->is_once                     ? "number"
           : s->role == TAC_ROLE_ASSIGNED ? "variable"
           : s->role == TAC_ROLE_INPUT    ? "input"
                                          : "number";
}

/** A reaction's two sides: 2 A + B -> C. */
static void put_sides(const shower *s, uint32_t reaction, tac_buf *text)
{
    for (int side = 0; side < 2; side++) {
        bool is_first = true;
        for (size_t k = 0; k < s->model->n_flux; k++) {
            const tac_outline_flux *f = &s->o.fluxes[k];
            if (f->flux->reaction != reaction || f->flux->is_product != (side == 1)) {
                continue;
            }
            tac_buf_text(text, is_first ? "" : " + ");
            if (f->id != NULL) {
                tac_buf_print(text, "%s ", f->id);
            } else if (fabs(f->number - 1.0) > 0.0) {
                tac_buf_print(text, "%.6g ", f->number);
            }
            tac_buf_text(text, s->names[f->flux->species]);
            is_first = false;
        }
        tac_buf_text(text, side == 0 ? (s->model->symbols[reaction].is_reversible ? " -> " : " => ")
                                     : "");
    }
}

static void put_escaped(tac_buf *html, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        tac_buf_text(html, *c == '<' ? "&lt;" : *c == '>' ? "&gt;" : *c == '&' ? "&amp;" : "");
        if (strchr("<>&", *c) == NULL) {
            tac_buf_add(html, c, 1);
        }
    }
}

/** The equations of a symbol: how it changes, where it starts. */
static void put_symbol(const shower *s, uint32_t i, tac_buf *text, tac_buf *html)
{
    const tac_symbol *symbol = &s->model->symbols[i];
    const tac_outline_value v = tac_outline_value_of(&s->o, i);
    const char *name = s->names[i];
    if (symbol->is_reaction) {
        put_sides(s, i, text);
        tac_buf_text(html, "<p class=\"sides\">");
        put_escaped(html, tac_buf_str(text));
        tac_buf_text(html, "</p>");
        put_equation(s, name, "", "=", symbol->rule, text, html);
        return;
    }
    if (v.rule != TAC_EXPR_NONE) {
        put_equation(s, name, "", ":=", v.rule, text, html);
    }
    if (symbol->role == TAC_ROLE_STATE && symbol->rate != TAC_EXPR_NONE && !v.is_constant) {
        put_equation(s, name, "'", "=", symbol->rate, text, html);
    } else if (symbol->amount != UINT32_MAX) {
        put_equation(s, s->names[symbol->amount], "'", "=", s->model->symbols[symbol->amount].rate,
                     text, html);
    }
    if (v.start != TAC_EXPR_NONE) {
        put_equation(s, name, "", "=", v.start, text, html);
    }
}

/** One symbol as a row; a second part of the body with the same equation is left out. */
static tac_status add_symbol(shower *s, uint32_t i)
{
    const tac_symbol *symbol = &s->model->symbols[i];
    const tac_outline_value v = tac_outline_value_of(&s->o, i);
    const tac_parameter *p =
        symbol->parameter == UINT32_MAX ? NULL : &s->model->parameters[symbol->parameter];
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_buf html = TAC_BUF_INIT;
    tac_buf key = TAC_BUF_INIT;
    bool is_known = false;
    if (symbol->amount_of != UINT32_MAX) {
        return TAC_OK;
    }
    put_symbol(s, i, &text, &html);
    tac_buf_print(&key, "%s %s %s %.17g %s", s->system, s->names[i], tac_buf_str(&text),
                  v.has_number ? v.number : 0.0, symbol->note);
    TAC_TRY(tac_buf_check(s->ctx, &text));
    TAC_TRY(tac_buf_check(s->ctx, &html));
    TAC_TRY(is_repeated(s, &key, &is_known));
    if (is_known) {
        goto out;
    }
    const item one = {.kind = symbol->is_reaction ? "reaction" : kind_of(symbol, &v),
                      .name = s->names[i],
                      .unit = symbol->has_unit ? symbol->unit_text : "",
                      .note = symbol->note,
                      .value = v.has_number ? v.number : (double)NAN,
                      .low = p == NULL ? (double)NAN : p->low,
                      .high = p == NULL ? (double)NAN : p->high,
                      .basis = p == NULL ? "" : tac_basis_word(p->basis),
                      .source = p == NULL ? "" : p->source,
                      .text = &text,
                      .html = &html};
    TAC_TRY(add_item(s, &one));
    st = p == NULL ? TAC_OK : add_sources(s, p->source);
out:
    tac_buf_free(&text);
    tac_buf_free(&html);
    tac_buf_free(&key);
    return st;
}

static tac_status add_event(shower *s, size_t k)
{
    const tac_model_event *event = &s->model->events[k];
    const tac_print_names names = {s->names, NULL};
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_buf html = TAC_BUF_INIT;
    tac_buf_text(&text, "at ");
    if (event->delay != TAC_EXPR_NONE) {
        (void)tac_expr_print_as(&text, s->model, &names, event->delay);
        tac_buf_text(&text, " after ");
    }
    (void)tac_expr_print_as(&text, s->model, &names, event->trigger);
    tac_buf_text(&html, "<p class=\"sides\">");
    put_escaped(&html, tac_buf_str(&text));
    tac_buf_text(&html, "</p>");
    for (size_t i = 0; i < event->n_change; i++) {
        put_equation(s, s->names[tac_outline_changed(&s->o, &event->changes[i])], "", "=",
                     event->changes[i].value, &text, &html);
    }
    TAC_TRY(tac_buf_check(s->ctx, &text));
    TAC_TRY(tac_buf_check(s->ctx, &html));
    const item one = {.kind = "event",
                      .name = event->id,
                      .value = (double)NAN,
                      .low = (double)NAN,
                      .high = (double)NAN,
                      .text = &text,
                      .html = &html};
    TAC_TRY(add_item(s, &one));
out:
    tac_buf_free(&text);
    tac_buf_free(&html);
    return st;
}

/* ---- systems ---- */

/** Counts of a system, and the words that head its file. */
static tac_status add_system(shower *s, bool has_words)
{
    size_t n_state = 0;
    size_t n_variable = 0;
    size_t n_number = 0;
    size_t row = 0;
    tac_status st = TAC_OK;
    tac_buf words = TAC_BUF_INIT;
    tac_buf name = TAC_BUF_INIT;
    for (uint32_t i = 0; i < s->model->n_symbol; i++) {
        const tac_outline_value v = tac_outline_value_of(&s->o, i);
        if (tac_system_has(s->model->symbols[i].id, s->system, s->n_system)
            && s->model->symbols[i].amount_of == UINT32_MAX) {
            const char *kind = kind_of(&s->model->symbols[i], &v);
            n_state += strcmp(kind, "state") == 0 ? 1 : 0;
            n_variable += strcmp(kind, "variable") == 0 ? 1 : 0;
            n_number += strcmp(kind, "number") == 0 ? 1 : 0;
        }
    }
    if (has_words && !s->model->is_imported) {
        tac_system_introduction(
            &words, &s->model->sources[tac_system_source(s->model, s->system, s->n_system)]);
    }
    for (size_t k = 0; k < words.n; k++) { /* one paragraph */
        words.text[k] = words.text[k] == '\n' ? ' ' : words.text[k];
    }
    tac_buf_add(&name, s->system, s->n_system);
    TAC_TRY(tac_buf_check(s->ctx, &words));
    TAC_TRY(tac_table_add_rows(s->ctx, s->systems, 1, &row));
    TAC_TRY(tac_table_set_text(s->ctx, s->systems, row, "system", tac_buf_str(&name)));
    TAC_TRY(tac_table_set_text(s->ctx, s->systems, row, "words", tac_buf_str(&words)));
    tac_table_set(s->systems, row, "states", (double)n_state);
    tac_table_set(s->systems, row, "variables", (double)n_variable);
    tac_table_set(s->systems, row, "numbers", (double)n_number);
out:
    tac_buf_free(&words);
    tac_buf_free(&name);
    return st;
}

/** Every symbol and event of a system. */
static tac_status show_system(shower *s, const char *system, size_t n)
{
    tac_status st = TAC_OK;
    s->system = tac_arena_text(s->model->arena, system, n);
    s->n_system = n;
    s->is_single = false;
    if (s->system == NULL) {
        return no_memory(s);
    }
    TAC_TRY(name_symbols(s, true));
    TAC_TRY(add_system(s, true));
    for (uint32_t i = 0; i < s->model->n_symbol; i++) {
        if (tac_system_has(s->model->symbols[i].id, s->system, n)) {
            TAC_TRY(add_symbol(s, i));
        }
    }
    for (size_t k = 0; k < s->model->n_event; k++) {
        if (tac_system_has(s->model->events[k].id, s->system, n)) {
            TAC_TRY(add_event(s, k));
        }
    }
out:
    return st;
}

static tac_status show_symbol(shower *s, uint32_t i)
{
    tac_status st = TAC_OK;
    s->system = "";
    s->n_system = 0;
    s->is_single = true;
    TAC_TRY(name_symbols(s, false));
    TAC_TRY(add_symbol(s, i));
out:
    return st;
}

static tac_status refuse_name(const shower *s, const char *name)
{
    const size_t n = s->model->n_symbol;
    tac_status st = TAC_OK;
    void *memory = NULL;
    const char **words = NULL;
    TAC_TRY(tac_alloc(s->ctx, 2 * n, sizeof *words, &memory));
    words = memory;
    for (size_t i = 0; i < n; i++) {
        const char *id = s->model->symbols[i].id;
        words[i] = id;
        words[n + i] = tac_arena_text(s->model->arena, id, tac_system_length(id));
    }
    const char *near = tac_suggest(name, 2 * n, words);
    st = tac_fail(s->ctx, TAC_E_ARG, "the model has no system and no name '%s'%s%s%s", name,
                  near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                  near == NULL ? "" : "'?");
out:
    tac_free(words);
    return st;
}

static tac_status show_name(shower *s, const char *name)
{
    const uint32_t i = tac_model_find(s->model, name);
    if (i != UINT32_MAX) {
        return show_symbol(s, i);
    }
    for (size_t k = 0; k < s->model->n_symbol; k++) {
        if (tac_system_has(s->model->symbols[k].id, name, strlen(name))) {
            return show_system(s, name, strlen(name));
        }
    }
    return refuse_name(s, name);
}

/** All systems; what belongs to none first. */
static tac_status show_all(shower *s, bool is_overview)
{
    tac_status st = TAC_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < s->model->n_symbol; i++) {
            const char *id = s->model->symbols[i].id;
            const size_t n = tac_system_length(id);
            bool is_first = n == 0 ? pass == 0 : pass == 1 && tac_system_is_first(s->model, i);
            for (size_t k = 0; k < i && n == 0 && is_first; k++) {
                is_first = tac_system_length(s->model->symbols[k].id) > 0;
            }
            if (!is_first) {
                continue;
            }
            if (!is_overview) {
                TAC_TRY(show_system(s, id, n));
                continue;
            }
            s->system = id;
            s->n_system = n;
            TAC_TRY(add_system(s, false));
        }
    }
out:
    return st;
}

static size_t count_systems(const tac_model *model)
{
    size_t n = 0;
    for (size_t i = 0; i < model->n_symbol; i++) {
        n += tac_system_is_first(model, i) ? 1 : 0;
    }
    return n;
}

/* ---- tables ---- */

static tac_status add_tables(shower *s, const char *path, tac_results *results)
{
    static const tac_column META[] = {{"key", "", true}, {"text", "", true}};
    static const tac_column SYSTEMS[] = {{"system", "", true},
                                         {"words", "", true},
                                         {"states", "", false},
                                         {"variables", "", false},
                                         {"numbers", "", false}};
    static const tac_column ITEMS[] = {{"system", "", true}, {"kind", "", true},
                                       {"name", "", true},   {"unit", "", true},
                                       {"note", "", true},   {"basis", "", true},
                                       {"source", "", true}, {"text", "", true},
                                       {"html", "", true},   {"value", "", false},
                                       {"low", "", false},   {"high", "", false}};
    static const tac_column SOURCES[] = {{"key", "", true}, {"line", "", true}};
    const char *const rows[][2] = {{"model", s->model->name}, {"file", path}};
    tac_status st = TAC_OK;
    tac_table *meta = NULL;
    TAC_TRY(tac_results_add(s->ctx, results, "meta", 2, META, &meta));
    TAC_TRY(tac_results_add(s->ctx, results, "systems", 5, SYSTEMS, &s->systems));
    TAC_TRY(tac_results_add(s->ctx, results, "items", 12, ITEMS, &s->items));
    TAC_TRY(tac_results_add(s->ctx, results, "references", 2, SOURCES, &s->sources));
    TAC_TRY(tac_table_add_rows(s->ctx, meta, 2, NULL));
    for (size_t i = 0; i < 2; i++) {
        TAC_TRY(tac_table_set_text(s->ctx, meta, i, "key", rows[i][0]));
        TAC_TRY(tac_table_set_text(s->ctx, meta, i, "text", rows[i][1]));
    }
out:
    return st;
}

tac_status tac_general_show(tac_ctx *ctx, const char *path, size_t n_name, const char *const *names,
                            int is_whole, tac_results **results_out)
{
    tac_status st = TAC_OK;
    shower s = {.ctx = ctx, .bib = TAC_BUF_INIT};
    tac_results *results = NULL;
    void *memory = NULL;

    *results_out = NULL;
    TAC_TRY(tac_general_read(ctx, path, &s.model));
    TAC_TRY(tac_outline_make(ctx, s.model, NULL, NULL, &s.o));
    TAC_TRY(read_references(&s, path));
    TAC_TRY(tac_alloc(ctx, s.model->n_symbol + 1, sizeof *s.names, &memory));
    s.names = memory;
    s.seen = tac_map_create();
    if (s.seen == NULL) {
        st = no_memory(&s);
        goto out;
    }
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(add_tables(&s, path, results));
    for (size_t k = 0; k < n_name; k++) {
        TAC_TRY(show_name(&s, names[k]));
    }
    if (n_name == 0) {
        TAC_TRY(show_all(&s, !is_whole && count_systems(s.model) > 1));
    }
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_map_free(s.seen);
    tac_free(s.names);
    tac_references_free(s.references);
    tac_buf_free(&s.bib);
    tac_outline_free(&s.o);
    tac_model_free(s.model);
    return st;
}
