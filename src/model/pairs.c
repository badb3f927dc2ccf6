/* SPDX-License-Identifier: Apache-2.0 */
/* Constants that only show together; see pairs.h. */
#include "model/pairs.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/fingerprint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nodes that are evaluated in all, and pairs that are kept. */
enum { MAX_WORK = 20000000, MAX_PAIRS = 100 };

enum { UNKNOWN, SEEN, HIDDEN };

typedef struct finder {
    tac_ctx *ctx;
    const tac_model *model;
    tac_expr *roots; /* [n_root] what a model computes */
    size_t n_root;
    uint64_t *places; /* [n_symbol] a sum over the roots that a symbol stands in; 0: in none */
    bool *is_needed;  /* [n_node] work */
    const char **names;
    double *factor;         /* [n_symbol] */
    double *shift;          /* [n_symbol] */
    tac_fingerprint *usual; /* [n_root] */
    size_t n_work;
    uint8_t *seen; /* [n_symbol] */
    tac_pair *pairs;
    size_t n_pair;
} finder;

static void add_root(finder *f, tac_expr e)
{
    if (e != TAC_EXPR_NONE) {
        f->roots[f->n_root++] = e;
    }
}

/** Everything that is computed; the rule of a reaction counts by itself. */
static void list_roots(finder *f)
{
    for (size_t i = 0; i < f->model->n_symbol; i++) {
        add_root(f, f->model->symbols[i].initial);
        add_root(f, f->model->symbols[i].rule);
        add_root(f, f->model->symbols[i].rate);
    }
    for (size_t k = 0; k < f->model->n_event; k++) {
        const tac_model_event *event = &f->model->events[k];
        add_root(f, event->trigger);
        add_root(f, event->delay);
        add_root(f, event->priority);
        for (size_t i = 0; i < event->n_change; i++) {
            add_root(f, event->changes[i].value);
            add_root(f, event->changes[i].size);
        }
    }
}

static size_t count_roots(const tac_model *model)
{
    size_t n = 3 * model->n_symbol;
    for (size_t k = 0; k < model->n_event; k++) {
        n += 3 + 2 * model->events[k].n_change;
    }
    return n;
}

/** Note the symbols of one root; children have smaller indices than their parents. */
static void note_places(const finder *f, size_t k)
{
    const tac_expr root = f->roots[k];
    const uint64_t mark = (uint64_t)(k + 1) * 0x9E3779B97F4A7C15U | 1U;
    memset(f->is_needed, 0, ((size_t)root + 1) * sizeof *f->is_needed);
    f->is_needed[root] = true;
    for (size_t e = (size_t)root + 1; e-- > 0;) {
        const tac_node *node = tac_graph_node(f->model->graph, (tac_expr)e);
        if (!f->is_needed[e]) {
            continue;
        }
        if (node->op == TAC_OP_SYMBOL) {
            f->places[node->symbol] += mark;
        }
        for (uint32_t i = 0; i < tac_op_n_arg(node->op); i++) {
            f->is_needed[node->arg[i]] = true;
        }
    }
}

/** Do all roots keep their values with the factors and shifts as they are? */
static tac_status is_usual(finder *f, bool *is_out)
{
    tac_prints *prints = NULL;
    const tac_status st =
        tac_prints_make_changed(f->ctx, f->model, f->names, f->factor, f->shift, &prints);
    *is_out = st == TAC_OK;
    for (size_t k = 0; *is_out && k < f->n_root; k++) {
        const tac_fingerprint now = tac_print_of(prints, f->roots[k]);
        *is_out = tac_fingerprint_same(&now, &f->usual[k]);
    }
    f->n_work += tac_graph_n(f->model->graph);
    tac_prints_free(prints);
    return st;
}

/** Does a constant show by itself at these points? Where all is saturated nothing can be said of it. */
static tac_status is_seen(finder *f, uint32_t a, bool *is_out)
{
    if (f->seen[a] == UNKNOWN) {
        bool is_hidden = false;
        f->factor[a] = 1.5;
        const tac_status st = is_usual(f, &is_hidden);
        f->factor[a] = 1.0;
        if (st != TAC_OK) {
            return st;
        }
        f->seen[a] = is_hidden ? HIDDEN : SEEN;
    }
    *is_out = f->seen[a] == SEEN;
    return TAC_OK;
}

