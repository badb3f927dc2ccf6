/* SPDX-License-Identifier: Apache-2.0 */
/* The joint distribution of people: models/population.tsv, read and joined to a program. */
#ifndef TAC_SIM_POPULATION_H
#define TAC_SIM_POPULATION_H

#include "base/tsv.h"
#include "compile/program.h"

#include <stdbool.h>

/** Which people a row holds for. */
typedef struct tac_population_scope {
    const char *population; /* "volunteers"; "*" all */
    const char *sex;        /* "men", "women"; "" both */
    double age_low;         /* years; whole years, so 34.9 is in 25-34 */
    double age_high;
} tac_population_scope;

typedef enum tac_shape {
    TAC_SHAPE_NORMAL,    /* value the mean, sd the standard deviation */
    TAC_SHAPE_LOGNORMAL, /* value the median, sd that of the logarithm */
    TAC_SHAPE_CHANCE     /* 1 with the probability value, else 0 */
} tac_shape;

/** How a quantity is distributed among people. */
typedef struct tac_marginal {
    tac_shape shape;
    double value;
    double sd;
    double low; /* nobody lies outside */
    double high;
} tac_marginal;

typedef struct tac_population_draw {
    tac_population_scope scope;
    const char *id; /* a parameter of the body, or "bmi" */
    tac_marginal marginal;
} tac_population_draw;

/** What the results say of a person. */
typedef struct tac_attribute {
    const char *id; /* "sbp_rest" */
    const char *title;
    const char *unit;
    int decimals;
    const tac_image_symbol *symbol; /* of the program */
} tac_attribute;

typedef struct tac_population {
    tac_tsv *tsv; /* owns the texts */
    tac_population_draw *draws;
    size_t n_draw;
    const char **scores; /* [n_score] names of the scores that go together */
    size_t n_score;
    double
        *root; /* [n_score][n_score] lower triangle L, L L' their correlations as normal scores */
    const char **row_scores; /* [n_row of the image] the score by which a parameter differs */
    tac_attribute *attributes;
    size_t n_attribute;
} tac_population;

/**
 * Read a table.
 *
 * Ownership  free with tac_population_free(), also after an error; source and program are borrowed
 * Errors     TAC_E_SYNTAX  a wrong cell: line and column
 *            TAC_E_UNITS   a unit that is not the body's
 *            TAC_E_MODEL   a name that the body does not have; correlations that cannot be together
 */
TAC_MUST_CHECK tac_status tac_population_read(tac_ctx *ctx, const tac_source *source,
                                              const tac_program *program,
                                              tac_population *population_out);

/** The shipped table. */
tac_source tac_population_shipped(void);

void tac_population_free(tac_population *population);

/** True when some row is of this population. */
bool tac_population_has(const tac_population *population, const char *name);

/** The row of an id that holds for such a person: the last that fits; NULL when there is none. sex 1 a man. */
const tac_population_draw *tac_population_find(const tac_population *population, const char *name,
                                               double sex, double age, const char *id);

/** The value at a standard score; the score goes through the distribution that is cut at low and high. */
double tac_marginal_value(const tac_marginal *marginal, double z);

/** Share of people below a standard score. */
double tac_normal_share(double z);

#endif
