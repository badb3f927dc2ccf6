/* SPDX-License-Identifier: Apache-2.0 */
/* A flat model as a text of Antimony; see antimony_write.h. */
#include "model/antimony_write.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/outline.h"
#include "model/print.h"

#include <math.h>
#include <string.h>

/* Words of the language, and names of its functions and numbers. */
static const char *const RESERVED[] = {
    "model",      "module",       "end",       "function",      "import",
    "species",    "compartment",  "var",       "const",         "formula",
    "reaction",   "event",        "unit",      "substanceOnly", "in",
    "is",         "has",          "at",        "after",         "delete",
    "and",        "or",           "not",       "xor",           "time",
    "pi",         "true",         "false",     "infinity",      "notanumber",
    "avogadro",   "exponentiale", "DNA",       "gene",          "operator",
    "constraint", "maximize",     "minimize",  "priority",      "t0",
    "persistent", "fromTrigger",  "piecewise", "delay",         "rateOf",
    NULL};

typedef struct writer {
    const tac_model *model;
    tac_outline o;
    tac_print_names names;
    const char **unit_names; /* [n_number_unit] */
    tac_buf *text;
    bool has_units;
    bool is_cut;
} writer;

static void put(writer *w, tac_expr e)
{
    w->is_cut = !tac_expr_print_as(w->text, w->model, &w->names, e) || w->is_cut;
}

/** Words as a comment or between quotes, on one line. */
static void put_words(tac_buf *text, const char *words, char without)
{
    for (const char *c = words; *c != '\0'; c++) {
        const bool is_bad = *c == '\n' || *c == '\r' || *c == without;
        tac_buf_add(text, is_bad ? (*c == '"' ? "'" : " ") : c, 1);
    }
}

static void put_factor(tac_buf *text, const char *sign, const char *name, double power)
{
    tac_buf_print(text, "%s%s", sign, name);
    if (fabs(power - 1.0) > 0.0) {
        tac_buf_print(text, power < 0.0 ? "^(%.17g)" : "^%.17g", power);
    }
}

/** 1e-09 * mole / metre^3: all that is left of a unit is its factor and the powers of the base. */
static void put_unit(tac_buf *text, const tac_unit *unit)
{
    static const char *const NAMES[TAC_N_DIM] = {"metre", "kilogram", "second",  "kelvin",
                                                 "mole",  "ampere",   "candela", "item"};
    bool has_part = fabs(unit->factor - 1.0) > 0.0;
    if (has_part) {
        tac_number_print(text, unit->factor);
    }
    for (size_t k = 0; k < TAC_N_DIM; k++) {
        if (fabs(unit->power[k]) > 0.0) {
            put_factor(text, has_part ? " * " : "", NAMES[k], unit->power[k]);
            has_part = true;
        }
    }
    tac_buf_text(text, has_part ? "" : "1 dimensionless");
}

static void write_units(const writer *w)
{
    const tac_unit time = tac_model_time_unit(w->model);
    tac_buf_text(w->text, "  unit time_unit = ");
    if (w->o.time_id != NULL) {
        put_unit(w->text, &time);
    } else {
        tac_buf_text(w->text, "1 dimensionless"); /* not said */
    }
    tac_buf_text(w->text, "\n");
    for (size_t k = 0; w->has_units && k < w->o.n_unit; k++) {
        if (strcmp(w->o.units[k].id, "dimensionless") != 0) {
            tac_buf_print(w->text, "  unit %s = ", w->o.units[k].id);
            put_unit(w->text, &w->o.units[k].unit);
            tac_buf_text(w->text, "\n");
        }
    }
}

/** var, const, species, compartment, and where. */
static void write_kind(const writer *w, uint32_t i, const tac_outline_value *v)
{
    const tac_symbol *s = &w->model->symbols[i];
    const bool is_still = v->is_constant && !v->is_open && !w->o.is_reacting[i];
    switch (s->kind) {
    case TAC_SYMBOL_PARAMETER:
        tac_buf_print(w->text, "%s %s", is_still ? "const" : "var", w->o.ids[i]);
        break;
    case TAC_SYMBOL_COMPARTMENT:
        tac_buf_print(w->text, "%s compartment %s", is_still ? "const" : "var", w->o.ids[i]);
        break;
    case TAC_SYMBOL_SPECIES:
        tac_buf_print(w->text, "%s%sspecies %s%s",
                      s->is_const                 ? "const "
                      : s->role == TAC_ROLE_INPUT ? "var "
                                                  : "",
                      s->is_amount ? "substanceOnly " : "",
                      s->is_boundary && !s->is_const ? "$" : "", w->o.ids[i]);
        if (s->place != UINT32_MAX) {
            tac_buf_print(w->text, " in %s", w->o.ids[s->place]);
        }
        break;
    }
    if (w->has_units && w->o.unit_of[i] != UINT32_MAX) {
        tac_buf_print(w->text, " has %s", w->o.units[w->o.unit_of[i]].id);
    }
}

