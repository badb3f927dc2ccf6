/* SPDX-License-Identifier: Apache-2.0 */
/* When an event happens: the time keys of an event, and how they are said in words. */
#include "base/fail.h"
#include "sim/event_read.h"
#include "sim/quantity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const KEYS[] = {"at", "from", "to", "for", "every", "times", "days", "on"};

static const double DAY_H = 24.0;

bool tac_event_is_time_key(const char *key)
{
    for (size_t i = 0; i < sizeof KEYS / sizeof KEYS[0]; i++) {
        if (strcmp(KEYS[i], key) == 0) {
            return true;
        }
    }
    return false;
}

static tac_status refuse(const tac_event_reader *r, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span, "%s", what);
}

/** at or from: a time of day, or a time after the start. */
static tac_status read_begin(const tac_event_reader *r, const tac_yaml_node *node,
                             tac_recurrence *when)
{
    if (node->kind == TAC_YAML_SCALAR && tac_clock_parse(node->text, &when->clock_h)) {
        when->has_clock = true;
        return TAC_OK;
    }
    if (node->kind == TAC_YAML_SCALAR && strchr(node->text, ':') != NULL) {
        return refuse(r, node, "not a time of day; \"00:00\" to \"23:59\" is wanted, in quotes");
    }
    const tac_status st = tac_quantity_read(r->ctx, r->source, node,
                                            "a time of day such as \"18:00\", or a time "
                                            "after the start",
                                            "h", &when->offset_h);
    if (st == TAC_OK && when->offset_h < 0.0) {
        return refuse(r, node, "before the start of the scenario");
    }
    return st;
}

/** to: the end, from which the duration follows. */
static tac_status read_end(const tac_event_reader *r, const tac_yaml_node *node,
                           tac_recurrence *when)
{
    double end_h = 0.0;
    if (node->kind == TAC_YAML_SCALAR && tac_clock_parse(node->text, &end_h)) {
        if (!when->has_clock) {
            return refuse(r, node,
                          "a time of day as the end needs one as the beginning: from: \"18:00\"");
        }
        when->duration_h = fmod(end_h - when->clock_h + DAY_H, DAY_H);
    } else {
        const tac_status st = tac_quantity_read(r->ctx, r->source, node, "to", "h", &end_h);
        if (st != TAC_OK) {
            return st;
        }
        when->duration_h = end_h - when->offset_h;
    }
    return when->duration_h > 0.0 ? TAC_OK : refuse(r, node, "the end is not after the beginning");
}

static tac_status read_duration(const tac_event_reader *r, const tac_yaml_node *node,
                                tac_recurrence *when)
{
    const tac_status st = tac_quantity_read(r->ctx, r->source, node, "for", "h", &when->duration_h);
    return st == TAC_OK && !(when->duration_h > 0.0)
               ? refuse(r, node, "an event must last longer than nothing")
               : st;
}

/** every: day, week, weekday, 2 d. */
static tac_status read_every(const tac_event_reader *r, const tac_yaml_node *node,
                             tac_recurrence *when)
{
    unsigned day = 0;
    double hours = 0.0;
    if (node->kind == TAC_YAML_SCALAR && strcmp(node->text, "day") == 0) {
        when->every_day = 1.0;
        return TAC_OK;
    }
    if (node->kind == TAC_YAML_SCALAR && strcmp(node->text, "week") == 0) {
        when->every_day = 7.0;
        return TAC_OK;
    }
    if (node->kind == TAC_YAML_SCALAR && tac_weekday_parse(node->text, &day)) {
        when->days |= 1U << day;
        return TAC_OK;
    }
    const tac_status st =
        tac_quantity_read(r->ctx, r->source, node, "every: day, week, a day of the week, or a time",
                          "h", &hours);
    if (st != TAC_OK) {
        return st;
    }
    when->every_day = hours / DAY_H;
    return when->every_day >= 1.0 / 24.0 ? TAC_OK
                                         : refuse(r, node, "every: at least one hour is wanted");
}

static tac_status read_day(const tac_event_reader *r, const tac_yaml_node *node, unsigned *days)
{
    unsigned day = 0;
    if (node->kind == TAC_YAML_SCALAR && strcmp(node->text, "weekdays") == 0) {
        *days |= 0x1FU;
        return TAC_OK;
    }
    if (node->kind == TAC_YAML_SCALAR && strcmp(node->text, "weekend") == 0) {
        *days |= 0x60U;
        return TAC_OK;
    }
    if (node->kind != TAC_YAML_SCALAR || !tac_weekday_parse(node->text, &day)) {
        return refuse(r, node, "not a day; mon, tue, wed, thu, fri, sat, sun, weekdays or weekend");
    }
    *days |= 1U << day;
    return TAC_OK;
}

static tac_status read_days(const tac_event_reader *r, const tac_yaml_node *node,
                            tac_recurrence *when)
{
    if (node->kind == TAC_YAML_SCALAR) {
        return read_day(r, node, &when->days);
    }
    tac_status result = node->kind == TAC_YAML_LIST && node->n > 0
                            ? TAC_OK
                            : refuse(r, node, "days: a list such as [mon, thu] is wanted");
    for (size_t i = 0; node->kind == TAC_YAML_LIST && i < node->n; i++) {
        const tac_status st = read_day(r, node->items[i], &when->days);
        result = st != TAC_OK ? st : result;
    }
    return result;
}

/** A whole number from 1 on. */
static tac_status read_count(const tac_event_reader *r, const tac_yaml_node *node, const char *text,
                             const char *what, long *count_out)
{
    char *end = NULL;
    *count_out = strtol(text, &end, 10);
    return end != text && *end == '\0' && *count_out >= 1 && *count_out <= 100000
               ? TAC_OK
               : refuse(r, node, what);
}

