/* SPDX-License-Identifier: Apache-2.0 */
/* Components of an SBML model as statements: declarations, start values, rules, reactions, events, functions. */
#include "base/fail.h"
#include "model/parser.h"
#include "model/sbml_parts.h"

#include <math.h>
#include <string.h>

static tac_status add(tac_sbml_reader *r, tac_statement_kind kind, const char *name,
                      tac_statement **out)
{
    tac_statement *s = tac_arena_alloc(r->library->arena, sizeof *s);
    const char *copy = tac_sbml_text(r, name);
    if (s == NULL || copy == NULL) {
        return tac_sbml_no_memory(r);
    }
    s->kind = kind;
    s->name = copy;
    s->span = r->span;
    s->whole = r->span;
    s->note = "";
    *r->module->end = s;
    r->module->end = &s->next;
    *out = s;
    return TAC_OK;
}

static void stand_at(tac_sbml_reader *r, const void *element)
{
    r->span = tac_sbml_span(r, SBase_getLine(element));
}

static tac_status declare(tac_sbml_reader *r, const char *id, bool is_const, tac_statement **out)
{
    const tac_status st = add(r, TAC_STATEMENT_DECLARE, id, out);
    if (st == TAC_OK) {
        (*out)->constness = is_const ? TAC_CONSTNESS_CONST : TAC_CONSTNESS_VAR;
    }
    return st;
}

/** The rule for a variable that has a formula (since L3V2 it may be missing), or NULL. */
static Rule_t *rule_of(const tac_sbml_reader *r, const char *id)
{
    Rule_t *rule = Model_getRuleByVar(r->model, id);
    return rule != NULL && Rule_isSetMath(rule) ? rule : NULL;
}

/** Does something else than the attribute give the start value? */
static bool has_start(const tac_sbml_reader *r, const char *id)
{
    const InitialAssignment_t *initial = Model_getInitialAssignmentBySym(r->model, id);
    Rule_t *rule = rule_of(r, id);
    return (initial != NULL && InitialAssignment_isSetMath(initial))
           || (rule != NULL && Rule_isAssignment(rule));
}

static tac_status add_start(tac_sbml_reader *r, const char *id, tac_syntax *value)
{
    tac_statement *s = NULL;
    const tac_status st = add(r, TAC_STATEMENT_INITIAL, id, &s);
    if (st == TAC_OK) {
        s->value = value;
    }
    return st;
}

static tac_status start_number(tac_sbml_reader *r, const char *id, double value)
{
    tac_syntax *number = NULL;
    if (has_start(r, id)) {
        return TAC_OK;
    }
    const tac_status st = tac_sbml_number(r, value, &number);
    return st != TAC_OK ? st : add_start(r, id, number);
}

/** Unit and words of what is declared, and what is said about it. */
static tac_status describe(tac_sbml_reader *r, tac_statement *s, void *element, bool has_unit,
                           tac_unit unit, const char *unit_id)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_sbml_keep_unit(r, has_unit, unit, unit_id, &s->given_unit));
    TAC_TRY(tac_sbml_note(r, element, &s->note));
    st = tac_sbml_about(r, s->name, element);
out:
    return st;
}

static tac_status add_compartment(tac_sbml_reader *r, Compartment_t *c)
{
    const char *id = Compartment_getId(c);
    tac_statement *s = NULL;
    stand_at(r, c);
    const bool is_const = Compartment_getConstant(c) && rule_of(r, id) == NULL;
    const tac_status st = declare(r, id, is_const, &s);
    if (st != TAC_OK) {
        return st;
    }
    tac_unit unit = TAC_UNIT_ONE;
    const bool has_unit = tac_sbml_unit_of_compartment(r, c, &unit);
    s->is_compartment = true;
    const tac_status told = describe(r, s, c, has_unit, unit, Compartment_getUnits(c));
    return told != TAC_OK
               ? told
               : start_number(r, id,
                              Compartment_isSetSize(c) ? Compartment_getSize(c) : (double)NAN);
}

