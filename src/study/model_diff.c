/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Two models compared by what they mean: names, units, values, equations up to how they are written, reactions, events. The
 * table "differences" has a line of words for each, and the two sides where there are two.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/table.h"
#include "model/fingerprint.h"
#include "model/outline.h"
#include "model/print.h"
#include "study/general.h"

#include <tactus/general.h>

#include <math.h>
#include <string.h>

/** One of the two models. */
typedef struct side {
    tac_model *model;
    tac_outline o;
    tac_prints *prints;
    tac_map *by_name;   /* outline name, or display name -> symbol */
    uint32_t *partner;  /* [n_symbol] the same in the other model, or UINT32_MAX */
    const char **names; /* [n_symbol] common to both models where they have one */
} side;

typedef struct differ {
    tac_ctx *ctx;
    side a;
    side b;
    bool with_units; /* both models give units */
    tac_table *table;
} differ;

static tac_status no_memory(const differ *d)
{
    return tac_fail(d->ctx, TAC_E_MEMORY, "out of memory");
}

/** Record a difference; a and b are NULL where the words say it all. */
static tac_status add(const differ *d, const char *name, const char *words, const char *a,
                      const char *b)
{
    size_t row = 0;
    tac_status st = TAC_OK;
    TAC_TRY(tac_table_add_rows(d->ctx, d->table, 1, &row));
    TAC_TRY(tac_table_set_text(d->ctx, d->table, row, "name", name));
    TAC_TRY(tac_table_set_text(d->ctx, d->table, row, "words", words));
    TAC_TRY(tac_table_set_text(d->ctx, d->table, row, "a", a == NULL ? "" : a));
    TAC_TRY(tac_table_set_text(d->ctx, d->table, row, "b", b == NULL ? "" : b));
out:
    return st;
}

/* ---- who is who ---- */

/** A compartment that only stands for "none". */
static bool is_default_place(const side *s, uint32_t i)
{
    const tac_symbol *symbol = &s->model->symbols[i];
    return symbol->kind == TAC_SYMBOL_COMPARTMENT && symbol->role == TAC_ROLE_CONSTANT
           && strncmp(symbol->id, "default_compartment", 19) == 0
           && !(fabs(symbol->value - 1.0) > 0.0);
}

static bool is_counted(const side *s, uint32_t i)
{
    return s->model->symbols[i].amount_of == UINT32_MAX && !is_default_place(s, i);
}

/** Names under which a symbol is known: what it is written as, and its display name where no symbol is called so. */
static tac_status list_names(const differ *d, side *s)
{
    for (uint32_t i = 0; i < s->model->n_symbol; i++) {
        if (s->model->symbols[i].amount_of == UINT32_MAX
            && !tac_map_set(s->by_name, s->o.ids[i], strlen(s->o.ids[i]), i)) {
            return no_memory(d);
        }
    }
    for (size_t k = 0; k < s->model->n_about; k++) {
        const tac_about *about = &s->model->abouts[k];
        const uint32_t i = tac_model_find(s->model, about->id);
        uint32_t other = 0;
        if (strcmp(about->kind, "name") == 0 && i != UINT32_MAX
            && !tac_map_get(s->by_name, about->text, strlen(about->text), &other)
            && !tac_map_set(s->by_name, about->text, strlen(about->text), i)) {
            return no_memory(d);
        }
    }
    return TAC_OK;
}

static uint32_t find(const side *s, const char *name)
{
    uint32_t i = UINT32_MAX;
    return name != NULL && tac_map_get(s->by_name, name, strlen(name), &i) ? i : UINT32_MAX;
}

/** Partners by the written name, the original id, or the display name. */
static void pair(differ *d)
{
    for (uint32_t i = 0; i < d->b.model->n_symbol; i++) {
        d->b.partner[i] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < d->a.model->n_symbol; i++) {
        const tac_symbol *s = &d->a.model->symbols[i];
        d->a.partner[i] = UINT32_MAX;
        if (s->amount_of != UINT32_MAX) {
            continue;
        }
        uint32_t k = find(&d->b, d->a.o.ids[i]);
        k = k != UINT32_MAX ? k : find(&d->b, s->id);
        k = k != UINT32_MAX ? k : find(&d->b, tac_outline_about(&d->a.o, s->id, "name"));
        if (k != UINT32_MAX && d->b.partner[k] == UINT32_MAX) {
            d->a.partner[i] = k;
            d->b.partner[k] = i;
        }
    }
}

