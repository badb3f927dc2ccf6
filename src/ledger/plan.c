/* SPDX-License-Identifier: Apache-2.0 */
/* Plans the simulation of a study; see plan.h. */
#include "ledger/plan.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/map.h"
#include "scenario/reported.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double DAY_H = 24.0;
static const double BASELINE_H = 5.0 / 60.0; /* before the first event */
static const double SAMPLE_H = 1.0 / 12.0;
static const double LEAD_H = 1.0;
static const double JUST_BEFORE_H = 1e-6; /* what ends at the time of a sample still lasts in it */
static const double ELIMINATION_H = 3.0;  /* that a half-life is read from when nothing is said */
static const size_t MAX_SAMPLE = 400;     /* of one window */

/* Hours of the day at which people start where the study does not say; the next set where events would fall into sleep. */
static const double CLOCKS[][TAC_PLAN_MAX_STRATUM] = {{10.0, 12.0, 14.0, 16.0},
                                                      {8.0, 8.5, 9.0, 9.5},
                                                      {9.0, 9.0, 9.0, 9.0},
                                                      {6.5, 6.5, 7.0, 7.0}};

typedef struct planner {
    tac_ctx *ctx;
    const tac_body *body;
    tac_companies *companies;
    tac_plan *plan;
} planner;

/* ---- times ---- */

/** True for people to whom nothing happens but rest: they stay on the orbit of everyday life. */
static bool nothing_happens(const tac_study_arm *arm)
{
    for (size_t i = 0; i < arm->events->n; i++) {
        if (strcmp(arm->events->items[i]->keys[0]->text, "rest") != 0) {
            return false;
        }
    }
    for (size_t i = 0; i < arm->group.n_health; i++) {
        if (strcmp(arm->group.health[i], "infected") == 0
            || strcmp(arm->group.health[i], "sore") == 0) {
            return false;
        }
    }
    return true;
}

/** Weeks later on an orbit is the same hour of the second day. */
static double in_first_days_h(double hours)
{
    return hours > 2.0 * DAY_H ? DAY_H + fmod(hours, DAY_H) : hours;
}

tac_stretch tac_plan_at(const tac_finding *finding, const tac_planned_arm *arm)
{
    const tac_life *life = &arm->life;
    const bool is_event = finding->as == TAC_AS_PROBABILITY || finding->as == TAC_AS_ODDS_RATIO
                          || finding->as == TAC_AS_RISK_RATIO;
    const bool is_extreme = finding->as == TAC_AS_PEAK || finding->as == TAC_AS_NADIR
                            || finding->as == TAC_AS_PEAK_TIME || finding->as == TAC_AS_NADIR_TIME;
    switch (finding->at) {
    case TAC_AT_TIME: {
        tac_moment moment = finding->from;
        moment.hours = arm->is_still ? in_first_days_h(moment.hours) : moment.hours;
        const double t_h = tac_life_moment_h(life, &moment);
        return (tac_stretch){t_h, t_h};
    }
    case TAC_AT_WINDOW: {
        const double from_h = tac_life_moment_h(life, &finding->from);
        double to_h = tac_life_moment_h(life, &finding->to);
        to_h += to_h < from_h ? DAY_H : 0.0; /* from 23:00 to 07:00 */
        return (tac_stretch){from_h, to_h};
    }
    case TAC_AT_DURING: return (tac_stretch){life->last_from_h, life->last_to_h};
    case TAC_AT_WHOLE: break;
    }
    if (is_event) {
        return (tac_stretch){life->end_h, life->end_h};
    }
    if (is_extreme) {
        return (tac_stretch){life->zero_h, life->end_h};
    }
    return finding->as == TAC_AS_HALF_LIFE
               ? (tac_stretch){life->last_to_h, life->last_to_h + ELIMINATION_H}
               : (tac_stretch){life->last_from_h, life->last_to_h};
}

tac_stretch tac_plan_before(const tac_finding *finding, const tac_planned_arm *arm)
{
    if (finding->versus == TAC_VERSUS_DAY_BEFORE) {
        const tac_stretch at = tac_plan_at(finding, arm);
        return (tac_stretch){at.from_h - DAY_H, at.to_h - DAY_H};
    }
    return (tac_stretch){arm->life.first_h - BASELINE_H, arm->life.first_h};
}

