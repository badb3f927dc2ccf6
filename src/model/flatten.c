/* SPDX-License-Identifier: Apache-2.0 */
/* Instances become flat names; ports and `is` make several names one; the survivors become symbols. */
#include "model/flatten.h"

#include "base/alloc.h"
#include "base/fail.h"

#include <string.h>

/* Instances inside instances, and names in all. */
static const int MAX_DEPTH = 50;
static const size_t MAX_NAMES = 100000;
static const size_t MAX_STATEMENTS = 400000; /* each instance of a module has its own */
static const size_t MAX_ID = 400;            /* characters of a flat name */

tac_status tac_flat_no_memory(const tac_flattener *f)
{
    return tac_fail(f->ctx, TAC_E_MEMORY, "out of memory");
}

const tac_source *tac_flat_source(const tac_flattener *f, uint32_t i)
{
    return &f->library->sources[i];
}

const char *tac_flat_join(const tac_flattener *f, const char *prefix, const char *name)
{
    const size_t n_prefix = strlen(prefix);
    const size_t n_name = strlen(name);
    char *id = tac_arena_alloc(f->model->arena, n_prefix + n_name + 1);
    if (id != NULL) {
        memcpy(id, prefix, n_prefix);
        memcpy(id + n_prefix, name, n_name);
    }
    return id;
}

tac_status tac_flat_name_of(tac_flattener *f, const char *prefix, const char *name,
                            tac_origin origin, uint32_t *i_out)
{
    const char *id = tac_flat_join(f, prefix, name);
    if (id == NULL) {
        return tac_flat_no_memory(f);
    }
    if (strlen(id) > MAX_ID) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, origin.source), origin.span,
                           "a name of more than %zu characters, instances and dots included",
                           MAX_ID);
    }
    if (tac_map_get(f->model->by_id, id, strlen(id), i_out)) {
        return TAC_OK;
    }
    if (f->n_name >= MAX_NAMES) {
        f->is_too_large = true;
        return tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, origin.source), origin.span,
                           "a model of more than %zu names", MAX_NAMES);
    }
    if (f->n_name == f->cap_name) {
        const size_t cap = f->cap_name == 0 ? 256 : 2 * f->cap_name;
        tac_flat_name *names = tac_realloc(f->names, cap, sizeof *names);
        if (names == NULL) {
            return tac_flat_no_memory(f);
        }
        f->names = names;
        f->cap_name = cap;
    }
    *i_out = (uint32_t)f->n_name;
    f->names[f->n_name++] = (tac_flat_name){.id = id,
                                            .parent = *i_out,
                                            .symbol = UINT32_MAX,
                                            .place = UINT32_MAX,
                                            .near_place = UINT32_MAX,
                                            .factor = UINT32_MAX,
                                            .note = "",
                                            .origin = origin};
    return tac_map_set(f->model->by_id, id, strlen(id), *i_out) ? TAC_OK : tac_flat_no_memory(f);
}

uint32_t tac_flat_root(const tac_flattener *f, uint32_t i)
{
    while (f->names[i].parent != i) {
        const uint32_t parent = f->names[i].parent;
        if (f->names[parent].factor == UINT32_MAX) { /* a factor belongs to its step of the way */
            f->names[i].parent = f->names[parent].parent;
        }
        i = f->names[i].parent;
    }
    return i;
}

