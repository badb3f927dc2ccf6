/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a scenario: its title, person, calendar, programmes, comparator and report. */
#include "sim/scenario.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/yaml.h"
#include "embedded.h"
#include "sim/event_read.h"
#include "sim/quantity.h"

#include <stdio.h>
#include <string.h>

static const size_t MAX_BYTES = 1U << 20;
static const size_t MAX_EVENTS = 1000;

/* Five years; longer lives change in ways that no part of the body knows. */
static const double MAX_DURATION_H = 5.0 * 366.0 * 24.0;

/* A Monday at midnight, where none is given. */
static const char DEFAULT_START[] = "2026-09-07 00:00";

static const char *const KEYS[] = {"title",     "person",     "start",   "duration", "life",
                                   "programme", "programmes", "against", "report"};

#define N_KEY     (sizeof KEYS / sizeof KEYS[0])
#define MAX_WORDS 256

typedef struct scenario_reader {
    tac_event_reader events; /* context, words, source, arena */
    const tac_yaml_node *root;
    tac_scenario *scenario;
    tac_status result; /* the last error; reading goes on */
} scenario_reader;

static void note(scenario_reader *r, tac_status st)
{
    r->result = st != TAC_OK ? st : r->result;
}

static tac_status refuse(const scenario_reader *r, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, node->span, "%s", what);
}

static tac_status no_memory(const scenario_reader *r)
{
    return tac_fail(r->events.ctx, TAC_E_MEMORY, "out of memory");
}

static const char *copy(const scenario_reader *r, const char *text)
{
    return tac_arena_text(r->events.arena, text, strlen(text));
}

static void check_keys(scenario_reader *r)
{
    for (size_t i = 0; i < r->root->n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < N_KEY; k++) {
            is_known = is_known || strcmp(r->root->keys[i]->text, KEYS[k]) == 0;
        }
        if (!is_known) {
            note(r, tac_refuse_word(&r->events, r->root->keys[i]->span, "key",
                                    r->root->keys[i]->text, N_KEY, KEYS));
        }
    }
}

static void read_title(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "title");
    if (node == NULL) {
        note(r,
             refuse(r, r->root, "a title is wanted: title: Weekly massage for an office worker"));
        return;
    }
    if (node->kind != TAC_YAML_SCALAR || node->text[0] == '\0') {
        note(r, refuse(r, node, "title: a line of text is wanted"));
        return;
    }
    r->scenario->title = copy(r, node->text);
    note(r, r->scenario->title == NULL ? no_memory(r) : TAC_OK);
}

/* ---- person ---- */

/** The rule for a key and, where it is a word, its value; NULL when there is none. */
static const tac_person_rule *find_rule(const scenario_reader *r, const char *key, const char *word)
{
    size_t n = 0;
    const tac_person_rule *rules = tac_words_person_rules(r->events.words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].key, key) == 0 && strcmp(rules[i].word, word) == 0) {
            return &rules[i];
        }
    }
    return NULL;
}

static size_t person_words(const scenario_reader *r, const char *key, const char **words)
{
    size_t n = 0;
    size_t n_word = 0;
    const tac_person_rule *rules = tac_words_person_rules(r->events.words, &n);
    for (size_t i = 0; i < n && n_word < MAX_WORDS; i++) {
        const char *word = key == NULL ? rules[i].key : rules[i].word;
        const bool is_wanted = key == NULL || strcmp(rules[i].key, key) == 0;
        const bool is_new = n_word == 0 || strcmp(words[n_word - 1], word) != 0;
        if (is_wanted && is_new && word[0] != '\0') {
            words[n_word++] = word;
        }
    }
    return n_word;
}