/** One line for each: what it is, where it starts, its words. */
static void write_declaration(writer *w, uint32_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    const tac_outline_value v = tac_outline_value_of(&w->o, i);
    if (v.is_hidden) {
        return;
    }
    tac_buf_text(w->text, "  ");
    write_kind(w, i, &v);
    if (v.has_number) {
        tac_buf_print(w->text, "; %s = ", w->o.ids[i]);
        tac_number_print(w->text, v.number);
    } else if (v.start != TAC_EXPR_NONE) {
        tac_buf_print(w->text, "; %s = ", w->o.ids[i]);
        put(w, v.start);
    }
    tac_buf_text(w->text, ";");
    if (s->note[0] != '\0') {
        tac_buf_text(w->text, " // ");
        put_words(w->text, s->note, '\0');
    }
    tac_buf_text(w->text, "\n");
}

static void write_rule(writer *w, uint32_t i)
{
    const tac_outline_value v = tac_outline_value_of(&w->o, i);
    if (v.is_hidden || (v.rule == TAC_EXPR_NONE && v.rate == TAC_EXPR_NONE)) {
        return;
    }
    tac_buf_print(w->text, v.rule != TAC_EXPR_NONE ? "  %s := " : "  %s' = ", w->o.ids[i]);
    put(w, v.rule != TAC_EXPR_NONE ? v.rule : v.rate);
    tac_buf_text(w->text, ";\n");
}

/** A stoichiometry that is a formula has a name and a rule of its own. */
static void write_stoichiometries(writer *w)
{
    for (size_t k = 0; k < w->model->n_flux; k++) {
        const tac_outline_flux *f = &w->o.fluxes[k];
        if (f->id != NULL && f->symbol == UINT32_MAX) {
            tac_buf_print(w->text, "  var %s%s; %s := ", f->id,
                          w->has_units ? " has dimensionless" : "", f->id);
            put(w, f->flux->amount);
            tac_buf_text(w->text, ";\n");
        }
    }
}

static void write_side(const writer *w, size_t first, size_t end, bool is_product)
{
    bool is_first = true;
    for (size_t k = first; k < end; k++) {
        const tac_outline_flux *f = &w->o.fluxes[k];
        if (f->flux->is_product != is_product) {
            continue;
        }
        tac_buf_text(w->text, is_first ? " " : " + ");
        if (f->id != NULL) {
            tac_buf_print(w->text, "%s ", f->id);
        } else if (fabs(f->number - 1.0) > 0.0) {
            tac_number_print(w->text, f->number);
            tac_buf_text(w->text, " ");
        }
        tac_buf_text(w->text, w->o.ids[f->flux->species]);
        is_first = false;
    }
}

static void write_reaction(writer *w, uint32_t i, size_t first, size_t end)
{
    const tac_symbol *s = &w->model->symbols[i];
    tac_buf_print(w->text, "  %s:", w->o.ids[i]);
    write_side(w, first, end, false);
    tac_buf_text(w->text, s->is_reversible ? " ->" : " =>");
    write_side(w, first, end, true);
    tac_buf_text(w->text, "; ");
    put(w, s->rule);
    tac_buf_text(w->text, ";\n");
    if (w->has_units && w->o.unit_of[i] != UINT32_MAX) {
        tac_buf_print(w->text, "  %s has %s;\n", w->o.ids[i], w->o.units[w->o.unit_of[i]].id);
    }
}

/** Reactions in the order of what they do, then those that do nothing. */
static void write_reactions(writer *w)
{
    const tac_model *model = w->model;
    for (size_t first = 0, end = 0; first < model->n_flux; first = end) {
        const uint32_t i = model->fluxes[first].reaction;
        while (end < model->n_flux && model->fluxes[end].reaction == i) {
            end++;
        }
        write_reaction(w, i, first, end);
    }
    for (uint32_t i = 0; i < model->n_symbol; i++) {
        size_t k = 0;
        while (model->symbols[i].is_reaction && k < model->n_flux
               && model->fluxes[k].reaction != i) {
            k++;
        }
        if (model->symbols[i].is_reaction && k == model->n_flux) {
            write_reaction(w, i, 0, 0);
        }
    }
}

