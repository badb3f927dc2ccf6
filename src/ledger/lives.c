/* SPDX-License-Identifier: Apache-2.0 */
/* Reads studies and lives their arms on all threads; see lives.h. */
#include "ledger/lives.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/suggest.h"
#include "ledger/folder.h"
#include "study/pool.h"

#include <string.h>

/* Members come in mirrored twins of mirrored worlds, at four hours of the day. */
static const size_t N_PEOPLE_STEP = 16;

static tac_status allocate(tac_ctx *ctx, size_t n, size_t size, void *out)
{
    void *memory = NULL;
    const tac_status st = tac_alloc(ctx, n + 1, size, &memory);
    memcpy(out, &memory, sizeof memory);
    return st;
}

void tac_lives_free(tac_lives *l)
{
    for (size_t i = 0; l->studies != NULL && i < l->n_study; i++) {
        if (l->plans != NULL) {
            tac_plan_free(l->plans[i]);
        }
        if (l->seen != NULL) {
            tac_seen_free(&l->seen[i]);
        }
        tac_study_free(l->studies[i]);
    }
    for (size_t i = 0; l->failures != NULL && i < l->n_failure; i++) {
        tac_free(l->failures[i]);
    }
    tac_free(l->failures);
    tac_free(l->studies);
    tac_free(l->plans);
    tac_free(l->seen);
    tac_free(l->company_jobs);
    tac_free(l->study_jobs);
    tac_companies_free(&l->companies);
    tac_people_free(l->people);
    *l = (tac_lives){0};
}

tac_status tac_lives_check(tac_ctx *ctx, const tac_lives_options *o)
{
    if (o->n_people < N_PEOPLE_STEP || o->n_people % N_PEOPLE_STEP != 0 || o->n_people > 4096) {
        return tac_fail(ctx, TAC_E_ARG, "%zu people: a multiple of %zu up to 4096 is wanted",
                        o->n_people, N_PEOPLE_STEP);
    }
    return TAC_OK;
}

/* ---- reading ---- */

/** True when one of the words between commas is this one; all are where there are none. */
static bool is_among(const char *words, const char *word)
{
    const size_t n = strlen(word);
    for (const char *at = words; at != NULL && *at != '\0';) {
        const size_t n_at = strcspn(at, ",");
        if (n_at == n && strncmp(at, word, n) == 0) {
            return true;
        }
        at += n_at + strspn(at + n_at, ",");
    }
    return words == NULL;
}

/** Read every file; errors of all of them are gathered. */
static tac_status read_studies(tac_ctx *ctx, tac_lives *l, const tac_paths *paths, const char *only)
{
    tac_status result = TAC_OK;
    for (size_t i = 0; i < paths->n && !tac_ctx_is_full(ctx); i++) {
        tac_study *study = NULL;
        const tac_status st = tac_study_from_file(ctx, l->body->words, paths->items[i], &study);
        result = st != TAC_OK ? st : result;
        const bool is_wanted = study != NULL && is_among(only, study->id);
        if (is_wanted) {
            l->studies[l->n_study++] = study;
        } else {
            tac_study_free(study);
        }
    }
    return result;
}

/** Two files that say they are the same study are a mistake. */
static tac_status check_ids(tac_ctx *ctx, const tac_lives *l)
{
    for (size_t i = 0; i < l->n_study; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(l->studies[i]->id, l->studies[k]->id) == 0) {
                return tac_fail(ctx, TAC_E_INPUT, "%s and %s: both are called '%s'",
                                l->studies[k]->yaml->source.name, l->studies[i]->yaml->source.name,
                                l->studies[i]->id);
            }
        }
    }
    return TAC_OK;
}

/** The names of the files, which are those of their studies by custom; NULL when memory is short. */
static const char **names_of(const tac_paths *paths, tac_arena *arena)
{
    const char **names = tac_arena_alloc(arena, paths->n * sizeof *names);
    for (size_t i = 0; names != NULL && i < paths->n; i++) {
        const char *slash = strrchr(paths->items[i], '/');
        const char *name = slash == NULL ? paths->items[i] : slash + 1;
        names[i] = tac_arena_text(arena, name, strcspn(name, "."));
        if (names[i] == NULL) {
            return NULL;
        }
    }
    return names;
}

