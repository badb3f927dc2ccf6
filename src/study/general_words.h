/* SPDX-License-Identifier: Apache-2.0 */
/* What a person writes about a model that nobody here knows: times in its own unit, and its names. */
#ifndef TAC_STUDY_GENERAL_WORDS_H
#define TAC_STUDY_GENERAL_WORDS_H

#include "base/buf.h"
#include "base/yaml.h"
#include "sim/model_run.h"

/** The unit of the model's time in words, "" where it is not known. */
const char *tac_general_time_unit(const tac_model *model);

/**
 * Read "10 h", or "10" in the model's own unit of time; false, and what is wrong with it in `why`. `what` is what it should
 * be, "duration" or "time".
 */
bool tac_general_time(const tac_model *model, const char *text, const char *what, double *t_out,
                      tac_buf *why);

/** Find a name; NULL, and what is wrong with it in `why`. */
const tac_image_symbol *tac_general_symbol(const tac_program *program, const char *name,
                                           tac_buf *why);

/** The same for something that can be set: what follows from others cannot. */
const tac_image_symbol *tac_general_settable(const tac_program *program, const char *name,
                                             tac_buf *why);

/** Read a number that stands alone; false when there is anything else. */
bool tac_general_number(const char *text, double *value_out);

/**
 * Choose symbols by a list "A, B.*, time_course": names, in which * stands for any letters, in their order, each once.
 *
 * Shapes     chosen_out [n_symbol of the image]
 * Errors     TAC_E_ARG  a name that the model does not have
 */
TAC_MUST_CHECK tac_status tac_general_choose(tac_ctx *ctx, const tac_program *program,
                                             const char *list, const tac_image_symbol **chosen_out,
                                             size_t *n_out);

/* ---- general_events.c ---- */

/**
 * Read a file of timed changes (docs/models.md) for a run from 0 to t_end.
 *
 * Ownership  *changes_out [*n_out] is new: tac_free(); ascending, those of one time in the order of the file
 * Errors     TAC_E_FILE    it cannot be read
 *            TAC_E_SYNTAX  not YAML
 *            TAC_E_INPUT   a wrong key, time, name or number: all of them, with line, column and what would be right
 */
TAC_MUST_CHECK tac_status tac_general_events_read(tac_ctx *ctx, const char *path,
                                                  const tac_model *model,
                                                  const tac_program *program, double t_end,
                                                  tac_model_change **changes_out, size_t *n_out);

#endif
