/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Any model, not only the body: an SBML or Antimony file with its own events, followed over time.
 */
#ifndef TACTUS_GENERAL_H
#define TACTUS_GENERAL_H

#include <tactus/study.h>

TAC_BEGIN_DECLS

/** How the equations of a model are computed; the numbers are the same to the last digit. */
typedef enum tac_general_functions {
    TAC_FUNCTIONS_AS_NEEDED,   /* interpreted; compiled beside a run that is not done after 0.2 s */
    TAC_FUNCTIONS_INTERPRETED, /* no compiler is started and nothing is loaded */
    TAC_FUNCTIONS_COMPILED     /* before the run */
} tac_general_functions;

typedef struct tac_general_options {
    const char *duration;    /* "10 h", or "10" in the model's own unit of time */
    const char *const *sets; /* [n_set] "k=3": a constant, or the start of a state */
    size_t n_set;
    size_t n_sample; /* even steps of the output, 1 to 1,000,000 */
    double rel_tol;  /* of the solver, 1e-12 to 1e-2 */
    double abs_tol;  /* of every state; 0: rel_tol times its size at the start, or 1 */
    uint64_t seed;   /* of the order of events at one time that no priority tells apart */
    tac_general_functions functions;
    const char *events; /* path of a file of timed changes (docs/models.md), or NULL */
    const char
        *report; /* "A, B.*": what is in the result, * for any letters; NULL: all that can change */
} tac_general_options;

#define TAC_GENERAL_OPTIONS_INIT                                               \
    {                                                                          \
        NULL, NULL, 0, 1000, 1e-8, 0.0, 1, TAC_FUNCTIONS_AS_NEEDED, NULL, NULL \
    }

/**
 * Read a model and follow it from its start.
 *
 * Method     CVODES at rel_tol; events where their triggers become true       docs/models.md
 *            without compiler, or with one that fails, the run is interpreted and the context holds a warning
 * Tables     "trajectories"  time, then what is asked for, else everything that can change, in the order of names
 *            "variables"     id, note: what the columns are in words, where the model says so
 *            "changes"       time, text: what the file of events changed
 *            "meta"          key, text, number: model, hash, version, tolerance, unit of time
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_FILE, TAC_E_SYNTAX, TAC_E_MODEL, TAC_E_UNITS  the model, with file, line and column;
 *                          what is not supported is named
 *            TAC_E_ARG     a duration, a setting or a name that is none, each with what would be right
 *            TAC_E_INPUT   the file of events, with line and column
 *            TAC_E_SOLVER  a failed step: state, equation, time
 */
TAC_API TAC_MUST_CHECK tac_status tac_general_run(tac_ctx *ctx, const char *path,
                                                  const tac_general_options *options,
                                                  tac_results **results_out);

/** Languages in which models are written. */
typedef enum tac_model_format {
    TAC_FORMAT_BY_ENDING, /* .xml and .sbml: SBML; .ant and .txt: Antimony; without a file SBML */
    TAC_FORMAT_SBML,      /* Level 3 Version 2 */
    TAC_FORMAT_ANTIMONY
} tac_model_format;

typedef struct tac_export_options {
    const char *out;         /* file, or NULL */
    tac_model_format format; /* default: by the ending of `out` */
    int with_units;          /* SBML: libSBML checks units too, which takes long for large models */
    const char
        *scenario; /* of the body: a person and what happens to them, or NULL for the body alone */
    const char *arm; /* of the scenario: a programme or "without"; NULL where there is one */
} tac_export_options;

#define TAC_EXPORT_OPTIONS_INIT                   \
    {                                             \
        NULL, TAC_FORMAT_BY_ENDING, 0, NULL, NULL \
    }

/** What libSBML found in what was written, for each kind of its checks that was made. */
typedef struct tac_export_findings {
    struct {
        const char *kind; /* "general", "identifiers", "units", "MathML" ... */
        size_t n_error;
        size_t n_warning;
    } kinds[8];
    size_t n_kind; /* 0: no SBML was written */
} tac_export_findings;

/**
 * Write a model as Antimony, or as SBML held against libSBML's consistency check.
 *
 * `path` is an Antimony or SBML file; numbers that it lacks are taken from a parameters.tsv beside it. The text goes
 * to the file of the options unless that is NULL, and to *text_out unless that is NULL; *findings_out (may be NULL) is
 * what libSBML says of it.
 *
 * With a scenario the model is a body; what is written is its nominal person after the run-in, with the calendar of one
 * arm as events that set the inputs, one for each edge of the schedule.
 *
 * Ownership  *text_out is new: tac_text_free()
 * Errors     TAC_E_FILE, TAC_E_SYNTAX, TAC_E_MODEL, TAC_E_UNITS  the model, with file, line and column
 *            TAC_E_ARG    the ending of the file says no format; the scenario has no such arm
 *            TAC_E_INPUT  the scenario, with line and column; what happens by chance, which events cannot say
 *            TAC_E_SOLVER no daily orbit of this life
 */
TAC_API TAC_MUST_CHECK tac_status tac_general_export(tac_ctx *ctx, const char *path,
                                                     const tac_export_options *options,
                                                     char **text_out,
                                                     tac_export_findings *findings_out);

/**
 * Look at a model, or at systems and names of it, as equations with values, units and sources.
 *
 * `names` [n_name] are systems ("stress", the instances of the main model) or names ("stress.crh"); without any, a list of
 * systems, or everything when `is_whole` or when the model has no more than one.
 *
 * Tables     "meta"        key, text: model, file
 *            "systems"     name, words that head its file, numbers of states, variables and numbers
 *            "items"       symbols, reactions and events with their equations, as text and as MathML
 *            "references"  key, line
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_FILE, TAC_E_SYNTAX, TAC_E_MODEL, TAC_E_UNITS  the model, with file, line and column
 *            TAC_E_ARG  a name that the model has not, with the nearest one
 */
TAC_API TAC_MUST_CHECK tac_status tac_general_show(tac_ctx *ctx, const char *path, size_t n_name,
                                                   const char *const *names, int is_whole,
                                                   tac_results **results_out);

/**
 * Compare two models by what they mean: names, units, values, equations up to how they are written, reactions, events.
 *
 * Method     formulae are equal when they have the same values at six points, to 1e-9; every branch counts
 * Tables     "differences"  name, words, and the two sides "a" and "b" where there are two
 *            "meta"         key, number: names, reactions, events of the first; with units, 1 when both give some
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_FILE, TAC_E_SYNTAX, TAC_E_MODEL, TAC_E_UNITS  either model, with file, line and column
 */
TAC_API TAC_MUST_CHECK tac_status tac_general_diff(tac_ctx *ctx, const char *a, const char *b,
                                                   tac_results **results_out);

/**
 * Look for what is wrong with a model: units that disagree, names that nothing uses, constants that only show together.
 *
 * Tables     "model"   key, number: states, rules, reactions, events, constants, names without a unit, names
 *            "units"   message: what disagrees, with file, line and column; no row where nothing does
 *            "unused"  name
 *            "pairs"   pair: constants of which only the product, ratio, sum or difference shows
 * Ownership  *results_out is new: tac_results_free()
 * Errors     TAC_E_FILE, TAC_E_SYNTAX, TAC_E_MODEL, TAC_E_UNITS  the model, with file, line and column
 */
TAC_API TAC_MUST_CHECK tac_status tac_general_check(tac_ctx *ctx, const char *path,
                                                    tac_results **results_out);

TAC_END_DECLS

#endif