static tac_status refuse_units(const tac_flattener *f, const tac_source *source, tac_span span,
                               const char *what, const tac_unit *left, const tac_unit *right)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s: ", what);
    tac_unit_print(&text, f->library->units, left);
    tac_buf_text(&text, " against ");
    tac_unit_print(&text, f->library->units, right);
    if (tac_unit_same_dimension(left, right)) {
        tac_buf_print(&text, " (a factor of %.6g)", right->factor / left->factor);
    }
    const tac_status st = tac_fail_at(f->ctx, TAC_E_UNITS, source, span, "%s", tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

/** Make the left name, times a factor, another name of the right one. */
static void merge(tac_flattener *f, uint32_t left, uint32_t right, uint32_t factor,
                  const tac_source *source, tac_span span)
{
    const uint32_t a = tac_flat_root(f, left);
    const uint32_t b = tac_flat_root(f, right);
    if (a == b) {
        return;
    }
    tac_flat_name *from = &f->names[a];
    tac_flat_name *to = &f->names[b];
    const bool is_same_unit = factor == UINT32_MAX;
    if (is_same_unit && from->has_unit && to->has_unit && !tac_unit_equal(&from->unit, &to->unit)) {
        f->result = refuse_units(f, source, span, "two names in different units cannot be one",
                                 &from->unit, &to->unit);
    }
    if (is_same_unit && !to->has_unit && from->has_unit) {
        to->has_unit = true;
        to->unit = from->unit;
        to->unit_text = from->unit_text;
    }
    if (to->note[0] == '\0') {
        to->note = from->note;
    }
    /* `var` on the left only says that somebody else owns the quantity; whether it moves is the owner's. */
    if (to->constness == TAC_CONSTNESS_BY_USE && from->constness == TAC_CONSTNESS_CONST) {
        to->constness = from->constness;
    }
    to->is_compartment = to->is_compartment || from->is_compartment;
    to->is_species = to->is_species || from->is_species;
    to->is_amount = to->is_amount || from->is_amount;
    to->is_boundary = to->is_boundary || from->is_boundary;
    to->place = to->place == UINT32_MAX ? from->place : to->place;
    to->near_place = to->near_place == UINT32_MAX ? from->near_place : to->near_place;
    if (!to->is_declared && from->is_declared) {
        to->is_declared = true;
        to->origin = from->origin;
    }
    from->parent = b;
    from->factor = factor;
    f->has_factors = f->has_factors || factor != UINT32_MAX;
}

/** The unit's name as people write it, nmol/L for nmol_per_L; made once for each name. */
static tac_status spell_unit(tac_flattener *f, const char *name, size_t n, const char **text_out)
{
    uint32_t i = 0;
    tac_buf words = TAC_BUF_INIT;
    if (tac_map_get(f->unit_texts, name, n, &i)) {
        *text_out = f->texts[i];
        return TAC_OK;
    }
    if (f->n_text == f->cap_text) {
        const size_t cap = f->cap_text == 0 ? 32 : 2 * f->cap_text;
        const char **texts = tac_realloc(f->texts, cap, sizeof *texts);
        if (texts == NULL) {
            return tac_flat_no_memory(f);
        }
        f->texts = texts;
        f->cap_text = cap;
    }
    tac_unit_print_name(&words, f->library->units, name, n);
    const char *copy =
        words.has_failed ? NULL : tac_arena_text(f->model->arena, tac_buf_str(&words), words.n);
    tac_buf_free(&words);
    if (copy == NULL || !tac_map_set(f->unit_texts, name, n, (uint32_t)f->n_text)) {
        return tac_flat_no_memory(f);
    }
    f->texts[f->n_text++] = copy;
    *text_out = copy;
    return TAC_OK;
}

/** A unit that has no name in the text, in the words of the field. */
static tac_status print_unit(const tac_flattener *f, const tac_unit *unit, const char **text_out)
{
    tac_buf words = TAC_BUF_INIT;
    tac_unit_print(&words, NULL, unit);
    *text_out =
        words.has_failed ? NULL : tac_arena_text(f->model->arena, tac_buf_str(&words), words.n);
    tac_buf_free(&words);
    return *text_out == NULL ? tac_flat_no_memory(f) : TAC_OK;
}

static tac_status declare_unit(tac_flattener *f, const tac_statement *s, tac_flat_name *name,
                               uint32_t source)
{
    tac_unit unit = TAC_UNIT_ONE;
    const tac_source *at = tac_flat_source(f, source);
    tac_status st = TAC_OK;
    if (s->given_unit != NULL) {
        name->has_unit = true;
        name->unit = s->given_unit->unit;
        name->unit_text = s->given_unit->text;
        return name->unit_text[0] != '\0' ? TAC_OK : print_unit(f, &name->unit, &name->unit_text);
    }
    TAC_TRY(tac_unit_read(f->ctx, f->library->units, at, s->unit, &unit));
    if (name->has_unit && !tac_unit_equal(&unit, &name->unit)) {
        return refuse_units(f, at, s->unit, "a second unit for one name", &unit, &name->unit);
    }
    name->has_unit = true;
    name->unit = unit;
    st = spell_unit(f, at->text + s->unit.offset, s->unit.n, &name->unit_text);
out:
    return st;
}

/** The compartment that a statement names. */
static tac_status place_of(tac_flattener *f, const tac_statement *s, const char *prefix,
                           uint32_t source, uint32_t *place_out)
{
    const tac_status st =
        tac_flat_name_of(f, prefix, s->place, (tac_origin){source, s->place_span}, place_out);
    if (st == TAC_OK) {
        f->names[*place_out].is_compartment = true;
    }
    return st;
}

static tac_status declare(tac_flattener *f, const tac_statement *s, const char *prefix,
                          uint32_t source)
{
    uint32_t i = 0;
    const tac_origin origin = {source, s->span};
    const tac_status st = tac_flat_name_of(f, prefix, s->name, origin, &i);
    if (st != TAC_OK) {
        return st;
    }
    tac_flat_name *name = &f->names[i];
    if (!name->is_declared) {
        name->origin = origin;
        name->is_declared = true;
    }
    name->constness = s->constness != TAC_CONSTNESS_BY_USE ? s->constness : name->constness;
    name->is_compartment = name->is_compartment || s->is_compartment;
    name->is_species = name->is_species || s->is_species;
    name->is_amount = name->is_amount || s->is_amount;
    name->is_boundary = name->is_boundary || s->is_boundary;
    name->note = s->note[0] != '\0' ? s->note : name->note;
    if (s->place != NULL) {
        uint32_t place = 0;
        const tac_status found = place_of(f, s, prefix, source, &place);
        if (found != TAC_OK) {
            return found;
        }
        f->names[i].place = place;
        name = &f->names[i];
    }
    return s->unit.n == 0 && s->given_unit == NULL ? TAC_OK : declare_unit(f, s, name, source);
}

/** Every name in an expression is a flat name, known or not. */
static tac_status note_names(tac_flattener *f, const tac_syntax *s, const char *prefix,
                             uint32_t source)
{
    tac_status st = TAC_OK;
    if (s->kind == TAC_SYNTAX_NAME && (s->is_plain || strcmp(s->name, "time") != 0)) {
        uint32_t i = 0;
        return tac_flat_name_of(f, prefix, s->name, (tac_origin){source, s->span}, &i);
    }
    for (size_t k = 0; st == TAC_OK && k < s->n_arg; k++) {
        st = note_names(f, s->args[k], prefix, source);
    }
    return st;
}

/** The names on both sides of a reaction: they are species, in its place where they have none of their own. */
static tac_status note_participants(tac_flattener *f, const tac_statement *s, const char *prefix,
                                    uint32_t source)
{
    uint32_t near = UINT32_MAX;
    tac_status st = s->place == NULL ? TAC_OK : place_of(f, s, prefix, source, &near);
    for (size_t k = 0; st == TAC_OK && k < s->n_participant; k++) {
        const tac_participant *one = &s->participants[k];
        uint32_t i = 0;
        st = tac_flat_name_of(f, prefix, one->name, (tac_origin){source, one->span}, &i);
        if (st == TAC_OK) {
            f->names[i].is_species = true;
            f->names[i].near_place = near == UINT32_MAX ? f->names[i].near_place : near;
            st = one->amount == NULL ? TAC_OK : note_names(f, one->amount, prefix, source);
        }
    }
    return st;
}

static tac_status note_event(tac_flattener *f, const tac_event_syntax *event, const char *prefix,
                             uint32_t source)
{
    const tac_syntax *parts[] = {event->trigger, event->delay, event->priority};
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < sizeof parts / sizeof parts[0]; k++) {
        st = parts[k] == NULL ? TAC_OK : note_names(f, parts[k], prefix, source);
    }
    for (size_t k = 0; st == TAC_OK && k < event->n_change; k++) {
        uint32_t i = 0;
        st = tac_flat_name_of(f, prefix, event->changes[k].name,
                              (tac_origin){source, event->changes[k].span}, &i);
        st = st != TAC_OK ? st : note_names(f, event->changes[k].value, prefix, source);
    }
    return st;
}

