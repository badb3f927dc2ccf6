/* SPDX-License-Identifier: Apache-2.0 */
/* A flat model as compartments, species, reactions, rules, start values and events of SBML. */
#include "model/sbml_write.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/endless.h"
#include "model/mathml.h"
#include "model/sbml_history.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Base units in the order of tac_dimension. */
static const char *const KINDS[TAC_N_DIM] = {"metre", "kilogram", "second",  "kelvin",
                                             "mole",  "ampere",   "candela", "item"};

typedef struct writer {
    const tac_model *model;
    tac_outline o;
    tac_mathml math;
    tac_buf *xml;
    const char *default_place; /* of species that have none; NULL when all have one */
} writer;

/** A number as an attribute. */
static void put_value(tac_buf *xml, double value)
{
    if (isfinite(value)) {
        tac_buf_print(xml, "%.17g", value);
    } else {
        tac_buf_text(xml, isnan(value) ? "NaN" : value > 0.0 ? "INF" : "-INF");
    }
}

static const char *word_of(bool is)
{
    return is ? "true" : "false";
}

/* ---- what is said about things ---- */

/** name="..." and sboTerm="..." of what has such; `own` is the name where nothing is said but the id had to change. */
static void put_names(const writer *w, const char *id, const char *own)
{
    const char *name = tac_outline_about(&w->o, id, "name");
    const char *term = tac_outline_about(&w->o, id, "sboTerm");
    name = name == NULL ? own : name;
    if (name != NULL) {
        tac_buf_text(w->xml, " name=\"");
        tac_xml_put(w->xml, name);
        tac_buf_text(w->xml, "\"");
    }
    if (term != NULL) {
        tac_buf_print(w->xml, " sboTerm=\"%s\"", term);
    }
}

static bool has_terms(const writer *w, const char *id)
{
    bool is_of_model = false;
    if (id[0] == '\0' && tac_sbml_has_history(w->model)) {
        return true;
    }
    for (size_t k = 0; k < w->model->n_about; k++) {
        if (strcmp(w->model->abouts[k].id, id) == 0
            && tac_about_qualifier(w->model->abouts[k].kind, &is_of_model) != NULL) {
            return true;
        }
    }
    return false;
}

/** metaid="..." of what has annotations. */
static void put_meta(const writer *w, const char *id, const char *xml_id)
{
    if (has_terms(w, id)) {
        tac_buf_print(w->xml, " metaid=\"meta_%s\"", xml_id);
    }
}

static void put_note(tac_buf *xml, const char *words)
{
    if (words != NULL && words[0] != '\0') {
        tac_buf_text(xml, "<notes><p xmlns=\"http://www.w3.org/1999/xhtml\">");
        tac_xml_put(xml, words);
        tac_buf_text(xml, "</p></notes>");
    }
}

static void put_terms(const writer *w, const char *id, const char *xml_id)
{
    bool is_of_model = false;
    if (!has_terms(w, id)) {
        return;
    }
    tac_buf_print(w->xml,
                  "<annotation><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                  "xmlns:bqbiol=\"http://biomodels.net/biology-qualifiers/\" "
                  "xmlns:bqmodel=\"http://biomodels.net/model-qualifiers/\"%s>"
                  "<rdf:Description rdf:about=\"#meta_%s\">",
                  id[0] != '\0' ? ""
                                : " xmlns:dcterms=\"http://purl.org/dc/terms/\" "
                                  "xmlns:vCard4=\"http://www.w3.org/2006/vcard/ns#\"",
                  xml_id);
    if (id[0] == '\0') {
        tac_sbml_put_history(w->xml, w->model);
    }
    for (size_t k = 0; k < w->model->n_about; k++) {
        const tac_about *about = &w->model->abouts[k];
        const char *qualifier =
            strcmp(about->id, id) == 0 ? tac_about_qualifier(about->kind, &is_of_model) : NULL;
        if (qualifier == NULL) {
            continue;
        }
        const char *space = is_of_model ? "bqmodel" : "bqbiol";
        tac_buf_print(w->xml, "<%s:%s><rdf:Bag><rdf:li rdf:resource=\"", space, qualifier);
        tac_xml_put(w->xml, about->text);
        tac_buf_print(w->xml, "\"/></rdf:Bag></%s:%s>", space, qualifier);
    }
    tac_buf_text(w->xml, "</rdf:Description></rdf:RDF></annotation>");
}

