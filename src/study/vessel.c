/* SPDX-License-Identifier: Apache-2.0 */
/* One lymph vessel under the hand; see vessel.h. */
#include "study/vessel.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/fail.h"
#include "study/statistics.h"

#include <math.h>
#include <string.h>

static const double S_PER_H = 3600.0;
static const double MM_PER_CM = 10.0;
static const double MIN_PER_H = 60.0;
static const double PI = 3.14159265358979323846;

/* Of the body while the hands are on it, means over the session. */
enum { PRESSURE, STROKES, SPEED, AREA, RHYTHM, LOAD, TISSUE, N_SEEN };
static const char *const SEEN[N_SEEN] = {
    "touch.at_{r}.tissue_skin",   /* mmHg */
    "touch.at_{r}.stroke_rate",   /* 1/h over one place */
    "touch.stroke_speed",         /* cm/s */
    "touch.contact_area",         /* cm2 */
    "lymph.vessel_{r}.frequency", /* 1/h */
    "lymph.vessel_{r}.load",      /* mmHg at the outflow */
    "fluid.skin_{r}.pressure"     /* mmHg */
};

/* The hand and the place of the vessel as the report says them. */
enum { HAND_PRESSURE, HAND_PERIOD, HAND_SPEED, HAND_WIDTH, OWN_PERIOD, OUTLET, AROUND, N_SAID };

/* What the chain comes to. */
enum { FLOW_ALONE, FLOW_WITH, PEAK_ALONE, PEAK_WITH, IMBALANCE, N_OUTCOME };

struct tac_vessel {
    const tac_scenario *scenario;
    size_t n_member;
    tac_window session;
    const tac_image_symbol *symbols[N_SEEN];
    double *said;     /* [N_SAID][n_member] */
    double *outcomes; /* [N_OUTCOME][n_member] */
};

struct tac_vessel_watch {
    tac_vessel *vessel;
    tac_chain *chain;
    double before_h;
    double span_h;
    double sums[N_SEEN];
};

/* ---- before ---- */

/** The first session of the massage. */
static tac_status find_session(tac_ctx *ctx, const tac_schedule *programme, tac_vessel *vessel)
{
    for (size_t i = 0; i < programme->n_occurrence; i++) {
        const tac_occurrence *o = &programme->occurrences[i];
        if (o->is_programme && o->event == vessel->scenario->detail.event && o->to_h > o->from_h) {
            vessel->session = (tac_window){o->from_h, o->to_h};
            return TAC_OK;
        }
    }
    return tac_fail(ctx, TAC_E_INPUT, "detail: its massage never happens");
}

static tac_status find_symbols(tac_ctx *ctx, const tac_body *body, tac_vessel *vessel)
{
    tac_status st = TAC_OK;
    tac_arena *arena = tac_arena_create();
    if (arena == NULL) {
        return tac_fail(ctx, TAC_E_MEMORY, "out of memory");
    }
    for (size_t i = 0; i < N_SEEN && st == TAC_OK; i++) {
        const char *id = tac_template_fill(arena, SEEN[i], vessel->scenario->detail.part);
        vessel->symbols[i] = id == NULL ? NULL : tac_program_find(body->program, id);
        if (vessel->symbols[i] == NULL) {
            st = tac_fail(ctx, TAC_E_MODEL, "one lymph vessel: the body has no variable '%s'",
                          id == NULL ? SEEN[i] : id);
        }
    }
    tac_arena_free(arena);
    return st;
}

tac_status tac_vessel_create(tac_ctx *ctx, const tac_body *body, const tac_scenario *scenario,
                             const tac_schedule *programme, size_t n_member,
                             tac_vessel **vessel_out)
{
    tac_status st = TAC_OK;
    tac_vessel *vessel = NULL;
    void *memory = NULL;

    *vessel_out = NULL;
    if (!scenario->detail.is_asked) {
        return TAC_OK;
    }
    TAC_TRY(tac_alloc(ctx, 1, sizeof *vessel, &memory));
    vessel = memory;
    vessel->scenario = scenario;
    vessel->n_member = n_member;
    TAC_TRY(find_session(ctx, programme, vessel));
    TAC_TRY(find_symbols(ctx, body, vessel));
    TAC_TRY(tac_alloc_doubles(ctx, N_SAID * n_member, &vessel->said));
    TAC_TRY(tac_alloc_doubles(ctx, N_OUTCOME * n_member, &vessel->outcomes));
    *vessel_out = vessel;
    vessel = NULL;
out:
    tac_vessel_free(vessel);
    return st;
}

void tac_vessel_free(tac_vessel *vessel)
{
    if (vessel != NULL) {
        tac_free(vessel->said);
        tac_free(vessel->outcomes);
        tac_free(vessel);
    }
}

