/* SPDX-License-Identifier: Apache-2.0 */
/* From occurrences to inputs: which rules act in which segment, and what the inputs are there. */
#include "sim/schedule.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "model/units.h"
#include "scenario/occurrence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Edges nearer than this are one. */
static const double SAME_TIME_H = 1e-9;

/* How long a moment lasts that chance brings. */
static const double MOMENT_H = 1.0 / 60.0;

/* Sleep: what is on between two of it follows from the rules of TAC_VERB_AWAKE. */
static const char SLEEP[] = "sleep";

/** What a rule of an event does to an input. */
typedef struct effect {
    uint32_t input;
    tac_how how;
    double amount; /* in the input's unit */
    uint32_t draw; /* of TAC_HOW_DRAW: which of the numbers drawn for an occurrence */
} effect;

/** The effects of an event: [first, first + n) of the planner's. */
typedef struct plan {
    size_t first;
    size_t n;
    uint32_t n_draw;
    double moments_per_h; /* 0: it happens when the calendar says; else at random meanwhile */
} plan;

/** A plan being on for some time. */
typedef struct span {
    double from_h;
    double to_h;
    uint32_t plan;  /* later ones override earlier ones */
    bool is_moment; /* of a plan with moments: one of them */
    size_t draw;    /* first of the numbers drawn for it; NOT_DRAWN */
} span;

static const size_t NOT_DRAWN = SIZE_MAX;

typedef struct planner {
    /* given */
    tac_ctx *ctx;
    const tac_program *program;
    const tac_image *image;
    const tac_words *words;
    const tac_scenario *scenario;
    const tac_arm *arm; /* NULL: life alone */
    tac_calendar calendar;
    const tac_luck *luck; /* NULL: nothing is drawn, and chance brings nothing */
    /* derived */
    double end_h;
    double weight_kg;
    tac_occurrences occurrences;
    plan *plans; /* [1 + n_life + n_event of the arm]: awake, life, programme */
    effect *effects;
    size_t n_effect;
    size_t cap_effect;
    span *spans;
    size_t n_span;
    size_t cap_span;
    double *draws; /* of all occurrences */
    size_t n_draw;
    size_t cap_draw;
    tac_rng *streams; /* [as plans] with luck: of each event */
} planner;