static bool is_point(const Compartment_t *c)
{
    return c != NULL && Compartment_getSpatialDimensionsAsDouble(c) <= 0.0;
}

/** Amount or concentration, whichever the attribute is, as what the name means. */
static tac_status start_species(tac_sbml_reader *r, Species_t *s, bool is_amount)
{
    const bool is_given_amount = Species_isSetInitialAmount(s);
    const bool is_given = is_given_amount || Species_isSetInitialConcentration(s);
    const double value = !is_given         ? (double)NAN
                         : is_given_amount ? Species_getInitialAmount(s)
                                           : Species_getInitialConcentration(s);
    tac_syntax *number = NULL;
    tac_syntax *size = NULL;
    tac_syntax *start = NULL;
    tac_status st = TAC_OK;
    if (has_start(r, Species_getId(s))) {
        return TAC_OK;
    }
    TAC_TRY(tac_sbml_number(r, value, &number));
    start = number;
    if (is_given && is_given_amount != is_amount) {
        TAC_TRY(tac_sbml_name(r, Species_getCompartment(s), &size));
        TAC_TRY(tac_sbml_apply(r, is_amount ? TAC_OP_MUL : TAC_OP_DIV, number, size, NULL, &start));
    }
    TAC_TRY(add_start(r, Species_getId(s), start));
out:
    return st;
}

static tac_status add_species(tac_sbml_reader *r, Species_t *one)
{
    const char *id = Species_getId(one);
    const Compartment_t *c = Model_getCompartmentById(r->model, Species_getCompartment(one));
    const bool is_amount = Species_getHasOnlySubstanceUnits(one) || is_point(c);
    tac_statement *s = NULL;
    stand_at(r, one);
    const tac_status st = declare(r, id, Species_getConstant(one), &s);
    if (st != TAC_OK) {
        return st;
    }
    s->is_species = true;
    s->is_amount = is_amount;
    s->is_boundary = Species_getBoundaryCondition(one) != 0;
    s->place = tac_sbml_text(r, Species_getCompartment(one));
    s->place_span = r->span;
    tac_unit unit = TAC_UNIT_ONE;
    const bool has_unit = tac_sbml_unit_of_species(r, one, is_amount, &unit);
    const tac_status told =
        describe(r, s, one, has_unit, unit, is_amount ? Species_getSubstanceUnits(one) : NULL);
    if (told != TAC_OK) {
        return told;
    }
    return s->place == NULL ? tac_sbml_no_memory(r) : start_species(r, one, is_amount);
}

static tac_status add_parameter(tac_sbml_reader *r, Parameter_t *p)
{
    const char *id = Parameter_getId(p);
    tac_statement *s = NULL;
    stand_at(r, p);
    const bool is_const = Parameter_getConstant(p) && rule_of(r, id) == NULL;
    tac_unit unit = TAC_UNIT_ONE;
    tac_status st = TAC_OK;
    TAC_TRY(declare(r, id, is_const, &s));
    const bool has_unit = tac_sbml_unit(r, Parameter_getUnits(p), &unit);
    TAC_TRY(describe(r, s, p, has_unit, unit, Parameter_getUnits(p)));
    st = start_number(r, id, Parameter_isSetValue(p) ? Parameter_getValue(p) : (double)NAN);
out:
    return st;
}

static tac_status add_initial(tac_sbml_reader *r, const InitialAssignment_t *initial)
{
    tac_syntax *value = NULL;
    stand_at(r, initial);
    if (!InitialAssignment_isSetMath(initial)) {
        return TAC_OK;
    }
    const tac_status st = tac_sbml_math(r, InitialAssignment_getMath(initial), &value);
    return st != TAC_OK ? st : add_start(r, InitialAssignment_getSymbol(initial), value);
}