/** The end of an element that has nothing but notes and annotations inside. */
static void close_symbol(const writer *w, uint32_t i, const char *element)
{
    const tac_symbol *s = &w->model->symbols[i];
    if (s->note[0] == '\0' && !has_terms(w, s->id)) {
        tac_buf_text(w->xml, "/>\n");
        return;
    }
    tac_buf_text(w->xml, ">");
    put_note(w->xml, s->note);
    put_terms(w, s->id, w->o.ids[i]);
    tac_buf_print(w->xml, "</%s>\n", element);
}

/** id, name, term and metaid of a symbol's element. */
static void open_symbol(const writer *w, uint32_t i, const char *element)
{
    const tac_symbol *s = &w->model->symbols[i];
    tac_buf_print(w->xml, "      <%s id=\"%s\"", element, w->o.ids[i]);
    put_names(w, s->id, strcmp(s->id, w->o.ids[i]) == 0 ? NULL : s->id);
    put_meta(w, s->id, w->o.ids[i]);
}

/* ---- units ---- */

static void write_unit(const writer *w, const char *id, const char *text, const tac_unit *unit)
{
    tac_buf_print(w->xml, "      <unitDefinition id=\"%s\" name=\"", id);
    tac_xml_put(w->xml, text);
    tac_buf_print(w->xml,
                  "\"><listOfUnits><unit kind=\"dimensionless\" exponent=\"1\" scale=\"0\" "
                  "multiplier=\"%.17g\"/>",
                  unit->factor);
    for (size_t k = 0; k < TAC_N_DIM; k++) {
        if (fabs(unit->power[k]) > 0.0) {
            tac_buf_print(w->xml,
                          "<unit kind=\"%s\" exponent=\"%.17g\" scale=\"0\" multiplier=\"1\"/>",
                          KINDS[k], unit->power[k]);
        }
    }
    tac_buf_text(w->xml, "</listOfUnits></unitDefinition>\n");
}

/** Units that are made for what SBML asks: amounts of species, what reacts. */
typedef struct derived {
    char id[80];
    tac_unit unit;
    bool is_known;
} derived;

/** The unit of a species' amount; that of its name when this is an amount. */
static derived substance_of(const writer *w, uint32_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    derived d = {"", s->unit, s->has_unit};
    if (s->has_unit && !s->is_amount && s->place != UINT32_MAX) {
        d.unit = tac_unit_mul(s->unit, w->model->symbols[s->place].unit);
        d.is_known = w->model->symbols[s->place].has_unit;
    }
    const char *found = d.is_known ? tac_outline_unit_id(&w->o, &d.unit) : NULL;
    if (found != NULL) {
        snprintf(d.id, sizeof d.id, "%.79s", found);
        return d;
    }
    snprintf(d.id, sizeof d.id, "substance_of_%.60s", w->o.ids[i]);
    return d;
}

/** The unit of what reacts, where all reactions have the same. */
static derived extent_of(const writer *w)
{
    const tac_unit time = tac_model_time_unit(w->model);
    derived d = {"extent", TAC_UNIT_ONE, false};
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        const tac_symbol *s = &w->model->symbols[i];
        const tac_unit extent = tac_unit_mul(s->unit, time);
        if (!s->is_reaction) {
            continue;
        }
        if (!s->has_unit || w->o.time_id == NULL
            || (d.is_known && !tac_unit_equal(&extent, &d.unit))) {
            return (derived){"", TAC_UNIT_ONE, false};
        }
        d.unit = extent;
        d.is_known = true;
    }
    return d;
}

static void write_units(const writer *w)
{
    const tac_unit time = tac_model_time_unit(w->model);
    const derived extent = extent_of(w);
    tac_buf_text(w->xml, "    <listOfUnitDefinitions>\n");
    if (w->o.time_id != NULL) {
        write_unit(w, w->o.time_id, "unit of time", &time);
    }
    if (extent.is_known) {
        write_unit(w, extent.id, "what reacts", &extent.unit);
    }
    for (size_t k = 0; k < w->o.n_unit; k++) {
        if (strcmp(w->o.units[k].id, "dimensionless") != 0) {
            write_unit(w, w->o.units[k].id, w->o.units[k].text, &w->o.units[k].unit);
        }
    }
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        const derived d = substance_of(w, i);
        if (w->model->symbols[i].kind == TAC_SYMBOL_SPECIES && d.is_known
            && strncmp(d.id, "substance_of_", 13) == 0) {
            write_unit(w, d.id, "amount", &d.unit);
        }
    }
    tac_buf_text(w->xml, "    </listOfUnitDefinitions>\n");
}

