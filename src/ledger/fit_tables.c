/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a fit; see tac_fit(). */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "ledger/fit.h"
#include "sim/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double Z_975 = 1.959963984540054;

/* Standard deviation afterwards over that of the prior: below the first a parameter is identified, above the second not. */
static const double SHARE_KNOWN = 0.5;
static const double SHARE_UNKNOWN = 0.9;

static const double PROFILE_SD[TAC_FIT_N_PROFILE] = {-2.0, -1.0, 1.0, 2.0};

/** Standard deviation of a free parameter afterwards, where that of its prior is 1. */
static double share_of(const tac_fitting *f, size_t k)
{
    return f->has_effect[k] ? sqrt(f->found.covariance[k][k]) : 1.0;
}

static const char *judgement_of(const tac_fitting *f, size_t k)
{
    const double share = share_of(f, k);
    return !f->has_effect[k]       ? "nothing in these studies depends on it"
           : share < SHARE_KNOWN   ? "identified"
           : share < SHARE_UNKNOWN ? "partly identified"
                                   : "not identified";
}

/** Keys of the families that are used, "a,b"; families without a key are left out. */
static void put_keys(const tac_fitting *f, tac_buf *keys)
{
    for (size_t row = 0; row < tac_tsv_n_row(f->families); row++) {
        bool is_used = false;
        for (size_t i = 0; i < f->lives.n_study; i++) {
            is_used =
                is_used
                || strcmp(f->lives.studies[i]->family, tac_tsv_cell(f->families, row, TAC_FAMILY))
                       == 0;
        }
        if (is_used) {
            tac_buf_print(keys, "%s%s", keys->n > 0 ? "," : "",
                          tac_tsv_cell(f->families, row, TAC_FAMILY_KEY));
        }
    }
}

static tac_status put_parameter(tac_ctx *ctx, const tac_fitting *f, size_t k, const char *keys,
                                tac_table *t)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    const tac_image_parameter *p = &f->varied.free[k];
    const double z = f->found.z[k];
    const double half = Z_975 * share_of(f, k);
    TAC_TRY(tac_table_add_rows(ctx, t, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, t, row, "id", p->id));
    TAC_TRY(tac_table_set_text(ctx, t, row, "unit", p->unit));
    TAC_TRY(tac_table_set_text(ctx, t, row, "judgement", judgement_of(f, k)));
    TAC_TRY(tac_table_set_text(ctx, t, row, "keys", keys));
    tac_table_set(t, row, "value", p->value);
    tac_table_set(t, row, "low", p->low);
    tac_table_set(t, row, "high", p->high);
    tac_table_set(t, row, "fitted", tac_draw_value_at(p, z));
    tac_table_set(t, row, "fitted low", tac_draw_value_at(p, z - half));
    tac_table_set(t, row, "fitted high", tac_draw_value_at(p, z + half));
    tac_table_set(t, row, "moved", z);
    tac_table_set(t, row, "share", share_of(f, k));
    tac_table_set(t, row, "changes", f->has_effect[k] && share_of(f, k) < SHARE_UNKNOWN);
out:
    return st;
}

static tac_status add_parameters(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},
                                         {"unit", "", true},
                                         {"value", "", false},
                                         {"low", "", false},
                                         {"high", "", false},
                                         {"fitted", "", false},
                                         {"fitted low", "", false},
                                         {"fitted high", "", false},
                                         {"moved", "SD of the prior", false},
                                         {"share", "SD of the prior", false},
                                         {"changes", "", false},
                                         {"judgement", "", true},
                                         {"keys", "", true}};
    tac_status st = TAC_OK;
    tac_table *t = NULL;
    tac_buf keys = TAC_BUF_INIT;
    put_keys(f, &keys);
    TAC_TRY(tac_buf_check(ctx, &keys));
    TAC_TRY(tac_results_add(ctx, results, "parameters", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &t));
    for (size_t k = 0; k < f->varied.n_free; k++) {
        TAC_TRY(put_parameter(ctx, f, k, tac_buf_str(&keys), t));
    }
out:
    tac_buf_free(&keys);
    return st;
}

static tac_status add_profile(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},
                                         {"sd", "", false},
                                         {"value", "", false},
                                         {"rise", "", false}};
    tac_status st = TAC_OK;
    tac_table *t = NULL;
    size_t row = 0;
    TAC_TRY(tac_results_add(ctx, results, "profile", 4, COLUMNS, &t));
    for (size_t k = 0; k < f->varied.n_free; k++) {
        for (size_t i = 0; f->has_effect[k] && i < TAC_FIT_N_PROFILE; i++) {
            TAC_TRY(tac_table_add_rows(ctx, t, 1, &row));
            TAC_TRY(tac_table_set_text(ctx, t, row, "id", f->varied.free[k].id));
            tac_table_set(t, row, "sd", PROFILE_SD[i]);
            tac_table_set(t, row, "value",
                          tac_draw_value_at(&f->varied.free[k], f->profile_z[k][i]));
            tac_table_set(t, row, "rise", f->rise[k][i]);
        }
    }
out:
    return st;
}

static double back(const tac_target *t, double value)
{
    return t->is_log ? exp(value) : t->is_percent ? 100.0 * expm1(value) : value;
}

/** How far a prediction lies off, in standard deviations of all that could explain it. */
static double misfit(const tac_target *target, double mid, double tau)
{
    tac_target t = *target;
    t.mid = mid;
    t.weight = 1.0;
    return tac_target_residual(&t, tau);
}