/** Pairs share the name of the first model; amounts are named after their species. */
static void name_symbols(differ *d)
{
    for (uint32_t i = 0; i < d->a.model->n_symbol; i++) {
        d->a.names[i] = d->a.o.ids[i];
    }
    for (uint32_t i = 0; i < d->b.model->n_symbol; i++) {
        const uint32_t k = d->b.partner[i];
        d->b.names[i] = k != UINT32_MAX ? d->a.o.ids[k] : d->b.o.ids[i];
    }
}

static tac_status only_in(const differ *d, const side *s, const char *which)
{
    static const char *const KINDS[] = {[TAC_SYMBOL_PARAMETER] = "parameter",
                                        [TAC_SYMBOL_COMPARTMENT] = "compartment",
                                        [TAC_SYMBOL_SPECIES] = "species"};
    tac_status st = TAC_OK;
    tac_buf words = TAC_BUF_INIT;
    for (uint32_t i = 0; st == TAC_OK && i < s->model->n_symbol; i++) {
        const tac_symbol *symbol = &s->model->symbols[i];
        if (s->partner[i] != UINT32_MAX || !is_counted(s, i)) {
            continue;
        }
        tac_buf_clear(&words);
        tac_buf_print(&words, "only in %s, a %s", which,
                      symbol->is_reaction ? "reaction" : KINDS[symbol->kind]);
        st = add(d, symbol->id, tac_buf_str(&words), NULL, NULL);
    }
    tac_buf_free(&words);
    return st;
}

/* ---- what a symbol is ---- */

static const char *place_of(const side *s, uint32_t i)
{
    const uint32_t place = s->model->symbols[i].place;
    return place == UINT32_MAX || is_default_place(s, place) ? "" : s->names[place];
}

/** How a symbol gets its value. */
static const char *way_of(const side *s, uint32_t i, const tac_outline_value *v)
{
    const tac_symbol *symbol = &s->model->symbols[i];
    if (symbol->is_reaction) {
        return "the rate of a reaction";
    }
    if (s->o.is_reacting[i]) {
        return "changed by reactions";
    }
    if (v->rule != TAC_EXPR_NONE) {
        return "given by a rule";
    }
    if (v->rate != TAC_EXPR_NONE) {
        return "given by its rate of change";
    }
    return s->o.is_changed[i] ? "changed by events" : "constant";
}

static tac_status compare_kind(const differ *d, uint32_t i, uint32_t k)
{
    const tac_symbol *a = &d->a.model->symbols[i];
    const tac_symbol *b = &d->b.model->symbols[k];
    const tac_outline_value va = tac_outline_value_of(&d->a.o, i);
    const tac_outline_value vb = tac_outline_value_of(&d->b.o, k);
    const char *way_a = way_of(&d->a, i, &va);
    const char *way_b = way_of(&d->b, k, &vb);
    tac_status st = TAC_OK;
    if (a->kind != b->kind) {
        TAC_TRY(add(d, a->id, "is of another kind: parameter, compartment or species", NULL, NULL));
    }
    if (strcmp(way_a, way_b) != 0) {
        TAC_TRY(add(d, a->id, "gets its value in another way", way_a, way_b));
    }
    if (a->kind != TAC_SYMBOL_SPECIES || b->kind != TAC_SYMBOL_SPECIES) {
        goto out;
    }
    const char *place_a = place_of(&d->a, i);
    const char *place_b = place_of(&d->b, k);
    if (strcmp(place_a, place_b) != 0) {
        TAC_TRY(add(d, a->id, "is in another compartment", place_a[0] == '\0' ? "none" : place_a,
                    place_b[0] == '\0' ? "none" : place_b));
    }
    const bool is_amount_a = a->is_amount || place_a[0] == '\0';
    const bool is_amount_b = b->is_amount || place_b[0] == '\0';
    if (is_amount_a != is_amount_b) {
        TAC_TRY(add(d, a->id, "means another thing", is_amount_a ? "an amount" : "a concentration",
                    is_amount_b ? "an amount" : "a concentration"));
    }
    if ((a->is_boundary || a->is_const) != (b->is_boundary || b->is_const)) {
        TAC_TRY(add(d, a->id, "is a boundary species in one of them", NULL, NULL));
    }
out:
    return st;
}

