/* SPDX-License-Identifier: Apache-2.0 */
/* A YAML document as a tree of nodes that know where they stand; read with libyaml. */
#ifndef TAC_BASE_YAML_H
#define TAC_BASE_YAML_H

#include "base/source.h"

#include <stdbool.h>

typedef enum tac_yaml_kind { TAC_YAML_SCALAR, TAC_YAML_LIST, TAC_YAML_MAP } tac_yaml_kind;

typedef struct tac_yaml_node tac_yaml_node;

struct tac_yaml_node {
    tac_yaml_kind kind;
    tac_span span;         /* of the scalar, or of the first character of a list or map */
    const char *text;      /* scalar only, else NULL */
    bool is_quoted;        /* scalar only */
    size_t n;              /* members of a list or map */
    tac_yaml_node **items; /* list members, or the values of a map */
    tac_yaml_node **keys;  /* keys of a map (scalars), else NULL */
};

typedef struct tac_yaml {
    tac_source source;         /* own copy of the text */
    const tac_yaml_node *root; /* NULL for an empty document */
    void *memory;
} tac_yaml;

/**
 * Read one document.
 *
 * Ownership  *yaml_out is new: tac_yaml_free()
 * Errors     TAC_E_SYNTAX  not YAML, more than one document, anchors and aliases, depth over 50, a key twice,
 *                          bytes that are not UTF-8; the message has line, column and caret
 */
TAC_MUST_CHECK tac_status tac_yaml_read(tac_ctx *ctx, const char *name, const char *text, size_t n,
                                        tac_yaml **yaml_out);

/** Free the document; NULL is accepted. */
void tac_yaml_free(tac_yaml *yaml);

/** Value of a key of a map, or NULL. */
const tac_yaml_node *tac_yaml_get(const tac_yaml_node *map, const char *key);

#endif
