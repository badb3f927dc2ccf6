/* SPDX-License-Identifier: Apache-2.0 */
/* The data of the page of any model's run, as one JSON object; web/src/course.ts describes it from its side. */
#ifndef TAC_REPORT_COURSE_PAGE_H
#define TAC_REPORT_COURSE_PAGE_H

#include "base/table.h"
#include "report/json.h"

#include <tactus/report.h>

/** Build the object: at most 60 variables that move, 300 that stay and 1,001 times. NULL when memory is short. */
json_t *tac_course_page_data(const tac_results *results, const tac_report_options *options);

#endif
