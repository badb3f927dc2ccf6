/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the tree of yaml.h from libyaml's events. */
#include "base/yaml.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"

#include <string.h>
#include <yaml.h>

#define MAX_DEPTH 50

/* Each key is compared with those before it: nobody writes more by hand. */
static const size_t MAX_KEYS = 5000;

/* A list or map that is being read, with room to grow. */
typedef struct level {
    tac_yaml_node *node;
    size_t cap;
    tac_yaml_node *key; /* map: the key whose value comes next */
} level;

typedef struct reader {
    tac_ctx *ctx;
    tac_yaml *yaml;
    tac_arena *arena;
    yaml_parser_t parser;
    level levels[MAX_DEPTH];
    size_t depth;
    size_t walk_index; /* characters and bytes up to the last mark that was asked for */
    size_t walk_offset;
    bool is_done;
} reader;

void tac_yaml_free(tac_yaml *yaml)
{
    if (yaml != NULL) {
        tac_arena_free(yaml->memory);
        tac_free(yaml);
    }
}

const tac_yaml_node *tac_yaml_get(const tac_yaml_node *map, const char *key)
{
    if (map == NULL || map->kind != TAC_YAML_MAP) {
        return NULL;
    }
    for (size_t i = 0; i < map->n; i++) {
        if (strcmp(map->keys[i]->text, key) == 0) {
            return map->items[i];
        }
    }
    return NULL;
}

static tac_status no_memory(const reader *r)
{
    return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
}

static tac_status refuse(const reader *r, tac_span span, const char *what)
{
    return tac_fail_at(r->ctx, TAC_E_SYNTAX, &r->yaml->source, span, "%s", what);
}

/**
 * The byte offset of a mark: libyaml counts characters. Marks mostly ascend, so the walk goes on from the
 * last one, and a large file costs no more than reading it once.
 */
static uint32_t offset_of(reader *r, yaml_mark_t mark)
{
    const tac_source *source = &r->yaml->source;
    if (mark.index < r->walk_index) {
        r->walk_index = 0;
        r->walk_offset = 0;
    }
    while (r->walk_index < mark.index && r->walk_offset < source->n) {
        r->walk_offset++;
        while (r->walk_offset < source->n
               && ((unsigned char)source->text[r->walk_offset] & 0xC0U) == 0x80U) {
            r->walk_offset++;
        }
        r->walk_index++;
    }
    return (uint32_t)r->walk_offset;
}

static tac_span span_of(reader *r, const yaml_event_t *event)
{
    const uint32_t from = offset_of(r, event->start_mark);
    const uint32_t to = offset_of(r, event->end_mark);
    return (tac_span){from, to > from ? to - from : 1};
}

static tac_yaml_node *new_node(reader *r, tac_yaml_kind kind, const yaml_event_t *event)
{
    tac_yaml_node *node = tac_arena_alloc(r->arena, sizeof *node);
    if (node != NULL) {
        node->kind = kind;
        node->span = span_of(r, event);
        if (kind != TAC_YAML_SCALAR) {
            node->span.n = 1;
        }
    }
    return node;
}

/** Double the room of a list or map in the arena. */
static bool make_room(const reader *r, level *top)
{
    if (top->node->n < top->cap) {
        return true;
    }
    const size_t cap = top->cap == 0 ? 8 : 2 * top->cap;
    tac_yaml_node **items = tac_arena_alloc(r->arena, cap * sizeof *items);
    tac_yaml_node **keys = tac_arena_alloc(r->arena, cap * sizeof *keys);
    if (items == NULL || keys == NULL) {
        return false;
    }
    if (top->node->n > 0) {
        memcpy(items, top->node->items, top->node->n * sizeof *items);
        memcpy(keys, top->node->keys, top->node->n * sizeof *keys);
    }
    top->node->items = items;
    top->node->keys = keys;
    top->cap = cap;
    return true;
}

/** Put a finished or just opened node where it belongs: root, list member, key or value. */
static tac_status attach(reader *r, tac_yaml_node *node)
{
    if (r->depth == 0) {
        r->yaml->root = node;
        return TAC_OK;
    }
    level *top = &r->levels[r->depth - 1];
    if (top->node->kind == TAC_YAML_MAP && top->key == NULL) {
        if (node->kind != TAC_YAML_SCALAR) {
            return refuse(r, node->span, "a key must be a plain word");
        }
        if (top->node->n == MAX_KEYS) {
            return refuse(r, node->span, "more than 5000 keys in one map");
        }
        if (tac_yaml_get(top->node, node->text) != NULL) {
            return tac_fail_at(r->ctx, TAC_E_SYNTAX, &r->yaml->source, node->span,
                               "the key '%s' stands here a second time", node->text);
        }
        top->key = node;
        return TAC_OK;
    }
    if (!make_room(r, top)) {
        return no_memory(r);
    }
    top->node->items[top->node->n] = node;
    top->node->keys[top->node->n] = top->key;
    top->node->n++;
    top->key = NULL;
    return TAC_OK;
}

