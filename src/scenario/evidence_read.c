/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a study file: its head, people and arms; findings and events have files of their own. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "scenario/evidence.h"
#include "scenario/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t MAX_BYTES = 1U << 20;

static const char *const KEYS[] = {"id",     "title",   "citation", "doi",    "pmid",
                                   "design", "quality", "family",   "claims", "people",
                                   "clock",  "arms",    "findings", "note"};
static const char *const PEOPLE_KEYS[] = {"n",      "sex", "age",    "health", "weight",
                                          "height", "bmi", "stress", "sleep",  "species"};
static const char *const ARM_KEYS[] = {"n", "note", "people", "clock", "events"};
static const char *const DESIGNS[] = {"randomised parallel", "randomised crossover",
                                      "within person",       "uncontrolled",
                                      "observational",       "meta-analysis",
                                      "physiology",          "animal"};
static const char *const QUALITIES[] = {"A", "B", "C", "D"};
static const char *const SEXES[] = {"female", "male", "mixed"};
static const char *const HEALTH[] = {"healthy",         "trained",      "stressed",
                                     "prehypertensive", "hypertensive", "lymphoedema",
                                     "cancer patient",  "sore",         "infected",
                                     "elderly"};
static const char *const SPECIES[] = {"human", "rabbit", "rat", "mouse", "dog", "sheep"};
static const char *const LEVELS[] = {"low", "average", "high"};

#define N_OF(list) (sizeof(list) / sizeof((list)[0]))

void tac_study_note(tac_study_reader *r, tac_status st)
{
    r->result = st != TAC_OK ? st : r->result;
}

tac_status tac_study_refuse(const tac_study_reader *r, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, node->span, "%s", what);
}

static const char *text_of(const tac_yaml_node *node)
{
    return node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
}

tac_status tac_study_word_read(const tac_study_reader *r, const tac_yaml_node *node,
                               const char *what, size_t n, const char *const *words, size_t *i_out)
{
    tac_word_list list = {.n = 0};
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text_of(node), words[i]) == 0) {
            *i_out = i;
            return TAC_OK;
        }
        tac_word_list_add(&list, words[i]);
    }
    return tac_refuse_word(&r->events, node->span, what, text_of(node), &list);
}

tac_status tac_study_number_read(const tac_study_reader *r, const tac_yaml_node *node,
                                 const char *what, double *number_out)
{
    char *end = NULL;
    const char *text = text_of(node);
    *number_out = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*number_out)
               ? TAC_OK
               : tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, node->span,
                             "%s: a number without a unit is wanted, not '%.40s'", what, text);
}

static void check_keys(tac_study_reader *r, const tac_yaml_node *map, const char *what, size_t n,
                       const char *const *keys)
{
    size_t i_key = 0;
    for (size_t i = 0; i < map->n && !tac_ctx_is_full(r->events.ctx); i++) {
        tac_study_note(r, tac_study_word_read(r, map->keys[i], what, n, keys, &i_key));
    }
}

/** A line of text; "" and an error where it is missing and wanted. */
static const char *read_text(tac_study_reader *r, const char *key, bool is_wanted)
{
    const tac_yaml_node *node = tac_yaml_get(r->study->yaml->root, key);
    if (node != NULL && node->kind == TAC_YAML_SCALAR && node->text[0] != '\0') {
        return node->text;
    }
    if (node != NULL || is_wanted) {
        tac_study_note(r, tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source,
                                      (node != NULL ? node : r->study->yaml->root)->span,
                                      "%s: a line of text is wanted", key));
    }
    return "";
}

/** A word of a list under a key of the root. */
static const char *read_choice(tac_study_reader *r, const char *key, size_t n,
                               const char *const *words)
{
    size_t i = 0;
    const tac_yaml_node *node = tac_yaml_get(r->study->yaml->root, key);
    if (node == NULL) {
        (void)read_text(r, key, true);
        return words[0];
    }
    tac_study_note(r, tac_study_word_read(r, node, key, n, words, &i));
    return words[i];
}

static void read_claims(tac_study_reader *r)
{
    tac_study *s = r->study;
    const tac_yaml_node *node = tac_yaml_get(s->yaml->root, "claims");
    if (node == NULL || node->kind != TAC_YAML_LIST) {
        tac_study_note(r, tac_study_refuse(r, node == NULL ? s->yaml->root : node,
                                           "claims: a list such as [C4, C13] is wanted; it may be "
                                           "empty"));
        return;
    }
    s->claims = tac_arena_alloc(s->arena, (node->n + 1) * sizeof *s->claims);
    for (size_t i = 0; s->claims != NULL && i < node->n; i++) {
        const char *text = text_of(node->items[i]);
        char *end = NULL;
        const long k = text[0] == 'C' ? strtol(text + 1, &end, 10) : 0;
        if (end == NULL || *end != '\0' || k < 1 || k > 19) {
            tac_study_note(r, tac_study_refuse(r, node->items[i], "a claim is one of C1 to C19"));
        } else {
            s->claims[s->n_claim++] = text;
        }
    }
}