static void put_unit(const writer *w, uint32_t i, const char *attribute)
{
    if (w->o.unit_of[i] != UINT32_MAX) {
        tac_buf_print(w->xml, " %s=\"%s\"", attribute, w->o.units[w->o.unit_of[i]].id);
    }
}

/* ---- compartments, species, parameters ---- */

static void put_start(const writer *w, const tac_outline_value *v, const char *attribute)
{
    if (v->has_number && !isnan(v->number)) {
        tac_buf_print(w->xml, " %s=\"", attribute);
        put_value(w->xml, v->number);
        tac_buf_text(w->xml, "\"");
    }
}

/** 3 for a volume, 2 for an area, 1 for a length; 0: SBML knows no such size. */
static int dimensions_of(const tac_symbol *s)
{
    for (int n = 1; n <= 3; n++) {
        tac_unit metre = TAC_UNIT_ONE;
        metre.power[TAC_DIM_LENGTH] = n;
        if (s->has_unit && tac_unit_same_dimension(&s->unit, &metre)) {
            return n;
        }
    }
    return s->has_unit ? 0 : 3;
}

static void write_compartment(const writer *w, uint32_t i)
{
    const tac_outline_value v = tac_outline_value_of(&w->o, i);
    const int n = dimensions_of(&w->model->symbols[i]);
    open_symbol(w, i, "compartment");
    if (n > 0) {
        tac_buf_print(w->xml, " spatialDimensions=\"%d\"", n);
    }
    put_start(w, &v, "size");
    put_unit(w, i, "units");
    tac_buf_print(w->xml, " constant=\"%s\"", word_of(v.is_constant && !v.is_open));
    close_symbol(w, i, "compartment");
}

static void write_compartments(writer *w)
{
    tac_buf_text(w->xml, "    <listOfCompartments>\n");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        if (w->model->symbols[i].kind == TAC_SYMBOL_COMPARTMENT) {
            write_compartment(w, i);
        }
    }
    if (w->default_place != NULL) {
        tac_buf_print(w->xml, "      <compartment id=\"%s\" size=\"1\"%s constant=\"true\"/>\n",
                      w->default_place, w->o.n_unit > 0 ? " units=\"dimensionless\"" : "");
    }
    tac_buf_text(w->xml, "    </listOfCompartments>\n");
}

static void write_species(const writer *w, uint32_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    const tac_outline_value v = tac_outline_value_of(&w->o, i);
    const bool is_amount = s->is_amount || s->place == UINT32_MAX;
    const derived substance = substance_of(w, i);
    open_symbol(w, i, "species");
    tac_buf_print(w->xml, " compartment=\"%s\"",
                  s->place == UINT32_MAX ? w->default_place : w->o.ids[s->place]);
    put_start(w, &v, is_amount ? "initialAmount" : "initialConcentration");
    if (substance.is_known) {
        tac_buf_print(w->xml, " substanceUnits=\"%s\"", substance.id);
    }
    tac_buf_print(w->xml, " hasOnlySubstanceUnits=\"%s\" boundaryCondition=\"%s\" constant=\"%s\"",
                  word_of(is_amount), word_of(s->is_boundary || s->is_const), word_of(s->is_const));
    close_symbol(w, i, "species");
}

static void write_parameter(const writer *w, uint32_t i)
{
    const tac_outline_value v = tac_outline_value_of(&w->o, i);
    open_symbol(w, i, "parameter");
    put_start(w, &v, "value");
    put_unit(w, i, "units");
    tac_buf_print(w->xml, " constant=\"%s\"", word_of(v.is_constant && !v.is_open));
    close_symbol(w, i, "parameter");
}

static bool is_parameter(const writer *w, uint32_t i)
{
    const tac_symbol *s = &w->model->symbols[i];
    return s->kind == TAC_SYMBOL_PARAMETER && !s->is_reaction && s->amount_of == UINT32_MAX
           && !w->o.is_stoichiometry[i];
}

