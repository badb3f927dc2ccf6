/* SPDX-License-Identifier: Apache-2.0 */
/* From occurrences to inputs: which rules act in which segment, and what the inputs are there. */
#include "sim/schedule.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/units.h"
#include "sim/occurrence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Edges nearer than this are one. */
static const double SAME_TIME_H = 1e-9;

/* What is on while nobody sleeps, if the life says when people sleep. */
static const char SLEEP[] = "sleep";
static const char AWAKE[] = "awake";

/** One rule acting on one input for some time. */
typedef struct action {
    double from_h;
    double to_h;
    uint32_t input;
    tac_how how;
    double amount; /* in the input's unit */
    uint32_t rank; /* later ones override earlier ones */
} action;

typedef struct planner {
    tac_ctx *ctx;
    const tac_program *program;
    const tac_image *image;
    const tac_words *words;
    const tac_scenario *scenario;
    const tac_arm *arm; /* NULL: life alone */
    tac_calendar calendar;
    double end_h;
    double weight_kg;
    tac_occurrences occurrences;
    action *actions;
    size_t n_action;
    size_t cap_action;
} planner;

static tac_status add_action(planner *p, action a)
{
    if (p->n_action == p->cap_action) {
        const size_t cap = p->cap_action == 0 ? 512 : 2 * p->cap_action;
        action *actions = tac_realloc(p->actions, cap, sizeof *actions);
        if (actions == NULL) {
            return tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
        }
        p->actions = actions;
        p->cap_action = cap;
    }
    p->actions[p->n_action++] = a;
    return TAC_OK;
}

static bool rule_acts(const tac_event_rule *rule, const tac_event *event)
{
    if (strcmp(rule->verb, event->verb) != 0 || rule->how == TAC_HOW_FOR
        || rule->how == TAC_HOW_EXCLUDES || rule->input[0] == '\0') {
        return false;
    }
    if (strcmp(rule->kind, "*") != 0 && rule->kind[0] != '\0'
        && strcmp(rule->kind, event->kind) != 0) {
        return false;
    }
    for (size_t i = 0; rule->when_field[0] != '\0' && i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, rule->when_field) == 0) {
            return !event->fields[i].is_number
                   && strcmp(event->fields[i].word, rule->when_word) == 0;
        }
    }
    return rule->when_field[0] == '\0';
}

static tac_status refuse_rule(const planner *p, const tac_event_rule *rule, const char *what)
{
    return tac_fail(p->ctx, TAC_E_MODEL, "models/events.tsv: %s %s, input '%s': %s", rule->verb,
                    rule->kind, rule->input, what);
}

/** The amount of a rule for an event, in the input's unit; NaN when the event does not give it and there is no default. */
static tac_status amount_of(const planner *p, const tac_event_rule *rule, const tac_event *event,
                            const tac_image_symbol *input, double duration_h, double *amount_out)
{
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit want = TAC_UNIT_ONE;
    double amount = rule->value;
    for (size_t i = 0; rule->field[0] != '\0' && i < event->n_field; i++) {
        const tac_field *field = &event->fields[i];
        if (strcmp(field->name, rule->field) == 0 && field->is_number) {
            amount = field->is_per_kg ? field->number * p->weight_kg : field->number;
        }
    }
    if (!tac_unit_parse(rule->unit[0] == '\0' ? "1" : rule->unit, &unit)
        || !tac_unit_parse(input->unit, &want)) {
        return refuse_rule(p, rule, "a unit that cannot be read");
    }
    if (rule->how == TAC_HOW_DOSE) {
        tac_unit hour = TAC_UNIT_ONE;
        (void)tac_unit_parse("h", &hour);
        unit = tac_unit_div(unit, hour);
        amount /= duration_h;
    }
    if (!tac_unit_same_dimension(&unit, &want)) {
        return refuse_rule(p, rule, "its unit does not fit the input's");
    }
    *amount_out = amount * unit.factor / want.factor;
    return TAC_OK;
}

