/* SPDX-License-Identifier: Apache-2.0 */
/* Writes an arm of a study as a scenario; see evidence_life.h. */
#include "scenario/evidence_life.h"

#include "base/fail.h"
#include "base/tsv.h"
#include "embedded.h"
#include "scenario/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_H = 24.0;
static const double START_CLOCK_H = 6.0;
static const double BED_CLOCK_H = 23.0;
static const double WAKE_CLOCK_H = 7.0;

/* A class of hours of sleep that is open on one side stands for hours so far from its bound (assumed). */
static const double CLASS_STEP_H = 0.75;

/* Strain that sore people had so long ago: soreness is at its height, and nobody was asleep (assumed). */
static const double SORE_H = 26.0;

/* Nights of changed sleep from which on they are taken as a habit. */
static const long N_NIGHT_HABIT = 7;

enum { EVENT, FIELD, UNIT, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"event", "field", "unit"};

typedef struct writer {
    /* given */
    tac_ctx *ctx;
    const tac_words *words;
    const tac_study *study;
    const tac_study_arm *arm;
    const tac_life_request *request;
    /* derived */
    tac_tsv *table;
    tac_life *life;
    tac_buf habits;    /* lines of life */
    tac_buf programme; /* lines of the programme */
    double now_h;      /* from time 0: end of the event before */
    bool has_event;
} writer;

static const char *text_of(const tac_yaml_node *node)
{
    return node == NULL || node->kind != TAC_YAML_SCALAR ? "" : node->text;
}

static bool is_text(const tac_yaml_node *node, const char *text)
{
    return strcmp(text_of(node), text) == 0;
}

/** Hours of a time that the reader has accepted; NaN when there is none. */
static double hours_of(const writer *w, const tac_yaml_node *node)
{
    double hours = (double)NAN;
    if (node == NULL
        || tac_quantity_read(w->ctx, &w->study->yaml->source, node, "time", "h", NULL, &hours)
               != TAC_OK) {
        return (double)NAN;
    }
    return hours;
}

/** The next such time of day at or after `from_h` (from time 0). */
static double next_clock_h(const writer *w, double clock_h, double from_h)
{
    const double at = fmod(w->request->clock_h + from_h, DAY_H);
    const double wait = fmod(clock_h - at + 2.0 * DAY_H, DAY_H);
    return from_h + (wait > DAY_H - 1e-6 ? 0.0 : wait);
}

/** Hours from time 0 to hours from the scenario's start. */
static double in_scenario_h(const writer *w, double t_h)
{
    return w->life->zero_h + t_h;
}

/** A bout of strain whose length is not said is a moment: what would be in it comes after it. */
static double after_bout_h(const tac_life *life, double t_h)
{
    const bool is_in_bout = t_h >= life->bout_from_h - 1e-6 && t_h < life->bout_to_h;
    return is_in_bout ? life->bout_to_h : t_h;
}

/** When an event begins by its own words, in hours from time 0. */
static double said_begin_h(const writer *w, const tac_yaml_node *event)
{
    double clock_h = 0.0;
    const tac_yaml_node *from = tac_yaml_get(event, "from");
    const tac_yaml_node *on = tac_yaml_get(event, "on");
    from = from == NULL ? tac_yaml_get(event, "at") : from;
    double base_h = w->now_h;
    if (on != NULL) {
        base_h = DAY_H * (strtod(text_of(on) + 4, NULL) - 1.0);
    }
    if (from == NULL) {
        return base_h;
    }
    if (tac_clock_parse(text_of(from), &clock_h)) {
        return next_clock_h(w, clock_h, fmax(base_h, 0.0));
    }
    return (on != NULL ? base_h : 0.0) + hours_of(w, from);
}

/** When an event begins, in hours from time 0. */
static double begin_h(const writer *w, const tac_yaml_node *event)
{
    return after_bout_h(w->life, in_scenario_h(w, said_begin_h(w, event))) - w->life->zero_h;
}

/** The unit of a bare number: a row of models/evidence-words.tsv. */
static const char *unit_of(const writer *w, const char *verb, const char *field)
{
    for (size_t i = 0; i < tac_tsv_n_row(w->table); i++) {
        if (strcmp(tac_tsv_cell(w->table, i, EVENT), verb) == 0
            && strcmp(tac_tsv_cell(w->table, i, FIELD), field) == 0) {
            return tac_tsv_cell(w->table, i, UNIT);
        }
    }
    return "-";
}

