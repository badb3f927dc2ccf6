/* SPDX-License-Identifier: Apache-2.0 */
/* A run that is written down: parameters, states and edges of the schedule go into a model; see script.h. */
#include "sim/script.h"

#include "base/buf.h"
#include "base/fail.h"
#include "scenario/scenario.h"
#include "sim/run.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* Times nearer than this are one. */
static const double SAME_TIME_H = 1e-9;

typedef struct script {
    tac_ctx *ctx;
    const tac_scenario *scenario;
    const tac_arm *arm;
    const tac_program *program;
    const tac_image *image;
    const tac_schedule *schedule;
    const tac_sim *sim;
    tac_model *model;
    uint32_t *symbol_of; /* [n_input] in the model's arena */
} script;

static tac_status no_memory(const script *s)
{
    return tac_fail(s->ctx, TAC_E_MEMORY, "out of memory");
}

/* ---- what events cannot say ---- */

static bool is_by_chance(const tac_words *words, const tac_event *event)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how == TAC_HOW_RANDOM && strcmp(rules[i].verb, event->verb) == 0
            && (strcmp(rules[i].kind, "*") == 0 || strcmp(rules[i].kind, event->kind) == 0)) {
            return true;
        }
    }
    return false;
}

static tac_status refuse_chance(const script *s, const tac_words *words, size_t n,
                                const tac_event *events)
{
    tac_status st = TAC_OK;
    for (size_t i = 0; i < n; i++) {
        if (is_by_chance(words, &events[i])) {
            st = tac_fail_at(s->ctx, TAC_E_INPUT, &s->scenario->source, events[i].span,
                             "'%s' comes at random moments, and the events of a model have times "
                             "that are known; say when, by 'inoculate', or leave it out",
                             events[i].verb);
        }
    }
    return st;
}

/* ---- the person ---- */

static tac_status set_symbol(script *s, uint32_t i)
{
    tac_symbol *symbol = &s->model->symbols[i];
    const tac_image_symbol *found = tac_program_find(s->program, symbol->id);
    if (symbol->amount != UINT32_MAX) {
        return tac_fail(s->ctx, TAC_E_MODEL,
                        "'%s' is a species in a compartment that changes its size: its start "
                        "cannot be written yet",
                        symbol->id);
    }
    if (found == NULL || found->slot == TAC_SLOT_OUTPUT) {
        return TAC_OK; /* it follows from others */
    }
    symbol->initial = TAC_EXPR_NONE;
    symbol->has_value = true;
    symbol->value = tac_sim_value(s->sim, found, s->sim->x);
    if (found->slot == TAC_SLOT_INPUT) {
        s->symbol_of[found->index] = i;
    }
    return TAC_OK;
}

static tac_status set_person(script *s)
{
    tac_status st = TAC_OK;
    s->symbol_of = tac_arena_alloc(s->model->arena, (s->image->n_input + 1) * sizeof *s->symbol_of);
    if (s->symbol_of == NULL) {
        return no_memory(s);
    }
    for (uint32_t i = 0; st == TAC_OK && i < s->model->n_symbol; i++) {
        st = set_symbol(s, i);
    }
    return st;
}

/* ---- the calendar ---- */

/** A number in a unit, which the text of the model will show. */
static tac_status quantity(const script *s, double value, const tac_unit *unit, const char *text,
                           tac_expr *e_out)
{
    uint32_t number = 0;
    const tac_status st = tac_model_note_unit(s->ctx, s->model, unit, text, strlen(text), &number);
    *e_out = tac_graph_quantity(s->model->graph, value, number);
    return st;
}

/** time >= t */
static tac_status trigger_at(const script *s, double t_h, tac_expr *e_out)
{
    const tac_unit unit = tac_model_time_unit(s->model);
    tac_graph *graph = s->model->graph;
    tac_expr t = TAC_EXPR_NONE;
    const tac_status st = quantity(s, t_h / tac_model_hours(s->model), &unit, "", &t);
    *e_out = tac_graph_apply(graph, TAC_OP_GE, tac_graph_time(graph), t, TAC_EXPR_NONE);
    return st;
}

