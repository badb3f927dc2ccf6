/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers with units, clock times, dates and days of the week as people write them in a scenario. */
#ifndef TAC_SIM_QUANTITY_H
#define TAC_SIM_QUANTITY_H

#include "base/yaml.h"

/**
 * Read "5.5 h" as a number of the wanted unit, "min" say.
 *
 * A number without a unit is right only where `wanted` is "1". `what` names the thing in messages ("pressure"),
 * `needs` what would be right ("kPa or mmHg"); NULL: the usual units of that kind.
 *
 * Errors  TAC_E_INPUT  not a number, no unit, an unknown unit, a unit of another kind; with what would be right
 */
TAC_MUST_CHECK tac_status tac_quantity_read(tac_ctx *ctx, const tac_source *source,
                                            const tac_yaml_node *node, const char *what,
                                            const char *wanted, const char *needs,
                                            double *value_out);

/** True when the text begins like a number. */
bool tac_quantity_is_number(const char *text);

/** What stands behind the number, in the spelling of model/units.h ("per min" is "1/min"); "" when nothing does. */
const char *tac_quantity_unit(const char *text);

/** "18:00" as 18.0 hours; false when it is no time of day. */
bool tac_clock_parse(const char *text, double *clock_h_out);

/** "2026-09-07 18:30" as days since 1970-01-01 and hours; false when it is no date. The time may be left out. */
bool tac_date_parse(const char *text, long *day_out, double *clock_h_out);

/** 0 Monday ... 6 Sunday of "mon", "Monday"; false when it is none. */
bool tac_weekday_parse(const char *text, unsigned *day_out);

/** Weekday of a day since 1970-01-01. */
unsigned tac_weekday_of(long day);

#endif
