/* SPDX-License-Identifier: Apache-2.0 */
/* Lets many people live a scenario; see cohort.h. */
#include "study/cohort.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/hash.h"
#include "embedded.h"
#include "sim/orbit.h"
#include "study/outcome.h"
#include "study/pool.h"
#include "study/tables.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

/* Rows that are read at once. */
#define N_BLOCK 256

/* ---- one person ---- */

/* What one thread needs. */
typedef struct worker {
    tac_sim *sim;
    double *x_start;
    double *row;
    float *values; /* [n_arm][n_observable][n_time] */
} worker;

static void worker_free(void *memory)
{
    worker *w = memory;
    if (w != NULL) {
        tac_sim_free(w->sim);
        tac_free(w->x_start);
        tac_free(w->row);
        tac_free(w->values);
        tac_free(w);
    }
}

static tac_status worker_create(tac_ctx *ctx, void *user, void **worker_out)
{
    const tac_cohort *c = user;
    const size_t n = c->plan->n_arm * c->plan->n_observable * c->plan->n_time;
    tac_status st = TAC_OK;
    worker *w = NULL;
    void *memory = NULL;

    *worker_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *w, &memory));
    w = memory;
    TAC_TRY(tac_sim_create(ctx, c->plan->body->program, c->options.rel_tol, &w->sim));
    TAC_TRY(tac_alloc_doubles(ctx, w->sim->image->n_state, &w->x_start));
    TAC_TRY(tac_alloc_doubles(ctx, tac_person_row_n(&c->row), &w->row));
    TAC_TRY(tac_alloc(ctx, n, sizeof(float), &memory));
    w->values = memory;
    *worker_out = w;
    w = NULL;
out:
    worker_free(w);
    return st;
}

/* Where the samples of one arm go. */
typedef struct place {
    const tac_ensemble *plan;
    float *values;
} place;

static void keep_sample(void *user, tac_sim *sim, size_t i_sample, double t_h, const double *x)
{
    const place *at = user;
    tac_sim_observe(sim, t_h, x);
    for (size_t o = 0; o < at->plan->n_observable; o++) {
        at->values[o * at->plan->n_time + i_sample] =
            (float)tac_observed_value(&at->plan->observed[o], sim, x);
    }
}

/** What a person lived in an arm, [n_observable][n_time]. */
static float *values_of(const tac_cohort *c, const worker *w, size_t arm)
{
    return &w->values[arm * c->plan->n_observable * c->plan->n_time];
}

/** One arm from person i's everyday life. */
static tac_status live(tac_ctx *ctx, const tac_cohort *c, worker *w, size_t i, size_t arm)
{
    const tac_luck luck = {c->options.seed, i + 1, w->sim->p};
    place at = {c->plan, values_of(c, w, arm)};
    memcpy(w->sim->x, w->x_start, w->sim->image->n_state * sizeof(double));
    return tac_ensemble_follow(ctx, c->plan, arm, &luck, w->sim, &(tac_audience){keep_sample, &at});
}

static void keep_statistics(const tac_cohort *c, worker *w, size_t programme)
{
    const tac_ensemble *plan = c->plan;
    const float *with = values_of(c, w, programme);
    const float *without = values_of(c, w, c->scenario->arms[programme].against);
    for (size_t o = 0; o < plan->n_observable; o++) {
        const tac_observable *observable = c->scenario->report[o].observable;
        const size_t at = o * plan->n_time;
        w->row[tac_person_row_with(&c->row, programme, o)] =
            tac_statistic_of(plan, observable, &with[at], c->n_window[programme],
                             c->windows[programme]);
        w->row[tac_person_row_without(&c->row, programme, o)] =
            tac_statistic_of(plan, observable, &without[at], c->n_window[programme],
                             c->windows[programme]);
    }
}

/** Run-in, all arms, and what each programme changes. */
static tac_status live_all(tac_ctx *ctx, const tac_cohort *c, worker *w, size_t i)
{
    tac_status st = TAC_OK;
    TAC_TRY(tac_orbit_find(ctx, c->plan->body, w->sim, &c->plan->habit));
    memcpy(w->x_start, w->sim->x, w->sim->image->n_state * sizeof(double));
    for (size_t a = 0; a < c->plan->n_arm; a++) {
        TAC_TRY(live(ctx, c, w, i, a));
    }
    for (size_t p = 0; p < tac_person_row_n_programme(&c->row); p++) {
        keep_statistics(c, w, p);
    }
    w->row[0] = 1.0;
out:
    return st;
}