/** on: day 36, or a day of the week. */
static tac_status read_on(const tac_event_reader *r, const tac_yaml_node *node,
                          tac_recurrence *when)
{
    static const char *const WHAT = "on: 'day 36' (1 is the first) or a day of the week is wanted";
    unsigned day = 0;
    if (node->kind != TAC_YAML_SCALAR) {
        return refuse(r, node, WHAT);
    }
    if (tac_weekday_parse(node->text, &day)) {
        when->days |= 1U << day;
        return TAC_OK;
    }
    return strncmp(node->text, "day ", 4) == 0
               ? read_count(r, node, node->text + 4, WHAT, &when->on_day)
               : refuse(r, node, WHAT);
}

static tac_status read_times(const tac_event_reader *r, const tac_yaml_node *node,
                             tac_recurrence *when)
{
    static const char *const WHAT = "times: a whole number from 1 on is wanted";
    return node->kind == TAC_YAML_SCALAR ? read_count(r, node, node->text, WHAT, &when->n_time)
                                         : refuse(r, node, WHAT);
}

tac_status tac_recurrence_read(const tac_event_reader *r, const tac_yaml_node *map,
                               double default_h, tac_recurrence *when_out)
{
    static const struct {
        const char *key;
        tac_status (*read)(const tac_event_reader *, const tac_yaml_node *, tac_recurrence *);
    } READERS[] = {{"at", read_begin},     {"from", read_begin},  {"to", read_end},
                   {"for", read_duration}, {"every", read_every}, {"times", read_times},
                   {"days", read_days},    {"on", read_on}};
    tac_status result = TAC_OK;
    tac_recurrence when = {.offset_h = -1.0};
    for (size_t k = 0; k < sizeof READERS / sizeof READERS[0]; k++) {
        const tac_yaml_node *node = tac_yaml_get(map, READERS[k].key);
        if (node != NULL) {
            const tac_status st = READERS[k].read(r, node, &when);
            result = st != TAC_OK ? st : result;
        }
    }
    if (result != TAC_OK) {
        return result;
    }
    const bool has_begin = when.has_clock || when.offset_h >= 0.0;
    const bool repeats = when.days != 0 || when.every_day > 0.0 || when.on_day > 0;
    if (!has_begin && !repeats && !(when.duration_h > 0.0)) {
        when.is_whole_time = !(default_h > 0.0);
    }
    if (!has_begin && !when.is_whole_time) {
        return refuse(r, map,
                      "when? at: \"18:00\" (a time of day) or from: 30 min (after the start) "
                      "is wanted");
    }
    if (repeats && when.days != 0 && !when.has_clock) {
        return refuse(r, map, "days need a time of day: at: \"18:00\"");
    }
    if (!(when.duration_h > 0.0) && !when.is_whole_time) {
        when.duration_h = default_h;
        if (!(default_h > 0.0)) {
            return refuse(r, map, "how long? for: 60 min, or to: \"19:00\", is wanted");
        }
    }
    if (when.offset_h < 0.0) {
        when.offset_h = 0.0;
    }
    *when_out = when;
    return TAC_OK;
}

/** "every day", "every Wednesday", "Mon and Thu". */
static void say_days(tac_buf *buf, const tac_recurrence *when)
{
    static const char *const LONG[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    int n = 0;
    int last = 0;
    for (int d = 0; d < 7; d++) {
        if ((when->days >> d & 1U) != 0) {
            n++;
            last = d;
        }
    }
    if (n == 1) {
        tac_buf_print(buf, " every %s", LONG[last]);
        return;
    }
    if (n == 5 && when->days == 0x1FU) {
        tac_buf_text(buf, " on weekdays");
        return;
    }
    for (int d = 0, k = 0; n < 7 && d < 7; d++) {
        if ((when->days >> d & 1U) != 0) {
            tac_buf_print(buf, "%s%.3s", k == 0 ? " on " : k == n - 1 ? " and " : ", ", LONG[d]);
            k++;
        }
    }
    if (n == 7) {
        tac_buf_text(buf, " every day");
    }
}

void tac_event_say(tac_buf *buf, const tac_event *event)
{
    const tac_recurrence *when = &event->when;
    tac_buf words = TAC_BUF_INIT;
    if (event->kind[0] != '\0') {
        tac_buf_print(&words, "%s ", event->kind);
    }
    const bool is_said = strstr(event->kind, event->verb) != NULL;
    tac_buf_text(&words, is_said ? "" : event->verb);
    if (words.n > 0 && words.text[words.n - 1] == ' ') {
        words.text[--words.n] = '\0';
    }
    if (words.n > 0 && words.text[0] >= 'a' && words.text[0] <= 'z') {
        words.text[0] = (char)(words.text[0] - 'a' + 'A');
    }
    tac_buf_text(buf, tac_buf_str(&words));
    tac_buf_free(&words);
    if (!when->is_whole_time) {
        const double minutes = 60.0 * when->duration_h;
        tac_buf_print(buf, minutes <= 180.0 ? " %.4g min" : " %.4g h",
                      minutes <= 180.0 ? minutes : when->duration_h);
    }
    if (when->days != 0) {
        say_days(buf, when);
    } else if (when->on_day > 0) {
        tac_buf_print(buf, " on day %ld", when->on_day);
    } else if (when->every_day > 0.0) {
        if (fabs(when->every_day - 1.0) < 1e-9) {
            tac_buf_text(buf, " every day");
        } else if (fabs(when->every_day - 7.0) < 1e-9) {
            tac_buf_text(buf, " every week");
        } else {
            tac_buf_print(buf, " every %.4g days", when->every_day);
        }
    } else if (!when->is_whole_time) {
        tac_buf_text(buf, " once");
    }
}