/* ---- people ---- */

static tac_status read_age(const tac_study_reader *r, const tac_yaml_node *node, tac_group *group)
{
    tac_status st = TAC_OK;
    if (node->kind == TAC_YAML_LIST && node->n == 2) {
        TAC_TRY(tac_study_number_read(r, node->items[0], "age", &group->age_low));
        TAC_TRY(tac_study_number_read(r, node->items[1], "age", &group->age_high));
    } else {
        TAC_TRY(tac_study_number_read(r, node, "age", &group->age_low));
        group->age_high = group->age_low;
    }
    if (!(group->age_low >= 0.0 && group->age_low <= group->age_high && group->age_high <= 120.0)) {
        st = tac_study_refuse(r, node, "age: years, one number or [low, high], are wanted");
    }
out:
    return st;
}

static tac_status read_health(const tac_study_reader *r, const tac_yaml_node *node,
                              tac_group *group)
{
    const size_t n = node->kind == TAC_YAML_LIST ? node->n : 1;
    group->n_health = 0;
    if (n > TAC_STUDY_MAX_HEALTH) {
        return tac_study_refuse(r, node, "health: at most four states can be joined");
    }
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        const tac_yaml_node *item = node->kind == TAC_YAML_LIST ? node->items[i] : node;
        const tac_status st =
            tac_study_word_read(r, item, "state of health", N_OF(HEALTH), HEALTH, &k);
        if (st != TAC_OK) {
            return st;
        }
        group->health[group->n_health++] = HEALTH[k];
    }
    return TAC_OK;
}

/** low, average, high, or a PSS-10 score. */
static tac_status read_stress(const tac_study_reader *r, const tac_yaml_node *node,
                              tac_group *group)
{
    size_t n = 0;
    size_t k = 0;
    tac_status st = TAC_OK;
    if (tac_quantity_is_number(text_of(node))) {
        return tac_study_number_read(r, node, "stress", &group->pss);
    }
    TAC_TRY(tac_study_word_read(r, node, "stress", N_OF(LEVELS), LEVELS, &k));
    const tac_person_rule *rules = tac_words_person_rules(r->events.words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].key, "stress") == 0 && strcmp(rules[i].word, LEVELS[k]) == 0) {
            group->pss = rules[i].value;
        }
    }
out:
    return st;
}

static tac_status read_person_key(tac_study_reader *r, const char *key, const tac_yaml_node *node,
                                  tac_group *group)
{
    static const struct {
        const char *key;
        size_t offset;
        double factor;
    } NUMBERS[] = {{"n", offsetof(tac_group, n), 1.0},
                   {"weight", offsetof(tac_group, weight_kg), 1.0},
                   {"height", offsetof(tac_group, height_m), 0.01},
                   {"bmi", offsetof(tac_group, bmi), 1.0},
                   {"sleep", offsetof(tac_group, sleep_h), 1.0}};
    size_t i = 0;
    tac_status st = TAC_OK;
    for (size_t k = 0; k < N_OF(NUMBERS); k++) {
        if (strcmp(key, NUMBERS[k].key) == 0) {
            double number = 0.0;
            TAC_TRY(tac_study_number_read(r, node, key, &number));
            if (!(number > 0.0)) {
                return tac_study_refuse(r, node, "a number above 0 is wanted");
            }
            number *= NUMBERS[k].factor;
            memcpy((char *)group + NUMBERS[k].offset, &number, sizeof number);
            return TAC_OK;
        }
    }
    if (strcmp(key, "age") == 0) {
        return read_age(r, node, group);
    }
    if (strcmp(key, "health") == 0) {
        return read_health(r, node, group);
    }
    if (strcmp(key, "stress") == 0) {
        return read_stress(r, node, group);
    }
    if (strcmp(key, "sex") == 0) {
        TAC_TRY(tac_study_word_read(r, node, "sex", N_OF(SEXES), SEXES, &i));
        group->sex = SEXES[i];
    } else if (strcmp(key, "species") == 0) {
        TAC_TRY(tac_study_word_read(r, node, "species", N_OF(SPECIES), SPECIES, &i));
        group->species = SPECIES[i];
    }
out:
    return st;
}

