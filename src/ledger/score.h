/* SPDX-License-Identifier: Apache-2.0 */
/* The findings of a study with their predictions and verdicts, and those of two null models. */
#ifndef TAC_LEDGER_SCORE_H
#define TAC_LEDGER_SCORE_H

#include "ledger/course.h"
#include "ledger/verdict.h"

/* The model and what it must be better than. */
enum { TAC_THE_MODEL, TAC_NO_TOUCH, TAC_NO_CHANGE, TAC_N_MODEL };

/** "model", "massage does nothing", "nothing changes". */
const char *tac_model_word(size_t model);

typedef struct tac_scored {
    tac_published published;
    tac_predicted predicted;             /* by the model */
    double interval_scores[TAC_N_MODEL]; /* NaN where there is none */
    tac_verdict verdicts[TAC_N_MODEL];
    const char *reason; /* why it is not simulated; "" */
    bool has_no_number; /* the statistic does not exist in the model */
    bool has_no_n;      /* the number of persons is not said */
    bool has_no_link;   /* what is compared is the same in every one of the virtual people */
    double n;
} tac_scored;

typedef struct tac_scoring {
    const tac_tsv *assays;
    const tac_companies *companies;
    size_t n_repeat;
    uint64_t seed;
} tac_scoring;

/** Score one finding of a plan from what was seen. */
TAC_MUST_CHECK tac_status tac_score(tac_ctx *ctx, const tac_scoring *scoring, const tac_plan *plan,
                                    const tac_seen *seen, size_t i, tac_scored *scored_out);

/** How the study makes the statistic of a finding; `key` is borrowed. `scored` is told when n is not known. */
TAC_MUST_CHECK tac_status tac_score_design(tac_ctx *ctx, const tac_scoring *scoring,
                                           const tac_plan *plan, size_t i, const char *key,
                                           tac_scored *scored, tac_repeat_design *design);

/** What was published, as the rules want it; `n` persons. */
tac_published tac_published_of(const tac_finding *finding, double n);

#endif