/** Put quotes around what YAML would read otherwise. */
static void put_scalar(tac_buf *out, const char *text)
{
    const bool needs_quotes = strpbrk(text, ":<>=#") != NULL;
    tac_buf_print(out, "%s%s%s", needs_quotes ? "\"" : "", text, needs_quotes ? "\"" : "");
}

/** True for a limb that the study treats on one side, written without its side. */
static bool is_limb_without_side(const writer *w, const char *text)
{
    const tac_region *region = tac_words_region(w->words, text);
    return w->arm->is_one_sided && region != NULL && region->sides > 1.0;
}

static void put_region(const writer *w, tac_buf *out, const tac_yaml_node *value)
{
    const size_t n = value->kind == TAC_YAML_LIST ? value->n : 1;
    tac_buf_text(out, value->kind == TAC_YAML_LIST ? "[" : "");
    for (size_t i = 0; i < n; i++) {
        const char *text = text_of(value->kind == TAC_YAML_LIST ? value->items[i] : value);
        tac_buf_print(out, "%s%s%s", i > 0 ? ", " : "",
                      is_limb_without_side(w, text) ? "left " : "", text);
    }
    tac_buf_text(out, value->kind == TAC_YAML_LIST ? "]" : "");
}

/** A value with the unit that a scenario wants written out. */
static void put_value(const writer *w, tac_buf *out, const char *verb, const char *field,
                      const tac_yaml_node *value)
{
    const char *unit = unit_of(w, verb, field);
    const char *text = text_of(value);
    if (strcmp(unit, "region") == 0) {
        put_region(w, out, value);
        return;
    }
    const bool is_bare = tac_quantity_is_number(text) && tac_quantity_unit(text)[0] == '\0';
    put_scalar(out, text);
    if (is_bare && strcmp(unit, "-") != 0 && strcmp(unit, "1") != 0) {
        tac_buf_print(out, " %s", unit);
    }
}

/** A dose given at a rate becomes the dose of the whole infusion. */
static tac_status put_dose(const writer *w, tac_buf *out, const tac_yaml_node *event,
                           const tac_yaml_node *value)
{
    const char *text = text_of(value);
    const char *unit = tac_quantity_unit(text);
    const size_t n = strlen(unit);
    const double hours = hours_of(w, tac_yaml_get(event, "over"));
    const bool is_per_min = n > 4 && strcmp(unit + n - 4, "/min") == 0;
    const bool is_per_h = n > 2 && strcmp(unit + n - 2, "/h") == 0;
    if (!is_per_min && !is_per_h) {
        put_value(w, out, event->keys[0]->text, "dose", value);
        return TAC_OK;
    }
    if (!(hours > 0.0)) {
        return tac_fail(w->ctx, TAC_E_INPUT, "a dose given at a rate, %s, without how long", text);
    }
    tac_buf_print(out, "%.12g ", strtod(text, NULL) * hours * (is_per_min ? 60.0 : 1.0));
    tac_buf_add(out, unit, n - (is_per_min ? 4 : 2));
    return TAC_OK;
}

static bool is_time_key(const char *key)
{
    static const char *const KEYS[] = {"from", "at", "to",     "for",   "every", "times",
                                       "days", "on", "nights", "since", "note",  "programme"};
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        if (strcmp(KEYS[i], key) == 0) {
            return true;
        }
    }
    return false;
}

/* Muscles under the hands; strain of which nothing is said is of an arm. */
static const struct {
    const char *region;
    const char *muscle;
} UNDER_HANDS[] = {{"legs", "thigh"},
                   {"leg", "thigh"},
                   {"thigh", "thigh"},
                   {"lower leg", "lower leg"},
                   {"back", "back"},
                   {"upper back", "back"},
                   {"shoulders", "shoulder and neck"},
                   {"neck", "shoulder and neck"}};

/** Where the hands of a massage are: said, or of its technique. */
static const char *region_of(const writer *w, const tac_yaml_node *massage)
{
    const tac_yaml_node *region = tac_yaml_get(massage, "region");
    const tac_technique *technique = tac_words_technique(w->words, text_of(massage->items[0]));
    if (region == NULL) {
        return technique == NULL ? "" : technique->default_region;
    }
    return text_of(region->kind == TAC_YAML_LIST && region->n > 0 ? region->items[0] : region);
}

