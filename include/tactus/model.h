/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The body: its variables, its parameters and where each number comes from.
 */
#ifndef TACTUS_MODEL_H
#define TACTUS_MODEL_H

#include <tactus/base.h>

TAC_BEGIN_DECLS

/** The shipped body with its tables of words; constant, one may serve all threads. */
typedef struct tac_body tac_body;

/** A parameter of the body: one row of models/parameters.tsv; NaN where a cell is empty. */
typedef struct tac_parameter_info {
    const char *id;   /* "stress.acth_loss" */
    const char *unit; /* of value, low and high */
    double value;     /* nominal */
    double low;       /* two-sided 95 % range of what is not known */
    double high;
    double spread;      /* coefficient of variation between people */
    const char *basis;  /* "measured", "fitted", "derived" or "assumed" */
    const char *source; /* keys of references, parted by commas */
    const char *note;
} tac_parameter_info;

/** A variable of the body. */
typedef struct tac_variable_info {
    const char *id; /* "stress.cortisol_total" */
    const char *unit;
    const char *note; /* what it is, in words */
    int is_state;     /* 1: has a rate; 0: follows from the states */
} tac_variable_info;

/**
 * Open the body that is built into the library.
 *
 * Ownership  *body_out is new: tac_body_free()
 * Errors     TAC_E_MEMORY
 */
TAC_API TAC_MUST_CHECK tac_status tac_body_open(tac_ctx *ctx, tac_body **body_out);

/**
 * Read a body from its files: an Antimony model with the inputs that the tables of events act on, and beside it
 * parameters.tsv, possible.tsv and balances.tsv. It is checked as the build checks the shipped one, and interpreted.
 *
 * Ownership  *body_out is new: tac_body_free()
 * Errors     TAC_E_FILE    a file cannot be read
 *            TAC_E_SYNTAX  not Antimony
 *            TAC_E_MODEL   a name without value, a number without source, one that cannot be ...
 *            TAC_E_UNITS   units that do not agree; each error with file, line, column and advice
 */
TAC_API TAC_MUST_CHECK tac_status tac_body_read(tac_ctx *ctx, const char *model_path,
                                                tac_body **body_out);

/** Free a body; NULL is accepted. */
TAC_API void tac_body_free(tac_body *body);

/** Return the hash of everything that the body's numbers depend on (16 hex digits). Borrowed. */
TAC_API const char *tac_body_hash(const tac_body *body);

/** Return the number of parameters. */
TAC_API size_t tac_body_n_parameter(const tac_body *body);

/** Return parameter i in the order of the table; texts are borrowed from the body. */
TAC_API tac_parameter_info tac_body_parameter(const tac_body *body, size_t i);

/** Return the number of parameters of one lymph vessel, models/lymphangion-chain.ant, a model beside the body. */
TAC_API size_t tac_vessel_n_parameter(void);

/** Return the i-th of them, i < tac_vessel_n_parameter(); its keys of references are those of the body. */
TAC_API tac_parameter_info tac_vessel_parameter(size_t i);

/** Return the number of variables (states and assigned ones). */
TAC_API size_t tac_body_n_variable(const tac_body *body);

/** Return variable i in the order of names; texts are borrowed from the body. */
TAC_API tac_variable_info tac_body_variable(const tac_body *body, size_t i);

/**
 * Return the reference behind a key as one line, or NULL when the key is not known.
 *
 * Ownership  borrowed from the body
 */
TAC_API const char *tac_body_reference(const tac_body *body, const char *key);

TAC_END_DECLS

#endif