/** Draw person i and say who they are. */
static tac_status draw(tac_ctx *ctx, const tac_cohort *c, worker *w, size_t i)
{
    const tac_draw_key key = {.seed = c->options.seed, .world = i, .person = i};
    const size_t n = tac_person_row_n(&c->row);
    tac_status st = TAC_OK;
    w->row[0] = 0.0;
    for (size_t k = 1; k < n; k++) {
        w->row[k] = (double)NAN;
    }
    TAC_TRY(tac_people_draw(ctx, c->people, &c->wanted, &key, w->sim->p));
    TAC_TRY(tac_people_describe(ctx, c->people, w->sim->p,
                                &w->row[tac_person_row_attribute(&c->row, 0)]));
out:
    return st;
}

/** A life that cannot be solved ends without numbers; *why (NULL: not wanted) says what went wrong, else it is empty. */
static tac_status live_or_say(tac_ctx *ctx, const tac_cohort *c, worker *w, size_t i, tac_buf *why)
{
    tac_ctx *scratch = tac_ctx_create();
    if (scratch == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_status st = live_all(scratch, c, w, i);
    const char *message = tac_ctx_message(scratch);
    const size_t n = strcspn(message, "\n");
    if (st == TAC_E_SOLVER) {
        for (size_t k = 1 + c->row.n_attribute; k < tac_person_row_n(&c->row); k++) {
            w->row[k] = (double)NAN;
        }
        if (why != NULL) {
            tac_buf_add(why, message, n);
        }
        st = TAC_OK;
    } else if (st != TAC_OK) {
        st = tac_fail(ctx, st, "%.*s", (int)n, message);
    }
    tac_ctx_free(scratch);
    return st;
}

static tac_status run_person(tac_ctx *ctx, void *user, void *worker_memory, size_t job)
{
    const tac_cohort *c = user;
    worker *w = worker_memory;
    const size_t i = c->i_first + job;
    tac_status st = TAC_OK;
    bool is_there = false;

    TAC_TRY(tac_journal_get(ctx, c->journal, i, 1, w->row, &is_there));
    if (!is_there) {
        TAC_TRY(draw(ctx, c, w, i));
        TAC_TRY(live_or_say(ctx, c, w, i, NULL));
        TAC_TRY(tac_journal_put(ctx, c->journal, i, w->row));
    }
out:
    return st;
}

tac_status tac_cohort_why(tac_ctx *ctx, const tac_cohort *cohort, size_t i, tac_buf *why)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    tac_cohort again = *cohort; /* the pool's signature wants it writable */
    TAC_TRY(worker_create(ctx, &again, &memory));
    TAC_TRY(draw(ctx, cohort, memory, i));
    TAC_TRY(live_or_say(ctx, cohort, memory, i, why));
out:
    worker_free(memory);
    return st;
}

/* ---- all of them ---- */

/** What the scenario says of its people. */
static tac_status make_wanted(tac_ctx *ctx, tac_cohort *c)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(ctx, c->scenario->n_person, sizeof *c->known, &memory));
    c->known = memory;
    for (size_t i = 0; i < c->scenario->n_person; i++) {
        const tac_person_value *value = &c->scenario->person[i];
        c->known[i] = (tac_known){value->parameter, value->value, value->high, false};
    }
    c->wanted = (tac_wanted){.population = c->options.population,
                             .health = c->scenario->health,
                             .n_health = c->scenario->n_health,
                             .known = c->known,
                             .n_known = c->scenario->n_person};
out:
    return st;
}

static tac_status find_windows(tac_ctx *ctx, tac_cohort *c)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const size_t n = tac_person_row_n_programme(&c->row);
    TAC_TRY(tac_alloc(ctx, n, sizeof *c->windows, &memory));
    c->windows = memory;
    TAC_TRY(tac_alloc(ctx, n, sizeof *c->n_window, &memory));
    c->n_window = memory;
    for (size_t a = 0; a < n; a++) {
        TAC_TRY(tac_sessions_of(ctx, c->plan->schedules[a], &c->windows[a], &c->n_window[a]));
    }
out:
    return st;
}

