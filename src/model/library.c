/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a model and what they define. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "model/syntax.h"

#include <string.h>

static const size_t MAX_FILE_BYTES = 4U << 20;
static const size_t MAX_FILES = 200;

void tac_library_init(tac_library *library, tac_arena *arena, tac_unit_table *units)
{
    *library = (tac_library){.arena = arena, .units = units};
}

void tac_library_clear(tac_library *library)
{
    tac_free(library->sources);
    library->sources = NULL;
    library->n_source = 0;
}

/** Copy name and text into the arena and list them. */
static tac_status add_source(tac_ctx *ctx, tac_library *library, const char *name, const char *text,
                             size_t n)
{
    if (library->n_source == MAX_FILES) {
        return tac_fail(ctx, TAC_E_MODEL, "'%s': a model of more than %zu files", name, MAX_FILES);
    }
    tac_source *sources = tac_realloc(library->sources, library->n_source + 1, sizeof *sources);
    if (sources != NULL) {
        library->sources = sources;
    }
    const char *name_copy = tac_arena_text(library->arena, name, strlen(name));
    const char *text_copy = tac_arena_text(library->arena, text, n);
    if (sources == NULL || name_copy == NULL || text_copy == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    sources[library->n_source++] = (tac_source){name_copy, text_copy, n};
    return TAC_OK;
}

tac_status tac_library_read(tac_ctx *ctx, tac_library *library, const char *path, const char *text,
                            size_t n)
{
    tac_status st = TAC_OK;
    tac_buf buf = TAC_BUF_INIT;
    if (text == NULL) {
        TAC_TRY(tac_file_read(ctx, path, MAX_FILE_BYTES, &buf));
        text = tac_buf_str(&buf);
        n = buf.n;
    } else if (n > MAX_FILE_BYTES) {
        st = tac_fail(ctx, TAC_E_FILE, "'%s' is larger than 4 MB", path);
        goto out;
    }
    TAC_TRY(add_source(ctx, library, path, text, n));
    library->depth++;
    st = tac_parse_source(ctx, library, (uint32_t)library->n_source - 1);
    library->depth--;
out:
    tac_buf_free(&buf);
    return st;
}

const tac_module *tac_library_module(const tac_library *library, const char *name)
{
    const tac_module *m = library->modules;
    while (m != NULL && strcmp(m->name, name) != 0) {
        m = m->next;
    }
    return m;
}

const tac_function *tac_library_function(const tac_library *library, const char *name)
{
    const tac_function *f = library->functions;
    while (f != NULL && strcmp(f->name, name) != 0) {
        f = f->next;
    }
    return f;
}
