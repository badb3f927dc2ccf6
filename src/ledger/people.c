/* SPDX-License-Identifier: Apache-2.0 */
/* Draws virtual people; see people.h. */
#include "ledger/people.h"

#include "base/fail.h"
#include "base/rng.h"
#include "embedded.h"
#include "sim/draw.h"

#include <math.h>
#include <string.h>

enum { STATE, PARAMETER, HOW, VALUE, UNIT, SPREAD, N_COLUMN };
static const char *const COLUMNS[N_COLUMN] = {"state", "parameter", "how",
                                              "value", "unit",      "spread"};

/* Ages that the formulae of models/person.ant hold for. */
static const double AGE_LOW = 18.0;
static const double AGE_HIGH = 90.0;

/* Wider than this nobody is: tails would be our own invention. */
static const double Z_MAX = 2.5;

tac_status tac_people_read(tac_ctx *ctx, const tac_program *program, tac_people *people_out)
{
    const tac_source source = {"models/health.tsv", (const char *)tac_embedded_health_tsv,
                               tac_embedded_health_tsv_n};
    *people_out = (tac_people){.program = program};
    return tac_tsv_read(ctx, &source, N_COLUMN, COLUMNS, &people_out->table);
}

void tac_people_free(tac_people *people)
{
    tac_tsv_free(people->table);
    *people = (tac_people){0};
}

tac_member tac_member_of(uint64_t seed, size_t i)
{
    return (tac_member){seed, i / 2, i % 2};
}

/** A standard score for a word; its mirror image for the other twin. */
static double score(tac_member member, const char *word)
{
    tac_rng rng = tac_rng_for(~member.seed, member.world + 1, word);
    const double z = fmin(fmax(tac_rng_normal(&rng), -Z_MAX), Z_MAX);
    return member.twin == 0 ? z : -z;
}

/** The row of a state and parameter; the number of rows where there is none. */
static size_t find_row(const tac_people *people, const char *state, const char *parameter)
{
    size_t i = 0;
    while (i < tac_tsv_n_row(people->table)
           && (strcmp(tac_tsv_cell(people->table, i, STATE), state) != 0
               || strcmp(tac_tsv_cell(people->table, i, PARAMETER), parameter) != 0)) {
        i++;
    }
    return i;
}

/** The value of a row for this person. */
static tac_status draw_row(tac_ctx *ctx, const tac_people *people, size_t row, tac_member member,
                           double *value_out)
{
    double spread = 0.0;
    bool is_empty = false;
    tac_status st = TAC_OK;
    TAC_TRY(tac_tsv_number(ctx, people->table, row, VALUE, NULL, value_out));
    TAC_TRY(tac_tsv_number(ctx, people->table, row, SPREAD, &is_empty, &spread));
    if (!is_empty) {
        *value_out *= exp(score(member, tac_tsv_cell(people->table, row, PARAMETER))
                          * sqrt(log1p(spread * spread)));
    }
out:
    return st;
}

/** What a volunteer has where the study does not say; the states of health come before anyone's. */
static tac_status draw_usual(tac_ctx *ctx, const tac_people *people, const tac_group *group,
                             const char *parameter, tac_member member, double *value_out)
{
    size_t row = find_row(people, "*", parameter);
    for (size_t i = 0; i < group->n_health; i++) {
        const size_t special = find_row(people, group->health[i], parameter);
        row = special < tac_tsv_n_row(people->table) ? special : row;
    }
    return row < tac_tsv_n_row(people->table)
               ? draw_row(ctx, people, row, member, value_out)
               : tac_fail(ctx, TAC_E_MODEL, "models/health.tsv: no row for '* %s'", parameter);
}

static tac_status set_parameter(tac_ctx *ctx, const tac_people *people, const char *id,
                                double value, double *p)
{
    const tac_image_symbol *symbol = tac_program_find(people->program, id);
    if (symbol == NULL || symbol->slot != TAC_SLOT_PARAMETER) {
        return tac_fail(ctx, TAC_E_MODEL, "models/health.tsv: the body has no parameter '%s'", id);
    }
    p[symbol->index] = value;
    return TAC_OK;
}