/** A bare number is in the unit of the rule for age; the others need their unit. */
static tac_status read_person_number(const scenario_reader *r, const tac_person_rule *rule,
                                     const tac_yaml_node *value, double *number_out)
{
    tac_yaml_node with_unit = *value;
    char text[64];
    if (strcmp(rule->unit, "year") == 0 && strspn(value->text, "0123456789.") == strlen(value->text)
        && strlen(value->text) < 20) {
        snprintf(text, sizeof text, "%s year", value->text);
        with_unit.text = text;
    }
    const tac_status st = tac_quantity_read(r->events.ctx, r->events.source, &with_unit, rule->key,
                                            rule->unit, number_out);
    if (st == TAC_OK && !(*number_out >= rule->low && *number_out <= rule->high)) {
        return tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, value->span,
                           "%s: %.4g %s is out of range; %.4g to %.4g is possible", rule->key,
                           *number_out, strcmp(rule->unit, "1") == 0 ? "" : rule->unit, rule->low,
                           rule->high);
    }
    return st;
}

static tac_status read_person_value(const scenario_reader *r, const tac_yaml_node *key,
                                    const tac_yaml_node *value, tac_person_value *out)
{
    const char *words[MAX_WORDS];
    if (person_words(r, key->text, words) == 0 && find_rule(r, key->text, "") == NULL) {
        const size_t n = person_words(r, NULL, words);
        return tac_refuse_word(&r->events, key->span, "key of a person", key->text, n, words);
    }
    if (value->kind != TAC_YAML_SCALAR) {
        return refuse(r, value, "one word or number is wanted");
    }
    const tac_person_rule *rule = find_rule(r, key->text, value->text);
    const tac_person_rule *number = find_rule(r, key->text, "");
    if (rule != NULL) {
        *out = (tac_person_value){rule->parameter, rule->value};
        return TAC_OK;
    }
    const size_t n_word = person_words(r, key->text, words);
    if (number == NULL || (n_word > 0 && !tac_quantity_is_number(value->text))) {
        return tac_refuse_word(&r->events, value->span, key->text, value->text, n_word, words);
    }
    out->parameter = number->parameter;
    return read_person_number(r, number, value, &out->value);
}

/** "woman, 42 y". */
static tac_status say_person(const scenario_reader *r, const tac_yaml_node *person)
{
    const tac_yaml_node *sex = tac_yaml_get(person, "sex");
    const tac_yaml_node *age = tac_yaml_get(person, "age");
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s, %.*s y", strcmp(sex->text, "female") == 0 ? "woman" : "man",
                  (int)strspn(age->text, "0123456789."), age->text);
    r->scenario->person_text = text.has_failed ? NULL : copy(r, tac_buf_str(&text));
    tac_buf_free(&text);
    return r->scenario->person_text == NULL ? no_memory(r) : TAC_OK;
}

static void read_person(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "person");
    if (node == NULL || node->kind != TAC_YAML_MAP) {
        note(r, refuse(r, node == NULL ? r->root : node,
                       "a person is wanted: person: {sex: female, age: 42}"));
        return;
    }
    r->scenario->person =
        tac_arena_alloc(r->events.arena, (node->n + 1) * sizeof *r->scenario->person);
    if (r->scenario->person == NULL) {
        note(r, no_memory(r));
        return;
    }
    bool is_whole = true;
    for (size_t i = 0; i < node->n; i++) {
        const tac_status st = read_person_value(r, node->keys[i], node->items[i],
                                                &r->scenario->person[r->scenario->n_person]);
        r->scenario->n_person += st == TAC_OK ? 1 : 0;
        is_whole = is_whole && st == TAC_OK;
        note(r, st);
    }
    if (tac_yaml_get(node, "sex") == NULL || tac_yaml_get(node, "age") == NULL) {
        note(r, refuse(r, node, "a person needs sex (female or male) and age"));
    } else if (is_whole) {
        note(r, say_person(r, node));
    }
}

/* ---- calendar ---- */

static void read_start(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "start");
    const char *text = node == NULL                    ? DEFAULT_START
                       : node->kind == TAC_YAML_SCALAR ? node->text
                                                       : "";
    if (!tac_date_parse(text, &r->scenario->start_day, &r->scenario->start_clock_h)) {
        note(r, refuse(r, node, "start: a date and a time are wanted: \"2026-09-07 00:00\""));
    }
}

