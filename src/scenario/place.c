/* SPDX-License-Identifier: Apache-2.0 */
/* Reads regions, and tells rules which parts of the body they cover. */
#include "scenario/place.h"

#include "base/fail.h"

#include <math.h>
#include <string.h>

/* Shares that differ by less are the same but for rounding. */
static const double SAME_COVER = 1e-9;

/* A word of the table, with the parts that its side leaves. */
typedef struct found_region {
    const tac_region *region;
    unsigned parts;
} found_region;

/** Right and left are said before a limb. */
static found_region find_region(const tac_words *words, const char *id)
{
    const tac_region *region = tac_words_region(words, id);
    const char *limb = strncmp(id, "left ", 5) == 0    ? id + 5
                       : strncmp(id, "right ", 6) == 0 ? id + 6
                                                       : NULL;
    if (region == NULL && limb != NULL) {
        region = tac_words_region(words, limb);
    }
    if (region == NULL || (limb != NULL && region->sides < 1.5)) {
        return (found_region){NULL, 0};
    }
    const unsigned parts = tac_part_group(region->part, strlen(region->part));
    return (found_region){region, limb == NULL ? parts : tac_part_on_side(parts, id[0])};
}

/** Skin of the parts that a bare word of the table covers wholly or partly. */
static double skin_of_parts(const tac_words *words, unsigned parts)
{
    double sum = 0.0;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        sum += (parts >> k & 1U) != 0 ? tac_words_part_skin(words, k) : 0.0;
    }
    return sum;
}

static tac_status refuse_region(const tac_event_reader *r, tac_span span, const char *id)
{
    size_t n = 0;
    tac_word_list words = {.n = 0};
    const tac_region *regions = tac_words_regions(r->words, &n);
    const char *limb = strncmp(id, "left ", 5) == 0    ? id + 5
                       : strncmp(id, "right ", 6) == 0 ? id + 6
                                                       : NULL;
    if (limb != NULL && tac_words_region(r->words, limb) != NULL) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, span,
                           "region: '%.80s' has no left and right; say '%.80s', or a limb such as "
                           "'left arm'",
                           limb, limb);
    }
    for (size_t i = 0; i < n; i++) {
        tac_word_list_add(&words, regions[i].id);
    }
    return tac_refuse_word(r, span, "region", id, &words);
}

/** Share of each of its parts that a word covers. */
static double cover_of(const tac_words *words, const found_region *found)
{
    const unsigned all = tac_part_group(found->region->part, strlen(found->region->part));
    return fmin(1.0, found->region->sides * found->region->skin_share / skin_of_parts(words, all));
}

/** Add one word; `weighted` gathers the C-tactile weights. */
static tac_status add_word(const tac_event_reader *r, tac_span span, const char *id,
                           tac_place *place, double *weighted)
{
    const found_region found = find_region(r->words, id);
    if (found.region == NULL) {
        return refuse_region(r, span, id);
    }
    const double cover = cover_of(r->words, &found);
    for (size_t k = 0; k < TAC_N_PART; k++) {
        if ((found.parts >> k & 1U) == 0) {
            continue;
        }
        const double more = fmin(cover, 1.0 - place->cover[k]);
        place->cover[k] += more;
        place->skin_share += more * tac_words_part_skin(r->words, k);
        *weighted += more * tac_words_part_skin(r->words, k) * found.region->ct_weight;
    }
    return TAC_OK;
}

tac_status tac_place_read_word(const tac_event_reader *r, tac_span span, const char *word,
                               tac_place *place_out)
{
    double weighted = 0.0;
    *place_out = (tac_place){.skin_share = 0.0};
    const tac_status st = add_word(r, span, word, place_out, &weighted);
    place_out->ct_weight = st == TAC_OK ? weighted / place_out->skin_share : 0.0;
    return st;
}

/** True when the item stands earlier in the list. */
static bool is_repeated(const tac_yaml_node *list, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (list->items[k]->kind == TAC_YAML_SCALAR
            && strcmp(list->items[k]->text, list->items[i]->text) == 0) {
            return true;
        }
    }
    return false;
}

/** The part of which the words before and this one together cover more than there is; TAC_N_PART when none. */
static size_t crowded_part(const tac_words *words, const tac_place *place,
                           const found_region *found)
{
    for (size_t k = 0; found->region != NULL && k < TAC_N_PART; k++) {
        if ((found->parts >> k & 1U) != 0
            && place->cover[k] + cover_of(words, found) > 1.0 + SAME_COVER) {
            return k;
        }
    }
    return TAC_N_PART;
}

static bool holds(const tac_region *outer, const tac_region *inner)
{
    return strcmp(inner->within, outer->id) == 0;
}