static tac_status draw_age(tac_ctx *ctx, const tac_people *people, const tac_group *group,
                           tac_member member, double *age_out)
{
    tac_rng rng = tac_rng_for(~member.seed, member.world + 1, "age in a range");
    const double u = tac_rng_uniform(&rng);
    tac_status st = TAC_OK;
    double usual = 0.0;
    double mean = 0.0;
    if (group->age_high > group->age_low) {
        const double share = member.twin == 0 ? u : 1.0 - u;
        *age_out = group->age_low + share * (group->age_high - group->age_low);
    } else {
        TAC_TRY(draw_usual(ctx, people, group, "age", member, &usual));
        if (!isnan(
                group
                    ->age_low)) { /* a mean is said: people differ around it as much as volunteers do */
            TAC_TRY(tac_tsv_number(ctx, people->table, find_row(people, "*", "age"), VALUE, NULL,
                                   &mean));
            usual += group->age_low - mean;
        }
        *age_out = usual;
    }
    *age_out = fmin(fmax(*age_out, AGE_LOW), AGE_HIGH);
out:
    return st;
}

/** Height and weight: said, or drawn; a mean that is said is everyone's. */
static tac_status set_size(tac_ctx *ctx, const tac_people *people, const tac_group *group,
                           bool is_man, tac_member member, double *p)
{
    tac_status st = TAC_OK;
    double height_m = group->height_m;
    double bmi = group->bmi;
    if (isnan(height_m)) {
        TAC_TRY(draw_usual(ctx, people, group, is_man ? "height_men" : "height_women", member,
                           &height_m));
    }
    if (isnan(bmi)) {
        TAC_TRY(draw_usual(ctx, people, group, "bmi", member, &bmi));
    }
    const double weight_kg = isnan(group->weight_kg) ? bmi * height_m * height_m : group->weight_kg;
    TAC_TRY(set_parameter(ctx, people, "person.height", height_m, p));
    TAC_TRY(set_parameter(ctx, people, "person.weight", weight_kg, p));
out:
    return st;
}

/** What one state of health changes. */
static tac_status apply_state(tac_ctx *ctx, const tac_people *people, const char *state,
                              tac_member member, double *p)
{
    for (size_t i = 0; i < tac_tsv_n_row(people->table); i++) {
        const char *id = tac_tsv_cell(people->table, i, PARAMETER);
        const char *how = tac_tsv_cell(people->table, i, HOW);
        double value = 0.0;
        if (strcmp(tac_tsv_cell(people->table, i, STATE), state) != 0 || strchr(id, '.') == NULL) {
            continue;
        }
        tac_status st = draw_row(ctx, people, i, member, &value);
        const tac_image_symbol *symbol = tac_program_find(people->program, id);
        if (st == TAC_OK && symbol != NULL && symbol->slot == TAC_SLOT_PARAMETER) {
            const double old = p[symbol->index];
            value = strcmp(how, "add") == 0     ? old + value
                    : strcmp(how, "times") == 0 ? old * value
                                                : value;
        }
        st = st == TAC_OK ? set_parameter(ctx, people, id, value, p) : st;
        if (st != TAC_OK) {
            return st;
        }
    }
    return TAC_OK;
}

tac_status tac_people_set(tac_ctx *ctx, const tac_people *people, const tac_group *group,
                          tac_member member, double *p)
{
    tac_status st = TAC_OK;
    double age = 0.0;
    const tac_draw_key key = {.seed = member.seed,
                              .world = member.world / 2,
                              .person = member.world,
                              .mirrors_world = member.world % 2 == 1,
                              .mirrors_person = member.twin == 1};
    const bool is_man =
        strcmp(group->sex, "male") == 0 || (strcmp(group->sex, "mixed") == 0 && member.twin == 0);

    tac_draw_person(tac_program_image(people->program), &key, p);
    TAC_TRY(set_parameter(ctx, people, "person.sex", is_man ? 1.0 : 0.0, p));
    TAC_TRY(draw_age(ctx, people, group, member, &age));
    TAC_TRY(set_parameter(ctx, people, "person.age", age, p));
    TAC_TRY(set_size(ctx, people, group, is_man, member, p));
    for (size_t i = 0; i < group->n_health; i++) {
        TAC_TRY(apply_state(ctx, people, group->health[i], member, p));
    }
    if (!isnan(group->pss)) {
        TAC_TRY(set_parameter(ctx, people, "person.pss", group->pss, p));
    }
    if (!isnan(group->sleep_h)) {
        TAC_TRY(set_parameter(ctx, people, "person.sleep_need", group->sleep_h, p));
    }
out:
    return st;
}