/** The muscle that the study massages in any of its arms; NULL where it does not, or where no other than the usual. */
static const char *muscle_under_hands(const writer *w)
{
    for (size_t a = 0; a < w->study->n_arm; a++) {
        const tac_yaml_node *events = w->study->arms[a].events;
        for (size_t i = 0; i < events->n; i++) {
            if (strcmp(events->items[i]->keys[0]->text, "massage") != 0) {
                continue;
            }
            const char *region = region_of(w, events->items[i]);
            for (size_t k = 0; k < sizeof UNDER_HANDS / sizeof UNDER_HANDS[0]; k++) {
                if (strcmp(UNDER_HANDS[k].region, region) == 0) {
                    return UNDER_HANDS[k].muscle;
                }
            }
        }
    }
    return NULL;
}

/** `{massage: swedish, pressure: firm` without an end, all but the times. */
static tac_status put_what(const writer *w, tac_buf *out, const tac_yaml_node *event)
{
    tac_status st = TAC_OK;
    const char *verb = event->keys[0]->text;
    tac_buf_print(out, "{%s: ", verb);
    put_value(w, out, verb, "-", event->items[0]);
    for (size_t i = 1; i < event->n && st == TAC_OK; i++) {
        const char *key = event->keys[i]->text;
        if (is_time_key(key)) {
            continue;
        }
        tac_buf_print(out, ", %s: ", strcmp(key, "force") == 0 ? "pressure" : key);
        if (strcmp(key, "dose") == 0) {
            st = put_dose(w, out, event, event->items[i]);
        } else {
            put_value(w, out, verb, key, event->items[i]);
        }
    }
    const bool is_any_muscle =
        strcmp(verb, "eccentric") == 0 && tac_yaml_get(event, "muscle") == NULL;
    const char *muscle = is_any_muscle ? muscle_under_hands(w) : NULL;
    if (muscle != NULL) {
        tac_buf_print(out, ", muscle: %s", muscle);
    }
    return st;
}

/** True when the tables say how long an event of this verb lasts where nobody does. */
static bool has_usual_length(const writer *w, const char *verb)
{
    size_t n = 0;
    const tac_event_rule *rules = tac_words_event_rules(w->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].how == TAC_HOW_FOR && strcmp(rules[i].verb, verb) == 0) {
            return true;
        }
    }
    return strcmp(verb, "massage") == 0;
}