/** Make room for one more item of a growing array. */
static tac_status make_room(tac_ctx *ctx, size_t n, size_t *cap, size_t size, void **items)
{
    if (n < *cap) {
        return TAC_OK;
    }
    const size_t more = *cap == 0 ? 256 : 2 * *cap;
    void *grown = tac_realloc(*items, more, size);
    if (grown == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    *items = grown;
    *cap = more;
    return TAC_OK;
}

static tac_status add_span_like(planner *p, span s)
{
    void *items = p->spans;
    const tac_status st = make_room(p->ctx, p->n_span, &p->cap_span, sizeof(span), &items);
    p->spans = items;
    if (st == TAC_OK && s.to_h > s.from_h + SAME_TIME_H) {
        p->spans[p->n_span++] = s;
    }
    return st;
}

static tac_status add_span(planner *p, double from_h, double to_h, uint32_t i_plan)
{
    return add_span_like(p, (span){from_h, to_h, i_plan, false, NOT_DRAWN});
}

/* ---- rules to effects ---- */

static const tac_field *find_field(const tac_event *event, const char *name)
{
    for (size_t i = 0; i < event->n_field; i++) {
        if (strcmp(event->fields[i].name, name) == 0) {
            return &event->fields[i];
        }
    }
    return NULL;
}

static bool rule_acts(const tac_event_rule *rule, const tac_event *event)
{
    if (strcmp(rule->verb, event->verb) != 0 || rule->how >= TAC_HOW_FOR
        || rule->input[0] == '\0') {
        return false;
    }
    if (strcmp(rule->kind, "*") != 0 && rule->kind[0] != '\0'
        && strcmp(rule->kind, event->kind) != 0) {
        return false;
    }
    const tac_field *field = find_field(event, rule->when_field);
    return rule->when_field[0] == '\0'
           || (field != NULL && !field->is_number && strcmp(field->word, rule->when_word) == 0);
}

static tac_status refuse_rule(const planner *p, const tac_event_rule *rule, const char *what)
{
    return tac_fail(p->ctx, TAC_E_MODEL, "models/events.tsv: %s %s, input '%s': %s", rule->verb,
                    rule->kind, rule->input, what);
}

/**
 * The unit of an input: as its row in the table of parameters says it; the text of the model may use names that only
 * the model knows.
 */
static bool unit_of_input(const planner *p, const tac_image_symbol *input, tac_unit *unit_out)
{
    const tac_image_parameter *row = tac_program_row(p->program, input->id);
    const char *unit = row != NULL && row->unit[0] != '\0' ? row->unit : input->unit;
    return tac_unit_parse(unit[0] == '\0' ? "1" : unit, unit_out);
}

/** The amount of a rule for an event, in the input's unit; NaN when neither the event nor the rule gives one. */
static tac_status amount_of(const planner *p, const tac_event_rule *rule, const tac_event *event,
                            const tac_image_symbol *input, double *amount_out)
{
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit want = TAC_UNIT_ONE;
    double amount = rule->value;
    const char *text = rule->unit;
    const tac_field *field = rule->field[0] == '\0' ? NULL : find_field(event, rule->field);
    if (field != NULL && field->is_number) {
        amount = field->is_per_kg ? field->number * p->weight_kg : field->number;
        text = field->unit;
    }
    if (!tac_unit_parse(text[0] == '\0' ? "1" : text, &unit) || !unit_of_input(p, input, &want)) {
        return refuse_rule(p, rule, "a unit that cannot be read");
    }
    if (rule->how == TAC_HOW_DOSE) {
        tac_unit hour = TAC_UNIT_ONE;
        (void)tac_unit_parse("h", &hour);
        unit = tac_unit_div(unit, hour);
        amount /= event->when.duration_h;
    }
    if (!tac_unit_same_dimension(&unit, &want)) {
        return refuse_rule(p, rule, "its unit does not fit the input's");
    }
    *amount_out = amount * unit.factor / want.factor;
    return TAC_OK;
}

static tac_status add_effect(planner *p, plan *of, effect e)
{
    for (size_t i = 0; i < of->n; i++) {
        if (p->effects[of->first + i].input == e.input) {
            return TAC_OK; /* a later row of the table acts already */
        }
    }
    void *items = p->effects;
    const tac_status st = make_room(p->ctx, p->n_effect, &p->cap_effect, sizeof e, &items);
    p->effects = items;
    if (st == TAC_OK) {
        of->moments_per_h = e.how == TAC_HOW_RANDOM ? e.amount : of->moments_per_h;
        e.draw = e.how == TAC_HOW_DRAW ? of->n_draw++ : 0;
        p->effects[p->n_effect++] = e;
        of->n++;
    }
    return st;
}

/** What an event does: of the rows that fit, the last one for each input. */
static tac_status make_plan(planner *p, const tac_event *event, plan *plan_out)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(p->words, &n);
    *plan_out = (plan){.first = p->n_effect};
    for (size_t i = n; i-- > 0;) {
        double amount = 0.0;
        if (!rule_acts(&rules[i], event)) {
            continue;
        }
        const tac_image_symbol *input = tac_program_find(p->program, rules[i].input);
        if (input == NULL || input->slot != TAC_SLOT_INPUT) {
            return refuse_rule(p, &rules[i], "the body has no such input");
        }
        tac_status st = amount_of(p, &rules[i], event, input, &amount);
        if (st == TAC_OK && isfinite(amount)) {
            st = add_effect(p, plan_out, (effect){input->index, rules[i].how, amount, 0});
        }
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status make_plans(planner *p)
{
    tac_status st = TAC_OK;
    const tac_event awake = {.verb = TAC_VERB_AWAKE, .kind = "", .when = {.duration_h = 24.0}};
    const size_t n_life = p->scenario->n_life;
    const size_t n_programme = p->arm == NULL ? 0 : p->arm->n_event;
    void *memory = NULL;
    TAC_TRY(tac_alloc(p->ctx, 1 + n_life + n_programme, sizeof(plan), &memory));
    p->plans = memory;
    TAC_TRY(tac_alloc(p->ctx, 1 + n_life + n_programme, sizeof *p->streams, &memory));
    p->streams = memory;
    for (size_t i = 0; p->luck != NULL && i < n_life + n_programme; i++) {
        const bool is_programme = i >= n_life;
        p->streams[1 + i] = tac_luck_stream(p->luck, is_programme, is_programme ? i - n_life : i);
    }
    TAC_TRY(make_plan(p, &awake, &p->plans[0]));
    for (size_t i = 0; i < n_life; i++) {
        TAC_TRY(make_plan(p, &p->scenario->life[i], &p->plans[1 + i]));
    }
    for (size_t i = 0; i < n_programme; i++) {
        TAC_TRY(make_plan(p, &p->arm->events[i], &p->plans[1 + n_life + i]));
    }
out:
    return st;
}

/* ---- occurrences to spans ---- */

/** The time between two sleeps, in a life that says when people sleep. */
static tac_status add_waking(planner *p)
{
    tac_status st = TAC_OK;
    double awake_from_h = 0.0;
    bool has_sleep = false;
    for (size_t i = 0; i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        if (strcmp(tac_occurrence_event(p->scenario, p->arm, o)->verb, SLEEP) == 0) {
            has_sleep = true;
            TAC_TRY(add_span(p, awake_from_h, o->from_h, 0));
            awake_from_h = fmax(awake_from_h, o->to_h);
        }
    }
    st = has_sleep ? add_span(p, awake_from_h, p->end_h, 0) : TAC_OK;
out:
    return st;
}

/** True when some row says that the verb switches another event off. */
static bool interrupts_something(const tac_words *words, const char *verb)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how == TAC_HOW_INTERRUPTS && strcmp(rules[i].verb, verb) == 0) {
            return true;
        }
    }
    return false;
}

