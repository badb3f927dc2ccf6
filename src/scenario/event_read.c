/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one event: its verb and kind, and its fields in the units of the tables. */
#include "scenario/event_read.h"

#include "base/fail.h"
#include "base/suggest.h"
#include "model/units.h"
#include "scenario/place.h"
#include "scenario/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char MASSAGE[] = "massage";

bool tac_word_list_has(const tac_word_list *list, const char *word)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->items[i], word) == 0) {
            return true;
        }
    }
    return false;
}

void tac_word_list_add(tac_word_list *list, const char *word)
{
    if (word[0] != '\0' && list->n < TAC_WORD_LIST_MAX && !tac_word_list_has(list, word)) {
        list->items[list->n++] = word;
    }
}

tac_status tac_refuse_word(const tac_event_reader *r, tac_span span, const char *what,
                           const char *found, const tac_word_list *words)
{
    tac_buf advice = TAC_BUF_INIT;
    tac_suggest_print(&advice, found, words->n, words->items);
    const tac_status st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, span, "no %s '%.80s'; %s",
                                      what, found, tac_buf_str(&advice));
    tac_buf_free(&advice);
    return st;
}

static const char *text_of(const tac_yaml_node *node)
{
    return node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
}

const tac_field *tac_event_field(const tac_event *event, const char *name)
{
    for (size_t i = 0; i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, name) == 0) {
            return &event->fields[i];
        }
    }
    return NULL;
}

/** The field of that name, made when it is new; NULL when memory is short. */
static tac_field *field_for(const tac_event_reader *r, tac_event *event, const char *name)
{
    for (size_t i = 0; i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, name) == 0) {
            return &event->fields[i];
        }
    }
    tac_field *fields = tac_arena_alloc(r->arena, (event->n_field + 1) * sizeof *fields);
    if (fields == NULL) {
        (void)tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
        return NULL;
    }
    if (event->n_field > 0) {
        memcpy(fields, event->fields, event->n_field * sizeof *fields);
    }
    event->fields = fields;
    fields[event->n_field] = (tac_field){.name = name, .word = "", .unit = "", .span = event->span};
    return &fields[event->n_field++];
}

tac_status tac_event_set_number(const tac_event_reader *r, tac_event *event, const char *name,
                                double number, const char *unit)
{
    tac_field *field = field_for(r, event, name);
    if (field == NULL) {
        return TAC_E_MEMORY;
    }
    field->is_number = true;
    field->number = number;
    field->unit = unit;
    return TAC_OK;
}

tac_status tac_event_set_word(const tac_event_reader *r, tac_event *event, const char *name,
                              const char *word)
{
    tac_field *field = field_for(r, event, name);
    if (field == NULL) {
        return TAC_E_MEMORY;
    }
    field->is_number = false;
    field->word = word;
    return TAC_OK;
}

bool tac_event_rule_fits(const tac_event_rule *rule, const tac_event *event)
{
    return strcmp(rule->verb, event->verb) == 0
           && (strcmp(rule->kind, "*") == 0 || rule->kind[0] == '\0'
               || strcmp(rule->kind, event->kind) == 0);
}

/** True when the rule reads or sets something, so that its field is one of the event's. */
static bool has_field(const tac_event_rule *rule, const char *field)
{
    return rule->how <= TAC_HOW_FOR && strcmp(rule->field, field) == 0;
}

/** The unit that a field has by the rules of its event; NULL when it is no number there. */
static const char *unit_of_field(const tac_event_reader *r, const tac_event *event,
                                 const char *field)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (tac_event_rule_fits(&rules[i], event) && has_field(&rules[i], field)) {
            return rules[i].unit[0] == '\0' ? "1" : rules[i].unit;
        }
    }
    if (strcmp(event->verb, MASSAGE) != 0) {
        return NULL;
    }
    return strcmp(field, "frequency") == 0 ? "Hz" : strcmp(field, "gap") == 0 ? "s" : NULL;
}

/** Words that a field may have by the rules of its event; what may be true may also be false. */
static void words_of_field(const tac_event_reader *r, const tac_event *event, const char *field,
                           tac_word_list *list)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (tac_event_rule_fits(&rules[i], event) && strcmp(rules[i].when_field, field) == 0) {
            tac_word_list_add(list, rules[i].when_word);
        }
    }
    if (tac_word_list_has(list, "true")) {
        tac_word_list_add(list, "false");
    }
}

/** True when the rule is one of those for the parts of the body that a region covers. */
static bool is_for_region(const tac_event_rule *rule)
{
    return strncmp(rule->when_field, "in_", 3) == 0 || strncmp(rule->field, "cover_", 6) == 0
           || strncmp(rule->field, "presence_", 9) == 0;
}

