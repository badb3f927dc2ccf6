/* SPDX-License-Identifier: Apache-2.0 */
/* What hands do: technique, pressure, region and giver of a massage as numbers. */
#include "base/fail.h"
#include "model/units.h"
#include "sim/event_read.h"
#include "sim/quantity.h"

#include <math.h>
#include <string.h>

#define MAX_WORDS 64

static const tac_technique *find_technique(const tac_words *words, const char *id)
{
    size_t n = 0;
    const tac_technique *techniques = tac_words_techniques(words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(techniques[i].id, id) == 0) {
            return &techniques[i];
        }
    }
    return NULL;
}

static const tac_pressure_word *find_pressure(const tac_words *words, const char *id)
{
    size_t n = 0;
    const tac_pressure_word *pressures = tac_words_pressures(words, &n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pressures[i].id, id) == 0) {
            return &pressures[i];
        }
    }
    return NULL;
}

/** Right and left limbs are one word here. */
static const tac_region *find_region(const tac_words *words, const char *id)
{
    size_t n = 0;
    const tac_region *regions = tac_words_regions(words, &n);
    const char *word = strncmp(id, "left ", 5) == 0    ? id + 5
                       : strncmp(id, "right ", 6) == 0 ? id + 6
                                                       : id;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(regions[i].id, word) == 0) {
            return &regions[i];
        }
    }
    return NULL;
}

/** A word moves the technique's own typical pressure as it moves that of a palm. */
static tac_status word_pressure(const tac_event_reader *r, const tac_technique *technique,
                                const char *word, double *pressure_kPa_out)
{
    const tac_pressure_word *said = find_pressure(r->words, word);
    const tac_pressure_word *usual = find_pressure(r->words, technique->default_word);
    if (said == NULL || usual == NULL) {
        return tac_fail(r->ctx, TAC_E_MODEL, "models/techniques.tsv: no pressure word '%s' or '%s'",
                        word, technique->default_word);
    }
    *pressure_kPa_out = technique->pressure_kPa * said->pressure_kPa / usual->pressure_kPa;
    return TAC_OK;
}

static tac_status refuse_pressure(const tac_event_reader *r, const tac_yaml_node *node)
{
    const char *words[MAX_WORDS];
    size_t n = 0;
    const tac_pressure_word *pressures = tac_words_pressures(r->words, &n);
    for (size_t i = 0; i < n && i < MAX_WORDS; i++) {
        words[i] = pressures[i].id;
    }
    if (tac_quantity_is_number(node->text)) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "pressure: '%.60s' is no pressure; a number with kPa, mmHg or N, or one "
                           "of light, moderate, firm, deep, is wanted",
                           node->text);
    }
    return tac_refuse_word(r, node->span, "pressure", node->text, n, words);
}

/** A number in kPa, mmHg or N (over the contact area). */
static tac_status number_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                                  double area_cm2, double *pressure_kPa_out)
{
    const char *text = node->text + strspn(node->text, "+-0123456789.eE ");
    const tac_limit *limit = tac_words_limit(r->words, "pressure");
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit newton = TAC_UNIT_ONE;
    double value = 0.0;
    const bool is_force = tac_unit_parse(text, &unit) && tac_unit_parse("N", &newton)
                          && tac_unit_same_dimension(&unit, &newton);
    tac_unit pascal = TAC_UNIT_ONE;
    if (!is_force
        && !(tac_unit_parse(text, &unit) && tac_unit_parse("kPa", &pascal)
             && tac_unit_same_dimension(&unit, &pascal))) {
        return refuse_pressure(r, node);
    }
    const tac_status st =
        tac_quantity_read(r->ctx, r->source, node, "pressure", is_force ? "N" : "kPa", &value);
    if (st != TAC_OK) {
        return st;
    }
    *pressure_kPa_out = is_force ? 10.0 * value / area_cm2 : value; /* 1 N/cm2 = 10 kPa */
    if (limit != NULL && (*pressure_kPa_out < limit->low || *pressure_kPa_out > limit->high)) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "pressure: %.4g kPa is out of range, %.4g to %.4g is possible (%s)",
                           *pressure_kPa_out, limit->low, limit->high, limit->why);
    }
    return TAC_OK;
}

