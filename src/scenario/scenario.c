/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a scenario: its title, person, calendar, programmes, comparator and report. */
#include "scenario/scenario.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/yaml.h"
#include "embedded.h"
#include "scenario/comparator.h"
#include "scenario/detail.h"
#include "scenario/event_read.h"
#include "scenario/occurrence.h"
#include "scenario/person_read.h"
#include "scenario/quantity.h"
#include "scenario/reported.h"

#include <math.h>
#include <string.h>

static const size_t MAX_BYTES = 1U << 20;
static const size_t MAX_EVENTS = 200;
static const size_t MAX_PROGRAMMES = 20;
static const size_t MAX_TITLE = 200;

/* A Monday at midnight, where none is given. */
static const char DEFAULT_START[] = "2026-09-07 00:00";

static const char *const KEYS[] = {"title",   "person",    "start",      "duration",
                                   "life",    "programme", "programmes", "factors",
                                   "against", "report",    "detail"};

#define N_KEY (sizeof KEYS / sizeof KEYS[0])

typedef struct scenario_reader {
    tac_event_reader events; /* context, words, source, arena */
    const tac_yaml_node *root;
    tac_scenario *scenario;
    bool is_many;      /* people instead of one person */
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
    tac_word_list keys = {.n = 0};
    for (size_t k = 0; k < N_KEY; k++) {
        tac_word_list_add(&keys, KEYS[k]);
    }
    for (size_t i = 0; i < r->root->n && !tac_ctx_is_full(r->events.ctx); i++) {
        if (!tac_word_list_has(&keys, r->root->keys[i]->text)) {
            note(r, tac_refuse_word(&r->events, r->root->keys[i]->span, "key",
                                    r->root->keys[i]->text, &keys));
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
    if (strlen(node->text) > MAX_TITLE) {
        note(r, refuse(r, node, "title: at most 200 characters are wanted"));
        return;
    }
    r->scenario->title = copy(r, node->text);
    note(r, r->scenario->title == NULL ? no_memory(r) : TAC_OK);
}

static void read_person(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "person");
    if (r->is_many) {
        note(r, tac_people_read(&r->events, node, r->scenario));
        return;
    }
    note(r, node == NULL ? refuse(r, r->root, "a person is wanted: person: {sex: female, age: 42}")
                         : tac_person_read(&r->events, node, r->scenario));
}

/* ---- calendar ---- */

static void read_start(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "start");
    const char *text = node == NULL                    ? DEFAULT_START
                       : node->kind == TAC_YAML_SCALAR ? node->text
                                                       : "";
    if (!tac_date_parse(text, &r->scenario->start_day, &r->scenario->start_clock_h)) {
        note(r, refuse(r, node,
                       "start: a date of the calendar and a time of day are wanted, such as "
                       "\"2026-09-07 00:00\""));
    }
    r->events.start_clock_h = r->scenario->start_clock_h;
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
        tac_quantity_read(r->events.ctx, r->events.source, node, "duration", "h", NULL, &hours);
    if (st != TAC_OK) {
        note(r, st);
    } else if (!(hours > 0.0)) {
        note(r, refuse(r, node,
                       "duration: longer than nothing is wanted; the end must come after the "
                       "start"));
    } else {
        note(r, tac_limit_check(&r->events, node->span, "", "duration", hours, "h"));
        r->scenario->duration_h = hours;
    }
}

/** An event that could never happen within the scenario is a mistake. */
static tac_status check_happens(scenario_reader *r, const tac_event *event, bool is_programme)
{
    tac_occurrences list = {0};
    if (!(r->scenario->duration_h > 0.0)) {
        return TAC_OK;
    }
    tac_status st = tac_occurrences_add(r->events.ctx, r->scenario, event, 0, is_programme,
                                        r->scenario->duration_h, &list);
    if (st == TAC_OK && list.n == 0) {
        st = tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, event->span,
                         "this never happens: the scenario is over after %.4g days",
                         r->scenario->duration_h / 24.0);
    }
    tac_occurrences_free(&list);
    return st;
}

