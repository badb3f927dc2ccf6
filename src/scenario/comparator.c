/* SPDX-License-Identifier: Apache-2.0 */
/* What each programme is compared with; see comparator.h. */
#include "scenario/comparator.h"

#include "base/buf.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

static const char NOTHING[] = "nothing";
static const char REST[] = "rest";
static const char TOUCH[] = "light touch";

/* What a message calls something that is no word. */
static const char NO_WORD[] = "(a list)";

/* ---- rest and light touch in place of sessions ---- */

/* The input that says how a person sits or lies. */
static const char POSTURE_INPUT[] = "lifestyle.upright";

/** True when the rule holds for the event, its condition included. */
static bool rule_holds(const tac_event_rule *rule, const tac_event *event)
{
    if (rule->when_field[0] == '\0') {
        return tac_event_rule_fits(rule, event);
    }
    const tac_field *field = tac_event_field(event, rule->when_field);
    return field != NULL && !field->is_number && strcmp(field->word, rule->when_word) == 0
           && tac_event_rule_fits(rule, event);
}

/** The posture of rest that is nearest to the one in which the event is spent. */
static const char *posture_like(const tac_event_reader *r, const tac_event *event)
{
    size_t n = 0;
    double upright = 0.0;
    const char *word = "supine";
    double nearest = (double)INFINITY;
    const tac_event_rule *rules = tac_words_event_rules(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].input, POSTURE_INPUT) == 0 && rule_holds(&rules[i], event)) {
            upright = rules[i].value; /* the last one that holds acts */
        }
    }
    for (size_t i = 0; i < n; i++) {
        const bool is_posture = strcmp(rules[i].verb, "rest") == 0
                                && strcmp(rules[i].when_field, "posture") == 0
                                && strcmp(rules[i].input, POSTURE_INPUT) == 0;
        if (is_posture && fabs(rules[i].value - upright) < nearest) {
            nearest = fabs(rules[i].value - upright);
            word = rules[i].when_word;
        }
    }
    return word;
}

/** Quiet rest in place of an event, in the same posture: what is left is what the hands do. */
static tac_status rest_instead(const tac_event_reader *r, const tac_event *event, tac_event *out)
{
    *out = (tac_event){.verb = "rest", .kind = "", .when = event->when, .span = event->span};
    return tac_event_set_word(r, out, "posture", posture_like(r, event));
}

/** Light touch in place of a massage; nothing else can be touched lightly. */
static tac_status touch_instead(const tac_event_reader *r, const tac_event *event, tac_event *out)
{
    if (strcmp(event->verb, "massage") != 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, event->span,
                           "light touch can stand in for a massage only, not for '%s'; compare "
                           "against rest or nothing",
                           event->verb);
    }
    return tac_massage_with(r, event, "light touch", out);
}

/** A session is at certain hours of the waking day; a diet, a strain or the sleep of a programme has no rest in its place. */
static bool is_session(const tac_event *event)
{
    return !event->when.is_whole_time && isfinite(event->when.duration_h)
           && event->when.duration_h > 0.0 && strcmp(event->verb, "sleep") != 0;
}

/** The sessions of a programme with rest or light touch in their place. */
static tac_status replace_sessions(const tac_event_reader *r, const tac_arm *programme,
                                   bool is_rest, tac_arm *arm)
{
    tac_status st = TAC_OK;
    *arm = (tac_arm){.n_event = 0};
    arm->events = tac_arena_alloc(r->arena, (programme->n_event + 1) * sizeof *arm->events);
    if (arm->events == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < programme->n_event && st == TAC_OK; i++) {
        const tac_event *event = &programme->events[i];
        if (is_rest && !is_session(event)) {
            continue;
        }
        tac_event *other = &arm->events[arm->n_event++];
        st = is_rest ? rest_instead(r, event, other) : touch_instead(r, event, other);
    }
    return st;
}

/* ---- arms that are the same ---- */

static bool are_equal(double a, double b)
{
    return !(a < b) && !(a > b);
}

static bool is_same_time(const tac_recurrence *a, const tac_recurrence *b)
{
    return a->has_clock == b->has_clock && are_equal(a->clock_h, b->clock_h)
           && are_equal(a->offset_h, b->offset_h) && are_equal(a->duration_h, b->duration_h)
           && a->days == b->days && are_equal(a->every_day, b->every_day) && a->n_time == b->n_time
           && a->on_day == b->on_day && a->is_whole_time == b->is_whole_time;
}

static bool is_same_field(const tac_field *a, const tac_field *b)
{
    if (b == NULL || a->is_number != b->is_number) {
        return false;
    }
    return a->is_number ? are_equal(a->number, b->number) && a->is_per_kg == b->is_per_kg
                        : strcmp(a->word, b->word) == 0;
}

