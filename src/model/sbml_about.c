/* SPDX-License-Identifier: Apache-2.0 */
/* Names, SBO terms, annotations and notes of SBML elements. */
#include "base/fail.h"
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

/** A text that may be missing, as `kind`. */
static tac_status add_if(tac_sbml_reader *r, const char *kind, const char *text)
{
    return text == NULL || text[0] == '\0' ? TAC_OK : add(r, "", kind, text);
}

/** One name for all: libSBML gives it as given and as family name too. */
static tac_status add_names(tac_sbml_reader *r, ModelCreator_t *creator)
{
    const char *given = ModelCreator_getGivenName(creator);
    const char *family = ModelCreator_getFamilyName(creator);
    tac_status st = TAC_OK;
    if (given == NULL || family == NULL || strcmp(given, family) == 0) {
        return add_if(r, "creator", ModelCreator_getName(creator));
    }
    TAC_TRY(add_if(r, "creator.givenName", given));
    TAC_TRY(add_if(r, "creator.familyName", family));
out:
    return st;
}

static tac_status add_creator(tac_sbml_reader *r, ModelCreator_t *creator)
{
    tac_status st = TAC_OK;
    TAC_TRY(add_names(r, creator));
    TAC_TRY(add_if(r, "creator.organization", ModelCreator_getOrganization(creator)));
    TAC_TRY(add_if(r, "creator.email", ModelCreator_getEmail(creator)));
out:
    return st;
}

/** Who made the model, and when. */
static tac_status add_history(tac_sbml_reader *r, SBase_t *model)
{
    tac_status st = TAC_OK;
    ModelHistory_t *history = SBase_getModelHistory(model);
    if (history == NULL) {
        return TAC_OK;
    }
    for (unsigned i = 0; i < ModelHistory_getNumCreators(history); i++) {
        TAC_TRY(add_creator(r, ModelHistory_getCreator(history, i)));
    }
    if (ModelHistory_isSetCreatedDate(history)) {
        TAC_TRY(add_if(r, "created", Date_getDateAsString(ModelHistory_getCreatedDate(history))));
    }
    for (unsigned i = 0; i < ModelHistory_getNumModifiedDates(history); i++) {
        TAC_TRY(add_if(r, "modified",
                       Date_getDateAsString(ModelHistory_getModifiedDateFromList(history, i))));
    }
out:
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
    st = st != TAC_OK ? st : add_terms(r, id, element);
    return st == TAC_OK && id[0] == '\0' ? add_history(r, element) : st;
}
