/* SPDX-License-Identifier: Apache-2.0 */
/* Draws virtual people; see people.h. */
#include "sim/people.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/suggest.h"

#include <math.h>
#include <string.h>

static const char SEX[] = "person.sex";
static const char AGE[] = "person.age";
static const char HEIGHT[] = "person.height";
static const char WEIGHT[] = "person.weight";
static const char BMI[] = "bmi";

/* Who is not found in so many draws is not there. */
static const uint64_t N_ATTEMPT = 400;

struct tac_people {
    const tac_program *program;       /* borrowed */
    const tac_health_change *changes; /* [n_change] borrowed from the words */
    size_t n_change;
    tac_population population;
};

/* One person while being drawn. */
typedef struct draft {
    tac_ctx *ctx;
    const tac_people *people;
    const tac_wanted *wanted;
    tac_draw_key key; /* of this attempt */
    double *p;
    double *scores; /* [n_score] */
    double bmi;     /* kg/m^2 */
    double widen;   /* by the states of health; 1 */
} draft;

/* ---- tables ---- */

/** Each name of models/health.tsv must be one of the body's. */
static tac_status check_changes(tac_ctx *ctx, const tac_people *people)
{
    for (size_t i = 0; i < people->n_change; i++) {
        const tac_health_change *c = &people->changes[i];
        const tac_image_symbol *symbol = tac_program_find(people->program, c->parameter);
        const bool is_limit = c->how == TAC_HEALTH_LEAST || c->how == TAC_HEALTH_MOST;
        const bool is_known =
            strcmp(c->parameter, BMI) == 0 || c->how == TAC_HEALTH_WIDEN
            || (symbol != NULL
                && symbol->slot == (is_limit ? TAC_SLOT_OUTPUT : TAC_SLOT_PARAMETER));
        if (!is_known) {
            return tac_fail(ctx, TAC_E_MODEL, "models/health.tsv: %s: the body has no %s '%s'",
                            c->state, is_limit ? "variable" : "parameter", c->parameter);
        }
    }
    return TAC_OK;
}

tac_status tac_people_create(tac_ctx *ctx, const tac_program *program, const tac_words *words,
                             tac_people **people_out)
{
    const tac_source source = tac_population_shipped();
    tac_status st = TAC_OK;
    tac_people *people = NULL;
    void *memory = NULL;

    *people_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *people, &memory));
    people = memory;
    people->program = program;
    people->changes = tac_words_health(words, &people->n_change);
    TAC_TRY(check_changes(ctx, people));
    TAC_TRY(tac_population_read(ctx, &source, program, &people->population));
    *people_out = people;
    people = NULL;
out:
    tac_people_free(people);
    return st;
}

void tac_people_free(tac_people *people)
{
    if (people != NULL) {
        tac_population_free(&people->population);
        tac_free(people);
    }
}

const tac_population *tac_people_population(const tac_people *people)
{
    return &people->population;
}

/* ---- the parts of a person ---- */

static double *slot_of(const draft *d, const char *id)
{
    return &d->p[tac_program_find(d->people->program, id)->index];
}

static const tac_known *find_known(const draft *d, const char *id)
{
    for (size_t i = 0; i < d->wanted->n_known; i++) {
        if (strcmp(d->wanted->known[i].id, id) == 0) {
            return &d->wanted->known[i];
        }
    }
    return NULL;
}

static bool has_state(const draft *d, const tac_health_change *change)
{
    for (size_t i = 0; i < d->wanted->n_health; i++) {
        if (strcmp(d->wanted->health[i], change->state) == 0) {
            return true;
        }
    }
    return false;
}

/** Scores that go together, from scores that do not. */
static void draw_scores(draft *d)
{
    const tac_population *population = &d->people->population;
    const size_t n = population->n_score;
    for (size_t i = n; i-- > 0;) { /* from the end: those before are still the raw ones */
        d->scores[i] = tac_draw_score(&d->key, population->scores[i]);
    }
    for (size_t i = n; i-- > 0;) {
        double sum = 0.0;
        for (size_t j = 0; j <= i; j++) {
            sum += population->root[i * n + j] * d->scores[j];
        }
        d->scores[i] = sum;
    }
}