static tac_status compare_units(const differ *d, uint32_t i, uint32_t k)
{
    const tac_symbol *a = &d->a.model->symbols[i];
    const tac_symbol *b = &d->b.model->symbols[k];
    if (!d->with_units || (a->is_reaction && (!a->has_unit || !b->has_unit))) {
        return TAC_OK; /* SBML gives reactions none of their own */
    }
    if (a->has_unit == b->has_unit && (!a->has_unit || tac_unit_equal(&a->unit, &b->unit))) {
        return TAC_OK;
    }
    return add(d, a->id, "is in another unit", a->has_unit ? a->unit_text : "none",
               b->has_unit ? b->unit_text : "none");
}

/* ---- values and formulae ---- */

static void print_as(const side *s, tac_expr e, tac_buf *text)
{
    const tac_print_names names = {s->names, NULL};
    (void)tac_expr_print_as(text, s->model, &names, e);
}

static bool is_same(const differ *d, tac_expr a, tac_expr b)
{
    const tac_fingerprint fa = tac_print_of(d->a.prints, a);
    const tac_fingerprint fb = tac_print_of(d->b.prints, b);
    return (a == TAC_EXPR_NONE) == (b == TAC_EXPR_NONE) && tac_fingerprint_same(&fa, &fb);
}

/** Two formulae, either of which may be missing. */
static tac_status compare_formulae(const differ *d, const char *name, const char *words, tac_expr a,
                                   tac_expr b)
{
    tac_buf text_a = TAC_BUF_INIT;
    tac_buf text_b = TAC_BUF_INIT;
    tac_status st = TAC_OK;
    if (is_same(d, a, b)) {
        return TAC_OK;
    }
    if (a != TAC_EXPR_NONE) {
        print_as(&d->a, a, &text_a);
    }
    if (b != TAC_EXPR_NONE) {
        print_as(&d->b, b, &text_b);
    }
    st = add(d, name, words, a == TAC_EXPR_NONE ? "none" : tac_buf_str(&text_a),
             b == TAC_EXPR_NONE ? "none" : tac_buf_str(&text_b));
    tac_buf_free(&text_a);
    tac_buf_free(&text_b);
    return st;
}

static bool is_close(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-12 * fmax(fabs(a), fabs(b))
           || (isinf(a) && isinf(b) && (a > 0.0) == (b > 0.0));
}

static void print_start(const side *s, const tac_outline_value *v, tac_buf *text)
{
    if (v->has_number) {
        tac_number_print(text, v->number);
    } else if (v->start != TAC_EXPR_NONE) {
        print_as(s, v->start, text);
    } else {
        tac_buf_text(text, "none");
    }
}

static tac_status compare_start(const differ *d, uint32_t i, const tac_outline_value *a,
                                const tac_outline_value *b)
{
    const bool is_number = a->has_number && b->has_number;
    const bool are_none =
        !a->has_number && !b->has_number && a->start == TAC_EXPR_NONE && b->start == TAC_EXPR_NONE;
    tac_buf text_a = TAC_BUF_INIT;
    tac_buf text_b = TAC_BUF_INIT;
    if (are_none || (is_number && is_close(a->number, b->number))
        || (!a->has_number && !b->has_number && is_same(d, a->start, b->start))) {
        return TAC_OK;
    }
    print_start(&d->a, a, &text_a);
    print_start(&d->b, b, &text_b);
    const tac_status st =
        add(d, d->a.model->symbols[i].id,
            a->is_constant && b->is_constant ? "has another value" : "starts elsewhere",
            tac_buf_str(&text_a), tac_buf_str(&text_b));
    tac_buf_free(&text_a);
    tac_buf_free(&text_b);
    return st;
}

/* ---- reactions ---- */

/** What a reaction adds to a species, as a fingerprint. */
static tac_fingerprint net_of(const side *s, uint32_t reaction, uint32_t species)
{
    tac_fingerprint net = {{0}};
    for (size_t k = 0; k < s->model->n_flux; k++) {
        const tac_flux *f = &s->model->fluxes[k];
        if (f->reaction == reaction && f->species == species) {
            const tac_fingerprint one = tac_print_of(s->prints, f->amount);
            for (int p = 0; p < TAC_N_POINT; p++) {
                net.value[p] += f->is_product ? one.value[p] : -one.value[p];
            }
        }
    }
    return net;
}