static void read_duration(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "duration");
    double hours = 0.0;
    if (node == NULL) {
        note(r, refuse(r, r->root, "a duration is wanted: duration: 12 weeks"));
        return;
    }
    const tac_status st =
        tac_quantity_read(r->events.ctx, r->events.source, node, "duration", "h", &hours);
    if (st != TAC_OK) {
        note(r, st);
    } else if (!(hours > 0.0)) {
        note(r, refuse(r, node,
                       "duration: longer than nothing is wanted; the end must come after the "
                       "start"));
    } else if (hours > MAX_DURATION_H) {
        note(r, refuse(r, node, "duration: at most 5 years can be simulated"));
    } else {
        r->scenario->duration_h = hours;
    }
}

/** An event that could never happen within the scenario is a mistake. */
static void check_happens(scenario_reader *r, const tac_yaml_node *node, const tac_event *event)
{
    const tac_scenario *s = r->scenario;
    const double first_h = event->when.on_day > 0
                               ? 24.0 * (double)(event->when.on_day - 1) - s->start_clock_h
                           : event->when.has_clock ? 0.0
                                                   : event->when.offset_h;
    if (s->duration_h > 0.0 && first_h >= s->duration_h) {
        note(r, refuse(r, node, "this event begins after the end of the scenario"));
    }
}

static void read_events(scenario_reader *r, const tac_yaml_node *node, tac_event **events_out,
                        size_t *n_out)
{
    if (node->kind != TAC_YAML_LIST) {
        note(r, refuse(r, node,
                       "a list of events is wanted: - {massage: swedish, at: \"18:00\", for: "
                       "60 min}"));
        return;
    }
    if (node->n > MAX_EVENTS) {
        note(r, refuse(r, node, "more than 1000 events"));
        return;
    }
    tac_event *events = tac_arena_alloc(r->events.arena, (node->n + 1) * sizeof *events);
    if (events == NULL) {
        note(r, no_memory(r));
        return;
    }
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(r->events.ctx); i++) {
        const tac_status st = tac_event_read(&r->events, node->items[i], &events[*n_out]);
        if (st == TAC_OK) {
            check_happens(r, node->items[i], &events[*n_out]);
            (*n_out)++;
        }
        note(r, st);
    }
    *events_out = events;
}

/** True when the life has an event of this verb. */
static bool has_verb(const tac_scenario *s, const char *verb)
{
    for (size_t i = 0; i < s->n_life; i++) {
        if (strcmp(s->life[i].verb, verb) == 0) {
            return true;
        }
    }
    return false;
}

/** Put what every life holds (models/everyday.yaml) before the life, where the life does not say otherwise. */
static tac_status add_everyday(const scenario_reader *r)
{
    tac_status st = TAC_OK;
    tac_scenario *s = r->scenario;
    tac_yaml *everyday = NULL;
    size_t n = 0;

    TAC_TRY(tac_yaml_read(r->events.ctx, "models/everyday.yaml",
                          (const char *)tac_embedded_everyday_yaml, tac_embedded_everyday_yaml_n,
                          &everyday));
    s->everyday = everyday;
    tac_event *events =
        tac_arena_alloc(r->events.arena, (everyday->root->n + s->n_life + 1) * sizeof *events);
    if (events == NULL) {
        st = no_memory(r);
        goto out;
    }
    const tac_event_reader reader = {r->events.ctx, r->events.words, &everyday->source,
                                     r->events.arena};
    for (size_t i = 0; i < everyday->root->n; i++) {
        TAC_TRY(tac_event_read(&reader, everyday->root->items[i], &events[n]));
        events[n].span = r->root->span; /* a conflict with it points at the scenario as a whole */
        n += has_verb(s, events[n].verb) ? 0 : 1;
    }
    if (s->n_life > 0) {
        memcpy(&events[n], s->life, s->n_life * sizeof *events);
    }
    s->life = events;
    s->n_life += n;
out:
    return st;
}