static tac_status add_rule(tac_sbml_reader *r, Rule_t *rule)
{
    const tac_statement_kind kind = Rule_isAlgebraic(rule)    ? TAC_STATEMENT_ALGEBRAIC
                                    : Rule_isAssignment(rule) ? TAC_STATEMENT_RULE
                                                              : TAC_STATEMENT_RATE;
    tac_statement *s = NULL;
    stand_at(r, rule);
    if (!Rule_isSetMath(rule)) {
        return TAC_OK;
    }
    const tac_status st =
        add(r, kind, kind == TAC_STATEMENT_ALGEBRAIC ? "0" : Rule_getVariable(rule), &s);
    return st != TAC_OK ? st : tac_sbml_math(r, Rule_getMath(rule), &s->value);
}

/** What a unit of a reaction does to a species: its stoichiometry, times its conversion factor. */
static tac_status amount_of(tac_sbml_reader *r, SpeciesReference_t *ref, tac_syntax **out)
{
    const Species_t *species = Model_getSpeciesById(r->model, SpeciesReference_getSpecies(ref));
    const char *factor = species != NULL && Species_isSetConversionFactor(species)
                             ? Species_getConversionFactor(species)
                         : Model_isSetConversionFactor(r->model)
                             ? Model_getConversionFactor(r->model)
                             : NULL;
    tac_syntax *name = NULL;
    tac_status st = TAC_OK;
    if (SpeciesReference_isSetStoichiometryMath(ref)) {
        const StoichiometryMath_t *math = SpeciesReference_getStoichiometryMath(ref);
        TAC_TRY(tac_sbml_math(r, StoichiometryMath_getMath(math), out));
    } else if (SpeciesReference_isSetId(ref)) {
        TAC_TRY(tac_sbml_name(r, SpeciesReference_getId(ref), out));
    } else {
        TAC_TRY(tac_sbml_number(r,
                                SpeciesReference_getStoichiometry(ref)
                                    / (double)SpeciesReference_getDenominator(ref),
                                out));
    }
    if (factor != NULL) {
        TAC_TRY(tac_sbml_name(r, factor, &name));
        TAC_TRY(tac_sbml_apply(r, TAC_OP_MUL, *out, name, NULL, out));
    }
out:
    return st;
}

/** A stoichiometry with a name may be set and used like a parameter. */
static tac_status declare_reference(tac_sbml_reader *r, SpeciesReference_t *ref)
{
    const char *id = SpeciesReference_getId(ref);
    tac_statement *s = NULL;
    tac_syntax *value = NULL;
    if (!SpeciesReference_isSetId(ref)) {
        return TAC_OK;
    }
    tac_status st = TAC_OK;
    const bool has_math = SpeciesReference_isSetStoichiometryMath(ref) != 0;
    TAC_TRY(declare(r, id, SpeciesReference_getConstant(ref) && !has_math && rule_of(r, id) == NULL,
                    &s));
    if (has_math) {
        TAC_TRY(tac_sbml_math(r,
                              StoichiometryMath_getMath(SpeciesReference_getStoichiometryMath(ref)),
                              &value));
        TAC_TRY(add(r, TAC_STATEMENT_RULE, id, &s));
        s->value = value;
        goto out;
    }
    st = start_number(r, id, SpeciesReference_getStoichiometry(ref));
out:
    return st;
}

static tac_status add_participant(tac_sbml_reader *r, tac_statement *s, SpeciesReference_t *ref,
                                  bool is_product)
{
    tac_participant *one = &s->participants[s->n_participant];
    stand_at(r, ref);
    const tac_status st = amount_of(r, ref, &one->amount);
    one->name = tac_sbml_text(r, SpeciesReference_getSpecies(ref));
    one->span = r->span;
    one->is_product = is_product;
    s->n_participant++;
    return st != TAC_OK || one->name != NULL ? st : tac_sbml_no_memory(r);
}

static tac_status add_participants(tac_sbml_reader *r, tac_statement *s, Reaction_t *reaction)
{
    const unsigned n_in = Reaction_getNumReactants(reaction);
    const unsigned n_out = Reaction_getNumProducts(reaction);
    tac_status st = TAC_OK;
    s->participants =
        tac_arena_alloc(r->library->arena, ((size_t)n_in + n_out + 1) * sizeof *s->participants);
    if (s->participants == NULL) {
        return tac_sbml_no_memory(r);
    }
    for (unsigned i = 0; i < n_in + n_out; i++) {
        SpeciesReference_t *ref =
            i < n_in ? Reaction_getReactant(reaction, i) : Reaction_getProduct(reaction, i - n_in);
        TAC_TRY(add_participant(r, s, ref, i >= n_in));
        TAC_TRY(declare_reference(r, ref));
    }
out:
    return st;
}

