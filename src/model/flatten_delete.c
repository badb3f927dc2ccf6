/* SPDX-License-Identifier: Apache-2.0 */
/* Before symbols are made: names that no instance has, what `delete` takes out, compartments of whole instances. */
#include "base/fail.h"
#include "model/flatten.h"
#include "model/sbml.h"

#include <string.h>

/* Endings with which Antimony states how uncertain a quantity is. */
static const char *const UNCERTAINTIES[] = {"mean",
                                            "stdev",
                                            "standardDeviation",
                                            "coefficientOfVariation",
                                            "kurtosis",
                                            "median",
                                            "mode",
                                            "sampleSize",
                                            "skewness",
                                            "standardError",
                                            "variance",
                                            "confidenceInterval",
                                            "credibleInterval",
                                            "interquartileRange",
                                            "range",
                                            "distribution",
                                            "externalParameter"};

/* Each of these statements looks at all names. */
static const size_t MAX_SEARCHES = 1000;

static tac_status limit(const tac_flattener *f, const tac_flat_pending *d, size_t n)
{
    return n <= MAX_SEARCHES
               ? TAC_OK
               : tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source), d->statement->span,
                             "more than %zu statements of this kind", MAX_SEARCHES);
}

static bool begins_with(const char *text, const char *begin)
{
    return strncmp(text, begin, strlen(begin)) == 0;
}

/* ---- names with dots ---- */

static tac_status refuse_name(const tac_flattener *f, const tac_flat_name *name, const char *dot)
{
    const tac_source *source = tac_flat_source(f, name->origin.source);
    for (size_t k = 0; k < sizeof UNCERTAINTIES / sizeof UNCERTAINTIES[0]; k++) {
        if (strcmp(dot + 1, UNCERTAINTIES[k]) == 0) {
            return tac_fail_at(f->ctx, TAC_E_MODEL, source, name->origin.span,
                               "not supported: how uncertain a quantity is ('%s'); ranges stand in "
                               "a table of parameters",
                               UNCERTAINTIES[k]);
        }
    }
    return tac_fail_at(f->ctx, TAC_E_MODEL, source, name->origin.span,
                       "there is no instance '%.*s' of a model", (int)(dot - name->id), name->id);
}

tac_status tac_flat_check_names(tac_flattener *f)
{
    for (size_t i = 0; i < f->n_name && !tac_ctx_is_full(f->ctx); i++) {
        const tac_flat_name *name = &f->names[i];
        const char *dot = strrchr(name->id, '.');
        const tac_source *source = tac_flat_source(f, name->origin.source);
        uint32_t any = 0;
        if (dot != NULL && !tac_map_get(f->instances, name->id, (size_t)(dot - name->id) + 1, &any)
            && !tac_sbml_is(source->text, source->n)) {
            f->result = refuse_name(f, name, dot);
        }
    }
    return f->result;
}

/* ---- delete ---- */

/** Is a name in a formula one that is taken out? */
static bool is_deleted(const tac_flattener *f, const char *prefix, const char *name)
{
    char id[512];
    uint32_t i = 0;
    const size_t n_prefix = strlen(prefix);
    const size_t n_name = strlen(name);
    if (n_prefix + n_name >= sizeof id) {
        return false;
    }
    memcpy(id, prefix, n_prefix);
    memcpy(id + n_prefix, name, n_name);
    return tac_map_get(f->model->by_id, id, n_prefix + n_name, &i) && f->names[i].is_deleted;
}

static bool uses_deleted(const tac_flattener *f, const tac_syntax *s, const char *prefix)
{
    bool is_used = s != NULL && s->kind == TAC_SYNTAX_NAME && is_deleted(f, prefix, s->name);
    for (size_t i = 0; s != NULL && !is_used && i < s->n_arg; i++) {
        is_used = uses_deleted(f, s->args[i], prefix);
    }
    return is_used;
}

/** An event without the values that need what is gone; instances share the statement, so it is copied. */
static tac_status prune_event(const tac_flattener *f, tac_equation *q)
{
    const tac_event_syntax *from = q->statement->event;
    tac_statement *s = tac_arena_alloc(f->model->arena, sizeof *s);
    tac_event_syntax *event = tac_arena_alloc(f->model->arena, sizeof *event);
    tac_event_change *changes =
        tac_arena_alloc(f->model->arena, (from->n_change + 1) * sizeof *changes);
    if (s == NULL || event == NULL || changes == NULL) {
        return tac_flat_no_memory(f);
    }
    *s = *q->statement;
    *event = *from;
    event->changes = changes;
    event->n_change = 0;
    for (size_t k = 0; k < from->n_change; k++) {
        if (!is_deleted(f, q->prefix, from->changes[k].name)
            && !uses_deleted(f, from->changes[k].value, q->prefix)) {
            changes[event->n_change++] = from->changes[k];
        }
    }
    event->delay = uses_deleted(f, from->delay, q->prefix) ? NULL : from->delay;
    event->priority = uses_deleted(f, from->priority, q->prefix) ? NULL : from->priority;
    s->event = event;
    q->statement = s;
    q->is_dropped = event->n_change == 0 || uses_deleted(f, from->trigger, q->prefix);
    return TAC_OK;
}

