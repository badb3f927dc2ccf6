/* SPDX-License-Identifier: Apache-2.0 */
/* Which studies depend on what is free? One person of each lives at both ends of the ranges; see fit.h. */
#include "base/alloc.h"
#include "base/fail.h"
#include "ledger/fit.h"

#include <math.h>
#include <string.h>

/* Both ends of a 95 % range. */
static const double Z_END = 1.959963984540054;

/* What moves less than this share of its size over half a range does not depend: the solver's own errors are smaller. */
static const double SHARE_MOVED = 1e-3;

/* What one person of each study shows, and how they live without it. */
typedef struct shown {
    double *features; /* [n_feature] of all findings of all studies */
    size_t n_feature;
    double *orbits; /* [n_orbit] states of all companies */
    size_t n_orbit;
} shown;

static void free_shown(shown *s)
{
    tac_free(s->features);
    tac_free(s->orbits);
    *s = (shown){0};
}

static size_t n_feature_of(const tac_lives *l, size_t study)
{
    return l->studies[study]->n_finding * l->options.n_people * TAC_N_FEATURE;
}

/** Live at z and keep what is shown. */
static tac_status show(tac_ctx *ctx, tac_fitting *f, tac_lives *l, const double *z, shown *s)
{
    tac_status st = TAC_OK;
    const size_t n_state = tac_program_image(l->body->program)->n_state;
    const size_t n_x = n_state * l->options.n_people;
    tac_varied_set(&f->varied, z);
    TAC_TRY(tac_lives_simulate(ctx, l));
    *s = (shown){0};
    for (size_t i = 0; i < l->n_study; i++) {
        s->n_feature += n_feature_of(l, i);
    }
    s->n_orbit = l->n_company_job * n_x;
    TAC_TRY(tac_alloc_doubles(ctx, s->n_feature + 1, &s->features));
    TAC_TRY(tac_alloc_doubles(ctx, s->n_orbit + 1, &s->orbits));
    size_t at = 0;
    for (size_t i = 0; i < l->n_study; i++) {
        memcpy(s->features + at, l->seen[i].features[0], n_feature_of(l, i) * sizeof(double));
        at += n_feature_of(l, i);
    }
    for (size_t c = 0; c < l->n_company_job; c++) {
        memcpy(s->orbits + c * n_x, l->companies.items[l->company_jobs[c]].x, n_x * sizeof(double));
    }
out:
    return st;
}

/** True when any of the features of one finding has moved, NaN counting as a number of its own. */
static bool has_moved(size_t n, const double *a, const double *b)
{
    double size = 0.0;
    for (size_t i = 0; i < n; i++) {
        size = isfinite(a[i]) ? fmax(size, fabs(a[i])) : size;
    }
    for (size_t i = 0; i < n; i++) {
        if (isnan(a[i]) != isnan(b[i]) || fabs(a[i] - b[i]) > SHARE_MOVED * size) {
            return true;
        }
    }
    return false;
}

/** True when everyday life has moved. */
static bool have_orbits_moved(const tac_lives *l, const shown *a, const shown *b)
{
    const tac_image *image = tac_program_image(l->body->program);
    for (size_t i = 0; i < a->n_orbit; i++) {
        const double size = fabs(a->orbits[i]) + image->abs_tol_scale[i % image->n_state];
        if (fabs(a->orbits[i] - b->orbits[i]) > SHARE_MOVED * size) {
            return true;
        }
    }
    return false;
}

/** Mark the studies that show something else at z; whether any does, and whether everyday life moves. */
static tac_status compare_at(tac_ctx *ctx, tac_fitting *f, tac_lives *l, const double *z,
                             const shown *base, bool *is_moved, bool *is_any_out)
{
    shown s = {0};
    size_t at = 0;
    const size_t n = l->options.n_people * TAC_N_FEATURE; /* of one finding */
    tac_status st = show(ctx, f, l, z, &s);
    for (size_t i = 0; st == TAC_OK && i < l->n_study; i++) {
        for (size_t k = 0; k < l->studies[i]->n_finding; k++) {
            const bool differs = has_moved(n, base->features + at, s.features + at);
            is_moved[i] = is_moved[i] || differs;
            *is_any_out = *is_any_out || differs;
            at += n;
        }
    }
    if (st == TAC_OK) {
        f->moves_orbits = f->moves_orbits || have_orbits_moved(l, base, &s);
    }
    free_shown(&s);
    return st;
}