/** The score of a name: one of those that go together, or one of its own. */
static double score(const draft *d, const char *name)
{
    const tac_population *population = &d->people->population;
    for (size_t i = 0; i < population->n_score; i++) {
        if (strcmp(population->scores[i], name) == 0) {
            return d->scores[i];
        }
    }
    return tac_draw_score(&d->key, name);
}

/** The score by which a parameter differs, or bmi. */
static double score_of(const draft *d, const char *id)
{
    const tac_image *image = tac_program_image(d->people->program);
    const tac_image_parameter *row = tac_program_row(d->people->program, id);
    return score(d, row == NULL ? id : d->people->population.row_scores[row - image->rows]);
}

/** The distribution of a quantity in people of these states. */
static tac_marginal marginal_of(const draft *d, const tac_population_draw *draw)
{
    tac_marginal m = draw->marginal;
    for (size_t i = 0; i < d->people->n_change; i++) {
        const tac_health_change *c = &d->people->changes[i];
        if (!has_state(d, c) || strcmp(c->parameter, draw->id) != 0) {
            continue;
        }
        if (c->how == TAC_HEALTH_SET) {
            m.shape = TAC_SHAPE_LOGNORMAL;
            m.value = c->value;
            m.sd = sqrt(log1p(isnan(c->spread) ? 1e-12 : c->spread * c->spread));
        } else if (c->how == TAC_HEALTH_LEAST) {
            m.low = fmax(m.low, c->value);
        } else if (c->how == TAC_HEALTH_MOST) {
            m.high = fmin(m.high, c->value);
        }
    }
    return m;
}

/** The row of the population's table for this person, of whom sex and age are there; NULL when there is none. */
static const tac_population_draw *find_draw(const draft *d, const char *id)
{
    return tac_population_find(&d->people->population, d->wanted->population, *slot_of(d, SEX),
                               *slot_of(d, AGE), id);
}

/** The same distribution around another mean, narrower where it would reach over its ends. */
static tac_marginal around(tac_marginal m, double mean)
{
    if (m.shape == TAC_SHAPE_NORMAL) {
        m.sd = fmax(fmin(m.sd, 0.5 * fmin(mean - m.low, m.high - mean)), 1e-3 * m.sd);
    }
    m.value = mean;
    return m;
}

/** Draw a quantity of the population's table; what is known of it comes first. */
static void draw_quantity(draft *d, const tac_population_draw *draw)
{
    const tac_known *known = find_known(d, draw->id);
    const double z = score_of(d, draw->id);
    const tac_marginal usual = marginal_of(d, draw);
    double value = 0.0;
    if (known != NULL && !known->is_mean) {
        value = known->low + tac_normal_share(z) * (known->high - known->low);
    } else {
        const tac_marginal m = known != NULL ? around(usual, known->low) : usual;
        value = tac_marginal_value(&m, z);
    }
    if (strcmp(draw->id, BMI) == 0) {
        d->bmi = value;
    } else {
        *slot_of(d, draw->id) = value;
    }
}

/** Everything of the table: sex and age, which stand first, decide which rows hold. */
static void draw_quantities(draft *d)
{
    const tac_population *population = &d->people->population;
    for (size_t i = 0; i < population->n_draw; i++) {
        const tac_population_draw *draw = &population->draws[i];
        if (find_draw(d, draw->id) == draw) {
            draw_quantity(d, draw);
        }
    }
}

/** How people differ in the body's other parameters. */
static void draw_spreads(draft *d)
{
    const tac_image *image = tac_program_image(d->people->program);
    for (size_t i = 0; i < image->n_row; i++) {
        const tac_image_parameter *row = &image->rows[i];
        if (row->slot == TAC_SLOT_PARAMETER && row->spread > 0.0) {
            const double z = d->widen * score(d, d->people->population.row_scores[i]);
            d->p[row->index] = tac_draw_spread(row, d->p[row->index], z);
        }
    }
}