static tac_status add_equation(tac_flattener *f, const tac_statement *s, const char *prefix,
                               uint32_t source)
{
    tac_model *model = f->model;
    uint32_t i = UINT32_MAX;
    tac_status st = TAC_OK;
    if (s->kind != TAC_STATEMENT_EVENT && s->kind != TAC_STATEMENT_ALGEBRAIC) {
        st = tac_flat_name_of(f, prefix, s->name, (tac_origin){source, s->span}, &i);
    }
    if (st != TAC_OK) {
        return st;
    }
    if (model->n_equation == f->cap_equation) {
        const size_t cap = f->cap_equation == 0 ? 128 : 2 * f->cap_equation;
        tac_equation *equations = tac_realloc(model->equations, cap, sizeof *equations);
        if (equations == NULL) {
            return tac_flat_no_memory(f);
        }
        model->equations = equations;
        f->cap_equation = cap;
    }
    model->equations[model->n_equation++] =
        (tac_equation){.symbol = i, /* a flat name until symbols exist */
                       .kind = s->kind,
                       .value = s->value,
                       .statement = s,
                       .conversion = f->conversion,
                       .prefix = prefix,
                       .source = source,
                       .span = s->span};
    if (s->kind == TAC_STATEMENT_EVENT) {
        return note_event(f, s->event, prefix, source);
    }
    st = note_participants(f, s, prefix, source);
    return st != TAC_OK || s->value == NULL ? st : note_names(f, s->value, prefix, source);
}