/** Local parameters become constants "reaction.parameter". */
static tac_status add_locals(tac_sbml_reader *r)
{
    tac_status st = TAC_OK;
    for (unsigned i = 0; i < KineticLaw_getNumParameters(r->law); i++) {
        Parameter_t *p = KineticLaw_getParameter(r->law, i);
        tac_buf id = TAC_BUF_INIT;
        tac_statement *s = NULL;
        tac_syntax *value = NULL;
        stand_at(r, p);
        tac_buf_print(&id, "%s.%s", r->reaction, Parameter_getId(p));
        tac_unit unit = TAC_UNIT_ONE;
        const bool has_unit = tac_sbml_unit(r, Parameter_getUnits(p), &unit);
        st = declare(r, tac_buf_str(&id), true, &s);
        st = st != TAC_OK ? st : describe(r, s, p, has_unit, unit, Parameter_getUnits(p));
        st = st != TAC_OK
                 ? st
                 : tac_sbml_number(r, Parameter_isSetValue(p) ? Parameter_getValue(p) : (double)NAN,
                                   &value);
        st = st != TAC_OK ? st : add_start(r, tac_buf_str(&id), value);
        tac_buf_free(&id);
        if (st != TAC_OK) {
            return st;
        }
    }
    return st;
}

/** How a modifier acts by its SBO term; false where that is not said. */
static bool influence_of(int term, tac_influence *influence_out)
{
    static const struct {
        int term;
        tac_influence influence;
    } TERMS[] = {{19, TAC_INFLUENCE_UNKNOWN},  /* modifier */
                 {20, TAC_INFLUENCE_INHIBITS}, /* inhibitor, and kinds of it */
                 {206, TAC_INFLUENCE_INHIBITS},  {207, TAC_INFLUENCE_INHIBITS},
                 {536, TAC_INFLUENCE_INHIBITS},  {537, TAC_INFLUENCE_INHIBITS},
                 {459, TAC_INFLUENCE_ACTIVATES}, /* stimulator, catalyst, potentiator */
                 {13, TAC_INFLUENCE_ACTIVATES},  {21, TAC_INFLUENCE_ACTIVATES},
                 {460, TAC_INFLUENCE_ACTIVATES}, {461, TAC_INFLUENCE_ACTIVATES},
                 {462, TAC_INFLUENCE_ACTIVATES}};
    for (size_t k = 0; k < sizeof TERMS / sizeof TERMS[0]; k++) {
        if (term == TERMS[k].term) {
            *influence_out = TERMS[k].influence;
            return true;
        }
    }
    return false;
}

/** A modifier whose SBO term says how it acts: -o, -| or -(. */
static tac_status add_interaction(tac_sbml_reader *r, const Reaction_t *reaction,
                                  SpeciesReference_t *modifier)
{
    tac_statement *s = NULL;
    tac_buf id = TAC_BUF_INIT;
    stand_at(r, modifier);
    tac_influence influence = TAC_INFLUENCE_UNKNOWN;
    if (!influence_of(SBase_getSBOTerm((SBase_t *)modifier), &influence)) {
        return TAC_OK;
    }
    if (SpeciesReference_isSetId(modifier)) {
        tac_buf_text(&id, SpeciesReference_getId(modifier));
    } else {
        tac_buf_print(&id, "_I%zu", r->module->n_nameless++);
    }
    tac_status st = add(r, TAC_STATEMENT_INTERACTION, tac_buf_str(&id), &s);
    tac_buf_free(&id);
    if (st != TAC_OK) {
        return st;
    }
    s->influence = influence;
    s->other = tac_sbml_text(r, Reaction_getId(reaction));
    s->other_span = r->span;
    s->participants = tac_arena_alloc(r->library->arena, sizeof *s->participants);
    if (s->other == NULL || s->participants == NULL) {
        return tac_sbml_no_memory(r);
    }
    s->participants[0] =
        (tac_participant){.name = tac_sbml_text(r, SpeciesReference_getSpecies(modifier)),
                          .span = r->span};
    s->n_participant = 1;
    if (s->participants[0].name == NULL) {
        return tac_sbml_no_memory(r);
    }
    SBase_unsetSBOTerm((SBase_t *)modifier); /* it is what the interaction does */
    return tac_sbml_about(r, s->name, (SBase_t *)modifier);
}

