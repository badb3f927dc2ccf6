/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what a scenario asks to see, and weighs the parts of the body that a region covers. */
#include "scenario/reported.h"

#include "base/buf.h"
#include "base/fail.h"

#include <math.h>
#include <string.h>

static tac_status refuse_observable(const tac_event_reader *r, const tac_yaml_node *node)
{
    tac_word_list built = {.n = 0};
    size_t n = 0;
    const tac_observable *observables = tac_words_observables(r->words, &n);
    for (size_t i = 0; i < n; i++) {
        if (observables[i].variable[0] != '\0') {
            tac_word_list_add(&built, observables[i].id);
        }
    }
    return tac_refuse_word(r, node->span, "observable",
                           node->kind == TAC_YAML_SCALAR ? node->text : "(a list)", &built);
}

static tac_status find_observable(const tac_event_reader *r, const tac_yaml_node *node,
                                  const tac_observable **observable_out)
{
    const tac_observable *o =
        node->kind == TAC_YAML_SCALAR ? tac_words_observable(r->words, node->text) : NULL;
    if (o == NULL) {
        return refuse_observable(r, node);
    }
    *observable_out = o;
    return o->variable[0] != '\0'
               ? TAC_OK
               : tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                             "'%s' is known, but this body has no mechanism for it yet: it comes "
                             "with %s",
                             o->id, o->room);
}

void tac_reported_weigh(const tac_words *words, const tac_place *place, tac_over over,
                        double *weights)
{
    for (size_t k = 0; k < TAC_N_PART; k++) {
        weights[k] = over == TAC_OVER_MEAN
                         ? place->cover[k] * tac_words_part_skin(words, k) / place->skin_share
                         : place->cover[k];
    }
    for (size_t k = 0; over == TAC_OVER_EXCESS && k < TAC_N_PART; k++) {
        weights[k] = place->cover[k] - place->cover[tac_part_mirror(k)];
    }
}

/** "lymph_flow_left_arm" and "lymph flow, left arm". */
static tac_status name_site(const tac_event_reader *r, tac_reported *item)
{
    tac_buf id = TAC_BUF_INIT;
    tac_buf title = TAC_BUF_INIT;
    tac_status st = TAC_OK;
    tac_buf_print(&id, "%s_%s", item->observable->id, item->site);
    tac_buf_print(&title, "%s, %s", item->observable->title, item->site);
    TAC_TRY(tac_buf_check(r->ctx, &id));
    TAC_TRY(tac_buf_check(r->ctx, &title));
    for (size_t i = 0; i < id.n; i++) {
        id.text[i] = id.text[i] == ' ' ? '_' : id.text[i];
    }
    item->id = tac_arena_text(r->arena, id.text, id.n);
    item->title = tac_arena_text(r->arena, title.text, title.n);
    if (item->id == NULL || item->title == NULL) {
        st = tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
    }
out:
    tac_buf_free(&id);
    tac_buf_free(&title);
    return st;
}

/** Refuse a region some of whose parts have none of the observable. */
static tac_status check_group(const tac_event_reader *r, tac_span span, const tac_reported *item)
{
    const unsigned group = tac_template_parts(item->observable->variable);
    tac_buf parts = TAC_BUF_INIT;
    bool is_outside = false;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        const bool is_in = (group >> k & 1U) != 0;
        is_outside = is_outside || (!is_in && fabs(item->weights[k]) > 0.0);
        if (is_in) {
            tac_buf_print(&parts, "%s%s", parts.n == 0 ? "" : ", ", tac_part_name(k));
        }
    }
    const tac_status st =
        is_outside
            ? tac_fail_at(r->ctx, TAC_E_INPUT, r->source, span,
                          "'%s' has no part in '%s': only %s have it; '%s' is its usual place",
                          item->observable->id, item->site, tac_buf_str(&parts),
                          item->observable->site)
            : TAC_OK;
    tac_buf_free(&parts);
    return st;
}

/** The parts that are meant: of the region said, else of the usual one. */
static tac_status read_site(const tac_event_reader *r, const tac_yaml_node *key,
                            const tac_yaml_node *value, tac_reported *item)
{
    tac_place place;
    tac_status st = TAC_OK;
    const tac_observable *o = item->observable;
    if (value != NULL && o->over == TAC_OVER_ONE) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "'%s' is one for the whole body; write it without a region", o->id);
    }
    if (value != NULL && value->kind != TAC_YAML_SCALAR) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, value->span,
                           "one region is wanted: {%s: left arm}", o->id);
    }
    if (o->over == TAC_OVER_ONE) {
        return TAC_OK;
    }
    item->site = value != NULL ? value->text : o->site;
    TAC_TRY(tac_place_read_word(r, value != NULL ? value->span : key->span, item->site, &place));
    tac_reported_weigh(r->words, &place, o->over, item->weights);
    TAC_TRY(check_group(r, value != NULL ? value->span : key->span, item));
    st = value != NULL ? name_site(r, item) : TAC_OK;
out:
    return st;
}

tac_status tac_reported_read(const tac_event_reader *r, const tac_yaml_node *node,
                             tac_reported *reported_out)
{
    tac_status st = TAC_OK;
    tac_reported item = {.site = ""};
    const bool has_site = node->kind == TAC_YAML_MAP && node->n == 1;
    const tac_yaml_node *key = has_site ? node->keys[0] : node;
    TAC_TRY(find_observable(r, key, &item.observable));
    item.id = item.observable->id;
    item.title = item.observable->title;
    TAC_TRY(read_site(r, key, has_site ? node->items[0] : NULL, &item));
    *reported_out = item;
out:
    return st;
}
