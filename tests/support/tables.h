/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of scenarios and schedules: small tables of words, and a body that has their inputs. */
#ifndef TAC_TESTS_TABLES_H
#define TAC_TESTS_TABLES_H

#include "compile/program.h"
#include "scenario/scenario.h"

/** The tables: a few rows of each, with round numbers. */
tac_word_tables test_tables(void);

/** Words of the tables; anything wrong stops the test. Free with tac_words_free(). */
tac_words *test_words(void);

/**
 * A program with the inputs that the tables act on (values without any event: light 40 lux, upright 0.5, all others
 * 0) and one parameter, person.weight 70 kg. Free with tac_program_free().
 */
tac_program *test_program(void);

/** Read a scenario with these words; anything wrong stops the test. Free with tac_scenario_free(). */
tac_scenario *test_scenario(const tac_words *words, const char *yaml);

#endif