static tac_status set_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                               const tac_technique *technique, tac_event *event)
{
    double pressure_kPa = technique->pressure_kPa;
    bool is_word = true;
    tac_status st = TAC_OK;
    if (node != NULL && node->kind != TAC_YAML_SCALAR) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "pressure: one word or number is wanted");
    }
    if (node != NULL && find_pressure(r->words, node->text) != NULL) {
        st = word_pressure(r, technique, node->text, &pressure_kPa);
    } else if (node != NULL && tac_quantity_is_number(node->text)) {
        is_word = false;
        st = number_pressure(r, node, technique->contact_area_cm2, &pressure_kPa);
    } else if (node != NULL) {
        st = refuse_pressure(r, node);
    }
    if (st == TAC_OK) {
        st = tac_event_set_number(r, event, "pressure", pressure_kPa);
    }
    return st != TAC_OK ? st
                        : tac_event_set_number(r, event, "pressure_is_word", is_word ? 1.0 : 0.0);
}

/* Regions that are treated: their share of the skin and the mean C-tactile weight. */
typedef struct treated {
    double share;
    double weighted;
} treated;

static tac_status add_region(const tac_event_reader *r, const tac_yaml_node *node, const char *id,
                             treated *t)
{
    const char *words[MAX_WORDS];
    size_t n = 0;
    const tac_region *region = find_region(r->words, id);
    const tac_region *regions = tac_words_regions(r->words, &n);
    if (region == NULL) {
        for (size_t i = 0; i < n && i < MAX_WORDS; i++) {
            words[i] = regions[i].id;
        }
        return tac_refuse_word(r, node->span, "region", id, n < MAX_WORDS ? n : MAX_WORDS, words);
    }
    t->share += region->skin_share;
    t->weighted += region->skin_share * region->ct_weight;
    return TAC_OK;
}

static tac_status set_region(const tac_event_reader *r, const tac_yaml_node *node,
                             const tac_yaml_node *map, const tac_technique *technique,
                             tac_event *event)
{
    treated t = {0.0, 0.0};
    tac_status result = TAC_OK;
    if (node == NULL) {
        result = add_region(r, map, technique->default_region, &t);
    } else if (node->kind == TAC_YAML_SCALAR) {
        result = add_region(r, node, node->text, &t);
    } else if (node->kind == TAC_YAML_LIST && node->n > 0) {
        for (size_t i = 0; i < node->n; i++) {
            const bool is_word = node->items[i]->kind == TAC_YAML_SCALAR;
            const tac_status st =
                add_region(r, node->items[i], is_word ? node->items[i]->text : "a list", &t);
            result = st != TAC_OK ? st : result;
        }
    } else {
        result = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                             "region: a word, or a list of words, is wanted");
    }
    if (result != TAC_OK) {
        return result;
    }
    result = tac_event_set_number(r, event, "region_ct", t.weighted / t.share);
    return result != TAC_OK
               ? result
               : tac_event_set_number(r, event, "region_share", t.share > 1.0 ? 1.0 : t.share);
}