/** All rules of an event for one occurrence. */
static tac_status add_actions(planner *p, const tac_event *event, double from_h, double to_h,
                              uint32_t rank)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(p->words, &n);
    for (size_t i = 0; i < n; i++) {
        double amount = 0.0;
        if (!rule_acts(&rules[i], event)) {
            continue;
        }
        const tac_image_symbol *input = tac_program_find(p->program, rules[i].input);
        if (input == NULL || input->slot != TAC_SLOT_INPUT) {
            return refuse_rule(p, &rules[i], "the body has no such input");
        }
        tac_status st = amount_of(p, &rules[i], event, input, event->when.duration_h, &amount);
        if (st == TAC_OK && isfinite(amount)) {
            st = add_action(p, (action){from_h, to_h, input->index, rules[i].how, amount, rank});
        }
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status collect_occurrences(planner *p)
{
    tac_status st = TAC_OK;
    for (size_t i = 0; i < p->scenario->n_life; i++) {
        const tac_event *event = &p->scenario->life[i];
        if (tac_event_is_habit(event, p->calendar)) {
            TAC_TRY(tac_occurrences_add(p->ctx, p->scenario, event, (uint32_t)i, false, p->end_h,
                                        &p->occurrences));
        }
    }
    for (size_t i = 0; p->arm != NULL && i < p->arm->n_event; i++) {
        TAC_TRY(tac_occurrences_add(p->ctx, p->scenario, &p->arm->events[i], (uint32_t)i, true,
                                    p->end_h, &p->occurrences));
    }
    tac_occurrences_sort(&p->occurrences);
    TAC_TRY(tac_occurrences_check(p->ctx, p->words, p->scenario, p->arm, &p->occurrences));
out:
    return st;
}

/** The time between two sleeps, in a life that says when people sleep. */
static tac_status add_waking(planner *p)
{
    const tac_event awake = {.verb = AWAKE, .kind = "", .when = {.duration_h = 24.0}};
    double asleep_until_h = 0.0;
    bool has_sleep = false;
    for (size_t i = 0; i < p->scenario->n_life; i++) {
        has_sleep = has_sleep || strcmp(p->scenario->life[i].verb, SLEEP) == 0;
    }
    for (size_t i = 0; has_sleep && i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        if (strcmp(tac_occurrence_event(p->scenario, p->arm, o)->verb, SLEEP) != 0) {
            continue;
        }
        if (o->from_h > asleep_until_h + SAME_TIME_H) {
            const tac_status st = add_actions(p, &awake, asleep_until_h, o->from_h, 0);
            if (st != TAC_OK) {
                return st;
            }
        }
        asleep_until_h = fmax(asleep_until_h, o->to_h);
    }
    return has_sleep && asleep_until_h < p->end_h
               ? add_actions(p, &awake, asleep_until_h, p->end_h, 0)
               : TAC_OK;
}

static tac_status collect_actions(planner *p)
{
    tac_status st = add_waking(p);
    for (size_t i = 0; st == TAC_OK && i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        const uint32_t rank = 1 + o->event + (o->is_programme ? (uint32_t)p->scenario->n_life : 0);
        st = add_actions(p, tac_occurrence_event(p->scenario, p->arm, o), o->from_h, o->to_h, rank);
    }
    return st;
}

static int by_time(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_beginning(const void *a, const void *b)
{
    const action *x = a;
    const action *y = b;
    if (x->from_h < y->from_h || x->from_h > y->from_h) {
        return x->from_h < y->from_h ? -1 : 1;
    }
    return (x->rank > y->rank) - (x->rank < y->rank);
}

/** All beginnings and ends, each once, from 0 to before the end. */
static tac_status find_edges(const planner *p, tac_schedule *s)
{
    size_t n = 0;
    const tac_status st = tac_alloc_doubles(p->ctx, 2 * p->n_action + 1, &s->edge_h);
    if (st != TAC_OK) {
        return st;
    }
    s->edge_h[n++] = 0.0;
    for (size_t i = 0; i < p->n_action; i++) {
        s->edge_h[n++] = p->actions[i].from_h;
        s->edge_h[n++] = p->actions[i].to_h;
    }
    qsort(s->edge_h, n, sizeof *s->edge_h, by_time);
    s->n_edge = 1;
    for (size_t i = 1; i < n; i++) {
        if (s->edge_h[i] > s->edge_h[s->n_edge - 1] + SAME_TIME_H
            && s->edge_h[i] < p->end_h - SAME_TIME_H) {
            s->edge_h[s->n_edge++] = s->edge_h[i];
        }
    }
    return TAC_OK;
}

static void act(const action *a, double *u)
{
    switch (a->how) {
    case TAC_HOW_SET: u[a->input] = a->amount; return;
    case TAC_HOW_MAX: u[a->input] = fmax(u[a->input], a->amount); return;
    case TAC_HOW_ADD:
    case TAC_HOW_DOSE: u[a->input] += a->amount; return;
    case TAC_HOW_FOR:
    case TAC_HOW_EXCLUDES: break;
    }
    TAC_BUG("a rule that does not act");
}

/** Put an action into the list of those that are on, which is kept in the order of ranks. */
static void switch_on(const action **on, size_t *n_on, const action *a)
{
    size_t i = (*n_on)++;
    for (; i > 0 && on[i - 1]->rank > a->rank; i--) {
        on[i] = on[i - 1];
    }
    on[i] = a;
}

static void switch_off(const action **on, size_t *n_on, double now_h)
{
    size_t n = 0;
    for (size_t i = 0; i < *n_on; i++) {
        if (on[i]->to_h > now_h + SAME_TIME_H) {
            on[n++] = on[i];
        }
    }
    *n_on = n;
}

/** Inputs of every segment, by one sweep over time. */
static tac_status fill_inputs(planner *p, tac_schedule *s)
{
    const size_t n_input = p->image->n_input;
    const tac_image_symbol *released = tac_program_find(p->program, "lifestyle.released");
    const action **on = NULL;
    size_t n_on = 0;
    size_t i_next = 0;
    void *memory = NULL;
    tac_status st = TAC_OK;

    TAC_TRY(tac_alloc(p->ctx, p->n_action, sizeof(action *), &memory));
    on = memory;
    TAC_TRY(tac_alloc_doubles(p->ctx, s->n_edge * n_input, &s->inputs));
    if (p->n_action > 0) {
        qsort(p->actions, p->n_action, sizeof *p->actions, by_beginning);
    }
    for (size_t i = 0; i < s->n_edge; i++) {
        double *u = &s->inputs[i * n_input];
        memcpy(u, p->image->inputs, n_input * sizeof *u);
        switch_off(on, &n_on, s->edge_h[i]);
        while (i_next < p->n_action && p->actions[i_next].from_h <= s->edge_h[i] + SAME_TIME_H) {
            switch_on(on, &n_on, &p->actions[i_next++]);
        }
        for (size_t k = 0; k < n_on; k++) {
            act(on[k], u);
        }
        if (released != NULL && released->slot == TAC_SLOT_INPUT) {
            u[released->index] = p->calendar == TAC_CALENDAR_WHOLE ? 1.0 : 0.0;
        }
    }
out:
    tac_free(on);
    return st;
}

/** Drop edges at which no input changes: the solver would start anew for nothing. */
static void drop_idle_edges(const planner *p, tac_schedule *s)
{
    const size_t n_input = p->image->n_input;
    size_t n = 1;
    for (size_t i = 1; i < s->n_edge; i++) {
        const double *before = &s->inputs[(n - 1) * n_input];
        const double *u = &s->inputs[i * n_input];
        if (memcmp(before, u, n_input * sizeof *u) != 0) {
            s->edge_h[n] = s->edge_h[i];
            memmove(&s->inputs[n * n_input], u, n_input * sizeof *u);
            n++;
        }
    }
    s->n_edge = n;
}

static double end_of(const tac_scenario *scenario, tac_calendar calendar)
{
    return calendar == TAC_CALENDAR_WHOLE       ? scenario->duration_h
           : calendar == TAC_CALENDAR_HABIT_DAY ? 24.0
                                                : 168.0;
}

static double weight_of(const tac_image *image, const tac_program *program,
                        const tac_scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_person; i++) {
        if (strcmp(scenario->person[i].parameter, "person.weight") == 0) {
            return scenario->person[i].value;
        }
    }
    const tac_image_symbol *weight = tac_program_find(program, "person.weight");
    return weight != NULL && weight->slot == TAC_SLOT_PARAMETER ? image->parameters[weight->index]
                                                                : (double)NAN;
}

tac_status tac_schedule_build(tac_ctx *ctx, const tac_program *program, const tac_words *words,
                              const tac_scenario *scenario, const tac_arm *arm,
                              tac_calendar calendar, tac_schedule **schedule_out)
{
    tac_status st = TAC_OK;
    tac_schedule *s = NULL;
    void *memory = NULL;
    planner p = {.ctx = ctx,
                 .program = program,
                 .image = tac_program_image(program),
                 .words = words,
                 .scenario = scenario,
                 .arm = arm,
                 .calendar = calendar,
                 .end_h = end_of(scenario, calendar)};

    *schedule_out = NULL;
    p.weight_kg = weight_of(p.image, program, scenario);
    TAC_TRY(tac_alloc(ctx, 1, sizeof *s, &memory));
    s = memory;
    s->end_h = p.end_h;
    TAC_TRY(collect_occurrences(&p));
    TAC_TRY(collect_actions(&p));
    TAC_TRY(find_edges(&p, s));
    TAC_TRY(fill_inputs(&p, s));
    drop_idle_edges(&p, s);
    s->occurrences = p.occurrences.items;
    s->n_occurrence = p.occurrences.n;
    p.occurrences = (tac_occurrences){0};
    *schedule_out = s;
    s = NULL;
out:
    tac_schedule_free(s);
    tac_occurrences_free(&p.occurrences);
    tac_free(p.actions);
    return st;
}

void tac_schedule_free(tac_schedule *schedule)
{
    if (schedule != NULL) {
        tac_free(schedule->edge_h);
        tac_free(schedule->inputs);
        tac_free(schedule->occurrences);
        tac_free(schedule);
    }
}