static tac_status walk(tac_flattener *f, const tac_module *module, const char *prefix, int depth);

/** One port of an instance: the outer name, or a number as its value. */
static tac_status bind_port(tac_flattener *f, const tac_statement *s, const char *port,
                            const char *inner, const char *prefix, uint32_t source, size_t k)
{
    const tac_instance_syntax *instance = s->instance;
    const tac_origin origin = {source, instance->spans[k]};
    uint32_t i = 0;
    uint32_t outer = 0;
    tac_status st = TAC_OK;
    TAC_TRY(tac_flat_name_of(f, inner, port, origin, &i));
    if (instance->args[k] != NULL) {
        TAC_TRY(tac_flat_name_of(f, prefix, instance->args[k], origin, &outer));
        merge(f, i, outer, UINT32_MAX, tac_flat_source(f, source), instance->spans[k]);
        goto out;
    }
    tac_buf name = TAC_BUF_INIT;
    tac_buf_print(&name, "%s.%s", s->name, port);
    tac_statement *value = tac_arena_alloc(f->model->arena, sizeof *value);
    const char *kept = tac_arena_text(f->model->arena, tac_buf_str(&name), name.n);
    tac_buf_free(&name);
    if (value == NULL || kept == NULL) {
        return tac_flat_no_memory(f);
    }
    *value = (tac_statement){.kind = TAC_STATEMENT_INITIAL,
                             .name = kept,
                             .span = instance->spans[k],
                             .whole = s->whole,
                             .note = "",
                             .value = instance->numbers[k]};
    st = add_equation(f, value, prefix, source);
out:
    return st;
}

/** The conversion inside an instance; *outer_out is that around it. */
static tac_status enter(tac_flattener *f, const tac_statement *s, const char *prefix,
                        uint32_t source, const tac_conversion **outer_out)
{
    *outer_out = f->conversion;
    if (s->instance->time_factor == NULL && s->instance->extent_factor == NULL) {
        return TAC_OK;
    }
    tac_conversion *inside = tac_arena_alloc(f->model->arena, sizeof *inside);
    if (inside == NULL) {
        return tac_flat_no_memory(f);
    }
    *inside = (tac_conversion){f->conversion, s->instance->time_factor, s->instance->extent_factor,
                               prefix, source};
    f->conversion = inside;
    tac_status st = s->instance->time_factor == NULL
                        ? TAC_OK
                        : note_names(f, s->instance->time_factor, prefix, source);
    return st != TAC_OK || s->instance->extent_factor == NULL
               ? st
               : note_names(f, s->instance->extent_factor, prefix, source);
}

