/* SPDX-License-Identifier: Apache-2.0 */
/* Reads quantities and times; see quantity.h. */
#include "scenario/quantity.h"

#include "base/fail.h"
#include "base/suggest.h"
#include "model/units.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What units measure, in words: for messages. The first one of a dimension counts. */
typedef struct unit_kind {
    const char *unit;
    const char *noun;
    const char *needs;
    const char *bare[2]; /* units that a number without one may have meant; NULL: the wanted one */
} unit_kind;

static const unit_kind KINDS[] = {
    {"h", "a time", "s, min, h, d or weeks", {"min", "h"}},
    {"m", "a length", "cm or m", {"cm", "m"}},
    {"kPa", "a pressure", "kPa or mmHg", {"kPa", "mmHg"}},
    {"1", "a pure number", "a plain number or %", {NULL, NULL}},
    {"kg", "a weight", "kg, g, mg, ug or ng", {NULL, NULL}},
    {"N", "a force", "N", {NULL, NULL}},
    {"cm/s", "a speed", "cm/s or m/s", {NULL, NULL}},
    {"1/min", "a rate", "1/min or Hz", {NULL, NULL}},
    {"degC", "a temperature", "degC", {NULL, NULL}},
    {"L", "a volume", "mL or L", {NULL, NULL}},
    {"lux", "a light level", "lux", {NULL, NULL}},
    {"cm^2", "an area", "cm^2 or m^2", {NULL, NULL}},
    {"kg/m^2", "a weight over an area", "kg/m^2", {NULL, NULL}},
    {"TCID50", "a count", "TCID50 or U", {NULL, NULL}},
};

/* Spellings that people use and the table of units does not hold. */
static const struct {
    const char *written;
    const char *unit;
} SPELLINGS[] = {
    {"hr", "h"},          {"hrs", "h"},           {"mins", "min"},      {"secs", "s"},
    {"yrs", "years"},     {"per min", "1/min"},   {"/min", "1/min"},    {"per hour", "1/h"},
    {"per second", "Hz"}, {"per year", "1/year"}, {"a year", "1/year"}, {"mm Hg", "mmHg"},
    {"MPa", "1000*kPa"},  {"bar", "100*kPa"},     {"µg", "ug"}, /* U+00B5 */
    {"μg", "ug"},                                               /* U+03BC */
    {"ml", "mL"},         {"lb", "0.45359237*kg"}};

/** Characters of the number at the beginning of the text: digits with a point and an exponent. */
static size_t number_length(const char *text)
{
    size_t n = strspn(text, "+-") > 0 ? 1 : 0;
    const size_t n_sign = n;
    n += strspn(text + n, "0123456789");
    n += text[n] == '.' ? 1 : 0;
    n += strspn(text + n, "0123456789");
    if (n == n_sign || (n == n_sign + 1 && text[n_sign] == '.')) {
        return 0;
    }
    if (text[n] == 'e' || text[n] == 'E') {
        const size_t n_exponent = text[n + 1] == '+' || text[n + 1] == '-' ? 2 : 1;
        const size_t n_digit = strspn(text + n + n_exponent, "0123456789");
        n += n_digit > 0 ? n_exponent + n_digit : 0;
    }
    return n;
}

bool tac_quantity_is_number(const char *text)
{
    return number_length(text) > 0;
}

const char *tac_quantity_unit(const char *text)
{
    const char *unit = text + number_length(text);
    while (isspace((unsigned char)*unit)) {
        unit++;
    }
    for (size_t i = 0; i < sizeof SPELLINGS / sizeof SPELLINGS[0]; i++) {
        if (strcmp(unit, SPELLINGS[i].written) == 0) {
            return SPELLINGS[i].unit;
        }
    }
    return unit;
}

