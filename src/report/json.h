/* SPDX-License-Identifier: Apache-2.0 */
/* Results as JSON values (jansson); a NULL return means that memory was short. */
#ifndef TAC_REPORT_JSON_H
#define TAC_REPORT_JSON_H

#include "base/buf.h"
#include "base/table.h"

#include <tactus/report.h>

#include <jansson.h>

/** A number, or null when it is not finite. */
json_t *tac_json_number(double value);

/** [low, high], or null when either is not finite. */
json_t *tac_json_interval(double low, double high);

/** A text; an empty one is null. */
json_t *tac_json_text(const char *text);

/** The rows of "summary" with the keys of docs/results.md. */
json_t *tac_json_rows(const tac_table *summary);

/** The ids of "arms". */
json_t *tac_json_arms(const tac_table *arms);

/** The rows of "regions": one for each observable that parts of the body have, and part. */
json_t *tac_json_regions(const tac_table *regions);

/** Write run.json: all of "meta", with the command and the seconds. */
TAC_MUST_CHECK tac_status tac_run_json_write(tac_ctx *ctx, const tac_results *results,
                                             const tac_report_options *options);

/** Append a value as text: compact or indented, shortest numbers that read back the same; frees the value. */
TAC_MUST_CHECK tac_status tac_json_write(tac_ctx *ctx, json_t *value, bool is_indented,
                                         tac_buf *buf);

/** A table of keys as an object of their numbers. */
json_t *tac_json_numbers(const tac_table *table);

/** A table as a list of objects; a column "holds" is true or false. */
json_t *tac_json_objects(const tac_table *table);

#endif
