/* SPDX-License-Identifier: Apache-2.0 */
/* Fills the tables of the ledger; no row is left out. */
#include "ledger/tables.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "ledger/family.h"
#include "ledger/interval_score.h"
#include "study/claims.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Columns of counts: the verdicts, then what is counted apart. */
static const char *const COUNTED[] = {"agrees",        "close",   "disagrees",      "cannot tell",
                                      "not simulated", "animals", "not independent"};
enum { COUNT_ANIMALS = TAC_N_VERDICT, COUNT_DEPENDENT, N_COUNT };

static const char *const SYSTEMS[] = {"stress", "fluids", "immune", "muscle", "infection"};

typedef struct counts {
    double of[N_COUNT];
} counts;

/* The tables while they are filled. */
typedef struct filler {
    tac_ctx *ctx;
    const tac_ledger_rows *rows;
    tac_results *results;
    bool *is_dependent; /* [n_study] */
} filler;

/** True when a comma-separated list has the word. */
static bool has_key(const char *list, const char *key)
{
    const size_t n = strlen(key);
    for (const char *at = list; *at != '\0';
         at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',' ? 1U : 0U)) {
        at += strspn(at, " ");
        if (strncmp(at, key, n) == 0 && (at[n] == '\0' || at[n] == ',' || at[n] == ' ')) {
            return true;
        }
    }
    return false;
}

/** True when a parameter of the body names the source, be it that its size was only read by eye. */
static bool is_source_of_body(const tac_body *body, const char *key)
{
    const size_t n = tac_body_n_parameter(body);
    for (size_t i = 0; i < n; i++) {
        const tac_parameter_info row = tac_body_parameter(body, i);
        if (has_key(row.source, key)) {
            return true;
        }
    }
    return false;
}

/** Find the studies that the body was made from. */
static tac_status find_dependent(filler *f)
{
    tac_status st = TAC_OK;
    tac_tsv *table = NULL;
    void *memory = NULL;
    TAC_TRY(tac_alloc(f->ctx, f->rows->n_study + 1, sizeof *f->is_dependent, &memory));
    f->is_dependent = memory;
    TAC_TRY(tac_families_read(f->ctx, &table));
    for (size_t i = 0; i < tac_tsv_n_row(table); i++) {
        const bool is_source =
            is_source_of_body(f->rows->body, tac_tsv_cell(table, i, TAC_FAMILY_KEY));
        for (size_t k = 0; is_source && k < f->rows->n_study; k++) {
            f->is_dependent[k] =
                f->is_dependent[k]
                || strcmp(f->rows->studies[k]->family, tac_tsv_cell(table, i, TAC_FAMILY)) == 0;
        }
    }
out:
    tac_tsv_free(table);
    return st;
}

/** Animals, families that were used in a fit, and what is not simulated are counted apart. */
static size_t bin_of(const tac_study *s, bool is_dependent, tac_verdict verdict)
{
    if (s->is_animal) {
        return COUNT_ANIMALS;
    }
    return is_dependent && verdict != TAC_NOT_SIMULATED ? (size_t)COUNT_DEPENDENT : (size_t)verdict;
}

/** The unit of a finding's statistic; what is read is in the observable's unit, times are in hours. */
static const char *unit_of(const tac_finding *f)
{
    switch (f->as) {
    case TAC_AS_PERCENT: return "%";
    case TAC_AS_RATIO:
    case TAC_AS_ODDS_RATIO:
    case TAC_AS_RISK_RATIO:
    case TAC_AS_PROBABILITY: return "1";
    case TAC_AS_SMD: return "SD";
    case TAC_AS_PEAK_TIME:
    case TAC_AS_NADIR_TIME:
    case TAC_AS_HALF_LIFE: return "h";
    case TAC_AS_MEAN:
    case TAC_AS_MEDIAN:
    case TAC_AS_DIFFERENCE:
    case TAC_AS_PEAK:
    case TAC_AS_NADIR:
    case TAC_AS_SLOPE:
    case TAC_AS_DIRECTION: break;
    }
    return f->observable == NULL ? "" : f->observable->unit;
}

