/* SPDX-License-Identifier: Apache-2.0 */
/* Checks the events of a study's arm against the words of models/evidence-words.tsv. */
#include "base/fail.h"
#include "base/tsv.h"
#include "embedded.h"
#include "model/units.h"
#include "scenario/evidence.h"
#include "scenario/place.h"
#include "scenario/quantity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENT, FIELD, UNIT, WORDS, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"event", "field", "unit", "words"};

static const char *const MUSCLES[] = {
    "elbow flexors", "shoulder and neck", "back",         "thigh", "knee extensors",
    "lower leg",     "tibialis anterior", "gastrocnemius"};
static const char *const SIDES[] = {"left ", "right ", "both "};

/* Keys that say when. */
static const char *const TIME_KEYS[] = {"from",  "at",   "to", "for",    "over",  "every",
                                        "times", "days", "on", "nights", "since", "note"};

#define N_OF(list) (sizeof(list) / sizeof((list)[0]))

/* The table while one arm is checked. */
typedef struct event_words {
    tac_study_reader *r;
    tac_tsv *table;
} event_words;

static const char *text_of(const tac_yaml_node *node)
{
    return node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
}

/** The row of a verb's field ("-" = what stands behind the verb); the number of rows when there is none. */
static size_t find_row(const event_words *w, const char *verb, const char *field)
{
    size_t i = 0;
    while (i < tac_tsv_n_row(w->table)
           && (strcmp(tac_tsv_cell(w->table, i, EVENT), verb) != 0
               || strcmp(tac_tsv_cell(w->table, i, FIELD), field) != 0)) {
        i++;
    }
    return i;
}

/** Split "a|b|c" into a list; "-" is none. */
static void split_words(const event_words *w, const char *cell, tac_word_list *list)
{
    while (strcmp(cell, "-") != 0 && *cell != '\0') {
        const size_t n = strcspn(cell, "|");
        const char *word = tac_arena_text(w->r->study->arena, cell, n);
        tac_word_list_add(list, word == NULL ? "" : word);
        cell += n + (cell[n] == '|' ? 1 : 0);
    }
}

/** Units of one amount are also right for each kg, and as a rate with `over`. */
static bool unit_fits(const char *text, const char *wanted)
{
    tac_unit have = TAC_UNIT_ONE;
    tac_unit want = TAC_UNIT_ONE;
    tac_unit rate = TAC_UNIT_ONE;
    tac_unit per_kg = TAC_UNIT_ONE;
    const char *unit = tac_quantity_unit(text);
    if (unit[0] == '\0') {
        return true;
    }
    if (!tac_unit_parse(unit, &have) || !tac_unit_parse(wanted, &want)
        || !tac_unit_parse("1/min", &rate) || !tac_unit_parse("1/kg", &per_kg)) {
        return false;
    }
    const tac_unit want_per_kg = tac_unit_mul(want, per_kg);
    const tac_unit want_rate = tac_unit_mul(want, rate);
    const tac_unit want_rate_per_kg = tac_unit_mul(want_rate, per_kg);
    return tac_unit_same_dimension(&have, &want) || tac_unit_same_dimension(&have, &want_per_kg)
           || tac_unit_same_dimension(&have, &want_rate)
           || tac_unit_same_dimension(&have, &want_rate_per_kg);
}

/** A class of hours of sleep: <7, >=8, 5-6. */
static bool is_class(const char *text)
{
    const char *number = text + strspn(text, "<>=");
    char *end = NULL;
    (void)strtod(number, &end);
    if (end == number) {
        return false;
    }
    return number > text ? *end == '\0' : *end == '-' && tac_quantity_is_number(end + 1);
}

/** A muscle, with its side or without. */
static bool is_muscle(const char *text)
{
    for (size_t i = 0; i < N_OF(SIDES); i++) {
        text += strncmp(text, SIDES[i], strlen(SIDES[i])) == 0 ? strlen(SIDES[i]) : 0;
    }
    for (size_t i = 0; i < N_OF(MUSCLES); i++) {
        if (strcmp(text, MUSCLES[i]) == 0) {
            return true;
        }
    }
    return false;
}

