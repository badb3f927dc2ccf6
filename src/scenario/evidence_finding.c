/* SPDX-License-Identifier: Apache-2.0 */
/* Reads one finding of a study: what was measured, when, against what, as which statistic. */
#include "base/fail.h"
#include "scenario/evidence.h"
#include "scenario/place.h"
#include "scenario/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const KEYS[] = {"what",   "of",    "site", "versus", "change", "at",
                                   "as",     "value", "se",   "sd",     "ci95",   "range",
                                   "spread", "read",  "note", "above",  "below",  "per"};
static const char *const AS[] = {"mean",        "median",    "difference", "percent",
                                 "ratio",       "smd",       "odds ratio", "risk ratio",
                                 "probability", "peak",      "nadir",      "peak time",
                                 "nadir time",  "half-life", "slope",      "direction"};
static const char *const READ[] = {"table", "figure",  "abstract", "secondary",
                                   "word",  "derived", "memory"};
static const char *const DIRECTIONS[] = {"up", "down", "none"};
static const char *const BOOLEANS[] = {"true", "false"};

#define N_OF(list) (sizeof(list) / sizeof((list)[0]))

const char *tac_as_word(tac_as as)
{
    return AS[as];
}

const char *tac_versus_word(tac_versus versus)
{
    static const char *const WORDS[] = {"nothing", "", "baseline", "day before"};
    return WORDS[versus];
}

static const char *text_of(const tac_yaml_node *node)
{
    return node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
}

tac_status tac_study_time_read(const tac_study_reader *r, const tac_yaml_node *node,
                               const char *what, double *hours_out)
{
    return tac_quantity_read(r->events.ctx, r->events.source, node, what, "h",
                             "a time such as 30 s, 30 min, 2 h, 3 d or 5 wk", hours_out);
}

/** 30 min, "18:00", end, end + 10 min. */
static tac_status read_moment(const tac_study_reader *r, const tac_yaml_node *node,
                              tac_moment *moment)
{
    const char *text = text_of(node);
    *moment = (tac_moment){TAC_FROM_ZERO, 0.0};
    if (strcmp(text, "end") == 0) {
        moment->from = TAC_FROM_END;
        return TAC_OK;
    }
    if (strncmp(text, "end", 3) == 0) {
        tac_yaml_node rest = *node;
        rest.text = text + 3 + strspn(text + 3, " ");
        const bool is_minus = rest.text[0] == '-';
        if (rest.text[0] != '+' && !is_minus) {
            return tac_study_refuse(r, node, "at: end, or end + 10 min, is wanted");
        }
        rest.text += 1 + strspn(rest.text + 1, " ");
        moment->from = TAC_FROM_END;
        const tac_status st = tac_study_time_read(r, &rest, "at", &moment->hours);
        moment->hours = is_minus ? -moment->hours : moment->hours;
        return st;
    }
    if (tac_clock_parse(text, &moment->hours)) {
        moment->from = TAC_FROM_CLOCK;
        return TAC_OK;
    }
    return tac_study_time_read(r, node, "at", &moment->hours);
}

static tac_status read_at(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    tac_status st = TAC_OK;
    const tac_yaml_node *node = tac_yaml_get(map, "at");
    f->at = TAC_AT_WHOLE;
    if (node == NULL) {
        return TAC_OK;
    }
    if (strcmp(text_of(node), "during") == 0) {
        f->at = TAC_AT_DURING;
        return TAC_OK;
    }
    if (node->kind == TAC_YAML_LIST && node->n == 2) {
        f->at = TAC_AT_WINDOW;
        TAC_TRY(read_moment(r, node->items[0], &f->from));
        TAC_TRY(read_moment(r, node->items[1], &f->to));
        if (f->from.from == f->to.from && f->from.from != TAC_FROM_CLOCK
            && !(f->to.hours > f->from.hours)) {
            st = tac_study_refuse(r, node, "at: the window ends before it begins");
        }
    } else if (node->kind == TAC_YAML_SCALAR) {
        f->at = TAC_AT_TIME;
        TAC_TRY(read_moment(r, node, &f->from));
        f->to = f->from;
    } else {
        st = tac_study_refuse(r, node, "at: a time, or a window [0 min, 60 min], is wanted");
    }
out:
    return st;
}

static tac_status find_arm(const tac_study_reader *r, const tac_yaml_node *node, bool is_versus,
                           size_t *arm_out)
{
    tac_word_list list = {.n = 0};
    for (size_t i = 0; i < r->study->n_arm; i++) {
        if (strcmp(r->study->arms[i].id, text_of(node)) == 0) {
            *arm_out = i;
            return TAC_OK;
        }
        tac_word_list_add(&list, r->study->arms[i].id);
    }
    if (is_versus) {
        tac_word_list_add(&list, "baseline");
        tac_word_list_add(&list, "day before");
        tac_word_list_add(&list, "nothing");
    }
    return tac_refuse_word(&r->events, node->span, "arm", text_of(node), &list);
}