static void read_people(tac_study_reader *r, const tac_yaml_node *node, tac_group *group)
{
    if (node->kind != TAC_YAML_MAP) {
        tac_study_note(r, tac_study_refuse(r, node,
                                           "people: a map is wanted: {n: 53, sex: mixed, "
                                           "age: [18, 45], health: healthy}"));
        return;
    }
    check_keys(r, node, "key of people", N_OF(PEOPLE_KEYS), PEOPLE_KEYS);
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(r->events.ctx); i++) {
        tac_study_note(r, read_person_key(r, node->keys[i]->text, node->items[i], group));
    }
}

/* ---- arms ---- */

static void read_clock(tac_study_reader *r, const tac_yaml_node *node, double *clock_h)
{
    if (node != NULL && !tac_clock_parse(text_of(node), clock_h)) {
        tac_study_note(r, tac_study_refuse(r, node,
                                           "clock: a time of day in quotes is wanted, such "
                                           "as \"14:00\""));
    }
}

static void read_arm(tac_study_reader *r, const tac_yaml_node *key, const tac_yaml_node *node)
{
    tac_study_arm *arm = &r->study->arms[r->study->n_arm++];
    *arm =
        (tac_study_arm){.id = key->text, .group = r->study->people, .clock_h = r->study->clock_h};
    if (node->kind != TAC_YAML_MAP) {
        tac_study_note(r, tac_study_refuse(r, node, "an arm is a map: {n: 29, events: [...]}"));
        return;
    }
    check_keys(r, node, "key of an arm", N_OF(ARM_KEYS), ARM_KEYS);
    const tac_yaml_node *n = tac_yaml_get(node, "n");
    const tac_yaml_node *people = tac_yaml_get(node, "people");
    if (n != NULL) {
        tac_study_note(r, read_person_key(r, "n", n, &arm->group));
    } else if (!r->study->is_paired) {
        arm->group.n = (double)NAN; /* shared among the arms later */
    }
    if (people != NULL) {
        read_people(r, people, &arm->group);
    }
    read_clock(r, tac_yaml_get(node, "clock"), &arm->clock_h);
    arm->events = tac_yaml_get(node, "events");
    if (arm->events == NULL || arm->events->kind != TAC_YAML_LIST) {
        tac_study_note(r, tac_study_refuse(r, arm->events == NULL ? node : arm->events,
                                           "events: a list in order of time is wanted; it may be "
                                           "empty"));
        arm->events = NULL;
        return;
    }
    tac_study_note(r, tac_study_events_check(r, arm));
}

static void read_arms(tac_study_reader *r)
{
    tac_study *s = r->study;
    const tac_yaml_node *node = tac_yaml_get(s->yaml->root, "arms");
    if (node == NULL || node->kind != TAC_YAML_MAP || node->n == 0 || node->n > TAC_STUDY_MAX_ARM) {
        tac_study_note(r, tac_study_refuse(r, node == NULL ? s->yaml->root : node,
                                           "arms: a map of one to twenty arms is wanted"));
        return;
    }
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(r->events.ctx); i++) {
        read_arm(r, node->keys[i], node->items[i]);
    }
    for (size_t i = 0; i < s->n_arm; i++) {
        if (isnan(s->arms[i].group.n) && !isnan(s->people.n)) {
            s->arms[i].group.n = fmax(2.0, floor(s->people.n / (double)s->n_arm));
        }
    }
}

static void read_findings(tac_study_reader *r)
{
    tac_study *s = r->study;
    const tac_yaml_node *node = tac_yaml_get(s->yaml->root, "findings");
    if (node == NULL || node->kind != TAC_YAML_LIST || node->n == 0) {
        tac_study_note(r, tac_study_refuse(r, node == NULL ? s->yaml->root : node,
                                           "findings: a list with at least one is wanted"));
        return;
    }
    s->findings = tac_arena_alloc(s->arena, node->n * sizeof *s->findings);
    for (size_t i = 0; s->findings != NULL && i < node->n && !tac_ctx_is_full(r->events.ctx); i++) {
        tac_finding *f = &s->findings[s->n_finding];
        const tac_status st = tac_finding_read(r, node->items[i], f);
        tac_study_note(r, st);
        s->n_finding++;
        s->has_other_site = s->has_other_site || strncmp(f->site, "other ", 6) == 0;
    }
}

static void check_id(tac_study_reader *r, const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *file = slash == NULL ? name : slash + 1;
    const size_t n = strlen(r->study->id);
    if (slash != NULL && n > 0 && (strncmp(file, r->study->id, n) != 0 || file[n] != '.')) {
        tac_study_note(r, tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source,
                                      tac_yaml_get(r->study->yaml->root, "id")->span,
                                      "id: '%.60s' is not the name of the file, %.60s",
                                      r->study->id, file));
    }
}

