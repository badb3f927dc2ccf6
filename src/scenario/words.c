/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the tables of words: each table is a list of columns, each column a cell of a certain kind. */
#include "scenario/words.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/tsv.h"
#include "embedded.h"
#include "model/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The rows of a table. */
typedef struct row_list {
    void *items;
    size_t n;
} row_list;

struct tac_words {
    tac_arena *arena;
    row_list observables;         /* tac_observable */
    row_list event_rules;         /* tac_event_rule, those of several parts as one for each */
    row_list techniques;          /* tac_technique */
    row_list pressures;           /* tac_pressure_word */
    row_list regions;             /* tac_region */
    row_list person_rules;        /* tac_person_rule */
    row_list health;              /* tac_health_change */
    row_list limits;              /* tac_limit */
    double part_skin[TAC_N_PART]; /* share of the whole skin */
};

#define MAX_COLUMNS 16

typedef enum cell_kind {
    CELL_WORD,     /* a text that must be there */
    CELL_TEXT,     /* a text; "-" and an empty cell are "" */
    CELL_UNIT,     /* a text that must be a unit, or nothing */
    CELL_NUMBER,   /* a number that must be there */
    CELL_OPTIONAL, /* a number; "-" and an empty cell are NaN */
    CELL_PERCENT,  /* a number that must be there, kept as a share */
    CELL_COUNT     /* a whole number, 0 when empty; an int */
} cell_kind;

typedef struct column_kind {
    const char *name;
    cell_kind kind;
    size_t offset; /* in the row's struct */
} column_kind;

/* A table on its way into the words. */
typedef struct table {
    tac_ctx *ctx;
    tac_arena *arena;
    tac_tsv *tsv;
    size_t row;
} table;

static tac_status wrong(const table *t, size_t column, tac_status status, const char *what)
{
    return tac_fail_at(t->ctx, status, tac_tsv_source(t->tsv), tac_tsv_span(t->tsv, t->row, column),
                       "%s", what);
}

/** A cell's text; "-" stands for none. */
static const char *cell_of(const table *t, size_t column)
{
    const char *cell = tac_tsv_cell(t->tsv, t->row, column);
    return strcmp(cell, "-") == 0 ? "" : cell;
}

static tac_status put_text(const table *t, size_t column, cell_kind kind, void *slot)
{
    const char *cell = cell_of(t, column);
    tac_unit unit = TAC_UNIT_ONE;
    const char *copy = tac_arena_text(t->arena, cell, strlen(cell));
    memcpy(slot, &copy, sizeof copy);
    if (copy == NULL) {
        return tac_fail(t->ctx, TAC_E_MEMORY, "out of memory");
    }
    if (kind == CELL_WORD && copy[0] == '\0') {
        return wrong(t, column, TAC_E_SYNTAX, "a word is wanted here");
    }
    if (kind == CELL_UNIT && copy[0] != '\0' && !tac_unit_parse(copy, &unit)) {
        return wrong(t, column, TAC_E_UNITS, "not a unit");
    }
    return TAC_OK;
}

static tac_status put_number(const table *t, size_t column, cell_kind kind, void *slot)
{
    double number = (double)NAN;
    tac_status st = TAC_OK;
    if (cell_of(t, column)[0] != '\0') {
        st = tac_tsv_number(t->ctx, t->tsv, t->row, column, NULL, &number);
    } else if (kind == CELL_NUMBER || kind == CELL_PERCENT) {
        st = wrong(t, column, TAC_E_SYNTAX, "a number is wanted here");
    }
    if (kind == CELL_COUNT) {
        const int count = number >= 0.0 && number <= 100.0 ? (int)number : 0;
        memcpy(slot, &count, sizeof count);
    } else {
        number *= kind == CELL_PERCENT ? 0.01 : 1.0;
        memcpy(slot, &number, sizeof number);
    }
    return st;
}