/** What a unit measures; NULL when it has no everyday name. */
static const unit_kind *kind_of(const tac_unit *unit)
{
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        tac_unit other = TAC_UNIT_ONE;
        if (tac_unit_parse(KINDS[i].unit, &other) && tac_unit_same_dimension(unit, &other)) {
            return &KINDS[i];
        }
    }
    return NULL;
}

/* A number on its way into a value, and where it came from. */
typedef struct quantity {
    tac_ctx *ctx;
    const tac_source *source;
    const tac_yaml_node *node;
    const char *what;
    const char *wanted;
    const char *needs;
    tac_unit want;
} quantity;

static tac_status refuse(const quantity *q, const char *found)
{
    return tac_fail_at(q->ctx, TAC_E_INPUT, q->source, q->node->span, "%s; %s needs %s", found,
                       q->what, q->needs);
}

static tac_status refuse_text(const quantity *q)
{
    char found[160];
    const size_t n = strspn(q->node->text, "0123456789");
    if (n > 0 && q->node->text[n] == ',') {
        snprintf(found, sizeof found, "'%.60s' has a comma, write a point", q->node->text);
    } else {
        snprintf(found, sizeof found, "'%.60s' is not a number", q->node->text);
    }
    return refuse(q, found);
}

static tac_status refuse_bare(const quantity *q, double number)
{
    const unit_kind *kind = kind_of(&q->want);
    const bool is_usual = kind != NULL && kind->bare[0] != NULL && strcmp(q->wanted, "year") != 0;
    const char *unit = is_usual ? kind->bare[0] : q->wanted;
    const char *other = is_usual ? kind->bare[1] : NULL;
    if (is_usual && strcmp(kind->unit, "m") == 0) { /* nobody is 168 m tall, or 1.68 cm */
        unit = number < 10.0 ? "m" : "cm";
        other = NULL;
    }
    if (other == NULL) {
        return tac_fail_at(q->ctx, TAC_E_INPUT, q->source, q->node->span,
                           "'%.60s' has no unit; write '%.60s %s'", q->node->text, q->node->text,
                           unit);
    }
    return tac_fail_at(q->ctx, TAC_E_INPUT, q->source, q->node->span,
                       "'%.60s' has no unit; write '%.60s %s' or '%.60s %s'", q->node->text,
                       q->node->text, unit, q->node->text, other);
}

static tac_status refuse_unit(const quantity *q, const char *unit)
{
    static const char *const UNITS[] = {"s",  "min", "h",    "d",    "weeks", "years", "kPa",
                                        "Pa", "N",   "mmHg", "cm",   "m",     "kg",    "g",
                                        "mg", "ug",  "ng",   "cm/s", "m/s",   "Hz",    "1/min",
                                        "%",  "lux", "mL",   "L",    "degC",  "TCID50"};
    char found[160];
    const char *near = tac_suggest(unit, sizeof UNITS / sizeof UNITS[0], UNITS);
    snprintf(found, sizeof found, "no unit '%.40s'%s%s%s", unit,
             near == NULL ? "" : " (did you mean '", near == NULL ? "" : near,
             near == NULL ? "" : "'?)");
    return refuse(q, found);
}

/** Both are shares of one, but ng/kg are no %. */
static bool is_share(const char *unit)
{
    return unit[0] == '\0' || strcmp(unit, "1") == 0 || strcmp(unit, "%") == 0;
}