/** Hours that must be simulated before time 0 and after it, and after the last event. */
static void find_span(const tac_plan *plan, size_t arm, tac_life_request *request)
{
    const bool is_still = nothing_happens(&plan->study->arms[arm]);
    request->lead_h = LEAD_H;
    for (size_t i = 0; i < plan->study->n_finding; i++) {
        const tac_finding *f = &plan->study->findings[i];
        const bool is_here = f->of == arm || (f->versus == TAC_VERSUS_ARM && f->versus_arm == arm);
        if (plan->findings[i].reason != NULL || !is_here) {
            continue;
        }
        const tac_moment *moments[] = {&f->from, &f->to};
        for (size_t k = 0; k < 2 && (f->at == TAC_AT_TIME || f->at == TAC_AT_WINDOW); k++) {
            const bool is_later_day = f->at == TAC_AT_TIME && is_still;
            const double h = is_later_day ? in_first_days_h(moments[k]->hours) : moments[k]->hours;
            if (moments[k]->from == TAC_FROM_END) {
                request->after_end_h = fmax(request->after_end_h, h);
            } else {
                request->until_h =
                    fmax(request->until_h, moments[k]->from == TAC_FROM_CLOCK ? 2.0 * DAY_H : h);
            }
            request->lead_h =
                fmax(request->lead_h, moments[k]->from == TAC_FROM_ZERO ? LEAD_H - h : LEAD_H);
        }
        if (f->as == TAC_AS_HALF_LIFE) {
            request->after_end_h = fmax(request->after_end_h, ELIMINATION_H);
        }
        if (f->versus == TAC_VERSUS_DAY_BEFORE) {
            request->lead_h = fmax(request->lead_h, DAY_H + LEAD_H);
        }
    }
}

/* ---- companies ---- */

void tac_companies_free(tac_companies *companies)
{
    for (size_t i = 0; i < companies->n; i++) {
        tac_habit_free(&companies->items[i].habit);
        tac_free(companies->items[i].x);
        tac_free(companies->items[i].p);
        tac_free(companies->items[i].failure);
    }
    tac_free(companies->items);
    tac_arena_free(companies->arena);
    *companies = (tac_companies){0};
}

/** Words for who they are and how they live. */
static void put_key(const tac_group *g, const char *scenario, tac_buf *key)
{
    const char *life = strstr(scenario, "\nlife:\n");
    const char *end = strstr(scenario, "\nprogramme:\n");
    tac_buf_print(key, "%s %g %g %g %g %g %g %g", g->sex, g->age_low, g->age_high, g->weight_kg,
                  g->height_m, g->bmi, g->pss, g->sleep_h);
    for (size_t i = 0; i < g->n_health; i++) {
        tac_buf_print(key, " %s", strcmp(g->health[i], "healthy") == 0 ? "" : g->health[i]);
    }
    if (life != NULL) {
        tac_buf_add(key, life, end == NULL ? strlen(life) : (size_t)(end - life));
    }
}

static tac_status add_company(planner *p, const char *key, const tac_group *group,
                              const tac_scenario *scenario)
{
    tac_companies *c = p->companies;
    if (c->n == c->cap) {
        const size_t cap = c->cap == 0 ? 64 : 2 * c->cap;
        tac_company *items = tac_realloc(c->items, cap, sizeof *items);
        if (items == NULL) {
            return tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
        }
        c->items = items;
        c->cap = cap;
    }
    tac_company *company = &c->items[c->n];
    *company = (tac_company){.key = tac_arena_text(c->arena, key, strlen(key)), .group = group};
    const tac_status st = tac_habit_build(p->ctx, p->body, scenario, &company->habit);
    c->n += st == TAC_OK ? 1 : 0;
    return st;
}

static tac_status find_company(planner *p, const tac_group *group, tac_planned_arm *arm)
{
    tac_status st = TAC_OK;
    tac_buf key = TAC_BUF_INIT;
    put_key(group, arm->life.text.text, &key);
    TAC_TRY(tac_buf_check(p->ctx, &key));
    for (arm->company = 0; arm->company < p->companies->n; arm->company++) {
        if (strcmp(p->companies->items[arm->company].key, key.text) == 0) {
            goto out;
        }
    }
    TAC_TRY(add_company(p, key.text, group, arm->scenario));
out:
    tac_buf_free(&key);
    return st;
}

/* ---- arms ---- */

tac_planned_arm *tac_plan_arm(const tac_plan *plan, size_t arm, size_t stratum, bool without_touch)
{
    return &plan->arms[(arm * plan->n_stratum + stratum) * 2 + (without_touch ? 1 : 0)];
}