/** True when the event happens somewhere on the body. */
static bool takes_region(const tac_event_reader *r, const tac_event *event)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (tac_event_rule_fits(&rules[i], event) && is_for_region(&rules[i])) {
            return true;
        }
    }
    return false;
}

/** Names of the fields that this event may carry. */
static void fields_of_event(const tac_event_reader *r, const tac_event *event, tac_word_list *list)
{
    static const char *const OF_MASSAGE[] = {"region", "pressure", "stroke_speed", "frequency",
                                             "giver",  "hold",     "gap"};
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    const bool is_massage = strcmp(event->verb, MASSAGE) == 0;
    const size_t n_cycle = strcmp(event->kind, "compression cycle") == 0 ? 0 : 2; /* hold and gap */
    for (size_t i = 0; is_massage && i + n_cycle < sizeof OF_MASSAGE / sizeof OF_MASSAGE[0]; i++) {
        tac_word_list_add(list, OF_MASSAGE[i]);
    }
    if (takes_region(r, event)) {
        tac_word_list_add(list, "region");
    }
    for (size_t i = 0; i < n; i++) {
        if (!tac_event_rule_fits(&rules[i], event) || is_for_region(&rules[i])) {
            continue;
        }
        tac_word_list_add(list, rules[i].when_field);
        if (!is_massage && rules[i].how <= TAC_HOW_FOR && strcmp(rules[i].field, "amount") != 0) {
            tac_word_list_add(list, rules[i].field);
        }
    }
}

tac_status tac_limit_check(const tac_event_reader *r, tac_span span, const char *verb,
                           const char *field, double number, const char *unit)
{
    const tac_limit *limit = tac_words_limit(r->words, verb, field);
    tac_unit of_limit = TAC_UNIT_ONE;
    tac_unit of_number = TAC_UNIT_ONE;
    if (limit == NULL || !tac_unit_parse(limit->unit[0] == '\0' ? "1" : limit->unit, &of_limit)
        || !tac_unit_parse(unit, &of_number) || !tac_unit_same_dimension(&of_limit, &of_number)) {
        return TAC_OK;
    }
    const double value = number * of_number.factor / of_limit.factor;
    if (value >= limit->low && value <= limit->high) {
        return TAC_OK;
    }
    const bool is_one = strcmp(limit->unit, "1") == 0;
    return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, span,
                       "%s: %.4g%s%s is out of range, %.4g to %.4g%s%s is possible (%s)",
                       strcmp(field, "amount") == 0 ? verb : field, value, is_one ? "" : " ",
                       is_one ? "" : limit->unit, limit->low, limit->high, is_one ? "" : " ",
                       is_one ? "" : limit->unit, limit->why);
}

/** True for "1 ug/kg" where ug are wanted. */
static bool is_per_kg(const char *unit, const tac_yaml_node *value)
{
    tac_unit want = TAC_UNIT_ONE;
    tac_unit kilogram = TAC_UNIT_ONE;
    tac_unit found = TAC_UNIT_ONE;
    if (value->kind != TAC_YAML_SCALAR || strstr(value->text, "/kg") == NULL
        || !tac_unit_parse(unit, &want) || !tac_unit_parse("kg", &kilogram)) {
        return false;
    }
    want = tac_unit_div(want, kilogram);
    return tac_unit_parse(tac_quantity_unit(value->text), &found)
           && tac_unit_same_dimension(&found, &want);
}

/** Keep a number in the unit of its rule, checked against models/limits.tsv. */
static tac_status read_number(const tac_event_reader *r, tac_event *event, const char *name,
                              const char *unit, const tac_yaml_node *value)
{
    char per_kg[64];
    double number = 0.0;
    tac_status st = TAC_OK;
    const bool is_dose_per_kg = is_per_kg(unit, value);
    snprintf(per_kg, sizeof per_kg, "%.40s/kg", unit);
    const char *what = strcmp(name, "amount") == 0 ? event->verb : name;

    TAC_TRY(tac_quantity_read(r->ctx, r->source, value, what, is_dose_per_kg ? per_kg : unit, NULL,
                              &number));
    TAC_TRY(tac_limit_check(r, value->span, event->verb, name, number, unit));
    TAC_TRY(tac_event_set_number(r, event, name, number, unit));
    tac_field *field = field_for(r, event, name);
    field->is_per_kg = is_dose_per_kg;
    field->span = value->span;
out:
    return st;
}

static tac_status refuse_field(const tac_event_reader *r, const tac_yaml_node *key,
                               const tac_event *event, tac_word_list *names)
{
    char what[80];
    tac_event_list_time_keys(names);
    snprintf(what, sizeof what, "field of '%.40s' called", event->verb);
    return tac_refuse_word(r, key->span, what, key->text, names);
}

