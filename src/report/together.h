/* SPDX-License-Identifier: Apache-2.0 */
/* Whether factors together do more than each of them alone, as text and as JSON; nothing where a scenario has no factors. */
#ifndef TAC_REPORT_TOGETHER_H
#define TAC_REPORT_TOGETHER_H

#include "report/json.h"

/** Append the section for a terminal of 80 columns. */
void tac_together_text(tac_buf *buf, const tac_results *results);

/** [{"observable", "title", "unit", "what", "decimals", "sum_of_parts", "sum_of_parts_ci95", "together", "together_ci95", "more", "more_ci95"}], or null. */
json_t *tac_together_json(const tac_results *results);

#endif