/** Everything that the numbers come from and that is not in the body's own hash. */
static uint64_t hash_of_tables(void)
{
    const tac_word_tables tables = tac_word_tables_shipped();
    const tac_source sources[] = {tables.events,
                                  tables.observables,
                                  tables.techniques,
                                  tables.pressure_words,
                                  tables.parts,
                                  tables.regions,
                                  tables.person,
                                  tables.health,
                                  tac_population_shipped(),
                                  {"", (const char *)tac_embedded_everyday_yaml,
                                   tac_embedded_everyday_yaml_n},
                                  {"", (const char *)tac_embedded_run_in_tsv,
                                   tac_embedded_run_in_tsv_n}};
    uint64_t hash = TAC_HASH_START;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        hash = tac_hash_add(hash, sources[i].text, sources[i].n);
    }
    return hash;
}

/** Find out before anything is written whether there are such people at all. */
static tac_status try_person(tac_ctx *ctx, const tac_cohort *c)
{
    const tac_draw_key key = {.seed = c->options.seed};
    double *p = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(tac_alloc_doubles(ctx, tac_program_image(c->plan->body->program)->n_parameter, &p));
    TAC_TRY(tac_people_draw(ctx, c->people, &c->wanted, &key, p));
out:
    tac_free(p);
    return st;
}

static tac_status open_journal(tac_ctx *ctx, tac_cohort *c)
{
    tac_buf belongs = TAC_BUF_INIT;
    tac_buf folder = TAC_BUF_INIT;
    const tac_source *source = &c->scenario->source;
    tac_buf_print(&belongs,
                  "tactus: %s\nmodel: %s\ntables: %016" PRIx64 "\nscenario: %016" PRIx64
                  "\nseed: %" PRIu64 "\npopulation: %s\ntolerance: %.17g\n",
                  tac_version(), tac_body_hash(c->plan->body), hash_of_tables(),
                  tac_hash_add(TAC_HASH_START, source->text, source->n), c->options.seed,
                  c->options.population, c->options.rel_tol);
    const char *slash = strrchr(c->options.journal, '/');
    tac_buf_add(&folder, c->options.journal,
                slash == NULL ? 0 : (size_t)(slash - c->options.journal));
    tac_status st = tac_buf_check(ctx, &belongs);
    st = st != TAC_OK ? st : tac_buf_check(ctx, &folder);
    st = st != TAC_OK || folder.n == 0 ? st : tac_dir_create(ctx, tac_buf_str(&folder));
    st = st != TAC_OK
             ? st
             : tac_journal_open(ctx, c->options.journal, tac_buf_str(&belongs),
                                tac_person_row_n(&c->row), c->options.is_resumed != 0, &c->journal);
    tac_buf_free(&folder);
    tac_buf_free(&belongs);
    return st;
}

tac_status tac_cohort_walk(tac_ctx *ctx, const tac_cohort *c, tac_person_visitor visit, void *user)
{
    tac_status st = TAC_OK;
    double *rows = NULL;
    bool is_there[N_BLOCK];
    const size_t n_number = tac_person_row_n(&c->row);
    bool goes_on = true;

    TAC_TRY(tac_alloc_doubles(ctx, N_BLOCK * n_number, &rows));
    for (size_t i = 0; goes_on && i < c->options.n_people; i += N_BLOCK) {
        const size_t left = c->options.n_people - i;
        const size_t n = left < N_BLOCK ? left : N_BLOCK;
        TAC_TRY(tac_journal_get(ctx, c->journal, i, n, rows, is_there));
        for (size_t k = 0; goes_on && k < n; k++) {
            goes_on = visit(user, i + k, &rows[k * n_number], is_there[k]);
        }
    }
out:
    tac_free(rows);
    return st;
}

static bool count_first(void *user, size_t i_person, const double *row, bool is_there)
{
    size_t *n = user;
    (void)row;
    *n = is_there ? i_person + 1 : *n;
    return is_there;
}

/* Two columns on their way out. */
typedef struct columns {
    size_t i_a;
    size_t i_b;
    double *a;
    double *b;
    size_t n;
} columns;

static bool keep_columns(void *user, size_t i_person, const double *row, bool is_there)
{
    columns *c = user;
    (void)i_person;
    if (is_there && row[0] > 0.5 && !isnan(row[c->i_a]) && !isnan(row[c->i_b])) {
        c->a[c->n] = row[c->i_a];
        c->b[c->n++] = row[c->i_b];
    }
    return true;
}

