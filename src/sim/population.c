/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the joint distribution of people; see population.h. */
#include "sim/population.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/rng.h"
#include "embedded.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { KIND, POPULATION, SEX, AGE, ID, WITH, VALUE, UNIT, SD, SHAPE, LOW, HIGH, NOTE, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"kind", "population", "sex",  "age", "id",
                                              "with", "value",      "unit", "sd",  "shape",
                                              "low",  "high",       "note"};

/* Beyond this a share of people is nobody, and its quantile would be infinite. */
static const double SHARE_MIN = 1e-12;

tac_source tac_population_shipped(void)
{
    return (tac_source){"models/population.tsv", (const char *)tac_embedded_population_tsv,
                        tac_embedded_population_tsv_n};
}

double tac_normal_share(double z)
{
    return 0.5 * erfc(-z / sqrt(2.0));
}

/** Standard score of a bound. */
static double score_of(const tac_marginal *m, double bound)
{
    return m->shape == TAC_SHAPE_LOGNORMAL
               ? (bound > 0.0 ? log(bound / m->value) / m->sd : -(double)INFINITY)
               : (bound - m->value) / m->sd;
}

double tac_marginal_value(const tac_marginal *m, double z)
{
    if (m->shape == TAC_SHAPE_CHANCE) {
        return tac_normal_share(z) < m->value ? 1.0 : 0.0;
    }
    const double below = tac_normal_share(score_of(m, m->low));
    const double within = tac_normal_share(score_of(m, m->high)) - below;
    const double share = below + within * tac_normal_share(z);
    const double cut = tac_normal_quantile(fmin(fmax(share, SHARE_MIN), 1.0 - SHARE_MIN));
    const double value =
        m->shape == TAC_SHAPE_LOGNORMAL ? m->value * exp(m->sd * cut) : m->value + m->sd * cut;
    return fmin(fmax(value, m->low), m->high);
}

/* A table on its way in. */
typedef struct reader {
    tac_ctx *ctx;
    const tac_program *program;
    tac_population *out;
    const tac_tsv *tsv;
    size_t row;
} reader;

static const char *cell(const reader *r, size_t column)
{
    return tac_tsv_cell(r->tsv, r->row, column);
}

static bool is_kind(const reader *r, const char *kind)
{
    return strcmp(cell(r, KIND), kind) == 0;
}

static tac_status wrong(const reader *r, size_t column, tac_status status, const char *what)
{
    return tac_fail_at(r->ctx, status, tac_tsv_source(r->tsv), tac_tsv_span(r->tsv, r->row, column),
                       "%s", what);
}

static tac_status read_number(const reader *r, size_t column, double if_empty, double *value_out)
{
    bool is_empty = false;
    const tac_status st = tac_tsv_number(r->ctx, r->tsv, r->row, column, &is_empty, value_out);
    *value_out = is_empty ? if_empty : *value_out;
    return st;
}

static tac_status read_scope(const reader *r, tac_population_scope *scope)
{
    *scope = (tac_population_scope){cell(r, POPULATION), cell(r, SEX), -(double)INFINITY,
                                    (double)INFINITY};
    if (scope->population[0] == '\0') {
        return wrong(r, POPULATION, TAC_E_SYNTAX, "a population, or * for all, is wanted");
    }
    if (scope->sex[0] != '\0' && strcmp(scope->sex, "men") != 0
        && strcmp(scope->sex, "women") != 0) {
        return wrong(r, SEX, TAC_E_SYNTAX, "men, women or nothing is wanted");
    }
    if (cell(r, AGE)[0] != '\0'
        && (sscanf(cell(r, AGE), "%lf-%lf", &scope->age_low, &scope->age_high) != 2
            || !(scope->age_low <= scope->age_high))) {
        return wrong(r, AGE, TAC_E_SYNTAX, "ages such as 25-34 are wanted");
    }
    return TAC_OK;
}

