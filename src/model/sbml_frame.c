/* SPDX-License-Identifier: Apache-2.0 */
/* Looks over XML before libSBML does; see sbml_frame.h. */
#include "model/sbml_frame.h"

#include <stdbool.h>
#include <string.h>

/* Elements inside each other, and arguments of one operation: libSBML calls itself for each of them. */
enum { MAX_XML_DEPTH = 250, MAX_ARGUMENTS = 50000 };

/** One tag's effect on the depth; text begins behind its '<'. */
static int step_of(const char *text, size_t n)
{
    if (n == 0 || text[0] == '?' || text[0] == '!') {
        return 0;
    }
    return text[0] == '/' ? -1 : text[n - 1] == '/' ? 0 : 1;
}

/** The '>' of a tag, quoted ones passed over; NULL when it is missing. */
static const char *end_of_tag(const char *at, const char *end)
{
    char quote = '\0';
    for (; at < end; at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (*at == '>') {
            return at;
        }
    }
    return NULL;
}

/** SBML has no document type; one that stands there declares entities, which may grow without end or name files. */
static bool is_doctype(const char *at, const char *end)
{
    static const char WORD[] = "<!DOCTYPE";
    return (size_t)(end - at) >= sizeof WORD && memcmp(at, WORD, sizeof WORD - 1) == 0;
}

tac_status tac_sbml_check_frame(tac_ctx *ctx, const tac_source *source)
{
    const char *end = source->text + source->n;
    size_t n_child[MAX_XML_DEPTH + 1] = {0};
    int depth = 0;
    const char *at = memchr(source->text, '<', source->n);
    while (at != NULL) {
        const bool is_comment = end - at > 4 && memcmp(at, "<!--", 4) == 0;
        const char *close = is_comment ? strstr(at, "-->") : end_of_tag(at, end);
        if (close == NULL) {
            return TAC_OK; /* not whole, libSBML says so */
        }
        const int step = step_of(at + 1, (size_t)(close - at) - 1);
        const size_t n_so_far = step < 0 ? 0 : ++n_child[depth];
        depth += step;
        const tac_span span = {(uint32_t)(at - source->text), 1};
        if (depth < 0) {
            return TAC_OK; /* not well-formed, libSBML says so */
        }
        if (depth == 0 && is_doctype(at, end)) {
            return tac_fail_at(ctx, TAC_E_SYNTAX, source, span,
                               "a document type (DOCTYPE) with its entities is not read; SBML "
                               "needs none");
        }
        if (depth > MAX_XML_DEPTH || n_so_far > MAX_ARGUMENTS) {
            return tac_fail_at(ctx, TAC_E_SYNTAX, source, span,
                               "more than %d elements inside each other, or %d in one",
                               MAX_XML_DEPTH, MAX_ARGUMENTS);
        }
        if (step > 0) {
            n_child[depth] = 0;
        }
        at = memchr(close, '<', (size_t)(end - close));
    }
    return TAC_OK;
}
