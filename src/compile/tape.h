/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What has to be computed for which function, in which order.
 *
 * Nodes that depend on constants and inputs alone are computed once by `prepare`; those that the
 * other functions read get a place in c. Both the interpreter and the emitted C follow these lists, so
 * they do the same operations.
 */
#ifndef TAC_COMPILE_TAPE_H
#define TAC_COMPILE_TAPE_H

#include "compile/system.h"

typedef enum tac_part {
    TAC_PART_PREPARE,
    TAC_PART_START,
    TAC_PART_RHS,
    TAC_PART_JAC,
    TAC_PART_OBSERVE,
    TAC_PART_CONDITIONS, /* triggers of events and jumps of rates; this and the next are not part of an image */
    TAC_PART_EVENTS, /* delays, priorities and values of events */
    TAC_N_PART
} tac_part;

/** The steps of one function: nodes in ascending order, then where the results go. */
typedef struct tac_tape {
    tac_expr *nodes; /* [n_node] arguments before what uses them; leaves included */
    size_t n_node;
    tac_expr *roots; /* [n_root] root i goes to place i of the result */
    size_t n_root;
} tac_tape;

typedef struct tac_tapes {
    tac_tape parts[TAC_N_PART];
    uint32_t *
        prepared; /* [n of the graph] place in c of a node that is read from there, or UINT32_MAX */
    size_t n_prepared;
} tac_tapes;

/** Make the lists. Free with tac_tapes_free(). */
TAC_MUST_CHECK tac_status tac_tapes_build(tac_ctx *ctx, const tac_system *system,
                                          tac_tapes *tapes_out);
void tac_tapes_free(tac_tapes *tapes);

#endif
