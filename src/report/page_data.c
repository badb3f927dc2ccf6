/* SPDX-License-Identifier: Apache-2.0 */
/* From tables to the object that the page reads; web/src/data.ts describes the same thing from its side. */
#include "report/page_data.h"

#include "report/together.h"
#include "report/vessel.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

void tac_say_date(tac_buf *buf, long day)
{
    static const char *const WEEKDAYS[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
    static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    /* Civil date from a day count (Hinnant 2021, "chrono-compatible low-level date algorithms"). */
    const long z = day + 719468;
    const long era = (z >= 0 ? z : z - 146096) / 146097;
    const long doe = z - era * 146097;
    const long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const long mp = (5 * doy + 2) / 153;
    const long day_of_month = doy - (153 * mp + 2) / 5 + 1;
    const long month = mp < 10 ? mp + 3 : mp - 9;
    const long year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    const long weekday = ((day + 3) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
    tac_buf_print(buf, "%s %ld %s %ld", WEEKDAYS[weekday], day_of_month, MONTHS[month - 1], year);
}

/** A column of a table as a list. */
static json_t *column_list(const tac_table *table, size_t column)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(table); i++) {
        json_array_append_new(list, tac_json_number(
                                        tac_round_significant(tac_table_number(table, i, column))));
    }
    return list;
}

/** {arm: {mid, low, high}} of one observable from a wide table. */
static json_t *bands(const tac_table *wide, const tac_table *arms, const char *observable)
{
    static const char *const ENDINGS[] = {"", ".low", ".high"};
    static const char *const NAMES[] = {"mid", "low", "high"};
    json_t *of_arms = json_object();
    tac_buf name = TAC_BUF_INIT;
    for (size_t a = 0; a < tac_table_n_row(arms); a++) {
        const char *arm = tac_table_text_of(arms, a, "id");
        json_t *band = json_object();
        for (size_t k = 0; k < 3; k++) {
            tac_buf_clear(&name);
            tac_buf_print(&name, "%s.%s%s", arm, observable, ENDINGS[k]);
            json_object_set_new(band, NAMES[k],
                                column_list(wide, tac_table_find(wide, tac_buf_str(&name))));
        }
        json_object_set_new(of_arms, arm, band);
    }
    tac_buf_free(&name);
    return of_arms;
}

static json_t *spans_list(const tac_table *spans)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(spans); i++) {
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:o, s:o}", "arm", tac_table_text_of(spans, i, "arm"),
                            "label", tac_table_text_of(spans, i, "label"), "from",
                            tac_json_number(tac_table_number_of(spans, i, "from")), "to",
                            tac_json_number(tac_table_number_of(spans, i, "to"))));
    }
    return list;
}

/** "Wednesday 9 September 2026, the day of the first session". */
static void say_session_day(tac_buf *buf, const tac_results *results)
{
    const tac_table *spans = tac_results_table(results, "spans");
    tac_say_date(buf, (long)tac_meta_number(results, "session_day"));
    tac_buf_text(buf,
                 tac_table_n_row(spans) > 0 ? ", the day of the first session" : ", the first day");
}

static json_t *courses(const tac_results *results)
{
    const tac_table *observables = tac_results_table(results, "observables");
    const tac_table *arms = tac_results_table(results, "arms");
    const tac_table *weeks = tac_results_table(results, "weeks");
    const tac_table *session = tac_results_table(results, "session");
    json_t *list = json_array();
    tac_buf title = TAC_BUF_INIT;

    say_session_day(&title, results);
    for (size_t o = 0; list != NULL && o < tac_table_n_row(observables); o++) {
        const char *id = tac_table_text_of(observables, o, "id");
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s, s:o, s:{s:o, s:o}, s:{s:s, s:o, s:o, s:o}}",
                            "observable", id, "title", tac_table_text_of(observables, o, "title"),
                            "unit", tac_table_text_of(observables, o, "unit"), "decimals",
                            tac_json_number(tac_table_number_of(observables, o, "decimals")),
                            "weeks", "day", column_list(weeks, 0), "arms", bands(weeks, arms, id),
                            "session", "title", tac_buf_str(&title), "clock_h",
                            column_list(session, 0), "arms", bands(session, arms, id), "spans",
                            spans_list(tac_results_table(results, "spans"))));
    }
    tac_buf_free(&title);
    return list;
}

static json_t *arms_list(const tac_table *arms)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(arms); i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:o}", "id", tac_table_text_of(arms, i, "id"),
                                        "title", tac_table_text_of(arms, i, "title"), "against",
                                        tac_json_text(tac_table_text_of(arms, i, "against"))));
    }
    return list;
}