static void read_events(scenario_reader *r, const tac_yaml_node *node, bool is_programme,
                        tac_event **events_out, size_t *n_out)
{
    if (node->kind != TAC_YAML_LIST) {
        note(r, refuse(r, node,
                       "a list of events is wanted: - {massage: swedish, at: \"18:00\", for: "
                       "60 min}"));
        return;
    }
    if (node->n > MAX_EVENTS) {
        note(r, refuse(r, node, "more than 200 events stand here; repeat them with every or days"));
        return;
    }
    tac_event *events = tac_arena_alloc(r->events.arena, (node->n + 1) * sizeof *events);
    if (events == NULL) {
        note(r, no_memory(r));
        return;
    }
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(r->events.ctx); i++) {
        tac_event *event = &events[*n_out];
        tac_status st = tac_event_read(&r->events, node->items[i], event);
        if (st == TAC_OK) {
            st = check_happens(r, event, is_programme);
            (*n_out)++;
        }
        note(r, st);
    }
    *events_out = events;
}

/** True when the life says itself when this happens: every day or on days of the week where only habits count, else ever. */
static bool is_in_life(const tac_scenario *s, const char *verb, bool is_habit)
{
    for (size_t i = 0; i < s->n_life; i++) {
        if (strcmp(s->life[i].verb, verb) == 0
            && (!is_habit || tac_event_is_habit(&s->life[i], TAC_CALENDAR_HABIT_WEEK))) {
            return true;
        }
    }
    return false;
}

static bool has_state(const tac_scenario *s, const char *state)
{
    for (size_t i = 0; i < s->n_health; i++) {
        if (strcmp(s->health[i], state) == 0) {
            return true;
        }
    }
    return false;
}

/** Add to the events what everybody's life holds, or what a state of health (the key) brings about, where the life does not say otherwise. */
static tac_status add_kept(const scenario_reader *r, const tac_yaml *everyday, size_t key,
                           tac_event *events, size_t *n)
{
    tac_status st = TAC_OK;
    const tac_scenario *s = r->scenario;
    const tac_yaml_node *list = everyday->root->items[key];
    const bool is_for_all = strcmp(everyday->root->keys[key]->text, "everybody") == 0;
    tac_event_reader reader = r->events;
    reader.source = &everyday->source;
    if (!is_for_all && !has_state(s, everyday->root->keys[key]->text)) {
        return TAC_OK;
    }
    for (size_t i = 0; i < list->n; i++) {
        tac_event *event = &events[*n];
        TAC_TRY(tac_event_read(&reader, list->items[i], event));
        event->is_everyday = true;
        *n += is_in_life(s, event->verb, is_for_all) ? 0 : 1;
    }
out:
    return st;
}

/** Put what a life holds unless it says otherwise (models/everyday.yaml) before the life. */
static tac_status add_everyday(const scenario_reader *r)
{
    tac_status st = TAC_OK;
    tac_scenario *s = r->scenario;
    tac_yaml *everyday = NULL;
    size_t n_most = s->n_life;
    size_t n = 0;

    TAC_TRY(tac_yaml_read(r->events.ctx, "models/everyday.yaml",
                          (const char *)tac_embedded_everyday_yaml, tac_embedded_everyday_yaml_n,
                          &everyday));
    s->everyday = everyday;
    for (size_t i = 0; i < everyday->root->n; i++) {
        n_most += everyday->root->items[i]->n;
    }
    tac_event *events = tac_arena_alloc(r->events.arena, (n_most + 1) * sizeof *events);
    if (events == NULL) {
        st = no_memory(r);
        goto out;
    }
    for (size_t i = 0; i < everyday->root->n; i++) {
        TAC_TRY(add_kept(r, everyday, i, events, &n));
    }
    if (s->n_life > 0) {
        memcpy(&events[n], s->life, s->n_life * sizeof *events);
    }
    s->life = events;
    s->n_life += n;
out:
    return st;
}

/* ---- programmes ---- */

