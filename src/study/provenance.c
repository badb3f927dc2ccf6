/* SPDX-License-Identifier: Apache-2.0 */
/* What the numbers rest on: who and what was simulated, with which version, and what had to be assumed. */
#include "base/fail.h"
#include "scenario/comparator.h"
#include "study/tables.h"

#include <math.h>
#include <string.h>

/** Solver counts summed over the members, in the order of the members; none where there are no members. */
static tac_status add_counts(tac_ctx *ctx, const tac_ensemble *e, tac_table *table)
{
    tac_status st = TAC_OK;
    tac_solver_counts n = {0};
    if (e->counts == NULL) {
        return TAC_OK;
    }
    for (size_t k = 0; k < e->n_member; k++) {
        n.n_restart += e->counts[k].n_restart;
        n.n_step += e->counts[k].n_step;
        n.n_rhs += e->counts[k].n_rhs;
        n.n_jac += e->counts[k].n_jac;
        n.n_setup += e->counts[k].n_setup;
        n.n_newton += e->counts[k].n_newton;
        n.n_err_fail += e->counts[k].n_err_fail;
        n.n_newton_fail += e->counts[k].n_newton_fail;
    }
    TAC_TRY(tac_table_add_number(ctx, table, "n_restart", (double)n.n_restart));
    TAC_TRY(tac_table_add_number(ctx, table, "n_step", (double)n.n_step));
    TAC_TRY(tac_table_add_number(ctx, table, "n_rhs", (double)n.n_rhs));
    TAC_TRY(tac_table_add_number(ctx, table, "n_jac", (double)n.n_jac));
    TAC_TRY(tac_table_add_number(ctx, table, "n_factorisation", (double)n.n_setup));
    TAC_TRY(tac_table_add_number(ctx, table, "n_newton", (double)n.n_newton));
    TAC_TRY(tac_table_add_number(ctx, table, "n_err_fail", (double)n.n_err_fail));
    TAC_TRY(tac_table_add_number(ctx, table, "n_newton_fail", (double)n.n_newton_fail));
out:
    return st;
}

static tac_status add_meta(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"key", "", true},
                                         {"text", "", true},
                                         {"number", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "meta", 3, COLUMNS, &table));
    TAC_TRY(tac_table_add_text(ctx, table, "title", e->scenario->title));
    TAC_TRY(tac_table_add_text(ctx, table, "person", e->scenario->person_text));
    TAC_TRY(tac_table_add_text(ctx, table, "scenario", e->scenario->source.name));
    TAC_TRY(tac_table_add_text(ctx, table, "version", tac_version()));
    TAC_TRY(tac_table_add_text(ctx, table, "model_hash", tac_body_hash(e->body)));
    TAC_TRY(tac_table_add_number(ctx, table, "duration_h", e->scenario->duration_h));
    TAC_TRY(tac_table_add_number(ctx, table, "start_day", (double)e->scenario->start_day));
    TAC_TRY(tac_table_add_number(ctx, table, "session_day",
                                 (double)e->scenario->start_day
                                     + round((tac_session_day_h(e) + e->scenario->start_clock_h)
                                             / 24.0)));
    TAC_TRY(tac_table_add_number(ctx, table, "start_clock_h", e->scenario->start_clock_h));
    TAC_TRY(tac_table_add_number(ctx, table, "seed", (double)e->options.seed));
    TAC_TRY(tac_table_add_number(ctx, table, "members", (double)e->n_member));
    TAC_TRY(tac_table_add_number(ctx, table, "rel_tol", e->options.rel_tol));
    TAC_TRY(add_counts(ctx, e, table));
out:
    return st;
}

static tac_status add_arms(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},
                                         {"title", "", true},
                                         {"against", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "arms", 3, COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, e->n_arm, NULL));
    for (size_t a = 0; a < e->n_arm; a++) {
        TAC_TRY(tac_table_set_text(ctx, table, a, "id", e->scenario->arms[a].id));
        TAC_TRY(tac_table_set_text(ctx, table, a, "title", e->scenario->arms[a].title));
        if (a < e->scenario->n_programme) {
            TAC_TRY(tac_table_set_text(ctx, table, a, "against",
                                       e->scenario->arms[e->scenario->arms[a].against].id));
        }
    }
out:
    return st;
}

static tac_status add_observables(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},
                                         {"title", "", true},
                                         {"unit", "", true},
                                         {"what", "", true},
                                         {"decimals", "1", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "observables", 5, COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, e->n_observable, NULL));
    for (size_t o = 0; o < e->n_observable; o++) {
        const tac_reported *item = &e->scenario->report[o];
        const tac_observable *observable = item->observable;
        TAC_TRY(tac_table_set_text(ctx, table, o, "id", item->id));
        TAC_TRY(tac_table_set_text(ctx, table, o, "title", item->title));
        TAC_TRY(tac_table_set_text(ctx, table, o, "unit", observable->unit));
        TAC_TRY(tac_table_set_text(ctx, table, o, "what", observable->what));
        tac_table_set(table, o, "decimals", observable->decimals);
    }
out:
    return st;
}

/** True when some programme has a massage that its comparator lacks. */
static bool is_of_massage(const tac_scenario *scenario)
{
    bool is_some = false;
    for (size_t a = 0; a < scenario->n_programme; a++) {
        const tac_arm *arm = &scenario->arms[a];
        is_some = is_some || tac_arm_adds_massage(arm, &scenario->arms[arm->against]);
    }
    return is_some;
}