/** One `field: value` of an event that is no time. */
static tac_status read_field(const tac_event_reader *r, const tac_yaml_node *key,
                             const tac_yaml_node *value, tac_event *event)
{
    tac_word_list names = {.n = 0};
    tac_word_list words = {.n = 0};
    fields_of_event(r, event, &names);
    if (!tac_word_list_has(&names, key->text)) {
        return refuse_field(r, key, event, &names);
    }
    if (strcmp(key->text, "region") == 0) {
        return TAC_OK; /* read when the rest is known */
    }
    if (strcmp(event->verb, MASSAGE) == 0
        && (strcmp(key->text, "pressure") == 0 || strcmp(key->text, "giver") == 0)) {
        return TAC_OK; /* tac_massage_complete() reads them together */
    }
    words_of_field(r, event, key->text, &words);
    const char *unit = unit_of_field(r, event, key->text);
    if (value->kind == TAC_YAML_SCALAR && tac_word_list_has(&words, value->text)) {
        return tac_event_set_word(r, event, key->text, value->text);
    }
    const bool is_number =
        value->kind == TAC_YAML_SCALAR && tac_quantity_is_number(value->text) && unit != NULL;
    if (words.n > 0 && !is_number) {
        return tac_refuse_word(r, value->span, key->text, text_of(value), &words);
    }
    return read_number(r, event, key->text, unit == NULL ? "1" : unit, value);
}

/** Kinds of a verb. */
static void kinds_of_verb(const tac_event_reader *r, const char *verb, tac_word_list *list)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; strcmp(verb, MASSAGE) != 0 && i < n; i++) {
        if (strcmp(rules[i].verb, verb) == 0 && strcmp(rules[i].kind, "*") != 0) {
            tac_word_list_add(list, rules[i].kind);
        }
    }
    const tac_technique *techniques = tac_words_techniques(r->words, &n);
    for (size_t i = 0; strcmp(verb, MASSAGE) == 0 && i < n; i++) {
        tac_word_list_add(list, techniques[i].id);
    }
}

/** The value behind the verb: a kind, the event's main amount, or true. */
static tac_status read_kind(const tac_event_reader *r, const tac_yaml_node *value, tac_event *event)
{
    tac_word_list kinds = {.n = 0};
    kinds_of_verb(r, event->verb, &kinds);
    if (value->kind == TAC_YAML_SCALAR && tac_word_list_has(&kinds, value->text)) {
        event->kind = value->text;
        return TAC_OK;
    }
    const bool is_technique = strcmp(event->verb, MASSAGE) == 0;
    const char *unit = unit_of_field(r, event, "amount");
    if (unit != NULL && (kinds.n == 0 || tac_quantity_is_number(text_of(value)))
        && strcmp(text_of(value), "true") != 0) {
        return read_number(r, event, "amount", unit, value);
    }
    if (strcmp(text_of(value), "true") == 0 && (kinds.n == 0 || unit != NULL)) {
        return TAC_OK;
    }
    if (kinds.n == 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "%s: '%.80s' is not understood; write {%s: true, ...}", event->verb,
                           text_of(value), event->verb);
    }
    char what[80];
    snprintf(what, sizeof what, "%s%.60s", is_technique ? "" : "kind of ",
             is_technique ? "technique" : event->verb);
    return tac_refuse_word(r, value->span, what, text_of(value), &kinds);
}

/** True when the rule can belong to the event; before its kind is known (kind NULL), to any of the verb. */
static bool may_fit(const tac_event_rule *rule, const tac_event *event)
{
    return event->kind == NULL ? strcmp(rule->verb, event->verb) == 0
                               : tac_event_rule_fits(rule, event);
}

/** Refuse an event none of whose effects is in the body yet. */
static tac_status check_built(const tac_event_reader *r, const tac_yaml_node *key,
                              const tac_event *event)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    const tac_event_rule *open = NULL;
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how < TAC_HOW_FOR && may_fit(&rules[i], event)) {
            if (rules[i].input[0] != '\0') {
                return TAC_OK;
            }
            open = &rules[i];
        }
    }
    if (open == NULL) {
        return TAC_OK;
    }
    const bool has_kind = event->kind != NULL && event->kind[0] != '\0';
    return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, key->span,
                       "'%s%s%s' is understood, but this body has no mechanism for it yet: %s",
                       event->verb, has_kind ? " " : "", has_kind ? event->kind : "", open->note);
}