static void print_sides(const side *s, uint32_t reaction, tac_buf *text)
{
    for (int product = 0; product < 2; product++) {
        bool is_first = true;
        for (size_t k = 0; k < s->model->n_flux; k++) {
            const tac_outline_flux *f = &s->o.fluxes[k];
            if (f->flux->reaction != reaction || f->flux->is_product != (product == 1)) {
                continue;
            }
            tac_buf_text(text, is_first ? "" : " + ");
            if (f->id != NULL) {
                tac_buf_print(text, "%s ", f->id);
            } else if (fabs(f->number - 1.0) > 0.0) {
                tac_number_print(text, f->number);
                tac_buf_text(text, " ");
            }
            tac_buf_text(text, s->names[f->flux->species]);
            is_first = false;
        }
        tac_buf_text(text, product == 0 ? " -> " : "");
    }
}

/** Every species of x's reaction is changed the same by y's. */
static bool is_covered(const side *x, const side *y, uint32_t i, uint32_t k)
{
    static const tac_fingerprint NOTHING = {{0}};
    for (size_t n = 0; n < x->model->n_flux; n++) {
        const tac_flux *f = &x->model->fluxes[n];
        if (f->reaction != i) {
            continue;
        }
        const uint32_t partner = x->partner[f->species];
        const tac_fingerprint a = net_of(x, i, f->species);
        const tac_fingerprint b = partner == UINT32_MAX ? NOTHING : net_of(y, k, partner);
        if (!tac_fingerprint_same(&a, &b)) {
            return false;
        }
    }
    return true;
}

static tac_status compare_reaction(const differ *d, uint32_t i, uint32_t k)
{
    tac_buf a = TAC_BUF_INIT;
    tac_buf b = TAC_BUF_INIT;
    if (is_covered(&d->a, &d->b, i, k) && is_covered(&d->b, &d->a, k, i)) {
        return TAC_OK;
    }
    print_sides(&d->a, i, &a);
    print_sides(&d->b, k, &b);
    const tac_status st = add(d, d->a.model->symbols[i].id, "turns other things into each other",
                              tac_buf_str(&a), tac_buf_str(&b));
    tac_buf_free(&a);
    tac_buf_free(&b);
    return st;
}

static tac_status compare_symbol(const differ *d, uint32_t i)
{
    const uint32_t k = d->a.partner[i];
    const tac_symbol *a = &d->a.model->symbols[i];
    const tac_symbol *b = &d->b.model->symbols[k];
    const tac_outline_value va = tac_outline_value_of(&d->a.o, i);
    const tac_outline_value vb = tac_outline_value_of(&d->b.o, k);
    tac_status st = TAC_OK;
    TAC_TRY(compare_kind(d, i, k));
    TAC_TRY(compare_units(d, i, k));
    if (a->is_reaction && b->is_reaction) {
        TAC_TRY(compare_formulae(d, a->id, "has another rate", a->rule, b->rule));
        TAC_TRY(compare_reaction(d, i, k));
        goto out;
    }
    if (va.rule != TAC_EXPR_NONE && vb.rule != TAC_EXPR_NONE) {
        TAC_TRY(compare_formulae(d, a->id, "has another rule", va.rule, vb.rule));
    }
    if (va.rate != TAC_EXPR_NONE && vb.rate != TAC_EXPR_NONE) {
        TAC_TRY(compare_formulae(d, a->id, "has another rate of change", va.rate, vb.rate));
    }
    if (va.rule == TAC_EXPR_NONE && vb.rule == TAC_EXPR_NONE && !a->is_reaction
        && !b->is_reaction) {
        TAC_TRY(compare_start(d, i, &va, &vb));
    }
out:
    return st;
}

/* ---- events ---- */

/** The value that an event sets a symbol to; TAC_EXPR_NONE when it does not. */
static tac_expr change_of(const side *s, const tac_model_event *event, uint32_t symbol)
{
    for (size_t i = 0; i < event->n_change; i++) {
        if (tac_outline_changed(&s->o, &event->changes[i]) == symbol) {
            return event->changes[i].value;
        }
    }
    return TAC_EXPR_NONE;
}

static bool are_changes_same(const differ *d, const tac_model_event *a, const tac_model_event *b)
{
    bool is = a->n_change == b->n_change;
    for (size_t i = 0; is && i < a->n_change; i++) {
        const uint32_t k = d->a.partner[tac_outline_changed(&d->a.o, &a->changes[i])];
        is = k != UINT32_MAX && is_same(d, a->changes[i].value, change_of(&d->b, b, k));
    }
    return is;
}

