/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the tables of words that are built into the library. */
#include "sim/words.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "base/tsv.h"
#include "embedded.h"

#include <math.h>
#include <string.h>

struct tac_words {
    tac_arena *arena;
    tac_observable *observables;
    size_t n_observable;
    tac_event_rule *event_rules;
    size_t n_event_rule;
    tac_technique *techniques;
    size_t n_technique;
    tac_pressure_word *pressures;
    size_t n_pressure;
    tac_region *regions;
    size_t n_region;
    tac_person_rule *person_rules;
    size_t n_person_rule;
    tac_limit *limits;
    size_t n_limit;
};

/* A table on its way into the words. */
typedef struct table {
    tac_ctx *ctx;
    tac_words *words;
    tac_tsv *tsv;
    size_t row;
} table;

static tac_status open_table(tac_ctx *ctx, tac_words *words, const char *name,
                             const unsigned char *text, size_t n, size_t n_column,
                             const char *const *columns, size_t size, void **rows_out, table *t)
{
    const tac_source source = {name, (const char *)text, n};
    *t = (table){.ctx = ctx, .words = words};
    const tac_status st = tac_tsv_read(ctx, &source, n_column, columns, &t->tsv);
    if (st != TAC_OK) {
        return st;
    }
    const size_t n_row = tac_tsv_n_row(t->tsv);
    *rows_out = tac_arena_alloc(words->arena, (n_row == 0 ? 1 : n_row) * size);
    return *rows_out != NULL ? TAC_OK : tac_fail(ctx, TAC_E_MEMORY, "out of memory");
}

/** A cell's text; "-" stands for none. */
static tac_status text_of(const table *t, size_t column, const char **out)
{
    const char *cell = tac_tsv_cell(t->tsv, t->row, column);
    const size_t n = strcmp(cell, "-") == 0 ? 0 : strlen(cell);
    *out = tac_arena_text(t->words->arena, cell, n);
    return *out != NULL ? TAC_OK : tac_fail(t->ctx, TAC_E_MEMORY, "out of memory");
}

/** A cell's number; NaN when it is empty. */
static tac_status number_of(const table *t, size_t column, double *out)
{
    bool is_empty = false;
    if (strcmp(tac_tsv_cell(t->tsv, t->row, column), "-") == 0) {
        *out = (double)NAN;
        return TAC_OK;
    }
    return tac_tsv_number(t->ctx, t->tsv, t->row, column, &is_empty, out);
}