static tac_status refuse_id(tac_ctx *ctx, const tac_paths *paths, tac_arena *arena,
                            const char *directory, const char *id)
{
    const char **names = names_of(paths, arena);
    const char *near = names == NULL ? NULL : tac_suggest(id, paths->n, names);
    return tac_fail(ctx, TAC_E_ARG, "%s: no study is called '%s'%s%s%s", directory, id,
                    near == NULL ? "" : "; did you mean '", near == NULL ? "" : near,
                    near == NULL ? "" : "'?");
}

/** Each of the words between commas must be a study. */
static tac_status check_only(tac_ctx *ctx, const tac_lives *l, const tac_paths *paths,
                             tac_arena *arena, const char *directory, const char *only)
{
    for (const char *at = only; at != NULL && *at != '\0';) {
        const size_t n = strcspn(at, ",");
        const char *id = tac_arena_text(arena, at, n);
        size_t i = 0;
        while (id != NULL && i < l->n_study && strcmp(l->studies[i]->id, id) != 0) {
            i++;
        }
        if (id == NULL || i == l->n_study) {
            return refuse_id(ctx, paths, arena, directory, id == NULL ? "" : id);
        }
        at += n + strspn(at + n, ",");
    }
    return l->n_study > 0 ? TAC_OK : refuse_id(ctx, paths, arena, directory, only);
}

tac_status tac_lives_read(tac_ctx *ctx, tac_lives *l, const char *directory, const char *only)
{
    tac_status st = TAC_OK;
    tac_paths paths = {0};
    tac_arena *arena = tac_arena_create();
    if (arena == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    TAC_TRY(tac_paths_below(ctx, directory, arena, &paths));
    if (paths.n == 0) {
        st = tac_fail(ctx, TAC_E_FILE, "%s: no study, that is no .yaml file, lies below it",
                      directory);
        goto out;
    }
    TAC_TRY(allocate(ctx, paths.n, sizeof(tac_study *), &l->studies));
    TAC_TRY(read_studies(ctx, l, &paths, only));
    TAC_TRY(check_ids(ctx, l));
    TAC_TRY(check_only(ctx, l, &paths, arena, directory, only));
out:
    tac_paths_free(&paths);
    tac_arena_free(arena);
    return st;
}

void tac_lives_keep(tac_lives *l, const bool *is_kept)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_study; i++) {
        if (is_kept[i]) {
            l->studies[n++] = l->studies[i];
        } else {
            tac_study_free(l->studies[i]);
        }
    }
    l->n_study = n;
}

/* ---- planning ---- */

static bool has_work(const tac_plan *plan)
{
    for (size_t i = 0; i < plan->study->n_finding; i++) {
        if (plan->findings[i].reason == NULL) {
            return true;
        }
    }
    return false;
}

static tac_status list_companies(tac_ctx *ctx, tac_lives *l)
{
    bool *is_wanted = NULL;
    tac_status st = TAC_OK;
    TAC_TRY(allocate(ctx, l->companies.n, sizeof *is_wanted, &is_wanted));
    TAC_TRY(allocate(ctx, l->companies.n, sizeof *l->company_jobs, &l->company_jobs));
    for (size_t k = 0; k < l->n_study_job; k++) {
        const tac_plan *plan = l->plans[l->study_jobs[k]];
        for (size_t i = 0; i < plan->study->n_arm * plan->n_stratum * 2; i++) {
            if (plan->arms[i].schedule != NULL) {
                is_wanted[plan->arms[i].company] = true;
            }
        }
    }
    for (size_t i = 0; i < l->companies.n; i++) {
        if (is_wanted[i]) {
            l->company_jobs[l->n_company_job++] = i;
        }
    }
out:
    tac_free(is_wanted);
    return st;
}

