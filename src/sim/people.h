/* SPDX-License-Identifier: Apache-2.0 */
/* Virtual people: what is not known, how people differ, and what is known of those who are wanted. */
#ifndef TAC_SIM_PEOPLE_H
#define TAC_SIM_PEOPLE_H

#include "scenario/words.h"
#include "sim/draw.h"
#include "sim/population.h"

/** Something that is known of the people. */
typedef struct tac_known {
    const char *id; /* a parameter of the body, or "bmi" */
    double low;     /* equal to high: the number itself */
    double high;    /* above low: anything between is as likely */
    bool is_mean;   /* people differ around `low` as the population does around its own middle */
} tac_known;

/** Which people are wanted. */
typedef struct tac_wanted {
    const char *population;    /* "volunteers" */
    const char *const *health; /* [n_health] states of models/health.tsv */
    size_t n_health;
    const tac_known *known; /* [n_known] */
    size_t n_known;
} tac_wanted;

/** Tables joined to a program; constant, one may serve all threads. */
typedef struct tac_people tac_people;

/**
 * Join the shipped tables to a program.
 *
 * Ownership  *people_out is new: tac_people_free(); program and words are borrowed
 * Errors     as tac_population_read(); TAC_E_MODEL  models/health.tsv names what the body does not have
 */
TAC_MUST_CHECK tac_status tac_people_create(tac_ctx *ctx, const tac_program *program,
                                            const tac_words *words, tac_people **people_out);

/** Free; NULL is accepted. */
void tac_people_free(tac_people *people);

/** The joint distribution. Borrowed. */
const tac_population *tac_people_population(const tac_people *people);

/**
 * Set the parameters of one person.
 *
 * Method  the world's parameters; standard scores with the correlations of models/population.tsv; its distributions
 *         and the spreads of parameters.tsv at those scores; states of health; what is known wins over all.
 *         Who is not of a state (least, most) is drawn again.
 * Shapes  p [n_parameter] of the program
 * Errors  TAC_E_INPUT  a population that the table does not have; nobody of the population is of the state
 *         TAC_E_MODEL  the body has no such parameter
 */
TAC_MUST_CHECK tac_status tac_people_draw(tac_ctx *ctx, const tac_people *people,
                                          const tac_wanted *wanted, const tac_draw_key *key,
                                          double *p);

/** The attributes of a person with parameters p: values [n_attribute] of the population's table. */
TAC_MUST_CHECK tac_status tac_people_describe(tac_ctx *ctx, const tac_people *people,
                                              const double *p, double *values);

#endif
