/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the fuzz targets share. A target ends the program when a reader breaks its promise: a failure has a message and
 * gives nothing, a success gives something.
 */
#ifndef TAC_TESTS_FUZZ_H
#define TAC_TESTS_FUZZ_H

#include "model/sbml.h"
#include "scenario/words.h"

#include <stddef.h>
#include <stdint.h>

/** The function that libFuzzer, or replay.c, calls with each input. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/** Read a model; what can be read is checked, built, started once and emitted as C. Returns 0. */
int fuzz_model(const char *name, const uint8_t *data, size_t n);

/** The shipped words, read once for all inputs. */
const tac_words *fuzz_words(void);

/** A result, or a message. */
void fuzz_expect(const tac_ctx *ctx, tac_status st, bool has_result);

#endif