/** Words for all events of an arm: "Swedish massage 60 min every Wednesday and Rest 20 min every day". */
static const char *say_events(const scenario_reader *r, const tac_event *events, size_t n)
{
    tac_buf text = TAC_BUF_INIT;
    static const size_t N_SAID = 4;
    for (size_t i = 0; i < n && i < N_SAID; i++) {
        tac_buf_text(&text, i == 0 ? "" : ", ");
        tac_event_say(&text, r->events.words, &events[i]);
    }
    if (n > N_SAID) {
        tac_buf_print(&text, " and %zu more", n - N_SAID);
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
    read_events(r, node, true, &arm->events, &arm->n_event);
    arm->title = say_events(r, arm->events, arm->n_event);
    if (arm->id == NULL || arm->title == NULL) {
        note(r, no_memory(r));
    }
    if (node->kind == TAC_YAML_LIST && node->n == 0) {
        note(r, refuse(r, node, "a programme without events; leave it out for a life alone"));
    }
}

/* Name of the arm that has all factors. */
static const char TOGETHER[] = "together";

/** All events of all factors in one arm. */
static void add_together(scenario_reader *r)
{
    tac_scenario *s = r->scenario;
    tac_arm *arm = &s->arms[s->n_arm];
    size_t n = 0;
    for (size_t i = 0; i < s->n_arm; i++) {
        n += s->arms[i].n_event;
    }
    *arm = (tac_arm){.id = TOGETHER, .title = "all of these together"};
    arm->events = tac_arena_alloc(r->events.arena, (n + 1) * sizeof *arm->events);
    if (arm->events == NULL) {
        note(r, no_memory(r));
        return;
    }
    for (size_t i = 0; i < s->n_arm; i++) {
        for (size_t k = 0; k < s->arms[i].n_event; k++) {
            arm->events[arm->n_event++] = s->arms[i].events[k];
        }
    }
    s->n_factor = s->n_arm++;
}

/** factors: each alone, then all together, against the same life without any. */
static void read_factors(scenario_reader *r, const tac_yaml_node *node)
{
    if (node->kind != TAC_YAML_MAP || node->n < 2) {
        note(r, refuse(r, node,
                       "factors: two or more are wanted: {massage: [events], meditation: "
                       "[events]}"));
        return;
    }
    for (size_t i = 0; i < node->n; i++) {
        if (strcmp(node->keys[i]->text, TOGETHER) == 0) {
            note(r, refuse(r, node->keys[i],
                           "'together' is the arm of all factors; another name "
                           "is wanted"));
        }
        read_arm(r, node->keys[i], node->keys[i]->text, node->items[i]);
    }
    add_together(r);
}

static void read_programmes(scenario_reader *r)
{
    const tac_yaml_node *one = tac_yaml_get(r->root, "programme");
    const tac_yaml_node *many = tac_yaml_get(r->root, "programmes");
    const tac_yaml_node *factors = tac_yaml_get(r->root, "factors");
    const tac_yaml_node *several = factors != NULL ? factors : many;
    const size_t n = several != NULL && several->kind == TAC_YAML_MAP ? several->n : 1;
    if ((one != NULL) + (many != NULL) + (factors != NULL) > 1) {
        note(r, refuse(r, several != NULL ? several : one,
                       "one of programme, programmes and factors, not two of them"));
    }
    if (n > MAX_PROGRAMMES) {
        note(r, refuse(r, several, "at most 20 programmes can be compared"));
        return;
    }
    /* one more for all factors together, and a comparator for each and the life alone */
    r->scenario->arms = tac_arena_alloc(r->events.arena, (2 * n + 3) * sizeof *r->scenario->arms);
    if (r->scenario->arms == NULL) {
        note(r, no_memory(r));
    } else if (factors != NULL) {
        read_factors(r, factors);
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

/* ---- report ---- */

/** What is shown when the scenario does not say. */
static void use_default_report(scenario_reader *r)
{
    static const char *const DEFAULTS[] = {"cortisol", "heart_rate", "rmssd", "sbp", "relaxation"};
    for (size_t i = 0; i < sizeof DEFAULTS / sizeof DEFAULTS[0]; i++) {
        const tac_observable *o = tac_words_observable(r->events.words, DEFAULTS[i]);
        if (o != NULL && o->variable[0] != '\0') {
            r->scenario->report[r->scenario->n_report++] =
                (tac_reported){.observable = o, .id = o->id, .title = o->title, .site = ""};
        }
    }
}

static tac_status add_reported(scenario_reader *r, const tac_yaml_node *node)
{
    tac_scenario *s = r->scenario;
    tac_reported item;
    const tac_status st = tac_reported_read(&r->events, node, &item);
    if (st != TAC_OK) {
        return st;
    }
    for (size_t i = 0; i < s->n_report; i++) {
        if (strcmp(s->report[i].id, item.id) == 0) {
            return refuse(r, node, "this observable stands in the list a second time");
        }
    }
    s->report[s->n_report++] = item;
    return TAC_OK;
}

static void read_report(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "report");
    const size_t n = node != NULL && node->kind == TAC_YAML_LIST ? node->n : 0;
    r->scenario->report = tac_arena_alloc(r->events.arena, (n + 8) * sizeof(tac_reported));
    if (r->scenario->report == NULL) {
        note(r, no_memory(r));
    } else if (node == NULL) {
        use_default_report(r);
    } else if (node->kind != TAC_YAML_LIST || n == 0) {
        note(r, refuse(r, node, "report: a list such as [cortisol, heart_rate] is wanted"));
    } else {
        for (size_t i = 0; i < n && !tac_ctx_is_full(r->events.ctx); i++) {
            note(r, add_reported(r, node->items[i]));
        }
    }
}

static void read_detail(scenario_reader *r)
{
    const tac_yaml_node *node = tac_yaml_get(r->root, "detail");
    if (node != NULL) {
        note(r, tac_detail_read(&r->events, node, r->result == TAC_OK, r->scenario));
    }
}

/* ---- the whole ---- */

/** What cannot be at once: within life, and between each programme and life. */
static tac_status check_calendar(const scenario_reader *r, const tac_arm *arm)
{
    tac_status st = TAC_OK;
    tac_occurrences list = {0};
    TAC_TRY(tac_occurrences_collect(r->events.ctx, r->events.words, r->scenario, arm,
                                    TAC_CALENDAR_WHOLE, &list));
    TAC_TRY(tac_occurrences_check(r->events.ctx, r->events.words, r->scenario, arm, &list));
out:
    tac_occurrences_free(&list);
    return st;
}

static void check_calendars(scenario_reader *r)
{
    note(r, check_calendar(r, NULL));
    for (size_t i = 0; i < r->scenario->n_arm; i++) {
        note(r, check_calendar(r, &r->scenario->arms[i]));
    }
}

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
        read_events(r, life, false, &r->scenario->life, &r->scenario->n_life);
    }
    note(r, add_everyday(r));
    read_programmes(r);
    if (r->scenario->arms != NULL && r->result == TAC_OK) {
        /* before the comparators, which hold the hours of the programmes: what is wrong with them is said once */
        check_calendars(r);
        note(r, tac_comparators_read(&r->events, r->root, r->scenario));
    }
    read_report(r);
    read_detail(r);
    return r->result;
}

