/* SPDX-License-Identifier: Apache-2.0 */
/*
 * people.nc: the same as people.csv as netCDF-4, with units and provenance.
 *
 * Written block by block into arrays that lie in one piece, so that the library keeps nothing of them in memory.
 */
#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "report/cohort.h"
#include "report/words.h"

#include <math.h>
#include <netcdf.h>
#include <string.h>

/* A call of the library, or out with its message. */
#define NC_TRY(call)                                                                             \
    do {                                                                                         \
        const int code = (call);                                                                 \
        if (code != NC_NOERR) {                                                                  \
            st = tac_fail(ctx, TAC_E_FILE, "cannot write '%s': %s", w->path, nc_strerror(code)); \
            goto out;                                                                            \
        }                                                                                        \
    } while (0)

/* The file while it is written. */
typedef struct writer {
    const tac_results *results;
    const char *path; /* for messages */
    tac_person_row row;
    size_t n_arm;
    int nc;     /* -1: closed */
    int person; /* dimensions */
    int arm;
    int person_id; /* variables */
    int arm_id;
    int lived;
    int *attributes; /* [n_attribute] */
    int *with;       /* [n_observable] */
    int *without;    /* [n_observable]; of a life with programmes */
    double *values;  /* [n of a block][n_arm] on their way */
    int *numbers;    /* [n of a block] */
} writer;

static int put_text(int nc, int variable, const char *name, const char *text)
{
    return nc_put_att_text(nc, variable, name, strlen(text), text);
}

/** A variable of doubles, NaN where there is none. */
static tac_status define(tac_ctx *ctx, writer *w, const char *name, const char *unit,
                         const char *title, int n_dimension, int *id_out)
{
    static const double NONE = (double)NAN;
    const int dimensions[] = {w->person, w->arm};
    tac_status st = TAC_OK;
    NC_TRY(nc_def_var(w->nc, name, NC_DOUBLE, n_dimension, dimensions, id_out));
    NC_TRY(nc_def_var_chunking(w->nc, *id_out, NC_CONTIGUOUS, NULL));
    NC_TRY(nc_put_att_double(w->nc, *id_out, "_FillValue", NC_DOUBLE, 1, &NONE));
    NC_TRY(put_text(w->nc, *id_out, "units", unit));
    NC_TRY(put_text(w->nc, *id_out, "long_name", title));
out:
    return st;
}

static tac_status define_attributes(tac_ctx *ctx, writer *w)
{
    const tac_table *attributes = tac_results_table(w->results, "attributes");
    tac_status st = TAC_OK;
    for (size_t i = 0; i < w->row.n_attribute; i++) {
        TAC_TRY(define(ctx, w, tac_table_text_of(attributes, i, "id"),
                       tac_table_text_of(attributes, i, "unit"),
                       tac_table_text_of(attributes, i, "title"), 1, &w->attributes[i]));
    }
out:
    return st;
}

/** Each observable, and what the same hours are without the programme. */
static tac_status define_observables(tac_ctx *ctx, writer *w)
{
    const tac_table *observables = tac_results_table(w->results, "observables");
    tac_status st = TAC_OK;
    tac_buf text = TAC_BUF_INIT;
    for (size_t o = 0; o < w->row.n_observable; o++) {
        const char *id = tac_table_text_of(observables, o, "id");
        const char *unit = tac_table_text_of(observables, o, "unit");
        tac_buf_clear(&text);
        tac_buf_print(&text, "%s, %s", tac_table_text_of(observables, o, "title"),
                      tac_table_text_of(observables, o, "what"));
        TAC_TRY(tac_buf_check(ctx, &text));
        TAC_TRY(define(ctx, w, id, unit, tac_buf_str(&text), 2, &w->with[o]));
        if (w->row.n_programme > 0) {
            tac_buf_text(&text, ", the same hours without the programme");
            const size_t n_title = text.n + 1;
            tac_buf_add(&text, "", 1);
            tac_buf_print(&text, "%s_without", id);
            TAC_TRY(tac_buf_check(ctx, &text));
            TAC_TRY(define(ctx, w, tac_buf_str(&text) + n_title, unit, tac_buf_str(&text), 2,
                           &w->without[o]));
        }
    }
out:
    tac_buf_free(&text);
    return st;
}