/** What the states move; quantities of the population's table are set where they are drawn. */
static void apply_changes(draft *d)
{
    for (size_t i = 0; i < d->people->n_change; i++) {
        const tac_health_change *c = &d->people->changes[i];
        const bool is_bmi = strcmp(c->parameter, BMI) == 0;
        if (!has_state(d, c) || find_known(d, c->parameter) != NULL || c->how > TAC_HEALTH_TIMES) {
            continue;
        }
        double *slot = is_bmi ? &d->bmi : slot_of(d, c->parameter);
        if (c->how == TAC_HEALTH_ADD) {
            *slot += c->value;
        } else if (c->how == TAC_HEALTH_TIMES) {
            *slot *= c->value;
        } else if (find_draw(d, c->parameter) == NULL) {
            const double sd = isnan(c->spread) ? 0.0 : sqrt(log1p(c->spread * c->spread));
            *slot = c->value * exp(sd * score_of(d, c->parameter));
        }
    }
}

/** Parameters outside the population's table that are known, and the weight. */
static void set_known(draft *d)
{
    const double height_m = *slot_of(d, HEIGHT);
    *slot_of(d, WEIGHT) = d->bmi * height_m * height_m;
    for (size_t i = 0; i < d->wanted->n_known; i++) {
        const tac_known *known = &d->wanted->known[i];
        if (find_draw(d, known->id) == NULL) {
            *slot_of(d, known->id) =
                known->low + tac_normal_share(score_of(d, known->id)) * (known->high - known->low);
        }
    }
}

static void draw_once(draft *d)
{
    tac_draw_world(tac_program_image(d->people->program), &d->key, d->p);
    draw_scores(d);
    draw_spreads(d);
    draw_quantities(d);
    apply_changes(d);
    set_known(d);
}

/* ---- who belongs to a state ---- */

/* A body at rest, for its variables. */
typedef struct rest {
    double *x;
    double *c;
    double *y;
    double *work;
} rest;

static tac_status rest_create(tac_ctx *ctx, const tac_program *program, rest *r)
{
    const tac_image *image = tac_program_image(program);
    tac_status st = TAC_OK;
    *r = (rest){0};
    TAC_TRY(tac_alloc_doubles(ctx, image->n_state, &r->x));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_prepared, &r->c));
    TAC_TRY(tac_alloc_doubles(ctx, image->n_output, &r->y));
    TAC_TRY(tac_alloc_doubles(ctx, tac_program_n_work(program), &r->work));
out:
    return st;
}

static void rest_free(rest *r)
{
    tac_free(r->x);
    tac_free(r->c);
    tac_free(r->y);
    tac_free(r->work);
}

static void rest_observe(const tac_program *program, const double *p, const rest *r)
{
    const double *u = tac_program_image(program)->inputs;
    tac_program_prepare(program, p, u, r->c, r->work);
    tac_program_start(program, p, u, r->c, r->x, r->work);
    tac_program_observe(program, 0.0, r->x, p, u, r->c, r->y, r->work);
}

/** The limit that this person breaks, or NULL. */
static const tac_health_change *find_broken(const draft *d, const rest *r)
{
    for (size_t i = 0; i < d->people->n_change; i++) {
        const tac_health_change *c = &d->people->changes[i];
        if (!has_state(d, c) || (c->how != TAC_HEALTH_LEAST && c->how != TAC_HEALTH_MOST)
            || strcmp(c->parameter, BMI) == 0) {
            continue;
        }
        rest_observe(d->people->program, d->p, r);
        const double value = r->y[tac_program_find(d->people->program, c->parameter)->index];
        if (c->how == TAC_HEALTH_LEAST ? value < c->value : value > c->value) {
            return c;
        }
    }
    return NULL;
}