static tac_status put_claims(tac_ctx *ctx, const tac_study *s, tac_table *table, size_t row)
{
    tac_buf text = TAC_BUF_INIT;
    for (size_t i = 0; i < s->n_claim; i++) {
        tac_buf_print(&text, "%s%s", i > 0 ? " " : "", s->claims[i]);
    }
    tac_status st = tac_buf_check(ctx, &text);
    st = st == TAC_OK ? tac_table_set_text(ctx, table, row, "claims", tac_buf_str(&text)) : st;
    tac_buf_free(&text);
    return st;
}

static void add_mark(tac_buf *marks, bool is_on, const char *word)
{
    if (is_on) {
        tac_buf_print(marks, "%s%s", marks->n > 0 ? "; " : "", word);
    }
}

static tac_status put_marks(tac_ctx *ctx, const tac_study *s, const tac_finding *f,
                            const tac_scored *scored, bool is_dependent, tac_table *table,
                            size_t row)
{
    tac_buf marks = TAC_BUF_INIT;
    const bool is_simulated = scored->verdicts[0] != TAC_NOT_SIMULATED;
    const bool is_number = f->as != TAC_AS_DIRECTION;
    add_mark(&marks, s->is_animal, "animal");
    add_mark(&marks, is_dependent, "not independent");
    add_mark(&marks, is_simulated && s->arms[f->of].is_incomplete, "protocol partly unknown");
    add_mark(&marks, is_simulated && scored->has_no_n, "number of persons not said");
    add_mark(&marks, is_simulated && is_number && isnan(scored->published.low),
             "no spread published");
    add_mark(&marks, is_simulated && scored->has_no_number, "the model has no such number");
    add_mark(&marks, is_simulated && scored->has_no_link, "nothing in the model links them");
    tac_status st = tac_buf_check(ctx, &marks);
    st = st == TAC_OK ? tac_table_set_text(ctx, table, row, "marks", tac_buf_str(&marks)) : st;
    tac_buf_free(&marks);
    return st;
}

/** "down", or nothing where the finding is a number. */
static const char *direction_word(const tac_finding *f)
{
    return f->as != TAC_AS_DIRECTION || f->observable == NULL ? ""
           : f->direction > 0                                 ? "up"
           : f->direction < 0                                 ? "down"
                                                              : "none";
}