static json_t *body_list(const tac_results *results)
{
    const tac_table *body = tac_results_table(results, "body");
    const tac_table *summary = tac_results_table(results, "summary");
    json_t *list = json_array();
    tac_buf change = TAC_BUF_INIT;
    for (size_t i = 0; list != NULL && i < tac_table_n_row(body); i++) {
        const size_t row = (size_t)tac_table_number_of(body, i, "row");
        const char *unit = tac_table_text_of(summary, row, "unit");
        const bool is_percent = strcmp(tac_table_text_of(summary, row, "show"), "percent") == 0;
        tac_buf_clear(&change);
        tac_say_change(&change, summary, row);
        if (!is_percent && strcmp(unit, "1") != 0) {
            tac_buf_print(&change, " %s", unit);
        }
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:o, s:b}", "part",
                                        tac_table_text_of(body, i, "part"), "observable",
                                        tac_table_text_of(body, i, "observable"), "title",
                                        tac_table_text_of(body, i, "title"), "change",
                                        tac_buf_str(&change), "direction",
                                        tac_json_number(tac_table_number_of(body, i, "direction")),
                                        "certain", tac_change_is_clear(summary, row)));
    }
    tac_buf_free(&change);
    return list;
}

/** The words of a space-separated list. */
static json_t *words_list(const char *text)
{
    json_t *list = json_array();
    while (list != NULL && *text != '\0') {
        const size_t n = strcspn(text, " ");
        json_array_append_new(list, json_stringn(text, n));
        text += n + strspn(text + n, " ");
    }
    return list;
}

static json_t *claims_list(const tac_table *claims)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(claims); i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id",
                                        tac_table_text_of(claims, i, "id"), "claim",
                                        tac_table_text_of(claims, i, "claim"), "grade",
                                        tac_table_text_of(claims, i, "grade"), "points",
                                        tac_table_text_of(claims, i, "points"), "sentence",
                                        tac_table_text_of(claims, i, "sentence"), "rows",
                                        words_list(tac_table_text_of(claims, i, "observables"))));
    }
    return list;
}

static json_t *assumed_list(const tac_table *assumed)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(assumed); i++) {
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:s, s:o, s:o, s:s, s:s, s:s}", "id",
                                        tac_table_text_of(assumed, i, "id"), "value",
                                        tac_json_number(tac_table_number_of(assumed, i, "value")),
                                        "unit", tac_table_text_of(assumed, i, "unit"), "low",
                                        tac_json_number(tac_table_number_of(assumed, i, "low")),
                                        "high",
                                        tac_json_number(tac_table_number_of(assumed, i, "high")),
                                        "basis", tac_table_text_of(assumed, i, "basis"), "source",
                                        tac_table_text_of(assumed, i, "source"), "note",
                                        tac_table_text_of(assumed, i, "note")));
    }
    return list;
}

static json_t *notes_list(const tac_table *notes)
{
    json_t *list = json_array();
    for (size_t i = 0; list != NULL && i < tac_table_n_row(notes); i++) {
        json_array_append_new(list, json_string(tac_table_text_of(notes, i, "text")));
    }
    return list;
}

static json_t *run_object(const tac_results *results, const tac_report_options *options)
{
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:s}", "version",
                     tac_meta_text(results, "version"), "command", options->command, "file",
                     tac_meta_text(results, "scenario"), "seed",
                     tac_json_number(tac_meta_number(results, "seed")), "members",
                     tac_json_number(tac_meta_number(results, "members")), "seconds",
                     tac_json_number(tac_round_significant(options->seconds)), "rel_tol",
                     tac_json_number(tac_meta_number(results, "rel_tol")), "model_hash",
                     tac_meta_text(results, "model_hash"));
}

json_t *tac_page_data(const tac_results *results, const tac_report_options *options)
{
    tac_buf subtitle = TAC_BUF_INIT;
    tac_say_subtitle(&subtitle, results);
    json_t *page =
        json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "title",
                  tac_meta_text(results, "title"), "subtitle", tac_buf_str(&subtitle), "run",
                  run_object(results, options), "arms",
                  arms_list(tac_results_table(results, "arms")), "summary",
                  tac_json_rows(tac_results_table(results, "summary")), "courses", courses(results),
                  "body", body_list(results), "regions",
                  tac_json_regions(tac_results_table(results, "regions")), "claims",
                  claims_list(tac_results_table(results, "claims")), "assumed",
                  assumed_list(tac_results_table(results, "assumed")), "notes",
                  notes_list(tac_results_table(results, "notes")), "lymph_vessel",
                  tac_vessel_json(results, true), "together", tac_together_json(results));
    tac_buf_free(&subtitle);
    return page;
}
