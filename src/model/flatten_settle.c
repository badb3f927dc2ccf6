/* SPDX-License-Identifier: Apache-2.0 */
/* After symbols are made: which of several statements counts, factors between names, what is said about names. */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/flatten.h"

#include <math.h>
#include <string.h>

/* ---- statements that go before others ---- */

/* The equations of one symbol that count so far, by index; UINT32_MAX: none. */
typedef struct winners {
    uint32_t start;
    uint32_t rule;
    uint32_t reaction;
} winners;

static bool is_around(const char *outer, const char *inner)
{
    const size_t n = strlen(outer);
    return n < strlen(inner) && strncmp(outer, inner, n) == 0;
}

static bool is_same_number(const tac_equation *a, const tac_equation *b)
{
    return a->value != NULL && b->value != NULL && a->value->kind == TAC_SYNTAX_NUMBER
           && b->value->kind == TAC_SYNTAX_NUMBER && a->value->unit.n == 0 && b->value->unit.n == 0
           && !(fabs(a->value->number - b->value->number) > 0.0);
}

/** Of two that cannot both count one is dropped; two on one level stay, and are refused later. */
static void compete(tac_equation *all, uint32_t *winner, uint32_t k)
{
    if (*winner == UINT32_MAX) {
        *winner = k;
        return;
    }
    tac_equation *before = &all[*winner];
    tac_equation *now = &all[k];
    if (is_around(now->prefix, before->prefix)) {
        before->is_dropped = true;
        *winner = k;
    } else if (is_around(before->prefix, now->prefix)
               || (before->prefix != now->prefix && is_same_number(before, now))) {
        now->is_dropped = true;
    }
}

/** J = rate of a reaction J: its own rate is dropped when it stands further inside or is not there. */
static void take_rate(tac_equation *all, const winners *w)
{
    const uint32_t *from = w->rule != UINT32_MAX ? &w->rule : &w->start;
    if (w->reaction == UINT32_MAX || *from == UINT32_MAX) {
        return;
    }
    tac_equation *reaction = &all[w->reaction];
    tac_equation *rate = &all[*from];
    if (reaction->value == NULL || is_around(rate->prefix, reaction->prefix)) {
        reaction->has_rate_apart = true;
        reaction->value = NULL;
        rate->is_rate = true;
    }
}

static void settle_one(tac_equation *all, const winners *w)
{
    take_rate(all, w);
    if (w->rule != UINT32_MAX && w->start != UINT32_MAX && all[w->rule].kind == TAC_STATEMENT_RULE
        && is_around(all[w->rule].prefix, all[w->start].prefix)) {
        all[w->start].is_dropped = true;
    }
}

/** Take out what is dropped, and what only took something away. */
static void compact(tac_model *model)
{
    size_t n = 0;
    for (size_t k = 0; k < model->n_equation; k++) {
        const tac_equation *q = &model->equations[k];
        const bool takes_away =
            q->value == NULL
            && (q->kind == TAC_STATEMENT_INITIAL || q->kind == TAC_STATEMENT_RULE
                || q->kind == TAC_STATEMENT_RATE);
        if (!q->is_dropped && !takes_away) {
            model->equations[n++] = *q;
        }
    }
    model->n_equation = n;
}

tac_status tac_flat_settle(tac_flattener *f)
{
    tac_model *model = f->model;
    tac_equation *all = model->equations;
    void *memory = NULL;
    const tac_status st = tac_alloc(f->ctx, model->n_symbol, sizeof(winners), &memory);
    winners *of = memory;
    if (st != TAC_OK) {
        return st;
    }
    for (size_t i = 0; i < model->n_symbol; i++) {
        of[i] = (winners){UINT32_MAX, UINT32_MAX, UINT32_MAX};
    }
    for (uint32_t k = 0; k < model->n_equation; k++) {
        const uint32_t i = all[k].symbol;
        if (i == UINT32_MAX || all[k].is_dropped) {
            continue;
        }
        if (all[k].kind == TAC_STATEMENT_REACTION) {
            of[i].reaction = k;
        } else {
            compete(all, all[k].kind == TAC_STATEMENT_INITIAL ? &of[i].start : &of[i].rule, k);
        }
    }
    for (size_t i = 0; i < model->n_symbol; i++) {
        settle_one(all, &of[i]);
    }
    compact(model);
    tac_free(of);
    return TAC_OK;
}