static tac_status put_texts(tac_ctx *ctx, const tac_study *s, size_t i, const tac_scored *scored,
                            tac_table *table, size_t row)
{
    const tac_finding *f = &s->findings[i];
    const char *versus =
        f->versus == TAC_VERSUS_ARM ? s->arms[f->versus_arm].id : tac_versus_word(f->versus);
    const struct {
        const char *column;
        const char *text;
    } TEXTS[] = {{"study", s->id},
                 {"title", s->title},
                 {"area", s->area},
                 {"what", f->what},
                 {"of", s->arms[f->of].id},
                 {"versus", versus},
                 {"site", f->site},
                 {"as", f->observable == NULL ? "" : tac_as_word(f->as)},
                 {"quality", s->quality},
                 {"family", s->family},
                 {"unit", unit_of(f)},
                 {"direction", direction_word(f)},
                 {"verdict", tac_verdict_word(scored->verdicts[TAC_THE_MODEL])},
                 {"without touch", tac_verdict_word(scored->verdicts[TAC_NO_TOUCH])},
                 {"without change", tac_verdict_word(scored->verdicts[TAC_NO_CHANGE])},
                 {"reason", scored->reason},
                 {"note", f->note}};
    for (size_t k = 0; k < sizeof TEXTS / sizeof TEXTS[0]; k++) {
        const tac_status st = tac_table_set_text(ctx, table, row, TEXTS[k].column, TEXTS[k].text);
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

static void put_numbers(const tac_scored *scored, size_t i, tac_table *table, size_t row)
{
    const tac_published *q = &scored->published;
    const tac_predicted *p = &scored->predicted;
    const bool is_direction = q->statement == TAC_STATES_DIRECTION;
    const double nan = (double)NAN;
    tac_table_set(table, row, "index", (double)i);
    tac_table_set(table, row, "n", scored->n);
    tac_table_set(table, row, "value", is_direction ? nan : q->value);
    tac_table_set(table, row, "low", is_direction ? nan : q->low);
    tac_table_set(table, row, "high", is_direction ? nan : q->high);
    tac_table_set(table, row, "predicted", p->mid);
    tac_table_set(table, row, "predicted low", p->low);
    tac_table_set(table, row, "predicted high", p->high);
    tac_table_set(table, row, "predicted low50", p->low50);
    tac_table_set(table, row, "predicted high50", p->high50);
    tac_table_set(table, row, "share up", isnan(p->mid) ? nan : p->share_up);
    tac_table_set(table, row, "share significant", isnan(p->mid) ? nan : p->share_significant);
}

static tac_status add_findings(const filler *l)
{
    static const tac_column COLUMNS[] = {{"study", "", true},
                                         {"index", "1", false},
                                         {"title", "", true},
                                         {"area", "", true},
                                         {"what", "", true},
                                         {"of", "", true},
                                         {"versus", "", true},
                                         {"site", "", true},
                                         {"as", "", true},
                                         {"claims", "", true},
                                         {"quality", "", true},
                                         {"family", "", true},
                                         {"unit", "", true},
                                         {"direction", "", true},
                                         {"verdict", "", true},
                                         {"without touch", "", true},
                                         {"without change", "", true},
                                         {"n", "1", false},
                                         {"value", "", false},
                                         {"low", "", false},
                                         {"high", "", false},
                                         {"predicted", "", false},
                                         {"predicted low", "", false},
                                         {"predicted high", "", false},
                                         {"predicted low50", "", false},
                                         {"predicted high50", "", false},
                                         {"share up", "1", false},
                                         {"share significant", "1", false},
                                         {"marks", "", true},
                                         {"reason", "", true},
                                         {"note", "", true}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(l->ctx, l->results, "findings", sizeof COLUMNS / sizeof COLUMNS[0],
                            COLUMNS, &table));
    for (size_t k = 0; k < l->rows->n_study; k++) {
        const tac_study *s = l->rows->studies[k];
        for (size_t i = 0; i < s->n_finding; i++) {
            size_t row = 0;
            TAC_TRY(tac_table_add_rows(l->ctx, table, 1, &row));
            TAC_TRY(put_texts(l->ctx, s, i, &l->rows->scored[k][i], table, row));
            TAC_TRY(put_claims(l->ctx, s, table, row));
            TAC_TRY(put_marks(l->ctx, s, &s->findings[i], &l->rows->scored[k][i],
                              l->is_dependent[k], table, row));
            put_numbers(&l->rows->scored[k][i], i, table, row);
        }
    }
out:
    return st;
}

/* ---- counts ---- */

/** Whether a study counts: by its area, or by a claim that it bears on; "" counts all. */
static bool bears_on(const tac_study *s, const char *area, const char *claim)
{
    if (area[0] != '\0' && strcmp(s->area, area) != 0) {
        return false;
    }
    for (size_t i = 0; claim[0] != '\0' && i <= s->n_claim; i++) {
        if (i == s->n_claim) {
            return false;
        }
        if (strcmp(s->claims[i], claim) == 0) {
            break;
        }
    }
    return true;
}

static counts count(const filler *l, size_t model, const char *area, const char *claim)
{
    counts c = {{0.0}};
    for (size_t k = 0; k < l->rows->n_study; k++) {
        const tac_study *s = l->rows->studies[k];
        for (size_t i = 0; bears_on(s, area, claim) && i < s->n_finding; i++) {
            c.of[bin_of(s, l->is_dependent[k], l->rows->scored[k][i].verdicts[model])] += 1.0;
        }
    }
    return c;
}

/** The verdicts of findings that the body was made from. */
static counts count_dependent(const filler *l, size_t model)
{
    counts c = {{0.0}};
    for (size_t k = 0; k < l->rows->n_study; k++) {
        const tac_study *s = l->rows->studies[k];
        for (size_t i = 0; l->is_dependent[k] && !s->is_animal && i < s->n_finding; i++) {
            c.of[l->rows->scored[k][i].verdicts[model]] += 1.0;
        }
    }
    return c;
}

static tac_status add_counts_table(tac_ctx *ctx, tac_results *results, const char *name,
                                   tac_table **table_out)
{
    tac_column columns[2 + N_COUNT] = {{"name", "", true}, {"title", "", true}};
    for (size_t k = 0; k < N_COUNT; k++) {
        columns[2 + k] = (tac_column){COUNTED[k], "1", false};
    }
    return tac_results_add(ctx, results, name, 2 + N_COUNT, columns, table_out);
}

static tac_status add_counts_row(tac_ctx *ctx, tac_table *table, const char *name,
                                 const char *title, const counts *c)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "name", name));
    TAC_TRY(tac_table_set_text(ctx, table, row, "title", title));
    for (size_t k = 0; k < N_COUNT; k++) {
        tac_table_set(table, row, COUNTED[k], c->of[k]);
    }
