/* SPDX-License-Identifier: Apache-2.0 */
/* Reads, combines and compares units; see units.h. Their built-in names stand in unit_names.c. */
#include "model/units.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/map.h"
#include "base/suggest.h"
#include "model/unit_names.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const tac_unit TAC_UNIT_ONE = {{0}, 1.0};

/* Deeper brackets are not units any more. */
#define MAX_DEPTH 20

struct tac_unit_table {
    tac_arena *arena;
    tac_map *by_name;
    const char **names; /* [n] in the order of definition */
    tac_unit *units;    /* [n] */
    size_t n;
    size_t cap;
};

tac_unit_table *tac_unit_table_create(void)
{
    tac_unit_table *table = tac_calloc(1, sizeof *table);
    if (table == NULL) {
        return NULL;
    }
    table->arena = tac_arena_create();
    table->by_name = tac_map_create();
    if (table->arena == NULL || table->by_name == NULL) {
        tac_unit_table_free(table);
        return NULL;
    }
    return table;
}

void tac_unit_table_free(tac_unit_table *table)
{
    if (table != NULL) {
        tac_arena_free(table->arena);
        tac_map_free(table->by_name);
        tac_free(table->names);
        tac_free(table->units);
        tac_free(table);
    }
}

bool tac_unit_define(tac_unit_table *table, const char *name, size_t n, const tac_unit *unit)
{
    uint32_t i = 0;
    if (tac_map_get(table->by_name, name, n, &i)) {
        table->units[i] = *unit;
        return true;
    }
    if (table->n == table->cap) {
        const size_t cap = table->cap == 0 ? 32 : 2 * table->cap;
        const char **names = tac_realloc(table->names, cap, sizeof *names);
        if (names == NULL) {
            return false;
        }
        table->names = names;
        tac_unit *units = tac_realloc(table->units, cap, sizeof *units);
        if (units == NULL) {
            return false;
        }
        table->units = units;
        table->cap = cap;
    }
    const char *copy = tac_arena_text(table->arena, name, n);
    if (copy == NULL || !tac_map_set(table->by_name, name, n, (uint32_t)table->n)) {
        return false;
    }
    table->names[table->n] = copy;
    table->units[table->n] = *unit;
    table->n++;
    return true;
}

size_t tac_unit_table_n(const tac_unit_table *table)
{
    return table == NULL ? 0 : table->n;
}

const char *tac_unit_table_name(const tac_unit_table *table, size_t i, tac_unit *unit_out)
{
    *unit_out = table->units[i];
    return table->names[i];
}

bool tac_unit_find_own(const tac_unit_table *table, const char *name, size_t n, tac_unit *unit_out)
{
    uint32_t k = 0;
    if (table == NULL || !tac_map_get(table->by_name, name, n, &k)) {
        return false;
    }
    *unit_out = table->units[k];
    return true;
}

bool tac_unit_find(const tac_unit_table *table, const char *name, size_t n, tac_unit *unit_out)
{
    return tac_unit_find_own(table, name, n, unit_out) || tac_unit_built_in(name, n, unit_out);
}

tac_unit tac_unit_mul(tac_unit a, tac_unit b)
{
    for (int i = 0; i < TAC_N_DIM; i++) {
        a.power[i] += b.power[i];
    }
    a.factor *= b.factor;
    return a;
}

tac_unit tac_unit_pow(tac_unit a, double power)
{
    for (int i = 0; i < TAC_N_DIM; i++) {
        a.power[i] *= power;
    }
    a.factor = pow(a.factor, power);
    return a;
}

tac_unit tac_unit_div(tac_unit a, tac_unit b)
{
    for (int i = 0; i < TAC_N_DIM; i++) {
        a.power[i] -= b.power[i];
    }
    a.factor /= b.factor;
    return a;
}

bool tac_unit_same_dimension(const tac_unit *a, const tac_unit *b)
{
    for (int i = 0; i < TAC_N_DIM; i++) {
        if (!(fabs(a->power[i] - b->power[i])
              <= 1e-9)) { /* powers that overflowed are never the same */
            return false;
        }
    }
    return true;
}

bool tac_unit_equal(const tac_unit *a, const tac_unit *b)
{
    return tac_unit_same_dimension(a, b) && fabs(a->factor - b->factor) <= 1e-9 * fabs(b->factor);
}

bool tac_unit_is_pure(const tac_unit *a)
{
    return tac_unit_same_dimension(a, &TAC_UNIT_ONE);
}

/* A unit expression on its way from text to powers. */
typedef struct unit_reader {
    const tac_unit_table *table;
    const char *text;
    size_t n;
    size_t i;
    int depth;
    size_t bad_at; /* where the first wrong thing begins, and how long it is */
    size_t n_bad;
    bool is_unknown_name;
} unit_reader;

static char peek(unit_reader *r)
{
    while (r->i < r->n && isspace((unsigned char)r->text[r->i])) {
        r->i++;
    }
    return r->i < r->n ? r->text[r->i] : '\0';
}

static bool bad(unit_reader *r, size_t at, size_t n)
{
    r->bad_at = at;
    r->n_bad = n;
    return false;
}

static bool is_name_char(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '%' || ((unsigned char)c & 0x80U) != 0;
}

/** A signed number after '^'; brackets around it are allowed. */
static bool read_power(unit_reader *r, double *power_out)
{
    const bool has_bracket = peek(r) == '(';
    r->i += has_bracket ? 1 : 0;
    const char c = peek(r);
    const size_t begin = r->i;
    char number[32] = "";
    size_t n = 0;
    while (r->i < r->n && n < sizeof number - 1
           && (isdigit((unsigned char)r->text[r->i]) || r->text[r->i] == '.'
               || (n == 0 && (c == '-' || c == '+')))) {
        number[n++] = r->text[r->i++];
    }
    char *end = NULL;
    *power_out = strtod(number, &end);
    if (end == number || *end != '\0' || fabs(*power_out) > 30.0) {
        return bad(r, begin, 1);
    }
    if (has_bracket) {
        if (peek(r) != ')') {
            return bad(r, r->i, 1);
        }
        r->i++;
    }
    return true;
}