/** How long an event lasts by the tables, an hour where they do not say, and whether this body has what it needs. */
static tac_status usual_h(const writer *w, const char *verb, const char *what, double *hours_out)
{
    const bool says_none = !has_usual_length(w, verb);
    tac_status st = TAC_OK;
    tac_yaml *yaml = NULL;
    tac_buf text = TAC_BUF_INIT;
    tac_event event = {0};
    tac_arena *arena = tac_arena_create();
    tac_buf_print(&text, "%s, from: 0 h%s}", what, says_none ? ", for: 1 h" : "");
    if (arena == NULL) {
        st = tac_fail(w->ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(tac_buf_check(w->ctx, &text));
    TAC_TRY(tac_yaml_read(w->ctx, "event", text.text, text.n, &yaml));
    const tac_event_reader reader = {w->ctx, w->words, &yaml->source, arena, 0.0};
    TAC_TRY(tac_event_read(&reader, yaml->root, &event));
    *hours_out = event.when.duration_h;
out:
    tac_yaml_free(yaml);
    tac_arena_free(arena);
    tac_buf_free(&text);
    return st;
}

/** Keep when the event happens, for `end` and `during`. */
static void note_event(writer *w, double from_h, double to_h, double last_from_h)
{
    w->life->first_h =
        w->has_event ? fmin(w->life->first_h, in_scenario_h(w, from_h)) : in_scenario_h(w, from_h);
    if (!w->has_event || in_scenario_h(w, to_h) >= w->life->last_to_h) {
        w->life->last_from_h = in_scenario_h(w, last_from_h);
        w->life->last_to_h = in_scenario_h(w, to_h);
    }
    w->has_event = true;
    w->now_h = to_h;
}

/** Begin, length and repeats; the event's line ends. */
static void put_times(writer *w, tac_buf *out, const tac_yaml_node *event, double from_h,
                      double length_h, bool says_length)
{
    const tac_yaml_node *every = tac_yaml_get(event, "every");
    const tac_yaml_node *times = tac_yaml_get(event, "times");
    const double every_h = every == NULL ? 0.0 : is_text(every, "day") ? DAY_H : hours_of(w, every);
    const double n_time = times == NULL ? 1.0 : fmax(1.0, strtod(text_of(times), NULL));
    tac_buf_print(out, ", from: %.12g h", in_scenario_h(w, from_h));
    if (says_length) {
        tac_buf_print(out, ", for: %.12g h", length_h);
    }
    if (every_h > 0.0) {
        tac_buf_print(out, ", every: %.12g h, times: %.0f", every_h, n_time);
    }
    tac_buf_text(out, "}\n");
    if (strcmp(event->keys[0]->text, "eccentric") == 0 && tac_yaml_get(event, "for") == NULL) {
        w->life->bout_from_h = in_scenario_h(w, from_h);
        w->life->bout_to_h = in_scenario_h(w, from_h + length_h);
    }
    const double last_h = from_h + every_h * (n_time - 1.0);
    note_event(w, from_h, last_h + length_h, last_h);
}

/** An event of the programme. */
static tac_status write_event(writer *w, const tac_yaml_node *event)
{
    tac_status st = TAC_OK;
    tac_buf what = TAC_BUF_INIT;
    double length_h = hours_of(w, tac_yaml_get(event, "for"));
    const double from_h = begin_h(w, event);
    double usual = 0.0;
    double end_clock_h = 0.0;
    const tac_yaml_node *to = tac_yaml_get(event, "to");

    TAC_TRY(put_what(w, &what, event));
    TAC_TRY(tac_buf_check(w->ctx, &what));
    if (to != NULL && isnan(length_h)) {
        length_h =
            (tac_clock_parse(text_of(to), &end_clock_h) ? next_clock_h(w, end_clock_h, from_h)
                                                        : hours_of(w, to))
            - from_h;
    }
    const bool says_length = !isnan(length_h) || !has_usual_length(w, event->keys[0]->text);
    if (isnan(length_h)) {
        TAC_TRY(usual_h(w, event->keys[0]->text, what.text, &usual));
        length_h = usual;
    }
    tac_buf_text(&w->programme, "  - ");
    tac_buf_add(&w->programme, what.text, what.n);
    put_times(w, &w->programme, event, from_h, length_h, says_length);
out:
    tac_buf_free(&what);
    return st;
}

/** Rest where a massage would be; how long is asked of the tables. */
static tac_status write_rest_instead(writer *w, const tac_yaml_node *event)
{
    tac_status st = TAC_OK;
    tac_buf what = TAC_BUF_INIT;
    double length_h = hours_of(w, tac_yaml_get(event, "for"));
    const double from_h = begin_h(w, event);
    const char *kind = text_of(event->items[0]);
    const bool is_seated = is_text(tac_yaml_get(event, "giver"), "self")
                           || strcmp(kind, "chair") == 0 || strcmp(kind, "petrissage") == 0
                           || strcmp(kind, "stroking") == 0 || strcmp(kind, "trigger point") == 0;
    TAC_TRY(put_what(w, &what, event));
    TAC_TRY(tac_buf_check(w->ctx, &what));
    if (isnan(length_h)) {
        TAC_TRY(usual_h(w, event->keys[0]->text, what.text, &length_h));
    }
    tac_buf_print(&w->programme, "  - {rest: true, posture: %s", is_seated ? "seated" : "supine");
    put_times(w, &w->programme, event, from_h, length_h, true);
out:
    tac_buf_free(&what);
    return st;
}

/* ---- what has lasted ---- */

/** Hours of sleep: a number, or the middle of a class. */
static double hours_of_sleep(const char *text)
{
    char *end = NULL;
    const double sign = text[0] == '<' ? -1.0 : text[0] == '>' ? 1.0 : 0.0;
    const double first = strtod(text + strspn(text, "<>="), &end);
    if (*end == '-') {
        return (first + strtod(end + 1, NULL)) / 2.0;
    }
    return first + sign * CLASS_STEP_H;
}

/** A habit: this night every night, its middle where the usual one has it. */
static void put_habit(writer *w, double hours)
{
    const double middle_h = BED_CLOCK_H + fmod(WAKE_CLOCK_H - BED_CLOCK_H + DAY_H, DAY_H) / 2.0;
    const long minute = lround(60.0 * fmod(middle_h - hours / 2.0 + DAY_H, DAY_H));
    tac_buf_print(&w->habits, "  - {sleep: %.4g h, from: \"%02ld:%02ld\", every: day}\n", hours,
                  minute / 60 % 24, minute % 60);
}

/** A night awake, or a short one late in the night. */
static void put_nights(writer *w, const tac_yaml_node *event, double hours, long n_night)
{
    const double from_h = begin_h(w, event);
    const double bed_h = next_clock_h(w, BED_CLOCK_H, from_h);
    const double night_h = fmod(WAKE_CLOCK_H - BED_CLOCK_H + DAY_H, DAY_H);
    const bool is_awake = hours < 0.05;
    const double begin = is_awake ? bed_h : bed_h + night_h - hours;
    const double length_h = is_awake ? night_h : hours;
    tac_buf_print(&w->programme, "  - {sleep: true%s, from: %.12g h, for: %.12g h",
                  is_awake ? ", deprived: true" : "", in_scenario_h(w, begin), length_h);
    if (n_night > 1) {
        tac_buf_print(&w->programme, ", every: 24 h, times: %ld", n_night);
    }
    tac_buf_text(&w->programme, "}\n");
    const double last_h = begin + DAY_H * (double)(n_night - 1);
    note_event(w, begin, last_h + length_h, last_h);
}

static tac_status write_sleep(writer *w, const tac_yaml_node *event)
{
    const tac_yaml_node *hours_node = tac_yaml_get(event, "hours");
    const tac_yaml_node *nights = tac_yaml_get(event, "nights");
    const bool is_amount = tac_quantity_is_number(text_of(event->items[0]));
    const bool is_deprived = is_text(tac_yaml_get(event, "deprived"), "true");
    const bool is_placed =
        tac_yaml_get(event, "from") != NULL && tac_yaml_get(event, "every") == NULL;
    double hours = hours_node != NULL ? hours_of_sleep(text_of(hours_node))
                   : is_amount        ? hours_of(w, event->items[0])
                   : is_deprived      ? 0.0
                                      : (double)NAN;
    const long n_night = nights == NULL ? 0 : strtol(text_of(nights), NULL, 10);
    if (isnan(hours) && !is_placed) {
        return TAC_OK; /* the usual night */
    }
    if (isnan(hours)) {
        return write_event(w, event);
    }
    if (!is_deprived && !is_placed && (n_night == 0 || n_night >= N_NIGHT_HABIT)) {
        put_habit(w, hours);
    } else {
        put_nights(w, event, hours, n_night < 1 ? 1 : n_night);
    }
    return TAC_OK;
}

/** A programme of weeks: each evening. */
static tac_status write_weeks(writer *w, const tac_yaml_node *event, double weeks)
{
    tac_status st = TAC_OK;
    tac_buf what = TAC_BUF_INIT;
    double length_h = hours_of(w, tac_yaml_get(event, "for"));
    const double from_h = next_clock_h(w, 18.0, begin_h(w, event));
    const double n_day = fmax(1.0, 7.0 * weeks);
    TAC_TRY(put_what(w, &what, event));
    TAC_TRY(tac_buf_check(w->ctx, &what));
    if (isnan(length_h)) {
        TAC_TRY(usual_h(w, event->keys[0]->text, what.text, &length_h));
    }
    tac_buf_print(&w->programme, "  - %s, from: %.12g h, for: %.12g h, every: 24 h, times: %.0f}\n",
                  what.text, in_scenario_h(w, from_h), length_h, n_day);
    note_event(w, from_h, from_h + DAY_H * (n_day - 1.0) + length_h,
               from_h + DAY_H * (n_day - 1.0));
out:
    tac_buf_free(&what);
    return st;
}

static tac_status write_one(writer *w, const tac_yaml_node *event)
{
    const char *verb = event->keys[0]->text;
    const tac_yaml_node *programme = tac_yaml_get(event, "programme");
    if (strcmp(verb, "stressor") == 0 && is_text(event->items[0], "chronic")) {
        const tac_yaml_node *level = tac_yaml_get(event, "level");
        tac_buf_print(&w->habits, "  - {stressor: chronic, level: %s, since: 90 d}\n",
                      level == NULL ? "high" : text_of(level));
        return TAC_OK;
    }
    if (strcmp(verb, "sleep") == 0) {
        return write_sleep(w, event);
    }
    if (programme != NULL) {
        return write_weeks(w, event, strtod(text_of(programme), NULL));
    }
    if (strcmp(verb, "massage") == 0 && w->request->without_touch) {
        return write_rest_instead(w, event);
    }
    return write_event(w, event);
}

/** People who come with a state that was brought about before time 0. */
static tac_status write_states(writer *w)
{
    tac_status st = TAC_OK;
    const tac_group *g = &w->arm->group;
    double length_h = 0.0;
    for (size_t i = 0; i < g->n_health; i++) {
        if (strcmp(g->health[i], "infected") == 0) {
            TAC_TRY(usual_h(w, "inoculate", "{inoculate: rhinovirus", &length_h));
            tac_buf_print(&w->programme, "  - {inoculate: rhinovirus, from: %.12g h}\n",
                          in_scenario_h(w, -48.0));
        } else if (strcmp(g->health[i], "sore") == 0) {
            tac_buf_print(
                &w->programme,
                "  - {eccentric: true, muscle: back, sets: 5, repetitions: 12, intensity: 100 %%, from: %.12g h, for: 10 min}\n",
                in_scenario_h(w, -SORE_H));
        }
    }
    if (!isnan(g->sleep_h)) {
        put_habit(w, g->sleep_h);
    }
out:
    return st;
}

/** Hours that a state needs before time 0. */
static double lead_of_states(const tac_group *g)
{
    double lead_h = 0.0;
    for (size_t i = 0; i < g->n_health; i++) {
        lead_h = strcmp(g->health[i], "infected") == 0 ? 49.0
                 : strcmp(g->health[i], "sore") == 0   ? fmax(lead_h, SORE_H + 1.0)
                                                       : lead_h;
    }
    return lead_h;
}

/** Head, life and programme as one text. */
static void join(writer *w)
{
    tac_buf *out = &w->life->text;
    const double spare_h = 0.1;
    const double until_h = fmax(w->life->zero_h + fmax(w->request->until_h, 0.0),
                                w->life->last_to_h + fmax(w->request->after_end_h, 0.0))
                           + spare_h;
    w->life->end_h = until_h; /* the scenario may last longer, so that every habit happens in it */
    tac_buf_print(
        out,
        "title: %s\nperson: {sex: male, age: 30}\nstart: \"2026-09-07 %02.0f:00\"\nduration: %.12g h\n",
        w->arm->id, START_CLOCK_H, fmax(until_h, DAY_H));
    if (w->habits.n > 0) {
        tac_buf_text(out, "life:\n");
        tac_buf_add(out, w->habits.text, w->habits.n);
    }
    if (w->programme.n > 0) {
        tac_buf_text(out, "programme:\n");
        tac_buf_add(out, w->programme.text, w->programme.n);
    }
}

tac_status tac_life_write(tac_ctx *ctx, const tac_words *words, const tac_study *study,
                          const tac_life_request *request, tac_life *life_out)
{
    const tac_source source = {"models/evidence-words.tsv",
                               (const char *)tac_embedded_evidence_words_tsv,
                               tac_embedded_evidence_words_tsv_n};
    tac_status st = TAC_OK;
    const tac_study_arm *arm = &study->arms[request->arm];
    tac_life life = {.text = TAC_BUF_INIT};
    writer w = {
        .ctx = ctx, .words = words, .study = study, .arm = arm, .request = request, .life = &life};

    *life_out = life;
    const double lead_h = fmax(request->lead_h, lead_of_states(&arm->group));
    life.zero_h = lead_h + fmod(request->clock_h - lead_h - START_CLOCK_H + 1000.0 * DAY_H, DAY_H);
    life.bout_from_h = life.bout_to_h = -1.0;
    life.first_h = life.last_from_h = life.last_to_h = life.zero_h;
    TAC_TRY(tac_tsv_read(ctx, &source, N_COLUMN, COLUMNS, &w.table));
    TAC_TRY(write_states(&w));
    for (size_t i = 0; i < arm->events->n; i++) {
        TAC_TRY(write_one(&w, arm->events->items[i]));
    }
    join(&w);
    TAC_TRY(tac_buf_check(ctx, &life.text));
    *life_out = life;
    life.text = (tac_buf)TAC_BUF_INIT;
out:
    tac_tsv_free(w.table);
    tac_buf_free(&w.habits);
    tac_buf_free(&w.programme);
    tac_buf_free(&life.text);
    return st;
}

void tac_life_free(tac_life *life)
{
    tac_buf_free(&life->text);
}

double tac_life_moment_h(const tac_life *life, const tac_moment *moment)
{
    switch (moment->from) {
    case TAC_FROM_ZERO: return after_bout_h(life, life->zero_h + moment->hours);
    case TAC_FROM_CLOCK:
        return life->zero_h
               + fmod(moment->hours - START_CLOCK_H - life->zero_h + 1000.0 * DAY_H, DAY_H);
    case TAC_FROM_END: return life->last_to_h + moment->hours;
    }
    return life->zero_h;
}
