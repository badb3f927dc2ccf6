/* SPDX-License-Identifier: Apache-2.0 */
/* Submodels become part of the model, once everything that they are made of has been looked over. */
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "model/sbml_frame.h"
#include "model/sbml_parts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sbml/conversion/ConversionProperties.h>
#include <sbml/packages/comp/common/compfwd.h>
/* need the names of the one above */
#include <sbml/packages/comp/extension/CompSBMLDocumentPlugin.h>
#include <sbml/packages/comp/sbml/ExternalModelDefinition.h>

static const size_t MAX_BYTES = 16U << 20;

/* Files that a model may be made of, and how far they may name one another. */
enum { MAX_FILES = 200, MAX_DEPTH = 16, MAX_PATH_LENGTH = 4000 };

/* What is found in the files that libSBML will join. */
typedef struct pieces {
    tac_sbml_reader *r;
    const char *state; /* with both a rate and a formula of its start; NULL where there is none */
    bool has_power;
    size_t n_file;
} pieces;

static void set_option(ConversionProperties_t *properties, const char *key, const char *value)
{
    ConversionProperties_addOptionWithKey(properties, key);
    ConversionProperties_setValue(properties, key, value);
}

/** A state with both a rate and a formula of its start; NULL where there is none. */
static const char *endless_state(Model_t *model)
{
    for (unsigned i = 0; model != NULL && i < Model_getNumRules(model); i++) {
        const Rule_t *rule = Model_getRule(model, i);
        const char *id = Rule_getVariable(rule);
        if (Rule_isRate(rule) && Model_getInitialAssignmentBySym(model, id) != NULL) {
            return id;
        }
    }
    return NULL;
}

static tac_status look_at(pieces *p, SBMLDocument_t *doc, const char *text, const char *folder,
                          int depth);

/** The file of a source, below the folder of who names it; false where it is none of a disk. */
static bool path_of(const char *source, const char *folder, char *path)
{
    const char *rest = strncmp(source, "file:", 5) == 0 ? source + 5 : source;
    rest = strncmp(rest, "//", 2) == 0 ? rest + 2 : rest;
    const int n = rest[0] == '/' ? snprintf(path, MAX_PATH_LENGTH, "%s", rest)
                                 : snprintf(path, MAX_PATH_LENGTH, "%s/%s", folder, rest);
    return strstr(rest, "://") == NULL && n > 0 && n < MAX_PATH_LENGTH;
}

/** A file that submodels come from. */
static tac_status look_at_file(pieces *p, const char *path, int depth)
{
    tac_status st = TAC_OK;
    SBMLDocument_t *doc = NULL;
    tac_buf text = TAC_BUF_INIT;
    char folder[MAX_PATH_LENGTH] = ".";
    const char *slash = strrchr(path, '/');
    if (access(path, R_OK) != 0) {
        return tac_sbml_fail(p->r, "submodels cannot be joined: '%.300s' cannot be read", path);
    }
    if (++p->n_file > MAX_FILES || depth > MAX_DEPTH) {
        return tac_sbml_fail(p->r,
                             "submodels cannot be joined: more than %d files, or files that name "
                             "one another more than %d deep",
                             MAX_FILES, MAX_DEPTH);
    }
    if (slash != NULL) {
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    }
    TAC_TRY(tac_file_read(p->r->ctx, path, MAX_BYTES, &text));
    const tac_source source = {path, tac_buf_str(&text), text.n};
    TAC_TRY(tac_sbml_check_frame(p->r->ctx, &source));
    doc = readSBMLFromString(source.text);
    st = doc == NULL ? tac_sbml_no_memory(p->r) : look_at(p, doc, source.text, folder, depth);
out:
    SBMLDocument_free(doc);
    tac_buf_free(&text);
    return st;
}

static void look_for_state(pieces *p, Model_t *model)
{
    const char *id = p->state == NULL ? endless_state(model) : NULL;
    p->state = id == NULL ? p->state : tac_sbml_text(p->r, id);
}

/** A document, its definitions and the files that it names. */
static tac_status look_at(pieces *p, SBMLDocument_t *doc, const char *text, const char *folder,
                          int depth)
{
    tac_status st = TAC_OK;
    char path[MAX_PATH_LENGTH];
    CompSBMLDocumentPlugin_t *comp =
        (CompSBMLDocumentPlugin_t *)SBase_getPlugin((SBase_t *)doc, "comp");
    p->has_power = p->has_power || strstr(text, "<power") != NULL;
    look_for_state(p, SBMLDocument_getModel(doc));
    if (comp == NULL) {
        return TAC_OK;
    }
    const unsigned n = CompSBMLDocumentPlugin_getNumModelDefinitions(comp);
    for (unsigned i = 0; i < n; i++) {
        look_for_state(p, (Model_t *)CompSBMLDocumentPlugin_getModelDefinition(comp, i));
    }
    const unsigned n_external = CompSBMLDocumentPlugin_getNumExternalModelDefinitions(comp);
    for (unsigned i = 0; st == TAC_OK && i < n_external; i++) {
        char *source = ExternalModelDefinition_getSource(
            CompSBMLDocumentPlugin_getExternalModelDefinition(comp, i));
        if (source != NULL && path_of(source, folder, path)) {
            st = look_at_file(p, path, depth + 1);
        }
        util_free(source);
    }
    return st;
}

/**
 * Before libSBML joins submodels it checks their units, and does not come to an end where an exponent follows from a state
 * with a rate and a formula of its start (endless.h). Whether one does is not looked for: a power anywhere will do.
 */
static tac_status refuse_endless(tac_sbml_reader *r, SBMLDocument_t *doc, const char *folder)
{
    pieces p = {.r = r};
    const tac_status st = look_at(&p, doc, r->library->sources[r->i_source].text, folder, 0);
    if (st != TAC_OK || p.state == NULL || !p.has_power) {
        return st;
    }
    return tac_sbml_fail(r,
                         "submodels cannot be joined: '%s' has a rate and a formula of its start, "
                         "and beside powers libSBML does not come to an end with that; a number as "
                         "its start would do",
                         p.state);
}

tac_status tac_sbml_make_flat(tac_sbml_reader *r, SBMLDocument_t *doc)
{
    if (SBase_getPlugin((SBase_t *)doc, "comp") == NULL) {
        return TAC_OK;
    }
    const char *path = r->library->sources[r->i_source].name;
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "." : tac_arena_text(r->library->arena, path, (size_t)(slash - path));
    if (folder == NULL) {
        return tac_sbml_no_memory(r);
    }
    const tac_status refused = refuse_endless(r, doc, folder);
    if (refused != TAC_OK) {
        return refused;
    }
    ConversionProperties_t *properties = ConversionProperties_create();
    set_option(properties, "flatten comp", "true");
    set_option(properties, "basePath", folder[0] == '\0' ? "/" : folder);
    set_option(properties, "leavePorts", "false");
    set_option(properties, "performValidation", "true");
    set_option(properties, "abortIfUnflattenable", "requiredOnly");
    tac_sbml_choose_checks(doc, 1U << TAC_SBML_GENERAL | 1U << TAC_SBML_IDENTIFIERS);
    const int result = SBMLDocument_convert(doc, properties);
    ConversionProperties_free(properties);
    if (result == LIBSBML_OPERATION_SUCCESS) {
        return TAC_OK;
    }
    const tac_status st = tac_sbml_take_errors(r, doc, "submodels cannot be joined: ");
    return st != TAC_OK ? st : tac_sbml_fail(r, "submodels cannot be joined (comp)");
}
