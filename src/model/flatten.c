/* SPDX-License-Identifier: Apache-2.0 */
/* Instances become flat names; ports and `is` make several names one; the survivors become symbols. */
#include "base/alloc.h"
#include "base/fail.h"
#include "model/equations.h"

#include <string.h>

/* Instances inside instances, and names in all. */
static const int MAX_DEPTH = 50;
static const size_t MAX_NAMES = 100000;
static const size_t MAX_STATEMENTS = 400000; /* each instance of a module has its own */
static const size_t MAX_ID = 400;            /* characters of a flat name */

/** A flat name; several may end in one symbol. */
typedef struct flat_name {
    const char *id;
    uint32_t parent; /* towards the name that survives; itself at the root */
    uint32_t symbol; /* of a root, once symbols exist */
    tac_constness constness;
    bool is_compartment;
    bool is_species;
    bool is_amount;
    bool is_boundary;
    uint32_t place; /* flat name of its compartment, or UINT32_MAX */
    bool has_unit;
    tac_unit unit;
    const char *unit_text; /* as people write it */
    const char *note;
    tac_origin origin; /* declaration, or first use */
    bool is_declared;
} flat_name;

typedef struct flattener {
    tac_ctx *ctx;
    tac_model *model;
    const tac_library *library;
    flat_name *names;
    size_t n_name;
    size_t cap_name;
    size_t cap_equation;
    size_t n_statement;
    tac_map *unit_texts; /* name of a unit -> index into `texts` */
    const char **texts;
    size_t n_text;
    size_t cap_text;
    bool is_too_large;
    tac_status result; /* the last error that did not stop the work */
} flattener;

static tac_status no_memory(const flattener *f)
{
    return tac_fail(f->ctx, TAC_E_MEMORY, "out of memory");
}

static const tac_source *source_of(const flattener *f, uint32_t i)
{
    return &f->library->sources[i];
}

/** prefix + name in the arena. */
static const char *join(const flattener *f, const char *prefix, const char *name)
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

/** Index of a flat name, which is made when it is new. */
static tac_status find_or_add(flattener *f, const char *prefix, const char *name, tac_origin origin,
                              uint32_t *i_out)
{
    const char *id = join(f, prefix, name);
    if (id == NULL) {
        return no_memory(f);
    }
    if (strlen(id) > MAX_ID) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, source_of(f, origin.source), origin.span,
                           "a name of more than %zu characters, instances and dots included",
                           MAX_ID);
    }
    if (tac_map_get(f->model->by_id, id, strlen(id), i_out)) {
        return TAC_OK;
    }
    if (f->n_name >= MAX_NAMES) {
        f->is_too_large = true;
        return tac_fail_at(f->ctx, TAC_E_MODEL, source_of(f, origin.source), origin.span,
                           "a model of more than %zu names", MAX_NAMES);
    }
    if (f->n_name == f->cap_name) {
        const size_t cap = f->cap_name == 0 ? 256 : 2 * f->cap_name;
        flat_name *names = tac_realloc(f->names, cap, sizeof *names);
        if (names == NULL) {
            return no_memory(f);
        }
        f->names = names;
        f->cap_name = cap;
    }
    *i_out = (uint32_t)f->n_name;
    f->names[f->n_name++] = (flat_name){.id = id,
                                        .parent = *i_out,
                                        .symbol = UINT32_MAX,
                                        .place = UINT32_MAX,
                                        .note = "",
                                        .origin = origin};
    return tac_map_set(f->model->by_id, id, strlen(id), *i_out) ? TAC_OK : no_memory(f);
}

static uint32_t root_of(flattener *f, uint32_t i)
{
    while (f->names[i].parent != i) {
        f->names[i].parent = f->names[f->names[i].parent].parent;
        i = f->names[i].parent;
    }
    return i;
}