/** An input becomes a state that stays until an event sets it. */
static tac_status add_change(const script *s, uint32_t i, double value, tac_change *change)
{
    tac_symbol *symbol = &s->model->symbols[i];
    tac_status st = TAC_OK;
    symbol->role = TAC_ROLE_STATE;
    symbol->rate = tac_graph_const(s->model->graph, 0.0);
    *change = (tac_change){.symbol = i, .size = TAC_EXPR_NONE};
    if (symbol->has_unit) {
        st = quantity(s, value, &symbol->unit, symbol->unit_text, &change->value);
    } else {
        change->value = tac_graph_const(s->model->graph, value);
    }
    return st;
}

static tac_status add_changes(const script *s, size_t i_edge, tac_model_event *event)
{
    const size_t n_input = s->image->n_input;
    const double *before = &s->schedule->inputs[(i_edge - 1) * n_input];
    const double *now = &s->schedule->inputs[i_edge * n_input];
    tac_status st = TAC_OK;
    event->changes = tac_arena_alloc(s->model->arena, (n_input + 1) * sizeof *event->changes);
    if (event->changes == NULL) {
        return no_memory(s);
    }
    for (size_t k = 0; st == TAC_OK && k < n_input; k++) {
        if (before[k] != now[k]) {
            st = add_change(s, s->symbol_of[k], now[k], &event->changes[event->n_change++]);
        }
    }
    return st;
}

/** "massage swedish begins" of all that begins or ends at an edge. */
static void say_occurrences(const script *s, double t_h, tac_buf *text)
{
    const char *sign = ": ";
    for (size_t i = 0; i < s->schedule->n_occurrence; i++) {
        const tac_occurrence *o = &s->schedule->occurrences[i];
        const tac_event *event = tac_occurrence_event(s->scenario, s->arm, o);
        const bool begins = fabs(o->from_h - t_h) < SAME_TIME_H;
        if (begins || fabs(o->to_h - t_h) < SAME_TIME_H) {
            tac_buf_print(text, "%s%s%s%s %s", sign, event->verb, event->kind[0] == '\0' ? "" : " ",
                          event->kind, begins ? "begins" : "ends");
            sign = ", ";
        }
    }
}

/** Its id, day_3_18h00, and its name, "Wed 2026-09-09 18:00: massage swedish begins". */
static tac_status name_event(const script *s, double t_h, tac_model_event *event, tac_about *about)
{
    char text[64];
    const double clock_s = round(3600.0 * (s->scenario->start_clock_h + t_h));
    const time_t at = (time_t)s->scenario->start_day * 86400 + (time_t)clock_s;
    struct tm day;
    tac_buf words = TAC_BUF_INIT;
    (void)gmtime_r(&at, &day);
    tac_buf_print(&words, "day_%.0f_%02dh%02d", 1.0 + floor(clock_s / 86400.0), day.tm_hour,
                  day.tm_min);
    event->id = tac_arena_text(s->model->arena, tac_buf_str(&words), words.n);
    tac_buf_clear(&words);
    (void)strftime(text, sizeof text, "%a %Y-%m-%d %H:%M", &day);
    tac_buf_text(&words, text);
    say_occurrences(s, t_h, &words);
    *about = (tac_about){event->id, "name",
                         tac_arena_text(s->model->arena, tac_buf_str(&words), words.n)};
    const bool is_fine = !words.has_failed && event->id != NULL && about->text != NULL;
    tac_buf_free(&words);
    return is_fine ? TAC_OK : no_memory(s);
}

