/* SPDX-License-Identifier: Apache-2.0 */
/* When an event happens: its time keys, each by itself and then together. */
#include "base/fail.h"
#include "scenario/event_read.h"
#include "scenario/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_H = 24.0;
static const double MINUTE_H = 1.0 / 60.0;

/* The times of one event while they are read. */
typedef struct times {
    const tac_event_reader *r;
    const tac_yaml_node *map;
    const tac_event *event;
    tac_recurrence when;
    /* where each was said; NULL when it was not */
    const tac_yaml_node *begin;
    const tac_yaml_node *end;
    const tac_yaml_node *length;
    const tac_yaml_node *since;
    bool end_is_clock;
    double end_h;
    double length_h;
} times;

static tac_status refuse(const times *t, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(t->r->ctx, TAC_E_INPUT, t->r->source, node->span, "%s", what);
}

static tac_status read_hours(const times *t, const tac_yaml_node *node, const char *what,
                             const char *needs, double *hours_out)
{
    return tac_quantity_read(t->r->ctx, t->r->source, node, what, "h", needs, hours_out);
}

static const char *scalar(const tac_yaml_node *node)
{
    return node->kind == TAC_YAML_SCALAR ? node->text : "";
}

/** at or from: a time of day, or a time after the start. */
static tac_status read_begin(times *t, const tac_yaml_node *node)
{
    if (t->begin != NULL) {
        return refuse(t, node, "'at' and 'from' both say when it begins; leave one out");
    }
    t->begin = node;
    if (tac_clock_parse(scalar(node), &t->when.clock_h)) {
        t->when.has_clock = true;
        return TAC_OK;
    }
    if (strchr(scalar(node), ':') != NULL) {
        return refuse(t, node,
                      "not a time of day; \"00:00\" to \"23:59\" is wanted, in quotes, such as "
                      "\"18:00\"");
    }
    const tac_status st =
        read_hours(t, node, "the beginning",
                   "a time of day such as \"18:00\", or a time after the start such as 30 min",
                   &t->when.offset_h);
    return st == TAC_OK && t->when.offset_h < 0.0
               ? refuse(t, node, "this is before the start of the scenario")
               : st;
}

/** to: when it ends. */
static tac_status read_end(times *t, const tac_yaml_node *node)
{
    t->end = node;
    t->end_is_clock = true;
    if (strcmp(scalar(node), "24:00") == 0) {
        t->end_h = 0.0;
        return TAC_OK;
    }
    if (tac_clock_parse(scalar(node), &t->end_h)) {
        return TAC_OK;
    }
    t->end_is_clock = false;
    if (strchr(scalar(node), ':') != NULL) {
        return refuse(t, node, "not a time of day; \"00:00\" to \"24:00\" is wanted, in quotes");
    }
    return read_hours(t, node, "the end",
                      "a time of day such as \"19:00\", or a time after the start such as 90 min",
                      &t->end_h);
}

static tac_status read_length(times *t, const tac_yaml_node *node)
{
    t->length = node;
    const tac_status st = read_hours(t, node, "for", NULL, &t->length_h);
    return st == TAC_OK && !(t->length_h > 0.0)
               ? refuse(t, node, "for: an event must last longer than nothing")
               : st;
}

/** every: day, week, hour, weekday, wednesday, 2 d. */
static tac_status read_every(times *t, const tac_yaml_node *node)
{
    static const struct {
        const char *word;
        double days;
    } WORDS[] = {{"day", 1.0}, {"night", 1.0}, {"week", 7.0}, {"hour", 1.0 / 24.0}};
    unsigned day = 0;
    double hours = 0.0;
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (strcmp(scalar(node), WORDS[i].word) == 0) {
            t->when.every_day = WORDS[i].days;
            return TAC_OK;
        }
    }
    if (tac_weekday_parse(scalar(node), &day)) {
        t->when.days |= 1U << day;
        return TAC_OK;
    }
    if (strcmp(scalar(node), "weekday") == 0) {
        t->when.days |= 0x1FU;
        return TAC_OK;
    }
    const tac_status st =
        read_hours(t, node, "every", "day, week, a day of the week, or a time such as 2 d", &hours);
    t->when.every_day = hours / DAY_H;
    return st == TAC_OK && hours < 1.0 - 1e-9
               ? refuse(t, node, "every: at least one hour is wanted")
               : st;
}

