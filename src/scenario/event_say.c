/* SPDX-License-Identifier: Apache-2.0 */
/* Says an event in a few words, for the titles of arms. */
#include "scenario/event_read.h"

#include <math.h>
#include <string.h>

/* What is shorter happens at a moment, and nobody asks how long it takes. */
static const double MOMENT_MIN = 1.5;

static const char *const NAMES[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                    "Friday", "Saturday", "Sunday"};

/** "every Wednesday", "Mon and Thu", "on weekdays". */
static void say_days(tac_buf *buf, unsigned days)
{
    int n = 0;
    int last = 0;
    for (int d = 0; d < 7; d++) {
        if ((days >> d & 1U) != 0) {
            n++;
            last = d;
        }
    }
    if (n == 1) {
        tac_buf_print(buf, " every %s", NAMES[last]);
    } else if (days == 0x1FU || days == 0x60U) {
        tac_buf_text(buf, days == 0x1FU ? " on weekdays" : " at the weekend");
    } else {
        for (int d = 0, k = 0; d < 7; d++) {
            if ((days >> d & 1U) != 0) {
                tac_buf_print(buf, "%s%.3s", k == 0 ? " " : k == n - 1 ? " and " : ", ", NAMES[d]);
                k++;
            }
        }
    }
}

static void say_repeat(tac_buf *buf, const tac_recurrence *when)
{
    const double weeks = when->every_day / 7.0;
    const double hours = 24.0 * when->every_day;
    if (when->days != 0) {
        say_days(buf, when->days);
    }
    if (when->every_day > 0.0 && !(when->days != 0 && weeks < 1.5)) {
        if (fabs(when->every_day - 1.0) < 1e-9) {
            tac_buf_text(buf, " every day");
        } else if (fabs(weeks - round(weeks)) < 1e-9) {
            tac_buf_print(buf, weeks < 1.5 ? " every week" : " every %.0f weeks", weeks);
        } else if (hours < 47.0) {
            tac_buf_print(buf, " every %.4g h", hours);
        } else {
            tac_buf_print(buf, " every %.4g days", when->every_day);
        }
    }
    if (when->n_time > 0) {
        tac_buf_print(buf, ", %ld times", when->n_time);
    }
    const bool repeats = when->days != 0 || when->every_day > 0.0;
    if (when->on_day > 0) {
        tac_buf_print(buf, repeats ? " from day %ld" : " on day %ld", when->on_day);
    } else if (!repeats && !when->is_whole_time && isfinite(when->duration_h)) {
        tac_buf_text(buf, " once");
    }
}

/** What stands behind the kind: "Influenza vaccine", "Cycling". */
static const char *noun_of(const char *verb)
{
    static const char *const NOUNS[][2] = {{"vaccinate", "vaccine"},
                                           {"inoculate", "in the nose"},
                                           {"exercise", ""}};
    for (size_t i = 0; i < sizeof NOUNS / sizeof NOUNS[0]; i++) {
        if (strcmp(NOUNS[i][0], verb) == 0) {
            return NOUNS[i][1];
        }
    }
    return verb;
}

void tac_event_say_what(tac_buf *buf, const tac_words *words, const tac_event *event)
{
    const tac_technique *technique =
        strcmp(event->verb, "massage") == 0 ? tac_words_technique(words, event->kind) : NULL;
    if (technique != NULL) {
        tac_buf_text(buf, technique->title);
        return;
    }
    const size_t at = buf->n;
    const char *noun = noun_of(event->verb);
    tac_buf_print(buf, "%s%s%s", event->kind, event->kind[0] == '\0' || *noun == '\0' ? "" : " ",
                  noun);
    if (buf->n > at && buf->text[at] >= 'a' && buf->text[at] <= 'z') {
        buf->text[at] = (char)(buf->text[at] - 'a' + 'A');
    }
}

void tac_event_say(tac_buf *buf, const tac_words *words, const tac_event *event)
{
    const tac_recurrence *when = &event->when;
    const double minutes = 60.0 * when->duration_h;
    tac_event_say_what(buf, words, event);
    if (when->is_whole_time || !isfinite(when->duration_h)) {
        tac_buf_text(buf, " all the time");
    } else if (minutes > MOMENT_MIN) {
        tac_buf_print(buf, minutes <= 180.0 ? " %.4g min" : " %.4g h",
                      minutes <= 180.0 ? minutes : when->duration_h);
    }
    say_repeat(buf, when);
}