static void write_symbols(writer *w)
{
    write_compartments(w);
    tac_buf_text(w->xml, "    <listOfSpecies>\n");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        if (w->model->symbols[i].kind == TAC_SYMBOL_SPECIES
            && w->model->symbols[i].amount_of == UINT32_MAX) {
            write_species(w, i);
        }
    }
    tac_buf_text(w->xml, "    </listOfSpecies>\n    <listOfParameters>\n");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        if (is_parameter(w, i)) {
            write_parameter(w, i);
        }
    }
    tac_buf_text(w->xml, "    </listOfParameters>\n");
}

/* ---- formulae ---- */

/** The id of a symbol's unit, NULL where it has none. */
static const char *unit_of(const writer *w, uint32_t i)
{
    return w->o.unit_of[i] == UINT32_MAX ? NULL : w->o.units[w->o.unit_of[i]].id;
}

/** The id of the unit of a symbol's rate: NULL where nothing else is in it. */
static const char *unit_of_rate(const writer *w, uint32_t i)
{
    const tac_unit rate = tac_unit_div(w->model->symbols[i].unit, tac_model_time_unit(w->model));
    return w->o.unit_of[i] == UINT32_MAX ? NULL : tac_outline_unit_id(&w->o, &rate);
}

static void write_starts(writer *w)
{
    tac_buf_text(w->xml, "    <listOfInitialAssignments>\n");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        const tac_outline_value v = tac_outline_value_of(&w->o, i);
        if (!v.is_hidden && v.start != TAC_EXPR_NONE) {
            tac_buf_print(w->xml, "      <initialAssignment symbol=\"%s\">", w->o.ids[i]);
            tac_mathml_write(&w->math, v.start, unit_of(w, i));
            tac_buf_text(w->xml, "</initialAssignment>\n");
        }
    }
    tac_buf_text(w->xml, "    </listOfInitialAssignments>\n");
}

static void write_rule(writer *w, const char *kind, const char *variable, const char *unit,
                       tac_expr e)
{
    tac_buf_print(w->xml, "      <%s variable=\"%s\">", kind, variable);
    tac_mathml_write(&w->math, e, unit);
    tac_buf_print(w->xml, "</%s>\n", kind);
}

static void write_rules(writer *w)
{
    tac_buf_text(w->xml, "    <listOfRules>\n");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        const tac_outline_value v = tac_outline_value_of(&w->o, i);
        if (!v.is_hidden && v.rule != TAC_EXPR_NONE) {
            write_rule(w, "assignmentRule", w->o.ids[i], unit_of(w, i), v.rule);
        } else if (!v.is_hidden && v.rate != TAC_EXPR_NONE) {
            write_rule(w, "rateRule", w->o.ids[i], unit_of_rate(w, i), v.rate);
        }
    }
    for (size_t k = 0; k < w->model->n_flux; k++) {
        const tac_outline_flux *f = &w->o.fluxes[k];
        if (f->id != NULL && f->symbol == UINT32_MAX) {
            write_rule(w, "assignmentRule", f->id, "dimensionless", f->flux->amount);
        }
    }
    tac_buf_text(w->xml, "    </listOfRules>\n");
}

/* ---- reactions ---- */

static void write_reference(const writer *w, const tac_outline_flux *f)
{
    tac_buf_print(w->xml, "<speciesReference species=\"%s\"", w->o.ids[f->flux->species]);
    if (f->id == NULL) {
        tac_buf_text(w->xml, " stoichiometry=\"");
        put_value(w->xml, f->number);
        tac_buf_text(w->xml, "\" constant=\"true\"/>");
        return;
    }
    tac_buf_print(w->xml, " id=\"%s\"", f->id);
    bool is_constant = false;
    if (f->symbol != UINT32_MAX) {
        const tac_outline_value v = tac_outline_value_of(&w->o, f->symbol);
        put_start(w, &v, "stoichiometry");
        is_constant = v.is_constant && !v.is_open;
    }
    tac_buf_print(w->xml, " constant=\"%s\"/>", word_of(is_constant));
}

