/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a model and what they define. */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "model/sbml.h"

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
    library->open[library->depth++] = (uint32_t)library->n_source - 1;
    const uint32_t source = (uint32_t)library->n_source - 1;
    st = tac_sbml_is(text, n) ? tac_sbml_read(ctx, library, source)
                              : tac_parse_source(ctx, library, source);
    library->depth--;
out:
    tac_buf_free(&buf);
    return st;
}

const char *tac_path_beside(tac_arena *arena, const char *from, const char *name)
{
    const char *slash = name[0] == '/' ? NULL : strrchr(from, '/');
    const size_t n_folder = slash == NULL ? 0 : (size_t)(slash - from) + 1;
    char *path = tac_arena_alloc(arena, n_folder + strlen(name) + 1);
    if (path != NULL) {
        memcpy(path, from, n_folder);
        memcpy(path + n_folder, name, strlen(name));
    }
    return path;
}

/**
 * The last part of a path before `end` that counts: "." does not, ".." takes the part before it along.
 *
 * At the front of the path *n_out is 0, and *n_up_out the number of ".." that are left over.
 */
static const char *last_part(const char *path, const char *end, size_t *n_out, size_t *n_up_out)
{
    for (;;) {
        while (end > path && end[-1] == '/') {
            end--;
        }
        const char *begin = end;
        while (begin > path && begin[-1] != '/') {
            begin--;
        }
        *n_out = (size_t)(end - begin);
        const bool is_up = *n_out == 2 && memcmp(begin, "..", 2) == 0;
        const bool is_here = *n_out == 1 && begin[0] == '.';
        if (*n_out == 0 || (!is_up && !is_here && *n_up_out == 0)) {
            return begin;
        }
        if (is_up) {
            ++*n_up_out;
        } else if (!is_here) {
            --*n_up_out;
        }
        end = begin;
    }
}

bool tac_path_same(const char *a, const char *b)
{
    const char *end_a = a + strlen(a);
    const char *end_b = b + strlen(b);
    size_t n_a = 1;
    size_t n_b = 1;
    size_t n_up_a = 0;
    size_t n_up_b = 0;
    while (n_a > 0 && n_a == n_b) {
        end_a = last_part(a, end_a, &n_a, &n_up_a);
        end_b = last_part(b, end_b, &n_b, &n_up_b);
        if (n_a == n_b && memcmp(end_a, end_b, n_a) != 0) {
            return false;
        }
    }
    return n_a == n_b && n_up_a == n_up_b && (a[0] == '/') == (b[0] == '/');
}

const tac_module *tac_library_module(const tac_library *library, const char *name)
{
    const tac_module *m = library->modules;
    while (m != NULL && strcmp(m->name, name) != 0) {
        m = m->next;
    }
    return m;
}

/* Functions of SBML that one operation does not give. */
static const char BUILT_IN[] =
    "function sec(x) 1/cos(x); end\n"
    "function csc(x) 1/sin(x); end\n"
    "function cot(x) 1/tan(x); end\n"
    "function sech(x) 1/cosh(x); end\n"
    "function csch(x) 1/sinh(x); end\n"
    "function coth(x) 1/tanh(x); end\n"
    "function arcsec(x) acos(1/x); end\n"
    "function arccsc(x) asin(1/x); end\n"
    "function arccot(x) atan(1/x); end\n"
    "function arcsinh(x) piecewise(-ln(abs(x) + sqrt(x*x + 1)), x < 0, ln(abs(x) + sqrt(x*x + 1))); end\n"
    "function arccosh(x) ln(x + sqrt(x*x - 1)); end\n"
    "function arctanh(x) 0.5*ln((1 + x)/(1 - x)); end\n"
    "function arcsech(x) arccosh(1/x); end\n"
    "function arccsch(x) arcsinh(1/x); end\n"
    "function arccoth(x) arctanh(1/x); end\n"
    "function asinh(x) arcsinh(x); end\n"
    "function acosh(x) arccosh(x); end\n"
    "function atanh(x) arctanh(x); end\n"
    "function root(n, x) x^(1/n); end\n"
    "function log(base, x) ln(x)/ln(base); end\n"
    "function quotient(a, b) piecewise(floor(a/b), a/b >= 0, ceil(a/b)); end\n"
    "function rem(a, b) a - b*quotient(a, b); end\n"
    "function xor(a, b) (a != 0) != (b != 0); end\n"
    "function implies(a, b) !a || b; end\n";

static const tac_function *function_in(const tac_function *f, const char *name)
{
    while (f != NULL && strcmp(f->name, name) != 0) {
        f = f->next;
    }
    return f;
}

const tac_function *tac_library_function(const tac_library *library, const char *name)
{
    const tac_function *f = function_in(library->functions, name);
    return f != NULL ? f : function_in(library->built_in, name);
}

tac_status tac_library_find_function(tac_ctx *ctx, tac_library *library, const char *name,
                                     const tac_function **function_out)
{
    tac_status st = TAC_OK;
    *function_out = tac_library_function(library, name);
    if (*function_out != NULL || library->built_in != NULL) {
        return TAC_OK;
    }
    tac_function *own = library->functions;
    library->functions = NULL;
    TAC_TRY(add_source(ctx, library, "built-in functions", BUILT_IN, sizeof BUILT_IN - 1));
    TAC_TRY(tac_parse_source(ctx, library, (uint32_t)library->n_source - 1));
out:
    library->built_in = library->functions;
    library->functions = own;
    *function_out = tac_library_function(library, name);
    return st;
}
