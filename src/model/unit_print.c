/* SPDX-License-Identifier: Apache-2.0 */
/* Units as people write them: the names of the field first, base units when nothing else fits. */
#include "model/unit_names.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/** Append a product of the base units that carry a power. */
static void print_base(tac_buf *buf, const tac_unit *unit)
{
    static const char *const NAMES[] = {"m", "kg", "s", "K", "mol", "A", "cd", "item"};
    bool is_first = true;
    if (fabs(unit->factor - 1.0) > 1e-9) {
        tac_buf_print(buf, "%.10g", unit->factor);
        is_first = false;
    }
    for (int i = 0; i < TAC_N_DIM; i++) {
        if (fabs(unit->power[i]) > 1e-9) {
            tac_buf_print(buf, "%s%s", is_first ? "" : " ", NAMES[i]);
            if (fabs(unit->power[i] - 1.0) > 1e-9) {
                tac_buf_print(buf, "^%g", unit->power[i]);
            }
            is_first = false;
        }
    }
    if (is_first) {
        tac_buf_text(buf, "1");
    }
}

/** Append the text when it reads as this very unit. */
static bool print_if(tac_buf *buf, const char *text, const tac_unit *unit)
{
    tac_unit named = TAC_UNIT_ONE;
    if (!tac_unit_parse(text, &named) || !tac_unit_equal(&named, unit)) {
        return false;
    }
    tac_buf_text(buf, text);
    return true;
}

static bool print_built_in(tac_buf *buf, const tac_unit *unit)
{
    for (size_t i = 0; i < TAC_N_UNIT_NAME; i++) {
        const tac_unit named = tac_unit_of_name(&TAC_UNIT_NAMES[i]);
        if (tac_unit_equal(&named, unit)) {
            tac_buf_text(buf, TAC_UNIT_NAMES[i].name);
            return true;
        }
    }
    return false;
}

/** Write a part of a name such as nmol_per_L2: "nmol2" that is no name itself becomes nmol^2. */
static size_t spell_part(const char *part, size_t n, char *text)
{
    tac_unit unit = TAC_UNIT_ONE;
    size_t n_letter = n;
    while (n_letter > 0 && isdigit((unsigned char)part[n_letter - 1])) {
        n_letter--;
    }
    memcpy(text, part, n);
    if (n_letter == n || n_letter == 0 || tac_unit_built_in(part, n, &unit)) {
        return n;
    }
    text[n_letter] = '^';
    memcpy(text + n_letter + 1, part + n_letter, n - n_letter);
    return n + 1;
}

/** nmol_per_L_per_h read as nmol/L/h, when that is what the name means. */
static bool print_spelled(tac_buf *buf, const char *name, size_t n, const tac_unit *unit)
{
    char text[128];
    size_t n_text = 0;
    size_t i = 0;
    if (n > sizeof text / 4) {
        return false;
    }
    if (n > 4 && memcmp(name, "per_", 4) == 0) {
        text[n_text++] = '1';
        text[n_text++] = '/';
        i = 4;
    }
    for (size_t begin = i; i <= n; i++) {
        const bool is_per = i + 5 <= n && memcmp(name + i, "_per_", 5) == 0;
        if (i == n || is_per || name[i] == '_') {
            n_text += spell_part(name + begin, i - begin, text + n_text);
            text[n_text++] = is_per ? '/' : ' ';
            i += is_per ? 4 : 0;
            begin = i + 1;
        }
    }
    text[n_text - 1] = '\0';
    return print_if(buf, text, unit);
}

/** The first name of the file that means this unit: spelled out, or as it stands. */
static bool print_own(tac_buf *buf, const tac_unit_table *table, const tac_unit *unit,
                      bool is_spelled)
{
    for (size_t i = 0; i < tac_unit_table_n(table); i++) {
        tac_unit named = TAC_UNIT_ONE;
        const char *name = tac_unit_table_name(table, i, &named);
        if (!tac_unit_equal(&named, unit)) {
            continue;
        }
        if (!is_spelled) {
            tac_buf_text(buf, name);
            return true;
        }
        if (print_spelled(buf, name, strlen(name), unit)) {
            return true;
        }
    }
    return false;
}

/* Of several names for one unit (pg/mL is ng/L) the one of the field. */
static const char *const USUAL[] = {"pg/mL", "pg/mL/h", "pg/mL/min", "mL/min", "1/min"};

