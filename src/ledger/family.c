/* SPDX-License-Identifier: Apache-2.0 */
/* Families of studies are used whole or not at all; see family.h. */
#include "ledger/family.h"

#include "base/fail.h"
#include "base/suggest.h"
#include "embedded.h"

#include <string.h>

enum { MAX_SUGGEST = 512 };

tac_status tac_families_read(tac_ctx *ctx, tac_tsv **table_out)
{
    static const char *const COLUMNS[TAC_N_FAMILY_COLUMN] = {"family", "key", "studies"};
    const tac_source source = {"models/families.tsv", (const char *)tac_embedded_families_tsv,
                               tac_embedded_families_tsv_n};
    return tac_tsv_read(ctx, &source, TAC_N_FAMILY_COLUMN, COLUMNS, table_out);
}

static bool is_here(size_t n_study, tac_study *const *studies, const char *id, size_t n_id)
{
    for (size_t i = 0; i < n_study; i++) {
        if (strlen(studies[i]->id) == n_id && strncmp(studies[i]->id, id, n_id) == 0) {
            return true;
        }
    }
    return false;
}

/** All studies that the table lists for the family of study i must be here. */
static tac_status check_whole(tac_ctx *ctx, const tac_tsv *table, size_t n_study,
                              tac_study *const *studies, size_t i)
{
    const char *family = studies[i]->family;
    for (size_t row = 0; row < tac_tsv_n_row(table); row++) {
        const char *members = tac_tsv_cell(table, row, TAC_FAMILY_STUDIES);
        const bool is_family = strcmp(tac_tsv_cell(table, row, TAC_FAMILY), family) == 0;
        for (const char *at = members; is_family && *at != '\0'; at += strspn(at, " ")) {
            const size_t n = strcspn(at, " ");
            if (!is_here(n_study, studies, at, n)) {
                return tac_fail(
                    ctx, TAC_E_INPUT,
                    "%s: family '%s' is used whole or not at all, and its study %.*s is "
                    "not below this folder; give the folder that holds %s, or "
                    "--leave-out %s",
                    studies[i]->yaml->source.name, family, (int)n, at, members, family);
            }
            at += n;
        }
    }
    return TAC_OK;
}

tac_status tac_families_check_whole(tac_ctx *ctx, const tac_tsv *table, size_t n_study,
                                    tac_study *const *studies, const bool *is_used)
{
    for (size_t i = 0; i < n_study; i++) {
        const tac_status st = is_used[i] ? check_whole(ctx, table, n_study, studies, i) : TAC_OK;
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static tac_status refuse_part(tac_ctx *ctx, size_t n_study, tac_study *const *studies,
                              const tac_study *part)
{
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < n_study; i++) {
        if (strcmp(studies[i]->family, part->family) == 0) {
            tac_buf_print(&text, "%s%s", text.n > 0 ? ", " : "", studies[i]->id);
        }
    }
    const tac_status st =
        tac_fail(ctx, TAC_E_ARG,
                 "%s: '%s' is one study of family '%s', which is used whole or not at all; "
                 "--family %s is all of it (%s)",
                 part->yaml->source.name, part->id, part->family, part->family, tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

static tac_status refuse_unknown(tac_ctx *ctx, size_t n_study, tac_study *const *studies,
                                 const char *name)
{
    const char *words[MAX_SUGGEST];
    const size_t n = n_study < MAX_SUGGEST ? n_study : MAX_SUGGEST;
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < n; i++) {
        words[i] = studies[i]->family;
    }
    tac_suggest_print(&text, name, n, words);
    const tac_status st = tac_fail(ctx, TAC_E_ARG, "no family of these studies is called '%s'; %s",
                                   name, tac_buf_str(&text));
    tac_buf_free(&text);
    return st;
}

static tac_status mark_one(tac_ctx *ctx, size_t n_study, tac_study *const *studies,
                           const char *name, bool *is_named)
{
    bool is_family = false;
    const tac_study *part = NULL;
    for (size_t i = 0; i < n_study; i++) {
        if (strcmp(studies[i]->family, name) == 0) {
            is_named[i] = true;
            is_family = true;
        } else if (strcmp(studies[i]->id, name) == 0) {
            part = studies[i];
        }
    }
    return is_family      ? TAC_OK
           : part != NULL ? refuse_part(ctx, n_study, studies, part)
                          : refuse_unknown(ctx, n_study, studies, name);
}

tac_status tac_families_mark(tac_ctx *ctx, size_t n_study, tac_study *const *studies, size_t n_name,
                             const char *const *names, bool *is_named)
{
    for (size_t k = 0; k < n_name; k++) {
        const tac_status st = mark_one(ctx, n_study, studies, names[k], is_named);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}