static void write_event(writer *w, size_t k)
{
    const tac_model_event *event = &w->model->events[k];
    if (event->n_change == 0) {
        return; /* it does nothing, and the language has no word for that */
    }
    tac_buf_print(w->text, "  %s: at ", w->o.event_ids[k]);
    if (event->delay != TAC_EXPR_NONE) {
        put(w, event->delay);
        tac_buf_text(w->text, " after ");
    }
    tac_buf_text(w->text, "(");
    put(w, event->trigger);
    tac_buf_text(w->text, ")");
    if (event->priority != TAC_EXPR_NONE) {
        tac_buf_text(w->text, ", priority = ");
        put(w, event->priority);
    }
    tac_buf_text(w->text, event->was_true ? "" : ", t0 = false");
    tac_buf_text(w->text, event->is_persistent ? "" : ", persistent = false");
    tac_buf_text(w->text, event->is_late ? ", fromTrigger = false" : "");
    for (size_t i = 0; i < event->n_change; i++) {
        tac_buf_print(w->text, "%s %s = ", i == 0 ? ":" : ",",
                      w->o.ids[tac_outline_changed(&w->o, &event->changes[i])]);
        put(w, event->changes[i].value);
    }
    tac_buf_text(w->text, ";\n");
}

/** One line for each interaction; of those with several species the first has the name. */
static void write_interactions(const writer *w)
{
    static const char *const SIGNS[] = {[TAC_INFLUENCE_ACTIVATES] = "-o",
                                        [TAC_INFLUENCE_INHIBITS] = "-|",
                                        [TAC_INFLUENCE_UNKNOWN] = "-("};
    const tac_model *model = w->model;
    for (size_t k = 0; k < model->n_interaction; k++) {
        const tac_interaction *one = &model->interactions[k];
        tac_buf_text(w->text, "  ");
        if (w->o.interaction_ids[k] != NULL) {
            tac_buf_print(w->text, "%s: ", w->o.interaction_ids[k]);
        }
        tac_buf_print(w->text, "%s %s %s;\n", w->o.ids[one->species], SIGNS[one->influence],
                      w->o.ids[one->reaction]);
    }
}

/** The name in the text of what something is said about; "model" for the model; NULL: not written. */
static const char *subject_of(const writer *w, const char *id)
{
    const uint32_t i = tac_model_find(w->model, id);
    if (id[0] == '\0') {
        return "model";
    }
    if (i != UINT32_MAX) {
        return w->o.ids[i];
    }
    for (size_t k = 0; k < w->model->n_event; k++) {
        if (strcmp(w->model->events[k].id, id) == 0 && w->model->events[k].n_change > 0) {
            return w->o.event_ids[k];
        }
    }
    for (size_t k = 0; k < w->model->n_interaction; k++) {
        if (strcmp(w->model->interactions[k].id, id) == 0 && w->o.interaction_ids[k] != NULL) {
            return w->o.interaction_ids[k];
        }
    }
    return NULL;
}

static void write_about(const writer *w, const tac_about *about)
{
    const char *subject = subject_of(w, about->id);
    const bool is_long = strcmp(about->kind, "notes") == 0;
    if (subject == NULL
        || (about->id[0] == '\0'
            && (strcmp(about->kind, "name") == 0 || strcmp(about->kind, "sboTerm") == 0))) {
        return; /* of the model they stand behind its end */
    }
    if (strcmp(about->kind, "sboTerm") == 0) {
        tac_buf_print(w->text, "  %s.sboTerm = %s;\n", subject, about->text);
        return;
    }
    tac_buf_print(w->text, "  %s %s ", subject,
                  strcmp(about->kind, "name") == 0 ? "is" : about->kind);
    if (is_long && strstr(about->text, "```") == NULL) {
        tac_buf_print(w->text, "```%s```;\n", about->text);
        return;
    }
    tac_buf_text(w->text, "\"");
    put_words(w->text, about->text, '"');
    tac_buf_text(w->text, "\";\n");
}

/** Names that had to change say what they were. */
static void write_old_names(const writer *w)
{
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        const tac_symbol *s = &w->model->symbols[i];
        if (s->amount_of == UINT32_MAX && strcmp(s->id, w->o.ids[i]) != 0
            && tac_outline_about(&w->o, s->id, "name") == NULL) {
            tac_buf_print(w->text, "  %s is \"%s\";\n", w->o.ids[i], s->id);
        }
    }
}

static void head(const writer *w, bool has_any, const char *words)
{
    if (has_any) {
        tac_buf_print(w->text, "\n  // --- %s ---\n\n", words);
    }
}