/* ---- factors between names ---- */

/** The factors of one name as a list; the nearest first. */
static tac_status list_factor(tac_flattener *f, uint32_t i, size_t *n)
{
    tac_model *model = f->model;
    const tac_flat_name *name = &f->names[i];
    uint32_t first = UINT32_MAX;
    for (uint32_t k = i; f->names[k].parent != k; k = f->names[k].parent) {
        if (f->names[k].factor != UINT32_MAX) {
            const uint32_t symbol = f->names[tac_flat_root(f, f->names[k].factor)].symbol;
            model->factors[*n] = (tac_name_factor){symbol, first};
            first = (uint32_t)(*n)++;
        }
    }
    return first == UINT32_MAX || tac_map_set(model->factor_of, name->id, strlen(name->id), first)
               ? TAC_OK
               : tac_flat_no_memory(f);
}

tac_status tac_flat_list_factors(tac_flattener *f)
{
    tac_status st = TAC_OK;
    size_t n = 0;
    if (!f->has_factors) {
        return TAC_OK;
    }
    for (uint32_t i = 0; i < f->n_name; i++) {
        for (uint32_t k = i; f->names[k].parent != k; k = f->names[k].parent) {
            n += f->names[k].factor != UINT32_MAX ? 1 : 0;
        }
    }
    f->model->factor_of = tac_map_create();
    f->model->factors = tac_arena_alloc(f->model->arena, (n + 1) * sizeof *f->model->factors);
    if (f->model->factor_of == NULL || f->model->factors == NULL) {
        return tac_flat_no_memory(f);
    }
    n = 0;
    for (uint32_t i = 0; st == TAC_OK && i < f->n_name; i++) {
        st = list_factor(f, i, &n);
    }
    return st;
}

/* ---- what is said about names ---- */

/* Names that are no symbols, and what may be said once. */
typedef struct attacher {
    tac_flattener *f;
    tac_map *others; /* flat names of events, algebraic rules and interactions */
    tac_map *single; /* "name id" -> index into abouts */
} attacher;

static tac_status note_other(const attacher *a, const char *prefix, const char *name)
{
    const char *id = tac_flat_join(a->f, prefix, name);
    return id != NULL && tac_map_set(a->others, id, strlen(id), 0) ? TAC_OK
                                                                   : tac_flat_no_memory(a->f);
}

static tac_status note_others(const attacher *a)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < a->f->model->n_equation; k++) {
        const tac_equation *q = &a->f->model->equations[k];
        st = q->symbol == UINT32_MAX ? note_other(a, q->prefix, q->statement->name) : TAC_OK;
    }
    for (const tac_flat_pending *d = a->f->pending; st == TAC_OK && d != NULL; d = d->next) {
        st = d->statement->kind == TAC_STATEMENT_INTERACTION
                 ? note_other(a, d->prefix, d->statement->name)
                 : TAC_OK;
    }
    return st;
}

/** The flat name under which something is known: of a symbol its id, else its own; NULL: there is none. */
static const char *subject_of(const attacher *a, const char *id)
{
    const tac_model *model = a->f->model;
    uint32_t i = 0;
    if (tac_map_get(model->by_id, id, strlen(id), &i)) {
        return i == UINT32_MAX ? NULL : model->symbols[i].id;
    }
    return id[0] == '\0' || tac_map_get(a->others, id, strlen(id), &i) ? id : NULL;
}

static bool is_instance(const tac_flattener *f, const char *id)
{
    const char *dotted = tac_flat_join(f, id, ".");
    uint32_t any = 0;
    return dotted != NULL && tac_map_get(f->instances, dotted, strlen(dotted), &any);
}

/** One display name and one term for each: the last that is said. */
static tac_status keep_about(const attacher *a, const char *subject, const tac_statement *s)
{
    tac_model *model = a->f->model;
    const bool is_single = strcmp(s->other, "name") == 0 || strcmp(s->other, "sboTerm") == 0;
    tac_buf key = TAC_BUF_INIT;
    uint32_t k = 0;
    bool is_kept = true;
    tac_buf_print(&key, "%s %s", s->other, subject);
    if (is_single && tac_map_get(a->single, tac_buf_str(&key), key.n, &k)) {
        model->abouts[k].text = s->text;
    } else {
        is_kept = !is_single
                  || tac_map_set(a->single, tac_buf_str(&key), key.n, (uint32_t)model->n_about);
        model->abouts[model->n_about++] = (tac_about){subject, s->other, s->text};
    }
    is_kept = is_kept && !key.has_failed;
    tac_buf_free(&key);
    return is_kept ? TAC_OK : tac_flat_no_memory(a->f);
}