/** Keep a statement until all names are known. */
static tac_status wait_for_names(tac_flattener *f, const tac_statement *s, const char *prefix,
                                 uint32_t source)
{
    tac_flat_pending *one = tac_arena_alloc(f->model->arena, sizeof *one);
    if (one == NULL) {
        return tac_flat_no_memory(f);
    }
    *one = (tac_flat_pending){s, prefix, source, NULL};
    *f->pending_end = one;
    f->pending_end = &one->next;
    return TAC_OK;
}

static tac_status instantiate(tac_flattener *f, const tac_statement *s, const char *prefix,
                              uint32_t source, int depth)
{
    const tac_source *at = tac_flat_source(f, source);
    const tac_module *module = tac_library_module(f->library, s->other);
    const char *dotted = tac_flat_join(f, prefix, s->name);
    const char *inner = dotted == NULL ? NULL : tac_flat_join(f, dotted, ".");
    const tac_conversion *outer = NULL;
    tac_status st = TAC_OK;
    if (inner == NULL || !tac_map_set(f->instances, inner, strlen(inner), 0)) {
        return tac_flat_no_memory(f);
    }
    if (module == NULL) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, at, s->other_span,
                           "there is no model '%s'; is the import of its file missing?", s->other);
    }
    if (depth >= MAX_DEPTH) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, at, s->other_span,
                           "instances are nested deeper than %d; does a model hold itself?",
                           MAX_DEPTH);
    }
    if (s->instance->n_arg > module->n_port) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, at, s->instance->spans[module->n_port],
                           "model '%s' has %zu ports, here are %zu names", s->other, module->n_port,
                           s->instance->n_arg);
    }
    TAC_TRY(enter(f, s, prefix, source, &outer));
    TAC_TRY(walk(f, module, inner, depth + 1));
    f->conversion = outer;
    for (size_t k = 0; k < s->instance->n_arg; k++) {
        TAC_TRY(bind_port(f, s, module->ports[k], inner, prefix, source, k));
    }
    if (s->place != NULL) {
        uint32_t place = 0;
        TAC_TRY(place_of(f, s, prefix, source, &place));
        TAC_TRY(wait_for_names(f, s, prefix, source));
    }
out:
    return st;
}

static tac_status unite(tac_flattener *f, const tac_statement *s, const char *prefix,
                        uint32_t source)
{
    uint32_t left = 0;
    uint32_t right = 0;
    uint32_t factor = UINT32_MAX;
    tac_status st = TAC_OK;
    TAC_TRY(tac_flat_name_of(f, prefix, s->name, (tac_origin){source, s->span}, &left));
    TAC_TRY(tac_flat_name_of(f, prefix, s->other, (tac_origin){source, s->other_span}, &right));
    if (s->factor != NULL) {
        TAC_TRY(
            tac_flat_name_of(f, prefix, s->factor, (tac_origin){source, s->factor_span}, &factor));
    }
    merge(f, left, right, factor, tac_flat_source(f, source), s->span);
out:
    return st;
}

static tac_status take_statement(tac_flattener *f, const tac_statement *s, const char *prefix,
                                 uint32_t source, int depth)
{
    switch (s->kind) {
    case TAC_STATEMENT_DECLARE: return declare(f, s, prefix, source);
    case TAC_STATEMENT_INITIAL:
    case TAC_STATEMENT_RULE:
    case TAC_STATEMENT_RATE:
    case TAC_STATEMENT_REACTION:
    case TAC_STATEMENT_EVENT:
    case TAC_STATEMENT_ALGEBRAIC: return add_equation(f, s, prefix, source);
    case TAC_STATEMENT_INSTANCE: return instantiate(f, s, prefix, source, depth);
    case TAC_STATEMENT_IS: return unite(f, s, prefix, source);
    case TAC_STATEMENT_INTERACTION:
    case TAC_STATEMENT_DELETE:
    case TAC_STATEMENT_ABOUT: return wait_for_names(f, s, prefix, source);
    }
    TAC_BUG("a statement of no kind");
}