/** True when the claim bears on something that this report shows. */
static bool bears_on_report(const tac_ensemble *e, const tac_claim *claim)
{
    for (size_t i = 0; i < claim->n_observable; i++) {
        for (size_t o = 0; o < e->n_observable; o++) {
            if (strcmp(claim->observables[i], e->scenario->report[o].observable->id) == 0) {
                return true;
            }
        }
    }
    return false;
}

static tac_status add_claims(tac_ctx *ctx, const tac_ensemble *e, const tac_claims *claims,
                             tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},       {"claim", "", true},
                                         {"grade", "", true},    {"points", "", true},
                                         {"sentence", "", true}, {"observables", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_buf list = TAC_BUF_INIT;

    TAC_TRY(tac_results_add(ctx, results, "claims", 6, COLUMNS, &table));
    for (size_t i = 0; i < claims->n; i++) {
        const tac_claim *claim = &claims->items[i];
        size_t row = 0;
        if (!is_of_massage(e->scenario) || !bears_on_report(e, claim)) {
            continue;
        }
        tac_buf_clear(&list);
        for (size_t k = 0; k < claim->n_observable; k++) {
            tac_buf_print(&list, "%s%s", k == 0 ? "" : " ", claim->observables[k]);
        }
        TAC_TRY(tac_buf_check(ctx, &list));
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "id", claim->id));
        TAC_TRY(tac_table_set_text(ctx, table, row, "claim", claim->claim));
        TAC_TRY(tac_table_set_text(ctx, table, row, "grade", claim->grade));
        TAC_TRY(tac_table_set_text(ctx, table, row, "points", claim->points));
        TAC_TRY(tac_table_set_text(ctx, table, row, "sentence", claim->sentence));
        TAC_TRY(tac_table_set_text(ctx, table, row, "observables", tac_buf_str(&list)));
    }
out:
    tac_buf_free(&list);
    return st;
}

/**
 * The parameters that nobody has measured: those that the members vary, and those that have no range. What an input is
 * while no event sets it (no hand, no drug) is no assumption.
 */
static tac_status add_assumed(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},    {"unit", "", true},
                                         {"basis", "", true}, {"source", "", true},
                                         {"note", "", true},  {"value", "", false},
                                         {"low", "", false},  {"high", "", false}};
    const tac_image *image = tac_program_image(e->body->program);
    tac_status st = TAC_OK;
    tac_table *table = NULL;

    TAC_TRY(tac_results_add(ctx, results, "assumed", 8, COLUMNS, &table));
    for (size_t i = 0; i < image->n_row; i++) {
        const tac_image_parameter *p = &image->rows[i];
        size_t row = 0;
        if (strcmp(p->basis, "assumed") != 0 || p->slot == TAC_SLOT_INPUT) {
            continue;
        }
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "id", p->id));
        TAC_TRY(tac_table_set_text(ctx, table, row, "unit", p->unit));
        TAC_TRY(tac_table_set_text(ctx, table, row, "basis", p->basis));
        TAC_TRY(tac_table_set_text(ctx, table, row, "source", p->source));
        TAC_TRY(tac_table_set_text(ctx, table, row, "note", p->note));
        tac_table_set(table, row, "value", p->value);
        tac_table_set(table, row, "low", p->low);
        tac_table_set(table, row, "high", p->high);
    }
out:
    return st;
}

/** True when a programme is compared with the same life without it. */
static bool is_against_life(const tac_scenario *scenario)
{
    bool is_some = false;
    for (size_t a = 0; a < scenario->n_programme; a++) {
        is_some = is_some || scenario->arms[scenario->arms[a].against].n_event == 0;
    }
    return is_some;
}

/** What every reader of these results has to know. */
static tac_status add_notes(tac_ctx *ctx, const tac_ensemble *e, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"text", "", true}};
    static const char *const NOTES[] = {
        "Intervals say what is not known about this one person: parameters are drawn from the ranges "
        "of their sources. They do not say how people differ, and they cannot hold mechanisms that "
        "nobody has thought of.",
        "A change of a hormone, of the heart rate, of lymph or of cells and messengers in blood is not a "
        "change of health: counts say where cells are, not how well they defend.",
        "Pressure of hands has hardly been measured beside any outcome: words such as 'moderate' stand "
        "for a wide range of kPa, which the intervals contain."};
    tac_status st = TAC_OK;
    tac_table *table = NULL;

    TAC_TRY(tac_results_add(ctx, results, "notes", 1, COLUMNS, &table));
    for (size_t i = 0; i < sizeof NOTES / sizeof NOTES[0]; i++) {
        size_t row = 0;
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, table, row, "text", NOTES[i]));
    }
    /* Against a life that sits and works at that hour, lying down is part of the difference. */
    if (is_against_life(e->scenario)) {
        size_t row = 0;
        TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
        TAC_TRY(tac_table_set_text(
            ctx, table, row, "text",
            "The comparison is with what the person would do at that hour, mostly seated: lying down and "
            "resting are part of what changes in the session. 'against: rest' shows what the hands add."));
    }
out:
    return st;
}

tac_status tac_tables_add_head(tac_ctx *ctx, const tac_ensemble *ensemble, const tac_claims *claims,
                               tac_results *results)
{
    tac_status st = TAC_OK;
    TAC_TRY(add_meta(ctx, ensemble, results));
    TAC_TRY(add_arms(ctx, ensemble, results));
    TAC_TRY(add_observables(ctx, ensemble, results));
    TAC_TRY(add_claims(ctx, ensemble, claims, results));
out:
    return st;
}

tac_status tac_tables_add_notes(tac_ctx *ctx, const tac_ensemble *ensemble, tac_results *results)
{
    tac_status st = TAC_OK;
    TAC_TRY(add_assumed(ctx, ensemble, results));
    TAC_TRY(add_notes(ctx, ensemble, results));
out:
    return st;
}