/** What the numbers rest on. */
static tac_status put_provenance(tac_ctx *ctx, writer *w)
{
    const tac_table *cohort = tac_results_table(w->results, "cohort");
    tac_status st = TAC_OK;
    const long long seed = (long long)tac_meta_number(w->results, "seed");
    const double rel_tol = tac_meta_number(w->results, "rel_tol");
    NC_TRY(put_text(w->nc, NC_GLOBAL, "Conventions", "CF-1.8"));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "title", tac_meta_text(w->results, "title")));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "source", "Tactus, a simulation; nobody was measured"));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "version", tac_meta_text(w->results, "version")));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "model_hash", tac_meta_text(w->results, "model_hash")));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "people", tac_meta_text(w->results, "person")));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "population", tac_table_key_text(cohort, "population")));
    NC_TRY(nc_put_att_longlong(w->nc, NC_GLOBAL, "seed", NC_INT64, 1, &seed));
    NC_TRY(nc_put_att_double(w->nc, NC_GLOBAL, "tolerance", NC_DOUBLE, 1, &rel_tol));
    NC_TRY(put_text(w->nc, NC_GLOBAL, "scenario", tac_table_key_text(cohort, "scenario_text")));
out:
    return st;
}

static tac_status define_all(tac_ctx *ctx, writer *w)
{
    static const signed char FLAGS[] = {0, 1};
    tac_status st = TAC_OK;
    NC_TRY(nc_set_fill(w->nc, NC_NOFILL, NULL));
    NC_TRY(nc_def_dim(w->nc, "person", tac_cohort_n(w->results), &w->person));
    NC_TRY(nc_def_dim(w->nc, "arm", w->n_arm, &w->arm));
    NC_TRY(nc_def_var(w->nc, "person", NC_INT, 1, &w->person, &w->person_id));
    NC_TRY(nc_def_var_chunking(w->nc, w->person_id, NC_CONTIGUOUS, NULL));
    NC_TRY(put_text(w->nc, w->person_id, "long_name", "number of the person"));
    NC_TRY(nc_def_var(w->nc, "arm", NC_STRING, 1, &w->arm, &w->arm_id));
    NC_TRY(put_text(w->nc, w->arm_id, "long_name", "programmes, then what they are compared with"));
    NC_TRY(nc_def_var(w->nc, "lived", NC_BYTE, 1, &w->person, &w->lived));
    NC_TRY(nc_def_var_chunking(w->nc, w->lived, NC_CONTIGUOUS, NULL));
    NC_TRY(nc_put_att_schar(w->nc, w->lived, "flag_values", NC_BYTE, 2, FLAGS));
    NC_TRY(put_text(w->nc, w->lived, "flag_meanings", "could_not_be_solved lived"));
    TAC_TRY(define_attributes(ctx, w));
    TAC_TRY(define_observables(ctx, w));
    TAC_TRY(put_provenance(ctx, w));
    NC_TRY(nc_enddef(w->nc));
out:
    return st;
}

static tac_status put_arms(tac_ctx *ctx, writer *w)
{
    const tac_table *arms = tac_results_table(w->results, "arms");
    tac_status st = TAC_OK;
    for (size_t a = 0; a < w->n_arm; a++) {
        const char *id = tac_table_text_of(arms, a, "id");
        NC_TRY(nc_put_var1_string(w->nc, w->arm_id, &a, &id));
    }
out:
    return st;
}

/** A block of one attribute. */
static tac_status put_attribute(tac_ctx *ctx, writer *w, size_t i, size_t i_first, size_t n,
                                const double *rows)
{
    tac_status st = TAC_OK;
    for (size_t k = 0; k < n; k++) {
        w->values[k] = rows[k * tac_person_row_n(&w->row) + tac_person_row_attribute(&w->row, i)];
    }
    NC_TRY(nc_put_vara_double(w->nc, w->attributes[i], &i_first, &n, w->values));
out:
    return st;
}

