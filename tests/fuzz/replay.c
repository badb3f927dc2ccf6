/* SPDX-License-Identifier: Apache-2.0 */
/* Gives each file of some folders to a fuzz target, without a fuzzer: the corpus as an ordinary test. */
#include "base/buf.h"
#include "base/file.h"
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

static const size_t MAX_BYTES = 4U << 20;

static int replay_file(const char *path)
{
    tac_ctx *ctx = tac_ctx_create();
    tac_buf text = TAC_BUF_INIT;
    const int is_read = ctx != NULL && tac_file_read(ctx, path, MAX_BYTES, &text) == TAC_OK;
    if (is_read) {
        (void)LLVMFuzzerTestOneInput((const uint8_t *)tac_buf_str(&text), text.n);
    }
    tac_buf_free(&text);
    tac_ctx_free(ctx);
    return is_read;
}

/** The number of files in a folder that were given to the target. */
static int replay_folder(const char *folder)
{
    int n = 0;
    DIR *directory = opendir(folder);
    for (struct dirent *e = NULL; directory != NULL && (e = readdir(directory)) != NULL;) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        n += e->d_name[0] != '.' ? replay_file(path) : 0;
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return n;
}

int main(int argc, char **argv)
{
    int n = 0;
    for (int i = 1; i < argc; i++) {
        n += replay_folder(argv[i]);
    }
    printf("%d inputs replayed\n", n);
    return n > 0 ? 0 : 1;
}