/** All statements of a module in one instance; goes on after errors of the model. */
static tac_status walk(tac_flattener *f, const tac_module *module, const char *prefix, int depth)
{
    for (const tac_statement *s = module->first; s != NULL; s = s->next) {
        if (++f->n_statement > MAX_STATEMENTS) {
            f->is_too_large = true;
            return tac_fail_at(
                f->ctx, TAC_E_MODEL, tac_flat_source(f, module->source), s->span,
                "a model of more than %zu statements, those of each instance counted",
                MAX_STATEMENTS);
        }
        const tac_status st = take_statement(f, s, prefix, module->source, depth);
        if (st == TAC_E_MEMORY || f->is_too_large || tac_ctx_is_full(f->ctx)) {
            return st != TAC_OK ? st : TAC_E_MODEL;
        }
        f->result = st != TAC_OK ? st : f->result;
    }
    return TAC_OK;
}

static void make_symbol(tac_flattener *f, tac_flat_name *name)
{
    tac_model *model = f->model;
    name->symbol = (uint32_t)model->n_symbol;
    model->symbols[model->n_symbol++] = (tac_symbol){
        .id = name->id,
        .kind = name->is_compartment ? TAC_SYMBOL_COMPARTMENT
                : name->is_species   ? TAC_SYMBOL_SPECIES
                                     : TAC_SYMBOL_PARAMETER,
        /* until its equations are seen: `var` waits for a rule, the rest is constant */
        .role = name->constness == TAC_CONSTNESS_VAR ? TAC_ROLE_INPUT : TAC_ROLE_CONSTANT,
        .has_unit = name->has_unit,
        .unit = name->unit,
        .unit_text = name->has_unit ? name->unit_text : "",
        .initial = TAC_EXPR_NONE,
        .rule = TAC_EXPR_NONE,
        .rate = TAC_EXPR_NONE,
        .parameter = UINT32_MAX,
        /* a flat name until all symbols exist */
        .place = name->is_compartment        ? UINT32_MAX
                 : name->place != UINT32_MAX ? name->place
                                             : name->near_place,
        .amount = UINT32_MAX,
        .amount_of = UINT32_MAX,
        .given_start = TAC_EXPR_NONE,
        .given_rate = TAC_EXPR_NONE,
        .is_amount = name->is_amount,
        .is_boundary = name->is_boundary,
        .is_const = name->constness == TAC_CONSTNESS_CONST,
        .note = name->note,
        .origin = name->origin,
        .rule_origin = name->origin,
        .initial_origin = name->origin};
}

/** Equations lead to symbols; a rule for what is declared constant is refused. */
static tac_status link_equation(const tac_flattener *f, tac_equation *q)
{
    tac_flat_name *names = f->names;
    uint32_t i = q->symbol;
    if (i == UINT32_MAX) {
        return TAC_OK;
    }
    while (names[i].parent != i) {
        i = names[i].parent;
    }
    q->symbol = names[i].symbol;
    if (q->kind == TAC_STATEMENT_REACTION && q->symbol != UINT32_MAX) {
        f->model->symbols[q->symbol].is_reaction = true;
        f->model->symbols[q->symbol].is_reversible = q->statement->is_reversible;
    }
    if (q->kind == TAC_STATEMENT_INITIAL || names[i].constness != TAC_CONSTNESS_CONST) {
        return TAC_OK;
    }
    if (names[i].is_species) { /* what no reaction changes may still have a rule */
        f->model->symbols[q->symbol].is_const = false;
        f->model->symbols[q->symbol].is_boundary = true;
        return TAC_OK;
    }
    if (q->value != NULL) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, q->source), q->span,
                           "'%s' is declared 'const' and has a rule; write 'var'", names[i].id);
    }
    return TAC_OK;
}

