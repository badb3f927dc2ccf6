/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers into words; see words.h. */
#include "report/words.h"

#include "base/fail.h"

#include <math.h>
#include <string.h>

void tac_say_number(tac_buf *buf, double value, int decimals)
{
    if (!isfinite(value)) {
        tac_buf_text(buf, "-");
        return;
    }
    const double unit = pow(10.0, -decimals);
    const bool is_zero = fabs(value) < 0.5 * unit;
    tac_buf_print(buf, "%.*f", decimals, is_zero ? 0.0 : value);
}

double tac_round_significant(double value)
{
    static const double SIGNIFICANT = 1e5;
    if (!isfinite(value) || value == 0.0) {
        return value;
    }
    const double scale = SIGNIFICANT / pow(10.0, floor(log10(fabs(value))));
    return round(value * scale) / scale;
}

void tac_say_signed(tac_buf *buf, double value, int decimals)
{
    if (isfinite(value) && value >= 0.5 * pow(10.0, -decimals)) {
        tac_buf_text(buf, "+");
    }
    tac_say_number(buf, value, decimals);
}

static bool is_percent(const tac_table *summary, size_t row)
{
    return strcmp(tac_table_text_of(summary, row, "show"), "percent") == 0;
}

int tac_percent_decimals(const tac_table *summary, size_t row)
{
    const double low = fabs(tac_table_number_of(summary, row, "percent_low"));
    const double high = fabs(tac_table_number_of(summary, row, "percent_high"));
    const double largest = fmax(low, high);
    return largest < 0.1 ? 2 : largest < 2.0 ? 1 : 0;
}

/** Decimals that show a change at least as finely as its interval is wide. */
static int change_decimals(const tac_table *summary, size_t row)
{
    if (is_percent(summary, row)) {
        return tac_percent_decimals(summary, row);
    }
    const int decimals = (int)tac_table_number_of(summary, row, "decimals");
    const double low = fabs(tac_table_number_of(summary, row, "low"));
    const double high = fabs(tac_table_number_of(summary, row, "high"));
    const bool is_hidden = fmax(low, high) < 2.0 * pow(10.0, -decimals);
    return is_hidden ? decimals + 1 : decimals;
}

void tac_say_change(tac_buf *buf, const tac_table *summary, size_t row)
{
    const int decimals = change_decimals(summary, row);
    const bool percent = is_percent(summary, row);
    const double change = tac_table_number_of(summary, row, percent ? "percent" : "change");
    tac_say_signed(buf, change, decimals);
    tac_buf_text(buf, percent && isfinite(change) ? " %" : "");
}

/** Ends of the interval as the row shows it: in per cent or in its unit; NaN where there is none. */
static void interval_of(const tac_table *summary, size_t row, double *low_out, double *high_out)
{
    const bool percent = is_percent(summary, row);
    *low_out = tac_table_number_of(summary, row, percent ? "percent_low" : "low");
    *high_out = tac_table_number_of(summary, row, percent ? "percent_high" : "high");
}

void tac_say_between(tac_buf *buf, double low, double high, int decimals)
{
    tac_buf_text(buf, "(");
    tac_say_signed(buf, low, decimals);
    tac_buf_text(buf, " … ");
    tac_say_signed(buf, high, decimals);
    tac_buf_text(buf, ")");
}

void tac_say_interval(tac_buf *buf, const tac_table *summary, size_t row)
{
    double low = 0.0;
    double high = 0.0;
    interval_of(summary, row, &low, &high);
    if (isfinite(low) && isfinite(high)) {
        tac_say_between(buf, low, high, change_decimals(summary, row));
    }
}

bool tac_change_is_clear(const tac_table *summary, size_t row)
{
    const double seen = 0.5 * pow(10.0, -change_decimals(summary, row));
    double low = 0.0;
    double high = 0.0;
    interval_of(summary, row, &low, &high);
    return low >= seen || high <= -seen;
}

void tac_say_few(tac_buf *buf, const tac_results *results)
{
    static const double ENOUGH = 40.0; /* one draw in 40 lies below a 95 % interval */
    const double n_member =
        tac_results_has(results, "cohort") ? ENOUGH : tac_meta_number(results, "members");
    if (n_member < ENOUGH) {
        tac_buf_print(buf,
                      "%.0f members are few: an interval is hardly wider than what they span, and "
                      "in truth wider (64 is usual)",
                      n_member);
    }
}

const char *tac_meta_text(const tac_results *results, const char *key)
{
    return tac_table_key_text(tac_results_table(results, "meta"), key);
}

double tac_meta_number(const tac_results *results, const char *key)
{
    return tac_table_key_number(tac_results_table(results, "meta"), key);
}

void tac_say_duration(tac_buf *buf, double duration_h)
{
    static const struct {
        double hours;
        const char *one;
        const char *many;
    } UNITS[] = {{168.0, "week", "weeks"}, {24.0, "day", "days"}, {1.0, "h", "h"}};
    for (size_t i = 0; i < sizeof UNITS / sizeof UNITS[0]; i++) {
        const double n = duration_h / UNITS[i].hours;
        if (fabs(n - round(n)) < 1e-9 || i == 2) {
            tac_buf_print(buf, "%.4g %s", n, round(n) == 1.0 ? UNITS[i].one : UNITS[i].many);
            return;
        }
    }
}

size_t tac_arms_n_programme(const tac_table *arms)
{
    size_t n = 0;
    while (n < tac_table_n_row(arms) && tac_table_text_of(arms, n, "against")[0] != '\0') {
        n++;
    }
    return n;
}

size_t tac_arms_programme_of(const tac_table *arms, size_t arm)
{
    const size_t n = tac_arms_n_programme(arms);
    const char *id = tac_table_text_of(arms, arm, "id");
    for (size_t i = 0; arm >= n && i < n; i++) {
        if (strcmp(tac_table_text_of(arms, i, "against"), id) == 0) {
            return i;
        }
    }
    return arm < n ? arm : 0;
}

bool tac_arms_differ_in_against(const tac_table *arms)
{
    bool differ = false;
    for (size_t i = 1; i < tac_arms_n_programme(arms); i++) {
        differ =
            differ
            || strcmp(tac_table_text_of(arms, i, "against"), tac_table_text_of(arms, 0, "against"))
                   != 0;
    }
    return differ;
}

/** The title of what a programme is compared with. */
static const char *title_of_against(const tac_table *arms, size_t programme)
{
    size_t i = 0;
    const char *id = tac_table_text_of(arms, programme, "against");
    while (i + 1 < tac_table_n_row(arms) && strcmp(tac_table_text_of(arms, i, "id"), id) != 0) {
        i++;
    }
    return tac_table_text_of(arms, i, "title");
}

void tac_say_subtitle(tac_buf *buf, const tac_results *results)
{
    const tac_table *arms = tac_results_table(results, "arms");
    const size_t n = tac_arms_n_programme(arms);
    const bool differ = tac_arms_differ_in_against(arms);
    tac_buf_print(buf, "%s · ", tac_meta_text(results, "person"));
    tac_say_duration(buf, tac_meta_number(results, "duration_h"));
    for (size_t a = 0; a < n; a++) {
        tac_buf_print(buf, "%s%s", a == 0 ? " · " : "; ", tac_table_text_of(arms, a, "title"));
        if (differ || a + 1 == n) {
            tac_buf_print(buf, ", against %s", title_of_against(arms, a));
        }
    }
}