static bool read_product(unit_reader *r, tac_unit *unit_out);

static bool read_number(unit_reader *r, tac_unit *unit_out)
{
    char number[48];
    size_t n = 0;
    const size_t begin = r->i;
    while (r->i < r->n && n < sizeof number - 1) {
        const char c = r->text[r->i];
        const bool is_exponent_sign =
            (c == '+' || c == '-') && n > 0 && (number[n - 1] == 'e' || number[n - 1] == 'E');
        if (!isdigit((unsigned char)c) && c != '.' && c != 'e' && c != 'E' && !is_exponent_sign) {
            break;
        }
        number[n++] = c;
        r->i++;
    }
    number[n] = '\0';
    char *end = NULL;
    const double value = strtod(number, &end);
    if (end == number || *end != '\0' || !isfinite(value) || value <= 0.0) {
        return bad(r, begin, r->i > begin ? r->i - begin : 1);
    }
    *unit_out = TAC_UNIT_ONE;
    unit_out->factor = value;
    return true;
}

/** A name, a number or a bracket. */
static bool read_atom(unit_reader *r, tac_unit *unit_out)
{
    const char c = peek(r);
    const size_t begin = r->i;
    if (c == '(') {
        if (++r->depth > MAX_DEPTH) {
            return bad(r, begin, 1);
        }
        r->i++;
        if (!read_product(r, unit_out)) {
            return false;
        }
        r->depth--;
        if (peek(r) != ')') {
            return bad(r, r->i, 1);
        }
        r->i++;
        return true;
    }
    if (isdigit((unsigned char)c) || c == '.') {
        return read_number(r, unit_out);
    }
    while (r->i < r->n && is_name_char(r->text[r->i])) {
        r->i++;
    }
    if (r->i == begin) {
        return bad(r, begin, 1);
    }
    if (!tac_unit_find(r->table, r->text + begin, r->i - begin, unit_out)) {
        r->is_unknown_name = true;
        return bad(r, begin, r->i - begin);
    }
    return true;
}

static bool read_factor(unit_reader *r, tac_unit *unit_out)
{
    if (!read_atom(r, unit_out)) {
        return false;
    }
    if (peek(r) == '^') {
        double power = 1.0;
        r->i++;
        if (!read_power(r, &power)) {
            return false;
        }
        *unit_out = tac_unit_pow(*unit_out, power);
    }
    return true;
}

/** Factors joined by '*', '/' or, as in "60 second", by nothing. */
static bool read_product(unit_reader *r, tac_unit *unit_out)
{
    if (!read_factor(r, unit_out)) {
        return false;
    }
    for (;;) {
        const char c = peek(r);
        const bool is_division = c == '/';
        if (c == '*' || is_division) {
            r->i++;
        } else if (!is_name_char(c) && c != '(' && c != '.') {
            return true;
        }
        tac_unit next = TAC_UNIT_ONE;
        if (!read_factor(r, &next)) {
            return false;
        }
        *unit_out = is_division ? tac_unit_div(*unit_out, next) : tac_unit_mul(*unit_out, next);
    }
}

static bool read_whole(unit_reader *r, tac_unit *unit_out)
{
    if (!read_product(r, unit_out)) {
        return false;
    }
    return peek(r) == '\0' ? true : bad(r, r->i, 1);
}

bool tac_unit_parse(const char *text, tac_unit *unit_out)
{
    unit_reader r = {.text = text, .n = strlen(text)};
    return read_whole(&r, unit_out);
}

/** Message for a name that nobody knows; those of the file and the built-in ones are compared with it. */
static tac_status unknown_name(tac_ctx *ctx, const unit_reader *r, const tac_source *source,
                               tac_span span)
{
    char name[64];
    const size_t n = r->n_bad < sizeof name - 1 ? r->n_bad : sizeof name - 1;
    memcpy(name, r->text + r->bad_at, n);
    name[n] = '\0';
    const size_t n_own = tac_unit_table_n(r->table);
    const char **words = tac_calloc(n_own + TAC_N_UNIT_NAME, sizeof *words);
    const char *near = NULL;
    if (words != NULL) {
        for (size_t i = 0; i < n_own; i++) {
            words[i] = r->table->names[i];
        }
        for (size_t i = 0; i < TAC_N_UNIT_NAME; i++) {
            words[n_own + i] = TAC_UNIT_NAMES[i].name;
        }
        near = tac_suggest(name, n_own + TAC_N_UNIT_NAME, words);
    }
    const tac_status st =
        tac_fail_at(ctx, TAC_E_UNITS, source, span, "no unit is called '%s'%s%s%s", name,
                    near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                    near == NULL ? "" : "'?");
    tac_free(words);
    return st;
}

tac_status tac_unit_read(tac_ctx *ctx, const tac_unit_table *table, const tac_source *source,
                         tac_span span, tac_unit *unit_out)
{
    unit_reader r = {.table = table, .text = source->text + span.offset, .n = span.n};
    if (read_whole(&r, unit_out)) {
        return TAC_OK;
    }
    const tac_span place = {span.offset + (uint32_t)r.bad_at, (uint32_t)r.n_bad};
    if (r.is_unknown_name) {
        return unknown_name(ctx, &r, source, place);
    }
    return tac_fail_at(ctx, TAC_E_UNITS, source, place,
                       "a unit such as nmol/L, 1/h, cm^2 or mL/min/mmHg is wanted");
}