/* Occurrences that may interrupt others, ascending by beginning. */
typedef struct interrupters {
    const tac_occurrence **items;
    size_t n;
    size_t n_past; /* the first ones, over before whatever comes now */
} interrupters;

static tac_status find_interrupters(const planner *p, interrupters *list)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(p->ctx, p->occurrences.n, sizeof *list->items, &memory);
    list->items = memory;
    for (size_t i = 0; st == TAC_OK && i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        if (interrupts_something(p->words, tac_occurrence_event(p->scenario, p->arm, o)->verb)) {
            list->items[list->n++] = o;
        }
    }
    return st;
}

/** One occurrence, without the times at which another event interrupts it. */
static tac_status add_pieces(planner *p, const tac_occurrence *o, uint32_t i_plan,
                             interrupters *list)
{
    tac_status st = TAC_OK;
    const char *verb = tac_occurrence_event(p->scenario, p->arm, o)->verb;
    double from_h = o->from_h;
    while (list->n_past < list->n && list->items[list->n_past]->to_h <= o->from_h) {
        list->n_past++;
    }
    for (size_t i = list->n_past; i < list->n && list->items[i]->from_h < o->to_h; i++) {
        const tac_occurrence *other = list->items[i];
        const tac_event *by = tac_occurrence_event(p->scenario, p->arm, other);
        if (other->to_h > from_h
            && tac_words_relate(p->words, by->verb, by->kind, TAC_HOW_INTERRUPTS, verb)) {
            TAC_TRY(add_span(p, from_h, other->from_h, i_plan));
            from_h = other->to_h;
        }
    }
    st = add_span(p, from_h, o->to_h, i_plan);
out:
    return st;
}

/** Numbers for one occurrence of a plan that wants some; NOT_DRAWN without luck. */
static tac_status draw_numbers(planner *p, uint32_t i_plan, size_t *draw_out)
{
    *draw_out = NOT_DRAWN;
    for (uint32_t k = 0; p->luck != NULL && k < p->plans[i_plan].n_draw; k++) {
        void *items = p->draws;
        const tac_status st = make_room(p->ctx, p->n_draw, &p->cap_draw, sizeof *p->draws, &items);
        p->draws = items;
        if (st != TAC_OK) {
            return st;
        }
        *draw_out = k == 0 ? p->n_draw : *draw_out;
        p->draws[p->n_draw++] = tac_rng_uniform(&p->streams[i_plan]);
    }
    return TAC_OK;
}

/** Contacts of this person over those of the usual one. */
static double contacts_of(const planner *p)
{
    const tac_image_symbol *contacts = tac_program_find(p->program, "person.contacts");
    return contacts != NULL && contacts->slot == TAC_SLOT_PARAMETER
               ? p->luck->parameters[contacts->index]
               : 1.0;
}

/** What chance brings while an occurrence lasts. */
static tac_status add_moments(planner *p, const tac_occurrence *o, uint32_t i_plan)
{
    tac_status st = TAC_OK;
    tac_rng *stream = &p->streams[i_plan];
    const double rate = p->luck == NULL ? 0.0 : contacts_of(p) * p->plans[i_plan].moments_per_h;
    double t_h = rate > 0.0 ? o->from_h + tac_luck_wait_h(stream, rate) : (double)INFINITY;
    while (t_h < o->to_h && st == TAC_OK) {
        span moment = {t_h, fmin(t_h + MOMENT_H, o->to_h), i_plan, true, NOT_DRAWN};
        TAC_TRY(draw_numbers(p, i_plan, &moment.draw));
        TAC_TRY(add_span_like(p, moment));
        t_h += tac_luck_wait_h(stream, rate);
    }
out:
    return st;
}