static tac_status refuse_units(const flattener *f, const tac_source *source, tac_span span,
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

/** Make the left name another name of the right one. */
static void merge(flattener *f, uint32_t left, uint32_t right, const tac_source *source,
                  tac_span span)
{
    const uint32_t a = root_of(f, left);
    const uint32_t b = root_of(f, right);
    if (a == b) {
        return;
    }
    flat_name *from = &f->names[a];
    flat_name *to = &f->names[b];
    if (from->has_unit && to->has_unit && !tac_unit_equal(&from->unit, &to->unit)) {
        f->result = refuse_units(f, source, span, "two names in different units cannot be one",
                                 &from->unit, &to->unit);
    }
    if (!to->has_unit && from->has_unit) {
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
    if (!to->is_declared && from->is_declared) {
        to->is_declared = true;
        to->origin = from->origin;
    }
    from->parent = b;
}

/** The unit's name as people write it, nmol/L for nmol_per_L; made once for each name. */
static tac_status spell_unit(flattener *f, const char *name, size_t n, const char **text_out)
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
            return no_memory(f);
        }
        f->texts = texts;
        f->cap_text = cap;
    }
    tac_unit_print_name(&words, f->library->units, name, n);
    const char *copy =
        words.has_failed ? NULL : tac_arena_text(f->model->arena, tac_buf_str(&words), words.n);
    tac_buf_free(&words);
    if (copy == NULL || !tac_map_set(f->unit_texts, name, n, (uint32_t)f->n_text)) {
        return no_memory(f);
    }
    f->texts[f->n_text++] = copy;
    *text_out = copy;
    return TAC_OK;
}

static tac_status declare_unit(flattener *f, const tac_statement *s, flat_name *name,
                               uint32_t source)
{
    tac_unit unit = TAC_UNIT_ONE;
    const tac_source *at = source_of(f, source);
    tac_status st = tac_unit_read(f->ctx, f->library->units, at, s->unit, &unit);
    if (st != TAC_OK) {
        return st;
    }
    if (name->has_unit && !tac_unit_equal(&unit, &name->unit)) {
        return refuse_units(f, at, s->unit, "a second unit for one name", &unit, &name->unit);
    }
    name->has_unit = true;
    name->unit = unit;
    return spell_unit(f, at->text + s->unit.offset, s->unit.n, &name->unit_text);
}

static tac_status declare(flattener *f, const tac_statement *s, const char *prefix, uint32_t source)
{
    uint32_t i = 0;
    const tac_origin origin = {source, s->span};
    const tac_status st = find_or_add(f, prefix, s->name, origin, &i);
    if (st != TAC_OK) {
        return st;
    }
    flat_name *name = &f->names[i];
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
        const tac_origin at = {source, s->place_span};
        uint32_t place = 0;
        const tac_status found = find_or_add(f, prefix, s->place, at, &place);
        if (found != TAC_OK) {
            return found;
        }
        f->names[place].is_compartment = true;
        f->names[i].place = place;
        name = &f->names[i];
    }
    return s->unit.n == 0 ? TAC_OK : declare_unit(f, s, name, source);
}

/** Every name in an expression is a flat name, known or not. */
static tac_status note_names(flattener *f, const tac_syntax *s, const char *prefix, uint32_t source)
{
    tac_status st = TAC_OK;
    if (s->kind == TAC_SYNTAX_NAME && (s->is_plain || strcmp(s->name, "time") != 0)) {
        uint32_t i = 0;
        return find_or_add(f, prefix, s->name, (tac_origin){source, s->span}, &i);
    }
    for (size_t k = 0; st == TAC_OK && k < s->n_arg; k++) {
        st = note_names(f, s->args[k], prefix, source);
    }
    return st;
}

/** The names on both sides of a reaction: they are species. */
static tac_status note_participants(flattener *f, const tac_statement *s, const char *prefix,
                                    uint32_t source)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < s->n_participant; k++) {
        const tac_participant *one = &s->participants[k];
        uint32_t i = 0;
        st = find_or_add(f, prefix, one->name, (tac_origin){source, one->span}, &i);
        if (st == TAC_OK) {
            f->names[i].is_species = true;
            st = one->amount == NULL ? TAC_OK : note_names(f, one->amount, prefix, source);
        }
    }
    return st;
}