/* Units that are tried as a/b and a/b/h before base units are printed. */
static const char *const NUMERATORS[] = {"1",    "pg",   "ng",   "ug",   "mg",  "g",   "kg",
                                         "pmol", "nmol", "umol", "mmol", "mol", "mL",  "L",
                                         "mmHg", "kPa",  "N",    "cm",   "m",   "lux", "degC",
                                         "h",    "min",  "s",    "item"};
static const char *const DENOMINATORS[] = {"h",    "min",    "s",    "d",    "L",   "mL",
                                           "kg",   "cm^2",   "m^2",  "mmHg", "L/h", "L/min",
                                           "mL/h", "mL/min", "year", "h^2"};

/** a/b when that is the unit; `per` (may be NULL) is a third part, as in pg/mL/h. */
static bool print_quotient(tac_buf *buf, const tac_unit *unit, const char *per)
{
    tac_unit last = TAC_UNIT_ONE;
    if (per != NULL && !tac_unit_parse(per, &last)) {
        return false;
    }
    const tac_unit wanted = tac_unit_mul(*unit, last);
    for (size_t k = 0; k < sizeof DENOMINATORS / sizeof DENOMINATORS[0]; k++) {
        tac_unit below = TAC_UNIT_ONE;
        (void)tac_unit_parse(DENOMINATORS[k], &below);
        const tac_unit above = tac_unit_mul(wanted, below);
        for (size_t i = 0; i < sizeof NUMERATORS / sizeof NUMERATORS[0]; i++) {
            tac_unit named = TAC_UNIT_ONE;
            if (tac_unit_parse(NUMERATORS[i], &named) && tac_unit_equal(&named, &above)) {
                const bool is_quotient = strchr(DENOMINATORS[k], '/') != NULL;
                tac_buf_print(buf, is_quotient ? "%s/(%s)%s%s" : "%s/%s%s%s", NUMERATORS[i],
                              DENOMINATORS[k], per == NULL ? "" : "/", per == NULL ? "" : per);
                return true;
            }
        }
    }
    return false;
}

void tac_unit_print(tac_buf *buf, const tac_unit_table *table, const tac_unit *unit)
{
    bool is_done = print_built_in(buf, unit) || print_own(buf, table, unit, true);
    for (size_t i = 0; !is_done && i < sizeof USUAL / sizeof USUAL[0]; i++) {
        is_done = print_if(buf, USUAL[i], unit);
    }
    if (!is_done && !print_quotient(buf, unit, NULL) && !print_quotient(buf, unit, "h")
        && !print_quotient(buf, unit, "min") && !print_own(buf, table, unit, false)) {
        print_base(buf, unit);
    }
}

void tac_unit_print_name(tac_buf *buf, const tac_unit_table *table, const char *name, size_t n)
{
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit built_in = TAC_UNIT_ONE;
    if (!tac_unit_find(table, name, n, &unit)) {
        tac_buf_add(buf, name, n);
    } else if (tac_unit_built_in(name, n, &built_in) && tac_unit_equal(&built_in, &unit)) {
        if (n == strlen("dimensionless") && memcmp(name, "dimensionless", n) == 0) {
            tac_buf_text(buf, "1");
        } else {
            tac_buf_add(buf, name, n);
        }
    } else if (!print_spelled(buf, name, n, &unit)) {
        tac_unit_print(buf, table, &unit);
    }
}

/* Conversions of time that a model writes as a parameter; where two have one factor, the commoner is first. */
static const char *const CONVERSIONS[] = {"min/h",  "s/h",    "h/d",    "s/min",  "min/d", "s/d",
                                          "d/week", "h/week", "d/year", "h/year", "ms/s"};

void tac_unit_print_factor(tac_buf *buf, const tac_unit *from, const tac_unit *to)
{
    const double factor = from->factor / to->factor;
    tac_buf_print(buf, "%.10g", factor);
    if (tac_unit_is_pure(to) && fabs(factor - 100.0) < 1e-7) {
        tac_buf_text(buf, " (100 %)");
    }
    if (fabs(to->power[TAC_DIM_TIME]) < 1e-9) {
        return;
    }
    for (size_t i = 0; i < sizeof CONVERSIONS / sizeof CONVERSIONS[0]; i++) {
        tac_unit unit = TAC_UNIT_ONE;
        (void)tac_unit_parse(CONVERSIONS[i], &unit);
        if (fabs(factor * unit.factor - 1.0) < 1e-9) {
            tac_buf_print(buf, " (%.10g %s)", factor, CONVERSIONS[i]);
            return;
        }
        if (fabs(factor / unit.factor - 1.0) < 1e-9) {
            tac_buf_print(buf, " (divide by %.10g %s)", 1.0 / factor, CONVERSIONS[i]);
            return;
        }
    }
}