static tac_status read_marginal(const reader *r, tac_marginal *m)
{
    static const char *const SHAPES[] = {"normal", "lognormal", "chance"};
    tac_status st = TAC_OK;
    size_t k = 0;
    while (k < 3 && strcmp(cell(r, SHAPE), SHAPES[k]) != 0) {
        k++;
    }
    if (k == 3) {
        return wrong(r, SHAPE, TAC_E_SYNTAX, "normal, lognormal or chance is wanted");
    }
    m->shape = (tac_shape)k;
    TAC_TRY(read_number(r, VALUE, (double)NAN, &m->value));
    TAC_TRY(read_number(r, SD, 1.0, &m->sd));
    TAC_TRY(read_number(r, LOW, -(double)INFINITY, &m->low));
    TAC_TRY(read_number(r, HIGH, (double)INFINITY, &m->high));
    if (isnan(m->value) || !(m->sd > 0.0) || !(m->low < m->high)
        || (m->shape == TAC_SHAPE_LOGNORMAL && !(m->value > 0.0))) {
        st = wrong(r, VALUE, TAC_E_SYNTAX,
                   "a value, an sd above 0 and low below high are wanted; a median above 0");
    }
out:
    return st;
}

static tac_status find_symbol(const reader *r, size_t column, const tac_image_symbol **symbol_out)
{
    const tac_image_symbol *symbol = tac_program_find(r->program, cell(r, column));
    *symbol_out = symbol;
    return symbol != NULL ? TAC_OK : wrong(r, column, TAC_E_MODEL, "the body has no such name");
}

static tac_status read_draw(const reader *r)
{
    tac_population_draw *draw = &r->out->draws[r->out->n_draw++];
    const tac_image_symbol *symbol = NULL;
    tac_status st = TAC_OK;
    draw->id = cell(r, ID);
    TAC_TRY(read_scope(r, &draw->scope));
    TAC_TRY(read_marginal(r, &draw->marginal));
    if (strcmp(draw->id, "bmi") != 0) {
        TAC_TRY(find_symbol(r, ID, &symbol));
        const tac_image_parameter *row = tac_program_row(r->program, draw->id);
        if (symbol->slot != TAC_SLOT_PARAMETER || row == NULL) {
            st = wrong(r, ID, TAC_E_MODEL, "a parameter of the body, or bmi, is wanted");
        } else if (strcmp(row->unit, cell(r, UNIT)) != 0) {
            st = wrong(r, UNIT, TAC_E_UNITS, "not the unit of parameters.tsv");
        }
    }
out:
    return st;
}

static tac_status read_show(const reader *r)
{
    tac_attribute *attribute = &r->out->attributes[r->out->n_attribute++];
    double decimals = 0.0;
    tac_status st = TAC_OK;
    attribute->id = cell(r, ID);
    attribute->title = cell(r, NOTE);
    attribute->unit = cell(r, UNIT);
    TAC_TRY(read_number(r, VALUE, 0.0, &decimals));
    attribute->decimals = (int)decimals;
    TAC_TRY(find_symbol(r, WITH, &attribute->symbol));
out:
    return st;
}

/** Parameters that differ by a score with a name of its own. */
static tac_status read_score(const reader *r)
{
    const tac_image *image = tac_program_image(r->program);
    for (size_t i = 0; i < image->n_row; i++) {
        if (strcmp(image->rows[i].id, cell(r, ID)) == 0) {
            r->out->row_scores[i] = cell(r, WITH);
            return TAC_OK;
        }
    }
    return wrong(r, ID, TAC_E_MODEL, "the body has no such parameter");
}

static size_t index_of_score(tac_population *p, const char *name)
{
    size_t i = 0;
    while (i < p->n_score && strcmp(p->scores[i], name) != 0) {
        i++;
    }
    if (i == p->n_score) {
        p->scores[p->n_score++] = name;
    }
    return i;
}

/** Spearman's correlations become those of normal scores, 2 sin(pi r/6) (Pearson 1907); 1 with itself, else 0. */
static tac_status read_ranks(reader *r)
{
    tac_status st = TAC_OK;
    tac_population *p = r->out;
    for (r->row = 0; r->row < tac_tsv_n_row(r->tsv); r->row++) {
        if (is_kind(r, "rank")) {
            (void)index_of_score(p, cell(r, ID));
            (void)index_of_score(p, cell(r, WITH));
        }
    }
    TAC_TRY(tac_alloc_doubles(r->ctx, p->n_score * p->n_score, &p->root));
    for (size_t i = 0; i < p->n_score; i++) {
        p->root[i * p->n_score + i] = 1.0;
    }
    for (r->row = 0; r->row < tac_tsv_n_row(r->tsv); r->row++) {
        double rank = 0.0;
        if (!is_kind(r, "rank")) {
            continue;
        }
        TAC_TRY(read_number(r, VALUE, 0.0, &rank));
        const size_t i = index_of_score(p, cell(r, ID));
        const size_t j = index_of_score(p, cell(r, WITH));
        if (i == j || !(fabs(rank) < 1.0)) {
            st = wrong(r, VALUE, TAC_E_SYNTAX, "a correlation of two scores, above -1 and below 1");
            goto out;
        }
        p->root[(i > j ? i : j) * p->n_score + (i > j ? j : i)] =
            2.0 * sin(acos(-1.0) * rank / 6.0);
    }
out:
    return st;
}