/** Roots become symbols in the order of first appearance; by_id and equations then point to symbols. */
static tac_status make_symbols(tac_flattener *f)
{
    tac_model *model = f->model;
    tac_status st = TAC_OK;
    void *memory = NULL;

    TAC_TRY(tac_alloc(f->ctx, f->n_name, sizeof *model->symbols, &memory));
    model->symbols = memory;
    for (uint32_t i = 0; i < f->n_name; i++) {
        if (tac_flat_root(f, i) == i && !f->names[i].is_deleted) {
            make_symbol(f, &f->names[i]);
        }
    }
    for (uint32_t i = 0; i < f->n_name; i++) {
        const char *id = f->names[i].id;
        if (!tac_map_set(model->by_id, id, strlen(id), f->names[tac_flat_root(f, i)].symbol)) {
            st = tac_flat_no_memory(f);
            goto out;
        }
    }
    for (size_t i = 0; i < model->n_symbol; i++) {
        uint32_t *place = &model->symbols[i].place;
        *place = *place == UINT32_MAX ? UINT32_MAX : f->names[tac_flat_root(f, *place)].symbol;
    }
    for (size_t k = 0; k < model->n_equation; k++) {
        const tac_status linked = link_equation(f, &model->equations[k]);
        f->result = linked != TAC_OK ? linked : f->result;
    }
out:
    return st;
}

/** The module with a star, else the last of the first file. */
static const tac_module *main_module(const tac_library *library)
{
    const tac_module *last = NULL;
    for (const tac_module *m = library->modules; m != NULL; m = m->next) {
        if (m->is_main && m->source == 0) {
            return m;
        }
        if (last == NULL && m->source == 0) {
            last = m; /* the list has the newest first */
        }
    }
    return last;
}

tac_status tac_flatten(tac_ctx *ctx, tac_model *model)
{
    tac_flattener f = {.ctx = ctx, .model = model, .library = model->library, .result = TAC_OK};
    const tac_module *module = main_module(model->library);
    if (module == NULL) {
        return tac_fail(ctx, TAC_E_MODEL, "%s: the file holds no model",
                        model->library->sources[0].name);
    }
    model->name = module->name;
    tac_status st = TAC_OK;
    f.pending_end = &f.pending;
    f.unit_texts = tac_map_create();
    f.instances = tac_map_create();
    if (f.unit_texts == NULL || f.instances == NULL) {
        st = tac_flat_no_memory(&f);
        goto out;
    }
    TAC_TRY(walk(&f, module, "", 0));
    TAC_TRY(tac_flat_check_names(&f));
    TAC_TRY(tac_flat_delete(&f));
    TAC_TRY(tac_flat_place(&f));
    TAC_TRY(make_symbols(&f));
    TAC_TRY(tac_flat_list_factors(&f));
    TAC_TRY(tac_flat_settle(&f));
    TAC_TRY(tac_flat_attach(&f));
    st = f.result;
out:
    tac_free(f.names);
    tac_free(f.texts);
    tac_map_free(f.unit_texts);
    tac_map_free(f.instances);
    return st;
}

uint32_t tac_equation_symbol(const tac_model *model, const char *prefix, const char *name)
{
    char id[512]; /* more than flat names are allowed to have */
    uint32_t i = UINT32_MAX;
    const size_t n_prefix = strlen(prefix);
    const size_t n_name = strlen(name);
    if (n_prefix + n_name >= sizeof id) {
        return UINT32_MAX;
    }
    memcpy(id, prefix, n_prefix);
    memcpy(id + n_prefix, name, n_name);
    return tac_map_get(model->by_id, id, n_prefix + n_name, &i) ? i : UINT32_MAX;
}

uint32_t tac_equation_factor(const tac_model *model, const char *prefix, const char *name)
{
    uint32_t i = UINT32_MAX;
    tac_buf id = TAC_BUF_INIT;
    if (model->factor_of == NULL) {
        return UINT32_MAX;
    }
    tac_buf_print(&id, "%s%s", prefix, name);
    const bool is_known = tac_map_get(model->factor_of, tac_buf_str(&id), id.n, &i);
    tac_buf_free(&id);
    return is_known ? i : UINT32_MAX;
}