/** The region that the tables take when none is said; NULL when one must be said. */
static const char *usual_region(const tac_event_reader *r, const tac_event *event)
{
    size_t n = 0;
    const char *region = NULL;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how == TAC_HOW_WHERE && tac_event_rule_fits(&rules[i], event)) {
            region = rules[i].field;
        }
    }
    return region;
}

/** Where an event other than a massage happens. */
static tac_status read_region(const tac_event_reader *r, const tac_yaml_node *map, tac_event *event)
{
    tac_status st = TAC_OK;
    tac_place place;
    const tac_yaml_node *node = tac_yaml_get(map, "region");
    const char *usual = usual_region(r, event);
    if (node == NULL && usual == NULL) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, event->span,
                           "%s: where? a region such as 'lower leg' or 'left arm' is wanted: {%s: "
                           "..., region: lower leg}",
                           event->verb, event->verb);
    }
    if (node != NULL) {
        TAC_TRY(tac_place_read(r, node, &place));
    } else {
        TAC_TRY(tac_place_read_word(r, event->span, usual, &place));
    }
    TAC_TRY(tac_place_set(r, &place, event));
out:
    return st;
}

/** How long the event lasts by the tables. */
static tac_usual_length usual_length(const tac_event_reader *r, const tac_event *event)
{
    size_t n = 0;
    tac_usual_length usual = {0.0, false};
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        tac_unit unit = TAC_UNIT_ONE;
        tac_unit hour = TAC_UNIT_ONE;
        if (rules[i].how != TAC_HOW_FOR || !tac_event_rule_fits(&rules[i], event)) {
            continue;
        }
        const tac_field *field = tac_event_field(event, rules[i].field);
        const bool is_said = field != NULL && field->is_number;
        const double amount = is_said ? field->number : rules[i].value;
        if (isfinite(amount) && tac_unit_parse(rules[i].unit, &unit)
            && tac_unit_parse("h", &hour)) {
            usual = (tac_usual_length){amount * unit.factor / hour.factor, is_said};
        }
    }
    const tac_technique *technique =
        strcmp(event->verb, MASSAGE) == 0 ? tac_words_technique(r->words, event->kind) : NULL;
    return technique != NULL ? (tac_usual_length){technique->default_min / 60.0, false} : usual;
}

/** The verb: the first key. */
static tac_status read_verb(const tac_event_reader *r, const tac_yaml_node *node, tac_event *event)
{
    tac_word_list verbs = {.n = 0};
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].verb, TAC_VERB_AWAKE) != 0) {
            tac_word_list_add(&verbs, rules[i].verb);
        }
    }
    if (node->kind != TAC_YAML_MAP || node->n == 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "an event such as {massage: swedish, at: \"18:00\", for: 60 min} is "
                           "wanted");
    }
    event->verb = node->keys[0]->text;
    event->span = node->keys[0]->span;
    if (tac_word_list_has(&verbs, event->verb)) {
        return TAC_OK;
    }
    for (size_t i = 1; i < node->n; i++) {
        if (tac_word_list_has(&verbs, node->keys[i]->text)) {
            return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->keys[i]->span,
                               "the event's word comes first: {%s: %.40s, ...}",
                               node->keys[i]->text, text_of(node->items[i]));
        }
    }
    return tac_refuse_word(r, node->keys[0]->span, "event", event->verb, &verbs);
}

tac_status tac_event_read(const tac_event_reader *r, const tac_yaml_node *node,
                          tac_event *event_out)
{
    tac_event event = {0};
    tac_status st = TAC_OK;
    tac_status result = TAC_OK;

    TAC_TRY(read_verb(r, node, &event));
    TAC_TRY(check_built(r, node->keys[0], &event));
    event.kind = "";
    st = read_kind(r, node->items[0], &event);
    if (st != TAC_OK && strcmp(event.verb, MASSAGE) != 0 && takes_region(r, &event)) {
        (void)read_region(r, node, &event); /* its own errors are said too */
    }
    TAC_TRY(st);
    TAC_TRY(check_built(r, node->keys[0], &event));
    for (size_t i = 1; i < node->n; i++) {
        if (!tac_event_is_time_key(node->keys[i]->text)) {
            st = read_field(r, node->keys[i], node->items[i], &event);
            result = st != TAC_OK ? st : result;
        }
    }
    if (strcmp(event.verb, MASSAGE) == 0) {
        st = tac_massage_complete(r, node, &event);
        result = st != TAC_OK ? st : result;
    } else if (takes_region(r, &event)) {
        st = read_region(r, node, &event);
        result = st != TAC_OK ? st : result;
    }
    st = tac_recurrence_read(r, node, usual_length(r, &event), &event);
    *event_out = event;
    st = st != TAC_OK ? st : result;
out:
    return st;
}