/** *is_changed_out becomes true when a reaction went, whose name others may use. */
static tac_status prune_equation(const tac_flattener *f, tac_equation *q, bool *is_changed_out)
{
    if (q->kind == TAC_STATEMENT_EVENT) {
        return prune_event(f, q);
    }
    const bool is_gone = uses_deleted(f, q->value, q->prefix);
    for (size_t k = 0; k < q->statement->n_participant; k++) {
        q->is_dropped =
            q->is_dropped || is_deleted(f, q->prefix, q->statement->participants[k].name);
    }
    if (q->kind == TAC_STATEMENT_REACTION && is_gone) {
        q->value = NULL; /* the reaction stays, its rate is gone */
    }
    q->is_dropped = q->is_dropped || (q->symbol != UINT32_MAX && f->names[q->symbol].is_deleted)
                    || (q->kind != TAC_STATEMENT_REACTION && is_gone);
    if (q->is_dropped && q->kind == TAC_STATEMENT_REACTION && !f->names[q->symbol].is_deleted) {
        f->names[q->symbol].is_deleted = true;
        *is_changed_out = true;
    }
    return TAC_OK;
}

/** All equations of the instances that begin so, again while reactions go. */
static tac_status prune(const tac_flattener *f, const char *inside)
{
    tac_status st = TAC_OK;
    bool is_changed = true;
    for (int pass = 0; is_changed && pass < 50; pass++) {
        is_changed = false;
        for (size_t k = 0; st == TAC_OK && k < f->model->n_equation; k++) {
            tac_equation *q = &f->model->equations[k];
            if (!q->is_dropped && begins_with(q->prefix, inside)) {
                st = prune_equation(f, q, &is_changed);
            }
        }
    }
    return st;
}

/** Mark what one `delete` names; *is_found_out when there is such a thing. */
static tac_status mark_deleted(tac_flattener *f, const tac_flat_pending *d, const char *id,
                               bool *is_found_out)
{
    const char *inner = tac_flat_join(f, id, ".");
    uint32_t i = 0;
    if (inner == NULL) {
        return tac_flat_no_memory(f);
    }
    *is_found_out = tac_map_get(f->instances, inner, strlen(inner), &i);
    for (uint32_t k = 0; k < f->n_name; k++) {
        const bool is_it = strcmp(f->names[k].id, id) == 0 || begins_with(f->names[k].id, inner);
        if (!is_it) {
            continue;
        }
        if (f->names[k].parent != k) {
            return tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source),
                               d->statement->span,
                               "'%s' is '%s' by 'is' or a port, so that it cannot be taken out",
                               f->names[k].id, f->names[tac_flat_root(f, k)].id);
        }
        f->names[k].is_deleted = true;
        *is_found_out = true;
    }
    for (size_t k = 0; k < f->model->n_equation; k++) {
        tac_equation *q = &f->model->equations[k];
        const size_t n = strlen(q->prefix);
        const bool is_it = begins_with(q->prefix, inner)
                           || (q->symbol == UINT32_MAX && begins_with(id, q->prefix)
                               && strcmp(id + n, q->statement->name) == 0);
        q->is_dropped = q->is_dropped || is_it;
        *is_found_out = *is_found_out || is_it;
    }
    return TAC_OK;
}

tac_status tac_flat_delete(tac_flattener *f)
{
    tac_status st = TAC_OK;
    size_t n = 0;
    for (const tac_flat_pending *d = f->pending; d != NULL; d = d->next) {
        if (d->statement->kind != TAC_STATEMENT_DELETE) {
            continue;
        }
        TAC_TRY(limit(f, d, ++n));
        bool is_found = false;
        const char *name = d->statement->name;
        const char *dot = strrchr(name, '.');
        const char *id = tac_flat_join(f, d->prefix, name);
        if (id == NULL) {
            return tac_flat_no_memory(f);
        }
        TAC_TRY(mark_deleted(f, d, id, &is_found));
        if (!is_found || dot == NULL) {
            f->result =
                tac_fail_at(f->ctx, TAC_E_MODEL, tac_flat_source(f, d->source), d->statement->span,
                            dot == NULL ? "'%s' is no part of an instance: delete a.x"
                                        : "there is no '%s' to take out",
                            name);
            continue;
        }
        const char *inside = tac_arena_text(f->model->arena, id, strlen(id) - strlen(dot) + 1);
        if (inside == NULL) {
            return tac_flat_no_memory(f);
        }
        TAC_TRY(prune(f, inside));
    }
out:
    return st;
}

/* ---- compartments ---- */

tac_status tac_flat_place(tac_flattener *f)
{
    tac_status st = TAC_OK;
    size_t n = 0;
    for (const tac_flat_pending *d = f->pending; d != NULL; d = d->next) {
        if (d->statement->kind != TAC_STATEMENT_INSTANCE) {
            continue;
        }
        TAC_TRY(limit(f, d, ++n));
        const char *place = tac_flat_join(f, d->prefix, d->statement->place);
        const char *dotted = tac_flat_join(f, d->prefix, d->statement->name);
        const char *inner = dotted == NULL ? NULL : tac_flat_join(f, dotted, ".");
        uint32_t k = 0;
        if (place == NULL || inner == NULL) {
            return tac_flat_no_memory(f);
        }
        for (uint32_t i = 0; i < f->n_name; i++) {
            tac_flat_name *name = &f->names[i];
            if (begins_with(name->id, inner) && name->is_species && name->place == UINT32_MAX
                && name->near_place == UINT32_MAX
                && tac_map_get(f->model->by_id, place, strlen(place), &k)) {
                name->near_place = k;
            }
        }
    }
out:
    return st;
}