static tac_status check_muscle(const event_words *w, const tac_yaml_node *value)
{
    tac_word_list list = {.n = 0};
    if (is_muscle(text_of(value))) {
        return TAC_OK;
    }
    for (size_t i = 0; i < N_OF(MUSCLES); i++) {
        tac_word_list_add(&list, MUSCLES[i]);
    }
    return tac_refuse_word(&w->r->events, value->span, "muscle", text_of(value), &list);
}

static tac_status refuse_value(const event_words *w, size_t row, const tac_yaml_node *value,
                               tac_word_list *words)
{
    char what[80];
    const char *field = tac_tsv_cell(w->table, row, FIELD);
    const char *unit = tac_tsv_cell(w->table, row, UNIT);
    const bool is_main = strcmp(field, "-") == 0;
    const char *noun = !is_main ? field : tac_tsv_cell(w->table, row, EVENT);
    if (strcmp(unit, "-") != 0) {
        tac_word_list_add(words, strcmp(unit, "1") == 0 ? "a number" : "a number with its unit");
    }
    snprintf(what, sizeof what, "%s%.60s",
             is_main && strcmp(noun, "massage") != 0 ? "kind of " : "",
             is_main && strcmp(noun, "massage") == 0 ? "technique" : noun);
    return tac_refuse_word(&w->r->events, value->span, what, text_of(value), words);
}

/** The value of a field, or what stands behind the verb. */
static tac_status check_value(const event_words *w, size_t row, const tac_yaml_node *value)
{
    tac_word_list words = {.n = 0};
    tac_place place;
    const char *unit = tac_tsv_cell(w->table, row, UNIT);
    if (strcmp(unit, "region") == 0) {
        return tac_place_read(&w->r->events, value, &place);
    }
    if (strcmp(unit, "muscle") == 0) {
        return check_muscle(w, value);
    }
    split_words(w, tac_tsv_cell(w->table, row, WORDS), &words);
    const char *text = text_of(value);
    const bool is_hours = strcmp(tac_tsv_cell(w->table, row, FIELD), "hours") == 0;
    const bool is_number = strcmp(unit, "-") != 0 && tac_quantity_is_number(text);
    const bool is_force = strcmp(tac_tsv_cell(w->table, row, FIELD), "pressure") == 0 && is_number
                          && unit_fits(text, "N");
    if (tac_word_list_has(&words, text) || (is_hours && is_class(text)) || is_force
        || (is_number && unit_fits(text, unit))) {
        return TAC_OK;
    }
    return refuse_value(w, row, value, &words);
}

