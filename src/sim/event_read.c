/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one event: its verb and kind, its fields in the units of the tables, its times. */
#include "sim/event_read.h"

#include "base/fail.h"
#include "base/suggest.h"
#include "model/units.h"
#include "sim/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MAX_WORDS 128

/* Words gathered from the tables for a message or a choice, each once. */
typedef struct word_list {
    const char *items[MAX_WORDS];
    size_t n;
} word_list;

static bool has_word(const word_list *list, const char *word)
{
    for (size_t i = 0; i < list->n; i++) {
        if (strcmp(list->items[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void add_word(word_list *list, const char *word)
{
    if (word[0] != '\0' && list->n < MAX_WORDS && !has_word(list, word)) {
        list->items[list->n++] = word;
    }
}

tac_status tac_refuse_word(const tac_event_reader *r, tac_span span, const char *what,
                           const char *found, size_t n_word, const char *const *words)
{
    tac_buf advice = TAC_BUF_INIT;
    tac_suggest_print(&advice, found, n_word, words);
    const tac_status st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, span, "no %s '%.80s'; %s",
                                      what, found, tac_buf_str(&advice));
    tac_buf_free(&advice);
    return st;
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

/** The field of that name, made when it is new. There is room for what an event can have. */
static tac_field *field_for(const tac_event_reader *r, tac_event *event, const char *name)
{
    for (size_t i = 0; i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, name) == 0) {
            return &event->fields[i];
        }
    }
    tac_field *fields = tac_arena_alloc(r->arena, (event->n_field + 1) * sizeof *fields);
    if (fields == NULL) {
        return NULL;
    }
    if (event->n_field > 0) {
        memcpy(fields, event->fields, event->n_field * sizeof *fields);
    }
    event->fields = fields;
    fields[event->n_field] = (tac_field){.name = name, .word = "", .span = event->span};
    return &fields[event->n_field++];
}

tac_status tac_event_set_number(const tac_event_reader *r, tac_event *event, const char *name,
                                double number)
{
    tac_field *field = field_for(r, event, name);
    if (field == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    field->is_number = true;
    field->number = number;
    return TAC_OK;
}

static tac_status set_word(const tac_event_reader *r, tac_event *event, const char *name,
                           const char *word, tac_span span)
{
    tac_field *field = field_for(r, event, name);
    if (field == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    field->is_number = false;
    field->word = word;
    field->span = span;
    return TAC_OK;
}

/** Rules of a verb that hold for the kind. */
static bool rule_fits(const tac_event_rule *rule, const tac_event *event)
{
    return strcmp(rule->verb, event->verb) == 0
           && (strcmp(rule->kind, "*") == 0 || rule->kind[0] == '\0'
               || strcmp(rule->kind, event->kind) == 0);
}

/** The unit that a field has by the rules of its event; NULL when it is no number there. */
static const char *unit_of_field(const tac_event_reader *r, const tac_event *event,
                                 const char *field)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rule_fits(&rules[i], event) && strcmp(rules[i].field, field) == 0
            && rules[i].how != TAC_HOW_EXCLUDES) {
            return rules[i].unit[0] == '\0' ? "1" : rules[i].unit;
        }
    }
    const tac_limit *limit = tac_words_limit(r->words, field);
    return limit != NULL && limit->unit[0] != '\0' ? limit->unit : NULL;
}

/** Words that a field may have by the rules of its event. */
static void words_of_field(const tac_event_reader *r, const tac_event *event, const char *field,
                           word_list *list)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rule_fits(&rules[i], event) && strcmp(rules[i].when_field, field) == 0) {
            add_word(list, rules[i].when_word);
        }
    }
}

/** Names of the fields that this event may carry. */
static void fields_of_event(const tac_event_reader *r, const tac_event *event, word_list *list)
{
    static const char *const OF_MASSAGE[] = {"region", "pressure", "stroke_speed", "frequency",
                                             "giver"};
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    const bool is_massage = strcmp(event->verb, "massage") == 0;
    for (size_t i = 0; is_massage && i < sizeof OF_MASSAGE / sizeof OF_MASSAGE[0]; i++) {
        add_word(list, OF_MASSAGE[i]);
    }
    for (size_t i = 0; i < n; i++) {
        if (rule_fits(&rules[i], event)) {
            add_word(list, rules[i].when_field);
            if (!is_massage && rules[i].how != TAC_HOW_EXCLUDES
                && strcmp(rules[i].field, "amount") != 0) {
                add_word(list, rules[i].field);
            }
        }
    }
}