/** Do all roots keep their values when a and b are changed together so? */
static tac_status is_unseen(finder *f, uint32_t a, uint32_t b, tac_pair_kind kind, bool *is_out)
{
    f->factor[a] = kind == TAC_PAIR_PRODUCT || kind == TAC_PAIR_RATIO ? 2.0 : 1.0;
    f->factor[b] = kind == TAC_PAIR_PRODUCT ? 0.5 : f->factor[a];
    f->shift[a] = kind == TAC_PAIR_SUM || kind == TAC_PAIR_DIFFERENCE ? 0.375 : 0.0;
    f->shift[b] = kind == TAC_PAIR_SUM ? -0.375 : f->shift[a];
    const tac_status st = is_usual(f, is_out);
    f->factor[a] = f->factor[b] = 1.0;
    f->shift[a] = f->shift[b] = 0.0;
    return st;
}

static tac_status try_pair(finder *f, uint32_t a, uint32_t b)
{
    static const tac_pair_kind KINDS[] = {TAC_PAIR_PRODUCT, TAC_PAIR_RATIO, TAC_PAIR_SUM,
                                          TAC_PAIR_DIFFERENCE};
    tac_status st = TAC_OK;
    bool is_a_seen = false;
    bool is_b_seen = false;
    TAC_TRY(is_seen(f, a, &is_a_seen));
    TAC_TRY(is_seen(f, b, &is_b_seen));
    for (size_t k = 0; is_a_seen && is_b_seen && k < sizeof KINDS / sizeof KINDS[0]; k++) {
        bool is = false;
        TAC_TRY(is_unseen(f, a, b, KINDS[k], &is));
        if (is) {
            f->pairs[f->n_pair++] = (tac_pair){a, b, KINDS[k]};
            break;
        }
    }
out:
    return st;
}

static bool is_number(const finder *f, uint32_t i)
{
    const tac_symbol *s = &f->model->symbols[i];
    const bool is_input = f->model->is_imported && !s->is_const;
    return s->role == TAC_ROLE_CONSTANT && s->kind == TAC_SYMBOL_PARAMETER && !is_input
           && f->places[i] != 0;
}

static tac_status search(finder *f)
{
    tac_status st = TAC_OK;
    tac_prints *prints = NULL;
    TAC_TRY(tac_prints_make_changed(f->ctx, f->model, f->names, f->factor, f->shift, &prints));
    for (size_t k = 0; k < f->n_root; k++) {
        f->usual[k] = tac_print_of(prints, f->roots[k]);
        note_places(f, k);
    }
    for (uint32_t i = 0; i < f->model->n_symbol; i++) {
        for (uint32_t j = i + 1; is_number(f, i) && j < f->model->n_symbol; j++) {
            if (is_number(f, j) && f->places[i] == f->places[j] && f->n_pair < MAX_PAIRS
                && f->n_work < MAX_WORK) {
                TAC_TRY(try_pair(f, i, j));
            }
        }
    }
out:
    tac_prints_free(prints);
    return st;
}

tac_status tac_model_find_pairs(tac_ctx *ctx, const tac_model *model, tac_pair **pairs_out,
                                size_t *n_out)
{
    tac_status st = TAC_OK;
    finder f = {.ctx = ctx, .model = model};
    void *memory = NULL;
    *pairs_out = NULL;
    *n_out = 0;
    TAC_TRY(tac_alloc(ctx, count_roots(model) + 1, sizeof *f.roots, &memory));
    f.roots = memory;
    TAC_TRY(tac_alloc(ctx, count_roots(model) + 1, sizeof *f.usual, &memory));
    f.usual = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol + 1, sizeof *f.places, &memory));
    f.places = memory;
    TAC_TRY(tac_alloc(ctx, tac_graph_n(model->graph) + 1, sizeof *f.is_needed, &memory));
    f.is_needed = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol + 1, sizeof *f.names, &memory));
    f.names = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol + 1, sizeof *f.seen, &memory));
    f.seen = memory;
    TAC_TRY(tac_alloc_doubles(ctx, model->n_symbol + 1, &f.factor));
    TAC_TRY(tac_alloc_doubles(ctx, model->n_symbol + 1, &f.shift));
    TAC_TRY(tac_alloc(ctx, MAX_PAIRS, sizeof *f.pairs, &memory));
    f.pairs = memory;
    for (size_t i = 0; i < model->n_symbol; i++) {
        f.names[i] = model->symbols[i].id;
        f.factor[i] = 1.0;
        f.shift[i] = 0.0;
    }
    list_roots(&f);
    TAC_TRY(search(&f));
    *pairs_out = f.pairs;
    *n_out = f.n_pair;
    f.pairs = NULL;
out:
    tac_free(f.roots);
    tac_free(f.usual);
    tac_free(f.places);
    tac_free(f.is_needed);
    tac_free(f.names);
    tac_free(f.factor);
    tac_free(f.seen);
    tac_free(f.shift);
    tac_free(f.pairs);
    return st;
}
