/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a person by the rows of models/person.tsv. */
#include "scenario/person_read.h"

#include "base/fail.h"
#include "scenario/quantity.h"

#include <stdio.h>
#include <string.h>

static const char HEIGHT[] = "person.height";
static const char WEIGHT[] = "person.weight";
static const char BMI[] = "bmi";
static const char HEALTH[] = "health";

enum { MAX_HEALTH = 8 };

typedef struct person_reader {
    const tac_event_reader *r;
    const tac_yaml_node *node;
    tac_scenario *scenario;
    const tac_person_rule *rules;
    size_t n_rule;
    bool is_many; /* people: sex and age may be open, numbers may be ranges */
    double bmi;   /* kg/m^2 */
} person_reader;

/** The rule for a key and a word ("" = a number), or NULL. */
static const tac_person_rule *find_rule(const person_reader *p, const char *key, const char *word)
{
    for (size_t i = 0; i < p->n_rule; i++) {
        if (strcmp(p->rules[i].key, key) == 0 && strcmp(p->rules[i].word, word) == 0) {
            return &p->rules[i];
        }
    }
    return NULL;
}

static const tac_person_value *find_value(const person_reader *p, const char *parameter)
{
    for (size_t i = 0; i < p->scenario->n_person; i++) {
        if (strcmp(p->scenario->person[i].parameter, parameter) == 0) {
            return &p->scenario->person[i];
        }
    }
    return NULL;
}

/** Keep a value unless the parameter has one; there is room for one of each rule. */
static void keep_range(const person_reader *p, const char *parameter, double low, double high)
{
    if (parameter[0] != '\0' && find_value(p, parameter) == NULL) {
        p->scenario->person[p->scenario->n_person++] = (tac_person_value){parameter, low, high};
    }
}

static void keep(const person_reader *p, const char *parameter, double value)
{
    keep_range(p, parameter, value, value);
}

static void list_keys(const person_reader *p, tac_word_list *list)
{
    for (size_t i = 0; i < p->n_rule; i++) {
        tac_word_list_add(list, p->rules[i].key);
    }
    tac_word_list_add(list, HEALTH);
}

/** Words of a key; a last one says that a number is right too. */
static void list_words(const person_reader *p, const char *key, tac_word_list *list)
{
    for (size_t i = 0; i < p->n_rule; i++) {
        if (strcmp(p->rules[i].key, key) == 0) {
            tac_word_list_add(list, p->rules[i].word);
        }
    }
}

static tac_status read_number(const person_reader *p, const tac_person_rule *rule,
                              const tac_yaml_node *value, double *number_out)
{
    tac_yaml_node with_unit = *value;
    char text[64];
    const char *unit = strcmp(rule->unit, "1") == 0      ? ""
                       : strcmp(rule->unit, "year") == 0 ? "years"
                                                         : rule->unit;
    /* An age is years, a body mass index kg/m^2 without saying so. */
    const bool may_be_bare = strcmp(rule->unit, "year") == 0 || strcmp(rule->key, BMI) == 0;
    if (may_be_bare && value->kind == TAC_YAML_SCALAR && tac_quantity_unit(value->text)[0] == '\0'
        && strlen(value->text) < 40) {
        snprintf(text, sizeof text, "%.40s %s", value->text, rule->unit);
        with_unit.text = text;
    }
    const tac_status st = tac_quantity_read(p->r->ctx, p->r->source, &with_unit, rule->key,
                                            rule->unit, NULL, number_out);
    if (st == TAC_OK && !(*number_out >= rule->low && *number_out <= rule->high)) {
        return tac_fail_at(p->r->ctx, TAC_E_INPUT, p->r->source, value->span,
                           "%s: %.4g%s%s is out of range, %.4g to %.4g%s%s is possible", rule->key,
                           *number_out, unit[0] == '\0' ? "" : " ", unit, rule->low, rule->high,
                           unit[0] == '\0' ? "" : " ", unit);
    }
    return st;
}

static tac_status refuse(const person_reader *p, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(p->r->ctx, TAC_E_INPUT, p->r->source, node->span, "%s", what);
}

