/* SPDX-License-Identifier: Apache-2.0 */
/* What hands do: technique, pressure, region and giver of a massage as numbers. */
#include "base/fail.h"
#include "model/units.h"
#include "scenario/place.h"
#include "scenario/quantity.h"

#include <math.h>
#include <string.h>

/** A word moves the technique's own typical pressure as it moves that of a palm. */
static tac_status word_pressure(const tac_event_reader *r, const tac_technique *technique,
                                const tac_pressure_word *said, double *pressure_kPa_out)
{
    const tac_pressure_word *usual = tac_words_pressure(r->words, technique->default_word);
    if (usual == NULL) {
        return tac_fail(r->ctx, TAC_E_MODEL, "models/techniques.tsv: no pressure word '%s'",
                        technique->default_word);
    }
    *pressure_kPa_out = technique->pressure_kPa * said->pressure_kPa / usual->pressure_kPa;
    return TAC_OK;
}

static void list_pressures(const tac_words *words, tac_word_list *list)
{
    size_t n = 0;
    const tac_pressure_word *pressures = tac_words_pressures(words, &n);
    for (size_t i = 0; i < n; i++) {
        tac_word_list_add(list, pressures[i].id);
    }
}

/** A number in kPa, mmHg or N (over the contact area). */
static tac_status number_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                                  const tac_technique *technique, double *pressure_kPa_out)
{
    tac_unit unit = TAC_UNIT_ONE;
    tac_unit newton = TAC_UNIT_ONE;
    tac_word_list words = {.n = 0};
    tac_buf needs = TAC_BUF_INIT;
    double value = 0.0;
    list_pressures(r->words, &words);
    tac_buf_text(&needs, "kPa, mmHg or N, or one of ");
    for (size_t i = 0; i < words.n; i++) {
        tac_buf_print(&needs, "%s%s", i == 0 ? "" : ", ", words.items[i]);
    }
    const bool is_force = tac_unit_parse(tac_quantity_unit(node->text), &unit)
                          && tac_unit_parse("N", &newton)
                          && tac_unit_same_dimension(&unit, &newton);
    const tac_status st = tac_quantity_read(r->ctx, r->source, node, "pressure",
                                            is_force ? "N" : "kPa", tac_buf_str(&needs), &value);
    tac_buf_free(&needs);
    /* 1 N/cm2 = 10 kPa */
    *pressure_kPa_out = is_force ? 10.0 * value / technique->contact_area_cm2 : value;
    return st;
}

/** What hands can do at all, and what this technique can be. */
static tac_status check_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                                 const tac_technique *technique, double pressure_kPa)
{
    const tac_limit *ratio = tac_words_limit(r->words, "massage", "pressure_ratio");
    const tac_status st =
        tac_limit_check(r, node->span, "massage", "pressure", pressure_kPa, "kPa");
    if (st != TAC_OK || ratio == NULL) {
        return st;
    }
    const double low_kPa = ratio->low * technique->pressure_low_kPa;
    const double high_kPa = ratio->high * technique->pressure_high_kPa;
    if (pressure_kPa >= low_kPa && pressure_kPa <= high_kPa) {
        return TAC_OK;
    }
    return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                       "pressure: %.4g kPa is no %s any more, which has %.3g to %.3g kPa (%.3g to "
                       "%.3g is let through)",
                       pressure_kPa, technique->title, technique->pressure_low_kPa,
                       technique->pressure_high_kPa, low_kPa, high_kPa);
}

static tac_status read_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                                const tac_technique *technique, bool *is_word_out,
                                double *pressure_kPa_out)
{
    tac_status st = TAC_OK;
    if (node->kind != TAC_YAML_SCALAR) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "pressure: one word or number is wanted, not a list");
    }
    const tac_pressure_word *word = tac_words_pressure(r->words, node->text);
    *is_word_out = word != NULL;
    if (word != NULL) {
        return word_pressure(r, technique, word, pressure_kPa_out);
    }
    if (!tac_quantity_is_number(node->text)) {
        tac_word_list words = {.n = 0};
        list_pressures(r->words, &words);
        tac_word_list_add(&words, "a number with kPa, mmHg or N");
        return tac_refuse_word(r, node->span, "pressure", node->text, &words);
    }
    TAC_TRY(number_pressure(r, node, technique, pressure_kPa_out));
    TAC_TRY(check_pressure(r, node, technique, *pressure_kPa_out));
out:
    return st;
}

static tac_status set_pressure(const tac_event_reader *r, const tac_yaml_node *node,
                               const tac_technique *technique, tac_event *event)
{
    tac_status st = TAC_OK;
    double pressure_kPa = technique->pressure_kPa;
    bool is_word = true;
    if (node != NULL) {
        TAC_TRY(read_pressure(r, node, technique, &is_word, &pressure_kPa));
    }
    TAC_TRY(tac_event_set_number(r, event, "pressure", pressure_kPa, "kPa"));
    TAC_TRY(tac_event_set_number(r, event, "pressure_is_word", is_word ? 1.0 : 0.0, "1"));
out:
    return st;
}