/** True for "1 ug/kg" where ug are wanted. */
static bool is_per_kg(const char *unit, const tac_yaml_node *value)
{
    tac_unit want = TAC_UNIT_ONE;
    tac_unit kilogram = TAC_UNIT_ONE;
    tac_unit found = TAC_UNIT_ONE;
    if (value->kind != TAC_YAML_SCALAR || !tac_unit_parse(unit, &want)
        || !tac_unit_parse("kg", &kilogram)) {
        return false;
    }
    want = tac_unit_div(want, kilogram);
    const char *text = strstr(value->text, "/kg") == NULL
                           ? NULL
                           : value->text + strspn(value->text, "+-.0123456789eE ");
    return text != NULL && tac_unit_parse(text, &found) && tac_unit_same_dimension(&found, &want);
}

/** A dose for each kg of the person's weight. */
static tac_status read_per_kg(const tac_event_reader *r, tac_event *event, const char *name,
                              const char *unit, const tac_yaml_node *value)
{
    char wanted[64];
    double number = 0.0;
    snprintf(wanted, sizeof wanted, "%.40s/kg", unit);
    tac_status st = tac_quantity_read(r->ctx, r->source, value, name, wanted, &number);
    if (st == TAC_OK && number < 0.0) {
        st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                         "%s: a dose cannot be negative", name);
    }
    if (st == TAC_OK) {
        st = tac_event_set_number(r, event, name, number);
    }
    if (st == TAC_OK) {
        field_for(r, event, name)->is_per_kg = true;
    }
    return st;
}

/** Keep a number, checked against models/limits.tsv. */
static tac_status read_number(const tac_event_reader *r, tac_event *event, const char *name,
                              const char *unit, const tac_yaml_node *value)
{
    double number = 0.0;
    const tac_limit *limit = tac_words_limit(r->words, name);
    if (is_per_kg(unit, value)) {
        return read_per_kg(r, event, name, unit, value);
    }
    tac_status st = tac_quantity_read(r->ctx, r->source, value, name, unit, &number);
    if (st != TAC_OK) {
        return st;
    }
    if (limit != NULL && (number < limit->low || number > limit->high)) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "%s: %.4g %s is out of range, %.4g to %.4g is possible (%s)", name,
                           number, unit, limit->low, limit->high, limit->why);
    }
    return tac_event_set_number(r, event, name, number);
}

/** One `field: value` of an event that is no time. */
static tac_status read_field(const tac_event_reader *r, const tac_yaml_node *key,
                             const tac_yaml_node *value, tac_event *event)
{
    word_list names = {.n = 0};
    word_list words = {.n = 0};
    fields_of_event(r, event, &names);
    if (!has_word(&names, key->text)) {
        static const char *const TIMES[] = {"at",    "from",  "to",   "for",
                                            "every", "times", "days", "on"};
        for (size_t i = 0; i < 8; i++) {
            add_word(&names, TIMES[i]);
        }
        return tac_refuse_word(r, key->span, "field", key->text, names.n, names.items);
    }
    if (strcmp(event->verb, "massage") == 0
        && (strcmp(key->text, "region") == 0 || strcmp(key->text, "pressure") == 0
            || strcmp(key->text, "giver") == 0)) {
        return TAC_OK; /* tac_massage_complete() reads them together */
    }
    words_of_field(r, event, key->text, &words);
    const char *unit = unit_of_field(r, event, key->text);
    const bool is_word = value->kind == TAC_YAML_SCALAR && has_word(&words, value->text);
    if (is_word) {
        return set_word(r, event, key->text, value->text, value->span);
    }
    if (words.n > 0
        && (unit == NULL || value->kind != TAC_YAML_SCALAR
            || !tac_quantity_is_number(value->text))) {
        return tac_refuse_word(r, value->span, key->text,
                               value->kind == TAC_YAML_SCALAR ? value->text : "a list", words.n,
                               words.items);
    }
    return read_number(r, event, key->text, unit == NULL ? "1" : unit, value);
}

/** Kinds of a verb. */
static void kinds_of_verb(const tac_event_reader *r, const char *verb, word_list *list)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].verb, verb) == 0 && strcmp(rules[i].kind, "*") != 0) {
            add_word(list, rules[i].kind);
        }
    }
    const tac_technique *techniques = tac_words_techniques(r->words, &n);
    for (size_t i = 0; strcmp(verb, "massage") == 0 && i < n; i++) {
        add_word(list, techniques[i].id);
    }
}