tac_status tac_lives_plan(tac_ctx *ctx, tac_lives *l)
{
    tac_status st = TAC_OK;
    const tac_image *image = tac_program_image(l->body->program);
    TAC_TRY(tac_people_create(ctx, l->body->program, l->body->words, &l->people));
    TAC_TRY(allocate(ctx, l->n_study, sizeof *l->plans, &l->plans));
    TAC_TRY(allocate(ctx, l->n_study, sizeof *l->seen, &l->seen));
    TAC_TRY(allocate(ctx, l->n_study, sizeof *l->study_jobs, &l->study_jobs));
    for (size_t i = 0; i < l->n_study; i++) {
        TAC_TRY(tac_plan_create(ctx, l->body, l->studies[i], &l->companies, &l->plans[i]));
        l->plans[i]->without_touch = l->options.without_touch;
        TAC_TRY(tac_seen_create(ctx, l->plans[i], l->options.n_people, &l->seen[i]));
        if (has_work(l->plans[i])) {
            l->study_jobs[l->n_study_job++] = i;
        }
    }
    TAC_TRY(list_companies(ctx, l));
    for (size_t i = 0; i < l->n_company_job; i++) {
        tac_company *c = &l->companies.items[l->company_jobs[i]];
        TAC_TRY(tac_alloc_doubles(ctx, l->options.n_people * image->n_state, &c->x));
        TAC_TRY(tac_alloc_doubles(ctx, l->options.n_people * image->n_parameter, &c->p));
    }
    l->n_failure = (l->n_company_job + l->n_study_job) * l->options.n_people;
    TAC_TRY(allocate(ctx, l->n_failure, sizeof *l->failures, &l->failures));
out:
    return st;
}

/* ---- simulating ---- */

static tac_status worker_create(tac_ctx *ctx, void *user, void **worker_out)
{
    const tac_lives *l = user;
    tac_sim *sim = NULL;
    const tac_status st = tac_sim_create(ctx, l->body->program, l->options.rel_tol, &sim);
    *worker_out = sim;
    return st;
}

static void worker_free(void *worker)
{
    tac_sim_free(worker);
}

/** A life that cannot be followed is a row of the ledger, not the end of it. */
static tac_status keep_failure(tac_ctx *ctx, const tac_ctx *scratch, tac_status st, char **failure)
{
    const char *text = tac_ctx_message(scratch);
    const size_t n = strcspn(text, "\n");
    void *memory = NULL;
    if (st == TAC_OK) {
        return TAC_OK;
    }
    if (st != TAC_E_SOLVER) {
        return tac_fail(ctx, st, "%.*s", (int)n, text);
    }
    st = tac_alloc(ctx, n + 1, 1, &memory);
    if (st == TAC_OK) {
        memcpy(memory, text, n);
        *failure = memory;
    }
    return st;
}

/** The everyday life of one member of a company. */
static tac_status find_orbit(tac_ctx *ctx, tac_lives *l, tac_sim *sim, tac_company *company,
                             size_t i_member)
{
    tac_status st = TAC_OK;
    const tac_image *image = sim->image;
    TAC_TRY(tac_people_set(ctx, l->people, company->group, tac_member_of(l->options.seed, i_member),
                           sim->p));
    TAC_TRY(tac_orbit_find(ctx, l->body, sim, &company->habit));
    memcpy(&company->x[i_member * image->n_state], sim->x, image->n_state * sizeof *sim->x);
    memcpy(&company->p[i_member * image->n_parameter], sim->p, image->n_parameter * sizeof *sim->p);
out:
    return st;
}