/** Open the folder's studies for one person each. */
static tac_status open_lives(tac_ctx *ctx, tac_fitting *f, size_t n_people, tac_lives *l)
{
    const tac_fit_options *o = f->options;
    *l = (tac_lives){.body = &f->varied.body,
                     .options = {.n_people = n_people,
                                 .seed = o->seed,
                                 .n_job = o->n_job,
                                 .rel_tol = o->rel_tol,
                                 .progress = o->progress,
                                 .progress_user = o->progress_user,
                                 .stop = o->stop}};
    return tac_lives_read(ctx, l, f->directory, NULL);
}

/** A whole family goes where one of its studies goes. */
static void spread_to_families(const tac_lives *l, bool *is_kept)
{
    for (size_t i = 0; i < l->n_study; i++) {
        for (size_t k = 0; is_kept[i] && k < l->n_study; k++) {
            is_kept[k] = is_kept[k] || strcmp(l->studies[k]->family, l->studies[i]->family) == 0;
        }
    }
}

/** The studies that the options allow: named families or all, less those left out; no animals. */
static tac_status choose_allowed(tac_ctx *ctx, const tac_fitting *f, const tac_lives *l,
                                 bool *is_allowed)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    const tac_fit_options *o = f->options;
    TAC_TRY(tac_alloc(ctx, l->n_study + 1, sizeof(bool), &memory));
    bool *is_left_out = memory;
    for (size_t i = 0; i < l->n_study; i++) {
        is_allowed[i] = o->n_family == 0 && !l->studies[i]->is_animal;
    }
    TAC_TRY(tac_families_mark(ctx, l->n_study, l->studies, o->n_family, o->families, is_allowed));
    TAC_TRY(
        tac_families_mark(ctx, l->n_study, l->studies, o->n_left_out, o->left_out, is_left_out));
    for (size_t i = 0; i < l->n_study; i++) {
        is_allowed[i] = is_allowed[i] && !is_left_out[i];
    }
    if (o->n_family > 0) {
        TAC_TRY(tac_families_check_whole(ctx, f->families, l->n_study, l->studies, is_allowed));
    }
out:
    tac_free(memory);
    return st;
}

/** Which of the studies depends on anything that is free, and which of the free parameters has an effect. */
static tac_status find_dependence(tac_ctx *ctx, tac_fitting *f, tac_lives *l, bool *is_moved)
{
    tac_status st = TAC_OK;
    shown base = {0};
    double z[TAC_VARIED_MAX] = {0.0};
    TAC_TRY(tac_lives_plan(ctx, l));
    TAC_TRY(show(ctx, f, l, z, &base));
    for (size_t k = 0; k < f->varied.n_free; k++) {
        for (int side = -1; side <= 1; side += 2) {
            z[k] = (double)side * Z_END;
            TAC_TRY(compare_at(ctx, f, l, z, &base, is_moved, &f->has_effect[k]));
        }
        z[k] = 0.0;
    }
    tac_varied_set(&f->varied, z);
out:
    free_shown(&base);
    return st;
}

/** Names of families alone: whether they depend on anything, they are used. */
static tac_status keep_moved(tac_ctx *ctx, tac_fitting *f, const bool *is_allowed,
                             const tac_lives *one, const bool *is_moved)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(open_lives(ctx, f, f->options->n_people, &f->lives));
    TAC_TRY(tac_alloc(ctx, f->lives.n_study + 1, sizeof(bool), &memory));
    bool *is_kept = memory;
    for (size_t i = 0; i < f->lives.n_study; i++) {
        is_kept[i] = is_allowed[i] && f->options->n_family > 0;
        for (size_t k = 0; k < one->n_study; k++) {
            is_kept[i] =
                is_kept[i]
                || (is_moved[k] && strcmp(one->studies[k]->id, f->lives.studies[i]->id) == 0);
        }
    }
    spread_to_families(&f->lives, is_kept);
    TAC_TRY(
        tac_families_check_whole(ctx, f->families, f->lives.n_study, f->lives.studies, is_kept));
    tac_lives_keep(&f->lives, is_kept);
out:
    tac_free(memory);
    return st;
}

tac_status tac_fit_screen(tac_ctx *ctx, tac_fitting *f)
{
    tac_status st = TAC_OK;
    tac_lives one = {0};
    void *memory = NULL;
    TAC_TRY(open_lives(ctx, f, 1, &one));
    TAC_TRY(tac_alloc(ctx, 2 * one.n_study + 1, sizeof(bool), &memory));
    bool *is_allowed = memory;
    bool *is_moved = is_allowed + one.n_study;
    TAC_TRY(choose_allowed(ctx, f, &one, is_allowed));
    tac_lives_keep(&one, is_allowed);
    TAC_TRY(find_dependence(ctx, f, &one, is_moved));
    TAC_TRY(keep_moved(ctx, f, is_allowed, &one, is_moved));
out:
    tac_free(memory);
    tac_lives_free(&one);
    return st;
}
