/* SPDX-License-Identifier: Apache-2.0 */
/* Where on the body something happens: words of models/regions.tsv as shares of the body's parts. */
#ifndef TAC_SIM_PLACE_H
#define TAC_SIM_PLACE_H

#include "scenario/event_read.h"
#include "scenario/part.h"

typedef struct tac_place {
    double cover[TAC_N_PART]; /* share of each part's skin that is meant, 0-1 */
    double skin_share;        /* of the whole skin, 0-1 */
    double ct_weight;         /* C-tactile weight, mean over the skin that is meant */
} tac_place;

/**
 * Read a region or a list of regions; `left` or `right` may stand before a limb, else both sides are meant.
 *
 * Errors  TAC_E_INPUT  an unknown word, a side before what has none, a region twice or within another; each with its
 *                      place
 */
TAC_MUST_CHECK tac_status tac_place_read(const tac_event_reader *r, const tac_yaml_node *node,
                                         tac_place *place_out);

/** The same for one word that is found at `span`. */
TAC_MUST_CHECK tac_status tac_place_read_word(const tac_event_reader *r, tac_span span,
                                              const char *word, tac_place *place_out);

/**
 * Give an event the fields that rules for parts ask for: in_{part} = true, cover_{part} (share of the part's skin) and
 * presence_{part} (share of the event's time, by area), for the parts that are covered.
 */
TAC_MUST_CHECK tac_status tac_place_set(const tac_event_reader *r, const tac_place *place,
                                        tac_event *event);

/** Copy these fields from another event. */
TAC_MUST_CHECK tac_status tac_place_copy(const tac_event_reader *r, const tac_event *from,
                                         tac_event *to);

#endif