out:
    return st;
}

static tac_status add_counts(const filler *l)
{
    tac_status st = TAC_OK;
    tac_table *models = NULL;
    tac_table *dependent = NULL;
    tac_table *systems = NULL;
    tac_table *by_claim = NULL;
    tac_claims claims = {0};
    TAC_TRY(add_counts_table(l->ctx, l->results, "counts", &models));
    for (size_t m = 0; m < TAC_N_MODEL; m++) {
        const counts c = count(l, m, "", "");
        TAC_TRY(add_counts_row(l->ctx, models, tac_model_word(m), "", &c));
    }
    TAC_TRY(add_counts_table(l->ctx, l->results, "dependent", &dependent));
    for (size_t m = 0; m < TAC_N_MODEL; m++) {
        const counts c = count_dependent(l, m);
        TAC_TRY(add_counts_row(l->ctx, dependent, tac_model_word(m), "", &c));
    }
    TAC_TRY(add_counts_table(l->ctx, l->results, "systems", &systems));
    for (size_t k = 0; k < sizeof SYSTEMS / sizeof SYSTEMS[0]; k++) {
        const counts c = count(l, TAC_THE_MODEL, SYSTEMS[k], "");
        TAC_TRY(add_counts_row(l->ctx, systems, SYSTEMS[k], "", &c));
    }
    TAC_TRY(add_counts_table(l->ctx, l->results, "claims", &by_claim));
    TAC_TRY(tac_claims_read(l->ctx, &claims));
    for (size_t k = 0; k < claims.n; k++) {
        const counts c = count(l, TAC_THE_MODEL, "", claims.items[k].id);
        TAC_TRY(add_counts_row(l->ctx, by_claim, claims.items[k].id, claims.items[k].claim, &c));
    }
out:
    tac_claims_free(&claims);
    return st;
}