static void free_arm(tac_planned_arm *arm)
{
    tac_life_free(&arm->life);
    tac_scenario_free(arm->scenario);
    tac_schedule_free(arm->schedule);
    tac_free(arm->t_h);
    *arm = (tac_planned_arm){0};
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t n_sample_of(tac_stretch s)
{
    const double n = ceil((s.to_h - s.from_h) / SAMPLE_H) + 1.0;
    return n < 1.0 ? 1 : n > (double)MAX_SAMPLE ? MAX_SAMPLE : (size_t)n;
}

static void add_samples(tac_planned_arm *arm, tac_stretch s)
{
    const size_t n = n_sample_of(s);
    for (size_t k = 0; k < n; k++) {
        const double share = n > 1 ? (double)k / (double)(n - 1) : 0.0;
        const double t_h = s.from_h + share * (s.to_h - s.from_h) - JUST_BEFORE_H;
        arm->t_h[arm->n_time++] = fmin(fmax(t_h, 0.0), arm->life.end_h);
    }
}

/** True when the finding looks at the arm. */
static bool concerns(const tac_plan *plan, size_t finding, size_t arm)
{
    const tac_finding *f = &plan->study->findings[finding];
    return plan->findings[finding].reason == NULL
           && (f->of == arm || (f->versus == TAC_VERSUS_ARM && f->versus_arm == arm));
}

/** Every window of every finding of the arm. */
static tac_status choose_times(planner *p, size_t i_arm, tac_planned_arm *arm)
{
    const tac_study *s = p->plan->study;
    size_t n = 0;
    for (size_t i = 0; i < s->n_finding; i++) {
        n += concerns(p->plan, i, i_arm) ? n_sample_of(tac_plan_at(&s->findings[i], arm))
                                               + n_sample_of(tac_plan_before(&s->findings[i], arm))
                                         : 0;
    }
    const tac_status st = tac_alloc_doubles(p->ctx, n + 1, &arm->t_h);
    if (st != TAC_OK) {
        return st;
    }
    for (size_t i = 0; i < s->n_finding; i++) {
        if (concerns(p->plan, i, i_arm)) {
            add_samples(arm, tac_plan_at(&s->findings[i], arm));
            add_samples(arm, tac_plan_before(&s->findings[i], arm));
        }
    }
    qsort(arm->t_h, arm->n_time, sizeof *arm->t_h, ascending);
    n = 0;
    for (size_t i = 0; i < arm->n_time; i++) {
        if (n == 0 || arm->t_h[i] > arm->t_h[n - 1] + 1e-7) {
            arm->t_h[n++] = arm->t_h[i];
        }
    }
    arm->n_time = n;
    return TAC_OK;
}

static tac_status plan_arm(planner *p, tac_ctx *scratch, const tac_life_request *request,
                           tac_planned_arm *arm)
{
    tac_status st = TAC_OK;
    const tac_study *study = p->plan->study;
    TAC_TRY(tac_life_write(scratch, p->body->words, study, request, &arm->life));
    TAC_TRY(tac_scenario_from_text(scratch, p->body->words, "study", arm->life.text.text,
                                   arm->life.text.n, &arm->scenario));
    TAC_TRY(tac_schedule_build(scratch, p->body->program, p->body->words, arm->scenario,
                               &arm->scenario->arms[0], TAC_CALENDAR_WHOLE, &arm->schedule));
    arm->is_still = nothing_happens(&study->arms[request->arm]);
    TAC_TRY(find_company(p, &study->arms[request->arm].group, arm));
    TAC_TRY(choose_times(p, request->arm, arm));
out:
    return st;
}

/** The first message of a context without its place and caret, kept in the arena. */
static const char *reason_of(const planner *p, const tac_ctx *scratch)
{
    const char *text = tac_ctx_message(scratch);
    const char *colon = strstr(text, ": ");
    const size_t n_place = strcspn(text, " \n");
    if (colon != NULL && (size_t)(colon - text) < n_place) {
        text = colon + 2;
    }
    const char *kept = tac_arena_text(p->plan->arena, text, strcspn(text, "\n"));
    return kept == NULL || kept[0] == '\0' ? "it cannot be simulated" : kept;
}

/** An arm at every hour of the day, with and without touch. *reason_out is NULL when it can be simulated. */
static tac_status try_clocks(planner *p, size_t i_arm, const double *clocks,
                             const char **reason_out)
{
    const tac_study_arm *arm = &p->plan->study->arms[i_arm];
    tac_status st = TAC_OK;
    tac_ctx *scratch = tac_ctx_create();
    *reason_out = NULL;
    for (size_t k = 0; scratch != NULL && st == TAC_OK && k < p->plan->n_stratum; k++) {
        tac_life_request request = {.arm = i_arm,
                                    .clock_h = isnan(arm->clock_h) ? clocks[k] : arm->clock_h};
        find_span(p->plan, i_arm, &request);
        st = plan_arm(p, scratch, &request, tac_plan_arm(p->plan, i_arm, k, false));
        request.without_touch = true;
        if (st == TAC_OK && p->plan->has_touch[i_arm]) {
            st = plan_arm(p, scratch, &request, tac_plan_arm(p->plan, i_arm, k, true));
        }
    }
    if (scratch == NULL || st == TAC_E_MEMORY) {
        st = tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
    } else if (st != TAC_OK) {
        *reason_out = reason_of(p, scratch);
        st = TAC_OK;
    }
    tac_ctx_free(scratch);
    return st;
}

static bool has_massage(const tac_study_arm *arm)
{
    for (size_t i = 0; i < arm->events->n; i++) {
        if (strcmp(arm->events->items[i]->keys[0]->text, "massage") == 0) {
            return true;
        }
    }
    return false;
}

static void free_arms(tac_plan *plan)
{
    for (size_t i = 0; plan->arms != NULL && i < plan->study->n_arm * plan->n_stratum * 2; i++) {
        free_arm(&plan->arms[i]);
    }
}

/** Plan the arms that some finding needs at one set of hours; how many cannot be. */
static tac_status try_set(planner *p, const double *clocks, const char **reasons, size_t *n_bad_out)
{
    const tac_study *s = p->plan->study;
    free_arms(p->plan);
    *n_bad_out = 0;
    for (size_t a = 0; a < s->n_arm; a++) {
        reasons[a] = NULL;
        if (p->plan->is_used[a]) {
            const tac_status st = try_clocks(p, a, clocks, &reasons[a]);
            if (st != TAC_OK) {
                return st;
            }
            *n_bad_out += reasons[a] != NULL ? 1 : 0;
        }
    }
    return TAC_OK;
}

/** Plan the arms at the first set of hours that suits all of them, or the one that suits most. */
static tac_status plan_arms(planner *p)
{
    enum { N_SET = sizeof CLOCKS / sizeof CLOCKS[0] };
    tac_status st = TAC_OK;
    const tac_study *s = p->plan->study;
    const char *reasons[TAC_STUDY_MAX_ARM] = {NULL};
    size_t best = 0;
    size_t n_least = SIZE_MAX;
    for (size_t set = 0; n_least > 0 && set < N_SET; set++) {
        size_t n_bad = 0;
        TAC_TRY(try_set(p, CLOCKS[set], reasons, &n_bad));
        best = n_bad < n_least ? set : best;
        n_least = n_bad < n_least ? n_bad : n_least;
    }
    if (n_least > 0) {
        TAC_TRY(try_set(p, CLOCKS[best], reasons, &n_least));
    }
    for (size_t i = 0; i < s->n_finding; i++) {
        const tac_finding *f = &s->findings[i];
        tac_planned_finding *planned = &p->plan->findings[i];
        planned->reason = planned->reason != NULL       ? planned->reason
                          : reasons[f->of] != NULL      ? reasons[f->of]
                          : f->versus == TAC_VERSUS_ARM ? reasons[f->versus_arm]
                                                        : NULL;
    }
out:
    return st;
}

/* ---- findings ---- */

/** "left foot": the region of a finding as a scenario would name it; NULL where none is meant. */
static const char *site_of(const planner *p, const tac_finding *f)
{
    tac_buf text = TAC_BUF_INIT;
    const char *site = f->site;
    if (site[0] == '\0' || f->observable->over == TAC_OVER_ONE) {
        return NULL;
    }
    const bool is_other = strncmp(site, "other ", 6) == 0;
    site += is_other ? 6 : 0;
    const tac_region *region = tac_words_region(p->body->words, site);
    const bool needs_side = p->plan->study->has_other_site && region != NULL && region->sides > 1.0;
    tac_buf_print(&text, "%s%s", !needs_side ? "" : is_other ? "right " : "left ", site);
    const char *kept = text.has_failed ? site : tac_arena_text(p->plan->arena, text.text, text.n);
    tac_buf_free(&text);
    return kept;
}

/** Find the variables behind a finding's observable; what is not there is its reason. */
static tac_status find_observed(planner *p, const tac_finding *f, tac_planned_finding *planned)
{
    tac_status st = TAC_OK;
    tac_reported item;
    tac_buf text = TAC_BUF_INIT;
    tac_yaml *yaml = NULL;
    const char *site = site_of(p, f);
    tac_ctx *scratch = tac_ctx_create();
    tac_buf_print(&text, site == NULL ? "%s%s" : "{%s: %s}", f->what, site == NULL ? "" : site);
    if (scratch == NULL || text.has_failed) {
        st = tac_fail(p->ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(tac_yaml_read(p->ctx, "observable", text.text, text.n, &yaml));
    const tac_event_reader reader = {scratch, p->body->words, &yaml->source, p->plan->arena, 0.0};
    if (tac_reported_read(&reader, yaml->root, &item) != TAC_OK) {
        planned->reason = reason_of(p, scratch);
        goto out;
    }
    planned->observed = p->plan->n_observed;
    TAC_TRY(tac_observed_find(p->ctx, p->body->program, &item, p->plan->arena,
                              &p->plan->observed[p->plan->n_observed]));
    p->plan->n_observed++;
out:
    tac_yaml_free(yaml);
    tac_ctx_free(scratch);
    tac_buf_free(&text);
    return st;
}

static const char *say(const planner *p, const char *before, const char *word, const char *after)
{
    tac_buf text = TAC_BUF_INIT;
    tac_buf_print(&text, "%s%s%s", before, word, after);
    const char *kept = text.has_failed ? before : tac_arena_text(p->plan->arena, text.text, text.n);
    tac_buf_free(&text);
    return kept == NULL ? before : kept;
}

static tac_status plan_finding(planner *p, size_t i)
{
    const tac_finding *f = &p->plan->study->findings[i];
    tac_planned_finding *planned = &p->plan->findings[i];
    if (f->observable == NULL) {
        planned->reason = f->note[0] == '\0' ? "it has no words in this format"
                                             : say(p, "no words for it: ", f->note, "");
    } else if (p->plan->study->is_animal) {
        planned->reason =
            say(p, "the body is a person's, studied was a ", p->plan->study->people.species, "");
    } else if (f->observable->variable[0] == '\0') {
        planned->reason = say(p, "", f->what, " is not in the model");
    } else {
        return find_observed(p, f, planned);
    }
    return TAC_OK;
}

/** Which arms are looked at, which have massage, and at how many hours of the day. */
static void look_at_arms(tac_plan *plan)
{
    const tac_study *s = plan->study;
    plan->n_stratum = 1;
    for (size_t a = 0; a < s->n_arm; a++) {
        plan->has_touch[a] = has_massage(&s->arms[a]);
        for (size_t i = 0; i < s->n_finding; i++) {
            plan->is_used[a] = plan->is_used[a] || concerns(plan, i, a);
        }
        if (plan->is_used[a] && isnan(s->arms[a].clock_h)) {
            plan->n_stratum = TAC_PLAN_MAX_STRATUM;
        }
    }
    for (size_t i = 0; i < s->n_finding; i++) {
        const tac_finding *f = &s->findings[i];
        plan->findings[i].has_touch =
            plan->has_touch[f->of]
            || (f->versus == TAC_VERSUS_ARM && plan->has_touch[f->versus_arm]);
    }
}

tac_status tac_plan_create(tac_ctx *ctx, const tac_body *body, const tac_study *study,
                           tac_companies *companies, tac_plan **plan_out)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    planner p = {.ctx = ctx, .body = body, .companies = companies};

    *plan_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *p.plan, &memory));
    p.plan = memory;
    p.plan->study = study;
    p.plan->n_stratum = 1;
    p.plan->arena = tac_arena_create();
    companies->arena = companies->arena == NULL ? tac_arena_create() : companies->arena;
    if (p.plan->arena == NULL || companies->arena == NULL) {
        st = tac_fail(ctx, TAC_E_MEMORY, "out of memory");
        goto out;
    }
    TAC_TRY(tac_alloc(ctx, study->n_finding, sizeof *p.plan->findings, &memory));
    p.plan->findings = memory;
    TAC_TRY(tac_alloc(ctx, study->n_finding, sizeof *p.plan->observed, &memory));
    p.plan->observed = memory;
    for (size_t i = 0; i < study->n_finding; i++) {
        TAC_TRY(plan_finding(&p, i));
    }
    look_at_arms(p.plan);
    TAC_TRY(tac_alloc(ctx, study->n_arm * p.plan->n_stratum * 2, sizeof *p.plan->arms, &memory));
    p.plan->arms = memory;
    TAC_TRY(plan_arms(&p));
    *plan_out = p.plan;
    p.plan = NULL;
out:
    tac_plan_free(p.plan);
    return st;
}

void tac_plan_free(tac_plan *plan)
{
    if (plan != NULL) {
        free_arms(plan);
        tac_free(plan->arms);
        tac_free(plan->findings);
        tac_free(plan->observed);
        tac_free(plan->failure);
        tac_arena_free(plan->arena);
        tac_free(plan);
    }
}