static bool is_time_key(const char *key)
{
    for (size_t i = 0; i < N_OF(TIME_KEYS); i++) {
        if (strcmp(TIME_KEYS[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/** A whole number from 1 on. */
static bool is_count(const char *text)
{
    char *end = NULL;
    const long n = strtol(text, &end, 10);
    return end != text && *end == '\0' && n >= 1;
}

static tac_status check_time(const event_words *w, const char *key, const tac_yaml_node *value)
{
    double hours = 0.0;
    const char *text = text_of(value);
    if (strcmp(key, "note") == 0) {
        return TAC_OK;
    }
    if (strcmp(key, "times") == 0 || strcmp(key, "nights") == 0) {
        return is_count(text) ? TAC_OK
                              : tac_study_refuse(w->r, value, "a whole number from 1 on is wanted");
    }
    if (strcmp(key, "on") == 0) {
        return strncmp(text, "day ", 4) == 0 && is_count(text + 4)
                   ? TAC_OK
                   : tac_study_refuse(w->r, value, "on: 'day 36' (1 is the first) is wanted");
    }
    if (strcmp(key, "days") == 0) {
        return value->kind == TAC_YAML_LIST
                   ? TAC_OK
                   : tac_study_refuse(w->r, value, "days: a list such as [mon, thu] is wanted");
    }
    const bool is_day = strcmp(key, "every") == 0 && strcmp(text, "day") == 0;
    const bool may_be_clock =
        strcmp(key, "from") == 0 || strcmp(key, "at") == 0 || strcmp(key, "to") == 0;
    if (is_day || (may_be_clock && tac_clock_parse(text, &hours))) {
        return TAC_OK;
    }
    return tac_study_time_read(w->r, value, key, &hours);
}

static tac_status refuse_key(const event_words *w, const char *verb, const tac_yaml_node *key)
{
    char what[80];
    tac_word_list list = {.n = 0};
    for (size_t i = 0; i < tac_tsv_n_row(w->table); i++) {
        if (strcmp(tac_tsv_cell(w->table, i, EVENT), verb) == 0
            && strcmp(tac_tsv_cell(w->table, i, FIELD), "-") != 0) {
            tac_word_list_add(&list, tac_tsv_cell(w->table, i, FIELD));
        }
    }
    for (size_t i = 0; i < N_OF(TIME_KEYS); i++) {
        tac_word_list_add(&list, TIME_KEYS[i]);
    }
    snprintf(what, sizeof what, "field of '%.40s' called", verb);
    return tac_refuse_word(&w->r->events, key->span, what, key->text, &list);
}

static tac_status refuse_verb(const event_words *w, const tac_yaml_node *key)
{
    tac_word_list list = {.n = 0};
    for (size_t i = 0; i < tac_tsv_n_row(w->table); i++) {
        tac_word_list_add(&list, tac_tsv_cell(w->table, i, EVENT));
    }
    return tac_refuse_word(&w->r->events, key->span, "event", key->text, &list);
}

/** True when something that matters is left to a default: pressure, region and length of a massage, a dose. */
static bool is_incomplete(const tac_yaml_node *event)
{
    const char *verb = event->keys[0]->text;
    if (strcmp(verb, "massage") == 0) {
        const bool has_pressure =
            tac_yaml_get(event, "pressure") != NULL || tac_yaml_get(event, "force") != NULL;
        return !has_pressure || tac_yaml_get(event, "region") == NULL
               || tac_yaml_get(event, "for") == NULL;
    }
    if (strcmp(verb, "drug") == 0 || strcmp(verb, "inoculate") == 0) {
        return tac_yaml_get(event, "dose") == NULL;
    }
    if (strcmp(verb, "exercise") == 0) {
        return tac_yaml_get(event, "intensity") == NULL || tac_yaml_get(event, "for") == NULL;
    }
    return strcmp(verb, "eccentric") == 0 && tac_yaml_get(event, "muscle") == NULL;
}

static tac_status check_event(const event_words *w, const tac_yaml_node *event, tac_study_arm *arm)
{
    tac_status result = TAC_OK;
    if (event->kind != TAC_YAML_MAP || event->n == 0) {
        return tac_study_refuse(w->r, event,
                                "an event is a map: {massage: swedish, from: 0 min, for: 45 min}");
    }
    const char *verb = event->keys[0]->text;
    size_t row = find_row(w, verb, "-");
    if (row == tac_tsv_n_row(w->table)) {
        return refuse_verb(w, event->keys[0]);
    }
    result = check_value(w, row, event->items[0]);
    for (size_t i = 1; i < event->n; i++) {
        const tac_yaml_node *key = event->keys[i];
        tac_status st = TAC_OK;
        row = find_row(w, verb, key->text);
        if (is_time_key(key->text)) {
            st = check_time(w, key->text, event->items[i]);
        } else if (row < tac_tsv_n_row(w->table)) {
            st = check_value(w, row, event->items[i]);
        } else {
            st = refuse_key(w, verb, key);
        }
        result = st != TAC_OK ? st : result;
    }
    arm->is_incomplete = arm->is_incomplete || is_incomplete(event);
    return result;
}

tac_status tac_study_events_check(tac_study_reader *r, tac_study_arm *arm)
{
    const tac_source source = {"models/evidence-words.tsv",
                               (const char *)tac_embedded_evidence_words_tsv,
                               tac_embedded_evidence_words_tsv_n};
    event_words w = {.r = r};
    tac_status result = tac_tsv_read(r->events.ctx, &source, N_COLUMN, COLUMNS, &w.table);
    for (size_t i = 0; result != TAC_E_SYNTAX && i < arm->events->n; i++) {
        tac_study_note(r, check_event(&w, arm->events->items[i], arm));
    }
    tac_tsv_free(w.table);
    return result;
}