static tac_status add_interactions(tac_sbml_reader *r, Reaction_t *reaction)
{
    tac_status st = TAC_OK;
    for (unsigned i = 0; st == TAC_OK && i < Reaction_getNumModifiers(reaction); i++) {
        st = add_interaction(r, reaction, Reaction_getModifier(reaction, i));
    }
    return st;
}

static tac_status add_reaction(tac_sbml_reader *r, Reaction_t *reaction)
{
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    KineticLaw_t *law = Reaction_getKineticLaw(reaction);
    stand_at(r, reaction);
    if (Reaction_isSetFast(reaction) && Reaction_getFast(reaction)) {
        return tac_sbml_fail(r, "not supported: fast reactions ('%s' is one)",
                             Reaction_getId(reaction));
    }
    TAC_TRY(add(r, TAC_STATEMENT_REACTION, Reaction_getId(reaction), &s));
    s->is_reversible = Reaction_getReversible(reaction) != 0;
    TAC_TRY(add_participants(r, s, reaction));
    TAC_TRY(tac_sbml_about(r, s->name, (SBase_t *)reaction));
    TAC_TRY(add_interactions(r, reaction));
    if (law == NULL || !KineticLaw_isSetMath(law)) {
        goto out;
    }
    r->law = law;
    r->reaction = s->name;
    TAC_TRY(add_locals(r));
    stand_at(r, law);
    TAC_TRY(tac_sbml_math(r, KineticLaw_getMath(law), &s->value));
out:
    r->law = NULL;
    r->reaction = NULL;
    return st;
}

static tac_status add_changes(tac_sbml_reader *r, Event_t *event, tac_event_syntax *out)
{
    const unsigned n = Event_getNumEventAssignments(event);
    tac_status st = TAC_OK;
    out->changes = tac_arena_alloc(r->library->arena, ((size_t)n + 1) * sizeof *out->changes);
    if (out->changes == NULL) {
        return tac_sbml_no_memory(r);
    }
    for (unsigned i = 0; i < n; i++) {
        const EventAssignment_t *one = Event_getEventAssignment(event, i);
        tac_event_change *change = &out->changes[out->n_change];
        stand_at(r, one);
        if (!EventAssignment_isSetMath(one)) {
            continue;
        }
        change->name = tac_sbml_text(r, EventAssignment_getVariable(one));
        change->span = r->span;
        if (change->name == NULL) {
            return tac_sbml_no_memory(r);
        }
        TAC_TRY(tac_sbml_math(r, EventAssignment_getMath(one), &change->value));
        out->n_change++;
    }
out:
    return st;
}