static tac_status add_event(const script *s, size_t i_edge, tac_about *about)
{
    const double t_h = s->schedule->edge_h[i_edge];
    tac_model_event *event = &s->model->events[s->model->n_event];
    tac_status st = TAC_OK;
    *event = (tac_model_event){.delay = TAC_EXPR_NONE,
                               .priority = TAC_EXPR_NONE,
                               .is_persistent = true,
                               .was_true = true};
    TAC_TRY(trigger_at(s, t_h, &event->trigger));
    TAC_TRY(add_changes(s, i_edge, event));
    TAC_TRY(name_event(s, t_h, event, about));
    s->model->n_event++;
out:
    return st;
}

/** Room for more of what a model has, behind what it has. */
static void *grow(const script *s, const void *items, size_t n, size_t n_more, size_t size)
{
    void *grown = tac_arena_alloc(s->model->arena, (n + n_more + 1) * size);
    if (grown != NULL && n > 0) {
        memcpy(grown, items, n * size);
    }
    return grown;
}

/** What the model is now: its name and its words. */
static tac_status name_model(const script *s)
{
    tac_model *model = s->model;
    tac_buf words = TAC_BUF_INIT;
    size_t n = 0;
    for (size_t k = 0; k < model->n_about; k++) {
        const tac_about *about = &model->abouts[k];
        if (about->id[0] != '\0'
            || (strcmp(about->kind, "name") != 0 && strcmp(about->kind, "notes") != 0)) {
            model->abouts[n++] = *about;
        }
    }
    tac_buf_print(&words,
                  "%s: %s, arm '%s' (%s). Time is counted in hours from the start of the scenario, "
                  "for %.10g h; the start is the daily orbit of this life.",
                  s->scenario->title, s->scenario->person_text, s->arm->id, s->arm->title,
                  s->scenario->duration_h);
    const char *kept = tac_arena_text(model->arena, tac_buf_str(&words), words.n);
    const char *title =
        tac_arena_text(model->arena, s->scenario->title, strlen(s->scenario->title));
    const bool is_fine = !words.has_failed && kept != NULL && title != NULL;
    tac_buf_free(&words);
    model->abouts[n++] = (tac_about){"", "name", title};
    model->abouts[n++] = (tac_about){"", "notes", kept};
    model->n_about = n;
    return is_fine ? TAC_OK : no_memory(s);
}

static tac_status add_calendar(const script *s)
{
    tac_model *model = s->model;
    const size_t n_edge = s->schedule->n_edge;
    tac_status st = TAC_OK;
    model->events = grow(s, model->events, model->n_event, n_edge, sizeof *model->events);
    model->abouts = grow(s, model->abouts, model->n_about, n_edge + 2, sizeof *model->abouts);
    if (model->events == NULL || model->abouts == NULL) {
        return no_memory(s);
    }
    TAC_TRY(name_model(s));
    for (size_t i = 1; i < n_edge; i++) {
        TAC_TRY(add_event(s, i, &model->abouts[model->n_about]));
        model->n_about++;
    }
    st = tac_graph_has_failed(model->graph) ? no_memory(s) : TAC_OK;
out:
    return st;
}

tac_status tac_script_write(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                            size_t arm, const tac_run_options *options, tac_model *model)
{
    tac_status st = TAC_OK;
    tac_run *run = NULL;
    script s = {.ctx = ctx,
                .scenario = scenario,
                .program = body->program,
                .image = tac_program_image(body->program),
                .model = model};
    if (arm >= scenario->n_arm) {
        return tac_fail(ctx, TAC_E_ARG, "arm %zu: the scenario has %zu", arm, scenario->n_arm);
    }
    s.arm = &scenario->arms[arm];
    TAC_TRY(refuse_chance(&s, body->words, scenario->n_life, scenario->life));
    TAC_TRY(refuse_chance(&s, body->words, s.arm->n_event, s.arm->events));
    TAC_TRY(tac_run_create(ctx, body, scenario, arm, options, &run));
    s.schedule = tac_run_schedule(run);
    s.sim = tac_run_sim(run);
    TAC_TRY(set_person(&s));
    TAC_TRY(add_calendar(&s));
out:
    tac_run_free(run);
    return st;
}