/** True when two words mean skin of one another. */
static bool is_within(const found_region *a, const found_region *b)
{
    return a->region != NULL && b->region != NULL && (a->parts & b->parts) != 0
           && (holds(a->region, b->region) || holds(b->region, a->region));
}

/** A list within the list covers nothing; it has been refused where it stands. */
static found_region find_item(const tac_words *words, const tac_yaml_node *item)
{
    return item->kind == TAC_YAML_SCALAR ? find_region(words, item->text) : (found_region){NULL, 0};
}

/** Refuse skin that a word before it has covered already. */
static tac_status check_overlap(const tac_event_reader *r, const tac_yaml_node *list, size_t i,
                                const tac_place *place)
{
    const tac_yaml_node *item = list->items[i];
    const found_region found = find_region(r->words, item->text);
    const size_t part = crowded_part(r->words, place, &found);
    for (size_t k = 0; k < i; k++) {
        const found_region before = find_item(r->words, list->items[k]);
        if (is_within(&before, &found) || (part < TAC_N_PART && (before.parts >> part & 1U) != 0)) {
            return tac_fail_at(
                r->ctx, TAC_E_INPUT, r->source, item->span,
                "region: '%.80s' overlaps '%.80s', which stands in the list already; "
                "leave one of them out",
                item->text, list->items[k]->text);
        }
    }
    return TAC_OK;
}

static tac_status add_item(const tac_event_reader *r, const tac_yaml_node *list, size_t i,
                           tac_place *place, double *weighted)
{
    const tac_yaml_node *item = list->items[i];
    if (item->kind != TAC_YAML_SCALAR) {
        return refuse_region(r, item->span, "(a list)");
    }
    if (is_repeated(list, i)) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, item->span,
                           "region: '%.80s' stands in the list a second time", item->text);
    }
    const tac_status st = check_overlap(r, list, i, place);
    return st != TAC_OK ? st : add_word(r, item->span, item->text, place, weighted);
}

tac_status tac_place_read(const tac_event_reader *r, const tac_yaml_node *node,
                          tac_place *place_out)
{
    tac_status result = TAC_OK;
    double weighted = 0.0;
    if (node->kind == TAC_YAML_SCALAR) {
        return tac_place_read_word(r, node->span, node->text, place_out);
    }
    if (node->kind != TAC_YAML_LIST || node->n == 0) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "region: a word, or a list of words, is wanted");
    }
    *place_out = (tac_place){.skin_share = 0.0};
    for (size_t i = 0; i < node->n; i++) {
        const tac_status st = add_item(r, node, i, place_out, &weighted);
        result = st != TAC_OK ? st : result;
    }
    place_out->ct_weight = result == TAC_OK ? weighted / place_out->skin_share : 0.0;
    return result;
}

/* The fields that tell rules where. */
enum { FIELD_IN, FIELD_COVER, FIELD_PRESENCE, N_PLACE_FIELD };
static const char *const FIELDS[] = {"in_{r}", "cover_{r}", "presence_{r}"};

/** Names of the fields of one part. */
static tac_status field_names(const tac_event_reader *r, size_t part, const char **names)
{
    for (size_t i = 0; i < N_PLACE_FIELD; i++) {
        names[i] = tac_template_fill(r->arena, FIELDS[i], part);
        if (names[i] == NULL) {
            return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
        }
    }
    return TAC_OK;
}

tac_status tac_place_set(const tac_event_reader *r, const tac_place *place, tac_event *event)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        const char *names[N_PLACE_FIELD];
        if (!(place->cover[k] > 0.0)) {
            continue;
        }
        const double presence =
            place->cover[k] * tac_words_part_skin(r->words, k) / place->skin_share;
        TAC_TRY(field_names(r, k, names));
        TAC_TRY(tac_event_set_word(r, event, names[FIELD_IN], "true"));
        TAC_TRY(tac_event_set_number(r, event, names[FIELD_COVER], place->cover[k], "1"));
        TAC_TRY(tac_event_set_number(r, event, names[FIELD_PRESENCE], presence, "1"));
    }
out:
    return st;
}

tac_status tac_place_copy(const tac_event_reader *r, const tac_event *from, tac_event *to)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        const char *names[N_PLACE_FIELD];
        TAC_TRY(field_names(r, k, names));
        const tac_field *cover = tac_event_field(from, names[FIELD_COVER]);
        const tac_field *presence = tac_event_field(from, names[FIELD_PRESENCE]);
        if (cover == NULL || presence == NULL) {
            continue;
        }
        TAC_TRY(tac_event_set_word(r, to, names[FIELD_IN], "true"));
        TAC_TRY(tac_event_set_number(r, to, names[FIELD_COVER], cover->number, "1"));
        TAC_TRY(tac_event_set_number(r, to, names[FIELD_PRESENCE], presence->number, "1"));
    }
out:
    return st;
}
