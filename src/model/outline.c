/* SPDX-License-Identifier: Apache-2.0 */
/* Names, units and stoichiometries of a model before it is written; see outline.h. */
#include "model/outline.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

typedef struct maker {
    tac_ctx *ctx;
    tac_outline *o;
    tac_map *taken; /* names of symbols, events, stoichiometries */
    tac_map *taken_units;
} maker;

static tac_status no_memory(const maker *m)
{
    return tac_fail(m->ctx, TAC_E_MEMORY, "out of memory");
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/** Letters, digits and _, not beginning with a digit; a dot becomes two _. */
static void put_id(tac_buf *id, const char *name)
{
    tac_buf_text(id, is_letter(name[0]) ? "" : "_");
    for (const char *c = name; *c != '\0'; c++) {
        if (is_letter(*c) || (*c >= '0' && *c <= '9')) {
            tac_buf_add(id, c, 1);
        } else {
            tac_buf_text(id, *c == '.' ? "__" : "_");
        }
    }
}

/** A name of that kind that nothing else has; new in the model's arena. */
static tac_status make_id(const maker *m, tac_map *taken, const char *name, const char **id_out)
{
    tac_buf id = TAC_BUF_INIT;
    uint32_t other = 0;
    put_id(&id, name);
    while (tac_map_get(taken, tac_buf_str(&id), id.n, &other) && !id.has_failed) {
        tac_buf_text(&id, "_");
    }
    *id_out = id.has_failed ? NULL : tac_arena_text(m->o->model->arena, tac_buf_str(&id), id.n);
    const bool is_kept = *id_out != NULL && tac_map_set(taken, *id_out, strlen(*id_out), 0);
    tac_buf_free(&id);
    return is_kept ? TAC_OK : no_memory(m);
}

/** Names first that can stay as they are, so that others give way to them. */
static tac_status make_ids(const maker *m)
{
    const tac_model *model = m->o->model;
    tac_status st = TAC_OK;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < model->n_symbol; i++) {
            const char *id = model->symbols[i].id;
            const bool is_plain = strpbrk(id, ".( ") == NULL;
            if (is_plain == (pass == 0)) {
                TAC_TRY(make_id(m, m->taken, id, &m->o->ids[i]));
            }
        }
    }
    for (size_t k = 0; k < model->n_event; k++) {
        TAC_TRY(make_id(m, m->taken, model->events[k].id, &m->o->event_ids[k]));
    }
    for (size_t k = 0; k < model->n_interaction; k++) {
        const char *id = model->interactions[k].id;
        const bool is_nameless = id[0] == '_' || strchr(id, ' ') != NULL || strstr(id, "._") != NULL
                                 || (k > 0 && strcmp(id, model->interactions[k - 1].id) == 0);
        if (!is_nameless) {
            TAC_TRY(make_id(m, m->taken, id, &m->o->interaction_ids[k]));
        }
    }
out:
    return st;
}

/** nmol/L as nmol_per_L, 1/h as per_h; what has other signs loses them. */
static void spell_unit(tac_buf *name, const char *text)
{
    const char *c = text;
    if (c[0] == '1' && c[1] == '/') {
        tac_buf_text(name, "per_");
        c += 2;
    }
    for (; *c != '\0'; c++) {
        if (*c == '/') {
            tac_buf_text(name, "_per_");
        } else if (*c == '%') {
            tac_buf_text(name, "percent");
        } else if (*c == ' ' || *c == '*') {
            tac_buf_text(name, "_");
        } else if (isalnum((unsigned char)*c) || *c == '_') {
            tac_buf_add(name, c, 1);
        }
    }
}

/** The unit in the list, added when it is new. */
static tac_status find_unit(const maker *m, const tac_unit *unit, const char *text, uint32_t *i_out)
{
    tac_outline *o = m->o;
    tac_buf name = TAC_BUF_INIT;
    tac_buf words = TAC_BUF_INIT;
    for (uint32_t k = 0; k < o->n_unit; k++) {
        if (tac_unit_equal(&o->units[k].unit, unit)) {
            *i_out = k;
            return TAC_OK;
        }
    }
    if (text[0] == '\0') {
        tac_unit_print(&words, o->model->units, unit);
        text = tac_buf_str(&words);
    }
    if (tac_unit_equal(unit, &TAC_UNIT_ONE)) {
        tac_buf_text(&name, "dimensionless"); /* every format has it */
    } else {
        spell_unit(&name, text);
        tac_buf_text(&name, name.n == 0 ? "unit" : "");
    }
    tac_outline_unit *added = &o->units[o->n_unit];
    const char *kept = tac_arena_text(o->model->arena, text, strlen(text));
    *added = (tac_outline_unit){*unit, NULL, kept};
    tac_status st =
        kept == NULL ? no_memory(m) : make_id(m, m->taken_units, tac_buf_str(&name), &added->id);
    *i_out = (uint32_t)o->n_unit;
    o->n_unit += st == TAC_OK ? 1 : 0;
    tac_buf_free(&name);
    tac_buf_free(&words);
    return st;
}