/** A block of one observable, all arms: what was lived, or the same hours without. */
static tac_status put_observable(tac_ctx *ctx, writer *w, size_t o, bool is_without, size_t i_first,
                                 size_t n, const double *rows)
{
    const size_t start[] = {i_first, 0};
    const size_t count[] = {n, w->n_arm};
    tac_status st = TAC_OK;
    for (size_t k = 0; k < n; k++) {
        for (size_t a = 0; a < w->n_arm; a++) {
            w->values[k * w->n_arm + a] =
                tac_cohort_value(w->results, &rows[k * tac_person_row_n(&w->row)], a, o,
                                 is_without);
        }
    }
    NC_TRY(nc_put_vara_double(w->nc, is_without ? w->without[o] : w->with[o], start, count,
                              w->values));
out:
    return st;
}

static tac_status put_block(tac_ctx *ctx, void *user, size_t i_first, size_t n, const double *rows)
{
    writer *w = user;
    tac_status st = TAC_OK;
    for (size_t k = 0; k < n; k++) {
        w->numbers[k] = (int)(i_first + k + 1);
    }
    NC_TRY(nc_put_vara_int(w->nc, w->person_id, &i_first, &n, w->numbers));
    for (size_t k = 0; k < n; k++) {
        w->numbers[k] = rows[k * tac_person_row_n(&w->row)] > 0.5 ? 1 : 0;
    }
    NC_TRY(nc_put_vara_int(w->nc, w->lived, &i_first, &n, w->numbers));
    for (size_t i = 0; i < w->row.n_attribute; i++) {
        TAC_TRY(put_attribute(ctx, w, i, i_first, n, rows));
    }
    for (size_t o = 0; o < w->row.n_observable; o++) {
        TAC_TRY(put_observable(ctx, w, o, false, i_first, n, rows));
        if (w->row.n_programme > 0) {
            TAC_TRY(put_observable(ctx, w, o, true, i_first, n, rows));
        }
    }
out:
    return st;
}

static tac_status allocate(tac_ctx *ctx, writer *w)
{
    tac_status st = TAC_OK;
    void *memory = NULL;
    TAC_TRY(tac_alloc(ctx, w->row.n_attribute, sizeof(int), &memory));
    w->attributes = memory;
    TAC_TRY(tac_alloc(ctx, w->row.n_observable, sizeof(int), &memory));
    w->with = memory;
    TAC_TRY(tac_alloc(ctx, w->row.n_observable, sizeof(int), &memory));
    w->without = memory;
    TAC_TRY(tac_alloc(ctx, TAC_COHORT_BLOCK, sizeof(int), &memory));
    w->numbers = memory;
    TAC_TRY(tac_alloc_doubles(ctx, TAC_COHORT_BLOCK * w->n_arm, &w->values));
out:
    return st;
}

static void writer_free(writer *w)
{
    if (w->nc >= 0) {
        (void)nc_abort(w->nc);
    }
    tac_free(w->attributes);
    tac_free(w->with);
    tac_free(w->without);
    tac_free(w->numbers);
    tac_free(w->values);
}

tac_status tac_cohort_netcdf(tac_ctx *ctx, const tac_results *results, const char *path)
{
    writer all = {.results = results, .path = path, .row = tac_cohort_row(results), .nc = -1};
    writer *w = &all;
    w->n_arm = tac_table_n_row(tac_results_table(results, "arms"));
    tac_status st = TAC_OK;
    tac_growing *file = NULL;

    TAC_TRY(allocate(ctx, w));
    TAC_TRY(tac_growing_begin(ctx, path, &file));
    NC_TRY(nc_create(tac_growing_beside(file), NC_NETCDF4 | NC_CLOBBER, &w->nc));
    TAC_TRY(define_all(ctx, w));
    TAC_TRY(put_arms(ctx, w));
    TAC_TRY(tac_cohort_each(ctx, results, put_block, w));
    NC_TRY(nc_close(w->nc));
    w->nc = -1;
    TAC_TRY(tac_growing_end(ctx, file));
out:
    writer_free(w);
    tac_growing_free(file);
    return st;
}