static tac_status put_finding(tac_ctx *ctx, const tac_fitting *f, const tac_target *target,
                              tac_table *t)
{
    static const char *const DIRECTIONS[] = {"down", "none", "up"};
    tac_status st = TAC_OK;
    size_t row = 0;
    const tac_study *s = f->lives.studies[target->study];
    const tac_finding *finding = &s->findings[target->finding];
    const bool is_used = target->reason == NULL;
    TAC_TRY(tac_table_add_rows(ctx, t, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, t, row, "study", s->id));
    TAC_TRY(tac_table_set_text(ctx, t, row, "family", s->family));
    TAC_TRY(tac_table_set_text(ctx, t, row, "what", finding->what));
    TAC_TRY(tac_table_set_text(ctx, t, row, "as",
                               finding->observable == NULL ? "" : tac_as_word(finding->as)));
    TAC_TRY(tac_table_set_text(ctx, t, row, "reason", is_used ? "" : target->reason));
    TAC_TRY(
        tac_table_set_text(ctx, t, row, "direction",
                           is_used && !target->is_number ? DIRECTIONS[target->direction + 1] : ""));
    tac_table_set(t, row, "index", (double)target->finding);
    if (is_used) {
        tac_table_set(t, row, "value",
                      target->is_number ? back(target, target->value) : (double)NAN);
        tac_table_set(t, row, "before", back(target, target->mid_before));
        tac_table_set(t, row, "after", back(target, target->mid));
        tac_table_set(t, row, "misfit before", misfit(target, target->mid_before, f->tau));
        tac_table_set(t, row, "misfit after", misfit(target, target->mid, f->tau));
        tac_table_set(t, row, "weight", target->weight);
    }
out:
    return st;
}

static tac_status add_findings(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"study", "", true},
                                         {"family", "", true},
                                         {"index", "1", false},
                                         {"what", "", true},
                                         {"as", "", true},
                                         {"direction", "", true},
                                         {"value", "", false},
                                         {"before", "", false},
                                         {"after", "", false},
                                         {"misfit before", "SD", false},
                                         {"misfit after", "SD", false},
                                         {"weight", "1", false},
                                         {"reason", "", true}};
    tac_status st = TAC_OK;
    tac_table *t = NULL;
    TAC_TRY(
        tac_results_add(ctx, results, "findings", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS, &t));
    for (size_t i = 0; i < f->n_target; i++) {
        TAC_TRY(put_finding(ctx, f, &f->targets[i], t));
    }
out:
    return st;
}

/** The key of a family, "" where it has none. */
static const char *key_of(const tac_fitting *f, const char *family)
{
    for (size_t row = 0; row < tac_tsv_n_row(f->families); row++) {
        if (strcmp(tac_tsv_cell(f->families, row, TAC_FAMILY), family) == 0) {
            return tac_tsv_cell(f->families, row, TAC_FAMILY_KEY);
        }
    }
    return "";
}

/** One row for each study that is used, with its family. */
static tac_status add_studies(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    static const tac_column COLUMNS[] = {{"study", "", true},
                                         {"family", "", true},
                                         {"key", "", true},
                                         {"used", "1", false},
                                         {"findings", "1", false}};
    tac_status st = TAC_OK;
    tac_table *t = NULL;
    size_t row = 0;
    TAC_TRY(tac_results_add(ctx, results, "studies", 5, COLUMNS, &t));
    for (size_t i = 0; i < f->lives.n_study; i++) {
        const tac_study *s = f->lives.studies[i];
        double n_used = 0.0;
        for (size_t k = 0; k < f->n_target; k++) {
            n_used += f->targets[k].study == i && f->targets[k].reason == NULL ? 1.0 : 0.0;
        }
        TAC_TRY(tac_table_add_rows(ctx, t, 1, &row));
        TAC_TRY(tac_table_set_text(ctx, t, row, "study", s->id));
        TAC_TRY(tac_table_set_text(ctx, t, row, "family", s->family));
        TAC_TRY(tac_table_set_text(ctx, t, row, "key", key_of(f, s->family)));
        tac_table_set(t, row, "used", n_used);
        tac_table_set(t, row, "findings", (double)s->n_finding);
    }
out:
    return st;
}

static tac_status add_meta(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    const tac_key rows[] = {{"title", "Fit to published studies", (double)NAN},
                            {"version", tac_version(), (double)NAN},
                            {"model", tac_body_hash(&f->varied.body), (double)NAN},
                            {"evidence", f->directory, (double)NAN},
                            {"tau", "", f->tau},
                            {"objective before", "", f->objective_before},
                            {"objective after", "", f->found.objective},
                            {"rounds", "", (double)f->found.n_round},
                            {"settled", f->found.has_settled ? "yes" : "no", (double)NAN},
                            {"evaluations", "", (double)f->n_evaluation},
                            {"people", "", (double)f->options->n_people},
                            {"repeat", "", (double)f->options->n_repeat},
                            {"seed", "", (double)f->options->seed},
                            {"rel_tol", "", f->options->rel_tol}};
    return tac_results_add_keys(ctx, results, "meta", sizeof rows / sizeof rows[0], rows);
}

tac_status tac_fit_tables(tac_ctx *ctx, const tac_fitting *f, tac_results *results)
{
    tac_status st = TAC_OK;
    TAC_TRY(add_meta(ctx, f, results));
    TAC_TRY(add_parameters(ctx, f, results));
    TAC_TRY(add_profile(ctx, f, results));
    TAC_TRY(add_findings(ctx, f, results));
    TAC_TRY(add_studies(ctx, f, results));
out:
    return st;
}