tac_status tac_vessel_watch_create(tac_ctx *ctx, tac_vessel *vessel, tac_vessel_watch **watch_out)
{
    tac_status st = TAC_OK;
    tac_vessel_watch *watch = NULL;
    void *memory = NULL;

    *watch_out = NULL;
    TAC_TRY(tac_alloc(ctx, 1, sizeof *watch, &memory));
    watch = memory;
    watch->vessel = vessel;
    TAC_TRY(tac_chain_create(ctx, &watch->chain));
    *watch_out = watch;
    watch = NULL;
out:
    tac_vessel_watch_free(watch);
    return st;
}

void tac_vessel_watch_free(tac_vessel_watch *watch)
{
    if (watch != NULL) {
        tac_chain_free(watch->chain);
        tac_free(watch);
    }
}

/* ---- during a life ---- */

void tac_vessel_begin(tac_vessel_watch *watch)
{
    watch->before_h = 0.0;
    watch->span_h = 0.0;
    memset(watch->sums, 0, sizeof watch->sums);
}

void tac_vessel_see(tac_vessel_watch *watch, tac_sim *sim, double t_h, const double *x)
{
    const tac_window *session = &watch->vessel->session;
    const double hours = fmin(t_h, session->to_h) - fmax(watch->before_h, session->from_h);
    watch->before_h = t_h;
    if (!(hours > 0.0)) {
        return;
    }
    watch->span_h += hours;
    for (size_t i = 0; i < N_SEEN; i++) {
        watch->sums[i] += hours * tac_sim_value(sim, watch->vessel->symbols[i], x);
    }
}

/* ---- after it ---- */

/**
 * What the chain needs, from the body's means over the session.
 *
 * A disc of the contact's area that presses evenly has half its radius as standard deviation along a line.
 */
static void say(const double *seen, double *said)
{
    said[HAND_PRESSURE] = seen[PRESSURE];
    said[HAND_PERIOD] = S_PER_H / seen[STROKES];
    said[HAND_SPEED] = seen[SPEED];
    said[HAND_WIDTH] = 0.5 * sqrt(seen[AREA] / PI);
    said[OWN_PERIOD] = S_PER_H / seen[RHYTHM];
    said[OUTLET] = seen[LOAD];
    said[AROUND] = seen[TISSUE];
}

static tac_chain_hand hand_of(const double *said)
{
    return (tac_chain_hand){.peak_mmHg = said[HAND_PRESSURE],
                            .speed_mm_s = MM_PER_CM * said[HAND_SPEED],
                            .stroke_period_s = said[HAND_PERIOD],
                            .width_mm = MM_PER_CM * said[HAND_WIDTH]};
}

static double session_s(const tac_vessel *vessel)
{
    return S_PER_H * (vessel->session.to_h - vessel->session.from_h);
}

/** The session of the drawn vessel twice, alone and with the hand; courses may be NULL. */
static tac_status run_both(tac_ctx *ctx, const tac_vessel *vessel, tac_chain *chain,
                           const double *said, tac_chain_moment *alone, tac_chain_moment *with,
                           tac_chain_outcome outcomes[2])
{
    tac_status st = TAC_OK;
    tac_chain_hand hand = hand_of(said);
    const double peak_mmHg = hand.peak_mmHg;
    const tac_chain_place place = {said[OWN_PERIOD], said[OUTLET], said[AROUND]};
    tac_chain_set_place(chain, &place);
    hand.peak_mmHg = 0.0;
    TAC_TRY(tac_chain_session(ctx, chain, &hand, session_s(vessel), alone, &outcomes[0]));
    hand.peak_mmHg = peak_mmHg;
    TAC_TRY(tac_chain_session(ctx, chain, &hand, session_s(vessel), with, &outcomes[1]));
out:
    return st;
}

tac_status tac_vessel_follow(tac_ctx *ctx, tac_vessel_watch *watch, uint64_t seed, size_t member)
{
    tac_vessel *vessel = watch->vessel;
    double seen[N_SEEN];
    double said[N_SAID];
    tac_chain_outcome both[2];
    for (size_t i = 0; i < N_SEEN; i++) {
        seen[i] = watch->sums[i] / watch->span_h;
    }
    say(seen, said);
    tac_chain_draw(watch->chain, seed, member + 1);
    const tac_status st = run_both(ctx, vessel, watch->chain, said, NULL, NULL, both);
    if (st != TAC_OK) {
        return st;
    }
    for (size_t i = 0; i < N_SAID; i++) {
        vessel->said[i * vessel->n_member + member] = said[i];
    }
    const double outcome[N_OUTCOME] = {both[0].outflow_mm3_min, both[1].outflow_mm3_min,
                                       both[0].peak_pressure_mmHg, both[1].peak_pressure_mmHg,
                                       fmax(both[0].imbalance, both[1].imbalance)};
    for (size_t i = 0; i < N_OUTCOME; i++) {
        vessel->outcomes[i * vessel->n_member + member] = outcome[i];
    }
    return TAC_OK;
}