/** How often published numbers lie inside the predicted intervals; a fit says nothing about that. */
static tac_status add_calibration(const filler *l)
{
    static const tac_column COLUMNS[] = {{"in50", "1", false},
                                         {"in95", "1", false},
                                         {"n", "1", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    double n = 0.0;
    double n_50 = 0.0;
    double n_95 = 0.0;
    for (size_t k = 0; k < l->rows->n_study; k++) {
        const tac_study *s = l->rows->studies[k];
        for (size_t i = 0; i < s->n_finding && !l->is_dependent[k]; i++) {
            const tac_predicted *p = &l->rows->scored[k][i].predicted;
            const double value = l->rows->scored[k][i].published.value;
            if (isnan(value) || isnan(p->mid)
                || l->rows->scored[k][i].published.statement == TAC_STATES_DIRECTION) {
                continue;
            }
            n += 1.0;
            n_50 += value >= p->low50 && value <= p->high50 ? 1.0 : 0.0;
            n_95 += value >= p->low && value <= p->high ? 1.0 : 0.0;
        }
    }
    TAC_TRY(tac_results_add(l->ctx, l->results, "calibration", 3, COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(l->ctx, table, 1, NULL));
    tac_table_set(table, 0, "in50", n_50 / fmax(n, 1.0));
    tac_table_set(table, 0, "in95", n_95 / fmax(n, 1.0));
    tac_table_set(table, 0, "n", n);
out:
    return st;
}

/* What the intervals of the model are held against. */
enum { RIVAL_NO_TOUCH, RIVAL_NO_CHANGE, RIVAL_WIDE, N_RIVAL };
static const char *const RIVALS[N_RIVAL] = {"massage does nothing", "nothing changes",
                                            "intervals ten times as wide"};
static const double TIMES_AS_WIDE = 10.0;

static void rivals_of(const tac_scored *scored, double *scores)
{
    const tac_predicted wide =
        tac_predicted_wider(&scored->published, &scored->predicted, TIMES_AS_WIDE);
    scores[RIVAL_NO_TOUCH] = scored->interval_scores[TAC_NO_TOUCH];
    scores[RIVAL_NO_CHANGE] = scored->interval_scores[TAC_NO_CHANGE];
    scores[RIVAL_WIDE] = tac_interval_score(&scored->published, &wide);
}

/** By what factor the intervals of rivals are worse than the model's on independent numbers: a geometric mean. */
static tac_status add_interval_scores(const filler *l)
{
    static const tac_column COLUMNS[] = {{"name", "", true},
                                         {"times", "1", false},
                                         {"n", "1", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    double n[N_RIVAL] = {0.0};
    double sums[N_RIVAL] = {0.0};
    for (size_t k = 0; k < l->rows->n_study; k++) {
        const tac_study *s = l->rows->studies[k];
        for (size_t i = 0; i < s->n_finding && !l->is_dependent[k]; i++) {
            double scores[N_RIVAL];
            rivals_of(&l->rows->scored[k][i], scores);
            for (size_t r = 0; r < N_RIVAL; r++) {
                const double quotient =
                    log(scores[r] / l->rows->scored[k][i].interval_scores[TAC_THE_MODEL]);
                sums[r] += isfinite(quotient) ? quotient : 0.0;
                n[r] += isfinite(quotient) ? 1.0 : 0.0;
            }
        }
    }
    TAC_TRY(tac_results_add(l->ctx, l->results, "interval scores",
                            sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(l->ctx, table, N_RIVAL, NULL));
    for (size_t r = 0; r < N_RIVAL; r++) {
        TAC_TRY(tac_table_set_text(l->ctx, table, r, "name", RIVALS[r]));
        tac_table_set(table, r, "times", exp(sums[r] / n[r]));
        tac_table_set(table, r, "n", n[r]);
    }
out:
    return st;
}

static tac_status add_meta(const filler *l)
{
    const tac_key rows[] = {{"title", "Ledger of evidence", (double)NAN},
                            {"version", tac_version(), (double)NAN},
                            {"model", tac_body_hash(l->rows->body), (double)NAN},
                            {"studies", "", (double)l->rows->n_study},
                            {"people", "", (double)l->rows->options->n_people},
                            {"repeat", "", (double)l->rows->options->n_repeat},
                            {"seed", "", (double)l->rows->options->seed},
                            {"rel_tol", "", l->rows->options->rel_tol}};
    return tac_results_add_keys(l->ctx, l->results, "meta", sizeof rows / sizeof rows[0], rows);
}

tac_status tac_ledger_tables(tac_ctx *ctx, const tac_ledger_rows *rows, tac_results *results)
{
    tac_status st = TAC_OK;
    filler f = {.ctx = ctx, .rows = rows, .results = results};
    TAC_TRY(find_dependent(&f));
    TAC_TRY(add_meta(&f));
    TAC_TRY(add_findings(&f));
    TAC_TRY(add_counts(&f));
    TAC_TRY(add_calibration(&f));
    TAC_TRY(add_interval_scores(&f));
out:
    tac_free(f.is_dependent);
    return st;
}
