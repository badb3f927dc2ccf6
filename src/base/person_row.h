/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers that a cohort keeps of one person, in one row: who they are, and what each programme did.
 *
 *   0                 1: the person lived the scenario, 0: could not be solved
 *   1 ...             attributes
 *   then              for each programme and observable: with it, and in the same hours without; of a life without
 *                     programmes: for each observable its level
 */
#ifndef TAC_BASE_PERSON_ROW_H
#define TAC_BASE_PERSON_ROW_H

#include <stddef.h>

typedef struct tac_person_row {
    size_t n_attribute;
    size_t n_programme; /* 0: a life without programmes */
    size_t n_observable;
} tac_person_row;

/** Programmes, or 1 for a life without any. */
size_t tac_person_row_n_programme(const tac_person_row *row);

/** Numbers in a row. */
size_t tac_person_row_n(const tac_person_row *row);

/** Where an attribute stands. */
size_t tac_person_row_attribute(const tac_person_row *row, size_t attribute);

/** Where a programme's value of an observable stands, and that of the same hours without; both the same for a life alone. */
size_t tac_person_row_with(const tac_person_row *row, size_t programme, size_t observable);
size_t tac_person_row_without(const tac_person_row *row, size_t programme, size_t observable);

#endif