static tac_status put_cell(const table *t, size_t i, const column_kind *column, char *row)
{
    void *slot = row + column->offset;
    const bool is_text =
        column->kind == CELL_WORD || column->kind == CELL_TEXT || column->kind == CELL_UNIT;
    return is_text ? put_text(t, i, column->kind, slot) : put_number(t, i, column->kind, slot);
}

/* What a table's rows need beyond their cells: checks, and columns that are read in their own way. */
typedef tac_status (*row_check)(table *t, void *row);

/* The columns of a table and what they are read into. */
typedef struct table_kind {
    const column_kind *columns;
    size_t n_column;
    size_t size;     /* of a row's struct */
    row_check check; /* NULL: the cells say all */
} table_kind;

#define TABLE_KIND(type, columns, check)                                         \
    {                                                                            \
        (columns), sizeof(columns) / sizeof((columns)[0]), sizeof(type), (check) \
    }

/** Read all rows; goes on after a bad one. */
static tac_status read_table(tac_ctx *ctx, tac_arena *arena, const tac_source *source,
                             const table_kind *kind, row_list *rows_out)
{
    tac_status st = TAC_OK;
    tac_status result = TAC_OK;
    const char *names[MAX_COLUMNS];
    table t = {.ctx = ctx, .arena = arena};

    for (size_t i = 0; i < kind->n_column; i++) {
        names[i] = kind->columns[i].name;
    }
    TAC_TRY(tac_tsv_read(ctx, source, kind->n_column, names, &t.tsv));
    const size_t n = tac_tsv_n_row(t.tsv);
    char *rows = tac_arena_alloc(arena, (n + 1) * kind->size);
    *rows_out = (row_list){rows, n};
    if (rows == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    for (t.row = 0; t.row < n; t.row++) {
        char *row = rows + t.row * kind->size;
        st = TAC_OK;
        for (size_t i = 0; i < kind->n_column && st == TAC_OK; i++) {
            st = put_cell(&t, i, &kind->columns[i], row);
        }
        st = st == TAC_OK && kind->check != NULL ? kind->check(&t, row) : st;
        result = st != TAC_OK ? st : result;
    }
    st = result;
out:
    tac_tsv_free(t.tsv);
    return st;
}

#define AT(type, member) offsetof(type, member)

/* Columns of observables.tsv that need more than their cell. */
enum { OBSERVABLE_VARIABLE = 2, OBSERVABLE_OVER = 10 };

static tac_status read_over(table *t, tac_over *over_out, bool is_regional)
{
    static const char *const OVERS[] = {"", "sum", "mean", "excess"};
    const char *cell = cell_of(t, OBSERVABLE_OVER);
    for (size_t k = 0; k < sizeof OVERS / sizeof OVERS[0]; k++) {
        if (strcmp(cell, OVERS[k]) == 0) {
            *over_out = (tac_over)k;
            return (k > 0) == is_regional
                       ? TAC_OK
                       : wrong(t, OBSERVABLE_OVER, TAC_E_SYNTAX,
                               "sum, mean or excess go with a variable of parts, such as x_{r}");
        }
    }
    return wrong(t, OBSERVABLE_OVER, TAC_E_SYNTAX, "one of -, sum, mean, excess is wanted");
}

static tac_status check_observable(table *t, void *row)
{
    static const char *const STATISTICS[] = {"mean24h", "session", "peak", "highest",
                                             "lowest",  "number",  "end",  "last",
                                             "extreme", "total",   "ever"};
    tac_observable *o = row;
    const bool is_regional = tac_template_is(o->variable);
    const tac_status st = read_over(t, &o->over, is_regional);
    if (st != TAC_OK) {
        return st;
    }
    if (is_regional && tac_template_parts(o->variable) == 0) {
        return wrong(t, OBSERVABLE_VARIABLE, TAC_E_SYNTAX, "no such group of parts");
    }
    if (o->variable[0] == '\0') {
        return o->room[0] != '\0' ? TAC_OK
                                  : wrong(t, 8, TAC_E_SYNTAX,
                                          "an observable without variable names the room that will "
                                          "bring it");
    }
    for (size_t k = 0; k < sizeof STATISTICS / sizeof STATISTICS[0]; k++) {
        if (strcmp(o->statistic, STATISTICS[k]) == 0) {
            return isfinite(o->factor) ? TAC_OK
                                       : wrong(t, 3, TAC_E_SYNTAX, "a number is wanted here");
        }
    }
    return wrong(
        t, 4, TAC_E_SYNTAX,
        "one of mean24h, session, peak, highest, lowest, number, end, last, extreme, total, "
        "ever is wanted");
}

static const column_kind OBSERVABLES_COLUMNS[] = {
    {"observable", CELL_WORD, AT(tac_observable, id)},
    {"unit", CELL_UNIT, AT(tac_observable, unit)},
    {"variable", CELL_TEXT, AT(tac_observable, variable)},
    {"factor", CELL_OPTIONAL, AT(tac_observable, factor)},
    {"statistic", CELL_TEXT, AT(tac_observable, statistic)},
    {"what", CELL_TEXT, AT(tac_observable, what)},
    {"title", CELL_TEXT, AT(tac_observable, title)},
    {"decimals", CELL_COUNT, AT(tac_observable, decimals)},
    {"room", CELL_TEXT, AT(tac_observable, room)},
    {"part", CELL_TEXT, AT(tac_observable, part)},
    {"over", CELL_TEXT, AT(tac_observable, site)}, /* read by the check */
    {"site", CELL_TEXT, AT(tac_observable, site)},
};
static const table_kind OBSERVABLES =
    TABLE_KIND(tac_observable, OBSERVABLES_COLUMNS, check_observable);

/** "load=high" in two. */
static tac_status read_condition(table *t, size_t column, tac_event_rule *rule)
{
    const char *cell = cell_of(t, column);
    const char *sign = strchr(cell, '=');
    if (cell[0] != '\0' && (sign == NULL || sign == cell || sign[1] == '\0')) {
        return wrong(t, column, TAC_E_SYNTAX, "field=word is wanted");
    }
    const char *word = sign == NULL ? "" : sign + 1;
    rule->when_field = tac_arena_text(t->arena, cell, sign == NULL ? 0 : (size_t)(sign - cell));
    rule->when_word = tac_arena_text(t->arena, word, strlen(word));
    return rule->when_field != NULL && rule->when_word != NULL
               ? TAC_OK
               : tac_fail(t->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status read_how(table *t, size_t column, tac_how *how_out)
{
    static const char *const HOWS[] = {"set",      "add",        "max",     "dose",
                                       "draw",     "random",     "for",     "where",
                                       "excludes", "interrupts", "replaces"};
    const char *cell = tac_tsv_cell(t->tsv, t->row, column);
    for (size_t k = 0; k < sizeof HOWS / sizeof HOWS[0]; k++) {
        if (strcmp(cell, HOWS[k]) == 0) {
            *how_out = (tac_how)k;
            return TAC_OK;
        }
    }
    return wrong(
        t, column, TAC_E_SYNTAX,
        "one of set, add, max, dose, draw, random, for, where, excludes, interrupts, replaces is "
        "wanted");
}

/** A rule of several parts as one rule for each. */
static tac_status expand_rule(tac_ctx *ctx, tac_words *w, const tac_event_rule *rule)
{
    tac_event_rule *rules = w->event_rules.items;
    const unsigned parts = tac_template_is(rule->input) ? tac_template_parts(rule->input) : 1U;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        if ((parts >> k & 1U) == 0) {
            continue;
        }
        tac_event_rule *one = &rules[w->event_rules.n++];
        *one = *rule;
        one->input = tac_template_fill(w->arena, rule->input, k);
        one->field = tac_template_fill(w->arena, rule->field, k);
        one->when_field = tac_template_fill(w->arena, rule->when_field, k);
        if (one->input == NULL || one->field == NULL || one->when_field == NULL) {
            return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        }
    }
    return TAC_OK;
}

static tac_status expand_rules(tac_ctx *ctx, tac_words *w)
{
    tac_status st = TAC_OK;
    const row_list written = w->event_rules;
    const tac_event_rule *rows = written.items;
    w->event_rules =
        (row_list){tac_arena_alloc(w->arena, (TAC_N_PART * written.n + 1) * sizeof *rows), 0};
    if (w->event_rules.items == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < written.n && st == TAC_OK; i++) {
        st = expand_rule(ctx, w, &rows[i]);
    }
    return st;
}

/** Columns when, input and how together say what the row is. */
static tac_status check_event_rule(table *t, void *row)
{
    enum { WHEN = 2, INPUT = 3, HOW = 4, FIELD = 5, VALUE = 6, NOTE = 8 };
    tac_event_rule *rule = row;
    tac_status st = TAC_OK;
    if (tac_template_is(rule->input) && tac_template_parts(rule->input) == 0) {
        return wrong(t, INPUT, TAC_E_SYNTAX, "no such group of parts");
    }
    TAC_TRY(read_condition(t, WHEN, rule));
    TAC_TRY(read_how(t, HOW, &rule->how));
    if (rule->how > TAC_HOW_FOR) {
        rule->input = "";
        return rule->field[0] != '\0'
                   ? TAC_OK
                   : wrong(t, FIELD, TAC_E_SYNTAX, "a region or another event is wanted");
    }
    if (rule->how == TAC_HOW_FOR) {
        rule->input = "";
    } else if (rule->input[0] == '\0') {
        return rule->note[0] != '\0' ? TAC_OK
                                     : wrong(t, NOTE, TAC_E_SYNTAX,
                                             "an event without input says in the note which room "
                                             "will bring it");
    }
    if (rule->field[0] == '\0' && isnan(rule->value)) {
        return wrong(t, VALUE, TAC_E_SYNTAX, "a value or a field is wanted");
    }
out:
    return st;
}

static const column_kind EVENT_RULES_COLUMNS[] = {
    {"event", CELL_WORD, AT(tac_event_rule, verb)},
    {"kind", CELL_TEXT, AT(tac_event_rule, kind)},
    {"when", CELL_TEXT, AT(tac_event_rule, when_field)}, /* parted by the check */
    {"input", CELL_TEXT, AT(tac_event_rule, input)},
    {"how", CELL_TEXT, AT(tac_event_rule, when_word)}, /* read by the check */
    {"field", CELL_TEXT, AT(tac_event_rule, field)},
    {"value", CELL_OPTIONAL, AT(tac_event_rule, value)},
    {"unit", CELL_UNIT, AT(tac_event_rule, unit)},
    {"note", CELL_TEXT, AT(tac_event_rule, note)},
};
static const table_kind EVENT_RULES =
    TABLE_KIND(tac_event_rule, EVENT_RULES_COLUMNS, check_event_rule);

static const column_kind TECHNIQUES_COLUMNS[] = {
    {"technique", CELL_WORD, AT(tac_technique, id)},
    {"title", CELL_WORD, AT(tac_technique, title)},
    {"pressure_kPa", CELL_NUMBER, AT(tac_technique, pressure_kPa)},
    {"pressure_kPa_low", CELL_NUMBER, AT(tac_technique, pressure_low_kPa)},
    {"pressure_kPa_high", CELL_NUMBER, AT(tac_technique, pressure_high_kPa)},
    {"stroke_speed_cm_s", CELL_NUMBER, AT(tac_technique, stroke_speed_cm_s)},
    {"stroke_frequency_Hz", CELL_NUMBER, AT(tac_technique, stroke_frequency_Hz)},
    {"contact_area_cm2", CELL_NUMBER, AT(tac_technique, contact_area_cm2)},
    {"c_tactile", CELL_NUMBER, AT(tac_technique, c_tactile)},
    {"social_touch", CELL_NUMBER, AT(tac_technique, social_touch)},
    {"self_effort", CELL_NUMBER, AT(tac_technique, self_effort)},
    {"default_minutes", CELL_NUMBER, AT(tac_technique, default_min)},
    {"default_region", CELL_WORD, AT(tac_technique, default_region)},
    {"default_word", CELL_WORD, AT(tac_technique, default_word)},
};
static const table_kind TECHNIQUES = TABLE_KIND(tac_technique, TECHNIQUES_COLUMNS, NULL);

static const column_kind PRESSURES_COLUMNS[] = {
    {"word", CELL_WORD, AT(tac_pressure_word, id)},
    {"pressure_kPa", CELL_NUMBER, AT(tac_pressure_word, pressure_kPa)},
};
static const table_kind PRESSURES = TABLE_KIND(tac_pressure_word, PRESSURES_COLUMNS, NULL);

/* A row of models/parts.tsv: a part, or both parts of a limb, each with that share. */
typedef struct part_row {
    const char *part;
    double skin_share;
} part_row;

static tac_status check_part(table *t, void *row)
{
    const part_row *part = row;
    return tac_part_group(part->part, strlen(part->part)) != 0
               ? TAC_OK
               : wrong(t, 0, TAC_E_SYNTAX, "no such part of the body");
}

static const column_kind PARTS_COLUMNS[] = {
    {"part", CELL_WORD, AT(part_row, part)},
    {"skin_percent", CELL_PERCENT, AT(part_row, skin_share)},
};
static const table_kind PARTS = TABLE_KIND(part_row, PARTS_COLUMNS, check_part);

static tac_status read_parts(tac_ctx *ctx, tac_words *w, const tac_source *source)
{
    row_list list = {0};
    double sum = 0.0;
    const tac_status st = read_table(ctx, w->arena, source, &PARTS, &list);
    const part_row *rows = list.items;
    for (size_t i = 0; st == TAC_OK && i < list.n; i++) {
        const unsigned parts = tac_part_group(rows[i].part, strlen(rows[i].part));
        for (size_t k = 0; k < TAC_N_PART; k++) {
            w->part_skin[k] = (parts >> k & 1U) != 0 ? rows[i].skin_share : w->part_skin[k];
        }
    }
    for (size_t k = 0; k < TAC_N_PART; k++) {
        sum += w->part_skin[k];
    }
    return st != TAC_OK || fabs(sum - 1.0) < 1e-9
               ? st
               : tac_fail(ctx, TAC_E_SYNTAX, "%s: the parts' shares of the skin add up to %.4g %%",
                          source->name, 100.0 * sum);
}

static tac_status check_region(table *t, void *row)
{
    const tac_region *region = row;
    if (tac_part_group(region->part, strlen(region->part)) == 0) {
        return wrong(t, 1, TAC_E_SYNTAX, "no such part of the body");
    }
    return region->skin_share > 0.0 ? TAC_OK
                                    : wrong(t, 2, TAC_E_SYNTAX, "a region has a share of the skin");
}

static const column_kind REGIONS_COLUMNS[] = {
    {"region", CELL_WORD, AT(tac_region, id)},
    {"part", CELL_WORD, AT(tac_region, part)},
    {"share_percent", CELL_PERCENT, AT(tac_region, skin_share)},
    {"ct_weight", CELL_NUMBER, AT(tac_region, ct_weight)},
    {"sides", CELL_NUMBER, AT(tac_region, sides)},
    {"within", CELL_TEXT, AT(tac_region, within)},
};
static const table_kind REGIONS = TABLE_KIND(tac_region, REGIONS_COLUMNS, check_region);

static tac_status check_person_rule(table *t, void *row)
{
    const tac_person_rule *rule = row;
    const bool has_range = isfinite(rule->low) && isfinite(rule->high);
    return rule->word[0] != '\0' || has_range
               ? TAC_OK
               : wrong(t, 5, TAC_E_SYNTAX, "a number needs low and high");
}

static const column_kind PERSON_RULES_COLUMNS[] = {
    {"key", CELL_WORD, AT(tac_person_rule, key)},
    {"word", CELL_TEXT, AT(tac_person_rule, word)},
    {"parameter", CELL_TEXT, AT(tac_person_rule, parameter)},
    {"value", CELL_NUMBER, AT(tac_person_rule, value)},
    {"unit", CELL_UNIT, AT(tac_person_rule, unit)},
    {"low", CELL_OPTIONAL, AT(tac_person_rule, low)},
    {"high", CELL_OPTIONAL, AT(tac_person_rule, high)},
};
static const table_kind PERSON_RULES =
    TABLE_KIND(tac_person_rule, PERSON_RULES_COLUMNS, check_person_rule);

/* Column of health.tsv that needs more than its cell. */
enum { HEALTH_HOW = 2 };

static tac_status check_health_change(table *t, void *row)
{
    static const char *const HOWS[] = {"set", "add", "times", "least", "most", "widen"};
    tac_health_change *change = row;
    for (size_t k = 0; k < sizeof HOWS / sizeof HOWS[0]; k++) {
        if (strcmp(cell_of(t, HEALTH_HOW), HOWS[k]) == 0) {
            change->how = (tac_health_how)k;
            return TAC_OK;
        }
    }
    return wrong(t, HEALTH_HOW, TAC_E_SYNTAX,
                 "one of set, add, times, least, most, widen is wanted");
}

static const column_kind HEALTH_COLUMNS[] = {
    {"state", CELL_WORD, AT(tac_health_change, state)},
    {"parameter", CELL_WORD, AT(tac_health_change, parameter)},
    {"how", CELL_WORD, AT(tac_health_change, unit)}, /* read by the check */
    {"value", CELL_NUMBER, AT(tac_health_change, value)},
    {"unit", CELL_UNIT, AT(tac_health_change, unit)},
    {"spread", CELL_OPTIONAL, AT(tac_health_change, spread)},
};
static const table_kind HEALTH_CHANGES =
    TABLE_KIND(tac_health_change, HEALTH_COLUMNS, check_health_change);

static const column_kind LIMITS_COLUMNS[] = {
    {"field", CELL_WORD, AT(tac_limit, field)}, {"unit", CELL_UNIT, AT(tac_limit, unit)},
    {"low", CELL_NUMBER, AT(tac_limit, low)},   {"high", CELL_NUMBER, AT(tac_limit, high)},
    {"why", CELL_WORD, AT(tac_limit, why)},
};
static const table_kind LIMITS = TABLE_KIND(tac_limit, LIMITS_COLUMNS, NULL);

tac_status tac_words_read(tac_ctx *ctx, const tac_word_tables *tables, tac_words **words_out)
{
    tac_status st = TAC_OK;
    tac_words *words = NULL;
    void *memory = NULL;

    *words_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *words, &memory));
    words = memory;
    words->arena = tac_arena_create();
    if (words->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(read_table(ctx, words->arena, &tables->observables, &OBSERVABLES, &words->observables));
    TAC_TRY(read_table(ctx, words->arena, &tables->events, &EVENT_RULES, &words->event_rules));
    TAC_TRY(expand_rules(ctx, words));
    TAC_TRY(read_table(ctx, words->arena, &tables->techniques, &TECHNIQUES, &words->techniques));
    TAC_TRY(read_table(ctx, words->arena, &tables->pressure_words, &PRESSURES, &words->pressures));
    TAC_TRY(read_parts(ctx, words, &tables->parts));
    TAC_TRY(read_table(ctx, words->arena, &tables->regions, &REGIONS, &words->regions));
    TAC_TRY(read_table(ctx, words->arena, &tables->person, &PERSON_RULES, &words->person_rules));
    TAC_TRY(read_table(ctx, words->arena, &tables->health, &HEALTH_CHANGES, &words->health));
    TAC_TRY(read_table(ctx, words->arena, &tables->limits, &LIMITS, &words->limits));
    *words_out = words;
    words = NULL;
out:
    tac_words_free(words);
    return st;
}

static tac_source shipped(const char *name, const unsigned char *text, size_t n)
{
    return (tac_source){name, (const char *)text, n};
}

tac_word_tables tac_word_tables_shipped(void)
{
    return (tac_word_tables){
        .events = shipped("models/events.tsv", tac_embedded_events_tsv, tac_embedded_events_tsv_n),
        .observables = shipped("models/observables.tsv", tac_embedded_observables_tsv,
                               tac_embedded_observables_tsv_n),
        .techniques = shipped("models/techniques.tsv", tac_embedded_techniques_tsv,
                              tac_embedded_techniques_tsv_n),
        .pressure_words = shipped("models/pressure-words.tsv", tac_embedded_pressure_words_tsv,
                                  tac_embedded_pressure_words_tsv_n),
        .parts = shipped("models/parts.tsv", tac_embedded_parts_tsv, tac_embedded_parts_tsv_n),
        .regions =
            shipped("models/regions.tsv", tac_embedded_regions_tsv, tac_embedded_regions_tsv_n),
        .person = shipped("models/person.tsv", tac_embedded_person_tsv, tac_embedded_person_tsv_n),
        .health = shipped("models/health.tsv", tac_embedded_health_tsv, tac_embedded_health_tsv_n),
        .limits = shipped("models/limits.tsv", tac_embedded_limits_tsv, tac_embedded_limits_tsv_n),
    };
}

tac_status tac_words_create(tac_ctx *ctx, tac_words **words_out)
{
    const tac_word_tables tables = tac_word_tables_shipped();
    return tac_words_read(ctx, &tables, words_out);
}

void tac_words_free(tac_words *words)
{
    if (words != NULL) {
        tac_arena_free(words->arena);
        tac_free(words);
    }
}

/* The lists, and a row of a list by its word. */
#define LIST(function, type, list)                              \
    const type *function(const tac_words *words, size_t *n_out) \
    {                                                           \
        *n_out = words->list.n;                                 \
        return words->list.items;                               \
    }
#define FIND(function, type, list)                               \
    const type *function(const tac_words *words, const char *id) \
    {                                                            \
        const type *rows = words->list.items;                    \
        for (size_t i = 0; i < words->list.n; i++) {             \
            if (strcmp(rows[i].id, id) == 0) {                   \
                return &rows[i];                                 \
            }                                                    \
        }                                                        \
        return NULL;                                             \
    }

LIST(tac_words_observables, tac_observable, observables)
LIST(tac_words_event_rules, tac_event_rule, event_rules)
LIST(tac_words_techniques, tac_technique, techniques)
LIST(tac_words_pressures, tac_pressure_word, pressures)
LIST(tac_words_regions, tac_region, regions)
LIST(tac_words_person_rules, tac_person_rule, person_rules)
LIST(tac_words_health, tac_health_change, health)

FIND(tac_words_observable, tac_observable, observables)
FIND(tac_words_technique, tac_technique, techniques)
FIND(tac_words_pressure, tac_pressure_word, pressures)
FIND(tac_words_region, tac_region, regions)

double tac_words_part_skin(const tac_words *words, size_t part)
{
    return words->part_skin[part];
}

const tac_limit *tac_words_limit(const tac_words *words, const char *verb, const char *field)
{
    const tac_limit *found = NULL;
    const size_t n_verb = strlen(verb);
    const tac_limit *limits = words->limits.items;
    for (size_t i = 0; i < words->limits.n; i++) {
        const char *name = limits[i].field;
        if (strncmp(name, verb, n_verb) == 0 && name[n_verb] == '.'
            && strcmp(name + n_verb + 1, field) == 0) {
            return &limits[i];
        }
        found = strcmp(name, field) == 0 ? &limits[i] : found;
    }
    return found;
}

bool tac_words_relate(const tac_words *words, const char *verb, const char *kind, tac_how how,
                      const char *other)
{
    const tac_event_rule *rules = words->event_rules.items;
    for (size_t i = 0; i < words->event_rules.n; i++) {
        const tac_event_rule *rule = &rules[i];
        if (rule->how == how && strcmp(rule->verb, verb) == 0 && strcmp(rule->field, other) == 0
            && (strcmp(rule->kind, "*") == 0 || strcmp(rule->kind, kind) == 0)) {
            return true;
        }
    }
    return false;
}
