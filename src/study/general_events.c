/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timed changes of a general model from a small YAML file:
 *
 *   - {at: 2 h, set: {k: 3}}
 *   - {at: 6 h, every: 12 h, times: 4, add: {drug: 100}}
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/suggest.h"
#include "study/general_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t MAX_BYTES = 1U << 20;
static const size_t MAX_CHANGES = 100000;

/* Changes of one time keep the order of the file. */
typedef struct ordered_change {
    tac_model_change change;
    size_t order;
} ordered_change;

typedef struct reader {
    tac_ctx *ctx;
    const tac_yaml *yaml;
    const tac_model *model;
    const tac_program *program;
    double t_end;
    ordered_change *list;
    size_t n;
    size_t cap;
    tac_status result; /* the last error; reading goes on */
} reader;

/** When an entry happens. */
typedef struct rhythm {
    double at;
    double every; /* 0: once */
    double until;
    double times;
} rhythm;

static void refuse(reader *r, const tac_yaml_node *node, const char *what)
{
    r->result = tac_fail_at(r->ctx, TAC_E_INPUT, &r->yaml->source, node->span, "%s", what);
}

/** Refuse with what a buffer says, and empty it. */
static void refuse_why(reader *r, const tac_yaml_node *node, tac_buf *why)
{
    refuse(r, node, tac_buf_str(why));
    tac_buf_free(why);
}

static void check_keys(reader *r, const tac_yaml_node *entry)
{
    static const char *const KEYS[] = {"at", "every", "times", "until", "set", "add"};
    static const size_t N = sizeof KEYS / sizeof KEYS[0];
    for (size_t i = 0; i < entry->n; i++) {
        bool is_known = false;
        for (size_t k = 0; k < N; k++) {
            is_known = is_known || strcmp(entry->keys[i]->text, KEYS[k]) == 0;
        }
        if (!is_known) {
            tac_buf why = TAC_BUF_INIT;
            tac_buf_print(&why, "'%.60s' is no part of a change; ", entry->keys[i]->text);
            tac_suggest_print(&why, entry->keys[i]->text, N, KEYS);
            refuse_why(r, entry->keys[i], &why);
        }
    }
}

/** A time of an entry; `fallback` where it is not said. False after an error. */
static bool read_time(reader *r, const tac_yaml_node *entry, const char *key, double fallback,
                      double *t_out)
{
    const tac_yaml_node *node = tac_yaml_get(entry, key);
    tac_buf why = TAC_BUF_INIT;
    *t_out = fallback;
    if (node == NULL) {
        return true;
    }
    if (node->kind != TAC_YAML_SCALAR) {
        refuse(r, node, "a time is wanted here, such as 2 h");
        return false;
    }
    if (!tac_general_time(r->model, node->text, "time", t_out, &why)) {
        refuse_why(r, node, &why);
        return false;
    }
    if (*t_out < 0.0) {
        refuse(r, node, "a time before the start of the run; the run begins at 0");
        return false;
    }
    return true;
}

static bool read_times(reader *r, const tac_yaml_node *entry, double *times_out)
{
    const tac_yaml_node *node = tac_yaml_get(entry, "times");
    *times_out = (double)MAX_CHANGES + 1.0;
    if (node == NULL) {
        return true;
    }
    if (node->kind != TAC_YAML_SCALAR || !tac_general_number(node->text, times_out)
        || *times_out < 1.0 || *times_out > (double)MAX_CHANGES || floor(*times_out) < *times_out) {
        refuse(r, node, "a whole number from 1 to 100000 is wanted: how often it happens");
        return false;
    }
    return true;
}

static bool read_rhythm(reader *r, const tac_yaml_node *entry, rhythm *out)
{
    const tac_yaml_node *at = tac_yaml_get(entry, "at");
    const tac_yaml_node *every = tac_yaml_get(entry, "every");
    if (at == NULL) {
        refuse(r, entry, "a change needs a time: at: 2 h");
        return false;
    }
    if (!read_time(r, entry, "at", 0.0, &out->at) || !read_time(r, entry, "every", 0.0, &out->every)
        || !read_time(r, entry, "until", r->t_end, &out->until)
        || !read_times(r, entry, &out->times)) {
        return false;
    }
    if (every != NULL && !(out->every > 0.0)) {
        refuse(r, every, "a time above 0 is wanted: every so often it happens again");
        return false;
    }
    const tac_yaml_node *alone = tac_yaml_get(entry, "times");
    alone = alone != NULL ? alone : tac_yaml_get(entry, "until");
    if (every == NULL && alone != NULL) {
        refuse(r, alone, "how long a change goes on has a meaning only with every: 12 h");
        return false;
    }
    if (out->at > r->t_end) {
        refuse(r, at, "this is after the end of the run and would never happen");
        return false;
    }
    return true;
}

static bool make_room(reader *r)
{
    if (r->n < r->cap) {
        return true;
    }
    const size_t cap = r->cap == 0 ? 64 : 2 * r->cap;
    ordered_change *list = tac_realloc(r->list, cap, sizeof *list);
    if (list == NULL) {
        r->result = tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
        return false;
    }
    r->list = list;
    r->cap = cap;
    return true;
}

