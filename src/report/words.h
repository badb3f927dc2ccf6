/* SPDX-License-Identifier: Apache-2.0 */
/* How numbers and changes are said, the same on the terminal, in JSON and on the page. */
#ifndef TAC_REPORT_WORDS_H
#define TAC_REPORT_WORDS_H

#include "base/buf.h"
#include "base/table.h"

/** Append a number with the given decimals; "-" when it is not finite. Never "-0". */
void tac_say_number(tac_buf *buf, double value, int decimals);

/** The same with its sign always shown, as a change is. */
void tac_say_signed(tac_buf *buf, double value, int decimals);

/** The number with the six digits that a picture shows; more would only make a page larger. */
double tac_round_significant(double value);

/** A row of "summary" as a change: "-1 %" or "-3.7"; "-" without a programme. */
void tac_say_change(tac_buf *buf, const tac_table *summary, size_t row);

/** "(-4 ... +2)", with signs. */
void tac_say_between(tac_buf *buf, double low, double high, int decimals);

/** The interval of a row of "summary" in this form. */
void tac_say_interval(tac_buf *buf, const tac_table *summary, size_t row);

/** True where the interval, with the digits that are shown, leaves zero out. */
bool tac_change_is_clear(const tac_table *summary, size_t row);

/**
 * Append why the intervals of a run with few members say little: they are about what the members span. Nothing where
 * there are enough, and of a cohort.
 */
void tac_say_few(tac_buf *buf, const tac_results *results);

/** Text or number of a key of "meta". */
const char *tac_meta_text(const tac_results *results, const char *key);
double tac_meta_number(const tac_results *results, const char *key);

/** Number of programmes of the table "arms": they come first, what only serves as a comparator follows. */
size_t tac_arms_n_programme(const tac_table *arms);

/** The programme itself, or the first one that is compared with the arm. */
size_t tac_arms_programme_of(const tac_table *arms, size_t arm);

/** True when programmes are compared with different arms. */
bool tac_arms_differ_in_against(const tac_table *arms);

/** "12 weeks", "3 days", "36 h". */
void tac_say_duration(tac_buf *buf, double duration_h);

/** Append "woman, 42 y · 12 weeks · what is compared with what". */
void tac_say_subtitle(tac_buf *buf, const tac_results *results);

/** Decimals of a change in per cent: whole numbers, one decimal below 1 %. */
int tac_percent_decimals(const tac_table *summary, size_t row);

#endif