static tac_status find_units(const maker *m)
{
    tac_outline *o = m->o;
    const tac_model *model = o->model;
    tac_status st = TAC_OK;
    if (isfinite(tac_model_hours(model))) {
        o->time_id = "time_unit";
        TAC_TRY(make_id(m, m->taken_units, o->time_id, &o->time_id));
    }
    for (size_t i = 0; i < model->n_symbol; i++) {
        const tac_symbol *s = &model->symbols[i];
        o->unit_of[i] = UINT32_MAX;
        if (s->has_unit) {
            TAC_TRY(find_unit(m, &s->unit, s->unit_text, &o->unit_of[i]));
        }
    }
    for (size_t k = 0; k < model->n_number_unit; k++) {
        TAC_TRY(find_unit(m, &model->number_units[k].unit, model->number_units[k].text,
                          &o->number_unit[k]));
    }
out:
    return st;
}

/** How often each symbol is the whole of a stoichiometry. */
static void count_stoichiometries(const tac_model *model, uint32_t *n)
{
    for (size_t k = 0; k < model->n_flux; k++) {
        const tac_node *node = tac_graph_node(model->graph, model->fluxes[k].amount);
        if (node->op == TAC_OP_SYMBOL) {
            n[node->symbol]++;
        }
    }
}

static tac_status name_stoichiometry(const maker *m, size_t k, const uint32_t *n)
{
    const tac_model *model = m->o->model;
    const tac_flux *flux = &model->fluxes[k];
    tac_outline_flux *f = &m->o->fluxes[k];
    const tac_node *node = tac_graph_node(model->graph, flux->amount);
    *f = (tac_outline_flux){.flux = flux, .symbol = UINT32_MAX};
    if (node->op == TAC_OP_CONST && node->value > 0.0 && isfinite(node->value)) {
        f->number = node->value;
        return TAC_OK;
    }
    if (node->op == TAC_OP_SYMBOL && n[node->symbol] == 1) {
        const tac_symbol *s = &model->symbols[node->symbol];
        const bool is_plain = !s->has_unit || tac_unit_equal(&s->unit, &TAC_UNIT_ONE);
        if (s->kind == TAC_SYMBOL_PARAMETER && !s->is_reaction && is_plain) {
            f->symbol = node->symbol;
            f->id = m->o->ids[node->symbol];
            m->o->is_stoichiometry[node->symbol] = true;
            return TAC_OK;
        }
    }
    tac_buf id = TAC_BUF_INIT;
    tac_buf_print(&id, "%s_%s", m->o->ids[flux->reaction], m->o->ids[flux->species]);
    const tac_status st = make_id(m, m->taken, tac_buf_str(&id), &f->id);
    tac_buf_free(&id);
    return st;
}

static tac_status name_stoichiometries(const maker *m)
{
    const tac_model *model = m->o->model;
    void *memory = NULL;
    tac_status st = tac_alloc(m->ctx, model->n_symbol, sizeof(uint32_t), &memory);
    uint32_t *n = memory;
    if (st == TAC_OK) {
        count_stoichiometries(model, n);
    }
    for (size_t k = 0; st == TAC_OK && k < model->n_flux; k++) {
        st = name_stoichiometry(m, k, n);
    }
    tac_free(n);
    return st;
}

static void mark_changes(tac_outline *o)
{
    const tac_model *model = o->model;
    for (size_t k = 0; k < model->n_event; k++) {
        for (size_t i = 0; i < model->events[k].n_change; i++) {
            o->is_changed[tac_outline_changed(o, &model->events[k].changes[i])] = true;
        }
    }
    for (size_t k = 0; k < model->n_flux; k++) {
        const tac_symbol *s = &model->symbols[model->fluxes[k].species];
        if (!s->is_boundary && !s->is_const) {
            o->is_changed[model->fluxes[k].species] = true;
            o->is_reacting[model->fluxes[k].species] = true;
        }
    }
}

static tac_status allocate(const maker *m)
{
    tac_outline *o = m->o;
    const tac_model *model = o->model;
    const size_t n = model->n_symbol;
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *o->ids, &memory));
    o->ids = memory;
    TAC_TRY(tac_alloc(m->ctx, model->n_event, sizeof *o->event_ids, &memory));
    o->event_ids = memory;
    TAC_TRY(tac_alloc(m->ctx, model->n_interaction, sizeof *o->interaction_ids, &memory));
    o->interaction_ids = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *o->unit_of, &memory));
    o->unit_of = memory;
    TAC_TRY(tac_alloc(m->ctx, model->n_number_unit, sizeof *o->number_unit, &memory));
    o->number_unit = memory;
    TAC_TRY(tac_alloc(m->ctx, n + model->n_number_unit, sizeof *o->units, &memory));
    o->units = memory;
    TAC_TRY(tac_alloc(m->ctx, model->n_flux, sizeof *o->fluxes, &memory));
    o->fluxes = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *o->is_stoichiometry, &memory));
    o->is_stoichiometry = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *o->is_changed, &memory));
    o->is_changed = memory;
    TAC_TRY(tac_alloc(m->ctx, n, sizeof *o->is_reacting, &memory));
    o->is_reacting = memory;