static void write_side(const writer *w, size_t first, size_t end, bool is_product)
{
    const char *list = is_product ? "listOfProducts" : "listOfReactants";
    tac_buf_print(w->xml, "<%s>", list);
    for (size_t k = first; k < end; k++) {
        if (w->o.fluxes[k].flux->is_product == is_product) {
            write_reference(w, &w->o.fluxes[k]);
        }
    }
    tac_buf_print(w->xml, "</%s>", list);
}

/** Mark the species in a formula; children have smaller indices than their parents. */
static void mark_species(const writer *w, tac_expr root, bool *is_needed, bool *is_in)
{
    memset(is_needed, 0, ((size_t)root + 1) * sizeof *is_needed);
    is_needed[root] = true;
    for (size_t e = (size_t)root + 1; e-- > 0;) {
        const tac_node *node = tac_graph_node(w->model->graph, (tac_expr)e);
        if (!is_needed[e]) {
            continue;
        }
        if (node->op == TAC_OP_SYMBOL) {
            is_in[node->symbol] = w->model->symbols[node->symbol].kind == TAC_SYMBOL_SPECIES;
        }
        for (uint32_t k = 0; k < tac_op_n_arg(node->op); k++) {
            is_needed[node->arg[k]] = true;
        }
    }
}

/** Which interaction says how a species acts on the reaction; SIZE_MAX: none. */
static size_t interaction_of(const writer *w, uint32_t species, uint32_t reaction)
{
    for (size_t k = 0; k < w->model->n_interaction; k++) {
        const tac_interaction *one = &w->model->interactions[k];
        if (one->species == species && one->reaction == reaction) {
            return k;
        }
    }
    return SIZE_MAX;
}

/** What is said of an interaction: its id, how it acts, its name and annotations. */
static void write_interaction(const writer *w, size_t k)
{
    static const char *const TERMS[] = {[TAC_INFLUENCE_ACTIVATES] = "SBO:0000459",
                                        [TAC_INFLUENCE_INHIBITS] = "SBO:0000020",
                                        [TAC_INFLUENCE_UNKNOWN] = "SBO:0000019"};
    const tac_interaction *one = &w->model->interactions[k];
    const char *id = w->o.interaction_ids[k];
    tac_buf_print(w->xml, " sboTerm=\"%s\"", TERMS[one->influence]);
    if (id == NULL) {
        tac_buf_text(w->xml, "/>");
        return;
    }
    const char *name = tac_outline_about(&w->o, one->id, "name");
    name = name == NULL && strcmp(one->id, id) != 0 ? one->id : name;
    tac_buf_print(w->xml, " id=\"%s\"", id);
    if (name != NULL) {
        tac_buf_text(w->xml, " name=\"");
        tac_xml_put(w->xml, name);
        tac_buf_text(w->xml, "\"");
    }
    put_meta(w, one->id, id);
    tac_buf_text(w->xml, ">");
    put_terms(w, one->id, id);
    tac_buf_text(w->xml, "</modifierSpeciesReference>");
}

/** Species in the rate that are not used up, and those that are said to act. */
static void write_modifiers(const writer *w, uint32_t reaction, bool *is_in)
{
    tac_buf_text(w->xml, "<listOfModifiers>");
    for (uint32_t i = 0; i < w->model->n_symbol; i++) {
        const size_t one = interaction_of(w, i, reaction);
        if (!is_in[i] && one == SIZE_MAX) {
            continue;
        }
        tac_buf_print(w->xml, "<modifierSpeciesReference species=\"%s\"", w->o.ids[i]);
        if (one == SIZE_MAX) {
            tac_buf_text(w->xml, "/>");
        } else {
            write_interaction(w, one);
        }
    }
    tac_buf_text(w->xml, "</listOfModifiers>");
}

typedef struct marks {
    bool *is_needed; /* [n_node] */
    bool *is_in;     /* [n_symbol] */
} marks;

static void write_reaction(writer *w, uint32_t i, size_t first, size_t end, const marks *m)
{
    const tac_symbol *s = &w->model->symbols[i];
    open_symbol(w, i, "reaction");
    tac_buf_print(w->xml, " reversible=\"%s\">", word_of(s->is_reversible));
    put_note(w->xml, s->note);
    put_terms(w, s->id, w->o.ids[i]);
    write_side(w, first, end, false);
    write_side(w, first, end, true);
    memset(m->is_in, 0, w->model->n_symbol * sizeof *m->is_in);
    mark_species(w, s->rule, m->is_needed, m->is_in);
    for (size_t k = first; k < end; k++) {
        m->is_in[w->model->fluxes[k].species] = false;
    }
    write_modifiers(w, i, m->is_in);
    tac_buf_text(w->xml, "<kineticLaw>");
    tac_mathml_write(&w->math, s->rule, unit_of(w, i));
    tac_buf_text(w->xml, "</kineticLaw></reaction>\n");
}