static tac_status refuse_population(tac_ctx *ctx, const tac_population *population,
                                    const char *found)
{
    const char *names[16];
    size_t n = 0;
    tac_buf advice = TAC_BUF_INIT;
    for (size_t i = 0; i < population->n_draw && n < 16; i++) {
        const char *name = population->draws[i].scope.population;
        if (strcmp(name, "*") != 0 && (n == 0 || strcmp(names[n - 1], name) != 0)) {
            names[n++] = name;
        }
    }
    tac_suggest_print(&advice, found, n, names);
    const tac_status st =
        tac_fail(ctx, TAC_E_INPUT, "no population '%s'; %s", found, tac_buf_str(&advice));
    tac_buf_free(&advice);
    return st;
}

/** A population of the table, and parameters of the body. */
static tac_status check_wanted(tac_ctx *ctx, const tac_people *people, const tac_wanted *wanted)
{
    if (!tac_population_has(&people->population, wanted->population)) {
        return refuse_population(ctx, &people->population, wanted->population);
    }
    for (size_t i = 0; i < wanted->n_known; i++) {
        const char *id = wanted->known[i].id;
        const tac_image_symbol *symbol = tac_program_find(people->program, id);
        if (strcmp(id, BMI) != 0 && (symbol == NULL || symbol->slot != TAC_SLOT_PARAMETER)) {
            return tac_fail(ctx, TAC_E_MODEL, "the body has no parameter '%s'", id);
        }
    }
    return TAC_OK;
}

static double widening_of(const draft *d)
{
    double widen = 1.0;
    for (size_t i = 0; i < d->people->n_change; i++) {
        const tac_health_change *c = &d->people->changes[i];
        widen = c->how == TAC_HEALTH_WIDEN && has_state(d, c) ? fmax(widen, c->value) : widen;
    }
    return widen;
}

tac_status tac_people_draw(tac_ctx *ctx, const tac_people *people, const tac_wanted *wanted,
                           const tac_draw_key *key, double *p)
{
    draft d = {.ctx = ctx, .people = people, .wanted = wanted, .key = *key, .p = p};
    tac_status st = TAC_OK;
    const tac_health_change *broken = NULL;
    rest r = {0};

    TAC_TRY(check_wanted(ctx, people, wanted));
    d.widen = widening_of(&d);
    TAC_TRY(tac_alloc_doubles(ctx, people->population.n_score, &d.scores));
    TAC_TRY(rest_create(ctx, people->program, &r));
    for (uint64_t k = 0; k < N_ATTEMPT && (k == 0 || broken != NULL); k++) {
        d.key.person = key->person + (k << 32);
        draw_once(&d);
        broken = find_broken(&d, &r);
    }
    if (broken != NULL) {
        st = tac_fail(ctx, TAC_E_INPUT,
                      "of %llu people with these properties nobody is '%s': %s %s %.4g %s",
                      (unsigned long long)N_ATTEMPT, broken->state, broken->parameter,
                      broken->how == TAC_HEALTH_MOST ? "stays above" : "stays below", broken->value,
                      broken->unit);
    }
out:
    rest_free(&r);
    tac_free(d.scores);
    return st;
}

tac_status tac_people_describe(tac_ctx *ctx, const tac_people *people, const double *p,
                               double *values)
{
    const tac_population *population = &people->population;
    tac_status st = TAC_OK;
    rest r = {0};
    TAC_TRY(rest_create(ctx, people->program, &r));
    rest_observe(people->program, p, &r);
    for (size_t i = 0; i < population->n_attribute; i++) {
        const tac_image_symbol *symbol = population->attributes[i].symbol;
        const double *array = symbol->slot == TAC_SLOT_PARAMETER ? p
                              : symbol->slot == TAC_SLOT_OUTPUT  ? r.y
                                                                 : r.x;
        values[i] = array[symbol->index];
    }
out:
    rest_free(&r);
    return st;
}