/* ---- programmes and their comparator ---- */

/** Words for all events of an arm: "Swedish massage 60 min every Wednesday and Rest 20 min every day". */
static const char *say_events(const scenario_reader *r, const tac_event *events, size_t n)
{
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        tac_buf_text(&text, i == 0 ? "" : ", ");
        tac_event_say(&text, &events[i]);
    }
    const char *said = text.has_failed ? NULL : copy(r, n == 0 ? "nothing" : tac_buf_str(&text));
    tac_buf_free(&text);
    return said;
}

static bool is_arm_name(const char *name)
{
    return name[0] != '\0' && strlen(name) <= 40
           && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-")
                  == strlen(name);
}

static void read_arm(scenario_reader *r, const tac_yaml_node *key, const char *name,
                     const tac_yaml_node *node)
{
    tac_arm *arm = &r->scenario->arms[r->scenario->n_arm++];
    *arm = (tac_arm){.id = copy(r, name), .title = ""};
    if (!is_arm_name(name) || strcmp(name, "without") == 0) {
        note(r, refuse(r, key,
                       "the name of a programme has letters, digits, spaces, - and _, at most "
                       "40, and is not 'without'"));
    }
    read_events(r, node, &arm->events, &arm->n_event);
    arm->title = say_events(r, arm->events, arm->n_event);
    if (arm->id == NULL || arm->title == NULL) {
        note(r, no_memory(r));
    }
    if (node->kind == TAC_YAML_LIST && node->n == 0) {
        note(r, refuse(r, node, "a programme without events; leave it out for a life alone"));
    }
}

static void read_programmes(scenario_reader *r)
{
    const tac_yaml_node *one = tac_yaml_get(r->root, "programme");
    const tac_yaml_node *many = tac_yaml_get(r->root, "programmes");
    const size_t n = many != NULL && many->kind == TAC_YAML_MAP ? many->n : 1;
    if (one != NULL && many != NULL) {
        note(r, refuse(r, many, "programme or programmes, not both"));
    }
    if (n > 20) {
        note(r, refuse(r, many, "at most 20 programmes can be compared"));
        return;
    }
    r->scenario->arms = tac_arena_alloc(r->events.arena, (n + 1) * sizeof *r->scenario->arms);
    if (r->scenario->arms == NULL) {
        note(r, no_memory(r));
    } else if (one != NULL) {
        read_arm(r, one, "programme", one);
    } else if (many != NULL && (many->kind != TAC_YAML_MAP || many->n == 0)) {
        note(r, refuse(r, many, "programmes: {weekly: [events], daily: [events]} is wanted"));
    } else {
        for (size_t i = 0; many != NULL && i < many->n; i++) {
            read_arm(r, many->keys[i], many->keys[i]->text, many->items[i]);
        }
    }
}

/** Each session of the first programme with something else in its place. */
static tac_status replace_sessions(const scenario_reader *r, const char *by, tac_arm *arm)
{
    const tac_arm *first = &r->scenario->arms[0];
    arm->events = tac_arena_alloc(r->events.arena, (first->n_event + 1) * sizeof *arm->events);
    if (arm->events == NULL) {
        return no_memory(r);
    }
    for (size_t i = 0; i < first->n_event; i++) {
        const tac_event *event = &first->events[i];
        tac_event *other = &arm->events[arm->n_event++];
        if (strcmp(event->verb, "massage") != 0) {
            *other = *event; /* only the hands are exchanged */
        } else if (strcmp(by, "rest") == 0) {
            tac_field *posture = tac_arena_alloc(r->events.arena, sizeof *posture);
            if (posture == NULL) {
                return no_memory(r);
            }
            *posture = (tac_field){.name = "posture", .word = "supine", .span = event->span};
            *other = (tac_event){.verb = "rest",
                                 .kind = "",
                                 .fields = posture,
                                 .n_field = 1,
                                 .when = event->when,
                                 .span = event->span};
        } else {
            const tac_status st = tac_massage_with(&r->events, event, by, other);
            if (st != TAC_OK) {
                return st;
            }
        }
    }
    return TAC_OK;
}