static void write_end(const writer *w, const char *name)
{
    const char *words = tac_outline_about(&w->o, "", "name");
    const char *term = tac_outline_about(&w->o, "", "sboTerm");
    tac_buf_text(w->text, "end\n");
    if (words != NULL) {
        tac_buf_print(w->text, "%s is \"", name);
        put_words(w->text, words, '"');
        tac_buf_text(w->text, "\"\n");
    }
    if (term != NULL) {
        tac_buf_print(w->text, "%s.sboTerm = %s\n", name, term);
    }
}

/** The name of the model as one of the language. */
static void put_name(tac_buf *name, const char *id)
{
    for (const char *c = id; *c != '\0'; c++) {
        const bool is_digit = *c >= '0' && *c <= '9';
        const bool is_letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_';
        tac_buf_text(name, is_digit && c == id ? "_" : "");
        tac_buf_add(name, is_digit || is_letter ? c : "_", 1);
    }
}

static void write_model(writer *w)
{
    const tac_model *model = w->model;
    const size_t n = model->n_symbol;
    bool has_reaction = false;
    tac_buf name = TAC_BUF_INIT;
    put_name(&name, model->name);
    tac_buf_print(w->text, "model *%s()\n", tac_buf_str(&name));
    if (!w->has_units && w->o.n_unit > 0) {
        tac_buf_text(w->text, "  // units are left out: they do not agree, or some are missing\n");
    }
    write_units(w);
    tac_buf_text(w->text, "\n");
    for (uint32_t i = 0; i < n; i++) {
        write_declaration(w, i);
        has_reaction = has_reaction || model->symbols[i].is_reaction;
    }
    head(w, true, "equations");
    write_stoichiometries(w);
    for (uint32_t i = 0; i < n; i++) {
        write_rule(w, i);
    }
    head(w, has_reaction, "reactions");
    write_reactions(w);
    head(w, model->n_event > 0, "events");
    for (size_t k = 0; k < model->n_event; k++) {
        write_event(w, k);
    }
    head(w, model->n_interaction > 0, "what acts on reactions");
    write_interactions(w);
    head(w, true, "names and annotations");
    write_old_names(w);
    for (size_t k = 0; k < model->n_about; k++) {
        write_about(w, &model->abouts[k]);
    }
    write_end(w, tac_buf_str(&name));
    w->text->has_failed = w->text->has_failed || name.has_failed;
    tac_buf_free(&name);
}

/** Is the text a whole model? A text with units must give one for everything, and all must agree. */
static tac_status read_back(const tac_buf *text, size_t begin, tac_buf *message)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_model *model = NULL;
    if (ctx == NULL) {
        return TAC_E_MEMORY;
    }
    tac_status st = tac_model_read_text(ctx, "what is written", tac_buf_str(text) + begin,
                                        text->n - begin, &model);
    st = st != TAC_OK ? st : tac_model_check(ctx, model);
    tac_buf_clear(message);
    tac_buf_text(message, tac_ctx_message(ctx));
    tac_model_free(model);
    tac_ctx_free(ctx);
    return st;
}

/** Where no unit is wanted a plain number stands. */
static void name_units(writer *w)
{
    for (size_t k = 0; k < w->model->n_number_unit; k++) {
        const char *id = w->o.units[w->o.number_unit[k]].id;
        w->unit_names[k] = w->has_units && strcmp(id, "dimensionless") != 0 ? id : NULL;
    }
}

tac_status tac_antimony_write(tac_ctx *ctx, const tac_model *model, tac_buf *text)
{
    const size_t begin = text->n;
    tac_status st = TAC_OK;
    writer w = {.model = model, .text = text};
    tac_buf message = TAC_BUF_INIT;
    void *memory = NULL;
    TAC_TRY(tac_outline_make(ctx, model, RESERVED, NULL, &w.o));
    TAC_TRY(tac_alloc(ctx, model->n_number_unit + 1, sizeof *w.unit_names, &memory));
    w.unit_names = memory;
    w.names = (tac_print_names){w.o.ids, w.unit_names};
    w.has_units = w.o.n_unit > 0;
    for (bool is_again = true; is_again;) {
        name_units(&w);
        write_model(&w);
        if (w.is_cut) {
            st = tac_fail(ctx, TAC_E_MODEL, "a formula of more than a million characters");
            goto out;
        }
        TAC_TRY(tac_buf_check(ctx, text));
        st = read_back(text, begin, &message);
        is_again = st == TAC_E_UNITS && w.has_units;
        if (is_again) {
            w.has_units = false;
            text->n = begin;
        }
    }
    if (st != TAC_OK) {
        st = tac_fail(ctx, st, "what is written cannot be read:\n%s", tac_buf_str(&message));
    }
out:
    tac_buf_free(&message);
    tac_free(w.unit_names);
    tac_outline_free(&w.o);
    return st;
}