/** Reactions in the order of what they do, then those that do nothing. */
static tac_status write_reactions(tac_ctx *ctx, writer *w)
{
    const tac_model *model = w->model;
    tac_status st = TAC_OK;
    void *memory = NULL;
    marks m = {NULL, NULL};
    bool *is_done = NULL;
    TAC_TRY(tac_alloc(ctx, tac_graph_n(model->graph) + 1, sizeof(bool), &memory));
    m.is_needed = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol + 1, sizeof(bool), &memory));
    m.is_in = memory;
    TAC_TRY(tac_alloc(ctx, model->n_symbol + 1, sizeof(bool), &memory));
    is_done = memory;
    tac_buf_text(w->xml, "    <listOfReactions>\n");
    for (size_t first = 0, end = 0; first < model->n_flux; first = end) {
        const uint32_t i = model->fluxes[first].reaction;
        while (end < model->n_flux && model->fluxes[end].reaction == i) {
            end++;
        }
        write_reaction(w, i, first, end, &m);
        is_done[i] = true;
    }
    for (uint32_t i = 0; i < model->n_symbol; i++) {
        if (model->symbols[i].is_reaction && !is_done[i]) {
            write_reaction(w, i, 0, 0, &m);
        }
    }
    tac_buf_text(w->xml, "    </listOfReactions>\n");
out:
    tac_free(m.is_needed);
    tac_free(m.is_in);
    tac_free(is_done);
    return st;
}

/* ---- events ---- */

static void write_event(writer *w, size_t k)
{
    const tac_model_event *event = &w->model->events[k];
    tac_buf_print(w->xml, "      <event id=\"%s\"", w->o.event_ids[k]);
    put_names(w, event->id, strcmp(event->id, w->o.event_ids[k]) == 0 ? NULL : event->id);
    put_meta(w, event->id, w->o.event_ids[k]);
    tac_buf_print(w->xml, " useValuesFromTriggerTime=\"%s\">", word_of(!event->is_late));
    put_terms(w, event->id, w->o.event_ids[k]);
    tac_buf_print(w->xml, "<trigger initialValue=\"%s\" persistent=\"%s\">",
                  word_of(event->was_true), word_of(event->is_persistent));
    tac_mathml_write(&w->math, event->trigger, NULL);
    tac_buf_text(w->xml, "</trigger>");
    if (event->priority != TAC_EXPR_NONE) {
        tac_buf_text(w->xml, "<priority>");
        tac_mathml_write(&w->math, event->priority, "dimensionless");
        tac_buf_text(w->xml, "</priority>");
    }
    if (event->delay != TAC_EXPR_NONE) {
        tac_buf_text(w->xml, "<delay>");
        tac_mathml_write(&w->math, event->delay, w->o.time_id);
        tac_buf_text(w->xml, "</delay>");
    }
    tac_buf_text(w->xml, "<listOfEventAssignments>");
    for (size_t i = 0; i < event->n_change; i++) {
        const uint32_t changed = tac_outline_changed(&w->o, &event->changes[i]);
        tac_buf_print(w->xml, "<eventAssignment variable=\"%s\">", w->o.ids[changed]);
        tac_mathml_write(&w->math, event->changes[i].value, unit_of(w, changed));
        tac_buf_text(w->xml, "</eventAssignment>");
    }
    tac_buf_text(w->xml, "</listOfEventAssignments></event>\n");
}

/* ---- the whole ---- */

/** Letters, digits and _ of the model's name. */
static void put_name(tac_buf *xml, const char *name)
{
    const bool is_digit_first = name[0] >= '0' && name[0] <= '9';
    tac_buf_text(xml, is_digit_first ? "_" : "");
    for (const char *c = name; *c != '\0'; c++) {
        const bool is_plain =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        tac_buf_add(xml, is_plain ? c : "_", 1);
    }
}