/** `age: [30, 50]`: people anywhere between. */
static tac_status read_range(person_reader *p, const tac_person_rule *rule,
                             const tac_yaml_node *value)
{
    double low = 0.0;
    double high = 0.0;
    tac_status st = TAC_OK;
    if (!p->is_many) {
        return refuse(p, value,
                      "one number is wanted; people of a range are drawn by 'tactus cohort'");
    }
    if (value->n != 2) {
        return refuse(p, value, "a range has two numbers: [30, 50]");
    }
    TAC_TRY(read_number(p, rule, value->items[0], &low));
    TAC_TRY(read_number(p, rule, value->items[1], &high));
    if (!(low < high)) {
        return refuse(p, value, "a range begins with the smaller number: [30, 50]");
    }
    keep_range(p, strcmp(rule->key, BMI) == 0 ? BMI : rule->parameter, low, high);
out:
    return st;
}

/** One state of health. */
static tac_status read_state(const person_reader *p, const tac_yaml_node *node)
{
    tac_word_list states = {.n = 0};
    size_t n = 0;
    const tac_health_change *changes = tac_words_health(p->r->words, &n);
    const char *text = node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
    for (size_t i = 0; i < n; i++) {
        tac_word_list_add(&states, changes[i].state);
        if (strcmp(changes[i].state, text) == 0
            && (p->scenario->n_health == 0
                || p->scenario->health[p->scenario->n_health - 1] != changes[i].state)) {
            if (p->scenario->n_health == MAX_HEALTH) {
                return refuse(p, node, "health: at most eight states can be joined");
            }
            p->scenario->health[p->scenario->n_health++] = changes[i].state;
            return TAC_OK;
        }
    }
    return tac_refuse_word(p->r, node->span, "state of health", text, &states);
}

/** `health: hypertensive` or `health: [elderly, hypertensive]`. */
static tac_status read_health(const person_reader *p, const tac_yaml_node *value)
{
    tac_status result = TAC_OK;
    p->scenario->health = tac_arena_alloc(p->r->arena, MAX_HEALTH * sizeof(char *));
    if (p->scenario->health == NULL) {
        return tac_fail(p->r->ctx, TAC_E_MEMORY, "out of memory");
    }
    if (value->kind != TAC_YAML_LIST) {
        return read_state(p, value);
    }
    for (size_t i = 0; i < value->n; i++) {
        const tac_status st = read_state(p, value->items[i]);
        result = st != TAC_OK ? st : result;
    }
    return result;
}

/** One `key: value` that the scenario says. */
static tac_status read_value(person_reader *p, const tac_yaml_node *key, const tac_yaml_node *value)
{
    tac_word_list list = {.n = 0};
    double number = 0.0;
    tac_status st = TAC_OK;
    if (strcmp(key->text, HEALTH) == 0) {
        return read_health(p, value);
    }
    list_keys(p, &list);
    if (!tac_word_list_has(&list, key->text)) {
        return tac_refuse_word(p->r, key->span, "key of a person", key->text, &list);
    }
    const char *text = value->kind == TAC_YAML_SCALAR ? value->text : "(a list)";
    const tac_person_rule *word = text[0] == '\0' ? NULL : find_rule(p, key->text, text);
    const tac_person_rule *rule = find_rule(p, key->text, "");
    if (word != NULL) {
        keep(p, word->parameter, word->value);
        return TAC_OK;
    }
    if (p->is_many && strcmp(key->text, "sex") == 0 && strcmp(text, "mixed") == 0) {
        return TAC_OK;
    }
    if (rule != NULL && value->kind == TAC_YAML_LIST) {
        return read_range(p, rule, value);
    }
    list.n = 0;
    list_words(p, key->text, &list);
    if (rule == NULL || (list.n > 0 && !tac_quantity_is_number(text))) {
        tac_word_list_add(&list, rule == NULL ? "" : "a number");
        return tac_refuse_word(p->r, value->span, key->text, text, &list);
    }
    TAC_TRY(read_number(p, rule, value, &number));
    const bool is_bmi = strcmp(rule->key, BMI) == 0;
    keep(p, is_bmi && p->is_many ? BMI : rule->parameter, number);
    p->bmi = is_bmi ? number : p->bmi;
out:
    return st;
}