static tac_status set_region(const tac_event_reader *r, const tac_yaml_node *node,
                             const tac_yaml_node *map, const tac_technique *technique,
                             tac_event *event)
{
    tac_place place;
    tac_status st = TAC_OK;
    if (node != NULL) {
        TAC_TRY(tac_place_read(r, node, &place));
    } else {
        TAC_TRY(tac_place_read_word(r, map->span, technique->default_region, &place));
    }
    TAC_TRY(tac_event_set_number(r, event, "region_ct", place.ct_weight, "1"));
    TAC_TRY(tac_event_set_number(r, event, "region_share", place.skin_share, "1"));
    TAC_TRY(tac_place_set(r, &place, event));
out:
    return st;
}

/** Who gives it: the technique's own giver where none is said. */
static tac_status set_giver(const tac_event_reader *r, const tac_yaml_node *node,
                            const tac_technique *technique, tac_event *event)
{
    static const tac_word_list GIVERS = {{"therapist", "partner", "self", "machine"}, 4};
    const bool is_machine =
        strcmp(technique->id, "machine") == 0 || strcmp(technique->id, "compression cycle") == 0;
    const char *giver = technique->self_effort > 0.0 ? "self"
                        : is_machine                 ? "machine"
                                                     : "therapist";
    if (node != NULL) {
        giver = node->kind == TAC_YAML_SCALAR ? node->text : "(a list)";
        if (!tac_word_list_has(&GIVERS, giver)) {
            return tac_refuse_word(r, node->span, "giver", giver, &GIVERS);
        }
    }
    return tac_event_set_word(r, event, "giver", giver);
}

/** A field that the scenario gives stays, else the technique's. */
static tac_status set_default(const tac_event_reader *r, tac_event *event, const char *name,
                              double value, const char *unit)
{
    return tac_event_field(event, name) != NULL ? TAC_OK
                                                : tac_event_set_number(r, event, name, value, unit);
}

/** Strokes a second: of a cycle, by how long it holds and pauses. */
static double cycles_Hz(const tac_technique *technique, const tac_event *event)
{
    const tac_field *hold = tac_event_field(event, "hold");
    const tac_field *gap = tac_event_field(event, "gap");
    const bool is_said = hold != NULL && gap != NULL && hold->number + gap->number > 0.0;
    return is_said ? 1.0 / (hold->number + gap->number) : technique->stroke_frequency_Hz;
}

static tac_status set_technique(const tac_event_reader *r, const tac_technique *technique,
                                tac_event *event)
{
    tac_status st = TAC_OK;
    TAC_TRY(set_default(r, event, "stroke_speed", technique->stroke_speed_cm_s, "cm/s"));
    TAC_TRY(set_default(r, event, "frequency", cycles_Hz(technique, event), "Hz"));
    TAC_TRY(tac_event_set_number(r, event, "contact_area", technique->contact_area_cm2, "cm^2"));
    TAC_TRY(tac_event_set_number(r, event, "c_tactile", technique->c_tactile, "1"));
    TAC_TRY(tac_event_set_number(r, event, "social_touch", technique->social_touch, "1"));
    if (technique->self_effort > 0.0) { /* else the rule for one's own hands says it */
        TAC_TRY(tac_event_set_number(r, event, "self_effort", technique->self_effort, "1"));
    }
out:
    return st;
}

tac_status tac_massage_complete(const tac_event_reader *r, const tac_yaml_node *map,
                                tac_event *event)
{
    const tac_technique *technique = tac_words_technique(r->words, event->kind);
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
    const tac_technique *other = tac_words_technique(r->words, technique);
    tac_event event = {.verb = like->verb,
                       .kind = technique,
                       .span = like->span,
                       .when = like->when};
    tac_status st = TAC_OK;
    if (other == NULL) {
        return tac_fail(r->ctx, TAC_E_MODEL, "models/techniques.tsv has no '%s'", technique);
    }
    TAC_TRY(set_technique(r, other, &event));
    TAC_TRY(tac_event_set_number(r, &event, "pressure", other->pressure_kPa, "kPa"));
    TAC_TRY(tac_event_set_number(r, &event, "pressure_is_word", 1.0, "1"));
    TAC_TRY(tac_event_set_number(r, &event, "region_ct", tac_event_field(like, "region_ct")->number,
                                 "1"));
    TAC_TRY(tac_event_set_number(r, &event, "region_share",
                                 tac_event_field(like, "region_share")->number, "1"));
    TAC_TRY(tac_place_copy(r, like, &event));
    TAC_TRY(set_giver(r, NULL, other, &event));
    *event_out = event;
out:
    return st;
}