static tac_status read_text(tac_ctx *ctx, const tac_words *words, const tac_source *text,
                            bool is_many, tac_scenario **scenario_out)
{
    tac_status st = TAC_OK;
    tac_scenario *scenario = NULL;
    tac_yaml *yaml = NULL;
    void *memory = NULL;

    *scenario_out = NULL;
    TAC_TRY(tac_yaml_read(ctx, text->name, text->text, text->n, &yaml));
    TAC_TRY(tac_alloc(ctx, 1, sizeof *scenario, &memory));
    scenario = memory;
    scenario->yaml = yaml;
    scenario->words = words;
    scenario->source = yaml->source;
    yaml = NULL;
    scenario->arena = tac_arena_create();
    if (scenario->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    scenario_reader r = {.events = {ctx, words, &scenario->source, scenario->arena, 0.0},
                         .scenario = scenario,
                         .is_many = is_many};
    TAC_TRY(read_root(&r, scenario->yaml));
    *scenario_out = scenario;
    scenario = NULL;
out:
    tac_scenario_free(scenario);
    tac_yaml_free(yaml);
    return st;
}

static tac_status read_file(tac_ctx *ctx, const tac_words *words, const char *path, bool is_many,
                            tac_scenario **scenario_out)
{
    tac_buf text = TAC_BUF_INIT;
    *scenario_out = NULL;
    tac_status st = tac_file_read(ctx, path, MAX_BYTES, &text);
    if (st == TAC_OK) {
        const tac_source source = {path, tac_buf_str(&text), text.n};
        st = read_text(ctx, words, &source, is_many, scenario_out);
    }
    tac_buf_free(&text);
    return st;
}

tac_status tac_scenario_from_text(tac_ctx *ctx, const tac_words *words, const char *name,
                                  const char *text, size_t n, tac_scenario **scenario_out)
{
    const tac_source source = {name, text, n};
    return read_text(ctx, words, &source, false, scenario_out);
}

tac_status tac_scenario_of_people_from_text(tac_ctx *ctx, const tac_words *words, const char *name,
                                            const char *text, size_t n, tac_scenario **scenario_out)
{
    const tac_source source = {name, text, n};
    return read_text(ctx, words, &source, true, scenario_out);
}

tac_status tac_scenario_from_file(tac_ctx *ctx, const tac_words *words, const char *path,
                                  tac_scenario **scenario_out)
{
    return read_file(ctx, words, path, false, scenario_out);
}

tac_status tac_scenario_of_people(tac_ctx *ctx, const tac_words *words, const char *path,
                                  tac_scenario **scenario_out)
{
    return read_file(ctx, words, path, true, scenario_out);
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