/** What differs between two events: the first of it, or NULL. */
static const char *event_difference(const differ *d, const tac_model_event *a,
                                    const tac_model_event *b)
{
    return !is_same(d, a->trigger, b->trigger)     ? "has another trigger"
           : !is_same(d, a->delay, b->delay)       ? "has another delay"
           : !is_same(d, a->priority, b->priority) ? "has another priority"
           : a->is_persistent != b->is_persistent  ? "is persistent in one of them"
           : a->was_true != b->was_true
               ? "has a trigger that is true before the start in one of them"
           : a->n_change > 0 && a->delay != TAC_EXPR_NONE && a->is_late != b->is_late
               ? "computes its values at another time"
           : !are_changes_same(d, a, b) ? "sets other values"
                                        : NULL;
}

static void print_event(const side *s, const tac_model_event *event, tac_buf *text)
{
    tac_buf_text(text, "at ");
    if (event->delay != TAC_EXPR_NONE) {
        print_as(s, event->delay, text);
        tac_buf_text(text, " after ");
    }
    print_as(s, event->trigger, text);
    for (size_t i = 0; i < event->n_change; i++) {
        tac_buf_print(text, "%s %s = ", i == 0 ? ":" : ",",
                      s->names[tac_outline_changed(&s->o, &event->changes[i])]);
        print_as(s, event->changes[i].value, text);
    }
}

static tac_status report_event(const differ *d, const char *id, const tac_model_event *a,
                               const tac_model_event *b, const char *words)
{
    tac_buf text_a = TAC_BUF_INIT;
    tac_buf text_b = TAC_BUF_INIT;
    if (a != NULL) {
        print_event(&d->a, a, &text_a);
    }
    if (b != NULL) {
        print_event(&d->b, b, &text_b);
    }
    const tac_status st = add(d, id, words, tac_buf_str(&text_a), tac_buf_str(&text_b));
    tac_buf_free(&text_a);
    tac_buf_free(&text_b);
    return st;
}

/** The index of an event of that kind that has no partner yet; SIZE_MAX: none. */
static size_t find_event(const differ *d, const tac_model_event *a, const bool *is_taken,
                         bool by_name)
{
    for (size_t k = 0; k < d->b.model->n_event; k++) {
        const tac_model_event *b = &d->b.model->events[k];
        if (!is_taken[k]
            && (by_name ? strcmp(a->id, b->id) == 0 : event_difference(d, a, b) == NULL)) {
            return k;
        }
    }
    return SIZE_MAX;
}

/** Events that do the same are one, whatever they are called; of the others those of one name differ. */
static tac_status compare_events(const differ *d)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    bool *is_taken = NULL;
    bool *is_paired = NULL;
    TAC_TRY(tac_alloc(d->ctx, d->b.model->n_event + 1, sizeof *is_taken, &memory));
    is_taken = memory;
    TAC_TRY(tac_alloc(d->ctx, d->a.model->n_event + 1, sizeof *is_paired, &memory));
    is_paired = memory;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < d->a.model->n_event; i++) {
            const tac_model_event *a = &d->a.model->events[i];
            const size_t k = is_paired[i] ? SIZE_MAX : find_event(d, a, is_taken, pass == 1);
            if (k == SIZE_MAX) {
                continue;
            }
            is_taken[k] = true;
            is_paired[i] = true;
            if (pass == 1) {
                const tac_model_event *b = &d->b.model->events[k];
                TAC_TRY(report_event(d, a->id, a, b, event_difference(d, a, b)));
            }
        }
    }
    for (size_t i = 0; i < d->a.model->n_event; i++) {
        TAC_TRY(is_paired[i] ? TAC_OK
                             : report_event(d, d->a.model->events[i].id, &d->a.model->events[i],
                                            NULL, "only in the first, an event"));
    }
    for (size_t k = 0; k < d->b.model->n_event; k++) {
        TAC_TRY(is_taken[k] ? TAC_OK
                            : report_event(d, d->b.model->events[k].id, NULL,
                                           &d->b.model->events[k], "only in the second, an event"));
    }
out:
    tac_free(is_taken);
    tac_free(is_paired);
    return st;
}

/* ---- the whole ---- */