static tac_status note_event(flattener *f, const tac_event_syntax *event, const char *prefix,
                             uint32_t source)
{
    const tac_syntax *parts[] = {event->trigger, event->delay, event->priority};
    tac_status st = TAC_OK;
    for (size_t k = 0; st == TAC_OK && k < sizeof parts / sizeof parts[0]; k++) {
        st = parts[k] == NULL ? TAC_OK : note_names(f, parts[k], prefix, source);
    }
    for (size_t k = 0; st == TAC_OK && k < event->n_change; k++) {
        uint32_t i = 0;
        st = find_or_add(f, prefix, event->changes[k].name,
                         (tac_origin){source, event->changes[k].span}, &i);
        st = st != TAC_OK ? st : note_names(f, event->changes[k].value, prefix, source);
    }
    return st;
}

static tac_status add_equation(flattener *f, const tac_statement *s, const char *prefix,
                               uint32_t source)
{
    tac_model *model = f->model;
    uint32_t i = UINT32_MAX;
    tac_status st = TAC_OK;
    if (s->kind != TAC_STATEMENT_EVENT && s->kind != TAC_STATEMENT_ALGEBRAIC) {
        st = find_or_add(f, prefix, s->name, (tac_origin){source, s->span}, &i);
    }
    if (st != TAC_OK) {
        return st;
    }
    if (model->n_equation == f->cap_equation) {
        const size_t cap = f->cap_equation == 0 ? 128 : 2 * f->cap_equation;
        tac_equation *equations = tac_realloc(model->equations, cap, sizeof *equations);
        if (equations == NULL) {
            return no_memory(f);
        }
        model->equations = equations;
        f->cap_equation = cap;
    }
    model->equations[model->n_equation++] =
        (tac_equation){.symbol = i, /* a flat name until symbols exist */
                       .kind = s->kind,
                       .value = s->value,
                       .statement = s,
                       .prefix = prefix,
                       .source = source,
                       .span = s->span};
    if (s->kind == TAC_STATEMENT_EVENT) {
        return note_event(f, s->event, prefix, source);
    }
    st = note_participants(f, s, prefix, source);
    return st != TAC_OK || s->value == NULL ? st : note_names(f, s->value, prefix, source);
}

static tac_status walk(flattener *f, const tac_module *module, const char *prefix, int depth);

static tac_status instantiate(flattener *f, const tac_statement *s, const char *prefix,
                              uint32_t source, int depth)
{
    const tac_source *at = source_of(f, source);
    const tac_module *module = tac_library_module(f->library, s->other);
    const char *dotted = join(f, prefix, s->name);
    const char *inner = dotted == NULL ? NULL : join(f, dotted, ".");
    if (inner == NULL) {
        return no_memory(f);
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
    if (s->n_arg > module->n_port) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, at, s->arg_spans[module->n_port],
                           "model '%s' has %zu ports, here are %zu names", s->other, module->n_port,
                           s->n_arg);
    }
    tac_status st = walk(f, module, inner, depth + 1);
    for (size_t k = 0; st == TAC_OK && k < s->n_arg; k++) {
        uint32_t port = 0;
        uint32_t outer = 0;
        st = find_or_add(f, inner, module->ports[k], (tac_origin){source, s->arg_spans[k]}, &port);
        if (st == TAC_OK) {
            st = find_or_add(f, prefix, s->args[k], (tac_origin){source, s->arg_spans[k]}, &outer);
        }
        if (st == TAC_OK) {
            merge(f, port, outer, at, s->arg_spans[k]);
        }
    }
    return st;
}