/** The value behind the verb: a kind, the event's main amount, or true. */
static tac_status read_kind(const tac_event_reader *r, const tac_yaml_node *value, tac_event *event)
{
    word_list kinds = {.n = 0};
    kinds_of_verb(r, event->verb, &kinds);
    if (value->kind != TAC_YAML_SCALAR) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "%s: a word or a number with a unit is wanted", event->verb);
    }
    if (has_word(&kinds, value->text)) {
        event->kind = value->text;
        return TAC_OK;
    }
    const char *unit = unit_of_field(r, event, "amount");
    if (unit != NULL && tac_quantity_is_number(value->text)) {
        return read_number(r, event, "amount", unit, value);
    }
    if (strcmp(value->text, "true") == 0 && (kinds.n == 0 || unit != NULL)) {
        return TAC_OK;
    }
    if (kinds.n == 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "%s: '%.80s' is not understood; %s%s is wanted", event->verb,
                           value->text, unit == NULL ? "true" : "a number with a unit such as ",
                           unit == NULL ? "" : unit);
    }
    return tac_refuse_word(r, value->span, event->verb, value->text, kinds.n, kinds.items);
}

/** An event whose mechanism no part of the body has yet. */
static tac_status check_built(const tac_event_reader *r, const tac_yaml_node *key,
                              const tac_event *event)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        const bool is_open = rules[i].input[0] == '\0' && rules[i].how != TAC_HOW_FOR
                             && rules[i].how != TAC_HOW_EXCLUDES;
        if (is_open && rule_fits(&rules[i], event)) {
            return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, key->span,
                               "'%s%s%s' is understood, but this body has no mechanism for it yet: "
                               "%s",
                               event->verb, event->kind[0] == '\0' ? "" : ": ", event->kind,
                               rules[i].note);
        }
    }
    return TAC_OK;
}

/** Default length of an event in hours, 0 when it has none. */
static double default_duration_h(const tac_event_reader *r, const tac_event *event)
{
    size_t n = 0;
    double hours = 0.0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        tac_unit unit = TAC_UNIT_ONE;
        if (rules[i].how != TAC_HOW_FOR || !rule_fits(&rules[i], event)) {
            continue;
        }
        const tac_field *field = tac_event_field(event, rules[i].field);
        const double amount = field != NULL && field->is_number ? field->number : rules[i].value;
        if (isfinite(amount) && tac_unit_parse(rules[i].unit, &unit)) {
            hours = amount * unit.factor / 3600.0;
        }
    }
    const tac_technique *techniques = tac_words_techniques(r->words, &n);
    for (size_t i = 0; strcmp(event->verb, "massage") == 0 && i < n; i++) {
        if (strcmp(techniques[i].id, event->kind) == 0) {
            hours = techniques[i].default_min / 60.0;
        }
    }
    return hours;
}

/** The verb: the first key. */
static tac_status read_verb(const tac_event_reader *r, const tac_yaml_node *node, tac_event *event)
{
    word_list verbs = {.n = 0};
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        add_word(&verbs, rules[i].verb);
    }
    if (node->kind != TAC_YAML_MAP || node->n == 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "an event such as {massage: swedish, at: \"18:00\", for: 60 min} is "
                           "wanted");
    }
    event->verb = node->keys[0]->text;
    event->kind = "";
    event->span = node->keys[0]->span;
    return has_word(&verbs, event->verb) ? TAC_OK
                                         : tac_refuse_word(r, node->keys[0]->span, "event",
                                                           event->verb, verbs.n, verbs.items);
}

tac_status tac_event_read(const tac_event_reader *r, const tac_yaml_node *node,
                          tac_event *event_out)
{
    tac_event event = {0};
    tac_status result = read_verb(r, node, &event);
    if (result != TAC_OK) {
        return result;
    }
    result = read_kind(r, node->items[0], &event);
    if (result != TAC_OK) {
        return result;
    }
    result = check_built(r, node->keys[0], &event);
    for (size_t i = 1; i < node->n; i++) {
        if (!tac_event_is_time_key(node->keys[i]->text)) {
            const tac_status st = read_field(r, node->keys[i], node->items[i], &event);
            result = st != TAC_OK ? st : result;
        }
    }
    if (strcmp(event.verb, "massage") == 0) {
        const tac_status st = tac_massage_complete(r, node, &event);
        result = st != TAC_OK ? st : result;
    }
    const tac_status st = tac_recurrence_read(r, node, default_duration_h(r, &event), &event.when);
    *event_out = event;
    return st != TAC_OK ? st : result;
}
