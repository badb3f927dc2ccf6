/* SPDX-License-Identifier: Apache-2.0 */
/* Units of SBML: definitions, the defaults of Level 2, the model-wide ones of Level 3. */
#include "model/sbml_parts.h"

#include <math.h>
#include <string.h>

static bool is_old(const tac_sbml_reader *r)
{
    return SBase_getLevel((SBase_t *)r->model) < 3;
}

/** One factor of a definition: (multiplier * 10^scale * kind)^exponent. */
static bool unit_of_part(const Unit_t *part, tac_unit *unit_out)
{
    const char *kind = UnitKind_toString(Unit_getKind(part));
    tac_unit unit = TAC_UNIT_ONE;
    if (kind == NULL || !tac_unit_find(NULL, kind, strlen(kind), &unit)) {
        return false;
    }
    unit.factor *= Unit_getMultiplier(part) * pow(10.0, Unit_getScale(part));
    *unit_out = tac_unit_pow(unit, Unit_getExponentAsDouble(part));
    return isfinite(unit_out->factor) && unit_out->factor > 0.0;
}

static bool unit_of_definition(UnitDefinition_t *definition, tac_unit *unit_out)
{
    *unit_out = TAC_UNIT_ONE;
    for (unsigned i = 0; i < UnitDefinition_getNumUnits(definition); i++) {
        tac_unit part = TAC_UNIT_ONE;
        if (!unit_of_part(UnitDefinition_getUnit(definition, i), &part)) {
            return false;
        }
        *unit_out = tac_unit_mul(*unit_out, part);
    }
    return true;
}

bool tac_sbml_unit(const tac_sbml_reader *r, const char *id, tac_unit *unit_out)
{
    static const struct {
        const char *id;
        const char *unit;
    } OLD[] = {{"substance", "mole"},
               {"volume", "litre"},
               {"area", "metre^2"},
               {"length", "metre"},
               {"time", "second"}};
    if (id == NULL || id[0] == '\0') {
        return false;
    }
    UnitDefinition_t *definition = Model_getUnitDefinitionById(r->model, id);
    if (definition != NULL) {
        return unit_of_definition(definition, unit_out);
    }
    for (size_t k = 0; is_old(r) && k < sizeof OLD / sizeof OLD[0]; k++) {
        if (strcmp(id, OLD[k].id) == 0) {
            return tac_unit_parse(OLD[k].unit, unit_out);
        }
    }
    return UnitKind_forName(id) != UNIT_KIND_INVALID
           && tac_unit_find(NULL, id, strlen(id), unit_out);
}

/** The unit that holds where an element does not say its own. */
static const char *default_of(const tac_sbml_reader *r, const char *old,
                              const char *(*get)(const Model_t *))
{
    return is_old(r) ? old : get(r->model);
}

bool tac_sbml_unit_of_compartment(const tac_sbml_reader *r, const Compartment_t *c,
                                  tac_unit *unit_out)
{
    const double n = Compartment_getSpatialDimensionsAsDouble(c);
    const char *own = Compartment_getUnits(c);
    if (own != NULL && own[0] != '\0') {
        return tac_sbml_unit(r, own, unit_out);
    }
    if (n >= 2.5) {
        return tac_sbml_unit(r, default_of(r, "volume", Model_getVolumeUnits), unit_out);
    }
    if (n >= 1.5) {
        return tac_sbml_unit(r, default_of(r, "area", Model_getAreaUnits), unit_out);
    }
    return n >= 0.5 && tac_sbml_unit(r, default_of(r, "length", Model_getLengthUnits), unit_out);
}

bool tac_sbml_unit_of_species(const tac_sbml_reader *r, const Species_t *s, bool is_amount,
                              tac_unit *unit_out)
{
    const char *own = Species_getSubstanceUnits(s);
    const Compartment_t *c = Model_getCompartmentById(r->model, Species_getCompartment(s));
    tac_unit size = TAC_UNIT_ONE;
    const char *id =
        own != NULL && own[0] != '\0' ? own : default_of(r, "substance", Model_getSubstanceUnits);
    if (!tac_sbml_unit(r, id, unit_out)) {
        return false;
    }
    if (is_amount) {
        return true;
    }
    if (c == NULL || !tac_sbml_unit_of_compartment(r, c, &size)) {
        return false;
    }
    *unit_out = tac_unit_div(*unit_out, size);
    return true;
}

/** The name of a definition or its id, the one first that reads as this very unit; "" where there is neither. */
static const char *words_of(const tac_sbml_reader *r, const char *id, const tac_unit *unit)
{
    UnitDefinition_t *definition = id == NULL ? NULL : Model_getUnitDefinitionById(r->model, id);
    const char *const names[] = {definition == NULL ? NULL : UnitDefinition_getName(definition),
                                 id};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
        tac_unit named = TAC_UNIT_ONE;
        if (names[k] != NULL && tac_unit_parse(names[k], &named) && tac_unit_equal(&named, unit)) {
            return names[k];
        }
    }
    return names[0] != NULL && names[0][0] != '\0' ? names[0] : definition != NULL ? id : "";
}

tac_status tac_sbml_keep_unit(const tac_sbml_reader *r, bool is_known, tac_unit unit,
                              const char *id, const tac_given_unit **out)
{
    *out = NULL;
    if (!is_known) {
        return TAC_OK;
    }
    tac_given_unit *kept = tac_arena_alloc(r->library->arena, sizeof *kept);
    const char *text = tac_sbml_text(r, words_of(r, id, &unit));
    if (kept == NULL || text == NULL) {
        return tac_sbml_no_memory(r);
    }
    *kept = (tac_given_unit){unit, text};
    *out = kept;
    return TAC_OK;
}

double tac_sbml_time_s(const tac_sbml_reader *r)
{
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit second = TAC_UNIT_ONE;
    (void)tac_unit_find(NULL, "second", strlen("second"), &second);
    return tac_sbml_unit(r, default_of(r, "time", Model_getTimeUnits), &unit)
                   && tac_unit_same_dimension(&unit, &second)
               ? unit.factor
               : 0.0;
}
