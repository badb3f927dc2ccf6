/* SPDX-License-Identifier: Apache-2.0 */
/* The words of Antimony for annotations and those of SBML. */
#include "model/about.h"

#include <string.h>

/* kind, another word for it, qualifier in SBML, one of models */
static const struct {
    const char *kind;
    const char *other;
    const char *qualifier; /* "" : kept in texts alone */
    bool is_of_model;
} KINDS[] = {{"identity", "biological_entity_is", "is", false},
             {"hasPart", "part", "hasPart", false},
             {"isPartOf", "parthood", "isPartOf", false},
             {"isVersionOf", "hypernym", "isVersionOf", false},
             {"hasVersion", "version", "hasVersion", false},
             {"isHomologTo", "homolog", "isHomologTo", false},
             {"isDescribedBy", "description", "isDescribedBy", false},
             {"isEncodedBy", "encoder", "isEncodedBy", false},
             {"encodes", "encodement", "encodes", false},
             {"occursIn", "container", "occursIn", false},
             {"hasProperty", "property", "hasProperty", false},
             {"isPropertyOf", "propertyBearer", "isPropertyOf", false},
             {"hasTaxon", "taxon", "hasTaxon", false},
             {"model_entity_is", "", "is", true},
             {"isDerivedFrom", "origin", "isDerivedFrom", true},
             {"isInstanceOf", "class", "isInstanceOf", true},
             {"hasInstance", "instance", "hasInstance", true},
             {"notes", "", "", false},
             {"created", "", "", false},
             {"modified", "", "", false},
             {"creator", "", "", false},
             {"creator.name", "", "", false},
             {"creator.givenName", "", "", false},
             {"creator.familyName", "", "", false},
             {"creator.organization", "", "", false},
             {"creator.email", "", "", false}};

#define N_KIND (sizeof KINDS / sizeof KINDS[0])

const char *tac_about_kind(const char *word)
{
    for (size_t k = 0; k < N_KIND; k++) {
        if (strcmp(word, KINDS[k].kind) == 0
            || (KINDS[k].other[0] != '\0' && strcmp(word, KINDS[k].other) == 0)) {
            return KINDS[k].kind;
        }
    }
    return NULL;
}

const char *tac_about_kinds(void)
{
    return "identity hasPart isPartOf isVersionOf hasVersion isHomologTo isDescribedBy isEncodedBy "
           "encodes occursIn hasProperty isPropertyOf hasTaxon model_entity_is isDerivedFrom "
           "isInstanceOf hasInstance notes created modified creator";
}

const char *tac_about_qualifier(const char *kind, bool *is_of_model_out)
{
    for (size_t k = 0; k < N_KIND; k++) {
        if (strcmp(kind, KINDS[k].kind) == 0 && KINDS[k].qualifier[0] != '\0') {
            *is_of_model_out = KINDS[k].is_of_model;
            return KINDS[k].qualifier;
        }
    }
    return NULL;
}

const char *tac_about_of_qualifier(const char *qualifier, bool is_of_model)
{
    for (size_t k = 0; k < N_KIND; k++) {
        if (KINDS[k].is_of_model == is_of_model && strcmp(qualifier, KINDS[k].qualifier) == 0) {
            return KINDS[k].kind;
        }
    }
    /* what is said of models and of things alike */
    return is_of_model && strcmp(qualifier, "isDescribedBy") == 0 ? "isDescribedBy" : NULL;
}