static tac_status read_versus(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    tac_status st = TAC_OK;
    const tac_yaml_node *node = tac_yaml_get(map, "versus");
    const tac_yaml_node *change = tac_yaml_get(map, "change");
    f->versus = TAC_VERSUS_NOTHING;
    if (node != NULL && strcmp(text_of(node), "baseline") == 0) {
        f->versus = TAC_VERSUS_BASELINE;
    } else if (node != NULL && strcmp(text_of(node), "day before") == 0) {
        f->versus = TAC_VERSUS_DAY_BEFORE;
    } else if (node != NULL && strcmp(text_of(node), "nothing") != 0) {
        f->versus = TAC_VERSUS_ARM;
        TAC_TRY(find_arm(r, node, true, &f->versus_arm));
    }
    f->change = f->versus == TAC_VERSUS_ARM;
    if (change != NULL) {
        size_t i = 0;
        TAC_TRY(tac_study_word_read(r, change, "change", N_OF(BOOLEANS), BOOLEANS, &i));
        f->change = i == 0;
    }
out:
    return st;
}

static tac_status read_value(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    size_t i = 0;
    tac_status st = TAC_OK;
    const tac_yaml_node *node = tac_yaml_get(map, "value");
    f->value = (double)NAN;
    if (node == NULL) {
        return tac_study_refuse(r, map, "value: a number, or up, down or none, is wanted");
    }
    if (f->as != TAC_AS_DIRECTION) {
        return tac_study_number_read(r, node, "value", &f->value);
    }
    TAC_TRY(tac_study_word_read(r, node, "direction", N_OF(DIRECTIONS), DIRECTIONS, &i));
    f->direction = i == 0 ? 1 : i == 1 ? -1 : 0;
out:
    return st;
}

/** Two numbers in ascending order under a key; left as they are where the key is missing. */
static tac_status read_pair(const tac_study_reader *r, const tac_yaml_node *map, const char *key,
                            double *low, double *high)
{
    tac_status st = TAC_OK;
    const tac_yaml_node *node = tac_yaml_get(map, key);
    if (node == NULL) {
        return TAC_OK;
    }
    if (node->kind != TAC_YAML_LIST || node->n != 2) {
        return tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, node->span,
                           "%s: two numbers [low, high] are wanted", key);
    }
    TAC_TRY(tac_study_number_read(r, node->items[0], key, low));
    TAC_TRY(tac_study_number_read(r, node->items[1], key, high));
    if (!(*low < *high)) {
        st = tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, node->span,
                         "%s: the lower number comes first", key);
    }
out:
    return st;
}

static tac_status read_optional(const tac_study_reader *r, const tac_yaml_node *map,
                                const char *key, double *number)
{
    const tac_yaml_node *node = tac_yaml_get(map, key);
    *number = (double)NAN;
    return node == NULL ? TAC_OK : tac_study_number_read(r, node, key, number);
}

static tac_status read_errors(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    tac_status st = TAC_OK;
    f->low = f->high = f->spread_low = f->spread_high = (double)NAN;
    TAC_TRY(read_optional(r, map, "se", &f->se));
    TAC_TRY(read_optional(r, map, "sd", &f->sd));
    TAC_TRY(read_pair(r, map, "ci95", &f->low, &f->high));
    TAC_TRY(read_pair(r, map, "range", &f->low, &f->high));
    TAC_TRY(read_pair(r, map, "spread", &f->spread_low, &f->spread_high));
    TAC_TRY(read_optional(r, map, "above", &f->above));
    TAC_TRY(read_optional(r, map, "below", &f->below));
    if (f->se <= 0.0 || f->sd <= 0.0) {
        st = tac_study_refuse(r, map, "se and sd: a number above 0 is wanted");
    }
out:
    return st;
}

/** The region of a finding; "other" before it is the untreated side. */
static tac_status read_site(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    tac_place place;
    const tac_yaml_node *node = tac_yaml_get(map, "site");
    f->site = "";
    if (node == NULL) {
        return TAC_OK;
    }
    f->site = text_of(node);
    const char *region = strncmp(f->site, "other ", 6) == 0 ? f->site + 6 : f->site;
    return tac_place_read_word(&r->events, node->span, region, &place);
}

