/* SPDX-License-Identifier: Apache-2.0 */
/* Names, SBO terms, annotations and notes of SBML elements. */
#include "model/sbml_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Words that are longer are cut. */
enum { MAX_WORDS = 1000 };

static tac_status add(tac_sbml_reader *r, const char *id, const char *kind, const char *text)
{
    tac_statement *s = tac_arena_alloc(r->library->arena, sizeof *s);
    const char *name = tac_sbml_text(r, id);
    const char *kept = tac_sbml_text(r, text);
    if (s == NULL || name == NULL || kept == NULL) {
        return tac_sbml_no_memory(r);
    }
    *s = (tac_statement){.kind = TAC_STATEMENT_ABOUT,
                         .name = name,
                         .span = r->span,
                         .whole = r->span,
                         .note = "",
                         .other = kind,
                         .text = kept};
    *r->module->end = s;
    r->module->end = &s->next;
    return TAC_OK;
}

static tac_status add_terms(tac_sbml_reader *r, const char *id, SBase_t *element)
{
    tac_status st = TAC_OK;
    for (unsigned i = 0; i < SBase_getNumCVTerms(element); i++) {
        CVTerm_t *term = SBase_getCVTerm(element, i);
        const bool is_of_model = CVTerm_getQualifierType(term) == MODEL_QUALIFIER;
        const char *qualifier =
            is_of_model ? ModelQualifierType_toString(CVTerm_getModelQualifierType(term))
                        : BiolQualifierType_toString(CVTerm_getBiologicalQualifierType(term));
        const char *kind =
            qualifier == NULL ? NULL : tac_about_of_qualifier(qualifier, is_of_model);
        for (unsigned k = 0; st == TAC_OK && kind != NULL && k < CVTerm_getNumResources(term);
             k++) {
            char *resource = CVTerm_getResourceURI(term, k);
            st = resource == NULL ? TAC_OK : add(r, id, kind, resource);
            util_free(resource);
        }
    }
    return st;
}

/** The words of an XHTML text, without marks, runs of blanks as one. */
static void take_words(const char *xhtml, char *words)
{
    size_t n = 0;
    bool is_inside = false; /* of a mark */
    for (const char *c = xhtml; *c != '\0' && n + 2 < MAX_WORDS; c++) {
        is_inside = *c == '<' || is_inside;
        if (!is_inside && !isspace((unsigned char)*c)) {
            words[n++] = *c;
        } else if (n > 0 && words[n - 1] != ' ') {
            words[n++] = ' ';
        }
        is_inside = *c == '>' ? false : is_inside;
    }
    while (n > 0 && words[n - 1] == ' ') {
        n--;
    }
    words[n] = '\0';
}

/** &lt; and the like as they are meant, in place. */
static void unescape(char *text)
{
    static const char *const NAMES[][2] = {
        {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
    char *to = text;
    for (const char *c = text; *c != '\0';) {
        size_t k = 0;
        while (k < sizeof NAMES / sizeof NAMES[0]
               && strncmp(c, NAMES[k][0], strlen(NAMES[k][0])) != 0) {
            k++;
        }
        const bool is_name = k < sizeof NAMES / sizeof NAMES[0];
        *to++ = is_name ? NAMES[k][1][0] : *c;
        c += is_name ? strlen(NAMES[k][0]) : 1;
    }
    *to = '\0';
}

tac_status tac_sbml_note(const tac_sbml_reader *r, SBase_t *element, const char **note_out)
{
    char words[MAX_WORDS];
    *note_out = "";
    if (!SBase_isSetNotes(element)) {
        return TAC_OK;
    }
    char *xhtml = SBase_getNotesString(element);
    if (xhtml == NULL) {
        return TAC_OK;
    }
    take_words(xhtml, words);
    util_free(xhtml);
    unescape(words);
    *note_out = tac_sbml_text(r, words);
    return *note_out == NULL ? tac_sbml_no_memory(r) : TAC_OK;
}

tac_status tac_sbml_about(tac_sbml_reader *r, const char *id, SBase_t *element)
{
    char term[32];
    const char *name = SBase_getName(element);
    tac_status st = TAC_OK;
    if (name != NULL && name[0] != '\0' && strcmp(name, id) != 0) {
        st = add(r, id, "name", name);
    }
    if (st == TAC_OK && SBase_isSetSBOTerm(element)) {
        snprintf(term, sizeof term, "SBO:%07d", SBase_getSBOTerm(element));
        st = add(r, id, "sboTerm", term);
    }
    return st != TAC_OK ? st : add_terms(r, id, element);
}