/** What a word brings along, and the weight, where the scenario does not say it. */
static void fill_in(const person_reader *p)
{
    for (size_t i = 0; i < p->node->n; i++) {
        const tac_yaml_node *value = p->node->items[i];
        for (size_t k = 0; value->kind == TAC_YAML_SCALAR && k < p->n_rule; k++) {
            const tac_person_rule *rule = &p->rules[k];
            if (rule->word[0] != '\0' && strcmp(rule->key, p->node->keys[i]->text) == 0
                && strcmp(rule->word, value->text) == 0
                && !(p->is_many
                     && strcmp(rule->parameter, HEIGHT) == 0)) { /* people differ in it */
                keep(p, rule->parameter, rule->value);
            }
        }
    }
    const tac_person_value *height = find_value(p, HEIGHT);
    if (height != NULL && p->bmi > 0.0 && !p->is_many) {
        keep(p, WEIGHT, p->bmi * height->value * height->value);
    }
}

/** "woman", "men", "people". */
static const char *noun_of(const person_reader *p)
{
    const tac_person_value *sex = find_value(p, "person.sex");
    if (sex == NULL) {
        return "people";
    }
    const bool is_man = sex->value > 0.5;
    return p->is_many ? (is_man ? "men" : "women") : (is_man ? "man" : "woman");
}

/** "woman, 42 y", "people, 30-50 y, hypertensive". */
static tac_status say_person(const person_reader *p)
{
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    const tac_person_value *age = find_value(p, "person.age");
    tac_buf_text(&text, noun_of(p));
    if (age != NULL) {
        tac_buf_print(&text, age->high > age->value ? ", %.4g-%.4g y" : ", %.4g y", age->value,
                      age->high);
    }
    for (size_t i = 0; i < p->scenario->n_health; i++) {
        tac_buf_print(&text, ", %s", p->scenario->health[i]);
    }
    TAC_TRY(tac_buf_check(p->r->ctx, &text));
    p->scenario->person_text = tac_arena_text(p->r->arena, tac_buf_str(&text), text.n);
    if (p->scenario->person_text == NULL) {
        st = tac_fail(p->r->ctx, TAC_E_MEMORY, "out of memory");
    }
out:
    tac_buf_free(&text);
    return st;
}

/** All keys of the map; goes on after an error. */
static tac_status read_all(person_reader *p)
{
    tac_status result = TAC_OK;
    for (size_t i = 0; i < p->node->n && !tac_ctx_is_full(p->r->ctx); i++) {
        const tac_status st = read_value(p, p->node->keys[i], p->node->items[i]);
        result = st != TAC_OK ? st : result;
    }
    const bool needs_both = !p->is_many;
    if (needs_both
        && (tac_yaml_get(p->node, "sex") == NULL || tac_yaml_get(p->node, "age") == NULL)) {
        return refuse(p, p->node, "a person needs sex (female or male) and age");
    }
    if (tac_yaml_get(p->node, BMI) != NULL && tac_yaml_get(p->node, "weight") != NULL) {
        return refuse(p, tac_yaml_get(p->node, BMI), "weight or bmi, not both");
    }
    if (result == TAC_OK) {
        fill_in(p);
    }
    return result;
}

static tac_status read_into(person_reader *p)
{
    if (p->node != NULL && p->node->kind != TAC_YAML_MAP) {
        return refuse(p, p->node, "person: a map is wanted: {sex: female, age: 42}");
    }
    p->rules = tac_words_person_rules(p->r->words, &p->n_rule);
    const tac_person_rule *bmi = find_rule(p, BMI, "");
    p->bmi = bmi == NULL ? 0.0 : bmi->value;
    p->scenario->person =
        tac_arena_alloc(p->r->arena, (p->n_rule + 1) * sizeof *p->scenario->person);
    if (p->scenario->person == NULL) {
        return tac_fail(p->r->ctx, TAC_E_MEMORY, "out of memory");
    }
    const tac_status st = p->node == NULL ? TAC_OK : read_all(p);
    return st == TAC_OK ? say_person(p) : st;
}

tac_status tac_person_read(const tac_event_reader *r, const tac_yaml_node *node,
                           tac_scenario *scenario)
{
    person_reader p = {.r = r, .node = node, .scenario = scenario};
    return read_into(&p);
}

tac_status tac_people_read(const tac_event_reader *r, const tac_yaml_node *node,
                           tac_scenario *scenario)
{
    person_reader p = {.r = r, .node = node, .scenario = scenario, .is_many = true};
    return read_into(&p);
}