/** Add each time that a change happens. */
static void add_all(reader *r, const tac_yaml_node *node, const rhythm *when,
                    const tac_model_change *change)
{
    const double end = when->until < r->t_end ? when->until : r->t_end;
    for (double k = 0.0; k < when->times; k += 1.0) {
        const double t = when->at + k * when->every;
        if (t > end || (k > 0.0 && !(when->every > 0.0))) {
            return;
        }
        if (r->n == MAX_CHANGES) {
            refuse(r, node, "more than 100000 changes in all");
            return;
        }
        if (!make_room(r)) {
            return;
        }
        r->list[r->n] = (ordered_change){*change, r->n};
        r->list[r->n++].change.t = t;
    }
}

/** {k: 3, drug: 100} */
static void read_values(reader *r, const tac_yaml_node *map, const rhythm *when, bool is_added)
{
    if (map->kind != TAC_YAML_MAP || map->n == 0) {
        refuse(r, map, "names and numbers are wanted here, such as {k: 3}");
        return;
    }
    for (size_t i = 0; i < map->n; i++) {
        tac_buf why = TAC_BUF_INIT;
        tac_model_change change = {.is_added = is_added};
        change.symbol = tac_general_settable(r->program, map->keys[i]->text, &why);
        if (change.symbol == NULL) {
            refuse_why(r, map->keys[i], &why);
            continue;
        }
        if (map->items[i]->kind != TAC_YAML_SCALAR
            || !tac_general_number(map->items[i]->text, &change.value)) {
            const char *unit = change.symbol->unit;
            tac_buf_print(&why, "a number is wanted here, without a unit%s%s%s",
                          unit[0] == '\0' ? "" : ": it is in ", unit,
                          unit[0] == '\0' ? "" : ", the unit of the model");
            refuse_why(r, map->items[i], &why);
            continue;
        }
        add_all(r, map, when, &change);
    }
}

static void read_entry(reader *r, const tac_yaml_node *entry)
{
    rhythm when = {0};
    if (entry->kind != TAC_YAML_MAP) {
        refuse(r, entry, "a change is wanted here, such as {at: 2 h, set: {k: 3}}");
        return;
    }
    check_keys(r, entry);
    const tac_yaml_node *set = tac_yaml_get(entry, "set");
    const tac_yaml_node *add = tac_yaml_get(entry, "add");
    if (!read_rhythm(r, entry, &when)) {
        return;
    }
    if (set == NULL && add == NULL) {
        refuse(r, entry, "a change needs set: {k: 3} or add: {drug: 100}");
        return;
    }
    if (set != NULL) {
        read_values(r, set, &when, false);
    }
    if (add != NULL) {
        read_values(r, add, &when, true);
    }
}

static int by_time(const void *a, const void *b)
{
    const ordered_change *x = a;
    const ordered_change *y = b;
    if (x->change.t < y->change.t || x->change.t > y->change.t) {
        return x->change.t < y->change.t ? -1 : 1;
    }
    return x->order < y->order ? -1 : 1;
}

static tac_status hand_over(reader *r, tac_model_change **changes_out, size_t *n_out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(r->ctx, r->n, sizeof **changes_out, &memory);
    *changes_out = memory;
    if (st == TAC_OK && r->n > 0) {
        qsort(r->list, r->n, sizeof *r->list, by_time);
        for (size_t i = 0; i < r->n; i++) {
            (*changes_out)[i] = r->list[i].change;
        }
        *n_out = r->n;
    }
    return st;
}

tac_status tac_general_events_read(tac_ctx *ctx, const char *path, const tac_model *model,
                                   const tac_program *program, double t_end,
                                   tac_model_change **changes_out, size_t *n_out)
{
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    tac_yaml *yaml = NULL;
    reader r = {.ctx = ctx, .model = model, .program = program, .t_end = t_end};

    *changes_out = NULL;
    *n_out = 0;
    TAC_TRY(tac_file_read(ctx, path, MAX_BYTES, &text));
    TAC_TRY(tac_yaml_read(ctx, path, tac_buf_str(&text), text.n, &yaml));
    r.yaml = yaml;
    if (yaml->root == NULL || yaml->root->kind != TAC_YAML_LIST) {
        st = tac_fail_at(ctx, TAC_E_INPUT, &yaml->source,
                         yaml->root == NULL ? (tac_span){0, 0} : yaml->root->span,
                         "a list of changes is wanted, each such as - {at: 2 h, set: {k: 3}}");
        goto out;
    }
    for (size_t i = 0; i < yaml->root->n && !tac_ctx_is_full(ctx); i++) {
        read_entry(&r, yaml->root->items[i]);
    }
    st = r.result != TAC_OK ? r.result : hand_over(&r, changes_out, n_out);
out:
    tac_free(r.list);
    tac_yaml_free(yaml);
    tac_buf_free(&text);
    return st;
}
