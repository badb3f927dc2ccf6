/* SPDX-License-Identifier: Apache-2.0 */
/* A prediction held against what was published: the rules of docs/evidence-format.md, and nothing else. */
#ifndef TAC_LEDGER_VERDICT_H
#define TAC_LEDGER_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum tac_verdict {
    TAC_AGREES,
    TAC_CLOSE,
    TAC_DISAGREES,
    TAC_CANNOT_TELL,
    TAC_NOT_SIMULATED
} tac_verdict;

#define TAC_N_VERDICT 5

/** "agrees", "close", "disagrees", "cannot tell", "not simulated". */
const char *tac_verdict_word(tac_verdict verdict);

/* What kind of statement a finding makes. */
typedef enum tac_statement {
    TAC_STATES_EFFECT,
    TAC_STATES_LEVEL,
    TAC_STATES_TIME,
    TAC_STATES_DIRECTION
} tac_statement;

/* On which scale an effect is 0 where nothing happens. */
typedef enum tac_scale { TAC_SCALE_LINEAR, TAC_SCALE_RATIO, TAC_SCALE_PERCENT } tac_scale;

/** What was published. */
typedef struct tac_published {
    tac_statement statement;
    tac_scale scale;
    double value; /* NaN of a direction */
    double low;   /* its 95 % interval; NaN where none is known */
    double high;
    int direction; /* of a direction: 1, -1, 0 */
    double
        matters; /* size that matters on a linear scale: half a standard deviation; NaN: not known */
    double slack;       /* a level this near is close; NaN: a factor is used */
    double slack_ratio; /* a level within this factor is close */
    double step_h;      /* of a time without an interval: how near is near enough */
} tac_published;

/** What the model says, over many repetitions of the study. */
typedef struct tac_predicted {
    double mid; /* median; NaN: it says nothing */
    double low; /* 95 % interval */
    double high;
    double low50; /* 50 % interval */
    double high50;
    double mean;
    double share_up; /* of the repetitions */
    double share_down;
    double share_significant; /* would have been called so at 5 % */
} tac_predicted;

/** Hours between samples that a time is read from where nothing is said: ten minutes, or 15 % of the time. */
double tac_time_step_h(double time_h);

/** A number on the scale on which no effect is 0; NaN where it has no place there. */
double tac_on_scale(tac_scale scale, double value);

/** The first rule that holds. */
tac_verdict tac_verdict_of(const tac_published *published, const tac_predicted *predicted);

#endif
