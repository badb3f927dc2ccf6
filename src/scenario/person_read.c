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

typedef struct person_reader {
    const tac_event_reader *r;
    const tac_yaml_node *node;
    tac_scenario *scenario;
    const tac_person_rule *rules;
    size_t n_rule;
    double bmi; /* kg/m^2 */
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
static void keep(const person_reader *p, const char *parameter, double value)
{
    if (parameter[0] != '\0' && find_value(p, parameter) == NULL) {
        p->scenario->person[p->scenario->n_person++] = (tac_person_value){parameter, value};
    }
}

static void list_keys(const person_reader *p, tac_word_list *list)
{
    for (size_t i = 0; i < p->n_rule; i++) {
        tac_word_list_add(list, p->rules[i].key);
    }
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
    /* An age is years without saying so. */
    if (strcmp(rule->unit, "year") == 0 && value->kind == TAC_YAML_SCALAR
        && tac_quantity_unit(value->text)[0] == '\0' && strlen(value->text) < 40) {
        snprintf(text, sizeof text, "%.40s year", value->text);
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

/** One `key: value` that the scenario says. */
static tac_status read_value(person_reader *p, const tac_yaml_node *key, const tac_yaml_node *value)
{
    tac_word_list list = {.n = 0};
    double number = 0.0;
    tac_status st = TAC_OK;
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
    list.n = 0;
    list_words(p, key->text, &list);
    if (rule == NULL || (list.n > 0 && !tac_quantity_is_number(text))) {
        tac_word_list_add(&list, rule == NULL ? "" : "a number");
        return tac_refuse_word(p->r, value->span, key->text, text, &list);
    }
    TAC_TRY(read_number(p, rule, value, &number));
    keep(p, rule->parameter, number);
    p->bmi = strcmp(rule->key, BMI) == 0 ? number : p->bmi;
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
                && strcmp(rule->word, value->text) == 0) {
                keep(p, rule->parameter, rule->value);
            }
        }
    }
    const tac_person_value *height = find_value(p, HEIGHT);
    if (height != NULL && p->bmi > 0.0) {
        keep(p, WEIGHT, p->bmi * height->value * height->value);
    }
}

/** "woman, 42 y". */
static tac_status say_person(const person_reader *p)
{
    char text[64];
    const tac_yaml_node *sex = tac_yaml_get(p->node, "sex");
    const tac_person_value *age = find_value(p, "person.age");
    snprintf(text, sizeof text, "%s, %.4g y", strcmp(sex->text, "female") == 0 ? "woman" : "man",
             age == NULL ? 0.0 : age->value);
    p->scenario->person_text = tac_arena_text(p->r->arena, text, strlen(text));
    return p->scenario->person_text != NULL ? TAC_OK
                                            : tac_fail(p->r->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status refuse(const person_reader *p, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(p->r->ctx, TAC_E_INPUT, p->r->source, node->span, "%s", what);
}

tac_status tac_person_read(const tac_event_reader *r, const tac_yaml_node *node,
                           tac_scenario *scenario)
{
    tac_status result = TAC_OK;
    person_reader p = {.r = r, .node = node, .scenario = scenario};
    if (node->kind != TAC_YAML_MAP) {
        return refuse(&p, node, "person: a map is wanted: {sex: female, age: 42}");
    }
    p.rules = tac_words_person_rules(r->words, &p.n_rule);
    const tac_person_rule *bmi = find_rule(&p, BMI, "");
    p.bmi = bmi == NULL ? 0.0 : bmi->value;
    scenario->person = tac_arena_alloc(r->arena, (p.n_rule + 1) * sizeof *scenario->person);
    if (scenario->person == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(r->ctx); i++) {
        const tac_status st = read_value(&p, node->keys[i], node->items[i]);
        result = st != TAC_OK ? st : result;
    }
    if (tac_yaml_get(node, "sex") == NULL || tac_yaml_get(node, "age") == NULL) {
        return refuse(&p, node, "a person needs sex (female or male) and age");
    }
    if (tac_yaml_get(node, BMI) != NULL && tac_yaml_get(node, "weight") != NULL) {
        return refuse(&p, tac_yaml_get(node, BMI), "weight or bmi, not both");
    }
    if (result == TAC_OK) {
        fill_in(&p);
        result = say_person(&p);
    }
    return result;
}