/** An occurrence of a plan with chance in it: when it happens, or what happens meanwhile, is drawn. */
static tac_status add_by_chance(planner *p, const tac_occurrence *o, uint32_t i_plan)
{
    tac_status st = TAC_OK;
    span whole = {o->from_h, o->to_h, i_plan, false, NOT_DRAWN};
    if (p->plans[i_plan].moments_per_h > 0.0) {
        TAC_TRY(add_moments(p, o, i_plan));
    } else {
        TAC_TRY(draw_numbers(p, i_plan, &whole.draw));
    }
    st = add_span_like(p, whole);
out:
    return st;
}

static bool has_chance(const plan *of)
{
    return of->n_draw > 0 || of->moments_per_h > 0.0;
}

static tac_status collect_spans(planner *p)
{
    tac_status st = TAC_OK;
    interrupters list = {0};
    TAC_TRY(add_waking(p));
    TAC_TRY(find_interrupters(p, &list));
    for (size_t i = 0; i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        const uint32_t before = o->is_programme ? (uint32_t)p->scenario->n_life : 0;
        const uint32_t i_plan = 1 + before + o->event;
        if (has_chance(&p->plans[i_plan])) {
            TAC_TRY(add_by_chance(p, o, i_plan));
        } else {
            TAC_TRY(add_pieces(p, o, i_plan, &list));
        }
    }
out:
    tac_free(list.items);
    return st;
}

/* ---- spans to inputs ---- */

