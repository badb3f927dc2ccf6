/* SPDX-License-Identifier: Apache-2.0 */
/* What the factors of a scenario do apart and together, and whether the whole is more than the sum of its parts. */
#include "base/alloc.h"
#include "base/fail.h"
#include "study/outcome.h"
#include "study/tables.h"

typedef struct effects {
    double *parts; /* [n_member]: sum of the factors' changes */
    double *whole; /* change of all together */
    double *more;  /* the second less the first */
} effects;

static tac_status effects_create(tac_ctx *ctx, size_t n, effects *x)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_alloc_doubles(ctx, n, &x->parts));
    TAC_TRY(tac_alloc_doubles(ctx, n, &x->whole));
    TAC_TRY(tac_alloc_doubles(ctx, n, &x->more));
out:
    return st;
}

static void effects_free(effects *x)
{
    tac_free(x->parts);
    tac_free(x->whole);
    tac_free(x->more);
}

/** Changes of one observable, each in the hours of all sessions, so that they can be added. */
static void compare_members(const tac_ensemble *e, size_t o, size_t n_window,
                            const tac_window *windows, effects *x)
{
    const tac_observable *observable = e->scenario->report[o].observable;
    const size_t n_factor = e->scenario->n_factor;
    for (size_t k = 0; k < e->n_member; k++) {
        const double without =
            tac_statistic_of(e, observable,
                             tac_ensemble_values(e, e->scenario->arms[0].against, o, k), n_window,
                             windows);
        x->parts[k] = 0.0;
        for (size_t arm = 0; arm < n_factor; arm++) {
            x->parts[k] += tac_statistic_of(e, observable, tac_ensemble_values(e, arm, o, k),
                                            n_window, windows)
                           - without;
        }
        x->whole[k] = tac_statistic_of(e, observable, tac_ensemble_values(e, n_factor, o, k),
                                       n_window, windows)
                      - without;
        x->more[k] = x->whole[k] - x->parts[k];
    }
}

static void set_band(tac_table *table, size_t row, const char *const names[3], tac_band band)
{
    tac_table_set(table, row, names[0], band.mid);
    tac_table_set(table, row, names[1], band.low);
    tac_table_set(table, row, names[2], band.high);
}

static tac_status add_row(tac_ctx *ctx, const tac_ensemble *e, size_t o, effects *x,
                          tac_table *table)
{
    static const char *const PARTS[] = {"parts", "parts_low", "parts_high"};
    static const char *const WHOLE[] = {"whole", "whole_low", "whole_high"};
    static const char *const MORE[] = {"more", "more_low", "more_high"};
    const tac_reported *item = &e->scenario->report[o];
    tac_status st = TAC_OK;
    size_t row = 0;

    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "observable", item->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "title", item->title));
    TAC_TRY(tac_table_set_text(ctx, table, row, "unit", item->observable->unit));
    TAC_TRY(tac_table_set_text(ctx, table, row, "what", item->observable->what));
    tac_table_set(table, row, "decimals", item->observable->decimals);
    set_band(table, row, PARTS, tac_band_of(e->n_member, x->parts));
    set_band(table, row, WHOLE, tac_band_of(e->n_member, x->whole));
    set_band(table, row, MORE, tac_band_of(e->n_member, x->more));
out:
    return st;
}

tac_status tac_tables_add_together(tac_ctx *ctx, const tac_ensemble *ensemble, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"observable", "", true},  {"title", "", true},
                                         {"unit", "", true},        {"what", "", true},
                                         {"decimals", "1", false},  {"parts", "", false},
                                         {"parts_low", "", false},  {"parts_high", "", false},
                                         {"whole", "", false},      {"whole_low", "", false},
                                         {"whole_high", "", false}, {"more", "", false},
                                         {"more_low", "", false},   {"more_high", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_window *windows = NULL;
    size_t n_window = 0;
    effects x = {0};

    TAC_TRY(tac_sessions_of(ctx, ensemble->schedules[ensemble->scenario->n_factor], &windows,
                            &n_window));
    TAC_TRY(effects_create(ctx, ensemble->n_member, &x));
    TAC_TRY(tac_results_add(ctx, results, "together", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    for (size_t o = 0; o < ensemble->n_observable; o++) {
        compare_members(ensemble, o, n_window, windows, &x);
        TAC_TRY(add_row(ctx, ensemble, o, &x, table));
    }
out:
    effects_free(&x);
    tac_free(windows);
    return st;
}