static bool is_same_event(const tac_event *a, const tac_event *b)
{
    bool is_same = strcmp(a->verb, b->verb) == 0 && strcmp(a->kind, b->kind) == 0
                   && a->n_field == b->n_field && is_same_time(&a->when, &b->when);
    for (size_t i = 0; is_same && i < a->n_field; i++) {
        is_same = is_same_field(&a->fields[i], tac_event_field(b, a->fields[i].name));
    }
    return is_same;
}

static bool is_same_arm(const tac_arm *a, const tac_arm *b)
{
    bool is_same = a->n_event == b->n_event;
    for (size_t i = 0; is_same && i < a->n_event; i++) {
        is_same = is_same_event(&a->events[i], &b->events[i]);
    }
    return is_same;
}

bool tac_arm_adds_massage(const tac_arm *programme, const tac_arm *against)
{
    bool adds = false;
    for (size_t i = 0; i < programme->n_event && !adds; i++) {
        adds = strcmp(programme->events[i].verb, "massage") == 0;
        for (size_t k = 0; k < against->n_event && adds; k++) {
            adds = !is_same_event(&programme->events[i], &against->events[k]);
        }
    }
    return adds;
}

/* ---- what is asked for ---- */

/* What the scenario says of one programme. */
typedef struct choice {
    const char *word; /* NULL: the programme only serves as a comparator */
    const tac_yaml_node *node;
} choice;

static size_t arm_named(const tac_scenario *s, const char *id)
{
    size_t i = 0;
    while (i < s->n_arm && strcmp(s->arms[i].id, id) != 0) {
        i++;
    }
    return i;
}

/** True when some choice is this programme. */
static bool is_chosen(size_t n, const choice *choices, const char *id)
{
    for (size_t i = 0; i < n; i++) {
        if (choices[i].word != NULL && strcmp(choices[i].word, id) == 0) {
            return true;
        }
    }
    return false;
}

static const char *word_of(const tac_yaml_node *node)
{
    return node == NULL ? NOTHING : node->kind == TAC_YAML_SCALAR ? node->text : NO_WORD;
}

/** against: a word, for all programmes but the one that it may be the name of. */
static void choose_one(const tac_yaml_node *node, const tac_scenario *s, choice *choices)
{
    const char *word = word_of(node);
    for (size_t i = 0; i < s->n_arm; i++) {
        const bool is_it = s->n_arm > 1 && s->n_factor == 0 && strcmp(s->arms[i].id, word) == 0;
        choices[i] = (choice){is_it ? NULL : word, node};
    }
}

/** against: {programme: word}; who is not named is compared with nothing, or is what others are compared with. */
static tac_status choose_each(const tac_event_reader *r, const tac_yaml_node *node,
                              const tac_scenario *s, choice *choices)
{
    tac_status st = TAC_OK;
    tac_word_list names = {.n = 0};
    for (size_t i = 0; i < s->n_arm; i++) {
        choices[i] = (choice){NULL, node};
        tac_word_list_add(&names, s->arms[i].id);
    }
    for (size_t i = 0; i < node->n; i++) {
        const size_t arm = arm_named(s, node->keys[i]->text);
        if (arm == s->n_arm) {
            st = tac_refuse_word(r, node->keys[i]->span, "programme", node->keys[i]->text, &names);
        } else if (strcmp(word_of(node->items[i]), s->arms[arm].id) == 0) {
            st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->items[i]->span,
                             "a programme cannot be compared with itself");
        } else {
            choices[arm] = (choice){word_of(node->items[i]), node->items[i]};
        }
    }
    for (size_t i = 0; i < s->n_arm; i++) {
        const bool is_free =
            choices[i].word == NULL && !is_chosen(s->n_arm, choices, s->arms[i].id);
        choices[i].word = is_free ? NOTHING : choices[i].word;
    }
    return st;
}

static tac_status check_words(const tac_event_reader *r, const tac_scenario *s,
                              const choice *choices)
{
    tac_word_list words = {{NOTHING, REST, TOUCH}, 3};
    for (size_t i = 0; s->n_arm > 1 && s->n_factor == 0 && i < s->n_arm; i++) {
        tac_word_list_add(&words, s->arms[i].id);
    }
    for (size_t i = 0; i < s->n_arm; i++) {
        const char *word = choices[i].word;
        if (word != NULL && !tac_word_list_has(&words, word)) {
            return tac_refuse_word(r, choices[i].node->span, "comparator", word, &words);
        }
        if (word != NULL && s->n_factor > 0 && strcmp(word, NOTHING) != 0) {
            return tac_fail_at(
                r->ctx, TAC_E_INPUT, r->source, choices[i].node->span,
                "factors are compared with nothing: the same life without any of them");
        }
    }
    return TAC_OK;
}

