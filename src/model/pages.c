/* SPDX-License-Identifier: Apache-2.0 */
/* Lists statements and comments of a file by place; see pages.h. */
#include "model/pages.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

#include <stdlib.h>

typedef struct page {
    const tac_model *model;
    const char *prefix;
    tac_page_item *items;
    size_t n;
} page;

static tac_page_kind kind_of(const tac_statement *s)
{
    switch (s->kind) {
    case TAC_STATEMENT_DECLARE: return TAC_PAGE_DECLARATION;
    case TAC_STATEMENT_INITIAL:
    case TAC_STATEMENT_RULE:
    case TAC_STATEMENT_RATE:
    case TAC_STATEMENT_REACTION:
    case TAC_STATEMENT_EVENT:
    case TAC_STATEMENT_ALGEBRAIC: return TAC_PAGE_EQUATION;
    case TAC_STATEMENT_INSTANCE: return TAC_PAGE_INSTANCE;
    case TAC_STATEMENT_IS:
    case TAC_STATEMENT_DELETE:
    case TAC_STATEMENT_INTERACTION:
    case TAC_STATEMENT_ABOUT: return TAC_PAGE_WIRE;
    }
    TAC_BUG("a statement of no kind");
}

static size_t count_statements(const tac_model *model, uint32_t source)
{
    size_t n = 0;
    for (const tac_module *m = model->library->modules; m != NULL; m = m->next) {
        for (const tac_statement *s = m->first; m->source == source && s != NULL; s = s->next) {
            n++;
        }
    }
    return n;
}

static void add_statements(page *p, uint32_t source)
{
    for (const tac_module *m = p->model->library->modules; m != NULL; m = m->next) {
        for (const tac_statement *s = m->first; m->source == source && s != NULL; s = s->next) {
            const uint32_t symbol =
                s->kind == TAC_STATEMENT_INSTANCE || s->kind == TAC_STATEMENT_EVENT
                    ? UINT32_MAX
                    : tac_equation_symbol(p->model, p->prefix, s->name);
            p->items[p->n++] = (tac_page_item){kind_of(s), s->whole, false, symbol};
        }
    }
}

/** By place; the parts of one statement in the order declaration, equation, and by symbol. */
static int compare(const void *a, const void *b)
{
    const tac_page_item *x = a;
    const tac_page_item *y = b;
    if (x->span.offset != y->span.offset) {
        return x->span.offset < y->span.offset ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    return x->symbol < y->symbol ? -1 : x->symbol > y->symbol ? 1 : 0;
}

/** True when nothing but a declaration stands on the comment's line before it: then it is the symbol's note. */
static bool is_note(const page *p, const tac_source *source, size_t n_statement, tac_span comment)
{
    size_t low = 0;
    size_t high = n_statement; /* the last statement that begins before the comment */
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (p->items[middle].span.offset < comment.offset) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == 0 || p->items[low - 1].kind != TAC_PAGE_DECLARATION) {
        return false;
    }
    const tac_span before = p->items[low - 1].span;
    for (size_t i = before.offset + before.n; i < comment.offset; i++) {
        if (source->text[i] == '\n') {
            return false;
        }
    }
    return true;
}

static void add_comments(page *p, const tac_source *source, const tac_tokens *tokens)
{
    const size_t n_statement = p->n;
    for (size_t i = 0; i < tokens->n_comment; i++) {
        const tac_comment *c = &tokens->comments[i];
        if (c->is_alone || !is_note(p, source, n_statement, c->span)) {
            p->items[p->n++] = (tac_page_item){TAC_PAGE_COMMENT, c->span, c->is_alone, UINT32_MAX};
        }
    }
}

tac_status tac_model_page(tac_ctx *ctx, const tac_model *model, uint32_t source, const char *prefix,
                          tac_page_item **items_out, size_t *n_out)
{
    tac_status st = TAC_OK;
    tac_tokens tokens = {0};
    void *memory = NULL;
    page p = {.model = model, .prefix = prefix};

    *items_out = NULL;
    *n_out = 0;
    if (source >= model->n_source) {
        return tac_fail(ctx, TAC_E_ARG, "the model has %zu files, number %u is none of them",
                        model->n_source, source);
    }
    TAC_TRY(tac_tokens_read(ctx, &model->sources[source], &tokens));
    TAC_TRY(tac_alloc(ctx, count_statements(model, source) + tokens.n_comment, sizeof *p.items,
                      &memory));
    p.items = memory;
    add_statements(&p, source);
    if (p.n > 0) {
        qsort(p.items, p.n, sizeof *p.items, compare);
    }
    add_comments(&p, &model->sources[source], &tokens);
    if (p.n > 0) {
        qsort(p.items, p.n, sizeof *p.items, compare);
    }
    *items_out = p.items;
    *n_out = p.n;
out:
    tac_tokens_free(&tokens);
    return st;
}