/** Cholesky's root of the lower triangle, in place. */
static tac_status take_root(tac_ctx *ctx, size_t n, double *a)
{
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j; i < n; i++) {
            double sum = a[i * n + j];
            for (size_t k = 0; k < j; k++) {
                sum -= a[i * n + k] * a[j * n + k];
            }
            if (i == j && !(sum > 1e-9)) {
                return tac_fail(ctx, TAC_E_MODEL,
                                "models/population.tsv: its correlations cannot all be at once");
            }
            a[i * n + j] = i == j ? sqrt(sum) : sum / a[j * n + j];
        }
    }
    return TAC_OK;
}

static tac_status allocate(reader *r)
{
    const tac_image *image = tac_program_image(r->program);
    const size_t n = tac_tsv_n_row(r->tsv);
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(r->ctx, n, sizeof *r->out->draws, &memory));
    r->out->draws = memory;
    TAC_TRY(tac_alloc(r->ctx, n, sizeof *r->out->attributes, &memory));
    r->out->attributes = memory;
    TAC_TRY(tac_alloc(r->ctx, 2 * n, sizeof *r->out->scores, &memory));
    r->out->scores = memory;
    TAC_TRY(tac_alloc(r->ctx, image->n_row, sizeof *r->out->row_scores, &memory));
    r->out->row_scores = memory;
    for (size_t i = 0; i < image->n_row; i++) {
        r->out->row_scores[i] = image->rows[i].id;
    }
out:
    return st;
}

tac_status tac_population_read(tac_ctx *ctx, const tac_source *source, const tac_program *program,
                               tac_population *population_out)
{
    tac_status st = TAC_OK;
    reader r = {.ctx = ctx, .program = program, .out = population_out};

    *population_out = (tac_population){0};
    TAC_TRY(tac_tsv_read(ctx, source, N_COLUMN, COLUMNS, &population_out->tsv));
    r.tsv = population_out->tsv;
    TAC_TRY(allocate(&r));
    for (r.row = 0; r.row < tac_tsv_n_row(r.tsv); r.row++) {
        if (is_kind(&r, "draw")) {
            TAC_TRY(read_draw(&r));
        } else if (is_kind(&r, "show")) {
            TAC_TRY(read_show(&r));
        } else if (is_kind(&r, "score")) {
            TAC_TRY(read_score(&r));
        } else if (!is_kind(&r, "rank")) {
            st = wrong(&r, KIND, TAC_E_SYNTAX, "draw, score, rank or show is wanted");
            goto out;
        }
    }
    TAC_TRY(read_ranks(&r));
    TAC_TRY(take_root(ctx, population_out->n_score, population_out->root));
out:
    return st;
}

void tac_population_free(tac_population *population)
{
    tac_tsv_free(population->tsv);
    tac_free(population->draws);
    tac_free(population->scores);
    tac_free(population->root);
    tac_free(population->row_scores);
    tac_free(population->attributes);
    *population = (tac_population){0};
}

bool tac_population_has(const tac_population *population, const char *name)
{
    for (size_t i = 0; i < population->n_draw; i++) {
        if (strcmp(population->draws[i].scope.population, name) == 0) {
            return strcmp(name, "*") != 0;
        }
    }
    return false;
}

static bool fits(const tac_population_scope *scope, const char *name, double sex, double age)
{
    const bool is_there =
        strcmp(scope->population, "*") == 0 || strcmp(scope->population, name) == 0;
    const bool is_sex = scope->sex[0] == '\0' || (strcmp(scope->sex, "men") == 0) == (sex > 0.5);
    return is_there && is_sex && floor(age) >= scope->age_low && floor(age) <= scope->age_high;
}

const tac_population_draw *tac_population_find(const tac_population *population, const char *name,
                                               double sex, double age, const char *id)
{
    const tac_population_draw *found = NULL;
    for (size_t i = 0; i < population->n_draw; i++) {
        const tac_population_draw *draw = &population->draws[i];
        found = strcmp(draw->id, id) == 0 && fits(&draw->scope, name, sex, age) ? draw : found;
    }
    return found;
}