/** Who gives it; what one does to oneself is no company. */
static tac_status set_giver(const tac_event_reader *r, const tac_yaml_node *node,
                            const tac_technique *technique, tac_event *event)
{
    static const char *const GIVERS[] = {"therapist", "partner", "self", "machine"};
    const char *giver = technique->self_effort > 0.0                      ? "self"
                        : strcmp(technique->id, "machine") == 0           ? "machine"
                        : strcmp(technique->id, "compression cycle") == 0 ? "machine"
                                                                          : "therapist";
    if (node != NULL) {
        bool is_known = false;
        for (size_t i = 0; i < 4; i++) {
            is_known =
                is_known || (node->kind == TAC_YAML_SCALAR && strcmp(GIVERS[i], node->text) == 0);
        }
        if (!is_known) {
            return tac_refuse_word(r, node->span, "giver",
                                   node->kind == TAC_YAML_SCALAR ? node->text : "a list", 4,
                                   GIVERS);
        }
        giver = node->text;
    }
    tac_field *fields = tac_arena_alloc(r->arena, (event->n_field + 1) * sizeof *fields);
    if (fields == NULL) {
        return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
    if (event->n_field > 0) {
        memcpy(fields, event->fields, event->n_field * sizeof *fields);
    }
    fields[event->n_field] = (tac_field){.name = "giver", .word = giver, .span = event->span};
    event->fields = fields;
    event->n_field++;
    return TAC_OK;
}

/** A field that the scenario gives stays, else the technique's. */
static tac_status set_default(const tac_event_reader *r, tac_event *event, const char *name,
                              double value)
{
    return tac_event_field(event, name) != NULL ? TAC_OK
                                                : tac_event_set_number(r, event, name, value);
}

static tac_status set_technique(const tac_event_reader *r, const tac_technique *technique,
                                tac_event *event)
{
    tac_status st = TAC_OK;
    TAC_TRY(set_default(r, event, "stroke_speed", technique->stroke_speed_cm_s));
    TAC_TRY(set_default(r, event, "frequency", technique->stroke_frequency_Hz));
    TAC_TRY(tac_event_set_number(r, event, "contact_area", technique->contact_area_cm2));
    TAC_TRY(tac_event_set_number(r, event, "c_tactile", technique->c_tactile));
    TAC_TRY(tac_event_set_number(r, event, "social_touch", technique->social_touch));
    TAC_TRY(tac_event_set_number(r, event, "self_effort", technique->self_effort));
    TAC_TRY(tac_event_set_number(r, event, "path",
                                 strcmp(technique->direction, "centripetal") == 0 ? 1.0 : 0.0));
out:
    return st;
}

tac_status tac_massage_complete(const tac_event_reader *r, const tac_yaml_node *map,
                                tac_event *event)
{
    const tac_technique *technique = find_technique(r->words, event->kind);
    tac_status result = TAC_OK;
    tac_status st = TAC_OK;
    if (technique == NULL) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, event->span,
                           "which massage? {massage: swedish ...}");
    }
    st = set_technique(r, technique, event);
    result = st != TAC_OK ? st : result;
    st = set_pressure(r, tac_yaml_get(map, "pressure"), technique, event);
    result = st != TAC_OK ? st : result;
    st = set_region(r, tac_yaml_get(map, "region"), map, technique, event);
    result = st != TAC_OK ? st : result;
    st = set_giver(r, tac_yaml_get(map, "giver"), technique, event);
    return st != TAC_OK ? st : result;
}

tac_status tac_massage_with(const tac_event_reader *r, const tac_event *like, const char *technique,
                            tac_event *event_out)
{
    const tac_technique *other = find_technique(r->words, technique);
    tac_event event = {.verb = like->verb,
                       .kind = technique,
                       .span = like->span,
                       .when = like->when};
    tac_status st = TAC_OK;
    if (other == NULL) {
        return tac_fail(r->ctx, TAC_E_MODEL, "models/techniques.tsv has no '%s'", technique);
    }
    TAC_TRY(set_technique(r, other, &event));
    TAC_TRY(tac_event_set_number(r, &event, "pressure", other->pressure_kPa));
    TAC_TRY(tac_event_set_number(r, &event, "pressure_is_word", 1.0));
    TAC_TRY(
        tac_event_set_number(r, &event, "region_ct", tac_event_field(like, "region_ct")->number));
    TAC_TRY(tac_event_set_number(r, &event, "region_share",
                                 tac_event_field(like, "region_share")->number));
    TAC_TRY(set_giver(r, NULL, other, &event));
    *event_out = event;
out:
    return st;
}
