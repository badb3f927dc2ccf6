/* SPDX-License-Identifier: Apache-2.0 */
/* Reads quantities and times; see quantity.h. */
#include "sim/quantity.h"

#include "base/buf.h"
#include "base/fail.h"
#include "model/units.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool tac_quantity_is_number(const char *text)
{
    const char *c = text;
    c += *c == '+' || *c == '-' ? 1 : 0;
    c += *c == '.' ? 1 : 0;
    return isdigit((unsigned char)*c) != 0;
}

/** "length", "pressure": what a unit measures, for messages; "" when it has no everyday name. */
static const char *kind_of(const tac_unit *unit)
{
    static const struct {
        const char *unit;
        const char *kind;
    } KINDS[] = {{"m", "a length"},     {"h", "a time"},        {"kg", "a mass"},
                 {"kPa", "a pressure"}, {"N", "a force"},       {"cm/s", "a speed"},
                 {"1/min", "a rate"},   {"1", "a pure number"}, {"degC", "a temperature"},
                 {"L", "a volume"},     {"lux", "light"},       {"cm^2", "an area"}};
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        tac_unit other = TAC_UNIT_ONE;
        if (tac_unit_parse(KINDS[i].unit, &other) && tac_unit_same_dimension(unit, &other)) {
            return KINDS[i].kind;
        }
    }
    return "something else";
}

static tac_status refuse(tac_ctx *ctx, const tac_source *source, const tac_yaml_node *node,
                         const char *what, const char *wanted, const char *found)
{
    const char *example = strcmp(wanted, "h") == 0   ? "60 min, 5.5 h, 2 d or 12 weeks"
                          : strcmp(wanted, "1") == 0 ? "0.55 or 55 %"
                                                     : wanted;
    return tac_fail_at(ctx, TAC_E_INPUT, source, node->span, "%s: %s; %s%s is wanted", what, found,
                       strcmp(wanted, "h") == 0 || strcmp(wanted, "1") == 0
                           ? "something like "
                           : "a number with a unit such as ",
                       example);
}

tac_status tac_quantity_read(tac_ctx *ctx, const tac_source *source, const tac_yaml_node *node,
                             const char *what, const char *wanted, double *value_out)
{
    char found[256];
    char *end = NULL;
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit want = TAC_UNIT_ONE;
    if (node->kind != TAC_YAML_SCALAR) {
        return refuse(ctx, source, node, what, wanted, "a list stands here");
    }
    const double number =
        tac_quantity_is_number(node->text) ? strtod(node->text, &end) : (double)NAN;
    if (end == NULL || end == node->text || !isfinite(number)) {
        snprintf(found, sizeof found, "'%.60s' is not a number", node->text);
        return refuse(ctx, source, node, what, wanted, found);
    }
    while (isspace((unsigned char)*end)) {
        end++;
    }
    if (!tac_unit_parse(wanted, &want)) {
        TAC_BUG("a table asks for a unit that cannot be read");
    }
    if (*end == '\0' && !tac_unit_is_pure(&want)) {
        snprintf(found, sizeof found, "'%.60s' has no unit", node->text);
        return refuse(ctx, source, node, what, wanted, found);
    }
    if (*end != '\0' && !tac_unit_parse(end, &unit)) {
        snprintf(found, sizeof found, "no unit is called '%.60s'", end);
        return refuse(ctx, source, node, what, wanted, found);
    }
    if (!tac_unit_same_dimension(&unit, &want)) {
        snprintf(found, sizeof found, "'%.60s' is %s", node->text, kind_of(&unit));
        return refuse(ctx, source, node, what, wanted, found);
    }
    *value_out = number * unit.factor / want.factor;
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