tac_status tac_cohort_columns(tac_ctx *ctx, const tac_cohort *cohort, size_t i_a, size_t i_b,
                              double *a, double *b, size_t *n_out)
{
    columns c = {i_a, i_b, a, b, 0};
    const tac_status st = tac_cohort_walk(ctx, cohort, keep_columns, &c);
    *n_out = c.n;
    return st;
}

static tac_status read_outcomes(tac_ctx *ctx, const void *user, size_t arm, size_t observable,
                                double *without, double *with, size_t *n_out)
{
    const tac_cohort *c = user;
    return tac_cohort_columns(ctx, c, tac_person_row_without(&c->row, arm, observable),
                              tac_person_row_with(&c->row, arm, observable), without, with, n_out);
}

static tac_status make_results(tac_ctx *ctx, tac_cohort *c, tac_results **results_out)
{
    tac_status st = TAC_OK;
    tac_results *results = NULL;
    tac_claims claims = {0};
    tac_measured measured = {0};
    const tac_outcomes outcomes = {c->options.n_people, read_outcomes, c};

    TAC_TRY(tac_claims_read(ctx, &claims));
    TAC_TRY(tac_measured_read(ctx, NULL, &measured));
    TAC_TRY(tac_results_create(ctx, &results));
    TAC_TRY(tac_tables_add_head(ctx, c->plan, &claims, results));
    TAC_TRY(tac_tables_add_summary(ctx, c->plan, &outcomes, &claims, &measured, results));
    TAC_TRY(tac_cohort_add_tables(ctx, c, results));
    tac_results_keep_journal(results, c->journal);
    c->journal = NULL;
    *results_out = results;
    results = NULL;
out:
    tac_results_free(results);
    tac_claims_free(&claims);
    tac_measured_free(&measured);
    return st;
}

static tac_status prepare(tac_ctx *ctx, const tac_body *body, tac_cohort *c)
{
    tac_status st = TAC_OK;
    const tac_compare_options plan = {.n_member = c->options.n_people,
                                      .seed = c->options.seed,
                                      .rel_tol = c->options.rel_tol};
    if (c->scenario->detail.is_asked) {
        return tac_fail(ctx, TAC_E_INPUT,
                        "%s: detail: one lymph vessel is followed by 'tactus run', not in a cohort",
                        c->scenario->source.name);
    }
    TAC_TRY(tac_ensemble_plan(ctx, body, c->scenario, &plan, &c->plan));
    TAC_TRY(tac_people_create(ctx, body->program, body->words, &c->people));
    TAC_TRY(make_wanted(ctx, c));
    c->row = (tac_person_row){tac_people_population(c->people)->n_attribute,
                              c->scenario->n_programme, c->plan->n_observable};
    TAC_TRY(find_windows(ctx, c));
    TAC_TRY(try_person(ctx, c));
    TAC_TRY(open_journal(ctx, c));
    TAC_TRY(tac_cohort_walk(ctx, c, count_first, &c->i_first));
out:
    return st;
}

static void free_all(tac_cohort *c)
{
    for (size_t a = 0; c->windows != NULL && a < tac_person_row_n_programme(&c->row); a++) {
        tac_free(c->windows[a]);
    }
    tac_free(c->windows);
    tac_free(c->n_window);
    tac_free(c->known);
    tac_people_free(c->people);
    tac_ensemble_free(c->plan);
    tac_journal_free(c->journal);
}

tac_status tac_cohort_study(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                            const tac_cohort_options *options, tac_results **results_out)
{
    tac_status st = TAC_OK;
    tac_cohort c = {.options = *options, .scenario = scenario};

    *results_out = NULL;
    if (options->n_people < 2) {
        return tac_fail(ctx, TAC_E_ARG, "%zu people: a range needs at least 2", options->n_people);
    }
    TAC_TRY(prepare(ctx, body, &c));
    const tac_jobs jobs = {.n = options->n_people - c.i_first,
                           .n_thread = options->n_job,
                           .user = &c,
                           .worker_create = worker_create,
                           .worker_free = worker_free,
                           .work = run_person,
                           .progress = options->progress,
                           .progress_user = options->progress_user,
                           .stop = options->stop};
    if (jobs.n > 0) {
        TAC_TRY(tac_jobs_do(ctx, &jobs));
    }
    TAC_TRY(make_results(ctx, &c, results_out));
out:
    free_all(&c);
    return st;
}