/* ---- tables ---- */

/** Band over the members of a row of numbers, which stays as it is. */
static tac_band band_of(size_t n, const double *values, double *work)
{
    memcpy(work, values, n * sizeof *work);
    return tac_band_of(n, work);
}

/* A row of "vessel". */
typedef struct row_words {
    const char *id;
    const char *title;
    const char *unit;
    int decimals;
} row_words;

static void set_band(tac_table *table, size_t row, const char *mid, const char *low,
                     const char *high, tac_band band)
{
    tac_table_set(table, row, mid, band.mid);
    tac_table_set(table, row, low, band.low);
    tac_table_set(table, row, high, band.high);
}

/** Alone, with, the change within each member, and the same in per cent. */
static tac_status add_pair(tac_ctx *ctx, const row_words *words, size_t n, const double *alone,
                           const double *with, double *work, tac_table *table)
{
    tac_status st = TAC_OK;
    size_t row = 0;
    TAC_TRY(tac_table_add_rows(ctx, table, 1, &row));
    TAC_TRY(tac_table_set_text(ctx, table, row, "id", words->id));
    TAC_TRY(tac_table_set_text(ctx, table, row, "title", words->title));
    TAC_TRY(tac_table_set_text(ctx, table, row, "unit", words->unit));
    tac_table_set(table, row, "decimals", words->decimals);
    tac_table_set(table, row, "alone", band_of(n, alone, work).mid);
    tac_table_set(table, row, "with", band_of(n, with, work).mid);
    for (size_t k = 0; k < n; k++) {
        work[k] = with[k] - alone[k];
    }
    set_band(table, row, "change", "low", "high", tac_band_of(n, work));
    for (size_t k = 0; k < n; k++) {
        work[k] = 100.0 * (with[k] - alone[k]) / alone[k];
    }
    set_band(table, row, "percent", "percent_low", "percent_high", tac_band_of(n, work));
out:
    return st;
}

static tac_status add_rows(tac_ctx *ctx, const tac_vessel *v, double *work, tac_results *results)
{
    static const tac_column COLUMNS[] = {
        {"id", "", true},         {"title", "", true},         {"unit", "", true},
        {"decimals", "1", false}, {"alone", "", false},        {"with", "", false},
        {"change", "", false},    {"low", "", false},          {"high", "", false},
        {"percent", "%", false},  {"percent_low", "%", false}, {"percent_high", "%", false}};
    static const row_words FLOW = {"outflow", "flow out of the vessel", "uL/min", 1};
    static const row_words PEAK = {"peak_pressure", "highest pressure inside", "mmHg", 0};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    const size_t n = v->n_member;
    const double *o = v->outcomes;
    TAC_TRY(tac_results_add(ctx, results, "vessel", sizeof COLUMNS / sizeof COLUMNS[0], COLUMNS,
                            &table));
    TAC_TRY(add_pair(ctx, &FLOW, n, &o[FLOW_ALONE * n], &o[FLOW_WITH * n], work, table));
    TAC_TRY(add_pair(ctx, &PEAK, n, &o[PEAK_ALONE * n], &o[PEAK_WITH * n], work, table));
out:
    return st;
}

static const row_words SAID[N_SAID] = {
    {"hand_pressure", "pressure of the hand in the tissue", "mmHg", 0},
    {"stroke_period", "from stroke to stroke over one place", "s", 1},
    {"stroke_speed", "speed of a stroke", "cm/s", 1},
    {"hand_width", "width of the hand (standard deviation of its pressure)", "cm", 1},
    {"own_period", "from one contraction of the vessel to the next", "s", 0},
    {"outlet_pressure", "pressure against which it pumps", "mmHg", 1},
    {"tissue_pressure", "pressure of the fluid around it, without the hand", "mmHg", 1}};

static tac_status add_hand(tac_ctx *ctx, const tac_vessel *v, double *work, double *mids,
                           tac_results *results)
{
    static const tac_column COLUMNS[] = {{"id", "", true},     {"title", "", true},
                                         {"unit", "", true},   {"decimals", "1", false},
                                         {"value", "", false}, {"low", "", false},
                                         {"high", "", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "vessel_hand", sizeof COLUMNS / sizeof COLUMNS[0],
                            COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, N_SAID, NULL));
    for (size_t i = 0; i < N_SAID; i++) {
        const tac_band band = band_of(v->n_member, &v->said[i * v->n_member], work);
        TAC_TRY(tac_table_set_text(ctx, table, i, "id", SAID[i].id));
        TAC_TRY(tac_table_set_text(ctx, table, i, "title", SAID[i].title));
        TAC_TRY(tac_table_set_text(ctx, table, i, "unit", SAID[i].unit));
        tac_table_set(table, i, "decimals", SAID[i].decimals);
        set_band(table, i, "value", "low", "high", band);
        mids[i] = band.mid;
    }
out:
    return st;
}

