/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the little of BibTeX that references.bib uses. */
#include "sim/references.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/map.h"

#include <ctype.h>
#include <string.h>

struct tac_references {
    tac_arena *arena;
    tac_map *by_key; /* key -> index of its line */
    const char **lines;
    size_t n_line;
};

/* The fields of the line, in its order, with the text before each. */
static const struct {
    const char *name;
    const char *before;
} PARTS[] = {{"author", ""},      {"title", ". "},     {"journal", ". "}, {"booktitle", ". "},
             {"publisher", ". "}, {"year", " "},       {"volume", ";"},   {"pages", ":"},
             {"doi", ". doi:"},   {"pmid", ". PMID "}, {"url", ". "},     {"note", ". "}};

#define N_PART (sizeof PARTS / sizeof PARTS[0])

typedef struct entry {
    tac_span key;
    tac_span parts[N_PART]; /* n = 0: not given */
} entry;

typedef struct cursor {
    tac_ctx *ctx;
    const tac_source *source;
    size_t i;
} cursor;

static char now(const cursor *c)
{
    return c->i < c->source->n ? c->source->text[c->i] : '\0';
}

static void skip_space(cursor *c)
{
    while (isspace((unsigned char)now(c)) || now(c) == ',') {
        c->i++;
    }
}

static tac_span word(cursor *c)
{
    const size_t begin = c->i;
    while (isalnum((unsigned char)now(c)) || (now(c) != '\0' && strchr("_-:.+/", now(c)) != NULL)) {
        c->i++;
    }
    return (tac_span){(uint32_t)begin, (uint32_t)(c->i - begin)};
}

static tac_status wrong(const cursor *c, size_t at, const char *what)
{
    return tac_fail_at(c->ctx, TAC_E_SYNTAX, c->source, (tac_span){(uint32_t)at, 1}, "%s", what);
}

/** A value in braces (which may nest), in quotes, or a bare number. */
static tac_status value(cursor *c, tac_span *span_out)
{
    const size_t begin = c->i;
    if (now(c) != '{' && now(c) != '"') {
        *span_out = word(c);
        return span_out->n > 0 ? TAC_OK : wrong(c, begin, "a value in { } is missing");
    }
    const char close = now(c) == '{' ? '}' : '"';
    int depth = 0;
    for (c->i++; c->i < c->source->n; c->i++) {
        if (now(c) == close && depth == 0) {
            *span_out = (tac_span){(uint32_t)begin + 1, (uint32_t)(c->i - begin - 1)};
            c->i++;
            return TAC_OK;
        }
        depth += now(c) == '{' ? 1 : now(c) == '}' ? -1 : 0;
    }
    return wrong(c, begin, "this value does not end");
}

static void keep_part(const cursor *c, entry *e, tac_span name, tac_span text)
{
    for (size_t k = 0; k < N_PART; k++) {
        if (strlen(PARTS[k].name) == name.n
            && memcmp(PARTS[k].name, c->source->text + name.offset, name.n) == 0) {
            e->parts[k] = text;
        }
    }
}

/** One entry after its '@'. */
static tac_status read_entry(cursor *c, entry *e)
{
    const size_t begin = c->i;
    *e = (entry){0};
    (void)word(c);
    skip_space(c);
    if (now(c) != '{') {
        return wrong(c, c->i, "'{' must follow the kind of an entry");
    }
    for (c->i++; isspace((unsigned char)now(c));) {
        c->i++;
    }
    e->key = word(c);
    if (e->key.n == 0) {
        return wrong(c, c->i, "an entry needs a key");
    }
    for (skip_space(c); now(c) != '}'; skip_space(c)) {
        tac_span text = {0, 0};
        const tac_span name = word(c);
        skip_space(c);
        if (name.n == 0 || now(c) != '=') {
            return c->i >= c->source->n ? wrong(c, begin, "this entry does not end")
                                        : wrong(c, c->i, "'name = {text}' is wanted here");
        }
        c->i++;
        skip_space(c);
        const tac_status st = value(c, &text);
        if (st != TAC_OK) {
            return st;
        }
        keep_part(c, e, name, text);
    }
    c->i++;
    return TAC_OK;
}

/** Append a field without its inner braces and with single spaces. */
static void add_part(tac_buf *line, const tac_source *source, tac_span part)
{
    bool is_space = false;
    for (size_t i = part.offset; i < (size_t)part.offset + part.n; i++) {
        const char ch = source->text[i];
        if (isspace((unsigned char)ch)) {
            is_space = true;
        } else if (ch != '{' && ch != '}') {
            tac_buf_text(line, is_space ? " " : "");
            tac_buf_add(line, &ch, 1);
            is_space = false;
        }
    }
}

static tac_status add_line(tac_ctx *ctx, tac_references *refs, const tac_source *source,
                           const entry *e)
{
    tac_status st = TAC_OK;
    uint32_t before = 0;
    tac_buf line = TAC_BUF_INIT;
    const char *key = source->text + e->key.offset;

    if (tac_map_get(refs->by_key, key, e->key.n, &before)) {
        st = tac_fail_at(ctx, TAC_E_SYNTAX, source, e->key, "this key stands here a second time");
        goto out;
    }
    for (size_t k = 0; k < N_PART; k++) {
        if (e->parts[k].n > 0) {
            tac_buf_text(&line, line.n == 0 ? "" : PARTS[k].before);
            add_part(&line, source, e->parts[k]);
        }
    }
    TAC_TRY(tac_buf_check(ctx, &line));
    const char **lines = tac_realloc(refs->lines, refs->n_line + 1, sizeof *lines);
    if (lines == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    refs->lines = lines;
    lines[refs->n_line] = tac_arena_text(refs->arena, tac_buf_str(&line), line.n);
    if (lines[refs->n_line] == NULL
        || !tac_map_set(refs->by_key, key, e->key.n, (uint32_t)refs->n_line)) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    refs->n_line++;
out:
    tac_buf_free(&line);
    return st;
}

tac_status tac_references_read(tac_ctx *ctx, const tac_source *source,
                               tac_references **references_out)
{
    tac_status st = TAC_OK;
    tac_references *refs = NULL;
    void *memory = NULL;
    cursor c = {ctx, source, 0};

    *references_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *refs, &memory));
    refs = memory;
    refs->arena = tac_arena_create();
    refs->by_key = tac_map_create();
    if (refs->arena == NULL || refs->by_key == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    while (c.i < source->n) {
        entry e;
        if (source->text[c.i] == '%') { /* a comment line */
            while (c.i < source->n && source->text[c.i] != '\n') {
                c.i++;
            }
        } else if (source->text[c.i++] == '@') {
            TAC_TRY(read_entry(&c, &e));
            TAC_TRY(add_line(ctx, refs, source, &e));
        }
    }
    *references_out = refs;
    refs = NULL;
out:
    tac_references_free(refs);
    return st;
}

void tac_references_free(tac_references *references)
{
    if (references != NULL) {
        tac_map_free(references->by_key);
        tac_free(references->lines);
        tac_arena_free(references->arena);
        tac_free(references);
    }
}

const char *tac_references_line(const tac_references *references, const char *key)
{
    uint32_t i = 0;
    return tac_map_get(references->by_key, key, strlen(key), &i) ? references->lines[i] : NULL;
}