/** Programmes first, in their order, then those that only serve as a comparator. */
static tac_status put_in_order(const tac_event_reader *r, tac_scenario *s, choice *choices)
{
    const size_t n = s->n_arm;
    tac_arm *arms = tac_arena_alloc(r->arena, n * sizeof *arms);
    choice *sorted = tac_arena_alloc(r->arena, n * sizeof *sorted);
    size_t at = 0;
    if (arms == NULL || sorted == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    for (int is_comparator = 0; is_comparator < 2; is_comparator++) {
        for (size_t i = 0; i < n; i++) {
            if ((choices[i].word == NULL) == (is_comparator == 1)) {
                arms[at] = s->arms[i];
                sorted[at++] = choices[i];
                s->n_programme += is_comparator == 0 ? 1 : 0;
            }
        }
    }
    memcpy(s->arms, arms, n * sizeof *arms);
    memcpy(choices, sorted, n * sizeof *sorted);
    return TAC_OK;
}

/* ---- the arms of it ---- */

/** The comparator of programme i: one that is there, or a new arm whose id is still the word. */
static tac_status add_comparator(const tac_event_reader *r, tac_scenario *s, const char *word,
                                 size_t n_written, size_t i)
{
    tac_status st = TAC_OK;
    tac_arm arm = {.n_event = 0};
    const size_t named = s->n_factor > 0 ? s->n_arm : arm_named(s, word);
    if (named < n_written && named != i) {
        s->arms[i].against = named;
        return TAC_OK;
    }
    if (strcmp(word, NOTHING) != 0) {
        st = replace_sessions(r, &s->arms[i], strcmp(word, REST) == 0, &arm);
    }
    arm.id = word;
    size_t k = n_written;
    while (k < s->n_arm && !is_same_arm(&s->arms[k], &arm)) {
        k++;
    }
    if (k == s->n_arm) {
        s->arms[s->n_arm++] = arm;
    }
    s->arms[i].against = k;
    return st;
}

/** "without" where all are compared with it, or where nothing takes the place of sessions; else "rest (evening)". */
static tac_status name_comparator(const tac_event_reader *r, tac_scenario *s, size_t k)
{
    tac_buf id = TAC_BUF_INIT;
    tac_buf title = TAC_BUF_INIT;
    tac_arm *arm = &s->arms[k];
    const char *before = "";
    bool is_only = true;
    for (size_t i = 0; i < s->n_programme; i++) {
        is_only = is_only && s->arms[i].against == k;
    }
    tac_buf_print(&id, "%s (", arm->id);
    tac_buf_print(&title, "%s at the ", strcmp(arm->id, REST) == 0 ? "quiet rest" : TOUCH);
    tac_buf_text(&title, is_only ? "same hours" : "hours of ");
    for (size_t i = 0; i < s->n_programme && !is_only; i++) {
        if (s->arms[i].against == k) {
            tac_buf_text(&id, before[0] == '\0' ? s->arms[i].id : "");
            tac_buf_print(&title, "%s%s", before, s->arms[i].id);
            before = ", ";
        }
    }
    tac_buf_text(&id, ")");
    const bool is_without = arm->n_event == 0;
    arm->id = is_only || is_without ? "without" : tac_arena_text(r->arena, tac_buf_str(&id), id.n);
    arm->title = is_without ? "the same life without it"
                            : tac_arena_text(r->arena, tac_buf_str(&title), title.n);
    const bool has_failed =
        id.has_failed || title.has_failed || arm->id == NULL || arm->title == NULL;
    tac_buf_free(&id);
    tac_buf_free(&title);
    return has_failed ? tac_fail(r->ctx, TAC_E_MEMORY, "out of memory") : TAC_OK;
}

tac_status tac_comparators_read(const tac_event_reader *r, const tac_yaml_node *root,
                                tac_scenario *scenario)
{
    tac_status st = TAC_OK;
    tac_scenario *s = scenario;
    const tac_yaml_node *node = tac_yaml_get(root, "against");
    const size_t n_written = s->n_arm;
    if (n_written == 0 && node != NULL) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "against needs a programme to compare with");
    }
    if (n_written == 0) {
        s->arms[s->n_arm++] = (tac_arm){.id = "without", .title = "this life"};
        return TAC_OK;
    }
    choice *choices = tac_arena_alloc(r->arena, n_written * sizeof *choices);
    if (choices == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    if (node != NULL && node->kind == TAC_YAML_MAP) {
        TAC_TRY(choose_each(r, node, s, choices));
    } else {
        choose_one(node, s, choices);
    }
    TAC_TRY(check_words(r, s, choices));
    TAC_TRY(put_in_order(r, s, choices));
    for (size_t i = 0; i < s->n_programme; i++) {
        TAC_TRY(add_comparator(r, s, choices[i].word, n_written, i));
    }
    for (size_t k = n_written; k < s->n_arm; k++) {
        TAC_TRY(name_comparator(r, s, k));
    }
out:
    return st;
}