static tac_status unite(flattener *f, const tac_statement *s, const char *prefix, uint32_t source)
{
    uint32_t left = 0;
    uint32_t right = 0;
    tac_status st = find_or_add(f, prefix, s->name, (tac_origin){source, s->span}, &left);
    if (st == TAC_OK) {
        st = find_or_add(f, prefix, s->other, (tac_origin){source, s->other_span}, &right);
    }
    if (st == TAC_OK) {
        merge(f, left, right, source_of(f, source), s->span);
    }
    return st;
}

static tac_status take_statement(flattener *f, const tac_statement *s, const char *prefix,
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
    }
    TAC_BUG("a statement of no kind");
}

/** All statements of a module in one instance; goes on after errors of the model. */
static tac_status walk(flattener *f, const tac_module *module, const char *prefix, int depth)
{
    for (const tac_statement *s = module->first; s != NULL; s = s->next) {
        if (++f->n_statement > MAX_STATEMENTS) {
            f->is_too_large = true;
            return tac_fail_at(
                f->ctx, TAC_E_MODEL, source_of(f, module->source), s->span,
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

static void make_symbol(flattener *f, flat_name *name)
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
        .place = name->place, /* a flat name until all symbols exist */
        .amount = UINT32_MAX,
        .is_amount = name->is_amount,
        .is_boundary = name->is_boundary,
        .is_const = name->constness == TAC_CONSTNESS_CONST,
        .note = name->note,
        .origin = name->origin,
        .rule_origin = name->origin,
        .initial_origin = name->origin};
}

/** Equations lead to symbols; a rule for what is declared constant is refused. */
static tac_status link_equation(const flattener *f, tac_equation *q)
{
    flat_name *names = f->names;
    uint32_t i = q->symbol;
    if (i == UINT32_MAX) {
        return TAC_OK;
    }
    while (names[i].parent != i) {
        i = names[i].parent;
    }
    q->symbol = names[i].symbol;
    if (q->kind != TAC_STATEMENT_INITIAL && names[i].constness == TAC_CONSTNESS_CONST) {
        return tac_fail_at(f->ctx, TAC_E_MODEL, source_of(f, q->source), q->span,
                           "'%s' is declared 'const' and has a rule; write 'var'", names[i].id);
    }
    return TAC_OK;
}

/** Roots become symbols in the order of first appearance; by_id and equations then point to symbols. */
static tac_status make_symbols(flattener *f)
{
    tac_model *model = f->model;
    tac_status st = TAC_OK;
    void *memory = NULL;

    TAC_TRY(tac_alloc(f->ctx, f->n_name, sizeof *model->symbols, &memory));
    model->symbols = memory;
    for (uint32_t i = 0; i < f->n_name; i++) {
        if (root_of(f, i) == i) {
            make_symbol(f, &f->names[i]);
        }
    }
    for (uint32_t i = 0; i < f->n_name; i++) {
        const char *id = f->names[i].id;
        if (!tac_map_set(model->by_id, id, strlen(id), f->names[root_of(f, i)].symbol)) {
            st = no_memory(f);
            goto out;
        }
    }
    for (size_t i = 0; i < model->n_symbol; i++) {
        uint32_t *place = &model->symbols[i].place;
        *place = *place == UINT32_MAX ? UINT32_MAX : f->names[root_of(f, *place)].symbol;
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
    flattener f = {.ctx = ctx, .model = model, .library = model->library, .result = TAC_OK};
    const tac_module *module = main_module(model->library);
    if (module == NULL) {
        return tac_fail(ctx, TAC_E_MODEL, "%s: the file holds no model",
                        model->library->sources[0].name);
    }
    model->name = module->name;
    f.unit_texts = tac_map_create();
    tac_status st = f.unit_texts == NULL ? no_memory(&f) : walk(&f, module, "", 0);
    if (st == TAC_OK) {
        st = make_symbols(&f);
    }
    tac_free(f.names);
    tac_free(f.texts);
    tac_map_free(f.unit_texts);
    return st != TAC_OK ? st : f.result;
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