static tac_status read_observables(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"observable", "unit",  "variable", "factor", "statistic",
                                          "what",       "title", "decimals", "room",   "part"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    double decimals = 0.0;
    TAC_TRY(open_table(ctx, words, "models/observables.tsv", tac_embedded_observables_tsv,
                       tac_embedded_observables_tsv_n, 10, COLUMNS, sizeof(tac_observable), &rows,
                       &t));
    words->observables = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_observable *o = &words->observables[words->n_observable++];
        TAC_TRY(text_of(&t, 0, &o->id));
        TAC_TRY(text_of(&t, 1, &o->unit));
        TAC_TRY(text_of(&t, 2, &o->variable));
        TAC_TRY(number_of(&t, 3, &o->factor));
        TAC_TRY(text_of(&t, 4, &o->statistic));
        TAC_TRY(text_of(&t, 5, &o->what));
        TAC_TRY(text_of(&t, 6, &o->title));
        TAC_TRY(number_of(&t, 7, &decimals));
        TAC_TRY(text_of(&t, 8, &o->room));
        TAC_TRY(text_of(&t, 9, &o->part));
        o->decimals = isfinite(decimals) ? (int)decimals : 0;
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_how(const table *t, size_t column, tac_how *how_out)
{
    static const char *const HOWS[] = {"set", "add", "max", "dose", "for", "excludes"};
    const char *cell = tac_tsv_cell(t->tsv, t->row, column);
    for (size_t k = 0; k < sizeof HOWS / sizeof HOWS[0]; k++) {
        if (strcmp(cell, HOWS[k]) == 0) {
            *how_out = (tac_how)k;
            return TAC_OK;
        }
    }
    return tac_fail_at(t->ctx, TAC_E_SYNTAX, tac_tsv_source(t->tsv),
                       tac_tsv_span(t->tsv, t->row, column),
                       "one of set, add, max, dose, for, excludes is wanted");
}

/** "load=high" in two. */
static tac_status read_condition(const table *t, size_t column, tac_event_rule *rule)
{
    const char *cell = tac_tsv_cell(t->tsv, t->row, column);
    const char *sign = strchr(cell, '=');
    const bool is_empty = cell[0] == '\0' || strcmp(cell, "-") == 0;
    if (!is_empty && sign == NULL) {
        return tac_fail_at(t->ctx, TAC_E_SYNTAX, tac_tsv_source(t->tsv),
                           tac_tsv_span(t->tsv, t->row, column), "field=word is wanted");
    }
    const size_t n_field = is_empty ? 0 : (size_t)(sign - cell);
    const char *word = is_empty ? "" : sign + 1;
    rule->when_field = tac_arena_text(t->words->arena, cell, n_field);
    rule->when_word = tac_arena_text(t->words->arena, word, strlen(word));
    return rule->when_field != NULL && rule->when_word != NULL
               ? TAC_OK
               : tac_fail(t->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status read_event_rules(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"event", "kind",  "when", "input", "how",
                                          "field", "value", "unit", "note"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    TAC_TRY(open_table(ctx, words, "models/events.tsv", tac_embedded_events_tsv,
                       tac_embedded_events_tsv_n, 9, COLUMNS, sizeof(tac_event_rule), &rows, &t));
    words->event_rules = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_event_rule *r = &words->event_rules[words->n_event_rule++];
        TAC_TRY(text_of(&t, 0, &r->verb));
        TAC_TRY(text_of(&t, 1, &r->kind));
        TAC_TRY(read_condition(&t, 2, r));
        TAC_TRY(text_of(&t, 3, &r->input));
        TAC_TRY(read_how(&t, 4, &r->how));
        TAC_TRY(text_of(&t, 5, &r->field));
        TAC_TRY(number_of(&t, 6, &r->value));
        TAC_TRY(text_of(&t, 7, &r->unit));
        TAC_TRY(text_of(&t, 8, &r->note));
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_techniques(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"technique",         "pressure_kPa",
                                          "stroke_speed_cm_s", "stroke_frequency_Hz",
                                          "contact_area_cm2",  "direction",
                                          "c_tactile",         "social_touch",
                                          "self_effort",       "default_minutes",
                                          "default_region",    "default_word"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    TAC_TRY(open_table(ctx, words, "models/techniques.tsv", tac_embedded_techniques_tsv,
                       tac_embedded_techniques_tsv_n, 12, COLUMNS, sizeof(tac_technique), &rows,
                       &t));
    words->techniques = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_technique *q = &words->techniques[words->n_technique++];
        TAC_TRY(text_of(&t, 0, &q->id));
        TAC_TRY(number_of(&t, 1, &q->pressure_kPa));
        TAC_TRY(number_of(&t, 2, &q->stroke_speed_cm_s));
        TAC_TRY(number_of(&t, 3, &q->stroke_frequency_Hz));
        TAC_TRY(number_of(&t, 4, &q->contact_area_cm2));
        TAC_TRY(text_of(&t, 5, &q->direction));
        TAC_TRY(number_of(&t, 6, &q->c_tactile));
        TAC_TRY(number_of(&t, 7, &q->social_touch));
        TAC_TRY(number_of(&t, 8, &q->self_effort));
        TAC_TRY(number_of(&t, 9, &q->default_min));
        TAC_TRY(text_of(&t, 10, &q->default_region));
        TAC_TRY(text_of(&t, 11, &q->default_word));
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_pressures(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"word", "pressure_kPa"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    TAC_TRY(open_table(ctx, words, "models/pressure-words.tsv", tac_embedded_pressure_words_tsv,
                       tac_embedded_pressure_words_tsv_n, 2, COLUMNS, sizeof(tac_pressure_word),
                       &rows, &t));
    words->pressures = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_pressure_word *w = &words->pressures[words->n_pressure++];
        TAC_TRY(text_of(&t, 0, &w->id));
        TAC_TRY(number_of(&t, 1, &w->pressure_kPa));
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_regions(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"region", "part", "share_percent", "ct_weight"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    double percent = 0.0;
    TAC_TRY(open_table(ctx, words, "models/regions.tsv", tac_embedded_regions_tsv,
                       tac_embedded_regions_tsv_n, 4, COLUMNS, sizeof(tac_region), &rows, &t));
    words->regions = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_region *r = &words->regions[words->n_region++];
        TAC_TRY(text_of(&t, 0, &r->id));
        TAC_TRY(text_of(&t, 1, &r->part));
        TAC_TRY(number_of(&t, 2, &percent));
        TAC_TRY(number_of(&t, 3, &r->ct_weight));
        r->skin_share = percent / 100.0;
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_person_rules(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"key",  "word", "parameter", "value",
                                          "unit", "low",  "high"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    TAC_TRY(open_table(ctx, words, "models/person.tsv", tac_embedded_person_tsv,
                       tac_embedded_person_tsv_n, 7, COLUMNS, sizeof(tac_person_rule), &rows, &t));
    words->person_rules = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_person_rule *r = &words->person_rules[words->n_person_rule++];
        TAC_TRY(text_of(&t, 0, &r->key));
        TAC_TRY(text_of(&t, 1, &r->word));
        TAC_TRY(text_of(&t, 2, &r->parameter));
        TAC_TRY(number_of(&t, 3, &r->value));
        TAC_TRY(text_of(&t, 4, &r->unit));
        TAC_TRY(number_of(&t, 5, &r->low));
        TAC_TRY(number_of(&t, 6, &r->high));
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

static tac_status read_limits(tac_ctx *ctx, tac_words *words)
{
    static const char *const COLUMNS[] = {"field", "unit", "low", "high", "why"};
    tac_status st = TAC_OK;
    table t;
    void *rows = NULL;
    TAC_TRY(open_table(ctx, words, "models/limits.tsv", tac_embedded_limits_tsv,
                       tac_embedded_limits_tsv_n, 5, COLUMNS, sizeof(tac_limit), &rows, &t));
    words->limits = rows;
    for (t.row = 0; t.row < tac_tsv_n_row(t.tsv); t.row++) {
        tac_limit *l = &words->limits[words->n_limit++];
        TAC_TRY(text_of(&t, 0, &l->field));
        TAC_TRY(text_of(&t, 1, &l->unit));
        TAC_TRY(number_of(&t, 2, &l->low));
        TAC_TRY(number_of(&t, 3, &l->high));
        TAC_TRY(text_of(&t, 4, &l->why));
    }
out:
    tac_tsv_free(t.tsv);
    return st;
}

tac_status tac_words_create(tac_ctx *ctx, tac_words **words_out)
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
    TAC_TRY(read_observables(ctx, words));
    TAC_TRY(read_event_rules(ctx, words));
    TAC_TRY(read_techniques(ctx, words));
    TAC_TRY(read_pressures(ctx, words));
    TAC_TRY(read_regions(ctx, words));
    TAC_TRY(read_person_rules(ctx, words));
    TAC_TRY(read_limits(ctx, words));
    *words_out = words;
    words = NULL;
out:
    tac_words_free(words);
    return st;
}

void tac_words_free(tac_words *words)
{
    if (words != NULL) {
        tac_arena_free(words->arena);
        tac_free(words);
    }
}

const tac_observable *tac_words_observables(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_observable;
    return words->observables;
}

const tac_event_rule *tac_words_event_rules(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_event_rule;
    return words->event_rules;
}

const tac_technique *tac_words_techniques(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_technique;
    return words->techniques;
}

const tac_pressure_word *tac_words_pressures(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_pressure;
    return words->pressures;
}

const tac_region *tac_words_regions(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_region;
    return words->regions;
}

const tac_person_rule *tac_words_person_rules(const tac_words *words, size_t *n_out)
{
    *n_out = words->n_person_rule;
    return words->person_rules;
}

const tac_limit *tac_words_limit(const tac_words *words, const char *field)
{
    for (size_t i = 0; i < words->n_limit; i++) {
        if (strcmp(words->limits[i].field, field) == 0) {
            return &words->limits[i];
        }
    }
    return NULL;
}