static tac_status open_level(reader *r, tac_yaml_kind kind, const yaml_event_t *event)
{
    tac_yaml_node *node = new_node(r, kind, event);
    if (node == NULL) {
        return no_memory(r);
    }
    if (r->depth == MAX_DEPTH) {
        return refuse(r, node->span, "nested deeper than 50 levels");
    }
    const tac_status st = attach(r, node);
    if (st == TAC_OK) {
        r->levels[r->depth++] = (level){node, 0, NULL};
    }
    return st;
}

static tac_status add_scalar(reader *r, const yaml_event_t *event)
{
    tac_yaml_node *node = new_node(r, TAC_YAML_SCALAR, event);
    if (node == NULL) {
        return no_memory(r);
    }
    if (strlen((const char *)event->data.scalar.value) != event->data.scalar.length) {
        return refuse(r, node->span, "a text with a zero byte in it");
    }
    node->text =
        tac_arena_text(r->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    node->is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node->text == NULL ? no_memory(r) : attach(r, node);
}

static tac_status take_event(reader *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT: return add_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT: return open_level(r, TAC_YAML_LIST, event);
    case YAML_MAPPING_START_EVENT: return open_level(r, TAC_YAML_MAP, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT: r->depth--; return TAC_OK;
    case YAML_ALIAS_EVENT:
        return refuse(r, span_of(r, event), "aliases (*name) are not read here; write it out");
    case YAML_DOCUMENT_START_EVENT:
        if (r->yaml->root != NULL) {
            return refuse(r, span_of(r, event), "a second document starts here; one is allowed");
        }
        return TAC_OK;
    case YAML_STREAM_END_EVENT: r->is_done = true; return TAC_OK;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT: return TAC_OK;
    }
    return TAC_OK;
}

/** What people most often meant where libyaml speaks of tokens and contexts; "" where nobody knows. */
static const char *hint_of(const reader *r, const char *problem, size_t offset)
{
    if (offset < r->yaml->source.n && r->yaml->source.text[offset] == '\t') {
        return " (a tab: YAML is indented with spaces)";
    }
    if (strcmp(problem, "mapping values are not allowed in this context") == 0) {
        return " (a text with a colon in it wants quotes)";
    }
    return "";
}

/** Say what libyaml found wrong, at the place it names. */
static tac_status say_problem(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR) {
        return no_memory(r);
    }
    const char *problem = p->problem == NULL ? "not YAML" : p->problem;
    if (p->error == YAML_READER_ERROR) {
        const size_t n = r->yaml->source.n;
        const tac_span span = {(uint32_t)(p->problem_offset < n ? p->problem_offset : n), 1};
        return tac_fail_at(r->ctx, TAC_E_SYNTAX, &r->yaml->source, span,
                           "not a text file in UTF-8 (%s)", problem);
    }
    const tac_span span = {offset_of(r, p->problem_mark), 1};
    return tac_fail_at(r->ctx, TAC_E_SYNTAX, &r->yaml->source, span, "not YAML: %s%s%s%s", problem,
                       p->context == NULL ? "" : ", ", p->context == NULL ? "" : p->context,
                       hint_of(r, problem, span.offset));
}

static tac_status read_events(reader *r)
{
    tac_status st = TAC_OK;
    while (st == TAC_OK && !r->is_done) {
        yaml_event_t event;
        if (yaml_parser_parse(&r->parser, &event) == 0) {
            return say_problem(r);
        }
        st = take_event(r, &event);
        yaml_event_delete(&event);
    }
    return st;
}

tac_status tac_yaml_read(tac_ctx *ctx, const char *name, const char *text, size_t n,
                         tac_yaml **yaml_out)
{
    tac_status st = TAC_OK;
    reader r = {.ctx = ctx};
    void *memory = NULL;
    bool has_parser = false;

    *yaml_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *r.yaml, &memory));
    r.yaml = memory;
    r.arena = tac_arena_create();
    r.yaml->memory = r.arena;
    if (r.arena != NULL) {
        r.yaml->source.name = tac_arena_text(r.arena, name, strlen(name));
        r.yaml->source.text = tac_arena_text(r.arena, text, n);
        r.yaml->source.n = n;
    }
    if (r.arena == NULL || r.yaml->source.name == NULL || r.yaml->source.text == NULL
        || yaml_parser_initialize(&r.parser) == 0) {
        st = no_memory(&r);
        goto out;
    }
    has_parser = true;
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.yaml->source.text, n);
    TAC_TRY(read_events(&r));
    *yaml_out = r.yaml;
    r.yaml = NULL;
out:
    if (has_parser) {
        yaml_parser_delete(&r.parser);
    }
    tac_yaml_free(r.yaml);
    return st;
}
