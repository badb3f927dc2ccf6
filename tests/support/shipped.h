/* SPDX-License-Identifier: Apache-2.0 */
/* For tests of what is shipped: the body or its words, opened once for a whole program of tests. */
#ifndef TAC_TESTS_SHIPPED_H
#define TAC_TESTS_SHIPPED_H

#include "sim/body.h"

/* Set-up and end of a group: shipped_body is there between them. */
extern tac_body *shipped_body;
int open_shipped_body(void **state);
int close_shipped_body(void **state);

/* The same of the words alone, which come sooner. */
extern tac_words *shipped_words;
int open_shipped_words(void **state);
int close_shipped_words(void **state);

#endif
