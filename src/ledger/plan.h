/* SPDX-License-Identifier: Apache-2.0 */
/* How a study will be simulated: its arms as scenarios at the hours of the day, and why a finding cannot be. */
#ifndef TAC_LEDGER_PLAN_H
#define TAC_LEDGER_PLAN_H

#include "scenario/evidence_life.h"
#include "sim/body.h"
#include "sim/orbit.h"
#include "study/observed.h"

#define TAC_PLAN_MAX_STRATUM 4

/** People who live the same everyday life before a study: their run-in is shared by all arms that they are in. */
typedef struct tac_company {
    const char *key;
    const tac_group *group;
    tac_habit habit;
    double *x;     /* [n_member][n_state] at 06:00 of the day of everyday life */
    double *p;     /* [n_member][n_parameter] */
    char *failure; /* NULL, or why some member has no orbit */
} tac_company;

typedef struct tac_companies {
    tac_company *items;
    size_t n;
    size_t cap;
    tac_arena *arena; /* keys */
} tac_companies;

void tac_companies_free(tac_companies *companies);

/** One arm at one hour of the day. */
typedef struct tac_planned_arm {
    tac_life life;
    tac_scenario *scenario;
    tac_schedule *schedule;
    size_t company;
    bool is_still; /* nothing but rest happens: one day is like another */
    double *t_h;   /* [n_time] samples, ascending */
    size_t n_time;
} tac_planned_arm;

typedef struct tac_planned_finding {
    const char *reason; /* why it cannot be simulated; NULL: it can */
    size_t observed;
    bool has_touch; /* massage is part of what it compares */
} tac_planned_finding;

typedef struct tac_plan {
    tac_arena *arena;
    const tac_study *study;
    tac_planned_finding *findings; /* [n_finding] */
    tac_observed *observed;        /* [n_observed] */
    size_t n_observed;
    size_t n_stratum; /* hours of the day */
    bool is_used[TAC_STUDY_MAX_ARM];
    bool has_touch[TAC_STUDY_MAX_ARM];
    tac_planned_arm *arms; /* [n_arm][n_stratum][2]: as it was, and with rest in place of massage */
    bool without_touch;    /* its arms are also lived with rest in place of massage */
    char *failure;         /* what went wrong in the simulation; NULL: nothing */
} tac_plan;

/**
 * Plan a study. What cannot be simulated is no error: it stands in findings[i].reason.
 *
 * Ownership  *plan_out is new: tac_plan_free(); study and body are borrowed; companies grow
 * Errors     TAC_E_MEMORY, TAC_E_MODEL
 */
TAC_MUST_CHECK tac_status tac_plan_create(tac_ctx *ctx, const tac_body *body,
                                          const tac_study *study, tac_companies *companies,
                                          tac_plan **plan_out);

void tac_plan_free(tac_plan *plan);

/** The arm at an hour of the day, as it was or without touch. */
tac_planned_arm *tac_plan_arm(const tac_plan *plan, size_t arm, size_t stratum, bool without_touch);

/** A stretch of time in hours from the scenario's start; from = to is a moment. */
typedef struct tac_stretch {
    double from_h;
    double to_h;
} tac_stretch;

/** When a finding looks at an arm, and what it holds that against. */
tac_stretch tac_plan_at(const tac_finding *finding, const tac_planned_arm *arm);
tac_stretch tac_plan_before(const tac_finding *finding, const tac_planned_arm *arm);

#endif