static void open_model(const writer *w)
{
    tac_buf_text(w->xml,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<sbml xmlns=\"http://www.sbml.org/sbml/level3/version2/core\" level=\"3\" "
                 "version=\"2\">\n  <model id=\"");
    put_name(w->xml, w->model->name);
    tac_buf_text(w->xml, "\"");
    put_names(w, "", NULL);
    put_meta(w, "", "model");
    if (w->o.time_id != NULL) {
        tac_buf_print(w->xml, " timeUnits=\"%s\"", w->o.time_id);
    }
    const derived extent = extent_of(w);
    if (extent.is_known) {
        tac_buf_print(w->xml, " extentUnits=\"%s\"", extent.id);
    }
    tac_buf_text(w->xml, ">\n");
    put_note(w->xml, tac_outline_about(&w->o, "", "notes"));
    put_terms(w, "", "model");
}

static tac_status write_model(tac_ctx *ctx, writer *w)
{
    tac_status st = TAC_OK;
    open_model(w);
    write_units(w);
    write_symbols(w);
    write_starts(w);
    write_rules(w);
    TAC_TRY(write_reactions(ctx, w));
    tac_buf_text(w->xml, "    <listOfEvents>\n");
    for (size_t k = 0; k < w->model->n_event; k++) {
        write_event(w, k);
    }
    tac_buf_text(w->xml, "    </listOfEvents>\n  </model>\n</sbml>\n");
out:
    return st;
}

/** A compartment for species that have none; its name is nothing else's. */
static tac_status find_default_place(tac_ctx *ctx, writer *w)
{
    bool is_needed = false;
    tac_buf name = TAC_BUF_INIT;
    tac_buf_text(&name, "default_compartment");
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        const tac_symbol *s = &w->model->symbols[i];
        is_needed = is_needed || (s->kind == TAC_SYMBOL_SPECIES && s->place == UINT32_MAX);
    }
    for (size_t i = 0; i < w->model->n_symbol; i++) {
        if (strcmp(w->o.ids[i], tac_buf_str(&name)) == 0) {
            tac_buf_text(&name, "_");
            i = 0;
        }
    }
    w->default_place =
        is_needed ? tac_arena_text(w->model->arena, tac_buf_str(&name), name.n) : NULL;
    tac_buf_free(&name);
    return is_needed && w->default_place == NULL ? tac_fail(ctx, TAC_E_MEMORY, "out of memory")
                                                 : TAC_OK;
}

tac_status tac_sbml_write(tac_ctx *ctx, const tac_model *model, tac_buf *xml)
{
    static const char *const UNITS[] = {"ampere",  "avogadro", "becquerel", "candela", "coulomb",
                                        "farad",   "gram",     "gray",      "henry",   "hertz",
                                        "item",    "joule",    "katal",     "kelvin",  "kilogram",
                                        "litre",   "lumen",    "lux",       "metre",   "mole",
                                        "newton",  "ohm",      "pascal",    "radian",  "second",
                                        "siemens", "sievert",  "steradian", "tesla",   "volt",
                                        "watt",    "weber",    NULL};
    tac_status st = TAC_OK;
    writer w = {.model = model, .xml = xml};
    tac_known_unit *units = NULL;
    bool *is_endless = NULL;
    TAC_TRY(tac_outline_make(ctx, model, NULL, UNITS, &w.o));
    TAC_TRY(tac_endless_mark(ctx, &w.o, &is_endless));
    if (w.o.n_unit > 0 && !model->is_imported) { /* all units are given and have been checked */
        TAC_TRY(tac_graph_units(ctx, model, &units));
    }
    w.math = (tac_mathml){.o = &w.o, .xml = xml, .units = units, .is_endless = is_endless};
    TAC_TRY(find_default_place(ctx, &w));
    TAC_TRY(write_model(ctx, &w));
    if (w.math.is_too_large) {
        st = tac_fail(ctx, TAC_E_MODEL,
                      "the formulae have more than %d parts, or %d inside each other",
                      TAC_MATHML_MAX_PARTS, TAC_MATHML_MAX_DEPTH);
        goto out;
    }
    st = tac_buf_check(ctx, xml);
out:
    tac_free(units);
    tac_free(is_endless);
    tac_outline_free(&w.o);
    return st;
}