static tac_status read_day(times *t, const tac_yaml_node *node)
{
    static const char *const WORDS[] = {"mon", "tue", "wed",      "thu",    "fri",
                                        "sat", "sun", "weekdays", "weekend"};
    unsigned day = 0;
    if (strcmp(scalar(node), "weekdays") == 0) {
        t->when.days |= 0x1FU;
    } else if (strcmp(scalar(node), "weekend") == 0) {
        t->when.days |= 0x60U;
    } else if (tac_weekday_parse(scalar(node), &day)) {
        t->when.days |= 1U << day;
    } else {
        tac_word_list words = {.n = 0};
        for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
            tac_word_list_add(&words, WORDS[i]);
        }
        return tac_refuse_word(t->r, node->span, "day",
                               node->kind == TAC_YAML_SCALAR ? node->text : "(a list)", &words);
    }
    return TAC_OK;
}

static tac_status read_days(times *t, const tac_yaml_node *node)
{
    tac_status result = TAC_OK;
    if (node->kind == TAC_YAML_SCALAR) {
        return read_day(t, node);
    }
    if (node->kind != TAC_YAML_LIST || node->n == 0) {
        return refuse(t, node, "days: a list such as [mon, thu] is wanted");
    }
    for (size_t i = 0; i < node->n && !tac_ctx_is_full(t->r->ctx); i++) {
        const tac_status st = read_day(t, node->items[i]);
        result = st != TAC_OK ? st : result;
    }
    return result;
}

/** A whole number from 1 on. */
static tac_status read_count(const times *t, const tac_yaml_node *node, const char *text,
                             const char *what, long *count_out)
{
    char *end = NULL;
    *count_out = strtol(text, &end, 10);
    return end != text && *end == '\0' && *count_out >= 1 && *count_out <= 100000
               ? TAC_OK
               : refuse(t, node, what);
}

/** on: day 36, or a day of the week. */
static tac_status read_on(times *t, const tac_yaml_node *node)
{
    static const char WHAT[] = "on: 'day 36' (1 is the first) or a day of the week is wanted";
    unsigned day = 0;
    if (tac_weekday_parse(scalar(node), &day)) {
        t->when.days |= 1U << day;
        return TAC_OK;
    }
    return strncmp(scalar(node), "day ", 4) == 0
               ? read_count(t, node, node->text + 4, WHAT, &t->when.on_day)
               : refuse(t, node, WHAT);
}

static tac_status read_times(times *t, const tac_yaml_node *node)
{
    return read_count(t, node, scalar(node), "times: a whole number from 1 on is wanted",
                      &t->when.n_time);
}

static tac_status read_nights(times *t, const tac_yaml_node *node)
{
    return read_count(t, node, scalar(node), "nights: a whole number from 1 on is wanted",
                      &t->when.n_time);
}

/** since: day 15, or how long it has lasted already. */
static tac_status read_since(times *t, const tac_yaml_node *node)
{
    long day = 0;
    double hours = 0.0;
    t->since = node;
    if (strncmp(scalar(node), "day ", 4) == 0) {
        const tac_status st =
            read_count(t, node, node->text + 4, "since: 'day 15' (1 is the first) is wanted", &day);
        t->when.offset_h = fmax(0.0, DAY_H * (double)(day - 1) - t->r->start_clock_h);
        t->when.is_whole_time = t->when.offset_h <= 0.0;
        return st;
    }
    const tac_status st =
        read_hours(t, node, "since",
                   "'day 15', or how long it has lasted at the start such as 4 weeks", &hours);
    t->when.is_whole_time = true;
    return st == TAC_OK && hours < 0.0 ? refuse(t, node, "since: a time that has passed is wanted")
                                       : st;
}

static const struct {
    const char *key;
    tac_status (*read)(times *, const tac_yaml_node *);
} READERS[] = {{"at", read_begin},      {"from", read_begin},  {"to", read_end},
               {"for", read_length},    {"every", read_every}, {"times", read_times},
               {"nights", read_nights}, {"days", read_days},   {"on", read_on},
               {"since", read_since}};