/** A programme as the comparator of the others: it becomes the last arm. */
static tac_status compare_with(const scenario_reader *r, size_t i_arm)
{
    tac_scenario *s = r->scenario;
    const tac_arm arm = s->arms[i_arm];
    for (size_t k = i_arm; k + 1 < s->n_arm; k++) {
        s->arms[k] = s->arms[k + 1];
    }
    s->arms[s->n_arm - 1] = arm;
    return TAC_OK;
}

static tac_status read_against(const scenario_reader *r)
{
    const char *words[32] = {"nothing", "rest", "light touch"};
    size_t n_word = 3;
    tac_scenario *s = r->scenario;
    const tac_yaml_node *node = tac_yaml_get(r->root, "against");
    const char *word = node == NULL ? "nothing" : node->kind == TAC_YAML_SCALAR ? node->text : "";
    tac_arm *arm = &s->arms[s->n_arm];

    for (size_t i = 0; i < s->n_arm; i++) {
        if (strcmp(s->arms[i].id, word) == 0 && s->n_arm > 1) {
            return compare_with(r, i);
        }
        words[n_word++] = s->arms[i].id;
    }
    *arm = (tac_arm){.id = "without", .title = "the same life without it"};
    if (s->n_arm == 0) {
        arm->title = "this life";
        word = node == NULL ? "nothing" : "";
        n_word = 0;
    }
    s->n_arm++;
    if (strcmp(word, "nothing") == 0) {
        return TAC_OK;
    }
    if (s->n_arm > 1 && strcmp(word, "rest") == 0) {
        arm->title = "quiet rest at the same hours";
        return replace_sessions(r, word, arm);
    }
    if (s->n_arm > 1 && strcmp(word, "light touch") == 0) {
        arm->title = "light touch at the same hours";
        return replace_sessions(r, word, arm);
    }
    return n_word == 0 ? refuse(r, node, "against needs a programme to compare with")
                       : tac_refuse_word(&r->events, node->span, "comparator", word, n_word, words);
}

/* ---- report ---- */

static const tac_observable *find_observable(const scenario_reader *r, const char *id)
{
    size_t n = 0;
    const tac_observable *observables = tac_words_observables(r->events.words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(observables[i].id, id) == 0) {
            return &observables[i];
        }
    }
    return NULL;
}

static tac_status refuse_observable(const scenario_reader *r, const tac_yaml_node *node)
{
    const char *words[MAX_WORDS];
    size_t n = 0;
    size_t n_word = 0;
    const tac_observable *observables = tac_words_observables(r->events.words, &n);
    for (size_t i = 0; i < n && n_word < MAX_WORDS; i++) {
        if (observables[i].variable[0] != '\0') {
            words[n_word++] = observables[i].id;
        }
    }
    return tac_refuse_word(&r->events, node->span, "observable",
                           node->kind == TAC_YAML_SCALAR ? node->text : "a list", n_word, words);
}

static tac_status add_observable(scenario_reader *r, const tac_yaml_node *node)
{
    tac_scenario *s = r->scenario;
    const tac_observable *o = node->kind == TAC_YAML_SCALAR ? find_observable(r, node->text) : NULL;
    if (o == NULL) {
        return refuse_observable(r, node);
    }
    if (o->variable[0] == '\0') {
        return tac_fail_at(
            r->events.ctx, TAC_E_INPUT, r->events.source, node->span,
            "'%s' is known, but this body has no mechanism for it yet: it comes with "
            "%s",
            o->id, o->room);
    }
    for (size_t i = 0; i < s->n_report; i++) {
        if (s->report[i] == o) {
            return refuse(r, node, "this observable stands in the list a second time");
        }
    }
    s->report[s->n_report++] = o;
    return TAC_OK;
}

