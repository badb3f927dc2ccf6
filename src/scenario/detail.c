/* SPDX-License-Identifier: Apache-2.0 */
/* Reads which model beside the body is asked for, and finds the massage under which it is shown. */
#include "scenario/detail.h"

#include "base/buf.h"
#include "base/fail.h"

#include <string.h>

static const char CHAIN[] = "lymphangion-chain";
static const size_t NO_PART = TAC_N_PART;

static tac_status refuse(const tac_event_reader *r, const tac_yaml_node *node, const char *what)
{
    return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span, "%s", what);
}

/* ---- words ---- */

static tac_status check_name(const tac_event_reader *r, const tac_yaml_node *node)
{
    const tac_word_list names = {{CHAIN}, 1};
    return tac_word_list_has(&names, node->text)
               ? TAC_OK
               : tac_refuse_word(r, node->span, "detail", node->text, &names);
}

/** "thigh_l, calf_l" in words. */
static void list_parts(const double *weights, tac_buf *buf)
{
    for (size_t k = 0; k < TAC_N_PART; k++) {
        if (weights[k] > 0.0) {
            tac_buf_print(buf, "%s%s", buf->n == 0 ? "" : ", ", tac_part_title(k));
        }
    }
}

/** One vessel lies in one part of the body. */
static tac_status read_part(const tac_event_reader *r, const tac_yaml_node *node, size_t *part_out)
{
    tac_place place;
    tac_status st = TAC_OK;
    tac_buf parts = TAC_BUF_INIT;
    size_t n = 0;
    if (node->kind != TAC_YAML_SCALAR) {
        return refuse(r, node, "detail: one region is wanted: {lymphangion-chain: left lower leg}");
    }
    TAC_TRY(tac_place_read_word(r, node->span, node->text, &place));
    for (size_t k = 0; k < TAC_N_PART; k++) {
        if (place.cover[k] > 0.0) {
            *part_out = k;
            n++;
        }
    }
    list_parts(place.cover, &parts);
    if (n != 1) {
        st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                         "detail: one vessel lies in one part of the body, and '%s' covers %zu; "
                         "say one of %s",
                         node->text, n, tac_buf_str(&parts));
    }
out:
    tac_buf_free(&parts);
    return st;
}

/** The part that is said, or NO_PART. */
static tac_status read_words(const tac_event_reader *r, const tac_yaml_node *node, size_t *part_out,
                             const char **site_out)
{
    tac_status st = TAC_OK;
    *part_out = NO_PART;
    if (node->kind == TAC_YAML_SCALAR) {
        return check_name(r, node);
    }
    if (node->kind != TAC_YAML_MAP || node->n != 1) {
        return refuse(
            r, node,
            "detail: lymphangion-chain, or {lymphangion-chain: left lower leg}, is wanted");
    }
    TAC_TRY(check_name(r, node->keys[0]));
    TAC_TRY(read_part(r, node->items[0], part_out));
    *site_out = node->items[0]->text;
out:
    return st;
}

/* ---- the massage ---- */

static double field_number(const tac_event *event, const char *name)
{
    const tac_field *field = tac_event_field(event, name);
    return field != NULL && field->is_number ? field->number : 0.0;
}

/** Share of the massage that each part gets. */
static tac_status presences(const tac_event_reader *r, const tac_event *event, double *shares)
{
    for (size_t k = 0; k < TAC_N_PART; k++) {
        const char *name = tac_template_fill(r->arena, "presence_{r}", k);
        if (name == NULL) {
            return tac_fail(r->ctx, TAC_E_MEMORY, "out of memory");
        }
        shares[k] = field_number(event, name);
    }
    return TAC_OK;
}

/* What was found on the way to a massage that serves, for the message where none does. */
typedef struct search {
    size_t part;                /* wanted, or NO_PART */
    double touched[TAC_N_PART]; /* largest share of any massage */
    const tac_event *massage;   /* any */
    const tac_event *still;     /* one that touches the part without a stroke */
} search;

/** True when the massage can be shown; then *part_out says where. */
static bool serves(search *s, const tac_event *event, const double *shares, size_t *part_out)
{
    size_t most = 0;
    for (size_t k = 0; k < TAC_N_PART; k++) {
        s->touched[k] = shares[k] > s->touched[k] ? shares[k] : s->touched[k];
        most = shares[k] > shares[most] ? k : most;
    }
    *part_out = s->part == NO_PART ? most : s->part;
    s->massage = event;
    if (!(shares[*part_out] > 0.0)) {
        return false;
    }
    if (field_number(event, "stroke_speed") > 0.0 && field_number(event, "frequency") > 0.0) {
        return true;
    }
    s->still = event;
    return false;
}

static tac_status say_why_not(const tac_event_reader *r, const tac_yaml_node *node, const search *s)
{
    tac_buf parts = TAC_BUF_INIT;
    tac_status st = TAC_OK;
    if (s->massage == NULL) {
        return refuse(r, node,
                      "detail: lymphangion-chain shows a vessel under a massage, and no programme "
                      "has one");
    }
    if (s->still != NULL) {
        return tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                           "detail: '%s' has no strokes along a vessel (%.3g cm/s, %.3g Hz); a "
                           "massage that strokes is wanted, such as swedish or lymph drainage",
                           s->still->kind, field_number(s->still, "stroke_speed"),
                           field_number(s->still, "frequency"));
    }
    list_parts(s->touched, &parts);
    st = tac_fail_at(r->ctx, TAC_E_INPUT, r->source, node->span,
                     "detail: no massage of a programme touches the %s; they touch %s",
                     tac_part_title(s->part), tac_buf_str(&parts));
    tac_buf_free(&parts);
    return st;
}

static tac_status find_massage(const tac_event_reader *r, const tac_yaml_node *node, size_t part,
                               const char *site, tac_scenario *scenario)
{
    search s = {.part = part};
    for (size_t a = 0; a < scenario->n_programme; a++) {
        for (size_t i = 0; i < scenario->arms[a].n_event; i++) {
            const tac_event *event = &scenario->arms[a].events[i];
            double shares[TAC_N_PART];
            size_t at = 0;
            if (strcmp(event->verb, "massage") != 0) {
                continue;
            }
            const tac_status st = presences(r, event, shares);
            if (st != TAC_OK) {
                return st;
            }
            if (serves(&s, event, shares, &at)) {
                scenario->detail = (tac_detail){.is_asked = true,
                                                .arm = a,
                                                .event = i,
                                                .part = at,
                                                .site = site == NULL ? tac_part_title(at) : site};
                return TAC_OK;
            }
        }
    }
    return say_why_not(r, node, &s);
}

tac_status tac_detail_read(const tac_event_reader *r, const tac_yaml_node *node, bool has_arms,
                           tac_scenario *scenario)
{
    tac_status st = TAC_OK;
    size_t part = NO_PART;
    const char *site = NULL;
    TAC_TRY(read_words(r, node, &part, &site));
    st = has_arms ? find_massage(r, node, part, site, scenario) : TAC_OK;
out:
    return st;
}
