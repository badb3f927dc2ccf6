/* SPDX-License-Identifier: Apache-2.0 */
/* Reads models/claims.yaml. */
#include "study/claims.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "embedded.h"

#include <string.h>

static tac_status text_of(tac_ctx *ctx, const tac_yaml *doc, const tac_yaml_node *map,
                          const char *key, const char **text_out)
{
    const tac_yaml_node *node = tac_yaml_get(map, key);
    if (node == NULL || node->kind != TAC_YAML_SCALAR) {
        return tac_fail_at(ctx, TAC_E_SYNTAX, &doc->source, map->span, "a claim needs '%s: text'",
                           key);
    }
    *text_out = node->text;
    return TAC_OK;
}

/** A list of words; a key that is not there is an empty list. */
static tac_status words_of(tac_ctx *ctx, const tac_yaml *doc, const tac_yaml_node *map,
                           const char *key, const char ***words_out, size_t *n_out)
{
    const tac_yaml_node *node = tac_yaml_get(map, key);
    void *memory = NULL;
    if (node == NULL) {
        return TAC_OK;
    }
    if (node->kind != TAC_YAML_LIST) {
        return tac_fail_at(ctx, TAC_E_SYNTAX, &doc->source, node->span, "'%s' is a list of words",
                           key);
    }
    tac_status st = tac_alloc(ctx, node->n, sizeof **words_out, &memory);
    *words_out = memory;
    for (size_t i = 0; st == TAC_OK && i < node->n; i++) {
        if (node->items[i]->kind != TAC_YAML_SCALAR) {
            st = tac_fail_at(ctx, TAC_E_SYNTAX, &doc->source, node->items[i]->span,
                             "a word is wanted here");
        } else {
            (*words_out)[i] = node->items[i]->text;
            *n_out = i + 1;
        }
    }
    return st;
}

static tac_status read_claim(tac_ctx *ctx, const tac_yaml *doc, const tac_yaml_node *map,
                             tac_claim *claim)
{
    tac_status st = TAC_OK;
    TAC_TRY(text_of(ctx, doc, map, "id", &claim->id));
    TAC_TRY(text_of(ctx, doc, map, "claim", &claim->claim));
    TAC_TRY(text_of(ctx, doc, map, "grade", &claim->grade));
    TAC_TRY(text_of(ctx, doc, map, "points", &claim->points));
    TAC_TRY(text_of(ctx, doc, map, "sentence", &claim->sentence));
    if (tac_yaml_get(map, "programme") != NULL) {
        TAC_TRY(text_of(ctx, doc, map, "programme", &claim->programme));
    }
    TAC_TRY(words_of(ctx, doc, map, "observables", &claim->observables, &claim->n_observable));
    TAC_TRY(words_of(ctx, doc, map, "rows", &claim->rows, &claim->n_row));
out:
    return st;
}

tac_status tac_claims_read(tac_ctx *ctx, tac_claims *claims_out)
{
    tac_status st = TAC_OK;
    tac_claims claims = {0};
    void *memory = NULL;

    *claims_out = claims;
    TAC_TRY(tac_yaml_read(ctx, "models/claims.yaml", (const char *)tac_embedded_claims_yaml,
                          tac_embedded_claims_yaml_n, &claims.document));
    const tac_yaml_node *root = claims.document->root;
    if (root == NULL || root->kind != TAC_YAML_LIST) {
        st = tac_fail(ctx, TAC_E_SYNTAX, "models/claims.yaml: a list of claims is wanted");
        goto out;
    }
    TAC_TRY(tac_alloc(ctx, root->n, sizeof *claims.items, &memory));
    claims.items = memory;
    claims.n = root->n;
    for (size_t i = 0; i < root->n; i++) {
        TAC_TRY(read_claim(ctx, claims.document, root->items[i], &claims.items[i]));
    }
    *claims_out = claims;
    claims = (tac_claims){0};
out:
    tac_claims_free(&claims);
    return st;
}

void tac_claims_free(tac_claims *claims)
{
    for (size_t i = 0; i < claims->n; i++) {
        tac_free(claims->items[i].observables);
        tac_free(claims->items[i].rows);
    }
    tac_free(claims->items);
    tac_yaml_free(claims->document);
    *claims = (tac_claims){0};
}

const tac_claim *tac_claims_of_row(const tac_claims *claims, const char *observable)
{
    for (size_t i = 0; i < claims->n; i++) {
        for (size_t k = 0; k < claims->items[i].n_row; k++) {
            if (strcmp(claims->items[i].rows[k], observable) == 0) {
                return &claims->items[i];
            }
        }
    }
    return NULL;
}
