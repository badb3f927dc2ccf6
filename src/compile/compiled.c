/* SPDX-License-Identifier: Apache-2.0 */
/* Emit, hash, find or compile, load; see compiled.h. */
#include "compile/compiled.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "compile/c_compiler.h"
#include "compile/code_cache.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Longer texts would take a compiler minutes. */
static const size_t MAX_TEXT = 8U << 20;

struct tac_compiled {
    tac_compiled_state state;
    char key[65];
    char note[TAC_CACHE_MAX_NOTE];
    bool was_cached;
    tac_code_cache cache;
    pid_t pid; /* of the compiler, or 0 */
    int file; /* open as long as the code is loaded, since its number is the name that the loader knows it by */
    void *handle; /* of the loader */
    const tac_kernel *kernel;
};

static void give_up(tac_compiled *c)
{
    c->state = TAC_COMPILED_IMPOSSIBLE;
}

/** Load the file that is open. The kernel's name holds the key: nothing else can be taken for it. */
static void load(tac_compiled *c)
{
    char path[64];
    char name[100];
    snprintf(path, sizeof path, "/proc/self/fd/%d", c->file);
    snprintf(name, sizeof name, "tactus_kernel_%s", c->key);
    c->handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    c->kernel = c->handle == NULL ? NULL : dlsym(c->handle, name);
    c->state = TAC_COMPILED_READY;
    if (c->kernel == NULL) {
        const char *why = dlerror();
        snprintf(c->note, sizeof c->note, "compiled code cannot be loaded: %.300s",
                 why == NULL ? "" : why);
        give_up(c);
    }
}

/** Name of the kernel's struct in the text, which is the last thing in it. */
static tac_status finish_text(tac_ctx *ctx, const tac_compiled *c, tac_buf *text)
{
    tac_buf_print(text,
                  "extern const struct kernel tactus_kernel_%s;\n"
                  "const struct kernel tactus_kernel_%s = {prepare, start, rhs, jac, observe, "
                  "conditions, events};\n",
                  c->key, c->key);
    return tac_buf_check(ctx, text);
}

static void find_or_compile(tac_compiled *c, const tac_c_compiler *cc, const tac_buf *text)
{
    c->file = tac_code_cache_find(&c->cache, c->key);
    if (c->file >= 0) {
        c->was_cached = true;
        load(c);
        return;
    }
    if (!tac_code_cache_begin(&c->cache, text->text, text->n, c->note)) {
        give_up(c);
        return;
    }
    c->pid = tac_c_compiler_start(cc, c->cache.work);
    if (c->pid <= 0) {
        c->pid = 0;
        snprintf(c->note, sizeof c->note, "the compiler cannot be started");
        give_up(c);
    }
}

tac_status tac_compiled_begin(tac_ctx *ctx, const tac_program *program, tac_compiled **compiled_out)
{
    tac_status st = TAC_OK;
    tac_compiled *c = NULL;
    tac_c_compiler cc;
    tac_sha256 hash;
    tac_buf text = TAC_BUF_INIT;
    void *memory = NULL;

    *compiled_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *c, &memory));
    c = memory;
    c->file = -1;
    c->cache = (tac_code_cache){.folder = -1, .work = -1};
    TAC_TRY(tac_program_emit_kernel(ctx, program, &text));
    tac_sha256_begin(&hash);
    tac_sha256_text(&hash, TAC_KERNEL_ABI);
    tac_sha256_add(&hash, text.text, text.n);
    if (text.n > MAX_TEXT) {
        snprintf(c->note, sizeof c->note, "%zu MB of C are too long for a compiler", text.n >> 20);
        give_up(c);
    } else if (!tac_c_compiler_find(&cc, c->note) || !tac_code_cache_open(&c->cache, c->note)
               || !tac_c_compiler_identify(&cc, &hash, c->note)) {
        give_up(c);
    } else {
        tac_sha256_end(&hash, c->key);
        TAC_TRY(finish_text(ctx, c, &text));
        find_or_compile(c, &cc, &text);
    }
    *compiled_out = c;
    c = NULL;
out:
    tac_buf_free(&text);
    tac_compiled_free(c);
    return st;
}

tac_compiled_state tac_compiled_look(tac_compiled *c, bool waits)
{
    bool is_fine = false;
    if (c->state != TAC_COMPILED_WORKING || !tac_c_compiler_ended(c->pid, waits, &is_fine)) {
        return c->state;
    }
    c->pid = 0;
    if (!is_fine) {
        snprintf(c->note, sizeof c->note, "the compiler fails");
        tac_code_cache_messages(&c->cache, c->note);
        give_up(c);
    } else if (!tac_code_cache_store(&c->cache, c->key, c->note)) {
        give_up(c);
    } else {
        c->file = tac_code_cache_find(&c->cache, c->key);
        if (c->file >= 0) {
            load(c);
        } else {
            snprintf(c->note, sizeof c->note, "compiled code is gone before it is loaded");
            give_up(c);
        }
    }
    tac_code_cache_close(&c->cache);
    return c->state;
}

const tac_kernel *tac_compiled_kernel(const tac_compiled *c)
{
    return c->state == TAC_COMPILED_READY ? c->kernel : NULL;
}

const char *tac_compiled_note(const tac_compiled *c)
{
    return c->note;
}

bool tac_compiled_was_cached(const tac_compiled *c)
{
    return c->was_cached;
}

void tac_compiled_free(tac_compiled *c)
{
    if (c == NULL) {
        return;
    }
    if (c->pid > 0) {
        tac_c_compiler_kill(c->pid);
    }
    tac_code_cache_close(&c->cache);
    if (c->handle != NULL) {
        (void)dlclose(c->handle);
    }
    if (c->file >= 0) {
        (void)close(c->file);
    }
    tac_free(c);
}