tac_status tac_quantity_read(tac_ctx *ctx, const tac_source *source, const tac_yaml_node *node,
                             const char *what, const char *wanted, const char *needs,
                             double *value_out)
{
    char found[160];
    tac_unit unit = TAC_UNIT_ONE;
    quantity q = {ctx, source, node, what, wanted, needs, TAC_UNIT_ONE};
    if (!tac_unit_parse(wanted, &q.want)) {
        TAC_BUG("a table asks for a unit that cannot be read");
    }
    if (needs == NULL) {
        const unit_kind *kind = kind_of(&q.want);
        const bool is_usual = kind != NULL && strcmp(wanted, "1/year") != 0;
        q.needs = strcmp(wanted, "year") == 0 ? "years" : is_usual ? kind->needs : wanted;
        q.needs = is_share(wanted) == tac_unit_is_pure(&q.want) ? q.needs : wanted;
    }
    if (node->kind != TAC_YAML_SCALAR) {
        return refuse(&q, "a list or a map stands here");
    }
    const double number =
        tac_quantity_is_number(node->text) ? strtod(node->text, NULL) : (double)NAN;
    const char *text = tac_quantity_unit(node->text);
    if (!isfinite(number) || text[0] == ',') {
        return refuse_text(&q);
    }
    if (text[0] == '\0' && !is_share(wanted)) {
        return refuse_bare(&q, number);
    }
    if (text[0] != '\0' && !tac_unit_parse(text, &unit)) {
        return refuse_unit(&q, text);
    }
    if (!tac_unit_same_dimension(&unit, &q.want)
        || (tac_unit_is_pure(&q.want) && is_share(text) != is_share(wanted))) {
        const unit_kind *kind = kind_of(&unit);
        snprintf(found, sizeof found, "'%.60s' is %s", node->text,
                 kind == NULL ? "something else" : kind->noun);
        return refuse(&q, found);
    }
    *value_out = number * unit.factor / q.want.factor;
    return TAC_OK;
}

/** Two digits; -1 when they are none. */
static int two_digits(const char *text)
{
    if (!isdigit((unsigned char)text[0]) || !isdigit((unsigned char)text[1])) {
        return -1;
    }
    return 10 * (text[0] - '0') + (text[1] - '0');
}

bool tac_clock_parse(const char *text, double *clock_h_out)
{
    char padded[8] = "0";
    const size_t n = strlen(text);
    if (n != 4 && n != 5) {
        return false;
    }
    memcpy(padded + (5 - n), text, n + 1); /* "7:30" becomes "07:30" */
    const int hour = two_digits(padded);
    const int minute = padded[2] == ':' ? two_digits(padded + 3) : -1;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return false;
    }
    *clock_h_out = (double)hour + (double)minute / 60.0;
    return true;
}

/** Days since 1970-01-01 of a civil date (Hinnant 2021, "chrono-compatible low-level date algorithms"). */
static long days_from_civil(long year, long month, long day)
{
    const long y = month <= 2 ? year - 1 : year;
    const long era = (y >= 0 ? y : y - 399) / 400;
    const long yoe = y - era * 400;
    const long doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

bool tac_date_parse(const char *text, long *day_out, double *clock_h_out)
{
    static const int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) < 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    const int century = two_digits(text);
    const int year_of_it = two_digits(text + 2);
    const int month = two_digits(text + 5);
    const int day = two_digits(text + 8);
    if (century < 0 || year_of_it < 0 || month < 1 || month > 12 || day < 1) {
        return false;
    }
    const int year = 100 * century + year_of_it;
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (day > DAYS[month - 1] + (month == 2 && is_leap ? 1 : 0)) {
        return false;
    }
    *day_out = days_from_civil(year, month, day);
    *clock_h_out = 0.0;
    return text[10] == '\0'
           || ((text[10] == ' ' || text[10] == 'T') && tac_clock_parse(text + 11, clock_h_out));
}

bool tac_weekday_parse(const char *text, unsigned *day_out)
{
    static const char *const NAMES[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    const size_t n = strlen(text);
    for (unsigned d = 0; d < 7; d++) {
        bool is_same = n == 3 || n == strlen(NAMES[d]);
        for (size_t i = 0; is_same && i < n; i++) {
            is_same = tolower((unsigned char)text[i]) == NAMES[d][i];
        }
        if (is_same) {
            *day_out = d;
            return true;
        }
    }
    return false;
}

unsigned tac_weekday_of(long day)
{
    return (unsigned)(((day + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}