#define N_READER (sizeof READERS / sizeof READERS[0])

bool tac_event_is_time_key(const char *key)
{
    for (size_t i = 0; i < N_READER; i++) {
        if (strcmp(READERS[i].key, key) == 0) {
            return true;
        }
    }
    return false;
}

void tac_event_list_time_keys(tac_word_list *list)
{
    for (size_t i = 0; i < N_READER; i++) {
        tac_word_list_add(list, READERS[i].key);
    }
}

/** The end without a beginning: counted back by the length. */
static tac_status count_back(times *t, double length_h)
{
    if (!(length_h > 0.0)) {
        return refuse(t, t->end, "to: the end needs a beginning (from) or a length (for)");
    }
    t->when.duration_h = length_h;
    t->begin = t->end;
    if (t->end_is_clock) {
        t->when.has_clock = true;
        t->when.clock_h = fmod(t->end_h - fmod(length_h, DAY_H) + DAY_H, DAY_H);
        return TAC_OK;
    }
    t->when.offset_h = t->end_h - length_h;
    return t->when.offset_h >= 0.0
               ? TAC_OK
               : refuse(t, t->end, "this would begin before the start of the scenario");
}

/** From beginning and end to the length. */
static tac_status subtract(times *t)
{
    if (t->end_is_clock != t->when.has_clock) {
        return refuse(t, t->end,
                      "the beginning and the end are of different kinds: two times of day, or two "
                      "times after the start, are wanted");
    }
    t->when.duration_h = t->end_is_clock ? fmod(t->end_h - t->when.clock_h + DAY_H, DAY_H)
                                         : t->end_h - t->when.offset_h;
    return t->when.duration_h > 0.0 ? TAC_OK
                                    : refuse(t, t->end, "the end is not after the beginning");
}

/** How long it lasts: by for, by from and to, or by the tables. */
static tac_status settle_length(times *t, tac_usual_length usual)
{
    tac_status st = TAC_OK;
    if (t->end != NULL && t->length != NULL && t->begin != NULL) {
        return refuse(t, t->end, "'for' and 'to' both say when it ends; leave one out");
    }
    if (t->end != NULL && t->begin == NULL) {
        return count_back(t, t->length != NULL ? t->length_h : usual.hours);
    }
    if (t->end != NULL) {
        TAC_TRY(subtract(t));
    } else {
        t->when.duration_h = t->length != NULL ? t->length_h : usual.hours;
    }
    if (usual.is_said && fabs(t->when.duration_h - usual.hours) > MINUTE_H) {
        st = tac_fail_at(t->r->ctx, TAC_E_INPUT, t->r->source,
                         t->end != NULL ? t->end->span : t->length->span,
                         "%s says %.4g h, these times make %.4g h", t->event->verb, usual.hours,
                         t->when.duration_h);
    }
out:
    return st;
}

/** Shortest time between two occurrences. */
static double interval_h(const tac_recurrence *when)
{
    int gap = 7;
    for (int d = 0; d < 7; d++) {
        for (int k = 1; (when->days >> d & 1U) != 0 && k < gap; k++) {
            gap = (when->days >> (d + k) % 7 & 1U) != 0 ? k : gap;
        }
    }
    return when->days != 0 ? DAY_H * gap : DAY_H * when->every_day;
}