static tac_status open_side(const differ *d, const char *path, side *s)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_general_read(d->ctx, path, &s->model));
    TAC_TRY(tac_outline_make(d->ctx, s->model, NULL, NULL, &s->o));
    TAC_TRY(tac_alloc(d->ctx, s->model->n_symbol + 1, sizeof *s->partner, &memory));
    s->partner = memory;
    TAC_TRY(tac_alloc(d->ctx, s->model->n_symbol + 1, sizeof *s->names, &memory));
    s->names = memory;
    s->by_name = tac_map_create();
    if (s->by_name == NULL) {
        st = no_memory(d);
        goto out;
    }
    TAC_TRY(list_names(d, s));
out:
    return st;
}

static void close_side(side *s)
{
    tac_prints_free(s->prints);
    tac_map_free(s->by_name);
    tac_free(s->partner);
    tac_free(s->names);
    tac_outline_free(&s->o);
    tac_model_free(s->model);
}

static tac_status compare_time(const differ *d)
{
    const double a = tac_model_hours(d->a.model);
    const double b = tac_model_hours(d->b.model);
    tac_buf text_a = TAC_BUF_INIT;
    tac_buf text_b = TAC_BUF_INIT;
    if (is_close(a, b)) {
        return TAC_OK;
    }
    tac_buf_print(&text_a, isfinite(a) ? "%.10g h" : "not said", a);
    tac_buf_print(&text_b, isfinite(b) ? "%.10g h" : "not said", b);
    const tac_status st =
        add(d, "time", "is measured in another unit", tac_buf_str(&text_a), tac_buf_str(&text_b));
    tac_buf_free(&text_a);
    tac_buf_free(&text_b);
    return st;
}

/** Does a model give any unit? One that leaves them out is not another model. */
static bool gives_units(const side *s)
{
    bool gives = false;
    for (size_t i = 0; !gives && i < s->model->n_symbol; i++) {
        gives = s->model->symbols[i].has_unit;
    }
    return gives;
}

static tac_status compare(differ *d)
{
    tac_status st = TAC_OK;
    d->with_units = gives_units(&d->a) && gives_units(&d->b);
    pair(d);
    name_symbols(d);
    TAC_TRY(tac_prints_make(d->ctx, d->a.model, d->a.names, &d->a.prints));
    TAC_TRY(tac_prints_make(d->ctx, d->b.model, d->b.names, &d->b.prints));
    TAC_TRY(compare_time(d));
    TAC_TRY(only_in(d, &d->a, "the first"));
    TAC_TRY(only_in(d, &d->b, "the second"));
    for (uint32_t i = 0; i < d->a.model->n_symbol; i++) {
        if (d->a.partner[i] != UINT32_MAX) {
            TAC_TRY(compare_symbol(d, i));
        }
    }
    TAC_TRY(compare_events(d));
out:
    return st;
}

static size_t count(const side *s, bool is_reaction)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->model->n_symbol; i++) {
        n += is_counted(s, i) && s->model->symbols[i].is_reaction == is_reaction ? 1 : 0;
    }
    return n;
}

tac_status tac_general_diff(tac_ctx *ctx, const char *a, const char *b, tac_results **results_out)
{
    static const tac_column DIFFERENCES[] = {{"name", "", true},
                                             {"words", "", true},
                                             {"a", "", true},
                                             {"b", "", true}};
    static const tac_column META[] = {{"key", "", true}, {"number", "", false}};
    tac_status st = TAC_OK;
    differ d = {.ctx = ctx};
    tac_results *results = NULL;
    tac_table *meta = NULL;
    *results_out = NULL;
    TAC_TRY(open_side(&d, a, &d.a));
    TAC_TRY(open_side(&d, b, &d.b));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(tac_results_add(ctx, results, "meta", 2, META, &meta));
    TAC_TRY(tac_results_add(ctx, results, "differences", 4, DIFFERENCES, &d.table));
    TAC_TRY(tac_table_add_number(ctx, meta, "names", (double)count(&d.a, false)));
    TAC_TRY(tac_table_add_number(ctx, meta, "reactions", (double)count(&d.a, true)));
    TAC_TRY(tac_table_add_number(ctx, meta, "events", (double)d.a.model->n_event));
    TAC_TRY(compare(&d));
    TAC_TRY(tac_table_add_number(ctx, meta, "with units", d.with_units ? 1.0 : 0.0));
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    close_side(&d.a);
    close_side(&d.b);
    return st;
}