static tac_status read_observable(const tac_study_reader *r, const tac_yaml_node *map,
                                  tac_finding *f)
{
    tac_word_list list = {.n = 0};
    size_t n = 0;
    const tac_yaml_node *node = tac_yaml_get(map, "what");
    if (node == NULL) {
        return tac_study_refuse(r, map, "what: an observable is wanted, or other");
    }
    f->what = text_of(node);
    f->observable = tac_words_observable(r->events.words, f->what);
    if (f->observable != NULL || strcmp(f->what, "other") == 0) {
        return TAC_OK;
    }
    const tac_observable *all = tac_words_observables(r->events.words, &n);
    for (size_t i = 0; i < n; i++) {
        tac_word_list_add(&list, all[i].id);
    }
    tac_word_list_add(&list, "other");
    return tac_refuse_word(&r->events, node->span, "observable", f->what, &list);
}

/** The text of a key, "" where it is missing. */
static const char *optional_text(const tac_yaml_node *map, const char *key)
{
    const tac_yaml_node *node = tac_yaml_get(map, key);
    return node == NULL ? "" : text_of(node);
}

/** What was not simulated keeps its note; the other keys are free. */
static void keep_other(const tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    char *end = NULL;
    const char *value = optional_text(map, "value");
    f->value = strtod(value, &end);
    f->value = end == value || *end != '\0' ? (double)NAN : f->value;
    f->se = f->sd = f->low = f->high = f->spread_low = f->spread_high = (double)NAN;
    f->above = f->below = (double)NAN;
    f->site = "";
    f->as = TAC_AS_DIRECTION;
    for (size_t i = 0; i < N_OF(AS); i++) {
        f->as = strcmp(optional_text(map, "as"), AS[i]) == 0 ? (tac_as)i : f->as;
    }
    for (size_t i = 0; i < r->study->n_arm; i++) {
        f->of = strcmp(optional_text(map, "of"), r->study->arms[i].id) == 0 ? i : f->of;
    }
}

static void check_keys(tac_study_reader *r, const tac_yaml_node *map)
{
    size_t i_key = 0;
    for (size_t i = 0; i < map->n && !tac_ctx_is_full(r->events.ctx); i++) {
        tac_study_note(r, tac_study_word_read(r, map->keys[i], "key of a finding", N_OF(KEYS), KEYS,
                                              &i_key));
    }
}

static tac_status read_known(tac_study_reader *r, const tac_yaml_node *map, tac_finding *f)
{
    size_t i = 0;
    tac_status st = TAC_OK;
    const tac_yaml_node *of = tac_yaml_get(map, "of");
    const tac_yaml_node *as = tac_yaml_get(map, "as");
    const tac_yaml_node *read = tac_yaml_get(map, "read");
    const tac_yaml_node *per = tac_yaml_get(map, "per");
    check_keys(r, map);
    if (of == NULL || as == NULL || read == NULL) {
        return tac_study_refuse(r, map, "a finding has what, of, as, value and read");
    }
    TAC_TRY(find_arm(r, of, false, &f->of));
    TAC_TRY(tac_study_word_read(r, as, "statistic", N_OF(AS), AS, &i));
    f->as = (tac_as)i;
    TAC_TRY(tac_study_word_read(r, read, "place of reading", N_OF(READ), READ, &i));
    TAC_TRY(read_site(r, map, f));
    TAC_TRY(read_versus(r, map, f));
    TAC_TRY(read_at(r, map, f));
    TAC_TRY(read_value(r, map, f));
    TAC_TRY(read_errors(r, map, f));
    f->per_h = 1.0;
    if (per != NULL) {
        TAC_TRY(tac_study_time_read(r, per, "per", &f->per_h));
    }
    const bool needs_versus = f->as == TAC_AS_DIFFERENCE || f->as == TAC_AS_PERCENT
                              || f->as == TAC_AS_RATIO || f->as == TAC_AS_SMD
                              || f->as == TAC_AS_ODDS_RATIO || f->as == TAC_AS_RISK_RATIO;
    if (needs_versus && f->versus == TAC_VERSUS_NOTHING) {
        st = tac_fail_at(r->events.ctx, TAC_E_INPUT, r->events.source, as->span,
                         "as: %s needs versus: another arm, baseline or day before", AS[f->as]);
    }
out:
    return st;
}

tac_status tac_finding_read(tac_study_reader *r, const tac_yaml_node *node,
                            tac_finding *finding_out)
{
    tac_finding f = {.span = node->span, .what = "other", .site = "", .read = "", .note = ""};
    tac_status st = TAC_OK;
    *finding_out = f;
    if (node->kind != TAC_YAML_MAP) {
        return tac_study_refuse(r, node, "a finding is a map: {what: cortisol, of: arm, ...}");
    }
    TAC_TRY(read_observable(r, node, &f));
    f.read = optional_text(node, "read");
    f.note = optional_text(node, "note");
    if (f.observable == NULL) {
        keep_other(r, node, &f);
    } else {
        st = read_known(r, node, &f);
    }
out:
    *finding_out = f;
    return st;
}