/** What is shown when the scenario does not say. */
static void use_default_report(scenario_reader *r)
{
    static const char *const DEFAULTS[] = {"cortisol", "heart_rate", "rmssd", "sbp", "relaxation"};
    for (size_t i = 0; i < sizeof DEFAULTS / sizeof DEFAULTS[0]; i++) {
        const tac_observable *o = find_observable(r, DEFAULTS[i]);
        if (o != NULL && o->variable[0] != '\0') {
            r->scenario->report[r->scenario->n_report++] = o;
        }
    }
}

static void read_report(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "report");
    const size_t n = node != NULL && node->kind == TAC_YAML_LIST ? node->n : 0;
    r->scenario->report =
        tac_arena_alloc(r->events.arena, (n + 8) * sizeof(const tac_observable *));
    if (r->scenario->report == NULL) {
        note(r, no_memory(r));
    } else if (node == NULL) {
        use_default_report(r);
    } else if (node->kind != TAC_YAML_LIST || n == 0) {
        note(r, refuse(r, node, "report: a list such as [cortisol, heart_rate] is wanted"));
    } else {
        for (size_t i = 0; i < n; i++) {
            note(r, add_observable(r, node->items[i]));
        }
    }
}

/* ---- the whole ---- */

static tac_status read_root(scenario_reader *r, const tac_yaml *yaml)
{
    r->root = yaml->root;
    if (r->root == NULL) {
        return tac_fail(r->events.ctx, TAC_E_INPUT,
                        "%s: the file is empty; a scenario has title, person, duration, life and "
                        "programme",
                        yaml->source.name);
    }
    if (r->root->kind != TAC_YAML_MAP) {
        return refuse(r, r->root, "a scenario is a map of keys: title, person, duration ...");
    }
    check_keys(r);
    read_title(r);
    read_person(r);
    read_start(r);
    read_duration(r);
    const tac_yaml_node *life = tac_yaml_get(r->root, "life");
    if (life != NULL) {
        read_events(r, life, &r->scenario->life, &r->scenario->n_life);
    }
    note(r, add_everyday(r));
    read_programmes(r);
    if (r->scenario->arms != NULL && r->result == TAC_OK) {
        note(r, read_against(r));
    }
    read_report(r);
    return r->result;
}

tac_status tac_scenario_from_text(tac_ctx *ctx, const tac_words *words, const char *name,
                                  const char *text, size_t n, tac_scenario **scenario_out)
{
    tac_status st = TAC_OK;
    tac_scenario *scenario = NULL;
    tac_yaml *yaml = NULL;
    void *memory = NULL;

    *scenario_out = NULL;
    TAC_TRY(tac_yaml_read(ctx, name, text, n, &yaml));
    TAC_TRY(tac_alloc(ctx, 1, sizeof *scenario, &memory));
    scenario = memory;
    scenario->yaml = yaml;
    scenario->source = yaml->source;
    scenario->arena = tac_arena_create();
    if (scenario->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    scenario_reader r = {.events = {ctx, words, &scenario->source, scenario->arena},
                         .scenario = scenario};
    yaml = NULL;
    TAC_TRY(read_root(&r, scenario->yaml));
    *scenario_out = scenario;
    scenario = NULL;
out:
    tac_scenario_free(scenario);
    tac_yaml_free(yaml);
    return st;
}

tac_status tac_scenario_from_file(tac_ctx *ctx, const tac_words *words, const char *path,
                                  tac_scenario **scenario_out)
{
    tac_buf text = TAC_BUF_INIT;
    *scenario_out = NULL;
    tac_status st = tac_file_read(ctx, path, MAX_BYTES, &text);
    if (st == TAC_OK) {
        st = tac_scenario_from_text(ctx, words, path, tac_buf_str(&text), text.n, scenario_out);
    }
    tac_buf_free(&text);
    return st;
}

void tac_scenario_free(tac_scenario *scenario)
{
    if (scenario != NULL) {
        tac_yaml_free(scenario->yaml);
        tac_yaml_free(scenario->everyday);
        tac_arena_free(scenario->arena);
        tac_free(scenario);
    }
}
