/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the report page: everything that web/ draws, as one JSON object. */
#ifndef TAC_REPORT_PAGE_DATA_H
#define TAC_REPORT_PAGE_DATA_H

#include "base/table.h"
#include "report/json.h"

#include <tactus/report.h>

/** Build the object; NULL when memory is short. */
json_t *tac_page_data(const tac_results *results, const tac_report_options *options);

/** "Wednesday 9 September 2026" from days since 1970-01-01. */
void tac_say_date(tac_buf *buf, long day);

#endif