static int by_time(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static int by_beginning(const void *a, const void *b)
{
    const span *x = a;
    const span *y = b;
    if (x->from_h < y->from_h || x->from_h > y->from_h) {
        return x->from_h < y->from_h ? -1 : 1;
    }
    return (x->plan > y->plan) - (x->plan < y->plan);
}

/** All beginnings and ends, each once, from 0 to before the end. */
static tac_status find_edges(const planner *p, tac_schedule *s)
{
    size_t n = 0;
    const tac_status st = tac_alloc_doubles(p->ctx, 2 * p->n_span + 1, &s->edge_h);
    if (st != TAC_OK) {
        return st;
    }
    s->edge_h[n++] = 0.0;
    for (size_t i = 0; i < p->n_span; i++) {
        s->edge_h[n++] = p->spans[i].from_h;
        s->edge_h[n++] = p->spans[i].to_h;
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

/** `drawn` are the numbers drawn for the occurrence; NULL where none are. */
static void act(const effect *e, const double *drawn, double *u)
{
    switch (e->how) {
    case TAC_HOW_SET: u[e->input] = e->amount; return;
    case TAC_HOW_DRAW: u[e->input] = drawn == NULL ? e->amount : drawn[e->draw]; return;
    case TAC_HOW_RANDOM: u[e->input] += 1.0 / MOMENT_H; return;
    case TAC_HOW_MAX: u[e->input] = fmax(u[e->input], e->amount); return;
    case TAC_HOW_ADD:
    case TAC_HOW_DOSE: u[e->input] += e->amount; return;
    case TAC_HOW_FOR:
    case TAC_HOW_WHERE:
    case TAC_HOW_EXCLUDES:
    case TAC_HOW_INTERRUPTS:
    case TAC_HOW_REPLACES: break;
    }
    TAC_BUG("a rule that does not act");
}

/** Put a span into the list of those that are on, which is kept in the order of plans. */
static void switch_on(const span **on, size_t *n_on, const span *s)
{
    size_t i = (*n_on)++;
    for (; i > 0 && on[i - 1]->plan > s->plan; i--) {
        on[i] = on[i - 1];
    }
    on[i] = s;
}

static void switch_off(const span **on, size_t *n_on, double now_h)
{
    size_t n = 0;
    for (size_t i = 0; i < *n_on; i++) {
        if (on[i]->to_h > now_h + SAME_TIME_H) {
            on[n++] = on[i];
        }
    }
    *n_on = n;
}

/** What acts in the moments that chance brings, and not all the time. */
static bool is_of_moment(const effect *e)
{
    return e->how == TAC_HOW_DRAW || e->how == TAC_HOW_RANDOM;
}

/** Inputs while some spans are on. */
static void set_inputs(const planner *p, size_t n_on, const span *const *on, double *u)
{
    memcpy(u, p->image->inputs, p->image->n_input * sizeof *u);
    for (size_t k = 0; k < n_on; k++) {
        const plan *of = &p->plans[on[k]->plan];
        const double *drawn = on[k]->draw == NOT_DRAWN ? NULL : &p->draws[on[k]->draw];
        for (size_t i = of->n; i-- > 0;) {
            const effect *e = &p->effects[of->first + i];
            if (!(of->moments_per_h > 0.0) || is_of_moment(e) == on[k]->is_moment) {
                act(e, drawn, u);
            }
        }
    }
}

/** Inputs of every segment, by one sweep over time. */
static tac_status fill_inputs(planner *p, tac_schedule *s)
{
    const size_t n_input = p->image->n_input;
    const tac_image_symbol *released = tac_program_find(p->program, "lifestyle.released");
    const span **on = NULL;
    size_t n_on = 0;
    size_t i_next = 0;
    void *memory = NULL;
    tac_status st = TAC_OK;

    TAC_TRY(tac_alloc(p->ctx, p->n_span, sizeof *on, &memory));
    on = memory;
    TAC_TRY(tac_alloc_doubles(p->ctx, s->n_edge * n_input, &s->inputs));
    if (p->n_span > 0) {
        qsort(p->spans, p->n_span, sizeof *p->spans, by_beginning);
    }
    for (size_t i = 0; i < s->n_edge; i++) {
        double *u = &s->inputs[i * n_input];
        switch_off(on, &n_on, s->edge_h[i]);
        while (i_next < p->n_span && p->spans[i_next].from_h <= s->edge_h[i] + SAME_TIME_H) {
            switch_on(on, &n_on, &p->spans[i_next++]);
        }
        set_inputs(p, n_on, on, u);
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

static bool uses_chance(const planner *p)
{
    for (size_t i = 0; i < p->occurrences.n; i++) {
        const tac_occurrence *o = &p->occurrences.items[i];
        const size_t before = o->is_programme ? p->scenario->n_life : 0;
        if (has_chance(&p->plans[1 + before + o->event])) {
            return true;
        }
    }
    return false;
}

/** Build the schedule of a planner whose given members are set. */
static tac_status build(planner *p, tac_schedule **schedule_out)
{
    tac_status st = TAC_OK;
    tac_schedule *s = NULL;
    void *memory = NULL;

    *schedule_out = NULL;
    p->image = tac_program_image(p->program);
    p->end_h = tac_calendar_end_h(p->scenario, p->calendar);
    p->weight_kg = weight_of(p->image, p->program, p->scenario);
    TAC_TRY(tac_alloc(p->ctx, 1, sizeof *s, &memory));
    s = memory;
    s->end_h = p->end_h;
    TAC_TRY(tac_occurrences_collect(p->ctx, p->words, p->scenario, p->arm, p->calendar,
                                    &p->occurrences));
    TAC_TRY(make_plans(p));
    TAC_TRY(collect_spans(p));
    TAC_TRY(find_edges(p, s));
    TAC_TRY(fill_inputs(p, s));
    drop_idle_edges(p, s);
    s->has_chance = uses_chance(p);
    s->occurrences = p->occurrences.items;
    s->n_occurrence = p->occurrences.n;
    p->occurrences = (tac_occurrences){0};
    *schedule_out = s;
    s = NULL;
out:
    tac_schedule_free(s);
    tac_occurrences_free(&p->occurrences);
    tac_free(p->plans);
    tac_free(p->effects);
    tac_free(p->spans);
    tac_free(p->draws);
    tac_free(p->streams);
    return st;
}

tac_status tac_schedule_build(tac_ctx *ctx, const tac_program *program, const tac_words *words,
                              const tac_scenario *scenario, const tac_arm *arm,
                              tac_calendar calendar, tac_schedule **schedule_out)
{
    planner p = {.ctx = ctx,
                 .program = program,
                 .words = words,
                 .scenario = scenario,
                 .arm = arm,
                 .calendar = calendar};
    return build(&p, schedule_out);
}

tac_status tac_schedule_of_member(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                                  const tac_arm *arm, const tac_luck *luck,
                                  tac_schedule **schedule_out)
{
    planner p = {.ctx = ctx,
                 .program = body->program,
                 .words = body->words,
                 .scenario = scenario,
                 .arm = arm,
                 .calendar = TAC_CALENDAR_WHOLE,
                 .luck = luck};
    return build(&p, schedule_out);
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