static const char *area_of(const tac_study *s, const char *name)
{
    const char *slash = strrchr(name, '/');
    const char *from = slash;
    while (from != NULL && from > name && from[-1] != '/') {
        from--;
    }
    return slash == NULL || from == slash ? ""
                                          : tac_arena_text(s->arena, from, (size_t)(slash - from));
}

static void read_head(tac_study_reader *r, const char *name)
{
    tac_study *s = r->study;
    static const tac_group UNKNOWN = {.n = (double)NAN,
                                      .sex = "mixed",
                                      .age_low = (double)NAN,
                                      .age_high = (double)NAN,
                                      .weight_kg = (double)NAN,
                                      .height_m = (double)NAN,
                                      .bmi = (double)NAN,
                                      .pss = (double)NAN,
                                      .sleep_h = (double)NAN,
                                      .species = ""};
    s->id = read_text(r, "id", true);
    s->title = read_text(r, "title", true);
    s->citation = read_text(r, "citation", true);
    s->doi = read_text(r, "doi", false);
    (void)read_text(r, "pmid", false);
    (void)read_text(r, "note", false);
    s->design = read_choice(r, "design", N_OF(DESIGNS), DESIGNS);
    s->quality = read_choice(r, "quality", N_OF(QUALITIES), QUALITIES);
    s->family = read_text(r, "family", true);
    s->area = area_of(s, name);
    s->is_animal = strcmp(s->design, "animal") == 0;
    s->is_paired = strcmp(s->design, "randomised parallel") != 0
                   && strcmp(s->design, "observational") != 0
                   && strcmp(s->design, "meta-analysis") != 0 && !s->is_animal;
    check_id(r, name);
    read_claims(r);
    s->people = UNKNOWN;
    s->clock_h = (double)NAN;
    const tac_yaml_node *people = tac_yaml_get(s->yaml->root, "people");
    if (people == NULL) {
        tac_study_note(r, tac_study_refuse(r, s->yaml->root, "people: who was studied is wanted"));
    } else {
        read_people(r, people, &s->people);
    }
    if (s->is_animal && s->people.species[0] == '\0') {
        tac_study_note(r, tac_study_refuse(r, people == NULL ? s->yaml->root : people,
                                           "a study of animals names the species"));
    }
    read_clock(r, tac_yaml_get(s->yaml->root, "clock"), &s->clock_h);
}

static tac_status read_root(tac_study_reader *r, const char *name)
{
    const tac_yaml_node *root = r->study->yaml->root;
    if (root == NULL || root->kind != TAC_YAML_MAP) {
        return tac_fail(r->events.ctx, TAC_E_INPUT,
                        "%s: a study is a map of keys: id, title, citation, design, people, arms, "
                        "findings ...",
                        name);
    }
    check_keys(r, root, "key", N_OF(KEYS), KEYS);
    read_head(r, name);
    read_arms(r);
    read_findings(r);
    for (size_t i = 0; i < r->study->n_arm; i++) {
        r->study->arms[i].is_one_sided = r->study->has_other_site;
    }
    return r->result;
}

tac_status tac_study_from_text(tac_ctx *ctx, const tac_words *words, const char *name,
                               const char *text, size_t n, tac_study **study_out)
{
    tac_status st = TAC_OK;
    tac_study *study = NULL;
    void *memory = NULL;

    *study_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *study, &memory));
    study = memory;
    TAC_TRY(tac_yaml_read(ctx, name, text, n, &study->yaml));
    study->arena = tac_arena_create();
    if (study->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    tac_study_reader r = {.events = {ctx, words, &study->yaml->source, study->arena, 0.0},
                          .study = study};
    TAC_TRY(read_root(&r, name));
    *study_out = study;
    study = NULL;
out:
    tac_study_free(study);
    return st;
}

tac_status tac_study_from_file(tac_ctx *ctx, const tac_words *words, const char *path,
                               tac_study **study_out)
{
    tac_buf text = TAC_BUF_INIT;
    *study_out = NULL;
    tac_status st = tac_file_read(ctx, path, MAX_BYTES, &text);
    if (st == TAC_OK) {
        st = tac_study_from_text(ctx, words, path, tac_buf_str(&text), text.n, study_out);
    }
    tac_buf_free(&text);
    return st;
}

void tac_study_free(tac_study *study)
{
    if (study != NULL) {
        tac_yaml_free(study->yaml);
        tac_arena_free(study->arena);
        tac_free(study);
    }
}