static tac_status add_event(tac_sbml_reader *r, Event_t *event, unsigned i)
{
    const Trigger_t *trigger = Event_getTrigger(event);
    const Delay_t *delay = Event_getDelay(event);
    const Priority_t *priority = Event_getPriority(event);
    tac_buf id = TAC_BUF_INIT;
    tac_statement *s = NULL;
    tac_status st = TAC_OK;
    stand_at(r, event);
    if (trigger == NULL || !Trigger_isSetMath(trigger)) {
        return TAC_OK; /* it never happens */
    }
    tac_buf_print(&id, "event %u", i + 1);
    st = add(r, TAC_STATEMENT_EVENT, Event_isSetId(event) ? Event_getId(event) : tac_buf_str(&id),
             &s);
    tac_buf_free(&id);
    if (st != TAC_OK) {
        return st;
    }
    TAC_TRY(tac_sbml_about(r, s->name, (SBase_t *)event));
    s->event = tac_arena_alloc(r->library->arena, sizeof *s->event);
    if (s->event == NULL) {
        return tac_sbml_no_memory(r);
    }
    s->event->was_true = !Trigger_isSetInitialValue(trigger) || Trigger_getInitialValue(trigger);
    s->event->is_persistent = !Trigger_isSetPersistent(trigger) || Trigger_getPersistent(trigger);
    s->event->is_late = Event_getUseValuesFromTriggerTime(event) == 0;
    TAC_TRY(tac_sbml_math(r, Trigger_getMath(trigger), &s->event->trigger));
    if (delay != NULL && Delay_isSetMath(delay)) {
        TAC_TRY(tac_sbml_math(r, Delay_getMath(delay), &s->event->delay));
    }
    if (priority != NULL && Priority_isSetMath(priority)) {
        TAC_TRY(tac_sbml_math(r, Priority_getMath(priority), &s->event->priority));
    }
    st = add_changes(r, event, s->event);
out:
    return st;
}

static tac_status add_function(tac_sbml_reader *r, const FunctionDefinition_t *from)
{
    tac_function *f = tac_arena_alloc(r->library->arena, sizeof *f);
    const unsigned n = FunctionDefinition_getNumArguments(from);
    stand_at(r, from);
    if (!FunctionDefinition_isSetMath(from) || FunctionDefinition_getBody(from) == NULL) {
        return TAC_OK;
    }
    if (n > TAC_MAX_ARGS || r->library->n_function == TAC_MAX_DEFINITIONS) {
        return tac_sbml_fail(r, "more than %d arguments or %d functions", TAC_MAX_ARGS,
                             TAC_MAX_DEFINITIONS);
    }
    if (f != NULL) {
        f->args = tac_arena_alloc(r->library->arena, ((size_t)n + 1) * sizeof *f->args);
        f->name = tac_sbml_text(r, FunctionDefinition_getId(from));
    }
    if (f == NULL || f->args == NULL || f->name == NULL) {
        return tac_sbml_no_memory(r);
    }
    for (unsigned i = 0; i < n; i++) {
        const char *name = ASTNode_getName(FunctionDefinition_getArgument(from, i));
        f->args[f->n_arg] = tac_sbml_text(r, name);
        if (f->args[f->n_arg++] == NULL) {
            return tac_sbml_no_memory(r);
        }
    }
    f->span = r->span;
    f->source = r->i_source;
    f->next = r->library->functions;
    r->library->functions = f;
    r->library->n_function++;
    return tac_sbml_math(r, FunctionDefinition_getBody(from), &f->body);
}

tac_status tac_sbml_model(tac_sbml_reader *r)
{
    Model_t *m = r->model;
    tac_status st = TAC_OK;
    r->library->sbml_time_s = tac_sbml_time_s(r);
    TAC_TRY(tac_sbml_about(r, "", (SBase_t *)m));
    for (unsigned i = 0; i < Model_getNumFunctionDefinitions(m); i++) {
        TAC_TRY(add_function(r, Model_getFunctionDefinition(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumCompartments(m); i++) {
        TAC_TRY(add_compartment(r, Model_getCompartment(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumSpecies(m); i++) {
        TAC_TRY(add_species(r, Model_getSpecies(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumParameters(m); i++) {
        TAC_TRY(add_parameter(r, Model_getParameter(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumInitialAssignments(m); i++) {
        TAC_TRY(add_initial(r, Model_getInitialAssignment(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumRules(m); i++) {
        TAC_TRY(add_rule(r, Model_getRule(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumReactions(m); i++) {
        TAC_TRY(add_reaction(r, Model_getReaction(m, i)));
    }
    for (unsigned i = 0; i < Model_getNumEvents(m); i++) {
        TAC_TRY(add_event(r, Model_getEvent(m, i), i));
    }
out:
    return st;
}