static tac_status add_about(tac_ctx *ctx, const tac_vessel *v, double imbalance,
                            tac_results *results)
{
    static const tac_column COLUMNS[] = {{"site", "", true},        {"massage", "", true},
                                         {"arm", "", true},         {"model_hash", "", true},
                                         {"minutes", "min", false}, {"imbalance", "1", false}};
    const tac_detail *detail = &v->scenario->detail;
    const tac_arm *arm = &v->scenario->arms[detail->arm];
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    TAC_TRY(tac_results_add(ctx, results, "vessel_about", sizeof COLUMNS / sizeof COLUMNS[0],
                            COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, 1, NULL));
    TAC_TRY(tac_table_set_text(ctx, table, 0, "site", detail->site));
    TAC_TRY(tac_table_set_text(ctx, table, 0, "massage", arm->events[detail->event].kind));
    TAC_TRY(tac_table_set_text(ctx, table, 0, "arm", arm->id));
    TAC_TRY(tac_table_set_text(ctx, table, 0, "model_hash", tac_chain_hash()));
    tac_table_set(table, 0, "minutes", MIN_PER_H * (v->session.to_h - v->session.from_h));
    for (size_t k = 0; k < v->n_member; k++) {
        imbalance = fmax(imbalance, v->outcomes[IMBALANCE * v->n_member + k]);
    }
    tac_table_set(table, 0, "imbalance", imbalance);
out:
    return st;
}

static void set_moments(tac_table *table, size_t n, const tac_chain_moment *alone,
                        const tac_chain_moment *with)
{
    for (size_t i = 0; i < n; i++) {
        const double row[] = {with[i].t_s,
                              with[i].hand_mmHg,
                              with[i].pressure_mmHg,
                              with[i].outflow_mm3_min,
                              with[i].pumped_mm3,
                              alone[i].pressure_mmHg,
                              alone[i].outflow_mm3_min,
                              alone[i].pumped_mm3};
        for (size_t j = 0; j < sizeof row / sizeof row[0]; j++) {
            tac_table_numbers(table, j)[i] = row[j];
        }
    }
}

/** The nominal vessel under the middle hand, second by second; says how well its volume is kept. */
static tac_status add_course(tac_ctx *ctx, const tac_vessel *v, const double *mids,
                             tac_results *results, double *imbalance_out)
{
    static const tac_column COLUMNS[] = {{"time", "s", false},
                                         {"hand", "mmHg", false},
                                         {"with.pressure", "mmHg", false},
                                         {"with.outflow", "uL/min", false},
                                         {"with.pumped", "uL", false},
                                         {"alone.pressure", "mmHg", false},
                                         {"alone.outflow", "uL/min", false},
                                         {"alone.pumped", "uL", false}};
    tac_status st = TAC_OK;
    tac_table *table = NULL;
    tac_chain *chain = NULL;
    tac_chain_moment *alone = NULL;
    tac_chain_moment *with = NULL;
    tac_chain_outcome both[2];
    void *memory = NULL;
    const size_t n = tac_chain_n_moment(session_s(v));

    TAC_TRY(tac_alloc(ctx, n, sizeof *alone, &memory));
    alone = memory;
    TAC_TRY(tac_alloc(ctx, n, sizeof *with, &memory));
    with = memory;
    TAC_TRY(tac_chain_create(ctx, &chain));
    TAC_TRY(run_both(ctx, v, chain, mids, alone, with, both));
    *imbalance_out = fmax(both[0].imbalance, both[1].imbalance);
    TAC_TRY(tac_results_add(ctx, results, "vessel_course", sizeof COLUMNS / sizeof COLUMNS[0],
                            COLUMNS, &table));
    TAC_TRY(tac_table_add_rows(ctx, table, n, NULL));
    set_moments(table, n, alone, with);
out:
    tac_chain_free(chain);
    tac_free(alone);
    tac_free(with);
    return st;
}

tac_status tac_vessel_add_tables(tac_ctx *ctx, const tac_vessel *vessel, tac_results *results)
{
    tac_status st = TAC_OK;
    double *work = NULL;
    double mids[N_SAID];
    double imbalance = 0.0;
    TAC_TRY(tac_alloc_doubles(ctx, vessel->n_member, &work));
    TAC_TRY(add_rows(ctx, vessel, work, results));
    TAC_TRY(add_hand(ctx, vessel, work, mids, results));
    TAC_TRY(add_course(ctx, vessel, mids, results, &imbalance));
    TAC_TRY(add_about(ctx, vessel, imbalance, results));
out:
    tac_free(work);
    return st;
}