out:
    return st;
}

/** These names are not free. */
static tac_status reserve(const maker *m, tac_map *taken, const char *const *names)
{
    for (size_t k = 0; names != NULL && names[k] != NULL; k++) {
        if (!tac_map_set(taken, names[k], strlen(names[k]), 0)) {
            return no_memory(m);
        }
    }
    return TAC_OK;
}

tac_status tac_outline_make(tac_ctx *ctx, const tac_model *model, const char *const *reserved,
                            const char *const *reserved_units, tac_outline *out)
{
    tac_status st = TAC_OK;
    maker m = {ctx, out, tac_map_create(), tac_map_create()};
    *out = (tac_outline){.model = model};
    if (m.taken == NULL || m.taken_units == NULL) {
        st = no_memory(&m);
        goto out;
    }
    TAC_TRY(reserve(&m, m.taken, reserved));
    TAC_TRY(reserve(&m, m.taken_units, reserved_units));
    TAC_TRY(allocate(&m));
    TAC_TRY(make_ids(&m));
    TAC_TRY(find_units(&m));
    TAC_TRY(name_stoichiometries(&m));
    mark_changes(out);
out:
    tac_map_free(m.taken);
    tac_map_free(m.taken_units);
    if (st != TAC_OK) {
        tac_outline_free(out);
    }
    return st;
}

void tac_outline_free(tac_outline *outline)
{
    tac_free(outline->ids);
    tac_free(outline->event_ids);
    tac_free(outline->interaction_ids);
    tac_free(outline->unit_of);
    tac_free(outline->number_unit);
    tac_free(outline->units);
    tac_free(outline->fluxes);
    tac_free(outline->is_stoichiometry);
    tac_free(outline->is_changed);
    tac_free(outline->is_reacting);
    *outline = (tac_outline){0};
}

/** A start that is a number in the graph is one here. */
static void take_start(const tac_model *model, tac_expr start, tac_outline_value *v)
{
    const tac_node *node = start == TAC_EXPR_NONE ? NULL : tac_graph_node(model->graph, start);
    if (node != NULL && node->op == TAC_OP_CONST) {
        v->has_number = true;
        v->number = node->value;
        return;
    }
    v->start = start;
}

static bool is_zero(const tac_model *model, tac_expr e)
{
    const tac_node *node = tac_graph_node(model->graph, e);
    return node->op == TAC_OP_CONST && !(fabs(node->value) > 0.0);
}

tac_outline_value tac_outline_value_of(const tac_outline *outline, uint32_t symbol)
{
    const tac_symbol *s = &outline->model->symbols[symbol];
    tac_outline_value v = {.is_hidden = s->amount_of != UINT32_MAX || s->is_reaction,
                           .is_constant = s->role == TAC_ROLE_CONSTANT || s->is_once,
                           .start = TAC_EXPR_NONE,
                           .rule = TAC_EXPR_NONE,
                           .rate = TAC_EXPR_NONE};
    if (s->amount != UINT32_MAX) { /* the amount stands for it */
        take_start(outline->model, s->given_start, &v);
        v.rate = s->given_rate;
        return v;
    }
    if (s->is_once) {
        take_start(outline->model, s->rule, &v);
        return v;
    }
    if (s->role == TAC_ROLE_ASSIGNED) {
        v.rule = s->rule;
        return v;
    }
    v.has_number = s->has_value;
    v.number = s->value;
    v.is_open = s->role == TAC_ROLE_INPUT
                || (outline->model->is_imported && s->role == TAC_ROLE_CONSTANT && !s->is_const);
    if (s->initial != TAC_EXPR_NONE) {
        v.has_number = false;
        v.start = s->initial;
    }
    if (s->role == TAC_ROLE_STATE && !outline->is_reacting[symbol]) {
        const bool is_still = is_zero(outline->model, s->rate);
        v.rate = is_still && (outline->is_changed[symbol] || v.start != TAC_EXPR_NONE)
                     ? TAC_EXPR_NONE
                     : s->rate;
        v.is_constant = v.rate == TAC_EXPR_NONE && !outline->is_changed[symbol];
    }
    return v;
}

const char *tac_outline_unit_id(const tac_outline *outline, const tac_unit *unit)
{
    for (size_t k = 0; k < outline->n_unit; k++) {
        if (tac_unit_equal(&outline->units[k].unit, unit)) {
            return outline->units[k].id;
        }
    }
    return tac_unit_equal(unit, &TAC_UNIT_ONE) ? "dimensionless" : NULL;
}

uint32_t tac_outline_changed(const tac_outline *outline, const tac_change *change)
{
    const tac_symbol *s = &outline->model->symbols[change->symbol];
    return s->amount_of == UINT32_MAX ? change->symbol : s->amount_of;
}

const char *tac_outline_about(const tac_outline *outline, const char *id, const char *kind)
{
    const tac_model *model = outline->model;
    for (size_t k = 0; k < model->n_about; k++) {
        if (strcmp(model->abouts[k].id, id) == 0 && strcmp(model->abouts[k].kind, kind) == 0) {
            return model->abouts[k].text;
        }
    }
    return NULL;
}