static tac_status orbit_job(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    tac_lives *l = user;
    tac_ctx *scratch = tac_ctx_create();
    if (scratch == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_company *company = &l->companies.items[l->company_jobs[i / l->options.n_people]];
    tac_status st = find_orbit(scratch, l, worker, company, i % l->options.n_people);
    st = keep_failure(ctx, scratch, st, &l->failures[i]);
    tac_ctx_free(scratch);
    return st;
}

/** The failure of some life before this member can live the study, or NULL. */
static const char *failed_before(const tac_lives *l, const tac_plan *plan, size_t i_member)
{
    for (size_t i = 0; i < plan->study->n_arm * plan->n_stratum * 2; i++) {
        for (size_t c = 0; plan->arms[i].schedule != NULL && c < l->n_company_job; c++) {
            const char *failure = l->failures[c * l->options.n_people + i_member];
            if (l->company_jobs[c] == plan->arms[i].company && failure != NULL) {
                return failure;
            }
        }
    }
    return NULL;
}

static tac_status study_job(tac_ctx *ctx, void *user, void *worker, size_t i)
{
    tac_lives *l = user;
    const size_t i_study = l->study_jobs[i / l->options.n_people];
    const size_t i_member = i % l->options.n_people;
    const tac_plan *plan = l->plans[i_study];
    if (failed_before(l, plan, i_member) != NULL) {
        return TAC_OK;
    }
    tac_ctx *scratch = tac_ctx_create();
    if (scratch == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    tac_status st =
        tac_course_live(scratch, plan, &l->companies, worker, i_member, &l->seen[i_study]);
    st = keep_failure(ctx, scratch, st, &l->failures[l->n_company_job * l->options.n_people + i]);
    tac_ctx_free(scratch);
    return st;
}

/* Progress of both stages as one. */
typedef struct progress {
    const tac_lives *lives;
    size_t n_before;
    size_t n_total;
} progress;

static void pass_progress(void *user, size_t n_done, size_t n_total)
{
    const progress *p = user;
    (void)n_total;
    if (p->lives->options.progress != NULL) {
        p->lives->options.progress(p->lives->options.progress_user, p->n_before + n_done,
                                   p->n_total);
    }
}

/** Nothing has failed and nothing is seen yet, from job `first` on. */
static void forget(tac_lives *l, size_t first)
{
    for (size_t i = first; i < l->n_failure; i++) {
        tac_free(l->failures[i]);
        l->failures[i] = NULL;
    }
    for (size_t i = 0; i < l->n_study; i++) {
        tac_seen_clear(&l->seen[i], l->plans[i]);
    }
}

/** One stage: orbits or studies. */
static tac_status do_jobs(tac_ctx *ctx, tac_lives *l, size_t n,
                          tac_status (*work)(tac_ctx *, void *, void *, size_t), progress *p)
{
    const tac_jobs jobs = {.n = n,
                           .n_thread = l->options.n_job,
                           .user = l,
                           .worker_create = worker_create,
                           .worker_free = worker_free,
                           .work = work,
                           .progress = pass_progress,
                           .progress_user = p,
                           .stop = l->options.stop};
    return n == 0 ? TAC_OK : tac_jobs_do(ctx, &jobs);
}

tac_status tac_lives_simulate(tac_ctx *ctx, tac_lives *l)
{
    tac_status st = TAC_OK;
    const size_t n_orbit = l->n_company_job * l->options.n_people;
    const size_t n_life = l->n_study_job * l->options.n_people;
    progress p = {l, 0, n_orbit + n_life};
    forget(l, 0);
    TAC_TRY(do_jobs(ctx, l, n_orbit, orbit_job, &p));
    p.n_before = n_orbit;
    TAC_TRY(do_jobs(ctx, l, n_life, study_job, &p));
out:
    return st;
}

tac_status tac_lives_follow(tac_ctx *ctx, tac_lives *l)
{
    const size_t n_life = l->n_study_job * l->options.n_people;
    progress p = {l, 0, n_life};
    forget(l, l->n_company_job * l->options.n_people);
    return do_jobs(ctx, l, n_life, study_job, &p);
}

/** The first failure of a study's lives becomes the reason of its findings. */
tac_status tac_lives_collect_failures(tac_ctx *ctx, tac_lives *l)
{
    for (size_t k = 0; k < l->n_study_job; k++) {
        tac_plan *plan = l->plans[l->study_jobs[k]];
        if (plan->failure != NULL) {
            continue;
        }
        for (size_t m = 0; m < l->options.n_people; m++) {
            const char *before = failed_before(l, plan, m);
            const char *own = l->failures[(l->n_company_job + k) * l->options.n_people + m];
            const char *failure = before != NULL ? before : own;
            void *memory = NULL;
            if (failure == NULL) {
                continue;
            }
            const tac_status st = tac_alloc(ctx, strlen(failure) + 1, 1, &memory);
            if (st != TAC_OK) {
                return st;
            }
            memcpy(memory, failure, strlen(failure));
            plan->failure = memory;
            break;
        }
    }
    return TAC_OK;
}

tac_status tac_lives_no_worker(tac_ctx *ctx, void *user, void **worker_out)
{
    (void)ctx;
    (void)user;
    *worker_out = NULL;
    return TAC_OK;
}

void tac_lives_no_worker_free(void *worker)
{
    (void)worker;
}