/** Repeats that contradict each other, or that run into themselves. */
static tac_status check_repeats(times *t)
{
    tac_recurrence *w = &t->when;
    const tac_yaml_node *days = tac_yaml_get(t->map, "days");
    const tac_yaml_node *every = tac_yaml_get(t->map, "every");
    const tac_yaml_node *place = days != NULL ? days : every != NULL ? every : t->map;
    if (w->days != 0 && w->on_day > 0) {
        return refuse(t, place, "'on: day' and days of the week cannot be joined");
    }
    if (w->days != 0 && w->every_day > 0.0
        && fabs(w->every_day / 7.0 - round(w->every_day / 7.0)) > 1e-9) {
        return refuse(t, every, "days say already when; every may be week, 2 weeks ... there");
    }
    if (w->days != 0 && !w->has_clock) {
        return refuse(t, place, "days need a time of day: at: \"18:00\"");
    }
    if (w->days == 0x7FU) { /* the same as every day */
        w->days = 0;
        w->every_day = 1.0;
    }
    if (tac_yaml_get(t->map, "nights") != NULL && w->days == 0 && !(w->every_day > 0.0)) {
        w->every_day = 1.0;
    }
    const bool repeats = w->days != 0 || w->every_day > 0.0;
    if (w->n_time > 0 && !repeats) {
        return refuse(t, tac_yaml_get(t->map, "times"), "times needs every or days");
    }
    if (repeats && w->duration_h > interval_h(w) + 1e-9) {
        return tac_fail_at(t->r->ctx, TAC_E_INPUT, t->r->source, t->event->span,
                           "this lasts %.4g h but comes again after %.4g h", w->duration_h,
                           interval_h(w));
    }
    return TAC_OK;
}

/** An event since some day, or all the time. */
static tac_status settle_since(times *t)
{
    tac_recurrence *w = &t->when;
    if (t->begin != NULL || t->end != NULL || w->days != 0 || w->every_day > 0.0 || w->on_day > 0) {
        return refuse(t, t->since, "since stands for the beginning; only for can go with it");
    }
    if (t->length != NULL) {
        w->is_whole_time = false;
    }
    w->duration_h = t->length != NULL ? t->length_h : (double)INFINITY;
    return TAC_OK;
}

/** on: day 36 without a time of day: the day's first minute. */
static tac_status settle_day(times *t)
{
    tac_recurrence *w = &t->when;
    const double first_h = DAY_H * (double)(w->on_day - 1) - t->r->start_clock_h;
    if (t->begin != NULL && !w->has_clock) {
        return refuse(t, t->begin, "on: day needs a time of day: at: \"18:00\"");
    }
    if (w->has_clock && first_h + w->clock_h < -1e-9) {
        return refuse(t, t->begin, "this is before the start of the scenario");
    }
    if (!w->has_clock) {
        w->offset_h = fmax(0.0, first_h);
    }
    return TAC_OK;
}

static tac_status settle(times *t, tac_usual_length usual)
{
    tac_status st = TAC_OK;
    tac_recurrence *w = &t->when;
    if (t->since != NULL) {
        return settle_since(t);
    }
    TAC_TRY(settle_length(t, usual));
    const bool is_placed = t->begin != NULL || w->on_day > 0;
    const bool repeats = w->days != 0 || w->every_day > 0.0;
    if (!is_placed && !repeats && t->length == NULL && !(usual.hours > 0.0)) {
        w->is_whole_time = true;
        return TAC_OK;
    }
    if (!is_placed) {
        return refuse(t, t->map,
                      "when? at: \"18:00\" (a time of day) or from: 30 min (after the start) is "
                      "wanted");
    }
    if (!(w->duration_h > 0.0)) {
        return refuse(t, t->map, "how long? for: 60 min, or to: \"19:00\", is wanted");
    }
    if (w->on_day > 0) {
        TAC_TRY(settle_day(t));
    }
    TAC_TRY(check_repeats(t));
    const tac_yaml_node *place = t->length != NULL ? t->length : t->end != NULL ? t->end : t->map;
    TAC_TRY(tac_limit_check(t->r, place->span, t->event->verb, "for", w->duration_h, "h"));
out:
    return st;
}

tac_status tac_recurrence_read(const tac_event_reader *r, const tac_yaml_node *map,
                               tac_usual_length usual, tac_event *event)
{
    tac_status result = TAC_OK;
    times t = {.r = r, .map = map, .event = event};
    for (size_t i = 0; i < N_READER; i++) {
        const tac_yaml_node *node = tac_yaml_get(map, READERS[i].key);
        if (node != NULL) {
            const tac_status st = READERS[i].read(&t, node);
            result = st != TAC_OK ? st : result;
        }
    }
    result = result == TAC_OK ? settle(&t, usual) : result;
    event->when = t.when;
    return result;
}