static tac_status attach_about(const attacher *a, const tac_flat_pending *d)
{
    tac_flattener *f = a->f;
    const tac_statement *s = d->statement;
    const char *id = tac_flat_join(f, d->prefix, s->name);
    if (id == NULL) {
        return tac_flat_no_memory(f);
    }
    if (s->name[0] == '\0' && d->prefix[0] != '\0') {
        return TAC_OK; /* a model that is part of another one */
    }
    const char *subject = subject_of(a, id);
    if (subject != NULL) {
        return keep_about(a, subject, s);
    }
    if (!is_instance(f, id)) { /* instances are joined, and what is said of them is not kept */
        f->result = tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source), s->span,
                                "there is no '%s' of which something could be said", s->name);
    }
    return TAC_OK;
}

/** Was the name there before `delete`? */
static bool is_taken_out(const tac_flattener *f, const tac_flat_pending *d)
{
    const char *id = tac_flat_join(f, d->prefix, d->statement->other);
    uint32_t i = 0;
    return id != NULL && tac_map_get(f->model->by_id, id, strlen(id), &i) && i == UINT32_MAX;
}

static tac_status attach_interaction(tac_flattener *f, const tac_flat_pending *d)
{
    const tac_statement *s = d->statement;
    tac_model *model = f->model;
    const char *id = tac_flat_join(f, d->prefix, s->name);
    const uint32_t reaction = tac_equation_symbol(model, d->prefix, s->other);
    if (id == NULL) {
        return tac_flat_no_memory(f);
    }
    if (is_taken_out(f, d)) {
        return TAC_OK;
    }
    if (reaction == UINT32_MAX || !model->symbols[reaction].is_reaction) {
        f->result = tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source), s->other_span,
                                "'%s' is no reaction, so that nothing can act on it", s->other);
        return TAC_OK;
    }
    for (size_t k = 0; k < s->n_participant; k++) {
        const uint32_t species = tac_equation_symbol(model, d->prefix, s->participants[k].name);
        if (species == UINT32_MAX) {
            f->result = tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source),
                                    s->participants[k].span, "there is no species '%s'",
                                    s->participants[k].name);
            continue;
        }
        model->symbols[species].kind = TAC_SYMBOL_SPECIES;
        model->interactions[model->n_interaction++] =
            (tac_interaction){id, species, reaction, s->influence};
    }
    return TAC_OK;
}

tac_status tac_flat_attach(tac_flattener *f)
{
    tac_model *model = f->model;
    tac_status st = TAC_OK;
    size_t n_about = 0;
    size_t n_interaction = 0;
    for (const tac_flat_pending *d = f->pending; d != NULL; d = d->next) {
        n_about += d->statement->kind == TAC_STATEMENT_ABOUT ? 1 : 0;
        n_interaction +=
            d->statement->kind == TAC_STATEMENT_INTERACTION ? d->statement->n_participant : 0;
    }
    model->abouts = tac_arena_alloc(model->arena, (n_about + 1) * sizeof *model->abouts);
    model->interactions =
        tac_arena_alloc(model->arena, (n_interaction + 1) * sizeof *model->interactions);
    if (model->abouts == NULL || model->interactions == NULL) {
        return tac_flat_no_memory(f);
    }
    attacher a = {f, tac_map_create(), tac_map_create()};
    st = a.others == NULL || a.single == NULL ? tac_flat_no_memory(f)
         : n_about == 0                       ? TAC_OK
                                              : note_others(&a);
    for (const tac_flat_pending *d = f->pending; st == TAC_OK && d != NULL; d = d->next) {
        if (d->statement->kind == TAC_STATEMENT_ABOUT) {
            st = attach_about(&a, d);
        } else if (d->statement->kind == TAC_STATEMENT_INTERACTION) {
            st = attach_interaction(f, d);
        }
    }
    tac_map_free(a.others);
    tac_map_free(a.single);
    return st;
}
